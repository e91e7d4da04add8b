import { isObject, text } from './json.ts';

const mention = /<(?:@([UWB][A-Z0-9]+)|!(here|channel|everyone)|!subteam\^(S[A-Z0-9]+))(?:[|^][^>]*)?>/g;

function fromMarkup(markup: string): string[] {
  return [...markup.matchAll(mention)].flatMap((found) => found[1] ?? found[2] ?? found[3] ?? []);
}

function fromBlocks(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fromBlocks);
  if (!isObject(value)) return [];
  switch (value.type) {
    case 'plain_text':
      return [];
    case 'mrkdwn':
      return fromMarkup(text(value.text));
    case 'markdown':
      return fromMarkup(text(value.text));
    case 'user':
      return typeof value.user_id === 'string' ? [value.user_id] : [];
    case 'usergroup':
      return typeof value.usergroup_id === 'string' ? [value.usergroup_id] : [];
    case 'broadcast':
      return typeof value.range === 'string' ? [value.range] : [];
    default:
      return Object.values(value).flatMap(fromBlocks);
  }
}

/**
 * Who a message would notify: user and user-group ids, and `here`, `channel`, `everyone`. The text counts although
 * blocks are shown, since Slack builds the notification from it; so does what stands in code. A person who merely
 * could be pinged is listed rather than missed.
 */
export function findPings(markup: string, ...trees: unknown[]): string[] {
  return [...new Set([...fromMarkup(markup), ...trees.flatMap(fromBlocks)])];
}
