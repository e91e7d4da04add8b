import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { createTestDatabase } from '../support/database.ts';
import { Member } from '../support/member.ts';
import { chance } from './chance.ts';
import { crowdApp, crowdSandbox, customerOf, seedCrowd } from './crowd.ts';

const rounds = 50;
const atOnce = 20;
const people = 40;
/** The latest moment of a kill, ms after the first submission of its round: by then all of them are answered. */
const latest = 250;

/** What was sent from the outbox, in order, by marker: the id of its row. */
interface Sent {
  marker: string;
  at: number;
}

/** The rows that a worker held at the moment of a kill. */
interface Kill {
  at: number;
  inFlight: Set<string>;
}

async function inFlight({ pool }: Database): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>(`SELECT id FROM "Outbox" WHERE state = 'sending'`);
  return new Set(rows.map((row) => row.id));
}

test('kill -9 at any moment: what was acknowledged is there once, what was to be said is said', async () => {
  const luck = chance();
  const log = createLog('silent');
  const sandbox = await crowdSandbox(people, movableClock(), log);
  onTestFinished(() => sandbox.close());
  const own = await createTestDatabase();
  onTestFinished(() => own.drop());
  const database = openDatabase(own.url, { log });
  onTestFinished(() => database.close());
  const { pool } = database;
  const sent: Sent[] = [];
  sandbox.on('call', ({ method, args, answer }) => {
    if (method !== 'chat.postMessage' || answer.ok !== true) return;
    const { marker } = JSON.parse(String(args.metadata ?? '{"event_payload":{}}')).event_payload;
    if (typeof marker === 'string') sent.push({ marker, at: performance.now() });
  });
  const start = () =>
    startBotProcess({
      DATABASE_URL: own.url,
      SLACK_API_URL: sandbox.apiUrl,
      SLACK_BOT_TOKEN: crowdApp.botToken,
      SLACK_SIGNING_SECRET: crowdApp.signingSecret,
      LOG_LEVEL: 'info',
    });

  let bot: BotProcess = await start();
  const users = await seedCrowd(database, people, rounds);
  const kills: Kill[] = [];
  const notes: string[] = [];
  let again = 0;
  for (let round = 0; round < rounds; round += 1) {
    sandbox.setRequestUrl(bot.address);
    // The next bot starts while this one works, as when a new version replaces it.
    const next = start();
    const members = luck.some(users, atOnce).map((user) => new Member(sandbox, user));
    const note = (member: Member) => `Marked note ${round} of ${member.id}`;
    const open = async (member: Member) => {
      await expect
        .poll(async () => (await member.command('/kam log')).ok && member.hasModal, { timeout: 20_000 })
        .toBe(true);
      await member.fill('Customer', customerOf(round));
      await member.fill('What happened', note(member));
      await member.fill('Next step', `Marked step ${round} of ${member.id}`);
      notes.push(note(member));
    };
    await Promise.all(members.map(open));
    const killed = pause(luck.next() * latest).then(async () => {
      bot.program.child.kill('SIGKILL');
      await bot.program.ended;
      kills.push({ at: performance.now(), inFlight: await inFlight(database) });
    });
    const answers = await Promise.all(members.map((member) => member.submit()));
    await killed;
    expect(bot.program.errors()).not.toMatch(/Marked|xoxb|Customer \d/);
    const acknowledged = members.filter((_, index) => answers[index]?.ok).map(note);
    const { rows } = await pool.query<{ note: string }>('SELECT note FROM "Visit" WHERE note = ANY ($1)', [
      acknowledged,
    ]);
    expect(rows.map((row) => row.note).sort(), `seed ${luck.seed}, round ${round}`).toEqual(acknowledged.sort());
    // Whoever read that it failed presses the button again, in the same form.
    bot = await next;
    sandbox.setRequestUrl(bot.address);
    const failed = members.filter((_, index) => !answers[index]?.ok);
    again += failed.length;
    for (const member of failed)
      await expect.poll(async () => (await member.submit()).ok, { timeout: 20_000 }).toBe(true);
  }
  bot.program.child.kill('SIGKILL');
  await bot.program.ended;
  kills.push({ at: performance.now(), inFlight: await inFlight(database) });

  const context = `seed ${luck.seed}, ${again} pressed again`;
  const visits = await pool.query<{ note: string }>('SELECT note FROM "Visit"');
  expect(visits.rows.map((row) => row.note).sort(), context).toEqual(notes.sort());
  const steps = await pool.query('SELECT count(*)::int AS steps FROM "Action"');
  expect(steps.rows, context).toEqual([{ steps: notes.length }]);
  const announced = await pool.query('SELECT count(*)::int AS rows FROM "Outbox"');
  expect(announced.rows, context).toEqual([{ rows: notes.length }]);

  // The claims of the killed end by themselves after a while; nobody holds one now.
  await pool.query(`UPDATE "Outbox" SET "claimedUntil" = NULL`);
  await start();
  const left = async () => {
    const waiting = await pool.query(`SELECT count(*)::int AS left FROM "Outbox" WHERE state <> 'sent'`);
    return waiting.rows[0]?.left;
  };
  await expect.poll(left, { timeout: 60_000, interval: 250 }).toBe(0);
  const ids = await pool.query<{ id: string }>('SELECT id FROM "Outbox"');
  expect(new Set(sent.map((one) => one.marker)), context).toEqual(new Set(ids.rows.map((row) => row.id)));
  const first = new Map<string, Sent>();
  const twice: string[] = [];
  for (const one of sent) {
    const before = first.get(one.marker);
    if (before) {
      twice.push(one.marker);
      const between = kills.filter((kill) => kill.at >= before.at && kill.at <= one.at);
      expect(
        between.some((kill) => kill.inFlight.has(one.marker)),
        `${context}, ${one.marker} sent twice`,
      ).toBe(true);
    }
    first.set(one.marker, one);
  }
  // A worker sends eight at once at the most, so that this many were on their way when it was killed.
  expect(twice.length, context).toBeLessThanOrEqual(8 * kills.length);
}, 240_000);
