import type { App, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { Adapter } from './adapter.ts';
import { onCommand } from './on-command.ts';
import { onEvent } from './on-event.ts';
import { onClose, onSubmit } from './on-form.ts';
import { onPress } from './on-press.ts';
import { onSearch } from './on-search.ts';
import { onShortcut } from './on-shortcut.ts';
import { events } from './surface.ts';

const anything = /^/;

/**
 * Hands everything that Slack sends to its handler. All names are taken, so that also what the bot does not know is
 * answered: a person never waits three seconds for an error.
 */
export function receive(app: App, adapter: Adapter): void {
  const { work, log } = adapter;

  /** Follows a request to its last consequence. What cannot be read is acknowledged, and said in the log. */
  async function take(what: string, ack: (() => Promise<void>) | null, handling: () => Promise<void>): Promise<void> {
    try {
      await work.follow(handling());
    } catch (error) {
      if (error instanceof z.ZodError) {
        log.warn({ what, fields: error.issues.map((issue) => issue.path.join('.')) }, 'could not read a payload');
        await ack?.();
      } else log.error({ what, err: error }, 'a reply did not reach Slack');
    }
  }

  app.command(anything, ({ body, ack }) => take('command', ack, () => onCommand(adapter, body, ack)));
  app.shortcut(anything, ({ body, ack }) => take('shortcut', ack, () => onShortcut(adapter, body, ack)));
  app.action({ type: 'block_actions' }, ({ body, ack }) => take('action', ack, () => onPress(adapter, body, ack)));
  app.options(anything, ({ body, ack }) => take('search', ack, () => onSearch(adapter, body, ack)));
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: anything }, ({ body, ack }) =>
    take('submission', ack, () => onSubmit(adapter, body, ack)),
  );
  app.view({ type: 'view_closed', callback_id: anything }, ({ body, ack }) =>
    take('closed', ack, () => onClose(adapter, body, ack)),
  );
  for (const event of Object.keys(events)) {
    app.event(event, ({ body }) => take(event, null, () => onEvent(adapter, body)));
  }
  app.error(async (error) => log.error({ err: error }, 'Slack request failed'));
}
