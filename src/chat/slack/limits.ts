import { cut } from '../../text/cut.ts';
import type { Pace } from '../pace.ts';

export { cut };

/** Slack's limits (docs.slack.dev, reference/block-kit and reference/views), in UTF-16 units where they are lengths. */
export const limits = {
  /** One text object, and what a person may type into one input. */
  text: 3000,
  header: 150,
  contextText: 2000,
  /** What is read aloud of a picture in a block, and of a file. */
  altText: 2000,
  fileAltText: 1000,
  imageTitle: 2000,
  label: 2000,
  hint: 2000,
  placeholder: 150,
  /** Title, save and close button of a modal. */
  viewTitle: 24,
  privateMetadata: 3000,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  buttonsPerBlock: 25,
  confirm: { title: 100, text: 300, button: 30 },
  option: { text: 75, value: 150, description: 75 },
  options: 100,
  /** Checkboxes and radio buttons. */
  boxes: 10,
  blocks: { message: 50, modal: 100, home: 100 },
  /** Slack was seen to refuse messages with about 13,200 characters in their blocks. */
  textInBlocks: 12_000,
  /** `chat.update` refuses more. */
  messageText: 4000,
} as const;

/**
 * What the outbox may send into one workspace. Slack counts calls by method and workspace, each minute, and a 429 stops
 * that method there until its Retry-After is over (docs.slack.dev/apis/web-api/rate-limits). `chat.postMessage` is of the
 * special tier: one message per second and channel, which the outbox's lanes keep, and "several hundred messages per
 * minute" in a workspace (docs.slack.dev/reference/methods/chat.postMessage); 300 is the least that can mean.
 * `chat.update` is tier 3, 50 a minute. What is left of both is for those who wait for an answer: nothing holds these back.
 */
export const pace = {
  post: { kind: 'chat.postMessage', perMinute: 292, atOnce: 292 },
  update: { kind: 'chat.update', perMinute: 45, atOnce: 45 },
} as const satisfies Record<string, Pace>;

export type Surface = keyof typeof limits.blocks;

/** A plain text object; Slack refuses empty ones, so nothing is shown as a dash. Smileys in names stay what was typed. */
export function plainText(text: string, max: number): { type: 'plain_text'; text: string; emoji: false } {
  return { type: 'plain_text', text: cut(text.trim() === '' ? '–' : text, max), emoji: false };
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * A text for where Slack reads its own mark-up: no name can become a ping or a link there. Cut visibly to a length that
 * counts the escapes.
 */
export function escaped(text: string, max: number): string {
  let out = '';
  for (const character of text) {
    const next = entities[character] ?? character;
    if (out.length + next.length > max - 1) return `${out}…`;
    out += next;
  }
  return out;
}
