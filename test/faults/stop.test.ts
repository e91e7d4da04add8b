import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { mainProgram, startBotProcess } from '../support/bot-process.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folder.ts';
import { expectOk, Member } from '../support/member.ts';
import { type Program, startProgram } from '../support/process.ts';
import { crowdApp, crowdSandbox, customerOf, seedCrowd } from './crowd.ts';

const log = createLog('silent');
const people = 4;

async function openSandbox(): Promise<Sandbox> {
  const sandbox = await crowdSandbox(people, movableClock(), log);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** What a bot of the crowd's workspace is started with. */
const environment = (sandbox: Sandbox, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  SLACK_API_URL: sandbox.apiUrl,
  SLACK_BOT_TOKEN: crowdApp.botToken,
  SLACK_SIGNING_SECRET: crowdApp.signingSecret,
  HOST: '127.0.0.1',
  PORT: '0',
  HEALTH_PORT: '0',
  ...more,
});

/** A port that another program listens on. */
async function takenPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return String((server.address() as AddressInfo).port);
}

/** Everything that runs on this machine and names a folder. */
async function runningIn(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'command=']);
  return stdout.split('\n').filter((command) => command.includes(folder));
}

/** What the program said for a person when it ended: its lines on standard error that are no log. */
async function ending({ child, ended, errors }: Program) {
  await ended;
  const lines = errors().split('\n');
  return { code: child.exitCode, said: lines.filter((line) => line !== '' && !line.startsWith('{')).join('\n') };
}

describe('stopping', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: what has arrived is answered and said, then it ends',
    async (signal) => {
      const sandbox = await openSandbox();
      const own = await createTestDatabase();
      onTestFinished(() => own.drop());
      const database = openDatabase(own.url, { log });
      onTestFinished(() => database.close());
      const bot = await startBotProcess(environment(sandbox, { DATABASE_URL: own.url }));
      sandbox.setRequestUrl(bot.address);
      const users = await seedCrowd(database, people, 1);
      const members = users.map((user) => new Member(sandbox, user));
      for (const member of members) {
        expectOk(await member.command('/kam log'));
        await member.fill('Customer', customerOf(0));
        await member.fill('What happened', `Note of ${member.id}`);
      }

      // While the table is locked every request waits in the middle of its work.
      const lock = new pg.Client({ connectionString: own.url });
      await lock.connect();
      onTestFinished(() => lock.end());
      await lock.query('BEGIN');
      await lock.query('LOCK TABLE "Visit" IN ACCESS EXCLUSIVE MODE');
      const answers = Promise.all(members.map((member) => member.submit()));
      const waiting = async () => {
        const sql = `SELECT count(DISTINCT pid)::int AS waiting FROM pg_locks WHERE NOT granted AND relation = '"Visit"'::regclass`;
        return (await lock.query<{ waiting: number }>(sql)).rows[0]?.waiting;
      };
      await expect.poll(waiting, { interval: 10, timeout: 2_000 }).toBe(people);
      bot.program.child.kill(signal);
      // Nothing new is to be sent here; and a second signal does not cut what is under way.
      await expect.poll(async () => (await fetch(bot.health)).status, { interval: 10, timeout: 2_000 }).toBe(503);
      bot.program.child.kill(signal);
      expect(await (await fetch(bot.health)).json()).toEqual({ status: 'draining' });
      await lock.query('COMMIT');

      expect(await answers).toEqual(members.map(() => expect.objectContaining({ ok: true })));
      expect(await ending(bot.program)).toEqual({ code: 0, said: '' });
      for (const member of members)
        expect(member.messages.filter(({ ephemeral }) => ephemeral)).toEqual([
          expect.objectContaining({ text: expect.stringContaining(customerOf(0)) }),
        ]);
      expect(await database.prisma.visit.count()).toBe(people);
      // Each announcement is sent and known as sent, or waits whole for the next bot.
      const rows = await database.prisma.outbox.findMany({ select: { id: true, state: true } });
      expect(rows).toHaveLength(people);
      expect(rows.filter(({ state }) => state !== 'sent' && state !== 'waiting')).toEqual([]);
      const posted = sandbox.calls.filter(({ method, answer }) => method === 'chat.postMessage' && answer.ok === true);
      expect(posted).toHaveLength(rows.filter(({ state }) => state === 'sent').length);
      await expect(fetch(bot.address)).rejects.toThrow('fetch failed');
      await expect(fetch(bot.health)).rejects.toThrow('fetch failed');
    },
  );

  test('while Slack is out of reach at the start', async () => {
    const sandbox = await openSandbox();
    const own = await createTestDatabase();
    onTestFinished(() => own.drop());
    const nobody = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void nobody.close());
    const asked = new Promise<void>((resolve) => nobody.on('request', () => resolve()));
    const SLACK_API_URL = `http://127.0.0.1:${(nobody.address() as AddressInfo).port}/api/`;
    const program = startProgram(mainProgram, [], environment(sandbox, { DATABASE_URL: own.url, SLACK_API_URL }));
    await asked;
    await expect.poll(() => program.errors()).toContain('Slack is out of reach');
    program.child.kill('SIGTERM');
    expect(await ending(program)).toEqual({ code: 0, said: '' });
  });
});

