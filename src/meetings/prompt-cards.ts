import { Temporal } from 'temporal-polyfill';
import type { Button, Card, Item, Part } from '../chat/card.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { Day, Listed } from './day.ts';
import type { MeetingKind } from './meeting.ts';
import { lineOf, type PlanItem } from './plan-item.ts';
import { labelOf, type Question, wordingOf } from './question.ts';

export const promptStates = ['open', 'answered', 'nothing', 'skipped', 'closed', 'missed'] as const;
export type PromptState = (typeof promptStates)[number];

/** Skipping and "nothing today" are answers. */
export type AnsweredState = 'answered' | 'nothing' | 'skipped';
export const isAnswered = (state: PromptState): state is AnsweredState =>
  state === 'answered' || state === 'nothing' || state === 'skipped';

/** Everything that the card of a prompt shows. */
export interface PromptShown {
  prompt: {
    id: string;
    kind: MeetingKind;
    /** The person's day; in a meeting that keeps its team's clock, the team's. */
    date: Temporal.PlainDate;
    state: PromptState;
    closesAt: Temporal.Instant;
    answeredAt: Temporal.Instant | null;
  };
  /** What the meeting is called; null: what its kind is called. */
  meetingName: string | null;
  questions: readonly Question[];
  /** Question id -> words. */
  answers: Readonly<Record<string, string>>;
  /** With the items of the plan. */
  day: Day;
  /** IANA name of the person's zone, in which the close is told. */
  timeZone: string;
}

/** For whom a card is drawn. */
export interface PromptReader {
  text: Text;
  today: Temporal.PlainDate;
  /** The person's id. */
  me: string;
}

/** Items of a plan on one card: each has its buttons below it, and Slack shows fifty blocks. */
const mostOnCard = 10;

/** A prompt as its person sees it: their day and what is asked, or what they answered. */
export function promptCard(shown: PromptShown, reader: PromptReader): Card {
  const { prompt } = shown;
  return isAnswered(prompt.state) ? answeredCard(shown, reader, prompt.state) : askingCard(shown, reader);
}

/** What a meeting is called. */
export const meetingNamed = (name: string | null, kind: MeetingKind, text: Text): string =>
  name ?? text.plain(`meetings.kind.${kind}`);

const titleOf = ({ prompt, meetingName }: PromptShown, { text, today }: PromptReader): string =>
  text.plain('prompts.card.title', {
    meeting: meetingNamed(meetingName, prompt.kind, text),
    day: text.day(prompt.date, today),
  });

function askingCard(shown: PromptShown, reader: PromptReader): Card {
  const { prompt, questions, day } = shown;
  const { text } = reader;
  const { id, kind, state, closesAt } = prompt;
  return {
    title: titleOf(shown, reader),
    body: [
      { kind: 'list', items: questions.map((question) => ({ words: wordingOf(question, text) })) },
      ...dayParts(day, shown, reader),
      {
        kind: 'note',
        words:
          state === 'open'
            ? text.words('prompts.card.until', { until: text.moment(closesAt, shown.timeZone) })
            : text.words(state === 'missed' ? 'prompts.card.missed' : 'prompts.card.closed'),
      },
      {
        kind: 'buttons',
        buttons: [
          { label: text.plain('prompts.button.answer'), opens: 'prompts.answer', about: id, look: 'primary' },
          ...(kind === 'evening' ? [logVisit(text), addFeedback(text)] : []),
          { label: text.plain('prompts.button.nothing'), does: 'prompts.nothing', about: id },
          { label: text.plain('prompts.button.skip'), does: 'prompts.skip', about: id },
        ],
      },
    ],
  };
}

function answeredCard(shown: PromptShown, reader: PromptReader, state: AnsweredState): Card {
  const { prompt, day } = shown;
  const { text } = reader;
  const { id, kind, closesAt, answeredAt, date } = prompt;
  const isLate = answeredAt !== null && Temporal.Instant.compare(answeredAt, closesAt) > 0;
  // Who closed every item of the evening has answered; there may be more to say.
  const isSaid = Object.keys(shown.answers).length > 0;
  const edit = state !== 'answered' ? 'answerAfterAll' : isSaid ? 'edit' : 'answer';
  return {
    title: titleOf(shown, reader),
    body: [
      { kind: 'words', words: text.words(`prompts.card.${state}`) },
      ...saidParts(shown, text),
      ...itemParts(day, shown, reader),
      ...(kind === 'evening' ? visitParts(day, text) : []),
      ...(isLate ? [{ kind: 'note', words: text.words('prompts.card.late') } as const] : []),
      {
        kind: 'buttons',
        buttons: [
          { label: text.plain(`prompts.button.${edit}`), opens: 'prompts.answer', about: id },
          ...(kind === 'evening' ? [logVisit(text), addFeedback(text), planAhead(date, text)] : []),
        ],
      },
    ],
  };
}

/** The way to the plan of the next working day after this one. */
export const planAhead = (date: Temporal.PlainDate, text: Text): Button => ({
  label: text.plain('prompts.button.ahead'),
  opens: 'prompts.ahead',
  about: date.toString(),
});

const logVisit = (text: Text): Button => ({ label: text.plain('prompts.button.logVisit'), opens: 'visits.log' });

/** A customer said something that is worth an answer. */
const addFeedback = (text: Text): Button => ({
  label: text.plain('prompts.button.addFeedback'),
  opens: 'feedback.add',
});

