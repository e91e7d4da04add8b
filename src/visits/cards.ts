import type { Temporal } from 'temporal-polyfill';
import type { Button, Card, Fact, Item, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { fieldLabel, fieldValue, type OldVersion } from './history.ts';
import type { Period } from './period.ts';
import { daysLate, excerpt, type Named, type Step, type Visit, type VisitKind } from './visit.ts';

/** What of a visit is shown on cards; rights are no part of it. */
export type ShownVisit = Omit<Visit, 'authorTeamIds' | 'teamIds'>;

/** Who reads, in which language, on which day. */
export interface Reader {
  text: Text;
  me: { id: string };
  today: Temporal.PlainDate;
}

const person = ({ id, name }: Named): Words => ({ person: id, name });
const strong = (words: Words): Words => ({ strong: words });

/** `Visit at Acme`. */
const headed = (key: 'saved' | 'corrected' | 'of', visit: ShownVisit, text: Text): Words =>
  text.words(`visits.card.${key}`, {
    kind: text.plain(`visits.kind.${visit.kind}`),
    account: strong(visit.account.name),
  });

function stepWords(step: Step, { text, me, today }: Reader): Words {
  const owner =
    step.ownerId === me.id ? text.words('visits.card.me') : person({ id: step.ownerId, name: step.ownerName });
  if (step.dueOn === null) return text.words('visits.card.stepWithoutDay', { text: step.text, owner });
  return text.words('visits.card.step', { text: step.text, owner, day: text.day(step.dueOn, today) });
}

/** Everything that is known of a visit, each as its own line; what nobody filled in is left out. */
function factsOf(visit: ShownVisit, reader: Reader, wholeNote: boolean): Fact[] {
  const { text, me } = reader;
  const facts: (Fact | false)[] = [
    { label: text.plain('visits.card.date'), value: dateWords(visit, reader) },
    visit.author.id !== me.id && { label: text.plain('visits.card.by'), value: person(visit.author) },
    visit.colleagues.length > 0 && {
      label: text.plain('visits.card.with'),
      value: text.list(visit.colleagues.map(person)),
    },
    visit.contacts.length > 0 && {
      label: text.plain('visits.card.met'),
      value: text.list(visit.contacts.map((contact) => contact.name)),
    },
    visit.purpose !== null && { label: text.plain('visits.card.purpose'), value: visit.purpose },
    visit.outcome !== null && {
      label: text.plain('visits.card.outcome'),
      value: text.plain(`visits.outcome.${visit.outcome}`),
    },
    visit.note !== null && {
      label: text.plain('visits.card.note'),
      value: wholeNote ? visit.note : excerpt(visit.note),
    },
    ...visit.steps.map((step) => ({ label: text.plain('visits.card.nextStep'), value: stepWords(step, reader) })),
    ...visit.fulfilled.map((step) => ({ label: text.plain('visits.card.done'), value: excerpt(step.text, 100) })),
    ...visit.heard.map(({ kind, words }) => ({
      label: text.plain('visits.card.heard', { kind: text.plain(`feedback.kind.${kind}`) }),
      value: excerpt(words),
    })),
    ...visit.answersTo.map(({ words }) => ({ label: text.plain('visits.card.about'), value: excerpt(words) })),
    visit.sourceLink !== null && {
      label: text.plain('visits.card.source'),
      value: { link: visit.sourceLink, label: text.plain('visits.card.open') },
    },
    visit.version > 1 && {
      label: text.plain('visits.card.corrected.label'),
      value: text.plain('visits.card.version', { version: visit.version }),
    },
  ];
  return facts.filter((fact) => fact !== false);
}

function dateWords(visit: ShownVisit, { text, today }: Reader): Words {
  const late = daysLate(visit);
  const day = text.day(visit.date, today);
  return late === 0 ? day : [day, ' (', text.words('visits.card.logged', { days: late }), ')'];
}

/** What can be done next with a visit that one may correct. */
const correcting = (visit: ShownVisit, text: Text): Part => ({
  kind: 'buttons',
  buttons: [
    { label: text.plain('visits.card.edit'), opens: 'visits.edit', about: visit.id },
    { label: text.plain('visits.card.undo'), does: 'visits.undo', about: visit.id },
    { label: text.plain('visits.card.addStep'), opens: 'actions.add', about: `visit:${visit.id}` },
    { label: text.plain('visits.card.addFeedback'), opens: 'feedback.add', about: `visit:${visit.id}` },
    { label: text.plain('surveys.button.score'), opens: 'surveys.score', about: `visit:${visit.id}` },
  ],
});

/** The way to what the customer said in it, and to what it is about. */
const leadingToFeedback = (visit: ShownVisit, text: Text): Part[] => {
  const buttons = [...visit.heard, ...visit.answersTo].slice(0, 5).map(
    ({ id, kind, words }): Button => ({
      label: text.plain('visits.card.openFeedback', { kind: text.plain(`feedback.kind.${kind}`) }),
      spoken: text.plain('visits.card.openFeedbackOf', { words: excerpt(words, 50) }),
      does: 'feedback.show',
      about: id,
    }),
  );
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];
};

const restoring = (visit: ShownVisit, text: Text): Part => ({
  kind: 'buttons',
  buttons: [{ label: text.plain('visits.card.restore'), does: 'visits.restore', about: visit.id }],
});

/** Exactly what was saved, to the person who saved it. */
export function savedCard(visit: ShownVisit, reader: Reader, what: 'saved' | 'corrected' = 'saved'): Card {
  return {
    title: headed(what, visit, reader.text),
    body: [
      { kind: 'facts', facts: factsOf(visit, reader, false) },
      correcting(visit, reader.text),
      ...leadingToFeedback(visit, reader.text),
    ],
  };
}

