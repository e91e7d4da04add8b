import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/database/migrate.ts';
import { startThrowaway } from '../../src/database/throwaway.ts';
import { createLog } from '../../src/log.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the migrated database that every test database is a copy of. */
    templateUrl: string;
  }
}

/** One database server for the whole run: the one of TEST_DATABASE_URL, else an embedded one that is thrown away. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const log = createLog('warn');
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startThrowaway(log);
  const template = `kam_template_${process.pid}`;
  try {
    await administer(server.url, `CREATE DATABASE ${template}`);
    const templateUrl = new URL(server.url);
    templateUrl.pathname = `/${template}`;
    await migrate(templateUrl.href, { log });
    project.provide('templateUrl', templateUrl.href);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return async () => {
    try {
      if (given) await administer(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    } finally {
      await server.stop();
    }
  };
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
