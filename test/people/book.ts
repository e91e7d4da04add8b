import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import type { Database } from '../../src/database.ts';

/** Who of the people (by number) did what with which customer (by number). */
export interface Book {
  teams: { manager: number | null; members: number[] }[];
  accounts: { owner: number | null; seats: number[] }[];
  visits: {
    author: number;
    account: number;
    day: number;
    credited: number[];
    logged: boolean;
    undoneBy: number | null;
    corrected: { by: number; colleagues: number[] } | null;
  }[];
  actions: { owner: number; creator: number; account: number; changedBy: number | null }[];
  feedback: {
    author: number;
    owner: number | null;
    account: number;
    changedBy: number | null;
    answeredBy: number | null;
  }[];
  surveys: { author: number; manager: number; account: number }[];
  improvements: { owner: number; creator: number }[];
  drafts: { of: number; colleagues: number[] }[];
  messages: { to: number; sent: boolean }[];
}

/** Books of an organisation of `people` people. */
export function books(people: number): fc.Arbitrary<Book> {
  const who = fc.nat({ max: people - 1 });
  const some = fc.uniqueArray(who, { maxLength: people });
  const maybe = fc.option(who);
  const account = fc.nat({ max: 1 });
  const list = <T>(item: Record<string, fc.Arbitrary<unknown>>, maxLength: number) =>
    fc.array(fc.record(item) as unknown as fc.Arbitrary<T>, { maxLength });
  return fc.record({
    teams: list<Book['teams'][number]>({ manager: maybe, members: some }, 3),
    accounts: fc.array(fc.record({ owner: maybe, seats: some }), { minLength: 2, maxLength: 2 }),
    visits: list<Book['visits'][number]>(
      {
        author: who,
        account,
        day: fc.nat({ max: 1 }),
        credited: some,
        logged: fc.boolean(),
        undoneBy: maybe,
        corrected: fc.option(fc.record({ by: who, colleagues: some })),
      },
      8,
    ),
    actions: list<Book['actions'][number]>({ owner: who, creator: who, account, changedBy: maybe }, 5),
    feedback: list<Book['feedback'][number]>(
      { author: who, owner: maybe, account, changedBy: maybe, answeredBy: maybe },
      4,
    ),
    surveys: list<Book['surveys'][number]>({ author: who, manager: who, account }, 3),
    improvements: list<Book['improvements'][number]>({ owner: who, creator: who }, 3),
    drafts: list<Book['drafts'][number]>({ of: who, colleagues: some }, 4),
    messages: list<Book['messages'][number]>({ to: who, sent: fc.boolean() }, 4),
  });
}

