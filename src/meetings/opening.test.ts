import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { plainWeek } from '../calendar/index.ts';
import { defaults, type Meeting } from './meeting.ts';
import { type LookedAt, nextLook, openingsAt, type Participant } from './opening.ts';
import { windowOn } from './times.ts';

const instant = (text: string) => Temporal.Instant.from(text);
const day = (text: string) => Temporal.PlainDate.from(text);
const { compare } = Temporal.PlainDate;

const meeting = (given: Partial<Meeting> = {}): Meeting => ({
  organizationId: 'o',
  id: 'm',
  teamId: 't',
  kind: 'morning',
  name: null,
  startsOn: day('2000-01-01'),
  rule: defaults.morning.rule,
  startsAt: Temporal.PlainTime.from('08:45'),
  clock: 'person',
  windowMinutes: 180,
  remindAfter: 60,
  channel: null,
  namesSilent: false,
  questionsVersion: 1,
  version: 1,
  pausedAt: null,
  archivedAt: null,
  ...given,
});
const person = (id: string, timeZone: string, absences: Participant['absences'] = []): Participant => ({
  id,
  timeZone,
  absences,
});
const lookedAt = (given: Partial<LookedAt> & { plannedFor?: Temporal.Instant } = {}): LookedAt => ({
  meeting: meeting(),
  timeZone: 'Europe/Berlin',
  calendar: plainWeek,
  participants: [person('anna', 'Europe/Berlin')],
  plannedFor: instant('2026-11-24T07:45Z'),
  movedId: null,
  ...given,
});
const said = (of: LookedAt, now: string) =>
  openingsAt(of, instant(now)).map(({ personId, date, missed }) => `${personId} ${date}${missed ? ' missed' : ''}`);

describe('openingsAt', () => {
  it.each<[string, LookedAt, string, string[]]>([
    ['a minute before', lookedAt(), '2026-11-24T07:44Z', []],
    ['at its time', lookedAt(), '2026-11-24T07:45Z', ['anna 2026-11-24']],
    ['late, while the window is open', lookedAt(), '2026-11-24T10:44Z', ['anna 2026-11-24']],
    ['after an outage that was longer than the window', lookedAt(), '2026-11-24T10:45Z', ['anna 2026-11-24 missed']],
    [
      'after the window, when it was looked at in between',
      lookedAt({ plannedFor: instant('2026-11-24T09:00Z') }),
      '2026-11-24T12:00Z',
      [],
    ],
    [
      'after an outage of three days, the weekend among them',
      lookedAt({ plannedFor: instant('2026-11-20T07:45Z') }),
      '2026-11-23T08:00Z',
      ['anna 2026-11-20 missed', 'anna 2026-11-23'],
    ],
    ['on a Sunday', lookedAt(), '2026-11-22T08:00Z', []],
    [
      'each on their own clock',
      lookedAt({ participants: [person('anna', 'Europe/Berlin'), person('chen', 'Asia/Shanghai')] }),
      '2026-11-24T01:00Z',
      ['chen 2026-11-24'],
    ],
    [
      'everybody on the team’s clock',
      lookedAt({
        meeting: meeting({ clock: 'team' }),
        participants: [person('anna', 'Europe/Berlin'), person('chen', 'Asia/Shanghai')],
      }),
      '2026-11-24T08:00Z',
      ['anna 2026-11-24', 'chen 2026-11-24'],
    ],
    [
      'on arrival, who has travelled over their window',
      lookedAt({
        participants: [person('anna', 'Asia/Shanghai')],
        plannedFor: instant('2026-11-24T06:30Z'),
        movedId: 'anna',
      }),
      '2026-11-24T06:30Z',
      ['anna 2026-11-24'],
    ],
    [
      'not on arrival, for whom that day is over',
      lookedAt({
        participants: [person('anna', 'Asia/Shanghai')],
        plannedFor: instant('2026-11-24T16:30Z'),
        movedId: 'anna',
      }),
      '2026-11-24T16:30Z',
      [],
    ],
    [
      'over midnight, for the day before',
      lookedAt({ meeting: meeting({ startsAt: Temporal.PlainTime.from('22:00'), windowMinutes: 600 }) }),
      '2026-11-25T06:00Z',
      ['anna 2026-11-24'],
    ],
    [
      'over a weekend, Friday evening for Monday',
      lookedAt({ meeting: meeting({ startsAt: Temporal.PlainTime.from('17:45'), windowMinutes: 64 * 60 }) }),
      '2026-11-23T07:00Z',
      ['anna 2026-11-20'],
    ],
    [
      'not those who are away',
      lookedAt({
        participants: [
          person('anna', 'Europe/Berlin', [
            { id: 'a', personId: 'anna', from: day('2026-11-24'), to: day('2026-11-30'), half: null, reason: null },
          ]),
        ],
      }),
      '2026-11-24T08:00Z',
      [],
    ],
    [
      'half a day, from the middle of the window',
      lookedAt({
        participants: [
          person('anna', 'Europe/Berlin', [
            {
              id: 'a',
              personId: 'anna',
              from: day('2026-11-24'),
              to: day('2026-11-24'),
              half: 'morning',
              reason: null,
            },
          ]),
        ],
      }),
      '2026-11-24T09:14Z',
      [],
    ],
    [
      'on a make-up Saturday',
      lookedAt({
        calendar: { weekdays: [1, 2, 3, 4, 5], days: new Map([['2026-11-28', { works: true, name: null }]]) },
        plannedFor: instant('2026-11-28T07:45Z'),
      }),
      '2026-11-28T08:00Z',
      ['anna 2026-11-28'],
    ],
    [
      'not on a holiday',
      lookedAt({
        calendar: { weekdays: [1, 2, 3, 4, 5], days: new Map([['2026-11-24', { works: false, name: 'H' }]]) },
      }),
      '2026-11-24T08:00Z',
      [],
    ],
  ])('%s', (_, of, now, expected) => {
    expect(said(of, now)).toEqual(expected);
  });
});

