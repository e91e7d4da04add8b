import { Temporal } from 'temporal-polyfill';
import { type BuiltInDimension, builtInDimensions } from '../../feedback/dimension.ts';
import { newId } from '../../ids.ts';
import { at, chances, dateOf, earlier, mondayOf } from './days.ts';
import type { Told } from './told.ts';

/** Whose service is scored, in turn. The last gives little: somebody must go there. */
const scored: Record<
  Told['team']['language'],
  { accounts: readonly string[]; unhappy: string; remarks: readonly string[] }
> = {
  en: {
    accounts: [
      ...['Brandt Maschinenbau', 'Acme Aerospace', 'Officine Marchetti', 'Vidrios Levante', 'Falkenberg Automotive'],
      ...['Fjordkraft Turbines', 'Nordlicht Energie', 'Alpina Feinwerktechnik', 'Albion Castings', 'Ceramica Ravello'],
    ],
    unhappy: 'Northgate Rail',
    remarks: ['Good people. Please be on time.', 'Better than in spring.', 'Deliveries have become reliable.'],
  },
  zh: {
    accounts: [
      ...['华为技术有限公司', '深圳腾跃机器人', '北京中科智造', '上海精密机床厂', '广汽零部件集团'],
      ...['青岛海润家电', '苏州博远电子', '宁波东港塑机', '厦门鹭岛光电', '济南泉城水务'],
    ],
    unhappy: '天津渤海钢铁',
    remarks: ['人都不错，就是交货要准时。', '比上半年好。', '最近交货稳了。'],
  },
};

/** How deliveries were scored, eight weeks ago first: low, then better and better. */
const delivery = [1.9, 2.1, 2.2, 2.6, 3, 3.5, 3.8, 4.1];
/** Weeks ago: each of the last eight, and an earlier round to compare with. */
const rounds = [21, 19, 17, 7, 6, 5, 4, 3, 2, 1, 0];
const weekdayOf = [2, 3, 4];
/** In which of those weeks the unhappy one is asked. */
const unhappyWeek = 2;

/** Three report cards a week: by the customers themselves, by who looks after them, by who leads. */
export function rowsOfScores(told: Told, dimensionIds: Record<BuiltInDimension, string>) {
  const { accounts, unhappy, remarks } = scored[told.team.language];
  const chance = chances(told.team.language === 'en' ? 501 : 502);
  const each = rounds.flatMap((weeks, round) =>
    weekdayOf.map((weekday, turn) => {
      const isUnhappy = weeks === unhappyWeek && turn === 0;
      const name = isUnhappy ? unhappy : (accounts[(round * weekdayOf.length + turn) % accounts.length] ?? unhappy);
      const monday = mondayOf(told.today).subtract({ weeks });
      const day = earliest(monday.add({ days: weekday - 1 }), told.today);
      const source =
        turn === 0 || (turn === 2 && round % 2 === 0) ? 'customer' : turn === 1 ? 'accountManager' : 'salesManager';
      const level = weeks > 7 ? 1.8 : (delivery[7 - weeks] ?? 3);
      const about = (usual: number) => Math.min(5, Math.max(1, Math.round(usual + chance() - 0.5)));
      const scores = isUnhappy
        ? { product: 4, delivery: 3, price: 2, response: 1, people: 3 }
        : {
            product: about(4.3),
            delivery: about(level),
            price: about(3.3),
            response: about(3.2 + level / 8),
            people: about(4.6),
          };
      const remark = isUnhappy || chance() < 0.6 ? null : (remarks[weeks > 7 ? 0 : weeks > 3 ? 1 : 2] ?? null);
      return surveyOf(
        told,
        {
          name,
          day,
          source,
          scores,
          remark,
          recommend: isUnhappy ? 3 : Math.min(10, Math.round(5 + level + chance())),
        },
        dimensionIds,
      );
    }),
  );
  const asked = askedOf(told, accounts[4] ?? unhappy);
  return {
    surveys: [...each.map((one) => one.survey), asked],
    scores: each.flatMap((one) => one.scores),
    /** The mean of a week's report cards, as the evaluation counts it. */
    meanOf(monday: Temporal.PlainDate): number {
      const those = each.filter((one) => mondayOf(one.day).equals(monday)).map((one) => one.mean);
      return those.reduce((sum, mean) => sum + mean, 0) / those.length;
    },
  };
}

interface Scored {
  name: string;
  day: Temporal.PlainDate;
  source: 'customer' | 'accountManager' | 'salesManager';
  scores: Record<BuiltInDimension, number>;
  recommend: number;
  remark: string | null;
}

function surveyOf(told: Told, one: Scored, dimensionIds: Record<BuiltInDimension, string>) {
  const { organizationId, now, team, manager } = told;
  const account = told.account(one.name);
  const id = newId();
  const when = earlier(at(one.day, '14:05', team.zone), now);
  const isCustomer = one.source === 'customer';
  const survey = {
    organizationId,
    id,
    accountId: account.id,
    contactId: isCustomer ? (account.contactIds[0] ?? null) : null,
    source: one.source,
    state: 'answered' as const,
    scoredOn: dateOf(one.day),
    recommend: one.recommend,
    remark: one.remark,
    answeredAt: when,
    createdAt: when,
    requestKey: `demo:${id}`,
    authorId: one.source === 'salesManager' ? manager.id : account.ownerId,
    ...(isCustomer ? linkOf(told, one.day, when) : {}),
  };
  const scores = builtInDimensions.map((key) => ({
    organizationId,
    surveyId: id,
    dimensionId: dimensionIds[key],
    score: one.scores[key],
  }));
  return { survey, scores, day: one.day, mean: scores.reduce((sum, { score }) => sum + score, 0) / scores.length };
}

const linkOf = ({ team }: Told, day: Temporal.PlainDate, openedAt: Date) => ({
  locale: team.language === 'zh' ? 'zh-CN' : 'en',
  openedAt,
  expiresAt: at(day.add({ days: 14 }), '18:00', team.zone),
});

/** One who has the link and has not answered yet. */
function askedOf(told: Told, name: string) {
  const { organizationId, now, today, team } = told;
  const account = told.account(name);
  const id = newId();
  const day = today.subtract({ days: 3 });
  return {
    organizationId,
    id,
    accountId: account.id,
    contactId: account.contactIds[0] ?? null,
    source: 'customer' as const,
    state: 'asked' as const,
    scoredOn: dateOf(day),
    authorId: account.ownerId,
    requestKey: `demo:${id}`,
    ...linkOf(told, day, now && earlier(at(day, '10:00', team.zone), now)),
    openedAt: null,
    createdAt: earlier(at(day, '10:00', team.zone), now),
  };
}

const earliest = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) < 0 ? one : other;
