import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performAct } from './acts/act.ts';
import { type ActContext, sendEvent } from './acts/context.ts';
import { type ApiCall, WebApi } from './api/web-api.ts';
import { Clients } from './clients.ts';
import { type Delivery, DeliveryService } from './delivery.ts';
import { manifestSchema } from './manifest.ts';
import type { SandboxOptions } from './options.ts';
import { Posting } from './posting.ts';
import type { SandboxAct, SandboxActResult, SandboxEvent, SandboxSnapshot } from './protocol.ts';
import { RateLimits } from './rate-limits.ts';
import { ResponseUrls } from './response-urls.ts';
import { checkHost, HttpRefusal, sendJson } from './server/http-parts.ts';
import { PageFiles } from './server/page-files.ts';
import { servePage } from './server/page-routes.ts';
import { serveApp } from './server/slack-routes.ts';
import { takeSnapshot } from './snapshot.ts';
import { SocketMode } from './socket-mode.ts';
import { StateFile } from './state-file.ts';
import { Triggers } from './triggers.ts';
import { Views } from './views.ts';
import { Workspace } from './workspace.ts';

export type { ApiCall } from './api/web-api.ts';
export type { Delivery } from './delivery.ts';
export type { AppSeed, ChannelSeed, PersonSeed, SandboxOptions, WorkspaceSeed } from './options.ts';
export type { SandboxAct, SandboxActResult, SandboxEvent, SandboxSnapshot } from './protocol.ts';

/** What a sandbox reports: what a page is told, a Web API call, an attempt to deliver something to the app. */
export interface SandboxEvents {
  page: [{ user: string; event: SandboxEvent }];
  call: [ApiCall];
  delivery: [Delivery];
}

/** A running local Slack workspace. */
export interface Sandbox extends EventEmitter<SandboxEvents> {
  /** The page's address. */
  readonly url: string;
  /** The base of the Web API, ending in `/api/`. */
  readonly apiUrl: string;
  /** The last 2,000 Web API calls, oldest first. */
  readonly calls: readonly ApiCall[];
  /** The last 2,000 attempts to deliver something to the app, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Delivers every payload twice, in parallel. */
  deliverTwice: boolean;
  /** Says where the app listens. */
  setRequestUrl(url: string): void;
  /** Does what a person does, as `POST /sandbox/act`. */
  act(userId: string, act: SandboxAct): Promise<SandboxActResult>;
  /** What a person's client shows. Throws when there is no such person. */
  snapshot(userId: string): SandboxSnapshot;
  /** Answers the next calls of a method with 429. */
  rateLimitNext(method: string, retryAfterSeconds: number, times?: number): void;
  /** Answers the next call of a method with an error code. */
  failNext(method: string, error: string): void;
  /**
   * Refuses what the app posts to a channel or a person: as Slack does where a channel was archived (`is_archived`), the
   * app was removed from it (`not_in_channel`) or a person takes no messages of it (`cannot_dm_bot`). Null: no more.
   */
  refuse(place: string, error: string | null): void;
  /** A trigger id as from a gesture of a person, for programs that make their own requests to the app. */
  makeTrigger(userId: string): string;
  /** Asks Socket Mode clients to connect anew, as Slack does from time to time. */
  refreshSockets(): void;
  /** Removes the app from the workspace: its token is void and it hears `app_uninstalled`. */
  uninstall(): void;
  /** Ends connections and writes the state file. */
  close(): Promise<void>;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);
const keptRecords = 2000;

function remember<Item>(list: Item[], item: Item): void {
  list.push(item);
  if (list.length > keptRecords) list.shift();
}

