import { readXlsx } from 'hucre/xlsx';
import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fewestAnswers } from '../../src/surveys/report.ts';
import { reportStore } from '../../src/surveys/report-store.ts';
import { openWorld, type World } from '../world.ts';
import { monday } from './asked.ts';

let world: World;
let ids: { europe: string; china: string; rheintal: string; anna: string; product: string };

/** Answers of a day for Rheintal Chemie, straight in the database. */
async function answered(given: {
  on: string;
  source?: 'customer' | 'accountManager';
  product?: number;
  recommend?: number;
  remark?: string;
}): Promise<void> {
  const { on, source = 'customer', product, recommend = null, remark = null } = given;
  const { prisma } = world.bot.database;
  const { organizationId } = world.bot;
  const id = uuid();
  await prisma.survey.create({
    data: {
      organizationId,
      id,
      accountId: ids.rheintal,
      source,
      state: 'answered',
      authorId: ids.anna,
      recommend,
      remark,
      scoredOn: new Date(on),
      createdAt: new Date(on),
      answeredAt: new Date(on),
      requestKey: id,
    },
  });
  if (product !== undefined)
    await prisma.surveyScore.create({
      data: { organizationId, surveyId: id, dimensionId: ids.product, score: product },
    });
}

beforeAll(async () => {
  world = await openWorld({ now: monday });
  const { prisma } = world.bot.database;
  const { organizationId } = world.bot;
  // Whoever asks first gives the organisation its dimensions.
  await world.member('U0BECKER').command('/kam score Rheintal Chemie');
  await vi.waitFor(async () => expect(await prisma.serviceDimension.count()).toBe(5));
  const named = async (name: string) => (await prisma.team.findFirstOrThrow({ where: { organizationId, name } })).id;
  const account = await prisma.account.findFirstOrThrow({ where: { organizationId, name: 'Rheintal Chemie' } });
  const dimension = await prisma.serviceDimension.findFirstOrThrow({ where: { organizationId, key: 'product' } });
  ids = {
    europe: await named('Europe'),
    china: await named('大中华区'),
    rheintal: account.id,
    anna: account.ownerId ?? '',
    product: dimension.id,
  };
  for (const product of [5, 4, 4]) await answered({ on: '2026-11-10', product, recommend: 9 });
  for (const product of [2, 3, 3]) await answered({ on: '2026-10-10', product, recommend: 3 });
  await answered({ on: '2026-11-11', source: 'accountManager', product: 1, remark: '=HYPERLINK("http://bad")' });
  await prisma.feedback.create({
    data: {
      organizationId,
      id: uuid(),
      accountId: ids.rheintal,
      kind: 'problem',
      dimensionId: ids.product,
      words: '=2+5',
      saidOn: new Date('2026-11-12'),
      authorId: ids.anna,
      state: 'closed',
      outcome: '@mended',
      accountClass: 'core',
      openActions: 0,
      createdAt: new Date('2026-11-12'),
      requestKey: uuid(),
    },
  });
}, 60_000);
afterAll(() => world.close());

/** Asks for the report as somebody does, and returns its blocks as text. */
async function reportTo(user: string, words: string): Promise<string> {
  const member = world.member(user);
  const before = member.messages.length;
  await member.command(words);
  return vi.waitFor(() => {
    const shown = member.messages.slice(before).at(-1);
    if (shown === undefined) throw new Error('nothing was shown');
    return JSON.stringify(shown.blocks);
  }, 5_000);
}

const linksIn = (blocks: string) =>
  [...blocks.matchAll(/"url":"(http[^"]+\/d\/[\w-]+)"/g)].map((match) => match[1] ?? '');

test('scores with their change, no average of too few, what was said, what was done', async () => {
  const card = await reportTo('U0BECKER', '/kam survey report Europe this month');
  expect(card).toContain('customers 4.3 +1.6 (3 answers) · we ourselves: too few answers (1)');
  expect(card).toContain('customers 100 +200 (3 answers)');
  expect(card).toContain('=2+5');
  expect(card).toContain('@mended');
});

test('the files: CSV and XLSX, in which nothing begins a formula; for 15 minutes', async () => {
  const [xlsx = '', csv = ''] = linksIn(await reportTo('U0BECKER', '/kam survey report Europe this month'));
  const asCsv = await fetch(csv);
  expect(asCsv.headers.get('content-disposition')).toMatch(
    /^attachment; filename="survey-report-2026-11-01-2026-11-30\.csv"$/,
  );
  const written = await asCsv.text();
  expect(written).toContain('Scores,Product,customers,4.3,1.6,3');
  expect(written).toContain(`"'=HYPERLINK(""http://bad"")"`);
  expect(written).toContain("Problem,Rheintal Chemie,2026-11-12,'=2+5,'@mended");
  expect(written.split(/[\r\n,]+/).filter((cell) => /^"?[=+@]/.test(cell))).toEqual([]);
  const book = await readXlsx(new Uint8Array(await (await fetch(xlsx)).arrayBuffer()));
  expect(book.sheets.map(({ name }) => name)).toEqual(['Scores', 'What customers said', 'Remarks']);
  expect(book.sheets[0]?.rows[1]).toEqual(['Product', 'customers', 4.3, 1.6, 3]);
  await world.clock.advance({ minutes: 16 });
  expect((await fetch(csv)).status).toBe(404);
});

test('a file is for whom it was made, as long as they may see it', async () => {
  const [, csv = ''] = linksIn(await reportTo('U0BECKER', '/kam survey report Europe this month'));
  expect((await fetch(csv)).status).toBe(200);
  const { prisma } = world.bot.database;
  const where = { organizationId: world.bot.organizationId, teamId: ids.europe, personId: ids.anna };
  await prisma.membership.deleteMany({ where });
  expect((await fetch(csv)).status).toBe(404);
  await prisma.membership.create({ data: where });
  expect((await fetch(csv)).status).toBe(200);
  expect((await fetch(csv, { method: 'POST', body: new URLSearchParams() })).status).toBe(404);
});

test('a team that is not one’s own is not there', async () => {
  const answer = await reportTo('U0BECKER', '/kam survey report 大中华区');
  expect(answer).toContain('You have no team called');
  expect(linksIn(answer)).toEqual([]);
});

test('figures for evaluations: by team, none from too few, teams without answers left out', async () => {
  const { database, organizationId } = world.bot;
  const { scoresOf } = reportStore(database);
  const november = { from: Temporal.PlainDate.from('2026-11-01'), to: Temporal.PlainDate.from('2026-11-30') };
  const all = await scoresOf(organizationId, [ids.europe, ids.china], november, fewestAnswers);
  // (5 + 4 + 4 + 1) / 4
  expect([...all]).toEqual([
    [ids.europe, { average: 3.5, answers: 4, customers: 3, recommend: 100, recommendAnswers: 3 }],
  ]);
  const day = { from: november.from.with({ day: 11 }), to: november.from.with({ day: 11 }) };
  const few = await scoresOf(organizationId, [ids.europe], day, fewestAnswers);
  expect(few.get(ids.europe)).toEqual({
    average: null,
    answers: 1,
    customers: 0,
    recommend: null,
    recommendAnswers: 0,
  });
});
