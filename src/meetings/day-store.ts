import { Temporal } from 'temporal-polyfill';
import { type AccountClass, accountClasses, visitInterval } from '../accounts/index.ts';
import type { Queries } from '../actions/index.ts';
import { type Day, emptyDay, type Listed, mostShown, type PageDay } from './day.ts';
import type { MeetingKind } from './meeting.ts';
import { morningsOf } from './plan-ahead-store.ts';
import { mostItems, type PlanItem } from './plan-item.ts';

/** One person's day. */
export interface DayOf {
  organizationId: string;
  personId: string;
  date: Temporal.PlainDate;
}

/** An item as `itemJson` writes it. */
export type ItemRow = Omit<PlanItem, 'date' | 'movedTo'> & { date: string; movedTo: string | null };

/**
 * An item `i` of the plan with its account `c`, as JSON. Its visit is the one that did it; while none did, whichever its
 * person logged there on its day.
 */
export const itemJson = `json_build_object('id', i.id, 'date', i.date, 'text', i.text, 'state', i.state,
  'account', CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', c.name) END,
  'movedFromId', i."movedFromId",
  'movedTo', CASE WHEN i.state = 'moved' THEN (SELECT n.date FROM "PlanItem" n
    WHERE n."organizationId" = i."organizationId" AND n."personId" = i."personId" AND n.date > i.date
      AND n."movedFromId" = i.id LIMIT 1) END,
  'visitId', coalesce(i."visitId", CASE WHEN i."accountId" IS NOT NULL AND i.state IN ('planned', 'done') THEN (
    SELECT v.id FROM "Visit" v JOIN "VisitPerson" p ON p."organizationId" = v."organizationId" AND p."visitId" = v.id
    WHERE v."organizationId" = i."organizationId" AND v."accountId" = i."accountId" AND v.date = i.date
      AND v."undoneAt" IS NULL AND p."personId" = i."personId" ORDER BY v."loggedAt", v.id LIMIT 1) END))`;

export const readItem = ({ date, movedTo, ...item }: ItemRow): PlanItem => ({
  ...item,
  date: Temporal.PlainDate.from(date),
  movedTo: movedTo === null ? null : Temporal.PlainDate.from(movedTo),
});

/**
 * The first ones of each person, as JSON made of their `columns` in `f`, and how many there are. What is cut away is
 * counted, and neither named nor made into JSON.
 */
const listed = (name: string, most: number, found: { columns: string; json: string; from: string; order: string }) => `
${name} AS (
  SELECT "personId", json_agg(${found.json} ORDER BY nth) FILTER (WHERE nth <= ${most}) AS shown, max(nth)::int AS total
  FROM (
    SELECT a."organizationId", a."personId", row_number() OVER (PARTITION BY a."personId" ORDER BY ${found.order}) AS nth,
      ${found.columns}
    FROM asked a ${found.from}
  ) f GROUP BY "personId"
)`;

/** The name of an account of `f`; asked for by those who are shown only. */
const accountName = `(SELECT n.name FROM "Account" n
    WHERE n."organizationId" = f."organizationId" AND n.id = f."accountId")`;

const asked = `asked AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::date[]) AS r("organizationId", "personId", date))`;

const askedValues = (people: readonly DayOf[]): string[][] => [
  people.map(({ organizationId }) => organizationId),
  people.map(({ personId }) => personId),
  people.map(({ date }) => date.toString()),
];

const items = (state: string) =>
  listed('items', mostItems, {
    columns: `${itemJson} AS item`,
    json: 'f.item',
    order: 'i.position, i.id',
    from: `JOIN "PlanItem" i ON i."organizationId" = a."organizationId" AND i."personId" = a."personId"
        AND i.date = a.date ${state}
      LEFT JOIN "Account" c ON c."organizationId" = i."organizationId" AND c.id = i."accountId"`,
  });

const steps = listed('steps', mostShown, {
  columns: 's.id, s.text, s."dueOn", s."accountId"',
  json: `json_build_object('id', f.id, 'text', f.text, 'account', json_build_object('id', f."accountId", 'name', ${accountName}),
    'dueOn', f."dueOn")`,
  order: 's."dueOn", s.id',
  from: `JOIN "Action" s ON s."organizationId" = a."organizationId" AND s."ownerId" = a."personId" AND s.state = 'open'
        AND s."dueOn" <= a.date`,
});

