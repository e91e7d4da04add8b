import type { Place, What } from '../gesture.ts';
import { cardOf, sentence } from '../reply-card.ts';
import { acknowledgement } from './acknowledge.ts';
import { type Adapter, gestureOf, isForeign, modalOf, openModal, outsiderMessage, placeOf } from './adapter.ts';
import { type AnyShortcut, anyShortcut } from './payloads.ts';
import { readable } from './readable.ts';
import { respond } from './respond.ts';
import { shortcuts } from './surface.ts';

/** An entry of Slack's menus: global, or on a message. */
export async function onShortcut(adapter: Adapter, body: unknown, ack: () => Promise<void>): Promise<void> {
  const started = anyShortcut.parse(body);
  const { user } = started;
  if (isForeign(adapter, started.team?.id, user.team_id)) {
    await ack();
    if (started.type === 'message_action') {
      await respond(started.response_url, adapter.apiUrl, { response_type: 'ephemeral', ...outsiderMessage() });
    }
    return;
  }
  const acknowledge = acknowledgement(
    ack,
    () => undefined,
    (error) => adapter.log.error({ err: error }, 'could not acknowledge'),
  );
  const from = { id: started.trigger_id, user: user.id, place: place(started) };
  const { reply, text } = await adapter.dispatch(gestureOf(adapter, from, what(adapter, started)));
  if (reply.reply === 'ask') {
    const view = modalOf(adapter, reply.asked, text.locale, { origin: from.place });
    const opened = await openModal(adapter, started.trigger_id, view);
    await acknowledge.give();
    if (opened === 'failed') {
      await adapter.words.say(user.id, from.place, sentence(text.plain('chat.form.notOpened')));
    }
    return;
  }
  await acknowledge.give();
  const card = cardOf(reply);
  if (card !== null) await adapter.words.say(user.id, from.place, card);
}

function place(started: AnyShortcut): Place {
  return started.type === 'message_action' ? placeOf(started.channel.id) : { kind: 'direct' };
}

function what(adapter: Adapter, started: AnyShortcut): What {
  const known = Object.entries(shortcuts).find(([callbackId]) => callbackId === started.callback_id);
  const shortcut = known?.[1].name ?? started.callback_id.slice(0, 60);
  if (started.type === 'shortcut') return { did: 'started', shortcut };
  const { channel, message } = started;
  const link = permalink(adapter.workspace.url, channel.id, message);
  return { did: 'started', shortcut, message: { text: readable(message.text), link } };
}

/**
 * The address of a message, as chat.getPermalink gives it. Made here, since asking for it would take from the 3 seconds
 * in which the form must open, and is refused in conversations that the bot is not in.
 */
export function permalink(
  workspaceUrl: string,
  channel: string,
  message: { ts: string; thread_ts?: string | undefined },
): string | null {
  if (!/^\d+\.\d+$/.test(message.ts) || !URL.canParse(workspaceUrl)) return null;
  const url = new URL(`archives/${encodeURIComponent(channel)}/p${message.ts.replace('.', '')}`, workspaceUrl);
  if (message.thread_ts !== undefined && message.thread_ts !== message.ts) {
    url.searchParams.set('thread_ts', message.thread_ts);
    url.searchParams.set('cid', channel);
  }
  return url.toString();
}
