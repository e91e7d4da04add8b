import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { readTime, timeText } from './time-in-words.ts';

test.each([
  ['8:45', '08:45'],
  ['08:45', '08:45'],
  ['0845', '08:45'],
  ['845', '08:45'],
  ['8.45', '08:45'],
  ['8h45', '08:45'],
  ['8:45 am', '08:45'],
  ['8:45am', '08:45'],
  ['8:45 a.m.', '08:45'],
  ['5:45 PM', '17:45'],
  ['545pm', '17:45'],
  ['12 am', '00:00'],
  ['12pm', '12:00'],
  ['12:30 p.m.', '12:30'],
  ['9', '09:00'],
  ['17', '17:00'],
  ['17 Uhr', '17:00'],
  [' 17:45 ', '17:45'],
  ['０８：４５', '08:45'],
  ['8点', '08:00'],
  ['8点半', '08:30'],
  ['8点45', '08:45'],
  ['上午8点45分', '08:45'],
  ['下午5点45分', '17:45'],
  ['下午5:45', '17:45'],
  ['晚上8点整', '20:00'],
  ['下午15点', '15:00'],
  ['0:00', '00:00'],
  ['23:59', '23:59'],
])('%s is %s', (typed, is) => {
  const read = readTime(typed);
  expect(read && timeText(read)).toBe(is);
});

test.each(['', '24:00', '8:60', '8:5', '25', '0 am', '13 pm', '8:45:30', 'morning', '-8:45', '99999', '8:45 xm', '点'])(
  '“%s” is no time',
  (typed) => expect(readTime(typed)).toBeNull(),
);

test('what a form shows is read as what it was, and nothing that is typed is a surprise', () => {
  fc.assert(
    fc.property(fc.nat(23), fc.nat(59), (hour, minute) => {
      const time = new Temporal.PlainTime(hour, minute);
      expect(readTime(timeText(time))?.equals(time)).toBe(true);
    }),
  );
  fc.assert(fc.property(fc.string(), (typed) => void readTime(typed)));
});
