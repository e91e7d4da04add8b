import { type Asked, type Form, type Option, type PlainAnswers, someOfGiven, text } from '../chat/form.ts';
import type { Blocker } from './blocker.ts';
import type { Day } from './day.ts';
import type { MeetingKind } from './meeting.ts';
import { lineOf, type PlanItem } from './plan-item.ts';
import { mostLines, mostSuggestions, prefillOf, type Suggestion } from './plan-suggestions.ts';
import type { PromptReader } from './prompt-cards.ts';
import { mostQuestions, type Question, wordingAbout } from './question.ts';

/** Lengths of what is typed into one field, in UTF-16 units. */
const textLength = mostLines;

/** Blockers that can be ticked off at once, and so many that can be added; the others are asked for the next time. */
export const mostBlockers = 10;

const words = (label: 'prompts.field.words') => text({ label, multiline: true, max: textLength });

const commonFields = {
  still: someOfGiven({ label: 'prompts.field.still', hint: 'prompts.field.stillHint', max: mostBlockers }),
  blockers: text({
    label: 'prompts.field.blockers',
    placeholder: 'prompts.field.blockersExample',
    multiline: true,
    max: textLength,
  }),
  words1: words('prompts.field.words'),
  words2: words('prompts.field.words'),
  words3: words('prompts.field.words'),
  words4: words('prompts.field.words'),
  words5: words('prompts.field.words'),
};

/** The day's plan: choosing and adding in one. The questions' own words are the labels. */
export const planForm = {
  name: 'prompts.plan',
  title: 'prompts.form.plan.title',
  save: 'prompts.form.plan.save',
  fields: {
    chosen: someOfGiven({ label: 'prompts.field.chosen', max: mostSuggestions }),
    others: text({
      label: 'prompts.field.others',
      hint: 'prompts.field.othersHint',
      placeholder: 'prompts.field.othersExample',
      multiline: true,
      max: textLength,
    }),
    ...commonFields,
  },
} satisfies Form;

/** The answer to every other meeting. */
export const answerForm = {
  name: 'prompts.answer',
  title: 'prompts.form.answer.title',
  save: 'prompts.form.answer.save',
  fields: commonFields,
} satisfies Form;

/** Which question each part of a form asks. */
export interface Parts {
  plan: Question | null;
  blockers: Question | null;
  words: readonly Question[];
}

/** Only the morning plans; a second question of the same role is answered in words. */
export function partsOf(questions: readonly Question[], kind: MeetingKind): Parts {
  const plan = kind === 'morning' ? questions.find(({ role }) => role === 'plan') : undefined;
  const blockers = questions.find(({ role }) => role === 'blockers');
  const others = questions.filter((one) => one !== plan && one !== blockers).slice(0, mostQuestions);
  return { plan: plan ?? null, blockers: blockers ?? null, words: others };
}

export type WordsField = 'words1' | 'words2' | 'words3' | 'words4' | 'words5';
export const wordsFields: readonly WordsField[] = ['words1', 'words2', 'words3', 'words4', 'words5'];

/** What a form is drawn from. */
export interface Filling {
  kind: MeetingKind;
  /** The day that it is about; null: the one on which it is asked. */
  on: string | null;
  questions: readonly Question[];
  answers: Readonly<Record<string, string>>;
  day: Day;
  /** What is still planned for the day. */
  planned: readonly PlanItem[];
  /** Everything that is in the person's way, the oldest first. */
  blockers: readonly Blocker[];
  /** The prompt that it answers; null: it is made when it is answered. */
  promptId: string | null;
}

/** A form, and the ids of the items and blockers that it shows: of those an answer disposes, and of no others. */
export interface DrawnForm extends Pick<Asked, 'form' | 'initial' | 'options' | 'without' | 'labels'> {
  shown: { items: readonly string[]; blockers: readonly string[] };
}

/** For whom a form is drawn: another year than that of their day is written out. */
type Reader = Pick<PromptReader, 'text' | 'today'>;

/** The form for a prompt, with what is known of its answer. */
export function drawAnswerForm(filling: Filling, reader: Reader): DrawnForm {
  const { text, today } = reader;
  const { kind, questions, on, answers, blockers, promptId } = filling;
  const parts = partsOf(questions, kind);
  const plan = parts.plan && planPart(filling, parts.plan, reader);
  const earlier = blockers.filter((one) => one.promptId !== promptId).slice(0, mostBlockers);
  const own = blockers.filter((one) => one.promptId === promptId).slice(0, mostBlockers);
  const initial: Record<string, unknown> = {
    ...plan?.initial,
    ...(parts.blockers ? { still: earlier.map(({ id }) => id), blockers: linesOf(own.map((one) => one.text)) } : {}),
  };
  const labels: Record<string, string> = { ...plan?.labels };
  if (parts.blockers) labels.blockers = wordingAbout(parts.blockers, on, text);
  for (const [index, question] of parts.words.entries()) {
    const field = wordsFields[index];
    if (field === undefined) continue;
    labels[field] = wordingAbout(question, on, text);
    initial[field] = answers[question.id] ?? '';
  }
  const without = [
    ...(parts.plan ? (plan?.without ?? []) : ['chosen', 'others']),
    ...(parts.blockers ? (earlier.length === 0 ? ['still'] : []) : ['still', 'blockers']),
    ...wordsFields.slice(parts.words.length),
  ];
  const still = earlier.map(({ id, text: label, since }) => ({
    value: id,
    label,
    detail: text.plain('prompts.line.since', { day: text.day(since, today) }),
  }));
  return {
    form: kind === 'morning' ? planForm : answerForm,
    initial: filled(initial),
    options: { ...plan?.options, still },
    without: kind === 'morning' ? without : without.filter((name) => name in answerForm.fields),
    labels,
    shown: {
      items: plan?.shown ?? [],
      blockers: parts.blockers ? [...earlier, ...own].map(({ id }) => id) : [],
    },
  };
}

function planPart({ on, day, planned }: Filling, question: Question, reader: Reader) {
  const { offered, ticked, lines, shown } = prefillOf(day, planned);
  const wording = wordingAbout(question, on, reader.text);
  return {
    initial: { chosen: ticked, others: linesOf(lines) },
    options: { chosen: offered.map((one) => optionOf(one, reader)) },
    // The question stands once, over whatever is asked first.
    labels: offered.length === 0 ? { others: wording } : { chosen: wording },
    without: offered.length === 0 ? ['chosen'] : [],
    shown,
  };
}

function optionOf(suggestion: Suggestion, reader: Reader): Option {
  const { value, wanted } = suggestion;
  return { value, label: lineOf(wanted), detail: whyOf(suggestion, reader) };
}

/** Why something is suggested. */
function whyOf(suggestion: Suggestion, { text, today }: Reader): string {
  if (suggestion.why === 'moved') return text.plain('prompts.line.moved');
  if (suggestion.why === 'step') return text.plain('prompts.line.due', { day: text.day(suggestion.dueOn, today) });
  const last = suggestion.lastVisitOn;
  return last === null
    ? text.plain('prompts.line.neverVisited')
    : text.plain('prompts.line.lastVisit', { day: text.day(last, today) });
}

const linesOf = (lines: readonly string[]) => lines.join('\n');

const filled = (initial: Record<string, unknown>): PlainAnswers =>
  Object.fromEntries(Object.entries(initial).filter(([, answer]) => answer !== ''));
