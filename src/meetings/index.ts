import type { Accounts } from '../accounts/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { Nudge } from '../chat/outbox.ts';
import type { Slice } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Log } from '../log.ts';
import type { People } from '../people/index.ts';
import { nearestLocale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { createAnswering } from './answering.ts';
import { emptyDay } from './day.ts';
import { dayStore } from './day-store.ts';
import { followJob } from './following.ts';
import { followingStore } from './following-store.ts';
import { type AskedNow, planJob, planMoved } from './planning.ts';
import { planningStore } from './planning-store.ts';
import { promptCard } from './prompt-cards.ts';

/** Morning and evening prompts, sales meetings, and whatever else a team asks itself again and again. */
export interface Meetings {
  slice: Slice;
  /** A person's zone has changed: they are asked on their new clock. */
  personMoved(organizationId: string, personId: string): Promise<void>;
}

export function createMeetings(needs: {
  database: Database;
  people: Pick<People, 'findByName' | 'names' | 'teamsOf'>;
  accounts: Pick<Accounts, 'leading' | 'named'>;
  calendar: Pick<Calendar, 'workdaysOf' | 'absencesOf'>;
  clock: Clock;
  nudge: Nudge;
  log: Log;
}): Meetings {
  const { database, calendar, clock, nudge, log } = needs;
  const days = dayStore(database);
  const planning = { store: planningStore(database), calendar, cards: cardsOf(days), nudge, log };
  const answering = createAnswering({ ...needs, answered: () => undefined });
  return {
    slice: {
      name: 'meetings',
      ...answering,
      jobs: [planJob(planning), followJob({ store: followingStore(database), nudge, log })],
    },
    personMoved: (organizationId, id) => planMoved(planning, { organizationId, id }, clock.now()),
  };
}

/** What people are shown when they are asked. */
const cardsOf =
  (days: ReturnType<typeof dayStore>) =>
  async (asked: readonly AskedNow[]): Promise<ReadonlyMap<string, ReturnType<typeof promptCard>>> => {
    const cards = new Map<string, ReturnType<typeof promptCard>>();
    for (const [kind, those] of Map.groupBy(asked, ({ prompt }) => prompt.kind)) {
      const found = await days.daysOf(
        those.map(({ prompt, date }) => ({ organizationId: prompt.organizationId, personId: prompt.personId, date })),
        kind,
      );
      for (const { prompt, date, person, taken } of those) {
        const shown = {
          prompt: { ...prompt, date, answeredAt: null },
          ...{ meetingName: taken.meeting.name, questions: taken.questions, answers: {} },
          ...{ day: found.get(person.id) ?? emptyDay, timeZone: person.timeZone },
        };
        const text = textIn(nearestLocale(person.locale) ?? 'en');
        cards.set(prompt.id, promptCard(shown, { text, today: date, me: person.id }));
      }
    }
    return cards;
  };
