import type { ModalView } from '@slack/types';
import { plain } from '../../text/words.ts';
import type { Card } from '../card.ts';
import type { Dispatched } from '../dispatch.ts';
import type { Place, What } from '../gesture.ts';
import { cardOf, sentence } from '../reply-card.ts';
import { acknowledgement } from './acknowledge.ts';
import {
  type Adapter,
  gestureOf,
  isForeign,
  modalOf,
  openModal,
  outsiderMessage,
  placeOf,
  updateModal,
} from './adapter.ts';
import { drawBlocks } from './draw-card.ts';
import { moreDetails } from './draw-form.ts';
import type { Origin } from './form-state.ts';
import { fieldOf } from './form-state.ts';
import { limits, plainText } from './limits.ts';
import { expandForm, onChange } from './on-change.ts';
import { drawHome } from './on-event.ts';
import { type OpenForm, readOpenForm } from './open-form.ts';
import { type BlockActions, blockActions } from './payloads.ts';
import { respond } from './respond.ts';

/** A pressed button or a changed answer: in a message, on the home page, in a modal. */
export async function onPress(adapter: Adapter, body: unknown, ack: () => Promise<void>): Promise<void> {
  const pressed = blockActions.parse(body);
  const [action] = pressed.actions;
  if (action === undefined) return ack();
  if (isForeign(adapter, pressed.team?.id, pressed.user.team_id)) {
    await ack();
    const answer = { response_type: 'ephemeral', replace_original: false, ...outsiderMessage() } as const;
    if (pressed.response_url !== undefined) await respond(pressed.response_url, adapter.apiUrl, answer);
    return;
  }
  const form = pressed.view?.type === 'modal' ? readOpenForm(pressed.view) : null;
  if (form !== null && action.action_id === moreDetails) return expandForm(adapter, pressed, form, ack);
  const field = fieldOf(action.block_id);
  if (form !== null && field !== null) {
    return onChange(adapter, pressed, form, { field, isLookUp: action.action_id.startsWith('find:') }, ack);
  }
  const what = meaning(action);
  if (what === null) return ack();

  const acknowledge = acknowledgement(
    ack,
    () => undefined,
    (error) => adapter.log.error({ err: error }, 'could not acknowledge'),
  );
  const place: Place = form === null ? placeOfPress(pressed) : form.carried.origin;
  const answered = await adapter.dispatch(
    gestureOf(adapter, { id: pressed.trigger_id, user: pressed.user.id, place }, what),
  );
  const { reply, text } = answered;
  if (reply.reply === 'ask' && pressed.view?.type !== 'modal') {
    const origin = originOf(pressed);
    const view = modalOf(adapter, reply.asked, text.locale, { origin });
    const opened = await openModal(adapter, pressed.trigger_id, view);
    await acknowledge.give();
    if (opened !== 'failed') return;
    return adapter.words.say(pressed.user.id, origin, sentence(text.plain('chat.form.notOpened')));
  }
  await acknowledge.give();
  if (pressed.view?.type === 'home') await answerAtHome(adapter, pressed, answered);
  else if (pressed.view?.type === 'modal') await answerInModal(adapter, pressed, answered, form);
  else await answerInMessage(adapter, pressed, answered);
}

/** What a button's action id says; null for links and what is none of ours. */
export function meaning(action: { action_id: string; value?: string | undefined }): What | null {
  const [, kind, name] = /^(does|opens):([^#]+)/.exec(action.action_id) ?? [];
  if (kind === undefined || name === undefined) return null;
  const about = action.value === undefined ? {} : { about: action.value };
  return kind === 'does' ? { did: 'pressed', action: name, ...about } : { did: 'opened', opener: name, ...about };
}

function placeOfPress({ container, view }: BlockActions): Place {
  if (view) return { kind: 'home' };
  if (container.channel_id === undefined) return { kind: 'direct' };
  return placeOf(container.channel_id, container.message_ts);
}

function originOf(pressed: BlockActions): Origin {
  const { container, response_url: responseUrl } = pressed;
  const privately = container.is_ephemeral === true && responseUrl !== undefined ? { responseUrl } : {};
  return { ...placeOfPress(pressed), ...privately };
}

async function answerInMessage(adapter: Adapter, pressed: BlockActions, { reply }: Dispatched): Promise<void> {
  const { user } = pressed;
  const origin = originOf(pressed);
  if (reply.reply === 'redraw') await adapter.words.redraw(user.id, origin, reply.card);
  else if (reply.reply === 'home') await adapter.homes.publish(user.id, reply.card);
  else {
    const card = cardOf(reply);
    if (card !== null) await adapter.words.say(user.id, origin, card);
  }
  if (reply.reply !== 'nothing' && adapter.homes.isOpen(user.id)) {
    await drawHome(adapter, { id: `${pressed.trigger_id}:home`, user: user.id });
  }
}

async function answerAtHome(adapter: Adapter, pressed: BlockActions, { reply, text }: Dispatched): Promise<void> {
  const { user } = pressed;
  if (reply.reply === 'home') return adapter.homes.publish(user.id, reply.card);
  // The page lists what was changed: it is drawn anew, and what there is to say stands in front of it.
  const card = reply.reply === 'redraw' ? null : cardOf(reply);
  if (card !== null && (await openModal(adapter, pressed.trigger_id, cardModal(card, text))) === 'failed') {
    await adapter.words.say(user.id, { kind: 'home' }, card);
  }
  await drawHome(adapter, { id: `${pressed.trigger_id}:home`, user: user.id });
}

async function answerInModal(
  adapter: Adapter,
  pressed: BlockActions,
  { reply, text }: Dispatched,
  form: OpenForm | null,
): Promise<void> {
  const { view, user } = pressed;
  if (!view) return;
  const origin: Origin = form?.carried.origin ?? { kind: 'home' };
  if (reply.reply === 'ask') return updateModal(adapter, view, modalOf(adapter, reply.asked, text.locale, { origin }));
  const card = cardOf(reply);
  if (card === null) return;
  // A form keeps what was typed; a card that stands in a modal makes room for the next.
  if (form !== null) return adapter.words.say(user.id, origin, card);
  await updateModal(adapter, view, cardModal(card, text));
  await drawHome(adapter, { id: `${pressed.trigger_id}:home`, user: user.id });
}

/** A card in a window of its own, in front of the home page. */
export function cardModal(card: Card, text: Dispatched['text']): ModalView {
  const title = card.title === undefined ? 'KAM' : plain(card.title);
  const blocks = drawBlocks(title.length > limits.viewTitle ? card : { body: card.body }, 'modal');
  return {
    type: 'modal',
    callback_id: 'card',
    title: plainText(title, limits.viewTitle),
    close: plainText(text.plain('chat.closeDetails'), limits.viewTitle),
    blocks: blocks.length > 0 ? blocks : [{ type: 'divider' }],
  };
}
