import { Temporal } from 'temporal-polyfill';
import type { Chart, Item, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { AttentionReason } from './attention.ts';
import { shownNumber } from './evaluation-facts.ts';
import { dayIn, inARow } from './evaluation-said.ts';
import type { Figures } from './figures.ts';
import { proposalPointer } from './proposal-pointer.ts';
import type { Remark } from './remark.ts';

/** Who reads it: everybody in a channel, one person who asked for it, or one who leads the people whom it is about. */
export type Readers = 'channel' | 'person' | 'leader';
const today = ({ asOf, timeZone }: Figures) => Temporal.Instant.from(asOf).toZonedDateTimeISO(timeZone).toPlainDate();

/** A picture of one point says nothing that the table does not. */
export function chartPart({ coverage }: Figures, text: Text): Chart[] {
  if (coverage.ends.length < 2 || coverage.classes.length === 0) return [];
  const categories = coverage.ends.map((end) => {
    const { month, day: of } = dayIn(end);
    return text.plain('evaluation.chart.day', { day: String(of), month: String(month) });
  });
  const series = coverage.classes.map(({ class: name, points }) => ({
    name: text.plain(`accounts.class.${name}`),
    values: points.map(({ value, of }) => (of === 0 ? null : Math.round((value / of) * 100))),
  }));
  const lines = series.map(({ name, values }) =>
    text.plain('evaluation.chart.series', {
      class: name,
      points: values.map((value) => (value === null ? '–' : `${value}%`)).join(text.locale === 'zh-CN' ? '、' : ', '),
    }),
  );
  const span = { from: categories[0] ?? '', to: categories.at(-1) ?? '' };
  const said = { ...span, series: lines.join(text.locale === 'zh-CN' ? '；' : '; ') };
  return [
    {
      kind: 'chart',
      draw: 'lines',
      title: text.plain('evaluation.chart.title'),
      categories,
      series,
      unit: 'percent',
      alternative: text.plain('evaluation.chart.alternative', said),
    },
  ];
}

function reasonWords(reason: AttentionReason, text: Text): string {
  switch (reason.why) {
    case 'overdue':
      return reason.days === null
        ? text.plain('evaluation.attention.never')
        : text.plain('evaluation.attention.overdue', { days: reason.days });
    case 'score':
      return text.plain('evaluation.attention.score', { score: shownNumber(reason.score, text, 1) });
    default:
      return text.plain(`evaluation.attention.${reason.why}`, { days: reason.days, count: reason.count });
  }
}

export function attentionParts({ attention }: Figures, readers: Readers, text: Text): Part[] {
  const { customers, total } = attention;
  if (customers.length === 0) return [];
  const items = customers.map(({ name, class: of, owner, reasons }): Item => {
    const why = reasons.map((reason) => reasonWords(reason, text));
    // A name beside what was not done is read as blame, but by who has to help.
    const whose = readers === 'leader' && owner !== null ? [owner.name] : [];
    const rest = [text.plain(`accounts.class.${of}`), ...why, ...whose].map((one) => ` · ${one}`);
    return { words: [{ strong: name }, ...rest] };
  });
  const left = total - customers.length;
  return [
    { kind: 'heading', words: text.words('evaluation.attention.heading') },
    { kind: 'list', items, ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}) },
  ];
}

export function proposalParts(figures: Figures, text: Text): Part[] {
  // One person's slips are nobody's programme: what is to be better is decided for the team.
  if (figures.proposals.length === 0 || figures.personId !== null) return [];
  const items = figures.proposals.map(({ rule, count }): Item => {
    const label = text.plain(`evaluation.propose.button.${rule}`, { count });
    const words = text.words(`evaluation.propose.${rule}`, { count });
    const about = proposalPointer(figures, rule);
    return { words, buttons: [{ label, opens: 'improvements.plan', about }] };
  });
  return [
    { kind: 'heading', words: text.words('evaluation.propose.heading') },
    { kind: 'list', items },
  ];
}

export function winParts({ wins }: Pick<Figures, 'wins'>, text: Text): Part[] {
  if (wins.length === 0) return [];
  const items = wins.map(
    ({ kind, count, customers, more }): Item => ({
      words: text.words(`evaluation.win.${kind}`, {
        count,
        named: customers.length === 0 ? 'no' : more ? 'some' : 'all',
        customers: text.list(customers.map(({ name }) => ({ strong: name }))),
      }),
    }),
  );
  return [
    { kind: 'heading', words: text.words('evaluation.win.heading') },
    { kind: 'list', items },
  ];
}

export function remarkParts(remarks: readonly Remark[], text: Text): Part[] {
  if (remarks.length === 0) return [];
  const items = remarks.map(
    ({ person, figure, words }): Item => ({
      words: [
        { strong: text.plain(`digest.figure.${figure}`) },
        ' – ',
        { person: person.id, name: person.name },
        text.locale === 'zh-CN' ? '：' : ': ',
        words,
      ],
    }),
  );
  return [
    { kind: 'heading', words: text.words('evaluation.remarks') },
    { kind: 'list', items },
  ];
}

/** Of when it is, and what does not count. */
export function asOfPart(figures: Figures, text: Text): Part {
  const { asOf, timeZone, until, to, leftOut } = figures;
  const { away, customersOfAway: customers, holidays, promptsMissed } = leftOut;
  const days = text.list(holidays.map((date) => text.day(dayIn(date), today(figures))));
  const said: Words[] = [
    text.words('evaluation.asOf', { moment: text.moment(Temporal.Instant.from(asOf), timeZone) }),
    ...(until === to ? [] : [text.words('evaluation.left.until', { day: text.day(dayIn(until), today(figures)) })]),
    ...(away.length === 0 ? [] : [text.words('evaluation.left.away', { count: away.length, customers })]),
    ...(holidays.length === 0 ? [] : [text.words('evaluation.left.holidays', { count: holidays.length, days })]),
    ...(promptsMissed === 0 ? [] : [text.words('evaluation.left.missed', { count: promptsMissed })]),
  ];
  return { kind: 'note', words: inARow(said, text) };
}
