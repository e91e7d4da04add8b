import type { Temporal } from 'temporal-polyfill';
import type { Button, Card, Item, Part } from '../chat/card.ts';
import { type FeedbackItem, natureOf } from '../feedback/index.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { Agenda } from './agenda-store.ts';
import type { Listed } from './day.ts';
import { decideAbout } from './decision.ts';
import { becameOf, itemWords, meetingNamed } from './prompt-cards.ts';
import type { Named } from './summary.ts';
import { personWords } from './summary-cards.ts';

/** Of which meeting's day it is, and on which day it is read. */
export interface AgendaOf {
  occurrenceId: string;
  /** Null: what its kind is called. */
  name: string | null;
  date: Temporal.PlainDate;
  today: Temporal.PlainDate;
}

/** What there is to talk about, and what the team's customers said that nobody has answered yet. */
export interface WholeAgenda extends Agenda {
  said: Listed<FeedbackItem>;
}

/** What a team reads a working day before its sales meeting. */
export function agendaCard(agenda: WholeAgenda, { occurrenceId, name, date, today }: AgendaOf, text: Text): Card {
  const { since, risk, said, steps, plans, wins } = agenda;
  const lists = [
    ...listPart('risk', risk, text, ({ account, lastVisitOn, overdue }) => ({
      words: accountWords(account),
      detail:
        lastVisitOn === null
          ? text.words('summaries.agenda.neverVisited')
          : text.words('summaries.agenda.lastVisit', { day: text.day(lastVisitOn, today), days: overdue }),
      buttons: [addButton(occurrenceId, account, text)],
    })),
    ...listPart('said', said, text, (one) => {
      const { id, account, owner, saidOn } = one;
      return {
        words: text.words('summaries.agenda.saidLine', {
          account: accountWords(account),
          nature: natureOf(one, text),
          day: text.day(saidOn, today),
          owner: owner === null ? text.words('summaries.agenda.nobody') : personWords(owner),
        }),
        // What exactly was said is for those who may see it: they are shown it alone.
        buttons: [
          {
            label: text.plain('summaries.agenda.show'),
            spoken: text.plain('summaries.agenda.showOf', { account: shortened(account).name }),
            does: 'feedback.show',
            about: id,
          },
        ],
      };
    }),
    ...listPart('steps', steps, text, ({ account, owner, dueOn }) => {
      const values = { account: accountWords(account), owner: personWords(owner), day: text.day(dueOn, today) };
      return { words: text.words('summaries.agenda.step', values) };
    }),
    ...listPart('plans', plans, text, ({ item, owner }) => {
      const short = { ...item, account: item.account && shortened(item.account), text: cut(item.text, 100) };
      const became = becameOf(item, { text, today });
      return {
        words: text.words('summaries.agenda.plan', { item: itemWords(short), owner: personWords(owner), became }),
      };
    }),
    ...listPart('wins', wins, text, ({ account, people, date: day }) => {
      const named = text.list(people.slice(0, 3).map((one) => personWords(one)));
      const values = { account: accountWords(account), people: named, day: text.day(day, today) };
      return { words: text.words('summaries.agenda.win', values) };
    }),
  ];
  const nothing: Part = { kind: 'words', words: text.words('summaries.agenda.nothing') };
  return {
    title: text.words('summaries.agenda.title', {
      meeting: meetingNamed(name, 'sales', text),
      day: text.day(date, today),
    }),
    body: [
      { kind: 'note', words: text.words('summaries.agenda.since', { day: text.day(since, today) }) },
      ...(lists.length === 0 ? [nothing] : lists),
      { kind: 'buttons', buttons: [decideButton(occurrenceId, text)] },
    ],
  };
}

const shortened = (account: Named): Named => ({ ...account, name: cut(account.name, 60) });
const accountWords = (account: Named): Words => ({ strong: shortened(account).name });

/** What is decided about a customer becomes a next step with them, whoever takes it on. */
const addButton = (occurrenceId: string, account: Named, text: Text): Button => ({
  label: text.plain('summaries.agenda.add'),
  spoken: text.plain('summaries.agenda.addOf', { account: shortened(account).name }),
  opens: 'meetings.decide',
  about: decideAbout(occurrenceId, account.id),
});

/** Whatever else is decided. */
const decideButton = (occurrenceId: string, text: Text): Button => ({
  label: text.plain('decisions.button.add'),
  look: 'primary',
  opens: 'meetings.decide',
  about: decideAbout(occurrenceId),
});

function listPart<T>(
  name: 'risk' | 'said' | 'steps' | 'plans' | 'wins',
  { shown, total }: Listed<T>,
  text: Text,
  line: (one: T) => Item,
): Part[] {
  if (total === 0) return [];
  const left = total - shown.length;
  const more = left > 0 ? { more: text.words('chat.more', { count: left }) } : {};
  const list = text.plain(`summaries.agenda.${name}`);
  return [
    { kind: 'heading', words: text.words('summaries.agenda.counted', { list, count: total }) },
    { kind: 'list', items: shown.map(line), ...more },
  ];
}
