/** The line to the sandbox's server: one snapshot, a stream of events, and acts. */
import type {
  SandboxAct,
  SandboxActResult,
  SandboxEvent,
  SandboxSnapshot,
  SandboxUser,
  SandboxView,
} from '../protocol.ts';
import { elementsOf, named } from './block-kit.ts';
import { change, fieldKey, readView, state, toast } from './store.ts';

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(path, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
  return (await answer.json()) as T;
}

/** Everyone a visitor can be. Throws when the server cannot be reached. */
export const people = (): Promise<SandboxUser[]> => get<SandboxUser[]>('/sandbox/people');

/** Does something as the person; a broken line is an answer like Slack's own. */
export async function act(what: SandboxAct): Promise<SandboxActResult> {
  try {
    const answer = await fetch('/sandbox/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: state.userId, act: what }),
    });
    return (await answer.json()) as SandboxActResult;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError)
      return { ok: false, error: 'operation_timeout', message: error.message };
    throw error;
  }
}

let stream: EventSource | undefined;

/** Leaves the person before, if any, and follows this one until told otherwise. */
export function follow(userId: string): void {
  stream?.close();
  const mine = new EventSource(`/sandbox/events?user=${encodeURIComponent(userId)}`);
  stream = mine;
  // Events that come while a snapshot is on its way may be newer than it, so they wait for it.
  let early: SandboxEvent[] | null = [];
  mine.onopen = async () => {
    early = [];
    try {
      const snapshot = await get<SandboxSnapshot>(`/sandbox/state?user=${encodeURIComponent(userId)}`);
      if (stream !== mine) return;
      change((now) => {
        now.snapshot = snapshot;
        now.clockHeard = performance.now();
        now.connected = true;
      });
      for (const event of early) apply(event);
      early = null;
    } catch (error) {
      if (stream === mine) toast(String(error), true);
    }
  };
  mine.onmessage = ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as SandboxEvent;
    if (early) early.push(event);
    else apply(event);
  };
  mine.onerror = () => {
    change((now) => {
      now.connected = false;
    });
    if (mine.readyState === EventSource.CLOSED) setTimeout(() => stream === mine && follow(userId), 2000);
  };
}

function apply(event: SandboxEvent): void {
  if (event.type === 'notice') {
    toast(event.text);
    return;
  }
  change((now) => {
    const { snapshot } = now;
    if (!snapshot) return;
    const same = (one: { channel: string; ts: string }, other: { channel: string; ts: string }) =>
      one.channel === other.channel && one.ts === other.ts;
    switch (event.type) {
      case 'message': {
        const at = snapshot.messages.findIndex((message) => same(message, event.message));
        if (at >= 0) snapshot.messages[at] = event.message;
        else {
          snapshot.messages.push(event.message);
          if (!isShown(event.message.channel)) now.unread.add(event.message.channel);
        }
        return;
      }
      case 'messageDeleted':
        snapshot.messages = snapshot.messages.filter((message) => !same(message, event));
        return;
      case 'views': {
        const before = new Map(snapshot.views.map(({ id, view }) => [id, view.hash]));
        for (const { id, view } of event.views) {
          if (before.get(id) === view.hash) continue;
          now.faults.delete(id);
          now.troubles.delete(id);
        }
        snapshot.views = event.views;
        forgetGone(event.views);
        return;
      }
      case 'home':
        snapshot.home = event.home;
        return;
      case 'clock':
        snapshot.now = event.now;
        now.clockHeard = performance.now();
    }
  });
}

/** What was entered into fields that are gone is gone, as in Slack: a field that comes back starts anew. */
function forgetGone(views: readonly SandboxView[]): void {
  const there = new Set<string>();
  for (const { id, view } of views)
    for (const block of named(readView(view).blocks))
      for (const element of elementsOf(block))
        there.add(fieldKey({ in: 'view', viewId: id }, block.block_id, element.action_id ?? ''));
  for (const key of state.answers.keys()) if (key.startsWith('view ') && !there.has(key)) state.answers.delete(key);
}

/** Whether the conversation is before the person's eyes. */
export function isShown(channel: string): boolean {
  const { place, snapshot } = state;
  if (place.at === 'channel') return place.channel === channel;
  const direct = snapshot?.channels.find((one) => one.kind === 'direct');
  return place.tab === 'messages' && direct?.id === channel;
}
