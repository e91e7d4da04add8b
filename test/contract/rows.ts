import { type Row, rowsOf, type Tables } from '../people/rows.ts';
import type { World } from '../world.ts';

/** What has become of an organisation's rows, in words that are the same on every platform. */
export interface Difference {
  /** Rows that are new or changed, by table, as they are now. */
  came: Tables;
  /** Rows that are gone, by table, as they were. */
  went: Tables;
}

/** What every platform has its own of: users, places, and where a message stands. */
const platformsOwn = [
  'Identity',
  'Workspace',
  'TeamsConversation',
  'Sent',
  'Pace',
  'LinkCode',
  'LinkAttempt',
  'UploadedPicture',
];

/** What is made anew each time, what only says how it came, and how far the outbox is with it. */
const passing: Record<string, readonly string[]> = {
  '*': ['organizationId', 'requestKey', 'searchText', 'searchGrams', 'refreshedAt'],
  Outbox: ['state', 'attempts', 'notBefore', 'claimedUntil', 'failure', 'sentAt'],
};

/** Reads every row that the contract is about. */
export async function readRows({ bot }: World): Promise<Tables> {
  const all = await rowsOf(bot.database, bot.organizationId);
  const { rows } = await bot.database.pool.query<{ row: Row }>(
    'SELECT to_jsonb(o) AS row FROM "Organization" o WHERE id = $1',
    [bot.organizationId],
  );
  all.Organization = rows.map(({ row }) => row);
  // Which weeks are to come is planned with any look of the bot, also between two readings.
  all.Digest = (all.Digest ?? []).filter(({ asOf }) => asOf !== null);
  const ours = Object.entries(all).filter(([table]) => !platformsOwn.includes(table));
  return Object.fromEntries(ours.map(([table, rows]) => [table, rows.map((row) => without(table, row))]));
}

function without(table: string, row: Row): Row {
  const left = [...(passing['*'] ?? []), ...(passing[table] ?? [])];
  return Object.fromEntries(Object.entries(row).filter(([column]) => !left.includes(column)));
}

/** Compares two readings. Ids become names, instants the hour in which they lie, places their keys. */
export function difference(before: Tables, after: Tables, world: World): Difference {
  const readable = inWords(namesIn([before, after]), placesOf(world));
  const missing = (from: Tables, in_: Tables, same: (table: string, row: Row) => string) =>
    Object.fromEntries(
      Object.entries(from).flatMap(([table, rows]) => {
        const known = new Set((in_[table] ?? []).map((row) => same(table, row)));
        const others = rows.filter((row) => !known.has(same(table, row)));
        const read = others.map((row) => readable(table, row));
        return read.length === 0 ? [] : [[table, read.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))]];
      }),
    );
  const whole = (_: string, row: Row) => JSON.stringify(row);
  const itself = (table: string, row: Row) => (typeof row.id === 'string' ? row.id : whole(table, row));
  return { came: missing(after, before, whole), went: missing(before, after, itself) };
}

const orderOf = (row: Row) => JSON.stringify(row);

/** What the rows with ids are called. */
function namesIn(readings: readonly Tables[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const name = (id: unknown) => names.get(String(id)) ?? String(id);
  const each = (table: string, call: (row: Row) => string) => {
    for (const tables of readings) for (const row of tables[table] ?? []) names.set(String(row.id), call(row));
  };
  for (const table of ['Person', 'Account', 'Contact', 'Team']) each(table, (row) => String(row.name));
  each('Action', (row) => String(row.text));
  each('Visit', (row) => `visit of ${name(row.authorId)} to ${name(row.accountId)} on ${row.date}`);
  return names;
}

/** The conversations of the platforms, by their ids there. */
const placesOf = ({ teams }: World): readonly (readonly [id: string, key: string])[] =>
  [...teams.tenant.conversations.values()].map(({ id, key }) => [id, key]);

function inWords(names: ReadonlyMap<string, string>, places: readonly (readonly [string, string])[]) {
  const uuid = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g;
  const instant = /^(\d{4}-\d\d-\d\dT\d\d):\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)$/;
  const readText = (text: string): string => {
    const named = places.reduce((read, [id, key]) => read.replaceAll(id, key), text);
    return named
      .replaceAll(uuid, (id) => names.get(id) ?? '…')
      .replace(/^https?:\/\/\S+$/, '<link>')
      .replace(instant, '$1 h');
  };
  const read = (value: unknown): unknown => {
    if (typeof value === 'string') return readText(value);
    if (Array.isArray(value)) return value.map(read);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [readText(key), read(inner)]));
  };
  return (table: string, { id: _, ...row }: Row): Row => {
    const said = Object.fromEntries(Object.entries(row).map(([column, value]) => [column, read(value)]));
    // What a message is about stands in the message; the rest of its key is made of ids.
    return table === 'Outbox' ? { ...said, key: String(row.key).split(':', 1)[0] } : said;
  };
}
