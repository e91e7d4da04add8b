import type { Card } from '../chat/card.ts';
import { type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Call } from '../chat/slice.ts';
import type { Person } from '../people/index.ts';
import { textIn } from '../text/text.ts';
import { natureOf, person, quoted } from './cards.ts';
import type { FeedbackItem } from './feedback.ts';

/** Steps that the owner of the account hears of. */
export type Step = 'added' | 'assigned' | 'answered' | 'closed' | 'reopened' | 'undone';

/**
 * Whom a step concerns besides the one who takes it: who owns the account and who owes the answer; who noted it hears
 * what came of it.
 */
export function hearers(step: Step, one: FeedbackItem, by: string): string[] {
  const author = step === 'answered' || step === 'closed' ? one.author.id : null;
  const all = [one.accountOwnerId, one.owner?.id ?? null, author].filter((id) => id !== null);
  return [...new Set(all)].filter((id) => id !== by);
}

/** Tells one person privately of a step. `key` says which change it was. */
export function toldOf(step: Step, one: FeedbackItem, to: Person, key: string, { me, now }: Pick<Call, 'me' | 'now'>) {
  const today = now.toZonedDateTimeISO(to.timeZone).toPlainDate();
  const reader = { text: textIn(to.locale), me: { id: to.id }, today };
  return outboxRow(
    {
      organizationId: one.organizationId,
      key: `feedback-${step}:${key}:${to.id}`,
      to: { personId: to.id },
      content: { do: 'post', card: toldCard(step, one, { id: me.id, name: me.name }, reader) },
    },
    now,
  ) satisfies OutboxRow;
}

function toldCard(
  step: Step,
  one: FeedbackItem,
  by: { id: string; name: string },
  reader: { text: ReturnType<typeof textIn>; me: { id: string }; today: FeedbackItem['saidOn'] },
): Card {
  const { text, me, today } = reader;
  const isMine = one.owner?.id === me.id && one.state === 'open';
  const said = isMine && (step === 'added' || step === 'assigned') ? 'yours' : step;
  const about = one.id;
  const news = step === 'answered' ? one.answer : step === 'closed' ? one.outcome : null;
  const owner = one.owner === null ? text.words('feedback.card.nobody') : person(one.owner);
  const due = one.dueOn === null ? [] : [' · ', text.words('feedback.card.due', { day: text.day(one.dueOn, today) })];
  return {
    title: text.words(`feedback.told.${said}`, { by: person(by), account: { strong: one.account.name }, owner }),
    body: [
      { kind: 'words', words: quoted(one.words, text, 500) },
      ...(news === null
        ? []
        : [
            {
              kind: 'facts',
              facts: [
                { label: text.plain(`feedback.fact.${step === 'answered' ? 'answer' : 'outcome'}`), value: news },
              ],
            } as const,
          ]),
      { kind: 'note', words: [natureOf(one, text), ...(said === 'yours' ? due : [])] },
      ...(step === 'undone'
        ? []
        : [
            {
              kind: 'buttons',
              buttons: [
                ...(said === 'yours'
                  ? ([
                      {
                        label: text.plain('feedback.button.answer'),
                        opens: 'feedback.answer',
                        about,
                        look: 'primary',
                      },
                    ] as const)
                  : []),
                { label: text.plain('feedback.button.open'), does: 'feedback.show', about },
              ],
            } as const,
          ]),
    ],
  };
}
