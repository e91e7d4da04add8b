import { randomUUID } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { type Attachment, accountOf, type Conversation, type Person, type StoredMessage, type Team } from './tenant.ts';

export type Json = Record<string, unknown>;

/** An activity as Teams sends it to a bot (Bot Framework Activity schema, with Teams' channelData). */
export interface Activity extends Json {
  type: string;
  id: string;
  conversation: Json & { id: string };
}

/** Where a person acts: in a conversation, or in a thread of it by the id of its first message. */
export interface Where {
  in: Conversation;
  thread?: string | undefined;
}

/** What an action of a card says when it is pressed. */
export interface PressedAction {
  type: 'Action.Execute' | 'Action.Submit';
  id?: string;
  verb?: string;
  title?: string;
  data: unknown;
}

/** What the extension's dialog and search send, besides their command. */
export interface ExtensionCall {
  commandId: string;
  onMessage?: Json | undefined;
}

export const adaptiveCard = 'application/vnd.microsoft.card.adaptive';
export const fileDownload = 'application/vnd.microsoft.teams.file.download.info';

export type ChannelChange = 'channelCreated' | 'channelRenamed' | 'channelDeleted' | 'channelRestored';
export type TeamChange = 'teamRenamed' | 'teamDeleted' | 'teamHardDeleted' | 'teamArchived' | 'teamRestored';

export type Activities = ReturnType<typeof activitiesOf>;

/**
 * Builds what Teams sends. Shapes are those of the documentation's examples (bots, how-to: conversation events, files,
 * channel data; message extensions: action commands; cards: universal actions, typeahead search).
 */
export function activitiesOf(setting: {
  bot: { id: string; name: string };
  serviceUrl: string;
  now: () => Temporal.Instant;
}) {
  const { bot, serviceUrl, now } = setting;

  /** What every activity carries. */
  function from(person: Person, where: Where, rest: Json & { type: string; id?: string }): Activity {
    const { timeZone, locale } = person;
    const zoned = now().round('millisecond').toZonedDateTimeISO(timeZone);
    return {
      channelId: 'msteams',
      timestamp: zoned.toInstant().toString(),
      localTimestamp: zoned.toString({ timeZoneName: 'never' }),
      localTimezone: timeZone,
      serviceUrl,
      from: accountOf(person),
      conversation: conversationOf(where),
      recipient: bot,
      locale,
      entities: [clientInfo(person)],
      channelData: channelDataOf(where),
      id: `f:${randomUUID()}`,
      ...rest,
    };
  }

  const invoke = (person: Person, where: Where, name: string, value: Json, rest: Json = {}): Activity =>
    from(person, where, { type: 'invoke', name, value, ...rest });

  /** About a card in a message: the message stands in `replyToId`. */
  const onCard = (message: string | undefined) => (message === undefined ? {} : { replyToId: message });

  const extensionValue = ({ commandId, onMessage }: ExtensionCall): Json => ({
    commandId,
    commandContext: onMessage === undefined ? 'compose' : 'message',
    requestId: randomUUID().replaceAll('-', ''),
    context: { theme: 'default' },
    ...(onMessage === undefined ? {} : { messagePayload: onMessage }),
  });

  const compose = (where: Where) => ({ channelData: { ...channelDataOf(where), source: { name: 'compose' } } });

  return {
    /** Words to the bot; `mentioned` are accounts that the words name in `<at>` tags. */
    message(person: Person, where: Where, stored: StoredMessage, mentioned: readonly Json[] = []): Activity {
      const mentions = mentioned.map((each) => ({ type: 'mention', mentioned: each, text: `<at>${each.name}</at>` }));
      return from(person, where, {
        type: 'message',
        id: stored.id,
        text: stored.text,
        textFormat: 'plain',
        ...(stored.attachments.length === 0 ? {} : { attachments: stored.attachments }),
        entities: [...mentions, clientInfo(person)],
      });
    },

    /** An Action.Submit of a card in a message: a message without words. */
    submitted(person: Person, where: Where, id: string, message: string, value: unknown): Activity {
      return from(person, where, { type: 'message', id, textFormat: 'plain', value, replyToId: message });
    },

    /** An Action.Execute of a card in a message. */
    executed(person: Person, where: Where, message: string, action: PressedAction): Activity {
      const value = { action, trigger: 'manual' };
      return invoke(person, where, 'adaptiveCard/action', value, {
        ...onCard(message),
        channelData: { ...channelDataOf(where), source: { name: 'message' } },
      });
    },

    /** Typing into a choice that is looked up; at most 15 results are shown (Typeahead search in Adaptive Cards). */
    typed(person: Person, where: Where, query: { dataset: string; text: string; data?: Json }, message?: string) {
      const { dataset, text, data } = query;
      const value = { queryText: text, queryOptions: { skip: 0, top: 15 }, dataset, ...(data && { data }) };
      return invoke(person, where, 'application/search', value, onCard(message));
    },

    /** Opening the message extension's dialog. */
    extensionOpened: (person: Person, where: Where, call: ExtensionCall): Activity =>
      invoke(person, where, 'composeExtension/fetchTask', extensionValue(call), compose(where)),

    /** A button of the message extension's dialog. */
    extensionSubmitted: (person: Person, where: Where, call: ExtensionCall, data: unknown): Activity =>
      invoke(person, where, 'composeExtension/submitAction', { ...extensionValue(call), data }, compose(where)),

    /** Typing into the message extension's search; an empty query is what Teams sends when it is opened. */
    extensionSearched(person: Person, where: Where, query: { commandId: string; parameter: string; text: string }) {
      const { commandId, parameter, text } = query;
      const parameters = text === '' ? [{ name: 'initialRun', value: 'true' }] : [{ name: parameter, value: text }];
      const value = { commandId, parameters, queryOptions: { skip: 0, count: 25 } };
      return invoke(person, where, 'composeExtension/query', value, compose(where));
    },

    /** A card's button that opens a dialog. */
    dialogOpened: (person: Person, where: Where, data: unknown, message: string): Activity =>
      invoke(person, where, 'task/fetch', { data, context: { theme: 'default' } }, onCard(message)),

    /** A button of such a dialog. */
    dialogSubmitted: (person: Person, where: Where, data: unknown): Activity =>
      invoke(person, where, 'task/submit', { data, context: { theme: 'default' } }),

    /** The bot was installed in a chat or a team, or removed. */
    installation: (person: Person, where: Where, action: 'add' | 'remove' | 'add-upgrade' | 'remove-upgrade') =>
      from(person, where, {
        type: 'installationUpdate',
        action,
        channelData: { ...channelDataOf(where), ...selectedChannel(where), source: { name: 'message' } },
      }),

    /** Somebody (or the bot, by its account) came to a team or a chat, or left it. */
    members(person: Person, where: Where, change: 'added' | 'removed', accounts: readonly Json[]): Activity {
      const team = where.in.team;
      const eventType = change === 'added' ? 'teamMemberAdded' : 'teamMemberRemoved';
      return from(person, where, {
        type: 'conversationUpdate',
        [change === 'added' ? 'membersAdded' : 'membersRemoved']: accounts,
        channelData: { ...channelDataOf(where), ...(team && { eventType, ...selectedChannel(where) }) },
      });
    },

    channelChanged: (person: Person, channel: Conversation, eventType: ChannelChange): Activity =>
      from(person, whole(channel), {
        type: 'conversationUpdate',
        channelData: {
          ...channelDataOf({ in: channel }),
          channel: { id: channel.id, name: channel.name, type: 'standard' },
          eventType,
        },
      }),

    teamChanged(person: Person, team: Team, eventType: TeamChange): Activity {
      const [general] = team.channels;
      if (!general) throw new Error(`the team ${team.name} has no channel`);
      const channelData = { ...channelDataOf({ in: general }), team: teamOf(team), eventType };
      return from(person, { in: general }, { type: 'conversationUpdate', channelData });
    },

    reaction: (person: Person, where: Where, message: string, change: 'added' | 'removed', type = 'like'): Activity =>
      from(person, where, {
        type: 'messageReaction',
        replyToId: message,
        [change === 'added' ? 'reactionsAdded' : 'reactionsRemoved']: [{ type }],
      }),

    /** Anything else, for what a bot must bear. */
    invoke,
    other: (person: Person, where: Where, rest: Json & { type: string }): Activity => from(person, where, rest),
  };
}

