import { describe, expect, test } from 'vitest';
import { textIn } from '../../text/text.ts';
import type { Asked, Field } from '../form.ts';
import * as fields from '../form.ts';
import { drawForm, type FormDrawing } from './draw-form.ts';

const label = 'chat.form.cancel';
const text = textIn('en', '');
const options = ['a', 'b', 'c'].map((value) => ({ value, label: `Option ${value}` }));
const drawing: FormDrawing = {
  surface: 'message',
  owner: 'ann',
  origin: { kind: 'channel', conversation: '19:abc@thread.tacv2' },
  colleagues: [
    { value: 'p1', label: 'Ann' },
    { value: 'p2', label: '王伟' },
  ],
  channels: [{ value: '19:sales@thread.tacv2', label: 'Sales' }],
  choices: { 'probe.find': options },
};
const asking = (only: Record<string, Field>, more: Partial<Asked> = {}): Asked => ({
  form: { name: 'probe', title: 'chat.help.title', save: 'chat.form.more', fields: only },
  id: '01a207c3-b55e-75ec-8d87-4fbd4de4de0d',
  about: { visit: '1' },
  initial: {},
  options: {},
  without: [],
  expanded: false,
  ...more,
});
/** What is drawn of one field. */
const fieldOf = (field: Field, initial?: unknown, more: Partial<Asked> = {}) =>
  drawForm(asking({ it: field }, { initial: { it: initial }, ...more }), text, drawing).body.slice(1);

test('a field is called by the words of its form, which are words and no mark-up, also where its answer is wrong', () => {
  const asked = asking({ it: fields.text({ label, max: 5 }) }, { labels: { it: '*Why* @all?' } });
  const [input, problem] = drawForm(asked, text, { ...drawing, problems: { it: 'Too long.' } }).body.slice(1);
  expect(input).toMatchObject({ label: expect.stringMatching(/Why.*@.*all\?/u) });
  expect(input).not.toMatchObject({ label: expect.stringMatching(/\*Why|@all/u) });
  expect(JSON.stringify(problem)).toContain('*Why* @all?');
});

