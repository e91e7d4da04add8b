import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import type { FigureName } from './figures.ts';
import { type Scope, valuesOf } from './figures-sql.ts';
import { rowsSql } from './rows-sql.ts';

const row = z.object({
  id: z.string(),
  /** It counts among those of which the figure is. */
  hit: z.boolean(),
  day: z
    .string()
    .nullable()
    .transform((day) => (day === null ? null : Temporal.PlainDate.from(day))),
  account: z.string().nullable(),
  person: z.object({ id: z.string(), name: z.string() }).nullable(),
  words: z.string().nullable(),
  word: z.string().nullable(),
  score: z.number().nullable(),
});
const page = z.object({ total: z.number(), hits: z.number(), rows: z.array(row) });

/** One row behind a figure. */
export type FigureRow = z.infer<typeof row>;
/** A page of them; `hits` is the figure's value and `total` of how many. */
export type RowsPage = z.infer<typeof page>;

export interface PageAsked {
  /** Only this person's; null: everybody's. */
  onlyOf: string | null;
  limit: number;
  skip: number;
}

/** What is behind figures: one statement for a page. */
export function rowsStore({ pool }: Pick<Database, 'pool'>) {
  return {
    async page(figure: FigureName, scope: Scope, { onlyOf, limit, skip }: PageAsked): Promise<RowsPage> {
      const { rows } = await pool.query(rowsSql(figure), [...valuesOf(scope), onlyOf, limit, skip]);
      return page.parse(rows[0]);
    },
  };
}

export type RowsStore = ReturnType<typeof rowsStore>;
