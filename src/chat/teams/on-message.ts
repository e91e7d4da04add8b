import type { ActivityParams } from '@microsoft/teams.api';
import type { Text } from '../../text/text.ts';
import type { Dispatched } from '../dispatch.ts';
import type { Asked } from '../form.ts';
import { cardOf, sentence } from '../reply-card.ts';
import { type Actor, type Adapter, actorOf, gestureOf, placeOf, wordsOf } from './adapter.ts';
import { drawAsked } from './asking.ts';
import { faultOf } from './calls.ts';
import { drawCard } from './draw-card.ts';
import { cardMessage, messageOf, summaryOf } from './messages.ts';
import { onPress } from './on-press.ts';
import { type Message, sentFile } from './payloads.ts';
import { type Press, readPress } from './press.ts';
import { sayPrivately } from './private-room.ts';
import { wordsSaid } from './words-said.ts';

/** Words to the bot: a command. In a team or a group chat Teams brings only what mentions it. */
export async function onMessage(adapter: Adapter, message: Message): Promise<void> {
  const actor = actorOf(message);
  if (actor === null) return adapter.log.info('a message of nobody in the tenant');
  const pressed = readPress(message.value);
  if (pressed !== null) return onSubmitted(adapter, actor, message, pressed);
  const words = wordsSaid(message.text ?? '', message);
  const file = actor.kind === 'personal' ? fileOf(adapter, actor, message) : null;
  if (file !== null && words === '') return onFile(adapter, actor, file);
  const answered = await adapter.dispatch(gestureOf(adapter, actor, { did: 'said', words }));
  await answer(adapter, actor, answered, file ?? undefined);
}

/** Clients that know no Action.Execute send a card's button as a message with a value. */
async function onSubmitted(adapter: Adapter, actor: Actor, { value, replyToId }: Message, press: Press): Promise<void> {
  const inputs = typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  const message = replyToId ?? null;
  const outcome = await onPress(adapter, { actor, press, inputs, surface: 'message', message });
  if ('says' in outcome) {
    if (outcome.says !== '') await sayPrivately(adapter, actor, messageOf(sentence(outcome.says), wordsOf(actor)));
    return;
  }
  const answer = cardMessage(outcome.becomes, outcome.title);
  try {
    if (message === null) await sayPrivately(adapter, actor, answer);
    else await adapter.connectors.interactive.update(actor.where, message, answer);
  } catch (error) {
    adapter.log.info({ reason: faultOf(error).code }, 'a card was not redrawn');
    await sayPrivately(adapter, actor, answer);
  }
}

interface SentFile {
  name: string;
  pointer: string;
}

/** The first file of a message, put where a form can take it from. */
function fileOf(adapter: Adapter, actor: Actor, { attachments }: Message): SentFile | null {
  for (const attachment of attachments ?? []) {
    const read = sentFile.safeParse(attachment);
    if (!read.success) continue;
    const { name, content } = read.data;
    const pointer = adapter.shelf.put(actor.user, { name, address: content.downloadUrl });
    if (pointer !== null) return { name, pointer };
  }
  return null;
}

/** A file alone is the answer to the form that asked this person for one last: that form comes again, with the file. */
async function onFile(adapter: Adapter, actor: Actor, file: SentFile): Promise<void> {
  const waiting = adapter.waiting.take(actor.user);
  if (waiting !== null) return ask(adapter, actor, waiting.asked, waiting.text, file);
  const { text } = await adapter.dispatch(gestureOf(adapter, actor, { did: 'said', words: '' }));
  await say(adapter, actor, messageOf(sentence(text.plain('chat.file.noForm')), text), text);
}

/** Answers words, so that only the one who said them reads it. */
async function answer(adapter: Adapter, actor: Actor, { reply, text }: Dispatched, file?: SentFile): Promise<void> {
  if (reply.reply === 'ask') return ask(adapter, actor, reply.asked, text, file);
  const card = cardOf(reply);
  if (card === null) return;
  const surface = reply.reply === 'home' ? 'page' : 'message';
  const drawn = drawCard(card, { surface, text, painted: await adapter.pictures(card) });
  await say(adapter, actor, cardMessage(drawn, summaryOf(card)), text);
}

async function ask(adapter: Adapter, actor: Actor, asked: Asked, text: Text, file?: SentFile): Promise<void> {
  const drawing = { surface: 'message', origin: placeOf(actor), ...(file === undefined ? {} : { file }) } as const;
  const card = await drawAsked(adapter, actor, asked, text, drawing);
  await say(adapter, actor, cardMessage(card, text.plain(asked.form.title)), text);
}

/** Among others a word says where the answer went, or that it went nowhere; what was answered is nobody else's business. */
async function say(adapter: Adapter, actor: Actor, message: ActivityParams, text: Text): Promise<void> {
  const brought = await sayPrivately(adapter, actor, message);
  if (actor.kind === 'personal' || brought === 'here') return;
  const words = text.words(brought === 'nowhere' ? 'chat.private.unreachable' : 'chat.private.elsewhere');
  const told = { body: [{ kind: 'words', words } as const] };
  try {
    await adapter.connectors.interactive.post(actor.where, messageOf(told, text));
  } catch (error) {
    adapter.log.warn({ reason: faultOf(error).code }, 'where an answer went was not said');
  }
}
