import { pageStart } from '../chat/pages.ts';
import { isPointer } from '../chat/pointer.ts';
import { notFound, type Reply, redraw, show, tell } from '../chat/reply.ts';
import type { Call, Slice } from '../chat/slice.ts';
import { reach, roleOf } from '../people/index.ts';
import type { Words } from '../text/words.ts';
import { inboxCard, pageLength } from './inbox-cards.ts';
import type { ListStore, SeenBy } from './list-store.ts';
import { type FeedbackNeeds, mayAdd } from './needs.ts';
import { type InboxScope, readView, type View } from './view.ts';

/** Whose feedback a person may see, as the table of rights says. */
export function seenBy({ me }: Pick<Call, 'me'>): SeenBy {
  const far = reach(me, 'feedback.read');
  if (far === 'all') return 'all';
  if (far !== 'team') return { personId: me.id, teamIds: [] };
  return { personId: me.id, teamIds: roleOf(me) === 'salesManager' ? [...me.manages, ...me.memberOf] : me.memberOf };
}

/** What `/kam inbox` may be followed by. */
const words: Readonly<Record<string, InboxScope>> = {
  mine: 'mine',
  me: 'mine',
  我的: 'mine',
  team: 'team',
  团队: 'team',
  all: 'all',
  全部: 'all',
  所有: 'all',
};

/** What waits for an answer: a list to work through. */
export function inboxCommands({ accounts, lists }: Pick<FeedbackNeeds, 'accounts'> & { lists: ListStore }) {
  /** To what a person may narrow or widen their inbox. */
  function scopesOf({ me }: Call): InboxScope[] {
    const far = reach(me, 'feedback.read');
    const teams = far !== 'none' && me.manages.length + me.memberOf.length > 0;
    return ['mine', ...(teams ? (['team'] as const) : []), ...(far === 'all' ? (['all'] as const) : [])];
  }

  /** Managers begin with their team's, everybody else with their own. */
  const firstOf = (call: Call): InboxScope =>
    call.me.manages.length > 0 && scopesOf(call).includes('team') ? 'team' : 'mine';

  async function read(call: Call, view: View) {
    const { me } = call;
    const at = { limit: pageLength, skip: view.from };
    if (view.of === 'account') return lists.ofAccount(me.organizationId, seenBy(call), view.id, at);
    if (view.of === 'mine') return lists.inbox(me.organizationId, seenBy(call), me.id, at);
    const ofTeams = { personId: me.id, teamIds: [...me.manages, ...me.memberOf] };
    return lists.inbox(me.organizationId, view.of === 'team' ? ofTeams : seenBy(call), null, at);
  }

  /** Null: there is no such list for this person. */
  async function cardOf(call: Call, view: View, happened?: Words) {
    const { me } = call;
    const scopes = scopesOf(call);
    if (view.of !== 'account' && !scopes.includes(view.of)) return null;
    const named = view.of === 'account' ? await accounts.named(me.organizationId, [view.id]) : null;
    const accountName = view.of === 'account' ? (named?.get(view.id) ?? null) : null;
    if (view.of === 'account' && accountName === null) return null;
    let list = await read(call, view);
    let shown = view;
    // All of that page were closed meanwhile: the last one that there is.
    if (list.items.length === 0 && view.from > 0) {
      const { total } = await read(call, { ...view, from: 0 });
      shown = { ...view, from: pageStart(view.from, total, pageLength) };
      list = await read(call, shown);
    }
    const page = { view: shown, ...list, accountName, happened, mayAdd: mayAdd(call) };
    return inboxCard({ ...page, scopes: view.of === 'account' ? [] : scopes }, call);
  }

  async function inbox(call: Call, rest: string): Promise<Reply> {
    const said = rest.trim().toLowerCase();
    const scope = said === '' ? firstOf(call) : Object.hasOwn(words, said) ? words[said] : undefined;
    if (scope === undefined) return tell(call.text.words('feedback.inbox.usageWords'));
    const card = await cardOf(call, { of: scope, from: 0 });
    return card ? show(card) : tell(call.text.words('feedback.inbox.notAllowed'));
  }

  async function turn(call: Call, about: string | undefined): Promise<Reply> {
    const view = readView(about);
    const card = view && (await cardOf(call, view));
    return card ? redraw(card) : notFound(call);
  }

  const slice = {
    commands: [{ words: ['inbox', '收件箱'], usage: 'feedback.inbox.usage', help: 'feedback.inbox.help', run: inbox }],
    actions: [
      { name: 'feedback.turn', run: turn },
      {
        name: 'feedback.inbox',
        run: (call, about) => inbox(call, about ?? ''),
      },
      {
        name: 'feedback.ofAccount',
        run: async (call, about) => {
          const card = isPointer(about) ? await cardOf(call, { of: 'account', id: about, from: 0 }) : null;
          return card ? show(card) : notFound(call);
        },
      },
    ],
  } satisfies Partial<Slice>;

  return {
    slice,
    /** The list that a button stood in, drawn again; null when it stood in none. */
    async listCard(call: Call, view: string, happened: Words): Promise<Reply | null> {
      const read = readView(view);
      const card = read && (await cardOf(call, read, happened));
      return card ? redraw(card) : null;
    },
  };
}
