import type { Temporal } from 'temporal-polyfill';
import type { Me } from '../chat/slice.ts';
import { may, validTimeZone } from '../people/index.ts';
import { type FigureName, fewerIsBetter } from './figures.ts';
import type { ProposalRule } from './proposal.ts';

/** An improvement that was decided on: tracked to the close, and measured again four weeks later. */
export interface Improvement {
  organizationId: string;
  id: string;
  team: { id: string; name: string; timeZone: string; managerId: string | null };
  /** Which rule proposed it; null: somebody's own idea. */
  rule: ProposalRule | null;
  text: string;
  /** The customers that it is about. */
  accountIds: readonly string[];
  owner: { id: string; name: string };
  createdById: string;
  /** The day in the team's zone. */
  dueOn: Temporal.PlainDate | null;
  state: 'open' | 'done' | 'dropped';
  closedAt: Temporal.Instant | null;
  /** Which figure it is to move, what `measureOf` said of it when it was decided, and when it was measured again. */
  figure: FigureName | null;
  before: number | null;
  after: number | null;
  /** When it is measured again; null: not, or it was. */
  measureAt: Temporal.Instant | null;
  version: number;
}

/** In UTF-16 units. */
export const improvementLength = 500;

type Whose = Pick<Improvement, 'owner' | 'createdById' | 'team'>;

/** Its owner, who decided it, the team's manager, administrators. */
export const mayChangeImprovement = ({ owner, createdById, team }: Whose, me: Me): boolean =>
  may(me, 'improvement.change', { personIds: [owner.id, createdById], teamIds: [team.id] });

/** Improvements are read by who reads the team's evaluation. */
export const mayReadImprovement = ({ owner, createdById, team }: Whose, me: Me): boolean =>
  may(me, 'digest.read', { personIds: [owner.id, createdById], teamIds: [team.id] });

/** Today where it is to be done: its day is the team's, whoever reads it and wherever. */
export const teamsToday = ({ timeZone }: Pick<Improvement['team'], 'timeZone'>, now: Temporal.Instant) =>
  now.toZonedDateTimeISO(validTimeZone(timeZone)).toPlainDate();

/** So long after the close it is measured again: sooner nothing has moved yet. */
const untilMeasured = { weeks: 4 };

/** When an improvement that is closed on a day is measured again: in the morning of that weekday, on the team's clock. */
export const measuredAt = (closed: Temporal.Instant, timeZone: string): Temporal.Instant =>
  closed
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .add(untilMeasured)
    .toZonedDateTime({ timeZone, plainTime: '09:00' })
    .toInstant();

export type Verdict = 'better' | 'same' | 'worse' | 'unknown';

/** What the second measure says against the first. A share that moved by less than a point has not moved. */
export function verdictOf({ figure, before, after }: Pick<Improvement, 'figure' | 'before' | 'after'>): Verdict {
  if (figure === null || before === null || after === null) return 'unknown';
  const moved = (after - before) * (fewerIsBetter.includes(figure) ? -1 : 1);
  if (Math.abs(moved) < 0.01) return 'same';
  return moved > 0 ? 'better' : 'worse';
}

/** Whether an evaluation still has to tell of it: it is open, or was closed or measured again since the one before. */
export function isNews(
  one: Pick<Improvement, 'state' | 'closedAt' | 'figure' | 'measureAt' | 'team'>,
  since: Temporal.Instant,
): boolean {
  const { state, closedAt, figure, measureAt, team } = one;
  const isLater = (at: Temporal.Instant) => at.epochMilliseconds > since.epochMilliseconds;
  if (state === 'open' || closedAt === null || isLater(closedAt)) return true;
  const wasMeasured = state === 'done' && figure !== null && measureAt === null;
  return wasMeasured && isLater(measuredAt(closedAt, validTimeZone(team.timeZone)));
}
