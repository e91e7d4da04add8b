import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import autocannon from 'autocannon';
import { type IdentityProvider, openIdentityProvider } from '../../test/support/teams/idp.ts';
import { people } from './company.ts';
import type { Round } from './load.ts';

/** As much of Teams' connector as answering words needs, at the least cost. */
export interface LocalTeams {
  idp: IdentityProvider;
  serviceUrl: string;
  /** How many messages it has taken. */
  posts(): number;
  /** The last message. */
  last(): string;
  close(): Promise<void>;
}

const seeds = [...people.values()];
const uuidOf = (key: string) => {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export async function openLocalTeams(): Promise<LocalTeams> {
  let [posts, last] = [0, ''];
  const rosters = new Map(
    seeds.map(({ id, real_name: name, profile: { email } }) => [
      uuidOf(id),
      { id: `29:${id}`, aadObjectId: uuidOf(id), name, email, userPrincipalName: email, userRole: 'user' },
    ]),
  );
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const member = /\/members\/([^/?]+)/.exec(request.url ?? '')?.[1];
      let answer = JSON.stringify(rosters.get(decodeURIComponent(member ?? '')) ?? {});
      if (member === undefined) {
        posts += 1;
        last = Buffer.concat(chunks).toString();
        answer = `{"id":"${posts}"}`;
      }
      response.writeHead(member === undefined ? 201 : 200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(answer),
      });
      response.end(answer);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/emea/`;
  const idp = await openIdentityProvider({ serviceUrl });
  return {
    idp,
    serviceUrl,
    posts: () => posts,
    last: () => last,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await idp.close();
    },
  };
}

/** Words as Teams brings them, said by the company's people in turn, each in their own chat. */
function activityOf({ idp, serviceUrl }: LocalTeams, text: string, index: number): string {
  const { id, real_name: name } = seeds[index % seeds.length] ?? { id: '', real_name: '' };
  return JSON.stringify({
    type: 'message',
    id: String(process.hrtime.bigint()),
    channelId: 'msteams',
    serviceUrl,
    text,
    textFormat: 'plain',
    timestamp: new Date().toISOString(),
    localTimezone: 'Europe/Berlin',
    locale: 'en-GB',
    from: { id: `29:${id}`, aadObjectId: uuidOf(id), name },
    recipient: { id: `28:${idp.botId}`, name: 'KAM' },
    conversation: { conversationType: 'personal', tenantId: idp.tenantId, id: `a:1${uuidOf(`chat ${id}`)}` },
    channelData: { tenant: { id: idp.tenantId } },
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/Berlin' }],
  });
}

/** Says words over some connections, for some seconds or so many times. Throws when an answer is no 200. */
export async function say(
  teams: LocalTeams,
  options: { url: string; text: string; connections: number; until: { seconds: number } | { requests: number } },
): Promise<Round> {
  const { url, text, connections, until } = options;
  const headers = { authorization: `Bearer ${teams.idp.token()}`, 'content-type': 'application/json' };
  let index = 0;
  const result = await autocannon({
    url,
    connections,
    method: 'POST',
    ...('seconds' in until ? { duration: until.seconds } : { amount: until.requests }),
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => ({
          ...request,
          headers: { ...request.headers, ...headers },
          body: activityOf(teams, text, index++),
        }),
      },
    ],
  });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${result.non2xx} answers were no 200, ${result.errors} requests failed`);
  return { perSecond: result.requests.total / result.duration, p99: result.latency.p99 };
}
