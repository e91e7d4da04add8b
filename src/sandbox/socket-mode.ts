import { randomInt, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Ack, DeliveryKind, SocketEntrance } from './delivery.ts';
import { isObject, type Json, parseJson, text } from './json.ts';
import { SlackError } from './slack-error.ts';
import type { Workspace } from './workspace.ts';

const patience = 3000;
/** Clients give a connection up when no ping comes for 30 seconds. */
const pingEvery = 10_000;
/** Slack's limit of connections of an app. */
const mostConnections = 10;

const types: Record<DeliveryKind, string> = {
  command: 'slash_commands',
  interaction: 'interactive',
  options: 'interactive',
  event: 'events_api',
};

/** Socket Mode: hands payloads to connected clients in envelopes and waits for their acknowledgement. */
export class SocketMode implements SocketEntrance {
  readonly #workspace: Workspace;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, (ack: Ack) => void>();
  readonly #pings: NodeJS.Timeout;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#pings = setInterval(() => {
      for (const socket of this.#server.clients) socket.ping();
    }, pingEvery).unref();
  }

  /** Whether a client is connected. */
  get connected(): boolean {
    return this.#open().length > 0;
  }

  #open(): WebSocket[] {
    return [...this.#server.clients].filter((socket) => socket.readyState === socket.OPEN);
  }

  /** The address of one connection, as `apps.connections.open` gives it. Throws `too_many_websockets`. */
  address(): string {
    if (this.#server.clients.size >= mostConnections) throw new SlackError('too_many_websockets');
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `${this.#workspace.origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${this.#workspace.app.id}`;
  }

  /** Takes a connection over from the HTTP server; a ticket opens one. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', this.#workspace.origin).searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => {
      opened.on('message', (data) => this.#receive(data.toString()));
      opened.send(JSON.stringify(this.#hello()));
    });
  }

  #debugInfo(): Json {
    return { host: 'applink-sandbox', build_number: 1, approximate_connection_time: 18_060 };
  }

  #hello(): Json {
    const { app } = this.#workspace;
    const connections = this.#server.clients.size;
    return {
      type: 'hello',
      num_connections: connections,
      debug_info: this.#debugInfo(),
      connection_info: { app_id: app.id },
    };
  }

  #receive(message: string): void {
    const answer = parseJson(message);
    if (!isObject(answer)) return;
    const settle = this.#waiting.get(text(answer.envelope_id));
    const payload = isObject(answer.payload) && Object.keys(answer.payload).length === 0 ? undefined : answer.payload;
    settle?.({ ok: true, body: payload });
  }

  /** Sends a payload to any one connection and waits 3 seconds for the acknowledgement. */
  async send(kind: DeliveryKind, payload: Json, attempt: number, reason?: string): Promise<Ack> {
    const sockets = this.#open();
    const socket = sockets[sockets.length > 1 ? randomInt(sockets.length) : 0];
    if (!socket) return { ok: false, reason: 'connection_failed' };
    const envelope = {
      envelope_id: randomUUID(),
      type: types[kind],
      accepts_response_payload: kind !== 'event',
      payload,
      ...(kind === 'event' ? { retry_attempt: attempt, retry_reason: attempt > 0 ? (reason ?? 'timeout') : '' } : {}),
    };
    const { promise, resolve } = Promise.withResolvers<Ack>();
    const late = setTimeout(() => resolve({ ok: false, reason: 'timeout' }), patience);
    this.#waiting.set(envelope.envelope_id, resolve);
    socket.send(JSON.stringify(envelope));
    const ack = await promise;
    clearTimeout(late);
    this.#waiting.delete(envelope.envelope_id);
    return ack;
  }

  /** Asks the clients to connect anew, as Slack does from time to time. */
  refresh(): void {
    for (const socket of this.#open()) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: this.#debugInfo() }));
    }
  }

  /** Ends every connection. */
  close(): void {
    clearInterval(this.#pings);
    for (const settle of this.#waiting.values()) settle({ ok: false, reason: 'connection_failed' });
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }
}
