/**
 * How series are told apart: by colour, and by shape, dash or pattern too, so that nobody needs to see colours. The
 * colours are those of Okabe and Ito (jfly.uni-koeln.de/color), which people with any kind of colour blindness tell
 * apart; the light ones are darkened to stand out from white by 3:1 (WCAG 2.2, 1.4.11).
 */
export interface SeriesLook {
  color: string;
  marker: 'circle' | 'rect' | 'triangle' | 'diamond' | 'emptyCircle' | 'emptyRect' | 'emptyTriangle' | 'emptyDiamond';
  /** The marker as a character. */
  sign: string;
  /** Lengths of dashes and gaps of a line. */
  dash: 'solid' | readonly number[];
  /** What is drawn over a bar; null for a plain one. */
  pattern: Pattern | null;
}

interface Pattern {
  symbol: 'rect' | 'circle' | 'triangle' | 'diamond';
  symbolSize: number;
  /** In radians. */
  rotation: number;
  dashArrayX: readonly number[] | readonly (readonly number[])[];
  dashArrayY: readonly number[];
}

const stripes = (rotation: number, gap: number): Pattern => ({
  symbol: 'rect',
  symbolSize: 1,
  rotation,
  dashArrayX: [1, 0],
  dashArrayY: [2, gap],
});
const dots = (symbol: 'circle' | 'diamond' | 'triangle', size: number): Pattern => ({
  symbol,
  symbolSize: size,
  rotation: 0,
  dashArrayX: [
    [6, 6],
    [0, 6, 6, 0],
  ],
  dashArrayY: [6, 0],
});

/** One look for each of eight series. */
export const looks: readonly SeriesLook[] = [
  { color: '#0072B2', marker: 'circle', sign: '●', dash: 'solid', pattern: null },
  { color: '#D55E00', marker: 'rect', sign: '■', dash: [6, 3], pattern: stripes(Math.PI / 4, 5) },
  { color: '#009E73', marker: 'triangle', sign: '▲', dash: [2, 2], pattern: dots('circle', 0.7) },
  { color: '#AA4A8B', marker: 'diamond', sign: '◆', dash: [8, 3, 2, 3], pattern: stripes(-Math.PI / 4, 3) },
  { color: '#A67300', marker: 'emptyCircle', sign: '○', dash: 'solid', pattern: stripes(0, 4) },
  { color: '#2F87BD', marker: 'emptyRect', sign: '□', dash: [6, 3], pattern: dots('diamond', 0.9) },
  { color: '#000000', marker: 'emptyTriangle', sign: '△', dash: [2, 2], pattern: stripes(Math.PI / 2, 4) },
  { color: '#6E6E6E', marker: 'emptyDiamond', sign: '◇', dash: [8, 3, 2, 3], pattern: dots('triangle', 0.8) },
];

/** The look of the series at a place; from the ninth on they begin again. */
export function lookAt(place: number): SeriesLook {
  const look = looks[place % looks.length];
  if (look === undefined) throw new RangeError(`there is no series at ${place}`);
  return look;
}

/** The picture brings its own ground, so that it reads the same in a dark window. */
export const ground = '#FFFFFF';
export const ink = '#1D1C1D';
/** Of axes and their labels: 7:1 on the ground. */
export const quietInk = '#545454';
export const gridLine = '#DDDDDD';
