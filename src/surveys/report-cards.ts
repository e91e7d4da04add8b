import type { Temporal } from 'temporal-polyfill';
import { type Button, type Card, type Fact, type Item, labelled, type Part } from '../chat/card.ts';
import { dimensionName } from '../feedback/index.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { byTheme, type Figure, type Report, signed } from './report.ts';
import { doneWords } from './report-tables.ts';
import type { Named } from './survey.ts';

/** Lines of each theme, and of all of them; the rest is in the files. */
const perTheme = 3;
const mostLines = 12;
/** Signs of somebody's words on the card. */
const shownWords = 240;

/** Where the files are, for a quarter of an hour. */
export interface Downloads {
  csv: string;
  xlsx: string;
}

function figureWords(figure: Figure, side: 'customers' | 'us', text: Text): string | null {
  const { value, answers, change } = figure;
  if (answers === 0) return null;
  const who = text.plain(`surveys.report.${side}`);
  if (value === null) return text.plain('surveys.report.tooFew', { who, answers });
  const by = change === null ? '' : text.plain('surveys.report.change', { change: signed(change, text) });
  return text.plain('surveys.report.figure', { who, value: text.number(value), change: by, answers });
}

function factOf(label: string, figures: Report['recommend'], text: Text): Fact {
  const said = [figureWords(figures.customers, 'customers', text), figureWords(figures.us, 'us', text)].filter(
    (one) => one !== null,
  );
  return { label, value: said.length === 0 ? text.plain('surveys.report.nobody') : said.join(' · ') };
}

/** The report on one screen: scores with their change, what customers said by theme, what was done. */
export function reportCard(
  report: Report,
  { text, today }: { text: Text; today: Temporal.PlainDate },
  downloads: Downloads | null,
): Card {
  const { team, period, before, dimensions, recommend } = report;
  const days = (span: Report['period']) => ({ from: text.day(span.from, today), to: text.day(span.to, today) });
  const facts = [
    ...dimensions.map(({ dimension, figures }) => factOf(dimensionName(dimension, text), figures, text)),
    factOf(text.plain('surveys.report.recommend'), recommend, text),
  ];
  const buttons: Button[] =
    downloads === null
      ? []
      : [
          { label: text.plain('surveys.button.xlsx'), link: downloads.xlsx },
          { label: text.plain('surveys.button.csv'), link: downloads.csv },
        ];
  return {
    title: text.words('surveys.report.title', { team: team?.name ?? text.plain('surveys.report.everybody') }),
    body: [
      { kind: 'note', words: text.words('surveys.report.period', days(period)) },
      { kind: 'note', words: text.words('surveys.report.before', days(before)) },
      { kind: 'facts', facts },
      ...saidParts(report, text, today),
      ...(buttons.length === 0
        ? [{ kind: 'note', words: text.words('surveys.report.noFiles') } as const]
        : [
            { kind: 'buttons', buttons } as const,
            { kind: 'note', words: text.words('surveys.report.fileNote') } as const,
          ]),
    ],
  };
}

function saidParts(report: Report, text: Text, today: Temporal.PlainDate): Part[] {
  const themes = byTheme(report, text);
  const heading: Part = { kind: 'heading', words: text.words('surveys.report.said') };
  if (themes.length === 0) return [heading, { kind: 'words', words: text.words('surveys.report.nothingSaid') }];
  const lines = themes
    .flatMap(({ theme, said }) =>
      said.slice(0, perTheme).map((one): Item => {
        const words: Words = [
          { strong: labelled(theme) },
          text.words('surveys.report.quote', { words: cut(one.words, shownWords) }),
        ];
        const done = cut(doneWords(one, text), shownWords);
        return { words, detail: `${one.account} · ${text.day(one.saidOn, today)} · ${done}` };
      }),
    )
    .slice(0, mostLines);
  const more = report.said.length - lines.length;
  return [
    heading,
    { kind: 'list', items: lines, ...(more > 0 ? { more: text.words('chat.more', { count: more }) } : {}) },
  ];
}

/** Whose report? */
export const chooseTeamCard = (
  teams: readonly { id: string; name: string }[],
  text: Text,
  about: (team: Named | null) => string,
  withAll: boolean,
): Card => ({
  title: text.words('surveys.report.choose'),
  body: [
    {
      kind: 'buttons',
      buttons: [
        ...(withAll
          ? [{ label: text.plain('surveys.report.everybody'), does: 'surveys.report', about: about(null) }]
          : []),
        ...teams.slice(0, 20).map((team) => ({ label: team.name, does: 'surveys.report', about: about(team) })),
      ],
    },
  ],
});
