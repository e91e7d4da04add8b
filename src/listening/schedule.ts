import type { Job } from '../chat/slice.ts';
import { type RemindingNeeds, remindingJob } from '../reminders/reminding.ts';
import { reminderCard } from './cards.ts';
import type { ReminderStore } from './reminder-store.ts';

/** Reminds managers of the customers whom they want to hear, on the morning of that day: once, all of a day in one message. */
export const remindJob = ({ store, ...needs }: RemindingNeeds & { store: ReminderStore }): Job =>
  remindingJob(needs, {
    name: 'listening.remind',
    told: 'managers want to hear customers today',
    claim: store.claim,
    dayOf: ({ state, plannedOn }) => (state === 'planned' ? plannedOn : null),
    message: (items, { text, today }) => ({
      key: `listening-due:${items[0].id}:${items[0].plannedOn}`,
      card: reminderCard(items, { text, today }),
    }),
  });
