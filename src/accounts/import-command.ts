import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Card } from '../chat/card.ts';
import { type Nudge, outboxRow } from '../chat/outbox.ts';
import { notAllowed, type Reply, show, tell } from '../chat/reply.ts';
import { ask, type Call, handles, type Slice } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { may } from '../people/index.ts';
import { importForm } from './forms.ts';
import { importCard } from './import-card.ts';
import { type ImportRequest, importAccounts } from './importing.ts';
import type { AccountStore } from './store.ts';

/** Largest file taken from chat: a row takes some 150 bytes, so 100,000 customers fit. */
const mostMegabytes = 30;
/** The platform waits 3 s for its answer; after this long, ms, the rest goes on by itself. */
const patience = 1200;

export interface ImportNeeds {
  database: Pick<Database, 'pool'>;
  store: AccountStore;
  clock: Clock;
  log: Log;
  nudge: Nudge;
}

/** Importing a list of customers from chat: for administrators. */
export function importCommand(needs: ImportNeeds) {
  const { database, store, clock, log, nudge } = needs;
  const running = new Set<Promise<void>>();
  const mayImport = ({ me }: Call) => may(me, 'account.import', { personIds: [], teamIds: [] });

  async function load(call: Call, request: Omit<ImportRequest, 'bytes'>, pointer: string): Promise<Card> {
    let bytes: Uint8Array;
    try {
      bytes = await call.file(pointer, mostMegabytes * 1_000_000);
    } catch (error) {
      log.warn({ err: error }, 'imported file could not be read');
      const words = call.text.words('accounts.import.noFile', { megabytes: mostMegabytes });
      return { body: [{ kind: 'warning', words }] };
    }
    return importCard(await importAccounts(database, { ...request, bytes }), call.text);
  }

  async function submit(call: Call, answers: { file: string; dryRun: boolean; skipBad: boolean }, id: string) {
    if (!mayImport(call)) return notAllowed(call);
    const { me, text, now } = call;
    const { dryRun, skipBad } = answers;
    const request = { organizationId: me.organizationId, personId: me.id, now, dryRun, skipBad };
    const work = load(call, request, answers.file).catch((error: unknown): Card => {
      const code = `KAM-${randomBytes(3).toString('hex').toUpperCase()}`;
      log.error({ err: error, code, organization: me.organizationId }, 'import failed');
      return { body: [{ kind: 'warning', words: text.words('accounts.import.failed', { code }) }] };
    });
    const waiting = new AbortController();
    const card = await Promise.race([
      work.finally(() => waiting.abort()),
      setTimeout(patience, null, { signal: waiting.signal }).catch(() => null),
    ]);
    if (card) return show(card);
    const sending = work
      .then((result) => send(call, result, id))
      .catch((error: unknown) => log.error({ err: error }, 'result of an import could not be told'))
      .finally(() => running.delete(sending));
    running.add(sending);
    return tell(text.words('accounts.import.running'));
  }

  async function send(call: Call, card: Card, id: string): Promise<void> {
    const { organizationId, id: personId } = call.me;
    const to = { personId };
    const key = `accounts-imported:${id}`;
    await store.say(outboxRow({ organizationId, key, to, content: { do: 'post', card } }, clock.now()));
    nudge();
  }

  const open = async (call: Call): Promise<Reply> => {
    if (!mayImport(call)) return notAllowed(call);
    return ask({ form: importForm, id: newId(), intro: call.text.words('accounts.import.intro') });
  };
  const parts: Pick<Slice, 'openers' | 'forms'> = {
    openers: [{ name: 'accounts.import', run: open }],
    forms: [handles({ form: importForm, submit: (call, answers, shown) => submit(call, answers, shown.id) })],
  };
  return {
    ...parts,
    open,
    /** Resolves when no import goes on any more. */
    settled: async (): Promise<void> => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
