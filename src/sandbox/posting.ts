import { withIds } from './block-ids.ts';
import { checkBlocks, countText } from './blocks/check.ts';
import { checkSlackFiles } from './blocks/slack-files.ts';
import type { Clients } from './clients.ts';
import { type Json, objects, text } from './json.ts';
import { findPings } from './pings.ts';
import type { SandboxFile, SandboxMessage } from './protocol.ts';
import { refusal, SlackError } from './slack-error.ts';
import type { Conversation, StoredFile, StoredMessage, Workspace } from './workspace.ts';

/** What an app wants to say. */
export interface Draft {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
  metadata?: Json | undefined;
  threadTs?: string | undefined;
}

/** Seen to fail in practice (bolt-js issue 2509); Slack documents no number. */
const mostBlockText = 13_200;
const mostAttachments = 100;

/** Throws Slack's error when a message breaks the limits. `longest` is the limit of its text. */
export function checkDraft(draft: Draft, longest: number, workspace: Workspace): void {
  if ((draft.text?.length ?? 0) > longest) throw new SlackError('msg_too_long');
  const check = (blocks: unknown, base: string) => [
    ...checkBlocks(blocks, 'message', base),
    ...checkSlackFiles(blocks, workspace, base),
  ];
  const problems = draft.blocks === undefined ? [] : check(draft.blocks, '/blocks');
  if (problems.length > 0) throw refusal('invalid_blocks', problems);
  if (countText(draft.blocks) > mostBlockText) throw new SlackError('msg_blocks_too_long');
  const attachments = objects(draft.attachments);
  if (attachments.length > mostAttachments) throw new SlackError('too_many_attachments');
  for (const [index, attachment] of attachments.entries()) {
    if (attachment.blocks === undefined) continue;
    const wrong = check(attachment.blocks, `/attachments/${index}/blocks`);
    if (wrong.length > 0) throw refusal('invalid_attachments', wrong);
  }
}

/** Throws `no_text` when a message says nothing. */
export function checkSaysSomething(draft: Draft): void {
  if (!draft.text && objects(draft.blocks).length === 0 && objects(draft.attachments).length === 0) {
    throw new SlackError('no_text');
  }
}

/** The words that a message is stored with: its blocks named, its pings found. */
export function compose(draft: Draft): Pick<StoredMessage, 'text' | 'blocks' | 'attachments' | 'pings' | 'metadata'> {
  const blocks = withIds(draft.blocks);
  const attachments = objects(draft.attachments);
  const markup = attachments.flatMap((each) => [
    text(each.pretext),
    text(each.text),
    ...objects(each.fields).map((field) => text(field.value)),
  ]);
  const pings = findPings([draft.text ?? '', ...markup].join('\n'), blocks, attachments);
  return { text: draft.text ?? '', blocks, attachments, pings, metadata: draft.metadata };
}

/** A file as the page sees it. */
export function fileForPage(file: StoredFile): SandboxFile {
  const { id, name, mimetype } = file;
  return { id, name, mimetype, size: file.bytes.length, href: `sandbox/files/${id}` };
}

/** Puts messages into conversations and shows them to those who may see them. */
export class Posting {
  readonly #workspace: Workspace;
  readonly #clients: Clients;

  constructor(workspace: Workspace, clients: Clients) {
    this.#workspace = workspace;
    this.#clients = clients;
  }

  /** Who sees a message. */
  viewers(message: StoredMessage): string[] {
    if (message.onlyFor) return [message.onlyFor];
    return [...(this.#workspace.conversations.get(message.channel)?.members ?? [])];
  }

  /** A message as a page sees it. */
  forPage(message: StoredMessage): SandboxMessage {
    const files = message.files.flatMap((id) => this.#workspace.files.get(id) ?? []).map(fileForPage);
    const attached = message.attachments.flatMap((attachment) => objects(attachment.blocks));
    return {
      channel: message.channel,
      ts: message.ts,
      user: message.user,
      text: message.text,
      blocks: [...message.blocks, ...attached],
      ephemeral: message.onlyFor !== undefined,
      pings: message.pings,
      ...(message.threadTs ? { threadTs: message.threadTs } : {}),
      ...(message.edited ? { edited: true } : {}),
      ...(files.length > 0 ? { files } : {}),
    };
  }

  /** Posts a message. */
  post(conversation: Conversation, message: Omit<StoredMessage, 'channel' | 'ts'>): StoredMessage {
    const stored = this.#workspace.addMessage(conversation, message);
    this.show(stored);
    return stored;
  }

  /** Posts as the app, to everybody in the conversation or to one person only. */
  postAsApp(conversation: Conversation, draft: Draft, onlyFor?: string): StoredMessage {
    return this.post(conversation, {
      ...compose(draft),
      user: this.#workspace.app.botUserId,
      files: [],
      threadTs: draft.threadTs,
      ...(onlyFor ? { onlyFor } : {}),
    });
  }

  /** Changes a message; blocks and attachments that are left out stay. */
  change(message: StoredMessage, draft: Draft): void {
    const composed = compose({
      text: draft.text ?? message.text,
      blocks: draft.blocks ?? message.blocks,
      attachments: draft.attachments ?? message.attachments,
      metadata: draft.metadata ?? message.metadata,
    });
    Object.assign(message, composed, { edited: true });
    this.show(message);
  }

  /** Removes a message. */
  remove(message: StoredMessage): void {
    const conversation = this.#workspace.conversations.get(message.channel);
    if (!conversation) return;
    conversation.messages = conversation.messages.filter((each) => each !== message);
    const gone = { type: 'messageDeleted', channel: message.channel, ts: message.ts } as const;
    this.#clients.tellAll(this.viewers(message), gone);
  }

  /** Shows a message to those who may see it. */
  show(message: StoredMessage): void {
    this.#clients.tellAll(this.viewers(message), { type: 'message', message: this.forPage(message) });
  }

  /** A message by channel and timestamp, as far as a person may see it. */
  find(channel: string, ts: string, seenBy?: string): StoredMessage | undefined {
    const found = this.#workspace.conversations.get(channel)?.messages.find((message) => message.ts === ts);
    return found?.onlyFor && seenBy && found.onlyFor !== seenBy ? undefined : found;
  }
}
