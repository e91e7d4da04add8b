import { randomBytes } from 'node:crypto';
import { isObject, type Json, objects } from './json.ts';

const randomId = () => randomBytes(4).toString('base64url').slice(0, 5);
const interactive = (element: Json) =>
  element.type !== 'image' && element.type !== 'mrkdwn' && element.type !== 'plain_text';
const named = (element: Json): Json =>
  interactive(element) && element.action_id === undefined ? { ...element, action_id: randomId() } : element;

function nameElements(block: Json): Json {
  if (block.type === 'actions') return { ...block, elements: objects(block.elements).map(named) };
  if (block.type === 'section' && isObject(block.accessory)) return { ...block, accessory: named(block.accessory) };
  if (block.type === 'input' && isObject(block.element)) return { ...block, element: named(block.element) };
  return block;
}

/** Blocks as Slack hands them back: each has a `block_id` and each interactive element an `action_id`. */
export function withIds(blocks: unknown): Json[] {
  return objects(blocks).map((block) => ({ ...nameElements(block), block_id: block.block_id ?? randomId() }));
}
