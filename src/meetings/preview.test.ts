import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type Absence, plainWeek, type Workdays } from '../calendar/index.ts';
import { type Meeting, workdays } from './meeting.ts';
import { openingsAt } from './opening.ts';
import { type Planned, type PreviewMeeting, type PreviewPerson, previewOf } from './preview.ts';
import { upcoming } from './setup-upcoming.ts';
import { meetsOn, windowOn } from './times.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
/** Monday, 10:00 in Berlin, 17:00 in Shanghai. */
const monday = Temporal.Instant.from('2026-11-23T09:00:00Z');

const meetingOf = (given: Partial<Meeting> = {}): Meeting => ({
  organizationId: 'o',
  id: 'north-morning',
  teamId: 'north',
  kind: 'morning',
  name: null,
  rule: workdays,
  startsOn: day('2026-01-01'),
  startsAt: Temporal.PlainTime.from('08:45'),
  clock: 'person',
  windowMinutes: 180,
  remindAfter: 60,
  channel: null,
  namesSilent: false,
  questionsVersion: 1,
  pausedAt: null,
  archivedAt: null,
  version: 1,
  ...given,
});
const person = (id: string, given: Partial<PreviewPerson> = {}): PreviewPerson => ({
  id,
  name: id,
  timeZone: 'Europe/Berlin',
  absences: [],
  reads: false,
  prompted: new Set(),
  ...given,
});
const away = (from: string, to: string, half: Absence['half'] = null): Absence => ({
  id: 'a',
  personId: 'p',
  from: day(from),
  to: day(to),
  half,
  reason: null,
});
const previewed = (given: Partial<Omit<PreviewMeeting, 'meeting'>> & { meeting?: Partial<Meeting> } = {}) => {
  const { meeting, ...rest } = given;
  return {
    team: { id: 'north', name: 'North', timeZone: 'Europe/Berlin' },
    hasChannel: true,
    calendar: plainWeek,
    people: [person('anna')],
    ...rest,
    meeting: meetingOf(meeting),
  };
};
const withDays = (days: Record<string, { works: boolean; name: string | null }>): Workdays => ({
  weekdays: [1, 2, 3, 4, 5],
  days: new Map(Object.entries(days)),
});

/** A line for what is planned: the day, who is asked and when (UTC), who is not and why. */
function line(one: Planned): string {
  if (one.what === 'paused') return 'paused';
  if (one.what === 'skipped') return `${one.date} skipped: ${one.skip.why === 'holiday' ? one.skip.name : 'weekday'}`;
  const asked = one.asked.map(
    ({ opensAt, people }) => `${opensAt.toString({ smallestUnit: 'minute' })} ${people.map(({ id }) => id).join('+')}`,
  );
  const not = one.notAsked.map((each) => `${each.person.id} ${each.why === 'elsewhere' ? each.in.team.id : each.why}`);
  return [one.date, ...asked, ...(not.length > 0 ? ['not', ...not] : [])].join(' ');
}
const lines = (meetings: readonly PreviewMeeting[], days = 3) => previewOf(meetings, monday, days).map(line);

