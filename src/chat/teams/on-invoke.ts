import { inTime } from '../in-time.ts';
import { type Actor, type Adapter, actorOf, wordsOf } from './adapter.ts';
import { lookUp } from './asking.ts';
import { cardMessage } from './messages.ts';
import { onExtension, onExtensionQuery } from './on-extension.ts';
import { onPress } from './on-press.ts';
import type { Outcome } from './outcome.ts';
import { cardAction, type Invoke, typed } from './payloads.ts';
import { readPress } from './press.ts';

/** The answer to an invoke: it stands in the HTTP answer. */
export interface InvokeAnswer {
  status: number;
  body?: unknown;
}

const ok = (body: unknown): InvokeAnswer => ({ status: 200, body });
/** Bot Framework: an invoke that the bot does not know. */
const unknown: InvokeAnswer = { status: 501 };

/** What a client asks for and waits for: buttons of cards, look-ups, the message extension. */
export async function onInvoke(adapter: Adapter, invoke: Invoke): Promise<InvokeAnswer> {
  const actor = actorOf(invoke);
  if (actor === null) return unknown;
  switch (invoke.name) {
    case 'adaptiveCard/action':
      return onCard(adapter, actor, invoke);
    case 'application/search':
      return onTyped(adapter, actor, invoke);
    case 'composeExtension/query':
      return ok(await onExtensionQuery(adapter, actor, invoke));
    case 'composeExtension/fetchTask':
    case 'composeExtension/submitAction':
      return ok(await onExtension(adapter, actor, invoke));
    default:
      adapter.log.info({ invoke: invoke.name }, 'an invoke of an unknown kind');
      return unknown;
  }
}

/** A button of a card in a message. */
async function onCard(adapter: Adapter, actor: Actor, invoke: Invoke): Promise<InvokeAnswer> {
  const { data } = cardAction.parse(invoke.value).action;
  const press = readPress(data);
  if (press === null) return ok(cardSays(wordsOf(actor).plain('chat.notFound')));
  const message = invoke.replyToId ?? null;
  const outcome = await onPress(adapter, { actor, press, inputs: data, surface: 'message', message });
  if ('says' in outcome) return ok(cardSays(outcome.says));
  if (outcome.lasting && message !== null) await keep(adapter, actor, message, outcome);
  // Teams, Universal Actions: response format.
  return ok({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: outcome.becomes });
}

const cardSays = (words: string) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: words,
});

/** Milliseconds that an answer waits for its message. */
const patience = 1_000;

/** The answer changes the card on the screen; the message itself is changed too, for whoever opens it again. */
async function keep(
  adapter: Adapter,
  actor: Actor,
  message: string,
  { becomes, title, asks }: Exclude<Outcome, { says: string }>,
): Promise<void> {
  const { connectors, work, log } = adapter;
  const update = connectors.interactive.update(actor.where, message, cardMessage(becomes, title));
  const kept = update.catch((err: unknown) => log.info({ err }, 'a card was not kept as it was shown'));
  // A message that changes loses what somebody has typed into it: a form stands there before anybody can type.
  if (asks) await inTime(work.follow(kept), patience, undefined);
  else void work.follow(kept);
}

/** Most options that Teams shows (Typeahead search in Adaptive Cards). */
const mostOptions = 15;

/** Typing into a look-up. */
async function onTyped(adapter: Adapter, actor: Actor, invoke: Invoke): Promise<InvokeAnswer> {
  const { queryText, dataset } = typed.parse(invoke.value);
  const options = (await lookUp(adapter, actor, dataset, queryText)).slice(0, mostOptions);
  adapter.offered.note(actor.user, dataset, options);
  const results = options.map(({ value, label, detail }) => ({
    value,
    title: detail === undefined || detail === '' ? label : `${label} · ${detail}`,
  }));
  return ok({ statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } });
}
