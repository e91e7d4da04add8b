import { type Answers, oneOf, type PlainAnswers } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import { type Dimension, dimensionName } from '../feedback/index.ts';
import type { Text } from '../text/text.ts';
import { scoreValues } from './survey.ts';

const score = oneOf({
  label: 'surveys.field.score',
  options: scoreValues.map((value) => ({ value, label: `surveys.score.${value}` as const })),
});

/** The places for scores on a form; what each is about is said by its label (as many as there can be dimensions). */
export const scoreFields = [
  'score1',
  'score2',
  'score3',
  'score4',
  'score5',
  'score6',
  'score7',
  'score8',
  'score9',
  'score10',
] as const;
export type ScoreField = (typeof scoreFields)[number];

/** The fields of a form that asks for scores, whatever else it asks. */
export const scoreAnswers = Object.fromEntries(scoreFields.map((name) => [name, score])) as Record<
  ScoreField,
  typeof score
>;

/** What a form has to say of its places: which are asked and what they are called, and what stood in them. */
export interface ScorePlaces {
  /** To be kept with the form: the order in which they were shown, should it change while the form is open. */
  order: string;
  initial: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  without: readonly string[];
}

/**
 * A place for each dimension that is asked, and for those that were judged when they still were. `typed`: what stood in
 * the same form before (`withScores`), which counts instead of what was judged.
 */
export function placesOf(
  dimensions: readonly Dimension[],
  judged: ReadonlyMap<string, number> | undefined,
  text: Text,
  typed?: ReadonlyMap<string, number>,
): ScorePlaces {
  const known = (id: string) => judged?.has(id) || typed?.has(id);
  const asked = dimensions.filter((one) => !one.archived || known(one.id)).slice(0, scoreFields.length);
  const places = scoreFields.slice(0, asked.length);
  const kept = places.flatMap((name, index) => {
    const given = (typed ?? judged)?.get(asked[index]?.id ?? '');
    return given === undefined ? [] : [[name, String(given)] as const];
  });
  return {
    order: asked.map(({ id }) => id).join(' '),
    initial: Object.fromEntries(kept),
    labels: Object.fromEntries(
      places.map((name, index) => [name, asked[index] ? dimensionName(asked[index], text) : '']),
    ),
    without: scoreFields.slice(asked.length),
  };
}

/** The scores that were given, by dimension; `order` is what `placesOf` said. */
export function scoresIn(
  answers: Partial<Pick<Answers<typeof scoreAnswers>, ScoreField>>,
  order: string,
): ReadonlyMap<string, number> {
  const given = order
    .split(' ')
    .filter(isPointer)
    .flatMap((id, index) => {
      const name = scoreFields[index];
      const answer = name === undefined ? undefined : answers[name];
      return answer === undefined ? [] : [[id, Number(answer)] as const];
    });
  return new Map(given);
}

/**
 * What stood in a form that asks for scores, when it is asked again: the scores by dimension, because a dimension may have
 * another place by now, and the other answers. `order` is what `placesOf` said then.
 */
export function withScores(
  answers: PlainAnswers,
  order: string,
): { typed: ReadonlyMap<string, number>; others: PlainAnswers } {
  const isScore = (name: string): name is ScoreField => scoreFields.some((field) => field === name);
  const entries = Object.entries(answers);
  const scores = Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const read = isScore(name) ? score.answer.safeParse(value) : null;
      return read?.success ? [[name, read.data]] : [];
    }),
  );
  return { typed: scoresIn(scores, order), others: Object.fromEntries(entries.filter(([name]) => !isScore(name))) };
}
