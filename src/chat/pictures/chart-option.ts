import type { EChartsCoreOption } from 'echarts/core';
import { cut } from '../../text/cut.ts';
import type { Chart } from '../card.ts';
import { gridLine, ground, ink, lookAt, quietInk } from './chart-look.ts';

/** The size of a picture in CSS pixels; each is drawn as 2.5 × 2.5 real ones. */
export const pictureSize = { width: 520, height: 320, scale: 2.5 } as const;

/** What the font is called inside of its file. */
export const fontFamily = 'Noto Sans SC';

const fontSize = 13;
/** UTF-16 units of a name in the picture. */
const longest = { series: 24, category: 16 };
/** Bars narrower than this have no room for their figure, in pixels. */
const narrowest = 26;

/** A chart as echarts draws it. */
export function chartOption(chart: Chart): EChartsCoreOption {
  const asLines = chart.draw === 'lines';
  const categories = chart.categories.map((category) => drawable(category, longest.category));
  const names = chart.series.map(({ name }) => drawable(name, longest.series));
  const rows = chart.series.map(({ values }) => categories.map((_, at) => finite(values[at])));
  const room = asLines
    ? Math.min(210, Math.max(20, ...names.map((name) => widthOf(`● ${name} ${say(100, chart)}`) + 14)))
    : 12;
  return {
    animation: false,
    backgroundColor: ground,
    textStyle: { fontFamily, fontSize, color: ink },
    grid: {
      left: 8,
      right: room,
      top: asLines ? 18 : 44,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    // Lines carry their names at their ends; bars have them above, with their patterns.
    ...(asLines ? {} : { legend: legendOf(names) }),
    aria: { enabled: false },
    xAxis: {
      type: 'category',
      data: categories,
      boundaryGap: !asLines,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: quietInk } },
      axisLabel: { color: quietInk, fontSize: fontSize - 1, interval: labelled(categories, room) },
    },
    yAxis: {
      type: 'value',
      ...scaleOf(chart, rows),
      splitLine: { lineStyle: { color: gridLine } },
      axisLabel: { color: quietInk, fontSize: fontSize - 1, formatter: (value: number) => say(value, chart) },
    },
    series: rows.map((values, place) =>
      asLines
        ? line(values, place, `${names[place]}`, chart)
        : bar(values, place, chart, rows.length * categories.length),
    ),
  };
}

/**
 * Which categories are named under the axis: as many as have room, counted from the last one, which is what is new. Half
 * of the first and of the last name may stand beyond the axis.
 */
function labelled(categories: readonly string[], room: number): (at: number) => boolean {
  const widest = Math.max(0, ...categories.map((category) => widthOf(category))) + 8;
  const each = (pictureSize.width - room - 50) / Math.max(1, categories.length);
  const step = Math.max(1, Math.ceil(widest / each));
  return (at) => (categories.length - 1 - at) % step === 0;
}

function line(values: readonly (number | null)[], place: number, name: string, chart: Chart) {
  const { color, marker, sign, dash } = lookAt(place);
  const last = values.findLast((value) => value !== null) ?? null;
  return {
    type: 'line',
    name: `${place}`,
    symbol: marker,
    symbolSize: 8,
    showAllSymbol: true,
    color,
    lineStyle: { width: 2.5, type: dash, color },
    itemStyle: { color },
    endLabel: {
      show: last !== null,
      color: ink,
      fontSize,
      distance: 8,
      // The sign stays beside the name where names make room for each other.
      formatter: () => `{sign|${sign}} ${name}${last === null ? '' : ` ${say(last, chart)}`}`,
      rich: { sign: { color, fontSize, fontFamily } },
    },
    labelLayout: { moveOverlap: 'shiftY' },
    data: values,
  };
}

function bar(values: readonly (number | null)[], place: number, chart: Chart, bars: number) {
  const { color, pattern } = lookAt(place);
  const stacked = chart.draw === 'stack';
  const share = (pictureSize.width - 70) / (stacked ? Math.max(1, chart.categories.length) : Math.max(1, bars));
  const hasRoom = share * 0.8 >= narrowest;
  return {
    type: 'bar',
    name: `${place}`,
    ...(stacked ? { stack: 'all', barMaxWidth: 48 } : { barMaxWidth: 40, barGap: '8%' }),
    barCategoryGap: '22%',
    color,
    itemStyle: {
      color,
      borderColor: ground,
      borderWidth: 1,
      ...(pattern === null ? {} : { decal: { ...pattern, color: 'rgba(255, 255, 255, 0.75)' } }),
    },
    data: values.map((value) =>
      // Nothing is drawn where there is no figure; a zero says that it is one.
      value !== null && !stacked && (hasRoom || value === 0)
        ? {
            value,
            label: {
              show: true,
              position: 'top',
              color: ink,
              fontSize: hasRoom ? fontSize - 1 : fontSize - 3,
              formatter: () => say(value, chart),
            },
          }
        : value,
    ),
  };
}

function legendOf(names: readonly string[]) {
  return {
    top: 8,
    left: 8,
    right: 8,
    itemGap: 14,
    itemWidth: 22,
    textStyle: { color: ink, fontSize },
    // Two series may have one name, so inside of echarts they are called by their place.
    data: names.map((_, place) => ({ name: `${place}` })),
    formatter: (place: string) => names[Number(place)] ?? '',
  };
}

function scaleOf({ unit, draw }: Chart, rows: readonly (readonly (number | null)[])[]) {
  const all = rows.flat().filter((value) => value !== null);
  const sums = rows[0]?.map((_, at) => rows.reduce((sum, row) => sum + Math.max(0, row[at] ?? 0), 0)) ?? [];
  const most = Math.max(0, ...(draw === 'stack' ? sums : all));
  const least = Math.min(0, ...all);
  if (unit === 'percent' && most <= 100 && least === 0) return { min: 0, max: 100, interval: 25 };
  return { ...(least === 0 ? { min: 0 } : {}), ...(all.every(Number.isInteger) ? { minInterval: 1 } : {}) };
}

/** A figure as it is read on the picture. */
const say = (value: number, { unit }: Pick<Chart, 'unit'>): string => {
  const rounded = String(Math.round(value * 10) / 10);
  return unit === 'percent' ? `${rounded}%` : rounded;
};

/** Smaller than this a figure is zero: nobody sees it, and echarts finds no scale for 1e-20. */
const smallest = 1e-6;

/**
 * From here on a number is none that was counted. Echarts takes differences and sums for its scale, which become
 * infinite beyond 1e308; the library that paints ends the process for what is drawn far outside of the picture.
 */
const largest = 1e15;

function finite(value: number | null | undefined): number | null {
  if (value === undefined || value === null) return null;
  const size = Math.abs(value);
  if (size < smallest) return 0;
  return size < largest ? value : null;
}

/**
 * XML, which the picture is made of, has no place for control characters and halves of characters; braces are echarts'
 * own mark-up. Echarts keeps texts as names in plain objects, where `__proto__` would change all objects there are.
 */
function drawable(text: string, max: number): string {
  const clean = text
    .toWellFormed()
    .replaceAll('{', '(')
    .replaceAll('}', ')')
    .replace(/[\p{Cc}\p{Cf}\uFFFE\uFFFF]/gu, ' ')
    .trim();
  return cut(clean in {} ? `${clean} ` : clean || '–', max);
}

/** About how wide a text is, in pixels: Chinese characters are square, others about half as wide as high. */
function widthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (character > '\u2E7F' ? 1 : 0.58), 0) * fontSize;
}
