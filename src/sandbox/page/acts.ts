/** What the person does to the app: each sends one act and shows what became of it. */
import type { ActionPlace } from '../protocol.ts';
import { faults, holdsAnswer, type Values, valuesOf } from './answers.ts';
import type { Confirm, Element } from './block-kit.ts';
import { act } from './client.ts';
import { change, fieldKey, held, placeKey, readView, state, toast, topView, viewOf } from './store.ts';
import { now } from './times.ts';
import { say, sayError, sayFault } from './words.ts';

/** The blocks shown at a place. */
function blocksAt(place: ActionPlace): readonly unknown[] | undefined {
  const { snapshot } = state;
  if (place.in === 'home') return snapshot?.home ? readView(snapshot.home).blocks : undefined;
  if (place.in === 'view') {
    const open = viewOf(place.viewId);
    return open && readView(open.view).blocks;
  }
  return snapshot?.messages.find((message) => message.channel === place.channel && message.ts === place.ts)?.blocks;
}

/** Everything filled in at a place, as `view.state.values`. */
export const valuesAt = (place: ActionPlace): Values =>
  valuesOf(blocksAt(place), (blockId, actionId, type) => held(place, blockId, actionId, type));

/** Asks the element's own question, if it has one. */
export function confirmed(confirm: Confirm | undefined): Promise<boolean> {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    change((now) => {
      now.asked = {
        confirm,
        answer: (yes) => {
          change((later) => {
            later.asked = null;
          });
          resolve(yes);
        },
      };
    });
  });
}

/** Slack's `actions[0]`: the element, where it stands, what it carries. */
function actionOf(element: Element, blockId: string, carried: Record<string, unknown>): Record<string, unknown> {
  const { type, text, value, style } = element;
  const own = type === 'button' ? { text, value, style } : {};
  const action = { type, action_id: element.action_id ?? '', block_id: blockId, ...own, ...carried };
  return { ...action, action_ts: (now() / 1000).toFixed(6) };
}

/** A block action; waits for the app's acknowledgement. Nothing happens while the same element is waiting. */
export async function press(
  place: ActionPlace,
  blockId: string,
  element: Element,
  carried: Record<string, unknown> = {},
): Promise<void> {
  const key = fieldKey(place, blockId, element.action_id ?? '');
  if (state.busy.has(key) && !holdsAnswer(element)) return;
  change((now) => now.busy.add(key));
  const answer = await act({
    do: 'press',
    place,
    action: actionOf(element, blockId, carried),
    state: valuesAt(place),
  });
  change((now) => now.busy.delete(key));
  if (!answer.ok) toast(say('failed', { error: sayError(answer) }), true);
}

/** Sends the modal on top, when nothing is missing; what was typed stays whatever happens. */
export async function submit(): Promise<void> {
  const open = topView();
  if (!open || state.busy.has(open.id)) return;
  const values = valuesAt({ in: 'view', viewId: open.id });
  const missing = faults(readView(open.view).blocks, values);
  const sentences = new Map([...missing].map(([blockId, fault]) => [blockId, sayFault(fault)]));
  change((now) => {
    now.troubles.delete(open.id);
    now.faults.set(open.id, sentences);
  });
  if (sentences.size > 0) return focusFault();
  change((now) => now.busy.add(open.id));
  const answer = await act({ do: 'submit', viewId: open.id, state: values });
  const errors = answer.ok ? undefined : answer.errors;
  change((now) => {
    now.busy.delete(open.id);
    if (errors) now.faults.set(open.id, new Map(Object.entries(errors)));
    else if (!answer.ok) now.troubles.set(open.id, say('trouble'));
  });
  if (errors) focusFault();
}

/** Moves to the first field with a sentence under it, once it is drawn. */
function focusFault(): void {
  setTimeout(() => {
    const wrong = document.querySelector<HTMLElement>('dialog [aria-invalid="true"]');
    const field = wrong?.matches('input, textarea, select')
      ? wrong
      : wrong?.querySelector<HTMLElement>('input, button');
    field?.focus();
  });
}

/** Closes the modal on top, or all of them. */
export async function closeView(clear = false): Promise<void> {
  const open = topView();
  if (!open) return;
  const values = valuesAt({ in: 'view', viewId: open.id });
  change((now) => {
    const key = placeKey({ in: 'view', viewId: open.id });
    for (const field of now.answers.keys()) if (field.startsWith(`${key}\n`)) now.answers.delete(field);
    if (now.snapshot) now.snapshot.views = clear ? [] : now.snapshot.views.filter(({ id }) => id !== open.id);
  });
  await told(act({ do: 'close', viewId: open.id, clear, state: values }));
}

/** A global shortcut, or one on a message. */
export const shortcut = (callbackId: string, message?: { channel: string; ts: string }): Promise<boolean> =>
  told(act({ do: 'shortcut', callbackId, ...(message ? { channel: message.channel, ts: message.ts } : {}) }));

/** Opens a tab of the app: the app is told, and may publish its home. */
export const openApp = (tab: 'home' | 'messages'): Promise<boolean> => told(act({ do: 'openHome', tab }));

/** Moves the sandbox's clock forward. */
export const moveClock = (minutes: number): Promise<boolean> => told(act({ do: 'moveClock', minutes }));

/** Sends what was typed, as a command when it starts with a slash. True when it arrived. */
export async function send(channel: string, text: string, threadTs?: string): Promise<boolean> {
  const command = text.match(/^\/\S*/)?.[0];
  if (!command || threadTs) return told(act({ do: 'say', channel, text, ...(threadTs ? { threadTs } : {}) }));
  if (!state.snapshot?.commands.some((one) => one.command === command)) {
    toast(say('notACommand', { command }), true);
    return false;
  }
  const answer = await act({ do: 'command', channel, text });
  if (!answer.ok) toast(say('commandFailed', { command, error: sayError(answer) }), true);
  return answer.ok;
}

async function told(doing: ReturnType<typeof act>): Promise<boolean> {
  const answer = await doing;
  if (!answer.ok) toast(say('failed', { error: sayError(answer) }), true);
  return answer.ok;
}
