import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkBlocks } from '../../src/sandbox/blocks/check.ts';
import { checkView } from '../../src/sandbox/blocks/view.ts';
import { findPings } from '../../src/sandbox/pings.ts';
import { call, startAlone } from './bench.ts';

const words = fc.constantFrom(
  'type',
  'text',
  'blocks',
  'elements',
  'element',
  'accessory',
  'options',
  'block_id',
  'rows',
);
const types = fc.constantFrom('section', 'actions', 'input', 'button', 'static_select', 'mrkdwn', 'modal', 'rich_text');
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    types,
    fc.string(),
    fc.constant(null),
    fc.integer(),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(words, tie('tree'), { maxKeys: 4 }),
  ),
}));

test('whatever is sent as blocks or view is judged, never crashes', () => {
  const judge = (value: unknown) => {
    checkBlocks(value, 'message', '/blocks');
    checkView(value, 'modal');
    findPings('', value);
  };
  fc.assert(
    fc.property(tree, (value) => judge(value)),
    { numRuns: 1000 },
  );
});

test('whatever is sent to the Web API gets an answer of Slack', async () => {
  const sandbox = await startAlone({ rateLimits: { tiers: false, messageBurst: Number.POSITIVE_INFINITY } });
  const methods = fc.constantFrom(
    'chat.postMessage',
    'chat.update',
    'views.open',
    'views.publish',
    'users.list',
    'files.info',
    'files.completeUploadExternal',
    'conversations.open',
    'constructor',
    '__proto__',
  );
  const keys = fc.constantFrom(
    'channel',
    'text',
    'blocks',
    'attachments',
    'view',
    'user_id',
    'cursor',
    'limit',
    'ts',
    'files',
    'users',
    'trigger_id',
  );
  const values = fc.oneof(tree, fc.constantFrom('C0SALES', 'U0ADA', 'D0ADA', '[', '{}', '-1'));
  const calls = fc.asyncProperty(methods, fc.dictionary(keys, values), async (method, args) => {
    const answer = await call(sandbox, method, args);
    expect(answer.status).toBe(200);
    expect(typeof answer.body.ok).toBe('boolean');
  });
  await fc.assert(calls, { numRuns: 300 });
});