describe('nextLook', () => {
  it.each<[string, LookedAt, string, string]>([
    ['the same day', lookedAt(), '2026-11-24T06:00Z', '2026-11-24T07:45:00Z'],
    ['the next working day', lookedAt(), '2026-11-27T08:00Z', '2026-11-30T07:45:00Z'],
    [
      'the next zone',
      lookedAt({ participants: [person('anna', 'Europe/Berlin'), person('chen', 'Asia/Shanghai')] }),
      '2026-11-24T07:45Z',
      '2026-11-25T00:45:00Z',
    ],
    ['nobody to ask', lookedAt({ participants: [] }), '2026-11-24T07:45Z', '2026-12-01T07:45:00Z'],
    ['over the change of clocks', lookedAt(), '2026-03-27T08:00Z', '2026-03-30T06:45:00Z'],
  ])('%s', (_, of, now, expected) => {
    expect(nextLook(of, instant(now)).toString()).toBe(expected);
  });
});

const zones = Intl.supportedValuesOf('timeZone');

/** Looks at a meeting as the planner does, whenever it says, and counts who was asked for which day. */
function lived(of: LookedAt, from: Temporal.Instant, looks: number): Map<string, number> {
  const asked = new Map<string, number>();
  let { plannedFor } = of;
  let now = from;
  for (let look = 0; look < looks; look += 1) {
    for (const { personId, date, missed } of openingsAt({ ...of, plannedFor }, now)) {
      const key = `${personId} ${date}`;
      if (!missed && !asked.has(key)) asked.set(key, 1);
    }
    plannedFor = nextLook(of, now);
    now = plannedFor;
  }
  return asked;
}

describe('over 20 years, everywhere', () => {
  const start = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2039, 11, 20) });
  const time = fc.integer({ min: 0, max: 24 * 60 - 1 });

  it('every working day is asked for, and none but those', () => {
    const about = fc.record({
      start,
      time,
      zone: fc.constantFrom(...zones),
      other: fc.constantFrom(...zones),
      clock: fc.constantFrom('person', 'team'),
      windowMinutes: fc.integer({ min: 15, max: 4 * 24 * 60 }),
    });
    fc.assert(
      fc.property(about, ({ start, time, zone, other, clock, windowMinutes }) => {
        const from = Temporal.Instant.fromEpochMilliseconds(start);
        const startsAt = Temporal.PlainTime.from({ hour: Math.floor(time / 60), minute: time % 60 });
        const of = lookedAt({
          meeting: meeting({ startsAt, windowMinutes, clock: clock === 'team' ? 'team' : 'person' }),
          timeZone: other,
          participants: [person('one', zone)],
          plannedFor: from,
        });
        const asked = [...lived(of, from, 12).keys()].map((key) => key.split(' ')[1] ?? '').toSorted();
        const [first, last] = [asked[0], asked.at(-1)];
        if (first === undefined || last === undefined) throw new Error('nobody was asked');
        const expected: string[] = [];
        for (let at = day(first); compare(at, day(last)) <= 0; at = at.add({ days: 1 }))
          if (at.dayOfWeek <= 5) expected.push(at.toString());
        expect(asked).toEqual(expected);
        expect(asked.length).toBeGreaterThanOrEqual(11);
      }),
      { numRuns: 150 },
    );
  });

  it('who moves in the middle of a day is asked once for it, wherever they go', () => {
    const about = fc.record({
      start,
      minutes: fc.integer({ min: 0, max: 3 * 24 * 60 }),
      from: fc.constantFrom(...zones),
      to: fc.constantFrom(...zones),
      windowMinutes: fc.integer({ min: 30, max: 8 * 60 }),
    });
    fc.assert(
      fc.property(about, ({ start, minutes, from, to, windowMinutes }) => {
        const begun = Temporal.Instant.fromEpochMilliseconds(start);
        const movedAt = begun.add({ minutes });
        const asked: string[] = [];
        const look = (zone: string, plannedFor: Temporal.Instant, now: Temporal.Instant, movedId: string | null) => {
          const of = lookedAt({
            meeting: meeting({ windowMinutes }),
            plannedFor,
            movedId,
            participants: [person('one', zone)],
          });
          for (const { date, missed } of openingsAt(of, now))
            if (!missed && !asked.includes(date.toString())) asked.push(date.toString());
          return nextLook(of, now);
        };
        let next = look(from, begun, begun, null);
        while (Temporal.Instant.compare(next, movedAt) < 0) next = look(from, next, next, null);
        next = look(to, movedAt, movedAt, 'one');
        for (let looks = 0; looks < 6; looks += 1) next = look(to, next, next, null);
        // Whoever goes back over the date line has a day again; it is asked for if it was not before.
        const days = asked.toSorted().map(day);
        for (const [index, date] of days.entries()) {
          const before = days[index - 1];
          if (before === undefined) continue;
          const between = Array.from({ length: before.until(date).days - 1 }, (_, days) =>
            before.add({ days: days + 1 }),
          );
          // On the other side of the date line a day can be over that had not begun to be asked for here.
          const over = (date: Temporal.PlainDate) =>
            compare(date, movedAt.toZonedDateTimeISO(to).toPlainDate()) < 0 &&
            Temporal.Instant.compare(windowOn(meeting(), date, from).opensAt, movedAt) > 0;
          const skipped = between.filter((date) => date.dayOfWeek <= 5 && !over(date));
          expect(skipped.map(String)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
