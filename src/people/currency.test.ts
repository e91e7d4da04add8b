import { expect, test } from 'vitest';
import { findCurrencies, isCurrency, likelyCurrency } from './currency.ts';

test.each([
  ['', 'CNY'],
  ['eur', 'EUR'],
  ['人民币', 'CNY'],
  ['swiss', 'CHF'],
  ['欧元', 'EUR'],
  ['zloty', 'PLN'],
])('"%s" finds %s', (query, code) => {
  for (const locale of ['en', 'zh-CN'] as const) expect(findCurrencies(query, locale)[0]?.value).toBe(code);
});

test.each([
  ['EUR', true],
  ['XAF', true],
  ['XAU', false],
  ['XXX', false],
  ['eur', false],
  ['', false],
])('%s is a currency: %s', (code, answer) => {
  expect(isCurrency(code)).toBe(answer);
});

test.each([
  ['Asia/Shanghai', 'CNY'],
  ['Europe/Paris', 'EUR'],
  ['Europe/London', 'GBP'],
  ['America/Denver', 'USD'],
])('in %s one probably pays in %s', (zone, code) => {
  expect(likelyCurrency(zone)).toBe(code);
});
