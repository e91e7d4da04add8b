import type { ILogger } from '@microsoft/teams.common';
import type { Logger } from 'pino';

const nothing = () => undefined;

/**
 * The SDK logs whole activities at its lower levels, and quotes forged tokens at its upper ones. What it refuses is said
 * by the entrance in fixed words, what a call meets is thrown; the one thing that it only logs is what was thrown while
 * it took an activity.
 */
export function libraryLog(log: Logger): ILogger {
  const silent: ILogger = {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    trace: nothing,
    log: nothing,
    child: () => silent,
  };
  return {
    ...silent,
    error: (what: unknown, error?: unknown) => {
      if (what === 'Error processing activity:') log.error({ err: error }, 'a request failed');
    },
  };
}
