import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type Card, inPlainText } from '../../src/chat/card.ts';
import { listStore } from '../../src/feedback/list-store.ts';
import { createLog } from '../../src/log.ts';
import { agendaJob } from '../../src/meetings/agenda-posting.ts';
import type { SeededPerson } from '../support/seed.ts';
import { answeringWorld } from './answering-world.ts';

const world = answeringWorld();
const log = createLog('silent');

/** A process; the sales meeting is on Mondays, 09:30 in Berlin. */
const posting = (but: { teamId?: string } = {}) =>
  agendaJob({
    database: world.database,
    feedback: {
      openInTeam: async (organizationId, teamId, { limit, skip = 0 }) => {
        if (teamId === but.teamId) throw new Error('canceling statement due to statement timeout');
        return listStore(world.database).openInTeam(organizationId, teamId, { limit, skip });
      },
    },
    calendar: world.days.calendar,
    nudge: () => undefined,
    log,
  });
const friday = Temporal.Instant.from('2026-11-20T08:30Z');

async function agendas(organization: { id: string }) {
  const rows = await world.database.prisma.outbox.findMany({ where: { organizationId: organization.id } });
  return rows.map(({ key, lane, message }) => {
    // Written by the job just now.
    const { card } = message as unknown as { card: Card };
    return { key, lane, words: inPlainText(card) };
  });
}

/** Anna in a team with a sales meeting and a channel, which has met last on Monday before. */
async function sales(given: { channelId?: string; archivedAt?: Date } = { channelId: 'C1' }) {
  const organization = await world.build.organization();
  const anna = await world.build.person(organization, { name: 'Anna' });
  const team = await world.build.team(organization, { members: [anna], ...given });
  const meeting = await world.meeting(organization, team, { kind: 'sales' });
  await world.database.prisma.meeting.updateMany({
    where: { id: meeting },
    data: { nextAt: new Date('2026-11-23T08:30Z') },
  });
  await world.database.prisma.occurrence.create({
    data: {
      organizationId: organization.id,
      meetingId: meeting,
      date: new Date('2026-11-16'),
      closesAt: new Date('2026-11-16T10:30Z'),
    },
  });
  return { organization, anna, team, meeting };
}

async function planned(
  person: SeededPerson,
  meeting: string,
  accountId: string,
  date: string,
  state: 'moved' | 'dropped',
) {
  const promptId = await world.prompt(person, meeting, { date });
  await world.database.prisma.planItem.create({
    data: {
      organizationId: person.organizationId,
      id: uuid(),
      personId: person.id,
      promptId,
      accountId,
      state,
      date: new Date(date),
      position: 0,
      text: 'offer',
    },
  });
}

