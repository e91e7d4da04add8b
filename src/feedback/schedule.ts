import { type RemindingNeeds, remindingJob } from '../actions/index.ts';
import type { Job } from '../chat/slice.ts';
import { waitingCard } from './reminder-cards.ts';
import type { ReminderStore } from './reminder-store.ts';

type JobNeeds = RemindingNeeds & { store: ReminderStore };

/** Reminds who owes a customer an answer, on the morning of the day on which it is due. */
export const remindJob = (needs: JobNeeds): Job => job(needs, 'due', 'feedback.remind');

/** Tells the manager of the team, once and privately, of what was not answered in time. */
export const raiseJob = (needs: JobNeeds): Job => job(needs, 'pastDue', 'feedback.raise');

const job = ({ store, ...needs }: JobNeeds, what: 'due' | 'pastDue', name: string): Job =>
  remindingJob(needs, {
    name,
    told: what === 'due' ? 'customers wait for an answer' : 'customers were not answered in time',
    claim: what === 'due' ? store.claim : store.claimPastDue,
    dayOf({ state, undone, dueOn }, reader) {
      // Nobody is left to remind: the manager hears of it when it is past due.
      if (state !== 'open' || undone || dueOn === null || !reader.active) return null;
      return what === 'due' ? dueOn : dueOn.add({ days: 1 });
    },
    message: (items, { id }, reading) => ({
      // Who owes the answer belongs to it: handed on at noon, it is due for somebody else.
      key: `feedback-${what === 'due' ? 'due' : 'past-due'}:${items[0].id}:${items[0].dueOn}:${id}`,
      card: waitingCard(what, items, { ...reading, me: { id } }),
    }),
  });