describe('a field', () => {
  const word = fields.text({ label, max: 5, placeholder: 'chat.form.more' });
  const needed = { isRequired: true, errorMessage: 'Please fill this in.' };
  test.each<[string, Field, unknown, object]>([
    [
      'for words',
      word,
      'abcdef',
      { type: 'Input.Text', label: 'Cancel', maxLength: 5, value: 'abcd…', placeholder: 'More details' },
    ],
    [
      'for lines',
      fields.text({ label, max: 5, multiline: true, required: true }),
      undefined,
      { isMultiline: true, ...needed },
    ],
    [
      'for a number',
      fields.number({ label, min: -1, max: 9, required: true }),
      0,
      {
        type: 'Input.Number',
        min: -1,
        max: 9,
        value: 0,
        errorMessage: 'Please type a number from -1 to 9.',
      },
    ],
    [
      'for a day',
      fields.date({ label, required: true }),
      '2026-11-15',
      { type: 'Input.Date', value: '2026-11-15', ...needed },
    ],
    [
      'for a tick',
      fields.yesNo({ label, tick: 'chat.form.more' }),
      true,
      {
        type: 'Input.Toggle',
        title: 'More details',
        label: 'Cancel',
        value: 'true',
      },
    ],
    [
      'for one of some',
      fields.oneOf({ label, required: true, options: [{ value: 'a', label }] }),
      'a',
      {
        type: 'Input.ChoiceSet',
        style: 'compact',
        value: 'a',
        choices: [{ title: 'Cancel', value: 'a' }],
        ...needed,
      },
    ],
    [
      'for one that may be taken back',
      fields.oneOf({ label, options: [{ value: 'a', label }], look: 'radio' }),
      undefined,
      {
        style: 'expanded',
        choices: [
          { title: '(none)', value: '-' },
          { title: 'Cancel', value: 'a' },
        ],
      },
    ],
    [
      'for a colleague',
      fields.person({ label }),
      'p2',
      {
        style: 'filtered',
        'choices.data': { type: 'Data.Query', dataset: 'people.colleagues' },
        choices: [
          { title: 'Ann', value: 'p1' },
          { title: '王伟', value: 'p2' },
        ],
        value: 'p2',
      },
    ],
    ['for colleagues', fields.people({ label, max: 2 }), ['p2', 'p1', 'gone'], { isMultiSelect: true, value: 'p2,p1' }],
    [
      'for what is found',
      fields.lookUp({ label, source: 'probe.find', placeholder: 'chat.form.more' }),
      'b',
      {
        style: 'filtered',
        'choices.data': { type: 'Data.Query', dataset: 'probe.find' },
        value: 'b',
        placeholder: 'More details',
      },
    ],
    [
      'for a channel',
      fields.channel({ label }),
      '19:sales@thread.tacv2',
      {
        style: 'filtered',
        value: '19:sales@thread.tacv2',
        choices: [{ title: 'Sales', value: '19:sales@thread.tacv2' }],
      },
    ],
  ])('%s', (_, field, initial, expected) => {
    const [input, ...rest] = fieldOf(field, initial);
    expect(input).toMatchObject({ id: 'it', ...expected });
    expect(rest).toEqual([]);
  });

  test.each<[string, Field, unknown]>([
    ['a number out of bounds', fields.number({ label, min: 0, max: 9 }), 10],
    ['a part of a whole number', fields.number({ label, min: 0, max: 9 }), 0.5],
    ['a day that is none', fields.date({ label }), 'tomorrow'],
    ['a choice that is not offered', fields.oneOf({ label, options: [{ value: 'a', label }] }), 'z'],
    ['somebody who is not offered', fields.person({ label }), 'p9'],
    ['what was not found', fields.lookUp({ label, source: 'probe.find' }), 'z'],
    ['words that are none', fields.text({ label, max: 5 }), 7],
  ])('does not start with %s', (_, field, initial) => {
    expect(fieldOf(field, initial)[0]).not.toHaveProperty('value');
  });

  test('for a number that may be left empty has no bounds, or the client would not let it be empty', () => {
    const [input] = fieldOf(fields.number({ label, min: -1, max: 9 }));
    expect(input).not.toHaveProperty('min');
    expect(input).not.toHaveProperty('max');
  });

  test('whose hint follows it quietly', () => {
    const hinted = fields.text({ label, max: 5, hint: 'chat.form.more' });
    expect(fieldOf(hinted)[1]).toMatchObject({ inlines: [{ text: 'More details', isSubtle: true }] });
  });

  test('with nothing to choose from is not asked; a channel says why', () => {
    expect(fieldOf(fields.oneOfGiven({ label }))).toEqual([]);
    expect(fieldOf(fields.someOfGiven({ label, max: 3 }))).toEqual([]);
    const drawn = drawForm(asking({ it: fields.channel({ label }) }), text, { ...drawing, channels: [] });
    expect(JSON.stringify(drawn.body)).toContain('KAM is in no channel yet');
  });

  test('offers no value with a comma, which would come back as two', () => {
    const odd = { it: [{ value: 'a,b', label: 'Both' }, ...options] };
    expect(
      JSON.stringify(fieldOf(fields.someOfGiven({ label, max: 3 }), ['a,b', 'a'], { options: odd })),
    ).not.toContain('a,b');
  });

  test('with too many options says how many are missing, and keeps the chosen one', () => {
    const many = Array.from({ length: 400 }, (_, index) => ({ value: `v${index}`, label: `${index}` }));
    const [input, more] = fieldOf(fields.oneOfGiven({ label, required: true }), 'v399', { options: { it: many } });
    expect(input).toMatchObject({ value: 'v399' });
    expect(input?.type === 'Input.ChoiceSet' && input.choices).toHaveLength(300);
    expect(more).toMatchObject({ inlines: [{ text: '… and 100 more' }] });
  });
});

test('its buttons carry all that is needed to understand its answers', () => {
  const { actions } = drawForm(asking({ it: fields.date({ label }) }, { without: ['x'] }), text, drawing);
  const carried = {
    form: 'probe',
    formId: '01a207c3-b55e-75ec-8d87-4fbd4de4de0d',
    about: { visit: '1' },
    without: ['x'],
    expanded: false,
    locale: 'en',
    owner: 'ann',
    origin: drawing.origin,
  };
  expect(actions).toEqual([
    {
      type: 'Action.Execute',
      verb: 'probe.save',
      title: 'More details',
      style: 'positive',
      data: { kam: { do: 'save', ...carried } },
    },
    {
      type: 'Action.Execute',
      verb: 'probe.cancel',
      title: 'Cancel',
      associatedInputs: 'none',
      data: { kam: { do: 'cancel', ...carried } },
    },
  ]);
});

