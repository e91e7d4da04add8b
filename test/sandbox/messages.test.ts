import { expect, test } from 'vitest';
import { appSeed, call, startAlone, startBench } from './bench.ts';

const post = { channel: 'C0SALES', text: 'Hello' };

test.each<[string, string, object, string]>([
  ['a channel that is not there', 'chat.postMessage', { ...post, channel: 'C0NONE' }, 'channel_not_found'],
  ['a channel without the app', 'chat.postMessage', { ...post, channel: 'C0LUNCH' }, 'not_in_channel'],
  ['a private channel without the app', 'chat.postMessage', { ...post, channel: 'C0BOARD' }, 'channel_not_found'],
  ['an archived channel', 'chat.postMessage', { ...post, channel: 'C0PAST' }, 'is_archived'],
  ['nothing to say', 'chat.postMessage', { channel: 'C0SALES' }, 'no_text'],
  ['text past 40,000', 'chat.postMessage', { ...post, text: 'x'.repeat(40_001) }, 'msg_too_long'],
  ['blocks that are no list', 'chat.postMessage', { ...post, blocks: '{}' }, 'invalid_blocks_format'],
  ['a thread that is not there', 'chat.postMessage', { ...post, thread_ts: '1.000000' }, 'thread_not_found'],
  ['an update of nothing', 'chat.update', { ...post, ts: '1.000000' }, 'message_not_found'],
  ['a person who is not there', 'chat.postEphemeral', { ...post, user: 'U0NONE' }, 'user_not_found'],
  ['a person outside the channel', 'chat.postEphemeral', { ...post, user: 'U0GUS' }, 'user_not_in_channel'],
  ['a person to look up', 'users.info', { user: 'U0NONE' }, 'user_not_found'],
  ['a missing argument', 'chat.postMessage', { text: 'x' }, 'invalid_arguments'],
])('refused: %s', async (_, method, args, error) => {
  const sandbox = await startAlone();
  expect((await call(sandbox, method, args as Record<string, unknown>)).body).toMatchObject({ ok: false, error });
});

test('invalid blocks come back with the reason and the place', async () => {
  const sandbox = await startAlone();
  const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }];
  expect((await call(sandbox, 'chat.postMessage', { ...post, blocks })).body).toEqual({
    ok: false,
    error: 'invalid_blocks',
    errors: ['must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
    response_metadata: { messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'] },
  });
  const text = { type: 'mrkdwn', text: 'x'.repeat(2900) };
  const long = Array.from({ length: 5 }, () => ({ type: 'section', text }));
  expect((await call(sandbox, 'chat.postMessage', { ...post, blocks: long })).body.error).toBe('msg_blocks_too_long');
});

test('a post, its update, its permalink and its end', async () => {
  const sandbox = await startAlone();
  const posted = await call(sandbox, 'chat.postMessage', { ...post, metadata: { event_type: 'a', event_payload: {} } });
  const { ts } = posted.body as { ts: string };
  expect(posted.body.message).toMatchObject({ bot_id: 'B0BOT', user: 'U0BOT', metadata: { event_type: 'a' } });
  const link = await call(sandbox, 'chat.getPermalink', { channel: 'C0SALES', message_ts: ts });
  expect(link.body.permalink).toBe(`https://acme.slack.com/archives/C0SALES/p${ts.replace('.', '')}`);
  const long = { channel: 'C0SALES', ts, text: 'x'.repeat(4001) };
  expect((await call(sandbox, 'chat.update', long)).body.error).toBe('msg_too_long');
  await call(sandbox, 'chat.update', { channel: 'C0SALES', ts, text: 'Changed' });
  expect(sandbox.snapshot('U0BEN').messages).toMatchObject([{ ts, text: 'Changed', edited: true }]);
  await call(sandbox, 'chat.delete', { channel: 'C0SALES', ts });
  expect(sandbox.snapshot('U0BEN').messages).toEqual([]);
});

test("a person's message cannot be changed by the app", async () => {
  const sandbox = await startAlone();
  const said = await sandbox.act('U0BEN', { do: 'say', channel: 'C0SALES', text: 'mine' });
  const ts = said.ok ? said.ts : '';
  expect((await call(sandbox, 'chat.update', { ...post, ts })).body.error).toBe('cant_update_message');
  expect((await call(sandbox, 'chat.delete', { ...post, ts })).body.error).toBe('cant_delete_message');
});

test('a post to a person is a direct message that nobody else sees', async () => {
  const sandbox = await startAlone();
  const posted = await call(sandbox, 'chat.postMessage', { channel: 'U0BEN', text: 'psst' });
  expect(posted.body.channel).toBe('D0BEN');
  expect(sandbox.snapshot('U0BEN').messages.map((each) => each.text)).toEqual(['psst']);
  expect(sandbox.snapshot('U0ADA').messages).toEqual([]);
});

test('an ephemeral message is seen by its person only, and is out of reach of chat.update', async () => {
  const sandbox = await startAlone();
  const posted = await call(sandbox, 'chat.postEphemeral', { ...post, user: 'U0BEN' });
  expect(sandbox.snapshot('U0BEN').messages).toMatchObject([{ text: 'Hello', ephemeral: true }]);
  expect(sandbox.snapshot('U0ADA').messages).toEqual([]);
  const update = await call(sandbox, 'chat.update', { ...post, ts: posted.body.message_ts });
  expect(update.body.error).toBe('message_not_found');
});

