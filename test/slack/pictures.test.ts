import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Card, Chart } from '../../src/chat/card.ts';
import { makeCalls } from '../../src/chat/slack/calls.ts';
import { picturesStore } from '../../src/chat/slack/index.ts';
import { slackPictures } from '../../src/chat/slack/pictures.ts';
import { Work } from '../../src/chat/work.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { chartCard, type Desk, openDesk } from './desk.ts';

const to = { workspace: 'T0ACME', conversation: 'C0SALES' };
const words = 'Coverage\nCoverage by week\nCore: 80% on 17 Nov, 90% on 24 Nov.';
const shownWords = ['Coverage by week', 'Core: 80% on 17 Nov, 90% on 24 Nov.'];

const uploads = (sandbox: Sandbox) =>
  sandbox.calls.filter(({ method }) => method === 'files.completeUploadExternal').length;
const messages = (sandbox: Sandbox, user = 'U0WANG') => sandbox.snapshot(user).messages;
const image = (sandbox: Sandbox, at = 0) =>
  messages(sandbox)[at]?.blocks.find((block) => (block as { type: string }).type === 'image');
const reasons = ({ lines }: Desk) => lines.flatMap(({ reason }) => (typeof reason === 'string' ? [reason] : []));

/** A chart that no other test has uploaded. */
const another = (alternative: string): Card => ({
  ...chartCard,
  body: chartCard.body.map((part) => (part.kind === 'chart' ? { ...part, alternative } : part)),
});

describe('a chart in a message', () => {
  test('is a picture that Slack has as a file, with its words for who does not see it', async () => {
    const { slack, sandbox } = await openDesk();
    expect(await slack.sender.post(to, chartCard, 'm')).toMatchObject({ sent: true });
    expect(messages(sandbox)).toMatchObject([{ text: words }]);
    expect(image(sandbox)).toMatchObject({
      alt_text: 'Core: 80% on 17 Nov, 90% on 24 Nov.',
      title: { type: 'plain_text', text: 'Coverage by week' },
      slack_file: { id: expect.stringMatching(/^F/) },
    });
    const announced = sandbox.calls.find(({ method }) => method === 'files.getUploadURLExternal');
    expect(announced?.args).toMatchObject({ alt_txt: 'Core: 80% on 17 Nov, 90% on 24 Nov.' });
    // The file belongs to no channel but by its message.
    expect(sandbox.calls.find(({ method }) => method === 'files.completeUploadExternal')?.args).not.toHaveProperty(
      'channel_id',
    );
  });

  test('is uploaded once, however often it is posted and redrawn', async () => {
    const { slack, sandbox } = await openDesk();
    const [one, two] = await Promise.all([
      slack.sender.post(to, chartCard, '1'),
      slack.sender.post(to, chartCard, '2'),
    ]);
    if (!one.sent || !two.sent) throw new Error('not sent');
    await slack.sender.update({ ...to, message: one.message }, { ...chartCard, title: 'Later' });
    expect(uploads(sandbox)).toBe(1);
    expect(image(sandbox, 0)).toMatchObject({ slack_file: (image(sandbox, 1) as { slack_file: object }).slack_file });
  });

  test('is drawn anew when a figure has changed', async () => {
    const { slack, sandbox } = await openDesk();
    const sent = await slack.sender.post(to, chartCard, '1');
    if (!sent.sent) throw new Error('not sent');
    const before = image(sandbox);
    await slack.sender.update({ ...to, message: sent.message }, another('Core: 80% on 17 Nov, 91% on 24 Nov.'));
    expect(uploads(sandbox)).toBe(2);
    expect(image(sandbox)).not.toEqual(before);
  });
});

