import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

/** The folder of the .prisma files. */
export const schemaDirectory = resolve(import.meta.dirname, '../../prisma');

/** One .prisma file: its path relative to the folder, and its text. */
export interface SchemaFile {
  path: string;
  content: string;
}

/** Reads the schema: the .prisma files of the folder, in the order of their names. */
export async function readSchema(directory: string = schemaDirectory): Promise<SchemaFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(names.map(async (path) => ({ path, content: await readFile(join(directory, path), 'utf8') })));
}

/**
 * Compares a database with the schema and returns the SQL that leads from the one to the other; null when nothing
 * differs. It runs Prisma's schema engine as WebAssembly: no program is downloaded. What Prisma's schema language
 * cannot express (indexes over expressions or parts of a table, checks, functions, triggers) is not seen and stays.
 * Throws when the schema is not valid.
 */
export async function differenceTo(schema: SchemaFile[], url: string): Promise<string | null> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on('error', () => undefined);
  try {
    const connect = () => describingAdapter(pool);
    const factory = { provider: 'postgres' as const, adapterName: '@prisma/adapter-pg', connect };
    const adapter = bindMigrationAwareSqlAdapterFactory({ ...factory, connectToShadowDb: connect });
    const datamodels = schema.map((file): [string, string] => [file.path, file.content]);
    const engine = await SchemaEngine.new({ datamodels }, () => undefined, adapter);
    const { stdout, exitCode } = await engine.diff({
      from: { tag: 'schemaDatasource', files: schema, configDir: schemaDirectory },
      to: { tag: 'schemaDatamodel', files: schema },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 0 ? null : (stdout ?? '');
  } finally {
    await pool.end();
  }
}

/** PostgreSQL's numbers of the types that the engine's questions about a database are answered with. */
const columnTypes = new Map<number, ColumnType>([
  [16, ColumnTypeEnum.Boolean],
  // "char", a single byte: the ordinary adapter does not know it and would fail here.
  [18, ColumnTypeEnum.Character],
  [19, ColumnTypeEnum.Text],
  [20, ColumnTypeEnum.Int64],
  [21, ColumnTypeEnum.Int32],
  [23, ColumnTypeEnum.Int32],
  [25, ColumnTypeEnum.Text],
  [26, ColumnTypeEnum.Int64],
  [1003, ColumnTypeEnum.TextArray],
  [1005, ColumnTypeEnum.Int32Array],
  [1007, ColumnTypeEnum.Int32Array],
  [1009, ColumnTypeEnum.TextArray],
  [1042, ColumnTypeEnum.Text],
  [1043, ColumnTypeEnum.Text],
]);

async function describingAdapter(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const inner = await new PrismaPg(pool).connect();
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    executeRaw: (query) => inner.executeRaw(query),
    executeScript: (script) => inner.executeScript(script),
    startTransaction: (isolation) => inner.startTransaction(isolation),
    getConnectionInfo: () => inner.getConnectionInfo(),
    dispose: () => inner.dispose(),
    queryRaw: async ({ sql, args }) => {
      const { fields, rows } = await pool.query<unknown[]>({ text: sql, values: args, rowMode: 'array' });
      return {
        columnNames: fields.map((field) => field.name),
        columnTypes: fields.map((field) => {
          const type = columnTypes.get(field.dataTypeID);
          if (type === undefined) throw new Error(`no known shape for PostgreSQL's type ${field.dataTypeID}`);
          return type;
        }),
        rows,
      };
    },
  };
}
