import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Config, SlackConfig } from '../config.ts';
import { type DoctorTools, examineClock, type Finding } from './finding.ts';

const subject = 'slack';
const patience = 10_000;
const answerShape = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  team: z.string().optional(),
  bot_id: z.string().optional(),
});
const manifestShape = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** Looks at the connection to Slack: tokens accepted, scopes as in the manifest, clock. */
export async function examineSlack(config: Config, tools: DoctorTools): Promise<Finding[]> {
  const { slack, slackApiUrl, teams } = config;
  if (slack === null) {
    const instead = teams === null ? ': the sandbox opens instead' : '';
    return [{ subject, state: 'note', says: `No workspace is connected${instead}.` }];
  }
  const asked = tools.clock.now();
  const reply = await call(slackApiUrl, 'auth.test', slack.botToken);
  const answered = tools.clock.now();
  if (reply instanceof Error) {
    const mend = 'See that this machine may reach SLACK_API_URL (proxy, firewall).';
    return [{ subject, state: 'fault', says: `${slackApiUrl} cannot be reached: ${reply.message}.`, mend }];
  }
  const findings = [examineToken(reply.answer)];
  if (reply.answer.ok) findings.push(...(await examineScopes(reply.headers, slack)));
  if (slack.mode === 'socket') findings.push(await examineAppToken(slackApiUrl, slack.appToken));
  const date = reply.headers.get('date');
  if (date !== null && !Number.isNaN(Date.parse(date))) {
    const theirs = Temporal.Instant.fromEpochMilliseconds(Date.parse(date));
    findings.push(examineClock('clock', "Slack's", theirs, asked, answered));
  }
  return findings;
}

type Reply = { answer: z.infer<typeof answerShape>; headers: Headers };

async function call(base: string, method: string, token: string): Promise<Reply | Error> {
  try {
    const response = await fetch(new URL(method, base), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      signal: AbortSignal.timeout(patience),
    });
    const parsed = answerShape.safeParse(await response.json().catch(() => null));
    if (!parsed.success) return new Error(`it answers ${response.status}, but not as Slack does`);
    return { answer: parsed.data, headers: response.headers };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    return new Error(cause || (error instanceof Error ? error.message : String(error)));
  }
}

const whyRefused: Record<string, string> = {
  invalid_auth: 'Copy the Bot User OAuth Token from "OAuth & Permissions" of your Slack app again.',
  not_authed: 'Set SLACK_BOT_TOKEN.',
  account_inactive: 'The app was removed from the workspace: install it again and copy the new token.',
  token_revoked: 'The token was revoked: install the app again and copy the new token.',
  token_expired: 'Token rotation is on for this app: turn it off, or copy a fresh token.',
};

function examineToken({ ok, error = 'unknown_error', team, bot_id }: Reply['answer']): Finding {
  if (!ok) {
    const mend = whyRefused[error] ?? 'Look this word up in the reference of auth.test.';
    return { subject, state: 'fault', says: `SLACK_BOT_TOKEN is refused: ${error}.`, mend };
  }
  if (bot_id === undefined) {
    const mend = 'Copy the Bot User OAuth Token, not the User OAuth Token.';
    return { subject, state: 'fault', says: 'SLACK_BOT_TOKEN is not the token of a bot.', mend };
  }
  return { subject, state: 'ok', says: `The bot is known in the workspace ${team ?? ''}.` };
}

async function examineAppToken(base: string, appToken: string): Promise<Finding> {
  const reply = await call(base, 'apps.connections.open', appToken);
  if (!(reply instanceof Error) && reply.answer.ok) return { subject, state: 'ok', says: 'Socket Mode may connect.' };
  const why = reply instanceof Error ? reply.message : (reply.answer.error ?? 'unknown_error');
  const mend = 'Turn Socket Mode on and make an app-level token with the scope connections:write.';
  return { subject, state: 'fault', says: `SLACK_APP_TOKEN is refused: ${why}.`, mend };
}

async function examineScopes(headers: Headers, slack: SlackConfig): Promise<Finding[]> {
  const file = slack.mode === 'socket' ? 'manifests/slack.socket.json' : 'manifests/slack.json';
  const text = await readFile(resolve(import.meta.dirname, '../..', file), 'utf8').catch(() => null);
  const given = headers.get('x-oauth-scopes');
  if (given === null) return [{ subject: 'scopes', state: 'note', says: 'The server does not tell the scopes.' }];
  if (text === null) {
    const mend = 'Get the files of this version again.';
    return [{ subject: 'scopes', state: 'fault', says: `${file} is missing.`, mend }];
  }
  return [compareScopes(given, manifestShape.parse(JSON.parse(text)).oauth_config.scopes.bot, file)];
}

/** Compares the scopes a token has (as Slack's header lists them) with those the manifest asks for. */
export function compareScopes(header: string, wanted: string[], file: string): Finding {
  const given = new Set(header.split(',').map((scope) => scope.trim()));
  const missing = wanted.filter((scope) => !given.has(scope));
  if (missing.length === 0)
    return { subject: 'scopes', state: 'ok', says: `All ${wanted.length} of ${file} are given.` };
  return {
    subject: 'scopes',
    state: 'fault',
    says: `The token lacks ${missing.join(', ')}.`,
    mend: `Put ${file} into "App Manifest" of your Slack app and install the app again.`,
  };
}
