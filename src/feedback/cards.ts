import type { Temporal } from 'temporal-polyfill';
import type { Button, Card, Fact, Part } from '../chat/card.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { dimensionName } from './dimension.ts';
import { ageOf, type FeedbackItem, type Named } from './feedback.ts';
import type { Result } from './result.ts';

/** Who reads, in which language, on which day. */
export interface Reader {
  text: Text;
  me: { id: string };
  today: Temporal.PlainDate;
}

export const person = ({ id, name }: Named): Words => ({ person: id, name });

/** The start of what a customer said, on one line. */
export const quoted = (words: string, text: Text, max = 200): string =>
  text.plain('feedback.quote', { words: cut(words.replaceAll(/\s+/gu, ' ').trim(), max) });

/** `Problem · Delivery · weighs heavily`. */
export function natureOf({ kind, dimension, severity }: FeedbackItem, text: Text): string {
  const parts = [
    text.plain(`feedback.kind.${kind}`),
    // What is about the price need not say so twice.
    dimension === null || dimension.key === kind ? '' : dimensionName(dimension, text),
    severity === 'medium' ? '' : text.plain(`feedback.severity.${severity}`),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Who owes the answer, until when. */
export function owedWords(one: FeedbackItem, { text, me, today }: Reader): Words {
  const owner = one.owner;
  const who: Words =
    owner === null
      ? text.words('feedback.card.nobody')
      : owner.id === me.id
        ? text.words('feedback.card.me')
        : person(owner);
  if (one.dueOn === null) return who;
  const days = today.until(one.dueOn, { largestUnit: 'day' }).days;
  const when = days === 0 ? 'today' : days < 0 ? 'past' : 'due';
  return [who, ' · ', text.words(`feedback.card.${when}`, { day: text.day(one.dueOn, today) })];
}

/** How long ago it was said. */
export const ageWords = (one: FeedbackItem, { text, today }: Pick<Reader, 'text' | 'today'>): string =>
  text.plain('feedback.card.age', { days: ageOf(one, today) });

function factsOf(one: FeedbackItem, reader: Reader): Fact[] {
  const { text, me, today } = reader;
  const { atThatTime: was, contact, author, state, answer, outcome, sourceLink, visitId } = one;
  const owes = state === 'open';
  const facts: (Fact | false)[] = [
    { label: text.plain('feedback.fact.kind'), value: natureOf(one, text) },
    contact !== null && { label: text.plain('feedback.fact.contact'), value: contact.name },
    { label: text.plain('feedback.fact.saidOn'), value: text.day(one.saidOn, today) },
    author.id !== me.id && { label: text.plain('feedback.fact.author'), value: person(author) },
    owes
      ? { label: text.plain('feedback.fact.owed'), value: owedWords(one, reader) }
      : { label: text.plain('feedback.fact.state'), value: text.plain(`feedback.state.${state}`) },
    answer !== null && { label: text.plain('feedback.fact.answer'), value: answer },
    outcome !== null && { label: text.plain('feedback.fact.outcome'), value: outcome },
    {
      label: text.plain('feedback.fact.then'),
      value: text.words('feedback.card.then', {
        class: text.plain(`accounts.class.${was.accountClass}`),
        steps: was.openActions,
        visited: was.lastVisitOn === null ? 'never' : 'yes',
        day: was.lastVisitOn === null ? '' : text.day(was.lastVisitOn, today),
      }),
    },
    sourceLink !== null && {
      label: text.plain('feedback.fact.source'),
      value: { link: sourceLink, label: text.plain('feedback.card.open') },
    },
    visitId !== null && { label: text.plain('feedback.fact.heardIn'), value: text.plain('feedback.card.inVisit') },
  ];
  return facts.filter((fact) => fact !== false);
}

function cameOfIt(results: readonly Result[], { text, today }: Reader): Part[] {
  if (results.length === 0) return [];
  return [
    { kind: 'heading', words: text.words('feedback.card.results') },
    {
      kind: 'list',
      items: results.map((one) =>
        one.of === 'visit'
          ? {
              words: text.words('feedback.result.visit', {
                kind: text.plain(`visits.kind.${one.kind}`),
                day: text.day(one.date, today),
                who: person(one.author),
              }),
              buttons: [
                {
                  label: text.plain('feedback.button.open'),
                  spoken: text.plain('feedback.button.openVisit', { day: text.day(one.date, today) }),
                  does: 'visits.show',
                  about: one.id,
                },
              ],
            }
          : {
              words: { strong: one.text },
              detail: [
                text.plain(`feedback.result.${one.state}`),
                ' · ',
                person(one.owner),
                ...(one.dueOn === null ? [] : [` · ${text.day(one.dueOn, today)}`]),
              ],
            },
      ),
    },
  ];
}

function buttonsOf(one: FeedbackItem, mayChange: boolean, mayAct: boolean, text: Text): Part[] {
  const about = one.id;
  const { state } = one;
  const answer: Button = {
    label: text.plain(`feedback.button.${state === 'open' ? 'answer' : 'changeAnswer'}`),
    opens: 'feedback.answer',
    about,
    ...(state === 'open' ? { look: 'primary' } : {}),
  };
  const close: Button = {
    label: text.plain('feedback.button.close'),
    opens: 'feedback.close',
    about,
    ...(state === 'answered' ? { look: 'primary' } : {}),
  };
  const assign: Button = { label: text.plain('feedback.button.assign'), opens: 'feedback.assign', about };
  const reopen: Button = { label: text.plain('feedback.button.reopen'), does: 'feedback.reopen', about };
  const edit: Button = { label: text.plain('feedback.button.edit'), opens: 'feedback.edit', about };
  const undo: Button = { label: text.plain('feedback.button.undo'), does: 'feedback.undo', about };
  const step: Button = {
    label: text.plain('feedback.button.addStep'),
    opens: 'actions.add',
    about: `feedback:${one.id}`,
  };
  const visit: Button = {
    label: text.plain('feedback.button.logVisit'),
    opens: 'visits.log',
    about: `feedback:${one.id}`,
  };
  const first = state === 'closed' ? [reopen] : [answer, close, assign];
  const rows: Button[][] = [
    mayChange ? first : [],
    [...(mayAct ? [step, visit] : []), ...(mayChange ? [edit, undo] : [])],
  ];
  return rows.filter((row) => row.length > 0).map((buttons) => ({ kind: 'buttons', buttons }));
}

/** What the reader may do with it. */
export interface Allowed {
  /** Correct, assign, answer, close it. */
  change: boolean;
  /** Add next steps and log visits. */
  act: boolean;
}

/** All that is known of one feedback, and what came of it. `happened`: what was just done. */
export function feedbackCard(
  one: FeedbackItem,
  results: readonly Result[],
  reader: Reader,
  allowed: Allowed,
  happened?: Words,
): Card {
  const { text } = reader;
  const named = { kind: text.plain(`feedback.kind.${one.kind}`), account: { strong: one.account.name } };
  return {
    title: text.words('feedback.card.title', named),
    body: [
      ...(happened === undefined ? [] : [{ kind: 'words', words: happened } as const]),
      { kind: 'words', words: text.words('feedback.quote', { words: one.words }) },
      { kind: 'facts', facts: factsOf(one, reader) },
      ...cameOfIt(results, reader),
      ...buttonsOf(one, allowed.change, allowed.act, text),
    ],
  };
}

/** One that was taken back, with the way to have it again. */
export const undoneCard = (one: FeedbackItem, { text }: Pick<Reader, 'text'>): Card => ({
  title: text.words('feedback.card.undone', { account: { strong: one.account.name } }),
  body: [
    { kind: 'words', words: quoted(one.words, text) },
    {
      kind: 'buttons',
      buttons: [{ label: text.plain('feedback.button.restore'), does: 'feedback.restore', about: one.id }],
    },
  ],
});
