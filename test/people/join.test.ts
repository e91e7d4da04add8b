import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinPeople, lockBoth, personPointers, type Queries } from '../../src/people/join-store.ts';
import { peopleStore } from '../../src/people/store.ts';
import type { SeededOrganization } from '../support/seed.ts';
import { type Acting, startActing } from './acting.ts';
import { type Book, books, write } from './book.ts';
import { type Row, rowsOf, type Tables, tablesOf } from './rows.ts';
import { anotherWorkspace, codeFor, link } from './two-apps.ts';

let acting: Acting;
beforeAll(async () => {
  acting = await startActing();
});
afterAll(() => acting.close());

const crowd = 4;

/** Four people in one app; the first is the keeper, the second, in another app, is the one who becomes them. */
async function organizationWith(book: Book) {
  const here = await acting.build.organization();
  const there = await anotherWorkspace(acting, here);
  const people = [];
  for (let number = 0; number < crowd; number += 1)
    people.push(await acting.build.person(number === 1 ? there : here, { name: `Person ${number}` }));
  const [keeper, lost] = people;
  if (!keeper || !lost) throw new Error('nobody is there');
  const ids = people.map(({ id }) => id);
  await write(acting.database, here.id, ids, book);
  return { here, there, keeper, lost };
}

async function join(organizationId: string, keeper: string, lost: string): Promise<void> {
  const client = await acting.database.pool.connect();
  try {
    await client.query('BEGIN');
    const through: Queries = client;
    expect(await lockBoth(through, { organizationId, keeper, lost })).not.toBeNull();
    await joinPeople(through, { organizationId, keeper, lost });
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

/** The row without what counts, and that alone. */
const withoutPlace = ({ nthThatDay: _, ...row }: Row): Row => row;

/** The rows as texts that can be compared, but for the people themselves and places on a day. */
const comparable = (tables: Tables): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(tables)
      .filter(([table]) => table !== 'Person')
      .map(([table, rows]) => [table, rows.map((row) => JSON.stringify(sortedKeys(withoutPlace(row)))).sort()]),
  );

/** What there should be: the same rows, one name instead of the other, and none twice. */
function renamed(before: Tables, keeper: string, lost: string): Tables {
  const credited = new Set(before.VisitPerson?.filter((row) => row.personId === lost).map((row) => row.visitId));
  const rename = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll(lost, keeper));
  const renamedRow = (table: string, row: Row): Row => {
    // What has gone out is a journal, and so are versions of visits that nobody would compare with what is now.
    if (table === 'Outbox' && row.state === 'sent') return row;
    const { content, ...rest } = row;
    return table === 'VisitVersion' && !credited.has(row.visitId) ? { ...rename(rest), content } : rename(row);
  };
  return Object.fromEntries(
    Object.entries(before).map(([table, rows]) => {
      const texts = rows.map((row) => JSON.stringify(sortedKeys(withoutPlace(renamedRow(table, row)))));
      return [table, [...new Set(texts)].map((text): Row => JSON.parse(text))];
    }),
  );
}

const sortedKeys = (row: Row): Row => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

