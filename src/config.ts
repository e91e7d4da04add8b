import { existsSync } from 'node:fs';
import { z } from 'zod';
import { logLevels } from './log.ts';

/** How the bot is connected to Slack. */
export type SlackConfig =
  | { mode: 'socket'; botToken: string; appToken: string }
  | { mode: 'http'; botToken: string; signingSecret: string };

/** How the bot is connected to Microsoft Teams. */
export interface TeamsConfig {
  /** The bot's registration; `none` is for trying it out on this machine, where nobody proves who they are. */
  authentication: 'none' | { clientId: string; clientSecret: string; tenantId: string };
  /** The tenant whose people are served. */
  tenantId: string;
  /** Addresses, in lower case, of who may set up the bot: Teams does not tell it who runs the tenant. */
  administrators: readonly string[];
  port: number;
}

/** Everything that can be set from outside. */
export interface Config {
  /** null: no Slack workspace is connected; without Teams the sandbox opens instead. */
  slack: SlackConfig | null;
  /** null: no Teams tenant is connected. */
  teams: TeamsConfig | null;
  /** Slack's Web API, or a compatible server; ends in a slash. */
  slackApiUrl: string;
  /** null: the embedded PostgreSQL in dataDir. */
  databaseUrl: string | null;
  dataDir: string;
  /** The interface to listen on; null is all of them. */
  host: string | null;
  /** Slack's requests in HTTP mode. Ports may be 0: one that is free. */
  port: number;
  healthPort: number;
  sandboxPort: number;
  /** Teams' requests. */
  teamsPort: number;
  /** The pages that are opened in a browser: what customers answer, files to download. */
  webPort: number;
  /** Where people reach those pages, without a slash at the end; null: at this machine's own port. */
  publicUrl: string | null;
  /** Signs the links to those pages; null: the secret that is kept beside the embedded database. */
  linkSecret: string | null;
  logLevel: (typeof logLevels)[number];
  production: boolean;
}

/** One thing that is wrong with the configuration; never the value of a variable, it may be a secret. */
export interface ConfigProblem {
  variable: string;
  problem: string;
  mend: string;
}

/** All that is wrong with the configuration at once; the message has a line for each problem. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: ConfigProblem[];
  constructor(problems: ConfigProblem[]) {
    super(problems.map(({ variable, problem, mend }) => `${variable}: ${problem} ${mend}`).join('\n'));
    this.problems = problems;
  }
}

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.int().max(65535))
    .default(fallback);
const address = (protocol: RegExp) => z.url({ protocol });

const environment = z.object({
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xox(b-|e\.)\S+$/)
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/)
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^(?!xox|xapp)\S+$/)
    .optional(),
  TEAMS_CLIENT_ID: z.uuid().optional(),
  TEAMS_CLIENT_SECRET: z
    .string()
    .regex(/^\S{8,}$/)
    .optional(),
  TEAMS_TENANT_ID: z.uuid().optional(),
  TEAMS_ADMINISTRATORS: z
    .string()
    .transform((list) => list.split(/[,;\s]+/).filter((one) => one !== ''))
    .pipe(z.array(z.email().toLowerCase()))
    .default([]),
  TEAMS_PORT: port(3978),
  SLACK_API_URL: address(/^https?$/).default('https://slack.com/api/'),
  DATABASE_URL: address(/^postgres(ql)?$/).optional(),
  DATA_DIR: z.string().default('./data'),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .optional(),
  PORT: port(3000),
  HEALTH_PORT: port(3001),
  SANDBOX_PORT: port(3002),
  WEB_PORT: port(3003),
  PUBLIC_URL: address(/^https?$/)
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  LINK_SECRET: z
    .string()
    .regex(/^\S{32,}$/)
    .optional(),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  NODE_ENV: z.string().optional(),
});
type Variable = keyof typeof environment.shape;

/** Every variable that is read, with what counts where it is not set; null: nothing does. */
export const variables: ReadonlyMap<string, string | null> = new Map(
  environment.keyof().options.map((name) => [name, String(environment.parse({})[name] ?? '') || null]),
);

