import { Temporal } from 'temporal-polyfill';
import { measuredAt } from '../../digest/improvement.ts';
import { newId } from '../../ids.ts';
import { remindAt } from '../../reminders/morning.ts';
import { at, dateOf, earlier, mondayOf, weekdaysAfter } from './days.ts';
import type { Told } from './told.ts';

const words = {
  en: {
    owner: 0,
    stock: 'Keep forty of the usual sensors in Stuttgart, and call two days before an order slips',
    potential: 'See every core potential customer once in two weeks, the hard ones first',
    potentials: ['Rheintal Chemie', 'Lundqvist Marine', 'Basque Forge Group'],
    heardAt: 'Acme Aerospace',
    heard: 'They like us and do not trust our dates. Raj Patel wants one name to call, not a hotline.',
    improve: 'One person answers for their dates; the stock in Stuttgart covers their usual parts.',
    goesTo: 'Northgate Rail',
    purpose: 'Listen: the hotline, and what two days without a gauge cost them',
  },
  zh: {
    owner: 0,
    stock: '上海仓常备四十只常用传感器，订单要晚的提前两天打电话',
    potential: '核心潜在顾客两周见一次，先跑难啃的',
    potentials: ['杭州海川新能源', '东莞联创模具', '大连重工起重'],
    heardAt: '华为技术有限公司',
    heard: '认我们的产品，不信我们的交期。赵敏要一个能找到人的电话，不要热线。',
    improve: '指定专人跟他们的交期，常用型号由上海仓备货。',
    goesTo: '天津渤海钢铁',
    purpose: '听一听：热线的事，停两天到底损失多少',
  },
} as const;

/** One improvement that was carried out and measured again this week, one that is open, and the manager's own visits. */
export function rowsOfImprovements(told: Told, meanOf: (monday: Temporal.PlainDate) => number) {
  const { organizationId, now, today, team, manager } = told;
  const say = words[team.language];
  const ownerId = team.memberIds[say.owner] ?? manager.id;
  const monday = mondayOf(today);
  // Measured again since the evaluation before this one, or before the last one when this week has just begun.
  const closedOn = [monday.subtract({ weeks: 4 }), monday.subtract({ weeks: 5 })].find((day) => {
    const again = measuredAt(Temporal.Instant.from(at(day, '16:00', team.zone).toISOString()), team.zone);
    return Temporal.Instant.compare(again, now) <= 0;
  });
  if (closedOn === undefined) throw new Error('four weeks ago is not over');
  const decidedOn = closedOn.subtract({ weeks: 2 });
  const base = { organizationId, teamId: team.id, createdById: manager.id };
  const openId = newId();
  return [
    {
      ...base,
      id: newId(),
      text: say.stock,
      ownerId,
      state: 'done' as const,
      figure: 'score',
      version: 2,
      accountIds: [],
      dueOn: dateOf(closedOn.add({ days: 4 })),
      createdAt: at(decidedOn, '10:20', team.zone),
      requestKey: 'demo:stock',
      closedAt: at(closedOn, '16:00', team.zone),
      before: meanOf(decidedOn.subtract({ weeks: 1 })),
      after: meanOf(closedOn.add({ weeks: 3 })),
    },
    {
      ...base,
      id: openId,
      rule: 'planSilent',
      text: say.potential,
      ownerId: team.memberIds[1] ?? manager.id,
      accountIds: say.potentials.map((name) => told.account(name).id),
      figure: 'coveragePotential',
      before: 0.5,
      dueOn: dateOf(weekdaysAfter(today, 6)),
      requestKey: 'demo:potential',
      createdAt: earlier(at(monday.subtract({ days: 3 }), '16:45', team.zone), now),
    },
  ].map((one) => ({ ...one, requestKey: `${one.requestKey}:${team.language}` }));
}

/** The manager has listened to one customer, which was a visit, and goes to another. */
export function rowsOfListening(told: Told) {
  const { organizationId, now, today, team, manager } = told;
  const say = words[team.language];
  const plannedOn = weekdaysAfter(today, team.language === 'en' ? 3 : 5);
  const reminder = remindAt(plannedOn, manager.zone, now);
  const heardOn = mondayOf(today).subtract({ days: 32 });
  const base = { organizationId, managerId: manager.id };
  const [heardId, nextId, visitId] = [newId(), newId(), newId()];
  const accountId = told.account(say.heardAt).id;
  return {
    visit: {
      organizationId,
      id: visitId,
      accountId,
      authorId: manager.id,
      kind: 'visit' as const,
      nthThatDay: 1,
      date: dateOf(heardOn),
      note: say.heard,
      outcome: 'advance' as const,
      requestKey: `demo:${visitId}`,
      loggedAt: at(heardOn, '17:30', manager.zone),
    },
    person: { organizationId, visitId, personId: manager.id },
    listening: [
      {
        ...base,
        id: heardId,
        accountId,
        plannedOn: dateOf(heardOn),
        visitId,
        version: 2,
        state: 'done' as const,
        heard: say.heard,
        improve: say.improve,
        requestKey: `demo:${heardId}`,
        createdAt: at(heardOn.subtract({ days: 7 }), '11:00', manager.zone),
      },
      {
        ...base,
        id: nextId,
        accountId: told.account(say.goesTo).id,
        plannedOn: dateOf(plannedOn),
        state: 'planned' as const,
        purpose: say.purpose,
        requestKey: `demo:${nextId}`,
        remindAt: reminder && new Date(reminder.epochMilliseconds),
        createdAt: earlier(at(today, '09:10', manager.zone), now),
      },
    ],
  };
}
