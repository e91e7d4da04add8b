import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { answerEach } from '../../own-process-program.ts';
import type { Chart } from '../card.ts';
import { chartOption, fontFamily, pictureSize } from './chart-option.ts';
import { palettePng } from './palette-png.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, LabelLayout, SVGRenderer]);

const font = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
);

/** The program of the process that paints. Of an error only its kind is told: its message may name customers. */
answerEach(paint, ({ name }) => name);

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
