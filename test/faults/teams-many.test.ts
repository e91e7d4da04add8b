import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameKey } from '../../src/accounts/name.ts';
import { searchTermsOf } from '../../src/accounts/search-terms.ts';
import { expectSent, type TeamsMember } from '../support/teams/teams-member.ts';
import { openWorld, type World } from '../world.ts';
import { mistakes, written } from './teams-world.ts';

const customers = 100_000;
const perGroup = 40;
/** "recommended to keep within 80 KB" in UTF-16 (Bots, format your bot messages). */
const largest = 80 * 1024;
/** Typeahead search in Adaptive Cards. */
const mostShown = 15;
const syllables = 'ac ber lin tech nor dan vox ilo kar ist one fel gar hol ims 华'.split(' ');

describe('very much', () => {
  let world: World;
  let anna: TeamsMember;
  beforeAll(async () => {
    world = await openWorld({ now: '2026-11-23T09:30:00Z', teams: true });
    anna = world.teamsMember('U0BECKER');
    expectSent(await anna.say('help'));
    await addCustomers();
  }, 90_000);
  afterAll(async () => {
    await world?.close();
  });

  /** What an import would write, without its time: groups of companies, each found by the group's name. */
  async function addCustomers() {
    const { organizationId } = world.bot;
    const groups = Array.from({ length: customers / perGroup }, (_, group) => {
      const part = (place: number) => syllables[Math.floor((group * 26) / 16 ** place) % 16];
      const name = `${part(0)}${part(1)}${part(2)}${part(3)}`;
      const { text, grams } = searchTermsOf(organizationId, { name, otherNames: [], code: null });
      return { name, key: nameKey(name), text, grams };
    });
    // A connection of its own: those of the bot wait for nothing so long.
    const client = new pg.Client({ connectionString: world.databaseUrl });
    await client.connect();
    try {
      // An index is made faster than it is kept.
      await client.query('DROP INDEX "Account_searchGrams_idx"');
      await client.query({
        text: `INSERT INTO "Account" ("organizationId", id, name, "nameKey", "otherNames", "searchText", "searchGrams")
               SELECT $1, gen_random_uuid(), g.name || ' ' || n, g.key || n, '{}', g.text, g.grams
               FROM jsonb_to_recordset($2::jsonb) AS g(name text, key text, text text, grams int[]),
                 generate_series(0, $3::int - 1) AS n`,
        values: [organizationId, JSON.stringify(groups), perGroup],
      });
      await client.query('CREATE INDEX "Account_searchGrams_idx" ON "Account" USING GIN ("searchGrams")');
      await client.query('ANALYZE "Account"');
    } finally {
      await client.end();
    }
  }

  /** Bytes in UTF-16 of everything that was posted or answered since. */
  const sizesSince = (calls: number, deliveries: number) =>
    [...world.teams.calls.slice(calls), ...world.teams.deliveries.slice(deliveries)].map(
      ({ body }) => (JSON.stringify(body) ?? '').length * 2,
    );

  it('a hundred thousand customers behind a choice: found while typing, and few in the card', async () => {
    const [calls, deliveries] = [world.teams.calls.length, world.teams.deliveries.length];
    expectSent(await anna.say('log'));
    for (const typed of ['', 'a', 'tech', '华', 'acacacac', 'no such customer at all']) {
      const found = await anna.suggestions('Customer', typed);
      expect(found.length).toBeLessThanOrEqual(mostShown);
      const { body } = world.teams.deliveries.at(-1) ?? {};
      expect((body as { value: { results: unknown[] } }).value.results.length).toBeLessThanOrEqual(mostShown);
    }
    expect(await anna.suggestions('Customer', 'acacacac')).toContainEqual(expect.stringContaining('acacacac 0'));
    const choices = JSON.stringify(written(anna).at(-1)?.card).match(/"title":"[^"]*","value":"/g) ?? [];
    expect(choices.length).toBeGreaterThan(0);
    expect(choices.length).toBeLessThanOrEqual(700);
    expect(Math.max(...sizesSince(calls, deliveries))).toBeLessThan(largest);
  });

  it('one that was found by typing is still there when the form comes again', async () => {
    await anna.fill('Customer', 'voxnorvoxvox');
    const chosen = anna.answer('Customer');
    await anna.fill('Date', '2027-01-01');
    expectSent(await anna.submit());
    expect(anna.hasForm).toBe(true);
    expect(anna.answer('Customer')).toContain('voxnorvoxvox');
    expect(chosen).toContain('voxnorvoxvox');
    expectSent(await anna.cancel());
  });

  it('a card with more than fits goes out, and says that it is cut', async () => {
    const { organizationId, database } = world.bot;
    const { id: ownerId } = await database.prisma.person.findFirstOrThrow({ where: { name: 'Anna Becker' } });
    const account = await database.prisma.account.findFirstOrThrow({ where: { organizationId, name: 'acacacac 0' } });
    await database.prisma.visit.createMany({
      data: Array.from({ length: 200 }, (_, number) => ({
        organizationId,
        id: uuid(),
        accountId: account.id,
        authorId: ownerId,
        note: `${number} ${'长'.repeat(2_990)}`,
        date: new Date('2026-11-20'),
        loggedAt: new Date('2026-11-20'),
        requestKey: uuid(),
        nthThatDay: number + 1,
      })),
    });
    const [calls, deliveries] = [world.teams.calls.length, world.teams.deliveries.length];
    for (const words of ['visits acacacac 0', 'account acacacac 0', 'visits', 'actions', 'home', 'account', 'today']) {
      const before = written(anna).length;
      expectSent(await anna.say(words));
      expect(written(anna), words).toHaveLength(before + 1);
    }
    const sizes = sizesSince(calls, deliveries);
    expect(Math.max(...sizes)).toBeLessThan(largest);
    expect(
      written(anna)
        .map(({ text }) => text)
        .join('\n'),
    ).toMatch(/…|and \d+ more/);
    expect(world.teams.calls.filter(({ status }) => status === 413)).toEqual([]);
  });

  it('the longest answers come back in the form, and are saved', async () => {
    const [calls, deliveries] = [world.teams.calls.length, world.teams.deliveries.length];
    const note = `${'长'.repeat(2_999)}!`;
    expectSent(await anna.say('log'));
    await anna.fill('Customer', 'acacacac');
    await anna.fill('What happened', note);
    await anna.fill('Next step', '步'.repeat(200));
    await anna.fill('Date', '2027-01-01');
    expectSent(await anna.submit());
    expect(anna.answer('What happened')).toBe(note);
    await anna.fill('Date', '2026-10-01');
    expectSent(await anna.submit());
    expect(await world.bot.database.prisma.visit.count({ where: { note } })).toBe(1);
    expect(Math.max(...sizesSince(calls, deliveries))).toBeLessThan(largest);
  });

  it('nothing of it was a surprise', () => {
    expect(mistakes(world.log)).toEqual([]);
  });
});
