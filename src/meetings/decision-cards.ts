import type { Temporal } from 'temporal-polyfill';
import type { Button, Card, Fact, Item, Part } from '../chat/card.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { Decision, SalesDay } from './decision.ts';
import { meetingNamed } from './prompt-cards.ts';
import type { Named } from './summary.ts';

type Reader = { text: Text; today: Temporal.PlainDate };

const personWords = ({ id, name }: Named): Words => ({ person: id, name: cut(name, 60) });

/** What the thread of the agenda reads of a decision. Nobody in it is pinged. */
export function decisionCard(decision: Decision, { text, today }: Reader): Card {
  return {
    title: text.words('decisions.card.title'),
    body: [
      ...decisionParts(decision, { text, today }),
      { kind: 'note', words: text.words('decisions.card.by', { person: personWords(decision.createdBy) }) },
      { kind: 'buttons', buttons: [undoButton(decision, text)] },
    ],
  };
}

/** The same when it was taken back, and by whom. */
export const undoneCard = ({ text: said }: Decision, by: Named, { text }: Pick<Reader, 'text'>): Card => ({
  body: [
    {
      kind: 'note',
      words: text.words('decisions.card.undone', { person: personWords(by), text: said }),
    },
  ],
});

/** What somebody is told privately who is to carry out what is no next step with a customer. */
export function toldCard(decision: Decision, day: SalesDay, reader: Reader): Card {
  const { text } = reader;
  return {
    title: text.words('decisions.told.title', dayWords(day, reader)),
    body: [
      ...decisionParts({ ...decision, owner: null }, reader),
      { kind: 'note', words: text.words('decisions.card.by', { person: personWords(decision.createdBy) }) },
    ],
  };
}

/** What they are told when it was taken back. */
export const toldUndoneCard = (decision: Decision, by: Named, day: SalesDay, reader: Reader): Card => ({
  body: [
    {
      kind: 'words',
      words: reader.text.words('decisions.told.undone', {
        ...dayWords(day, reader),
        person: personWords(by),
        text: { strong: decision.text },
      }),
    },
  ],
});

/** A meeting's day, for messages that name it. */
export const dayWords = ({ name, date }: Pick<SalesDay, 'name' | 'date'>, { text, today }: Reader) => ({
  meeting: meetingNamed(name, 'sales', text),
  day: text.day(date, today),
});

function decisionParts({ text: said, account, owner, dueOn }: Decision, { text, today }: Reader): Part[] {
  const facts: Fact[] = [
    ...(account === null ? [] : [{ label: text.plain('decisions.card.account'), value: account.name }]),
    ...(owner === null ? [] : [{ label: text.plain('decisions.card.owner'), value: personWords(owner) }]),
    ...(dueOn === null ? [] : [{ label: text.plain('decisions.card.due'), value: text.day(dueOn, today) }]),
  ];
  return [
    { kind: 'words', words: { strong: said } },
    ...(facts.length === 0 ? [] : [{ kind: 'facts', facts } as const]),
  ];
}

const undoButton = ({ id, text: said }: Decision, text: Text): Button => ({
  label: text.plain('decisions.card.undo'),
  spoken: text.plain('decisions.card.undoOf', { text: cut(said, 40) }),
  does: 'meetings.undecide',
  about: id,
  confirm: {
    title: text.plain('decisions.card.undoTitle'),
    words: text.plain('decisions.card.undoWords'),
    yes: text.plain('decisions.card.undoYes'),
    no: text.plain('decisions.card.undoNo'),
  },
});

/** So many of each list stand in the minutes, and so much of each: a screen or two, and within what platforms take. */
const most = 12;

/** What was decided, for the minutes: what only holds, and then what somebody carries out. */
export function decidedParts(decisions: readonly Decision[], reader: Reader): Part[] {
  const [holds, isDone] = [decisions.filter(({ owner }) => !owner), decisions.filter(({ owner }) => owner)];
  return [...listPart('decisions', holds, reader), ...listPart('actions', isDone, reader)];
}

function listPart(list: 'decisions' | 'actions', all: readonly Decision[], reader: Reader): Part[] {
  if (all.length === 0) return [];
  const { text } = reader;
  const left = all.length - most;
  return [
    { kind: 'heading', words: text.words(`decisions.minutes.${list}`) },
    {
      kind: 'list',
      items: all.slice(0, most).map((one) => decidedItem(one, reader)),
      ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}),
    },
  ];
}

function decidedItem({ text: said, account, owner, dueOn }: Decision, { text, today }: Reader): Item {
  const short = cut(said.replaceAll(/\s+/gu, ' '), 140);
  const words: Words =
    account === null
      ? short
      : text.words('decisions.minutes.line', { account: { strong: cut(account.name, 40) }, text: short });
  const day = dueOn && text.day(dueOn, today);
  const who = owner && { person: owner.id, name: cut(owner.name, 30) };
  if (who === null) return day === null ? { words } : { words, detail: text.words('decisions.minutes.due', { day }) };
  const detail =
    day === null
      ? text.words('decisions.minutes.ownerWithoutDay', { owner: who })
      : text.words('decisions.minutes.owner', { owner: who, day });
  return { words, detail };
}