describe('a picture that does not get to Slack', () => {
  const refusals: [string, string, (desk: Desk) => void][] = [
    [
      'without the scope',
      'missing_scope',
      ({ sandbox }) => sandbox.failNext('files.getUploadURLExternal', 'missing_scope'),
    ],
    [
      'where files are not allowed',
      'file_uploads_disabled',
      ({ sandbox }) => sandbox.failNext('files.getUploadURLExternal', 'file_uploads_disabled'),
    ],
    [
      'that Slack loses',
      'file_not_found',
      ({ sandbox }) => sandbox.failNext('files.completeUploadExternal', 'file_not_found'),
    ],
    ['that may not be looked at', 'missing_scope', ({ sandbox }) => sandbox.failNext('files.info', 'missing_scope')],
    [
      'that is not painted',
      'not_painted',
      (desk) => {
        desk.next.paint = async () => {
          throw new Error('out of paint');
        };
      },
    ],
    [
      'of another size than announced',
      'upload_http_400',
      (desk) => {
        desk.next.paint = async () => Object.defineProperty(new Uint8Array(10), 'length', { value: 11 });
      },
    ],
  ];
  test.each(refusals)('%s: the words go at once, and it is not tried again for a while', async (_, reason, spoil) => {
    const desk = await openDesk();
    spoil(desk);
    const { slack, sandbox, clock } = desk;
    expect(await slack.sender.post(to, chartCard, 'm')).toMatchObject({ sent: true });
    expect(messages(sandbox)).toMatchObject([{ text: words }]);
    expect(image(sandbox)).toBeUndefined();
    for (const said of shownWords) expect(JSON.stringify(messages(sandbox)[0]?.blocks)).toContain(said);
    expect(reasons(desk)).toContain(reason);
    expect(JSON.stringify(desk.lines)).not.toContain('Coverage');

    delete desk.next.paint;
    const asked = sandbox.calls.length;
    await slack.sender.post(to, chartCard, 'm2');
    expect(sandbox.calls.slice(asked).map(({ method }) => method)).toEqual(['chat.postMessage']);
    await clock.advance({ minutes: 11 });
    await slack.sender.post(to, chartCard, 'm3');
    expect(image(sandbox, 2)).toBeDefined();
  });

  test('because Slack is busy for a moment is brought a moment later', async () => {
    const { slack, sandbox } = await openDesk();
    sandbox.rateLimitNext('files.getUploadURLExternal', 1);
    expect(await slack.sender.post(to, chartCard, 'm')).toMatchObject({ sent: true });
    expect(image(sandbox)).toBeDefined();
    expect(uploads(sandbox)).toBe(1);
  });

  test('is forgotten when Slack will not show it: the words go, and the next time it is uploaded anew', async () => {
    const { slack, sandbox, pictures } = await openDesk();
    sandbox.failNext('chat.postMessage', 'invalid_blocks');
    expect(await slack.sender.post(to, chartCard, 'm')).toMatchObject({ sent: true });
    expect(messages(sandbox)).toHaveLength(1);
    expect(JSON.stringify(messages(sandbox)[0]?.blocks)).toContain('Core: 80%');
    expect(image(sandbox)).toBeUndefined();
    expect(pictures.size).toBe(0);
    await slack.sender.post(to, chartCard, 'm2');
    expect(image(sandbox, 1)).toBeDefined();
    expect(uploads(sandbox)).toBe(2);
  });
});

