import { createServer } from 'node:http';
import { Temporal } from 'temporal-polyfill';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { movableClock, systemClock } from '../src/clock.ts';
import { type Config, ConfigError, readConfig } from '../src/config.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import { examineClock } from '../src/doctor/finding.ts';
import { compareScopes } from '../src/doctor/slack.ts';
import { lineFor, runDoctor } from '../src/doctor.ts';
import { createLog } from '../src/log.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './support/database.ts';
import { temporaryFolder } from './support/folder.ts';

const tools = { clock: systemClock, log: createLog('silent'), nodeVersion: '24.21.0' };
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function linesOf(config: Config | ConfigError, using = tools): Promise<string[]> {
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
  ]);
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
