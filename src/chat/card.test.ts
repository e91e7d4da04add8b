import { describe, expect, it } from 'vitest';
import { inPlainText, labelled } from './card.ts';

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
          {
            kind: 'chart',
            draw: 'lines',
            title: 'Coverage',
            categories: ['1 Nov', '8 Nov'],
            series: [{ name: 'Core', values: [80, null] }],
            unit: 'percent',
            alternative: 'Core: 80% on 1 Nov, nothing known of 8 Nov.',
          },
          { kind: 'note', words: { quiet: { link: 'https://example.com', label: 'source' } } },
        ],
      }),
    ).toBe(
      'Visit to Acme <!channel>\nDay: Fri 27 Nov\n• offer – Ann\n… and 2 more\nCoverage\nCore: 80% on 1 Nov, nothing known of 8 Nov.\nsource',
    );
  });
});

describe('a label', () => {
  it.each([
    ['Day', 'Day: '],
    ['负责人', '负责人：'],
    ['期限（天）', '期限（天）：'],
    ['负责人 KAM', '负责人 KAM: '],
  ])('%s has the colon of its language', (label, expected) => {
    expect(labelled(label)).toBe(expected);
  });
});
