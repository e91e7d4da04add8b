import type { Slice } from '../chat/slice.ts';
import { createAdding } from './adding.ts';
import { createChanging } from './changing.ts';
import type { Dimension } from './dimension.ts';
import { dimensionCommands } from './dimension-commands.ts';
import { dimensionStore } from './dimension-store.ts';
import { inboxCommands } from './inbox-commands.ts';
import { listStore } from './list-store.ts';
import type { FeedbackNeeds } from './needs.ts';
import { resultStore } from './result-store.ts';
import { createSaving } from './saving.ts';
import { feedbackStore } from './store.ts';
import { visitStore } from './visit-store.ts';

export { type Dimension, dimensionName } from './dimension.ts';

/** What customers say, whose answer they wait for, and what came of it. */
export interface Feedback {
  slice: Slice;
  /**
   * What customers speak of and score, in the organisation's order; `dimensionName` says what each is called. With
   * `archived` also those that are no longer asked, for what was said about them earlier.
   */
  dimensionsOf(organizationId: string, options?: { archived?: boolean }): Promise<readonly Dimension[]>;
}

export function createFeedback(given: FeedbackNeeds): Feedback {
  const { database } = given;
  const dimensions = dimensionStore(database);
  const lists = listStore(database);
  const needs = { ...given, dimensions, store: feedbackStore(database), results: resultStore(database) };
  const ofDimensions = dimensionCommands({ store: dimensions });
  const inbox = inboxCommands({ ...given, lists });
  const saving = createSaving(needs);
  const changing = createChanging({ ...needs, saving, listCard: inbox.listCard });
  const adding = createAdding({
    ...{ ...needs, saving, visits: visitStore(database), cardOf: changing.cardOf },
    settings: ofDimensions.settings,
  });
  return {
    slice: {
      name: 'feedback',
      commands: [...adding.commands, ...inbox.slice.commands],
      shortcuts: adding.shortcuts,
      openers: [...adding.openers, ...changing.slice.openers, ...ofDimensions.slice.openers],
      actions: [...changing.slice.actions, ...inbox.slice.actions, ...ofDimensions.slice.actions],
      forms: [...adding.forms, ...changing.slice.forms, ...ofDimensions.slice.forms],
    },
    async dimensionsOf(organizationId, { archived = false } = {}) {
      const all = await dimensions.all(organizationId);
      return archived ? all : all.filter((one) => !one.archived);
    },
  };
}
