import { v5 } from 'uuid';
import type { Accounts } from '../accounts/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { Card, Part } from '../chat/card.ts';
import type { Nudge } from '../chat/outbox.ts';
import { notAllowed, notFound, type Reply, redraw, show, tell } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import { type People, reach, roleOf } from '../people/index.ts';
import { remindAt } from '../reminders/morning.ts';
import { cut } from '../text/cut.ts';
import { type Action, type ActionList, mayChange, mayRead } from './action.ts';
import { chooseCard, happenedParts, listCard, shown } from './cards.ts';
import type { ActionStore, Search } from './store.ts';
import { pointerText, readPointer, readView, type View } from './view.ts';

export interface CommandNeeds {
  store: ActionStore;
  people: Pick<People, 'person' | 'names' | 'findByName' | 'teamsOf'>;
  accounts: Pick<Accounts, 'leading' | 'suggest' | 'named'>;
  calendar: Pick<Calendar, 'daysOf'>;
  nudge: Nudge;
}

/** The namespace of the ids that are made from presses' ids; any uuid will do, as long as it stays. */
const presses = '5b1c7a52-90c4-4c55-8d6e-2f6f2f0f7d13';
/** Choices offered when a name is not clear. */
const offered = 8;

/** Whose actions a person may see, as the table of rights says. */
export function seenBy({ me }: Pick<Call, 'me'>): Search['seenBy'] {
  const far = reach(me, 'action.read');
  if (far === 'all') return 'all';
  if (far !== 'team') return { personId: me.id, teamIds: [] };
  return { personId: me.id, teamIds: roleOf(me) === 'salesManager' ? [...me.manages, ...me.memberOf] : me.memberOf };
}

/** What a person can do with lists of next steps. */
export function actionCommands(needs: CommandNeeds) {
  const { store, people, accounts } = needs;

  const mine = (call: Call, dueBy?: Search['dueBy']): Promise<ActionList> =>
    store.open(call.me.organizationId, {
      ownerIds: [call.me.id],
      seenBy: 'all',
      limit: shown,
      ...(dueBy === undefined ? {} : { dueBy }),
    });

  /** The card of a list; null when there is no such person or customer here. */
  async function cardOf(call: Call, view: View, happened: readonly Part[] = []): Promise<Card | null> {
    const { me } = call;
    const draw = (list: ActionList, name: string | null) => listCard(list, call, { view, name, happened });
    if (!('id' in view)) return draw(await mine(call, call.today), null);
    if (view.of === 'person' && view.id === me.id) return draw(await mine(call), null);
    const which = view.of === 'person' ? { ownerIds: [view.id] } : { accountId: view.id };
    const [names, list] = await Promise.all([
      view.of === 'person' ? people.names(me.organizationId, [view.id]) : accounts.named(me.organizationId, [view.id]),
      store.open(me.organizationId, { ...which, seenBy: seenBy(call), limit: shown }),
    ]);
    const name = names.get(view.id);
    return name === undefined ? null : draw(list, name);
  }

  const showView = async (call: Call, view: View): Promise<Reply> => {
    const card = await cardOf(call, view);
    return card ? show(card) : notFound(call);
  };

  /** `/kam actions [person|account]`. */
  async function list(call: Call, rest: string): Promise<Reply> {
    const { me, text } = call;
    if (rest === '') return showView(call, { of: 'person', id: me.id });
    const [colleagues, leading] = await Promise.all([
      people.findByName(me.organizationId, rest),
      accounts.leading(call, rest),
    ]);
    const named = leading.filter((one) => one.rest === '').map((one) => one.account);
    const customers = named.length + colleagues.length > 0 ? named : await accounts.suggest(call, rest, offered);
    const choices = [
      ...colleagues.map(({ id, name }) => ({ view: { of: 'person', id } as const, name })),
      ...customers.map(({ id, name }) => ({ view: { of: 'account', id } as const, name })),
    ].slice(0, offered);
    const name = cut(rest, 60);
    const [only] = choices;
    if (only === undefined) return tell(text.words('actions.choose.none', { name }));
    const said = named.length + colleagues.length > 0;
    return choices.length === 1 && said ? showView(call, only.view) : show(chooseCard(name, choices, text));
  }

  /** An action that this person may change; else the reply that says why not. */
  async function changeable(call: Call, id: string | undefined): Promise<Action | Reply> {
    const action = id === undefined ? null : await store.find(call.me.organizationId, id);
    if (action === null || !mayRead(action, call.me)) return notFound(call);
    return mayChange(action, call.me) ? action : notAllowed(call);
  }

  /**
   * Closes an action or opens it again, and what to say of it. The same press twice is one change. `undo` is the name
   * of the button's action that leads back.
   */
  async function turn(call: Call, about: string | undefined, to: 'done' | 'open', undo: string): Promise<Turned> {
    const pointer = readPointer(about);
    const action = await changeable(call, pointer?.id);
    if ('reply' in action || pointer === null)
      return { turned: false, reply: 'reply' in action ? action : notFound(call) };
    const { now, me, text } = call;
    const turned =
      action.state === to ||
      (action.state !== 'dropped' &&
        (await store.change(action, {
          set: { state: to },
          remindAt: to === 'open' ? remindAt(action.dueOn, action.owner.timeZone, now) : null,
          changes: { state: [action.state, to] },
          // Made from the press: should it arrive again when the action has been turned back, it changes nothing.
          changeId: v5(`${action.id}:${to}:${call.id}`, presses),
          by: me.id,
          at: now,
          tell: null,
        })));
    // Pressed twice at one moment: the other press did it.
    const is = turned || (await store.find(me.organizationId, action.id))?.state === to;
    if (!is) return { turned: false, reply: tell(text.words('actions.problem.closed')) };
    const back = { label: text.plain('actions.button.undo'), does: undo, about: pointerText(pointer) };
    const words = text.words(to === 'done' ? 'actions.done' : 'actions.reopened', { text: action.text });
    return { turned: true, view: pointer.view, happened: happenedParts(words, to === 'done' ? back : null) };
  }

  /** A press in a list: the list is drawn again where it stands. */
  async function press(call: Call, about: string | undefined, to: 'done' | 'open'): Promise<Reply> {
    const result = await turn(call, about, to, 'actions.reopen');
    if (!result.turned) return result.reply;
    const card = await cardOf(call, result.view, result.happened);
    return card ? redraw(card) : notFound(call);
  }

  return {
    mine,
    list,
    changeable,
    cardOf,
    turn,
    mineAgain: (call: Call) => showView(call, { of: 'person', id: call.me.id }),
    show: (call: Call, about: string | undefined): Promise<Reply> => {
      const view = readView(about);
      return view === null ? Promise.resolve(notFound(call)) : showView(call, view);
    },
    done: (call: Call, about: string | undefined) => press(call, about, 'done'),
    reopen: (call: Call, about: string | undefined) => press(call, about, 'open'),
  };
}

/** What became of a press, and what to say above the list that it stood in. */
export type Turned = { turned: true; view: View; happened: readonly Part[] } | { turned: false; reply: Reply };
export type ActionCommands = ReturnType<typeof actionCommands>;
