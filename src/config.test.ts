import { expect, test } from 'vitest';
import { type Config, ConfigError, readConfig } from './config.ts';

const defaults: Config = {
  slack: null,
  teams: null,
  slackApiUrl: 'https://slack.com/api/',
  databaseUrl: null,
  dataDir: './data',
  host: '127.0.0.1',
  port: 3000,
  healthPort: 3001,
  sandboxPort: 3002,
  teamsPort: 3978,
  webPort: 3003,
  publicUrl: null,
  linkSecret: null,
  logLevel: 'info',
  production: false,
};
const bot = { SLACK_BOT_TOKEN: 'xoxb-1-secret' };

const uuids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
const registration = {
  TEAMS_CLIENT_ID: uuids[0],
  TEAMS_CLIENT_SECRET: 'a-client-secret',
  TEAMS_TENANT_ID: uuids[1],
};

const readable: [string, NodeJS.ProcessEnv, Partial<Config>][] = [
  ['nothing set: the sandbox, on loopback', {}, {}],
  ['empty counts as not set', { SLACK_BOT_TOKEN: '', PORT: ' ' }, {}],
  [
    'Socket Mode, on all interfaces',
    { ...bot, SLACK_APP_TOKEN: 'xapp-1' },
    { slack: { mode: 'socket', botToken: 'xoxb-1-secret', appToken: 'xapp-1' }, host: null },
  ],
  [
    'HTTP',
    { ...bot, SLACK_SIGNING_SECRET: 'abc123', HOST: '::1' },
    { slack: { mode: 'http', botToken: 'xoxb-1-secret', signingSecret: 'abc123' }, host: '::1' },
  ],
  [
    'both entrances: Socket Mode, which needs no address',
    { SLACK_BOT_TOKEN: 'xoxe.xoxb-1', SLACK_SIGNING_SECRET: 'abc', SLACK_APP_TOKEN: 'xapp-1' },
    { slack: { mode: 'socket', botToken: 'xoxe.xoxb-1', appToken: 'xapp-1' }, host: null },
  ],
  ['a local Slack', { SLACK_API_URL: 'http://127.0.0.1:9/api' }, { slackApiUrl: 'http://127.0.0.1:9/api/' }],
  [
    'a database, ports and a level',
    { DATABASE_URL: 'postgres://a:b@c/d', PORT: '0', HEALTH_PORT: '0', SANDBOX_PORT: '65535', LOG_LEVEL: 'debug' },
    { databaseUrl: 'postgres://a:b@c/d', port: 0, healthPort: 0, sandboxPort: 65535, logLevel: 'debug' },
  ],
  [
    'pages behind an address of their own',
    { WEB_PORT: '8080', PUBLIC_URL: 'https://kam.example.com/chat/', LINK_SECRET: 'a'.repeat(32) },
    { webPort: 8080, publicUrl: 'https://kam.example.com/chat', linkSecret: 'a'.repeat(32) },
  ],
  ['the sandbox in production, on purpose', { NODE_ENV: 'production', SANDBOX_PORT: '3002' }, { production: true }],
  [
    'Teams, on all interfaces',
    { ...registration, TEAMS_ADMINISTRATORS: 'Ann@Acme.example, bo@acme.example', TEAMS_PORT: '0' },
    {
      teams: {
        authentication: { clientId: uuids[0], clientSecret: 'a-client-secret', tenantId: uuids[1] },
        tenantId: uuids[1],
        administrators: ['ann@acme.example', 'bo@acme.example'],
        port: 0,
      },
      teamsPort: 0,
      host: null,
    },
  ],
];

test.each(readable)('%s', (_, env, expected) => {
  expect(readConfig(env)).toEqual({ ...defaults, ...expected });
});

const refused: [string, NodeJS.ProcessEnv, string[]][] = [
  ['a bot token alone', bot, ['SLACK_APP_TOKEN']],
  ['an app token alone', { SLACK_APP_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN']],
  ['a signing secret alone', { SLACK_SIGNING_SECRET: 'abc' }, ['SLACK_BOT_TOKEN']],
  [
    'tokens changed round',
    { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
    ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
  ],
  ['a token as the signing secret', { ...bot, SLACK_SIGNING_SECRET: 'xoxb-1' }, ['SLACK_SIGNING_SECRET']],
  ['half a Teams registration', { TEAMS_CLIENT_ID: uuids[0] }, ['TEAMS_CLIENT_SECRET', 'TEAMS_TENANT_ID']],
  ['a client id that is none', { ...registration, TEAMS_CLIENT_ID: 'kam' }, ['TEAMS_CLIENT_ID']],
  ['administrators by name', { ...registration, TEAMS_ADMINISTRATORS: 'Ann' }, ['TEAMS_ADMINISTRATORS']],
  ['Teams on a port that is taken', { ...registration, TEAMS_PORT: '3000' }, ['TEAMS_PORT']],
  ['production without a workspace', { NODE_ENV: 'production' }, ['SLACK_BOT_TOKEN']],
  ['a short secret for links', { LINK_SECRET: 'hunter2' }, ['LINK_SECRET']],
  ['pages at something that is no address', { PUBLIC_URL: 'kam.example.com' }, ['PUBLIC_URL']],
  ['pages on a port that is taken', { WEB_PORT: '3000' }, ['WEB_PORT']],
  ['the same port twice', { PORT: '4000', HEALTH_PORT: '4000' }, ['HEALTH_PORT']],
  [
    'many at once',
    { PORT: '70000', HEALTH_PORT: 'x', SANDBOX_PORT: '-1', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://a', HOST: 'a b' },
    ['DATABASE_URL', 'HOST', 'PORT', 'HEALTH_PORT', 'SANDBOX_PORT', 'LOG_LEVEL'],
  ],
  ['a wrong value and a half connection', { ...bot, SLACK_API_URL: 'slack.com' }, ['SLACK_API_URL', 'SLACK_APP_TOKEN']],
];

test.each(refused)('refuses %s', (_, env, variables) => {
  const error = errorOf(env);
  expect(error.problems.map((problem) => problem.variable)).toEqual(variables);
  expect(error.message.split('\n')).toHaveLength(variables.length);
});

test('never prints a value', () => {
  const secret = 'hunter2-secret';
  const { message } = errorOf({
    SLACK_BOT_TOKEN: secret,
    SLACK_APP_TOKEN: secret,
    SLACK_SIGNING_SECRET: `xoxb-${secret}`,
    DATABASE_URL: secret,
    SLACK_API_URL: secret,
    PORT: secret,
    LOG_LEVEL: secret,
  });
  expect(message).not.toContain(secret);
});

function errorOf(env: NodeJS.ProcessEnv): ConfigError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}
