import type { Slice } from '../chat/slice.ts';
import type { Database } from '../database.ts';
import type { Dimension } from './dimension.ts';
import { dimensionCommands } from './dimension-commands.ts';
import { dimensionStore } from './dimension-store.ts';

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

export function createFeedback(needs: { database: Database }): Feedback {
  const dimensions = dimensionStore(needs.database);
  const ofDimensions = dimensionCommands({ store: dimensions });
  return {
    slice: { name: 'feedback', ...ofDimensions.slice },
    async dimensionsOf(organizationId, { archived = false } = {}) {
      const all = await dimensions.all(organizationId);
      return archived ? all : all.filter((one) => !one.archived);
    },
  };
}
