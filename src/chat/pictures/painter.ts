import { z } from 'zod';
import { createOwnProcess } from '../../own-process.ts';
import type { Chart } from '../card.ts';

/** Draws a chart as a PNG. Throws when it cannot: then its words stand for it. */
export type Paint = (chart: Chart) => Promise<Uint8Array>;

export interface Painter {
  paint: Paint;
  /** The id of the process that paints; null while there is none. */
  readonly process: number | null;
  /** Ends the process; what it was painting is refused. */
  stop(): Promise<void>;
}

export interface PainterOptions {
  /** The process goes after so many milliseconds without a picture. */
  rest?: number;
  /** A picture may take so many milliseconds, the start of the process and those before it included. */
  patience?: number;
  /** The process's program. */
  program?: URL;
}

/** Paints in a process of its own: echarts and the font take 150 MB. */
export function createPainter(options: PainterOptions = {}): Painter {
  const { rest = 60_000, patience = 10_000, program = new URL('./painting-process.ts', import.meta.url) } = options;
  const painting = createOwnProcess<Chart, Uint8Array>({
    makes: 'pictures',
    program,
    rest,
    patience,
    answer: z.instanceof(Uint8Array),
    memory: 192,
  });
  return {
    paint: painting.ask,
    get process() {
      return painting.id;
    },
    stop: painting.stop,
  };
}
