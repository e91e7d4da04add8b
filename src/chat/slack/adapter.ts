import type { KnownBlock, ModalView } from '@slack/types';
import type { Logger } from 'pino';
import { textIn } from '../../text/text.ts';
import type { Dispatch } from '../dispatch.ts';
import type { Asked, Form } from '../form.ts';
import type { FormMemory } from '../form-memory.ts';
import type { Gesture, Place, What } from '../gesture.ts';
import { sentence } from '../reply-card.ts';
import type { Work } from '../work.ts';
import { type Calls, faultOf } from './calls.ts';
import { drawMessage } from './draw-card.ts';
import { type Drawing, drawForm } from './draw-form.ts';
import { readFile } from './files.ts';
import type { Homes } from './home.ts';
import type { PrivateWords } from './private-words.ts';
import { readProfile } from './profile.ts';
import type { SlackWorkspace } from './workspace.ts';

/** What every entrance of the adapter works with. */
export interface Adapter {
  readonly workspace: SlackWorkspace;
  readonly botToken: string;
  readonly apiUrl: string;
  readonly dispatch: Dispatch;
  readonly formNamed: (name: string) => Form | undefined;
  readonly calls: Calls;
  readonly words: PrivateWords;
  readonly homes: Homes;
  readonly memory: FormMemory;
  readonly work: Work;
  readonly log: Logger;
}

/** Commands are slash commands, and Slack's own menu of colleagues is used in forms. */
const manner: Gesture['manner'] = { address: '/kam ', colleagues: 'users' };

/** A gesture of one of our users. */
export function gestureOf(adapter: Adapter, from: { id: string; user: string; place: Place }, what: What): Gesture {
  const { workspace, calls, apiUrl, botToken } = adapter;
  return {
    id: from.id,
    from: { platform: 'slack', workspace: workspace.teamId, user: from.user },
    place: from.place,
    manner,
    what,
    profile: (userId) => readProfile(calls.interactive, workspace.teamId, userId),
    file: (pointer, maxBytes) => readFile(calls.interactive, { apiUrl, botToken }, pointer, maxBytes),
  };
}

/** Slack's conversation ids say what they are: direct ones begin with D. */
export function placeOf(conversation: string, message?: string): Place {
  const kind = conversation.startsWith('D') ? 'direct' : 'channel';
  return { kind, conversation, ...(message === undefined ? {} : { message }) };
}

/**
 * Whether somebody of another workspace did it: channels can be shared between companies. Ids of a whole Enterprise
 * organisation say nothing; there the profile decides.
 */
export function isForeign(adapter: Adapter, ...teams: (string | null | undefined)[]): boolean {
  const foreign = (team: string | null | undefined) =>
    typeof team === 'string' && !team.startsWith('E') && team !== adapter.workspace.teamId;
  return teams.some(foreign);
}

/** What people of other workspaces are told, who they are being unknown: nothing else. */
export function outsiderMessage(): { text: string; blocks: KnownBlock[] } {
  return drawMessage(sentence(textIn('en').plain('chat.outsider')));
}

/** A form as a modal, remembered while it is open. */
export function modalOf(adapter: Adapter, asked: Asked, locale: 'en' | 'zh-CN', drawing: Drawing): ModalView {
  adapter.memory.drew(asked);
  return drawForm(asked, textIn(locale), drawing);
}

/**
 * Opens a modal with a gesture's trigger. `used`: the same gesture has already opened one, it was delivered twice.
 * `failed`: the person sees nothing yet.
 */
export async function openModal(
  adapter: Adapter,
  triggerId: string,
  view: ModalView,
): Promise<'opened' | 'used' | 'failed'> {
  try {
    await adapter.calls.interactive('views.open', { trigger_id: triggerId, view });
    return 'opened';
  } catch (error) {
    const { code } = faultOf(error);
    if (code === 'exchanged_trigger_id') return 'used';
    adapter.log.warn({ reason: code, form: view.callback_id }, 'Slack did not open a form');
    return 'failed';
  }
}

/** Draws an open modal anew; when it was closed or changed meanwhile there is nothing to draw. */
export async function updateModal(
  adapter: Adapter,
  open: { id: string; hash: string },
  view: ModalView,
): Promise<void> {
  const hash = open.hash === '' ? {} : { hash: open.hash };
  try {
    await adapter.calls.interactive('views.update', { view_id: open.id, ...hash, view });
  } catch (error) {
    const { code } = faultOf(error);
    adapter.log.info({ reason: code, form: view.callback_id }, 'Slack did not redraw a form');
  }
}
