import type { Card } from '../chat/card.ts';
import { type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Call } from '../chat/slice.ts';
import type { People } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import { type Text, textIn } from '../text/text.ts';
import { showButton } from './cards.ts';
import type { Listening } from './listening.ts';

/** What the owner of the account hears of a manager's visit. */
export type Step = 'planned' | 'moved' | 'dropped' | 'done';

/** So much of what was heard is in the message; the card has all of it. */
const saidAtOnce = 600;

/**
 * Tells who owns the account, privately; nobody when that is the manager themself or nobody who is still here. `key`
 * says of which change.
 */
export async function toldOf(
  step: Step,
  one: Pick<Listening, 'organizationId' | 'id' | 'account' | 'accountOwnerId' | 'manager' | 'plannedOn' | 'purpose'> & {
    heard?: string | null;
    improve?: string | null;
  },
  key: string,
  { me, now }: Pick<Call, 'me' | 'now'>,
  people: Pick<People, 'person'>,
): Promise<OutboxRow[]> {
  const { organizationId, accountOwnerId, manager } = one;
  if (accountOwnerId === null || accountOwnerId === me.id || accountOwnerId === manager.id) return [];
  const owner = await people.person(organizationId, accountOwnerId);
  if (!owner?.active) return [];
  const text = textIn(owner.locale);
  const today = now.toZonedDateTimeISO(owner.timeZone).toPlainDate();
  const card = toldCard(step, one, text, text.day(one.plannedOn, today));
  const to = { personId: owner.id };
  return [outboxRow({ organizationId, key: `listening-${step}:${key}`, to, content: { do: 'post', card } }, now)];
}

function toldCard(step: Step, one: Parameters<typeof toldOf>[1], text: Text, day: string): Card {
  const { id, account, manager, purpose, heard = null, improve = null } = one;
  const who = { person: manager.id, name: manager.name };
  const said = [
    ...(step === 'planned' || step === 'moved' ? [{ label: 'purpose', words: purpose } as const] : []),
    ...(step === 'done'
      ? ([
          { label: 'heard', words: heard },
          { label: 'improve', words: improve },
        ] as const)
      : []),
  ].flatMap(({ label, words }) =>
    words === null ? [] : [{ label: text.plain(`listening.fact.${label}`), value: cut(words, saidAtOnce) }],
  );
  return {
    title: text.words(`listening.told.${step}`, { who, account: { strong: account.name }, day }),
    body: [
      ...(said.length === 0 ? [] : [{ kind: 'facts', facts: said } as const]),
      {
        kind: 'buttons',
        buttons: [showButton({ id, account }, text)],
      },
    ],
  };
}
