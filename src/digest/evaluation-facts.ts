import type { Fact as CardFact, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { changeOf, type Fact, type FigureGroup, type Figures, factOf, figureGroups } from './figures.ts';

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** Scores with one digit, means of few with one, everything else whole. */
export const shownNumber = (value: number, text: Text, digits = 0): string => text.number(rounded(value, digits));

/** "+3", "−2", "±0": with a sign that is read as one. */
function signed(change: number, text: Text, digits: number): string {
  const value = rounded(change, digits);
  if (value === 0) return '±0';
  return `${value > 0 ? '+' : '−'}${text.number(Math.abs(value))}`;
}

const digitsOf = ({ name }: Pick<Fact, 'name'>) => (name === 'score' ? 1 : 0);
const digitsOfMean = (fact: Fact) => ((fact.mean ?? 0) < 10 ? 1 : digitsOf(fact));

/** The change from the period before and the mean; empty where there is nothing to compare. */
function changeWords(fact: Fact, text: Text): Words {
  const change = changeOf(fact);
  if (change === null) return '';
  const said = signed(change, text, digitsOf(fact));
  const space = text.locale === 'zh-CN' ? '' : ' ';
  if (fact.mean === null) return [space, text.words('evaluation.fact.changeOnly', { change: said })];
  const mean = shownNumber(fact.mean, text, digitsOfMean(fact));
  return [space, text.words('evaluation.fact.change', { change: said, mean })];
}

/** "12 of 15 (+3 · Ø 10)", of visits "12 made, 9 asked for (+3 · Ø 10)". */
export function factWords(fact: Fact, text: Text): Words {
  const { name, value, of } = fact;
  const of_ = of ?? 0;
  if (value === null) return text.words('evaluation.fact.tooFew', { of: of_ });
  const shown = shownNumber(value, text, digitsOf(fact));
  const whole = (): Words => {
    if (name === 'score') return text.words('evaluation.fact.score', { value: shown, of: text.number(of_) });
    if (of === null) return shown;
    if (of === 0) return value === 0 ? shown : text.words('evaluation.fact.noneAsked', { value: shown });
    // More may be made than are asked for: "12 of 9" reads like a slip.
    return text.words(name === 'visits' ? 'evaluation.fact.asked' : 'evaluation.fact.of', {
      value: shown,
      of: text.number(of),
    });
  };
  return [whole(), changeWords(fact, text)];
}

/** Nothing was asked and nothing was done, so that there is nothing behind it: no line. What was before it is worth one. */
export const isSilent = ({ name, value, of, before }: Fact) =>
  name !== 'visits' && (value ?? 0) === 0 && (of ?? 0) === 0 && (before ?? 0) === 0;

/** What customers said stands on one line: in, answered, open. */
function feedbackLine(figures: Pick<Figures, 'facts'>, text: Text): CardFact[] {
  const [received, answered, open] = (['feedbackIn', 'feedbackAnswered', 'feedbackOpen'] as const).map((name) =>
    factOf(figures, name),
  );
  if (!received || !answered || !open || [received, answered, open].every(isSilent)) return [];
  const change = (fact: Fact): Words => changeWords({ ...fact, mean: null }, text);
  const values = {
    in: shownNumber(received.value ?? 0, text),
    inChange: change(received),
    answered: factWords({ ...answered, before: null }, text),
    open: shownNumber(open.value ?? 0, text),
    openChange: change(open),
  };
  return [{ label: text.plain('evaluation.fact.feedback'), value: text.words('evaluation.fact.feedbackOf', values) }];
}

/** The lines of one group. */
export function linesOf(figures: Pick<Figures, 'facts'>, group: FigureGroup, text: Text): CardFact[] {
  const lines = figures.facts
    .filter((fact) => fact.group === group && !fact.name.startsWith('feedback') && !isSilent(fact))
    .map((fact) => ({ label: text.plain(`digest.figure.${fact.name}`), value: factWords(fact, text) }));
  return group === 'quality' ? [...lines, ...feedbackLine(figures, text)] : lines;
}

/** The table of facts: what people do, how customers are looked after, and what comes of it, each by itself. */
export function factParts(figures: Figures, text: Text): Part[] {
  return figureGroups.flatMap((group): Part[] => {
    const facts = linesOf(figures, group, text);
    if (facts.length === 0) return [];
    return [
      { kind: 'words', words: { strong: text.words(`evaluation.group.${group}`) } },
      { kind: 'facts', facts },
    ];
  });
}
