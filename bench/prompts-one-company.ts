import { Temporal } from 'temporal-polyfill';
import { createCalendar } from '../src/calendar/index.ts';
import { movableClock } from '../src/clock.ts';
import { migrate } from '../src/database/migrate.ts';
import { startThrowaway } from '../src/database/throwaway.ts';
import { type Database, jobLimits, openDatabase } from '../src/database.ts';
import { createLog } from '../src/log.ts';
import { planOfMeetings } from '../src/meetings/index.ts';
import { standardOf } from '../src/meetings/question.ts';
import { createPeople } from '../src/people/index.ts';
import { makeCrowd } from './support/crowd.ts';
import { type Result, round } from './support/result.ts';

const small = 500;
const large = 5_000;
/** The first of each warms up. */
const days = ['2026-11-24', '2026-12-01', '2026-12-08'];

/** Asking one company of 5,000 people in one team, against one of a tenth: what it takes for each must not grow with them. */
export async function run(): Promise<Result[]> {
  const [few, many] = [await measure(small), await measure(large)];
  return (['morning', 'evening'] as const).map((kind) => {
    const value = round(many[kind] / large / (few[kind] / small));
    return {
      bench: `prompts of one company, ${kind}`,
      value,
      unit: 'of the time for each',
      goal: '<= 1.5',
      met: value <= 1.5,
      comparedWith: `itself with ${small} people instead of ${large}`,
      details: { large: round(many[kind], 0), small: round(few[kind], 0), unit: 'ms' },
    };
  });
}

/** Milliseconds in which everybody is asked. */
async function measure(people: number): Promise<Record<'morning' | 'evening', number>> {
  const log = createLog('warn');
  const server = await startThrowaway(log);
  try {
    await migrate(server.url, { log });
    const database = openDatabase(server.url, { log, ...jobLimits, statementTimeout: 600_000 });
    try {
      await makeCrowd(database, 1, people);
      const ask = askingIn(database, people);
      const took = { morning: 0, evening: 0 };
      for (const day of days) {
        took.morning = await ask(`${day}T08:45:00Z`);
        await workThrough(database, day);
        took.evening = await ask(`${day}T17:45:00Z`);
        await turnInto(database, 'morning', '08:45');
      }
      return took;
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

function askingIn(database: Database, people: number): (at: string) => Promise<number> {
  const log = createLog('warn');
  const clock = movableClock();
  const nudge = () => undefined;
  const calendar = createCalendar({
    database,
    people: createPeople({ database, clock, log }),
    clock,
    log,
    nudge,
    changed: async () => undefined,
  });
  const job = planOfMeetings({ database, calendar, nudge, log });
  return async (at) => {
    await database.pool.query(`UPDATE "Meeting" SET "nextAt" = $1`, [at]);
    const begun = performance.now();
    await job.run(Temporal.Instant.from(at));
    const took = performance.now() - begun;
    const { rows } = await database.pool.query<{ told: number }>(
      `SELECT count(*)::int AS told FROM "Outbox" WHERE "createdAt" = $1`,
      [at],
    );
    if (rows[0]?.told !== people) throw new Error(`${rows[0]?.told} were asked`);
    return took;
  };
}

/** Everybody has planned three things and made a visit; what was the morning's meeting is the evening's. */
async function workThrough(database: Database, day: string): Promise<void> {
  const { pool } = database;
  await pool.query(
    `INSERT INTO "PlanItem" ("organizationId", id, "personId", date, "promptId", position, text, state, "accountId")
     SELECT p."organizationId", gen_random_uuid(), p."personId", p.date, p.id, n, 'See them', 'planned', a.id
     FROM "Prompt" p CROSS JOIN generate_series(0, 2) n
     CROSS JOIN LATERAL (SELECT id FROM "Account" WHERE "organizationId" = p."organizationId" AND "ownerId" = p."personId"
       ORDER BY id LIMIT 1 OFFSET n) a
     WHERE p.date = $1`,
    [day],
  );
  await pool.query(
    `WITH visit AS (
       INSERT INTO "Visit" ("organizationId", id, "accountId", "authorId", date, "loggedAt", "requestKey")
       SELECT DISTINCT ON ("ownerId") "organizationId", gen_random_uuid(), id, "ownerId", $1::date, now(), $1::date || ' ' || id
       FROM "Account" RETURNING "organizationId", id, "authorId")
     INSERT INTO "VisitPerson" ("organizationId", "visitId", "personId") SELECT * FROM visit`,
    [day],
  );
  await turnInto(database, 'evening', '17:45');
}

async function turnInto({ pool }: Database, kind: 'morning' | 'evening', at: string): Promise<void> {
  await pool.query(`UPDATE "Meeting" SET kind = $1::"MeetingKind", "startsAt" = $2`, [kind, at]);
  await pool.query(`UPDATE "MeetingQuestions" SET questions = $1`, [JSON.stringify(standardOf[kind])]);
  await pool.query('VACUUM ANALYZE');
}
