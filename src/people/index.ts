import type { Directory } from '../chat/directory.ts';
import { type Nudge, outboxRow } from '../chat/outbox.ts';
import type { Slice } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Log } from '../log.ts';
import type { Locale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { knownTwiceCard } from './cards.ts';
import { peopleSlice } from './commands.ts';
import { createDirectory } from './directory.ts';
import { findNames, type Named } from './find-name.ts';
import { identityStore } from './identity-store.ts';
import { linkStore } from './link-store.ts';
import { localeOf } from './locale-of.ts';
import { type OrganizationRow, type PersonRow, peopleStore, type TeamRow } from './store.ts';
import { validTimeZone } from './time-zone.ts';
import { type Ensured, type PlatformWorkspace, workspaceStore } from './workspace-store.ts';

export { type Reader, readerRow, readerSql } from './reader.ts';
export {
  type Belongs,
  may,
  mayChangeTeam,
  mayReadTeam,
  type Reach,
  type Right,
  type Role,
  reach,
  readableTeams,
  roleOf,
} from './rights.ts';
export { validTimeZone } from './time-zone.ts';

/** A colleague, as the other slices see them. */
export interface Person {
  id: string;
  name: string;
  /** A valid IANA name. */
  timeZone: string;
  /** What the bot speaks with them when it speaks by itself. */
  locale: Locale;
  administrator: boolean;
  observer: boolean;
  /** False: gone from the platform; their records stay. */
  active: boolean;
}

export interface Team extends Omit<TeamRow, 'locale'> {
  /** What is spoken in the team's channel. */
  locale: Locale;
}

/** Who is this, who leads whom, and who may. Every id is looked for within one organisation only. */
export interface People {
  slice: Slice;
  directory: Directory;
  /** Null: no such person. */
  person(organizationId: string, id: string): Promise<Person | null>;
  people(organizationId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** Ids to names; also of those who left. */
  names(organizationId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Whom the words mean: the exact names, else the beginnings, else the parts; pinyin too. Also those who left. */
  findByName(organizationId: string, words: string): Promise<readonly Named[]>;
  /** The teams that each belongs to or manages, for `Belongs`; everybody asked for is in the map. */
  teamsOf(organizationId: string, personIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The managers of each person's teams, not themselves; everybody asked for is in the map. */
  managersOf(organizationId: string, personIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Null: no such team, or archived. */
  team(organizationId: string, teamId: string): Promise<Team | null>;
  /** The teams by name: all, or those with the ids. */
  teams(organizationId: string, teamIds: readonly string[] | 'all'): Promise<readonly Team[]>;
  /** Those who are told when something breaks. */
  administrators(organizationId: string): Promise<readonly Named[]>;
  organization(organizationId: string): Promise<OrganizationRow | null>;
  organizations(): Promise<readonly { id: string; name: string }[]>;
  /**
   * Makes the workspace known at the start; any number of processes may call it at once, and a workspace that was removed
   * is back. A new one joins the organisation that is given, else it gets one of its own, which speaks `locale` until the
   * set-up. A known one stays where it is: `elsewhere` says that this is not where it was to be.
   */
  ensureWorkspace(
    workspace: PlatformWorkspace & { name: string; locale?: Locale; organizationId?: string },
  ): Promise<Ensured>;
  /** Where the workspace belongs, before it is made known; null: nowhere yet. */
  organizationOf(workspace: PlatformWorkspace): Promise<string | null>;
  /** Waits for what goes on in the background; call it before the database is closed. */
  settled(): Promise<void>;
}

export function createPeople(needs: {
  database: Database;
  clock: Clock;
  log: Log;
  /** Told when a person's time zone has changed on the platform. */
  moved?: (organizationId: string, personId: string) => Promise<void>;
  /** Told when the teams or the role of these people have changed. */
  changed?: (organizationId: string, personIds: readonly string[]) => Promise<void>;
  nudge?: Nudge;
  /** Milliseconds after which a joining of two accounts goes on by itself; 1,500, for the platforms wait 3,000. */
  patience?: number;
}): People {
  const { database, clock, log, moved, changed, nudge, patience = 1_500 } = needs;
  const workspaces = workspaceStore(database);
  const store = peopleStore(database);
  const links = linkStore(database);

  async function knownTwice(organizationId: string, personId: string, other: Named): Promise<void> {
    const [row] = await store.people(organizationId, [personId]);
    if (!row) return;
    const card = knownTwiceCard(textIn(personOf(row).locale), other);
    // Whichever of the two profiles says it first: one pair is told once.
    const key = `people-known-twice:${[personId, other.id].sort().join(':')}`;
    await links.say(outboxRow({ organizationId, key, to: { personId }, content: { do: 'post', card } }, clock.now()));
    nudge?.();
  }

  const directory = createDirectory({
    store: identityStore(database),
    clock,
    log,
    knownTwice,
    ...(moved ? { moved } : {}),
  });

  const running = new Set<Promise<unknown>>();
  function inBackground(work: Promise<unknown>, failed: string): void {
    const watched = work
      .catch((error: unknown) => log.warn({ err: error }, failed))
      .finally(() => running.delete(watched));
    running.add(watched);
  }

  /** Whoever is remembered otherwise may also be asked otherwise from now on. */
  const forget: typeof directory.forget = (organizationId, personIds) => {
    directory.forget(organizationId, personIds);
    if (changed && personIds) inBackground(changed(organizationId, personIds), 'changed teams were not told of');
  };

  async function joined(organizationId: string, personId: string, hasMoved: boolean): Promise<void> {
    nudge?.();
    if (!hasMoved) return;
    // The two are one, whatever becomes of this.
    await moved?.(organizationId, personId).catch((error: unknown) => {
      log.warn({ err: error }, 'what a joined person had was not set to their clock');
    });
  }

  const people: People['people'] = async (organizationId, ids) =>
    new Map((await store.people(organizationId, ids)).map((row) => [row.id, personOf(row)]));
  return {
    slice: peopleSlice({
      store,
      links,
      joined,
      inBackground: (work) => inBackground(work, 'two accounts were not joined after their person was answered'),
      patience,
      forget,
      userIds: directory.userIds,
    }),
    directory,
    people,
    person: async (organizationId, id) => (await people(organizationId, [id])).get(id) ?? null,
    names: async (organizationId, ids) =>
      new Map((await store.people(organizationId, ids)).map((row) => [row.id, row.name])),
    findByName: async (organizationId, words) => findNames(words, await store.allNames(organizationId)),
    teamsOf: async (organizationId, ids) => forEach(ids, await store.teamsOf(organizationId, ids)),
    managersOf: async (organizationId, ids) => forEach(ids, await store.managersOf(organizationId, ids)),
    team: async (organizationId, teamId) => {
      const row = await store.team(organizationId, teamId);
      return row && teamOf(row);
    },
    teams: async (organizationId, teamIds) => (await store.teams(organizationId, teamIds)).map(teamOf),
    administrators: store.administrators,
    organization: store.organization,
    organizations: store.organizations,
    ensureWorkspace: ({ locale = 'en', ...workspace }) => workspaces.ensure({ ...workspace, locale }, clock.now()),
    organizationOf: workspaces.organizationOf,
    settled: async () => {
      await Promise.all([directory.settled(), ...running]);
    },
  };
}

const forEach = (ids: readonly string[], found: ReadonlyMap<string, readonly string[]>) =>
  new Map(ids.map((id) => [id, found.get(id) ?? []]));

const personOf = (row: PersonRow): Person => ({
  id: row.id,
  name: row.name,
  timeZone: validTimeZone(row.timeZone, row.organizationTimeZone),
  locale: localeOf(row.chosenLocale, row.locale, row.organizationLocale),
  administrator: row.administrator,
  observer: row.observer,
  active: row.active,
});

const teamOf = (row: TeamRow): Team => ({ ...row, locale: localeOf(null, row.locale, undefined) });
