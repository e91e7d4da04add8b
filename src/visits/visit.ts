import { Temporal } from 'temporal-polyfill';
import type { Me } from '../chat/slice.ts';
import type { FeedbackKind } from '../feedback/index.ts';
import { may } from '../people/rights.ts';

/** How a customer was met. */
export const visitKinds = ['visit', 'call', 'onlineMeeting', 'event'] as const;
export type VisitKind = (typeof visitKinds)[number];

/** Where the visit left the account. */
export const visitOutcomes = ['advance', 'noChange', 'setback'] as const;
export type VisitOutcome = (typeof visitOutcomes)[number];

export interface Named {
  id: string;
  name: string;
}

/** A next step that was promised in a visit, or one that the visit fulfilled. */
export interface Step {
  id: string;
  text: string;
  ownerId: string;
  ownerName: string;
  dueOn: Temporal.PlainDate | null;
  open: boolean;
}

/** Something that the customer said, as it is shown with a visit. */
export interface Said {
  /** Of the feedback. */
  id: string;
  kind: FeedbackKind;
  words: string;
}

/** A visit with everything that is shown of it. */
export interface Visit {
  id: string;
  account: Named;
  author: Named & { timeZone: string };
  kind: VisitKind;
  /** The day in the author's zone. */
  date: Temporal.PlainDate;
  purpose: string | null;
  note: string | null;
  outcome: VisitOutcome | null;
  sourceLink: string | null;
  version: number;
  loggedAt: Temporal.Instant;
  undoneAt: Temporal.Instant | null;
  /** Colleagues who were there; the author is not among them. */
  colleagues: readonly Named[];
  contacts: readonly Named[];
  steps: readonly Step[];
  fulfilled: readonly Step[];
  /** What the customer said in it, and what they had said that it is about. */
  heard: readonly Said[];
  answersTo: readonly Said[];
  /** Teams of its author; of everybody credited and of the account. */
  authorTeamIds: readonly string[];
  teamIds: readonly string[];
}

/** What a correction can change, as plain data: it is compared, kept as a version and shown. */
export interface VisitContent {
  account: Named;
  kind: VisitKind;
  /** `YYYY-MM-DD`. */
  date: string;
  purpose: string | null;
  note: string | null;
  outcome: VisitOutcome | null;
  colleagues: readonly Named[];
  contacts: readonly Named[];
}

/** The author corrects a slip without saying why for so many hours after logging (the team's rule for visits). */
export const freeHours = 24;

/** Visits are logged at most a year back: anything older is a slip of the calendar. */
export function dayProblem(date: Temporal.PlainDate, today: Temporal.PlainDate): 'future' | 'tooOld' | null {
  if (Temporal.PlainDate.compare(date, today) > 0) return 'future';
  return Temporal.PlainDate.compare(date, today.subtract({ years: 1 })) < 0 ? 'tooOld' : null;
}

/**
 * Whether a person may correct or take back a visit now: `freely` (its author within 24 hours of logging), `withReason`
 * (the author later, their manager, an administrator), or `no`.
 */
export function mayCorrect(
  visit: Pick<Visit, 'author' | 'loggedAt' | 'authorTeamIds'>,
  me: Me,
  now: Temporal.Instant,
): 'freely' | 'withReason' | 'no' {
  const belongs = { personIds: [visit.author.id], teamIds: visit.authorTeamIds };
  if (!may(me, 'visit.correct', belongs)) return 'no';
  const free = Temporal.Instant.compare(now, visit.loggedAt.add({ hours: freeHours })) < 0;
  return visit.author.id === me.id && free ? 'freely' : 'withReason';
}

/** Whether a person may see a visit. */
export function mayRead(visit: Pick<Visit, 'author' | 'colleagues' | 'teamIds'>, me: Me): boolean {
  const personIds = [visit.author.id, ...visit.colleagues.map((person) => person.id)];
  return may(me, 'visit.read', { personIds, teamIds: visit.teamIds });
}

/** How many days after the visit it was logged, in the author's zone; 0 for the same day. */
export function daysLate(visit: Pick<Visit, 'author' | 'date' | 'loggedAt'>): number {
  const logged = visit.loggedAt.toZonedDateTimeISO(visit.author.timeZone).toPlainDate();
  return Math.max(0, visit.date.until(logged, { largestUnit: 'days' }).days);
}

/** The start of a note: at most `max` characters, cut between characters and visibly. */
export function excerpt(note: string, max = 160): string {
  const line = note.replaceAll(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** What of a visit can be corrected. */
export const contentOf = (visit: Visit): VisitContent => ({
  account: visit.account,
  kind: visit.kind,
  date: visit.date.toString(),
  purpose: visit.purpose,
  note: visit.note,
  outcome: visit.outcome,
  colleagues: visit.colleagues,
  contacts: visit.contacts,
});

/** The fields in which two contents differ. */
export function changedFields(before: VisitContent, after: VisitContent): (keyof VisitContent)[] {
  const ids = (content: VisitContent, key: 'colleagues' | 'contacts') => content[key].map((one) => one.id).sort();
  const plain = (content: VisitContent): Record<keyof VisitContent, string> => ({
    account: content.account.id,
    kind: content.kind,
    date: content.date,
    purpose: content.purpose ?? '',
    note: content.note ?? '',
    outcome: content.outcome ?? '',
    colleagues: ids(content, 'colleagues').join(),
    contacts: ids(content, 'contacts').join(),
  });
  const [old, now] = [plain(before), plain(after)];
  return (Object.keys(old) as (keyof VisitContent)[]).filter((key) => old[key] !== now[key]);
}
