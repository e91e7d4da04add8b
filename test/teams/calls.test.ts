import { MessageActivityInput } from '@microsoft/teams.api';
import { expect, test } from 'vitest';
import { type Connector, type Fault, faultOf, type Where } from '../../src/chat/teams/calls.ts';
import { type Answer, openService, type Service } from './service.ts';

const conversation = '19:abc@thread.tacv2;messageid=1481567603816';
const card = () => new MessageActivityInput(undefined, { summary: 'A visit' });
const where = ({ serviceUrl }: Service): Where => ({ serviceUrl, conversation });
const ok: Answer = { status: 201, body: { id: '1:m' } };
const sorry = (status: number, code?: string, headers = {}): Answer => ({
  status,
  headers,
  body: code === undefined ? '<html>' : { error: { code, message: 'with a customer in it' } },
});

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const page of pages) seen.push(page);
  return seen;
}

/** What became of a call that must fail. */
async function fault(call: Promise<unknown>): Promise<Fault> {
  return call.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => {
      expect(JSON.stringify([error, String(error)])).not.toMatch(/customer|bots-token/);
      return faultOf(error);
    },
  );
}

test('each call has its path, carries the bot’s token, and reads its answer', async () => {
  const service = await openService([
    ok,
    { status: 200, body: { id: '1:m' } },
    { status: 201, body: { id: '1:t' } },
    { status: 201, body: { id: 'a:direct', activityId: '' } },
    {
      status: 200,
      body: { id: '29:ada', name: 'Ada', objectId: 'aad-ada', userRole: 'user', tenantId: 't', email: '' },
    },
    {
      status: 200,
      body: {
        conversations: [
          { id: 'team', name: null },
          { id: '19:x', name: '销售', type: 'standard' },
        ],
      },
    },
  ]);
  const { interactive } = service.connectors;
  expect(await interactive.post(where(service), card())).toEqual({ id: '1:m' });
  await interactive.update(where(service), '1:m', card());
  expect(await interactive.postTargeted(where(service), '29:ada', card())).toEqual({ id: '1:t' });
  const who = { serviceUrl: service.serviceUrl, tenantId: 't', userAadId: 'aad-ada' };
  expect(await interactive.openDirect(who)).toBe('a:direct');
  expect(await interactive.member(where(service), '29:ada')).toEqual({
    id: '29:ada',
    aadObjectId: 'aad-ada',
    name: 'Ada',
    givenName: null,
    surname: null,
    email: null,
    userPrincipalName: null,
    tenantId: 't',
    userRole: 'user',
  });
  expect(await interactive.channels(service.serviceUrl, '19:team@thread.tacv2')).toEqual([
    { id: 'team', name: null },
    { id: '19:x', name: '销售' },
  ]);
  const base = `/teams/v3/conversations/${conversation}`;
  expect(service.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `POST ${base}/activities`,
    `PUT ${base}/activities/1:m`,
    `POST ${base}/activities?isTargetedActivity=true`,
    'POST /teams/v3/conversations',
    `GET ${base}/members/29:ada`,
    'GET /teams/v3/teams/19:team@thread.tacv2/conversations',
  ]);
  expect(new Set(service.asked.map((each) => each.authorization))).toEqual(new Set(['Bearer bots-token']));
  expect(service.asked[0]?.body).toMatchObject({ type: 'message', summary: 'A visit' });
  expect(service.asked[2]?.body).toMatchObject({ recipient: { id: '29:ada' } });
  expect(service.asked[3]?.body).toMatchObject({ members: [{ id: 'aad-ada' }], tenantId: 't' });
});

