import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { isObject, type Json, text } from './json.ts';
import { checkDraft, checkSaysSomething, type Draft, type Posting } from './posting.ts';
import { SlackError } from './slack-error.ts';
import type { Conversation, StoredMessage, Workspace } from './workspace.ts';

/** Where the gesture happened that a response URL answers. */
export interface ResponsePlace {
  channel: string;
  user: string;
  /** The message that was pressed. */
  messageTs?: string;
}

interface Issued extends ResponsePlace {
  issuedAt: number;
  uses: number;
}

const mostUses = 5;
const lifetimeMinutes = 30;

/** Hands out response URLs and serves what is posted to them. */
export class ResponseUrls {
  readonly #workspace: Workspace;
  readonly #posting: Posting;
  readonly #clock: Clock;
  readonly #issued = new Map<string, Issued>();

  constructor(workspace: Workspace, posting: Posting, clock: Clock) {
    this.#workspace = workspace;
    this.#posting = posting;
    this.#clock = clock;
  }

  /** A new URL that works 5 times in 30 minutes. */
  issue(place: ResponsePlace): string {
    const key = randomBytes(12).toString('hex');
    this.#issued.set(key, { ...place, issuedAt: this.#clock.now().epochMilliseconds, uses: 0 });
    const oldest = this.#issued.keys().next().value;
    if (this.#issued.size > 2000 && oldest !== undefined) this.#issued.delete(oldest);
    return `${this.#workspace.origin}/response/${this.#workspace.team.id}/${key}`;
  }

  /** Serves a POST to a response URL: HTTP status and body. */
  use(key: string, body: unknown): { status: number; body: Json } {
    const issued = this.#issued.get(key);
    if (!issued) return { status: 404, body: { ok: false, error: 'invalid_url' } };
    const age = this.#clock.now().epochMilliseconds - issued.issuedAt;
    if (age > lifetimeMinutes * 60_000) return { status: 404, body: { ok: false, error: 'expired_url' } };
    if (issued.uses >= mostUses) return { status: 404, body: { ok: false, error: 'used_url' } };
    issued.uses += 1;
    if (!isObject(body)) return { status: 400, body: { ok: false, error: 'invalid_payload' } };
    try {
      this.#answer(issued, body);
      return { status: 200, body: { ok: true } };
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return {
        status: error.code === 'message_not_found' ? 404 : 400,
        body: { ok: false, error: error.code, ...error.extra },
      };
    }
  }

  #answer(issued: Issued, body: Json): void {
    const conversation = this.#workspace.conversations.get(issued.channel);
    if (!conversation) throw new SlackError('channel_not_found');
    const original = issued.messageTs
      ? conversation.messages.find((message) => message.ts === issued.messageTs)
      : undefined;
    if (body.delete_original === true) {
      if (!original) throw new SlackError('message_not_found');
      this.#posting.remove(original);
      return;
    }
    const draft = readDraft(body);
    checkDraft(draft, 40_000, this.#workspace);
    checkSaysSomething(draft);
    if (body.replace_original === true) this.#replace(original, draft, body);
    else this.#add(conversation, issued.user, draft, body, original);
  }

  /** An ephemeral message stays one, and an open one stays open, whatever `response_type` says. */
  #replace(original: StoredMessage | undefined, draft: Draft, body: Json): void {
    if (!original) throw new SlackError('message_not_found');
    const wanted = body.response_type;
    if (wanted === 'in_channel' && original.onlyFor) throw new SlackError('cannot_change_response_type');
    if (wanted === 'ephemeral' && !original.onlyFor) throw new SlackError('cannot_change_response_type');
    this.#posting.change(original, { ...draft, blocks: draft.blocks ?? [], attachments: draft.attachments ?? [] });
  }

  #add(conversation: Conversation, user: string, draft: Draft, body: Json, original: StoredMessage | undefined): void {
    const inThread = draft.threadTs ? draft : { ...draft, threadTs: original?.threadTs };
    this.#posting.postAsApp(conversation, inThread, body.response_type === 'in_channel' ? undefined : user);
  }
}

/** A message as commands and response URLs are answered with. */
export function readDraft(body: Json): Draft {
  return {
    ...(typeof body.text === 'string' ? { text: body.text } : {}),
    ...(body.blocks === undefined ? {} : { blocks: body.blocks }),
    ...(body.attachments === undefined ? {} : { attachments: body.attachments }),
    threadTs: text(body.thread_ts) || undefined,
  };
}
