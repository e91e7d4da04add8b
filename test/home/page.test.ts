import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../src/bot.ts';
import type { Registry } from '../../src/chat/registry.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { drawBlocks } from '../../src/chat/slack/draw-card.ts';
import type { Call, Me } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import type { Locale } from '../../src/text/locale.ts';
import { createLinks } from '../../src/web/links.ts';
import { buttonsOf, wordsOf } from '../actions/world.ts';
import { answeringWorld } from '../meetings/answering-world.ts';
import { makeCall, monday } from '../support/call.ts';
import type { SeededPerson } from '../support/seed.ts';

/** What the page takes from plans, feedback and the week: all of it through the whole bot and the real pool. */
const world = answeringWorld();
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

/** A team that Anna is in and Lena leads. */
async function team() {
  const organization = await world.build.organization();
  const anna = await world.build.person(organization);
  const lena = await world.build.person(organization, { name: 'Lena Boss' });
  const europe = await world.build.team(organization, { name: 'Europe', manager: lena, members: [anna] });
  const ofAnna = (given: { locale?: Locale; me?: Partial<Me> } = {}) =>
    makeCall(organization, anna, {
      place: { kind: 'home' },
      locale: given.locale ?? 'en',
      me: { memberOf: [europe.id], ...given.me },
    });
  const ofLena = () => makeCall(organization, lena, { place: { kind: 'home' }, me: { manages: [europe.id] } });
  return { organization, anna, lena, europe, ofAnna, ofLena };
}

const home = (call: Call): Promise<Reply> => {
  if (registry.home === null) throw new Error('there is no page');
  return registry.home(call);
};
const press = (call: Call, name: string, about?: string): Promise<Reply> => {
  const action = registry.actions.get(name);
  if (!action) throw new Error(`there is no ${name}`);
  return action.run(call, about);
};
const open = (call: Call, name: string, about?: string): Promise<Reply> => {
  const opener = registry.openers.get(name);
  if (!opener) throw new Error(`there is no ${name}`);
  return opener.run(call, about);
};

const planned = (person: SeededPerson, promptId: string, position: number, text: string) =>
  world.database.prisma.planItem.create({
    data: {
      organizationId: person.organizationId,
      id: uuid(),
      personId: person.id,
      promptId,
      position,
      text,
      date: new Date('2026-11-23'),
    },
  });

async function said(by: SeededPerson, accountId: string, words: string, on = '2026-11-20') {
  const day = new Date(on);
  await world.database.prisma.feedback.create({
    data: {
      organizationId: by.organizationId,
      id: uuid(),
      accountId,
      kind: 'problem',
      words,
      requestKey: uuid(),
      authorId: by.id,
      ownerId: by.id,
      saidOn: day,
      createdAt: day,
      dueOn: new Date('2026-11-24'),
      accountClass: 'core',
      openActions: 0,
    },
  });
}

const partOf = (reply: Reply, heading: string): string[] => {
  const lines = wordsOf(reply).split('\n');
  return lines.slice(lines.indexOf(heading), lines.indexOf(heading) + 6);
};

