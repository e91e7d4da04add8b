import { createHash } from 'node:crypto';
import type { Json } from './json.ts';
import type { PersonSeed } from './options.ts';
import { timestamp } from './timestamps.ts';
import type { Conversation, StoredFile, StoredMessage, Workspace } from './workspace.ts';

function utcOffset(tz: string, workspace: Workspace): number {
  return workspace.clock.now().toZonedDateTimeISO(tz).offsetNanoseconds / 1e9;
}

function zoneName(tz: string, workspace: Workspace): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'long' }).formatToParts(
    workspace.clock.now().epochMilliseconds,
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? tz;
}

/** The deprecated verification token, which payloads still carry. */
export function verificationToken(workspace: Workspace): string {
  return createHash('sha256').update(workspace.app.id).digest('base64url').slice(0, 24);
}

/** A person as `users.info` gives them; locale and e-mail only when asked for and allowed. */
export function userObject(workspace: Workspace, person: PersonSeed, show: { locale: boolean; email: boolean }): Json {
  const foreign = person.teamId !== undefined && person.teamId !== workspace.team.id;
  return {
    id: person.id,
    team_id: person.teamId ?? workspace.team.id,
    name: person.name,
    deleted: false,
    real_name: person.realName,
    tz: person.tz,
    tz_label: zoneName(person.tz, workspace),
    tz_offset: utcOffset(person.tz, workspace),
    profile: {
      title: person.title ?? '',
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.name,
      display_name_normalized: person.name,
      team: person.teamId ?? workspace.team.id,
      ...(show.email && person.email && !person.isBot ? { email: person.email } : {}),
      ...(person.isBot ? { bot_id: workspace.botId, api_app_id: workspace.app.id } : {}),
    },
    is_admin: person.isAdmin === true || person.isOwner === true,
    is_owner: person.isOwner === true,
    is_primary_owner: false,
    is_restricted: person.isGuest === true,
    is_ultra_restricted: false,
    is_stranger: foreign,
    is_bot: person.isBot === true,
    is_app_user: false,
    is_email_confirmed: true,
    updated: Math.floor(workspace.clock.now().epochMilliseconds / 1000),
    ...(show.locale ? { locale: person.locale } : {}),
  };
}

/** Who acted, in an interaction. */
export function actor(workspace: Workspace, userId: string): Json {
  const person = workspace.people.get(userId);
  return {
    id: userId,
    username: person?.name ?? userId,
    name: person?.name ?? userId,
    team_id: person?.teamId ?? workspace.team.id,
  };
}

/** What every interaction payload begins with. */
export function envelope(workspace: Workspace, type: string, userId: string): Json {
  return {
    type,
    team: { id: workspace.team.id, domain: workspace.team.domain },
    user: actor(workspace, userId),
    api_app_id: workspace.app.id,
    token: verificationToken(workspace),
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The name that Slack puts into payloads for a conversation. */
export function channelName(conversation: Conversation): string {
  if (conversation.kind === 'direct') return 'directmessage';
  return conversation.kind === 'private' ? 'privategroup' : conversation.name;
}

/** A message as it stands in payloads and answers. */
export function messageObject(workspace: Workspace, message: StoredMessage): Json {
  const byApp = message.user === workspace.app.botUserId;
  const files = message.files.flatMap((id) => workspace.files.get(id) ?? []);
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: workspace.team.id,
    ...(byApp ? { bot_id: workspace.botId, app_id: workspace.app.id } : {}),
    ...(message.onlyFor ? { is_ephemeral: true } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(files.length > 0 ? { files: files.map((file) => fileObject(workspace, file)) } : {}),
  };
}

/** A file as `files.info` gives it. */
export function fileObject(workspace: Workspace, file: StoredFile): Json {
  const path = `${workspace.origin}/files-pri/${workspace.team.id}-${file.id}`;
  const isReady = workspace.isReady(file);
  const ending = file.name.includes('.') ? (file.name.split('.').at(-1) ?? '').toLowerCase() : 'text';
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: isReady ? file.mimetype : '',
    filetype: isReady ? ending : '',
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
    user: file.owner,
    user_team: workspace.team.id,
    size: file.bytes.length,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    url_private: `${path}/${encodeURIComponent(file.name)}`,
    url_private_download: `${path}/download/${encodeURIComponent(file.name)}`,
  };
}

/** An event as it is delivered. */
export function eventEnvelope(workspace: Workspace, event: Json, eventId: string): Json {
  const { team, app } = workspace;
  return {
    token: verificationToken(workspace),
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event: { event_ts: timestamp(workspace.clock), ...event },
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(workspace.clock.now().epochMilliseconds / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: app.botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  };
}
