import { expect, test } from 'vitest';
import type { Asked, Option, PlainAnswers } from '../form.ts';
import { lookUp, oneOfGiven, people, someOfGiven, text } from '../form.ts';
import { type OpenForm, redrawn } from './open-form.ts';

const form = {
  name: 'probe',
  title: 'chat.form.more',
  save: 'chat.form.more',
  fields: {
    account: lookUp({ label: 'chat.form.more', source: 's' }),
    contact: oneOfGiven({ label: 'chat.form.more' }),
    several: someOfGiven({ label: 'chat.form.more', max: 3 }),
    note: text({ label: 'chat.form.more', max: 99 }),
    colleagues: people({ label: 'chat.form.more', max: 3 }),
  },
} as const;

function redraw(typed: PlainAnswers, initial: PlainAnswers, options: Record<string, Option[]> = {}) {
  const asked: Asked = { form, id: 'f', about: {}, initial, options, without: [], expanded: true };
  const open: OpenForm = {
    carried: {
      form: 'probe',
      formId: 'f',
      about: {},
      without: [],
      expanded: true,
      locale: 'en',
      origin: { kind: 'direct' },
      hidden: {},
      touched: false,
      resets: { note: 2 },
    },
    answers: typed,
    shown: new Map(Object.keys(form.fields).map((name) => [name, name])),
    chosen: { account: [{ value: 'a', label: 'Acme' }] },
  };
  const { asked: anew, resets } = redrawn(asked, open);
  return { initial: anew.initial, resets, options: anew.options };
}

const given = (...values: string[]) => values.map((value) => ({ value, label: value }));

test('what was typed stays when the slice says nothing of it', () => {
  expect(redraw({ note: 'typed', account: 'a' }, {})).toMatchObject({
    initial: { note: 'typed', account: 'a' },
    resets: { note: 2 },
    options: { account: [{ value: 'a', label: 'Acme' }] },
  });
});

test('what the slice changes is shown in a new block', () => {
  expect(redraw({ note: 'typed' }, { note: 'changed' })).toMatchObject({
    initial: { note: 'changed' },
    resets: { note: 3 },
  });
  expect(redraw({ note: 'typed' }, { note: undefined })).toMatchObject({ initial: {}, resets: { note: 3 } });
});

test('a choice stays as long as it is offered', () => {
  expect(redraw({ contact: 'ann' }, { contact: 'ann' }, { contact: given('ann', 'bob') }).resets).toEqual({ note: 2 });
  expect(redraw({ contact: 'ann' }, { contact: 'ann' }, { contact: given('bob') })).toMatchObject({
    initial: {},
    resets: { contact: 1, note: 2 },
  });
  expect(redraw({ several: ['a', 'b'] }, {}, { several: given('b', 'c') })).toMatchObject({
    initial: { several: ['b'] },
    resets: { several: 1 },
  });
});

test('chosen colleagues stay as the platform knows them', () => {
  expect(redraw({ colleagues: ['U1'] }, { colleagues: [] })).toMatchObject({
    initial: { colleagues: ['U1'] },
    resets: { note: 2 },
  });
});
