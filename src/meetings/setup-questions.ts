import { type Locale, locales } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { mostQuestions, type Question, wordingOf } from './question.ts';

/** What was typed into the fields for questions, in their order. */
export type TypedQuestions = readonly (string | undefined)[];

/**
 * The questions of a meeting after its form. An empty field leaves the standard wording where there is one, and takes a
 * question of the team's own away where there is none. Who keeps its place keeps its id and role.
 */
export function questionsOf(before: readonly Question[], typed: TypedQuestions): Question[] {
  const taken = new Set(before.map(({ id }) => id));
  const questions: Question[] = [];
  for (let place = 0; place < mostQuestions; place += 1) {
    const was = before[place];
    const words = typed[place] ?? null;
    if (was?.standard) questions.push({ ...was, text: isStandard(was, words) ? null : words });
    else if (words !== null) questions.push(was ? { ...was, text: words } : extra(words, taken));
  }
  return questions;
}

/** Whoever types the standard wording means it in every language. */
const isStandard = (question: Question, words: string | null) =>
  locales.some((locale: Locale) => wordingOf({ ...question, text: null }, textIn(locale)) === words);

function extra(words: string, taken: Set<string>): Question {
  let n = 1;
  while (taken.has(`own${n}`)) n += 1;
  taken.add(`own${n}`);
  return { id: `own${n}`, role: 'words', text: words, standard: null };
}

/** What the fields start with: the team's own wordings only. */
export const typedOf = (questions: readonly Question[]): TypedQuestions =>
  questions.map(({ text }) => text ?? undefined);

/** Whether two lists ask the same. */
export const sameQuestions = (one: readonly Question[], other: readonly Question[]): boolean =>
  one.length === other.length &&
  one.every(({ id, text }, place) => id === other[place]?.id && text === other[place]?.text);
