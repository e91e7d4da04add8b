import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dayOfChoice, remindAt, reminderAt, workingDay } from './action.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const instant = (text: string) => Temporal.Instant.from(text);

describe('when the owner is reminded', () => {
  test.each([
    ['2026-11-27', 'Europe/Berlin', '2026-11-27T07:30:00Z'],
    ['2026-11-27', 'Asia/Shanghai', '2026-11-27T00:30:00Z'],
    ['2026-11-28', 'Europe/Berlin', '2026-11-30T07:30:00Z'],
    ['2026-11-29', 'Asia/Shanghai', '2026-11-30T00:30:00Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-30T06:30:00Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-26T07:30:00Z'],
    ['2026-12-31', 'Asia/Kathmandu', '2026-12-31T02:45:00Z'],
    // Samoa left out Friday 30 December 2011: its 08:30 came a day later.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T18:30:00Z'],
  ])('due %s in %s: %s', (dueOn, zone, at) => {
    expect(reminderAt(day(dueOn), zone).toString()).toBe(at);
  });

  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const days = fc.integer({ min: 0, max: 20 * 365 }).map((count) => day('2020-01-01').add({ days: count }));
  test('on any day of twenty years, anywhere: 08:30 of a working day, not before the due day, at most two days after', () => {
    fc.assert(
      fc.property(days, zones, (dueOn, zone) => {
        const local = reminderAt(dueOn, zone).toZonedDateTimeISO(zone);
        expect(local.toPlainTime().toString()).toBe('08:30:00');
        expect(local.dayOfWeek).toBeLessThanOrEqual(5);
        const later = dueOn.until(local.toPlainDate()).days;
        expect(later).toBe(dueOn.dayOfWeek === 6 ? 2 : dueOn.dayOfWeek === 7 ? 1 : 0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('without a zone it is kept for the earliest moment anywhere', () => {
    const now = instant('2026-11-23T09:00:00Z');
    fc.assert(
      fc.property(days, zones, (dueOn, zone) => {
        const earliest = remindAt(dueOn, null, now);
        expect(earliest && Temporal.Instant.compare(earliest, reminderAt(dueOn, zone))).toBeLessThanOrEqual(0);
      }),
    );
  });

  test.each([
    ['2026-11-23', '2026-11-23T07:00:00Z', '2026-11-23T07:30:00Z'],
    ['2026-11-23', '2026-11-23T07:30:00Z', null],
    ['2026-11-20', '2026-11-23T07:00:00Z', null],
    [null, '2026-11-23T07:00:00Z', null],
  ])('due %s, chosen at %s: %s', (dueOn, now, at) => {
    const kept = remindAt(dueOn === null ? null : day(dueOn), 'Europe/Berlin', instant(now));
    expect(kept?.toString() ?? null).toBe(at);
  });
});

test.each([
  ['2026-11-27', '2026-11-27'],
  ['2026-11-28', '2026-11-30'],
  ['2026-11-29', '2026-11-30'],
  ['2026-11-30', '2026-11-30'],
])('the working day of %s is %s', (from, to) => {
  expect(workingDay(day(from)).toString()).toBe(to);
});

test.each([
  ['tomorrow', '2026-11-23', '2026-11-24'],
  ['tomorrow', '2026-11-27', '2026-11-30'],
  ['nextMonday', '2026-11-23', '2026-11-30'],
  ['nextMonday', '2026-11-29', '2026-11-30'],
  ['inAWeek', '2026-12-28', '2027-01-04'],
] as const)('%s, on %s: %s', (choice, today, to) => {
  expect(dayOfChoice(choice, day(today)).toString()).toBe(to);
});