describe('a bot that cannot start says why in a sentence, and leaves nothing running', () => {
  test('a token that Slack refuses, a port that is taken; afterwards it starts', async () => {
    const sandbox = await openSandbox();
    const DATA_DIR = await temporaryFolder();
    const port = await takenPort();
    const faults: [string, NodeJS.ProcessEnv, RegExp][] = [
      [
        'token',
        { SLACK_BOT_TOKEN: 'xoxb-of-nobody' },
        /^Slack does not accept SLACK_BOT_TOKEN \(invalid_auth\)\. .+\.$/,
      ],
      ['port', { PORT: port }, new RegExp(`^PORT: .*${port} is in use by another program\\. .+\\.$`)],
      [
        'health port',
        { HEALTH_PORT: port },
        new RegExp(`^HEALTH_PORT: .*${port} is in use by another program\\. .+\\.$`),
      ],
    ];
    for (const [fault, env, sentence] of faults) {
      const program = startProgram(mainProgram, [], environment(sandbox, { DATA_DIR, ...env }));
      const { code, said } = await ending(program);
      expect(said, fault).toMatch(sentence);
      expect(code, fault).toBe(1);
      expect(program.errors(), fault).not.toContain('of-nobody');
      expect(await runningIn(DATA_DIR), fault).toEqual([]);
    }
    const bot = await startBotProcess(environment(sandbox, { DATA_DIR }));
    expect(await runningIn(DATA_DIR)).not.toEqual([]);
    bot.program.child.kill('SIGTERM');
    expect(await ending(bot.program)).toEqual({ code: 0, said: '' });
    expect(await runningIn(DATA_DIR)).toEqual([]);
  }, 80_000);

  test('a port of the sandbox that is taken', async () => {
    const DATA_DIR = await temporaryFolder();
    const SANDBOX_PORT = await takenPort();
    const program = startProgram(mainProgram, [], { DATA_DIR, SANDBOX_PORT, PORT: '0', HEALTH_PORT: '0' });
    const { code, said } = await ending(program);
    expect(said).toMatch(new RegExp(`^SANDBOX_PORT: .*${SANDBOX_PORT} is in use by another program\\. .+\\.$`));
    expect(code).toBe(1);
    expect(await runningIn(DATA_DIR)).toEqual([]);
  });

  test('everything that is wrong with the configuration is named at once, without what was set', async () => {
    const DATA_DIR = await temporaryFolder();
    const secrets = {
      token: 'hidden-token-1',
      app: 'hidden-app-2',
      secret: 'hidden-secret-3',
      password: 'hidden-pass-4',
    };
    const program = startProgram(mainProgram, [], {
      DATA_DIR,
      SLACK_BOT_TOKEN: secrets.token,
      SLACK_APP_TOKEN: secrets.app,
      SLACK_SIGNING_SECRET: `xoxb-${secrets.secret}`,
      DATABASE_URL: `mysql://kam:${secrets.password}@127.0.0.1/kam`,
      PORT: 'abc',
      HEALTH_PORT: '70000',
      LOG_LEVEL: 'loud',
    });
    const { code, said } = await ending(program);
    expect(code).toBe(78);
    expect(said.split('\n').map((line) => line.split(':')[0])).toEqual([
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
      'DATABASE_URL',
      'PORT',
      'HEALTH_PORT',
      'LOG_LEVEL',
    ]);
    expect(program.errors()).not.toMatch(/hidden|mysql|abc|70000|loud/);
    expect(await runningIn(DATA_DIR)).toEqual([]);
  });
});
