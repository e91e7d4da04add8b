import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import type { Database } from '../../src/database.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import type { Chance } from './chance.ts';
import { crowdZone, seedCrowd } from './crowd.ts';
import { giveMornings, letBegin } from './due-prompts.ts';

/** A bot that was started and may not be ready yet. */
export interface Started {
  child: ChildProcess;
  /** Rejects when it ends before. */
  ready: Promise<unknown>;
}

/** What came of it. */
export interface Killed {
  kills: number;
  /** Kills of a bot that was still starting, which is when it looks for what is due. */
  killsAtStart: number;
  /** People whose morning began. */
  begun: number;
  /** People with a prompt, and prompts; messages that say so. */
  asked: number;
  prompts: number;
  messages: number;
  /** Prompts that reached their person at least once. */
  delivered: number;
  /** Deliveries beyond the first, and how many of them no kill explains. */
  duplicates: number;
  unexplained: number;
  /** Deliveries of what the outbox does not know. */
  strange: number;
}

/** Everybody is asked by one of so many. */
const bots = 3;
/** A kill comes after so many messages at the most, or so many ms, whatever is first. */
const most = { messages: 12, patience: 1_500 };
/** And at most so many ms later, so that it also falls between two messages. */
const latest = 40;
/** So many ms after its start a bot is killed at the most, where that is sooner than it is ready. */
const earliest = 1_500;

/**
 * Three bots ask and send while mornings begin; at random moments one of them is killed and another one started. At the
 * end they are left alone until everybody is asked and all is sent; `hurry`: all are killed, and a last one does it without waiting for
 * the end of what those had claimed. Throws when that takes longer than two minutes.
 */
export async function killAtRandom(options: {
  sandbox: Sandbox;
  database: Database;
  people: number;
  kills: number;
  luck: Chance;
  start: () => Started;
  hurry?: boolean;
}): Promise<Killed> {
  const { sandbox, database, people, kills, luck, start, hurry = false } = options;
  const running = new Set<ChildProcess>();
  const starting = new Set<ChildProcess>();
  const started = (): Started => {
    const bot = start();
    running.add(bot.child);
    starting.add(bot.child);
    // Who is killed does not become ready, which is no surprise here.
    const ready = bot.ready.catch((error: unknown) => {
      if (running.has(bot.child)) throw error;
    });
    return { ...bot, ready: ready.then(() => starting.delete(bot.child)) };
  };
  await started().ready;
  await seedCrowd(database, people, 1);
  await giveMornings(database);
  const readiness = Array.from({ length: bots - 1 }, () => started().ready);
  await Promise.all(readiness);

  const sent = watch(sandbox);
  const inFlight = new Map<string, Set<number>>();
  const end = async (bot: ChildProcess) => {
    running.delete(bot);
    const ended = once(bot, 'exit');
    bot.kill('SIGKILL');
    await ended;
    for (const { id, attempts } of await sendingIn(database))
      inFlight.set(id, (inFlight.get(id) ?? new Set()).add(attempts));
  };
  let begun = 0;
  let killsAtStart = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const teams = Math.ceil((people - begun) / (kills - kill));
    begun += await letBegin(database, { teams, now: systemClock.now(), zone: crowdZone });
    const next = started();
    readiness.push(next.ready);
    // Half of the kills while one starts and asks those whose morning has begun, half while all of them send.
    const atStart = luck.next() < 0.5;
    if (atStart) await Promise.race([next.ready, pause(luck.under(earliest))]);
    else {
      await next.ready;
      await Promise.race([sent.after(luck.under(most.messages)), pause(most.patience)]);
      await pause(luck.under(latest));
    }
    const doomed = atStart && luck.next() < 0.5 ? next.child : (luck.some([...running], 1)[0] ?? next.child);
    if (starting.has(doomed)) killsAtStart += 1;
    await end(doomed);
  }
  await Promise.all(readiness);
  if (hurry) {
    await Promise.all([...running].map(end));
    await database.pool.query(`UPDATE "Outbox" SET "claimedUntil" = NULL`);
    await started().ready;
  }
  await allSent(database, begun);
  return { kills, killsAtStart, begun, ...(await accounted(database, sent.times, inFlight)) };
}

/** Whose morning began just before the end are asked at the next tick, when all that had been planned may be sent. */
async function allSent({ pool }: Database, begun: number): Promise<void> {
  const until = performance.now() + 120_000;
  for (;;) {
    const { rows } = await pool.query<{ left: number; asked: number }>(
      `SELECT (SELECT count(*) FROM "Outbox" WHERE state <> 'sent')::int AS left,
         (SELECT count(DISTINCT "personId") FROM "Prompt")::int AS asked`,
    );
    const [{ left, asked } = { left: 0, asked: 0 }] = rows;
    if (left === 0 && asked >= begun) return;
    if (performance.now() > until) throw new Error(`${left} messages were not sent, ${begun - asked} people not asked`);
    await pause(100);
  }
}

/** What the people's clients got, by the marker of its row in the outbox. */
function watch(sandbox: Sandbox) {
  const times = new Map<string, number>();
  let left = 0;
  let done = () => {};
  sandbox.on('call', ({ method, args, answer }) => {
    if (method !== 'chat.postMessage' || answer.ok !== true) return;
    const { marker } = JSON.parse(String(args.metadata)).event_payload;
    times.set(marker, (times.get(marker) ?? 0) + 1);
    left -= 1;
    if (left === 0) done();
  });
  return {
    times,
    after: (count: number) =>
      new Promise<void>((resolve) => {
        left = count;
        done = resolve;
        if (count === 0) resolve();
      }),
  };
}

/** The attempts to send that had begun and not ended: a row's id, and which attempt it was. */
async function sendingIn({ pool }: Database): Promise<{ id: string; attempts: number }[]> {
  const { rows } = await pool.query<{ id: string; attempts: number }>(
    `SELECT id, attempts FROM "Outbox" WHERE state = 'sending'`,
  );
  return rows;
}

async function accounted(
  { pool }: Database,
  times: ReadonlyMap<string, number>,
  inFlight: ReadonlyMap<string, ReadonlySet<number>>,
) {
  const { rows: counts } = await pool.query<{ asked: number; prompts: number }>(
    `SELECT count(DISTINCT "personId")::int AS asked, count(*)::int AS prompts FROM "Prompt"`,
  );
  const { rows: messages } = await pool.query<{ id: string }>(
    `SELECT o.id FROM "Outbox" o JOIN "Prompt" p ON o.key = 'prompt:' || p.id`,
  );
  const known = new Set(messages.map(({ id }) => id));
  const again = [...times].map(([marker, count]) => ({ marker, more: count - 1 }));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  return {
    ...(counts[0] ?? { asked: 0, prompts: 0 }),
    messages: messages.length,
    delivered: messages.filter(({ id }) => times.has(id)).length,
    duplicates: sum(again.map(({ more }) => more)),
    unexplained: sum(again.map(({ marker, more }) => Math.max(0, more - (inFlight.get(marker)?.size ?? 0)))),
    strange: [...times.keys()].filter((marker) => !known.has(marker)).length,
  };
}
