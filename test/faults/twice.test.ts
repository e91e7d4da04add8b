import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../../src/bot.ts';
import { systemClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { type Delivery, sign } from '../../src/sandbox/delivery.ts';
import { demoApp } from '../../src/sandbox/demo/index.ts';
import { textIn } from '../../src/text/text.ts';
import { expectOk } from '../support/member.ts';
import { pages } from '../support/pages.ts';
import { openWorld, SIGNING_SECRET, type World } from '../world.ts';
import { rowsOf } from './rows.ts';

/** Monday, 10:30 in Berlin. */
const now = '2026-11-23T09:30:00Z';

/** A recorded request once more, as it was, signed now. */
async function resend(address: string, { kind, payload }: Delivery): Promise<{ status: number; body: string }> {
  const fields: Record<string, string> =
    kind === 'command'
      ? Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]))
      : { payload: JSON.stringify(payload) };
  const body = kind === 'event' ? JSON.stringify(payload) : new URLSearchParams(fields).toString();
  const seconds = String(Math.floor(systemClock.now().epochMilliseconds / 1_000));
  const headers = {
    'content-type': kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': seconds,
    'x-slack-signature': sign(SIGNING_SECRET, seconds, body),
  };
  const response = await fetch(address, { method: 'POST', headers, body });
  return { status: response.status, body: await response.text() };
}

