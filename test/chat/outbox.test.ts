import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outgoing, outboxRow, type Sender, type SendResult } from '../../src/chat/outbox.ts';
import { outboxStore } from '../../src/chat/outbox-store.ts';
import type { Pace } from '../../src/chat/pace.ts';
import { paceStore } from '../../src/chat/pace-store.ts';
import { type MovableClock, movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { type Jobs, startJobs } from '../../src/jobs.ts';
import { createLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const log = createLog('silent');
const organizationId = '01900000-0000-7000-8000-000000000001';
const workspaceId = '01900000-0000-7000-8000-000000000002';
const personId = '01900000-0000-7000-8000-000000000003';

/** A platform that notes what it is given, answers as told, and can be waited for. */
function fakePlatform(pace: Pace = { kind: 'calls', perMinute: 60_000, atOnce: 1_000 }) {
  const sent: { to: string; words: string; at: number; did: 'post' | 'update'; under?: string; marker?: string }[] = [];
  const answers: SendResult[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  let counter = 0;
  const note = (entry: (typeof sent)[number]): SendResult => {
    const answer = answers.shift();
    if (answer && !answer.sent) return answer;
    sent.push(entry);
    for (const one of waiting) if (sent.length >= one.count) one.done();
    return { sent: true, conversation: entry.to, message: `m${++counter}` };
  };
  const words = (card: Parameters<Sender['post']>[1]) => String(card.title);
  const sender: Sender = {
    platform: 'fake',
    pace: { post: pace, update: pace },
    post: async (to, card, marker) =>
      note({
        to: to.conversation,
        words: words(card),
        at: performance.now(),
        did: 'post',
        marker,
        ...(to.under === undefined ? {} : { under: to.under }),
      }),
    update: async (to, card) =>
      note({ to: `${to.conversation}/${to.message}`, words: words(card), at: performance.now(), did: 'update' }),
    nameOf: async ({ conversation }) => `Name of ${conversation}`,
  };
  const until = (count: number) =>
    new Promise<void>((done) => {
      if (sent.length >= count) done();
      else waiting.push({ count, done });
    });
  return { sent, answers, sender, until };
}

describe('the outbox', () => {
  let at: TestDatabase;
  let database: Database;
  let clock: MovableClock;
  const running: Jobs[] = [];

  beforeAll(async () => {
    at = await createTestDatabase();
    database = openDatabase(at.url, { log });
    clock = movableClock();
    await database.prisma.organization.create({ data: { id: organizationId, name: 'Example' } });
    await database.prisma.workspace.create({
      data: { organizationId, id: workspaceId, platform: 'fake', externalId: 'W', name: 'Example' },
    });
    await database.prisma.person.create({
      data: { organizationId, id: personId, name: 'Ann', timeZone: 'UTC', administrator: true },
    });
    await database.prisma.identity.create({ data: { organizationId, personId, workspaceId, externalId: 'UANN' } });
  });
  afterAll(async () => {
    await database.close();
    await at.drop();
  });

  const start = async (platform: ReturnType<typeof fakePlatform>, rest = 0) => {
    const delivery = {
      store: outboxStore(database),
      pace: paceStore(database),
      senders: [platform.sender],
      clock,
      log,
      rest,
    };
    const jobs = await startJobs({ databaseUrl: at.url, database, jobs: [], delivery, clock, log });
    running.push(jobs);
    return jobs;
  };
  const stopAll = async () => {
    await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
  };
  const put = async (
    ...outgoing: (Omit<Outgoing, 'organizationId' | 'content'> & { words: string; content?: Outgoing['content'] })[]
  ) => {
    const rows = outgoing.map(({ words, content, ...rest }) =>
      outboxRow(
        { organizationId, content: content ?? { do: 'post', card: { title: words, body: [] } }, ...rest },
        clock.now(),
      ),
    );
    await outboxStore(database).add(rows);
  };
  const channel = (conversation: string) => ({ workspaceId, conversation });

  it('sends each message once, in order, when two processes send', async () => {
    const platform = fakePlatform();
    const [one] = [await start(platform), await start(platform)];
    const messages = Array.from({ length: 10 }, (_, index) => ({
      key: `order:${index}`,
      to: channel('C1'),
      words: `${index}`,
    }));
    for (const message of messages) await put(message);
    await put(messages[0] ?? { key: '', to: channel(''), words: '' });
    one.nudge();
    await platform.until(10);
    await stopAll();
    expect(platform.sent.map((entry) => entry.words)).toEqual(messages.map((message) => message.words));
    expect(new Set(platform.sent.map((entry) => entry.marker)).size).toBe(10);
  });

  it('gives a message to one of however many that ask for it at the same moment', async () => {
    const store = outboxStore(database);
    const conversations = Array.from({ length: 100 }, (_, index) => `race${index}`);
    const keys = conversations.flatMap((name) => [`${name}:1`, `${name}:2`]);
    await put(...keys.map((key) => ({ key, to: channel(key.split(':')[0] ?? ''), words: key })));
    const claims = await Promise.all(
      conversations.map(async (name) => {
        const lane = `${organizationId}:${workspaceId}:${name}`;
        const asked = Array.from({ length: 8 }, () => store.claim(lane, clock.now(), 60_000));
        return (await Promise.all(asked)).filter((claimed) => claimed !== null).length;
      }),
    );
    expect(claims).toEqual(conversations.map(() => 1));
    await database.prisma.outbox.deleteMany({ where: { key: { in: keys } } });
  });

  it('rests between two messages of a channel, and lets other channels go on', async () => {
    const platform = fakePlatform();
    const jobs = await start(platform, 400);
    await put({ key: 'rest:1', to: channel('C2'), words: 'a' }, { key: 'rest:2', to: channel('C2'), words: 'b' });
    await put({ key: 'rest:3', to: channel('C3'), words: 'c' });
    jobs.nudge();
    await platform.until(3);
    await stopAll();
    const at = (words: string) => platform.sent.find((entry) => entry.words === words)?.at ?? Number.NaN;
    expect(at('b') - at('a')).toBeGreaterThanOrEqual(399);
    expect(at('c')).toBeLessThan(at('b'));
  });

  it('tries again when the platform says later, keeping the order', async () => {
    const platform = fakePlatform();
    platform.answers.push({ sent: false, later: 100, reason: 'ratelimited' });
    const jobs = await start(platform);
    await put(
      { key: 'later:1', to: channel('C4'), words: 'first' },
      { key: 'later:2', to: channel('C4'), words: 'second' },
    );
    jobs.nudge();
    await platform.until(2);
    await stopAll();
    expect(platform.sent.map((entry) => entry.words)).toEqual(['first', 'second']);
  });

  it('goes on until nothing is left, however many wait at once', async () => {
    const platform = fakePlatform();
    const jobs = await start(platform);
    const names = Array.from({ length: 40 }, (_, index) => `many${String(index).padStart(2, '0')}`);
    await put(...names.map((name) => ({ key: name, to: channel(name), words: name })));
    jobs.nudge();
    await platform.until(40);
    await stopAll();
    expect(platform.sent.map((entry) => entry.words).sort()).toEqual(names);
  });

  it('sends no more than the workspace takes, and each message once', async () => {
    const platform = fakePlatform({ kind: 'few', perMinute: 600, atOnce: 5 });
    const [jobs] = [await start(platform), await start(platform)];
    const names = Array.from({ length: 20 }, (_, index) => `paced${String(index).padStart(2, '0')}`);
    await put(...names.map((name) => ({ key: name, to: channel(name), words: name })));
    jobs.nudge();
    await platform.until(20);
    await stopAll();
    expect(platform.sent.map((entry) => entry.words).sort()).toEqual(names);
    const [first] = platform.sent;
    // Five at once, then one each 100 ms; some air, because a turn is taken a moment before its message is sent.
    for (const [index, { at }] of platform.sent.entries())
      expect(at - (first?.at ?? 0)).toBeGreaterThanOrEqual((index - 8) * 100);
    const rows = await database.prisma.outbox.findMany({ where: { key: { in: names } } });
    expect(rows.map(({ attempts }) => attempts)).toEqual(names.map(() => 1));
  });

  it('holds back all of a workspace that refuses, and nothing of another', async () => {
    const other = { platform: 'fake', id: '01900000-0000-7000-8000-000000000009', externalId: 'W2', name: 'Other' };
    await database.prisma.workspace.create({ data: { organizationId, ...other } });
    const platform = fakePlatform({ kind: 'refused', perMinute: 60_000, atOnce: 1_000 });
    platform.answers.push({ sent: false, later: 1_500, reason: 'ratelimited', everyone: true });
    const jobs = await start(platform);
    const begun = performance.now();
    await put({ key: 'refused:0', to: channel('R0'), words: '0' });
    jobs.nudge();
    const refused = () => database.prisma.outbox.count({ where: { key: 'refused:0', failure: 'ratelimited' } });
    await expect.poll(refused, { interval: 10 }).toBe(1);
    await put(...['1', '2'].map((words) => ({ key: `refused:${words}`, to: channel(`R${words}`), words })));
    await put({ key: 'refused:3', to: { workspaceId: other.id, conversation: 'R3' }, words: 'other' });
    jobs.nudge();
    await platform.until(4);
    await stopAll();
    const [first, ...later] = platform.sent;
    expect(first?.words).toBe('other');
    for (const { at } of later) expect(at - begun).toBeGreaterThanOrEqual(1_500);
    expect(later.map(({ words }) => words).sort()).toEqual(['0', '1', '2']);
  });

  it('tells the administrators privately, once, of what will never arrive', async () => {
    const platform = fakePlatform();
    platform.answers.push({ sent: false, never: true, reason: 'is_archived' });
    const jobs = await start(platform);
    await put({ key: 'never:1', to: channel('C5'), words: 'lost' });
    jobs.nudge();
    const failed = async () => database.prisma.outbox.findFirst({ where: { key: 'never:1', state: 'failed' } });
    await expect.poll(failed, { timeout: 10_000 }).toMatchObject({ failure: 'is_archived' });
    await expect.poll(() => database.prisma.outbox.count({ where: { key: { startsWith: 'undeliverable:' } } })).toBe(1);
    const told = await database.prisma.outbox.findFirst({ where: { key: { startsWith: 'undeliverable:' } } });
    expect(JSON.stringify(told?.message)).toContain('Name of C5');
    await jobs.tick();
    await platform.until(1);
    await stopAll();
    expect(platform.sent.map((entry) => entry.to)).toEqual(['UANN']);
  });

  it('gives up what fails in a way that nobody foresaw, and lets the next of its lane go out', async () => {
    const platform = fakePlatform();
    const { post } = platform.sender;
    platform.sender.post = async (to, card, marker) => {
      if (card.title === 'broken') throw new TypeError('nobody foresaw this');
      return post(to, card, marker);
    };
    const jobs = await start(platform);
    await put(
      { key: 'surprise:1', to: channel('S1'), words: 'broken' },
      { key: 'surprise:2', to: channel('S1'), words: 'next' },
    );
    jobs.nudge();
    const row = () => database.prisma.outbox.findFirstOrThrow({ where: { key: 'surprise:1' } });
    await expect.poll(row, { timeout: 10_000 }).toMatchObject({ state: 'waiting', failure: 'unexpected_error' });
    expect(platform.sent).toEqual([]);
    // It was tried for long enough.
    await database.prisma.outbox.updateMany({
      where: { key: 'surprise:1' },
      data: { attempts: 20, claimedUntil: null },
    });
    await jobs.tick();
    await platform.until(1);
    await expect.poll(row).toMatchObject({ state: 'failed', failure: 'unexpected_error' });
    // The administrators hear of it.
    await jobs.tick();
    await platform.until(2);
    await stopAll();
    expect(platform.sent.map(({ to }) => to)).toEqual(['S1', 'UANN']);
  });

  it('redraws the cards of a thing where they stand, and renews a post that has not gone out', async () => {
    const platform = fakePlatform();
    const visit = { thing: 'visit', id: '01900000-0000-7000-8000-00000000000a', card: 'announcement' };
    const redrawn = (title: string): Outgoing['content'] => ({ do: 'redraw', card: { title, body: [] }, of: visit });
    await put({
      key: 'redraw:post',
      to: channel('C6'),
      words: '',
      content: { do: 'post', card: { title: 'old', body: [] }, as: visit },
      notBefore: clock.now().add({ hours: 1 }),
    });
    const jobs = await start(platform);
    await put({ key: 'redraw:1', to: { whereItStands: true }, words: '', content: redrawn('new') });
    await jobs.tick();
    const done = (key: string) => () => database.prisma.outbox.count({ where: { key, state: 'sent' } });
    await expect.poll(done('redraw:1'), { timeout: 10_000 }).toBe(1);
    expect(platform.sent).toEqual([]);
    await clock.advance({ hours: 2 });
    await jobs.tick();
    await platform.until(1);
    await put({ key: 'redraw:2', to: { whereItStands: true }, words: '', content: redrawn('newest') });
    await expect.poll(done('redraw:post')).toBe(1);
    jobs.nudge();
    await platform.until(2);
    await stopAll();
    expect(platform.sent.map(({ did, words }) => ({ did, words }))).toEqual([
      { did: 'post', words: 'new' },
      { did: 'update', words: 'newest' },
    ]);
  });

  it('replies in the thread of a card wherever it stands, and by itself where it stands nowhere', async () => {
    const platform = fakePlatform();
    const jobs = await start(platform);
    const agenda = (id: string) => ({
      thing: 'occurrence',
      id: `01900000-0000-7000-8000-0000000000${id}`,
      card: 'agenda',
    });
    const content = { do: 'post', card: { title: 'agenda', body: [] }, as: agenda('0b') } as const;
    await put(
      { key: 'thread:card', to: channel('C7'), words: '', content },
      { key: 'thread:reply', to: { ...channel('C7'), under: agenda('0b') }, words: 'reply' },
    );
    jobs.nudge();
    await platform.until(2);
    // The channel of a meeting may have been changed since.
    await put({ key: 'thread:moved', to: { ...channel('C8'), under: agenda('0b') }, words: 'moved' });
    await put({ key: 'thread:none', to: { ...channel('C9'), under: agenda('0c') }, words: 'alone' });
    jobs.nudge();
    await platform.until(4);
    await stopAll();
    const root = await database.prisma.sent.findFirstOrThrow({ where: { thingId: agenda('0b').id } });
    expect(platform.sent.map(({ to, words, under }) => [to, words, under]).toSorted()).toEqual([
      ['C7', 'agenda', undefined],
      ['C7', 'moved', root.message],
      ['C7', 'reply', root.message],
      ['C9', 'alone', undefined],
    ]);
  });
});
