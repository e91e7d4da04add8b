import { z } from 'zod';
import { isObject } from '../json.ts';
import { isStateValues } from '../view-state.ts';

const answers = z.custom<Record<string, Record<string, Record<string, unknown>>>>(
  isStateValues,
  'must be state values',
);
const place = z.discriminatedUnion('in', [
  z.object({ in: z.literal('message'), channel: z.string(), ts: z.string() }),
  z.object({ in: z.literal('view'), viewId: z.string() }),
  z.object({ in: z.literal('home') }),
]);
const action = z.custom<Record<string, unknown>>(isObject, 'must be an object');

const act = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('say'),
    channel: z.string(),
    text: z.string().min(1).max(40_000),
    threadTs: z.string().exactOptional(),
  }),
  z.object({ do: z.literal('command'), channel: z.string(), text: z.string() }),
  z.object({
    do: z.literal('shortcut'),
    callbackId: z.string(),
    channel: z.string().exactOptional(),
    ts: z.string().exactOptional(),
  }),
  z.object({ do: z.literal('press'), place, action, state: answers.exactOptional() }),
  z.object({ do: z.literal('submit'), viewId: z.string(), state: answers }),
  z.object({
    do: z.literal('close'),
    viewId: z.string(),
    clear: z.boolean().exactOptional(),
    state: answers.exactOptional(),
  }),
  z.object({ do: z.literal('suggest'), place, blockId: z.string(), actionId: z.string(), value: z.string() }),
  z.object({ do: z.literal('openHome'), tab: z.enum(['home', 'messages']).exactOptional() }),
  z.object({ do: z.literal('upload'), name: z.string().min(1).max(255), base64: z.base64() }),
  z.object({
    do: z.literal('settings'),
    timeZone: z.string().exactOptional(),
    locale: z.string().min(2).max(35).exactOptional(),
  }),
  z.object({ do: z.literal('moveClock'), minutes: z.number().int().min(1).max(525_600) }),
]);

/** The body of `POST /sandbox/act`. */
export const actRequest = z.object({ user: z.string(), act });
