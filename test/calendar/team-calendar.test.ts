import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { createHolidayFinding } from '../../src/calendar/holiday-finding.ts';
import { type Calendar, works } from '../../src/calendar/index.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call } from '../../src/chat/slice.ts';
import { calendarWorld, sales, using, wordsOf } from './world.ts';

const world = calendarWorld();
/** Nobody waits less than a minute: how fast the machine is decides nothing here. */
let patientOne: Calendar | undefined;
function patient(): Calendar {
  patientOne ??= world.another({ patience: 60_000 });
  return patientOne;
}
const bot = () => using(patient());
const day = (text: string) => Temporal.PlainDate.from(text);

interface OfTeam {
  organization: { id: string };
  north: { id: string };
}
const teamOf = ({ organization, north }: OfTeam) => ({ organizationId: organization.id, teamId: north.id });

/** Which of these days the team works. */
async function worked(of: OfTeam, ...days: string[]) {
  const calendar = (await world.calendar.workdaysOf([teamOf(of)])).get(of.north.id);
  if (!calendar) throw new Error('every team that is asked for is there');
  return days.filter((one) => works(calendar, day(one)));
}

const stored = (teamId: string) => world.database.prisma.calendarDay.count({ where: { teamId } });

describe('a team’s calendar', () => {
  test('is Monday to Friday without holidays until somebody says otherwise', async () => {
    const company = await sales(world);
    const shown = await bot().say(company.calls.anna, 'calendar');
    expect(wordsOf(shown)).toBe(
      [
        'Calendar of North',
        'Works on: Monday to Friday',
        'Public holidays: none',
        'Special days to come',
        'None.',
        'Away in the next two weeks',
        'Nobody.',
      ].join('\n'),
    );
    expect(await worked(company, '2026-12-25', '2026-12-26', '2026-12-27')).toEqual(['2026-12-25']);
    const unknown = uuid();
    const asked = { organizationId: company.organization.id, teamId: unknown };
    expect((await world.calendar.workdaysOf([asked])).get(unknown)?.weekdays).toEqual([1, 2, 3, 4, 5]);
  });

  test('has the public holidays of a place and the weekdays that were chosen', async () => {
    const company = await sales(world);
    const { mia } = company.calls;
    const asked = await bot().follow(mia, await bot().say(mia, '日历'), 'Change');
    const saved = await bot().submit(mia, asked, { country: 'DE-BY', weekdays: ['6', '1', '2', '3', '4'] });
    expect(wordsOf(saved)).toContain('Saved.');
    expect(wordsOf(saved)).toContain('Works on: Monday to Thursday and Saturday');
    expect(wordsOf(saved)).toContain('Public holidays: Germany – Bavaria');
    expect(wordsOf(saved)).toContain('• Wed, 6 Jan 2027 – Epiphany · off');
    expect(await worked(company, '2026-12-25', '2026-11-27', '2026-11-28', '2027-01-06', '2028-11-01')).toEqual([
      '2026-11-28',
    ]);
    expect(world.changes.at(-1)).toEqual({ teamIds: [company.north.id] });
    const row = await world.database.prisma.teamCalendar.findFirst({ where: { teamId: company.north.id } });
    expect(row).toMatchObject({ country: 'DE', region: 'BY', weekdays: [1, 2, 3, 4, 6], computedTo: 2028 });
    // Without a country again.
    const next = await bot().open(mia, 'calendar.team', company.north.id);
    await bot().submit(mia, next, { country: 'none', weekdays: ['5'] });
    expect(await worked(company, '2026-12-25', '2026-12-24')).toEqual(['2026-12-25']);
    expect(await stored(company.north.id)).toBe(0);
  });

  test('shows who is away and not why, to the team and not to others', async () => {
    const { calls } = await sales(world);
    const other = await sales(world);
    await bot().say(calls.ben, 'away', '2026-12-01..2026-12-10 private matter');
    await bot().say({ ...calls.anna, id: uuid() }, 'away', '12-24');
    const shown = wordsOf(await bot().say(calls.anna, 'calendar'));
    expect(shown).toContain('• Ben Ode – Tue 1 Dec to Thu 10 Dec');
    expect(shown).not.toContain('private');
    expect(shown).not.toContain('Anna Berg');
    expect(wordsOf(await bot().say(calls.otto, 'calendar'))).toContain('You aren’t in a team yet');
    const company = await sales(world);
    for (const call of [other.calls.ada, other.calls.anna, company.calls.otto])
      expect(wordsOf(await bot().press(call, 'calendar.show', company.north.id))).toContain('I can’t find that');
  });

  test('is found among several by the team’s name', async () => {
    const { organization, calls } = await sales(world);
    await world.build.team(organization, { name: 'North-East' });
    const several = await bot().say(calls.ada, 'calendar');
    expect(wordsOf(several)).toBe('Which team?\n• North\n• North-East');
    expect(wordsOf(await bot().follow(calls.ada, several, 'Show'))).toContain('Calendar of North');
    expect(wordsOf(await bot().say(calls.ada, 'calendar', 'east'))).toContain('Calendar of North-East');
    expect(wordsOf(await bot().say(calls.ada, 'calendar', 'NORTH'))).toContain('Calendar of North\n');
    expect(wordsOf(await bot().say(calls.ada, 'calendar', 'south'))).toContain('No team of yours is called “south”');
  });

  test('is changed by its manager and administrators only', async () => {
    const { north, calls } = await sales(world);
    const other = await sales(world);
    const shown = await bot().say(calls.anna, 'calendar');
    expect(JSON.stringify(shown)).not.toContain('calendar.team');
    const asked = await bot().open(calls.mia, 'calendar.team', north.id);
    for (const call of [calls.anna, calls.otto, other.calls.mia, other.calls.ada]) {
      const refusal = call === calls.anna ? 'Your role doesn’t allow this.' : 'I can’t find that';
      for (const opener of ['calendar.team', 'calendar.import'])
        expect(wordsOf(await bot().open(call, opener, north.id))).toContain(refusal);
      expect(await bot().submit(call, asked, { country: 'DE' })).toMatchObject({ reply: 'fix' });
    }
    for (const answers of [{ country: 'XX' }, { country: 'DE-ZZ' }, { weekdays: [] }, { weekdays: ['8'] }])
      expect(await bot().submit(calls.mia, asked, answers)).toMatchObject({ reply: 'fix' });
    expect(await world.database.prisma.teamCalendar.count({ where: { teamId: north.id } })).toBe(0);
    expect((await bot().open(calls.ada, 'calendar.team', north.id)).reply).toBe('ask');
  });

  test('two who change it at once: the second is told, and may replace it', async () => {
    const company = await sales(world);
    const { mia, ada } = company.calls;
    const [first, second] = [
      await bot().open(mia, 'calendar.team', company.north.id),
      await bot().open(ada, 'calendar.team', company.north.id),
    ];
    await bot().submit(mia, first, { weekdays: ['1', '2'] });
    // The same form delivered twice is no conflict with itself.
    expect(wordsOf(await bot().submit(mia, first, { weekdays: ['1', '2'] }))).toContain('Saved.');
    const told = await bot().submit(ada, second, { country: 'none', weekdays: ['1', '2', '3'] });
    if (told.reply !== 'ask') throw new Error(`not asked again: ${JSON.stringify(told)}`);
    expect(told.asked.intro).toEqual(
      expect.arrayContaining([expect.stringContaining('changed while your form was open')]),
    );
    expect(told.asked.initial).toMatchObject({ weekdays: ['1', '2', '3'] });
    expect(await worked(company, '2026-11-25')).toEqual([]);
    expect(wordsOf(await bot().submit(ada, told, {}))).toContain('Saved.');
    expect(await worked(company, '2026-11-25')).toEqual(['2026-11-25']);
  });

  test('two who change it at the very same moment: one of them is told', async () => {
    const { north, calls } = await sales(world);
    const forms = await Promise.all([calls.mia, calls.ada].map((call) => bot().open(call, 'calendar.team', north.id)));
    const answers = [{ weekdays: ['1'] }, { weekdays: ['2'] }];
    const replies = await Promise.all(
      forms.map((form, index) => bot().submit([calls.mia, calls.ada][index] ?? calls.mia, form, answers[index] ?? {})),
    );
    expect(replies.map(({ reply }) => reply).sort()).toEqual(['ask', 'show']);
  });
});

