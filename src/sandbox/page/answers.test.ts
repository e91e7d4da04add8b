import { describe, expect, test } from 'vitest';
import { answer, faults, initialAnswer, valuesOf } from './answers.ts';

const option = (value: string) => ({ text: { type: 'plain_text' as const, text: value }, value });

describe('an answer before anyone touched the element', () => {
  test.each([
    [{ type: 'plain_text_input' }, { type: 'plain_text_input', value: null }],
    [
      { type: 'plain_text_input', initial_value: 'a' },
      { type: 'plain_text_input', value: 'a' },
    ],
    [
      { type: 'static_select', initial_option: option('a') },
      { type: 'static_select', selected_option: option('a') },
    ],
    [{ type: 'multi_external_select' }, { type: 'multi_external_select', selected_options: [] }],
    [
      { type: 'multi_users_select', initial_users: ['U1'] },
      { type: 'multi_users_select', selected_users: ['U1'] },
    ],
    [
      { type: 'conversations_select', initial_conversation: 'C1' },
      { type: 'conversations_select', selected_conversation: 'C1' },
    ],
    [
      { type: 'datepicker', initial_date: '2026-11-23' },
      { type: 'datepicker', selected_date: '2026-11-23' },
    ],
    [
      { type: 'datetimepicker', initial_date_time: 60 },
      { type: 'datetimepicker', selected_date_time: 60 },
    ],
    [{ type: 'timepicker' }, { type: 'timepicker', selected_time: null }],
    [{ type: 'checkboxes' }, { type: 'checkboxes', selected_options: [] }],
    [{ type: 'file_input' }, { type: 'file_input', files: [] }],
  ])('%j', (element, initial) => {
    expect(initialAnswer(element)).toEqual(initial);
  });
});

test('empty text is null', () => {
  expect(answer({ type: 'plain_text_input' }, '')).toEqual({ type: 'plain_text_input', value: null });
});

test('the values of a surface have no buttons, and what was entered instead of what was there', () => {
  const blocks = [
    { type: 'input', block_id: 'a', element: { type: 'plain_text_input', action_id: 'x', initial_value: 'old' } },
    { type: 'section', block_id: 'b', accessory: { type: 'button', action_id: 'y' } },
    { type: 'actions', block_id: 'c', elements: [{ type: 'timepicker', action_id: 'z' }, { type: 'button' }] },
  ];
  const values = valuesOf(blocks, (blockId) =>
    blockId === 'a' ? { type: 'plain_text_input', value: 'new' } : undefined,
  );
  expect(values).toEqual({
    a: { x: { type: 'plain_text_input', value: 'new' } },
    c: { z: { type: 'timepicker', selected_time: null } },
  });
});

describe('what is wrong before a view is sent', () => {
  test.each([
    ['nothing in a required field', {}, null, { is: 'missing' }],
    ['blanks in a required field', {}, '  ', { is: 'missing' }],
    ['nothing in an optional field', { optional: true }, null, undefined],
    ['too short', { element: { type: 'plain_text_input', min_length: 3 } }, 'ab', { is: 'short', limit: 3 }],
    ['too long', { element: { type: 'plain_text_input', max_length: 3 } }, 'abcd', { is: 'long', limit: 3 }],
    ['no number', { element: { type: 'number_input' } }, 'a', { is: 'number' }],
    ['no whole number', { element: { type: 'number_input' } }, '1.5', { is: 'whole' }],
    ['a decimal number', { element: { type: 'number_input', is_decimal_allowed: true } }, '1.5', undefined],
    ['too low', { element: { type: 'number_input', min_value: '0' } }, '-1', { is: 'low', limit: 0 }],
    ['too high', { element: { type: 'number_input', max_value: '5' } }, '6', { is: 'high', limit: 5 }],
    ['no address', { element: { type: 'email_text_input' } }, 'a@b', { is: 'email' }],
    ['no web address', { element: { type: 'url_text_input' } }, 'a', { is: 'url' }],
  ])('%s', (_, block, value, fault) => {
    const element = { type: 'plain_text_input', action_id: 'x', ...('element' in block ? block.element : {}) };
    const blocks = [{ type: 'input', block_id: 'a', ...block, element }];
    expect(faults(blocks, { a: { x: { type: element.type, value } } }).get('a')).toEqual(fault);
  });
});
