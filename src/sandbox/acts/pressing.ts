import { z } from 'zod';
import { elementsOf } from '../blocks/check.ts';
import { findProblems } from '../blocks/problems.ts';
import { menuOption, optionGroup } from '../blocks/texts.ts';
import { isObject, type Json, objects, text } from '../json.ts';
import { channelName, envelope, messageObject } from '../payloads.ts';
import type { ActionPlace, SandboxActResult, SandboxStateValues } from '../protocol.ts';
import { timestamp } from '../timestamps.ts';
import { answerKey, applyAnswers, ImpossibleAct, type StateValues, stateOf } from '../view-state.ts';
import type { StoredMessage, StoredView } from '../workspace.ts';
import { type ActContext, codeOf, failed, filesOf } from './context.ts';

/** What a person presses in: its blocks and answers, and how a payload names it. */
interface Place {
  blocks: Json[];
  state: StateValues;
  save: (state: StateValues) => void;
  viewId: string | undefined;
  /** The place in payloads; `full` adds what a block action carries and a look-up does not. */
  describe: (full: boolean) => Json;
}

/** What people answered in messages, which Slack keeps per person and message. */
const messageStates = new WeakMap<StoredMessage, Map<string, StateValues>>();

function placeInMessage(context: ActContext, user: string, channel: string, ts: string): Place {
  const { workspace } = context;
  const conversation = workspace.conversations.get(channel);
  const message = context.posting.find(channel, ts, user);
  if (!conversation?.members.has(user) || !message) throw new ImpossibleAct('there is no such message');
  const states = messageStates.get(message) ?? new Map<string, StateValues>();
  messageStates.set(message, states);
  const attached = message.attachments.flatMap((attachment) => objects(attachment.blocks));
  const blocks = [...message.blocks, ...attached];
  return {
    blocks,
    state: stateOf(blocks, states.get(user)),
    save: (state) => void states.set(user, state),
    viewId: undefined,
    describe: (full) => ({
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel,
        is_ephemeral: message.onlyFor !== undefined,
        ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
      },
      channel: { id: channel, name: channelName(conversation) },
      message: messageObject(workspace, message),
      ...(full ? { response_url: context.responseUrls.issue({ channel, user, messageTs: ts }) } : {}),
    }),
  };
}

function placeInView(context: ActContext, view: StoredView | undefined): Place {
  if (!view) throw new ImpossibleAct('there is no such view');
  return {
    blocks: objects(view.payload.blocks),
    state: view.state,
    save: (state) => {
      view.state = state;
    },
    viewId: view.kind === 'modal' ? view.id : undefined,
    describe: () => ({ container: { type: 'view', view_id: view.id }, view: context.views.asSlack(view) }),
  };
}

function findPlace(context: ActContext, user: string, place: ActionPlace): Place {
  if (place.in === 'message') return placeInMessage(context, user, place.channel, place.ts);
  if (place.in === 'home') return placeInView(context, context.workspace.homes.get(user));
  return placeInView(
    context,
    context.views.stack(user).find((view) => view.id === place.viewId),
  );
}

function findElement(blocks: Json[], blockId: unknown, actionId: unknown): { block: Json; element: Json } {
  for (const block of blocks) {
    if (blockId !== undefined && block.block_id !== blockId) continue;
    const element = elementsOf(block).find((each) => each.action_id === actionId);
    if (element) return { block, element };
  }
  throw new ImpossibleAct(`there is no element ${String(blockId)} / ${String(actionId)}`);
}

/** The action as Slack sends it: what the app gave the element, and what the person chose. */
function completeAction(block: Json, element: Json, given: Json, state: StateValues, ts: string): Json {
  const action: Json = {
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: ts,
  };
  for (const key of ['text', 'value', 'style', 'url', 'placeholder', 'confirm']) {
    if (element[key] !== undefined) action[key] = element[key];
  }
  const key = answerKey(element);
  if (key) action[key] = state[text(block.block_id)]?.[text(element.action_id)]?.[key];
  if (element.type === 'overflow') {
    const wanted = isObject(given.selected_option) ? given.selected_option.value : undefined;
    action.selected_option = objects(element.options).find((option) => option.value === wanted);
    if (!action.selected_option) throw new ImpossibleAct(`the menu does not offer ${String(wanted)}`);
  }
  return action;
}

