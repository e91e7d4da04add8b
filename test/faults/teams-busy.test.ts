import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { movedToTeams } from '../contract/moved.ts';
import { expectSent, type TeamsMember } from '../support/teams/teams-member.ts';
import { openWorld, type World } from '../world.ts';
import { connectorOf, mistakes, written } from './teams-world.ts';

describe('a connector that fails while somebody waits', () => {
  let world: World;
  let anna: TeamsMember;
  beforeAll(async () => {
    // Monday, 10:30 in Berlin.
    world = await openWorld({ now: '2026-11-23T09:30:00Z', teams: true });
    await movedToTeams(world);
    anna = world.teamsMember('U0BECKER');
    expectSent(await anna.say('help'));
  });
  afterAll(async () => {
    await world?.close();
  });

  const { place, conversation, posts, fails } = connectorOf(() => world);

  test.each([
    ['429 for a second', 429, 1],
    ['412', 412, undefined],
    ['503', 503, undefined],
    ['502', 502, 1],
    ['504', 504, 1],
    ['429 for longer than a person is kept waiting', 429, 3],
  ])('%s: the answer comes, and comes once', async (_, status, retryAfter) => {
    const before = written(anna).length;
    const tried = posts(anna.id).length;
    fails(status, anna.id, retryAfter);
    expectSent(await anna.say('visits'));
    await expect.poll(() => written(anna).length, { timeout: 10_000 }).toBe(before + 1);
    expect(posts(anna.id)).toHaveLength(tried + 2);
  });

  test('a button is answered with a word, and its form follows', async () => {
    expectSent(await anna.say('account Brandt'));
    fails(429, anna.id, 3);
    const { said } = await anna.press('Log a visit');
    expect(said).toEqual(['Teams is busy right now. My answer follows in our own chat.']);
    await expect.poll(() => anna.hasForm, { timeout: 10_000 }).toBe(true);
    expectSent(await anna.cancel());
  });

  test('the card stays as it was shown, though Teams does not keep it', async () => {
    expectSent(await anna.say('log'));
    fails(502, anna.id, undefined, 3);
    expectSent(await anna.cancel());
    expect(anna.lastMessage.text).toContain('Closed without saving.');
    expect(anna.errors).toEqual([]);
  });

  test('403: the conversation is marked until something is heard from it', async () => {
    world.teams.block(anna.id);
    expectSent(await anna.say('visits'));
    expect(await conversation(anna.id)).toMatchObject({
      blockedAt: expect.any(Date),
      blockedReason: 'MessageWritesBlocked',
    });
    const before = written(anna).length;
    world.teams.block(anna.id, false);
    expectSent(await anna.say('visits'));
    expect(await conversation(anna.id)).toMatchObject({ blockedAt: null, blockedReason: null });
    expect(written(anna)).toHaveLength(before + 1);
  });

  test('403 of a person’s own chat, who asks in a channel: said there, without the answer', async () => {
    world.teams.block(anna.id);
    const before = world.teams.tenant.place('C0EUROPE').messages.length;
    expectSent(await anna.mention('visits', 'C0EUROPE'));
    const [, answer, ...others] = place('C0EUROPE').messages.slice(before);
    expect(others).toEqual([]);
    expect(JSON.stringify(answer)).toContain('can’t write to you in a chat of our own');
    expect(JSON.stringify(answer)).not.toContain('Acme');
    world.teams.block(anna.id, false);
    expectSent(await anna.say('help'));
  });

  it('nothing of it was a surprise', () => {
    expect(mistakes(world.log)).toEqual([]);
  });
});