test('everyone in a conversation comes in pages, and the next is asked for when it is wanted', async () => {
  const page = (id: string, continuationToken?: string): Answer => ({
    status: 200,
    body: { members: [{ id, aadObjectId: id }], continuationToken },
  });
  const service = await openService([page('29:a', 'next page'), page('29:b', 'last'), page('29:c', '')]);
  const pages = service.connectors.background.members(where(service))[Symbol.asyncIterator]();
  expect((await pages.next()).value).toMatchObject([{ id: '29:a' }]);
  expect(service.asked).toHaveLength(1);
  expect((await pages.next()).value).toMatchObject([{ id: '29:b' }]);
  expect((await pages.next()).value).toMatchObject([{ id: '29:c' }]);
  expect((await pages.next()).done).toBe(true);
  expect(service.asked[1]?.path).toContain('pagedMembers?pageSize=500&continuationToken=next+page');
});

test('a page that names itself as the next is the last', async () => {
  const page: Answer = { status: 200, body: { members: [], continuationToken: 'again' } };
  const service = await openService([page]);
  const pages = await all(service.connectors.background.members(where(service)));
  expect(pages).toHaveLength(2);
});

test.each<[string, Answer]>([
  ['accepted without an id', { status: 202, body: {} }],
  ['answered with nothing', { status: 201, body: '' }],
])('a message %s was posted', async (_, answer) => {
  const service = await openService([answer]);
  expect(await service.connectors.background.post(where(service), card())).toEqual({ id: null });
});

test.each<[string, Answer, Fault]>([
  ['403 with a word', sorry(403, 'ForbiddenOperation'), { fault: 'refused', code: 'ForbiddenOperation', status: 403 }],
  ['403 without', sorry(403), { fault: 'refused', code: 'http_403', status: 403 }],
  ['404', sorry(404, 'ConversationNotFound'), { fault: 'refused', code: 'ConversationNotFound', status: 404 }],
  ['413', sorry(413, 'MessageSizeTooBig'), { fault: 'refused', code: 'MessageSizeTooBig', status: 413 }],
  ['400 with a sentence for a word', sorry(400, 'a customer!'), { fault: 'refused', code: 'http_400', status: 400 }],
  ['401', sorry(401, 'Unauthorized'), { fault: 'refused', code: 'Unauthorized', status: 401 }],
  ['429', sorry(429, 'TooManyRequests'), { fault: 'later', ms: 30_000, code: 'TooManyRequests' }],
  ['429 for seven seconds', sorry(429, 'Slow', { 'retry-after': '7' }), { fault: 'later', ms: 7_000, code: 'Slow' }],
  ['429 for no time', sorry(429, 'Slow', { 'retry-after': '0' }), { fault: 'later', ms: 1_000, code: 'Slow' }],
  ['412', sorry(412, 'PreconditionFailed'), { fault: 'later', ms: 2_000, code: 'PreconditionFailed' }],
  ['500', sorry(500), { fault: 'later', ms: 5_000, code: 'http_500' }],
  ['502', sorry(502), { fault: 'later', ms: 5_000, code: 'http_502' }],
  ['503', sorry(503, 'ServiceUnavailable'), { fault: 'later', ms: 5_000, code: 'ServiceUnavailable' }],
  ['504', sorry(504), { fault: 'later', ms: 5_000, code: 'http_504' }],
  ['a connection that ends', 'cut', { fault: 'later', ms: 5_000, code: 'unreachable' }],
  [
    'success in no JSON',
    { status: 201, body: '<html>' },
    { fault: 'refused', code: 'unreadable_answer', status: null },
  ],
  [
    'a way to elsewhere',
    sorry(302, undefined, { location: '/x' }),
    { fault: 'refused', code: 'http_302', status: 302 },
  ],
])('in the background %s is one attempt', async (_, answer, expected) => {
  const service = await openService([answer]);
  expect(await fault(service.connectors.background.post(where(service), card()))).toEqual(expected);
  expect(service.asked).toHaveLength(1);
  expect(service.pauses).toEqual([]);
});

