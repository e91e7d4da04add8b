import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { reminderStore } from '../../src/actions/reminder-store.ts';
import { remindJob } from '../../src/actions/schedule.ts';
import { createLog } from '../../src/log.ts';
import { makeCall } from '../support/call.ts';
import { actionsWorld, anOrganization } from './world.ts';

const world = actionsWorld();

async function owner(given: { timeZone?: string; locale?: string; deactivatedAt?: Date } = {}) {
  const organization = await anOrganization(world);
  const person = await world.build.person(organization, given);
  return { organization, person, account: await world.account(person, 'Example Steel') };
}

describe('a reminder', () => {
  test('comes at 08:30 in the owner’s zone, once', async () => {
    const { person, account } = await owner({ timeZone: 'Asia/Shanghai', locale: 'zh-CN' });
    await world.action(person, account, { text: '发报价', dueOn: '2026-11-27' });
    await world.remind('2026-11-27T00:29:59Z');
    expect(await world.told(person.id)).toEqual([]);
    const before = world.nudges.count;
    await world.remind('2026-11-27T00:30:00Z');
    await world.remind('2026-11-27T00:31:00Z');
    const told = await world.told(person.id);
    expect(told.map(({ words }) => words)).toEqual(['有一项待办到期了\n• 发报价 – Example Steel · 今天到期']);
    expect(world.nudges.count).toBe(before + 1);
  });

  test('comes to everybody else while one person’s cannot be worked out, and to them as soon as it can', async () => {
    const people = [await owner(), await owner(), await owner()];
    for (const { person, account } of people) await world.action(person, account, { dueOn: '2026-11-27' });
    const [ben, ...others] = people.map(({ person }) => person.id).toSorted();
    const { calendar } = world.days;
    const job = (broken: string | undefined) =>
      remindJob({
        store: reminderStore(world.database),
        calendar: {
          daysOf: async (asked, from) => {
            if (asked.some(({ personId }) => personId === broken)) throw new Error('nobody foresaw this');
            return calendar.daysOf(asked, from);
          },
        },
        nudge: () => undefined,
        log: createLog('silent'),
      });
    const told = (id = '') => world.told(id).then((all) => all.length);
    await job(ben).run(Temporal.Instant.from('2026-11-27T07:30:00Z'));
    expect(await Promise.all([ben, ...others].map(told))).toEqual([0, 1, 1]);
    await job(undefined).run(Temporal.Instant.from('2026-11-27T07:31:00Z'));
    expect(await Promise.all([ben, ...others].map(told))).toEqual([1, 1, 1]);
  });

  test('of what is due on a Saturday comes on Monday', async () => {
    const { person, account } = await owner();
    await world.action(person, account, { dueOn: '2026-11-28' });
    await world.remind('2026-11-29T23:00:00Z');
    expect(await world.told(person.id)).toEqual([]);
    await world.remind('2026-11-30T07:30:00Z');
    expect(await world.told(person.id)).toHaveLength(1);
  });

  /** An owner in a team of manager Mia. */
  async function member(given: Parameters<typeof owner>[0] = {}) {
    const made = await owner(given);
    const manager = await world.build.person(made.organization, { name: 'Mia Voss' });
    const team = await world.build.team(made.organization, { manager, members: [made.person] });
    return { ...made, manager, team };
  }
  const day = (text: string) => Temporal.PlainDate.from(text);
  const special = (...days: [string, boolean][]) => ({
    days: new Map(days.map(([date, works]) => [date, { works, name: null }])),
  });

  test('knows the holidays and the make-up Saturdays of the owner’s team', async () => {
    const { person, account, team } = await member();
    await world.days.set(team.id, special(['2026-11-27', false], ['2026-11-28', true], ['2026-11-30', false]));
    await world.action(person, account, { text: 'On the holiday', dueOn: '2026-11-27' });
    await world.action(person, account, { text: 'On the Saturday', dueOn: '2026-11-28' });
    await world.action(person, account, { text: 'On Sunday', dueOn: '2026-11-29' });
    await world.remind('2026-11-27T12:00:00Z');
    await world.remind('2026-11-28T07:29:00Z');
    expect(await world.told(person.id)).toEqual([]);
    await world.remind('2026-11-28T07:30:00Z');
    expect((await world.told(person.id)).map(({ words }) => words)).toEqual([
      expect.stringMatching(
        /^2 next steps are due\n• On the holiday.*was due Fri 27 Nov\n• On the Saturday.*due today/,
      ),
    ]);
    for (const at of ['2026-11-29T12:00:00Z', '2026-11-30T12:00:00Z', '2026-12-01T07:29:00Z']) await world.remind(at);
    expect(await world.told(person.id)).toHaveLength(1);
    await world.remind('2026-12-01T07:30:00Z');
    expect((await world.told(person.id)).at(-1)?.words).toContain('On Sunday');
  });

  test('waits until the owner is back, and comes at once when they come back earlier', async () => {
    const { organization, person, account } = await member();
    await world.action(person, account);
    await world.days.away(person.id, { from: day('2026-11-26'), to: day('2026-12-11') });
    for (const at of ['2026-11-27T07:30:00Z', '2026-12-01T07:30:00Z', '2026-12-02T12:00:00Z']) await world.remind(at);
    expect(await world.told(person.id)).toEqual([]);
    const kept = () => world.database.prisma.action.findFirst({ where: { ownerId: person.id } });
    expect((await kept())?.remindAt).toEqual(new Date('2026-12-14T07:30:00Z'));
    await world.database.prisma.absence.updateMany({
      where: { personId: person.id },
      data: { cancelledAt: new Date() },
    });
    await world.actions.ownersChanged(organization.id, { personIds: [person.id] });
    await world.remind('2026-12-02T12:01:00Z');
    await world.remind('2026-12-02T12:02:00Z');
    expect(await world.told(person.id)).toHaveLength(1);
    // What was told once is not told again when days change.
    await world.actions.ownersChanged(organization.id, { personIds: [person.id] });
    await world.remind('2026-12-14T07:30:00Z');
    expect(await world.told(person.id)).toHaveLength(1);
  });

  test('moves with the team’s calendar, also where it is the manager who reads it', async () => {
    const { organization, person, manager, account, team } = await member({ deactivatedAt: new Date() });
    await world.action(person, account);
    await world.days.set(team.id, special(['2026-11-27', false]));
    await world.remind('2026-11-27T07:30:00Z');
    expect(await world.told(manager.id)).toEqual([]);
    await world.days.set(team.id, null);
    await world.actions.ownersChanged(organization.id, { teamIds: [team.id] });
    await world.remind('2026-11-27T07:31:00Z');
    expect((await world.told(manager.id)).map(({ words }) => words)).toEqual([
      expect.stringContaining('Anna Berg is no longer here'),
    ]);
    expect(await world.told(person.id)).toEqual([]);
  });

  test('comes all the same to somebody whose team never works', async () => {
    const { person, account, team } = await member();
    await world.days.set(team.id, { weekdays: [] });
    await world.action(person, account);
    await world.remind('2026-11-27T07:30:00Z');
    expect(await world.told(person.id)).toHaveLength(1);
  });

  test('is one message for all that one person has to do', async () => {
    const { person, account } = await owner();
    const first = await world.action(person, account, { text: 'One', dueOn: '2026-11-26' });
    for (const text of ['Two', 'Three']) await world.action(person, account, { text, dueOn: '2026-11-27' });
    await world.action(person, account, { text: 'Later', dueOn: '2026-12-01' });
    await world.remind('2026-11-27T12:00:00Z');
    const [told, ...more] = await world.told(person.id);
    expect(more).toEqual([]);
    expect(told?.key).toBe(`action-due:${first}:2026-11-26:${person.id}`);
    expect(told?.words).toContain('3 next steps are due');
    expect(told?.words).toContain('One – Example Steel · was due Thu 26 Nov');
    expect(told?.words).not.toContain('Later');
  });

  test('cuts a long list and says so', async () => {
    const { person, account } = await owner();
    for (let n = 0; n < 14; n += 1) await world.action(person, account);
    await world.remind('2026-11-27T07:30:00Z');
    expect((await world.told(person.id))[0]?.words).toContain('… and 4 more');
  });

  test('is caught up after an outage, also days later, once', async () => {
    const { person, account } = await owner();
    await world.action(person, account, { dueOn: '2026-11-25' });
    await world.remind('2026-12-01T16:00:00Z');
    await world.remind('2026-12-01T16:01:00Z');
    expect((await world.told(person.id)).map(({ words }) => words)).toEqual([
      'Your next step is due\n• Send the offer – Example Steel · was due Wed 25 Nov',
    ]);
  });

  test('claimed by many processes at once is told once', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => owner()));
    for (const { person, account } of people)
      for (const text of ['One', 'Two', 'Three']) await world.action(person, account, { text });
    await Promise.all(Array.from({ length: 8 }, () => world.remind('2026-11-27T07:30:00Z')));
    for (const { person } of people) {
      const told = await world.told(person.id);
      expect(told).toHaveLength(1);
      expect(told[0]?.words).toContain('3 next steps');
    }
  });

  test('waits for the morning of an owner who has moved west', async () => {
    const { organization, person, account } = await owner({ timeZone: 'Europe/Berlin' });
    await world.action(person, account);
    const where = { organizationId_id: { organizationId: organization.id, id: person.id } };
    await world.database.prisma.person.update({ where, data: { timeZone: 'America/New_York' } });
    await world.remind('2026-11-27T07:30:00Z');
    expect(await world.told(person.id)).toEqual([]);
    await world.remind('2026-11-27T13:30:00Z');
    expect(await world.told(person.id)).toHaveLength(1);
  });

  test('comes earlier for an owner who has moved east, when that is told', async () => {
    const { organization, person, account } = await owner({ timeZone: 'Europe/Berlin' });
    await world.action(person, account);
    const where = { organizationId_id: { organizationId: organization.id, id: person.id } };
    await world.database.prisma.person.update({ where, data: { timeZone: 'Asia/Shanghai' } });
    await world.actions.ownersChanged(organization.id, { personIds: [person.id] });
    await world.remind('2026-11-27T00:29:59Z');
    expect(await world.told(person.id)).toEqual([]);
    await world.remind('2026-11-27T00:30:00Z');
    expect(await world.told(person.id)).toHaveLength(1);
  });

  test('kept without a zone is set right', async () => {
    const { person, account } = await owner();
    await world.action(person, account, { remindAt: '2026-11-26T18:30:00Z' });
    await world.remind('2026-11-26T18:30:00Z');
    expect(await world.told(person.id)).toEqual([]);
    await world.remind('2026-11-27T07:30:00Z');
    expect(await world.told(person.id)).toHaveLength(1);
  });

  test('of somebody who has left goes to their manager, to be handed on', async () => {
    const { organization, person, account } = await owner({ deactivatedAt: new Date() });
    const manager = await world.build.person(organization, { name: 'Mia Voss' });
    await world.build.team(organization, { manager, members: [person] });
    await world.action(person, account);
    await world.remind('2026-11-27T07:30:00Z');
    expect(await world.told(person.id)).toEqual([]);
    const [told] = await world.told(manager.id);
    expect(told?.words).toContain('Anna Berg is no longer here');
  });

  test('of somebody who has left and had no manager goes to nobody and holds up nobody', async () => {
    const { person, account } = await owner({ deactivatedAt: new Date() });
    const id = await world.action(person, account);
    await world.remind('2026-11-27T07:30:00Z');
    const row = await world.database.prisma.action.findFirstOrThrow({ where: { id } });
    expect(row).toMatchObject({ remindAt: null, state: 'open' });
  });

  test('in a zone that nobody knows comes at 08:30 UTC', async () => {
    const { person, account } = await owner();
    await world.action(person, account);
    await world.database.prisma.person.updateMany({ where: { id: person.id }, data: { timeZone: 'Mars/Olympus' } });
    await world.remind('2026-11-27T07:30:00Z');
    expect(await world.told(person.id)).toEqual([]);
    await world.remind('2026-11-27T08:30:00Z');
    expect(await world.told(person.id)).toHaveLength(1);
  });

  test('does not come for what is done', async () => {
    const { organization, person, account } = await owner();
    const id = await world.action(person, account);
    await world.press(makeCall(organization, person), 'actions.done', id);
    await world.remind('2026-11-27T07:30:00Z');
    expect(await world.told(person.id)).toEqual([]);
  });

  test('has buttons to be done with it, to move it, and to log a visit', async () => {
    const { person, account } = await owner();
    await world.action(person, account);
    await world.remind('2026-11-27T07:30:00Z');
    const card = JSON.stringify((await world.told(person.id))[0]?.card);
    for (const name of ['actions.done', 'actions.later', 'visits.log']) expect(card).toContain(name);
  });
});