test('timestamps are unique and grow, also when the clock is set back', async () => {
  const sandbox = await startAlone({ rateLimits: { messageBurst: Number.POSITIVE_INFINITY } });
  const stamps: number[] = [];
  for (let index = 0; index < 20; index += 1) {
    if (index === 10) await sandbox.clock.set(sandbox.clock.now().subtract({ hours: 1 }));
    const posted = await call(sandbox, 'chat.postMessage', post);
    stamps.push(Number(posted.body.ts));
  }
  expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
});

test('pings are found in what is posted', async () => {
  const sandbox = await startAlone();
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'for <@U0BEN> &lt;!channel&gt;' } }];
  await call(sandbox, 'chat.postMessage', { ...post, blocks });
  await call(sandbox, 'chat.postMessage', { ...post, text: '<!here> &lt;@U0ADA&gt;' });
  expect(sandbox.snapshot('U0ADA').messages.map((each) => each.pings)).toEqual([['U0BEN'], ['here']]);
});

test('one message per second and channel after a burst; other channels are free', async () => {
  const sandbox = await startAlone({ rateLimits: { messageBurst: 2 } });
  const statuses: number[] = [];
  let wait: string | null = null;
  for (let index = 0; index < 3; index += 1) {
    const posted = await call(sandbox, 'chat.postMessage', post);
    statuses.push(posted.status);
    wait = posted.headers.get('retry-after');
  }
  expect(statuses).toEqual([200, 200, 429]);
  expect(wait).toBe('1');
  expect((await call(sandbox, 'chat.postMessage', { ...post, channel: 'U0BEN' })).status).toBe(200);
});

test('tiers, and refusals and failures on demand', async () => {
  const sandbox = await startAlone();
  const statuses: number[] = [];
  for (let index = 0; index < 21; index += 1) statuses.push((await call(sandbox, 'users.list')).status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  sandbox.rateLimitNext('auth.test', 7, 2);
  const first = await call(sandbox, 'auth.test');
  expect([first.status, first.headers.get('retry-after'), first.body.error]).toEqual([429, '7', 'ratelimited']);
  expect((await call(sandbox, 'auth.test')).status).toBe(429);
  sandbox.failNext('auth.test', 'fatal_error');
  expect((await call(sandbox, 'auth.test')).body).toEqual({ ok: false, error: 'fatal_error' });
  expect((await call(sandbox, 'auth.test')).body.ok).toBe(true);
});

test('people as users.info shows them', async () => {
  const sandbox = await startAlone();
  const ada = await call(sandbox, 'users.info', { user: 'U0ADA', include_locale: true });
  expect(ada.body.user).toMatchObject({
    tz: 'Asia/Shanghai',
    tz_offset: 28_800,
    locale: 'zh-CN',
    is_admin: true,
    is_restricted: false,
    profile: { email: 'ada@acme.example' },
  });
  expect((await call(sandbox, 'users.info', { user: 'U0GUS' })).body.user).toMatchObject({ is_restricted: true });
  const scopes = appSeed.scopes.filter((scope) => scope !== 'users:read.email');
  const blind = await startAlone({ app: { ...appSeed, scopes } });
  const unseen = await call(blind, 'users.info', { user: 'U0ADA' });
  expect(unseen.body).not.toHaveProperty('user.profile.email');
  expect(unseen.body).not.toHaveProperty('user.locale');
});

test('lists are read page by page', async () => {
  const sandbox = await startAlone();
  const ids: string[] = [];
  let cursor = '';
  do {
    const answer = await call(sandbox, 'users.list', { limit: 3, cursor });
    const { members, response_metadata: meta } = answer.body as {
      members: { id: string }[];
      response_metadata: { next_cursor: string };
    };
    ids.push(...members.map((each) => each.id));
    cursor = meta.next_cursor;
  } while (cursor !== '');
  expect(ids).toEqual(['U0ADA', 'U0BEN', 'U0GUS', 'U0BOT']);
  const channels = await call(sandbox, 'conversations.list', { types: 'public_channel', exclude_archived: true });
  expect(channels.body.channels).toMatchObject([
    { id: 'C0SALES', is_member: true },
    { id: 'C0LUNCH', is_member: false },
  ]);
});

test('the web client of the SDK: urlencoded calls and an upload', async () => {
  const { sandbox, app } = await startBench();
  const uploaded = await app.client.filesUploadV2({
    channel_id: 'C0SALES',
    filename: 'visits.csv',
    content: 'a,b\n1,2\n',
    initial_comment: 'Export',
  });
  expect(uploaded.ok).toBe(true);
  const [message] = sandbox.snapshot('U0BEN').messages;
  expect(message).toMatchObject({ text: 'Export', files: [{ name: 'visits.csv', size: 8, mimetype: 'text/csv' }] });
  const id = message?.files?.[0]?.id ?? '';
  const { file } = await app.client.files.info({ file: id });
  const address = file?.url_private_download ?? '';
  const mine = await fetch(address, { headers: { authorization: `Bearer ${appSeed.botToken}` } });
  expect(await mine.text()).toBe('a,b\n1,2\n');
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(302);
});
