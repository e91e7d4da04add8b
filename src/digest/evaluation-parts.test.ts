import { describe, expect, test } from 'vitest';
import { inPlainText } from '../chat/card.ts';
import type { Locale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { winParts } from './evaluation-parts.ts';
import type { Win } from './evaluation-wins.ts';

const customers = (...names: string[]) => names.map((name) => ({ id: name, name }));

describe('what went well says that there are others only where there are', () => {
  test.each<[Win, string, string]>([
    [
      { kind: 'advances', count: 2, customers: customers('Rhein'), more: false },
      '2 visits moved something forward, at Rhein.',
      '2次拜访有进展：Rhein。',
    ],
    [
      { kind: 'advances', count: 9, customers: customers('Rhein', 'Elbe', 'Oder'), more: true },
      '9 visits moved something forward, among others at Rhein, Elbe, and Oder.',
      '9次拜访有进展，例如Rhein、Elbe和Oder。',
    ],
    [
      { kind: 'advances', count: 1, customers: [], more: true },
      'One visit moved something forward.',
      '1次拜访有进展。',
    ],
    [
      { kind: 'praise', count: 1, customers: customers('Rhein'), more: false },
      'One customer praised us: Rhein.',
      '收到客户表扬1次：Rhein。',
    ],
    [
      { kind: 'praise', count: 4, customers: customers('Rhein', 'Elbe', 'Oder'), more: true },
      'Customers praised us 4 times, among others: Rhein, Elbe, and Oder.',
      '收到客户表扬4次，例如Rhein、Elbe和Oder。',
    ],
    [
      { kind: 'praise', count: 2, customers: customers('Rhein'), more: false },
      'Customers praised us twice: Rhein.',
      '收到客户表扬2次：Rhein。',
    ],
  ])('%j', (win, english, chinese) => {
    const said = (locale: Locale) =>
      inPlainText({ body: winParts({ wins: [win] }, textIn(locale)) })
        .split('\n')
        .at(-1);
    expect(said('en')).toBe(`• ${english}`);
    expect(said('zh-CN')).toBe(`• ${chinese}`);
  });
});
