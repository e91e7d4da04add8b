import type { ModalView } from '@slack/types';
import type { Logger } from 'pino';
import { type Text, textIn } from '../../text/text.ts';
import { labelOf } from '../form.ts';
import type { Reply } from '../reply.ts';
import { cardOf } from '../reply-card.ts';
import { acknowledgement } from './acknowledge.ts';
import { type Adapter, gestureOf, isForeign, modalOf } from './adapter.ts';
import { remembered } from './on-change.ts';
import { drawHome } from './on-event.ts';
import { formState, type OpenForm, readOpenForm, redrawn } from './open-form.ts';
import { viewAction } from './payloads.ts';
import { initialAnswers } from './read-form.ts';

/** What Slack's client does with the modal when its answers were heard. */
export type FormAnswer =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: ModalView }
  | { response_action: 'clear' };
type Ack = (answer?: FormAnswer) => Promise<void>;

/** A submitted form. */
export async function onSubmit(adapter: Adapter, body: unknown, ack: Ack): Promise<void> {
  const { user, view, team } = viewAction.parse(body);
  const open = readOpenForm(view);
  if (isForeign(adapter, team?.id, user.team_id) || open === null) return ack();
  const { origin, locale } = open.carried;
  const late = () => errorsOf(open, textIn(locale).plain('chat.busy.form', { code: 'KAM-LATE' }));
  const acknowledge = acknowledgement(ack, late, lost(adapter.log));
  const from = { id: `${view.id}:${view.hash}`, user: user.id, place: origin };
  const { reply, text } = await adapter.dispatch(gestureOf(adapter, from, { did: 'submitted', ...formState(open) }));
  if (reply.reply === 'ask') {
    await acknowledge.give({ response_action: 'update', view: modalOf(adapter, reply.asked, text.locale, { origin }) });
    return;
  }
  if (reply.reply === 'fix') {
    await acknowledge.give(answerToFix(adapter, open, reply, text));
    return;
  }
  const closed = await acknowledge.give({ response_action: 'clear' });
  if (closed) adapter.memory.forget(open.carried.formId);
  if (reply.reply === 'home') await adapter.homes.publish(user.id, reply.card);
  else if (reply.reply === 'redraw') await adapter.words.redraw(user.id, origin, reply.card);
  else {
    const card = cardOf(reply);
    if (card !== null) await adapter.words.say(user.id, origin, card);
  }
  if (origin.kind === 'home' || adapter.homes.isOpen(user.id)) {
    await drawHome(adapter, { id: `${view.id}:${view.hash}:home`, user: user.id });
  }
}

/** A form closed by hand: what was typed by hand may be worth keeping, what it came with is not. */
export async function onClose(adapter: Adapter, body: unknown, ack: () => Promise<void>): Promise<void> {
  const { user, view, team } = viewAction.parse(body);
  const open = readOpenForm(view);
  if (isForeign(adapter, team?.id, user.team_id) || open === null) return ack();
  const acknowledge = acknowledgement(ack, () => undefined, lost(adapter.log));
  const state = formState(open);
  // Slack does not say what was answered in a modal that is closed, so what was last heard of it counts.
  const { typed } = adapter.memory.find(state.formId);
  const drawn = { ...open.carried.hidden, ...initialAnswers(view.blocks) };
  const kept = typed ?? (open.carried.touched ? drawn : {});
  const from = { id: `${view.id}:closed`, user: user.id, place: open.carried.origin };
  await adapter.dispatch(gestureOf(adapter, from, { did: 'closed', ...state, answers: kept }));
  adapter.memory.forget(state.formId);
  await acknowledge.give();
}

const lost = (log: Logger) => (error: unknown) => log.error({ err: error }, 'could not acknowledge');

/** Every sentence at its field. What has no field on the screen is said at the first one, so that nothing typed is lost. */
function answerToFix(adapter: Adapter, open: OpenForm, reply: Reply & { reply: 'fix' }, text: Text): FormAnswer {
  const unseen = Object.entries(reply.problems).filter(([field]) => !open.shown.has(field));
  const asked = remembered(adapter, open);
  const canShow = unseen.some(([field]) => asked !== null && field in asked.form.fields);
  if (asked !== null && (open.shown.size === 0 || (canShow && !open.carried.expanded))) {
    const labels = Object.entries(reply.problems).map(([field, problem]) => {
      const label = labelOf(field, asked, text);
      return label === '' ? problem : `${label}: ${problem}`;
    });
    const warning = [reply.notice ?? text.plain('chat.form.problems'), ...labels].join('\n');
    const { origin } = open.carried;
    const anew = redrawn({ ...asked, expanded: true }, open);
    const drawing = { origin, touched: true, resets: anew.resets, warning };
    return { response_action: 'update', view: modalOf(adapter, anew.asked, text.locale, drawing) };
  }
  const seen = Object.entries(reply.problems).filter(([field]) => open.shown.has(field));
  const loose = [...(reply.notice === undefined ? [] : [reply.notice]), ...unseen.map(([, problem]) => problem)];
  return errorsOf(open, loose.join(' '), Object.fromEntries(seen));
}

function errorsOf(open: OpenForm, notice: string, problems: Readonly<Record<string, string>> = {}): FormAnswer {
  const errors: Record<string, string> = {};
  for (const [field, block] of open.shown) {
    const problem = problems[field];
    if (problem !== undefined) errors[block] = problem;
  }
  const [first] = open.shown.values();
  if (notice !== '' && first !== undefined) {
    const own = errors[first];
    errors[first] = own === undefined ? notice : `${notice} ${own}`;
  }
  return { response_action: 'errors', errors };
}