describe('every request delivered twice at the same moment', () => {
  let world: World;
  let bot: Bot;
  beforeAll(async () => {
    world = await openWorld({ now });
    bot = world.bot;
    world.sandbox.deliverTwice = true;
  });
  afterAll(async () => {
    await bot?.stop();
    await world?.close();
  });

  /** Both deliveries of all that was done are answered, and everything that follows from them is done. */
  const settled = () =>
    expect
      .poll(() => {
        const seen = new Map<string, number>();
        for (const { payload } of world.sandbox.deliveries) {
          const key = JSON.stringify(payload);
          seen.set(key, (seen.get(key) ?? 0) + 1);
        }
        return [...seen.values()].filter((times) => times % 2 !== 0);
      })
      .toEqual([]);
  /** What somebody was told privately from a moment on. */
  const told = (user: string) => {
    const before = world.member(user).messages.length;
    return () =>
      world
        .member(user)
        .messages.slice(before)
        .filter((message) => message.ephemeral)
        .map(({ text }) => text);
  };
  const visitOf = (note: string) =>
    bot.database.prisma.visit.findMany({
      where: { note },
      include: { actions: true, people: true, versions: true, author: true },
    });
  const announcements = (visitId: string) =>
    bot.database.prisma.outbox.count({ where: { key: { contains: visitId } } });

  it('a form is one visit with one next step, announced once', async () => {
    const anna = world.member('U0BECKER');
    const words = told('U0BECKER');
    expectOk(await anna.command('/kam log'));
    await anna.fill('Customer', 'Brandt Maschinenbau');
    await anna.fill('What happened', 'Said once');
    await anna.fill('Next step', 'Send the offer');
    await anna.fill('Next step due', '2026-11-27');
    expectOk(await anna.submit());
    await settled();
    const visits = await visitOf('Said once');
    expect(visits).toMatchObject([{ version: 1, versions: [], actions: [{ text: 'Send the offer' }], people: [{}] }]);
    expect(await announcements(visits[0]?.id ?? '')).toBe(1);
    await expect.poll(() => words().length).toBe(2);
    expect(new Set(words()).size).toBe(1);
    expect(words()[0]).toContain('Brandt');
    const posted = () => world.member('U0CARTER').messages.filter(({ channel }) => channel === 'C0EUROPE');
    await expect.poll(posted).toHaveLength(1);
  });

  it('a line is one visit, with one answer', async () => {
    const tom = world.member('U0CARTER');
    const words = told('U0CARTER');
    expectOk(await tom.command('/kam log Acme Aerospace Typed once next: call back on Friday'));
    await settled();
    const visits = await bot.database.prisma.visit.findMany({
      where: { note: { contains: 'Typed once' } },
      include: { actions: true },
    });
    expect(visits).toHaveLength(1);
    expect(visits[0]?.actions).toHaveLength(1);
    expect(words()).toEqual([expect.stringContaining('Saved: Visit at Acme Aerospace')]);
  });

  it('a correction is one version', async () => {
    const anna = world.member('U0BECKER');
    const words = told('U0BECKER');
    expectOk(await anna.press('Edit'));
    await anna.fill('What happened', 'Said once, corrected');
    expectOk(await anna.submit());
    await settled();
    expect(await visitOf('Said once, corrected')).toMatchObject([{ version: 2, versions: [{ version: 1 }] }]);
    expect(words()).toEqual([]);
    expect(anna.messages.some(({ text }) => text.includes('Corrected: Visit at Brandt'))).toBe(true);
  });

  it('taken back once, brought back once', async () => {
    const anna = world.member('U0BECKER');
    expectOk(await anna.press('Undo'));
    await settled();
    await expect.poll(async () => (await visitOf('Said once, corrected'))[0]?.undoneAt).toBeInstanceOf(Date);
    expect(await visitOf('Said once, corrected')).toMatchObject([{ version: 3, actions: [{ state: 'dropped' }] }]);
    await expect
      .poll(() => anna.messages.some(({ blocks }) => JSON.stringify(blocks).includes('"Restore"')))
      .toBe(true);
    expectOk(await anna.press('Restore'));
    await settled();
    await expect.poll(async () => (await visitOf('Said once, corrected'))[0]?.undoneAt).toBeNull();
    expect(await visitOf('Said once, corrected')).toMatchObject([{ version: 4, actions: [{ state: 'open' }] }]);
  });

  it('a next step is added once', async () => {
    const anna = world.member('U0BECKER');
    const words = told('U0BECKER');
    expectOk(await anna.press('Add next step'));
    await anna.fill('Next step', 'Ask for the drawings');
    expectOk(await anna.submit());
    await settled();
    expect(await bot.database.prisma.action.count({ where: { text: 'Ask for the drawings' } })).toBe(1);
    await expect.poll(() => words().length).toBe(2);
    expect(new Set(words()).size).toBe(1);
    expect(words()[0]).toContain('Ask for the drawings');
  });

  it('a next step is done once, and opened again once', async () => {
    const anna = world.member('U0BECKER');
    const done = { where: { changes: { path: ['state'], equals: ['open', 'done'] } } };
    const reopened = { where: { changes: { path: ['state'], equals: ['done', 'open'] } } };
    const { actionChange } = bot.database.prisma;
    const before = [await actionChange.count(done), await actionChange.count(reopened)] as const;
    expectOk(await anna.command('/kam actions Brandt'));
    expectOk(await anna.press('Done'));
    await settled();
    await expect.poll(() => actionChange.count(done)).toBe(before[0] + 1);
    await expect.poll(() => anna.lastMessage.text).toContain('Done');
    expectOk(await anna.press('Undo'));
    await settled();
    await expect.poll(() => actionChange.count(reopened)).toBe(before[1] + 1);
    expect(await actionChange.count(done)).toBe(before[0] + 1);
  });

  it('a customer is added once', async () => {
    const anna = world.member('U0BECKER');
    const words = told('U0BECKER');
    expectOk(await anna.command('/kam account add Nordlicht Optik'));
    await anna.fill('Name', 'Nordlicht Optik');
    expectOk(await anna.submit());
    await settled();
    const accounts = await bot.database.prisma.account.findMany({ where: { name: 'Nordlicht Optik' } });
    expect(accounts).toHaveLength(1);
    const changes = { where: { accountId: accounts[0]?.id ?? '' } };
    expect(await bot.database.prisma.accountChange.count(changes)).toBe(1);
    await expect.poll(() => words().length).toBe(2);
    expect(new Set(words()).size).toBe(1);
    expect(words()[0]).toContain('Nordlicht Optik');
  });

  it('a team is made once', async () => {
    const lin = world.member('U0LINJING');
    const words = textIn('zh-CN');
    expectOk(await lin.command('/kam team'));
    expectOk(await lin.press(words.plain('people.team.new')));
    await lin.fill(words.plain('people.team.name'), 'Key accounts north');
    await lin.fill(words.plain('people.team.membersLabel'), ['U0BECKER']);
    expectOk(await lin.submit());
    await settled();
    const teams = await bot.database.prisma.team.findMany({
      where: { name: 'Key accounts north' },
      include: { memberships: true },
    });
    expect(teams).toHaveLength(1);
    expect(teams[0]?.memberships).toHaveLength(1);
  });

  it('everything once more after a restart: nothing changes, and everything is answered', async () => {
    world.sandbox.deliverTwice = false;
    await world.bot.stop();
    const app = demoApp(SIGNING_SECRET);
    const lines: string[] = [];
    bot = await startBot(
      {
        teams: null,
        production: false,
        slack: { mode: 'http', botToken: app.botToken, signingSecret: app.signingSecret },
        slackApiUrl: world.sandbox.apiUrl,
        databaseUrl: world.databaseUrl,
        dataDir: '',
        host: '127.0.0.1',
        port: 0,
        healthPort: 0,
        ...pages,
      },
      { clock: world.clock, log: createLog('info', { write: (line: string) => void lines.push(line) }) },
    );
    const address = bot.address ?? '';
    world.sandbox.setRequestUrl(address);
    const before = await rowsOf(world.databaseUrl);
    const recorded = [...world.sandbox.deliveries];
    const submissions = recorded.filter(({ payload }) => payload.type === 'view_submission');
    expect(submissions).toHaveLength(2 * 5);
    for (const delivery of recorded) {
      const { status, body } = await resend(address, delivery);
      expect(status).toBe(200);
      if (delivery.payload.type === 'view_submission') expect(body).toBe('{"response_action":"clear"}');
      if (String(delivery.payload.text).includes('Typed once'))
        expect(body).toContain('Saved: Visit at Acme Aerospace');
      expect(body).not.toContain('KAM-');
    }
    // Stopping waits for all that followed from them.
    await bot.stop();
    expect(await rowsOf(world.databaseUrl)).toEqual(before);
    expect(lines.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
  });
});

describe('the first words that somebody ever says to the bot, delivered twice', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ now, empty: true });
    world.sandbox.deliverTwice = true;
  });
  afterAll(() => world?.close());

  it('are of one person, who becomes administrator once', async () => {
    const lin = world.member('U0LINJING');
    expectOk(await lin.command('/kam setup'));
    expect(lin.hasModal).toBe(true);
    await expect.poll(() => world.sandbox.deliveries.filter(({ kind }) => kind === 'command')).toHaveLength(2);
    expect(world.sandbox.deliveries.every(({ ok }) => ok)).toBe(true);
    const { prisma } = world.bot.database;
    expect(await prisma.person.findMany({ select: { administrator: true } })).toEqual([{ administrator: true }]);
    expect(await prisma.identity.count()).toBe(1);
    expect(lin.messages.filter(({ ephemeral }) => ephemeral)).toEqual([]);
  });
});
