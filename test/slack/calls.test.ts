import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { Gesture } from '../../src/chat/gesture.ts';
import { makeCalls } from '../../src/chat/slack/calls.ts';
import { readWorkspace, SlackRefused } from '../../src/chat/slack/index.ts';
import { isSlacks } from '../../src/chat/slack/respond.ts';
import { slackSender } from '../../src/chat/slack/send.ts';
import { openDesk } from './desk.ts';

const log = pino({ level: 'silent' });
const to = { workspace: 'T0ACME', conversation: 'C0SALES' };
const noPictures = { of: async () => new Map(), forget: async () => undefined };
const card = { title: 'A card', body: [{ kind: 'words', words: 'words' }] } as const;

test('the token’s workspace, with the scopes that were granted', async () => {
  const { slack } = await openDesk();
  expect(slack.identity).toMatchObject({ teamId: 'T0ACME', teamName: 'Acme', botUserId: 'U0KAM' });
  expect(slack.identity.scopes).toContain('chat:write');
});

test('a token that Slack refuses is said in a sentence, without the token', async () => {
  const { sandbox } = await openDesk();
  const refused = readWorkspace({ botToken: 'xoxb-wrong', apiUrl: sandbox.apiUrl, log });
  await expect(refused).rejects.toThrow(SlackRefused);
  await expect(refused).rejects.toThrow(/^Slack does not accept SLACK_BOT_TOKEN \(invalid_auth\)\. Copy/);
  await expect(refused).rejects.not.toThrow('xoxb');
});

test('a Slack out of reach at the start is waited for', async () => {
  const { sandbox } = await openDesk();
  sandbox.rateLimitNext('auth.test', 1);
  const lines: string[] = [];
  const noting = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const found = await readWorkspace({ botToken: 'xoxb-kam', apiUrl: sandbox.apiUrl, log: noting });
  expect(found.teamId).toBe('T0ACME');
  expect(lines.filter((line) => line.includes('Slack is out of reach; trying again'))).toHaveLength(1);
  sandbox.failNext('auth.test', 'internal_error');
  const once = readWorkspace({ botToken: 'xoxb-kam', apiUrl: sandbox.apiUrl, log, attempts: 1 });
  await expect(once).rejects.toThrow('Slack could not be asked (internal_error)');
});

test('a message is posted, found again and redrawn', async () => {
  const { slack, sandbox } = await openDesk();
  const sent = await slack.sender.post(to, card, 'visit-announced:1');
  if (!sent.sent) throw new Error('not sent');
  expect(sent.conversation).toBe('C0SALES');
  const changed = { ...card, title: 'Another' };
  expect(await slack.sender.update({ ...to, message: sent.message }, changed)).toEqual(sent);
  const [message] = sandbox.snapshot('U0WANG').messages;
  expect(message).toMatchObject({ ts: sent.message, text: 'Another\nwords', edited: true });
  expect(JSON.stringify(sandbox.calls)).toContain('visit-announced:1');
});

test.each([
  ['is_archived', { never: true }],
  ['channel_not_found', { never: true }],
  ['not_in_channel', { never: true }],
  ['account_inactive', { never: true }],
  ['user_not_found', { never: true }],
  ['cannot_dm_bot', { never: true }],
  ['something_new', { never: true }],
  ['internal_error', { later: 5_000 }],
  ['service_unavailable', { later: 5_000 }],
  ['token_revoked', { later: 60_000, everyone: true }],
  ['invalid_auth', { later: 60_000, everyone: true }],
])('%s decides what becomes of a message', async (error, what) => {
  const { slack, sandbox } = await openDesk();
  sandbox.failNext('chat.postMessage', error);
  expect(await slack.sender.post(to, card, 'm')).toEqual({ sent: false, reason: error, ...what });
});

test('Slack’s pace is obeyed, and one call is one call', async () => {
  const { slack, sandbox } = await openDesk();
  sandbox.rateLimitNext('chat.postMessage', 7);
  expect(await slack.sender.post(to, card, 'm')).toEqual({
    sent: false,
    later: 7_000,
    reason: 'ratelimited',
    everyone: true,
  });
  expect(sandbox.calls.filter((each) => each.method === 'chat.postMessage')).toHaveLength(1);
});

test('when Slack does not like the blocks, the words go alone', async () => {
  const { slack, sandbox } = await openDesk();
  sandbox.failNext('chat.postMessage', 'invalid_blocks');
  expect(await slack.sender.post(to, card, 'm')).toMatchObject({ sent: true });
  expect(sandbox.snapshot('U0WANG').messages).toEqual([expect.objectContaining({ text: 'A card\nwords', blocks: [] })]);
});

test.each([500, 429, 200])(
  'a server that answers %i and no JSON is tried again later or never, never thrown',
  async (status) => {
    const server = createServer((_, response) => void response.writeHead(status).end('<html>')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const result = await slackSender(makeCalls('xoxb-kam', apiUrl, log).background, noPictures).post(to, card, 'm');
    expect(result.sent).toBe(false);
  },
);

test('nobody there: later', async () => {
  const { background } = makeCalls('xoxb-kam', 'http://127.0.0.1:1/api/', log);
  expect(await slackSender(background, noPictures).post(to, card, 'm')).toEqual({
    sent: false,
    later: 5_000,
    reason: 'unreachable',
  });
});

test('a file is read with the bot’s token, and not beyond its limit', async () => {
  const desk = await openDesk();
  const text = 'name,city\nAcme,Bristol\n';
  const up = await desk.sandbox.act('U0ADA', {
    do: 'upload',
    name: 'a.csv',
    base64: Buffer.from(text).toString('base64'),
  });
  const id = 'file' in up ? String(up.file?.id) : '';
  await desk.sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/kam quiet' });
  const [gesture] = desk.gestures as [Gesture];
  expect(Buffer.from(await gesture.file(id, 1_000)).toString()).toBe(text);
  await expect(gesture.file(id, 5)).rejects.toThrow('more than 5');
  await expect(gesture.file('F0GONE', 5)).rejects.toThrow();
});

test('a user whom Slack does not know is nobody', async () => {
  const desk = await openDesk();
  await desk.sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/kam quiet' });
  const [gesture] = desk.gestures as [Gesture];
  expect(await gesture.profile('U0GONE')).toBeNull();
  expect(await gesture.profile('U0WANG')).toMatchObject({ name: '王芳', locale: 'zh-CN', outsider: false });
});

test.each([
  ['https://hooks.slack.com/commands/1', true],
  ['https://files.slack.com/a', true],
  ['https://slack.com/a', true],
  ['http://127.0.0.1:9/response/1', true],
  ['http://hooks.slack.com/a', false],
  ['https://slack.com.evil.example/a', false],
  ['https://evilslack.com/a', false],
  ['http://127.0.0.1:10/a', false],
  ['file:///etc/passwd', false],
  ['nonsense', false],
])('%s is Slack’s: %s', (address, expected) => {
  expect(isSlacks(address, 'http://127.0.0.1:9/api/')).toBe(expected);
});
