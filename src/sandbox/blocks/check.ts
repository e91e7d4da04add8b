import { z } from 'zod';
import { isObject, type Json, objects, text } from '../json.ts';
import { block } from './block.ts';
import { findProblems, type Problem } from './problems.ts';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

const mostBlocks: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

/** Types that Slack refuses on a surface. Table on Home is doubtful, so it is refused. */
const refused: Record<Surface, ReadonlySet<string>> = {
  message: new Set(['alert', 'email_text_input', 'url_text_input', 'number_input', 'file_input']),
  modal: new Set(['markdown', 'table', 'data_visualization']),
  home: new Set([
    'alert',
    'markdown',
    'table',
    'datetimepicker',
    'email_text_input',
    'url_text_input',
    'number_input',
    'file_input',
  ]),
};

/** The interactive elements of a block, in order. */
export function elementsOf(block: Json): Json[] {
  if (block.type === 'actions') return objects(block.elements);
  if (block.type === 'section' && isObject(block.accessory)) return [block.accessory];
  if (block.type === 'input' && isObject(block.element)) return [block.element];
  return [];
}

function checkSurface(blocks: Json[], surface: Surface, base: string): Problem[] {
  return blocks.flatMap((block, index) =>
    [block, ...elementsOf(block)]
      .filter((part) => refused[surface].has(text(part.type)))
      .map((part) => ({ reason: `unsupported type: ${text(part.type)}`, pointer: `${base}/${index}/type` })),
  );
}

function checkIds(blocks: Json[], base: string): Problem[] {
  const seen = new Set<unknown>();
  const problems: Problem[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.block_id !== undefined && seen.has(block.block_id)) {
      problems.push({ reason: '`block_id` must be unique', pointer: `${base}/${index}/block_id` });
    }
    seen.add(block.block_id);
    const ids = elementsOf(block).flatMap((element) => (element.action_id === undefined ? [] : [element.action_id]));
    if (new Set(ids).size < ids.length) {
      problems.push({ reason: '`action_id` must be unique in its block', pointer: `${base}/${index}` });
    }
  }
  return problems;
}

function checkOnce(blocks: Json[], base: string): Problem[] {
  const focused = blocks.flatMap(elementsOf).filter((element) => element.focus_on_load === true);
  const tables = blocks.filter((block) => block.type === 'table');
  const charts = blocks.filter((block) => block.type === 'data_visualization');
  return [
    ...(focused.length > 1 ? [{ reason: 'only one element may set `focus_on_load`', pointer: base }] : []),
    ...(tables.length > 1 ? [{ reason: 'only_one_table_allowed', pointer: base }] : []),
    ...(charts.length > 2 ? [{ reason: 'no more than 2 charts allowed', pointer: base }] : []),
  ];
}

/**
 * What Slack would refuse about a list of blocks on a surface: shape and limits of each block, the surface's own
 * rules, and unique ids. `base` is the list's JSON pointer, for example `/blocks`. Limits: docs.slack.dev,
 * reference/block-kit.
 */
export function checkBlocks(value: unknown, surface: Surface, base: string): Problem[] {
  const problems = findProblems(z.array(block).max(mostBlocks[surface]), value, base);
  const blocks = objects(value);
  return [...problems, ...checkSurface(blocks, surface, base), ...checkIds(blocks, base), ...checkOnce(blocks, base)];
}

/** Characters of text anywhere in a value; Slack was seen to refuse messages with about 13,200 in their blocks. */
export function countText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + countText(part), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === 'text' && typeof part === 'string' ? part.length : countText(part)),
    0,
  );
}
