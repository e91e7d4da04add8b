import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import type { Database } from '../database.ts';
import type { Heard } from '../feedback/index.ts';
import type { Locale } from '../text/locale.ts';
import { saveStatement, whyStatement } from './save-statement.ts';
import { step } from './store.ts';
import type { VisitKind, VisitOutcome } from './visit.ts';

/** A visit as it is to be stored, with all that follows from it. Ids are pointers: the statement checks them. */
export interface NewVisit {
  organizationId: string;
  id: string;
  accountId: string;
  authorId: string;
  kind: VisitKind;
  date: Temporal.PlainDate;
  purpose: string | null;
  note: string | null;
  outcome: VisitOutcome | null;
  sourceLink: string | null;
  loggedAt: Temporal.Instant;
  requestKey: string;
  colleagueIds: readonly string[];
  contactIds: readonly string[];
  newContacts: readonly { id: string; name: string }[];
  nextStep: {
    id: string;
    text: string;
    ownerId: string;
    dueOn: Temporal.PlainDate | null;
    remindAt: Temporal.Instant | null;
  } | null;
  fulfils: string | null;
  /** What the customer said in it. */
  heard: Omit<Heard, 'told'> | null;
  /** The feedback that it is about. */
  answersTo: string | null;
  /** Whose actions the author may close besides their own: everybody's, or those of these teams. */
  mayClose: { all: boolean; teamIds: readonly string[] };
  /** The person has said that it is a further visit on the same day. */
  second: boolean;
  draftId: string | null;
  /** The announcement for the team's channel in each language; which it is, and where, only the database knows. */
  announcements: Readonly<Record<Locale, OutboxRow>>;
  /** What others are told. */
  told: readonly OutboxRow[];
  gaps: Gaps;
}

/** Texts that stand in messages where a value of the database belongs; plain letters, not to be guessed by anybody. */
export interface Gaps {
  account: string;
  workspace: string;
  channel: string;
}

const savedRow = z.object({
  account: z.string(),
  announced: z.boolean(),
  contacts: z.array(z.object({ id: z.string(), name: z.string() })),
  fulfilled: z.array(step),
});
const whyRow = z.object({
  earlier: z.string().nullable(),
  earlierBy: z.string().nullable(),
  account: z.string().nullable(),
  pointers: z.boolean().nullable(),
  sameDay: z.boolean(),
});

/**
 * What became of it: `saved`; `earlier`, an answer to the same form was saved before, as that visit; `sameDay`, the
 * author has a visit there on that day and has not said that this is another; `gone`, something it points at is not
 * there for them.
 */
export type SaveResult =
  | ({ became: 'saved' } & z.infer<typeof savedRow>)
  | { became: 'earlier'; visitId: string }
  | { became: 'sameDay'; account: string }
  | { became: 'gone'; what: 'account' | 'pointers' };

/** Another form of the same person can take the place on the day between reading and writing; then it is tried again. */
const attempts = 20;

/** Stores new visits. */
export function logStore({ pool }: { pool: Pick<Database['pool'], 'query'> }) {
  /** Null: whatever was in the way is not there any more, or was another form's place on the day. */
  async function whyNot(visit: NewVisit): Promise<SaveResult | null> {
    const { text, values } = whyStatement(visit);
    const { rows } = await pool.query(text, values);
    const { earlier, earlierBy, account, pointers, sameDay } = whyRow.parse(rows[0]);
    if (earlier !== null) {
      return earlierBy === visit.authorId
        ? { became: 'earlier', visitId: earlier }
        : { became: 'gone', what: 'account' };
    }
    if (account === null) return { became: 'gone', what: 'account' };
    if (!pointers) return { became: 'gone', what: 'pointers' };
    return sameDay && !visit.second ? { became: 'sameDay', account } : null;
  }

  return {
    /** One statement when it is stored, a second one to learn why when it is not. */
    async save(visit: NewVisit): Promise<SaveResult> {
      const statement = saveStatement(visit);
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const { rows } = await pool.query(statement);
        if (rows.length > 0) return { became: 'saved', ...savedRow.parse(rows[0]) };
        const why = await whyNot(visit);
        if (why) return why;
      }
      throw new Error(`a visit found no place on its day in ${attempts} attempts`);
    },
  };
}

export type LogStore = ReturnType<typeof logStore>;
