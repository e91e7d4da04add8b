import { expect, test } from 'vitest';
import { textIn } from '../../text/text.ts';
import { text } from '../form.ts';
import { drawForm } from './draw-form.ts';

test('a field is called by the words of its form, where it has some', () => {
  const label = 'chat.form.cancel';
  const form = {
    name: 'probe',
    title: 'chat.help.title',
    save: 'chat.form.more',
    fields: { one: text({ label, max: 5 }), two: text({ label, max: 5 }) },
  } as const;
  const asked = { form, id: '01a207c3-b55e-75ec-8d87-4fbd4de4de0d', about: {}, initial: {}, options: {}, without: [] };
  const labels = { one: 'What is <!channel> about?' };
  const { blocks } = drawForm({ ...asked, expanded: false, labels }, textIn('en'), { origin: { kind: 'direct' } });
  expect(blocks.map((block) => ('label' in block ? block.label : null))).toEqual([
    { type: 'plain_text', text: 'What is <!channel> about?', emoji: false },
    { type: 'plain_text', text: 'Cancel', emoji: false },
  ]);
});
