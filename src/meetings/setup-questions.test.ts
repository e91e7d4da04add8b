import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostQuestions, readQuestions, standardOf } from './question.ts';
import { questionsOf, sameQuestions, typedOf } from './setup-questions.ts';

const { morning } = standardOf;
const texts = (...typed: (string | undefined)[]) => questionsOf(morning, typed).map(({ id, text }) => [id, text]);

describe('the questions of a meeting', () => {
  test.each([
    [
      'nothing typed: the standard ones',
      [],
      [
        ['plan', null],
        ['blockers', null],
      ],
    ],
    [
      'another wording keeps the id',
      ['Whom do you see?'],
      [
        ['plan', 'Whom do you see?'],
        ['blockers', null],
      ],
    ],
    [
      'the standard wording, typed',
      [undefined, 'What is in your way?'],
      [
        ['plan', null],
        ['blockers', null],
      ],
    ],
    [
      'typed in the other language',
      [undefined, '有什么困难需要支持？'],
      [
        ['plan', null],
        ['blockers', null],
      ],
    ],
    [
      'one more',
      [undefined, undefined, 'How are you?'],
      [
        ['plan', null],
        ['blockers', null],
        ['own1', 'How are you?'],
      ],
    ],
    [
      'a gap is no question',
      [undefined, undefined, undefined, 'A?'],
      [
        ['plan', null],
        ['blockers', null],
        ['own1', 'A?'],
      ],
    ],
  ])('%s', (_, typed, are) => expect(texts(...typed)).toEqual(are));

  test('who is left keeps the id, and a new one gets one that was not taken', () => {
    const three = questionsOf(morning, [undefined, undefined, 'A?', 'B?', 'C?']);
    const two = questionsOf(three, [undefined, undefined, undefined, 'B?', 'C?']);
    expect(two.map(({ id }) => id)).toEqual(['plan', 'blockers', 'own2', 'own3']);
    const again = questionsOf(two, [undefined, undefined, 'B?', 'C?', 'D?']);
    expect(again.map(({ id, text }) => `${id} ${text}`).slice(2)).toEqual(['own2 B?', 'own3 C?', 'own1 D?']);
  });

  test('are what they were when nothing is changed, and always readable', () => {
    const wording = fc.option(fc.string({ minLength: 1, maxLength: 200 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(wording, { maxLength: mostQuestions }), (typed) => {
        const questions = questionsOf(morning, typed);
        expect(readQuestions(questions)).toEqual(questions);
        expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
        expect(sameQuestions(questionsOf(questions, typedOf(questions)), questions)).toBe(true);
      }),
    );
    expect(sameQuestions(questionsOf(morning, ['Whom?']), morning)).toBe(false);
  });
});