/** Customers of `a`'s person: their own. */
const owned = `JOIN "Account" c ON c."organizationId" = a."organizationId" AND c."ownerId" = a."personId"
        AND c."archivedAt" IS NULL`;

/** Their own, and those that they look after for somebody else: looked up one by one, for who has many of very many. */
const lookedAfter = `CROSS JOIN LATERAL (
        SELECT o."organizationId", o.id, o.name, o.class FROM "Account" o
        WHERE o."organizationId" = a."organizationId" AND o."ownerId" = a."personId" AND o."archivedAt" IS NULL
        UNION ALL
        SELECT o."organizationId", o.id, o.name, o.class FROM "AccountMember" m
        JOIN "Account" o ON o."organizationId" = m."organizationId" AND o.id = m."accountId"
        WHERE m."organizationId" = a."organizationId" AND m."personId" = a."personId" AND o."archivedAt" IS NULL
          AND o."ownerId" IS DISTINCT FROM a."personId" OFFSET 0) c`;

/** As `dueAmong` of the accounts has it: the most overdue first, then those never visited; among equals the class. */
const overdue = (customers: string) =>
  listed('overdue', mostShown, {
    columns: 'c.id AS "accountId", c.class, v.last',
    json: `json_build_object('id', f."accountId", 'name', ${accountName}, 'class', f.class, 'lastVisitOn', f.last)`,
    order: 'v.last IS NULL, v.last + k.days, k.rank, c.name, c.id',
    from: `${customers}
      JOIN unnest($4::text[], $5::int[]) WITH ORDINALITY AS k(class, days, rank) ON k.class = c.class::text
      LEFT JOIN LATERAL (SELECT max(v.date) AS last FROM "Visit" v WHERE v."organizationId" = c."organizationId"
        AND v."accountId" = c.id AND v."undoneAt" IS NULL) v ON true
      WHERE v.last IS NULL OR v.last + k.days <= a.date`,
  });

const blockers = listed('blockers', mostShown, {
  columns: 'b.id, b.text, b.since, b."promptId"',
  json: `json_build_object('id', f.id, 'text', f.text, 'since', f.since, 'promptId', f."promptId")`,
  order: 'b.since, b.id',
  from: `JOIN "Blocker" b ON b."organizationId" = a."organizationId" AND b."personId" = a."personId"
        AND b."resolvedAt" IS NULL AND b.since <= a.date`,
});

/**
 * The day's visits of everybody are few; those of a person of all days are not. Who was there is read before it is joined:
 * the server does not know that all who are asked ask about one day, and would pair each of them with each visit.
 */
const visits = `
there AS MATERIALIZED (
  SELECT v."organizationId", p."personId", v.id, v.date, v."accountId", v."loggedAt"
  FROM (SELECT DISTINCT "organizationId", date FROM asked) d
  JOIN "Person" w ON w."organizationId" = d."organizationId"
  JOIN "Visit" v ON v."organizationId" = w."organizationId" AND v."authorId" = w.id AND v.date = d.date
    AND v."undoneAt" IS NULL
  CROSS JOIN LATERAL (SELECT p."personId" FROM "VisitPerson" p
    WHERE p."organizationId" = v."organizationId" AND p."visitId" = v.id OFFSET 0) p
),${listed('visits', mostShown, {
  columns: 'v.id, v."accountId"',
  json: `json_build_object('id', f.id, 'account', json_build_object('id', f."accountId", 'name', ${accountName}))`,
  order: 'v."loggedAt", v.id',
  from: `JOIN there v ON v."organizationId" = a."organizationId" AND v."personId" = a."personId" AND v.date = a.date`,
})}`;

const lists = ['items', 'steps', 'overdue', 'blockers', 'visits'] as const;
type ListName = (typeof lists)[number];

const daysSql = (parts: Partial<Record<ListName, string>>, more: readonly string[] = []): string => {
  const names = lists.filter((name) => parts[name] !== undefined);
  const pair = (name: string) => `CASE WHEN ${name}.total IS NOT NULL
    THEN json_build_object('shown', ${name}.shown, 'total', ${name}.total) END AS ${name}`;
  return `WITH ${[asked, ...names.map((name) => parts[name])].join(',')}
SELECT a."personId", ${[...names.map(pair), ...more].join(', ')}
FROM asked a ${names.map((name) => `LEFT JOIN ${name} USING ("personId")`).join(' ')}`;
};

