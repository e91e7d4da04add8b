import { Temporal } from 'temporal-polyfill';
import { expect } from 'vitest';
import type { Actor } from '../support/actor.ts';
import { askedOf, type Company, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

/** Moves the clock, and waits until all is said that has become due by then. */
const clockOf =
  ({ world, later }: Company) =>
  async (moment: string) => {
    await world.clock.set(Temporal.Instant.from(moment));
    await world.bot.tick();
    await later({ seconds: 1 });
  };

/** Adds a decision by a button with these words, and returns what they are shown of it. */
async function decides(actor: Actor, button: string, answers: Readonly<Record<string, string>>) {
  await askedOf(actor, () => actor.press(button));
  await fill(actor, answers);
  return shownTo(actor, () => actor.submit());
}

scenario('a sales meeting decides in the thread of its agenda, and has its minutes', async (company) => {
  const { who, posted, rows } = company;
  const [lin, anna, tom, sofia] = [who('U0LINJING'), who('U0BECKER'), who('U0CARTER'), who('U0ROSSI')];
  const at = clockOf(company);
  await shownTo(lin, () => lin.tell('会议'));
  await shownTo(lin, () => lin.press('一键开启常用的三个'));
  const thread = () => anna.replies('C0EUROPE', 'Agenda: Sales meeting').map(({ lines }) => lines.join('\n'));
  const news = (words: string) => posted('C0EUROPE').filter((one) => one.includes(words));

  // Monday's agenda stands there on Friday.
  await at('2026-11-27T08:30:30Z');
  await eventually(() => expect(news('Agenda: Sales meeting · Mon 30 Nov')).toHaveLength(1));
  const agenda = news('Agenda: Sales meeting');

  await at('2026-11-30T08:35:30Z');
  expect(tom.cards().some(({ lines }) => lines[0] === 'Sales meeting · Mon 30 Nov')).toBe(true);
  const step = await decides(anna, 'Add a decision', {
    'What was decided?': 'Send the offer <!channel>',
    Customer: 'Rheintal Chemie',
    'Who carries it out?': 'Tom Carter',
    'Until when?': '2026-12-04',
  });
  expect(step.lines.join()).toContain('Tom Carter has it as a next step');
  await eventually(() => expect(thread()).toHaveLength(1));
  await eventually(() => expect(tom.cards().at(-1)?.lines.join()).toContain('Send the offer'));
  const told = tom.cards().at(-1);

  const rule = await decides(sofia, 'Add a decision', { 'What was decided?': 'No discounts before Christmas' });
  await eventually(() => expect(thread()).toHaveLength(2));
  const inThread = thread();
  expect(inThread[0]).toContain('Rheintal Chemie');

  // The minutes wait for the close, though it is decided already.
  expect(news('Minutes:')).toEqual([]);
  await at('2026-11-30T10:30:30Z');
  await eventually(() => expect(news('Minutes:')).toHaveLength(1));
  const minutes = news('Minutes:');
  expect(minutes.join()).toContain('Tom Carter, until Fri 4 Dec');

  await askedOf(tom, () => tom.press('Add a decision'));
  await fill(tom, { 'What was decided?': 'Too late', 'Until when?': '2026-11-01' });
  await tom.submit();
  await eventually(() => expect(tom.problems().join()).toContain('This day is over.'));
  await fill(tom, { 'Until when?': '2026-12-18' });
  const late = await shownTo(tom, () => tom.submit());
  await eventually(() => expect(news('Minutes:').join()).toContain('Too late'));

  await eventually(() => expect(thread()).toHaveLength(3));

  // Who neither noted it nor leads the team does not take it back; the manager does.
  const refused = await shownTo(anna, () => anna.press('Undo'));
  await lin.press('Undo');
  await eventually(() => expect(news('Minutes:').join()).not.toContain('Too late'));
  await eventually(() => expect(thread().join()).toContain('Taken back by'));
  expect(news('Minutes:')).toHaveLength(1);

  const { came } = await rows();
  expect(came.Decision).toHaveLength(3);
  const made = came.Action?.filter(({ text }) => String(text).startsWith('Send the offer'));
  expect(made).toMatchObject([{ state: 'open', ownerId: 'Tom Carter', accountId: 'Rheintal Chemie' }]);
  return [agenda, step, told, rule, inThread, minutes, late, refused, thread(), news('Minutes:')];
});

scenario('a decision is read in the channel though somebody has deleted the agenda', async (company) => {
  const { who, posted, world } = company;
  const anna = who('U0BECKER');
  await clockOf(company)('2026-12-04T08:30:30Z');
  const agenda = 'Agenda: Sales meeting · Mon 7 Dec';
  await eventually(() => expect(posted('C0EUROPE').filter((one) => one.includes(agenda))).toHaveLength(1));
  const nowhere = company.platform === 'slack' ? '1700000000.000100' : '1700000000000';
  const last = await world.bot.database.prisma.sent.findFirstOrThrow({
    where: { card: 'agenda' },
    orderBy: { sentAt: 'desc' },
  });
  await world.bot.database.prisma.sent.updateMany({ where: { id: last.id }, data: { message: nowhere } });
  await decides(anna, 'Add a decision', { 'What was decided?': 'It is read all the same' });
  const found = () => posted('C0EUROPE').filter((one) => one.includes('It is read all the same'));
  await eventually(() => expect(found()).toHaveLength(1));
  expect(anna.replies('C0EUROPE', agenda)).toEqual([]);
  return found();
});
