import { randomUUID } from 'node:crypto';
import type { PlainTextOption } from '@slack/types';
import { acknowledgement } from './acknowledge.ts';
import { type Adapter, gestureOf, isForeign } from './adapter.ts';
import { drawOptions } from './draw-field.ts';
import { blockSuggestion } from './payloads.ts';

/** Options in Slack's words. */
export interface Found {
  options: PlainTextOption[];
}

/** Typing in a look-up field. */
export async function onSearch(adapter: Adapter, body: unknown, ack: (answer?: Found) => Promise<void>): Promise<void> {
  const { action_id: actionId, value, user, team } = blockSuggestion.parse(body);
  const source = /^find:(.+)$/.exec(actionId)?.[1];
  const nobody: Found = { options: [] };
  if (source === undefined || isForeign(adapter, team?.id, user.team_id)) return ack(nobody);
  const acknowledge = acknowledgement(
    ack,
    () => nobody,
    (error) => adapter.log.error({ err: error }, 'could not acknowledge'),
  );
  // A search changes nothing, so every delivery is a gesture of its own.
  const from = { id: randomUUID(), user: user.id, place: { kind: 'direct' } } as const;
  const { reply } = await adapter.dispatch(gestureOf(adapter, from, { did: 'lookedUp', source, query: value }));
  await acknowledge.give({ options: reply.reply === 'options' ? drawOptions(reply.options) : [] });
}
