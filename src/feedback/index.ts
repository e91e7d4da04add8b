import type { Temporal } from 'temporal-polyfill';
import type { Actions } from '../actions/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { Button, Item } from '../chat/card.ts';
import type { Call, Slice } from '../chat/slice.ts';
import { createAdding } from './adding.ts';
import { createChanging } from './changing.ts';
import type { Dimension } from './dimension.ts';
import { dimensionCommands } from './dimension-commands.ts';
import { dimensionStore } from './dimension-store.ts';
import type { FeedbackItem, FeedbackKind } from './feedback.ts';
import { standingLine } from './inbox-cards.ts';
import { inboxCommands, seenBy } from './inbox-commands.ts';
import { type FeedbackList, listStore, type OpenFeedback } from './list-store.ts';
import type { FeedbackNeeds } from './needs.ts';
import { periodStore, type SaidInPeriod } from './period-store.ts';
import { reminderStore } from './reminder-store.ts';
import { resultStore } from './result-store.ts';
import { createSaving, type Heard } from './saving.ts';
import { raiseJob, remindJob } from './schedule.ts';
import { createStepping } from './stepping.ts';
import { feedbackStore } from './store.ts';
import { dropOfVisit, type Queries, restoreOfVisit, visitStore } from './visit-store.ts';

export { natureOf, quoted } from './cards.ts';
export { type Dimension, dimensionName } from './dimension.ts';
export { type FeedbackItem, type FeedbackKind, feedbackKinds, type Severity } from './feedback.ts';
export type { FeedbackList, OpenFeedback } from './list-store.ts';
export type { Heard } from './saving.ts';

/** A page of a list: at most so many, after so many. */
interface Part {
  limit: number;
  skip?: number;
}
type VisitTurn = Parameters<Actions['dropOfVisit']>[1];

/** What customers say, whose answer they wait for, and what came of it. Every id is looked for within one organisation. */
export interface Feedback {
  slice: Slice;
  /**
   * What customers speak of and score, in the organisation's order; `dimensionName` says what each is called. With
   * `archived` also those that are no longer asked, for what was said about them earlier.
   */
  dimensionsOf(organizationId: string, options?: { archived?: boolean }): Promise<readonly Dimension[]>;
  /** What nobody has answered yet, by account; accounts without it are left out. */
  openOf(organizationId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, OpenFeedback>>;
  /** What nobody has answered yet among a team's accounts: the highest class first, and in it what waits longest. */
  openInTeam(organizationId: string, teamId: string, part: Part): Promise<FeedbackList>;
  /** What this person has to see to: answers that they owe, and what their own customers said. In the same order. */
  openFor(call: Pick<Call, 'me'>, part: Part): Promise<FeedbackList>;
  /** What is not closed in the teams that this person manages, their own with it; in the same order. */
  openInMine(call: Pick<Call, 'me'>, part: Part): Promise<FeedbackList>;
  /** A line with a button that shows all of it. */
  line(call: Call, item: FeedbackItem): Item;
  /** The button that shows a person their own list, or the one of their teams. */
  inboxButton(of: 'mine' | 'team', label: string): Button;
  /**
   * For a report: what customers of these teams (null: of all) were not content with or wished for in a period, what
   * weighs most first; at most `limit`. Ask for the right to see it before.
   */
  saidIn(
    organizationId: string,
    teamIds: readonly string[] | null,
    period: { from: Temporal.PlainDate; to: Temporal.PlainDate },
    limit: number,
  ): Promise<readonly SaidInPeriod[]>;
  /** One feedback, when this person may see it. */
  find(call: Call, id: string): Promise<FeedbackItem | null>;
  /**
   * What follows from something that was said in a visit: who answers, until when, who is told. The visits store it with
   * the visit. Null: there is no such account.
   */
  heardIn(
    call: Call,
    said: { accountId: string; words: string; kind: FeedbackKind | undefined },
  ): Promise<Heard | null>;
  /** What was said in a visit that is taken back is taken back with it. */
  dropOfVisit(through: Queries, visit: VisitTurn): Promise<void>;
  /** The visit is restored, and what was said in it. */
  restoreOfVisit(through: Queries, visit: VisitTurn): Promise<void>;
  /** The zone or the days of these people or teams have changed: when they are reminded is worked out again. */
  ownersChanged(
    organizationId: string,
    of: { teamIds?: readonly string[] | undefined; personIds?: readonly string[] | undefined },
  ): Promise<void>;
}

export function createFeedback(given: FeedbackNeeds & { calendar: Pick<Calendar, 'daysOf'> }): Feedback {
  const { database, jobsDatabase } = given;
  const dimensions = dimensionStore(database);
  const lists = listStore(database);
  const reminders = reminderStore(jobsDatabase);
  const needs = { ...given, dimensions, store: feedbackStore(database), results: resultStore(database) };
  const ofDimensions = dimensionCommands({ store: dimensions });
  const inbox = inboxCommands({ ...given, lists });
  const saving = createSaving(needs);
  const changing = createChanging({ ...needs, saving, listCard: inbox.listCard });
  const stepping = createStepping({ ...given, saving, changing });
  const adding = createAdding({
    ...needs,
    saving,
    visits: visitStore(database),
    cardOf: changing.cardOf,
    settings: ofDimensions.settings,
  });
  return {
    slice: {
      name: 'feedback',
      commands: [...adding.commands, ...inbox.slice.commands],
      shortcuts: adding.shortcuts,
      openers: [...adding.openers, ...stepping.openers, ...ofDimensions.slice.openers],
      actions: [...stepping.actions, ...inbox.slice.actions, ...ofDimensions.slice.actions],
      forms: [...adding.forms, ...stepping.forms, ...ofDimensions.slice.forms],
      jobs: [remindJob({ ...given, store: reminders }), raiseJob({ ...given, store: reminders })],
    },
    async dimensionsOf(organizationId, { archived = false } = {}) {
      const all = await dimensions.all(organizationId);
      return archived ? all : all.filter((one) => !one.archived);
    },
    openOf: lists.openOf,
    openInTeam: (organizationId, teamId, { limit, skip = 0 }) =>
      lists.openInTeam(organizationId, teamId, { limit, skip }),
    openFor: (call, { limit, skip = 0 }) =>
      lists.inbox(call.me.organizationId, seenBy(call), call.me.id, { limit, skip }),
    openInMine: ({ me }, { limit, skip = 0 }) =>
      lists.inbox(me.organizationId, { personId: me.id, teamIds: me.manages }, null, { limit, skip }),
    line: (call, item) => standingLine(item, call),
    inboxButton: (of, label) => ({ label, does: 'feedback.inbox', about: of }),
    saidIn: periodStore(database).saidIn,
    find: (call, id) => changing.readable(call, id),
    heardIn: saving.heardIn,
    dropOfVisit,
    restoreOfVisit,
    ownersChanged: reminders.lookAgain,
  };
}
