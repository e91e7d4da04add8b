import { Temporal } from 'temporal-polyfill';
import { type PreviewMeeting, type Skip, skipOn, takesPlace } from './preview.ts';
import { type Window, windowOn } from './times.ts';

/** When a meeting begins somewhere: on the clock there, and on the team's. */
export interface Beginning extends Window {
  timeZone: string;
  there: Temporal.PlainDateTime;
  inTeam: Temporal.PlainDateTime;
}

/** A day on which a meeting takes place, or would if it were not for `skip`. */
export interface Upcoming {
  date: Temporal.PlainDate;
  skip: Skip | null;
  beginnings: readonly Beginning[];
}

const farthest = 370;

/**
 * The next `count` days of a meeting that are not over, within a year, and between them the days that are skipped, at
 * most as many.
 */
export function upcoming(of: PreviewMeeting, from: Temporal.Instant, count: number): Upcoming[] {
  const today = from.toZonedDateTimeISO(of.team.timeZone).toPlainDate();
  const found: Upcoming[] = [];
  let place = 0;
  let skipped = 0;
  // Where the day has not yet come or is over already it is a day later or earlier.
  for (let days = -1; days <= farthest && place < count; days += 1) {
    const date = today.add({ days });
    const skip = skipOn(of, date);
    if (skip === null && !takesPlace(of, date)) continue;
    const beginnings = beginningsOn(of, date);
    if (!beginnings.some(({ closesAt }) => Temporal.Instant.compare(closesAt, from) > 0)) continue;
    if (skip === null) place += 1;
    else skipped += 1;
    if (skip === null || skipped <= count) found.push({ date, skip, beginnings });
  }
  return found;
}

/** One for each clock that shows another time, the team's first, then those of the most people. */
function beginningsOn({ meeting, team, people }: PreviewMeeting, date: Temporal.PlainDate): Beginning[] {
  const counted = new Map<string, number>();
  for (const { timeZone, reads } of people) if (!reads) counted.set(timeZone, (counted.get(timeZone) ?? 0) + 1);
  const byPeople = [...counted.keys()].sort((a, b) => (counted.get(b) ?? 0) - (counted.get(a) ?? 0));
  const hasTeams = meeting.clock === 'team' || byPeople.length === 0 || counted.has(team.timeZone);
  const zones = new Set(hasTeams ? [team.timeZone, ...byPeople] : byPeople);
  const beginnings = new Map<string, Beginning>();
  for (const timeZone of zones) {
    const window = windowOn(meeting, date, meeting.clock === 'team' ? team.timeZone : timeZone);
    const local = (zone: string) => window.opensAt.toZonedDateTimeISO(zone).toPlainDateTime();
    const there = local(timeZone);
    const key = `${window.opensAt} ${there}`;
    if (!beginnings.has(key)) beginnings.set(key, { ...window, timeZone, there, inTeam: local(team.timeZone) });
  }
  return [...beginnings.values()];
}