describe('the preview', () => {
  test.each<[string, PreviewMeeting, string[]]>([
    [
      'has windows that are open now, and those that begin within the days',
      previewed(),
      [
        '2026-11-23 2026-11-23T07:45Z anna',
        '2026-11-24 2026-11-24T07:45Z anna',
        '2026-11-25 2026-11-25T07:45Z anna',
      ].concat('2026-11-26 2026-11-26T07:45Z anna'),
    ],
    [
      'has each clock for itself, and nobody whose window is over',
      previewed({ people: [person('anna'), person('ben', { timeZone: 'Asia/Shanghai' })] }),
      [
        '2026-11-23 2026-11-23T07:45Z anna',
        '2026-11-24 2026-11-24T00:45Z ben 2026-11-24T07:45Z anna',
        '2026-11-25 2026-11-25T00:45Z ben 2026-11-25T07:45Z anna',
        '2026-11-26 2026-11-26T00:45Z ben 2026-11-26T07:45Z anna',
      ],
    ],
    [
      'asks nobody again who has planned ahead; whose window is open was asked in it',
      previewed({
        people: [
          person('anna', { prompted: new Set(['morning 2026-11-23', 'morning 2026-11-25', 'evening 2026-11-24']) }),
        ],
      }),
      [
        '2026-11-23 2026-11-23T07:45Z anna',
        '2026-11-24 2026-11-24T07:45Z anna',
        '2026-11-25 not anna already',
        '2026-11-26 2026-11-26T07:45Z anna',
      ],
    ],
    [
      'has everybody at once on the team’s clock',
      previewed({
        meeting: { clock: 'team', rule: 'FREQ=WEEKLY;BYDAY=TU' },
        people: [person('anna'), person('ben', { timeZone: 'Asia/Shanghai' })],
      }),
      ['2026-11-24 2026-11-24T07:45Z anna+ben'],
    ],
    [
      'says which holiday it is, and nothing of a weekend that nobody meant',
      previewed({ calendar: withDays({ '2026-11-24': { works: false, name: 'Day of Prayer' } }) }),
      [
        '2026-11-23 2026-11-23T07:45Z anna',
        '2026-11-24 skipped: Day of Prayer',
        '2026-11-25 2026-11-25T07:45Z anna',
        '2026-11-26 2026-11-26T07:45Z anna',
      ],
    ],
    [
      'says of a day that was chosen that the team does not work on it',
      previewed({ meeting: { rule: 'FREQ=WEEKLY;BYDAY=TU' }, calendar: { weekdays: [1, 3], days: new Map() } }),
      ['2026-11-24 skipped: weekday'],
    ],
    [
      'says who is away, who only reads, and gives half of the day to whoever is there for it',
      previewed({
        meeting: { rule: 'FREQ=WEEKLY;BYDAY=TU' },
        people: [
          person('anna', { absences: [away('2026-11-24', '2026-11-24', 'morning')] }),
          person('ben', { absences: [away('2026-11-20', '2026-11-30')] }),
          person('dora', { reads: true }),
        ],
      }),
      ['2026-11-24 2026-11-24T09:15Z anna not ben away dora reads'],
    ],
    [
      'is there when nobody can be asked',
      previewed({ meeting: { rule: 'FREQ=WEEKLY;BYDAY=TU' }, people: [] }),
      ['2026-11-24'],
    ],
    [
      'has the evening before, while it is open over midnight',
      previewed({
        meeting: { rule: 'FREQ=WEEKLY;BYDAY=SU', startsAt: Temporal.PlainTime.from('22:00'), windowMinutes: 900 },
        calendar: { weekdays: [7], days: new Map() },
      }),
      ['2026-11-22 2026-11-22T21:00Z anna'],
    ],
    ['says once that it is paused', previewed({ meeting: { pausedAt: monday } }), ['paused']],
    ['says nothing of what is put away', previewed({ meeting: { archivedAt: monday } }), []],
    [
      'says nothing of the days before the first',
      previewed({ meeting: { startsOn: day('2026-11-26') } }),
      ['2026-11-26 2026-11-26T07:45Z anna'],
    ],
  ])('%s', (_, meeting, said) => expect(lines([meeting])).toEqual(said));

  test('asks people in several teams once for each kind and day, where it opens first', () => {
    const late = previewed({ meeting: { rule: 'FREQ=WEEKLY;BYDAY=TU' } });
    const early = previewed({
      team: { id: 'south', name: 'South', timeZone: 'Europe/Berlin' },
      meeting: {
        id: 'south-morning',
        teamId: 'south',
        rule: 'FREQ=WEEKLY;BYDAY=TU',
        startsAt: Temporal.PlainTime.from('08:00'),
      },
    });
    const own = previewed({ meeting: { id: 'own', kind: 'own', rule: 'FREQ=WEEKLY;BYDAY=TU' } });
    expect(lines([late, early, own])).toEqual([
      '2026-11-24 2026-11-24T07:00Z anna',
      '2026-11-24 not anna south',
      '2026-11-24 2026-11-24T07:45Z anna',
    ]);
    const paused = { ...early, meeting: { ...early.meeting, pausedAt: monday } };
    expect(lines([late, paused])).toEqual(['2026-11-24 2026-11-24T07:45Z anna', 'paused']);
  });
});

