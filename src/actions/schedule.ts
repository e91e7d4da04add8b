import type { Job } from '../chat/slice.ts';
import { type RemindingNeeds, remindingJob } from '../reminders/reminding.ts';
import { reminderCard } from './cards.ts';
import type { ReminderStore } from './reminder-store.ts';

/** Reminds owners of what is due. Where nobody is left to tell, it stands in the customer's list. */
export const remindJob = ({ store, ...needs }: RemindingNeeds & { store: ReminderStore }): Job =>
  remindingJob(needs, {
    name: 'actions.remind',
    told: 'next steps are due',
    claim: store.claim,
    dayOf: ({ dueOn }) => dueOn,
    // What was the work of somebody who left is told apart from the manager's own.
    apart: ({ owner }) => owner.id,
    message: (items, { text, today }) => {
      const [first] = items;
      const lines = items.map((item) => ({ ...item, leftBy: item.owner.active ? null : item.owner.name }));
      return {
        // The owner belongs to it: handed on at noon, it is due for somebody else whose morning is still to come.
        key: `action-due:${first.id}:${first.dueOn}:${first.owner.id}`,
        card: reminderCard(lines, { text, today }),
      };
    },
  });
