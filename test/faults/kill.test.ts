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
/**
 * A kill comes after so many signs of life at the most. Twenty answers and twenty posts are all that a round gives; the
 * posts of the channels that rest come too late to wait for.
 */
const mostSigns = atOnce + 12;
/** And at most so many ms later, so that it also falls between two signs. */
const latest = 20;

/** The attempts to send that a worker had begun at the moment of a kill: a row's id, and which attempt it was. */
async function inFlight({ pool }: Database): Promise<{ id: string; attempts: number }[]> {
  const { rows } = await pool.query(`SELECT id, attempts FROM "Outbox" WHERE state = 'sending'`);
  return rows;
}

/** What the bot does, counted, so that the moment of a kill is one of its work and not of the clock of this machine. */
function signsOfLife() {
  let left = 0;
  let done = () => {};
  return {
    sign() {
      left -= 1;
      if (left === 0) done();
    },
    after(count: number): Promise<void> {
      return new Promise((resolve) => {
        left = count;
        done = resolve;
        if (count === 0) resolve();
      });
    },
  };
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
  const sent = new Map<string, number>();
  const life = signsOfLife();
  sandbox.on('call', ({ method, args, answer }) => {
    if (method !== 'chat.postMessage' || answer.ok !== true) return;
    const { marker } = JSON.parse(String(args.metadata ?? '{"event_payload":{}}')).event_payload;
    if (typeof marker !== 'string') return;
    sent.set(marker, (sent.get(marker) ?? 0) + 1);
    life.sign();
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
  const killed = new Map<string, Set<number>>();
  const kill = async () => {
    bot.program.child.kill('SIGKILL');
    await bot.program.ended;
    for (const { id, attempts } of await inFlight(database))
      killed.set(id, (killed.get(id) ?? new Set()).add(attempts));
  };
  const notes: string[] = [];
  let again = 0;
  for (let round = 0; round < rounds; round += 1) {
    sandbox.setRequestUrl(bot.address);
    // A thousand announcements are more than Slack takes in a few minutes, which is not what this is about.
    await pool.query('DELETE FROM "Pace"');
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
    const end = life
      .after(luck.under(mostSigns + 1))
      .then(() => pause(luck.next() * latest))
      .then(kill);
    const submit = async (member: Member) => {
      const answer = await member.submit();
      life.sign();
      return answer;
    };
    const answers = await Promise.all(members.map(submit));
    await end;
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
  await kill();

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
  expect(new Set(sent.keys()), context).toEqual(new Set(ids.rows.map((row) => row.id)));
  let twice = 0;
  for (const [marker, times] of sent) {
    expect(times, `${context}, ${marker} sent ${times} times`).toBeLessThanOrEqual(1 + (killed.get(marker)?.size ?? 0));
    if (times > 1) twice += 1;
  }
  // A worker sends eight at once at the most, so that this many were on their way when it was killed.
  expect(twice, context).toBeLessThanOrEqual(8 * (rounds + 1));
}, 480_000);
