import cron from 'node-cron';
import { PgBoss } from 'pg-boss';
import { type DeliverNeeds, deliverNext } from './chat/deliver.ts';
import type { Job } from './chat/slice.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Log } from './log.ts';

/** What happens by itself: the tick once a minute, and the sending of what waits in the outbox. */
export interface Jobs {
  /** Looks into the outbox soon; many calls at once are one look. Never waits, never throws. */
  nudge(): void;
  /** Does now what the tick would do: everything that is due at the clock's present, and the outbox after it. */
  tick(): Promise<void>;
  /** Whether the queue works. */
  healthy(): boolean;
  /** Lets what is being sent come to its end, starts nothing new. */
  stop(): Promise<void>;
}

export interface JobsNeeds {
  /** For pg-boss's own connections; it needs one of them to be told at once of new work. */
  databaseUrl: string;
  database: Database;
  jobs: readonly Job[];
  delivery: DeliverNeeds;
  clock: Clock;
  log: Log;
}

const QUEUE = 'outbox';
/** Messages that this process sends at the same time. */
const WORKERS = 8;
const DAYS_KEPT = 30;

/**
 * Starts pg-boss and the tick. Any number of processes may do so on one database: a slice's job claims what is due, a
 * lane of the outbox is one process's at a time.
 */
export async function startJobs(needs: JobsNeeds): Promise<Jobs> {
  const { databaseUrl, jobs, delivery, clock, log } = needs;
  const { store } = delivery;
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 4,
    useListenNotify: true,
    schedule: false,
    application_name: 'kam jobs',
    // A job only says where to look. One that a crash of the server forgets is found again by the next tick, so that none
    // of them needs to wait for the disk, before which people's own visits would wait.
    options: '-c synchronous_commit=off',
  });
  let lastError = 0;
  boss.on('error', (error) => {
    lastError = performance.now();
    log.warn({ err: error }, 'job queue is unavailable');
  });
  await boss.start();
  // One waiting job for a lane is enough; who is at work in it is held by the outbox rows themselves.
  await boss.createQueue(QUEUE, {
    policy: 'short',
    notify: true,
    retryLimit: 3,
    retryDelay: 5,
    expireInSeconds: 300,
    deleteAfterSeconds: 60,
  });
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      log.error({ job: what, err: error }, 'job failed; it is tried again with the next tick');
    }
  };

  let stopping = false;
  let underWay: Promise<void> = Promise.resolve();
  const resting = new Map<string, { timer: NodeJS.Timeout; at: number }>();
  const sending = new Set<Promise<void>>();
  const send = async (lane: string) => {
    await boss.send(QUEUE, { lane }, { singletonKey: lane });
  };
  /** Should this process end before, the next tick of any other finds the lane. */
  const lookAgain = (lane: string, milliseconds: number) => {
    const at = performance.now() + milliseconds;
    const planned = resting.get(lane);
    if (stopping || (planned !== undefined && planned.at <= at)) return;
    clearTimeout(planned?.timer);
    const timer = setTimeout(() => {
      resting.delete(lane);
      const sent = attempt('outbox', () => send(lane)).finally(() => sending.delete(sent));
      sending.add(sent);
    }, milliseconds);
    resting.set(lane, { timer, at });
  };
  for (let worker = 0; worker < WORKERS; worker += 1) {
    let id: string | undefined;
    id = await boss.work<{ lane: string }>(QUEUE, { pollingIntervalSeconds: 5 }, async ([job]) => {
      if (!job || stopping) return;
      // Told of new work, pg-boss takes one job and then sleeps for half a minute, however many there are.
      if (id !== undefined) boss.notifyWorker(id);
      const again = await deliverNext(delivery, job.data.lane);
      if (again !== null) lookAgain(job.data.lane, again);
    });
    boss.notifyWorker(id);
  }

  let looking = 0;
  const relay = async () => {
    const begun = performance.now();
    const due = await store.dueLanes(clock.now());
    looking = performance.now() - begun;
    const free = due.filter(({ heldFor }) => heldFor === 0);
    for (const { lane, heldFor } of due) if (heldFor > 0) lookAgain(lane, Math.ceil(heldFor));
    if (free.length > 0)
      await boss.insert(
        QUEUE,
        free.map(({ lane }) => ({ data: { lane }, singletonKey: lane })),
      );
  };
  const tick = () => {
    underWay = underWay.then(async () => {
      if (stopping) return;
      for (const job of jobs) await attempt(job.name, () => job.run(clock.now()));
      await attempt('outbox', relay);
      await attempt('forget', () => store.forget(clock.now().subtract({ hours: 24 * DAYS_KEPT })));
    });
    return underWay;
  };
  let nudged: NodeJS.Timeout | undefined;
  const nudge = () => {
    if (stopping) return;
    nudged ??= setTimeout(
      () => {
        nudged = undefined;
        underWay = underWay.then(() => attempt('outbox', relay));
      },
      // While tens of thousands wait a look takes its time, which people's own work needs too.
      Math.max(20, 4 * looking),
    );
  };
  const minutely = cron.schedule('* * * * *', tick, { name: 'tick', noOverlap: true });
  return {
    nudge,
    tick,
    // While the database is away each poll fails, and there is one every few seconds.
    healthy: () => lastError === 0 || performance.now() - lastError > 15_000,
    stop: async () => {
      stopping = true;
      clearTimeout(nudged);
      for (const { timer } of resting.values()) clearTimeout(timer);
      await minutely.destroy();
      await Promise.all([underWay, ...sending]);
      await boss.stop({ graceful: true, timeout: 15_000, close: true });
    },
  };
}
