import type { Temporal } from 'temporal-polyfill';
import { type Calendar, type Workdays, works } from '../calendar/index.ts';
import type { Card } from '../chat/card.ts';
import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import type { Database } from '../database.ts';
import { everyQuarter } from '../every-quarter.ts';
import type { Log } from '../log.ts';
import { validTimeZone } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import { nearestLocale } from '../text/locale.ts';
import { type Text, textIn } from '../text/text.ts';
import { beginning, type Place, type Raised, raisingStore, type Unmoved } from './raising-store.ts';
import { workdaysSince } from './summary.ts';
import { ageWords, personWords } from './summary-cards.ts';

/** After so many working days a blocker that has not moved is raised. */
const patience = 2;
/** Hours of the manager's day between which they are told. */
const toldFrom = 8;
const toldUntil = 20;

/**
 * Tells the manager of a team, once and privately, of what has been in somebody's way for two working days. Where there
 * is nobody to tell, that is settled once too.
 */
export function raiseJob(needs: {
  database: Pick<Database, 'pool'>;
  calendar: Pick<Calendar, 'workdaysOf'>;
  nudge: Nudge;
  log: Log;
}): Job {
  const store = raisingStore(needs.database);
  const isTime = everyQuarter();
  return {
    name: 'meetings.raise',
    async run(now) {
      if (!isTime(now)) return;
      let told = 0;
      const decide = async (unmoved: readonly Unmoved[]) => {
        const teams = unmoved.flatMap(({ organizationId, raise }) =>
          raise === null ? [] : [{ organizationId, teamId: raise.team.id }],
        );
        const raised = raisedAt(unmoved, await needs.calendar.workdaysOf(teams), now);
        told += raised.tell.length;
        return raised;
      };
      // In the zones where the day begins first it is tomorrow already.
      const by = now
        .toZonedDateTimeISO('UTC')
        .toPlainDate()
        .subtract({ days: patience - 1 });
      let behind: Place | null = beginning;
      while (behind !== null) behind = await store.claim({ by, behind }, now, decide);
      if (told === 0) return;
      needs.log.info({ messages: told }, 'managers are told of what does not move');
      needs.nudge();
    },
  };
}

type Waiting = Unmoved & { raise: NonNullable<Unmoved['raise']>; days: number; today: Temporal.PlainDate };

/** What becomes of blockers: raised now, settled because there is nobody to raise them with, or left for later. Pure. */
export function raisedAt(
  unmoved: readonly Unmoved[],
  workdays: ReadonlyMap<string, Workdays>,
  now: Temporal.Instant,
): Raised {
  const nobody = unmoved.filter(({ raise }) => raise === null);
  const due = unmoved.flatMap((one): Waiting[] => {
    const { raise, since } = one;
    const of = raise === null ? undefined : workdays.get(raise.team.id);
    if (raise === null || of === undefined) return [];
    const zone = validTimeZone(raise.team.timeZone);
    const today = now.toZonedDateTimeISO(zone).toPlainDate();
    const { hour } = now.toZonedDateTimeISO(validTimeZone(raise.manager.timeZone, zone));
    const days = workdaysSince(of, since, today);
    const isDue = days >= patience && works(of, today) && hour >= toldFrom && hour < toldUntil;
    return isDue ? [{ ...one, raise, days, today }] : [];
  });
  const byManager = Map.groupBy(due, ({ organizationId, raise }) => `${organizationId} ${raise.manager.id}`);
  return {
    settled: [...nobody, ...due].map(({ organizationId, id }) => ({ organizationId, id })),
    tell: [...byManager.values()].flatMap((all) => inMessages(all).map((some) => messageOf(some, now))),
  };
}

/** As many as are read at once. */
const mostInOne = 10;

const inMessages = (all: readonly Waiting[]): Waiting[][] =>
  Array.from({ length: Math.ceil(all.length / mostInOne) }, (_, index) =>
    all.slice(index * mostInOne, (index + 1) * mostInOne),
  );

function messageOf(raised: readonly Waiting[], now: Temporal.Instant): OutboxRow {
  const [first] = raised;
  if (first === undefined) throw new Error('nothing to raise');
  const { organizationId, id, raise } = first;
  const card = raisedCard(raised, textIn(nearestLocale(raise.manager.locale) ?? 'en'));
  const to = { personId: raise.manager.id };
  return outboxRow({ organizationId, key: `blocker-raised:${id}`, to, content: { do: 'post', card } }, now);
}

/** What a manager reads of it. */
export const raisedCard = (
  raised: readonly (Pick<Unmoved, 'owner' | 'text' | 'since'> & { days: number; today: Temporal.PlainDate })[],
  text: Text,
): Card => ({
  title: text.words('summaries.raised.title'),
  body: [
    {
      kind: 'list',
      items: raised.map(({ owner, text: said, since, days, today }) => ({
        words: text.words('summaries.raised.item', { owner: personWords(owner), text: cut(said, 300) }),
        detail: ageWords(since, days, today, text),
      })),
    },
    { kind: 'note', words: text.words('summaries.raised.once') },
  ],
});
