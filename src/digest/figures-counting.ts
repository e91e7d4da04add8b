import { Temporal } from 'temporal-polyfill';
import { type AccountClass, visitInterval } from '../accounts/index.ts';
import { type Absence, awayOn, type Workdays, works } from '../calendar/index.ts';
import type { AwayDays, CountedPeriod } from './figures-sql.ts';
import { countedBefore, countedUntil, daysBetween, type Period } from './period.ts';

/** A member of the team, as far as figures need to know. */
export interface Counted {
  id: string;
  name: string;
  /** When they left the company; what they did before still counts. */
  leftAt: Temporal.Instant | null;
}

/** Where and when it is counted. */
export interface Setting {
  timeZone: string;
  workdays: Workdays;
  asOf: Temporal.Instant;
}

const startOf = (day: Temporal.PlainDate, timeZone: string) => day.toZonedDateTime(timeZone).toInstant();

/**
 * The period and so many before it, each as far as it has passed. What is open is counted at the present moment, and for
 * the earlier ones at the same moment of theirs; at the end of each when the period is over. Null: it has not begun.
 */
export function countedPeriods(period: Period, count: number, setting: Setting): CountedPeriod[] | null {
  const { timeZone, workdays, asOf } = setting;
  const now = asOf.toZonedDateTimeISO(timeZone).toPlainDateTime();
  const until = countedUntil(period, now.toPlainDate(), workdays);
  if (until === null) return null;
  const over = Temporal.PlainDate.compare(now.toPlainDate(), period.to) > 0;
  return Array.from({ length: count }, (_, k) => {
    const span = countedBefore(period, until, k);
    const end = startOf(countedBefore(period, period.to, k).until.add({ days: 1 }), timeZone);
    const back = period.kind === 'week' ? { weeks: k } : { months: period.kind === 'month' ? k : 3 * k };
    const same = k === 0 ? asOf : now.subtract(back).toZonedDateTime(timeZone).toInstant();
    const at = over || Temporal.Instant.compare(same, end) > 0 ? end : same;
    const day = at.toZonedDateTimeISO(timeZone).toPlainDate();
    return { k, ...span, begins: startOf(span.from, timeZone), at, day, known: over ? asOf : at };
  });
}

type Away = ReadonlyMap<string, readonly Absence[]>;

/** Whole days of absence, as the statements take them. */
export const awayDays = (absences: Away): AwayDays[] =>
  [...absences.values()].flat().filter(({ half }) => half === null);

/** Who was away on every working day of a period; a period without working days has nobody. */
export function awayThroughout(
  absences: Away,
  periods: readonly Pick<CountedPeriod, 'k' | 'from' | 'until'>[],
  workdays: Workdays,
): { personId: string; k: number }[] {
  return periods.flatMap(({ k, from, until }) => {
    const days = daysBetween(from, until).filter((day) => works(workdays, day));
    if (days.length === 0) return [];
    return [...absences]
      .filter(([, those]) => days.every((day) => awayOn(those, day) === 'whole'))
      .map(([personId]) => ({ personId, k }));
  });
}

/** Working days of a person in a period, halves of days off and the time after they left taken off. */
function workedDays(
  person: Counted | null,
  { from, until }: Pick<CountedPeriod, 'from' | 'until'>,
  { workdays, timeZone }: Setting,
  absences: Away,
): number {
  const mine = person === null ? [] : (absences.get(person.id) ?? []);
  const gone = person?.leftAt?.toZonedDateTimeISO(timeZone).toPlainDate();
  let days = 0;
  for (const day of daysBetween(from, until)) {
    if (!works(workdays, day) || (gone && Temporal.PlainDate.compare(day, gone) > 0)) continue;
    const away = awayOn(mine, day);
    days += away === 'no' ? 1 : away === 'whole' ? 0 : 0.5;
  }
  return days;
}

/** Customers of one class and one owner. */
export interface Owned {
  class: AccountClass;
  ownerId: string | null;
  customers: number;
}

/**
 * How many visits the classes' intervals ask for in a period: each customer once in its interval, less by the days on
 * which its owner does not work. Customers whose owner is not counted here ask nothing; those without one ask the team.
 */
export function askedVisits(
  owned: readonly Owned[],
  people: readonly Counted[],
  period: Pick<CountedPeriod, 'from' | 'until'>,
  setting: Setting,
  absences: Away,
): Map<AccountClass, number> {
  const perWeek = setting.workdays.weekdays.length;
  const byId = new Map(people.map((person) => [person.id, person]));
  const weeks = new Map<string | null, number>();
  const weeksOf = (ownerId: string | null): number => {
    const known = weeks.get(ownerId);
    if (known !== undefined) return known;
    const person = ownerId === null ? null : byId.get(ownerId);
    const days = person === undefined || perWeek === 0 ? 0 : workedDays(person, period, setting, absences) / perWeek;
    weeks.set(ownerId, days);
    return days;
  };
  const asked = new Map<AccountClass, number>();
  for (const { class: of, ownerId, customers } of owned)
    asked.set(of, (asked.get(of) ?? 0) + (customers * weeksOf(ownerId) * 7) / visitInterval[of]);
  return new Map([...asked].map(([of, visits]) => [of, Math.round(visits)]));
}

/** Days off that their weekday says would be worked. */
export const holidaysIn = ({ from, until }: Pick<CountedPeriod, 'from' | 'until'>, workdays: Workdays): string[] =>
  daysBetween(from, until)
    .filter((day) => workdays.weekdays.includes(day.dayOfWeek) && !works(workdays, day))
    .map((day) => day.toString());
