import type { Temporal } from 'temporal-polyfill';
import type { Slice } from '../chat/slice.ts';
import type { ListeningNeeds } from './needs.ts';
import { createPlanning } from './planning.ts';
import { recordStore } from './record-store.ts';
import { createRecording } from './recording.ts';
import { reminderStore } from './reminder-store.ts';
import { remindJob } from './schedule.ts';
import { createShowing } from './showing.ts';
import { listeningStore } from './store.ts';

/** Managers who visit customers to listen. Every id is looked for within one organisation. */
export interface ListeningVisits {
  slice: Slice;
  /** The day of the last manager's visit to an account; null: there was none. */
  lastOf(organizationId: string, accountId: string): Promise<Temporal.PlainDate | null>;
  /** The zone or the days of these people or teams have changed: when they are reminded is worked out again. */
  ownersChanged(
    organizationId: string,
    of: { teamIds?: readonly string[] | undefined; personIds?: readonly string[] | undefined },
  ): Promise<void>;
}

export function createListening(given: ListeningNeeds): ListeningVisits {
  const { database, jobsDatabase } = given;
  const store = listeningStore(database);
  const reminders = reminderStore(jobsDatabase);
  const needs = { ...given, store, records: recordStore(database) };
  const showing = createShowing(needs);
  const planning = createPlanning({ ...needs, showing });
  const recording = createRecording({ ...needs, showing, planning });
  const { slice } = planning;
  return {
    slice: {
      name: 'listening',
      commands: slice.commands,
      openers: [...slice.openers, ...recording.openers],
      actions: slice.actions,
      forms: [...slice.forms, ...recording.forms],
      jobs: [remindJob({ ...given, store: reminders })],
    },
    lastOf: store.lastOf,
    ownersChanged: reminders.lookAgain,
  };
}
