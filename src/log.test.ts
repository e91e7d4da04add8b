import { expect, test } from 'vitest';
import { createLog, withoutSecrets } from './log.ts';

test('takes tokens and passwords out of what is logged', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const error = new Error('POST with xoxb-12-ab and xapp-1-A failed at postgresql://kam:pa55@127.0.0.1/kam', {
    cause: new Error('xoxe.xoxb-1-zz'),
  });
  log.error({ err: error, token: 'hush', slack: { botToken: 'hush', mode: 'http' } }, 'call failed');
  const [line = ''] = lines;
  expect(line).not.toMatch(/hush|pa55|12-ab|1-A|1-zz/);
  expect(JSON.parse(line)).toMatchObject({
    level: 'error',
    msg: 'call failed',
    slack: { mode: 'http' },
    err: {
      type: 'Error',
      message: 'POST with [token] and [token] failed at postgresql://kam:[password]@127.0.0.1/kam',
    },
  });
});

test("keeps a database error's code and leaves its details out", () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (name)=(Acme) already exists.',
  });
  log.warn({ err: error }, 'not stored');
  expect(lines[0]).toContain('23505');
  expect(lines[0]).not.toContain('Acme');
});

test.each([
  ['nothing secret in xoxo', 'nothing secret in xoxo'],
  ['https://kam.example/a@b', 'https://kam.example/a@b'],
  ['redis://:pw@h', 'redis://:[password]@h'],
])('%s', (text, expected) => {
  expect(withoutSecrets(text)).toBe(expected);
});
