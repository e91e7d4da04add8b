import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from './html.ts';

test('a text is a text wherever it is put', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', ' ', '/') }), (text) => {
      const { source } = html`<p title="${text}">${text}</p>`;
      expect(source.slice('<p title="'.length, -'</p>'.length)).not.toMatch(/<|'|>(?=.*>)/);
      expect(source.match(/"/g)).toHaveLength(2);
    }),
  );
});

test('pieces of HTML stay what they are, lists of them too', () => {
  const items = ['a & b', '<i>'].map((text) => html`<li>${text}</li>`);
  expect(html`<ul>${items}</ul>${3}`.source).toBe('<ul><li>a &amp; b</li><li>&lt;i&gt;</li></ul>3');
});
