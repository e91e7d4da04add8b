import { checkInputs } from '../input-check.ts';
import { isObject, type Json, objects, text } from '../json.ts';
import { envelope } from '../payloads.ts';
import type { SandboxActResult, SandboxStateValues } from '../protocol.ts';
import { SlackError } from '../slack-error.ts';
import { answering, applyAnswers, ImpossibleAct } from '../view-state.ts';
import type { StoredView } from '../workspace.ts';
import { type ActContext, codeOf, failed, filesOf } from './context.ts';

function visibleView(context: ActContext, user: string, viewId: string): StoredView {
  const view = context.views.stack(user).at(-1);
  if (view?.id !== viewId) throw new ImpossibleAct('this is not the visible modal');
  return view;
}

/** The response URLs of conversation menus that ask for one. */
function responseUrls(context: ActContext, user: string, view: StoredView): Json[] {
  return answering(view.payload.blocks).flatMap(({ element, blockId, actionId }) => {
    const entry = view.state[blockId]?.[actionId];
    const channel = text(entry?.selected_conversation ?? entry?.selected_channel);
    if (element.response_url_enabled !== true || channel === '') return [];
    const url = context.responseUrls.issue({ channel, user });
    return [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url: url }];
  });
}

/** A person submits the visible modal. */
export async function submit(
  context: ActContext,
  user: string,
  viewId: string,
  answers: SandboxStateValues,
): Promise<SandboxActResult> {
  const view = visibleView(context, user, viewId);
  view.state = applyAnswers(view.payload.blocks, view.state, answers, filesOf(context, user));
  const errors = checkInputs(view.payload.blocks, view.state);
  if (Object.keys(errors).length > 0) {
    return { ok: false, error: 'invalid_input', message: 'Please correct the marked fields.', errors };
  }
  const ack = await context.delivery.deliver('interaction', {
    ...envelope(context.workspace, 'view_submission', user),
    trigger_id: context.triggers.make(user, view.id),
    view: context.views.asSlack(view),
    response_urls: responseUrls(context, user, view),
  });
  if (!ack.ok) return failed(codeOf(ack));
  try {
    return obey(context, view, ack.body);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const reasons = objects([error.extra.response_metadata]).flatMap((each) => each.messages);
    context.clients.tell(user, { type: 'notice', text: `${error.code} ${reasons.join(' ')}`.trim() });
    return failed(error.code);
  }
}

/** Does what the acknowledgement of a submission says. */
function obey(context: ActContext, view: StoredView, body: unknown): SandboxActResult {
  const answer = body === undefined ? {} : body;
  if (!isObject(answer)) throw new SlackError('invalid_response');
  switch (answer.response_action) {
    case undefined:
      if (Object.keys(answer).length > 0) throw new SlackError('invalid_response');
      context.views.close(view.user, view.id, false);
      return { ok: true };
    case 'clear':
      context.views.close(view.user, view.id, true);
      return { ok: true };
    case 'update':
      context.views.update(view, isObject(answer.view) ? answer.view : {});
      return { ok: true };
    case 'push':
      context.views.push(view.user, isObject(answer.view) ? answer.view : {});
      return { ok: true };
    case 'errors':
      return wrongAnswers(view, answer.errors);
    default:
      throw new SlackError('invalid_response_action');
  }
}

/** Errors count only under input blocks of the modal; a wrong key makes Slack show its trouble message instead. */
function wrongAnswers(view: StoredView, errors: unknown): SandboxActResult {
  const inputs = new Set(
    objects(view.payload.blocks)
      .filter((block) => block.type === 'input')
      .map((block) => block.block_id),
  );
  if (!isObject(errors) || Object.keys(errors).length === 0) throw new SlackError('invalid_response_errors');
  const wrong = Object.entries(errors).find(([blockId, words]) => !inputs.has(blockId) || typeof words !== 'string');
  if (wrong) throw new SlackError(`invalid_response_errors: no input block ${wrong[0]}`);
  const words = Object.fromEntries(Object.entries(errors).map(([blockId, each]) => [blockId, String(each)]));
  return { ok: false, error: 'invalid_input', message: 'Please correct the marked fields.', errors: words };
}

/**
 * A person closes the visible modal, or with `clear` the whole stack. The app hears of it when it asked to, but not what
 * was answered: in payloads recorded from Slack the state of a closed view is empty.
 */
export async function close(
  context: ActContext,
  user: string,
  viewId: string,
  clear: boolean,
): Promise<SandboxActResult> {
  const view = visibleView(context, user, viewId);
  const all = clear || view.payload.clear_on_close === true;
  for (const closed of context.views.close(user, viewId, all)) {
    if (closed.payload.notify_on_close !== true) continue;
    await context.delivery.deliver('interaction', {
      ...envelope(context.workspace, 'view_closed', user),
      view: { ...context.views.asSlack(closed), state: { values: {} } },
      is_cleared: all,
    });
  }
  return { ok: true };
}
