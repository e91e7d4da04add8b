import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { factOf } from '../../src/digest/figures.ts';
import { periodWith } from '../../src/digest/period.ts';
import { people } from '../../src/sandbox/demo/company.ts';
import { seedDemo } from '../../src/sandbox/demo/index.ts';
import { type FigureSetting, figureSetting } from '../digest/story.ts';

let setting: FigureSetting;
beforeAll(async () => {
  setting = await figureSetting();
});
afterAll(() => setting.close());

/** The demo as somebody finds it who starts the program at a moment, and what its teams' weeks are worth then. */
async function startedAt(now: string, story: boolean) {
  const { database, figures } = setting;
  const { prisma } = database;
  const organizationId = uuid();
  const workspaceId = uuid();
  await prisma.organization.create({ data: { id: organizationId, name: 'Demo', locale: 'en' } });
  await prisma.workspace.create({
    data: { organizationId, id: workspaceId, platform: 'slack', externalId: workspaceId, name: 'Demo' },
  });
  await seedDemo({ database, organizationId, workspaceId }, movableClock(Temporal.Instant.from(now)), { story });
  const where = { organizationId };
  return {
    prisma,
    where,
    async weeks() {
      const teams = await prisma.team.findMany({ where, orderBy: { id: 'asc' } });
      const taken = await Promise.all(
        teams.map(({ id: teamId, timeZone }) => {
          const asOf = Temporal.Instant.from(now);
          const day = asOf.toZonedDateTimeISO(timeZone).toPlainDate();
          const period = periodWith('week', day, { weekdays: [1, 2, 3, 4, 5] });
          return figures.ofTeam({ organizationId, teamId, period, asOf });
        }),
      );
      return taken.flatMap((one) => one ?? []);
    },
  };
}

/** A day of each kind, with hours at which a window is open, is over or is to come, and one in which a month begins. */
const moments = [
  ...['2026-11-22T23:30:00Z', '2026-11-23T08:30:00Z', '2026-11-24T16:00:00Z', '2026-11-25T22:30:00Z'],
  ...['2026-11-26T06:00:00Z', '2026-11-27T15:30:00Z', '2026-11-28T12:00:00Z', '2027-03-01T00:10:00Z'],
];

test.each(moments)('whenever it is started (%s), nothing of it lies ahead, and its teams have a story', async (now) => {
  const { prisma, where, weeks } = await startedAt(now, true);
  const ahead = { gt: new Date(now) };
  expect(await prisma.visit.count({ where: { ...where, loggedAt: ahead } })).toBe(0);
  expect(
    await prisma.feedback.count({
      where: { ...where, OR: [{ createdAt: ahead }, { answeredAt: ahead }, { closedAt: ahead }] },
    }),
  ).toBe(0);
  expect(await prisma.survey.count({ where: { ...where, OR: [{ createdAt: ahead }, { answeredAt: ahead }] } })).toBe(0);
  expect(await prisma.prompt.count({ where: { ...where, closesAt: ahead } })).toBe(0);
  expect(await prisma.planItem.count({ where: { ...where, closedAt: ahead } })).toBe(0);
  expect(await prisma.improvement.count({ where: { ...where, OR: [{ createdAt: ahead }, { closedAt: ahead }] } })).toBe(
    0,
  );

  const [europe, china] = await weeks();
  if (!europe || !china) throw new Error('a team is missing');
  for (const week of [europe, china]) {
    expect(factOf(week, 'feedbackOpen').value).toBeGreaterThan(0);
    expect(factOf(week, 'score').of).toBeGreaterThanOrEqual(3);
    expect(week.attention.customers[0]?.reasons.map(({ why }) => why)).toContain('problem');
    expect(week.proposals.map(({ rule }) => rule)).toContain('listen');
    expect(week.wins.length).toBeGreaterThan(0);
    expect(week.coverage.ends).toHaveLength(8);
  }
  expect(await prisma.prompt.count({ where: { ...where, state: 'answered' } })).toBeGreaterThan(150);
  // Who planned their morning said so, as the bot would have stored it.
  const silent = { ...where, kind: 'morning' as const, state: 'answered' as const, answers: { equals: {} } };
  expect(await prisma.prompt.count({ where: silent })).toBe(0);
  const kept = await prisma.planItem.groupBy({ by: ['state'], where, orderBy: { state: 'asc' } });
  expect(kept.map(({ state }) => state)).toEqual(expect.arrayContaining(['done', 'dropped', 'moved']));
});

test('a problem that came back at three core customers was answered with what was done; one is past due', async () => {
  const { prisma, where } = await startedAt('2026-11-27T12:00:00Z', true);
  const late = await prisma.feedback.groupBy({
    by: ['state'],
    where: { ...where, kind: 'problem', dimension: { key: 'delivery' }, accountClass: 'core' },
    _count: true,
  });
  expect(late).toEqual([{ state: 'closed', _count: 6 }]);
  expect(
    await prisma.feedback.count({ where: { ...where, state: 'open', dueOn: { lt: new Date('2026-11-27') } } }),
  ).toBe(2);
  const scores = await prisma.surveyScore.groupBy({ by: ['dimensionId'], where, _count: true });
  expect(scores.map(({ _count }) => _count)).toEqual(Array.from({ length: 5 }, () => 66));
});

test('deliveries are scored low, then better and better', async () => {
  const { prisma, where } = await startedAt('2026-11-27T12:00:00Z', true);
  const meanOf = async (from: string, to: string) => {
    const scoredOn = { gte: new Date(from), lt: new Date(to) };
    const { _avg } = await prisma.surveyScore.aggregate({
      where: { ...where, dimension: { key: 'delivery' }, survey: { scoredOn } },
      _avg: { score: true },
    });
    return _avg.score ?? 0;
  };
  const [spring, autumn, now] = await Promise.all([
    meanOf('2026-06-01', '2026-08-01'),
    meanOf('2026-10-01', '2026-11-01'),
    meanOf('2026-11-16', '2026-11-28'),
  ]);
  expect(spring).toBeLessThan(autumn);
  expect(autumn).toBeLessThan(now - 1);
});

test('an improvement was measured again, and one is open', async () => {
  const { prisma, where } = await startedAt('2026-11-27T12:00:00Z', true);
  const improvements = await prisma.improvement.findMany({ where, orderBy: { state: 'asc' } });
  expect(improvements.map(({ state }) => state)).toEqual(['open', 'open', 'done', 'done']);
  for (const { before, after } of improvements.slice(2)) expect(after).toBeGreaterThan(before ?? 5);
});

test('the manager has listened to a customer, which was a visit, and goes to those who are not content', async () => {
  const { prisma, where } = await startedAt('2026-11-27T12:00:00Z', true);
  const visits = await prisma.listening.findMany({ where, orderBy: [{ state: 'asc' }, { plannedOn: 'asc' }] });
  expect(visits.map(({ state, visitId }) => [state, visitId !== null])).toEqual([
    ...[...Array(2)].map(() => ['planned', false]),
    ...[...Array(2)].map(() => ['done', true]),
  ]);
  expect(visits[0]?.plannedOn).toEqual(new Date('2026-12-02'));
});

test('without the story there are people, customers and visits, and no more', async () => {
  const { prisma, where } = await startedAt('2026-11-27T12:00:00Z', false);
  expect(await prisma.person.count({ where })).toBe(people.length - 1);
  expect(await prisma.account.count({ where })).toBe(60);
  expect(await prisma.visit.count({ where })).toBeGreaterThan(100);
  expect(await prisma.feedback.count({ where })).toBe(0);
  expect(await prisma.meeting.count({ where })).toBe(0);
});