test.each<[string, (connector: Connector, service: Service) => Promise<unknown>]>([
  ['a member', (connector, service) => connector.member(where(service), '29:ada')],
  ['members', (connector, service) => all(connector.members(where(service)))],
  ['channels', (connector, service) => connector.channels(service.serviceUrl, 'team')],
  [
    'a conversation',
    (connector, { serviceUrl }) => connector.openDirect({ serviceUrl, tenantId: 't', userAadId: 'a' }),
  ],
])('%s in another shape than Teams’ is refused, not half read', async (_, call) => {
  for (const body of [
    { members: 'a customer' },
    { conversations: {} },
    [],
    '<html>',
    '"a customer"',
    'null',
    '{"id":7}',
  ]) {
    const service = await openService([{ status: 200, body }]);
    expect(await fault(call(service.connectors.background, service))).toMatchObject({ code: 'unreadable_answer' });
  }
});

test.each<[string, Answer[], number[]]>([
  ['429 with a time', [sorry(429, 'Slow', { 'retry-after': '1' }), ok], [1_000]],
  ['429 with a date', [sorry(429, 'Slow', { 'retry-after': 'Mon, 21 Sep 2026 14:13:22 GMT' }), ok], [2_000]],
  ['429 without', [sorry(429), sorry(429), ok], [200, 400]],
  ['412', [sorry(412), ok], [200]],
  ['503', [sorry(503), ok], [200]],
])('while a person waits, %s is sat out', async (_, answers, pauses) => {
  const service = await openService(answers);
  service.now = Date.UTC(2026, 8, 21, 14, 13, 20);
  expect(await service.connectors.interactive.post(where(service), card())).toEqual({ id: '1:m' });
  expect(service.pauses).toEqual(pauses);
  expect(new Set(service.asked.map((each) => JSON.stringify(each)))).toHaveProperty('size', 1);
});

test.each<[string, Answer, number]>([
  ['as often as is worth it', sorry(429), 3],
  ['not when Teams wants more time than there is', sorry(429, 'Slow', { 'retry-after': '3' }), 1],
  ['not when it may have been done', sorry(502), 1],
  ['nor when the gateway gave up', sorry(504), 1],
  ['nor when Teams says no', sorry(403, 'ForbiddenOperation'), 1],
])('while a person waits, a message is tried again %s', async (_, answer, attempts) => {
  const service = await openService([answer]);
  await fault(service.connectors.interactive.post(where(service), card()));
  expect(service.asked).toHaveLength(attempts);
});

test('what is the same when done twice is tried again after a gateway’s fault', async () => {
  const service = await openService([sorry(502), sorry(504), { status: 200, body: { id: '1:m' } }]);
  await service.connectors.interactive.update(where(service), '1:m', card());
  expect(service.asked).toHaveLength(3);
});

test.each(['interactive', 'background'] as const)(
  '%s: a service that does not answer is not waited for',
  async (way) => {
    const service = await openService(['hang', ok], { patience: { interactive: 1_000, background: 1_000 } });
    const call = service.connectors[way].post(where(service), card());
    const behind = service.connectors[way].post(where(service), card());
    const expected = { fault: 'later', ms: 5_000, code: 'timeout' };
    expect([await fault(call), await fault(behind)]).toEqual([expected, expected]);
    // What waited behind it was not sent late, and what comes now waits for neither.
    expect(service.asked).toHaveLength(1);
    expect(await service.connectors[way].post(where(service), card())).toEqual({ id: '1:m' });
  },
);

test('an answer that stops in the middle, and tokens that do not come, end as soon', async () => {
  const { promise: never } = Promise.withResolvers<string>();
  const patience = { interactive: 60, background: 60 };
  const service = await openService([{ status: 201, headers: { 'content-length': '99' }, body: '{"id":' }], {
    patience,
  });
  expect(await fault(service.connectors.interactive.post(where(service), card()))).toMatchObject({ code: 'timeout' });
  let token = never;
  const tokenless = await openService([ok], {
    patience: { interactive: 500, background: 500 },
    tokens: { getAppToken: () => token },
  });
  expect(await fault(tokenless.connectors.interactive.post(where(tokenless), card()))).toMatchObject({
    code: 'timeout',
  });
  expect(tokenless.asked).toEqual([]);
  token = Promise.resolve('bots-token');
  expect(await tokenless.connectors.interactive.post(where(tokenless), card())).toEqual({ id: '1:m' });
});

