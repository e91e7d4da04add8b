import type { Text } from '../text/text.ts';
import type { FigureName } from './figures.ts';

/** Figures that are so many of so many: `measureOf` says a share of them. */
const shares: readonly FigureName[] = [
  ...(['visits', 'prompts', 'coverageCore', 'coveragePotential', 'promises', 'feedbackAnswered', 'advances'] as const),
];

/** What `measureOf` said of a figure, as people read it: 40 %, 4.2, 7. */
export function measureInWords(figure: FigureName, measure: number | null, text: Text): string {
  if (measure === null) return text.plain('improvements.value.unknown');
  if (shares.includes(figure))
    return text.plain('improvements.value.share', { percent: text.number(Math.round(measure * 100)) });
  return text.number(Math.round(measure * 10) / 10);
}
