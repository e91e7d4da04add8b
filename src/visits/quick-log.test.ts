import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { halfWidth } from '../text/day-in-words.ts';
import { readQuickLog } from './quick-log.ts';

const today = Temporal.PlainDate.from('2026-11-23');

describe('a line typed in a hurry', () => {
  test.each<[string, string, string | undefined, string | undefined]>([
    ['met Li, wants samples', 'met Li, wants samples', undefined, undefined],
    ['met Li next: offer by Friday', 'met Li', 'offer', '2026-11-27'],
    ['met Li; NEXT STEP: offer', 'met Li', 'offer', undefined],
    ['met Li. next：offer tomorrow', 'met Li.', 'offer', '2026-11-24'],
    ['met Li ｎｅｘｔ： offer', 'met Li', 'offer', undefined],
    ['next: call back in 2 weeks', '', 'call back', '2026-12-07'],
    ['met Li next: before Wednesday send the samples', 'met Li', 'send the samples', '2026-11-25'],
    ['met Li next: Friday', 'met Li', 'Friday', '2026-11-27'],
    ['met Li next: visit on Friday', 'met Li', 'visit on Friday', '2026-11-27'],
    ['met Li next: confirm it is moved to Friday', 'met Li', 'confirm it is moved to Friday', '2026-11-27'],
    ['met Li next: tomorrow or Friday call', 'met Li', 'tomorrow or Friday call', '2026-11-24'],
    ['met Li next: send by Friday the offer', 'met Li', 'send by Friday the offer', '2026-11-27'],
    ['met Li next:', 'met Li', undefined, undefined],
    ['the context: nothing', 'the context: nothing', undefined, undefined],
    ['next: a next: b', '', 'a next: b', undefined],
    ['见了王总，下一步：下周三前发报价', '见了王总', '发报价', '2026-12-02'],
    ['见了王总下一步:发报价，周五之前', '见了王总', '发报价', '2026-11-27'],
    ['见了王总。下步：发报价', '见了王总。', '发报价', undefined],
    ['见了王总 下一步：明天打电话', '见了王总', '打电话', '2026-11-24'],
    ['下一步：会议改到下周三', '', '会议改到下周三', '2026-12-02'],
    ['下一步：三天内', '', '三天内', '2026-11-26'],
    ['', '', undefined, undefined],
  ])('%s', (line, note, text, due) => {
    const read = readQuickLog(line, { today });
    expect(read.note).toBe(note);
    expect(read.nextStep?.text).toBe(text);
    expect(read.nextStep?.due?.toString()).toBe(due);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      'next:',
      '下一步：',
      'by Friday',
      '下周三前',
      'tomorrow',
      '明天',
      'offer',
      '发报价',
      ' ',
      '，',
      '\n',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  const line = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  /** Letters and numbers: what may be dropped are spaces and separators. */
  const letters = (text: string) => halfWidth(text).replace(/[^\p{L}\p{N}]/gu, '');

  test('nothing typed is lost but the marker and a day that was understood', () => {
    fc.assert(
      fc.property(line, (typed) => {
        const { note, nextStep } = readQuickLog(typed, { today });
        expect(note.length + (nextStep?.text.length ?? 0)).toBeLessThanOrEqual(typed.length);
        expect(typed).toContain(note);
        expect(typed).toContain(nextStep?.text ?? '');
        const lost = letters(typed).length - letters(note).length - letters(nextStep?.text ?? '').length;
        if (note.length === typed.trim().length) expect(lost).toBe(0);
        else if (!nextStep?.due) expect(lost).toBeLessThanOrEqual('nextsteps'.length);
        else expect(lost).toBeLessThanOrEqual('nextsteps'.length + 'before the end of November 27th 2026'.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test('ten thousand characters stay ten thousand characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 9_000, maxLength: 10_000 }), (typed) => {
        const text = typed.replaceAll(':', '');
        expect(readQuickLog(text, { today })).toEqual({ note: text.trim() });
      }),
      { numRuns: 5 },
    );
  });
});