describe('joining', () => {
  test('loses nothing and leaves no trace, whatever the two have done', async () => {
    await fc.assert(
      fc.asyncProperty(books(crowd), async (book) => {
        const { here, keeper, lost } = await organizationWith(book);
        const before = await rowsOf(acting.database, here.id);
        await join(here.id, keeper.id, lost.id);
        const after = await rowsOf(acting.database, here.id);
        expect(comparable(after)).toEqual(comparable(renamed(before, keeper.id, lost.id)));
        expect(after.Person?.map(({ id }) => id).sort()).toEqual(
          before.Person?.map(({ id }) => id)
            .filter((id) => id !== lost.id)
            .sort(),
        );
        placesAreKept(before.Visit ?? [], after.Visit ?? []);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  /** A visit that has a place on its day keeps one, nobody's place is taken twice, and their order stays. */
  function placesAreKept(before: readonly Row[], after: readonly Row[]): void {
    const places = new Map(after.map((row) => [row.id, row]));
    for (const row of before) {
      const now = places.get(row.id);
      expect(typeof now?.nthThatDay).toBe(typeof row.nthThatDay);
      for (const other of before) {
        const sameDay = ['authorId', 'accountId', 'date'].every((key) => row[key] === other[key]);
        if (!sameDay || row.nthThatDay === null || other.nthThatDay === null) continue;
        const order = Math.sign(Number(row.nthThatDay) - Number(other.nthThatDay));
        expect(Math.sign(Number(now?.nthThatDay) - Number(places.get(other.id)?.nthThatDay))).toBe(order);
      }
    }
  }

  test.each([
    // keeper, lost, the person afterwards
    [{}, {}, { administrator: false, observer: false }],
    [{ administrator: true }, {}, { administrator: true, observer: false }],
    [{}, { administrator: true }, { administrator: true, observer: false }],
    [{ observer: true }, {}, { observer: false }],
    [{}, { observer: true }, { observer: false }],
    [{ observer: true }, { observer: true }, { observer: true }],
    [{ observer: true }, { administrator: true }, { administrator: true, observer: false }],
    // Whoever observes administers nothing, and is no administrator by being joined either.
    [{}, { administrator: true, observer: true }, { administrator: false, observer: false }],
    [{ chosenLocale: 'en' }, { chosenLocale: 'zh-CN' }, { chosenLocale: 'en' }],
    [{ chosenLocale: null }, { chosenLocale: 'zh-CN' }, { chosenLocale: 'zh-CN' }],
    [{ locale: null }, { locale: 'zh-CN' }, { locale: 'zh-CN' }],
    [{ email: 'a@example.com' }, { email: 'b@example.com' }, { email: 'a@example.com' }],
    [{ email: null }, { email: 'b@example.com' }, { email: 'b@example.com' }],
    [{ timeZone: 'Asia/Tokyo' }, { timeZone: 'Europe/Paris' }, { timeZone: 'Asia/Tokyo' }],
  ])('%j and %j are %j', async (one, other, person) => {
    const here = await acting.build.organization();
    const there = await anotherWorkspace(acting, here);
    const keeper = await acting.build.person(here, { name: 'Keeper', ...one });
    const lost = await acting.build.person(there, { name: 'Lost', ...other });
    await join(here.id, keeper.id, lost.id);
    const people = await acting.database.prisma.person.findMany({ where: { organizationId: here.id } });
    expect(people).toMatchObject([{ id: keeper.id, name: 'Keeper', deactivatedAt: null, ...person }]);
  });

  test('of the last administrator leaves one, also when their role is taken at the same moment', async () => {
    const store = peopleStore(acting.database);
    for (let round = 0; round < 5; round += 1) {
      const here = await acting.build.organization();
      const there = await anotherWorkspace(acting, here);
      const keeper = await acting.build.person(here, { name: 'Keeper' });
      const lost = await acting.build.person(there, { administrator: true });
      const other = await acting.build.person(here, { administrator: true });
      const code = await codeFor(acting, await acting.as(here, keeper));
      const call = await acting.as(there, lost);
      const none = { administrator: false, observer: false };
      await Promise.all([
        link(acting, call, code),
        store.changeRole(here.id, lost.id, other.id, none),
        store.changeRole(here.id, other.id, lost.id, none),
      ]);
      expect(await acting.people.administrators(here.id)).not.toEqual([]);
    }
  });
});

describe('while two are joined', () => {
  test('what names the one who goes waits, and is moved when it was there first', async () => {
    const { here, keeper, lost } = await organizationWith({ ...empty, accounts: [{ owner: null, seats: [] }] });
    const [account] = await acting.database.prisma.account.findMany({ where: { organizationId: here.id } });
    const seat = [here.id, account?.id, lost.id];
    const sql = 'INSERT INTO "AccountMember" ("organizationId", "accountId", "personId") VALUES ($1, $2, $3)';
    const early = await acting.database.pool.connect();
    await early.query('BEGIN');
    await early.query(sql, seat);
    const joining = join(here.id, keeper.id, lost.id);
    await expect.poll(waiting).toBe(1);
    await early.query('COMMIT');
    early.release();
    await joining;
    expect(await seats(here)).toEqual([keeper.id]);
    await expect(acting.database.pool.query(sql, seat)).rejects.toThrow('foreign key');
    expect(await seats(here)).toEqual([keeper.id]);
  });

  const empty: Book = {
    teams: [],
    accounts: [],
    visits: [],
    actions: [],
    feedback: [],
    surveys: [],
    improvements: [],
    drafts: [],
    messages: [],
  };
  const seats = async ({ id }: SeededOrganization) =>
    (await acting.database.prisma.accountMember.findMany({ where: { organizationId: id } })).map((row) => row.personId);
  const waiting = async () => {
    const sql = `SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return (await acting.database.pool.query<{ waiting: number }>(sql)).rows[0]?.waiting;
  };
});

describe('the columns that name people', () => {
  test('are found in the catalogue, those of histories too', async () => {
    const pointers = await personPointers(acting.database.pool);
    expect(pointers.map(({ table, column }) => `${table}.${column}`)).toEqual(
      expect.arrayContaining([
        '"AccountChange"."changedById"',
        '"AccountMember"."personId"',
        '"Action"."createdById"',
        '"Decision"."createdById"',
        '"Decision"."ownerId"',
        '"DigestRemark"."personId"',
        '"Draft"."personId"',
        '"Feedback"."authorId"',
        '"Feedback"."ownerId"',
        '"FeedbackChange"."changedById"',
        '"FeedbackResult"."createdById"',
        '"Identity"."personId"',
        '"Improvement"."createdById"',
        '"Improvement"."ownerId"',
        '"Listening"."managerId"',
        '"Meeting"."changedById"',
        '"Survey"."authorId"',
        '"Team"."managerId"',
        '"Visit"."authorId"',
        '"Visit"."undoneById"',
        '"VisitVersion"."replacedById"',
      ]),
    );
    expect(pointers.find(({ table, column }) => table === '"Visit"' && column === '"authorId"')?.keys).toEqual([
      { columns: ['"organizationId"', '"accountId"', 'date'], counts: '"nthThatDay"', where: null },
    ]);
  });

  test('are all there are: no other column can hold the id of a person', async () => {
    const known = new Set(
      (await personPointers(acting.database.pool)).map(({ table, column }) => `${table}.${column}`),
    );
    const { rows } = await acting.database.pool.query<{ column: string }>(
      `SELECT a.attrelid::regclass::text || '.' || quote_ident(a.attname) AS column
       FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid AND t.relkind = 'r'
       WHERE t.relnamespace = current_schema()::regnamespace AND a.atttypid = 'uuid'::regtype AND a.attnum > 0
         AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = 'f' AND a.attnum = ANY (c.conkey))
         AND a.attname NOT IN ('id', 'organizationId')
       ORDER BY 1`,
    );
    // Workspaces and things of other kinds. A new column that names a person is called …ById, or has a foreign key.
    expect(rows.map(({ column }) => column).filter((column) => !known.has(column))).toEqual([
      '"DigestSettings"."channelWorkspaceId"',
      '"LinkCode"."workspaceId"',
      '"Meeting"."channelWorkspaceId"',
      '"PlanItem"."movedFromId"',
      '"PlanItem"."visitId"',
      '"Prompt"."questionsOfId"',
      '"Sent"."thingId"',
      '"Sent"."workspaceId"',
      '"Team"."channelWorkspaceId"',
    ]);
    expect((await tablesOf(acting.database)).length).toBeGreaterThan(15);
  });

  test('of a table that nobody knew of are covered, with keys over parts of it', async () => {
    const { pool } = acting.database;
    await pool.query(`CREATE TABLE "Answer" ("organizationId" uuid, id uuid DEFAULT gen_random_uuid(), "personId" uuid,
      question int, open boolean, PRIMARY KEY ("organizationId", id),
      FOREIGN KEY ("organizationId", "personId") REFERENCES "Person" ("organizationId", id))`);
    await pool.query('CREATE UNIQUE INDEX one_open ON "Answer" ("organizationId", "personId") WHERE open');
    await pool.query('CREATE UNIQUE INDEX in_order ON "Answer" ("organizationId", "personId", question)');
    try {
      const { here, keeper, lost } = await organizationWith({
        teams: [],
        accounts: [],
        visits: [],
        actions: [],
        feedback: [],
        surveys: [],
        improvements: [],
        drafts: [],
        messages: [],
      });
      const rows = [
        [keeper.id, 1, true],
        [keeper.id, 2, false],
        [lost.id, 1, true],
        [lost.id, 2, false],
        [lost.id, 3, false],
      ];
      for (const row of rows)
        await pool.query(
          'INSERT INTO "Answer" ("organizationId", "personId", question, open) VALUES ($1, $2, $3, $4)',
          [here.id, ...row],
        );
      await join(here.id, keeper.id, lost.id);
      const { rows: after } = await pool.query(
        'SELECT "personId", question, open FROM "Answer" WHERE "organizationId" = $1 ORDER BY question',
        [here.id],
      );
      expect(after).toEqual(
        [
          [1, true],
          [2, false],
          [4, false],
          [5, false],
        ].map(([question, open]) => ({ personId: keeper.id, question, open })),
      );
    } finally {
      await pool.query('DROP TABLE "Answer"');
    }
  });
});
