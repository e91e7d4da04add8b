import { Temporal } from 'temporal-polyfill';
import { type Absence, awayOn, type Workdays, works } from '../calendar/index.ts';
import { type Meeting, slotOf, workdays } from './meeting.ts';
import { means } from './setup-days.ts';
import { type Window, windowOn } from './times.ts';

/** A member of a meeting's team. */
export interface PreviewPerson {
  id: string;
  name: string;
  /** A valid IANA name. */
  timeZone: string;
  absences: readonly Absence[];
  /** Reads the meeting and is not asked. */
  reads: boolean;
  /** What they were asked already, or have answered before they were asked; by `promptedKey`. */
  prompted: ReadonlySet<string>;
}

/** What a person is asked once: a slot of a day. */
export const promptedKey = (slot: string, date: Temporal.PlainDate | string): string => `${slot} ${date}`;

/** A meeting with everything that decides whom it asks when. */
export interface PreviewMeeting {
  meeting: Meeting;
  /** `timeZone`: a valid IANA name. */
  team: { id: string; name: string; timeZone: string };
  /** Its summary has a channel to go to. */
  hasChannel: boolean;
  calendar: Workdays;
  people: readonly PreviewPerson[];
}

/** Why a day that the rule means is left out: a holiday, with its name when it has one, or a day off every week. */
export type Skip = { why: 'holiday'; name: string | null } | { why: 'weekday' };

/** People who are asked at one moment of one clock. */
export interface AskedTogether extends Window {
  timeZone: string;
  people: readonly PreviewPerson[];
}

/**
 * Somebody is not asked: away, a reader, asked in another team's meeting, or their prompt is there before its time: they
 * have planned ahead, or the meeting was put later after they were asked.
 */
export type NotAsked = { person: PreviewPerson } & (
  | { why: 'away'; until: Temporal.PlainDate }
  | { why: 'reads' }
  | { why: 'already' }
  | { why: 'elsewhere'; in: PreviewMeeting }
);

/** What a meeting does on one of its days, or that it does nothing at all. */
export type Planned =
  | {
      what: 'asks';
      of: PreviewMeeting;
      date: Temporal.PlainDate;
      asked: readonly AskedTogether[];
      notAsked: readonly NotAsked[];
    }
  | { what: 'skipped'; of: PreviewMeeting; date: Temporal.PlainDate; skip: Skip }
  | { what: 'paused'; of: PreviewMeeting };

const { compare } = Temporal.Instant;

/** Null: the rule does not mean this day, or the meeting takes place. */
export function skipOn({ meeting, calendar }: PreviewMeeting, day: Temporal.PlainDate): Skip | null {
  if (works(calendar, day)) return null;
  const other = calendar.days.get(day.toString());
  // "Every working day" means no Sunday; but it would have meant a Thursday that is a holiday.
  const meant = meeting.rule !== workdays || calendar.weekdays.includes(day.dayOfWeek);
  if (!meant || !means(meeting, day)) return null;
  return other === undefined ? { why: 'weekday' } : { why: 'holiday', name: other.name };
}

/** Whether a meeting takes place on a day. */
export const takesPlace = ({ meeting, calendar }: PreviewMeeting, day: Temporal.PlainDate): boolean =>
  works(calendar, day) && means(meeting, day);

/** The zone whose clock counts for a person. */
const zoneFor = ({ meeting, team }: PreviewMeeting, person: PreviewPerson) =>
  meeting.clock === 'team' ? team.timeZone : person.timeZone;

/**
 * What will be sent to whom at which time from an instant on for so many times 24 hours, and for whom nothing and why,
 * in the order of time; windows that are open at that instant count. Give all meetings of everybody whose prompts
 * matter: people in several teams are asked once for each kind and day.
 */
export function previewOf(meetings: readonly PreviewMeeting[], from: Temporal.Instant, days: number): Planned[] {
  const until = from.add({ hours: 24 * days });
  const first = firstAsked(meetings, from, days);
  const isAhead = ({ opensAt, closesAt }: Window) => compare(closesAt, from) > 0 && compare(opensAt, until) < 0;
  const planned: { at: Temporal.Instant | null; is: Planned }[] = [];
  for (const of of meetings) {
    const { meeting, team } = of;
    if (meeting.archivedAt !== null) continue;
    if (meeting.pausedAt !== null) {
      planned.push({ at: null, is: { what: 'paused', of } });
      continue;
    }
    for (const date of daysBetween(of, from, days)) {
      const inTeam = windowOn(meeting, date, team.timeZone);
      const skip = skipOn(of, date);
      if (skip !== null) {
        if (isAhead(inTeam)) planned.push({ at: inTeam.opensAt, is: { what: 'skipped', of, date, skip } });
        continue;
      }
      if (!takesPlace(of, date)) continue;
      const { asked, notAsked } = peopleOn(of, date, { from, first, isAhead });
      const at = asked[0]?.opensAt ?? (isAhead(inTeam) ? inTeam.opensAt : undefined);
      if (at !== undefined) planned.push({ at, is: { what: 'asks', of, date, asked, notAsked } });
    }
  }
  return planned.sort((a, b) => (a.at && b.at ? compare(a.at, b.at) : a.at ? -1 : b.at ? 1 : 0)).map(({ is }) => is);
}