const aPort = { problem: 'It is not a port.', mend: 'Set a number from 0 to 65535, or leave it out.' };
const wrong: Record<Variable, { problem: string; mend: string }> = {
  SLACK_BOT_TOKEN: {
    problem: 'It is not a bot token.',
    mend: 'Copy the Bot User OAuth Token, which begins with xoxb-, from "OAuth & Permissions" of your Slack app.',
  },
  SLACK_APP_TOKEN: {
    problem: 'It is not an app-level token.',
    mend: 'Copy the token that begins with xapp- from "Basic Information", "App-Level Tokens" of your Slack app.',
  },
  SLACK_SIGNING_SECRET: {
    problem: 'It is not a signing secret.',
    mend: 'Copy the Signing Secret (not a token) from "Basic Information", "App Credentials" of your Slack app.',
  },
  TEAMS_CLIENT_ID: {
    problem: 'It is not the id of an application.',
    mend: 'Copy the Application (client) ID of the bot’s registration in Microsoft Entra.',
  },
  TEAMS_CLIENT_SECRET: {
    problem: 'It is not a client secret.',
    mend: 'Copy the value (not the id) of a client secret of the bot’s registration in Microsoft Entra.',
  },
  TEAMS_TENANT_ID: {
    problem: 'It is not the id of a tenant.',
    mend: 'Copy the Directory (tenant) ID of the bot’s registration in Microsoft Entra.',
  },
  TEAMS_ADMINISTRATORS: {
    problem: 'It is not a list of e-mail addresses.',
    mend: 'Set the addresses of who may run setup, with commas between them.',
  },
  TEAMS_PORT: aPort,
  SLACK_API_URL: { problem: 'It is not an address.', mend: 'Set one that begins with https://, or leave it out.' },
  DATABASE_URL: {
    problem: 'It is not the address of a PostgreSQL database.',
    mend: 'Set postgresql://user:password@host:5432/database, or leave it out for the embedded server.',
  },
  DATA_DIR: { problem: 'It is not a folder.', mend: 'Set a path, or leave it out for ./data.' },
  HOST: { problem: 'It is not a host.', mend: 'Set the name or number of one interface, for example 127.0.0.1.' },
  PORT: aPort,
  HEALTH_PORT: aPort,
  SANDBOX_PORT: aPort,
  WEB_PORT: aPort,
  PUBLIC_URL: {
    problem: 'It is not a web address.',
    mend: 'Set where people reach this bot, for example https://kam.example.com, or leave it out.',
  },
  LINK_SECRET: {
    problem: 'It is too short for a secret, or has spaces.',
    mend: 'Set 32 or more random signs, for example from: openssl rand -base64 32',
  },
  LOG_LEVEL: { problem: 'There is no such level.', mend: `Set one of ${logLevels.join(', ')}.` },
  NODE_ENV: { problem: 'It is not a name.', mend: 'Set production, or leave it out.' },
};

/**
 * Reads the configuration, from `.env` in the working directory too; what is set outside wins over the file. An empty
 * variable counts as not set. Throws ConfigError with all problems.
 */