describe('the plan on the page', () => {
  test('is not spoken of where no meeting asks for one', async () => {
    const { anna, ofAnna } = await team();
    await world.account(anna, 'Example Steel');
    expect(wordsOf(await home(ofAnna()))).not.toContain('My plan');
  });

  test('is made with a button while there is none', async () => {
    const { organization, anna, europe, ofAnna } = await team();
    await world.account(anna, 'Example Steel');
    await world.meeting(organization, europe);
    const reply = await home(ofAnna());
    expect(partOf(reply, 'My plan for today')[1]).toBe('Nothing is planned for today yet.');
    const button = buttonsOf(reply).find(({ label }) => label === 'Plan my day');
    const asked = await open(ofAnna(), button?.opens ?? '', button?.about);
    expect(asked.reply).toBe('ask');
    expect(wordsOf(await home(ofAnna({ locale: 'zh-CN' })))).toContain('今天还没有计划。');
    expect(wordsOf(await home(ofAnna({ me: { observer: true } })))).not.toContain('My plan');
  });

  test('says what became of each item, which is closed and opened again there', async () => {
    const { organization, anna, europe, ofAnna } = await team();
    const prompt = await world.prompt(anna, await world.meeting(organization, europe));
    await planned(anna, prompt, 0, 'Call Brandt');
    await planned(anna, prompt, 1, 'Expenses');
    const call = ofAnna();
    const aboutOf = (reply: Reply, name: string) => buttonsOf(reply).find(({ does }) => does === name)?.about;
    const done = await press(call, 'home.plan.done', aboutOf(await home(call), 'home.plan.done'));
    expect(done.reply).toBe('home');
    expect(partOf(done, 'My plan for today').slice(1, 3)).toEqual(['• Call Brandt – done', '• Expenses']);
    expect(await world.plan(anna)).toEqual(['- | Call Brandt | done', '- | Expenses | planned']);
    const moved = await press(call, 'home.plan.moved', aboutOf(done, 'home.plan.moved'));
    expect(wordsOf(moved)).toContain('• Expenses – moved to Tue 24 Nov');
    const undone = await press(call, 'home.plan.reopen', aboutOf(moved, 'home.plan.reopen'));
    expect(partOf(undone, 'My plan for today')[1]).toBe('• Call Brandt');
    const dropped = await press(call, 'home.plan.dropped', aboutOf(undone, 'home.plan.dropped'));
    expect(partOf(dropped, 'My plan for today')[1]).toBe('• Call Brandt – dropped');
  });

  test('of somebody else cannot be closed from one’s own page', async () => {
    const { organization, anna, europe, ofAnna, ofLena } = await team();
    const prompt = await world.prompt(anna, await world.meeting(organization, europe));
    await planned(anna, prompt, 0, 'Call Brandt');
    const about = buttonsOf(await home(ofAnna())).find(({ does }) => does === 'home.plan.done')?.about;
    const stranger = await team();
    for (const call of [ofLena(), stranger.ofAnna()])
      expect((await press(call, 'home.plan.done', about)).reply).toBe('show');
    expect((await press(ofAnna(), 'home.plan.done', 'nonsense')).reply).toBe('show');
    expect(await world.plan(anna)).toEqual(['- | Call Brandt | planned']);
  });

  test('is shown for a few lines, and whole behind a button', async () => {
    const { organization, anna, europe, ofAnna } = await team();
    const prompt = await world.prompt(anna, await world.meeting(organization, europe));
    for (let n = 0; n < 7; n += 1) await planned(anna, prompt, n, `Thing ${n}`);
    const reply = await home(ofAnna());
    expect(partOf(reply, 'My plan for today').slice(4)).toEqual(['• Thing 3', '• Thing 4']);
    expect(wordsOf(reply)).toContain('… and 2 more');
    const whole = buttonsOf(reply).find(({ label }) => label === 'The whole plan');
    const plan = await open(ofAnna(), whole?.opens ?? '', whole?.about);
    expect(JSON.stringify(plan)).toContain('Thing 6');
  });
});

