import fc from 'fast-check';
import { expect, test } from 'vitest';
import { builtInDimensions, type Dimension } from './dimension.ts';
import { feedbackKinds } from './feedback.ts';
import { readQuickFeedback } from './quick-feedback.ts';

const builtIn: Dimension[] = builtInDimensions.map((key) => ({ id: key, key, name: null, archived: false }));
const training: Dimension = { id: 'training', key: null, name: 'Training', archived: false };
const dimensions = [...builtIn, training];

test.each([
  ['delivery was late again', 'problem', 'delivery'],
  ['送货总是晚', 'problem', null],
  ['交付总是晚', 'problem', 'delivery'],
  ['prices are too high', 'price', 'price'],
  ['太贵了', 'price', 'price'],
  ['the delivery is cheaper elsewhere', 'price', 'delivery'],
  ['a competitor offers two years of warranty', 'competitor', null],
  ['同行报的更低', 'competitor', null],
  ['would like a longer warranty', 'wish', null],
  ['希望培训多一点', 'wish', null],
  ['they love the new probe', 'praise', null],
  ['thanks for the quick response', 'praise', 'response'],
  ['感谢你们的服务人员', 'praise', 'people'],
  ['Your fitter was polite and quick', 'praise', null],
  ['小李很专业，安装也不错', 'praise', null],
  // What is denied is no praise, nor what goes on with a but.
  ['friendly on the phone, but two days late', 'problem', null],
  ['态度很好，但是送货晚了', 'problem', null],
  ['they are not happy, it is not great', 'problem', null],
  ['不是很满意', 'problem', null],
  // Two of them: it is not certain which.
  ['product and delivery are fine', 'problem', null],
  // A word in another word names nothing.
  ['the priceless productivity of our colleagues', 'problem', null],
  ['TRAINING was short', 'problem', 'training'],
] as const)('%s: %s, %s', (line, kind, dimensionId) => {
  expect(readQuickFeedback(line, dimensions)).toEqual({ words: line, kind, dimensionId });
});

test.each([
  ['wish: a blue one', 'wish', 'a blue one'],
  ['Praise：great team', 'praise', 'great team'],
  ['表扬：小王', 'praise', '小王'],
  ['problem:   it hurts', 'problem', 'it hurts'],
  ['竞品：便宜一成', 'competitor', '便宜一成'],
])('%s says its kind itself', (line, kind, words) => {
  expect(readQuickFeedback(line, dimensions)).toMatchObject({ kind, words });
});

test('what is archived is not meant, and a renamed one goes by its new name', () => {
  const renamed = builtIn.map((one) => (one.key === 'delivery' ? { ...one, name: 'Logistics' } : one));
  expect(readQuickFeedback('delivery was late', renamed).dimensionId).toBeNull();
  expect(readQuickFeedback('logistics was late', renamed).dimensionId).toBe('delivery');
  const without = builtIn.map((one) => ({ ...one, archived: one.key === 'delivery' }));
  expect(readQuickFeedback('delivery was late', without).dimensionId).toBeNull();
});

test('whatever is typed: the customer’s words are kept as they are, but for a mark of the kind at their beginning', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc
      .array(fc.constantFrom('delivery', '价格', 'wish', ':', '：', 'not great', '感谢', '\n', ' ', 'ｗｉｓｈ：'), {
        maxLength: 12,
      })
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(words, (line) => {
      const read = readQuickFeedback(line, dimensions);
      expect(line.trim().endsWith(read.words)).toBe(true);
      expect(feedbackKinds).toContain(read.kind);
      expect([null, ...dimensions.map(({ id }) => id)]).toContain(read.dimensionId);
      const left = line.trim().slice(0, line.trim().length - read.words.length);
      expect(left === '' || /[:：]\s*$/u.test(left)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