describe('the agenda', () => {
  it('is posted once, a working day ahead, however many look', async () => {
    const { organization, meeting } = await sales();
    await posting().run(friday.subtract({ minutes: 1 }));
    expect(await agendas(organization)).toEqual([]);
    await Promise.all([posting(), posting(), posting()].map((job) => job.run(friday)));
    const job = posting();
    for (const hours of [1, 24, 71]) await job.run(friday.add({ hours }));
    const [agenda, ...others] = await agendas(organization);
    expect(others).toEqual([]);
    expect(agenda).toMatchObject({
      key: `agenda:${meeting}:2026-11-23`,
      lane: `${organization.id}:${organization.workspaceId}:C1`,
    });
    expect(agenda?.words).toBe(
      [
        'Agenda: Sales meeting · Mon 23 Nov',
        'What has happened since Mon 16 Nov. The minutes follow when the meeting closes.',
        'Nothing stands out: no important customer waits, nothing is overdue.',
      ].join('\n'),
    );
    await job.run(friday.add({ hours: 7 * 24 }));
    expect((await agendas(organization)).map(({ key }) => key.slice(-10)).sort()).toEqual(['2026-11-23', '2026-11-30']);
  });

  it('of one team that cannot be read holds up no other, and comes later', async () => {
    const [slow, quick] = [await sales(), await sales()];
    await posting({ teamId: slow.team.id }).run(friday);
    expect(await agendas(slow.organization)).toEqual([]);
    expect(await agendas(quick.organization)).toHaveLength(1);
    await posting().run(friday.add({ minutes: 15 }));
    expect(await agendas(slow.organization)).toHaveLength(1);
    expect(await agendas(quick.organization)).toHaveLength(1);
  });

  it('is about the team’s own customers since the last meeting', async () => {
    const { organization, anna, team } = await sales();
    const morning = await world.meeting(organization, team);
    const stranger = await world.build.person(organization, { name: 'Zoe' });
    for (const [owner, prefix] of [
      [anna, 'Ours'],
      [stranger, 'Theirs'],
    ] as const) {
      await world.account(owner, `${prefix} never seen`, 'corePotential');
      const risk = await world.account(owner, `${prefix} at risk`, 'core');
      await world.visit(owner, risk, '2026-11-01');
      const balanced = await world.account(owner, `${prefix} balanced`, 'balanced');
      await world.visit(owner, balanced, '2026-10-01');
      await world.step(owner, balanced, 'a secret offer', '2026-11-18');
      await world.step(owner, balanced, 'another', '2026-11-20');
      const won = await world.visit(owner, balanced, '2026-11-17');
      const lost = await world.visit(owner, balanced, '2026-11-13');
      await world.database.prisma.visit.updateMany({
        where: { id: { in: [won, lost] } },
        data: { outcome: 'advance' },
      });
      await planned(owner, morning, balanced, '2026-11-18', 'dropped');
      await planned(owner, morning, balanced, '2026-11-13', 'moved');
    }
    await posting().run(friday);
    const [agenda] = await agendas(organization);
    expect(agenda?.words.split('\n').slice(2)).toEqual([
      'Customers at risk (2)',
      '• Ours at risk – last visit Sun 1 Nov, 5 days overdue',
      '• Ours never seen – no visit yet',
      'Next steps overdue (1)',
      '• Ours balanced – Anna, due Wed 18 Nov',
      'Plans moved or dropped (1)',
      '• Ours balanced – offer – Anna, dropped',
      'Progress (1)',
      '• Ours balanced – Anna, Tue 17 Nov',
    ]);
  });

  it('says what the team’s customers said that nobody has answered, the highest class first, and not in what words', async () => {
    const { organization, anna, team } = await sales();
    const stranger = await world.build.person(organization, { name: 'Zoe' });
    const said = async (owner: SeededPerson, accountId: string, given: { ownerId?: null; state?: 'answered' } = {}) =>
      world.database.prisma.feedback.create({
        data: {
          organizationId: organization.id,
          accountId,
          kind: 'problem',
          words: 'a secret',
          requestKey: uuid(),
          authorId: owner.id,
          ownerId: owner.id,
          saidOn: new Date('2026-11-12'),
          createdAt: new Date(),
          ...given,
          accountClass: 'core',
          openActions: 0,
          dueOn: new Date('2026-11-13'),
        },
      });
    const general = await world.account(anna, 'Ours general', 'general');
    const core = await world.account(anna, 'Ours core', 'balanced');
    await world.database.prisma.account.updateMany({ where: { id: general }, data: { teamId: team.id } });
    for (let count = 0; count < 6; count += 1) await said(anna, general, { ownerId: null });
    await said(anna, core);
    await said(anna, core, { state: 'answered' });
    await said(stranger, await world.account(stranger, 'Theirs', 'balanced'));
    await posting().run(friday);
    const [agenda] = await agendas(organization);
    const nobody = '• Ours general – Problem, said Thu 12 Nov – nobody answers for it yet';
    expect(agenda?.words.split('\n').slice(2)).toEqual([
      'What customers said (7)',
      '• Ours core – Problem, said Thu 12 Nov – Anna',
      ...[nobody, nobody, nobody, nobody],
      '… and 2 more',
    ]);
  });

  it('names five of each and counts the rest', async () => {
    const { organization, anna } = await sales();
    for (let count = 1; count <= 7; count += 1) await world.account(anna, `Customer ${count}`, 'core');
    await posting().run(friday);
    const [agenda] = await agendas(organization);
    expect(agenda?.words).toContain('Customers at risk (7)');
    expect(agenda?.words).toContain('• Customer 5 – no visit yet\n… and 2 more');
  });

  it.each<[string, Parameters<typeof sales>[0], { pausedAt?: Date; archivedAt?: Date }]>([
    ['without a channel', {}, {}],
    ['of a team that was put away', { channelId: 'C1', archivedAt: new Date() }, {}],
    ['of a meeting that was put away', { channelId: 'C1' }, { archivedAt: new Date() }],
    ['of a meeting that pauses', { channelId: 'C1' }, { pausedAt: new Date() }],
  ])('%s is not posted', async (_, given, data) => {
    const { organization, meeting } = await sales(given);
    await world.database.prisma.meeting.updateMany({ where: { id: meeting }, data });
    await posting().run(friday);
    expect(await agendas(organization)).toEqual([]);
  });
});
