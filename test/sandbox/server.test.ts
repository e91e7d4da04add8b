import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { movableClock, systemClock } from '../../src/clock.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { appSeed, call, startAlone, workspace } from './bench.ts';

/** A request with headers that `fetch` would not let pass. */
function ask(url: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sent = request(url, { method, headers }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  });
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

test('the page, its scripts without types and its library come with a strict policy', async () => {
  const sandbox = await startAlone();
  const page = await fetch(sandbox.url);
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self' 'sha256-/);
  expect(await page.text()).toContain('<!doctype html>');
  const script = await fetch(new URL('/page/main.ts', sandbox.url));
  expect(script.headers.get('content-type')).toContain('text/javascript');
  expect(await script.text()).not.toContain('import type');
  const library = await (await fetch(new URL('/page/vendor/lit-html.js', sandbox.url))).text();
  expect(library).not.toContain('dev mode');
});

test.each(['/page/../index.ts', '/page/%2e%2e/index.ts', '/page/vendor/..%2f..%2fzod/index.js', '/page/none.ts', '/x'])(
  'not served: %s',
  async (path) => {
    const sandbox = await startAlone();
    expect(await ask(sandbox.url.slice(0, -1) + path, {})).toBe(404);
  },
);

test('other names for this machine and other sites get nothing', async () => {
  const sandbox = await startAlone();
  const state = `${sandbox.url}sandbox/state?user=U0ADA`;
  expect(await ask(state, {})).toBe(200);
  expect(await ask(state, { host: 'evil.example' })).toBe(403);
  expect(await ask(`${sandbox.apiUrl}auth.test`, { host: 'evil.example' }, 'POST')).toBe(403);
  expect(await ask(state, { origin: 'http://evil.example' })).toBe(403);
  expect(await ask(state, { 'sec-fetch-site': 'cross-site' })).toBe(403);
  const act = JSON.stringify({ user: 'U0ADA', act: { do: 'openHome' } });
  const post = (headers: Record<string, string>) => ask(`${sandbox.url}sandbox/act`, headers, 'POST', act);
  expect(await post({ 'content-type': 'application/json', origin: sandbox.url.slice(0, -1) })).toBe(200);
  expect(await post({ 'content-type': 'text/plain' })).toBe(415);
  expect(await post({ 'content-type': 'application/json', origin: 'null' })).toBe(403);
});

test('only loopback', async () => {
  const log = pino({ level: 'silent' });
  const options = { port: 0, clock: movableClock(), workspace, app: appSeed, log, host: '0.0.0.0' };
  await expect(startSandbox(options)).rejects.toThrow('loopback only');
});

test('people, events and a wrong act', async () => {
  const sandbox = await startAlone();
  const people = JSON.parse(await (await fetch(`${sandbox.url}sandbox/people`)).text());
  expect(people).toMatchObject([{ id: 'U0ADA', isAdmin: true }, { id: 'U0BEN' }, { id: 'U0GUS', isGuest: true }]);
  const stream = await fetch(`${sandbox.url}sandbox/events?user=U0BEN`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read();
  await call(sandbox, 'chat.postEphemeral', { channel: 'C0SALES', user: 'U0ADA', text: 'not for Ben' });
  await sandbox.act('U0ADA', { do: 'say', channel: 'C0SALES', text: 'for Ben' });
  const event = (await reader?.read())?.value ?? '';
  expect(JSON.parse(event.replace(/^data: /, ''))).toMatchObject({ type: 'message', message: { text: 'for Ben' } });
  await reader?.cancel();
  const wrong = await fetch(`${sandbox.url}sandbox/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'U0ADA', act: { do: 'dance' } }),
  });
  expect(wrong.status).toBe(400);
});

test('messages, homes, settings and the clock outlive a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const stateFile = join(folder, 'deep', 'state.json');
  const log = pino({ level: 'silent' });
  const first = await startSandbox({ port: 0, clock: movableClock(), workspace, app: appSeed, log, stateFile });
  await first.act('U0ADA', { do: 'say', channel: 'C0SALES', text: 'remember' });
  await call(first, 'chat.postMessage', { channel: 'U0BEN', text: 'psst' });
  await call(first, 'views.publish', { user_id: 'U0ADA', view: { type: 'home', blocks: [{ type: 'divider' }] } });
  await first.act('U0ADA', { do: 'settings', timeZone: 'Europe/Paris' });
  await first.act('U0ADA', { do: 'moveClock', minutes: 1440 });
  await first.close();
  const clock = movableClock();
  const second = await startAlone({ clock, stateFile });
  const snapshot = second.snapshot('U0ADA');
  expect(snapshot).toMatchObject({ me: { timeZone: 'Europe/Paris' }, home: { blocks: [{ type: 'divider' }] } });
  expect(snapshot.messages.map((each) => each.text)).toEqual(['remember']);
  expect(second.snapshot('U0BEN').messages.map((each) => each.text)).toEqual(['remember', 'psst']);
  expect(systemClock.now().until(clock.now()).total('hours')).toBeCloseTo(24, 1);
});

test('a state file that cannot be read is put aside', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const stateFile = join(folder, 'state.json');
  await writeFile(stateFile, '{"version":1,');
  const sandbox = await startAlone({ stateFile });
  expect(sandbox.snapshot('U0ADA').messages).toEqual([]);
  expect(await readFile(`${stateFile}.unread`, 'utf8')).toBe('{"version":1,');
});
