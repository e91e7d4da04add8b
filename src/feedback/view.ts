import { isPointer } from '../chat/pointer.ts';

/** What a button is about: one feedback, and the list that the button stands in, where it stands in one. */
export interface Pointer {
  id: string;
  /** Null: it stands on the card of the feedback itself. */
  view: string | null;
}

export const pointerText = ({ id, view }: Pointer): string => (view === null ? id : `${id} ${view}`);

/** Reads what a button is about; null when it is nothing of ours. */
export function readPointer(about: string | undefined): Pointer | null {
  const [id, ...view] = about?.split(' ') ?? [];
  return isPointer(id) ? { id, view: view.length === 0 ? null : view.join(' ').slice(0, 100) } : null;
}

const inboxScopes = ['mine', 'team', 'all'] as const;
/** Whose: what one owes or looks after, that of one's teams, or everybody's. */
export type InboxScope = (typeof inboxScopes)[number];

/** A page of the inbox, or of what an account has said. */
export type View = { of: InboxScope; from: number } | { of: 'account'; id: string; from: number };

export const viewText = (view: View): string =>
  'id' in view ? `account:${view.id}:${view.from}` : `${view.of}:${view.from}`;

/** Reads a view; null when it is none. */
export function readView(text: string | undefined): View | null {
  const parts = text?.split(':') ?? [];
  const from = Number(parts.at(-1));
  if (!Number.isInteger(from) || from < 0 || from > 1_000_000) return null;
  if (parts[0] === 'account' && parts.length === 3) {
    const id = parts[1];
    return isPointer(id) ? { of: 'account', id, from } : null;
  }
  const scope = inboxScopes.find((one) => one === parts[0]);
  return scope === undefined || parts.length !== 2 ? null : { of: scope, from };
}
