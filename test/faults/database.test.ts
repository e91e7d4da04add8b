import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '../../src/database/embedded.ts';
import { createLog } from '../../src/log.ts';
import { expectOk, type Member } from '../support/member.ts';
import { openWorld, type World } from '../world.ts';

const log = createLog('silent');
/** Slack gives up after three seconds (Handling user interaction: acknowledgement). */
const slackWaits = 3_000;

describe('a database that is away', () => {
  let server: EmbeddedServer;
  let world: World;
  let dataDir: string;
  const start = () => startEmbedded({ dataDir, log });

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'kam-test-'));
    await chmod(dataDir, 0o711);
    server = await start();
    world = await openWorld({ database: { url: server.url, drop: async () => undefined } });
  });
  afterAll(async () => {
    await world?.close();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const timed = async <T>(work: Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await work;
    expect(performance.now() - begun).toBeLessThan(slackWaits);
    return result;
  };
  const health = async () => (await fetch(world.bot.healthAddress)).status;
  const visits = (note: string) => world.bot.database.prisma.visit.count({ where: { note } });
  const fill = async (member: Member, customer: string, note: string) => {
    expectOk(await timed(member.command('/kam log')));
    await member.fill('Customer', customer);
    await member.fill('What happened', note);
    await member.fill('Next step', `step of ${note}`);
  };

  it('is answered honestly for ten seconds, loses nothing, and is used again when it is back', async () => {
    const anna = world.member('U0BECKER');
    const tom = world.member('U0CARTER');
    await fill(anna, 'Acme Aerospace', 'typed before the outage');
    expectOk(await tom.command('/kam today'));
    const stoppedAt = performance.now();
    await server.stop();

    const refused = await timed(anna.submit());
    expect(refused).toMatchObject({ ok: false });
    expect(JSON.stringify(refused)).toMatch(/can’t reach its database.*KAM-/);
    expect(anna.answer('What happened')).toBe('typed before the outage');

    // Whoever is known may still open the form and write; saving comes later.
    expectOk(await timed(tom.command('/kam log')));
    expect(tom.hasModal).toBe(true);
    expectOk(await tom.close());
    let asked = 0;
    while (performance.now() - stoppedAt < 10_000) {
      expectOk(await timed(tom.command(asked % 2 === 0 ? '/kam visits' : '/kam log Acme met nobody')));
      await expect.poll(() => tom.lastMessage.text).toContain('can’t reach its database');
      asked += 1;
    }
    expect(asked).toBeGreaterThan(3);
    expect(await health()).toBe(503);

    server = await start();
    await expect.poll(async () => (await anna.submit()).ok, { timeout: 10_000 }).toBe(true);
    expect(await visits('typed before the outage')).toBe(1);
    expect(await visits('met nobody')).toBe(0);
    await expect.poll(health, { timeout: 30_000, interval: 500 }).toBe(200);
    // What the bot says by itself goes out again too.
    await world.clock.advance({ minutes: 1 });
    const announced = () =>
      tom.messages.filter((message) => message.channel === 'C0EUROPE' && message.text.includes('Acme'));
    await expect.poll(announced, { timeout: 30_000 }).toHaveLength(1);
  }, 120_000);

  it('is answered in time when it is slow, and the second press saves once', async () => {
    const anna = world.member('U0BECKER');
    const blocker = new pg.Client({ connectionString: server.url });
    await blocker.connect();
    try {
      await fill(anna, 'Northgate Rail', 'typed while it was slow');
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE "Visit" IN ACCESS EXCLUSIVE MODE');
      const refused = await timed(anna.submit());
      expect(JSON.stringify(refused)).toMatch(/can’t reach its database/);
      await blocker.query('LOCK TABLE "Draft" IN ACCESS EXCLUSIVE MODE');
      const sofia = world.member('U0ROSSI');
      expectOk(await timed(sofia.command('/kam log')));
      expect(sofia.hasModal).toBe(true);
      await blocker.query('ROLLBACK');
    } finally {
      await blocker.end();
    }
    await expect.poll(async () => (await anna.submit()).ok, { timeout: 10_000 }).toBe(true);
    expect(await visits('typed while it was slow')).toBe(1);
  }, 60_000);

  it('does not stop time: a reminder that fell into the outage is sent after it', async () => {
    const anna = world.member('U0BECKER');
    expectOk(await anna.command('/kam log Brandt called next: call back by Wednesday'));
    await expect.poll(() => anna.lastMessage.text).toContain('Brandt');
    const due = async () =>
      (await world.bot.database.prisma.action.findFirstOrThrow({ where: { text: 'call back' } })).remindAt;
    const remindAt = await due();
    expect(remindAt).toBeInstanceOf(Date);
    await server.stop();
    await world.clock.set(Temporal.Instant.fromEpochMilliseconds(Number(remindAt)).add({ minutes: 5 }));
    server = await start();
    const reminded = () => anna.messages.filter((message) => message.text.includes('call back') && !message.ephemeral);
    await expect
      .poll(
        async () => {
          await world.bot.tick();
          return reminded().length;
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe(1);
  }, 60_000);
});
