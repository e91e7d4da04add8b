import Holidays from 'date-holidays';
import { answerEach } from '../own-process-program.ts';
import { freeDays } from './holiday-days.ts';
import type { PlaceYears } from './holiday-finding.ts';
import type { CalendarDay } from './team-calendar.ts';

/** The program of the process that works out holidays. Its errors are about places and years, and may be read whole. */
answerEach(
  (places: readonly PlaceYears[]) => places.map(daysOf),
  ({ stack, message }) => stack ?? message,
);

function daysOf({ country, region, locale, from, to }: PlaceYears): CalendarDay[] {
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
