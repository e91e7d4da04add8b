/** What the page knows, in one place; every change asks for one redraw. */
import type { ActionPlace, SandboxSnapshot, SandboxUser, SandboxView } from '../protocol.ts';
import type { Answer } from './answers.ts';
import type { Confirm, View } from './block-kit.ts';

/** Where the person is looking. */
export type Place = { at: 'channel'; channel: string } | { at: 'app'; tab: 'home' | 'messages' };

/** A short word from the sandbox or about a failure. */
export interface Toast {
  id: number;
  text: string;
  bad: boolean;
}

/** A question before an element acts. */
export interface Asked {
  confirm: Confirm;
  answer: (yes: boolean) => void;
}

/** The whole state of the page. */
export interface State {
  people: SandboxUser[];
  userId: string | null;
  snapshot: SandboxSnapshot | null;
  /** `performance.now()` when the sandbox's clock was last heard of, in milliseconds. */
  clockHeard: number;
  place: Place;
  connected: boolean;
  drawer: boolean;
  unread: Set<string>;
  /** What was entered, by surface, block and action (`fieldKey`). */
  answers: Map<string, Answer>;
  /** Sentences under input blocks, by view id, then block id. */
  faults: Map<string, Map<string, string>>;
  /** A sentence for a whole view, by view id. */
  troubles: Map<string, string>;
  /** Elements and views waiting for the app. */
  busy: Set<string>;
  toasts: Toast[];
  asked: Asked | null;
  /** The message being answered in its thread: `channel ts`. */
  thread: string | null;
}

/** The page's state; change it only within `change`. */
export const state: State = {
  people: [],
  userId: null,
  snapshot: null,
  clockHeard: 0,
  place: { at: 'app', tab: 'home' },
  connected: true,
  drawer: false,
  unread: new Set(),
  answers: new Map(),
  faults: new Map(),
  troubles: new Map(),
  busy: new Set(),
  toasts: [],
  asked: null,
  thread: null,
};

let draw: () => void = () => {};
let waiting = false;

/** Names the function that draws the page. */
export function onChange(redraw: () => void): void {
  draw = redraw;
}

/** Changes the state and draws once, after the running task. */
export function change(edit: (now: State) => void): void {
  edit(state);
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    draw();
  });
}

/** A surface as a key: a message, a view or the home tab. */
export function placeKey(place: ActionPlace): string {
  if (place.in === 'message') return `message ${place.channel} ${place.ts}`;
  return place.in === 'view' ? `view ${place.viewId}` : 'home';
}

/** An element as a key, unique on the page. */
export const fieldKey = (place: ActionPlace, blockId: string, actionId: string): string =>
  `${placeKey(place)}\n${blockId}\n${actionId}`;

/** What an element holds that someone has touched, or that the server remembers of it; else nothing. */
export function held(place: ActionPlace, blockId: string, actionId: string, type: string): Answer | undefined {
  const view = place.in === 'home' ? state.snapshot?.home : place.in === 'view' && viewOf(place.viewId)?.view;
  const known = view ? (readView(view).state?.values[blockId]?.[actionId] as Answer | undefined) : undefined;
  return [state.answers.get(fieldKey(place, blockId, actionId)), known].find((one) => one?.type === type);
}

/** An open modal. */
export const viewOf = (viewId: string): SandboxView | undefined =>
  state.snapshot?.views.find(({ id }) => id === viewId);

/** The modal on top. */
export const topView = (): SandboxView | undefined => state.snapshot?.views.at(-1);

/** A view as the page reads it. */
export const readView = (view: Record<string, unknown>): View => view as View;

/** Whom the page shows, before a name is known the id. */
export function personOf(id: string): SandboxUser | undefined {
  return state.snapshot?.users.find((user) => user.id === id) ?? state.people.find((user) => user.id === id);
}

/** Shows a sentence for a while; bad ones longer. */
export function toast(text: string, bad = false): void {
  const id = Math.random();
  change((now) => now.toasts.push({ id, text, bad }));
  setTimeout(() => dismiss(id), bad ? 10_000 : 5_000);
}

/** Takes a sentence away. */
export const dismiss = (id: number): void =>
  change((now) => {
    now.toasts = now.toasts.filter((one) => one.id !== id);
  });
