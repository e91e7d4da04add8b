import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Call } from '../../src/chat/slice.ts';
import type { Locale } from '../../src/text/locale.ts';
import { makeCall } from '../support/call.ts';
import { aboutOf, answeringWorld, askedIn, wordsOf } from './answering-world.ts';

const world = answeringWorld();

/** Anna in team North, which meets each morning; at an instant (Friday evening in Berlin unless said otherwise). */
async function sales(given: { meeting?: boolean } = {}) {
  const organization = await world.build.organization();
  const anna = await world.build.person(organization, { name: 'Anna Berg' });
  const north = await world.build.team(organization, { members: [anna] });
  const steel = await world.account(anna, 'Example Steel');
  const morning = given.meeting === false ? '' : await world.meeting(organization, north);
  const at = (instant: string, locale: Locale = 'en'): Call =>
    makeCall(organization, anna, { me: { memberOf: [north.id] }, locale, now: Temporal.Instant.from(instant) });
  return { organization, anna, north, steel, morning, at };
}
const friday = '2026-11-20T17:00:00Z';
const prompts = (personId: string) =>
  world.database.prisma.prompt.findMany({ where: { personId }, orderBy: { date: 'asc' } });

describe('/kam plan', () => {
  test('opens today’s form while it is open, and shows the plan once it stands', async () => {
    const { anna, morning, at } = await sales();
    const call = at('2026-11-23T09:00:00Z');
    const id = await world.prompt(anna, morning);
    const asked = await world.say(call, 'plan');
    expect(askedIn(asked).about.prompt).toBe(id);
    const shown = await world.submit(call, asked, { others: 'Example Steel – prices' });
    expect([shown.reply, wordsOf(shown)]).toEqual(['show', expect.stringContaining('• Example Steel – prices')]);
    const again = await world.say(call, '计划');
    expect(wordsOf(again)).toBe(wordsOf(shown));
    expect(aboutOf(again, 'Edit')).toBe(id);
    expect(aboutOf(again, 'Plan the next working day')).toBe('2026-11-23');
  });

  test('before the bot asks, makes the prompt of the day, so that nobody is asked again', async () => {
    const { anna, morning, at } = await sales();
    const call = at('2026-11-23T06:00:00Z');
    const asked = await world.say(call, 'plan');
    expect(wordsOf(asked)).toContain('Mon 23 Nov');
    await world.submit(call, asked, { others: 'calls' });
    expect(await prompts(anna.id)).toEqual([
      expect.objectContaining({
        id: askedIn(asked).id,
        slot: 'morning',
        nth: 1,
        state: 'answered',
        dueAt: null,
        questionsOfId: morning,
        opensAt: new Date('2026-11-23T07:45:00Z'),
        closesAt: new Date('2026-11-23T10:45:00Z'),
      }),
    ]);
  });

  test('on Friday evening plans Monday; on a weekend with a make-up Saturday the Saturday', async () => {
    const { anna, north, at } = await sales();
    const call = at(friday, 'zh-CN');
    // Today's stands already, so the next one is asked for by its button.
    const ahead = await world.open(call, 'prompts.ahead', '2026-11-20');
    expect(wordsOf(ahead)).toContain('11月23日周一');
    expect(askedIn(ahead).labels?.chosen).toBe('11月23日周一见哪些客户？每家想达成什么？');
    expect(askedIn(await world.open(at(friday), 'prompts.ahead', '2026-11-20')).labels?.chosen).toBe(
      'Which customers do you see on Mon 23 Nov, and what do you want from each?',
    );
    // Of today it says today.
    const today = await world.say(at('2026-11-20T07:00:00Z'), 'plan');
    expect(askedIn(today).labels?.chosen).toContain('Which customers do you see today');
    await world.submit(call, ahead, { others: '写周报' });
    expect(await world.plan(anna, '2026-11-23')).toEqual(['- | 写周报 | planned']);
    await world.days.set(north.id, {
      weekdays: [1, 2, 3, 4, 5],
      days: new Map([['2026-11-21', { works: true, name: '调休' }]]),
    });
    const saturday = await world.open(call, 'prompts.ahead', '2026-11-20');
    expect(wordsOf(saturday)).toContain('11月21日周六');
    await world.days.set(north.id, null);
    const monday = await world.open(call, 'prompts.ahead', '2026-11-20');
    expect(askedIn(monday).initial.others).toBe('写周报');
    await world.submit(call, monday, { others: '写周报\n打电话' });
    expect((await prompts(anna.id)).map(({ version }) => version)).toEqual([2]);
  });

  test('when nobody was asked in the morning and its time is over, plans the next working day', async () => {
    const { at } = await sales();
    expect(wordsOf(await world.say(at('2026-11-20T10:44:00Z'), 'plan'))).toContain('Fri 20 Nov');
    expect(wordsOf(await world.say(at('2026-11-20T10:45:00Z'), 'plan'))).toContain('Mon 23 Nov');
  });

  test('leaves out the days that the person is away, and half of the window where they are there for half', async () => {
    const { anna, at } = await sales();
    const day = (text: string) => Temporal.PlainDate.from(text);
    await world.days.away(anna.id, { from: day('2026-11-23'), to: day('2026-11-24') });
    await world.days.away(anna.id, { from: day('2026-11-25'), to: day('2026-11-25'), half: 'morning' });
    const ahead = await world.open(at(friday), 'prompts.ahead', '2026-11-20');
    expect(wordsOf(ahead)).toContain('Wed 25 Nov');
    expect(wordsOf(await world.say(at('2026-11-23T09:00:00Z'), 'plan'))).toContain('Wed 25 Nov');
    await world.submit(at(friday), ahead, { others: 'calls' });
    expect(await prompts(anna.id)).toMatchObject([
      { opensAt: new Date('2026-11-25T09:15:00Z'), closesAt: new Date('2026-11-25T10:45:00Z') },
    ]);
  });

  test('a button that is pressed days later plans a day that is still to come', async () => {
    const { at } = await sales();
    expect(wordsOf(await world.open(at('2026-11-24T06:00:00Z'), 'prompts.ahead', '2026-11-20'))).toContain(
      'Tue 24 Nov',
    );
  });

  test('ahead and again at once, and while the bot asks, is one prompt; what is different is asked about', async () => {
    const { anna, morning, at } = await sales();
    const call = at(friday);
    const form = await world.open(call, 'prompts.ahead', '2026-11-20');
    const other = await world.open(call, 'prompts.ahead', '2026-11-20');
    const send = () => world.submit(call, form, { others: 'calls' });
    expect(new Set((await Promise.all([send(), send()])).map(wordsOf)).size).toBe(1);
    expect(wordsOf(await world.submit(call, other, { others: 'report' }))).toContain('in the meantime');
    expect(await prompts(anna.id)).toHaveLength(1);
    const tuesday = await world.open(call, 'prompts.ahead', '2026-11-23');
    const asked = await world.prompt(anna, morning, { date: '2026-11-24' });
    await world.submit(call, tuesday, { others: 'visits' });
    expect((await prompts(anna.id)).find(({ id }) => id === asked)).toMatchObject({ state: 'answered', version: 1 });
  });

  test('keeps what was moved there and is still ticked, and says again what is still in the way', async () => {
    const { anna, morning, at } = await sales();
    const id = await world.prompt(anna, morning, { date: '2026-11-20' });
    const today = await world.open(at('2026-11-20T08:00:00Z'), 'prompts.answer', id);
    await world.submit(at('2026-11-20T08:00:00Z'), today, { others: 'report\ncalls', blockers: 'no car' });
    const call = at(friday);
    for (const text of ['report', 'calls']) {
      const item = await world.database.prisma.planItem.findFirstOrThrow({ where: { text, personId: anna.id } });
      await world.press(call, 'prompts.moved', `${item.id} ${id}`);
    }
    const ahead = await world.open(call, 'prompts.ahead', '2026-11-20');
    expect(askedIn(ahead).initial.chosen).toHaveLength(2);
    const [first] = z.array(z.string()).parse(askedIn(ahead).initial.chosen);
    const saved = await world.submit(call, ahead, { chosen: [first], others: 'visits' });
    expect(await world.submit(call, ahead, { chosen: [first], others: 'visits' }), 'twice is once').toEqual(saved);
    expect((await world.plan(anna)).sort()).toEqual([
      ...['- | calls | dropped', '- | report | planned', '- | visits | planned'],
    ]);
    expect(wordsOf(saved)).toContain('Answered, thank you.\nWhat is in your way: no car');
    expect(await world.blockers(anna)).toEqual(['no car']);
  });

  test('says so where there is no morning meeting, and believes no day that it is told', async () => {
    const { at } = await sales({ meeting: false });
    expect(wordsOf(await world.say(at(friday), 'plan'))).toContain('None of your teams has a morning meeting yet.');
    for (const about of [undefined, '', 'x', '2026-02-30', '9999-12-31', '-271821-04-20'])
      expect(wordsOf(await world.open(at(friday), 'prompts.ahead', about))).toContain('I can’t find that any more');
  });
});
