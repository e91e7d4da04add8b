import { newId } from '../../ids.ts';
import { remindAt } from '../../reminders/morning.ts';
import { at, dateOf, earlier, weekdaysBefore } from './days.ts';
import { type Seen, seen } from './seen.ts';
import type { Told } from './told.ts';

/** The visits of the team's story, with whom they met and what was promised. */
export function rowsOfVisits(told: Told) {
  const each = seen[told.team.language].map((one) => rowsOf(told, one));
  return {
    visits: each.map((one) => one.visit),
    people: each.map(({ visit: { organizationId, id, authorId } }) => ({
      organizationId,
      visitId: id,
      personId: authorId,
    })),
    met: each.flatMap((one) => one.met),
    actions: each.flatMap((one) => one.actions),
  };
}

function rowsOf({ organizationId, now, today, team, account: named, visits }: Told, one: Seen) {
  const account = named(one.account);
  const id = newId();
  const day = weekdaysBefore(today, one.ago);
  const date = dateOf(day);
  const loggedAt = earlier(at(day, '16:10', team.zone), now);
  const known = visits.some((visit) => visit.accountId === account.id && visit.date.getTime() === date.getTime());
  const visit = {
    organizationId,
    id,
    accountId: account.id,
    authorId: account.ownerId,
    kind: one.kind,
    date,
    loggedAt,
    purpose: one.purpose,
    note: one.note,
    outcome: one.outcome,
    nthThatDay: known ? 2 : 1,
    requestKey: `demo:${id}`,
  };
  const dueOn = one.next && weekdaysBefore(day.add({ days: one.next[1] }), 0);
  const reminder = dueOn && remindAt(dueOn, team.zone, now);
  return {
    visit,
    met: account.contactIds.slice(0, 1).map((contactId) => ({ organizationId, visitId: id, contactId })),
    actions:
      one.next && dueOn
        ? [
            {
              organizationId,
              id: newId(),
              accountId: account.id,
              visitId: id,
              text: one.next[0],
              ownerId: account.ownerId,
              createdById: account.ownerId,
              createdAt: loggedAt,
              dueOn: dateOf(dueOn),
              requestKey: `demo:${id}:next`,
              remindAt: reminder ? new Date(reminder.epochMilliseconds) : null,
            },
          ]
        : [],
  };
}
