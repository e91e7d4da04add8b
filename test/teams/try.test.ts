import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { people } from '../../src/sandbox/demo/company.ts';
import { mainProgram } from '../support/bot-process.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type Program, startProgram } from '../support/process.ts';
import { openTeams } from '../support/teams/connector.ts';
import { openIdentityProvider } from '../support/teams/idp.ts';
import { expectSent, TeamsMember } from '../support/teams/teams-member.ts';

const anyPorts = { PORT: '0', HEALTH_PORT: '0', SANDBOX_PORT: '0', TEAMS_PORT: '0', WEB_PORT: '0' };

async function start(env: NodeJS.ProcessEnv): Promise<{ program: Program; DATA_DIR: string }> {
  const DATA_DIR = await temporaryFolder();
  return { program: startProgram(mainProgram, ['--try-teams'], { ...anyPorts, DATA_DIR, ...env }), DATA_DIR };
}

test('the line for the Playground is printed, and its people are the demo’s', { timeout: 60_000 }, async () => {
  const database = await createTestDatabase();
  const { program, DATA_DIR } = await start({ DATABASE_URL: database.url });
  expect(await program.line()).toContain('Sandbox: open http://127.0.0.1:');
  const line = await program.line();
  const folder = join(DATA_DIR, 'playground');
  const address = /-e (http:\/\/127\.0\.0\.1:\d+\/api\/messages) -c msteams/.exec(line)?.[1] ?? '';
  expect(line).toContain(`cd ${folder} && npx @microsoft/m365agentsplayground@0.2.28 `);
  expect(await program.line()).toMatch(/^ready · .* and http:\/\/127\.0\.0\.1:\d+\/api\/messages · health at /);

  const config = JSON.parse(await readFile(join(folder, '.m365agentsplayground.yml'), 'utf8'));
  expect(config.currentUser).toMatchObject({ name: 'Anna Becker', email: 'anna.becker@kestrel.example' });
  // The Playground ends without a word when it has fewer.
  expect(config.users.length).toBeGreaterThanOrEqual(5);
  const emails = new Set<string>(people.map(({ email }) => email));
  expect(config.users.every((user: { email: string }) => emails.has(user.email))).toBe(true);

  // Nobody has to prove who they are, and the bot does not either.
  const idp = await openIdentityProvider();
  const teams = await openTeams({ idp: { ...idp, isBots: () => true } });
  teams.setBotUrl(address);
  const anna = new TeamsMember(teams, 'U0BECKER');
  expectSent(await anna.say('log Brandt Maschinenbau tried it without a tenant'));
  expect(anna.told.at(-1)).toContain('Saved: Visit at Brandt Maschinenbau');
  expectSent(await anna.mention('today', 'C0EUROPE'));
  expect(anna.told.at(-1)).toContain('Today');
  await teams.close();
  await idp.close();
  program.child.kill('SIGTERM');
  await program.ended;
  expect(program.child.exitCode).toBe(0);
  await database.drop();
});

test.each([
  ['on every interface', { HOST: '0.0.0.0' }, 'HOST'],
  ['in production', { NODE_ENV: 'production' }, 'NODE_ENV'],
  ['beside a real workspace', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
])('trying Teams %s is refused in a sentence', async (_, env, variable) => {
  const { program } = await start(env);
  await program.ended;
  expect(program.child.exitCode).toBe(78);
  expect(program.errors()).toMatch(new RegExp(`^${variable}: Trying Teams .+\\. .+`, 'm'));
});
