import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSent, type TeamsMember } from '../support/teams/teams-member.ts';
import { openWorld, type World } from '../world.ts';
import { answered, fillVisit, lastActivity, mistakes, pressAgain, written } from './teams-world.ts';

/** Monday, 10:30 in Berlin. */
const now = '2026-11-23T09:30:00Z';

describe('buttons of Teams in any order', () => {
  let world: World;
  let anna: TeamsMember;
  beforeAll(async () => {
    world = await openWorld({ now, teams: true });
    anna = world.teamsMember('U0BECKER');
  });
  afterAll(async () => {
    await world?.close();
  });

  const visitsOf = (note: string) => world.bot.database.prisma.visit.findMany({ where: { note } });
  /** A saved visit on a day of its own: its form's save as it was sent. */
  const saved = async (note: string, date: string) => {
    await fillVisit(anna, 'Brandt Maschinenbau', note);
    await anna.fill('Date', date);
    expectSent(await anna.submit());
    return lastActivity(world);
  };

  it('saving what was already saved shows the visit as it is now, and makes no second one', async () => {
    const save = await saved('Said once', '2026-11-18');
    expectSent(await anna.press('Edit'));
    await anna.fill('What happened', 'Said once, corrected');
    expectSent(await anna.submit());
    const again = await pressAgain(world, save);
    expect(answered(again)).toContain('Said once, corrected');
    expect(await visitsOf('Said once')).toEqual([]);
    expect(await visitsOf('Said once, corrected')).toMatchObject([{ version: 2 }]);
  });

  it('the form is sent before its message is acknowledged', async () => {
    const shown = anna.messages.length;
    const said = anna.say('log');
    await expect.poll(() => anna.messages.length, { interval: 1 }).toBe(shown + 2);
    await anna.fill('Customer', 'Brandt Maschinenbau');
    await anna.fill('What happened', 'In a hurry');
    await anna.fill('Date', '2026-11-17');
    expectSent(await anna.submit());
    expectSent(await said);
    expect(await visitsOf('In a hurry')).toHaveLength(1);
    expect(anna.lastMessage.text).toContain('Saved: Visit at Brandt');
  });

  it('cancelling after saving leaves the visit and says that it is saved', async () => {
    await fillVisit(anna, 'Brandt Maschinenbau', 'Cancelled too late');
    await anna.fill('Date', '2026-11-16');
    expectSent(await anna.cancel());
    const cancel = lastActivity(world);
    expect(anna.lastMessage.text).toContain('Closed without saving.');
    expect(await visitsOf('Cancelled too late')).toEqual([]);

    const save = await saved('Cancelled too late', '2026-11-13');
    const { kam } = (save.value as { action: { data: { kam: object } } }).action.data;
    const value = structuredClone(cancel.value) as { action: { data: object } };
    value.action.data = { kam: { ...kam, do: 'cancel' } };
    const late = await pressAgain(world, cancel, { replyToId: save.replyToId, value });
    expect(late.body).toMatchObject({ type: 'application/vnd.microsoft.activity.message', value: 'Saved.' });
    anna.reload();
    expect(written(anna, 'Cancelled too late').at(-1)?.text).toContain('Saved: Visit at Brandt');
    expect(await visitsOf('Cancelled too late')).toHaveLength(1);
  });

  it('saving after cancelling saves, and the card says so', async () => {
    await fillVisit(anna, 'Brandt Maschinenbau', 'Cancelled too early');
    await anna.fill('Date', '2026-11-12');
    const inForm = anna.lastMessage.id;
    const submitted = anna.submit();
    const save = await submitted.then(() => lastActivity(world));
    expectSent(await submitted);
    expect(await visitsOf('Cancelled too early')).toHaveLength(1);
    expect((await pressAgain(world, save)).status).toBe(200);
    anna.reload();
    expect(anna.messages.find(({ id }) => id === inForm)?.text).toContain('Saved: Visit at Brandt');
  });

  it('undo, whose card has become another, means the visit as it is now', async () => {
    await saved('Taken back', '2026-11-11');
    expectSent(await anna.press('Undo'));
    const undo = lastActivity(world);
    expectSent(await anna.press('Restore'));
    const restore = lastActivity(world);
    expectSent(await anna.press('Edit'));
    await anna.fill('What happened', 'Taken back, corrected');
    expectSent(await anna.submit());
    expect(answered(await pressAgain(world, restore))).toContain('Taken back, corrected');
    expect(await visitsOf('Taken back, corrected')).toMatchObject([{ undoneAt: null, version: 4 }]);
    expect((await pressAgain(world, undo)).status).toBe(200);
    expect(await visitsOf('Taken back, corrected')).toMatchObject([{ undoneAt: expect.any(Date), version: 5 }]);
  });

  it('the same button pressed by two hands at once does it once', async () => {
    const save = await saved('Two hands', '2026-11-10');
    await world.bot.database.prisma.visit.findFirstOrThrow({ where: { note: 'Two hands' } });
    const both = await Promise.all([pressAgain(world, save), pressAgain(world, save)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expectSent(await anna.press('Undo'));
    const undo = lastActivity(world);
    const [first, second] = await Promise.all([pressAgain(world, undo), pressAgain(world, undo)]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await visitsOf('Two hands')).toMatchObject([{ version: 2, undoneAt: expect.any(Date) }]);
  });

  it('nothing of it was a surprise', async () => {
    expect(mistakes(world.log)).toEqual([]);
    expect(world.teams.refused).toEqual([]);
  });
});
