import { migrate } from '../src/database/migrate.ts';
import { startThrowaway } from '../src/database/throwaway.ts';
import { interactiveLimits, openDatabase } from '../src/database.ts';
import { createLog } from '../src/log.ts';
import { customersFile, importFile, organizationOf } from './support/customers.ts';
import { median, type Result, round } from './support/result.ts';

const rows = 100_000;
const goal = 60;

/** How long it takes to import a list of 100,000 customers, and the same list again. */
export async function run(): Promise<Result[]> {
  const log = createLog('warn');
  const server = await startThrowaway(log);
  try {
    await migrate(server.url, { log });
    const database = openDatabase(server.url, { log, ...interactiveLimits });
    try {
      const first: number[] = [];
      const again: number[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        const organization = await organizationOf(database);
        const bytes = customersFile(rows, organization.emails);
        first.push(await secondsOf(() => importFile(database, organization.id, bytes)));
        again.push(await secondsOf(() => importFile(database, organization.id, bytes)));
      }
      const value = round(median(first));
      return [
        {
          bench: 'import',
          value,
          unit: 's',
          goal: `< ${goal}`,
          met: value < goal,
          comparedWith: `nothing: ${rows} new customers with their search index, median of ${first.length} organisations`,
          details: { slowest: round(Math.max(...first)), sameFileAgain: round(median(again)) },
        },
      ];
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
