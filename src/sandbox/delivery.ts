import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type MovableClock, systemClock } from '../clock.ts';
import { type Json, parseJson } from './json.ts';

/** Which entrance of an app a payload is for. */
export type DeliveryKind = 'command' | 'interaction' | 'options' | 'event';

/** What the app answered: its body, or why there is none. */
export type Ack = { ok: true; body: unknown } | { ok: false; reason: 'timeout' | 'http_error' | 'connection_failed' };

/** One attempt to hand a payload to the app, for tests. */
export interface Delivery {
  kind: DeliveryKind;
  payload: Json;
  attempt: number;
  ok: boolean;
  reason?: string;
}

/** A way into the app that is not HTTP: a connected Socket Mode client. */
export interface SocketEntrance {
  readonly connected: boolean;
  send(kind: DeliveryKind, payload: Json, attempt: number, reason?: string): Promise<Ack>;
}

/** Slack's patience with an acknowledgement, in milliseconds. */
const patience = 3000;
/** When a failed event is tried again after its last failure, in minutes: at once, then after 1 and 5. */
const eventRetries = [0, 1, 5];
const retryReasons = { timeout: 'http_timeout', http_error: 'http_error', connection_failed: 'connection_failed' };

interface DeliveryParts {
  clock: MovableClock;
  log: Logger;
  signingSecret: string;
  requestUrl: () => string;
  socket: SocketEntrance | undefined;
  record: (delivery: Delivery) => void;
}

/** Hands payloads to the app: signed HTTP or Socket Mode, 3 seconds for an answer, events tried again. */
export class DeliveryService {
  readonly #parts: DeliveryParts;
  readonly #pending = new Set<Promise<unknown>>();
  #waiting: { due: number; go: () => void }[] = [];
  #closed = new AbortController();
  /** Hands every payload over twice, in parallel; the first answer counts. */
  twice = false;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    parts.clock.onMove(async () => this.#wake());
  }

  /** Delivers a command or an interaction and waits for the acknowledgement. */
  async deliver(kind: DeliveryKind, payload: Json): Promise<Ack> {
    if (this.twice) this.#inBackground(this.#attempt(kind, payload, 0));
    return this.#attempt(kind, payload, 0);
  }

  /** Delivers an event; failures are tried again on the sandbox's clock. */
  deliverEvent(payload: Json): void {
    if (this.twice) this.#inBackground(this.#attempt('event', payload, 0));
    this.#inBackground(this.#persist(payload));
  }

  /** Stops trying again and waits for what is under way. */
  async close(): Promise<void> {
    this.#closed.abort();
    for (const waiting of this.#waiting.splice(0)) waiting.go();
    await Promise.allSettled(this.#pending);
  }

  #inBackground(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => this.#parts.log.error({ error }, 'sandbox delivery failed'))
      .finally(() => this.#pending.delete(watched));
    this.#pending.add(watched);
  }

  async #persist(payload: Json): Promise<void> {
    let reason: string | undefined;
    for (let attempt = 0; attempt <= eventRetries.length; attempt += 1) {
      const wait = attempt === 0 ? 0 : (eventRetries[attempt - 1] ?? 0);
      if (wait > 0) await this.#minutesPass(wait);
      if (this.#closed.signal.aborted) return;
      const ack = await this.#attempt('event', payload, attempt, reason);
      if (ack.ok || ack.body === 'no-retry') return;
      reason = retryReasons[ack.reason];
    }
  }

  /** Resolves when the sandbox's clock has advanced, by itself or because it was moved. */
  async #minutesPass(minutes: number): Promise<void> {
    const due = this.#parts.clock.now().epochMilliseconds + minutes * 60_000;
    const waker = Promise.withResolvers<void>();
    this.#waiting.push({ due, go: waker.resolve });
    const timer = setTimeout(waker.resolve, minutes * 60_000);
    timer.unref();
    await waker.promise;
    clearTimeout(timer);
  }

  #wake(): void {
    const now = this.#parts.clock.now().epochMilliseconds;
    const due = this.#waiting.filter((waiting) => waiting.due <= now);
    this.#waiting = this.#waiting.filter((waiting) => waiting.due > now);
    for (const waiting of due) waiting.go();
  }

  async #attempt(
    kind: DeliveryKind,
    payload: Json,
    attempt: number,
    reason?: string,
  ): Promise<Ack & { body?: unknown }> {
    const { socket, record, log } = this.#parts;
    const ack = socket?.connected
      ? await socket.send(kind, payload, attempt, reason)
      : await this.#post(kind, payload, attempt, reason);
    record({ kind, payload, attempt, ok: ack.ok, ...(ack.ok ? {} : { reason: ack.reason }) });
    if (!ack.ok) log.warn({ kind, attempt, reason: ack.reason }, 'sandbox: the app did not acknowledge');
    return ack;
  }

  async #post(kind: DeliveryKind, payload: Json, attempt: number, reason?: string): Promise<Ack & { body?: unknown }> {
    const url = this.#parts.requestUrl();
    if (url === '') return { ok: false, reason: 'connection_failed' };
    const body = encode(kind, payload);
    // Signed with real time: the app judges the signature's age by its own machine's clock.
    const seconds = String(Math.floor(systemClock.now().epochMilliseconds / 1000));
    const headers: Record<string, string> = {
      'content-type': kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': seconds,
      'x-slack-signature': sign(this.#parts.signingSecret, seconds, body),
      ...(attempt > 0
        ? { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason ?? 'unknown_error' }
        : {}),
    };
    const stop = new AbortController();
    const late = pause(patience, undefined, { signal: stop.signal }).then(
      () => ({ ok: false, reason: 'timeout' }) as const,
      () => ({ ok: false, reason: 'connection_failed' }) as const,
    );
    const answered = this.#ask(url, headers, body, stop.signal);
    const ack = await Promise.race([answered, late]);
    stop.abort();
    return ack;
  }

  async #ask(
    url: string,
    headers: Record<string, string>,
    body: string,
    signal: AbortSignal,
  ): Promise<Ack & { body?: unknown }> {
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
      const answer = await response.text();
      if (response.ok) return { ok: true, body: readAnswer(answer) };
      const final = response.headers.get('x-slack-no-retry') === '1';
      return { ok: false, reason: 'http_error', ...(final ? { body: 'no-retry' } : {}) };
    } catch (error) {
      this.#parts.log.debug({ error }, 'sandbox: request to the app failed');
      return { ok: false, reason: 'connection_failed' };
    }
  }
}

function readAnswer(answer: string): unknown {
  return answer === '' ? undefined : (parseJson(answer) ?? answer);
}

function encode(kind: DeliveryKind, payload: Json): string {
  if (kind === 'event') return JSON.stringify(payload);
  if (kind !== 'command') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(
    Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]),
  ).toString();
}

/** Slack's request signature, version 0. */
export function sign(secret: string, seconds: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`;
}
