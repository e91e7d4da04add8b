import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from 'pino';
import { withoutSecrets } from '../../log.ts';

/**
 * Slack's libraries log whole payloads, which are people's words, at their lower levels; only warnings and errors pass,
 * as a detail behind a fixed message.
 */
export function libraryLog(log: Logger): SlackLogger {
  const detail = (parts: unknown[]) => withoutSecrets(parts.map(String).join(' ')).slice(0, 500);
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: (...parts) => log.warn({ detail: detail(parts) }, 'Slack library'),
    error: (...parts) => log.error({ detail: detail(parts) }, 'Slack library'),
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
}