export function readConfig(from: NodeJS.ProcessEnv = withEnvFile()): Config {
  const set = Object.fromEntries(
    Object.entries(from).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environment.safeParse(set);
  const badVariables = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])));
  const names = environment.keyof().options;
  const problems: ConfigProblem[] = names
    .filter((name) => badVariables.has(name))
    .map((variable) => ({ variable, ...wrong[variable] }));
  problems.push(...slackProblems(set), ...teamsProblems(set), ...nothingConnected(set));
  if (!parsed.success) throw new ConfigError(problems);
  problems.push(...portProblems(parsed.data));
  if (problems.length > 0) throw new ConfigError(problems);
  const values = parsed.data;
  const slack = slackConfig(values);
  const teams = teamsConfig(values);
  return {
    slack,
    teams,
    slackApiUrl: values.SLACK_API_URL.replace(/\/*$/, '/'),
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: values.DATA_DIR,
    // Everyone who reaches the sandbox can be anyone in it.
    host: values.HOST ?? (slack || teams ? null : '127.0.0.1'),
    port: values.PORT,
    healthPort: values.HEALTH_PORT,
    sandboxPort: values.SANDBOX_PORT,
    teamsPort: values.TEAMS_PORT,
    webPort: values.WEB_PORT,
    publicUrl: values.PUBLIC_URL ?? null,
    linkSecret: values.LINK_SECRET ?? null,
    logLevel: values.LOG_LEVEL,
    production: values.NODE_ENV === 'production',
  };
}

function withEnvFile(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

function slackConfig(values: z.infer<typeof environment>): SlackConfig | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = values;
  if (botToken && appToken) return { mode: 'socket', botToken, appToken };
  if (botToken && signingSecret) return { mode: 'http', botToken, signingSecret };
  return null;
}

function slackProblems(set: Partial<Record<string, string>>): ConfigProblem[] {
  const entrance = set.SLACK_APP_TOKEN ?? set.SLACK_SIGNING_SECRET;
  if (set.SLACK_BOT_TOKEN && !entrance) {
    return [
      {
        variable: 'SLACK_APP_TOKEN',
        problem: 'SLACK_BOT_TOKEN is set, but not how requests arrive.',
        mend: 'Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.',
      },
    ];
  }
  if (entrance && !set.SLACK_BOT_TOKEN) {
    const given = set.SLACK_APP_TOKEN ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET';
    return [
      { variable: 'SLACK_BOT_TOKEN', problem: `${given} is set, but this is not.`, mend: wrong.SLACK_BOT_TOKEN.mend },
    ];
  }
  return [];
}

/** What a registration at Microsoft consists of. */
const registration = ['TEAMS_CLIENT_ID', 'TEAMS_CLIENT_SECRET', 'TEAMS_TENANT_ID'] as const;

function teamsConfig(values: z.infer<typeof environment>): TeamsConfig | null {
  const { TEAMS_CLIENT_ID: clientId, TEAMS_CLIENT_SECRET: clientSecret, TEAMS_TENANT_ID: tenantId } = values;
  if (!clientId || !clientSecret || !tenantId) return null;
  const authentication = { clientId, clientSecret, tenantId };
  return { authentication, tenantId, administrators: values.TEAMS_ADMINISTRATORS, port: values.TEAMS_PORT };
}

function teamsProblems(set: Partial<Record<string, string>>): ConfigProblem[] {
  const given = registration.filter((name) => set[name] !== undefined);
  if (given.length === 0) return [];
  return registration
    .filter((name) => set[name] === undefined)
    .map((variable) => ({ variable, problem: `${given[0]} is set, but this is not.`, mend: wrong[variable].mend }));
}

function nothingConnected(set: Partial<Record<string, string>>): ConfigProblem[] {
  const connected = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', ...registration].some(
    (name) => set[name] !== undefined,
  );
  if (set.NODE_ENV === 'production' && !connected && !set.SANDBOX_PORT) {
    return [
      {
        variable: 'SLACK_BOT_TOKEN',
        problem: 'NODE_ENV is production, but no workspace is connected.',
        mend: 'Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET), or TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET and TEAMS_TENANT_ID; to open the sandbox on purpose, set SANDBOX_PORT.',
      },
    ];
  }
  return [];
}

function portProblems(values: z.infer<typeof environment>): ConfigProblem[] {
  const names = ['PORT', 'HEALTH_PORT', 'SANDBOX_PORT', 'TEAMS_PORT', 'WEB_PORT'] as const;
  const taken = names.filter((name, index) =>
    names.slice(0, index).some((earlier) => values[name] !== 0 && values[earlier] === values[name]),
  );
  return taken.map((variable) => ({
    variable,
    problem: 'Another of PORT, HEALTH_PORT, SANDBOX_PORT, TEAMS_PORT and WEB_PORT has the same number.',
    mend: 'Give each its own.',
  }));
}
