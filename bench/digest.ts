import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { createCalendar, plainWeek } from '../src/calendar/index.ts';
import { movableClock } from '../src/clock.ts';
import { migrate } from '../src/database/migrate.ts';
import { startThrowaway } from '../src/database/throwaway.ts';
import { type Database, jobLimits, openDatabase } from '../src/database.ts';
import { type Figures, factOf } from '../src/digest/figures.ts';
import { createFigures } from '../src/digest/figures-taking.ts';
import { type PeriodKind, periodWith } from '../src/digest/period.ts';
import { createLog } from '../src/log.ts';
import { createPeople } from '../src/people/index.ts';
import { type PlainFigures, plainFigures } from './plain/digest.ts';
import { addHistory, type History, makeCompany } from './support/history.ts';
import { median, type Result, round } from './support/result.ts';

/** Three years of a large team, with another one beside it. */
export const threeYears: History = {
  people: 500,
  accounts: 20_000,
  othersPeople: 100,
  othersAccounts: 5_000,
  visits: 1_000_000,
  days: 1_100,
  today: '2026-11-27',
};
const rounds = 15;
const asOf = Temporal.Instant.from('2026-11-27T15:30:00Z');

type Measured = 'ours' | 'plain' | 'before' | 'month' | 'quarter';

export const run = (): Promise<Result[]> => measure(threeYears);

/** The evaluation of a large team in a long history, against SQL written by hand and against a tenth of the history. */
export async function measure(history: History): Promise<Result[]> {
  // At the same pace: what the figures look back on just fits in a tenth of three years.
  const short = history.days / 10;
  const log = createLog('warn');
  const server = await startThrowaway(log);
  const shortUrl = new URL(server.url);
  shortUrl.pathname = '/short';
  const open = (url: string) => openDatabase(url, { log, ...jobLimits, statementTimeout: 600_000 });
  try {
    await migrate(server.url, { log });
    let database = open(server.url);
    const of = await makeCompany(database, history);
    await addHistory(database, of.organizationId, history, { from: short, to: 0 });
    await database.close();
    await copyOf(server.url, 'short');
    database = open(server.url);
    const tenth = open(shortUrl.href);
    try {
      await addHistory(database, of.organizationId, history, { from: history.days, to: short });
      const [ours, before] = [figuresOf(database, of, 'week'), figuresOf(tenth, of, 'week')];
      const [month, quarter] = [figuresOf(database, of, 'month'), figuresOf(database, of, 'quarter')];
      const pool = new pg.Pool({ connectionString: server.url, max: jobLimits.poolSize });
      try {
        compare(await ours(), await plainFigures(pool, of));
        const took: Record<Measured, number[]> = { ours: [], plain: [], before: [], month: [], quarter: [] };
        for (let round = 0; round < rounds; round += 1) {
          took.plain.push(await timed(() => plainFigures(pool, of)));
          took.ours.push(await timed(ours));
          took.before.push(await timed(before));
          took.month.push(await timed(month));
          took.quarter.push(await timed(quarter));
        }
        return resultsOf(took, { ...history, visits: await countOf(database) });
      } finally {
        await pool.end();
      }
    } finally {
      await tenth.close();
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

function figuresOf(
  database: Database,
  of: { organizationId: string; teamId: string },
  kind: PeriodKind,
): () => Promise<Figures> {
  const period = periodWith(kind, Temporal.PlainDate.from(threeYears.today), plainWeek);
  const clock = movableClock(asOf);
  const needs = { database, clock, log: createLog('warn'), nudge: () => undefined };
  const people = createPeople(needs);
  const figures = createFigures({
    database,
    calendar: createCalendar({ ...needs, people, changed: async () => undefined }),
  });
  return async () => {
    const taken = await figures.ofTeam({ ...of, period, asOf });
    if (taken === null) throw new Error('there are no figures');
    return taken;
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Both say the same, or the comparison is worth nothing. */
function compare(ours: Figures, plain: PlainFigures): void {
  const now = (name: 'visits' | 'prompts' | 'promises' | 'overdue' | 'feedback') =>
    plain[name].find((row) => row.k === 0) ?? {};
  const core = plain.coverage.find((row) => row.class === 'core') ?? {};
  const [attention] = plain.attention;
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ...(['visits', 'prompts', 'promises', 'overdue'] as const).map(
      (name) => [name, factOf(ours, name).value, now(name).value] as const,
    ),
    ...(['visits', 'prompts', 'promises'] as const).map(
      (name) => [`${name} before`, factOf(ours, name).before, plain[name].find((row) => row.k === 1)?.value] as const,
    ),
    ['overdue of', factOf(ours, 'overdue').of, now('overdue').of],
    ['advances', factOf(ours, 'advances').value, now('visits').advances],
    ['feedback in', factOf(ours, 'feedbackIn').value, now('feedback').came],
    ['feedback answered', factOf(ours, 'feedbackAnswered').value, now('feedback').answered],
    ['feedback open', factOf(ours, 'feedbackOpen').value, now('feedback').open],
    ['core seen', factOf(ours, 'coverageCore').value, core.w0],
    ['core seen before', factOf(ours, 'coverageCore').before, core.w1],
    ['core of', factOf(ours, 'coverageCore').of, core.of],
    ['attention', ours.attention.total, attention?.total],
    ['silent', ours.proposals.find(({ rule }) => rule === 'planSilent')?.count, attention?.silent],
  ];
  const different = pairs.filter(([, one, other]) => one !== other);
  if (different.length > 0) throw new Error(`the figures differ: ${JSON.stringify(different)}`);
}

function resultsOf(took: Record<Measured, number[]>, history: History): Result[] {
  const [ours, plain, before] = [median(took.ours), median(took.plain), median(took.before)];
  const [against, longer] = [round(ours / plain), round(ours / before)];
  const large = `${history.people} people, ${history.accounts} customers, ${history.visits} visits, median of ${rounds} rounds`;
  return [
    {
      bench: 'digest',
      value: against,
      unit: 'of its time',
      goal: '<= 1.5',
      met: against <= 1.5,
      comparedWith: `the same figures as SQL written by hand for this team and week, on as many connections; ${large}`,
      details: {
        ours: round(ours, 0),
        plain: round(plain, 0),
        unit: 'ms',
        month: round(median(took.month), 0),
        quarter: round(median(took.quarter), 0),
      },
    },
    {
      bench: 'digest of a long history',
      value: longer,
      unit: 'of its time',
      goal: '<= 1.1',
      met: longer <= 1.1,
      comparedWith: `itself with a tenth of the history, ${round(history.days / 10, 0)} days at the same pace, in the same rounds`,
      details: { long: round(ours, 0), short: round(before, 0), unit: 'ms', days: history.days },
    },
  ];
}

async function countOf({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ visits: number }>(`SELECT count(*)::int AS visits FROM "Visit"`);
  return rows[0]?.visits ?? 0;
}

/** A copy of the server's database beside it; nobody may be connected to it. */
async function copyOf(url: string, name: string): Promise<void> {
  const template = new URL(url);
  const administration = new URL(url);
  administration.pathname = '/template1';
  const client = new pg.Client({ connectionString: administration.href });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE "${template.pathname.slice(1)}"`);
  await client.end();
}
