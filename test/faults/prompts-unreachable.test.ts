import { Temporal } from 'temporal-polyfill';
import { expect } from 'vitest';
import { outboxRow } from '../../src/chat/outbox.ts';
import { outboxStore } from '../../src/chat/outbox-store.ts';
import { askedOf, type Company, eventually, fill, onBoth, type Play, shownTo } from '../contract/both.ts';
import type { Actor } from '../support/actor.ts';

const scenario = onBoth();

/** The same is played on both; what each platform says to a refusal is its own. */
const onEach = (title: string, play: Play) =>
  scenario.apart(title, 'each platform refuses in its own words', { slack: play, teams: play });

/** Waits for something that may be said with the next minute's look only, as what follows from a refusal. */
const soon = ({ world }: Company, expected: () => unknown) =>
  eventually(async () => {
    await world.bot.tick();
    await expected();
  });

/** Moves the clock, lets what is due happen, and waits until all of it is sent or given up. */
const clockOf = (company: Company) => async (moment: string) => {
  const { world } = company;
  await world.clock.set(Temporal.Instant.from(moment));
  // The week's figures, which are posted on Friday, wait for their picture, and nobody here waits for them.
  const others = { NOT: { key: { startsWith: 'digest' } } };
  const underWay = { state: { in: ['waiting' as const, 'sending' as const] }, ...others };
  await soon(company, async () => expect(await world.bot.database.prisma.outbox.count({ where: underWay })).toBe(0));
};

/** From now on nothing of the bot arrives in a channel or with a person, until it is lifted. */
const refuse = ({ platform, world }: Company, place: string, code: string | null) => {
  if (platform === 'slack') world.sandbox.refuse(place, code);
  else world.teams.block(place, code !== null);
};

const linesOf = (actor: Actor) => actor.cards().map(({ lines }) => lines.join('\n'));
const times = (actor: Actor, words: string) => linesOf(actor).filter((each) => each.includes(words)).length;

async function answers(actor: Actor, said: string) {
  await askedOf(actor, () => actor.press('Answer'));
  await fill(actor, { 'What else?': said });
  return shownTo(actor, () => actor.submit());
}

/** How each was asked on a day, and what came of it. */
async function statesOn({ world }: Company, date: string, slot = 'morning') {
  const rows = await world.bot.database.prisma.prompt.findMany({
    where: { date: new Date(date), slot },
    include: { person: true },
  });
  return Object.fromEntries(rows.map(({ person, state }) => [person.name, state]));
}

onEach('the channel of the summary is archived, then another is chosen', async (company) => {
  company.expectTrouble();
  const { who, posted } = company;
  const [lin, anna, tom, sofia] = [who('U0LINJING'), who('U0BECKER'), who('U0CARTER'), who('U0ROSSI')];
  const at = clockOf(company);
  await shownTo(lin, () => lin.tell('会议'));
  await shownTo(lin, () => lin.press('一键开启常用的三个'));
  await at('2026-11-24T07:45:30Z');
  await answers(anna, 'Expenses');
  await shownTo(tom, () => tom.press('Nothing today'));

  refuse(company, 'C0EUROPE', 'is_archived');
  const before = posted('C0EUROPE').length;
  await at('2026-11-24T10:45:30Z');
  await soon(company, () => expect(times(lin, '没能发到频道')).toBe(1));
  // The meeting goes on: a late answer counts, and the evening is asked.
  await answers(sofia, 'Athens Cement: price talk');
  expect(await statesOn(company, '2026-11-24')).toEqual({
    'Anna Becker': 'answered',
    'Tom Carter': 'nothing',
    'Sofia Rossi': 'answered',
  });
  await at('2026-11-24T16:45:30Z');
  await eventually(() => expect(linesOf(anna).at(-1)).toContain('Evening meeting'));
  await at('2026-11-24T20:45:30Z');
  expect(posted('C0EUROPE')).toHaveLength(before);
  expect(times(lin, '没能发到频道'), 'once, though two summaries were refused').toBe(1);

  await shownTo(lin, () => lin.tell('团队 Europe'));
  await askedOf(lin, () => lin.press('编辑'));
  await fill(lin, { 频道: 'customer-support' });
  await shownTo(lin, () => lin.submit());
  const elsewhere = posted('C0SUPPORT').length;
  await at('2026-11-25T07:45:30Z');
  await answers(tom, 'Hamburg Marine');
  await at('2026-11-25T10:45:30Z');
  await eventually(() => expect(posted('C0SUPPORT').slice(elsewhere)).toHaveLength(1));
  expect(posted('C0SUPPORT').at(-1)).toContain('1 of 3 asked answered');
  refuse(company, 'C0EUROPE', null);
});

