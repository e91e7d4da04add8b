import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../ids.ts';
import { lineOf } from '../../meetings/plan-item.ts';
import { standardOf } from '../../meetings/question.ts';
import { usual } from '../../meetings/setup-forms.ts';
import { at, chances, dateOf, earlier, mondayOf, weekdaysBefore } from './days.ts';
import { desk, inTheWay } from './promises.ts';
import type { Told } from './told.ts';

const weeks = 8;
const kinds = ['morning', 'evening'] as const;
type Kind = (typeof kinds)[number];
/** What was planned is carried out more often from week to week, and more is answered. */
const kept = (weeksAgo: number) => 0.86 - 0.04 * weeksAgo;
const silent = (weeksAgo: number) => 0.06 + 0.025 * weeksAgo;

/**
 * The morning and evening meeting of a team as it has held them for eight weeks, with what was planned and what became
 * of it. A prompt whose window is still open or to come is left to the bot.
 */
export function rowsOfMeetings(told: Told, customersOf: (personId: string) => readonly string[]) {
  const { organizationId, now, today, team, manager } = told;
  const first = mondayOf(today).subtract({ weeks });
  const meetings = kinds.map((kind) => {
    const { startsAt, startsOn, channel: _, observerIds: __, ...rest } = usual(kind, first);
    const id = newId();
    const createdAt = at(startsOn, '08:00', team.zone);
    return {
      ...rest,
      organizationId,
      id,
      teamId: team.id,
      kind,
      startsOn: dateOf(startsOn),
      startsAt: startsAt.toString({ smallestUnit: 'minute' }),
      requestKey: `demo:${kind}`,
      createdAt,
      nextAt: new Date(now.epochMilliseconds),
    };
  });
  const questions = meetings.map(({ id, kind, createdAt }) => ({
    organizationId,
    meetingId: id,
    version: 1,
    questions: standardOf[kind].map((question) => ({ ...question })),
    createdAt,
    createdById: manager.id,
  }));
  const held = meetings.map((meeting) => holding(told, meeting));
  const people = team.memberIds.map((personId, index) =>
    lifeOf(told, { personId, seed: 700 + index, customers: customersOf(personId) }, held),
  );
  const prompts = people.flatMap((one) => one.prompts);
  return {
    meetings,
    questions,
    prompts,
    planItems: people.flatMap((one) => one.items),
    occurrences: held.flatMap(({ occurrences }) => [...occurrences.values()]),
    promptMeetings: prompts.map((prompt) => {
      const occurrence = held.find(({ id }) => id === prompt.questionsOfId)?.occurrences.get(prompt.date.getTime());
      if (occurrence === undefined) throw new Error('a prompt of no meeting');
      return { organizationId, promptId: prompt.id, occurrenceId: occurrence.id };
    }),
    blockers: inTheWay.flatMap(({ member, ago, text, gone }) => {
      const personId = team.memberIds[member];
      const since = dateOf(weekdaysBefore(today, ago));
      const prompt = prompts.find((one) => one.personId === personId && one.date >= since && one.kind === 'morning');
      if (personId === undefined || prompt === undefined) return [];
      const moment = (days: number) => earlier(at(weekdaysBefore(today, days), '09:30', team.zone), now);
      return {
        organizationId,
        id: newId(),
        personId,
        promptId: prompt.id,
        text,
        since,
        resolvedAt: gone === null ? null : moment(gone),
        raisedAt: moment(ago - 2),
      };
    }),
  };
}

interface Held {
  id: string;
  kind: Kind;
  days: readonly { date: Temporal.PlainDate; opensAt: Date; closesAt: Date }[];
  /** By their day. */
  occurrences: ReadonlyMap<
    number,
    { organizationId: string; id: string; meetingId: string; date: Date; closesAt: Date; postedAt: Date }
  >;
}

/** The days of a meeting that are over, and what stands for each. */
function holding(
  { organizationId, now, today, team }: Told,
  { id, kind, startsAt, windowMinutes }: { id: string; kind: Kind; startsAt: string; windowMinutes: number },
): Held {
  const first = mondayOf(today).subtract({ weeks });
  const dates = Array.from({ length: first.until(today, { largestUnit: 'day' }).days + 1 }, (_, days) =>
    first.add({ days }),
  );
  const days = dates
    .filter((date) => date.dayOfWeek <= 5)
    .map((date) => {
      const opensAt = at(date, startsAt, team.zone);
      return { date, opensAt, closesAt: new Date(opensAt.getTime() + windowMinutes * 60_000) };
    })
    .filter(({ closesAt }) => closesAt.getTime() < now.epochMilliseconds);
  const occurrences = days.map(({ date, closesAt }) => ({
    organizationId,
    id: newId(),
    meetingId: id,
    date: dateOf(date),
    closesAt,
    postedAt: closesAt,
  }));
  return { id, kind, days, occurrences: new Map(occurrences.map((one) => [one.date.getTime(), one])) };
}

