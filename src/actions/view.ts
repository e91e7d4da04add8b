import { isPointer } from '../chat/pointer.ts';

/**
 * What a button stands in, so that it can be drawn again: somebody's actions, those with an account, those due, or the
 * person's own page, which the platform draws again by itself.
 */
export type View = { of: 'person' | 'account'; id: string } | { of: 'due' | 'home' };

/** What a button is about: an action and where the button stands. */
export interface Pointer {
  id: string;
  view: View;
}

/** A view as it travels in a button. */
export const viewText = (view: View): string => ('id' in view ? `${view.of}:${view.id}` : view.of);

/** Reads a view; null when it is none. */
export function readView(text: string | undefined): View | null {
  if (text === 'due' || text === 'home') return { of: text };
  const [of, id] = text?.split(':') ?? [];
  return (of === 'person' || of === 'account') && isPointer(id) ? { of, id } : null;
}

export const pointerText = ({ id, view }: Pointer): string => `${id} ${viewText(view)}`;

/** Reads what a button is about; null when it is nothing of ours. Without a view it is a list of what is due. */
export function readPointer(about: string | undefined): Pointer | null {
  const [id, view] = about?.split(' ') ?? [];
  return isPointer(id) ? { id, view: readView(view) ?? { of: 'due' } } : null;
}

/** What a next step is added to: `visit:<id>`, `account:<id>` or `feedback:<id>`. */
export function readOrigin(about: string | undefined): { to: 'visit' | 'account' | 'feedback'; id: string } | null {
  const [to, id] = about?.split(':') ?? [];
  return (to === 'visit' || to === 'account' || to === 'feedback') && isPointer(id) ? { to, id } : null;
}
