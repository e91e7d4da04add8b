import type { Accounts } from '../accounts/index.ts';
import type { Calendar } from '../calendar/index.ts';
import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import { notAllowed, type Reply } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import type { Database } from '../database.ts';
import type { People } from '../people/index.ts';
import type { AnswerSaveStore, By } from './answer-save-store.ts';
import type { AnswerStore } from './answer-store.ts';
import type { DayStore } from './day-store.ts';
import type { PlanAheadStore } from './plan-ahead-store.ts';
import type { PlanChosenStore } from './plan-chosen-store.ts';
import type { PlanTurnStore } from './plan-turn-store.ts';
import { type PromptShown, promptCard } from './prompt-cards.ts';

/** What answering works with. */
export interface AnsweringNeeds {
  database: Database;
  people: Pick<People, 'findByName' | 'names' | 'teamsOf'>;
  accounts: Pick<Accounts, 'leading'>;
  calendar: Pick<Calendar, 'workdaysOf' | 'absencesOf' | 'daysOf'>;
  nudge: Nudge;
  /** Told after an answer was stored: a summary may be due now. Never waits, never throws. */
  answered: () => void;
}

/** The same with its stores. */
export interface WithStores extends Omit<AnsweringNeeds, 'database'> {
  store: AnswerStore;
  saves: AnswerSaveStore;
  turns: PlanTurnStore;
  days: DayStore;
  mornings: PlanAheadStore['mornings'];
  chosen: PlanChosenStore['chosen'];
}

/** An observer is not asked. */
export const mayAnswer = ({ me }: Call): boolean => !me.observer;

/** Why a person may not answer; null when they may. */
export const refusalOf = (call: Call): Reply | null => (mayAnswer(call) ? null : notAllowed(call));

export const byOf = ({ me, now, place }: Call): By => ({
  organizationId: me.organizationId,
  personId: me.id,
  now,
  message: place.message ?? null,
});

/** The card of a prompt as this person sees it now. */
export const cardFor = (call: Call, shown: PromptShown) =>
  promptCard(shown, { text: call.text, today: call.today, me: call.me.id });

/** The same wherever else it stands. */
export const redrawnFor = (call: Call, shown: PromptShown): OutboxRow =>
  outboxRow(
    {
      organizationId: call.me.organizationId,
      key: `prompt-redrawn:${shown.prompt.id}:${call.id}`,
      to: { whereItStands: true },
      content: {
        do: 'redraw',
        card: cardFor(call, shown),
        of: { thing: 'prompt', id: shown.prompt.id, card: 'prompt' },
      },
    },
    call.now,
  );