function stateOf(luck: number, weeksAgo: number): 'closed' | 'nothing' | 'skipped' | 'answered' {
  if (luck < silent(weeksAgo)) return 'closed';
  return luck > 0.97 ? 'nothing' : luck > 0.93 ? 'skipped' : 'answered';
}

interface Item {
  id: string;
  accountId: string | null;
  text: string;
  visitId: string | null;
  movedFromId: string | null;
}

/** What one person was asked and answered, day by day; what was moved comes back on the next day that they answer. */
function lifeOf(
  told: Told,
  { personId, seed, customers }: { personId: string; seed: number; customers: readonly string[] },
  held: readonly Held[],
) {
  const { organizationId, today } = told;
  const chance = chances(seed);
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(chance() * all.length)];
  const promptOf = (kind: Kind, day: Held['days'][number], questionsOfId: string) => {
    const weeksAgo = Math.floor(mondayOf(day.date).until(today, { largestUnit: 'day' }).days / 7);
    const luck = chance();
    const state = stateOf(luck, weeksAgo);
    const took = Math.round(chance() * 90) * 60_000;
    const words = { results: pick(desk.went) ?? '', next: pick(desk.next) ?? '' };
    return {
      organizationId,
      id: newId(),
      personId,
      kind,
      slot: kind,
      date: dateOf(day.date),
      opensAt: day.opensAt,
      closesAt: day.closesAt,
      state,
      reminders: state === 'closed' ? 1 : 0,
      questionsOfId,
      questionsVersion: 1,
      answeredAt: state === 'closed' ? null : new Date(day.opensAt.getTime() + took),
      answers: state === 'answered' && kind === 'evening' ? words : {},
      version: state === 'closed' ? 0 : 1,
      weeksAgo,
      day: day.date,
    } as const;
  };
  const prompts = held.flatMap(({ id, kind, days }) => days.map((day) => promptOf(kind, day, id)));
  const answered = prompts.filter(({ kind, state }) => kind === 'morning' && state === 'answered');
  let moved: Item[] = [];
  const items = answered.flatMap(({ id: promptId, date, day, weeksAgo }) => {
    const seen = told.visits.filter(
      (visit) => visit.authorId === personId && visit.kind !== 'event' && visit.date.getTime() === date.getTime(),
    );
    const more = (text: string, accountId: string | null): Item => {
      return { id: newId(), accountId, text, visitId: null, movedFromId: null };
    };
    const planned: Item[] = [
      ...moved,
      ...seen.map(({ id, accountId }) => ({ ...more('', accountId), visitId: id })),
      more(pick(desk.about) ?? '', pick(customers) ?? null),
      ...(chance() < 0.4 ? [more(pick(desk.alone) ?? '', null)] : []),
    ];
    moved = [];
    return planned.map((item, position) => {
      const luck = chance();
      const isDone = item.visitId !== null || luck < kept(weeksAgo);
      const became = isDone ? 'done' : luck < 0.94 ? 'moved' : 'dropped';
      // The evening has not asked yet.
      const state = day.equals(today) && item.visitId === null ? 'planned' : became;
      if (state === 'moved') moved.push({ ...item, id: newId(), movedFromId: item.id });
      const closedAt = state === 'planned' ? null : earlier(at(day, '17:55', told.team.zone), told.now);
      return { ...item, organizationId, personId, promptId, position, state, date, closedAt } as const;
    });
  });
  const linesOf = Map.groupBy(items, ({ promptId }) => promptId);
  return {
    items,
    prompts: prompts.map(({ weeksAgo: _, day: __, ...prompt }) => {
      const lines = linesOf.get(prompt.id)?.map(({ accountId, text }) => {
        return lineOf({ account: accountId === null ? null : { id: accountId, name: told.nameOf(accountId) }, text });
      });
      return lines === undefined ? prompt : { ...prompt, answers: { plan: lines.join('\n') } };
    }),
  };
}