describe('the week on the page', () => {
  test.each<[string, number[], string, string, number]>([
    ['Sunday to Thursday', [7, 1, 2, 3, 4], 'Since Sunday', '周日至今', 2],
    ['Saturday to Wednesday', [6, 7, 1, 2, 3], 'Since Saturday', '周六至今', 3],
    ['Tuesday to Saturday', [2, 3, 4, 5, 6], 'Since Tuesday', '周二至今', 4],
    ['every day', [1, 2, 3, 4, 5, 6, 7], 'Since Monday', '周一至今', 1],
    ['on no day', [], 'Since Monday', '周一至今', 1],
  ])('begins as that of the team’s evaluation does: who works %s', async (_, weekdays, english, chinese, visits) => {
    const { organization, anna, europe, ofAnna } = await team();
    const { id: organizationId } = organization;
    await world.database.prisma.teamCalendar.create({ data: { organizationId, teamId: europe.id, weekdays } });
    const steel = await world.account(anna, 'Example Steel');
    for (const day of ['2026-11-23', '2026-11-22', '2026-11-21', '2026-11-17', '2026-11-16'])
      await world.visit(anna, steel, day);
    expect(wordsOf(await home(ofAnna()))).toContain(`${english}: ${visits} visit${visits === 1 ? '' : 's'}`);
    expect(wordsOf(await home(ofAnna({ locale: 'zh-CN' })))).toContain(`${chinese}：拜访和电话 ${visits} 次`);
  });

  test('says in a line what was done since Monday', async () => {
    const { organization, anna, europe, ofAnna } = await team();
    const steel = await world.account(anna, 'Example Steel');
    const meeting = await world.meeting(organization, europe);
    for (const [date, state] of [
      ['2026-11-23', 'open'],
      ['2026-11-22', 'closed'],
    ] as const) {
      const id = await world.prompt(anna, meeting, { date, state });
      if (state === 'open') {
        const at = new Date(`${date}T00:00:00Z`);
        await planned(anna, id, 0, 'Call Brandt');
        await world.database.prisma.planItem.updateMany({
          where: { personId: anna.id },
          data: { state: 'done', closedAt: at },
        });
        await world.database.prisma.prompt.updateMany({ where: { id }, data: { state: 'answered', answeredAt: at } });
      }
    }
    await world.visit(anna, steel, '2026-11-23');
    await world.visit(anna, steel, '2026-11-22');
    expect(wordsOf(await home(ofAnna()))).toContain(
      'Since Monday: 1 visit or call, 1 of 1 planned things done, 1 of 1 prompts answered.',
    );
    expect(wordsOf(await home(ofAnna({ locale: 'zh-CN' })))).toContain(
      '周一至今：拜访和电话 1 次，计划完成 1/1 项，早晚班会回复 1/1 次。',
    );
  });

  test('leads to the same evaluation that is shown for “digest me”', async () => {
    const { anna, ofAnna } = await team();
    await world.account(anna, 'Example Steel');
    const button = buttonsOf(await home(ofAnna())).find(({ label }) => label === 'My evaluation');
    const shown = await press(ofAnna(), button?.does ?? '', button?.about);
    expect(wordsOf(shown)).toContain('Anna Berg: week');
    const digest = registry.commands.find(({ words }) => words.includes('digest'));
    expect(wordsOf(shown)).toBe(wordsOf((await digest?.run(ofAnna(), 'me')) ?? shown));
    const alone = await home(ofAnna({ me: { memberOf: [] } }));
    expect(buttonsOf(alone).map(({ label }) => label)).not.toContain('My evaluation');
  });
});

