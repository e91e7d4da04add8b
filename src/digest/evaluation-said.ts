import { Temporal } from 'temporal-polyfill';
import type { Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { shownNumber } from './evaluation-facts.ts';
import { type Sentence, sentencesOf } from './evaluation-sentences.ts';
import type { Figures } from './figures.ts';

/** A day as figures keep it. */
export const dayIn = (written: string): Temporal.PlainDate => Temporal.PlainDate.from(written);

/** A period's days as people write them. */
export const spanOf = (figures: Pick<Figures, 'from' | 'to' | 'asOf' | 'timeZone'>, text: Text) => {
  const now = Temporal.Instant.from(figures.asOf).toZonedDateTimeISO(figures.timeZone).toPlainDate();
  return { from: text.day(dayIn(figures.from), now), to: text.day(dayIn(figures.to), now) };
};
const directionOf = (change: number) => (change > 0 ? 'more' : change < 0 ? 'fewer' : 'same');

/** One of the three sentences in the reader's language. */
export function sentenceWords(sentence: Sentence, { kind }: Pick<Figures, 'kind'>, text: Text): Words {
  switch (sentence.say) {
    case 'changed': {
      const { figure, value, of, change } = sentence;
      const size = Math.abs(change);
      const shown = figure === 'score' ? shownNumber(value, text, 1) : value;
      const by = shownNumber(size, text, figure === 'score' ? 1 : 0);
      // Visits and answers have a sentence of their own, so that only figures with a message of change come here.
      return figure === 'visits'
        ? ''
        : text.words(`evaluation.changed.${figure}`, { value: shown, of, change: by, direction: directionOf(change) });
    }
    case 'visits': {
      const { value, of, change, mean } = sentence;
      const said = { change: shownNumber(Math.abs(change), text), mean: shownNumber(mean, text, mean < 10 ? 1 : 0) };
      return text.words('evaluation.say.visits', { value, of, kind, direction: directionOf(change), ...said });
    }
    case 'attention':
      return text.words('evaluation.say.attention', { total: sentence.total, customer: { strong: sentence.customer } });
    default: {
      const { say, ...values } = sentence;
      return text.words(`evaluation.say.${say}`, { kind, ...values });
    }
  }
}

/** Sentences in a row, with a space between them where the language has one. */
export const inARow = (sentences: readonly Words[], text: Text): Words =>
  sentences.flatMap((words, index) => (index === 0 || text.locale === 'zh-CN' ? [words] : [' ', words]));

export const saidParts = (figures: Figures, text: Text): Part[] => [
  {
    kind: 'words',
    words: inARow(
      sentencesOf(figures).map((one) => sentenceWords(one, figures, text)),
      text,
    ),
  },
];
