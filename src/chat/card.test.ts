import { describe, expect, it } from 'vitest';
import { inPlainText } from './card.ts';

describe('a card as plain text', () => {
  it('says everything except what only a pointer can use', () => {
    expect(
      inPlainText({
        title: ['Visit to ', { strong: 'Acme <!channel>' }],
        body: [
          { kind: 'facts', facts: [{ label: 'Day', value: 'Fri 27 Nov' }] },
          { kind: 'list', items: [{ words: 'offer', detail: { person: 'p1', name: 'Ann' } }], more: '… and 2 more' },
          { kind: 'divider' },
          { kind: 'buttons', buttons: [{ label: 'Undo', does: 'visits.undo' }] },
          { kind: 'note', words: { quiet: { link: 'https://example.com', label: 'source' } } },
        ],
      }),
    ).toBe('Visit to Acme <!channel>\nDay: Fri 27 Nov\n• offer – Ann\n… and 2 more\nsource');
  });
});
