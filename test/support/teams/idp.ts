import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CloudEnvironment, PUBLIC, withOverrides } from '@microsoft/teams.api';

/** Making a pair takes a tenth of a second, and one of each is enough for a whole file. */
const pair = () => generateKeyPairSync('rsa', { modulusLength: 2_048 });
const ours = pair();
let theirs: ReturnType<typeof pair> | undefined;
const kid = 'idp-key-1';

/** Seconds; what a token says about time is counted from now. */
const now = () => Math.floor(Date.now() / 1_000);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What a token says; a claim that is `undefined` is left out. */
export type Claims = Record<string, unknown>;

/** How a token is signed, where it is not as it should be. */
export interface Signing {
  alg?: 'RS256' | 'none' | 'HS256';
  /** `undefined` leaves it out. */
  kid?: string | undefined;
  by?: 'ours' | 'another';
}

/** Kinds of tokens that must not open the door; each differs from a good one in one thing. */
export type Forgery = keyof typeof forgeries;

const forgeries = {
  garbage: () => 'garbage',
  'three garbled parts': () => 'a.b.c',
  'not signed (alg none)': (idp) => idp.token({}, { alg: 'none' }),
  'signed with the public key (HS256)': (idp) => idp.token({}, { alg: 'HS256' }),
  'signed with another key under the same id': (idp) => idp.token({}, { by: 'another' }),
  'signed with a key of an unknown id': (idp) => idp.token({}, { by: 'another', kid: randomUUID() }),
  'signed with a key of no id': (idp) => idp.token({}, { kid: undefined }),
  'changed after it was signed': (idp) => {
    const [head, , signature] = idp.token().split('.');
    return [head, idp.token({ sub: 'somebody else' }).split('.')[1], signature].join('.');
  },
  'expired ten minutes ago': (idp) => idp.token({ exp: now() - 600 }),
  'good only in ten minutes': (idp) => idp.token({ nbf: now() + 600 }),
  'that never expires': (idp) => idp.token({ exp: undefined }),
  'for another bot': (idp) => idp.token({ aud: randomUUID() }),
  'of another issuer': (idp) => idp.token({ iss: 'https://api.botframework.example' }),
  'of no issuer': (idp) => idp.token({ iss: undefined }),
  'for no service': (idp) => idp.token({ serviceurl: undefined }),
  'for another service': (idp) => idp.token({ serviceurl: 'https://smba.trafficmanager.net/elsewhere/' }),
  'that an app of the tenant gets from Entra': (idp) =>
    idp.token({ iss: `${idp.loginEndpoint}/${idp.tenantId}/v2.0`, tid: idp.tenantId, serviceurl: undefined }),
  'that an app gets from Entra’s first version': (idp) =>
    idp.token({ iss: `https://sts.windows.net/${idp.tenantId}/`, tid: idp.tenantId, serviceurl: undefined }),
  'of Entra whose tenant is a path': (idp) =>
    idp.token({ iss: `${idp.loginEndpoint}/${idp.tenantId}/v2.0`, tid: '../any/path?x=', serviceurl: undefined }),
} satisfies Record<string, (idp: IdentityProvider) => string>;

/** The names of all forgeries, for a table. */
export const everyForgery = Object.keys(forgeries) as Forgery[];

/** Microsoft's two identity providers on loopback: who signs what Teams sends, and who hands the bot its own tokens. */
export interface IdentityProvider {
  readonly url: string;
  readonly botId: string;
  readonly tenantId: string;
  readonly loginEndpoint: string;
  /** The public cloud, with its identity providers here. */
  readonly cloud: CloudEnvironment;
  /** The path of every request, in order. */
  readonly asked: readonly string[];
  /** How often the signing keys were fetched. */
  keyFetches(): number;
  /** A token as Teams sends it with an activity; claims replace those it would have. */
  token(claims?: Claims, signing?: Signing): string;
  forge(kind: Forgery): string;
  /** For the SDK's option `token`: asks here, as the bot would ask Microsoft, and keeps the answer for an hour. */
  readonly botToken: (scope: string | string[], tenantId?: string) => Promise<string>;
  /** Whether a request with this header is the bot's, for the connector's side. */
  isBots(authorization: string | undefined): boolean;
  /** The next requests of that many are answered with this status instead. */
  failNext(status: number, times?: number): void;
  close(): Promise<void>;
}