describe('lists that are longer than the page', () => {
  async function full() {
    const found = await team();
    const { organization, anna, europe } = found;
    const prompt = await world.prompt(anna, await world.meeting(organization, europe));
    for (let n = 0; n < 12; n += 1) {
      const account = await world.account(anna, `Example ${String(n).padStart(2, '0')}`);
      await world.step(anna, account, `Step ${n}`, '2026-11-20');
      await said(anna, account, `Words ${n}`);
      await planned(anna, prompt, n, `Thing ${n}`);
    }
    return found;
  }

  test('are cut with the way to all of them; six questions, and within Slack’s hundred blocks', async () => {
    const { ofAnna } = await full();
    questions = 0;
    const reply = await home(ofAnna());
    expect(questions).toBeLessThanOrEqual(6);
    if (reply.reply !== 'home') throw new Error('there is no page');
    expect(drawBlocks(reply.card, 'home').length).toBeLessThan(80);
    expect(wordsOf(reply).match(/… and \d+ more/g)).toEqual([
      '… and 7 more',
      '… and 7 more',
      '… and 7 more',
      '… and 9 more',
    ]);
    expect(buttonsOf(reply)[0]).toMatchObject({ label: 'Log a visit', look: 'primary' });
    const labels = buttonsOf(reply).map(({ label }) => label);
    for (const label of ['The whole plan', 'All who wait for a visit', 'All my next steps', 'Open my inbox'])
      expect(labels).toContain(label);
    for (const button of buttonsOf(reply).filter(({ label }) => /^(?:All who|All my next|Open my)/.test(label)))
      expect((await press(ofAnna(), button.does ?? '', button.about)).reply).toBe('show');
  });

  test('of customers who wait are leafed through', async () => {
    const { ofAnna } = await full();
    const first = await press(ofAnna(), 'home.due');
    expect(wordsOf(first)).toContain('• Example 09');
    expect(wordsOf(first)).toContain('… and 2 more');
    const next = buttonsOf(first).find(({ label }) => label === 'The next ones');
    const second = await press(ofAnna(), next?.does ?? '', next?.about);
    expect(wordsOf(second).split('\n')).toEqual([
      'Customers due for a visit',
      '• Example 10 – General · not visited yet',
      '• Example 11 – General · not visited yet',
    ]);
    // Some were visited since the button was drawn: the last page is shown, and never an empty one.
    for (const past of ['20', '99999']) expect(wordsOf(await press(ofAnna(), 'home.due', past))).toBe(wordsOf(second));
    expect(wordsOf(await press(ofAnna(), 'home.due', '-1'))).not.toContain('Example');
  });

  test('of a team are its manager’s, in six questions too', async () => {
    const { organization, lena, europe, ofAnna, ofLena } = await full();
    const own = await world.account(lena, 'Lena’s own');
    await said(lena, own, 'Said to Lena', '2026-11-18');
    questions = 0;
    const reply = await home(ofLena());
    expect(questions).toBeLessThanOrEqual(6);
    const words = wordsOf(reply);
    expect(words).toContain('Due in your teams');
    expect(words).toContain('• Step 0 – Example 00 · was due Fri 20 Nov · with Anna Berg');
    expect(words).toContain('Open feedback of your teams’ customers');
    // What stands above as her own is not said twice.
    expect(words.match(/Said to Lena/g)).toHaveLength(1);
    const all = await press(ofLena(), 'home.team');
    expect(wordsOf(all).match(/with Anna Berg/g)).toHaveLength(12);
    expect(wordsOf(await press(ofAnna(), 'home.team'))).not.toContain('Step');
    const observes = { manages: [europe.id], observer: true };
    expect(wordsOf(await press(makeCall(organization, lena, { me: observes }), 'home.team'))).not.toContain('Step');
    const inbox = buttonsOf(reply).filter(({ does }) => does === 'feedback.inbox');
    const [mine, teams] = await Promise.all(inbox.map(({ about }) => press(ofLena(), 'feedback.inbox', about)));
    expect(mine && wordsOf(mine)).toMatch(/^Feedback for you to see to/);
    expect(teams && wordsOf(teams)).toMatch(/^Feedback in your teams/);
    const evaluation = buttonsOf(reply).find(({ label }) => label === 'The team’s evaluation');
    expect(wordsOf(await press(ofLena(), evaluation?.does ?? ''))).toContain('Europe: week');
  });
});

test('customers that somebody looks after wait on their page too, as long as they are not archived', async () => {
  const { organization, anna, lena, ofAnna } = await team();
  const { prisma } = world.database;
  const steel = await world.account(lena, 'Lena’s Steel');
  const gone = await world.account(anna, 'Gone Glass');
  await prisma.account.updateMany({ where: { id: gone }, data: { archivedAt: new Date() } });
  await prisma.accountMember.create({ data: { organizationId: organization.id, accountId: steel, personId: anna.id } });
  const words = wordsOf(await home(ofAnna()));
  expect(words).toContain('• Lena’s Steel – General · not visited yet');
  expect(words).not.toContain('Gone Glass');
});
