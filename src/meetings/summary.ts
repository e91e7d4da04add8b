import { Temporal } from 'temporal-polyfill';
import { type Workdays, works } from '../calendar/index.ts';
import type { Decision } from './decision.ts';
import type { MeetingKind } from './meeting.ts';
import type { PlanItem } from './plan-item.ts';
import { isAnswered, type PromptState } from './prompt-cards.ts';
import type { Question } from './question.ts';

export interface Named {
  id: string;
  name: string;
}

/** What is in somebody's way on the day of a meeting. */
export interface OpenBlocker {
  id: string;
  text: string;
  since: Temporal.PlainDate;
}

/** What a person was asked in a meeting, and what came of it. */
export interface Contribution {
  person: Named;
  state: PromptState;
  /** They can still be expected to answer: neither an observer nor gone. */
  expected: boolean;
  questions: readonly Question[];
  /** Question id -> words. */
  answers: Readonly<Record<string, string>>;
  /** The plan of that day. */
  items: readonly PlanItem[];
  /** Customers whom they visited on that day, by the visits logged. */
  visited: readonly Named[];
  blockers: readonly OpenBlocker[];
}

/** A meeting of one day, as its channel reads it. */
export interface Summary {
  kind: MeetingKind;
  /** Null: what its kind is called. */
  name: string | null;
  date: Temporal.PlainDate;
  namesSilent: boolean;
  contributions: readonly Contribution[];
  /** Those whom the meeting is for: members of the team who neither observe nor have left. */
  members: readonly Named[];
  /** Ids of those who are away for the whole of the day. */
  away: ReadonlySet<string>;
  /** Of the team. */
  workdays: Workdays;
  /** What a sales meeting decided. */
  decisions: readonly Decision[];
}

/** Who said something, who did not, and why. Everybody is in one of these, once. */
export interface Tally {
  answered: readonly Contribution[];
  /** "Nothing today" and skipping are answers too. */
  nothing: readonly Contribution[];
  skipped: readonly Contribution[];
  silent: readonly Contribution[];
  /** Whom the bot could not ask in time. */
  missed: readonly Contribution[];
  onLeave: number;
  /** How many were asked: those who answered and those who are silent. */
  asked: number;
}

/**
 * Who is away is not asked, and who was not asked is not silent. An answer counts whoever gave it, also from a holiday
 * or of somebody who left an hour later.
 */
export function tallyOf({ contributions, members, away }: Pick<Summary, 'contributions' | 'members' | 'away'>): Tally {
  const each = onePerPerson(contributions);
  const inState = (state: PromptState) => each.filter((one) => one.state === state);
  const [answered, nothing, skipped] = [inState('answered'), inState('nothing'), inState('skipped')];
  const quiet = each.filter(({ state, expected }) => !isAnswered(state) && expected);
  const there = quiet.filter(({ person }) => !away.has(person.id));
  const silent = there.filter(({ state }) => state !== 'missed');
  const said = answered.length + nothing.length + skipped.length;
  const heard = new Set(each.filter(({ state }) => isAnswered(state)).map(({ person }) => person.id));
  const expected = new Set([...members, ...quiet.map(({ person }) => person)].map(({ id }) => id));
  return {
    answered,
    nothing,
    skipped,
    silent,
    missed: there.filter(({ state }) => state === 'missed'),
    onLeave: [...expected].filter((id) => away.has(id) && !heard.has(id)).length,
    asked: said + silent.length,
  };
}

/** Somebody whose two accounts were asked before they were joined has answered when one of them has. By name. */
function onePerPerson(contributions: readonly Contribution[]): Contribution[] {
  const each = new Map<string, Contribution>();
  for (const one of contributions) {
    const known = each.get(one.person.id);
    if (known === undefined || weight(one.state) > weight(known.state)) each.set(one.person.id, one);
  }
  return [...each.values()].sort(
    (a, b) => a.person.name.localeCompare(b.person.name) || (a.person.id < b.person.id ? -1 : 1),
  );
}

/** Words say more than none, and any answer more than silence. */
const weight = (state: PromptState) => (state === 'answered' ? 2 : isAnswered(state) ? 1 : 0);

/** What is in the way of those who take part, the oldest first; who is away is left in peace. */
export function blockersOf({ contributions, away }: Pick<Summary, 'contributions' | 'away'>) {
  const open = contributions
    .filter(({ person }) => !away.has(person.id))
    .flatMap(({ person, blockers }) => blockers.map((blocker) => ({ ...blocker, owner: person })));
  const each = [...new Map(open.map((one) => [one.id, one])).values()];
  return each.sort((a, b) => Temporal.PlainDate.compare(a.since, b.since) || (a.id < b.id ? -1 : 1));
}

/** Customers who were visited without having been planned. */
export const unplanned = ({ items, visited }: Pick<Contribution, 'items' | 'visited'>): Named[] =>
  visited.filter(({ id }) => !items.some(({ account }) => account?.id === id));

/** Nothing is older than this to anybody: counting days one by one must end. */
const oldest = 1_000;

/** Working days that have come since a day: none on the day itself, and none while a weekend lasts. */
export function workdaysSince(of: Workdays, since: Temporal.PlainDate, today: Temporal.PlainDate): number {
  let count = 0;
  const days = Math.min(since.until(today, { largestUnit: 'days' }).days, oldest);
  for (let day = 1; day <= days; day += 1) if (works(of, since.add({ days: day }))) count += 1;
  return count;
}
