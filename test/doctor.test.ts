import { createServer } from 'node:http';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { movableClock, systemClock } from '../src/clock.ts';
import { type Config, ConfigError, readConfig } from '../src/config.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import { type DoctorTools, examineClock } from '../src/doctor/finding.ts';
import { examineLinks } from '../src/doctor/links.ts';
import { compareScopes } from '../src/doctor/slack.ts';
import { lineFor, runDoctor } from '../src/doctor.ts';
import { createLog } from '../src/log.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './support/database.ts';
import { temporaryFolder } from './support/folder.ts';

const tools = { clock: systemClock, log: createLog('silent'), nodeVersion: '24.21.0' };
let database: TestDatabase;

// One for all of them: the doctor looks, and changes nothing.
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function linesOf(config: Config | ConfigError, using: DoctorTools = tools): Promise<string[]> {
  return (await runDoctor(config, using)).map(lineFor);
}

type Answer = { status?: number; headers?: Record<string, string>; body: object | string };

/** A server that answers as Slack's Web API does, per method. */
async function slackThat(answers: Record<string, Answer>): Promise<string> {
  const server = createServer((request, response) => {
    const method = (request.url ?? '').replace('/api/', '');
    const { status = 200, headers = {}, body } = answers[method] ?? { status: 404, body: '' };
    response.writeHead(request.headers.authorization?.startsWith('Bearer x') ? status : 401, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/`;
}

const http = (api: string) =>
  readConfig({
    DATABASE_URL: database.url,
    SLACK_API_URL: api,
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 'abc',
  });

test('a sound sandbox', async () => {
  expect(await linesOf(readConfig({ DATABASE_URL: database.url }))).toEqual([
    'ok    node          Node 24.21.0.',
    'ok    configuration Complete.',
    expect.stringMatching(/^ok {4}database {6}PostgreSQL \d+\.\d+.* answers\.$/),
    "ok    clock         This machine's clock agrees with the database server's.",
    'ok    migrations    All are applied.',
    'note  slack         No workspace is connected: the sandbox opens instead.',
    'note  teams         No tenant is connected.',
    expect.stringMatching(
      /^note {2}links {9}Nothing signs links to customers and files, so none are made\. Set LINK_SECRET/,
    ),
  ]);
});

const secret = 'x'.repeat(32);
test.each<[string, NodeJS.ProcessEnv, RegExp]>([
  [
    'the secret beside the embedded database',
    {},
    /^ok {4}links {9}Links to customers and files are signed with the secret beside/,
  ],
  ['a secret of its own', { DATABASE_URL: 'set', LINK_SECRET: secret }, /^ok {4}links {9}Links .* with LINK_SECRET\.$/],
  [
    'a workspace, whose customers are elsewhere',
    { DATABASE_URL: 'set', LINK_SECRET: secret, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'abc' },
    /^note {2}links {9}Links to customers and files open on this machine only\. Set PUBLIC_URL/,
  ],
])('links: %s', (_, env, line) => {
  const config = readConfig({ ...env, ...(env.DATABASE_URL ? { DATABASE_URL: database.url } : {}) });
  const [found] = examineLinks(config).map(lineFor);
  expect(found).toMatch(line);
  expect(found).not.toContain(secret);
});

test('an old Node and a wrong configuration, all of it, with the mends', async () => {
  const config = new ConfigError([
    { variable: 'PORT', problem: 'It is not a port.', mend: 'Set a number.' },
    { variable: 'HOST', problem: 'It is not a host.', mend: 'Set a name.' },
  ]);
  expect(await linesOf(config, { ...tools, nodeVersion: '20.20.2' })).toEqual([
    expect.stringMatching(/^fault node {10}Node 20\.20\.2 runs this, 24 is needed\. Start with npm/),
    'fault configuration PORT: It is not a port. Set a number.',
    'fault configuration HOST: It is not a host. Set a name.',
  ]);
});

test('a connected workspace', async () => {
  const api = await slackThat({
    'auth.test': { body: { ok: true, team: 'Acme', bot_id: 'B1' } },
    'apps.connections.open': { body: { ok: true } },
  });
  const socket = { ...http(api), slack: { mode: 'socket' as const, botToken: 'xoxb-1', appToken: 'xapp-1' } };
  const lines = await linesOf(socket);
  expect(lines).toContain('ok    slack         The bot is known in the workspace Acme.');
  expect(lines).toContain('ok    slack         Socket Mode may connect.');
  expect(lines).toContain("ok    clock         This machine's clock agrees with Slack's.");
  expect(lines.filter((line) => line.startsWith('fault'))).toEqual([]);
});

test.each<[string, Answer, RegExp]>([
  ['a wrong token', { body: { ok: false, error: 'invalid_auth' } }, /refused: invalid_auth\. Copy the Bot User/],
  ['an unknown refusal', { body: { ok: false, error: 'new_word' } }, /refused: new_word\. Look this word up/],
  ["a person's token", { body: { ok: true, team: 'Acme' } }, /not the token of a bot/],
  ['something that is not Slack', { status: 502, body: '<html>' }, /answers 502, but not as Slack does/],
  [
    'missing scopes',
    { headers: { 'x-oauth-scopes': 'identify' }, body: { ok: true, bot_id: 'B1' } },
    /The token lacks .*commands.*App Manifest/,
  ],
])('%s', async (_, answer, line) => {
  const api = await slackThat({ 'auth.test': answer });
  const lines = await linesOf(http(api));
  expect(lines.filter((text) => text.startsWith('fault'))).toEqual([expect.stringMatching(line)]);
});

test('an app token that is refused, and a Slack that cannot be reached', async () => {
  const api = await slackThat({
    'auth.test': { body: { ok: true, bot_id: 'B1' } },
    'apps.connections.open': { body: { ok: false, error: 'not_allowed_token_type' } },
  });
  const slack = { mode: 'socket' as const, botToken: 'xoxb-1', appToken: 'xapp-1' };
  expect(await linesOf({ ...http(api), slack })).toContainEqual(
    expect.stringMatching(/^fault slack .*SLACK_APP_TOKEN is refused: not_allowed_token_type\. Turn Socket Mode on/),
  );
  expect(await linesOf(http('http://127.0.0.1:1/api/'))).toContainEqual(
    expect.stringMatching(/^fault slack .*cannot be reached.*proxy, firewall/),
  );
});

const registration = {
  TEAMS_CLIENT_ID: 'b0700000-0000-4000-8000-000000000001',
  TEAMS_CLIENT_SECRET: 'the-secret~itself',
  TEAMS_TENANT_ID: '7e7a0000-0000-4000-8000-000000000001',
};
const inTeams = (more: NodeJS.ProcessEnv = {}) =>
  readConfig({ DATABASE_URL: database.url, ...registration, TEAMS_ADMINISTRATORS: 'ada@example.com', ...more });

/** A login that answers as Microsoft's does, to the bot's registration and to nobody else. */
async function loginThat({ status = 200, headers = {}, body }: Answer): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const asked = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const { TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET, TEAMS_TENANT_ID } = registration;
    const rightly =
      request.url === `/${TEAMS_TENANT_ID}/oauth2/v2.0/token` &&
      asked.client_id === TEAMS_CLIENT_ID &&
      asked.client_secret === TEAMS_CLIENT_SECRET &&
      asked.grant_type === 'client_credentials' &&
      asked.scope === 'https://api.botframework.com/.default';
    response.writeHead(rightly ? status : 404, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const aToken = { body: { token_type: 'Bearer', expires_in: 3_599, access_token: 'the-token~itself' } };
const aRefusal = (code?: number, error = 'invalid_client'): Answer => ({
  status: 401,
  body: {
    error,
    error_description: 'AADSTS: the-secret~itself',
    ...(code === undefined ? {} : { error_codes: [code] }),
  },
});

test('a connected tenant', async () => {
  const teamsLogin = await loginThat(aToken);
  const lines = await linesOf(inTeams(), { ...tools, teamsLogin });
  expect(lines.slice(-4, -1)).toEqual([
    'note  slack         No workspace is connected.',
    'ok    teams         Microsoft accepts the credentials of the bot.',
    "ok    clock         This machine's clock agrees with Microsoft's.",
  ]);
});

test.each<[string, Answer, RegExp]>([
  ['a wrong secret', aRefusal(7000215), /AADSTS7000215\. Copy the value, not the id/],
  ['a secret that has expired', aRefusal(7000222), /AADSTS7000222\. The secret has expired/],
  ['an app of another tenant', aRefusal(700016, 'unauthorized_client'), /AADSTS700016\. .*this tenant has no such app/],
  ['a tenant that there is not', aRefusal(90002, 'invalid_request'), /AADSTS90002\. .*TEAMS_TENANT_ID/],
  ['an app that is disabled', aRefusal(7000112, 'unauthorized_client'), /AADSTS7000112\. The app is disabled/],
  ['another refusal', aRefusal(53003), /AADSTS53003\. Look this word up/],
  ['a refusal without a number', aRefusal(undefined), /bot: invalid_client\. Look this word up/],
  ['a refusal without a word', aRefusal(undefined, 'the-secret~itself, it says'), /bot: unknown_error\./],
  [
    'something that is not Microsoft',
    { status: 502, body: '<html>' },
    /answers 502, but not as Microsoft does\. .*proxy/,
  ],
  [
    'a redirect',
    { status: 302, headers: { location: '/elsewhere' }, body: '' },
    /cannot be reached: .*proxy, firewall/,
  ],
])('a tenant: %s', async (_, answer, line) => {
  const lines = await linesOf(inTeams(), { ...tools, teamsLogin: await loginThat(answer) });
  expect(lines.filter((text) => text.startsWith('fault'))).toEqual([expect.stringMatching(line)]);
  expect(lines.join()).not.toContain('~itself');
});

test('a login that cannot be reached', async () => {
  const lines = await linesOf(inTeams(), { ...tools, teamsLogin: 'http://127.0.0.1:1' });
  expect(lines).toContainEqual(expect.stringMatching(/^fault teams .*cannot be reached.*proxy, firewall/));
});

test('a tenant in which nobody may set the bot up, unless a workspace has somebody', async () => {
  const teamsLogin = await loginThat(aToken);
  const api = await slackThat({ 'auth.test': { body: { ok: true, bot_id: 'B1' } } });
  const nobody =
    'note  teams         Nobody may run setup: TEAMS_ADMINISTRATORS names nobody. Set the e-mail addresses of who may.';
  expect(await linesOf(inTeams({ TEAMS_ADMINISTRATORS: '' }), { ...tools, teamsLogin })).toContain(nobody);
  const both = { ...http(api), teams: inTeams({ TEAMS_ADMINISTRATORS: '' }).teams };
  expect(await linesOf(both, { ...tools, teamsLogin })).not.toContain(nobody);
});

test('Teams without authentication is asked nothing', async () => {
  const teams = { authentication: 'none', tenantId: 'local', administrators: [], port: 0 } as const;
  expect(await linesOf({ ...inTeams(), teams })).toContain(
    'note  teams         Nobody has to prove who they are: for trying out, on this machine only.',
  );
});

test('a clock that differs from Microsoft’s', async () => {
  const clock = movableClock();
  await clock.advance({ minutes: -5 });
  const lines = await linesOf(inTeams(), { ...tools, clock, teamsLogin: await loginThat(aToken) });
  expect(lines).toContainEqual(expect.stringMatching(/^fault clock .*and Microsoft's differ by (299|30\d) s\./));
});

test('clocks that differ, on both sides', async () => {
  const api = await slackThat({ 'auth.test': { body: { ok: true, bot_id: 'B1' } } });
  const clock = movableClock();
  await clock.advance({ minutes: 5 });
  const lines = (await linesOf(http(api), { ...tools, clock })).filter((line) => line.startsWith('fault clock'));
  expect(lines).toEqual([
    expect.stringMatching(/and the database server's differ by (299|30\d) s\. Set both by a time server/),
    expect.stringMatching(/and Slack's differ by (299|30\d) s\./),
  ]);
});

test.each([
  ['2026-11-23T08:00:01Z', 'ok'],
  ['2026-11-23T07:59:00Z', 'ok'],
  ['2026-11-23T07:58:59Z', 'fault'],
  ['2026-11-23T08:01:05Z', 'ok'],
  ['2026-11-23T08:01:06Z', 'fault'],
])('asked at 8:00:00, answered %s at 8:00:05: %s', (theirs, state) => {
  const at = (text: string) => Temporal.Instant.from(text);
  const asked = at('2026-11-23T08:00:00Z');
  expect(examineClock('clock', 'x', at(theirs), asked, at('2026-11-23T08:00:05Z')).state).toBe(state);
});

test.each([
  ['chat:write,commands,extra', 'ok'],
  ['commands, chat:write', 'ok'],
  ['commands', 'fault'],
  ['', 'fault'],
])('scopes "%s": %s', (header, state) => {
  expect(compareScopes(header, ['commands', 'chat:write'], 'manifest').state).toBe(state);
});

test('a database that is not migrated, or is ahead', async () => {
  const empty = await createEmptyDatabase();
  onTestFinished(() => empty.drop());
  expect(await linesOf(readConfig({ DATABASE_URL: empty.url }))).toContainEqual(
    expect.stringMatching(/^note {2}migrations {4}The next start applies \d+_init/),
  );
});

test('a database that cannot be reached, without its password', async () => {
  const lines = await linesOf(readConfig({ DATABASE_URL: 'postgresql://kam:pa55word@127.0.0.1:1/kam' }));
  expect(lines).toContainEqual(
    expect.stringMatching(/^fault database {6}The database cannot be reached: .*ECONNREFUSED/),
  );
  expect(lines.join()).not.toContain('pa55word');
});

test('the embedded server: no data yet, then data, which it leaves as they were', async () => {
  const dataDir = await temporaryFolder();
  const config = readConfig({ DATA_DIR: dataDir });
  expect(await linesOf(config)).toContainEqual(expect.stringMatching(/^note {2}database .*first start makes them/));
  const server = await startEmbedded({ dataDir, log: tools.log });
  const whileItRuns = await linesOf(config);
  await server.stop();
  const whileItRests = await linesOf(config);
  for (const lines of [whileItRuns, whileItRests])
    expect(lines).toContainEqual(expect.stringMatching(/^ok {4}database/));
});
