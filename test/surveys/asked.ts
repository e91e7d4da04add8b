import { expect, vi } from 'vitest';
import type { World } from '../world.ts';

/** Monday, 10:30 in Berlin. */
export const monday = '2026-11-23T09:30:00Z';

/** Asks a customer as Anna does, and returns the link that she is shown. `words`: what stands behind `/kam survey`. */
export async function linkFor(world: World, words: string, days = '14'): Promise<string> {
  const anna = world.member('U0BECKER');
  const before = anna.messages.length;
  await anna.command(`/kam survey ${words}`);
  // Without a contact the command shows the account, from where somebody unknown is asked.
  await vi.waitFor(() => expect(anna.hasModal || anna.messages.length > before).toBe(true), 5_000);
  if (!anna.hasModal) await anna.press('Ask the customer');
  await vi.waitFor(() => expect(anna.hasModal).toBe(true), 5_000);
  await anna.fill('Days for which the link works', days);
  await anna.submit();
  return vi.waitFor(() => {
    const shown = JSON.stringify(anna.messages.slice(before).map(({ blocks, text }) => [blocks, text]));
    const link = /https?:\/\/[\w.:]+\/s\/[\w-]+/.exec(shown)?.[0];
    if (link === undefined) throw new Error(`there is no link in ${shown}`);
    return link;
  }, 5_000);
}

/** Where the button of the card that Anna was shown last leads her: to the page as the customer will see it. */
export function previewOf(world: World): string {
  const shown = JSON.stringify(world.member('U0BECKER').messages.map(({ blocks }) => blocks));
  const preview = [...shown.matchAll(/https?:\/\/[\w.:]+\/p\/[\w-]+/g)].at(-1)?.[0];
  if (preview === undefined) throw new Error('there is no button that leads to a preview');
  return preview;
}

/** The page as a browser gets it. */
export async function open(link: string, init: RequestInit = {}) {
  const response = await fetch(link, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, html: await response.text() };
}

/** Sends the page's form with these answers, by the words above them or by their name. */
export async function send(link: string, answers: Readonly<Record<string, string>>, version?: string) {
  const { html } = await open(link);
  const legends = [...html.matchAll(/<legend>([^<]+)<\/legend>[\s\S]*?name="([\w-]+)"/g)];
  const named = new Map(legends.map((match) => [match[1], match[2]]));
  const seen = version ?? /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';
  const body = new URLSearchParams({ version: seen, do: 'answer' });
  for (const [words, value] of Object.entries(answers)) body.set(named.get(words) ?? words, value);
  return open(link, { method: 'POST', body });
}
