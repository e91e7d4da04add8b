import type { AppManifest } from './manifest.ts';
import type { PersonSeed } from './options.ts';
import type { Posting } from './posting.ts';
import type { SandboxSnapshot, SandboxUser } from './protocol.ts';
import type { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

/** A person as the page needs them. */
export function personForPage(person: PersonSeed): SandboxUser {
  return {
    id: person.id,
    name: person.name,
    realName: person.realName,
    title: person.title ?? '',
    timeZone: person.tz,
    locale: person.locale,
    isBot: person.isBot ?? false,
    isGuest: person.isGuest ?? false,
    isAdmin: person.isAdmin === true || person.isOwner === true,
  };
}

/** Everything that one person's client shows; undefined when there is no such person. */
export function takeSnapshot(
  userId: string,
  {
    workspace,
    posting,
    views,
    manifest,
  }: { workspace: Workspace; posting: Posting; views: Views; manifest: AppManifest },
): SandboxSnapshot | undefined {
  const me = workspace.people.get(userId);
  if (!me) return undefined;
  if (!me.isBot) workspace.directWith(userId);
  const conversations = [...workspace.conversations.values()].filter((each) => each.members.has(userId));
  const home = workspace.homes.get(userId);
  const { app } = workspace;
  const readOnly = manifest.features.app_home?.messages_tab_read_only_enabled === true;
  return {
    me: personForPage(me),
    users: [...workspace.people.values()].map(personForPage),
    channels: conversations.map(({ id, name, topic, kind, archived }) => ({
      id,
      name,
      topic,
      kind: kind === 'direct' ? 'direct' : 'channel',
      ...(archived || (kind === 'direct' && readOnly) ? { readOnly: true } : {}),
    })),
    messages: conversations
      .flatMap((each) => each.messages)
      .filter((message) => message.onlyFor === undefined || message.onlyFor === userId)
      .map((message) => posting.forPage(message)),
    views: views.stack(userId).map((view) => ({ id: view.id, view: views.asSlack(view) })),
    home: home ? views.asSlack(home) : null,
    now: workspace.clock.now().toString(),
    app: { id: app.id, botUserId: app.botUserId, name: app.name },
    commands: manifest.features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      usageHint: usage_hint,
    })),
    shortcuts: manifest.features.shortcuts.map(({ callback_id, name, type }) => ({
      callbackId: callback_id,
      name,
      type,
    })),
  };
}
