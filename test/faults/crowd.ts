import { v7 as uuid } from 'uuid';
import { nameKey } from '../../src/accounts/name.ts';
import { searchTermsOf } from '../../src/accounts/search-terms.ts';
import type { MovableClock } from '../../src/clock.ts';
import type { Database } from '../../src/database.ts';
import type { Log } from '../../src/log.ts';
import { demoApp } from '../../src/sandbox/demo/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';

const team = { id: 'T0CROWD', name: 'Crowd', domain: 'crowd' };
const bot = 'U0KAMBOT';
/** Where all of them live. */
export const crowdZone = 'Europe/Berlin';
const userOf = (number: number) => `U0REP${number}`;
const channelOf = (number: number) => `C0REP${number}`;

/** What the crowd's bots are started with. */
export const crowdApp = demoApp('a-signing-secret-of-the-crowd');

/** The name of a customer of the crowd: no name is the beginning of another. */
export const customerOf = (number: number): string => `Customer ${String(number).padStart(3, '0')}`;

/** A workspace of many colleagues, each in a team of their own whose visits are announced in its own channel. */
export async function crowdSandbox(people: number, clock: MovableClock, log: Log): Promise<Sandbox> {
  const numbers = Array.from({ length: people }, (_, number) => number);
  const names = numbers.map((number) => `Rep ${String(number).padStart(3, '0')}`);
  return startSandbox({
    port: 0,
    clock,
    log,
    app: crowdApp,
    rateLimits: { messageBurst: Number.POSITIVE_INFINITY, tiers: false },
    workspace: {
      team,
      users: numbers.map((number) => ({
        id: userOf(number),
        name: `rep${number}`,
        realName: names[number] ?? '',
        email: `rep${number}@crowd.example`,
        tz: crowdZone,
        locale: 'en-GB',
      })),
      channels: [
        { id: 'C0GENERAL', name: 'general', members: [...numbers.map(userOf), bot] },
        // Nobody else is in it: a client shows all that was ever said in its channels, and is asked for that very often.
        ...numbers.map((number) => ({
          id: channelOf(number),
          name: `rep-${number}`,
          members: [userOf(number), bot],
        })),
      ],
    },
  });
}

/** Puts the crowd and its customers into the organisation of a bot that has started once; answers the user ids. */
export async function seedCrowd({ prisma }: Database, people: number, customers: number): Promise<string[]> {
  const workspace = await prisma.workspace.findFirstOrThrow({ where: { externalId: team.id } });
  const { organizationId, id: workspaceId } = workspace;
  await prisma.organization.update({ where: { id: organizationId }, data: { setUpAt: new Date() } });
  const numbers = Array.from({ length: people }, (_, number) => number);
  const ids = numbers.map(() => uuid());
  const personId = (number: number) => ids[number] ?? '';
  await prisma.person.createMany({
    data: numbers.map((number) => ({
      organizationId,
      id: personId(number),
      name: `Rep ${number}`,
      timeZone: crowdZone,
      locale: 'en',
      administrator: number === 0,
    })),
  });
  await prisma.identity.createMany({
    data: numbers.map((number) => ({
      organizationId,
      workspaceId,
      personId: personId(number),
      externalId: userOf(number),
    })),
  });
  const teams = numbers.map((number) => ({
    organizationId,
    id: uuid(),
    name: `Team ${number}`,
    timeZone: crowdZone,
    locale: 'en',
    channelWorkspaceId: workspaceId,
    channelId: channelOf(number),
    announceVisits: true,
  }));
  await prisma.team.createMany({ data: teams });
  await prisma.membership.createMany({
    data: teams.map(({ id: teamId }, number) => ({ organizationId, teamId, personId: personId(number) })),
  });
  await prisma.account.createMany({
    data: Array.from({ length: customers }, (_, number) => {
      const name = customerOf(number);
      const terms = searchTermsOf(organizationId, { name, otherNames: [], code: null });
      return {
        organizationId,
        id: uuid(),
        name,
        nameKey: nameKey(name),
        ownerId: personId(0),
        createdAt: new Date(),
        searchText: terms.text,
        searchGrams: terms.grams,
      };
    }),
  });
  return numbers.map(userOf);
}
