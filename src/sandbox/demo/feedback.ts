import { type BuiltInDimension, builtInDimensions } from '../../feedback/dimension.ts';
import { awaitsAnswer, usualDue } from '../../feedback/feedback.ts';
import { newId } from '../../ids.ts';
import { remindAt } from '../../reminders/morning.ts';
import { at, dateOf, earlier, weekdaysBefore } from './days.ts';
import { type Said, said } from './said.ts';
import type { Told } from './told.ts';

/** What customers judge us by, and which id each has. */
export function rowsOfDimensions(organizationId: string) {
  const ids = Object.fromEntries(builtInDimensions.map((key) => [key, newId()])) as Record<BuiltInDimension, string>;
  const rows = builtInDimensions.map((key, index) => ({ organizationId, id: ids[key], key, position: index + 1 }));
  return { ids, rows };
}

/** What the team's customers said, each with its steps and with the visits and next steps that came of it. */
export function rowsOfFeedback(told: Told, dimensionIds: Record<BuiltInDimension, string>) {
  const each = said[told.team.language].map((one) => rowsOf(told, one, dimensionIds[one.about]));
  return {
    feedback: each.map((one) => one.feedback),
    changes: each.flatMap((one) => one.changes),
    results: each.flatMap((one) => one.results),
  };
}

function rowsOf(told: Told, one: Said, dimensionId: string) {
  const { organizationId, now, today, team } = told;
  const { kind, severity, words, answered, closed } = one;
  const account = told.account(one.account);
  const id = newId();
  const saidOn = weekdaysBefore(today, one.ago);
  const moment = (ago: number, time: string) => earlier(at(weekdaysBefore(today, ago), time, team.zone), now);
  const createdAt = moment(one.ago, '16:40');
  const waits = awaitsAnswer(kind, null);
  const ownerId = waits ? account.ownerId : null;
  const dueOn = waits ? usualDue(severity, saidOn) : null;
  const state = !waits || closed ? ('closed' as const) : answered ? ('answered' as const) : ('open' as const);
  const visits = told.visits.filter((visit) => visit.accountId === account.id);
  const before = visits.filter((visit) => visit.date < dateOf(saidOn)).at(-1);
  const until = closed ? dateOf(weekdaysBefore(today, closed[0])) : null;
  const after = visits.find((visit) => until !== null && visit.date > dateOf(saidOn) && visit.date <= until);
  const reminder = (day: typeof dueOn) => {
    const instant = state === 'open' ? remindAt(day, team.zone, now) : null;
    return instant && new Date(instant.epochMilliseconds);
  };
  const feedback = {
    organizationId,
    id,
    accountId: account.id,
    contactId: account.contactIds[one.by] ?? null,
    kind,
    severity,
    dimensionId,
    words,
    saidOn: dateOf(saidOn),
    authorId: account.ownerId,
    ownerId,
    state,
    createdAt,
    dueOn: dueOn && dateOf(dueOn),
    accountClass: account.class,
    openActions: told.actions.filter(
      (action) =>
        action.accountId === account.id &&
        action.createdAt <= createdAt &&
        (action.closedAt === undefined || action.closedAt > createdAt),
    ).length,
    lastVisitOn: before?.date ?? null,
    visitId: visits.find((visit) => visit.date.getTime() === dateOf(saidOn).getTime())?.id ?? null,
    answer: answered?.[1] ?? null,
    answeredAt: answered ? moment(answered[0], '11:20') : null,
    outcome: closed?.[1] ?? null,
    closedAt: closed ? moment(closed[0], '15:10') : waits ? null : createdAt,
    // Past due already: the manager hears of it on the next morning, as the clock is moved.
    remindAt: reminder(dueOn),
    raiseAt: reminder(dueOn && later(dueOn.add({ days: 1 }), today)),
    version: 1 + Number(Boolean(answered)) + Number(Boolean(closed)),
    requestKey: `demo:${id}`,
  };
  const change = (step: string, when: Date, changes: Record<string, [string | null, string]>) => ({
    organizationId,
    id: newId(),
    feedbackId: id,
    changedById: account.ownerId,
    at: when,
    changes,
    requestKey: `demo:${id}:${step}`,
  });
  const changes = [
    ...(answered && feedback.answeredAt
      ? [change('answer', feedback.answeredAt, { answer: [null, answered[1]], state: ['open', 'answered'] })]
      : []),
    ...(closed && feedback.closedAt
      ? [change('close', feedback.closedAt, { outcome: [null, closed[1]], state: ['answered', 'closed'] })]
      : []),
  ];
  const createdBy = { organizationId, feedbackId: id, createdById: account.ownerId, createdAt };
  const action = told.actions.find((next) => next.visitId === after?.id);
  const results = [
    ...(after ? [{ ...createdBy, id: newId(), visitId: after.id }] : []),
    ...(action ? [{ ...createdBy, id: newId(), actionId: action.id }] : []),
  ];
  return { feedback, changes, results };
}

const later = <D extends Told['today']>(day: D, today: D): D => (day.since(today).days > 0 ? day : today);
