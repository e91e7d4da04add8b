import { Temporal } from 'temporal-polyfill';
import type { Button, Card, Chart, Item, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { AttentionReason } from './attention.ts';
import { factParts, shownNumber } from './evaluation-facts.ts';
import { evaluationPointer } from './evaluation-pointer.ts';
import { type Sentence, sentencesOf } from './evaluation-sentences.ts';
import type { Figures } from './figures.ts';
import { proposalPointer } from './proposal-pointer.ts';
import type { Remark } from './remark.ts';

/** Who reads it: everybody in a channel, or one person who asked for it. */
export type Readers = 'channel' | 'person';

const day = (written: string) => Temporal.PlainDate.from(written);
const today = ({ asOf, timeZone }: Figures) => Temporal.Instant.from(asOf).toZonedDateTimeISO(timeZone).toPlainDate();

/** A period's days as people write them. */
export const spanOf = (figures: Pick<Figures, 'from' | 'to' | 'asOf' | 'timeZone'>, text: Text) => {
  const now = Temporal.Instant.from(figures.asOf).toZonedDateTimeISO(figures.timeZone).toPlainDate();
  return { from: text.day(day(figures.from), now), to: text.day(day(figures.to), now) };
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
const inARow = (sentences: readonly Words[], text: Text): Words =>
  sentences.flatMap((words, index) => (index === 0 || text.locale === 'zh-CN' ? [words] : [' ', words]));

const saidParts = (figures: Figures, text: Text): Part[] => [
  {
    kind: 'words',
    words: inARow(
      sentencesOf(figures).map((one) => sentenceWords(one, figures, text)),
      text,
    ),
  },
];

/** A picture of one point says nothing that the table does not. */
function chartPart({ coverage }: Figures, text: Text): Chart[] {
  if (coverage.ends.length < 2 || coverage.classes.length === 0) return [];
  const categories = coverage.ends.map((end) => {
    const { month, day: of } = day(end);
    return text.plain('evaluation.chart.day', { day: String(of), month: String(month) });
  });
  const series = coverage.classes.map(({ class: name, points }) => ({
    name: text.plain(`accounts.class.${name}`),
    values: points.map(({ value, of }) => (of === 0 ? null : Math.round((value / of) * 100))),
  }));
  const lines = series.map(({ name, values }) =>
    text.plain('evaluation.chart.series', {
      class: name,
      points: values.map((value) => (value === null ? '–' : `${value}%`)).join(', '),
    }),
  );
  const span = { from: categories[0] ?? '', to: categories.at(-1) ?? '' };
  const said = { ...span, series: lines.join(text.locale === 'zh-CN' ? '；' : '; ') };
  return [
    {
      ...{ kind: 'chart', draw: 'lines', title: text.plain('evaluation.chart.title'), categories, series },
      ...{ unit: 'percent', alternative: text.plain('evaluation.chart.alternative', said) },
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

function attentionParts({ attention }: Figures, readers: Readers, text: Text): Part[] {
  const { customers, total } = attention;
  if (customers.length === 0) return [];
  const items = customers.map(({ name, class: of, owner, reasons }): Item => {
    const why = reasons.map((reason) => reasonWords(reason, text));
    // In a channel a name beside what was not done would be read as blame.
    const whose =
      readers === 'person' && owner !== null ? [text.plain('evaluation.attention.owner', { owner: owner.name })] : [];
    return {
      words: [{ strong: name }, ` · ${text.plain(`accounts.class.${of}`)}`],
      detail: [...why, ...whose].join(' · '),
    };
  });
  const left = total - customers.length;
  return [
    { kind: 'heading', words: text.words('evaluation.attention.heading') },
    { kind: 'list', items, ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}) },
  ];
}

function proposalParts(figures: Figures, text: Text): Part[] {
  // One person's slips are nobody's programme: what is to be better is decided for the team.
  if (figures.proposals.length === 0 || figures.personId !== null) return [];
  const items = figures.proposals.map(({ rule, count }): Item => {
    const label = text.plain(`evaluation.propose.button.${rule}`);
    const words = text.words(`evaluation.propose.${rule}`, { count });
    const about = proposalPointer(figures, rule);
    return { words, buttons: [{ label, opens: 'improvements.plan', about }] };
  });
  return [
    { kind: 'heading', words: text.words('evaluation.propose.heading') },
    { kind: 'list', items },
  ];
}

function winParts({ wins }: Figures, text: Text): Part[] {
  if (wins.length === 0) return [];
  const items = wins.map(
    ({ kind, count, customers }): Item => ({
      words: text.words(`evaluation.win.${kind}`, {
        ...{ count, named: customers.length > 0 ? 'yes' : 'no' },
        customers: text.list(customers.map(({ name }) => ({ strong: name }))),
      }),
    }),
  );
  return [
    { kind: 'heading', words: text.words('evaluation.win.heading') },
    { kind: 'list', items },
  ];
}

function remarkParts(remarks: readonly Remark[], text: Text): Part[] {
  if (remarks.length === 0) return [];
  const items = remarks.map(
    ({ person, figure, words }): Item => ({
      words: [
        { strong: text.plain(`digest.figure.${figure}`) },
        ' – ',
        { person: person.id, name: person.name },
        ': ',
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
  const days = text.list(holidays.map((date) => text.day(day(date), today(figures))));
  const said: Words[] = [
    text.words('evaluation.asOf', { moment: text.moment(Temporal.Instant.from(asOf), timeZone) }),
    ...(until === to ? [] : [text.words('evaluation.left.until', { day: text.day(day(until), today(figures)) })]),
    ...(away.length === 0 ? [] : [text.words('evaluation.left.away', { count: away.length, customers })]),
    ...(holidays.length === 0 ? [] : [text.words('evaluation.left.holidays', { count: holidays.length, days })]),
    ...(promptsMissed === 0 ? [] : [text.words('evaluation.left.missed', { count: promptsMissed })]),
  ];
  return { kind: 'note', words: inARow(said, text) };
}

/** A person's own figures, with nothing that needs a button: the same for them and for who leads them. */
export const ownParts = (figures: Figures, text: Text): Part[] => [
  ...saidParts(figures, text),
  ...factParts(figures, text),
  ...attentionParts(figures, 'person', text),
  ...winParts(figures, text),
  asOfPart(figures, text),
];

const behindButton = (figures: Figures, text: Text): Button => ({
  label: text.plain('evaluation.button.behind'),
  does: 'digest.behind',
  about: evaluationPointer(figures),
});

/** What an evaluation is read with: whose it is, in the reader's language, and what they may do. */
export interface Shown {
  /** The team's name, or the person's. */
  name: string;
  figures: Figures;
  readers: Readers;
  remarks: readonly Remark[];
  /** Said before everything else. */
  notice?: Words;
}

/** What is read first: a screen of it. */
export function evaluationCard({ name, figures, readers, remarks, notice }: Shown, text: Text): Card {
  const { kind, personId } = figures;
  const titled = { ...spanOf(figures, text), kind };
  const earlier = { ...figures, from: day(figures.from).subtract({ days: 1 }).toString() };
  const before: Button = {
    label: text.plain('evaluation.button.before'),
    does: 'digest.show',
    about: evaluationPointer(earlier),
  };
  const more: Button = {
    label: text.plain('evaluation.button.more'),
    does: 'digest.more',
    about: evaluationPointer(figures),
  };
  return {
    title:
      personId === null
        ? text.words('evaluation.title', { ...titled, team: name })
        : text.words('evaluation.titleOwn', { ...titled, name }),
    body: [
      ...(notice === undefined ? [] : [{ kind: 'note', words: notice } as const]),
      ...saidParts(figures, text),
      ...factParts(figures, text),
      ...remarkParts(remarks, text),
      ...chartPart(figures, text),
      ...attentionParts(figures, readers, text),
      ...proposalParts(figures, text),
      ...winParts(figures, text),
      asOfPart(figures, text),
      { kind: 'buttons', buttons: [behindButton(figures, text), ...(readers === 'person' ? [more, before] : [])] },
    ],
  };
}

/** How many people a ranking shows. */
const mostRanked = 10;

/** The rest: by class, by person where the organisation ranks people, and how it is counted. Null: nothing to add. */
export function moreCard(
  { name, figures }: Pick<Shown, 'name' | 'figures'>,
  further: readonly Part[],
  text: Text,
): Card {
  const { visitsByClass, coverage, ranking, kind } = figures;
  const ofWords = (value: number, of: number): string =>
    of === 0
      ? text.plain('evaluation.fact.noneAsked', { value: text.number(value) })
      : text.plain('evaluation.fact.of', { value: text.number(value), of: text.number(of) });
  const classFacts = (
    those: readonly { class: (typeof coverage.classes)[number]['class']; value: number; of: number }[],
  ) => those.map((one) => ({ label: text.plain(`accounts.class.${one.class}`), value: ofWords(one.value, one.of) }));
  const now = coverage.classes.flatMap(({ class: of, points }) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ class: of, ...last }];
  });
  const section = (words: Words, facts: ReturnType<typeof classFacts>): Part[] =>
    facts.length === 0
      ? []
      : [
          { kind: 'heading', words },
          { kind: 'facts', facts },
        ];
  const ranked = (ranking ?? [])
    .toSorted((a, b) => shareOf(b) - shareOf(a) || b.value - a.value || a.name.localeCompare(b.name))
    .slice(0, mostRanked)
    .map((one) => ({ label: one.name, value: ofWords(one.value, one.of) }));
  return {
    title: text.words('evaluation.more.title', { team: name, kind }),
    body: [
      ...section(text.words('evaluation.more.visits'), classFacts(visitsByClass)),
      ...section(text.words('evaluation.more.coverage'), classFacts(now)),
      ...section(text.words('evaluation.more.ranking'), ranked),
      ...further,
      { kind: 'note', words: text.words('evaluation.more.how') },
    ],
  };
}

/** Who was asked nothing has done all of it. */
const shareOf = ({ value, of }: { value: number; of: number }) => (of === 0 ? 1 : value / of);