function peopleOn(
  of: PreviewMeeting,
  date: Temporal.PlainDate,
  {
    from,
    first,
    isAhead,
  }: { from: Temporal.Instant; first: ReadonlyMap<string, FirstAsked>; isAhead: (window: Window) => boolean },
): { asked: AskedTogether[]; notAsked: NotAsked[] } {
  const together = new Map<string, AskedTogether & { people: PreviewPerson[] }>();
  const notAsked: NotAsked[] = [];
  for (const person of of.people) {
    if (person.reads) {
      notAsked.push({ person, why: 'reads' });
      continue;
    }
    const window = windowFor(of, person, date);
    if (window === null) {
      notAsked.push({ person, why: 'away', until: backAfter(person, date) });
      continue;
    }
    if (!isAhead(window)) continue;
    const where = first.get(askKey(of, person, date))?.of ?? of;
    if (where !== of) {
      notAsked.push({ person, why: 'elsewhere', in: where });
      continue;
    }
    if (compare(window.opensAt, from) > 0 && person.prompted.has(promptedKey(slotOf(of.meeting), date))) {
      notAsked.push({ person, why: 'already' });
      continue;
    }
    const timeZone = zoneFor(of, person);
    const key = `${window.opensAt} ${window.closesAt} ${timeZone}`;
    const group = together.get(key) ?? { ...window, timeZone, people: [] };
    group.people.push(person);
    together.set(key, group);
  }
  const asked = [...together.values()].sort(
    (a, b) => compare(a.opensAt, b.opensAt) || b.people.length - a.people.length,
  );
  return { asked, notAsked };
}

/** Null: they are away all day. */
function windowFor(of: PreviewMeeting, person: PreviewPerson, date: Temporal.PlainDate): Window | null {
  const away = awayOn(person.absences, date);
  return away === 'whole' ? null : windowOn(of.meeting, date, zoneFor(of, person), away);
}

/** The last day of an absence that a day belongs to; one that follows without a gap counts as the same. */
function backAfter({ absences }: PreviewPerson, date: Temporal.PlainDate): Temporal.PlainDate {
  let last = date;
  while (awayOn(absences, last.add({ days: 1 })) === 'whole' && last.since(date).total('days') < 370)
    last = last.add({ days: 1 });
  return last;
}

interface FirstAsked {
  of: PreviewMeeting;
  opensAt: Temporal.Instant;
}

const askKey = ({ meeting }: PreviewMeeting, person: PreviewPerson, date: Temporal.PlainDate) =>
  `${person.id} ${slotOf(meeting)} ${date}`;

/** In which of several meetings a person is asked on a day: the one whose window opens first for them. */
function firstAsked(meetings: readonly PreviewMeeting[], from: Temporal.Instant, days: number) {
  const first = new Map<string, FirstAsked>();
  const running = meetings.filter(({ meeting }) => meeting.archivedAt === null && meeting.pausedAt === null);
  for (const of of running.toSorted((a, b) => (a.meeting.id < b.meeting.id ? -1 : 1))) {
    for (const date of daysBetween(of, from, days)) {
      if (!takesPlace(of, date)) continue;
      for (const person of of.people) {
        const opensAt = person.reads ? undefined : windowFor(of, person, date)?.opensAt;
        if (opensAt === undefined) continue;
        const key = askKey(of, person, date);
        const known = first.get(key);
        if (known === undefined || compare(opensAt, known.opensAt) < 0) first.set(key, { of, opensAt });
      }
    }
  }
  return first;
}

/** Days whose windows may be open in that time: those of before may reach into it, and zones differ by a day. */
function daysBetween({ meeting, team }: PreviewMeeting, from: Temporal.Instant, days: number): Temporal.PlainDate[] {
  const today = from.toZonedDateTimeISO(team.timeZone).toPlainDate();
  const back = 1 + Math.ceil(meeting.windowMinutes / (24 * 60));
  return Array.from({ length: back + days + 2 }, (_, index) => today.add({ days: index - back }));
}
