import { mediaType } from '../api/files.ts';
import { userObject } from '../payloads.ts';
import { fileForPage } from '../posting.ts';
import type { SandboxAct, SandboxActResult } from '../protocol.ts';
import { ImpossibleAct } from '../view-state.ts';
import { type ActContext, failed, sendEvent } from './context.ts';
import { press, shortcut, suggest } from './pressing.ts';
import { runCommand, say } from './speaking.ts';
import { close, submit } from './submitting.ts';

/** Slack's limit for a file of a `file_input`, in bytes. */
const largestUpload = 10 * 1024 * 1024;

/** Does what a person does in Slack's client, and says what the client would show. */
export async function performAct(context: ActContext, user: string, act: SandboxAct): Promise<SandboxActResult> {
  if (!context.workspace.people.has(user)) return failed('user_not_found', 'There is no such person.');
  try {
    return await perform(context, user, act);
  } catch (error) {
    if (!(error instanceof ImpossibleAct)) throw error;
    return failed('impossible_act', error.message);
  }
}

async function perform(context: ActContext, user: string, act: SandboxAct): Promise<SandboxActResult> {
  switch (act.do) {
    case 'say':
      return say(context, user, act.channel, act.text, act.threadTs);
    case 'command':
      return runCommand(context, user, act.channel, act.text);
    case 'shortcut': {
      const on = act.channel && act.ts ? { channel: act.channel, ts: act.ts } : undefined;
      return shortcut(context, user, act.callbackId, on);
    }
    case 'press':
      return press(context, user, act.place, act.action, act.state);
    case 'submit':
      return submit(context, user, act.viewId, act.state);
    case 'close':
      return close(context, user, act.viewId, act.clear ?? false);
    case 'suggest':
      return suggest(context, user, act.place, act);
    case 'openHome':
      return openHome(context, user, act.tab ?? 'home');
    case 'upload':
      return upload(context, user, act.name, act.base64);
    case 'settings':
      return changeSettings(context, user, act);
    case 'moveClock':
      await context.clock.advance({ minutes: act.minutes });
      return { ok: true };
  }
}

function openHome(context: ActContext, user: string, tab: 'home' | 'messages'): SandboxActResult {
  const home = context.workspace.homes.get(user);
  sendEvent(context, 'app_home_opened', {
    type: 'app_home_opened',
    user,
    channel: context.workspace.directWith(user).id,
    tab,
    ...(tab === 'home' && home ? { view: context.views.asSlack(home) } : {}),
  });
  return { ok: true };
}

function upload(context: ActContext, user: string, name: string, base64: string): SandboxActResult {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > largestUpload) return failed('file_too_large', 'Files can be up to 10 MB.');
  const readyAt = context.clock.now().epochMilliseconds;
  const mimetype = mediaType(name);
  const file = context.workspace.addFile({ name, title: name, mimetype, owner: user, bytes, readyAt });
  return { ok: true, file: fileForPage(file) };
}

function changeSettings(
  context: ActContext,
  user: string,
  wanted: { timeZone?: string; locale?: string },
): SandboxActResult {
  const person = context.workspace.people.get(user);
  if (!person) return failed('user_not_found', 'There is no such person.');
  if (wanted.timeZone && !Intl.supportedValuesOf('timeZone').includes(wanted.timeZone)) {
    return failed('invalid_time_zone', 'There is no such time zone.');
  }
  person.tz = wanted.timeZone ?? person.tz;
  person.locale = wanted.locale ?? person.locale;
  const email = context.workspace.app.scopes.includes('users:read.email');
  sendEvent(context, 'user_change', {
    type: 'user_change',
    user: userObject(context.workspace, person, { locale: true, email }),
    cache_ts: Math.floor(context.clock.now().epochMilliseconds / 1000),
  });
  return { ok: true };
}
