import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { buttonOf, calendarWorld, sales, using, wordsOf } from './world.ts';

const world = calendarWorld();
const bot = () => using(world.calendar);
const day = (text: string) => Temporal.PlainDate.from(text);
const stored = (personId: string) =>
  world.database.prisma.absence.findMany({ where: { personId }, orderBy: { fromDay: 'asc' } });

/** What the others in the house are told of somebody in December. */
async function inDecember({ organizationId, id }: { organizationId: string; id: string }) {
  const people = [{ organizationId, personId: id }];
  const found = await world.calendar.absencesOf(people, day('2026-12-01'), day('2026-12-31'));
  return (found.get(id) ?? []).map(({ from, to, half, reason }) => [`${from}..${to}`, half, reason]);
}

describe('one’s own days', () => {
  test('are entered in words, listed, and taken back', async () => {
    const { anna, calls } = await sales(world);
    expect(wordsOf(await bot().say(calls.anna, 'away'))).toContain('You have entered no absence to come');
    const entered = await bot().say(calls.anna, 'away', '12-20..12-27 skiing');
    expect(wordsOf(entered)).toBe(
      'When you are away\nEntered: Sun 20 Dec to Sun 27 Dec. KAM asks you nothing then.\n• Sun 20 Dec to Sun 27 Dec – skiing',
    );
    await bot().say({ ...calls.anna, id: uuid() }, '请假', '12-04 afternoon');
    expect(await inDecember(anna)).toEqual([
      ['2026-12-04..2026-12-04', 'afternoon', null],
      ['2026-12-20..2026-12-27', null, 'skiing'],
    ]);
    expect(world.changes.at(-1)).toEqual({ personIds: [anna.id] });
    const back = await bot().follow(calls.anna, entered, 'Take back');
    expect(back.reply).toBe('redraw');
    expect(wordsOf(back)).toBe(
      'When you are away\nTaken back: Sun 20 Dec to Sun 27 Dec.\n• Fri 4 Dec, in the afternoon',
    );
    expect(await inDecember(anna)).toHaveLength(1);
    // Kept, for who was asked then must be explained later.
    expect(await stored(anna.id)).toHaveLength(2);
    expect(await world.told(anna.id)).toEqual([]);
  });

  test('delivered twice, at once or later, are entered once', async () => {
    const { anna, calls } = await sales(world);
    const replies = await Promise.all([1, 2, 3].map(() => bot().say(calls.anna, 'away', 'friday dentist')));
    expect(new Set(replies.map(wordsOf)).size).toBe(1);
    expect(await stored(anna.id)).toHaveLength(1);
    const asked = await bot().open(calls.anna, 'calendar.away');
    for (const _ of [1, 2]) await bot().submit(calls.anna, asked, { from: '2026-12-24', half: 'morning' });
    expect(await stored(anna.id)).toHaveLength(2);
  });

  test.each([
    ['2026-11-02', 'These days are over'],
    ['12-27..12-20', 'The last day is before the first one'],
    ['2026-12-01..2027-12-24', 'a year at most'],
    ['skiing', 'I couldn’t read the days'],
    ['Nobody friday', 'Nobody here is called “Nobody”'],
  ])('%s is not stored, and what to do is said', async (words, sentence) => {
    const { anna, calls } = await sales(world);
    const reply = await bot().say(calls.anna, 'away', words);
    expect(wordsOf(reply)).toContain(sentence);
    expect(wordsOf(reply)).toContain('/kam away 12-20..12-27');
    expect(await stored(anna.id)).toEqual([]);
    expect((await bot().follow(calls.anna, reply, 'Enter an absence')).reply).toBe('ask');
  });

  test('half a day asks which half', async () => {
    const { anna, calls } = await sales(world);
    const asked = await bot().say(calls.anna, 'away', '12-24 half day dentist');
    await bot().submit(calls.anna, asked, { half: 'afternoon' });
    expect(await inDecember(anna)).toEqual([['2026-12-24..2026-12-24', 'afternoon', 'dentist']]);
  });

  test('that are over stay as they were', async () => {
    const { anna, calls, as } = await sales(world);
    const entered = await bot().say(calls.anna, 'away', '12-04');
    const later = as(anna, {}, { now: '2026-12-05T09:00:00Z' });
    expect(wordsOf(await bot().follow(later, entered, 'Take back'))).toContain('This is over');
    expect(await inDecember(anna)).toHaveLength(1);
  });
});

