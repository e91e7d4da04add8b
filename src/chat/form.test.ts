import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { textIn } from '../text/text.ts';
import * as field from './form.ts';
import { type Form, judge, type PlainAnswers } from './form.ts';

const label = 'chat.form.more';
const fields = {
  title: field.text({ label, max: 10, required: true }),
  note: field.text({ label, max: 3000, multiline: true }),
  score: field.number({ label, min: 0, max: 5 }),
  rate: field.number({ label, min: 0, max: 1, decimals: true }),
  day: field.date({ label }),
  kind: field.oneOf({
    label,
    options: [
      { value: 'a', label },
      { value: 'b', label },
    ],
  }),
  given: field.oneOfGiven({ label }),
  many: field.someOfGiven({ label, max: 2 }),
  ticked: field.yesNo({ label, tick: label }),
  owner: field.person({ label }),
};
const form: Form<typeof fields> = {
  name: 'test.form',
  title: label,
  save: label,
  fields,
  check: (answers) => (answers.score === 3 ? { score: 'not three' } : {}),
};
const now = { today: Temporal.PlainDate.from('2026-11-23'), text: textIn('en') };
const problemsOf = (answers: PlainAnswers, without: string[] = []) => {
  const judged = judge(form, answers, { ...now, without });
  return judged.ok ? {} : judged.problems;
};

describe('judging answers', () => {
  it('takes nothing for nothing, never for zero, no or an empty text', () => {
    const judged = judge(form, { title: ' Offer ', note: '   ' }, now);
    expect(judged).toEqual({
      ok: true,
      answers: {
        title: 'Offer',
        note: undefined,
        score: undefined,
        rate: undefined,
        day: undefined,
        kind: undefined,
        given: undefined,
        many: [],
        ticked: false,
        owner: undefined,
      },
    });
  });

  it.each<[string, PlainAnswers, Record<string, string>]>([
    ['a missing answer', {}, { title: 'Please fill this in.' }],
    ['only spaces', { title: '  ' }, { title: 'Please fill this in.' }],
    [
      'a text one too long',
      { title: 'x'.repeat(11) },
      { title: 'That is 11 characters; 10 fit here. Please shorten it.' },
    ],
    ['a number out of bounds', { title: 'x', score: 6 }, { score: 'Please type a number from 0 to 5.' }],
    [
      'a fraction where a whole number is asked',
      { title: 'x', score: 2.5 },
      { score: 'Please type a number from 0 to 5.' },
    ],
    ['no day', { title: 'x', day: '2026-02-30' }, { day: 'Please choose a day from the calendar.' }],
    ['an option that is not there', { title: 'x', kind: 'c' }, { kind: 'Please choose one of the list.' }],
    ['too many', { title: 'x', many: ['1', '2', '3'] }, { many: 'At most 2 can be chosen here.' }],
    ['something of another type', { title: 7 }, { title: 'Please choose one of the list.' }],
    ['answers that do not go together', { title: 'x', score: 3 }, { score: 'not three' }],
    ['a fraction where it is allowed', { title: 'x', rate: 0.25 }, {}],
    ['a text of exactly the limit', { title: 'x'.repeat(10) }, {}],
  ])('%s', (_, answers, problems) => {
    expect(problemsOf(answers)).toEqual(problems);
  });

  it('does not ask for what is left out, and ignores an answer to it', () => {
    expect(problemsOf({ score: 9 }, ['title', 'score'])).toEqual({});
    expect(judge(form, { title: 'x', note: 'kept' }, { ...now, without: ['note'] })).toMatchObject({
      ok: true,
      answers: { note: undefined },
    });
  });

  it('never throws, whatever arrives', () => {
    const anything = fc.dictionary(fc.constantFrom(...Object.keys(fields), '__proto__', 'other'), fc.anything());
    fc.assert(fc.property(anything, (answers) => typeof judge(form, answers, now).ok === 'boolean'));
  });
});
