import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/bot.ts';
import { movedToTeams } from '../contract/moved.ts';
import { expectSent, type TeamsMember } from '../support/teams/teams-member.ts';
import { openWorld, type World } from '../world.ts';
import { rowsOf } from './rows.ts';
import { fillVisit, mistakes, startAnother, written } from './teams-world.ts';

/** Monday, 10:30 in Berlin. */
const now = '2026-11-23T09:30:00Z';

describe('every activity of Teams delivered twice', () => {
  let world: World;
  let anna: TeamsMember;
  let installed: number;
  let another: Bot | undefined;
  beforeAll(async () => {
    world = await openWorld({ now, teams: true });
    await movedToTeams(world);
    installed = world.teams.deliveries.length;
    anna = world.teamsMember('U0BECKER');
  });
  afterAll(async () => {
    await another?.stop();
    await world?.close();
  });

  const visitOf = (note: string) =>
    world.bot.database.prisma.visit.findMany({ where: { note }, include: { actions: true, versions: true } });
  /** Deliveries of one activity are answered alike. */
  const sameAnswers = () => {
    const byActivity = Map.groupBy(world.teams.deliveries.slice(installed), ({ activity }) => activity.id);
    for (const deliveries of byActivity.values()) {
      expect(deliveries).toHaveLength(2);
      const [first, second] = deliveries.map(({ status, body }) => ({ status, body }));
      expect(second).toEqual(first);
      expect(first?.status).toBe(200);
    }
  };

  describe.each(['twice at once', 'again'] as const)('%s', (manner) => {
    const day = manner === 'again' ? '2026-11-19' : '2026-11-18';
    beforeAll(() => {
      world.teams.deliver = manner;
    });

    it('a line is one visit, answered with one card', async () => {
      const said = `Typed once, ${manner}`;
      const before = written(anna, 'Saved').length;
      expectSent(
        await anna.say(
          `log ${manner === 'again' ? 'Northgate Rail' : 'Acme Aerospace'} ${said} next: call back on Friday`,
        ),
      );
      const visits = await world.bot.database.prisma.visit.findMany({
        where: { note: { contains: said } },
        include: { actions: true },
      });
      expect(visits).toHaveLength(1);
      expect(visits[0]?.actions).toHaveLength(1);
      expect(written(anna, 'Saved')).toHaveLength(before + 1);
      sameAnswers();
    });

    it('a form is one visit with one next step; its card becomes the confirmation', async () => {
      const note = `Said once, ${manner}`;
      const shown = written(anna).length;
      await fillVisit(anna, 'Brandt Maschinenbau', note);
      await anna.fill('Date', day);
      await anna.fill('Next step', 'Send the offer');
      await anna.fill('Next step due', '2026-11-27');
      expectSent(await anna.submit());
      const visits = await visitOf(note);
      expect(visits).toMatchObject([{ version: 1, versions: [], actions: [{ text: 'Send the offer' }] }]);
      expect(await world.bot.database.prisma.outbox.count({ where: { key: { contains: visits[0]?.id ?? '' } } })).toBe(
        1,
      );
      const cards = written(anna).slice(shown);
      expect(cards).toMatchObject([{ text: expect.stringContaining('Saved: Visit at Brandt') }]);
      sameAnswers();
    });

    it('taken back once, brought back once', async () => {
      const note = `Said once, ${manner}`;
      expectSent(await anna.press('Undo'));
      expect(await visitOf(note)).toMatchObject([{ version: 2, undoneAt: expect.any(Date) }]);
      expectSent(await anna.press('Restore'));
      expect(await visitOf(note)).toMatchObject([{ version: 3, undoneAt: null, actions: [{ state: 'open' }] }]);
      sameAnswers();
    });

    it('a correction is one version', async () => {
      const note = `Said once, ${manner}`;
      expectSent(await anna.press('Edit'));
      await anna.fill('What happened', `${note}, corrected`);
      expectSent(await anna.submit());
      const [visit] = await visitOf(`${note}, corrected`);
      expect(visit?.version).toBe(4);
      expect(visit?.versions).toHaveLength(3);
      sameAnswers();
    });

    it('a next step is done once, and opened again once', async () => {
      const { actionChange } = world.bot.database.prisma;
      const changes = (...states: string[]) =>
        actionChange.count({ where: { changes: { path: ['state'], equals: states } } });
      const before = [await changes('open', 'done'), await changes('done', 'open')] as const;
      expectSent(await anna.say('actions Brandt'));
      expectSent(await anna.press('Done'));
      expect(await changes('open', 'done')).toBe(before[0] + 1);
      expectSent(await anna.press('Undo'));
      expect(await changes('done', 'open')).toBe(before[1] + 1);
      sameAnswers();
    });

    it('a customer is added once', async () => {
      const name = manner === 'again' ? 'Nordlicht Optik' : 'Ostwind Energie';
      expectSent(await anna.say(`account add ${name}`));
      await anna.fill('Name', name);
      expectSent(await anna.submit());
      expect(await world.bot.database.prisma.account.count({ where: { name } })).toBe(1);
      sameAnswers();
    });
  });

  it('once more after a restart: nothing changes, everything is answered', async () => {
    await world.bot.stop();
    world.teams.deliver = 'once';
    const lines: string[] = [];
    another = await startAnother(world, lines);
    const before = await rowsOf(world.databaseUrl);
    const recorded = [
      ...new Map(world.teams.deliveries.slice(installed).map((each) => [each.activity.id, each])).values(),
    ];
    const saves = recorded.filter(({ activity }) => JSON.stringify(activity).includes('"do":"save"'));
    expect(saves).toHaveLength(2 * 3);
    for (const { activity } of recorded) {
      const { status, body } = await world.teams.send(activity);
      expect(status).toBe(200);
      expect(JSON.stringify(body) ?? '').not.toMatch(/KAM-|Not saved/);
      // The form is not asked again: what was saved is shown.
      if (saves.some((save) => save.activity === activity)) expect(JSON.stringify(body)).not.toContain('"Input.');
    }
    await another.stop();
    expect(await rowsOf(world.databaseUrl)).toEqual(before);
    expect(mistakes([...world.log, ...lines])).toEqual([]);
  });
});
