import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type Absence, awayOn } from './absence.ts';
import { afterImport, type CalendarDay, type KeptDay, sources, specialDays, workdaysFrom } from './team-calendar.ts';
import { plainWeek, workdayAfter, workdayBefore, works } from './workdays.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const first = day('2026-01-01');
const days = fc.integer({ min: 0, max: 400 }).map((count) => first.add({ days: count }));
const calendarDay = fc.record({
  date: days.map(String),
  works: fc.boolean(),
  name: fc.constantFrom(null, 'Feast', '国庆节'),
});
/** A day of each source at most, as the table's key has it. */
const kept = fc.uniqueArray(
  fc.tuple(calendarDay, fc.constantFrom(...sources)).map(([one, source]): KeptDay => ({ ...one, source })),
  { selector: ({ date, source }) => `${date} ${source}` },
);
const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });

describe('working days', () => {
  test('what people entered wins over a file, a file over the country, all over the weekday', () => {
    fc.assert(
      fc.property(kept, weekdays, days, (all, worked, on) => {
        const calendar = workdaysFrom({ weekdays: worked }, all);
        const told = sources
          .toReversed()
          .map((source) => all.find((one) => one.date === on.toString() && one.source === source));
        const expected = told.find((one) => one !== undefined)?.works ?? worked.includes(on.dayOfWeek);
        expect(works(calendar, on)).toBe(expected);
      }),
    );
  });

  test('the next and the last one are worked, and none lies between', () => {
    fc.assert(
      fc.property(kept, weekdays, days, (all, worked, on) => {
        const calendar = workdaysFrom({ weekdays: worked }, all);
        const next = workdayAfter(calendar, on);
        if (next === null) throw new Error('a week has a working day');
        expect(works(calendar, next)).toBe(true);
        for (let between = on.add({ days: 1 }); !between.equals(next); between = between.add({ days: 1 }))
          expect(works(calendar, between)).toBe(false);
        const last = workdayBefore(calendar, next);
        expect(last && Temporal.PlainDate.compare(last, on)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('a team that never works has none', () => {
    expect(workdayAfter({ ...plainWeek, weekdays: [] }, first)).toBeNull();
  });
});

test('special days are one for each date, by date', () => {
  fc.assert(
    fc.property(kept, (all) => {
      const dates = specialDays(all).map(({ date }) => date);
      expect(dates).toEqual([...new Set(all.map(({ date }) => date))].sort());
    }),
  );
});

test('a file replaces what lies between its first and its last day, and nothing else', () => {
  const unique = fc.uniqueArray(calendarDay, { selector: ({ date }) => date });
  fc.assert(
    fc.property(unique, fc.uniqueArray(calendarDay, { selector: ({ date }) => date, minLength: 1 }), (before, file) => {
      const after = afterImport(before, file);
      const dates = file.map(({ date }) => date).sort();
      const isInside = ({ date }: CalendarDay) => date >= (dates[0] ?? '') && date <= (dates.at(-1) ?? '');
      expect(new Set(after.filter(isInside))).toEqual(new Set(file));
      expect(new Set(after.filter((one) => !isInside(one)))).toEqual(new Set(before.filter((one) => !isInside(one))));
      expect(afterImport(after, file)).toEqual(after);
    }),
  );
});

describe('away on a day', () => {
  const absence = fc
    .tuple(days, fc.integer({ min: 0, max: 30 }), fc.constantFrom('morning', 'afternoon', null))
    .map(([from, many, half]): Pick<Absence, 'from' | 'to' | 'half'> => ({ from, to: from.add({ days: many }), half }));

  test('is what any absence says, and two halves are the whole, in any order', () => {
    fc.assert(
      fc.property(fc.array(absence, { maxLength: 6 }), days, (absences, on) => {
        const there = absences.filter(
          ({ from, to }) => from.toString() <= on.toString() && on.toString() <= to.toString(),
        );
        const has = (half: Absence['half']) => there.some((one) => one.half === half);
        const whole = has(null) || (has('morning') && has('afternoon'));
        const expected = whole ? 'whole' : has('morning') ? 'morning' : has('afternoon') ? 'afternoon' : 'no';
        expect(awayOn(absences, on)).toBe(expected);
        expect(awayOn(absences.toReversed(), on)).toBe(expected);
      }),
    );
  });
});
