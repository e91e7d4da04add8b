import { Temporal } from 'temporal-polyfill';
import { build } from '../src/bot.ts';
import type { Call } from '../src/chat/slice.ts';
import { movableClock } from '../src/clock.ts';
import { migrate } from '../src/database/migrate.ts';
import { startThrowaway } from '../src/database/throwaway.ts';
import { type Database, openDatabase } from '../src/database.ts';
import { createLog } from '../src/log.ts';
import { textIn } from '../src/text/text.ts';
import { createLinks } from '../src/web/links.ts';
import { addHistory, type History, makeCompany } from './support/history.ts';
import { percentile, type Result, round } from './support/result.ts';

const history: History = {
  people: 500,
  accounts: 20_000,
  othersPeople: 100,
  othersAccounts: 5_000,
  visits: 1_000_000,
  days: 1_100,
  today: '2026-11-27',
};
const accountsOfRep = 200;
const times = 300;
const timesOfLeader = 100;
const now = Temporal.Instant.from('2026-11-27T09:00:00Z');

/** The own page of somebody with many customers, in a long history: how long it takes, and how often the database is asked. */
export async function run(): Promise<Result[]> {
  const log = createLog('warn');
  const server = await startThrowaway(log);
  try {
    await migrate(server.url, { log });
    // The load takes longer than a person waits; what is measured then has the limits of a person.
    const loading = openDatabase(server.url, { log, statementTimeout: 600_000 });
    const { organizationId, teamId } = await makeCompany(loading, history);
    const rep = await repOf(loading, { organizationId, teamId });
    await addHistory(loading, organizationId, history, { from: history.days, to: 0 });
    await loading.close();
    const database = openDatabase(server.url, { log });
    try {
      let asked = 0;
      database.pool.on('acquire', () => {
        asked += 1;
      });
      const links = createLinks({ linkSecret: null, publicUrl: null, dataDirectory: null });
      const nudge = () => undefined;
      const clock = movableClock(now);
      const { registry } = build({ database, jobsDatabase: database, clock, log, nudge, links });
      const { home } = registry;
      if (home === null) throw new Error('there is no page');
      const call = callOf({ organizationId, teamId, rep });
      /** Milliseconds of each time, and how often the database was asked at most. */
      const openPage = async (by: Call, count: number) => {
        const took: number[] = [];
        let most = 0;
        for (let turn = 0; turn < count; turn += 1) {
          asked = 0;
          const begun = performance.now();
          await home(by);
          took.push(performance.now() - begun);
          most = Math.max(most, asked);
        }
        return { took, most };
      };
      const { took, most } = await openPage(call, times);
      const p99 = round(percentile(took, 0.99), 1);
      const median = round(percentile(took, 0.5), 1);
      // Who leads the five hundred: no goal was set for them, and they are not to wait either.
      const leader = await openPage({ ...call, me: { ...call.me, manages: [teamId] } }, timesOfLeader);
      return [
        {
          bench: 'home p99',
          value: p99,
          unit: 'ms',
          goal: '<= 100',
          met: p99 <= 100,
          comparedWith: `nothing; somebody with ${accountsOfRep} customers, ${history.visits} visits over three years, ${times} times`,
          details: { median, slowest: round(Math.max(...took), 1) },
        },
        {
          bench: 'home queries',
          value: most,
          unit: 'queries',
          goal: '<= 6',
          met: most <= 6,
          comparedWith: 'nothing: as often as a connection was taken',
          details: {
            leaderOf500: leader.most,
            leaderMedian: round(percentile(leader.took, 0.5), 1),
            leaderP99: round(percentile(leader.took, 0.99), 1),
          },
        },
      ];
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

/** Somebody of the team who gets as many customers as are asked for, from colleagues, before anybody is visited. */
async function repOf(
  { pool }: Database,
  { organizationId, teamId }: { organizationId: string; teamId: string },
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT "personId" AS id FROM "Membership" WHERE "organizationId" = $1 AND "teamId" = $2 ORDER BY 1 LIMIT 1`,
    [organizationId, teamId],
  );
  const rep = rows[0]?.id ?? '';
  await pool.query(
    `UPDATE "Account" SET "ownerId" = $2 WHERE "organizationId" = $1 AND id IN (
       SELECT id FROM "Account" WHERE "organizationId" = $1 ORDER BY "ownerId" <> $2, id LIMIT $3)`,
    [organizationId, rep, accountsOfRep],
  );
  return rep;
}

function callOf({ organizationId, teamId, rep }: { organizationId: string; teamId: string; rep: string }): Call {
  return {
    me: {
      organizationId,
      id: rep,
      name: 'Rep',
      timeZone: 'Europe/Berlin',
      workspaceId: organizationId,
      administrator: false,
      observer: false,
      manages: [],
      memberOf: [teamId],
      mayAdminister: false,
    },
    organization: { id: organizationId, name: 'Company', timeZone: 'Europe/Berlin', currency: 'EUR', isSetUp: true },
    text: textIn('en'),
    now,
    today: Temporal.PlainDate.from(history.today),
    id: 'bench',
    colleagues: 'users',
    place: { kind: 'home' },
    file: async () => Promise.reject(new Error('no file')),
  };
}
