import type { Card, Fact, Part } from '../chat/card.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { Period } from '../visits/index.ts';
import type { MeetingKind } from './meeting.ts';
import { lineOf, type PlanItem } from './plan-item.ts';
import { becameOf, meetingNamed, type PromptReader, type PromptState } from './prompt-cards.ts';
import { labelOf, type Question } from './question.ts';

/** What a person was asked on a day and answered, in the wording of that day. */
export interface ReportEntry {
  person: { id: string; name: string };
  kind: MeetingKind;
  meetingName: string | null;
  date: PromptDate;
  state: PromptState;
  questions: readonly Question[];
  answers: Readonly<Record<string, string>>;
  /** The plan of its day; only with a morning. */
  items: readonly PlanItem[];
}
type PromptDate = Period['from'];

/** A page of a report. */
export interface ReportPage {
  title: Words;
  /** What the meetings are called that it is confined to; null: it is about all. */
  meeting: string | null;
  period: Period;
  entries: readonly ReportEntry[];
  /** What the button to the next page is about; null: this is the last one. */
  next: string | null;
  /** Whose each answer is is said where it is not clear. */
  named: boolean;
}

/** So much of one answer is shown; a page must fit into a message. */
const longestAnswer = 600;

/** Answers with the questions that they answer. */
export function reportCard(page: ReportPage, reader: Pick<PromptReader, 'text' | 'today'>): Card {
  const { text, today } = reader;
  const { from, to } = page.period;
  const { meeting } = page;
  const span = { from: text.day(from, today), to: text.day(to, today) };
  const about = from.equals(to)
    ? meeting === null
      ? span.from
      : text.words('prompts.report.entry', { day: span.from, meeting })
    : meeting === null
      ? text.words('prompts.report.period', span)
      : text.words('prompts.report.periodOf', { ...span, meeting });
  const entries: Part[] = page.entries.flatMap((entry) => entryParts(entry, page.named, reader));
  return {
    title: page.title,
    body: [
      { kind: 'note', words: about },
      ...(entries.length > 0 ? entries : [{ kind: 'words', words: text.words('prompts.report.none') } as const]),
      ...(page.next === null
        ? []
        : ([
            {
              kind: 'buttons',
              buttons: [{ label: text.plain('prompts.report.next'), does: 'prompts.report', about: page.next }],
            },
          ] as const)),
    ],
  };
}

function entryParts(entry: ReportEntry, named: boolean, reader: Pick<PromptReader, 'text' | 'today'>): Part[] {
  const { text, today } = reader;
  const { person, date, kind, meetingName, state } = entry;
  const gaps = { day: text.day(date, today), meeting: meetingNamed(meetingName, kind, text) };
  const head = named
    ? text.words('prompts.report.entryOf', { ...gaps, name: { person: person.id, name: person.name } })
    : text.words('prompts.report.entry', gaps);
  const facts = factsOf(entry, reader);
  return [
    { kind: 'words', words: { strong: head } },
    facts.length > 0 ? { kind: 'facts', facts } : { kind: 'note', words: text.words(`prompts.report.state.${state}`) },
  ];
}

/** The plan is shown as what became of it; everything else as it was said. */
function factsOf(
  { kind, questions, answers, items }: ReportEntry,
  reader: Pick<PromptReader, 'text' | 'today'>,
): Fact[] {
  const { text } = reader;
  return questions.flatMap((question): Fact[] => {
    const isPlan = kind === 'morning' && question.role === 'plan' && items.length > 0;
    const value = isPlan ? items.map((item) => itemLine(item, reader)).join('\n') : (answers[question.id] ?? '');
    return value === '' ? [] : [{ label: labelOf(question, text), value: cut(value, longestAnswer) }];
  });
}

function itemLine(item: PlanItem, reader: { text: Text; today: PromptDate }): string {
  const became = becameOf(item, reader);
  const line = lineOf(item);
  return became === '' ? line : reader.text.plain('prompts.report.itemWith', { item: line, became });
}
