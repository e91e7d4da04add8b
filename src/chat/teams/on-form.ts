import { type Text, textIn } from '../../text/text.ts';
import type { Card } from '../card.ts';
import type { Dispatched } from '../dispatch.ts';
import type { Asked, Form, PlainAnswers } from '../form.ts';
import type { FormState, Place, What } from '../gesture.ts';
import type { Reply } from '../reply.ts';
import { cardOf } from '../reply-card.ts';
import { type Adapter, gestureOf } from './adapter.ts';
import { type Drawing, drawAsked } from './asking.ts';
import { drawCard } from './draw-card.ts';
import type { Carried } from './form-state.ts';
import type { Surface } from './limits.ts';
import { cardMessage, summaryOf } from './messages.ts';
import { becomes, type Outcome, onPage, type Pressed } from './outcome.ts';
import type { Press } from './press.ts';
import { readAnswers } from './read-form.ts';

/** A form's own buttons. */
export async function onForm(adapter: Adapter, pressed: Pressed, press: Press & Carried): Promise<Outcome> {
  const { actor, inputs } = pressed;
  const text = textIn(press.locale, '');
  // Among others everybody sees the buttons of a form that was asked of one.
  if (press.owner !== actor.user) return { says: text.plain('chat.form.notYours') };
  const form = adapter.formNamed(press.form);
  if (form === undefined) return { says: text.plain('chat.form.closed') };
  const answers = readAnswers(form, inputs);
  const open: Open = { pressed, carried: press, form, answers };
  if (press.do === 'save') return submitted(adapter, open);
  if (press.do === 'change') return changed(adapter, open, press.field);
  if (adapter.saved.has(press.formId)) return { says: text.plain('chat.form.saved') };
  adapter.memory.forget(press.formId);
  const card: Card = { body: [{ kind: 'note', words: text.words('chat.form.left') }] };
  return becomes(card, text, pressed.surface);
}

/** An open form as it came back. */
interface Open {
  pressed: Pressed;
  carried: Carried;
  form: Form;
  answers: PlainAnswers;
}

function stateOf({ carried, answers }: Open): FormState {
  const { form, formId, about, without, expanded } = carried;
  return { form, formId, about, without, expanded, answers };
}

async function submitted(adapter: Adapter, open: Open): Promise<Outcome> {
  const { pressed, carried } = open;
  const { actor, surface } = pressed;
  const what: What = { did: 'submitted', ...stateOf(open) };
  const answered = await adapter.dispatch(gestureOf(adapter, actor, what, { place: carried.origin }));
  const { reply, text } = answered;
  if (reply.reply === 'fix') {
    const asked = await askedAgain(adapter, open, '');
    return drawn(adapter, open, asked, text, { problems: reply.problems, ...noticeOf(reply) });
  }
  if (reply.reply === 'ask') return drawn(adapter, open, reply.asked, text, {});
  adapter.memory.forget(carried.formId);
  adapter.saved.add(carried.formId);
  if (reply.reply === 'redraw') redrawOrigin(adapter, open, reply.card, text, 'message');
  else if (carried.origin.kind === 'home') adapter.work.go(redrawHome(adapter, open), notRedrawn(adapter));
  const card = cardOf(reply) ?? { body: [{ kind: 'note', words: text.words('chat.form.saved') } as const] };
  return becomes(card, text, reply.reply === 'home' ? onPage(surface) : surface);
}

const noticeOf = ({ notice }: Reply & { reply: 'fix' }) => (notice === undefined ? {} : { notice });

async function changed(adapter: Adapter, open: Open, field: string): Promise<Outcome> {
  const { reply, text } = await askAnew(adapter, open, field);
  const asked = reply.reply === 'ask' ? reply.asked : await askedAgain(adapter, open, field);
  return drawn(adapter, open, asked, text, {});
}

function askAnew(adapter: Adapter, open: Open, field: string): Promise<Dispatched> {
  const { pressed, carried } = open;
  const what: What = { did: 'changed', field, ...stateOf(open) };
  return adapter.dispatch(gestureOf(adapter, pressed.actor, what, { place: carried.origin, step: 'changed' }));
}

/** The form as it was last drawn by this process, else as its slice draws it now, else as far as it is known without. */
async function askedAgain(adapter: Adapter, open: Open, field: string): Promise<Asked> {
  const { carried, form, answers } = open;
  const { asked } = adapter.memory.find(carried.formId);
  if (asked !== undefined) return asked;
  const lookUp = Object.entries(form.fields).find(([, { widget }]) => widget.kind === 'lookUp' && widget.changesForm);
  const { reply } = await askAnew(adapter, open, field || (lookUp?.[0] ?? ''));
  if (reply.reply === 'ask') return reply.asked;
  const { formId: id, about, without, expanded } = carried;
  return { form, id, about, initial: answers, options: {}, without, expanded };
}

/** The form in the place of the form, with everything that was typed. */
async function drawn(
  adapter: Adapter,
  { pressed, carried, answers }: Open,
  asked: Asked,
  text: Text,
  marks: Pick<Drawing, 'problems' | 'notice'>,
): Promise<Outcome> {
  const { actor, surface } = pressed;
  const same = asked.id === carried.formId;
  const initial = same ? { ...asked.initial, ...answers } : asked.initial;
  const file = same ? fileIn(adapter, actor.user, asked.form, answers) : {};
  const drawing = { surface, origin: carried.origin, ...marks, ...file };
  const card = await drawAsked(adapter, actor, { ...asked, initial }, text, drawing);
  return { becomes: card, title: text.plain(asked.form.title), lasting: !same, asks: true };
}

/** The file that the form already has, when it is still here. */
function fileIn(adapter: Adapter, user: string, form: Form, answers: PlainAnswers): Pick<Drawing, 'file'> {
  const field = Object.entries(form.fields).find(([, { widget }]) => widget.kind === 'file')?.[0];
  const pointer = field === undefined ? undefined : answers[field];
  const name = typeof pointer === 'string' ? adapter.shelf.nameOf(user, pointer) : null;
  return typeof pointer === 'string' && name !== null ? { file: { name, pointer } } : {};
}

/**
 * The card whose button opened the form shows what is true now; it can be gone by then. Where it stands was told by the
 * client, so only in the person's own conversation with the bot is anything of it believed.
 */
function redrawOrigin(adapter: Adapter, open: Open, card: Card, text: Text, surface: Surface): void {
  const { origin } = open.carried;
  const { actor, message: here } = open.pressed;
  const isOwn = actor.kind === 'personal' && origin.conversation === actor.where.conversation;
  if (!isOwn || origin.message === undefined || origin.message === here) return;
  const message = cardMessage(drawCard(card, { surface, text }), summaryOf(card));
  const update = adapter.connectors.background.update(actor.where, origin.message, message);
  adapter.work.go(update, notRedrawn(adapter));
}

const notRedrawn = (adapter: Adapter) => (err: unknown) => adapter.log.info({ err }, 'a card was not redrawn');

async function redrawHome(adapter: Adapter, open: Open): Promise<void> {
  const { actor } = open.pressed;
  const place: Place = open.carried.origin;
  const visit = gestureOf(adapter, actor, { did: 'visitedHome' }, { place, step: 'home' });
  const { reply, text } = await adapter.dispatch(visit);
  if (reply.reply === 'home') redrawOrigin(adapter, open, reply.card, text, 'page');
}