describe('a chart that one person asked for', () => {
  test('is words where only they see it, for nobody can be shown a file that way', async () => {
    const { sandbox } = await openDesk();
    await sandbox.act('U0WANG', { do: 'command', channel: 'C0SALES', text: '/kam chart' });
    const [message] = messages(sandbox);
    expect(message).toMatchObject({ ephemeral: true, text: words });
    expect(JSON.stringify(message?.blocks)).toContain('Core: 80%');
    expect(image(sandbox)).toBeUndefined();
  });

  test('is a picture in what stays, redrawn too', async () => {
    const { slack, sandbox } = await openDesk();
    const sent = await slack.sender.post({ ...to, conversation: 'U0WANG' }, another('first'), 'm');
    if (!sent.sent) throw new Error('not sent');
    const place = { in: 'message', channel: sent.conversation, ts: sent.message } as const;
    const blocks = messages(sandbox)[0]?.blocks as { type: string; block_id: string; elements?: object[] }[];
    const row = blocks.find(({ type }) => type === 'actions');
    const action = { ...row?.elements?.[0], block_id: row?.block_id };
    expect(await sandbox.act('U0WANG', { do: 'press', place, action })).toEqual({ ok: true });
    await expect.poll(() => messages(sandbox)[0]?.text).toContain('Coverage anew');
    expect(image(sandbox)).toMatchObject({ alt_text: 'Core: 80% on 17 Nov, 90% on 24 Nov.' });
  });
});

describe('pictures that are remembered', () => {
  let at: TestDatabase;
  let database: Database;
  const [organizationId, workspaceId, elsewhere] = [1, 2, 3].map((n) => `01900000-0000-7000-8000-00000000000${n}`) as [
    string,
    string,
    string,
  ];
  const log = pino({ level: 'silent' });

  beforeAll(async () => {
    at = await createTestDatabase();
    database = openDatabase(at.url, { log });
    await database.prisma.organization.create({ data: { id: organizationId, name: 'Example' } });
    for (const id of [workspaceId, elsewhere]) {
      await database.prisma.workspace.create({
        data: { organizationId, id, platform: 'slack', externalId: id, name: 'Example' },
      });
    }
  });
  afterAll(async () => {
    await database.close();
    await at.drop();
  });

  /** One process of the bot; another one knows nothing of what it has in its memory. */
  function start({ sandbox, clock }: Desk, workspace = workspaceId) {
    const work = new Work();
    const store = picturesStore(database, { organizationId, workspaceId: workspace });
    const paint = async () => new Uint8Array(1_000);
    const { background: call } = makeCalls('xoxb-kam', sandbox.apiUrl, log);
    return { work, store, ...slackPictures({ call, apiUrl: sandbox.apiUrl, paint, store, work, clock, log }) };
  }
  const fileOf = (shown: ReadonlyMap<Chart, string> | null) => [...(shown?.values() ?? [])][0];

  test('a bot that is killed between picture and post uploads nothing twice', async () => {
    const desk = await openDesk();
    const card = another('killed between picture and post');
    const first = fileOf(await start(desk).of(card));
    expect(first).toMatch(/^F/);
    expect(fileOf(await start(desk).of(card))).toBe(first);
    expect(uploads(desk.sandbox)).toBe(1);
    expect(fileOf(await start(desk, elsewhere).of(card))).not.toBe(first);
  });

  test('a message does not wait long for one; a bot that stops meanwhile goes on with the same file', async () => {
    const desk = await openDesk('http', { fileProcessing: 600_000 });
    const card = another('not looked at yet');
    const stopping = start(desk);
    expect(await stopping.of(card, 500)).toBeNull();
    await stopping.work.finish();
    expect(fileOf(await stopping.of(card, 500))).toBeUndefined();
    const next = start(desk);
    const coming = next.of(card, 20_000);
    await desk.clock.advance({ minutes: 11 });
    expect(fileOf(await coming)).toMatch(/^F/);
    expect(uploads(desk.sandbox)).toBe(1);
  });

  test('two processes that upload at once agree on one file', async () => {
    const desk = await openDesk();
    const card = another('at once');
    const files = (await Promise.all([start(desk).of(card), start(desk).of(card)])).map(fileOf);
    expect(files[0]).toBe(files[1]);
  });

  test('a forgotten one is uploaded anew', async () => {
    const desk = await openDesk();
    const card = another('forgotten');
    const { of, forget } = start(desk);
    const shown = await of(card);
    await forget(shown ?? new Map());
    expect(fileOf(await of(card))).not.toBe(fileOf(shown));
  });
});
