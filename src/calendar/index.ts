export type { Absence, Away } from './absence.ts';
export { awayOn } from './absence.ts';
export { plainWeek, type Workdays, workdayAfter, workdayBefore, works } from './workdays.ts';
