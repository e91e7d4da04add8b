import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Temporal } from 'temporal-polyfill';
import { createCalendar } from '../src/calendar/index.ts';
import { movableClock } from '../src/clock.ts';
import { migrate } from '../src/database/migrate.ts';
import { startThrowaway } from '../src/database/throwaway.ts';
import { type Database, jobLimits, openDatabase } from '../src/database.ts';
import { newId } from '../src/ids.ts';
import { createLog } from '../src/log.ts';
import { planOfMeetings } from '../src/meetings/index.ts';
import { createPeople } from '../src/people/index.ts';
import { makeCrowd } from './support/crowd.ts';
import { median, type Result, round } from './support/result.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
const organizations = 200;
const people = 50;
const all = organizations * people;
/** As many meetings as the planner takes at once. */
const organizationsAtOnce = 10;
const rounds = 5;
/** A working day a week apart from the next, so that each round asks anew. */
const mornings = Array.from({ length: rounds + 1 }, (_, week) =>
  Temporal.Instant.from('2026-11-24T08:45Z').add({ hours: 24 * 7 * week }),
);

/** Asking 10,000 people whose morning begins in one minute, against the bare inserts; and a tick with nothing to do. */
export async function run(): Promise<Result[]> {
  const log = createLog('warn');
  const server = await startThrowaway(log);
  try {
    await migrate(server.url, { log });
    const database = openDatabase(server.url, { log, ...jobLimits, statementTimeout: 120_000 });
    try {
      await makeCrowd(database, organizations, people);
      const clock = movableClock();
      const peopleSlice = createPeople({ database, clock, log });
      const calendar = createCalendar({
        database,
        people: peopleSlice,
        clock,
        log,
        nudge: () => undefined,
        changed: async () => undefined,
      });
      const job = planOfMeetings({ database, calendar, nudge: () => undefined, log });
      const ours: number[] = [];
      const plain: number[] = [];
      // Megabytes of the heap above what it held before: at most while they are planned, and afterwards.
      const memory: number[] = [];
      const kept: number[] = [];
      for (const [index, now] of mornings.entries()) {
        await database.pool.query(`UPDATE "Meeting" SET "nextAt" = $1`, [now.toString()]);
        collect();
        const before = process.memoryUsage().heapUsed;
        let most = 0;
        const watching = setInterval(() => {
          most = Math.max(most, (process.memoryUsage().heapUsed - before) / 1e6);
        }, 20);
        const begun = performance.now();
        await job.run(now);
        const seconds = (performance.now() - begun) / 1000;
        clearInterval(watching);
        collect();
        kept.push((process.memoryUsage().heapUsed - before) / 1e6);
        memory.push(most);
        const { rows } = await database.pool.query<{ told: number }>(
          `SELECT count(*)::int AS told FROM "Outbox" WHERE "createdAt" = $1`,
          [now.toString()],
        );
        if (rows[0]?.told !== all) throw new Error(`${rows[0]?.told} were asked`);
        const bare = await bareInserts(database, now);
        // The first of each warms up.
        if (index > 0) {
          ours.push(all / seconds);
          plain.push(all / bare);
        }
      }
      const perSecond = round(median(ours), 0);
      const ratio = round(median(ours) / median(plain));
      const comparedWith =
        'the same rows of prompts, meetings and outbox, prepared before and inserted by raw SQL in as many statements; ' +
        `median of ${rounds} mornings of ${organizations} organisations with ${people} people each`;
      return [
        {
          bench: 'prompts',
          value: perSecond,
          unit: 'prompts/s',
          goal: '>= 4000',
          met: perSecond >= 4_000,
          comparedWith: 'nothing',
          details: {
            heap: `${round(Math.max(...memory), 0)} MB more at most, ${round(median(kept), 1)} MB afterwards`,
          },
        },
        {
          bench: 'prompts ratio',
          value: ratio,
          unit: 'of its prompts/s',
          goal: '>= 0.5',
          met: ratio >= 0.5,
          comparedWith,
          details: { plain: round(median(plain), 0), unit: 'prompts/s' },
        },
        await idleTick(database),
      ];
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

/** Seconds for the same rows, without deciding anything; made ready part by part, outside of what is measured. */
async function bareInserts({ pool }: Database, now: Temporal.Instant): Promise<number> {
  const { rows: all } = await pool.query<{ id: string }>(`SELECT id FROM "Organization" ORDER BY id`);
  let seconds = 0;
  for (let at = 0; at < all.length; at += organizationsAtOnce) {
    const ids = all.slice(at, at + organizationsAtOnce).map(({ id }) => id);
    const { rows: prompts } = await pool.query(
      `SELECT p.*, p.date::text AS date FROM "Prompt" p WHERE p."opensAt" = $1 AND p."organizationId" = ANY ($2::uuid[])`,
      [now.toString(), ids],
    );
    const { rows: outbox } = await pool.query(
      `SELECT * FROM "Outbox" WHERE "createdAt" = $1 AND "organizationId" = ANY ($2::uuid[])`,
      [now.toString(), ids],
    );
    const made = prompts.map((prompt) => ({ ...prompt, id: newId(), nth: 2 }));
    const linked = made.map(({ organizationId, id }, index) => ({
      organizationId,
      promptId: id,
      of: prompts[index]?.id,
    }));
    const told = outbox.map((row) => ({ ...row, id: newId(), key: `bare:${row.key}` }));
    const values = [made, linked, told].map((rows) => JSON.stringify(rows));
    const begun = performance.now();
    await pool.query({
      name: 'bare',
      text: `WITH asked AS (
          INSERT INTO "Prompt" SELECT * FROM jsonb_populate_recordset(NULL::"Prompt", $1) RETURNING id
        ), linked AS (
          INSERT INTO "PromptMeeting" ("organizationId", "promptId", "occurrenceId")
          SELECT r."organizationId", r."promptId", m."occurrenceId"
          FROM jsonb_to_recordset($2) AS r("organizationId" uuid, "promptId" uuid, "of" uuid)
          JOIN "PromptMeeting" m ON m."organizationId" = r."organizationId" AND m."promptId" = r."of"
        )
        INSERT INTO "Outbox" SELECT * FROM jsonb_populate_recordset(NULL::"Outbox", $3)`,
      values,
    });
    seconds += (performance.now() - begun) / 1000;
  }
  await pool.query(`DELETE FROM "PromptMeeting" m USING "Prompt" p WHERE p."organizationId" = m."organizationId"
    AND p.id = m."promptId" AND p.nth = 2`);
  await pool.query(`DELETE FROM "Prompt" WHERE nth = 2`);
  await pool.query(`DELETE FROM "Outbox" WHERE key LIKE 'bare:%'`);
  // What was deleted would weigh on the next morning's inserts, and a server that has never looked at a table plans for
  // an empty one; between two mornings it looks by itself.
  await pool.query('VACUUM ANALYZE "PromptMeeting", "Prompt", "Outbox", "Occurrence", "Meeting"');
  return seconds;
}

/** What looking costs while 100,000 meetings are stored and none is due. */
async function idleTick(database: Database): Promise<Result> {
  const { pool } = database;
  await pool.query(
    `INSERT INTO "Meeting" ("organizationId", id, "teamId", kind, rule, "startsOn", "startsAt", clock, "windowMinutes",
       "createdAt", "nextAt")
     SELECT t."organizationId", gen_random_uuid(), t.id, 'own', 'WORKDAYS', '2026-01-01', '10:00', 'person', 60, now(),
       '2027-06-01'::timestamptz + n * interval '1 second'
     FROM "Team" t, generate_series(1, 500) n`,
  );
  await pool.query(`UPDATE "Meeting" SET "nextAt" = '2027-06-01' WHERE "nextAt" < '2027-06-01'`);
  await pool.query(`UPDATE "Prompt" SET "dueAt" = NULL, state = 'answered'`);
  await pool.query('VACUUM ANALYZE');
  const clock = movableClock();
  const log = createLog('warn');
  const calendar = createCalendar({
    database,
    people: createPeople({ database, clock, log }),
    clock,
    log,
    nudge: () => undefined,
    changed: async () => undefined,
  });
  const job = planOfMeetings({ database, calendar, nudge: () => undefined, log });
  const took: number[] = [];
  for (let turn = 0; turn < 50; turn += 1) {
    const begun = performance.now();
    await job.run(Temporal.Instant.from('2026-12-31T12:00Z'));
    took.push(performance.now() - begun);
  }
  const value = round(median(took));
  const { rows } = await pool.query<{ meetings: number }>(`SELECT count(*)::int AS meetings FROM "Meeting"`);
  return {
    bench: 'prompts idle',
    value,
    unit: 'ms',
    goal: '<= 5',
    met: value <= 5,
    comparedWith: `nothing: a look for what is due, its round trips included, with ${rows[0]?.meetings} meetings stored`,
  };
}
