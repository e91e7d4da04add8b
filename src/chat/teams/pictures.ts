import type { Logger } from 'pino';
import type { Card } from '../card.ts';
import { inTime } from '../in-time.ts';
import type { Paint } from '../pictures/painter.ts';
import type { Painted } from './draw-chart.ts';

/** How long a message waits for one picture, in milliseconds: it is claimed for 20 s, and sending it may take 15. */
const patience = 4_000;

/** Paints the charts of a card. Never throws: one that is not painted is drawn by the client, and its words stand below. */
export type Pictures = (card: Card) => Promise<Painted>;

export function teamsPictures({ paint, log }: { paint: Paint; log: Pick<Logger, 'warn'> }): Pictures {
  return async (card) => {
    const charts = card.body.filter((part) => part.kind === 'chart');
    const painted = await Promise.all(
      charts.map(async (chart) => {
        try {
          const png = await inTime(paint(chart), patience, null);
          if (png === null) throw new Error(`a picture took more than ${patience} ms`);
          const base64 = Buffer.from(png).toString('base64');
          return [[chart, `data:image/png;base64,${base64}`] as const];
        } catch (err) {
          log.warn({ err, reason: 'not_painted' }, 'a picture was not painted');
          return [];
        }
      }),
    );
    return new Map(painted.flat());
  };
}