/** A visit that was taken back, with the way to have it again. */
export function undoneCard(visit: ShownVisit, { text, today }: Reader): Card {
  const kind = text.plain(`visits.kind.${visit.kind}`);
  const day = text.day(visit.date, today);
  return {
    title: text.words('visits.card.undone', { kind, account: strong(visit.account.name), day }),
    body: [{ kind: 'words', words: text.words('visits.card.undoneWords') }, restoring(visit, text)],
  };
}

/** What a team's channel reads of a visit: never the note, nor the words of the next step. */
export interface Announced {
  account: Words;
  people: readonly Named[];
  kind: VisitKind;
  date: Temporal.PlainDate;
  nextStep: { dueOn: Temporal.PlainDate | null } | null;
}

/** The short card for the channel of the author's team, in the team's language. */
export function announcementCard(visit: Announced, text: Text, today: Temporal.PlainDate): Card {
  const { account, people, kind, date, nextStep } = visit;
  const day = text.day(date, today);
  const next = nextStep
    ? nextStep.dueOn
      ? text.plain('visits.card.announcedStep', { day: text.day(nextStep.dueOn, today) })
      : text.plain('visits.card.announcedStepWithoutDay')
    : null;
  return {
    body: [
      {
        kind: 'words',
        words: text.words('visits.card.announced', {
          who: text.list(people.map(person)),
          kind: text.plain(`visits.kind.${kind}`),
          account: strong(account),
        }),
      },
      { kind: 'note', words: next === null ? day : `${day} · ${next}` },
    ],
  };
}

/** What the channel reads after the visit was taken back. */
export const announcedUndoneCard = (text: Text): Card => ({
  body: [{ kind: 'note', words: text.words('visits.card.announcedUndone') }],
});

/** Everything about one visit, its history too. */
export function visitCard(
  visit: ShownVisit,
  history: readonly OldVersion[],
  reader: Reader & { me: { id: string; timeZone: string } },
  mayCorrect: boolean,
): Card {
  const { text, me } = reader;
  const undone: Part = { kind: 'warning', words: text.words('visits.card.undoneWords') };
  const body: Part[] = [...(visit.undoneAt ? [undone] : []), { kind: 'facts', facts: factsOf(visit, reader, true) }];
  if (history.length > 0) {
    const items = history.map((old): Item => {
      const was = old.changed.map(({ field, content }) =>
        text.plain('visits.history.was', {
          field: fieldLabel(field, text),
          value: excerpt(fieldValue(content, field, text) ?? text.plain('visits.history.empty')),
        }),
      );
      const reason = old.reason === null ? [] : [text.plain('visits.history.reason', { reason: old.reason })];
      return {
        words: text.words(`visits.history.${old.turned ?? 'corrected'}`, {
          version: old.version,
          who: person(old.who),
          moment: text.moment(old.replacedAt, me.timeZone),
        }),
        ...([...reason, ...was].length > 0 ? { detail: [...reason, ...was].join(' · ') } : {}),
      };
    });
    body.push({ kind: 'heading', words: text.words('visits.history.title') }, { kind: 'list', items });
  }
  if (mayCorrect) body.push(visit.undoneAt ? restoring(visit, text) : correcting(visit, text));
  body.push(...leadingToFeedback(visit, text));
  return { title: headed('of', visit, text), body };
}

/** A page of visits, with what was asked for. */
export interface VisitPage {
  title: Words;
  period: Period | null;
  visits: readonly ShownVisit[];
  /** The first of them, from 1. */
  from: number;
  /** The pointer of the page behind this one; null when it is the last. */
  next: { does: string; about: string } | null;
}

/** Visits as a list: day, customer, kind, outcome, by whom, and the start of the note. */
export function listCard(page: VisitPage, reader: Reader): Card {
  const { text, today, me } = reader;
  const body: Part[] = [];
  if (page.period) {
    const { from, to } = page.period;
    const words = text.words('visits.list.period', { from: text.day(from, today), to: text.day(to, today) });
    body.push({ kind: 'note', words });
  }
  if (page.visits.length === 0) body.push({ kind: 'words', words: text.words('visits.list.none') });
  else {
    const until = page.from + page.visits.length - 1;
    const items = page.visits.map((visit) => lineOf(visit, reader, me.id));
    const isWhole = page.from === 1 && page.next === null;
    const more = isWhole ? {} : { more: text.words('visits.list.page', { from: page.from, to: until }) };
    body.push({ kind: 'list', items, ...more });
  }
  const buttons: Button[] = [];
  if (page.next) buttons.push({ label: text.plain('visits.list.more'), ...page.next });
  buttons.push({ label: text.plain('visits.card.logAnother'), opens: 'visits.log' });
  body.push({ kind: 'buttons', buttons });
  return { title: page.title, body };
}

function lineOf(visit: ShownVisit, { text, today }: Reader, mine: string): Item {
  const line: Words[] = [
    text.words('visits.list.line', {
      day: text.day(visit.date, today),
      account: strong(visit.account.name),
      kind: text.plain(`visits.kind.${visit.kind}`),
    }),
  ];
  if (visit.outcome) line.push(' · ', text.plain(`visits.outcome.${visit.outcome}`));
  const people = [visit.author, ...visit.colleagues].filter((one) => one.id !== mine);
  if (people.length > 0) line.push(' · ', text.list(people.map(person)));
  return {
    words: line,
    ...(visit.note === null ? {} : { detail: excerpt(visit.note, 120) }),
    buttons: [
      {
        label: text.plain('visits.card.open'),
        spoken: `${text.plain('visits.card.open')}: ${visit.account.name}, ${text.day(visit.date, today)}`,
        does: 'visits.show',
        about: visit.id,
      },
    ],
  };
}
