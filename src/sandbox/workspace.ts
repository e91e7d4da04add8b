import type { Clock } from '../clock.ts';
import type { Json } from './json.ts';
import type { AppSeed, PersonSeed, WorkspaceSeed } from './options.ts';
import { newId, nextTimestamp } from './timestamps.ts';
import type { StateValues } from './view-state.ts';

/** A message as the workspace keeps it. */
export interface StoredMessage {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks: Json[];
  attachments: Json[];
  pings: string[];
  files: string[];
  threadTs?: string | undefined;
  edited?: boolean;
  /** The only person who sees it. */
  onlyFor?: string;
  metadata?: Json | undefined;
}

/** A channel, or a direct conversation between the app and one person. */
export interface Conversation {
  id: string;
  name: string;
  topic: string;
  kind: 'public' | 'private' | 'direct';
  members: Set<string>;
  archived: boolean;
  messages: StoredMessage[];
  lastTs: string;
}

/** A modal or Home tab as the workspace keeps it. */
export interface StoredView {
  id: string;
  kind: 'modal' | 'home';
  user: string;
  /** What the app sent, block and action ids filled in. */
  payload: Json;
  hash: string;
  state: StateValues;
  rootId: string;
  previousId: string | null;
}

/** A file with its bytes. */
export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  owner: string;
  bytes: Buffer;
  /** For who does not see it. */
  altText?: string;
  /** Unix seconds. */
  created: number;
  /** When Slack has looked at it, in milliseconds since 1970; missing while its upload is not completed. */
  readyAt?: number;
}

/** More messages than this per channel are forgotten, oldest first. */
const keptMessages = 2000;

/** What is in the workspace: people, conversations, views, files. It knows no HTTP and judges nothing. */
export class Workspace {
  readonly team: WorkspaceSeed['team'];
  readonly people: Map<string, PersonSeed>;
  readonly conversations = new Map<string, Conversation>();
  /** The stack of open modals of each person, the visible one last. */
  readonly modals = new Map<string, StoredView[]>();
  readonly homes = new Map<string, StoredView>();
  readonly files = new Map<string, StoredFile>();
  readonly app: AppSeed;
  readonly clock: Clock;
  /** The server's origin, known once it listens. */
  origin = '';
  /** Whether the app has a Home tab. */
  homeEnabled = true;
  /** Whether the app was removed; its token is void then. */
  uninstalled = false;
  /** Uploads that were announced and not made yet, by file id. */
  readonly uploads = new Map<string, { name: string; length: number; altText?: string }>();
  /** Milliseconds that Slack takes to look at an app's file; until then it has no type, and no block may show it. */
  fileProcessing = 400;

  constructor(seed: WorkspaceSeed, app: AppSeed, clock: Clock) {
    this.team = seed.team;
    this.app = app;
    this.clock = clock;
    this.people = new Map(seed.users.map((person) => [person.id, { ...person }]));
    if (!this.people.has(app.botUserId)) {
      const bot = { id: app.botUserId, name: app.name.toLowerCase(), realName: app.name, tz: 'UTC', locale: 'en-US' };
      this.people.set(app.botUserId, { ...bot, isBot: true });
    }
    for (const channel of seed.channels) {
      this.conversations.set(channel.id, {
        id: channel.id,
        name: channel.name,
        topic: channel.topic ?? '',
        kind: channel.isPrivate ? 'private' : 'public',
        members: new Set(channel.members),
        archived: channel.isArchived ?? false,
        messages: [],
        lastTs: '0.000000',
      });
    }
  }

  /** The bot's own id as an integration, `B…`. */
  get botId(): string {
    return `B${this.app.botUserId.slice(1)}`;
  }

  /** The direct conversation between the app and a person, opened when there is none. */
  directWith(userId: string): Conversation {
    const id = `D${userId.slice(1)}`;
    const existing = this.conversations.get(id);
    if (existing) return existing;
    const opened: Conversation = {
      id,
      name: this.app.name,
      topic: '',
      kind: 'direct',
      members: new Set([userId, this.app.botUserId]),
      archived: false,
      messages: [],
      lastTs: '0.000000',
    };
    this.conversations.set(id, opened);
    return opened;
  }

  /** Stores a message under the channel's next timestamp. */
  addMessage(conversation: Conversation, message: Omit<StoredMessage, 'channel' | 'ts'>): StoredMessage {
    const ts = nextTimestamp(this.clock, conversation.lastTs);
    const stored = { ...message, channel: conversation.id, ts };
    conversation.lastTs = ts;
    conversation.messages.push(stored);
    if (conversation.messages.length > keptMessages) conversation.messages.shift();
    return stored;
  }

  /** An open modal or a Home tab by its id. */
  findView(test: (view: StoredView) => boolean): StoredView | undefined {
    for (const stack of this.modals.values()) {
      const found = stack.find(test);
      if (found) return found;
    }
    return [...this.homes.values()].find(test);
  }

  /** Whether Slack has looked at a file. */
  isReady(file: StoredFile): boolean {
    return file.readyAt !== undefined && file.readyAt <= this.clock.now().epochMilliseconds;
  }

  /** Stores a file. */
  addFile(file: Omit<StoredFile, 'id' | 'created'>, id = newId('F')): StoredFile {
    const stored = { ...file, id, created: Math.floor(this.clock.now().epochMilliseconds / 1000) };
    this.files.set(id, stored);
    return stored;
  }
}
