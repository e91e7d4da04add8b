/** A figure, as far as it can be compared with itself later. */
export interface Measured {
  name: string;
  value: number | null;
  of: number | null;
}

/**
 * One number of a figure, to be compared with itself later: the share where it is of so many (0 to 1), the score, else the
 * number itself. Null: it cannot be said, or nothing was asked.
 */
export function measureOf({ name, value, of }: Measured): number | null {
  if (value === null || of === null || name === 'score' || name === 'overdue') return value;
  return of === 0 ? null : value / of;
}
