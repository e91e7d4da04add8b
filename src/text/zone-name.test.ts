import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { textIn } from './text.ts';
import { zoneName } from './zone-name.ts';

test.each([
  ['Asia/Shanghai', 'Shanghai', '北京时间'],
  ['Asia/Hong_Kong', 'Hong Kong', '香港时间'],
  ['Asia/Taipei', 'Taipei', '台北时间'],
  ['Europe/Berlin', 'Berlin', '德国时间'],
  ['America/New_York', 'New York', '纽约时间'],
  ['UTC', 'UTC', 'UTC'],
])('%s is %s, and in Chinese %s', (zone, english, chinese) => {
  expect(zoneName(zone, 'en')).toBe(english);
  expect(zoneName(zone, 'zh-CN')).toBe(chinese);
});

test('a moment says whose time it is in the words of its language', () => {
  const at = Temporal.Instant.from('2026-11-27T08:30:00Z');
  expect(textIn('en').moment(at, 'Asia/Shanghai')).toBe('Fri 27 Nov, 16:30 (Shanghai)');
  expect(textIn('zh-CN').moment(at, 'Asia/Shanghai')).toBe('11月27日周五 16:30（北京时间）');
});
