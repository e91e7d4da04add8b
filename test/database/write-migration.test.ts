import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { schemaDifference, writeMigration } from '../../src/database/write-migration.ts';
import { createLog } from '../../src/log.ts';
import { temporaryFolder } from '../support/folder.ts';

const log = createLog('silent');
const model = (fields: string) => `datasource db {\n  provider = "postgresql"\n}\nmodel Thing {\n${fields}\n}\n`;

test('the migrations lead to the schema', async () => {
  expect(await schemaDifference(log)).toBe(null);
});

test('writes each step from the difference, and leaves what the schema cannot express', async () => {
  const folder = await temporaryFolder();
  const places = { migrations: join(folder, 'migrations'), schema: join(folder, 'schema') };
  await mkdir(places.schema);
  const schema = (fields: string) => writeFile(join(places.schema, 'thing.prisma'), model(fields));
  const at = (time: string) => ({ now: () => Temporal.Instant.from(`2026-11-23T${time}Z`) });

  await schema('id Int @id\nname String');
  const first = await schemaDifference(log, places);
  expect(first).toContain('CREATE TABLE "Thing"');
  const file = await writeMigration('init', first ?? '', at('08:09:10.6'), places);
  expect(basename(dirname(file))).toBe('20261123080910_init');
  expect(await readFile(file, 'utf8')).toBe(first);
  expect(await schemaDifference(log, places)).toBe(null);

  const byHand = `CREATE EXTENSION pg_trgm;
    CREATE INDEX by_part ON "Thing" USING gin (lower(name) gin_trgm_ops);
    CREATE UNIQUE INDEX once ON "Thing" (name) WHERE id > 3;
    ALTER TABLE "Thing" ADD CONSTRAINT named CHECK (name <> '');`;
  await writeMigration('search', byHand, at('08:09:11'), places);
  expect(await schemaDifference(log, places)).toBe(null);

  await schema('id Int @id\nname String\ncity String?');
  expect((await schemaDifference(log, places))?.trim()).toBe(
    '-- AlterTable\nALTER TABLE "Thing" ADD COLUMN     "city" TEXT;',
  );
}, 60_000);

test('a schema that is not valid is refused with the reason', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'thing.prisma'), model('id Int @id\nother Nothing'));
  await expect(schemaDifference(log, { migrations: join(folder, 'none'), schema: folder })).rejects.toThrow('Nothing');
});