describe('working out holidays', () => {
  const broken = () => createHolidayFinding(new URL('./no-such-program.ts', import.meta.url));

  test('that fails changes nothing and says what to do', async () => {
    const { north, calls } = await sales(world);
    const failing = using(world.another({ patience: 60_000, holidays: broken() }));
    const asked = await failing.open(calls.mia, 'calendar.team', north.id);
    const refused = await failing.submit(calls.mia, asked, { country: 'DE', weekdays: ['1'] });
    expect(refused).toMatchObject({
      reply: 'fix',
      notice: expect.stringMatching(/Nothing was saved.*KAM-[0-9A-F]{6}/),
    });
    expect(await world.database.prisma.teamCalendar.count({ where: { teamId: north.id } })).toBe(0);
    // What needs no holidays is saved all the same.
    expect(wordsOf(await failing.submit(calls.mia, asked, { country: 'none', weekdays: ['1'] }))).toContain('Saved.');
  });

  test('that takes long is told in a message of its own', async () => {
    const { north, mia, calls } = await sales(world);
    const slow = world.another({ patience: 0 });
    const asked = await using(slow).open(calls.mia, 'calendar.team', north.id);
    const reply = await using(slow).submit(calls.mia, asked, { country: 'FR' });
    expect(wordsOf(reply)).toContain('I’ll send you the calendar here');
    await slow.settled();
    expect((await world.told(mia.id)).map(({ words }) => words)).toEqual([
      expect.stringContaining('Public holidays: France'),
    ]);
    const failing = world.another({ patience: 0, holidays: broken() });
    const next = await using(failing).open(calls.mia, 'calendar.team', north.id);
    await using(failing).submit(calls.mia, next, { country: 'US' });
    await failing.settled();
    expect((await world.told(mia.id)).at(-1)?.words).toContain('Nothing was saved');
    expect(wordsOf(await bot().say(calls.mia, 'calendar'))).toContain('Public holidays: France');
  });

  test('ends with the calendar, and a question that is open is answered before', async () => {
    const { north, mia, calls } = await sales(world);
    const holidays = createHolidayFinding();
    const stopping = world.another({ patience: 0, holidays });
    const asked = await using(stopping).open(calls.mia, 'calendar.team', north.id);
    await using(stopping).submit(calls.mia, asked, { country: 'IT' });
    await stopping.settled();
    expect((await world.told(mia.id)).map(({ words }) => words)).toEqual([expect.stringContaining('Italy')]);
    const place = { country: 'DE', region: null, locale: 'en', from: 2026, to: 2026 };
    await expect(holidays.find([place])).rejects.toThrow('no more holidays');
  });

  test('is done again as the years go by, once for each team whoever does it, in the team’s language', async () => {
    const company = await sales(world);
    const shanghai = await world.build.team(company.organization, { name: '上海', locale: 'zh-CN' });
    for (const team of [company.north, shanghai]) {
      const asked = await bot().open(company.calls.ada, 'calendar.team', team.id);
      await bot().submit(company.calls.ada, asked, { country: 'CN' });
    }
    const kept = await stored(shanghai.id);
    const extend = async (now: string) => {
      const jobs = [world.calendar, patient()].flatMap(({ slice }) => slice.jobs ?? []);
      await Promise.all(jobs.map((job) => job.run(Temporal.Instant.from(now))));
    };
    await extend('2027-12-31T12:00:00Z');
    expect(await stored(shanghai.id)).toBe(kept);
    await extend('2028-01-01T12:00:00Z');
    const row = await world.database.prisma.teamCalendar.findFirst({ where: { teamId: shanghai.id } });
    expect(row?.computedTo).toBe(2030);
    expect(await worked(company, '2029-10-01', '2030-10-01', '2031-10-01')).toEqual(['2031-10-01']);
    const name = (teamId: string) =>
      world.database.prisma.calendarDay.findFirst({ where: { teamId, date: new Date('2030-10-01') } });
    expect((await name(shanghai.id))?.name).toBe('国庆节');
    expect((await name(company.north.id))?.name).toMatch(/[A-Za-z]/);
    const told = world.changes.filter(({ teamIds }) => teamIds?.includes(shanghai.id));
    expect(told).toHaveLength(2);
  });
});

