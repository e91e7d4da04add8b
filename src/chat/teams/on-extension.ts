import { cardAttachment } from '@microsoft/teams.api';
import { plain } from '../../text/words.ts';
import type { What } from '../gesture.ts';
import type { Found } from '../reply.ts';
import { cardOf } from '../reply-card.ts';
import { type Actor, type Adapter, gestureOf, wordsOf } from './adapter.ts';
import { drawAsked } from './asking.ts';
import { drawCard } from './draw-card.ts';
import { dialogOf } from './messages.ts';
import { onPress } from './on-press.ts';
import { extensionAction, extensionQuery, type Invoke } from './payloads.ts';
import { readPress } from './press.ts';
import { extensionCommands } from './surface.ts';
import { wordsOfHtml } from './words-said.ts';

/** The message extension's dialog: opened, or a button in it was pressed. */
export async function onExtension(adapter: Adapter, actor: Actor, invoke: Invoke): Promise<unknown> {
  const asked = extensionAction.parse(invoke.value);
  if (invoke.name === 'composeExtension/fetchTask') return open(adapter, actor, asked.commandId, asked.messagePayload);
  const inputs = asked.data ?? {};
  const press = readPress(inputs);
  if (press === null) return lastWords(wordsOf(actor).plain('chat.notFound'));
  const outcome = await onPress(adapter, { actor, press, inputs, surface: 'dialog', message: null });
  if ('becomes' in outcome) return dialogOf(outcome.becomes, outcome.title);
  return lastWords(outcome.says);
}

/** Teams, Dialogs: a window with these words takes the place of the dialog; without words it closes. */
const lastWords = (words: string) => (words === '' ? {} : { task: { type: 'message', value: words } });

interface OnMessage {
  body?: { content?: string | null | undefined; contentType?: string | null | undefined } | null | undefined;
  linkToMessage?: string | null | undefined;
}

/** Which of the actions it is; what is not known is the one that there always was. */
function actionNamed(id: string | null | undefined) {
  const { logVisit, saveFeedback } = extensionCommands;
  return id === 'saveFeedback' ? saveFeedback : logVisit;
}

async function open(
  adapter: Adapter,
  actor: Actor,
  commandId: string | null | undefined,
  on: OnMessage | null | undefined,
): Promise<unknown> {
  const { shortcut, shortcutOnMessage } = actionNamed(commandId);
  const content = on?.body?.content ?? '';
  const text = on?.body?.contentType === 'text' ? content : wordsOfHtml(content);
  const what: What =
    on === null || on === undefined
      ? { did: 'started', shortcut }
      : { did: 'started', shortcut: shortcutOnMessage, message: { text, link: on.linkToMessage ?? null } };
  const { reply, text: said } = await adapter.dispatch(gestureOf(adapter, actor, what));
  if (reply.reply === 'ask') {
    const drawing = { surface: 'dialog', origin: { kind: 'direct' } } as const;
    const card = await drawAsked(adapter, actor, reply.asked, said, drawing);
    return dialogOf(card, said.plain(reply.asked.form.title));
  }
  const card = cardOf(reply);
  if (card === null) return {};
  const title = card.title === undefined ? 'KAM' : plain(card.title, '');
  return dialogOf(drawCard(card, { surface: 'dialog', text: said }), title);
}

/** The message extension's search: what is chosen goes into the message that the person is writing. */
export async function onExtensionQuery(adapter: Adapter, actor: Actor, invoke: Invoke): Promise<unknown> {
  const { parameters } = extensionQuery.parse(invoke.value);
  const { parameter, finder } = extensionCommands.findAccount;
  const typed = parameters?.find(({ name }) => name === parameter)?.value;
  const query = typeof typed === 'string' ? typed : '';
  const { reply, text } = await adapter.dispatch(gestureOf(adapter, actor, { did: 'searched', finder, query }));
  const found = reply.reply === 'found' ? reply.results : [];
  const attachments = found.map((one) => ({
    ...cardAttachment('adaptive', drawCard(one.card, { surface: 'message', text })),
    preview: preview(one),
  }));
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

/** A line in the list of results. Teams reads HTML in these cards, so what could be a tag is written as text. */
function preview({ title, detail }: Found) {
  return cardAttachment('thumbnail', {
    title: asText(title),
    ...(detail === undefined ? {} : { text: asText(detail) }),
  });
}

const asText = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
