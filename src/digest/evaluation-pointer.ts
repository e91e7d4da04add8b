import { Temporal } from 'temporal-polyfill';
import { isPointer } from '../chat/pointer.ts';
import { type FigureName, type Figures, isFigure } from './figures.ts';
import { type PeriodKind, periodKinds } from './period.ts';

/** Points at an evaluation, or at a page of the rows behind one of its figures. */
export interface EvaluationPointer {
  teamId: string;
  /** One person's own part. */
  personId: string | null;
  kind: PeriodKind;
  /** A day of the period. */
  day: Temporal.PlainDate;
  figure: FigureName | null;
  /** How many rows were seen before this page. */
  skip: number;
}

/** More rows than anybody leafs through; a larger number is not ours. */
const farthest = 100_000;

/** What a button carries of it. */
export const evaluationPointer = (
  { teamId, personId, kind, from }: Pick<Figures, 'teamId' | 'personId' | 'kind' | 'from'>,
  rows?: { figure: FigureName; skip?: number },
): string => [teamId, personId ?? '-', kind, from, rows?.figure ?? '-', rows?.skip ?? 0].join(' ');

/** Null: no pointer of ours. Whether the team is there, and may be seen, is asked elsewhere. */
export function readEvaluationPointer(about: string | undefined): EvaluationPointer | null {
  const [teamId, personId, kind, from = '', figure, skipped = ''] = (about ?? '').split(' ');
  const skip = Number(skipped);
  if (!isPointer(teamId) || (personId !== '-' && !isPointer(personId))) return null;
  if (!isKind(kind) || (figure !== '-' && !isFigure(figure))) return null;
  if (!/^\d{1,6}$/.test(skipped) || skip > farthest || !/^\d{4}-\d\d-\d\d$/.test(from)) return null;
  try {
    const day = Temporal.PlainDate.from(from, { overflow: 'reject' });
    return {
      teamId,
      personId: personId === '-' ? null : personId,
      kind,
      day,
      figure: figure === '-' ? null : figure,
      skip,
    };
  } catch {
    return null;
  }
}

const isKind = (kind: string | undefined): kind is PeriodKind =>
  (periodKinds as readonly (string | undefined)[]).includes(kind);
