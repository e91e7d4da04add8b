import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Bot, startBot } from '../../src/bot.ts';
import { createLog } from '../../src/log.ts';
import { demoApp } from '../../src/sandbox/demo/index.ts';
import { expectOk } from '../support/member.ts';
import { pages } from '../support/pages.ts';
import { openWorld, SIGNING_SECRET, type World } from '../world.ts';
import { mistakes } from './teams-world.ts';

const europeans = ['U0BECKER', 'U0CARTER', 'U0ROSSI'];

/** The demo company with the usual meetings of its team in Europe, on Monday at noon. */
async function openMeetings(): Promise<World> {
  const world = await openWorld({ now: '2026-11-23T11:00:00Z' });
  const lin = world.member('U0LINJING');
  expectOk(await lin.command('/kam 会议'));
  await vi.waitFor(async () => expectOk(await lin.press('一键开启常用的三个')), { timeout: 10_000, interval: 50 });
  const { prisma } = world.bot.database;
  const three = async () => expect(await prisma.meeting.count({ where: { team: { name: 'Europe' } } })).toBe(3);
  await vi.waitFor(three, { timeout: 10_000, interval: 50 });
  return world;
}

/** How often each of them was told something with these words, in their conversation with the bot. */
const told = (world: World, words: string) =>
  europeans.map(
    (id) =>
      world
        .member(id)
        .messages.filter(
          ({ channel, ephemeral, text }) => channel.startsWith('D') && !ephemeral && text.includes(words),
        ).length,
  );
const posted = (world: World, words: string) =>
  world.member('U0BECKER').messages.filter(({ channel, text }) => channel === 'C0EUROPE' && text.includes(words));

const sentWith = (world: World) => async () => {
  const underWay = { state: { in: ['waiting' as const, 'sending' as const] } };
  await expect
    .poll(() => world.bot.database.prisma.outbox.count({ where: underWay }), { timeout: 15_000, interval: 50 })
    .toBe(0);
};

describe('a clock that is not to be trusted', () => {
  let world: World;
  beforeAll(async () => {
    world = await openMeetings();
  });
  afterAll(() => world?.close());
  const at = async (moment: string) => {
    await world.clock.set(Temporal.Instant.from(moment));
    await world.bot.tick();
    await sentWith(world)();
  };

  it('put back by an hour asks, reminds and sums up nothing twice', async () => {
    const morning = 'Morning meeting · Tue 24 Nov';
    await at('2026-11-24T07:45:30Z');
    expect(told(world, morning)).toEqual([1, 1, 1]);
    for (const moment of ['06:45:30', '07:00:00', '07:45:00', '07:45:30']) await at(`2026-11-24T${moment}Z`);
    expect(told(world, morning)).toEqual([1, 1, 1]);

    const reminder = 'still waits for your answer';
    for (const moment of ['09:33:30', '08:33:30', '09:33:30', '09:34:00']) await at(`2026-11-24T${moment}Z`);
    expect(told(world, reminder)).toEqual([1, 1, 1]);

    for (const moment of ['10:45:30', '09:45:30', '10:45:00', '10:45:30', '10:46:00'])
      await at(`2026-11-24T${moment}Z`);
    expect(told(world, morning)).toEqual([1, 1, 1]);
    expect(Math.max(...told(world, reminder))).toBeLessThanOrEqual(2);
    expect(posted(world, morning)).toHaveLength(1);
    const { prisma } = world.bot.database;
    const ofThatDay = { date: new Date('2026-11-24') };
    const states = await prisma.prompt.groupBy({ by: ['slot', 'state'], where: ofThatDay, _count: true });
    expect(states).toMatchObject([{ slot: 'morning', state: 'closed', _count: 3 }]);
  });

  it('put forward over a day writes down what it missed, blames nobody, and goes on', async () => {
    await at('2026-11-26T04:00:00Z');
    const { prisma } = world.bot.database;
    const on = async (day: string) =>
      (await prisma.prompt.findMany({ where: { date: new Date(day) }, orderBy: { slot: 'asc' } })).map(
        ({ slot, state }) => `${slot} ${state}`,
      );
    const missed = ['evening missed', 'evening missed', 'evening missed'];
    expect(await on('2026-11-24')).toEqual([...missed, ...Array(3).fill('morning closed')]);
    expect(await on('2026-11-25')).toEqual([...missed, ...Array(3).fill('morning missed')]);
    // Nobody is asked, and no channel reads, about days that are over.
    for (const day of ['Tue 24', 'Wed 25']) expect(told(world, `Evening meeting · ${day}`)).toEqual([0, 0, 0]);
    expect(posted(world, 'Wed 25 Nov')).toEqual([]);
    await at('2026-11-26T07:45:30Z');
    await at('2026-11-26T07:46:30Z');
    expect(told(world, 'Morning meeting · Thu 26 Nov')).toEqual([1, 1, 1]);
  });

  it('was no surprise', () => {
    expect(mistakes(world.log)).toEqual([]);
  });
});