const zones = ['Europe/Berlin', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'];
const date = fc.integer({ min: 0, max: 400 }).map((days) => day('2026-11-01').add({ days }));
const absence = fc
  .record({ from: date, length: fc.nat(20), half: fc.constantFrom<Absence['half'][]>(null, 'morning', 'afternoon') })
  .map(({ from, length, half }) => away(from.toString(), from.add({ days: length }).toString(), half));
const anybody = fc.record({
  timeZone: fc.constantFrom(...zones),
  absences: fc.array(absence, { maxLength: 2 }),
  reads: fc.boolean(),
});
const rules = [
  workdays,
  'FREQ=DAILY',
  'FREQ=WEEKLY;BYDAY=MO,SA',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
  'FREQ=MONTHLY;BYMONTHDAY=1',
];
const anyMeeting = fc
  .record({
    rule: fc.constantFrom(...rules),
    startsAt: fc.integer({ min: 0, max: 1439 }).map((at) => new Temporal.PlainTime().add({ minutes: at })),
    clock: fc.constantFrom<Meeting['clock'][]>('person', 'team'),
    windowMinutes: fc.integer({ min: 10, max: 4320 }),
    startsOn: date,
    timeZone: fc.constantFrom(...zones),
    people: fc.array(anybody, { maxLength: 4 }),
    off: fc.array(date, { maxLength: 5 }),
    extra: fc.array(date, { maxLength: 5 }),
  })
  .map(({ timeZone, people, off, extra, ...meeting }) =>
    previewed({
      meeting,
      team: { id: 'north', name: 'North', timeZone },
      people: people.map((one, place) => person(`p${place}`, one)),
      calendar: withDays({
        ...Object.fromEntries(off.map((each) => [each.toString(), { works: false, name: 'Holiday' }])),
        ...Object.fromEntries(extra.map((each) => [each.toString(), { works: true, name: null }])),
      }),
    }),
  );
const anyTime = fc.integer({ min: 0, max: 380 * 24 * 60 }).map((minutes) => monday.add({ minutes }));

describe('whatever a team has set', () => {
  test('no day is listed twice, none outside of the rule, nobody twice on it, and nobody who is away', () => {
    fc.assert(
      fc.property(anyMeeting, anyTime, fc.integer({ min: 1, max: 21 }), (of, from, days) => {
        const planned = previewOf([of], from, days);
        const dates = planned.map((one) => ('date' in one ? one.date.toString() : ''));
        expect(new Set(dates).size).toBe(dates.length);
        for (const one of planned) {
          if (one.what === 'paused') throw new Error('nothing is paused');
          expect(meetsOn(of.meeting, one.date, of.calendar)).toBe(one.what === 'asks');
          if (one.what === 'skipped') continue;
          const asked = one.asked.flatMap(({ people }) => people.map(({ id }) => id));
          const named = [...asked, ...one.notAsked.map((each) => each.person.id)];
          expect(new Set(named).size).toBe(named.length);
          expect(one.asked.flatMap(({ people }) => people).some(({ reads }) => reads)).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('who is asked first by the preview is who the planner asks then', () => {
    fc.assert(
      fc.property(anyMeeting, anyTime, (of, from) => {
        const [first] = previewOf([of], from, 7).flatMap((one) =>
          one.what === 'asks' ? one.asked.map((group) => ({ ...group, date: one.date })) : [],
        );
        if (first === undefined) return;
        const participants = of.people.filter(({ reads }) => !reads);
        const { meeting, team, calendar } = of;
        const at = Temporal.Instant.compare(first.opensAt, from) > 0 ? first.opensAt : from;
        const looked = { meeting, timeZone: team.timeZone, calendar, participants, plannedFor: at, movedId: null };
        const opened = openingsAt(looked, at).filter(({ date, missed }) => date.equals(first.date) && !missed);
        for (const { id } of first.people) expect(opened.map(({ personId }) => personId)).toContain(id);
      }),
      { numRuns: 150 },
    );
  });

  test('the next five are days on which it meets, in order, and what is skipped is a day on which it does not', () => {
    fc.assert(
      fc.property(anyMeeting, anyTime, (of, from) => {
        const days = upcoming(of, from, 5);
        const dates = days.map((each) => each.date.toString());
        expect(dates).toEqual([...new Set(dates)].sort());
        for (const { date, skip, beginnings } of days) {
          expect(meetsOn(of.meeting, date, of.calendar)).toBe(skip === null);
          for (const { opensAt, timeZone } of beginnings) {
            const zone = of.meeting.clock === 'team' ? of.team.timeZone : timeZone;
            expect(opensAt.equals(windowOn(of.meeting, date, zone).opensAt)).toBe(true);
          }
        }
        expect(days.filter(({ skip }) => skip === null).length).toBeLessThanOrEqual(5);
        expect(days.filter(({ skip }) => skip !== null).length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 100 },
    );
  });
});
