import type { KnownBlock } from '@slack/types';
import { exchange } from './exchange.ts';

export interface Response {
  response_type?: 'ephemeral';
  replace_original?: boolean;
  text: string;
  blocks: KnownBlock[];
}

/**
 * Answers through a `response_url`: works for 30 minutes and 5 answers, also where the bot is no member. False when
 * Slack did not take it. Goes to Slack's own hosts (or the server that stands in for Slack) only.
 */
export async function respond(responseUrl: string, apiUrl: string, response: Response): Promise<boolean> {
  if (!isSlacks(responseUrl, apiUrl)) return false;
  try {
    const answer = await exchange(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(response),
      within: 5_000,
    });
    // Some refusals come as 200 with a word.
    return answer.status === 200 && !/"ok":\s*false/.test(answer.body.toString());
  } catch {
    return false;
  }
}

/** Whether an address belongs to Slack, or to the server that the API calls go to. */
export function isSlacks(address: string, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.origin === new URL(apiUrl).origin) return true;
  return url.protocol === 'https:' && (url.hostname === 'slack.com' || url.hostname.endsWith('.slack.com'));
}