describe('a storm of 429', () => {
  let world: World;
  beforeAll(async () => {
    world = await openMeetings();
  });
  afterAll(() => world?.close());

  it('delays questions as long as Slack says; each comes once, and no reminder before it', async () => {
    const calls: { to: string; refused: boolean; at: number }[] = [];
    world.sandbox.on('call', ({ method, args, status }) => {
      if (method !== 'chat.postMessage') return;
      calls.push({ to: String(args.channel), refused: status === 429, at: performance.now() });
    });
    const [seconds, refusals] = [2, 4];
    world.sandbox.rateLimitNext('chat.postMessage', seconds, refusals);
    await world.clock.set(Temporal.Instant.from('2026-11-24T07:45:30Z'));
    await expect.poll(() => calls.some(({ refused }) => refused)).toBe(true);
    // The time of the first reminder comes while the questions still wait.
    await world.clock.set(Temporal.Instant.from('2026-11-24T09:33:30Z'));
    await sentWith(world)();
    expect(told(world, 'Morning meeting · Tue 24 Nov')).toEqual([1, 1, 1]);
    expect(told(world, 'still waits for your answer')).toEqual([0, 0, 0]);

    expect(calls.filter(({ refused }) => refused)).toHaveLength(refusals);
    for (const { to, at } of calls.filter(({ refused }) => refused)) {
      const next = calls.find((call) => call.to === to && call.at > at);
      expect((next?.at ?? 0) - at).toBeGreaterThanOrEqual(seconds * 1_000 - 50);
    }
    // They have half of what was left since it reached them.
    await world.clock.set(Temporal.Instant.from('2026-11-24T10:08:00Z'));
    await sentWith(world)();
    expect(told(world, 'still waits for your answer')).toEqual([0, 0, 0]);
    await world.clock.set(Temporal.Instant.from('2026-11-24T10:10:30Z'));
    await sentWith(world)();
    expect(told(world, 'still waits for your answer')).toEqual([1, 1, 1]);
    expect(mistakes(world.log)).toEqual([]);
  });
});

describe('two processes', () => {
  let world: World;
  let second: Bot;
  const lines: string[] = [];
  beforeAll(async () => {
    world = await openMeetings();
    const app = demoApp(SIGNING_SECRET);
    const { sandbox, databaseUrl } = world;
    const { botToken, signingSecret } = app;
    second = await startBot(
      {
        teams: null,
        production: false,
        slack: { mode: 'http', botToken, signingSecret },
        dataDir: '',
        slackApiUrl: sandbox.apiUrl,
        databaseUrl,
        host: '127.0.0.1',
        port: 0,
        healthPort: 0,
        ...pages,
      },
      { clock: world.clock, log: createLog('info', { write: (line: string) => void lines.push(line) }) },
    );
  });
  afterAll(async () => {
    await second?.stop();
    await world?.close();
  });

  it('ask, remind and sum up everything once between them', async () => {
    // Set to just before it is due, the clock goes on by itself, so that both find it due at the same moment.
    const at = async (moment: string) => {
      const due = Temporal.Instant.from(moment);
      await world.clock.set(due.subtract({ milliseconds: 400 }));
      await expect.poll(() => Temporal.Instant.compare(world.clock.now(), due), { interval: 20 }).toBe(1);
      await Promise.all([1, 2, 3].flatMap(() => [world.bot.tick(), second.tick()]));
      await sentWith(world)();
    };
    const morning = 'Morning meeting · Tue 24 Nov';
    await at('2026-11-24T07:45:00Z');
    expect(told(world, morning)).toEqual([1, 1, 1]);
    await at('2026-11-24T09:33:00Z');
    expect(told(world, 'still waits for your answer')).toEqual([1, 1, 1]);
    await at('2026-11-24T10:45:00Z');
    expect(posted(world, morning)).toHaveLength(1);
    await at('2026-11-24T16:45:00Z');
    expect(told(world, 'Evening meeting · Tue 24 Nov')).toEqual([1, 1, 1]);
    expect(mistakes([...world.log, ...lines])).toEqual([]);
  });
});
