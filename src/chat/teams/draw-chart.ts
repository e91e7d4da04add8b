import type { ChartColor, IGroupedVerticalBarChart, IImage, ILineChart } from '@microsoft/teams.cards';
import { cut } from '../../text/cut.ts';
import type { Chart } from '../card.ts';
import { limits, type Room } from './limits.ts';

/** The picture of each chart that was painted, as an address that holds it (data:). */
export type Painted = ReadonlyMap<Chart, string>;

/** Colours that differ in light and dark too. Teams tells series apart by nothing else, so the figures stand below. */
const colors: readonly ChartColor[] = [
  'categoricalBlue',
  'categoricalMarigold',
  'categoricalTeal',
  'categoricalPurple',
  'categoricalRed',
  'categoricalLightBlue',
  'categoricalGreen',
  'categoricalLavender',
];

/** Bars more than these have no room for their figures. */
const mostFigures = 16;

/**
 * A chart that Teams draws itself, and its picture where a client cannot; the picture alone where Teams would put the
 * categories out of order. Null when there is neither.
 */
export function drawChart(
  chart: Chart,
  { room, painted }: { room: Room; painted: Painted | undefined },
): ILineChart | IGroupedVerticalBarChart | IImage | null {
  const url = room.pictures ? painted?.get(chart) : undefined;
  const picture = url === undefined ? null : imageOf(chart, url);
  const data = dataOf(chart, room);
  if (data === null) return picture;
  // Clients that draw no charts have the words below.
  const fallback = picture ?? 'drop';
  const axis = scaleOf(chart);
  if (chart.draw === 'lines') return { type: 'Chart.Line', showLegend: true, ...axis, data, fallback };
  const bars = chart.series.length * chart.categories.length;
  return {
    type: 'Chart.VerticalBar.Grouped',
    showLegend: true,
    ...axis,
    ...(chart.draw === 'stack' ? { stacked: true } : { showBarValues: bars <= mostFigures }),
    data,
    fallback,
  };
}

interface Row {
  legend: string;
  color: ChartColor;
  values: { x: string; y: number }[];
}

/** The last categories that there is room for, as rows of points; null where they would be out of order or run together. */
function dataOf({ categories, series }: Chart, room: Room): Row[] | null {
  const from = Math.max(0, categories.length - room.items);
  const names = categories.slice(from).map((category) => cut(category.trim() || '–', limits.chartName));
  if (new Set(names).size < names.length) return null;
  const rows = series.slice(0, room.items).map(({ name, values }, place) => ({
    legend: cut(name.trim() || '–', limits.chartName),
    color: colors[place % colors.length] ?? 'neutral',
    values: names.flatMap((x, at) => {
      const y = values[from + at];
      return typeof y === 'number' && Number.isFinite(y) ? [{ x, y }] : [];
    }),
  }));
  // A client learns the order of the categories from the first row, so a row without gaps comes first.
  const whole = rows.findIndex(({ values }) => values.length === names.length);
  if (whole < 0 || names.length === 0) return null;
  return [...rows.slice(whole, whole + 1), ...rows.slice(0, whole), ...rows.slice(whole + 1)];
}

/** Per cent from nothing to the whole, where they stay within; otherwise what the client thinks best. */
function scaleOf({ unit, draw, series }: Chart): { yMin?: number; yMax?: number; yAxisTitle?: string } {
  if (unit !== 'percent') return {};
  const values = series.flatMap((row) => row.values);
  const fits = draw !== 'stack' && values.every((value) => value === null || (value >= 0 && value <= 100));
  return { ...(fits ? { yMin: 0, yMax: 100 } : {}), yAxisTitle: '%' };
}

function imageOf({ alternative, title }: Chart, url: string): IImage {
  return {
    type: 'Image',
    url,
    altText: cut(alternative.trim() || title.trim() || '–', limits.altText),
    size: 'Stretch',
  };
}
