import { describe, expect, it } from 'vitest';
import { textIn } from '../../text/text.ts';
import type { Chart } from '../card.ts';
import { drawCard } from './draw-card.ts';
import { isTooLarge } from './limits.ts';

const chart = (more: Partial<Chart> = {}): Chart => ({
  kind: 'chart',
  draw: 'lines',
  title: 'Coverage',
  categories: ['1 Nov', '8 Nov'],
  series: [
    { name: 'Core', values: [80, null] },
    { name: 'General', values: [20, 30] },
  ],
  unit: 'percent',
  alternative: 'Core: 80% on 1 Nov. General: 20%, then 30%.',
  ...more,
});
const url = 'data:image/png;base64,AAAA';
const draw = (one: Chart, picture: string | null = url) => {
  const painted = new Map(picture === null ? [] : [[one, picture]]);
  return drawCard({ body: [one] }, { surface: 'message', text: textIn('en', ''), painted });
};
const drawn = (one: Chart, picture?: string | null) => draw(one, picture).body;

describe('a chart in Teams', () => {
  it('is drawn by the client, below its title and above its figures in words, with the picture where it cannot', () => {
    expect(drawn(chart())).toMatchObject([
      { inlines: [{ text: 'Coverage', weight: 'Bolder' }] },
      {
        type: 'Chart.Line',
        yMin: 0,
        yMax: 100,
        data: [
          // The one without a gap first: from it a client learns the order.
          {
            legend: 'General',
            values: [
              { x: '1 Nov', y: 20 },
              { x: '8 Nov', y: 30 },
            ],
          },
          { legend: 'Core', values: [{ x: '1 Nov', y: 80 }] },
        ],
        fallback: { type: 'Image', url, altText: 'Core: 80% on 1 Nov. General: 20%, then 30%.' },
      },
      { inlines: [{ text: 'Core: 80% on 1 Nov. General: 20%, then 30%.' }] },
    ]);
  });

  it.each([
    ['bars', { type: 'Chart.VerticalBar.Grouped', showBarValues: true }],
    ['stack', { type: 'Chart.VerticalBar.Grouped', stacked: true }],
    ['lines', { type: 'Chart.Line' }],
  ] as const)('as %s', (kind, expected) => {
    expect(drawn(chart({ draw: kind }))[1]).toMatchObject(expected);
  });

  it('has no picture where none was painted', () => {
    expect(drawn(chart(), null)[1]).toMatchObject({ type: 'Chart.Line', fallback: 'drop' });
  });

  it('loses its picture first where a card is too large', () => {
    const large = draw(chart(), `data:image/png;base64,${'A'.repeat(60_000)}`);
    expect(isTooLarge(large)).toBe(false);
    expect(large.body[1]).toMatchObject({ type: 'Chart.Line', fallback: 'drop' });
  });

  it.each<[string, Partial<Chart>]>([
    ['all rows have gaps', { series: [{ name: 'Core', values: [null, 80] }] }],
    ['two categories are called alike', { categories: ['1 Nov', '1 Nov'] }],
    ['there is nothing', { categories: [], series: [] }],
  ])('is the picture alone where %s', (_, more) => {
    expect(drawn(chart(more))[1]).toMatchObject({ type: 'Image', url });
    expect(drawn(chart(more), null)).toHaveLength(2);
  });

  it.each<[string, Partial<Chart>, object]>([
    ['beyond the whole', { series: [{ name: 'x', values: [120, 1] }] }, { yAxisTitle: '%' }],
    ['numbers', { unit: 'number' }, {}],
  ])('lets the client choose the scale of %s', (_, more, expected) => {
    const { yMin, yMax, yAxisTitle } = Object(drawn(chart(more))[1]);
    expect({ yMin, yMax, yAxisTitle }).toEqual({
      yMin: undefined,
      yMax: undefined,
      yAxisTitle: undefined,
      ...expected,
    });
  });
});