/** A message as Teams hands it to a message extension (`messagePayload`): what people wrote is HTML there. */
export function messagePayload(message: StoredMessage, where: Where, author: Person | null, createdAt: string): Json {
  const { id } = message;
  return {
    id,
    linkToMessage: `https://teams.microsoft.com/l/message/${where.in.id}/${id}`,
    replyToId: message.thread === id ? null : (message.thread ?? null),
    createdDateTime: createdAt,
    lastModifiedDateTime: null,
    deleted: false,
    summary: null,
    importance: 'normal',
    locale: 'en-us',
    body: { contentType: 'html', content: `<div>${escapeHtml(message.text)}</div>`, textContent: message.text },
    from: {
      device: null,
      conversation: null,
      user: author && { userIdentityType: 'aadUser', id: author.aadObjectId, displayName: author.name },
      application: null,
    },
    reactions: [],
    mentions: [],
    attachments: message.attachments,
  };
}

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An event about a channel comes from its team. */
function whole(channel: Conversation): Where {
  return { in: channel.team?.channels[0] ?? channel };
}

function conversationOf({ in: place, thread }: Where): Activity['conversation'] {
  const { id, kind, tenantId } = place;
  if (kind === 'personal') return { conversationType: kind, tenantId, id };
  const inThread = thread === undefined ? id : `${id};messageid=${thread}`;
  return { isGroup: true, conversationType: kind, tenantId, id: inThread };
}

function channelDataOf({ in: place }: Where): Json {
  const tenant = { id: place.tenantId };
  if (!place.team) return { tenant };
  return {
    teamsChannelId: place.id,
    teamsTeamId: place.team.id,
    channel: { id: place.id },
    team: { id: place.team.id },
    tenant,
  };
}

const teamOf = (team: Team) => ({ aadGroupId: team.aadGroupId, name: team.name, id: team.id });

const selectedChannel = ({ in: place }: Where) =>
  place.team ? { settings: { selectedChannel: { id: place.id } }, team: teamOf(place.team) } : {};

const clientInfo = ({ locale, platform, timeZone }: Person) => ({
  type: 'clientInfo',
  locale,
  country: locale.split('-')[1] ?? 'US',
  platform,
  timezone: timeZone,
});

/** A file in a personal chat, as Teams tells a bot of it: the address needs no token and does not last. */
export const fileAttachment = (file: { name: string; downloadUrl: string; uniqueId: string }): Attachment => ({
  contentType: fileDownload,
  contentUrl: `https://kestrel.sharepoint.example/personal/Documents/Microsoft%20Teams%20Chat%20Files/${file.name}`,
  name: file.name,
  content: {
    downloadUrl: file.downloadUrl,
    uniqueId: file.uniqueId,
    fileType: file.name.split('.').at(-1) ?? '',
    etag: `"{${file.uniqueId}},1"`,
  },
});