test('in a dialog it has no title of its own, and is submitted', () => {
  const { body, actions } = drawForm(asking({ it: fields.date({ label }) }), text, { ...drawing, surface: 'dialog' });
  expect(body.map(({ type }) => type)).toEqual(['Input.Date']);
  expect(actions?.map(({ type }) => type)).toEqual(['Action.Submit', 'Action.Submit']);
});

test('beside a look-up that changes the form stands the button that does it', () => {
  const [, button] = fieldOf(fields.lookUp({ label, source: 'probe.find', changesForm: true }));
  expect(button).toMatchObject({ type: 'ActionSet', actions: [{ data: { kam: { do: 'change', field: 'it' } } }] });
});

describe('details', () => {
  const both = { first: fields.date({ label }), more: fields.date({ label: 'chat.form.more', detail: true }) };
  const shape = (asked: Asked, more: Partial<FormDrawing> = {}) =>
    drawForm(asked, text, { ...drawing, ...more })
      .body.slice(1)
      .map(({ type, isVisible }) => [type, isVisible !== false]);

  test('are behind a button that shows them and goes away', () => {
    const { body } = drawForm(asking(both), text, drawing);
    const [, , button, details] = body;
    expect(button).toMatchObject({
      actions: [{ type: 'Action.ToggleVisibility', targetElements: [details?.id, button?.id] }],
    });
    expect(details).toMatchObject({ isVisible: false, items: [{ id: 'more' }] });
  });

  test.each<[string, Partial<Asked>, Partial<FormDrawing>]>([
    ['when they were asked for', { expanded: true }, {}],
    ['when something is wrong with them', {}, { problems: { more: 'Wrong' } }],
  ])('are open %s', (_, asked, more) => {
    expect(shape(asking(both, asked), more).slice(0, 2)).toEqual([
      ['Input.Date', true],
      ['Input.Date', true],
    ]);
  });

  test('that must be answered are never hidden', () => {
    expect(shape(asking({ it: fields.date({ label, detail: true, required: true }) }))).toEqual([['Input.Date', true]]);
  });

  test('that make no sense now leave no button behind', () => {
    expect(shape(asking(both, { without: ['more'] }))).toEqual([['Input.Date', true]]);
  });
});

test('what is wrong stands at its field and names it; what belongs to no field stands above', () => {
  const problems = { it: 'Please choose a day.', gone: 'No longer yours.' };
  const { body } = drawForm(asking({ it: fields.date({ label }) }), text, {
    ...drawing,
    problems,
    notice: 'Not saved.',
  });
  expect(body).toMatchObject([
    { type: 'TextBlock' },
    { style: 'warning', items: [{ inlines: [{ text: '⚠️ Not saved.' }] }] },
    { style: 'warning', items: [{ inlines: [{ text: '⚠️ No longer yours.' }] }] },
    { type: 'Input.Date' },
    { inlines: [{}, { text: 'Cancel', color: 'Attention' }, { text: ': Please choose a day.', color: 'Attention' }] },
  ]);
});

test('a file is asked for in words, and once it is there its pointer comes back with the answers', () => {
  const asked = asking({ list: fields.file({ label, endings: ['csv', '.tsv'] }) });
  expect(JSON.stringify(drawForm(asked, text, drawing).body)).toContain('as an attachment (.csv and .tsv)');
  const drawn = drawForm(asked, text, { ...drawing, file: { name: '*a*.csv', pointer: 'f1' } });
  expect(drawn.body[1]).toMatchObject({ inlines: [{ text: 'Cancel: ' }, { text: 'Received: *a*.csv' }] });
  expect(drawn.actions?.[0]).toMatchObject({ data: { list: 'f1' } });
});

test('answers that are larger than Teams allows are a mistake of ours, and are not cut', () => {
  const asked = asking({ it: fields.text({ label, max: 50_000 }) }, { initial: { it: 'x'.repeat(45_000) } });
  expect(() => drawForm(asked, text, drawing)).toThrow('carries too much');
});