const statements: Readonly<Record<'morning' | 'evening', string>> = {
  morning: daysSql({ items: items(`AND i.state = 'planned'`), steps, overdue: overdue(owned), blockers }),
  evening: daysSql({ items: items(''), steps, visits }),
};

/** The prompt that shows the day's items: the evening's, which asks what became of them, once it is there. */
const promptOfDay = `(SELECT q.id FROM "Prompt" q WHERE q."organizationId" = a."organizationId"
    AND q."personId" = a."personId" AND q.date = a.date AND q.slot IN ('morning', 'evening')
    ORDER BY q.slot = 'evening' DESC, q.nth DESC LIMIT 1)`;

const pageSql = daysSql({ items: items(''), overdue: overdue(lookedAfter) }, [
  `${promptOfDay} AS "promptId"`,
  `EXISTS (SELECT ${morningsOf('a."organizationId"', 'a."personId"')}) AS plans`,
]);

type Found<T> = Listed<T> | null | undefined;
interface DayRow {
  personId: string;
  items: Found<ItemRow>;
  steps: Found<Omit<Day['steps']['shown'][number], 'dueOn'> & { dueOn: string }>;
  overdue: Found<Omit<Day['overdue']['shown'][number], 'lastVisitOn'> & { lastVisitOn: string | null }>;
  blockers: Found<Omit<Day['blockers']['shown'][number], 'since'> & { since: string }>;
  visits: Found<Day['visits']['shown'][number]>;
}

/** What people's days hold. */
export function dayStore({ pool }: { pool: Queries }) {
  return {
    /**
     * The days by person id; everybody asked for is in the map, each with one day. One statement, however many they are;
     * other kinds of meetings than the morning's and the evening's show none.
     */
    async daysOf(people: readonly DayOf[], kind: MeetingKind): Promise<ReadonlyMap<string, Day>> {
      const days = new Map<string, Day>(people.map(({ personId }) => [personId, emptyDay]));
      if (people.length === 0 || (kind !== 'morning' && kind !== 'evening')) return days;
      // Without a name, so that it is planned for as many people as there are: a plan for few compares each with each.
      const { rows } = await pool.query<DayRow>(statements[kind], [
        ...askedValues(people),
        ...(kind === 'morning' ? classes : []),
      ]);
      for (const row of rows) days.set(row.personId, readDay(row));
      return days;
    },

    /** A person's day for their own page: what became of each item of their plan, and which customers wait. */
    async pageOf({ organizationId, personId, date }: DayOf): Promise<PageDay> {
      const { rows } = await pool.query<DayRow & { promptId: string | null; plans: boolean }>({
        name: 'meetings.page',
        text: pageSql,
        values: [...askedValues([{ organizationId, personId, date }]), ...classes],
      });
      const [row] = rows;
      if (row === undefined) throw new Error('a day that was asked for is missing');
      const { items, overdue } = readDay(row);
      return { items, overdue, promptId: row.promptId, plans: row.plans };
    },
  };
}

export type DayStore = ReturnType<typeof dayStore>;

/** The classes in the order of every list, and how many days may lie between two visits. */
const classes: [readonly AccountClass[], number[]] = [accountClasses, accountClasses.map((one) => visitInterval[one])];

/** Days that were read last: those of thousands of people are the same few, and reading one costs more than finding it. */
const daysRead = new Map<string, Temporal.PlainDate>();
const mostDaysRead = 2_000;

function day(written: string): Temporal.PlainDate {
  const known = daysRead.get(written);
  if (known !== undefined) return known;
  if (daysRead.size === mostDaysRead) daysRead.clear();
  const read = Temporal.PlainDate.from(written);
  daysRead.set(written, read);
  return read;
}

function readDay(row: DayRow): Day {
  return {
    items: read(row.items, readItem),
    steps: read(row.steps, (step) => ({ ...step, dueOn: day(step.dueOn) })),
    overdue: read(row.overdue, (one) => ({
      ...one,
      lastVisitOn: one.lastVisitOn === null ? null : day(one.lastVisitOn),
    })),
    blockers: read(row.blockers, (blocker) => ({ ...blocker, since: day(blocker.since) })),
    visits: read(row.visits, (visit) => visit),
  };
}

const read = <R, T>(found: Found<R>, of: (row: R) => T): Listed<T> =>
  found ? { shown: found.shown.map(of), total: found.total } : { shown: [], total: 0 };