/**
 * Opens one; `serviceUrl` is what its tokens are good for when a test does not say otherwise, `endorsements` the channels
 * that its key may speak for.
 */
export async function openIdentityProvider(
  options: { botId?: string; tenantId?: string; serviceUrl?: string; endorsements?: string[] } = {},
): Promise<IdentityProvider> {
  const {
    botId = 'b0700000-0000-4000-8000-000000000001',
    tenantId = '7e7a0000-0000-4000-8000-000000000001',
    serviceUrl = 'https://smba.trafficmanager.net/teams/',
    endorsements = ['msteams'],
  } = options;
  const asked: string[] = [];
  const issued = new Set<string>();
  const failures: number[] = [];
  const jwk = { ...ours.publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256', endorsements };

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    request.resume();
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const failure = failures.shift();
    if (failure !== undefined) answer(failure, { error: 'failed on purpose' });
    else if (path.endsWith('/keys')) answer(200, { keys: [jwk] });
    else if (path.endsWith('/openidconfiguration'))
      answer(200, { issuer: PUBLIC.tokenIssuer, jwks_uri: `${url}/v1/.well-known/keys` });
    else if (request.method === 'POST' && path.endsWith('/oauth2/v2.0/token')) {
      const token = idp.token({
        iss: `${url}/${tenantId}/v2.0`,
        aud: PUBLIC.tokenIssuer,
        appid: botId,
        jti: randomUUID(),
      });
      issued.add(token);
      answer(200, { token_type: 'Bearer', expires_in: 3_600, access_token: token });
    } else answer(404, {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  let botsToken: Promise<string> | undefined;
  const idp: IdentityProvider = {
    url,
    botId,
    tenantId,
    loginEndpoint: url,
    cloud: withOverrides(PUBLIC, {
      openIdMetadataUrl: `${url}/v1/.well-known/openidconfiguration`,
      loginEndpoint: url,
    }),
    asked,
    keyFetches: () => asked.filter((path) => path.endsWith('/keys')).length,
    token(claims = {}, signing = {}) {
      const { alg = 'RS256', by = 'ours' } = signing;
      const head = part({ alg, typ: 'JWT', kid: 'kid' in signing ? signing.kid : kid });
      const times = { nbf: now() - 60, exp: now() + 3_600 };
      const said = `${head}.${part({ iss: PUBLIC.tokenIssuer, aud: botId, serviceurl: serviceUrl, ...times, ...claims })}`;
      return `${said}.${signatureOf(said, alg, by)}`;
    },
    forge: (kind) => forgeries[kind](idp),
    botToken: () => {
      botsToken ??= askForToken(`${url}/${tenantId}/oauth2/v2.0/token`, botId).catch((error: unknown) => {
        botsToken = undefined;
        throw error;
      });
      return botsToken;
    },
    isBots: (authorization) => issued.has(authorization?.replace(/^Bearer /, '') ?? ''),
    failNext: (status, times = 1) => void failures.push(...Array<number>(times).fill(status)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return idp;
}

function signatureOf(said: string, alg: string, by: Signing['by']): string {
  if (alg === 'none') return '';
  if (alg === 'HS256') return createHmac('sha256', publicPem()).update(said).digest('base64url');
  return sign('RSA-SHA256', Buffer.from(said), privateKey(by)).toString('base64url');
}

function privateKey(by: Signing['by']): KeyObject {
  if (by !== 'another') return ours.privateKey;
  theirs ??= pair();
  return theirs.privateKey;
}

const publicPem = () => createPublicKey(ours.privateKey).export({ type: 'spki', format: 'pem' });

async function askForToken(address: string, botId: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: botId, client_secret: 'a secret' });
  const response = await fetch(address, { method: 'POST', body });
  if (!response.ok) throw new Error(`no token: ${response.status}`);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}
