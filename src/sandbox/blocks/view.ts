import { z } from 'zod';
import { isObject, objects } from '../json.ts';
import { checkBlocks } from './check.ts';
import { findProblems, type Problem } from './problems.ts';
import { plainText } from './texts.ts';

const shared = {
  /** Checked on their own, by surface. */
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

const modal = z.strictObject({
  type: z.literal('modal'),
  ...shared,
  title: plainText(24),
  close: plainText(24).optional(),
  submit: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});

const home = z.strictObject({ type: z.literal('home'), ...shared });

/** Slack's limit for a view as JSON, in bytes. */
const largestView = 250 * 1024;

/** Whether the view exceeds 250 KB. */
export function isTooLarge(view: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(view) ?? '') > largestView;
}

/** What Slack would refuse about a view, with JSON pointers under `/view`. Limits: docs.slack.dev/reference/views. */
export function checkView(view: unknown, kind: 'modal' | 'home'): Problem[] {
  if (!isObject(view)) return [{ reason: 'must provide an object', pointer: '/view' }];
  const problems = findProblems(kind === 'modal' ? modal : home, view, '/view');
  const asks = objects(view.blocks).some((block) => block.type === 'input');
  if (kind === 'modal' && asks && !view.submit) {
    problems.push({ reason: 'missing required field: submit', pointer: '/view' });
  }
  return [...problems, ...checkBlocks(view.blocks, kind, '/view/blocks')];
}
