import { isObject } from '../json.ts';
import { channelName, verificationToken } from '../payloads.ts';
import { findPings } from '../pings.ts';
import { checkDraft, checkSaysSomething } from '../posting.ts';
import type { SandboxActResult } from '../protocol.ts';
import { readDraft } from '../response-urls.ts';
import { SlackError } from '../slack-error.ts';
import type { Conversation } from '../workspace.ts';
import { type ActContext, codeOf, failed, sendEvent } from './context.ts';
import { linkNames } from './typed-text.ts';

function composerOf(context: ActContext, user: string, channel: string): Conversation | SandboxActResult {
  const conversation = context.workspace.conversations.get(channel);
  if (!conversation?.members.has(user)) return failed('channel_not_found', 'You are not in this conversation.');
  const { app_home: home } = context.manifest.features;
  if (conversation.kind === 'direct' && home?.messages_tab_read_only_enabled) {
    return failed('messages_tab_disabled', 'Sending messages to this app has been turned off.');
  }
  if (conversation.archived) return failed('is_archived', 'This channel is archived.');
  return conversation;
}

const isConversation = (found: Conversation | SandboxActResult): found is Conversation => 'members' in found;

const eventNames = { direct: 'message.im', public: 'message.channels', private: 'message.groups' } as const;
const channelTypes = { direct: 'im', public: 'channel', private: 'group' } as const;

/** A person writes a message. */
export function say(
  context: ActContext,
  user: string,
  channel: string,
  typed: string,
  threadTs?: string,
): SandboxActResult {
  const conversation = composerOf(context, user, channel);
  if (!isConversation(conversation)) return conversation;
  const { app } = context.workspace;
  const text = linkNames(typed, context.workspace, 'message');
  const pings = findPings(text);
  const words = { user, text, blocks: [], attachments: [], pings, files: [], threadTs };
  const posted = context.posting.post(conversation, words);
  const event = {
    user,
    text,
    ts: posted.ts,
    channel,
    event_ts: posted.ts,
    team: context.workspace.team.id,
    ...(threadTs ? { thread_ts: threadTs } : {}),
  };
  if (conversation.members.has(app.botUserId)) {
    const kind = channelTypes[conversation.kind];
    sendEvent(context, eventNames[conversation.kind], { type: 'message', ...event, channel_type: kind });
    if (pings.includes(app.botUserId)) sendEvent(context, 'app_mention', { type: 'app_mention', ...event });
  }
  return { ok: true, ts: posted.ts };
}

/** A person invites the app with Slack's own `/invite @app`. */
function invite(context: ActContext, user: string, conversation: Conversation, typed: string): SandboxActResult {
  const { workspace } = context;
  const name = typed.trim().replace(/^@/, '');
  const invited = [...workspace.people.values()].find((person) => person.name === name);
  if (!invited || conversation.kind === 'direct') return failed('user_not_found', `No user "${name}" found.`);
  conversation.members.add(invited.id);
  const channelType = conversation.kind === 'public' ? 'C' : 'G';
  const event = { user: invited.id, channel: conversation.id, channel_type: channelType, inviter: user };
  sendEvent(context, 'member_joined_channel', { type: 'member_joined_channel', team: workspace.team.id, ...event });
  return { ok: true };
}

/** A person runs a slash command; `line` is the whole line. */
export async function runCommand(
  context: ActContext,
  user: string,
  channel: string,
  line: string,
): Promise<SandboxActResult> {
  const conversation = composerOf(context, user, channel);
  if (!isConversation(conversation)) return conversation;
  const [, command = '', typed = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(line.trim()) ?? [];
  if (command === '/invite') return invite(context, user, conversation, typed);
  const { workspace } = context;
  const declared = context.manifest.features.slash_commands.find((each) => each.command === command);
  if (!declared || workspace.uninstalled) {
    return failed('unknown_command', `${command || line} is not a valid command.`);
  }
  const ack = await context.delivery.deliver('command', {
    token: verificationToken(workspace),
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: conversation.id,
    channel_name: channelName(conversation),
    user_id: user,
    user_name: workspace.people.get(user)?.name ?? user,
    command,
    text: declared.should_escape ? linkNames(typed, workspace, 'command') : typed,
    api_app_id: workspace.app.id,
    is_enterprise_install: false,
    response_url: context.responseUrls.issue({ channel: conversation.id, user }),
    trigger_id: context.triggers.make(user),
  });
  if (!ack.ok) return failed(codeOf(ack), `${command} failed with the error "${codeOf(ack)}"`);
  return answerCommand(context, user, conversation, ack.body);
}

function answerCommand(context: ActContext, user: string, conversation: Conversation, body: unknown): SandboxActResult {
  if (body === undefined || (isObject(body) && Object.keys(body).length === 0)) return { ok: true };
  const inChannel = isObject(body) && body.response_type === 'in_channel';
  const draft = isObject(body) ? readDraft(body) : { text: String(body) };
  try {
    checkDraft(draft, 40_000, context.workspace);
    checkSaysSomething(draft);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return failed(error.code, `failed with the error "${error.code}"`);
  }
  const posted = context.posting.postAsApp(conversation, draft, inChannel ? undefined : user);
  return { ok: true, ts: posted.ts };
}
