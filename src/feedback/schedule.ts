import type { Job } from '../chat/slice.ts';
import { type Reminder, type RemindingNeeds, remindingJob } from '../reminders/reminding.ts';
import type { FeedbackItem } from './feedback.ts';
import { waitingCard } from './reminder-cards.ts';
import type { ReminderStore } from './reminder-store.ts';

type JobNeeds = RemindingNeeds & { store: ReminderStore };

/**
 * Reminds who owes a customer an answer, on the morning of the day on which it is due. Where nobody is left to remind,
 * the manager hears of it when it is past due.
 */
export const remindJob = ({ store, ...needs }: JobNeeds): Job =>
  remindingJob(needs, {
    name: 'feedback.remind',
    told: 'customers wait for an answer',
    claim: store.claim,
    dayOf: dueDay,
    message: messageOf('due', 'feedback-due'),
  });

/** Tells the manager of the team, once and privately, of what was not answered in time. */
export const raiseJob = ({ store, ...needs }: JobNeeds): Job =>
  remindingJob(needs, {
    name: 'feedback.raise',
    told: 'customers were not answered in time',
    claim: store.claimPastDue,
    dayOf: (item) => dueDay(item)?.add({ days: 1 }) ?? null,
    message: messageOf('pastDue', 'feedback-past-due'),
  });

/** Until when its answer is waited for; null when it is not, or no longer. */
const dueDay = ({ state, undone, dueOn }: FeedbackItem) => (state === 'open' && !undone ? dueOn : null);

const messageOf =
  (what: 'due' | 'pastDue', key: string): Reminder<FeedbackItem>['message'] =>
  (items, { reader: { id }, text, today }) => ({
    // Who owes the answer belongs to it: handed on at noon, it is due for somebody else.
    key: `${key}:${items[0].id}:${items[0].dueOn}:${id}`,
    card: waitingCard(what, items, { text, today, me: { id } }),
  });
