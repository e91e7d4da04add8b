import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../src/bot.ts';
import type { Registry } from '../../src/chat/registry.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call, Me } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import type { Locale } from '../../src/text/locale.ts';
import { createLinks } from '../../src/web/links.ts';
import { aboutOf, actionsWorld, buttonsOf, wordsOf } from '../actions/world.ts';
import { makeCall, monday } from '../support/call.ts';
import type { SeededPerson } from '../support/seed.ts';

const world = actionsWorld();
let registry: Registry;
let questions = 0;

beforeAll(() => {
  const { database } = world;
  const links = createLinks({ linkSecret: null, publicUrl: null, dataDirectory: null });
  const shared = { clock: movableClock(monday), log: createLog('silent'), nudge: () => undefined, links };
  ({ registry } = build({ database, jobsDatabase: database, ...shared }));
  database.pool.on('acquire', () => {
    questions += 1;
  });
});

const page = {
  home: (call: Call): Promise<Reply> => {
    if (registry.home === null) throw new Error('there is no page');
    return registry.home(call);
  },
};

async function person() {
  const organization = await world.build.organization();
  const anna = await world.build.person(organization);
  const call = (given: { me?: Partial<Me>; locale?: Locale; place?: Call['place'] } = {}) =>
    makeCall(organization, anna, { place: { kind: 'home' }, ...given });
  return { organization, anna, call };
}

async function visit(author: SeededPerson, accountId: string, day: string) {
  const { organizationId } = author;
  const who = { connect: { organizationId_id: { organizationId, id: author.id } } };
  return world.database.prisma.visit.create({
    data: {
      organizationId,
      accountId,
      authorId: author.id,
      date: new Date(day),
      requestKey: uuid(),
      loggedAt: new Date(monday.epochMilliseconds),
      people: { create: { person: who } },
    },
  });
}

const today = async (call: Call): Promise<Reply> => {
  const command = registry.commands.find(({ words }) => words.includes('today'));
  if (!command) throw new Error('there is no command');
  return command.run(call, '');
};
const press = async (call: Call, name: string, about: string | undefined) => {
  const action = registry.actions.get(name);
  if (!action) throw new Error(`there is no ${name}`);
  return action.run(call, about);
};

describe('the page', () => {
  test.each([
    ['en', 'Start with either of these'],
    ['zh-CN', '先从下面任意一项开始'],
  ] as const)('of a person with nothing yet says in %s what to do first', async (locale, words) => {
    const { call } = await person();
    const reply = await page.home(call({ locale }));
    expect(wordsOf(reply)).toContain(words);
    expect(buttonsOf(reply).map((button) => button.opens)).toEqual(['visits.log', 'accounts.add']);
  });

  test('of an observer offers nothing to fill in', async () => {
    const { call } = await person();
    const reply = await page.home(call({ me: { observer: true } }));
    expect(wordsOf(reply)).toContain('You are an observer');
    expect(buttonsOf(reply)).toEqual([]);
  });

  test('has next steps, customers to visit and last visits, in at most six questions', async () => {
    const { organization, anna, call } = await person();
    const ben = await world.build.person(organization, { name: 'Ben Ode' });
    const team = await world.build.team(organization, { manager: anna, members: [ben, anna] });
    const steel = await world.account(anna, 'Example Steel');
    const glass = await world.account(anna, 'Example Glass');
    await visit(anna, steel, '2026-11-20');
    await world.action(anna, steel, { text: 'Mine', dueOn: '2026-11-20' });
    await world.action(ben, glass, { text: 'His', dueOn: '2026-11-20' });
    await world.action(ben, glass, { text: 'His later', dueOn: '2026-11-30' });
    questions = 0;
    const reply = await page.home(call({ me: { manages: [team.id], memberOf: [team.id] } }));
    expect(questions).toBeLessThanOrEqual(6);
    expect(wordsOf(reply).split('\n')).toEqual([
      'Hello Anna Berg',
      'Customers due for a visit',
      '• Example Glass – General · not visited yet',
      'My next steps',
      '• Mine – Example Steel · was due Fri 20 Nov',
      'My week',
      'Since Monday: no visit or call yet.',
      'My last visits',
      '• Example Steel – Visit · Fri 20 Nov',
      'Due in your teams',
      '• His – Example Glass · was due Fri 20 Nov · with Ben Ode',
    ]);
    const [first] = buttonsOf(reply);
    expect(first).toMatchObject({ opens: 'visits.log', look: 'primary' });
    expect(buttonsOf(reply).find((button) => button.about === glass)).toMatchObject({ opens: 'visits.log' });
  });

  test('cuts long lists and says so', async () => {
    const { anna, call } = await person();
    for (let n = 0; n < 9; n += 1) {
      const account = await world.account(anna, `Example ${n}`);
      await world.action(anna, account);
    }
    const words = wordsOf(await page.home(call()));
    expect(words.match(/… and 4 more/g)).toHaveLength(2);
  });

  test('is drawn again after Done, with a way back', async () => {
    const { anna, call } = await person();
    const steel = await world.account(anna, 'Example Steel');
    const id = await world.action(anna, steel);
    const state = async () => (await world.database.prisma.action.findFirstOrThrow({ where: { id } })).state;
    const done = await press(call(), 'home.done', aboutOf(await page.home(call()), 'Done'));
    expect(done.reply).toBe('home');
    expect(wordsOf(done)).toContain('Done: Send the offer');
    expect(await state()).toBe('done');
    const undone = await press(call(), 'home.reopen', aboutOf(done, 'Undo'));
    expect(wordsOf(undone)).toContain('• Send the offer');
    expect(await state()).toBe('open');
  });
});

describe('the day', () => {
  test('has what is due, whom to visit and what was logged, and is drawn again in place', async () => {
    const { anna, call } = await person();
    const steel = await world.account(anna, 'Example Steel');
    await world.action(anna, steel, { text: 'Due', dueOn: '2026-11-23' });
    await world.action(anna, steel, { text: 'Not yet', dueOn: '2026-11-24' });
    await visit(anna, steel, '2026-11-23');
    await visit(anna, steel, '2026-11-20');
    const here = call({ place: { kind: 'direct' } });
    const reply = await today(here);
    expect(wordsOf(reply).split('\n')).toEqual([
      'Today, Mon 23 Nov',
      'Due next steps',
      '• Due – Example Steel · due today',
      'Customers due for a visit',
      'No customer is waiting for a visit. Well done.',
      'Logged for today',
      '• Example Steel – Visit · Mon 23 Nov',
    ]);
    const done = await press(here, 'home.done', aboutOf(reply, 'Done'));
    expect(done.reply).toBe('redraw');
    expect(wordsOf(done)).toContain('No next step is due today.');
    expect(wordsOf(await today(call({ locale: 'zh-CN' })))).toContain('今天没有到期的待办');
  });

  test('says nothing of other people or organisations', async () => {
    const { organization, anna } = await person();
    const steel = await world.account(anna, 'Kessler');
    await world.action(anna, steel, { text: 'Hers', dueOn: '2026-11-23' });
    await visit(anna, steel, '2026-11-23');
    const ben = await world.build.person(organization, { name: 'Ben Ode' });
    const stranger = await person();
    for (const call of [makeCall(organization, ben), stranger.call()]) {
      expect(wordsOf(await today(call))).not.toMatch(/Hers|Kessler/);
      expect(wordsOf(await page.home(call))).not.toMatch(/Hers|Kessler/);
    }
  });
});
