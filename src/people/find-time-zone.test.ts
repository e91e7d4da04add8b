import { expect, test } from 'vitest';
import { findTimeZones, timeZoneOption } from './find-time-zone.ts';
import { isTimeZone, validTimeZone } from './time-zone.ts';

test.each([
  ['berlin', 'Europe/Berlin'],
  ['柏林', 'Europe/Berlin'],
  ['ber', 'Europe/Berlin'],
  ['germany', 'Europe/Berlin'],
  ['德国', 'Europe/Berlin'],
  ['München', 'Europe/Berlin'],
  ['北京', 'Asia/Shanghai'],
  ['shenzhen', 'Asia/Shanghai'],
  ['中国', 'Asia/Shanghai'],
  ['new_york', 'America/New_York'],
  ['旧金山', 'America/Los_Angeles'],
  ['america/chicago', 'America/Chicago'],
  ['utc', 'UTC'],
])('"%s" finds %s first', (query, zone) => {
  for (const locale of ['en', 'zh-CN'] as const) expect(findTimeZones(query, locale)[0]?.value).toBe(zone);
});

test('nothing typed: the likely zones, then the usual ones, each once', () => {
  const found = findTimeZones(' ', 'en', ['Europe/Vienna', 'Europe/Berlin', 'no zone']).map(({ value }) => value);
  expect(found.slice(0, 3)).toEqual(['Europe/Vienna', 'Europe/Berlin', 'Asia/Shanghai']);
  expect(new Set(found).size).toBe(found.length);
});

test('every zone that can be found can be computed in, and at most 50 are shown', () => {
  const found = findTimeZones('a', 'zh-CN');
  expect(found).toHaveLength(50);
  expect(found.every(({ value }) => isTimeZone(value))).toBe(true);
  expect(findTimeZones('nowhere at all', 'en')).toEqual([]);
});

test('a zone is named by its city in the language of the reader', () => {
  expect(timeZoneOption('Europe/Berlin', 'zh-CN').label).toBe('柏林（中欧标准时间）');
  expect(timeZoneOption('America/New_York', 'en').label).toBe('New York (Eastern Time)');
});

test.each([
  [['Mars/Olympus', 'Asia/Shanghai'], 'Asia/Shanghai'],
  [['Asia/Kolkata', 'Asia/Shanghai'], 'Asia/Kolkata'],
  [['', 'nonsense'], 'UTC'],
])('of %j the first that is a zone is %s', (names, zone) => {
  expect(validTimeZone(...names)).toBe(zone);
});
