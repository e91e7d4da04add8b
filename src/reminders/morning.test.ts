import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { PersonDays } from '../calendar/index.ts';
import { remindAt, reminderAt } from './morning.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const instant = (text: string) => Temporal.Instant.from(text);

const plain: PersonDays = { teams: [], absences: [] };
const longBefore = instant('2000-01-01T00:00:00Z');

describe('when somebody is reminded', () => {
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
  ])('due %s in %s: %s', (dueOn, timeZone, at) => {
    expect(reminderAt(day(dueOn), { timeZone, days: plain }, longBefore).toString()).toBe(at);
  });

  test.each([
    ['on the day, before the moment', '2026-11-27T06:00:00Z', '2026-11-27T07:30:00Z'],
    ['on the day, after it: at once', '2026-11-27T12:00:00Z', '2026-11-27T07:30:00Z'],
    ['late, early in the morning: at its 08:30', '2026-12-01T02:00:00Z', '2026-12-01T07:30:00Z'],
    ['late, on a Saturday: on Monday', '2026-12-05T12:00:00Z', '2026-12-07T07:30:00Z'],
  ])('due on Friday 27 November, looked at %s', (_, now, at) => {
    const reader = { timeZone: 'Europe/Berlin', days: plain };
    expect(reminderAt(day('2026-11-27'), reader, instant(now)).toString()).toBe(at);
  });

  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const days = fc.integer({ min: 0, max: 20 * 365 }).map((count) => day('2020-01-01').add({ days: count }));
  test('on any day of twenty years, anywhere: 08:30 of a working day, not before the due day, at most two days after', () => {
    fc.assert(
      fc.property(days, zones, (dueOn, timeZone) => {
        const local = reminderAt(dueOn, { timeZone, days: plain }, longBefore).toZonedDateTimeISO(timeZone);
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
        const at = reminderAt(dueOn, { timeZone: zone, days: plain }, longBefore);
        expect(earliest && Temporal.Instant.compare(earliest, at)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test.each([
    ['2026-11-23', '2026-11-23T07:00:00Z', '2026-11-23T07:30:00Z'],
    ['2026-11-23', '2026-11-23T07:30:00Z', null],
    ['2026-11-20', '2026-11-23T07:00:00Z', null],
    [null, '2026-11-23T07:00:00Z', null],
    // Kept for the day itself: that Saturday may be worked when it comes.
    ['2026-11-28', '2026-11-23T07:00:00Z', '2026-11-28T07:30:00Z'],
    ['2026-11-28', '2026-11-28T12:00:00Z', '2026-11-30T07:30:00Z'],
  ])('due %s, chosen at %s: %s', (dueOn, now, at) => {
    const kept = remindAt(dueOn === null ? null : day(dueOn), 'Europe/Berlin', instant(now));
    expect(kept?.toString() ?? null).toBe(at);
  });
});
