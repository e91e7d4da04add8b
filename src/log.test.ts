import { Temporal } from 'temporal-polyfill';
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

test('censors what is named like a secret, however deep, and keeps everything else', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) }).child({ token: 'hush', part: 'slack' });
  const circle: Record<string, unknown> = { name: 'round' };
  circle.again = circle;
  const at = Temporal.Instant.from('2026-11-24T08:30:00Z');
  const given = { a: { b: { password: 'hush', c: 1 } }, list: [{ botToken: 'hush', d: 2 }], none: null, at, circle };
  log.info(given, 'kept');
  const [line = ''] = lines;
  expect(line).not.toContain('hush');
  expect(JSON.parse(line)).toMatchObject({
    part: 'slack',
    a: { b: { password: '[secret]', c: 1 } },
    list: [{ botToken: '[secret]', d: 2 }],
    none: null,
    at: '2026-11-24T08:30:00Z',
    circle: { name: 'round', again: { name: 'round' } },
  });
  expect(given.a.b.password).toBe('hush');
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
  ['Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln failed', 'Bearer [token] failed'],
  ['eyJ is how JSON begins', 'eyJ is how JSON begins'],
])('%s', (text, expected) => {
  expect(withoutSecrets(text)).toBe(expected);
});