describe('importing days', () => {
  const withFile = (call: Call, text: string): Call => ({ ...call, file: async () => new TextEncoder().encode(text) });
  async function imported(call: Call, teamId: string, text: string, asked?: Reply): Promise<Reply> {
    const form = asked ?? (await bot().open(call, 'calendar.import', teamId));
    return bot().submit(withFile(call, text), form, { file: 'F1' });
  }

  test('from .csv and .ics wins over the country, and replaces what the last file said of the time', async () => {
    const company = await sales(world);
    const { mia } = company.calls;
    const asked = await bot().open(mia, 'calendar.team', company.north.id);
    await bot().submit(mia, asked, { country: 'DE' });
    const done = await imported(
      mia,
      company.north.id,
      '2026-12-24,off,Bridge day\n2026-12-25,works,Fair\n2026-12-31,off',
    );
    expect(wordsOf(done)).toContain('3 days imported: 2 off, 1 worked.');
    expect(wordsOf(done)).toContain('• Fri 25 Dec – Fair · working day');
    expect(await worked(company, '2026-12-24', '2026-12-25', '2026-12-31')).toEqual(['2026-12-25']);
    const event = (date: string, name: string) =>
      `BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:${date}\r\nSUMMARY:${name}\r\nEND:VEVENT\r\n`;
    const ics = `BEGIN:VCALENDAR\r\n${event('20261219', '上班')}${event('20261228', '放假')}END:VCALENDAR`;
    await imported(mia, company.north.id, ics);
    expect(await worked(company, '2026-12-19', '2026-12-24', '2026-12-25', '2026-12-28', '2026-12-31')).toEqual([
      '2026-12-19',
      '2026-12-24',
    ]);
    expect(world.changes.at(-1)).toEqual({ teamIds: [company.north.id] });
  });

  test('with mistakes tells their lines and stores nothing', async () => {
    const { north, calls } = await sales(world);
    const refused = await imported(calls.mia, north.id, '2026-12-24,off\nsoon,off\n2026-12-25,maybe');
    expect(wordsOf(refused)).toContain('Nothing was stored\n2 lines have mistakes');
    expect(wordsOf(refused)).toContain('• Line 2: “soon” is not a day');
    expect(wordsOf(refused)).toContain('• Line 3: “maybe” is neither “works” nor “off”');
    expect((await bot().follow(calls.mia, refused, 'Open the form again')).reply).toBe('ask');
    expect(wordsOf(await imported(calls.mia, north.id, ' '))).toContain('There is no day in this file');
    expect(wordsOf(await imported(calls.mia, north.id, '\u0000'))).toContain('neither UTF-8 nor GB18030');
    const gone: Call = { ...calls.mia, file: async () => Promise.reject(new Error('gone')) };
    const asked = await bot().open(gone, 'calendar.import', north.id);
    expect(wordsOf(await bot().submit(gone, asked, { file: 'F1' }))).toContain('I couldn’t read this file');
    expect(await stored(north.id)).toBe(0);
  });

  test('by two at once: the second is told; the same file twice is one import', async () => {
    const company = await sales(world);
    const { mia, ada } = company.calls;
    const { id } = company.north;
    const forms = [await bot().open(mia, 'calendar.import', id), await bot().open(ada, 'calendar.import', id)];
    for (const _ of [1, 2])
      expect(wordsOf(await imported(mia, id, '2026-12-24,off', forms[0]))).toContain('One day imported');
    const told = await imported(ada, id, '2026-12-31,off', forms[1]);
    expect(wordsOf(told)).toContain('somebody has imported other days');
    expect(await worked(company, '2026-12-24', '2026-12-31')).toEqual(['2026-12-31']);
  });
});
