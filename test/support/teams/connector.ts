import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Temporal } from 'temporal-polyfill';
import { systemClock } from '../../../src/clock.ts';
import { type Activities, type Activity, activitiesOf, type Json } from './activities.ts';
import { apiOf, type Call, type Failure } from './connector-api.ts';
import { type Deliveries, type Delivery, deliveriesTo } from './delivery.ts';
import type { IdentityProvider } from './idp.ts';
import { type Conversation, demoTenant, type Person, type StoredMessage, type Team, type Tenant } from './tenant.ts';

export type { Call, Delivery };

/** A local Microsoft Teams: its connector on loopback, one tenant behind it, and the way to the bot. */
export interface Teams {
  /** Where the bot sends to, with a path and a slash at its end as the real ones have. */
  readonly serviceUrl: string;
  readonly idp: IdentityProvider;
  readonly tenant: Tenant;
  readonly bot: { readonly id: string; readonly name: string };
  readonly activities: Activities;
  /** Every call of the bot, in order. */
  readonly calls: readonly Call[];
  /** Every activity that was brought to the bot, and what it answered. */
  readonly deliveries: readonly Delivery[];
  /** Deliveries that were not answered with a 2xx. */
  readonly refused: readonly Delivery[];
  /** How activities are brought: once; twice at the same moment; or again after the answer, as clients retry after 5 s. */
  deliver: 'once' | 'twice at once' | 'again';
  /** How many members a page of the roster has at most; the bot asks for pages of up to 500. */
  membersPerPage: number;
  /** Where the bot listens: its whole address with the path, `…/api/messages`. */
  setBotUrl(url: string): void;
  /** The next calls that match are answered with this instead. */
  failNext(status: number, failure?: Failure): void;
  /** Brings an activity to the bot, as `deliver` says. `authorization` replaces the header, null leaves it out. */
  send(activity: Activity, options?: { authorization?: string | null }): Promise<Delivery>;
  /** The id that the next message or reply gets. */
  nextId(): string;
  /** Puts a message of a person where others can read it; the bot is not told. */
  store(place: Conversation, message: Omit<StoredMessage, 'id'>): StoredMessage;
  /** What the person's client shows in place of a message's cards, since the bot answered their press with a card. */
  readonly views: Map<string, Json>;
  /** Offers a file under an address that needs no token. */
  share(name: string, bytes: Uint8Array): { name: string; downloadUrl: string; uniqueId: string };
  /** Installs the bot in a person's chat, the group chat (by key) or a team (by key), and tells the bot. */
  install(key: string, by?: string): Promise<Delivery[]>;
  /** Removes it, and tells the bot. */
  uninstall(key: string, by?: string): Promise<Delivery[]>;
  /** The person blocks the bot, or lets it write again. The bot is not told. */
  block(key: string, blocked?: boolean): void;
  close(): Promise<void>;
}

export interface TeamsOptions {
  idp: IdentityProvider;
  clock?: { now(): Temporal.Instant };
}

/** Opens a local Teams with the demo company in it; the bot is installed everywhere but in one team. */
export async function openTeams({ idp, clock = systemClock }: TeamsOptions): Promise<Teams> {
  const tenant = demoTenant(idp.tenantId);
  const bot = { id: `28:${idp.botId}`, name: 'KAM' };
  const views = new Map<string, Json>();
  const files = new Map<string, Uint8Array>();
  let lastId = 0;
  const nextId = () => {
    lastId = Math.max(lastId + 1, clock.now().epochMilliseconds);
    return String(lastId);
  };
  const basePath = '/emea';
  const api = apiOf({ tenant, idp, nextId, views, basePath });

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const bytes = files.get(path);
    if (bytes) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const { status, headers, body } = api.answer({
        method: request.method ?? 'GET',
        path,
        authorization: request.headers.authorization,
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serviceUrl = `${origin}${basePath}/`;

  const deliveries: Deliveries = deliveriesTo(() => idp.token({ serviceurl: serviceUrl }));
  const activities = activitiesOf({ bot, serviceUrl, now: () => clock.now() });

  /** Installing and removing is told twice, as an installation and as a member that came or went. */
  async function change(key: string, installed: boolean, by?: string): Promise<Delivery[]> {
    const place = tenant.teams.get(key) ?? tenant.place(key);
    place.installed = installed;
    const where = { in: 'channels' in place ? generalOf(place) : place };
    const [someone = ''] = place.members;
    const person = tenant.person(by ?? someone);
    const told = [
      activities.installation(person, where, installed ? 'add' : 'remove'),
      activities.members(person, where, installed ? 'added' : 'removed', [bot]),
    ];
    const sent: Delivery[] = [];
    for (const activity of told) sent.push(await deliveries.send(activity));
    return sent;
  }

  const teams: Teams = {
    serviceUrl,
    idp,
    tenant,
    bot,
    activities,
    calls: api.calls,
    deliveries: deliveries.all,
    get refused() {
      return deliveries.all.filter(({ status }) => status < 200 || status > 299);
    },
    get deliver() {
      return deliveries.manner;
    },
    set deliver(manner) {
      deliveries.manner = manner;
    },
    get membersPerPage() {
      return api.membersPerPage;
    },
    set membersPerPage(members) {
      api.membersPerPage = members;
    },
    setBotUrl: (url) => {
      deliveries.botUrl = url;
    },
    failNext: (status, failure = {}) => api.failNext(status, failure),
    send: (activity, options) => deliveries.send(activity, options),
    nextId,
    store(place, message) {
      const id = nextId();
      const thread = place.kind === 'channel' ? { thread: message.thread ?? id } : {};
      const stored = { ...message, ...thread, id };
      place.messages.push(stored);
      return stored;
    },
    views,
    share(name, bytes) {
      const uniqueId = crypto.randomUUID().toUpperCase();
      const path = `/download/${uniqueId}?tempauth=short-lived`;
      files.set(path, bytes);
      return { name, uniqueId, downloadUrl: `${origin}${path}` };
    },
    install: (key, by) => change(key, true, by),
    uninstall: (key, by) => change(key, false, by),
    block: (key, blocked = true) => {
      tenant.place(key).blocked = blocked;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return teams;
}

/** The channel that every team has. */
export function generalOf(team: Team): Conversation {
  const [general] = team.channels;
  if (!general) throw new Error(`the team ${team.name} has no channel`);
  return general;
}

/** The key of what a person's client shows in place of a message. */
export const viewKey = (person: Person, place: Conversation, message: string): string =>
  `${person.key} ${place.id} ${message}`;
