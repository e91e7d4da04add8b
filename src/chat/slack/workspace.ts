import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import { faultOf, makeCalls } from './calls.ts';

/** The workspace that a bot token belongs to, as `auth.test` says. */
export interface SlackWorkspace {
  teamId: string;
  teamName: string;
  botUserId: string;
  /** For example `https://acme.slack.com/`. */
  url: string;
  /** The scopes that were granted to the token. */
  scopes: readonly string[];
}

const answer = z.object({
  team_id: z.string(),
  team: z.string().default(''),
  user_id: z.string(),
  url: z.string().default('https://slack.com/'),
  response_metadata: z.object({ scopes: z.array(z.string()).default([]) }).optional(),
});

/** Slack refuses the token, and trying again will not help. */
export class SlackRefused extends Error {
  override name = 'SlackRefused';
  /** Slack's own word, for example `invalid_auth`. */
  readonly code: string;

  constructor(code: string, variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' = 'SLACK_BOT_TOKEN') {
    const where = variable === 'SLACK_BOT_TOKEN' ? 'OAuth & Permissions' : 'Basic Information';
    super(
      `Slack does not accept ${variable} (${code}). Copy the token again from your app's page at ` +
        `https://api.slack.com/apps, "${where}", and start once more.`,
    );
    this.code = code;
  }
}

const longestPause = 30_000;

/**
 * Asks Slack whose token this is. Waits and asks again while Slack is out of reach; throws `SlackRefused` when Slack
 * says no. `attempts` ends the waiting with Slack's fault as an error (for a check that must come to an end); `signal`
 * ends it at once.
 */
export async function readWorkspace(needs: {
  botToken: string;
  apiUrl: string;
  log: Logger;
  attempts?: number;
  signal?: AbortSignal;
}): Promise<SlackWorkspace> {
  const { botToken, apiUrl, log, attempts = Number.POSITIVE_INFINITY, signal } = needs;
  const { background } = makeCalls(botToken, apiUrl, log);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const told = answer.parse(await background('auth.test', {}));
      return {
        teamId: told.team_id,
        teamName: told.team,
        botUserId: told.user_id,
        url: told.url,
        scopes: told.response_metadata?.scopes ?? [],
      };
    } catch (error) {
      if (error instanceof z.ZodError) throw new Error('this is no Slack: auth.test answered something else');
      const fault = faultOf(error);
      if (fault.fault === 'refused') throw new SlackRefused(fault.code);
      if (attempt >= attempts) throw new Error(`Slack could not be asked (${fault.code})`);
      const wait = Math.min(longestPause, Math.max(fault.ms, 1_000 * 2 ** Math.min(attempt, 5)));
      log.warn({ reason: fault.code, attempt, waitMs: wait }, 'Slack is out of reach; trying again');
      await pause(wait, undefined, signal === undefined ? {} : { signal });
    }
  }
}
