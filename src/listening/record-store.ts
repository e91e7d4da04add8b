import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import type { Listening } from './listening.ts';
import { readListening, type Seen, whole } from './store.ts';

export type Queries = Pick<Database['pool'], 'query'>;

/** What a transaction stores besides the manager's visit itself; each may say that it must not be. */
export interface Came {
  heard: string;
  improve: string | null;
  /** Stores the visit; null when it was stored. */
  visit(through: Queries): Promise<'sameDay' | 'gone' | null>;
  visitId: string;
  /** Stores the scores; their id, or null when there are none. */
  scores(through: Queries): Promise<string | null>;
}

/** `earlier`: this very form did it before; `changed`: somebody else was faster. */
export type Recorded = 'recorded' | 'earlier' | 'changed' | 'sameDay' | 'gone';

/** A row, held until the transaction ends. Held first and read then: see it as it is after the waiting. */
async function hold(through: Queries, organizationId: string, id: string): Promise<Listening | null> {
  const values = [organizationId, id];
  await through.query('SELECT FROM "Listening" WHERE "organizationId" = $1 AND id = $2 FOR UPDATE', values);
  const { rows } = await through.query(`${whole} WHERE l."organizationId" = $1 AND l.id = $2`, values);
  return rows[0] === undefined ? null : readListening(rows[0]);
}

/** Leaves a transaction without a trace of it. */
class Left extends Error {
  readonly because: Recorded;
  constructor(because: Recorded) {
    super(because);
    this.because = because;
  }
}

/** The half of the storage that keeps what was heard. */
export function recordStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Stores what came of a planned one, the visit and the scores with it: all of it or nothing. */
    async record(
      { organizationId, id, version }: Seen,
      requestKey: string,
      came: Came,
      tell: readonly OutboxRow[],
    ): Promise<Recorded> {
      try {
        return await inTransaction(pool, async (client): Promise<Recorded> => {
          const now = await hold(client, organizationId, id);
          if (now === null) return 'gone';
          if (now.recordKey === requestKey) return 'earlier';
          if (now.version !== version || now.state !== 'planned') return 'changed';
          const refused = await came.visit(client);
          if (refused !== null) throw new Left(refused);
          const surveyId = await came.scores(client);
          await client.query(
            `UPDATE "Listening" SET state = 'done', heard = $3, improve = $4, "visitId" = $5, "surveyId" = $6,
               "remindAt" = NULL, version = version + 1
             WHERE "organizationId" = $1 AND id = $2`,
            [organizationId, id, came.heard, came.improve, came.visitId, surveyId],
          );
          await putIntoOutbox(client, tell);
          return 'recorded';
        });
      } catch (error) {
        if (error instanceof Left) return error.because;
        throw error;
      }
    },

    /** Corrects what was recorded. `scores` stores them and says whose they are, or that somebody else was faster. */
    async correct(
      { organizationId, id, version }: Seen,
      to: { heard: string; improve: string | null },
      scores: (
        through: Queries,
        surveyId: string | null,
      ) => Promise<{ id: string | null; became: 'same' | 'replaced' } | 'changed'>,
    ): Promise<'corrected' | 'changed' | 'gone'> {
      return inTransaction(pool, async (client) => {
        const now = await hold(client, organizationId, id);
        if (now === null || now.state !== 'done') return 'gone';
        const isSame = now.heard === to.heard && now.improve === to.improve;
        const isMine = now.version === version;
        if (!isMine && !isSame) return 'changed';
        const stored = await scores(client, now.surveyId);
        if (stored === 'changed') return 'changed';
        if (isSame && stored.became === 'same') return 'corrected';
        await client.query(
          `UPDATE "Listening" SET heard = $3, improve = $4, "surveyId" = $5, version = version + 1
           WHERE "organizationId" = $1 AND id = $2`,
          [organizationId, id, to.heard, to.improve, stored.id],
        );
        return 'corrected';
      });
    },
  };
}

export type RecordStore = ReturnType<typeof recordStore>;
