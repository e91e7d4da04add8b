import { describe, expect, it } from 'vitest';
import type { Chart } from '../card.ts';
import { ground, ink, looks, quietInk } from './chart-look.ts';
import { chartOption } from './chart-option.ts';

const chart = (more: Partial<Chart>): Chart => ({
  kind: 'chart',
  draw: 'lines',
  title: 'Coverage',
  categories: ['1 Nov', '8 Nov'],
  series: [{ name: 'Core', values: [80, 90] }],
  unit: 'percent',
  alternative: 'Core: 80% on 1 Nov, 90% on 8 Nov.',
  ...more,
});
const values = (...all: (number | null)[]) => [{ name: 'Core', values: all }];

describe('the scale of a chart', () => {
  it.each<[string, Partial<Chart>, object]>([
    ['per cent to the whole', {}, { min: 0, max: 100 }],
    ['per cent beyond it', { series: values(80, 120.5) }, { min: 0 }],
    ['per cent that add up to more', { draw: 'stack', series: [...values(80.5, 1), ...values(40, 1)] }, { min: 0 }],
    ['whole numbers', { unit: 'number', series: values(1, 2) }, { min: 0, minInterval: 1 }],
    ['numbers below zero', { unit: 'number', series: values(-1, 0.5) }, {}],
    ['nothing at all', { unit: 'number', series: [], categories: [] }, { min: 0, minInterval: 1 }],
  ])('%s', (_, more, expected) => {
    const { min, max, minInterval } = chartOption(chart(more)).yAxis as Record<string, number>;
    expect({ min, max, minInterval }).toEqual({ min: undefined, max: undefined, minInterval: undefined, ...expected });
  });
});

describe('the figures of a chart', () => {
  const drawn = (more: Partial<Chart>) => (chartOption(chart(more)).series as { data: unknown[] }[])[0]?.data;

  it('leaves a gap where there is no figure', () => {
    expect(drawn({ series: values(null, 5) })).toEqual([null, 5]);
    expect(drawn({ series: values(Number.NaN, Number.POSITIVE_INFINITY) })).toEqual([null, null]);
    expect(drawn({ series: values(-Number.MAX_VALUE, 1e300) })).toEqual([null, null]);
    expect(drawn({ series: values(1e14, -1e14) })).toEqual([1e14, -1e14]);
    expect(drawn({ series: values(7) })).toEqual([7, null]);
    expect(drawn({ series: values(-1.5e-323, 1e-6) })).toEqual([0, 1e-6]);
    expect(drawn({ series: values(1, 2, 3) })).toEqual([1, 2]);
  });

  it('says a zero, which is no gap, and other figures where bars are wide enough', () => {
    expect(drawn({ draw: 'bars', series: values(0, null) })).toEqual([
      expect.objectContaining({ value: 0, label: expect.anything() }),
      null,
    ]);
    const categories = Array.from({ length: 40 }, (_, at) => `${at}`);
    const many = drawn({ draw: 'bars', categories, series: values(0, 5) });
    expect(many?.slice(0, 3)).toEqual([expect.objectContaining({ value: 0 }), 5, null]);
  });
});

describe('the axis of a chart', () => {
  const named = (count: number, name: (at: number) => string) => {
    const categories = Array.from({ length: count }, (_, at) => name(at));
    const values = categories.map(() => 1);
    const axis = Object(chartOption(chart({ draw: 'bars', categories, series: [{ name: 'x', values }] })).xAxis);
    return categories.map((_, at) => at).filter((at) => axis.axisLabel.interval(at));
  };

  it('names all categories while there is room, then fewer, and always the last one', () => {
    expect(named(8, (at) => `${at}/11`)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(named(8, (at) => `11月${at + 10}日`)).toEqual([1, 3, 5, 7]);
    expect(named(60, (at) => `week ${at}`).at(-1)).toBe(59);
    expect(named(60, (at) => `week ${at}`).length).toBeLessThan(12);
    expect(named(0, String)).toEqual([]);
  });
});

describe('the names of a chart', () => {
  const option = (name: string) =>
    chartOption(chart({ draw: 'bars', categories: [name], series: [{ name, values: [1] }] }));

  it.each([
    ['', '–'],
    ['\u0000\uD800x\uFFFF', '\uFFFDx'],
    ['{sign|Core}', '(sign|Core)'],
    ['__proto__', '__proto__ '],
    ['constructor', 'constructor '],
    ['一二三四五六七八九十一二三四五六七', '一二三四五六七八九十一二三四五…'],
  ])('%j is drawn as %j', (name, said) => {
    expect(option(name).xAxis).toMatchObject({ data: [said] });
  });

  it('may be the same for two series', () => {
    const { legend, series } = chartOption(
      chart({ draw: 'bars', series: [...values(1, 2), ...values(3, 4)] }),
    ) as unknown as {
      legend: { data: { name: string }[]; formatter: (name: string) => string };
      series: { name: string }[];
    };
    expect(series.map(({ name }) => name)).toEqual(legend.data.map(({ name }) => name));
    expect(new Set(series.map(({ name }) => name)).size).toBe(2);
    expect(legend.data.map(({ name }) => legend.formatter(name))).toEqual(['Core', 'Core']);
  });
});

describe('the look of series', () => {
  it('differs in marker and in pattern, not in colour alone', () => {
    const different = (of: (look: (typeof looks)[number]) => unknown) =>
      new Set(looks.map((look) => JSON.stringify(of(look)))).size;
    expect(looks).toHaveLength(8);
    expect(different(({ color }) => color)).toBe(8);
    expect(different(({ marker }) => marker)).toBe(8);
    expect(different(({ sign }) => sign)).toBe(8);
    expect(different(({ pattern }) => pattern)).toBe(8);
  });

  it('stands out from its ground, graphics by 3:1 and text by 7:1', () => {
    for (const { color } of looks) expect(contrast(color, ground)).toBeGreaterThanOrEqual(3);
    for (const color of [ink, quietInk]) expect(contrast(color, ground)).toBeGreaterThanOrEqual(7);
  });
});

/** Contrast of two colours (WCAG 2.2, "relative luminance"). */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