describe('somebody else’s days', () => {
  test('are entered by their manager, and they are told in their language', async () => {
    const { ben, calls } = await sales(world);
    const { count } = world.nudges;
    const entered = await bot().say(calls.mia, 'away', 'Ben 12-20..12-27 parental leave');
    expect(wordsOf(entered)).toBe('Entered: Ben Ode is away, Sun 20 Dec to Sun 27 Dec.');
    expect(await inDecember(ben)).toEqual([['2026-12-20..2026-12-27', null, 'parental leave']]);
    const [told] = await world.told(ben.id);
    expect(told?.words).toBe('Mia Voss为您登记了请假：12月20日周日至12月27日周日\nparental leave');
    expect(world.nudges.count).toBeGreaterThan(count);
    await bot().follow(calls.mia, entered, 'Take back');
    await bot().follow(calls.mia, entered, 'Take back');
    expect((await world.told(ben.id)).map(({ words }) => words)).toEqual([
      told?.words,
      'Mia Voss撤销了您的请假：12月20日周日至12月27日周日',
    ]);
    expect(await inDecember(ben)).toEqual([]);
  });

  test('can be taken back by themselves', async () => {
    const { ben, calls } = await sales(world);
    await bot().say(calls.ada, 'away', 'Ben 12-04');
    const [told] = await world.told(ben.id);
    if (!told) throw new Error('nobody was told');
    const { about } = buttonOf({ reply: 'show', card: told.card }, '撤销');
    expect(wordsOf(await bot().press(calls.ben, 'calendar.takeBack', about))).toContain('Taken back');
    expect(await inDecember(ben)).toEqual([]);
  });

  test('are nothing for colleagues, managers of others, observers and other companies', async () => {
    const { organization, anna, ben, otto, calls, as } = await sales(world);
    const observer = await world.build.person(organization, { name: 'Olga Watt', observer: true });
    const other = await sales(world);
    expect(wordsOf(await bot().say(calls.anna, 'away', 'Ben 12-04'))).toContain('Your role doesn’t allow this');
    expect(wordsOf(await bot().say(calls.mia, 'away', 'Otto 12-04'))).toContain('Your role doesn’t allow this');
    expect(wordsOf(await bot().say(as(observer), 'away', '12-04'))).toContain('Your role doesn’t allow this');
    await bot().say(calls.anna, 'away', '12-04');
    const [absence] = await stored(anna.id);
    const gone = 'I can’t find that any more';
    for (const call of [calls.ben, calls.otto, other.calls.mia, other.calls.ada])
      expect(wordsOf(await bot().press(call, 'calendar.takeBack', absence?.id))).toContain(gone);
    for (const about of [undefined, '', 'x', uuid(), `${absence?.id}'; --`])
      expect(wordsOf(await bot().press(calls.anna, 'calendar.takeBack', about))).toContain(gone);
    expect(wordsOf(await bot().press(other.calls.ada, 'calendar.awayOf', `${anna.id} 12-05`))).toContain(gone);
    // A form that was made to say more than it asked.
    const asked = await bot().open(calls.anna, 'calendar.away');
    await bot().submit(calls.anna, asked, { person: ben.id, from: '2026-12-07' });
    expect([await stored(ben.id), await stored(otto.id)]).toEqual([[], []]);
    expect(await stored(anna.id)).toHaveLength(2);
    const refused = await bot().submit(calls.mia, await bot().open(calls.mia, 'calendar.away'), {
      person: otto.id,
      from: '2026-12-07',
    });
    expect(refused).toMatchObject({ problems: { person: expect.stringContaining('can’t enter this for them') } });
  });

  test('of a name that several have are asked for once more', async () => {
    const { organization, calls } = await sales(world);
    const second = await world.build.person(organization, { name: 'Ben Hall' });
    const choice = await bot().say(calls.ada, 'away', 'Ben 12-04 morning fair');
    expect(wordsOf(choice)).toContain('Several match “Ben”');
    await bot().follow(calls.ada, choice, 'Ben Hall');
    expect(await inDecember(second)).toEqual([['2026-12-04..2026-12-04', 'morning', 'fair']]);
  });
});
