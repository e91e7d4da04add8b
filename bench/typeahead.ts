import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { lookUpLimit } from '../src/accounts/choice.ts';
import { createAccounts } from '../src/accounts/index.ts';
import { searchStatement } from '../src/accounts/search-store.ts';
import { searchQuery } from '../src/accounts/search-terms.ts';
import type { Call } from '../src/chat/slice.ts';
import { systemClock } from '../src/clock.ts';
import { migrate } from '../src/database/migrate.ts';
import { startThrowaway } from '../src/database/throwaway.ts';
import { interactiveLimits, openDatabase } from '../src/database.ts';
import { createLog } from '../src/log.ts';
import { createPeople } from '../src/people/index.ts';
import { textIn } from '../src/text/text.ts';
import { customersFile, importFile, organizationOf } from './support/customers.ts';
import { median, percentile, type Result, round } from './support/result.ts';

const customers = 100_000;
const rounds = 5;
const secondsPerRound = 4;
/** Look-ups at the same moment, one after the other without a pause: as much as the machine can do. */
const typists = 4;
/** People who type at the same moment at the pace of fingers, and their time from letter to letter, ms. */
const people = 20;
const letter = 250;

/** What people type, letter by letter and in passing: names, parts, pinyin, initials, codes. */
const typed = (
  'a ac acm acme acme%20t acme%20tools h hw hwj hu hua huaw huawei 华 华为 华为技 公 公司 有限公司 深 深圳 深圳华 中 上海 上海科 ' +
  'ber berlin tools steel%20gmbh C1 C123 C12345 szhw shanghai lin mic microsoft 科技有限公司 重庆长 cq 明德 zu zupre'
)
  .split(' ')
  .map(decodeURIComponent);
/** Nothing is called this, so that what was meant has to be guessed: two statements. */
const mistyped = ['hauwei', 'micrsoft', 'acmme tolls', '华维计术', 'mircosoft', 'shangahi', 'qqqqqq'];

/** The look-up of the visit form over 100,000 accounts, against its SQL alone. */
export async function run(): Promise<Result[]> {
  const log = createLog('warn');
  const server = await startThrowaway(log);
  try {
    await migrate(server.url, { log });
    const database = openDatabase(server.url, { log, ...interactiveLimits });
    const bare = new pg.Pool({ connectionString: server.url, max: interactiveLimits.poolSize });
    try {
      const { id, people: persons, emails } = await organizationOf(database);
      await importFile(database, id, customersFile(customers, emails));
      // What the server does by itself within a minute; here it would fall into some round.
      await bare.query('VACUUM ANALYZE "Account"');
      const find = lookUpOf(database, log);
      const ours = (query: string, turn: number) => find(callOf(id, persons[turn % persons.length] ?? ''), query);
      const theirs = (query: string, turn: number) => {
        const by = { organizationId: id, personId: persons[turn % persons.length] ?? '' };
        return bare.query(searchStatement(by, searchQuery(id, query), lookUpLimit.typed));
      };
      await rateOf(typed, ours, 1);
      await rateOf(typed, theirs, 1);
      const ourRates: number[] = [];
      const theirRates: number[] = [];
      for (let turn = 0; turn < rounds; turn += 1) {
        ourRates.push(await rateOf(typed, ours, secondsPerRound));
        theirRates.push(await rateOf(typed, theirs, secondsPerRound));
      }
      const times = await atTypingPace([...typed, ...mistyped], ours, secondsPerRound * 4);
      const idle = await atTypingPace(['1'], () => bare.query('SELECT 1'), secondsPerRound * 2);
      const ratio = round(median(ourRates) / median(theirRates));
      const p99 = round(percentile(times, 0.99), 1);
      return [
        {
          bench: 'typeahead',
          value: ratio,
          unit: 'of its rate',
          goal: '>= 0.7',
          met: ratio >= 0.7,
          comparedWith: `the same SQL sent by pg; ${customers} accounts, ${typists} at once, median of ${rounds} rounds`,
          details: { ours: round(median(ourRates), 0), pg: round(median(theirRates), 0), unit: 'look-ups/s' },
        },
        {
          bench: 'typeahead p99',
          value: p99,
          unit: 'ms',
          goal: '< 50',
          met: p99 < 50,
          comparedWith: `nothing; ${customers} accounts, ${people} people each typing a letter every ${letter} ms, slips of the finger included`,
          details: {
            median: round(median(times), 1),
            slowest: round(Math.max(...times), 1),
            lookUps: times.length,
            p99OfSelect1: round(percentile(idle, 0.99), 1),
          },
        },
      ];
    } finally {
      await bare.end();
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

function lookUpOf(database: ReturnType<typeof openDatabase>, log: ReturnType<typeof createLog>) {
  const nudge = () => undefined;
  const people = createPeople({ database, clock: systemClock, log });
  const activity = { of: async () => new Map() };
  const { slice } = createAccounts({ database, people, clock: systemClock, activity, log, nudge });
  const lookUp = slice.lookUps?.find(({ source }) => source === 'accounts');
  if (!lookUp) throw new Error('there is no look-up of accounts');
  return lookUp.find;
}

function callOf(organizationId: string, personId: string): Call {
  const now = systemClock.now();
  return {
    me: {
      organizationId,
      id: personId,
      name: 'Typist',
      timeZone: 'UTC',
      workspaceId: organizationId,
      administrator: false,
      observer: false,
      manages: [],
      memberOf: [],
      mayAdminister: false,
    },
    organization: { id: organizationId, name: 'Bench', timeZone: 'UTC', currency: 'EUR', isSetUp: true },
    text: textIn('zh-CN'),
    now,
    today: Temporal.PlainDate.from('2026-11-23'),
    id: 'bench',
    colleagues: 'users',
    place: { kind: 'direct' },
    file: async () => Promise.reject(new Error('no file')),
  };
}

type Find = (query: string, turn: number) => Promise<unknown>;

/** Look-ups a second when each follows the one before. */
async function rateOf(queries: readonly string[], find: Find, seconds: number): Promise<number> {
  const begun = performance.now();
  let turn = 0;
  const typist = async () => {
    while (performance.now() < begun + seconds * 1000) {
      const mine = turn++;
      await find(queries[mine % queries.length] ?? '', mine);
    }
  };
  await Promise.all(Array.from({ length: typists }, typist));
  return (turn / (performance.now() - begun)) * 1000;
}

/** How long each look-up takes, ms, when letters come at the pace of fingers, whether the last was answered or not. */
async function atTypingPace(queries: readonly string[], find: Find, seconds: number): Promise<number[]> {
  const begun = performance.now();
  const times: Promise<number>[] = [];
  const pause = letter / people;
  for (let turn = 0; turn * pause < seconds * 1000; turn += 1) {
    await setTimeout(Math.max(0, begun + turn * pause - performance.now()));
    const due = begun + turn * pause;
    // Counted from the letter, not from when there was time for it.
    times.push(find(queries[turn % queries.length] ?? '', turn).then(() => performance.now() - due));
  }
  return Promise.all(times);
}
