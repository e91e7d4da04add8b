import { z } from 'zod';
import type { Text } from '../text/text.ts';
import type { MeetingKind } from './meeting.ts';

/**
 * What becomes of an answer. `plan`: each line is an item of the day's plan; `blockers`: each line is something in the
 * person's way; `words`: it is read as it is.
 */
export const questionRoles = ['plan', 'blockers', 'words'] as const;
export type QuestionRole = (typeof questionRoles)[number];

/** A question as a meeting asks it. */
export interface Question {
  /** Stays the same when the wording changes. */
  id: string;
  role: QuestionRole;
  /** The team's own wording; null: the standard one of `standard`, in the reader's language. */
  text: string | null;
  standard: StandardQuestion | null;
}

/** Questions that exist in every language. */
export const standardQuestions = ['today', 'inTheWay', 'howDidItGo', 'whatNext', 'agenda', 'anything'] as const;
export type StandardQuestion = (typeof standardQuestions)[number];

/** As many as a form shows without becoming a burden. */
export const mostQuestions = 5;

const question: z.ZodType<Question> = z.object({
  id: z.string().min(1).max(20),
  role: z.enum(questionRoles),
  text: z.string().min(1).max(200).nullable(),
  standard: z.enum(standardQuestions).nullable(),
});

/** Questions as they are stored. Throws when they were not written by this program. */
export const readQuestions = (stored: unknown): readonly Question[] =>
  z.array(question).min(1).max(mostQuestions).parse(stored);

/** What a meeting of a kind asks unless the team says otherwise. */
export const standardOf: Readonly<Record<MeetingKind, readonly Question[]>> = {
  morning: [
    { id: 'plan', role: 'plan', text: null, standard: 'today' },
    { id: 'blockers', role: 'blockers', text: null, standard: 'inTheWay' },
  ],
  evening: [
    { id: 'results', role: 'words', text: null, standard: 'howDidItGo' },
    { id: 'next', role: 'words', text: null, standard: 'whatNext' },
  ],
  sales: [{ id: 'agenda', role: 'words', text: null, standard: 'agenda' }],
  own: [{ id: 'words', role: 'words', text: null, standard: 'anything' }],
};

/** Those that speak of today, as they are asked of another day. */
const ofAnotherDay = { today: 'meetings.question.onDay', howDidItGo: 'meetings.question.howDidItGoOn' } as const;

/** A question in words; `day`: which one it asks about, where that is not the day on which it is read. */
export function wordingAbout(question: Question, day: string | null, text: Text): string {
  const { standard } = question;
  const isOfToday = question.text === null && (standard === 'today' || standard === 'howDidItGo');
  return day !== null && isOfToday ? text.plain(ofAnotherDay[standard], { day }) : wordingOf(question, text);
}

/** A question in words. */
export const wordingOf = ({ text: own, standard }: Question, text: Text): string =>
  own ?? text.plain(`meetings.question.${standard ?? 'anything'}`);

/** A question as the label of its answer: renderers put a colon behind it. */
export const labelOf = (question: Question, text: Text): string => wordingOf(question, text).replace(/[?？]$/u, '');
