import { Temporal } from 'temporal-polyfill';

export type AbsenceHalf = 'morning' | 'afternoon';

/** Days on which a person does not work; both ends are included. */
export interface Absence {
  id: string;
  personId: string;
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
  /** Only this half of each day; null: the whole of it. */
  half: AbsenceHalf | null;
  reason: string | null;
}

/** How much of a day a person is away. Two different halves are the whole. */
export type Away = 'no' | AbsenceHalf | 'whole';

export function awayOn(absences: readonly Pick<Absence, 'from' | 'to' | 'half'>[], day: Temporal.PlainDate): Away {
  if (absences.length === 0) return 'no';
  const { compare } = Temporal.PlainDate;
  const halves = new Set(
    absences.filter(({ from, to }) => compare(from, day) <= 0 && compare(day, to) <= 0).map(({ half }) => half),
  );
  if (halves.has(null) || halves.size === 2) return 'whole';
  return [...halves][0] ?? 'no';
}
