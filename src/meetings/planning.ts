import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../calendar/index.ts';
import type { Card } from '../chat/card.ts';
import { type Nudge, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import { bySome } from '../database/transaction.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { validTimeZone } from '../people/index.ts';
import { slotOf } from './meeting.ts';
import { type LookedAt, lastClose, nextLook, type Opening, openingsAt, windowsOf } from './opening.ts';
import {
  type AskedBefore,
  batch,
  type Counted,
  keyOf,
  type NewPrompt,
  type Plan,
  type PlanningStore,
  type TakenMeeting,
} from './planning-store.ts';
import { promptKey } from './prompt-messages.ts';
import { remindsAt } from './times.ts';

/** Somebody who is asked now. */
export interface AskedNow {
  prompt: NewPrompt;
  /** The day that is asked about. */
  date: Temporal.PlainDate;
  person: { id: string; timeZone: string; locale: string };
  taken: TakenMeeting;
}

export interface PlanNeeds {
  store: PlanningStore;
  calendar: Pick<Calendar, 'workdaysOf' | 'absencesOf'>;
  /** What each is shown, by the prompt's id. */
  cards: (asked: readonly AskedNow[], now: Temporal.Instant) => Promise<ReadonlyMap<string, Card>>;
  nudge: Nudge;
  log: Log;
}

/**
 * Asks everybody whose window has opened, once a day and kind, whatever the number of their teams and of the processes
 * that look. What an outage kept from being asked in time is written down as missed by the bot.
 */
export const planJob = (needs: PlanNeeds): Job => ({
  name: 'meetings.plan',
  async run(now) {
    let told = 0;
    const bySomeOf = bySome(batch, (meetings, err) => {
      if (meetings.length > 1) needs.log.warn({ meetings, err }, 'meetings are planned one by one');
      else needs.log.error({ meetings, err }, 'a meeting waits for the next tick');
    });
    const takeSome = () =>
      bySomeOf(async (some) => {
        const taken = await needs.store.take(now, some, (meetings) => planOf(needs, meetings, now));
        told += taken.told;
        // What is said goes out while the others are still planned.
        if (taken.told > 0) needs.nudge();
        return taken;
      });
    const takeAll = async () => {
      while (await takeSome());
    };
    if (await takeSome()) {
      // While the database stores what one has decided, the other decides.
      const ended = await Promise.allSettled([takeAll(), takeAll()]);
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
    }
    if (told > 0) needs.log.info({ prompts: told }, 'people are asked');
  },
});

/** Somebody's zone has changed: they are asked on their new clock, also where its time has passed already today. */
export async function planMoved(
  needs: PlanNeeds,
  person: { organizationId: string; id: string },
  now: Temporal.Instant,
): Promise<void> {
  const taken = await needs.store.takeOf(person, (meetings) => planOf(needs, meetings, now, person.id));
  if ('failed' in taken) throw taken.because;
  if (taken.told > 0) needs.nudge();
}

const furthestBack = { days: 33 };
const furthestOn = { days: 12 };

async function planOf(
  { store, calendar, cards }: PlanNeeds,
  taken: readonly TakenMeeting[],
  now: Temporal.Instant,
  movedId: string | null = null,
): Promise<Plan> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  const all = everybody(taken);
  const [calendars, absences] = await Promise.all([
    calendar.workdaysOf(taken.map(({ meeting: { organizationId, teamId } }) => ({ organizationId, teamId }))),
    calendar.absencesOf(all, today.subtract(furthestBack), today.add(furthestOn)),
  ]);
  const looked = taken.map((one) => {
    const of = lookedAt(one, calendars, absences, movedId);
    const windowOf = windowsOf(of);
    const { organizationId } = one.meeting;
    const slot = slotOf(one.meeting);
    const openings = openingsAt(of, now, windowOf).map((opening) => ({
      opening,
      key: { organizationId, personId: opening.personId, slot, date: opening.date.toString() },
    }));
    return { one, of, windowOf, openings };
  });
  const before = await store.askedBefore(looked.flatMap(({ openings }) => openings.map(({ key }) => key)));
  const asked = new Set(before.map(keyOf));
  const made = new Map<string, AskedNow>();
  const counted: Counted[] = [];
  const next: Plan['next'][number][] = [];
  for (const { one, of, windowOf, openings } of looked) {
    const { meeting } = one;
    const people = new Map(one.people.map((person) => [person.id, person]));
    const days = new Map<string, { occurrenceId: string; last: Temporal.Instant | null }>();
    for (const { opening, key } of openings) {
      const day = days.get(key.date) ?? { occurrenceId: newId(), last: lastClose(of, opening.date, windowOf) };
      days.set(key.date, day);
      const { occurrenceId, last } = day;
      const written = keyOf(key);
      const known = asked.has(written);
      counted.push({ ...key, meetingId: meeting.id, occurrenceId, closesAt: last ?? opening.closesAt });
      const person = known || made.has(written) ? undefined : people.get(opening.personId);
      if (person)
        made.set(written, { prompt: promptOf(one, key, opening, now), date: opening.date, person, taken: one });
    }
    next.push({ organizationId: meeting.organizationId, id: meeting.id, nextAt: nextLook(of, now, windowOf) });
  }
  const prompts = [...made.values()];
  const shown = await cards(
    prompts.filter(({ prompt }) => prompt.state === 'open'),
    now,
  );
  return {
    next,
    prompts: prompts.map(({ prompt }) => prompt),
    counted,
    tell: prompts.flatMap(({ prompt, person }) => {
      const card = shown.get(prompt.id);
      if (card === undefined) return [];
      const as = { thing: 'prompt', id: prompt.id, card: 'prompt' };
      const { organizationId } = prompt;
      const content = { do: 'post', card, as } as const;
      return [
        outboxRow({ organizationId, key: `${promptKey}${prompt.id}`, to: { personId: person.id }, content }, now),
      ];
    }),
  };
}

function everybody(taken: readonly TakenMeeting[]): { organizationId: string; personId: string }[] {
  const all = new Map(
    taken.flatMap(({ meeting: { organizationId }, people }) =>
      people.map(({ id }) => [`${organizationId} ${id}`, { organizationId, personId: id }] as const),
    ),
  );
  return [...all.values()];
}

function lookedAt(
  { meeting, team, people, plannedFor }: TakenMeeting,
  calendars: Awaited<ReturnType<Calendar['workdaysOf']>>,
  absences: Awaited<ReturnType<Calendar['absencesOf']>>,
  movedId: string | null,
): LookedAt {
  const calendar = calendars.get(meeting.teamId);
  if (calendar === undefined) throw new Error('a team without a calendar');
  return {
    meeting,
    calendar,
    plannedFor,
    movedId,
    timeZone: validTimeZone(team.timeZone),
    participants: people.map(({ id, timeZone }) => ({
      id,
      absences: absences.get(id) ?? [],
      timeZone: validTimeZone(timeZone, team.timeZone),
    })),
  };
}

function promptOf({ meeting }: TakenMeeting, key: AskedBefore, opening: Opening, now: Temporal.Instant): NewPrompt {
  const { opensAt, closesAt, missed } = opening;
  const remind = remindsAt(meeting, opening);
  // Whoever is asked late is not reminded at once.
  const reminds = remind !== null && Temporal.Instant.compare(remind, now) > 0;
  return {
    ...key,
    id: newId(),
    kind: meeting.kind,
    opensAt,
    closesAt,
    state: missed ? 'missed' : 'open',
    questionsOfId: meeting.id,
    questionsVersion: meeting.questionsVersion,
    dueAt: missed ? null : reminds ? remind : closesAt,
  };
}
