import type { Job } from '../chat/slice.ts';
import type { Log } from '../log.ts';
import { nearestLocale } from '../text/locale.ts';
import type { CalendarStore, DueCalendar } from './calendar-store.ts';
import type { FindHolidays, PlaceYears } from './holiday-finding.ts';
import { yearsAhead } from './team-calendar.ts';

/** After a failure the next attempt is made so much later: it costs a process and all its memory each time. */
const rest = { hours: 1 };

/**
 * Adds the public holidays of the years to come, so that those of this year and the next are always known. Several
 * processes may work out the same; one of them stores it.
 */
export function extendJob(needs: {
  store: CalendarStore;
  findHolidays: FindHolidays;
  log: Log;
  changed(organizationId: string, teamIds: readonly string[]): Promise<void>;
}): Job {
  const { store, findHolidays, log, changed } = needs;
  let notBefore = 0;
  return {
    name: 'calendar.extend',
    async run(now) {
      if (now.epochMilliseconds < notBefore) return;
      const { year } = now.toZonedDateTimeISO('UTC');
      const to = year + yearsAhead;
      let extended = 0;
      try {
        for (;;) {
          const due = await store.due(year + 1);
          if (due.length === 0) break;
          // What was left out for long is not made up for: those days are over.
          const wanted = due.map((team) => ({ team, from: Math.max(team.computedTo + 1, year) }));
          const groups = [
            ...Map.groupBy(wanted, ({ team, from }) =>
              JSON.stringify([team.country, team.region, team.locale, from]),
            ).values(),
          ];
          const places = groups.flatMap(([first]) => (first ? [placeOf(first.team, first.from, to)] : []));
          const found = await findHolidays(places);
          for (const [index, teams] of groups.entries())
            for (const { team } of teams) {
              if (!(await store.extend(team, to, found[index] ?? []))) continue;
              await changed(team.organizationId, [team.teamId]);
              extended += 1;
            }
        }
      } catch (error) {
        notBefore = now.add(rest).epochMilliseconds;
        throw error;
      }
      if (extended > 0) log.info({ teams: extended, year: to }, 'public holidays are known for longer');
    },
  };
}

const placeOf = ({ country, region, locale }: DueCalendar, from: number, to: number): PlaceYears => ({
  country,
  region,
  from,
  to,
  locale: nearestLocale(locale) ?? 'en',
});