/** Starts a local Slack workspace with a page. Throws for a host that is not loopback or a manifest that is wrong. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1';
  if (!loopback.has(host)) throw new Error(`the sandbox listens on loopback only, not on ${host}`);
  const { clock, log } = options;
  const manifest = manifestSchema.parse(options.app.manifest);
  const workspace = new Workspace(options.workspace, options.app, clock);
  workspace.homeEnabled = manifest.features.app_home?.home_tab_enabled ?? true;
  workspace.fileProcessing = options.fileProcessing ?? workspace.fileProcessing;
  const clients = new Clients();
  const posting = new Posting(workspace, clients);
  const views = new Views(workspace, clients);
  const triggers = new Triggers();
  const responseUrls = new ResponseUrls(workspace, posting, clock);
  const limits = new RateLimits(options.rateLimits ?? {});
  const events = new EventEmitter<SandboxEvents>();
  const calls: ApiCall[] = [];
  const deliveries: Delivery[] = [];
  const socket = new SocketMode(workspace);
  let requestUrl = options.app.requestUrl ?? '';
  const delivery = new DeliveryService({
    clock,
    log,
    signingSecret: options.app.signingSecret,
    requestUrl: () => (typeof requestUrl === 'string' ? requestUrl : requestUrl()),
    socket,
    record: (attempt) => {
      remember(deliveries, attempt);
      events.emit('delivery', attempt);
    },
  });
  const context: ActContext = { workspace, clients, posting, views, triggers, responseUrls, delivery, manifest, clock };
  const api = new WebApi({ ...context, openSocket: () => socket.address() }, limits, (call) => {
    remember(calls, call);
    // Reasons name places and limits, never what was written there.
    if (call.answer.ok !== true)
      log.warn({ method: call.method, error: call.answer.error, reasons: call.answer.errors }, 'sandbox: call refused');
    events.emit('call', call);
  });
  const stateFile = options.stateFile ? new StateFile(options.stateFile, workspace, clock, log) : undefined;
  await stateFile?.load();
  clients.listenToAll((user, event) => {
    stateFile?.touch();
    events.emit('page', { user, event });
  });
  clock.onMove(async () => clients.tellAll(workspace.people.keys(), { type: 'clock', now: clock.now().toString() }));

  const files = new PageFiles();
  const hosts = new Set<string>();
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      checkHost(request, hosts);
      if (!URL.canParse(request.url ?? '/', workspace.origin)) throw new HttpRefusal(400, 'bad address');
      const url = new URL(request.url ?? '/', workspace.origin);
      const forApp = await serveApp({ workspace, api, responseUrls }, url, request, response);
      if (!forApp) await servePage(context, files, url, request, response);
    } catch (error) {
      const status = error instanceof HttpRefusal ? error.status : 500;
      if (status === 500) log.error({ error }, 'sandbox request failed');
      if (response.headersSent) response.destroy();
      else
        sendJson(response, { ok: false, error: error instanceof HttpRefusal ? error.message : 'fatal_error' }, status);
    }
  };
  const server = createServer((request, response) => void serve(request, response));
  server.on('upgrade', (request, stream, head) => {
    if (hosts.has((request.headers.host ?? '').toLowerCase())) socket.upgrade(request, stream, head);
    else stream.destroy();
  });
  server.listen(options.port, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  workspace.origin = `http://${host === '::1' ? '[::1]' : host}:${port}`;
  for (const name of ['127.0.0.1', 'localhost', '[::1]']) hosts.add(`${name}:${port}`);

  return Object.defineProperty(
    Object.assign(events, {
      url: `${workspace.origin}/`,
      apiUrl: `${workspace.origin}/api/`,
      calls,
      deliveries,
      deliverTwice: false,
      setRequestUrl: (url: string) => {
        requestUrl = url;
      },
      act: (userId: string, act: SandboxAct) => performAct(context, userId, act),
      snapshot: (userId: string) => {
        const snapshot = takeSnapshot(userId, context);
        if (!snapshot) throw new Error(`there is no person ${userId}`);
        return snapshot;
      },
      rateLimitNext: (method: string, seconds: number, times = 1) => limits.next(method, seconds, times),
      failNext: (method: string, error: string) => api.failNext(method, error),
      refuse: (place: string, error: string | null) => api.refuse(place, error),
      makeTrigger: (userId: string) => triggers.make(userId),
      refreshSockets: () => socket.refresh(),
      uninstall: () => {
        sendEvent(context, 'app_uninstalled', { type: 'app_uninstalled' });
        sendEvent(context, 'tokens_revoked', { type: 'tokens_revoked', tokens: { bot: [options.app.botUserId] } });
        workspace.uninstalled = true;
      },
      close: async () => {
        await delivery.close();
        socket.close();
        server.close();
        server.closeAllConnections();
        await files.close();
        await stateFile?.close();
      },
    }),
    'deliverTwice',
    {
      get: () => delivery.twice,
      set: (twice: boolean) => {
        delivery.twice = twice;
      },
    },
  );
}