/** What was said, question by question. A plan is shown as its items, which say what became of them. */
function saidParts({ prompt, questions, answers, day }: PromptShown, text: Text): Part[] {
  const isListed = (question: Question) => prompt.kind === 'morning' && question.role === 'plan' && day.items.total > 0;
  const facts = questions
    .filter((question) => (answers[question.id] ?? '') !== '' && !isListed(question))
    .map((question) => ({ label: labelOf(question, text), value: answers[question.id] ?? '' }));
  return facts.length === 0 ? [] : [{ kind: 'facts', facts }];
}

function dayParts(day: Day, shown: PromptShown, reader: PromptReader): Part[] {
  const { text, today } = reader;
  return [
    ...itemParts(day, shown, reader),
    ...(shown.prompt.kind === 'evening' ? visitParts(day, text) : []),
    ...listPart('steps', day.steps, text, ({ text: step, account, dueOn }) => ({
      words: [{ strong: account.name }, ` – ${step}`],
      detail: text.words('prompts.line.due', { day: text.day(dueOn, today) }),
    })),
    ...listPart('overdue', unplanned(day), text, ({ name, lastVisitOn }) => ({
      words: { strong: name },
      detail:
        lastVisitOn === null
          ? text.words('prompts.line.neverVisited')
          : text.words('prompts.line.lastVisit', { day: text.day(lastVisitOn, today) }),
    })),
    ...listPart('blockers', day.blockers, text, ({ text: blocker, since }) => ({
      words: blocker,
      detail: text.words('prompts.line.since', { day: text.day(since, today) }),
    })),
  ];
}

/** Who waits for a visit and is in the plan already need not be said twice. */
function unplanned({ overdue, items }: Day): Day['overdue'] {
  const shown = overdue.shown.filter(({ id }) => !items.shown.some(({ account }) => account?.id === id));
  return { shown, total: overdue.total - (overdue.shown.length - shown.length) };
}

type ListName = 'items' | 'visits' | 'steps' | 'overdue' | 'blockers';

function listPart<T>(name: ListName, list: Listed<T>, text: Text, line: (one: T) => Item): Part[] {
  if (list.total === 0) return [];
  const items = list.shown.map(line);
  const left = list.total - items.length;
  return [
    { kind: 'heading', words: text.words(`prompts.list.${name}`) },
    { kind: 'list', items, ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}) },
  ];
}

const visitParts = (day: Day, text: Text): Part[] =>
  listPart('visits', day.visits, text, ({ account }) => ({ words: account.name }));

/** The plan; in the evening what is still open stands first and can be closed. */
function itemParts({ items }: Day, { prompt }: PromptShown, reader: PromptReader): Part[] {
  const open = items.shown.filter(({ state }) => state === 'planned');
  const inOrder =
    prompt.kind === 'evening' ? [...open, ...items.shown.filter((one) => !open.includes(one))] : items.shown;
  const list = { shown: inOrder.slice(0, mostOnCard), total: items.total };
  return listPart('items', list, reader.text, (item) => itemLine(item, prompt, reader));
}

function itemLine(item: PlanItem, prompt: PromptShown['prompt'], reader: PromptReader): Item {
  const detail = becameOf(item, reader);
  return {
    words: itemWords(item),
    ...(detail === '' ? {} : { detail }),
    ...(prompt.kind === 'evening' ? { buttons: itemButtons(item, prompt.id, reader.text) } : {}),
  };
}

/**
 * An item outside of its prompt's card, with what became of it. With a prompt it can be closed; what that is called begins
 * with `does`.
 */
export function standingLine(
  item: PlanItem,
  at: { promptId: string; does: string } | null,
  reader: Pick<PromptReader, 'text' | 'today'>,
): Item {
  const detail = becameOf(item, reader);
  return {
    words: itemWords(item),
    ...(detail === '' ? {} : { detail }),
    ...(at === null ? {} : { buttons: itemButtons(item, at.promptId, reader.text, at.does) }),
  };
}

/** What is planned, the customer standing out. */
export const itemWords = ({ account, text }: PlanItem): Words => {
  if (account === null) return text;
  return text === '' ? { strong: account.name } : [{ strong: account.name }, ` – ${text}`];
};

/** What became of an item, in words; empty while nothing did. */
export function becameOf(item: PlanItem, { text, today }: Pick<PromptReader, 'text' | 'today'>): string {
  if (item.state === 'planned') return item.visitId === null ? '' : text.plain('prompts.item.visited');
  if (item.state === 'moved' && item.movedTo !== null)
    return text.plain('prompts.item.movedTo', { day: text.day(item.movedTo, today) });
  return text.plain(`prompts.item.${item.state}`);
}

const closings = ['done', 'moved', 'dropped'] as const;

/** `does`: what the names of the buttons' actions begin with. */
function itemButtons(item: PlanItem, promptId: string, text: Text, does = 'prompts'): Button[] {
  const about = `${item.id} ${promptId}`;
  const spoken = { item: cut(lineOf(item), 50) };
  if (item.state !== 'planned') {
    const undo = { label: text.plain('prompts.button.reopen'), spoken: text.plain('prompts.button.reopenOf', spoken) };
    return [{ ...undo, does: `${does}.reopen`, about }];
  }
  return closings.map((closing) => ({
    label: text.plain(`prompts.button.${closing}`),
    spoken: text.plain(`prompts.button.${closing}Of`, spoken),
    does: `${does}.${closing}`,
    about,
  }));
}
