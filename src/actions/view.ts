import { z } from 'zod';

/** A list that a button stands in, so that it can be drawn again: whose actions, those with an account, or those due. */
export type View = { of: 'person' | 'account'; id: string } | { of: 'due' };

/** What a button is about: an action and where the button stands. */
export interface Pointer {
  id: string;
  view: View;
}

const uuid = z.uuid();
const isId = (text: string | undefined): text is string => uuid.safeParse(text).success;

/** A view as it travels in a button. */
export const viewText = (view: View): string => (view.of === 'due' ? 'due' : `${view.of}:${view.id}`);

/** Reads a view; null when it is none. */
export function readView(text: string | undefined): View | null {
  if (text === 'due') return { of: 'due' };
  const [of, id] = text?.split(':') ?? [];
  return (of === 'person' || of === 'account') && isId(id) ? { of, id } : null;
}

export const pointerText = ({ id, view }: Pointer): string => `${id} ${viewText(view)}`;

/** Reads what a button is about; null when it is nothing of ours. Without a view it is a list of what is due. */
export function readPointer(about: string | undefined): Pointer | null {
  const [id, view] = about?.split(' ') ?? [];
  return isId(id) ? { id, view: readView(view) ?? { of: 'due' } } : null;
}

/** What a next step is added to: `visit:<id>` or `account:<id>`. */
export function readOrigin(about: string | undefined): { to: 'visit' | 'account'; id: string } | null {
  const [to, id] = about?.split(':') ?? [];
  return (to === 'visit' || to === 'account') && isId(id) ? { to, id } : null;
}
