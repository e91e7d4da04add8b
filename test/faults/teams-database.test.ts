import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBot } from '../../src/bot.ts';
import { Unprotected } from '../../src/chat/teams/index.ts';
import { type EmbeddedServer, startEmbedded } from '../../src/database/embedded.ts';
import { createLog } from '../../src/log.ts';
import { pages } from '../support/pages.ts';
import { type Done, expectSent, type TeamsMember } from '../support/teams/teams-member.ts';
import { openWorld, type World } from '../world.ts';
import { fillVisit, lastActivity, pressAgain, written } from './teams-world.ts';

const log = createLog('silent');
/** Clients give an invoke up after five seconds and send it again (Teams, message extensions, respond to task module). */
const teamsWaits = 5_000;

describe('a database that is away, and Teams', () => {
  let server: EmbeddedServer;
  let world: World;
  let dataDir: string;
  let anna: TeamsMember;
  const start = () => startEmbedded({ dataDir, log });

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'kam-test-'));
    await chmod(dataDir, 0o711);
    server = await start();
    world = await openWorld({ teams: true, database: { url: server.url, drop: async () => undefined } });
    anna = world.teamsMember('U0BECKER');
  }, 60_000);
  afterAll(async () => {
    await world?.close();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const timed = async (doing: Promise<Done>): Promise<Done> => {
    const begun = performance.now();
    const done = await doing;
    expect(performance.now() - begun).toBeLessThan(teamsWaits);
    expectSent(done);
    return done;
  };
  const visits = (note: string) => world.bot.database.prisma.visit.count({ where: { note } });
  const unreachable = /can’t reach its database.*KAM-/;

  it('is answered honestly, in a channel too, loses nothing, and is used again when it is back', async () => {
    await fillVisit(anna, 'Acme Aerospace', 'typed before the outage');
    expectSent(await anna.mention('today', 'C0EUROPE'));
    await server.stop();

    await timed(anna.submit());
    expect(anna.problems.join()).toMatch(unreachable);
    expect(anna.answer('What happened')).toBe('typed before the outage');
    expect(anna.answer('Customer')).toContain('Acme Aerospace');

    await timed(anna.say('visits'));
    expect(written(anna).at(-1)?.text).toMatch(unreachable);
    const told = written(anna).length;
    await timed(anna.mention('visits', 'C0EUROPE'));
    expect(written(anna).slice(told)).toMatchObject([{ text: expect.stringMatching(unreachable) }]);
    expect(await anna.suggestions('Customer', 'Bra')).toBeInstanceOf(Array);

    server = await start();
    await expect
      .poll(
        async () => {
          if (anna.hasForm) await anna.submit();
          return visits('typed before the outage');
        },
        { timeout: 15_000 },
      )
      .toBe(1);
    expect(world.teams.refused).toEqual([]);
  }, 120_000);

  it('is answered in time when it is slow, and the second press saves once', async () => {
    const blocker = new pg.Client({ connectionString: server.url });
    await blocker.connect();
    try {
      await fillVisit(anna, 'Northgate Rail', 'typed while it was slow');
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE "Visit", "TeamsConversation" IN ACCESS EXCLUSIVE MODE');
      await timed(anna.submit());
      expect(anna.problems.join()).toMatch(unreachable);
      await blocker.query('ROLLBACK');
    } finally {
      await blocker.end();
    }
    await expect
      .poll(
        async () => {
          if (anna.hasForm) await anna.submit();
          return visits('typed while it was slow');
        },
        { timeout: 15_000 },
      )
      .toBe(1);
  }, 60_000);

  it('while the bot stops, what has arrived is answered and said', async () => {
    await fillVisit(anna, 'Brandt Maschinenbau', 'sent while it stopped');
    const lock = new pg.Client({ connectionString: server.url });
    await lock.connect();
    try {
      await lock.query('BEGIN');
      await lock.query('LOCK TABLE "Visit" IN ACCESS EXCLUSIVE MODE');
      const answer = anna.submit();
      const sql = `SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND relation = '"Visit"'::regclass`;
      const waiting = async () => (await lock.query<{ waiting: number }>(sql)).rows[0]?.waiting;
      await expect.poll(waiting, { interval: 10, timeout: 2_000 }).toBeGreaterThan(0);
      const stopped = world.bot.stop();
      await lock.query('COMMIT');
      expectSent(await answer);
      await stopped;
    } finally {
      await lock.end();
    }
    expect(anna.lastMessage.text).toContain('Saved: Visit at Brandt');
    // The message itself was changed too, before the bot ended.
    anna.reload();
    expect(anna.messages.some(({ text }) => text.includes('sent while it stopped'))).toBe(true);
    expect((await pressAgain(world, lastActivity(world))).status).toBe(0);
  }, 60_000);

  it.each([
    ['every interface', { host: null, production: false }, 'Set HOST to 127.0.0.1'],
    ['0.0.0.0', { host: '0.0.0.0', production: false }, 'Set HOST to 127.0.0.1'],
    ['another machine’s number', { host: '192.168.1.10', production: false }, 'Set HOST to 127.0.0.1'],
    ['production', { host: '127.0.0.1', production: true }, 'NODE_ENV is production'],
  ])('without authentication nothing starts on %s', async (_, where, sentence) => {
    const starting = startBot(
      {
        ...where,
        slack: null,
        teams: { authentication: 'none', tenantId: 'local', administrators: [], port: 0 },
        slackApiUrl: 'http://127.0.0.1:1/',
        databaseUrl: server.url,
        dataDir: '',
        port: 0,
        healthPort: 0,
        ...pages,
      },
      { clock: world.clock, log },
    );
    await expect(starting).rejects.toThrow(Unprotected);
    await expect(starting).rejects.toThrow(sentence);
  });
});
