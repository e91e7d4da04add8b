import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { linkFor, monday, open, previewOf, send } from './asked.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ now: monday });
}, 60_000);
afterAll(() => world.close());

const surveys = () =>
  world.bot.database.prisma.survey.findMany({ orderBy: { createdAt: 'desc' }, include: { scores: true } });
const newest = async () => (await surveys())[0];
const told = async () =>
  (await world.bot.database.prisma.outbox.findMany({ where: { key: { startsWith: 'survey-' } } })).length;

describe('what every answer says', () => {
  test('nobody keeps it, finds it, frames it or is told of it; only our own style is in it', async () => {
    const { status, headers, html } = await open(await linkFor(world, 'Rheintal Chemie Sabine Roth'));
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    );
    expect(html).not.toMatch(/<script|onclick|javascript:|https?:/i);
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('our company and how they are addressed, and nothing else that we know', async () => {
    const { html } = await open(await linkFor(world, 'Rheintal Chemie Sabine Roth'));
    expect(html).toContain('Kestrel Instruments');
    expect(html).toContain('Dear Sabine Roth,');
    for (const secret of ['Rheintal', 'Anna', 'Buyer', 'Adler', 'RTC', 'Ludwigshafen'])
      expect(html).not.toContain(secret);
  });
});

describe('a link that is no good reads alike', () => {
  const gone = async (link: string) => {
    const { status, html } = await open(link);
    return { status, html };
  };

  test('tampered, cut, unknown, expired, taken back, replaced: one page, which says what to do', async () => {
    const link = await linkFor(world, 'Rheintal Chemie Klaus Adler', '1');
    const at = link.length - 30;
    const tampered = `${link.slice(0, at)}${link[at] === '0' ? '1' : '0'}${link.slice(at + 1)}`;
    const unknown = await gone(`${world.bot.webAddress}/s/nothing`);
    expect(unknown.status).toBe(404);
    expect(unknown.html).toContain('Please ask the person who sent it to you for a new one');
    expect(unknown.html).toContain('请向发给您链接的人要一个新的');
    expect(await gone(tampered)).toEqual(unknown);
    expect(await gone(link.slice(0, -1))).toEqual(unknown);
    expect(await gone(`${link}/more`)).toEqual(unknown);
    expect(await gone(link.replace('/s/', '/d/'))).toEqual(unknown);
    const other = await linkFor(world, 'Rheintal Chemie Klaus Adler', '1');
    expect(await gone(link)).toEqual(unknown);
    expect((await open(other)).status).toBe(200);
    await world.clock.advance({ hours: 25 });
    expect(await gone(other)).toEqual(unknown);
    expect((await send(other, { recommend: '9' })).status).toBe(404);
    expect(await newest()).toMatchObject({ state: 'asked', recommend: null });
  });

  test('answered, and then replaced: what was said stays, and is not changed by the old link any more', async () => {
    const link = await linkFor(world, 'Rheintal Chemie Klaus Adler');
    expect((await send(link, { Product: '5' })).status).toBe(303);
    const answered = await newest();
    await linkFor(world, 'Rheintal Chemie Klaus Adler');
    const body = new URLSearchParams({ do: 'answer', version: '1', recommend: '0' });
    expect((await open(link, { method: 'POST', body })).status).toBe(404);
    expect((await open(link)).status).toBe(404);
    const all = await surveys();
    expect(all.find(({ id }) => id === answered?.id)).toMatchObject({ state: 'answered', recommend: null, version: 1 });
  });

  test('one that is cut or changed answers nothing either', async () => {
    const link = await linkFor(world, 'Rheintal Chemie Sabine Roth');
    const body = new URLSearchParams({ do: 'answer', version: '1', recommend: '9' });
    expect(
      (await open(`${link.slice(0, -2)}${link.endsWith('00') ? '01' : '00'}`, { method: 'POST', body })).status,
    ).toBe(404);
    expect(await newest()).toMatchObject({ state: 'asked' });
  });
});

describe('the button that looks at the page', () => {
  test('shows whom it is for what they will see; that counts as nobody’s look, and nothing can be sent', async () => {
    const link = await linkFor(world, 'Rheintal Chemie Sabine Roth');
    const preview = previewOf(world);
    const { status, headers, html } = await open(preview);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(html).toContain('Dear Sabine Roth,');
    expect(html).toContain('Nothing that you choose here is stored or sent');
    expect(html).not.toContain('<form');
    expect((await open(`${preview}?lang=zh-CN`)).html).toContain('这里选的内容不会保存，也不会提交');
    for (const body of ['do=answer&version=1&recommend=9', 'do=refuse']) {
      const sent = await open(preview, { method: 'POST', body: new URLSearchParams(body) });
      expect(sent.status).toBe(405);
    }
    expect(await newest()).toMatchObject({ state: 'asked', openedAt: null, recommend: null });
    expect(await world.bot.database.prisma.surveyRefusal.count()).toBe(0);
    await open(link);
    expect((await newest())?.openedAt).not.toBeNull();
  });

  test('shows nobody’s answers, and is of no use as the customer’s link', async () => {
    const link = await linkFor(world, 'Rheintal Chemie Sabine Roth');
    const preview = previewOf(world);
    expect((await send(link, { Product: '2', remark: 'never again' })).status).toBe(303);
    const { html } = await open(preview);
    expect(html).not.toContain('never again');
    expect(html).not.toMatch(/value="2" checked/);
    expect((await open(preview.replace('/p/', '/s/'))).status).toBe(404);
    expect((await open(link.replace('/s/', '/p/'))).status).toBe(404);
  });

  test('is good for a day, and no longer than the link', async () => {
    await linkFor(world, 'Rheintal Chemie Sabine Roth');
    const old = previewOf(world);
    expect((await open(old)).status).toBe(200);
    await linkFor(world, 'Rheintal Chemie Sabine Roth');
    expect((await open(old)).status).toBe(404);
    const preview = previewOf(world);
    await world.clock.advance({ hours: 23 });
    expect((await open(preview)).status).toBe(200);
    await world.clock.advance({ hours: 1 });
    expect((await open(preview)).status).toBe(404);
  });
});

describe('answers', () => {
  test('sent twice, also at one moment, they are one answer, of which one is told', async () => {
    const link = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    const before = await told();
    const answers = { Product: '5', Price: '3', recommend: '8', remark: 'Good people' };
    const all = await Promise.all([1, 2, 3, 4].map(() => send(link, answers, '1')));
    expect(all.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    expect(await newest()).toMatchObject({ state: 'answered', version: 1, recommend: 8, remark: 'Good people' });
    expect((await newest())?.scores.map(({ score }) => score).toSorted()).toEqual([3, 5]);
    // Anna asked, and it is her account: one message.
    expect((await told()) - before).toBe(1);
  });

  test('changed until the link runs out; what was said before is kept, and said anew once a day', async () => {
    const link = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    await send(link, { Product: '5' });
    const before = await told();
    expect((await send(link, { Product: '1' })).headers.get('location')).toContain('news=changed');
    expect((await send(link, { Product: '2' })).headers.get('location')).toContain('news=changed');
    const survey = await newest();
    expect(survey).toMatchObject({ version: 3 });
    const kept = await world.bot.database.prisma.surveyVersion.findMany({ where: { surveyId: survey?.id ?? '' } });
    expect(kept.map(({ version, replacedById }) => [version, replacedById])).toEqual([
      [1, null],
      [2, null],
    ]);
    const since = await world.bot.database.prisma.outbox.findMany({
      where: { key: { contains: survey?.id ?? '' } },
      orderBy: { id: 'asc' },
    });
    expect(since.map(({ key }) => key.split(':')[0])).toEqual([
      ...['survey-answered', 'survey-answered', 'survey-redrawn', 'survey-redrawn'],
    ]);
    expect((await told()) - before).toBe(3);
  });

  test('of two windows the second is told, and loses nothing', async () => {
    const link = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    await send(link, { Product: '5' });
    await send(link, { Product: '4' }, '1');
    const second = await send(link, { Product: '3', remark: 'from the other window' }, '1');
    expect(second.status).toBe(422);
    expect(second.html).toContain('changed in another window');
    expect(second.html).toContain('from the other window');
    expect((await newest())?.scores).toMatchObject([{ score: 4 }]);
    const version = /name="version" value="(\d+)"/.exec(second.html)?.[1];
    expect((await send(link, { Product: '3' }, version)).status).toBe(303);
  });

  test('nothing at all is not an answer', async () => {
    const link = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    const { status, html } = await send(link, { remark: '  \r\n ' });
    expect(status).toBe(422);
    expect(html).toContain('Please answer at least one question');
    expect(await newest()).toMatchObject({ state: 'asked' });
  });

  test.each([
    ['a score of 6', { Product: '6' }],
    ['a score in words', { Product: '<script>' }],
    ['a recommendation of 11', { recommend: '11' }],
    ['a half one', { recommend: '7.5' }],
  ])('%s is no answer', async (_, answers) => {
    const link = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    const { status, html } = await send(link, answers);
    expect(status).toBe(422);
    expect(html).toContain('Please choose one of the answers that are shown');
    expect(html).not.toContain('<script');
  });

  test('another organisation’s dimensions, and what was never asked, are left alone', async () => {
    const link = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    const stranger = 'd-01990000-0000-7000-8000-000000000000';
    expect((await send(link, { [stranger]: '1', admin: 'true', Product: '4' })).status).toBe(303);
    expect((await newest())?.scores).toMatchObject([{ score: 4 }]);
  });

  test('scripts are words, on the page and in what is told', async () => {
    const link = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    const remark = `</textarea><script>alert(1)</script><img src=x onerror="alert(1)">\u0000 <!channel> ${'😀'}`;
    expect((await send(link, { remark })).status).toBe(303);
    const { html } = await open(link);
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&lt;/textarea&gt;&lt;script&gt;');
    expect((await newest())?.remark).toBe(remark.replace('\u0000', ''));
    await vi.waitFor(() => {
      const { pings, blocks } = world.member('U0BECKER').lastMessage;
      expect(JSON.stringify(blocks)).toContain('alert(1)');
      expect(pings).toEqual([]);
    }, 8_000);
  });

  test('10,000 characters are too many: a sentence says how many fit, and all of them are still there', async () => {
    const link = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    const remark = '长'.repeat(10_000);
    const { status, html } = await send(link, { Product: '4', remark });
    expect(status).toBe(422);
    expect(html).toContain('Your text has 10,000 characters, and 2,000 fit');
    expect(html).toContain('aria-describedby="remark-hint remark-problem"');
    expect(html).toContain(remark);
    expect(html).toMatch(/value="4" checked/);
    expect(await newest()).toMatchObject({ state: 'asked', remark: null });
    expect((await send(link, { remark: '长'.repeat(2_000) })).status).toBe(303);
  });

  test('lines end as they were meant', async () => {
    const link = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    await send(link, { remark: 'one\r\ntwo' });
    expect((await newest())?.remark).toBe('one\ntwo');
  });
});

describe('not asked again', () => {
  test('a look changes nothing, the button does; then there are no more links for them, and the page says so', async () => {
    const link = await linkFor(world, 'Alpina Feinwerktechnik Lukas Egger');
    await open(`${link}?do=refuse&news=refused`);
    expect(await world.bot.database.prisma.surveyRefusal.count()).toBe(0);
    const body = new URLSearchParams({ do: 'refuse' });
    for (const _ of [1, 2]) expect((await open(link, { method: 'POST', body })).status).toBe(303);
    expect(await world.bot.database.prisma.surveyRefusal.count()).toBe(1);
    const { html } = await open(link);
    expect(html).toContain('will not ask you again');
    expect(html).not.toContain('<form');
    const answer = await open(link, { method: 'POST', body: new URLSearchParams({ version: '1', recommend: '9' }) });
    expect(answer.headers.get('location')).toContain('news=refused');
    expect(await newest()).toMatchObject({ state: 'declined', recommend: null });
  });

  test('after an answer: it stays, and cannot be changed by that link any more', async () => {
    const link = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    expect((await send(link, { Product: '5' })).status).toBe(303);
    const body = new URLSearchParams({ do: 'refuse' });
    expect((await open(link, { method: 'POST', body })).status).toBe(303);
    const { html } = await open(link);
    expect(html).toContain('will not ask you again');
    expect(html).not.toContain('<form');
    const change = new URLSearchParams({ do: 'answer', version: '1', recommend: '0' });
    expect((await open(link, { method: 'POST', body: change })).headers.get('location')).toContain('news=refused');
    expect(await newest()).toMatchObject({ state: 'answered', version: 1, recommend: null });
    await world.bot.database.prisma.surveyRefusal.deleteMany();
  });

  test.each([
    ['not answered', false],
    ['answered', true],
  ])('by whom nobody knows: that link alone is closed, and the page says so; %s', async (_, answered) => {
    const link = await linkFor(world, 'Havel Pumpen');
    if (answered) await send(link, { Product: '4' });
    const { html: before } = await open(link);
    expect(before).toContain('This link does not say who you are');
    const body = new URLSearchParams({ do: 'refuse' });
    const all = await Promise.all([1, 2, 3].map(() => open(link, { method: 'POST', body })));
    expect(all.map(({ status }) => status)).toEqual([303, 303, 303]);
    const { html } = await open(link);
    expect(html).toContain('This link is closed');
    expect(html).not.toContain('<form');
    const refusals = await world.bot.database.prisma.surveyRefusal.findMany();
    expect(refusals).toMatchObject([{ contactId: null, surveyId: (await newest())?.id, byId: null }]);
    expect(await newest()).toMatchObject({ state: answered ? 'answered' : 'declined' });
    // Nobody else of theirs has said anything.
    expect((await open(await linkFor(world, 'Havel Pumpen'))).status).toBe(200);
    await world.bot.database.prisma.surveyRefusal.deleteMany();
  });

  test('through two links at one moment it is one refusal, of which both who hear it hear once', async () => {
    const first = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    const { prisma } = world.bot.database;
    const one = await newest();
    const before = await told();
    // Asked twice before links were taken back: the contact has two that are good.
    const second = await linkFor(world, 'Nordlicht Energie Uwe Petersen');
    await prisma.survey.updateMany({ where: { id: one?.id ?? '' }, data: { state: 'asked', linkVersion: 1 } });
    const body = new URLSearchParams({ do: 'refuse' });
    const all = await Promise.all([first, second].map((link) => open(link, { method: 'POST', body })));
    expect(all.map(({ status }) => status)).toEqual([303, 303]);
    expect(await prisma.surveyRefusal.count()).toBe(1);
    expect((await told()) - before).toBe(1);
    for (const link of [first, second]) expect((await open(link)).html).not.toContain('<form');
    const [latest, earlier] = await surveys();
    expect([latest?.state, earlier?.state]).toEqual(['declined', 'declined']);
    await prisma.surveyRefusal.deleteMany();
  });
});

describe('too much of it', () => {
  test('opened 1,000 times: soon told to wait, and nothing else happens', async () => {
    const link = await linkFor(world, 'Rheintal Chemie Sabine Roth');
    const counted = new Map<number, number>();
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => open(link)));
      for (const { status } of answers) counted.set(status, (counted.get(status) ?? 0) + 1);
      const refused = answers.find(({ status }) => status === 429);
      if (refused) expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect([...counted.keys()].toSorted()).toEqual([200, 429]);
    expect(counted.get(200)).toBeLessThanOrEqual(60);
    expect(await newest()).toMatchObject({ state: 'asked', version: 1, linkVersion: 1 });
    await world.clock.advance({ minutes: 2 });
    expect((await open(link)).status).toBe(200);
  });

  test('a form of a megabyte is not read to its end, and another kind of form not at all', async () => {
    const link = await linkFor(world, 'Rheintal Chemie Sabine Roth');
    const large = await open(link, { method: 'POST', body: new URLSearchParams({ remark: 'x'.repeat(1_000_000) }) });
    expect(large.status).toBe(413);
    expect(large.html).toContain('That is too much text');
    expect((await open(link, { method: 'POST', body: '{"recommend":9}' })).status).toBe(400);
    expect((await open(link, { method: 'PUT' })).status).toBe(405);
    expect(await newest()).toMatchObject({ state: 'asked' });
  });

  test('whoever sends a letter now and then is cut off', async () => {
    const { port } = new URL(world.bot.webAddress);
    const socket = connect(Number(port), '127.0.0.1');
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.resume();
    socket.write('GET /s/slow HTTP/1.1\r\nHost: x\r\n');
    await closed;
  }, 20_000);

  test('a look by HEAD, as previews of links do, says nothing and counts as no look', async () => {
    const link = await linkFor(world, 'Rheintal Chemie Sabine Roth');
    const { port, pathname } = new URL(link);
    const status = await new Promise((resolve, reject) => {
      const asking = request({ port, path: pathname, method: 'HEAD' }, ({ statusCode }) => resolve(statusCode));
      asking.on('error', reject);
      asking.end();
    });
    expect(status).toBe(200);
    expect(await newest()).toMatchObject({ openedAt: null });
    await open(link);
    expect((await newest())?.openedAt).not.toBeNull();
  });
});

test('nothing of what customers wrote, and no link, is in the log', () => {
  const written = world.log.join('\n');
  expect(written).not.toMatch(/\/s\/|Good people|alert\(1\)|Uwe|Roth/);
  expect(world.log.filter((line) => /"level":"(?:error|fatal)"/.test(line))).toEqual([]);
});
