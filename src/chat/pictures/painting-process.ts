import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import type { Chart } from '../card.ts';
import { chartOption, fontFamily, pictureSize } from './chart-option.ts';
import { palettePng } from './palette-png.ts';

/**
 * The program of the process that paints. It answers each chart in the order asked, and ends when the bot lets go of it
 * or is gone. What is said to the whole group of processes is the bot's to decide: it may want a last picture.
 */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

use([BarChart, LineChart, GridComponent, LegendComponent, LabelLayout, SVGRenderer]);

const font = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
);

process.on('message', ({ id, chart }: { id: number; chart: Chart }) => {
  try {
    process.send?.({ id, png: paint(chart) });
  } catch (error) {
    process.send?.({ id, fault: error instanceof Error ? error.name : 'unknown' });
  }
});

function paint(chart: Chart): Uint8Array {
  const { width, height, scale } = pictureSize;
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    drawing.setOption(chartOption(chart));
    const picture = new Resvg(drawing.renderToSVGString(), {
      font: { loadSystemFonts: false, fontFiles: [font], defaultFontFamily: fontFamily },
      fitTo: { mode: 'zoom', value: scale },
    }).render();
    return palettePng({ width: picture.width, height: picture.height, rgba: picture.pixels });
  } finally {
    drawing.dispose();
  }
}
