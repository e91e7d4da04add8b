import type { Text } from '../../text/text.ts';
import type { Card } from '../card.ts';
import type { Asked } from '../form.ts';
import type { Place, What } from '../gesture.ts';
import { cardOf } from '../reply-card.ts';
import { type Adapter, gestureOf, placeOf } from './adapter.ts';
import { drawAsked } from './asking.ts';
import type { Origin } from './form-state.ts';
import { cardMessage, messageOf, summaryOf } from './messages.ts';
import { onForm } from './on-form.ts';
import { becomes, type Outcome, onPage, type Pressed } from './outcome.ts';
import type { Press } from './press.ts';
import { type Brought, sayPrivately } from './private-room.ts';

/** Answers a pressed button. Everything that concerns others was already asked of the slices by dispatch. */
export function onPress(adapter: Adapter, pressed: Pressed): Promise<Outcome> {
  const { press } = pressed;
  switch (press.do) {
    case 'does':
      return onButton(adapter, pressed, press, { did: 'pressed', action: press.name, ...aboutOf(press) });
    case 'opens':
      return onButton(adapter, pressed, press, { did: 'opened', opener: press.name, ...aboutOf(press) });
    case 'save':
    case 'change':
    case 'cancel':
      return onForm(adapter, pressed, press);
  }
}

const aboutOf = ({ about }: { about?: string }) => (about === undefined ? {} : { about });

async function onButton(
  adapter: Adapter,
  pressed: Pressed,
  press: Press & { do: 'does' | 'opens' },
  what: What,
): Promise<Outcome> {
  const { actor, surface } = pressed;
  const place = placeOfPress(pressed, press.page === true);
  const answered = await adapter.dispatch(gestureOf(adapter, actor, what, { place }));
  const { reply, text } = answered;
  if (reply.reply === 'redraw') return becomes(reply.card, text, surface);
  if (reply.reply === 'home') return becomes(reply.card, text, onPage(surface));
  if (reply.reply === 'ask') return openForm(adapter, pressed, reply.asked, text, { ...place });
  const card = cardOf(reply);
  if (card === null) return { says: '' };
  if (surface === 'dialog') return becomes(card, text, surface);
  return { says: inPassing(await sayPrivately(adapter, actor, messageOf(card, text)), text, passing(card)) };
}

/**
 * A form that a button opens: below in the person's own conversation, so that the card with the button stays. What a form
 * offers takes its place, and so does what is opened in a dialog.
 */
async function openForm(
  adapter: Adapter,
  { actor, surface, press }: Pressed,
  asked: Asked,
  text: Text,
  origin: Origin,
): Promise<Outcome> {
  const card = await drawAsked(adapter, actor, asked, text, { surface, origin });
  const title = text.plain(asked.form.title);
  const inForm = press.do === 'opens' && press.inForm === true && actor.kind === 'personal';
  if (surface === 'dialog' || inForm) return { becomes: card, title, lasting: inForm, asks: true };
  return { says: inPassing(await sayPrivately(adapter, actor, cardMessage(card, title)), text, '') };
}

/** What is said in passing of an answer that stands in a message of its own; `done` when it is there. */
function inPassing(brought: Brought, text: Text, done: string): string {
  if (brought === 'nowhere') return text.plain('chat.private.unreachable');
  return brought === 'later' ? text.plain('chat.private.later') : done;
}

function placeOfPress({ actor, message }: Pressed, page: boolean): Place {
  const place = placeOf(actor, message ?? undefined);
  return page ? { ...place, kind: 'home' } : place;
}

/** Words in passing are short: the card's first line. */
const passing = (card: Card) => summaryOf(card).split(' · ')[0] ?? '';