test('without a token nothing is sent, and it is tried again in a while', async () => {
  const getAppToken = () => Promise.reject(new Error('AADSTS7000222: the secret of a customer has expired'));
  const service = await openService([ok], { tokens: { getAppToken } });
  const call = service.connectors.background.post(where(service), card());
  expect(await fault(call)).toEqual({ fault: 'later', ms: 60_000, code: 'no_token' });
  expect(service.asked).toEqual([]);
});

test('nobody there: later', async () => {
  const { connectors } = await openService([ok]);
  const call = connectors.background.post({ serviceUrl: 'http://127.0.0.1:1/', conversation }, card());
  expect(await fault(call)).toEqual({ fault: 'later', ms: 5_000, code: 'unreachable' });
});

test.each<[string, Partial<Where>, string]>([
  ['a service that is none of Teams’', { serviceUrl: 'https://attacker.example/' }, 'service_not_allowed'],
  ['a conversation that is a path', { conversation: 'c;messageid=1/../../y?z' }, 'id_not_allowed'],
  ['no conversation', { conversation: '' }, 'id_not_allowed'],
])('to %s the bot’s token does not go', async (_, elsewhere, code) => {
  const service = await openService([ok]);
  const to = { ...where(service), ...elsewhere };
  for (const call of [
    (connector: Connector) => connector.post(to, card()),
    (connector: Connector) => connector.update(to, '1:m', card()),
    (connector: Connector) => connector.postTargeted(to, '29:ada', card()),
    (connector: Connector) => connector.member(to, '29:ada'),
    (connector: Connector) => all(connector.members(to)),
  ]) {
    expect(await fault(call(service.connectors.interactive))).toEqual({ fault: 'refused', code, status: null });
  }
  expect(service.asked).toEqual([]);
});

test('the ids of messages, users and teams are no paths either', async () => {
  const service = await openService([ok]);
  const { interactive } = service.connectors;
  for (const call of [
    interactive.update(where(service), '..', card()),
    interactive.member(where(service), 'a/b'),
    interactive.channels(service.serviceUrl, '../conversations'),
  ])
    expect(await fault(call)).toMatchObject({ code: 'id_not_allowed' });
  expect(service.asked).toEqual([]);
});

test('in a conversation one message goes after the other, and a failure stops none', async () => {
  const service = await openService([sorry(403), ok, { status: 201, body: { id: '2:m' } }]);
  const { background } = service.connectors;
  const post = (summary: string) => background.post(where(service), new MessageActivityInput(undefined, { summary }));
  const results = await Promise.allSettled([post('first'), post('second'), post('third')]);
  expect(results.map((each) => (each.status === 'fulfilled' ? each.value.id : each.status))).toEqual([
    'rejected',
    '1:m',
    '2:m',
  ]);
  expect(service.asked.map(({ body }) => body)).toMatchObject([
    { summary: 'first' },
    { summary: 'second' },
    { summary: 'third' },
  ]);
});

test('what comes in the background shares one budget, and what a person waits for does not draw on it', async () => {
  const service = await openService([ok]);
  const to = (name: string) => ({ serviceUrl: service.serviceUrl, conversation: `19:${name}` });
  const { background, interactive } = service.connectors;
  await Promise.all(['a', 'b', 'c'].map((name) => interactive.post(to(name), card())));
  expect(service.pauses).toEqual([]);
  await Promise.all(['a', 'b', 'c'].map((name) => background.post(to(name), card())));
  expect(service.pauses).toHaveLength(2);
});

test('a background message that hangs holds up no person', async () => {
  const service = await openService(['hang', ok]);
  const slow = fault(service.connectors.background.post(where(service), card()));
  await expect.poll(() => service.asked.length).toBe(1);
  expect(await service.connectors.interactive.post(where(service), card())).toEqual({ id: '1:m' });
  expect(await Promise.race([slow, 'still waiting'])).toBe('still waiting');
});

test('what is none of a call’s faults is thrown', () => {
  expect(() => faultOf(new TypeError('ours'))).toThrow('ours');
});
