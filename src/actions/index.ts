import type { Temporal } from 'temporal-polyfill';
import type { Accounts } from '../accounts/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { Item } from '../chat/card.ts';
import type { Nudge, OutboxRow } from '../chat/outbox.ts';
import { type Call, handles, type Slice } from '../chat/slice.ts';
import type { Database } from '../database.ts';
import type { Log } from '../log.ts';
import type { People, Person } from '../people/index.ts';
import { remindAt } from '../reminders/morning.ts';
import type { Action, ActionList } from './action.ts';
import { actionLine, dueWords } from './cards.ts';
import { actionCommands, seenBy, type Turned } from './commands.ts';
import { actionForms, handedOver } from './form-commands.ts';
import { addForm, laterForm, reassignForm } from './forms.ts';
import { reminderStore } from './reminder-store.ts';
import { remindJob } from './schedule.ts';
import { actionStore, type OpenActions, type Search } from './store.ts';
import { dropOfVisit, type Queries, restoreOfVisit, type VisitTurn } from './visit-store.ts';

export { type Action, type ActionList, textLength } from './action.ts';
export { addAction, dropAction, type NewAction } from './add-store.ts';
export type { Queries, VisitTurn } from './visit-store.ts';

/** Next steps: what was promised to a customer, by whom, until when. */
export interface Actions {
  slice: Slice;
  /**
   * The reminder to store with an action (column `remindAt`), whoever inserts it. Give null as the zone when the owner's
   * is not at hand: the reminder comes at the right time all the same.
   */
  remindAt(dueOn: Temporal.PlainDate | null, ownerZone: string | null, now: Temporal.Instant): Temporal.Instant | null;
  /** The message that tells an owner of an action made for them by somebody else; insert it with the action. */
  handedOver(
    key: string,
    owner: Person,
    action: Pick<Action, 'organizationId' | 'id' | 'text' | 'dueOn'> & { accountName: string },
    call: Pick<Call, 'me' | 'now'>,
  ): OutboxRow;
  /** What is open with an account, as far as this person may see it; at most `limit`. */
  openOf(call: Call, accountId: string, limit: number): Promise<ActionList>;
  /** The person's own open actions; with `dueBy` only what is due until then. At most ten. */
  openFor(call: Call, dueBy?: Temporal.PlainDate): Promise<ActionList>;
  /** What is due until a day among the members of the teams that this person manages, not their own; at most `limit`. */
  dueInTeams(call: Call, dueBy: Temporal.PlainDate, limit: number): Promise<ActionList>;
  /** Both for a page that shows both, in one statement. */
  openAndDueInTeams(
    call: Call,
    dueBy: Temporal.PlainDate,
    limits: { own: number; teams: number },
  ): Promise<{ own: ActionList; teams: ActionList }>;
  /** The actions' part of `AccountActivity`; accounts without open actions are left out. */
  openActionsOf(organizationId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, OpenActions>>;
  /**
   * A line with its buttons. `done` is the action that its first button does; `home` says that the line stands on the
   * person's own page.
   */
  line(call: Call, action: Action, done: string, home: boolean): Item;
  /** When it is due, in words. */
  dueWords(call: Call, action: Pick<Action, 'dueOn'>): string;
  /** Closes or reopens what a button of `line` is about, and what to say of it. `undo`: the action that leads back. */
  turn(call: Call, about: string | undefined, to: 'done' | 'open', undo: string): Promise<Turned>;
  /** A visit is taken back: its open next steps are dropped, what it fulfilled is open again. */
  dropOfVisit(through: Queries, visit: VisitTurn): Promise<void>;
  /** A visit that was taken back is restored, and they with it. */
  restoreOfVisit(through: Queries, visit: VisitTurn): Promise<void>;
  /**
   * The zone or the days of these people, or of these teams, have changed: when they are reminded of what they were not
   * reminded of yet is worked out again.
   */
  ownersChanged(
    organizationId: string,
    of: { teamIds?: readonly string[] | undefined; personIds?: readonly string[] | undefined },
  ): Promise<void>;
}

export function createActions(needs: {
  database: Database;
  /** What happens by itself takes longer than a person waits. */
  jobsDatabase: Pick<Database, 'pool'>;
  people: Pick<People, 'person' | 'names' | 'findByName' | 'teamsOf'>;
  accounts: Pick<Accounts, 'leading' | 'suggest' | 'named'>;
  calendar: Pick<Calendar, 'daysOf'>;
  nudge: Nudge;
  log: Log;
}): Actions {
  const { database, jobsDatabase, calendar, nudge, log } = needs;
  const store = actionStore(database);
  const reminders = reminderStore(jobsDatabase);
  const commands = actionCommands({ ...needs, store });
  const forms = actionForms({ ...needs, store, commands });
  const open = (call: Call, search: Omit<Search, 'seenBy'>) =>
    store.open(call.me.organizationId, { ...search, seenBy: seenBy(call) });

  const slice: Slice = {
    name: 'actions',
    commands: [{ words: ['actions', '待办'], usage: 'actions.usage', help: 'actions.help', run: commands.list }],
    actions: [
      { name: 'actions.done', run: commands.done },
      { name: 'actions.reopen', run: commands.reopen },
      { name: 'actions.show', run: commands.show },
      { name: 'actions.mine', run: commands.mineAgain },
    ],
    openers: [
      { name: 'actions.later', run: forms.openLater },
      { name: 'actions.reassign', run: forms.openReassign },
      { name: 'actions.add', run: forms.openAdd },
    ],
    forms: [
      handles({ form: addForm, submit: forms.add }),
      handles({ form: laterForm, submit: forms.later }),
      handles({ form: reassignForm, submit: forms.reassign }),
    ],
    jobs: [remindJob({ store: reminders, calendar, nudge, log })],
  };

  return {
    slice,
    remindAt,
    handedOver,
    openOf: (call, accountId, limit) => open(call, { accountId, limit }),
    openFor: commands.mine,
    dueInTeams: (call, dueBy, limit) => store.dueInTeams(call.me, dueBy, limit),
    openAndDueInTeams: (call, dueBy, limits) => store.ownAndDueInTeams(call.me, dueBy, limits),
    openActionsOf: store.openActionsOf,
    line: (call, action, done, home) => actionLine(action, call, { of: home ? 'home' : 'due' }, done),
    dueWords: (call, action) => dueWords(action.dueOn, call),
    turn: commands.turn,
    dropOfVisit,
    restoreOfVisit,
    ownersChanged: reminders.lookAgain,
  };
}