/** A person presses a button or changes an answer. */
export async function press(
  context: ActContext,
  user: string,
  where: ActionPlace,
  given: Json,
  answers: SandboxStateValues = {},
): Promise<SandboxActResult> {
  const place = findPlace(context, user, where);
  const { block, element } = findElement(place.blocks, given.block_id, given.action_id);
  const key = answerKey(element);
  const files = filesOf(context, user);
  let state = applyAnswers(place.blocks, place.state, answers, files);
  if (key && given[key] !== undefined) {
    const answer = { [text(block.block_id)]: { [text(element.action_id)]: { [key]: given[key] } } };
    state = applyAnswers(place.blocks, state, answer, files);
  }
  place.save(state);
  if (block.type === 'input' && block.dispatch_action !== true) return { ok: true };
  const action = completeAction(block, element, given, state, timestamp(context.clock));
  const ack = await context.delivery.deliver('interaction', {
    ...envelope(context.workspace, 'block_actions', user),
    trigger_id: context.triggers.make(user, place.viewId),
    ...place.describe(true),
    state: { values: state },
    actions: [action],
  });
  return ack.ok ? { ok: true } : failed(codeOf(ack));
}

const suggestions = z.union([
  z.object({ options: z.array(menuOption).max(100) }),
  z.object({ option_groups: z.array(optionGroup.extend({ options: z.array(menuOption).max(100) })).max(100) }),
]);

/** A person types into a menu that asks the app for its options. */
export async function suggest(
  context: ActContext,
  user: string,
  where: ActionPlace,
  wanted: { blockId: string; actionId: string; value: string },
): Promise<SandboxActResult> {
  const place = findPlace(context, user, where);
  const { element } = findElement(place.blocks, wanted.blockId, wanted.actionId);
  if (!/external_select$/.test(text(element.type))) throw new ImpossibleAct('this menu asks nobody');
  if (wanted.value.length < Number(element.min_query_length ?? 3)) return { ok: true, options: [] };
  const ack = await context.delivery.deliver('options', {
    ...envelope(context.workspace, 'block_suggestion', user),
    ...place.describe(false),
    action_id: wanted.actionId,
    block_id: wanted.blockId,
    value: wanted.value,
  });
  if (!ack.ok) return failed(codeOf(ack), 'Something went wrong when loading options.');
  const read = suggestions.safeParse(ack.body);
  if (!read.success) {
    const problems = findProblems(suggestions, ack.body, '').map((each) => `${each.reason} ${each.pointer}`);
    return failed('invalid_options', `Something went wrong when loading options. ${problems.join('; ')}`);
  }
  return 'options' in read.data
    ? { ok: true, options: read.data.options }
    : { ok: true, optionGroups: read.data.option_groups };
}

/** A person picks a shortcut, from the search bar or from a message's menu. */
export async function shortcut(
  context: ActContext,
  user: string,
  callbackId: string,
  on?: { channel: string; ts: string },
): Promise<SandboxActResult> {
  const { workspace } = context;
  const type = on ? 'message' : 'global';
  const declared = context.manifest.features.shortcuts.some(
    (each) => each.callback_id === callbackId && each.type === type,
  );
  if (!declared || workspace.uninstalled) throw new ImpossibleAct(`there is no ${type} shortcut ${callbackId}`);
  const started = {
    ...envelope(workspace, on ? 'message_action' : 'shortcut', user),
    callback_id: callbackId,
    action_ts: timestamp(context.clock),
    trigger_id: context.triggers.make(user),
  };
  const ack = await context.delivery.deliver('interaction', {
    ...started,
    ...(on ? aboutMessage(context, user, on) : {}),
  });
  return ack.ok ? { ok: true } : failed(codeOf(ack));
}

function aboutMessage(context: ActContext, user: string, on: { channel: string; ts: string }): Json {
  const conversation = context.workspace.conversations.get(on.channel);
  const message = context.posting.find(on.channel, on.ts, user);
  if (!conversation?.members.has(user) || !message) throw new ImpossibleAct('there is no such message');
  return {
    channel: { id: on.channel, name: channelName(conversation) },
    message_ts: on.ts,
    message: messageObject(context.workspace, message),
    response_url: context.responseUrls.issue({ channel: on.channel, user, messageTs: on.ts }),
  };
}
