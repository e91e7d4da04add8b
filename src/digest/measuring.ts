import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../calendar/index.ts';
import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import type { Log } from '../log.ts';
import { type People, validTimeZone } from '../people/index.ts';
import { textIn } from '../text/text.ts';
import { factOf, type TakesFigures } from './figures.ts';
import type { Improvement } from './improvement.ts';
import { measuredCard } from './improvement-cards.ts';
import type { ImprovementStore } from './improvement-store.ts';
import { measureOf } from './measure.ts';
import { periodBefore } from './period.ts';
import { weekAt } from './posting-time.ts';

interface MeasuringNeeds {
  store: ImprovementStore;
  figures: Pick<TakesFigures, 'ofTeam'>;
  people: Pick<People, 'people'>;
  calendar: Pick<Calendar, 'workdaysOf'>;
  nudge: Nudge;
  log: Log;
}

/**
 * Measures improvements again four weeks after their close: the same figure, of the last whole week. Its owner and the
 * team's manager are told, once.
 */
export function measureJob(needs: MeasuringNeeds): Job {
  const { store, nudge, log } = needs;
  return {
    name: 'digest.measure',
    async run(now) {
      const failed: string[] = [];
      let told = 0;
      for (;;) {
        const claimed = await store.claim(now, failed, async (improvement) => {
          const measured = await measure(needs, improvement, now);
          if (measured === null) return { after: null, tell: [] };
          const { after } = measured;
          const tell = await tellOf(needs, { ...improvement, after }, now);
          told += tell.length;
          return { after, tell };
        });
        if (claimed === null) break;
        if (claimed.failed === null) continue;
        failed.push(claimed.id);
        log.error({ improvement: claimed.id, err: claimed.failed }, 'an improvement is measured with the next tick');
      }
      if (told > 0) nudge();
    },
  };
}

/** Null: there is no such team any more. */
async function measure(
  { figures, calendar }: MeasuringNeeds,
  { organizationId, team, figure }: Improvement,
  now: Temporal.Instant,
): Promise<{ after: number | null } | null> {
  const workdays = (await calendar.workdaysOf([{ organizationId, teamId: team.id }])).get(team.id);
  if (workdays === undefined || figure === null) return null;
  const period = periodBefore(weekAt(now, { timeZone: validTimeZone(team.timeZone), workdays }));
  const found = await figures.ofTeam({ organizationId, teamId: team.id, period, asOf: now });
  return found && { after: measureOf(factOf(found, figure)) };
}

async function tellOf(
  { people }: MeasuringNeeds,
  improvement: Improvement,
  now: Temporal.Instant,
): Promise<OutboxRow[]> {
  const { organizationId, id, owner, team, figure } = improvement;
  if (figure === null) return [];
  const ids = new Set([owner.id, ...(team.managerId === null ? [] : [team.managerId])]);
  const known = await people.people(organizationId, [...ids]);
  return [...known.values()]
    .filter(({ active }) => active)
    .map((person) => {
      const card = measuredCard(improvement, textIn(person.locale));
      const key = `improvement-measured:${id}:${improvement.version}:${person.id}`;
      return outboxRow({ organizationId, key, to: { personId: person.id }, content: { do: 'post', card } }, now);
    });
}
