import { Temporal } from 'temporal-polyfill';
import type { Button, Card, Item } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { factWords, isSilent, shownNumber } from './evaluation-facts.ts';
import { evaluationPointer } from './evaluation-pointer.ts';
import { spanOf } from './evaluation-said.ts';
import { type FigureName, type Figures, figureNames } from './figures.ts';
import { rowKinds } from './rows-sql.ts';
import type { FigureRow, RowsPage } from './rows-store.ts';

/** Rows on one page. */
export const rowsPerPage = 15;

/** All figures that say something, each with a button that opens what is behind it. */
export function behindCard({ name, figures }: { name: string; figures: Figures }, text: Text): Card {
  const items = figureNames.flatMap((figure): Item[] => {
    const fact = figures.facts.find((one) => one.name === figure);
    if (fact === undefined || isSilent(fact)) return [];
    const label = text.plain(`digest.figure.${figure}`);
    const button: Button = {
      label: text.plain('evaluation.rows.button'),
      spoken: text.plain('evaluation.rows.spoken', { figure: label }),
      does: 'digest.rows',
      about: evaluationPointer(figures, { figure }),
    };
    return [{ words: [{ strong: label }, ': ', factWords(fact, text)], buttons: [button] }];
  });
  return {
    title: text.words('evaluation.behind.title', { whose: name }),
    body: [
      { kind: 'note', words: periodWords(figures, text) },
      { kind: 'list', items },
    ],
  };
}

const periodWords = (header: Pick<Figures, 'from' | 'to' | 'asOf' | 'timeZone'>, text: Text): Words => {
  const moment = text.moment(Temporal.Instant.from(header.asOf), header.timeZone);
  return text.words('evaluation.rows.period', { ...spanOf(header, text), moment });
};

/** A page of what is behind a figure. */
export interface ShownRows {
  figure: FigureName;
  /** The team's name, or the person's. */
  name: string;
  of: Pick<Figures, 'teamId' | 'personId' | 'kind' | 'from' | 'to' | 'asOf' | 'timeZone'>;
  page: RowsPage;
  skip: number;
  /** Others' rows are not shown to this reader. */
  ownOnly: boolean;
  /** Who is named; null: everybody. A name beside what was not done is read as blame, but by who has to help. */
  namesOnly: string | null;
}

export function rowsCard({ figure, name, of, page, skip, ownOnly, namesOnly }: ShownRows, text: Text): Card {
  const { rows, total, hits } = page;
  const today = Temporal.Instant.from(of.asOf).toZonedDateTimeISO(of.timeZone).toPlainDate();
  const last = skip + rows.length;
  const next: Button = {
    label: text.plain('evaluation.rows.next'),
    does: 'digest.rows',
    about: evaluationPointer(of, { figure, skip: last }),
  };
  const counted = hits === total ? text.number(total) : text.words('evaluation.fact.of', { value: hits, of: total });
  const paged = text.words('evaluation.rows.page', { from: skip + 1, to: last, total: text.number(total) });
  return {
    title: text.words('evaluation.rows.title', { figure: text.plain(`digest.figure.${figure}`), whose: name }),
    body: [
      { kind: 'words', words: { strong: counted } },
      { kind: 'note', words: periodWords(of, text) },
      ...(ownOnly ? [{ kind: 'note', words: text.words('evaluation.rows.ownOnly') } as const] : []),
      rows.length === 0
        ? { kind: 'note', words: text.words('evaluation.rows.none') }
        : {
            kind: 'list',
            items: rows.map((row) => rowItem(withName(row, namesOnly), figure, today, text)),
            ...(total > rows.length ? { more: paged } : {}),
          },
      ...(last < total ? [{ kind: 'buttons', buttons: [next] } as const] : []),
    ],
  };
}

/** Of these it is said of each row on which side it stands. */
const judged = [
  'coverageCore',
  'coveragePotential',
  'promises',
  'prompts',
  'overdue',
  'feedbackAnswered',
  'advances',
] as const;
const isJudged = (figure: FigureName): figure is (typeof judged)[number] =>
  (judged as readonly FigureName[]).includes(figure);

const withName = (row: FigureRow, namesOnly: string | null): FigureRow =>
  namesOnly === null || row.person?.id === namesOnly ? row : { ...row, person: null };

function rowItem(row: FigureRow, figure: FigureName, today: Temporal.PlainDate, text: Text): Item {
  const { account, person, words, hit, score } = row;
  const says = sayings(row, figure, today, text);
  const judgement = isJudged(figure) ? [text.plain(`evaluation.rows.${hit ? 'hit' : 'miss'}.${figure}`)] : [];
  const scored = score === null ? [] : [text.plain('evaluation.rows.score', { score: shownNumber(score, text, 1) })];
  const whose: Words[] = person === null ? [] : [{ person: person.id, name: person.name }];
  // What is at no customer is called by its words, or by what it is; neither is said twice.
  const own = words === null || words === '' ? null : words;
  const title = account ?? own ?? says[0] ?? '–';
  const rest = account === null && own === null ? says.slice(1) : says;
  const detail = [...judgement, ...scored, ...rest, ...whose];
  return {
    words: [{ strong: title }, ...(account === null || own === null ? [] : [' – ', own])],
    detail: detail.flatMap((one, index): Words[] => (index === 0 ? [one] : [' · ', one])),
  };
}

/** What a row is and when it was, in words. */
function sayings({ day, word }: FigureRow, figure: FigureName, today: Temporal.PlainDate, text: Text): string[] {
  const on = day === null ? null : text.day(day, today);
  switch (rowKinds[figure]) {
    case 'visits':
      return [visitKind(word, text), on ?? ''];
    case 'prompts':
      return [text.plain('evaluation.rows.prompt', { kind: word ?? '' }), on ?? ''];
    case 'customers':
      return [on === null ? text.plain('evaluation.rows.never') : text.plain('evaluation.rows.seen', { day: on })];
    case 'plans':
      return [on ?? ''];
    case 'steps':
      return [on === null ? text.plain('evaluation.rows.noDue') : text.plain('evaluation.rows.due', { day: on })];
    case 'feedback':
      return [text.plain('evaluation.rows.feedback', { kind: word ?? '' }), on ?? ''];
    case 'surveys':
      return [text.plain('evaluation.rows.source', { source: word ?? '' }), on ?? ''];
  }
}

function visitKind(word: string | null, text: Text): string {
  switch (word) {
    case 'call':
    case 'onlineMeeting':
    case 'event':
      return text.plain(`visits.kind.${word}`);
    default:
      return text.plain('visits.kind.visit');
  }
}
