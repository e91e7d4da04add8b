import type { Temporal } from 'temporal-polyfill';
import { labelled } from '../chat/card.ts';
import type { Database } from '../database.ts';
import type { People } from '../people/index.ts';
import type { Text } from '../text/text.ts';
import { plain } from '../text/words.ts';
import { previewOf } from './preview.ts';
import { createGathering, type GatheringNeeds } from './schedule-gathering.ts';
import { teamLine } from './schedule-list.ts';
import { setupStore } from './setup-store.ts';

/**
 * What the meetings of all teams of all organisations will send to whom in the next days, and to whom not and why: a line
 * for each organisation and team, and below it one for each meeting of each day.
 */
export async function scheduleLines(
  needs: Omit<GatheringNeeds, 'store'> & { people: Pick<People, 'organizations'>; database: Pick<Database, 'pool'> },
  { now, days, text }: { now: Temporal.Instant; days: number; text: Text },
): Promise<string[]> {
  const { people, calendar, database } = needs;
  const store = setupStore(database);
  const gathering = createGathering({ store, people, calendar });
  const lines: string[] = [];
  for (const organization of await people.organizations()) {
    const teams = await people.teams(organization.id, 'all');
    const set = await store.ofTeams(
      organization.id,
      teams.map(({ id }) => id),
    );
    const all = await gathering.previews(organization.id, set, teams, { from: now, days });
    const planned = previewOf(all, now, days);
    for (const team of teams) {
      lines.push(text.plain('meetings.print.team', { organization: organization.name, team: team.name }));
      const today = now.toZonedDateTimeISO(team.timeZone).toPlainDate();
      const theirs = planned.filter(({ of }) => of.team.id === team.id);
      if (theirs.some(({ of }) => !of.hasChannel)) lines.push(`  ${text.plain('meetings.schedule.noChannel')}`);
      if (theirs.length === 0) lines.push(`  ${text.plain('meetings.schedule.nothing')}`);
      for (const one of theirs) {
        const { words, detail } = teamLine(one, { text, today, most: Number.POSITIVE_INFINITY });
        lines.push(`  ${detail === undefined ? plain(words) : labelled(plain(words)) + plain(detail)}`);
      }
    }
  }
  return lines.length > 0 ? lines : [text.plain('meetings.schedule.nothing')];
}
