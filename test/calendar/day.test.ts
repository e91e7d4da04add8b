import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { works } from '../../src/calendar/index.ts';
import type { Card } from '../../src/chat/card.ts';
import { drawMessage } from '../../src/chat/slack/draw-card.ts';
import { buttonOf, calendarWorld, sales, using, wordsOf } from './world.ts';

const world = calendarWorld();
const bot = () => using(world.calendar);
/** Today is Monday, 23 November 2026. */
const saturday = '2026-11-28';

interface OfTeam {
  organization: { id: string };
  north: { id: string };
}

async function isWorked({ organization, north }: OfTeam, day: string) {
  const of = (await world.calendar.workdaysOf([{ organizationId: organization.id, teamId: north.id }])).get(north.id);
  return of && works(of, Temporal.PlainDate.from(day));
}
const byHand = (teamId: string) => world.database.prisma.calendarDay.findMany({ where: { teamId, source: 'hand' } });

describe('a special day entered by hand', () => {
  test('is in the team’s calendar until it is removed again', async () => {
    const company = await sales(world);
    const { mia } = company.calls;
    const asked = await bot().follow(mia, await bot().say(mia, 'calendar'), 'Add a day');
    const saved = await bot().submit(mia, asked, { date: saturday, works: 'works', name: 'Trade fair' });
    expect(wordsOf(saved)).toContain('Saved: Sat 28 Nov, Trade fair · working day.');
    expect(wordsOf(saved)).toContain('• Sat 28 Nov – Trade fair · working day');
    expect(await isWorked(company, saturday)).toBe(true);
    expect(world.changes.at(-1)).toEqual({ teamIds: [company.north.id] });
    // The team reads it and cannot change it.
    const ben = company.as(company.ben, { memberOf: [company.north.id] }, { locale: 'zh-CN' });
    const read = await bot().say(ben, '日历');
    expect(wordsOf(read)).toContain('• 11月28日周六 – Trade fair · 上班');
    expect(() => buttonOf(read, '移除')).toThrow();

    const changes = world.changes.length;
    const removed = await bot().follow(mia, saved, 'Remove');
    expect([removed.reply, wordsOf(removed)]).toEqual([
      'redraw',
      expect.stringContaining('Nobody works on Sat 28 Nov now.'),
    ]);
    expect(await isWorked(company, saturday)).toBe(false);
    expect(world.changes).toHaveLength(changes + 1);
    // Pressed twice.
    expect(wordsOf(await bot().follow(mia, saved, 'Remove'))).toBe(wordsOf(removed));
    expect(await byHand(company.north.id)).toEqual([]);
  });

  test('is refused who may no longer change the team, in the words of a right and not of something that is gone', async () => {
    const company = await sales(world);
    const { mia } = company.calls;
    const teamId = company.north.id;
    const asked = await bot().follow(mia, await bot().say(mia, 'calendar'), 'Add a day');
    const country = await bot().open(mia, 'calendar.team', teamId);
    const file = await bot().open(mia, 'calendar.import', teamId);
    // Another manages the team since then, and she still belongs to it.
    const later = company.as(company.mia, { memberOf: [teamId] });
    const refusal = 'Your role doesn’t allow this. Ask an administrator if you need it.';
    const saved = await bot().submit(later, asked, { date: saturday, works: 'works' });
    expect(saved).toEqual({ reply: 'fix', problems: {}, notice: refusal });
    expect(await bot().submit(later, country, { country: 'DE', weekdays: ['1'] })).toEqual(saved);
    expect(await bot().submit(later, file, { file: 'F1' })).toEqual(saved);
    expect(wordsOf(await bot().open(later, 'calendar.day', teamId))).toBe(refusal);
    expect(await byHand(teamId)).toEqual([]);
    // Of a team that is not theirs to see they learn nothing.
    const stranger = company.as(company.mia, {});
    expect(wordsOf(await bot().open(stranger, 'calendar.day', teamId))).toContain('I can’t find that any more.');
  });

  test('wins over the country, and leaves its day as it was when it is removed', async () => {
    const company = await sales(world);
    const { mia, ada } = company.calls;
    const teamId = company.north.id;
    await world.database.prisma.calendarDay.create({
      data: {
        organizationId: company.organization.id,
        teamId,
        date: new Date('2026-12-24'),
        source: 'country',
        works: false,
        name: 'Christmas Eve',
      },
    });
    const asked = await bot().open(ada, 'calendar.day', teamId);
    const saved = await bot().submit(ada, asked, { date: '2026-12-24', works: 'works' });
    expect(wordsOf(saved)).toContain('• Thu 24 Dec – working day');
    expect(await isWorked(company, '2026-12-24')).toBe(true);
    const removed = await bot().follow(mia, saved, 'Remove');
    expect(wordsOf(removed)).toContain('• Thu 24 Dec – Christmas Eve · off');
    expect(await isWorked(company, '2026-12-24')).toBe(false);
  });

  test('is entered by the manager and administrators only', async () => {
    const { north, calls } = await sales(world);
    const other = await sales(world);
    const asked = await bot().open(calls.mia, 'calendar.day', north.id);
    await bot().submit(calls.mia, asked, { date: saturday, works: 'works' });
    const ways = [
      { call: calls.anna, refusal: 'Your role doesn’t allow this.' },
      ...[calls.otto, other.calls.mia, other.calls.ada].map((call) => ({ call, refusal: 'I can’t find that' })),
    ];
    for (const { call, refusal } of ways) {
      expect(wordsOf(await bot().open(call, 'calendar.day', north.id))).toContain(refusal);
      // Whoever lost the right while they typed keeps the form with all that is in it.
      expect(await bot().submit(call, asked, { date: '2026-12-24' })).toEqual({
        reply: 'fix',
        problems: {},
        notice: expect.stringContaining(refusal),
      });
      expect(wordsOf(await bot().press(call, 'calendar.removeDay', `${north.id} ${saturday}`))).toContain(refusal);
    }
    for (const about of [undefined, '', north.id, `${north.id} 2026-02-30`, `${north.id} soon`, `x ${saturday}`])
      expect(wordsOf(await bot().press(calls.mia, 'calendar.removeDay', about))).toContain('I can’t find that');
    expect(await byHand(north.id)).toHaveLength(1);
  });

  test.each([
    [{ date: '2026-11-22' }, { date: 'This day is over. Please choose today or a later one.' }],
    [{ date: '2036-11-22' }, { date: 'Please choose a day of the next three years.' }],
    [{ date: 'soon' }, { date: expect.any(String) }],
    [{ date: saturday, works: 'perhaps' }, { works: expect.any(String) }],
    [{ date: saturday, name: 'x'.repeat(61) }, { name: expect.any(String) }],
  ])('%o is refused beside its field', async (answers, problems) => {
    const { north, calls } = await sales(world);
    const asked = await bot().open(calls.mia, 'calendar.day', north.id);
    expect(await bot().submit(calls.mia, asked, answers)).toMatchObject({ reply: 'fix', problems });
    expect(await byHand(north.id)).toEqual([]);
  });

  test('by two at once: the second is told, and may replace it; the same form twice is one day', async () => {
    const { north, calls } = await sales(world);
    const { mia, ada } = calls;
    const [first, second] = [
      await bot().open(mia, 'calendar.day', north.id),
      await bot().open(ada, 'calendar.day', north.id),
    ];
    const send = () => bot().submit(mia, first, { date: saturday, works: 'works', name: 'Fair' });
    const twice = await Promise.all([send(), send()]);
    expect(twice.map(({ reply }) => reply)).toEqual(['show', 'show']);
    const told = await bot().submit(ada, second, { date: saturday, name: 'Party' });
    expect(wordsOf(told)).toContain('Fair · working day');
    expect(told).toMatchObject({ reply: 'ask', asked: { initial: { date: saturday, works: 'off', name: 'Party' } } });
    expect(await byHand(north.id)).toMatchObject([{ works: true, name: 'Fair' }]);
    expect((await bot().submit(ada, told)).reply).toBe('show');
    expect(await byHand(north.id)).toMatchObject([{ works: false, name: 'Party' }]);
  });

  test('more than twenty are for a file; twenty fit on a card, each with its button', async () => {
    const { north, calls, organization } = await sales(world);
    const days = Array.from({ length: 20 }, (_, n) => Temporal.PlainDate.from('2026-12-01').add({ days: n }));
    await world.database.prisma.calendarDay.createMany({
      data: days.map((date) => ({
        organizationId: organization.id,
        teamId: north.id,
        date: new Date(date.toString()),
        source: 'hand' as const,
        works: false,
        name: `Day ${date.day}`,
      })),
    });
    const asked = await bot().open(calls.mia, 'calendar.day', north.id);
    expect(await bot().submit(calls.mia, asked, { date: saturday })).toMatchObject({
      reply: 'fix',
      problems: { date: expect.stringContaining('20 days by hand') },
    });
    // One that is entered already may be changed.
    const again = await bot().submit(calls.mia, asked, { date: '2026-12-01', name: 'Another' });
    expect((await bot().submit(calls.mia, again)).reply).toBe('show');
    const shown = await bot().say(calls.mia, 'calendar');
    if (shown.reply !== 'show') throw new Error('a card');
    const card: Card = shown.card;
    const { blocks } = drawMessage(card);
    expect(blocks.filter((block) => block.type === 'section' && block.accessory !== undefined)).toHaveLength(20);
    expect(JSON.stringify(blocks.at(-1))).toContain('Add a day');
  });
});