/** Writes a book straight into the database. */
export async function write(
  { prisma }: Pick<Database, 'prisma'>,
  organizationId: string,
  people: string[],
  book: Book,
) {
  const id = (number: number) => people[number] ?? '';
  const maybe = (number: number | null) => (number === null ? null : id(number));
  const named = (numbers: number[]) => numbers.map((number) => ({ id: id(number), name: `Person ${number}` }));
  const at = new Date('2026-11-20T10:00:00Z');
  for (const { manager, members } of book.teams) {
    const team = uuid();
    await prisma.team.create({
      data: { organizationId, id: team, name: 'Team', timeZone: 'UTC', locale: 'en', managerId: maybe(manager) },
    });
    await prisma.membership.createMany({
      data: members.map((member) => ({ organizationId, teamId: team, personId: id(member) })),
    });
  }
  const accounts: string[] = [];
  for (const { owner, seats } of book.accounts) {
    const account = uuid();
    accounts.push(account);
    await prisma.account.create({
      data: {
        organizationId,
        id: account,
        name: account,
        nameKey: account,
        searchText: '',
        ownerId: maybe(owner),
      },
    });
    await prisma.accountMember.createMany({
      data: seats.map((seat) => ({ organizationId, accountId: account, personId: id(seat) })),
    });
    await prisma.accountChange.create({
      data: { organizationId, accountId: account, at, changes: {}, changedById: maybe(owner) },
    });
  }
  const nth = new Map<string, number>();
  for (const { author, account, day, credited, logged, undoneBy, corrected } of book.visits) {
    const visit = uuid();
    const place = `${author} ${account} ${day}`;
    const counts = logged && undoneBy === null;
    if (counts) nth.set(place, (nth.get(place) ?? 0) + 1);
    await prisma.visit.create({
      data: {
        organizationId,
        id: visit,
        accountId: accounts[account] ?? '',
        authorId: id(author),
        date: new Date(`2026-11-2${day}`),
        loggedAt: at,
        requestKey: uuid(),
        undoneById: maybe(undoneBy),
        undoneAt: undoneBy === null ? null : at,
        nthThatDay: counts ? (nth.get(place) ?? null) : null,
      },
    });
    await prisma.visitPerson.createMany({
      data: [...new Set([author, ...credited])].map((one) => ({ organizationId, visitId: visit, personId: id(one) })),
    });
    if (corrected) {
      await prisma.visitVersion.create({
        data: {
          organizationId,
          visitId: visit,
          version: 1,
          replacedAt: at,
          replacedById: id(corrected.by),
          requestKey: uuid(),
          content: { colleagues: named(corrected.colleagues.filter((one) => one !== author)) },
        },
      });
    }
  }
  for (const { owner, creator, account, changedBy } of book.actions) {
    const action = uuid();
    await prisma.action.create({
      data: {
        organizationId,
        id: action,
        accountId: accounts[account] ?? '',
        text: 'Call back',
        createdAt: at,
        ownerId: id(owner),
        createdById: id(creator),
        requestKey: uuid(),
      },
    });
    if (changedBy !== null) {
      await prisma.actionChange.create({
        data: {
          organizationId,
          actionId: action,
          changedById: id(changedBy),
          at,
          changes: { state: ['open', 'done'] },
        },
      });
    }
  }
  for (const { author, owner, account, changedBy, answeredBy } of book.feedback) {
    const feedback = uuid();
    const accountId = accounts[account] ?? '';
    await prisma.feedback.create({
      data: {
        organizationId,
        id: feedback,
        accountId,
        kind: 'problem',
        words: 'Too late',
        saidOn: at,
        createdAt: at,
        authorId: id(author),
        ownerId: maybe(owner),
        accountClass: 'core',
        openActions: 0,
        requestKey: uuid(),
      },
    });
    if (changedBy !== null)
      await prisma.feedbackChange.create({
        data: {
          organizationId,
          feedbackId: feedback,
          changedById: id(changedBy),
          at,
          requestKey: uuid(),
          changes: { state: ['open', 'answered'] },
        },
      });
    if (answeredBy !== null)
      await prisma.feedbackResult.create({
        data: { organizationId, feedbackId: feedback, createdById: id(answeredBy), createdAt: at },
      });
  }
  for (const { author, manager, account } of book.surveys) {
    const accountId = accounts[account] ?? '';
    await prisma.survey.create({
      data: {
        organizationId,
        accountId,
        source: 'accountManager',
        state: 'answered',
        authorId: id(author),
        scoredOn: at,
        createdAt: at,
        requestKey: uuid(),
      },
    });
    await prisma.listening.create({
      data: { organizationId, accountId, managerId: id(manager), plannedOn: at, createdAt: at, requestKey: uuid() },
    });
  }
  if (book.improvements.length > 0) {
    const teamId = uuid();
    await prisma.team.create({ data: { organizationId, id: teamId, name: 'Better', timeZone: 'UTC', locale: 'en' } });
    for (const { owner, creator } of book.improvements)
      await prisma.improvement.create({
        data: {
          organizationId,
          teamId,
          text: 'Call sooner',
          accountIds: [],
          ownerId: id(owner),
          createdById: id(creator),
          createdAt: at,
          requestKey: uuid(),
        },
      });
  }
  for (const { of, colleagues } of book.drafts) {
    await prisma.draft.create({
      data: {
        organizationId,
        id: uuid(),
        personId: id(of),
        form: 'visits.log',
        context: {},
        savedAt: at,
        answers: { colleagues: colleagues.map(id) },
      },
    });
  }
  for (const { to, sent } of book.messages) {
    await prisma.outbox.create({
      data: {
        organizationId,
        key: uuid(),
        lane: `${organizationId}:person:${id(to)}`,
        notBefore: at,
        createdAt: at,
        message: { do: 'post', card: { body: [] }, to: { personId: id(to) } },
        state: sent ? 'sent' : 'waiting',
      },
    });
  }
}
