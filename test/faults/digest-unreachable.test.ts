import { Temporal } from 'temporal-polyfill';
import { expect, vi } from 'vitest';
import { type Company, onBoth, type Play, shownTo } from '../contract/both.ts';
import type { Actor } from '../support/actor.ts';

const scenario = onBoth();
vi.setConfig({ testTimeout: 60_000 });

/** The same is played on both; what each platform says to a refusal is its own. */
const onEach = (title: string, play: Play) =>
  scenario.apart(title, 'each platform refuses in its own words', { slack: play, teams: play });

/** A post with a picture comes later than others: it is painted first, by a process of its own. */
const painted = (expected: () => unknown) => vi.waitFor(expected, { timeout: 30_000, interval: 100 });

/** Moves the clock, lets what is due happen, and waits until all of it is sent or given up. */
const clockOf =
  ({ world }: Company) =>
  async (moment: string) => {
    await world.clock.set(Temporal.Instant.from(moment));
    const underWay = { state: { in: ['waiting' as const, 'sending' as const] } };
    await painted(async () => {
      await world.bot.tick();
      expect(await world.bot.database.prisma.outbox.count({ where: underWay })).toBe(0);
    });
  };

/** From now on nothing of the bot arrives in a channel, until it is lifted. */
const refuse = ({ platform, world }: Company, place: string, code: string | null) => {
  if (platform === 'slack') world.sandbox.refuse(place, code);
  else world.teams.block(place, code !== null);
};

const times = (actor: Actor, words: string) =>
  actor.cards().filter(({ lines }) => lines.join('\n').includes(words)).length;

onEach(
  'a channel that has lost the bot: the administrator is told, and the evaluation can be read',
  async (company) => {
    company.expectTrouble();
    const { who, posted, world } = company;
    const [lin, anna] = [who('U0LINJING'), who('U0BECKER')];
    const at = clockOf(company);
    // The demo's teams are there since a moment ago; the bot finds them with its next look.
    await at('2026-11-23T09:31:00Z');
    refuse(company, 'C0EUROPE', 'not_in_channel');
    const before = posted('C0EUROPE').length;
    await at('2026-11-27T15:30:30Z');
    await painted(() => expect(times(lin, '没能发到频道')).toBe(1));
    expect(posted('C0EUROPE')).toHaveLength(before);
    // The other team knows nothing of it.
    await painted(() => expect(posted('C0CHINA').join('\n')).toContain('大中华区周报'));
    const read = await shownTo(anna, () => anna.tell('digest Europe'));
    expect(read.lines[0]).toBe('Europe: week Mon 23 Nov – Sun 29 Nov');
    const digests = await world.bot.database.prisma.digest.findMany({
      where: { team: { name: 'Europe' } },
      orderBy: { fromDay: 'asc' },
    });
    expect(digests.map(({ asOf, postAt }) => [asOf !== null, postAt !== null])).toEqual([
      [true, false],
      [false, true],
    ]);

    refuse(company, 'C0EUROPE', null);
    // Where Teams has refused something, the bot is silent until somebody speaks to it there.
    await anna.tellInChannel('help', 'C0EUROPE');
    await at('2026-12-04T15:30:30Z');
    await painted(() => expect(posted('C0EUROPE').slice(before).join('\n')).toContain('Europe: week Mon 30 Nov'));
    return null;
  },
);
