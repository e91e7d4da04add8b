import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Card, Chart } from '../card.ts';
import { inTime } from '../in-time.ts';
import type { Paint } from '../pictures/painter.ts';
import type { Work } from '../work.ts';
import { type Call, faultOf } from './calls.ts';
import type { Shown } from './draw-card.ts';
import type { PicturesStore } from './pictures-store.ts';
import { isLookedAt, UploadRefused, uploadPicture } from './upload.ts';

/** The pictures of cards, as files of the workspace. */
export interface Pictures {
  /**
   * The file of each chart that has one; `null` while one is still on its way. Never throws: a chart whose picture does
   * not get there is not among them, and its words stand for it. `patience`: how long to wait, in milliseconds.
   */
  of(card: Card, patience?: number): Promise<Shown | null>;
  /** Slack refuses to show these files: they are uploaded anew the next time. */
  forget(shown: Shown): Promise<void>;
}

export interface PicturesNeeds {
  call: Call;
  apiUrl: string;
  paint: Paint;
  store: PicturesStore;
  work: Work;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
}

/**
 * How long a message waits for its pictures, in milliseconds. A message is claimed for 20 s and its own call may take 15,
 * so it does not wait longer; it is tried again, and meanwhile the picture comes.
 */
const messagePatience = 4_000;
/** Uploads of one picture, where the fault is Slack's and passes. */
const attempts = 3;
/** A picture that did not get there is not tried again for so many milliseconds, whoever asks. */
const restAfterFault = 10 * 60_000;
/** Pauses before looking whether Slack has looked at a file, in milliseconds: 16 s altogether. */
const looks = [250, 500, 1_000, 2_000, 4_000, 8_000] as const;
/** The painter's look; a new one makes new pictures. */
const look = 1;

export function slackPictures(needs: PicturesNeeds): Pictures {
  const { call, apiUrl, paint, store, work, clock, log } = needs;
  const onTheWay = new Map<string, Promise<string | null>>();
  const failedAt = new Map<string, number>();
  const now = () => clock.now().epochMilliseconds;

  /** The file of a chart, whatever it takes; null when it cannot be had. */
  function fileOf(chart: Chart): Promise<string | null> {
    const hash = hashOf(chart);
    if (now() - (failedAt.get(hash) ?? Number.NEGATIVE_INFINITY) < restAfterFault) return Promise.resolve(null);
    const running = onTheWay.get(hash);
    if (running !== undefined) return running;
    const started = work.follow(
      bring(chart, hash)
        .catch((error: unknown) => {
          const reason = reasonOf(error);
          forgetOldest(failedAt);
          failedAt.set(hash, now());
          log.warn(reason, 'a picture did not get to Slack');
          return null;
        })
        .finally(() => onTheWay.delete(hash)),
    );
    onTheWay.set(hash, started);
    return started;
  }

  async function bring(chart: Chart, hash: string): Promise<string> {
    const known = await store.find(hash);
    if (known?.ready) return known.file;
    const file = known?.file ?? (await store.keep(hash, await upload(chart), clock.now()));
    try {
      await lookedAt(file);
    } catch (error) {
      // Where Slack says nothing more, something went wrong there; the next time it is uploaded anew.
      if (!work.stopping) await store.forget([file]);
      throw error;
    }
    await store.isReady(file, clock.now());
    return file;
  }

  async function lookedAt(file: string): Promise<void> {
    for (const pause of looks) {
      if (await seen(file)) return;
      if (work.stopping) throw new UploadRefused('stopping');
      await work.pause(pause);
    }
    throw new UploadRefused('not_looked_at');
  }

  async function seen(file: string): Promise<boolean> {
    try {
      return await isLookedAt(call, file);
    } catch (error) {
      if (meaningOf(error).again === null) throw error;
      return false;
    }
  }

  async function upload(chart: Chart): Promise<string> {
    const png = await paint(chart).catch((error: unknown) => {
      log.warn({ err: error }, 'a picture was not painted');
      throw new UploadRefused('not_painted');
    });
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await uploadPicture(call, apiUrl, chart, png);
      } catch (error) {
        const { code, again } = meaningOf(error);
        if (again === null || attempt === attempts || work.stopping) throw error;
        log.warn({ reason: code, attempt }, 'a picture did not get to Slack yet');
        await work.pause(again);
      }
    }
  }

  return {
    async of(card, patience = messagePatience) {
      const charts = card.body.filter((part) => part.kind === 'chart');
      if (charts.length === 0) return new Map();
      const files = Promise.all(charts.map(async (chart) => [chart, await fileOf(chart)] as const));
      const found = await inTime(files, patience, null);
      return found && new Map(found.flatMap(([chart, file]) => (file === null ? [] : [[chart, file] as const])));
    },
    forget: (shown) => store.forget([...shown.values()]),
  };
}

/** Of all that is seen on a picture or read aloud of its file. */
function hashOf({ draw, title, categories, series, unit, alternative }: Chart): string {
  const seen = [look, draw, title, categories, series.map(({ name, values }) => [name, values]), unit, alternative];
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url');
}

/** What a fault is called, and after how many milliseconds it is worth trying again; null when it is not. */
function meaningOf(error: unknown): { code: string; again: number | null } {
  if (error instanceof UploadRefused) return { code: error.code, again: error.passes ? 2_000 : null };
  if (error instanceof z.ZodError) return { code: 'odd_answer', again: null };
  const fault = faultOf(error);
  return { code: fault.code, again: fault.fault === 'later' ? Math.min(fault.ms, 5_000) : null };
}

/** For the log: Slack's word, or the whole error when it is one of ours. */
function reasonOf(error: unknown): { reason: string } | { err: unknown } {
  try {
    return { reason: meaningOf(error).code };
  } catch (surprise) {
    return { err: surprise };
  }
}

function forgetOldest(times: Map<string, number>): void {
  const oldest = times.keys().next().value;
  if (times.size >= 1_000 && oldest !== undefined) times.delete(oldest);
}