onEach('somebody cannot be written to: the bot says so, and they are not silent', async (company) => {
  company.expectTrouble();
  const { who, posted } = company;
  const [lin, anna, tom, sofia] = [who('U0LINJING'), who('U0BECKER'), who('U0CARTER'), who('U0ROSSI')];
  const at = clockOf(company);
  const asked = linesOf(tom).length;
  refuse(company, tom.id, 'cannot_dm_bot');
  const before = posted('C0SUPPORT').length;
  const news = () => posted('C0SUPPORT').slice(before);
  await at('2026-11-26T07:45:30Z');
  await soon(company, () => expect(times(lin, 'KAM 发给Tom Carter的消息没能送达')).toBe(1));
  await answers(anna, 'Expenses');
  for (const moment of ['09:33:30', '10:10:00', '10:45:30']) await at(`2026-11-26T${moment}Z`);
  expect(await statesOn(company, '2026-11-26')).toEqual({
    'Anna Becker': 'answered',
    'Tom Carter': 'missed',
    'Sofia Rossi': 'closed',
  });
  await eventually(() => expect(news()).toHaveLength(1));
  expect(news().join()).toContain('1 of 2 asked answered');
  expect(news().join()).toContain('the bot could not ask 1 person');
  expect(times(sofia, 'still waits for your answer')).toBeGreaterThan(0);
  expect(linesOf(tom)).toHaveLength(asked);
  expect(times(lin, 'KAM 发给Tom Carter的消息没能送达')).toBe(1);

  // They have opened their door again, and answer late.
  refuse(company, tom.id, null);
  const plan = await shownTo(tom, () => tom.tell('plan'));
  expect(plan.lines).toContain('I couldn’t ask you in time, which is my fault and not yours. You can still answer.');
  await answers(tom, 'Hamburg Marine');
  await eventually(() => expect(news().join()).toContain('2 of 3 asked answered'));
  expect(news()).toHaveLength(1);
});

onEach('somebody leaves between the question and the close', async (company) => {
  company.expectTrouble();
  const { who, posted, world } = company;
  const [lin, anna, tom, sofia] = [who('U0LINJING'), who('U0BECKER'), who('U0CARTER'), who('U0ROSSI')];
  const at = clockOf(company);
  const [before, refused] = [posted('C0SUPPORT').length, times(lin, '没能送达')];
  await at('2026-11-27T07:45:30Z');
  await eventually(() => expect(linesOf(tom).at(-1)).toContain('Morning meeting · Fri 27 Nov'));
  await answers(anna, 'Expenses');
  const { prisma } = world.bot.database;
  const deactivate = (deactivatedAt: Date | null) =>
    prisma.person.updateMany({ where: { name: 'Tom Carter' }, data: { deactivatedAt } });
  await deactivate(new Date('2026-11-27T08:30:00Z'));
  const shown = linesOf(tom).length;
  for (const moment of ['09:33:30', '10:10:00', '10:45:30']) await at(`2026-11-27T${moment}Z`);
  expect(linesOf(tom)).toHaveLength(shown);
  const summaries = () =>
    posted('C0SUPPORT')
      .slice(before)
      .filter((each) => each.includes('Morning meeting'));
  await eventually(() => expect(summaries()).toHaveLength(1));
  expect(summaries().join()).toContain('1 of 2 asked answered');
  expect(times(sofia, 'still waits for your answer')).toBeGreaterThan(0);
  // What still waits for them goes nowhere, and is no fault that anybody needs to see to.
  const { id } = await prisma.person.findFirstOrThrow({ where: { name: 'Tom Carter' } });
  const card = { body: [{ kind: 'words', words: 'too late' } as const] };
  const { organizationId } = world.bot;
  const late = { organizationId, key: 'too-late', to: { personId: id }, content: { do: 'post', card } } as const;
  await outboxStore(world.bot.database).add([outboxRow(late, world.clock.now())]);
  await at('2026-11-27T10:50:00Z');
  expect(times(lin, '没能送达')).toBe(refused);
  await deactivate(null);
});
