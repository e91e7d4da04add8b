import { format } from 'node:util';
import type { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Actor, ShownCard } from '../support/actor.ts';
import { slackActor } from '../support/slack-actor.ts';
import { teamsActor } from '../support/teams-actor.ts';
import { openWorld, type World } from '../world.ts';
import { movedToTeams } from './moved.ts';
import { type Difference, difference, readRows } from './rows.ts';

export const platforms = ['slack', 'teams'] as const;
export type Platform = (typeof platforms)[number];

/** Monday, 10:30 in Berlin and 17:30 in Shanghai. */
export const monday = '2026-11-23T09:30:00Z';

/** The demo company on one of the platforms, for one scenario. */
export interface Company {
  readonly platform: Platform;
  readonly world: World;
  /** Somebody of the company, by their key. */
  who(key: string): Actor;
  /** The same person on the other platform. */
  elsewhere(key: string): Actor;
  /** What has become of the rows since the scenario began. */
  rows(): Promise<Difference>;
  /** What the bot has posted in a channel, by its key: everything that is read in each message now, oldest first. */
  posted(channel: string): readonly string[];
  /** Lets time pass, and waits until all is said that has become due by then. */
  later(duration: Temporal.DurationLike): Promise<void>;
  /** What went wrong may have been meant: the scenario's own end is not to be without errors in the log. */
  expectTrouble(): void;
}

/**
 * Opens the company twice, once with everybody in Slack and once with everybody in Teams, and returns what plays a
 * scenario in both. Both must end in the same rows, and in the same value that the scenario returns, which is what was
 * read on the cards.
 */
export function onBoth(given: { now?: string; empty?: boolean } = {}) {
  const worlds = new Map<Platform, World>();
  beforeAll(async () => {
    for (const platform of platforms) {
      const world = await openWorld({ now: monday, teams: true, ...given });
      worlds.set(platform, world);
      if (platform === 'teams') await movedToTeams(world);
      // What the jobs do at their first look belongs to the beginning, not to whichever scenario it falls into.
      await world.clock.advance({ seconds: 1 });
    }
  }, 90_000);
  afterAll(async () => {
    for (const world of worlds.values()) await world.close();
  });

  async function playIn(platform: Platform, play: Play): Promise<End> {
    const world = worlds.get(platform);
    if (!world) throw new Error(`${platform} is not there`);
    const begun = await readRows(world);
    const rows = async () => difference(begun, await readRows(world), world);
    const { company, trouble } = companyIn(platform, world, rows);
    const shown = await play(company);
    const end = { shown: readAlike(shown), rows: await rows() };
    expect(trouble()).toEqual([]);
    return end;
  }

  const scenario = (title: string, play: Play): void => {
    describe(title, () => {
      const ends = new Map<Platform, End>();
      test.each(platforms)('in %s', async (platform) => {
        ends.set(platform, await playIn(platform, play));
      });
      test('with the same end', () => {
        expect([...ends.keys()]).toEqual(platforms);
        expect(ends.get('teams')).toEqual(ends.get('slack'));
      });
    });
  };
  /** The same for each row of a table; `%s` in the title is a cell of it. */
  scenario.each =
    <const Table extends readonly (readonly string[])[]>(table: Table) =>
    (title: string, play: (row: Table[number]) => Play): void => {
      for (const row of table) scenario(format(title, ...row.slice(0, title.split('%s').length - 1)), play(row));
    };
  /** What cannot be the same on both, with the reason; each platform has its own end. */
  scenario.apart = (title: string, why: string, plays: Record<Platform, Play>): void => {
    describe(`${title}: ${why}`, () => {
      test.each(platforms)('in %s', async (platform) => void (await playIn(platform, plays[platform])));
    });
  };
  return scenario;
}

/** Texts as they are read on both: each names the bot's commands as they are typed there. */
const readAlike = (shown: unknown): unknown => JSON.parse(JSON.stringify(shown ?? null).replaceAll('/kam ', ''));

interface End {
  shown: unknown;
  rows: Difference;
}

/** A scenario; what it returns must be the same on both platforms. */
export type Play = (company: Company) => Promise<unknown>;

/** Somebody who is in all channels, and told nothing there alone. */
const reader = 'U0DUPONT';

function companyIn(platform: Platform, world: World, rows: Company['rows']) {
  const actors = new Map<string, Actor>();
  const actor = (on: Platform, key: string): Actor => {
    const id = `${on} ${key}`;
    const known = actors.get(id);
    if (known) return known;
    const made = on === 'slack' ? slackActor(world.member(key)) : teamsActor(world.teamsMember(key));
    actors.set(id, made);
    return made;
  };
  const [logged, refused] = [world.log.length, world.teams.refused.length];
  let meant = false;
  const company: Company = {
    platform,
    world,
    rows,
    who: (key) => actor(platform, key),
    elsewhere: (key) => actor(platform === 'slack' ? 'teams' : 'slack', key),
    posted: (channel) =>
      actor(platform, reader)
        .posted(channel)
        .map(({ lines }) => lines.join('\n')),
    async later(duration) {
      await world.clock.advance(duration);
      const unsaid = { state: { in: ['waiting' as const, 'sending' as const] } };
      const { outbox } = world.bot.database.prisma;
      await expect.poll(() => outbox.count({ where: unsaid }), { timeout: 15_000, interval: 100 }).toBe(0);
    },
    expectTrouble: () => {
      meant = true;
    },
  };
  const trouble = () => {
    if (meant) return [];
    const errors = world.log.slice(logged).filter((line) => /^\{"level":"(?:error|fatal)"/.test(line));
    const pinged = world.member(reader).messages.flatMap(({ pings }) => pings);
    return [...errors, ...pinged, ...world.teams.refused.slice(refused).map(({ status }) => `answered ${status}`)];
  };
  return { company, trouble };
}

/**
 * Does something, and waits for the card that it shows the person alone, a new one or another in the place of one. In
 * Slack that comes after the acknowledgement.
 */
export async function shownTo(actor: Actor, doing: () => Promise<void>): Promise<ShownCard> {
  const before = actor.cards().map((card) => JSON.stringify(card));
  const nothing = new Error(`${actor.id} was shown nothing new`);
  await doing();
  return vi.waitFor(() => {
    const card = actor.cards().findLast((each, index) => JSON.stringify(each) !== before[index]);
    if (!card) throw nothing;
    return card;
  }, waiting);
}

/** Milliseconds. What the bot says by itself goes out one a second in a place. */
const waiting = { timeout: 10_000, interval: 20 };

/** Waits for something that comes a little later: behind an acknowledgement, or by the outbox. */
export const eventually = (expected: () => unknown): Promise<unknown> => vi.waitFor(expected, waiting);

/** Does something, and waits until it asks them something. */
export async function askedOf(actor: Actor, doing: () => Promise<void>): Promise<Actor> {
  const nothing = new Error(`${actor.id} is asked nothing`);
  await doing();
  await vi.waitFor(() => {
    if (!actor.hasForm) throw nothing;
  }, waiting);
  return actor;
}

/** Answers several questions, in this order. */
export async function fill(
  actor: Actor,
  answers: Readonly<Record<string, string | string[] | boolean>>,
): Promise<void> {
  for (const [label, answer] of Object.entries(answers)) await actor.fill(label, answer);
}

/** Logs a visit with the form, and returns what they are shown of it. */
export async function logs(actor: Actor, answers: Readonly<Record<string, string>>): Promise<ShownCard> {
  await askedOf(actor, () => actor.tell('log'));
  await fill(actor, answers);
  return shownTo(actor, () => actor.submit());
}
