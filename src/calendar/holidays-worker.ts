import { parentPort, workerData } from 'node:worker_threads';
import Holidays from 'date-holidays';
import { freeDays } from './holiday-days.ts';
import type { PlaceYears } from './holidays.ts';

/**
 * Runs in a thread of its own, answers once and ends: date-holidays takes 40 MB and half a second of a whole core, and
 * both go with the thread.
 */
const asked: readonly PlaceYears[] = workerData;

parentPort?.postMessage(asked.map(daysOf));

function daysOf({ country, region, locale, from, to }: PlaceYears) {
  const [state, part] = region?.split('-') ?? [];
  const calendar = new Holidays({
    country,
    ...(state === undefined ? {} : { state }),
    ...(part === undefined ? {} : { region: part }),
  });
  const language = locale === 'zh-CN' ? 'zh' : 'en';
  // What begins in the last days of a year reaches into the next one.
  const years = Array.from({ length: to - from + 2 }, (_, index) => from - 1 + index);
  return freeDays(
    years.flatMap((year) => calendar.getHolidays(year, language)),
    { from, to },
  );
}
