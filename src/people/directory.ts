import { setTimeout } from 'node:timers/promises';
import type { Directory, Recognised } from '../chat/directory.ts';
import type { Gesture, PlatformUser, Profile } from '../chat/gesture.ts';
import { isPointer } from '../chat/pointer.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { nearestLocale } from '../text/locale.ts';
import type { Named } from './find-name.ts';
import type { IdentityRow, IdentityStore, KeptProfile, PersonOfUser } from './identity-store.ts';
import { localeOf } from './locale-of.ts';
import { recent } from './recent.ts';
import { isTimeZone, validTimeZone } from './time-zone.ts';

/** Milliseconds for which an answer is taken from memory without asking the database. */
const fresh = 30_000;
/** Milliseconds for which it still opens forms when the database is slow or gone. */
const usable = 24 * 3_600_000;
/** Milliseconds that the database has to answer about somebody who is in memory. */
const patience = 400;
/** Milliseconds after which it is written down again that somebody was here. */
const seenEvery = 3_600_000;
/** Milliseconds after which a profile is read again. */
const profileAge = 24 * 3_600_000;
/** The same while nobody runs the organisation: who became an owner of the workspace shall not wait for a day. */
const profileAgeBeforeSetUp = 60_000;
const remembered = 10_000;
const nameLength = 200;

/** The directory, and what the slice itself needs of it. */
export interface PeopleDirectory extends Directory {
  /** What was remembered of these people, or of all of an organisation, is no longer true. */
  forget(organizationId: string, personIds?: readonly string[]): void;
  /** Waits for what goes on in the background. */
  settled(): Promise<void>;
}

type Known = Recognised & { known: true };
interface Entry {
  who: Recognised;
  organizationId: string | null;
}

// The user comes last and quoted: what is before it is the start of all keys of a workspace.
const keyOf = (from: PlatformUser) => JSON.stringify([from.platform, from.workspace, from.user]);

/** Recognises people by platform user. `slowAfter` is in milliseconds. */
export function createDirectory(needs: {
  store: IdentityStore;
  clock: Clock;
  log: Log;
  slowAfter?: number;
  /** Somebody lives by another clock now; awaited before it counts as done. */
  moved?: (organizationId: string, personId: string) => Promise<void>;
  /** Somebody's address turns out to be the one of `other`, whom another workspace knows. */
  knownTwice?: (organizationId: string, personId: string, other: Named) => Promise<void>;
}): PeopleDirectory {
  const { store, clock, log, slowAfter = patience, moved, knownTwice } = needs;
  const memory = recent<Entry>(remembered);
  const background = new Map<string, Promise<void>>();

  function inBackground(key: string, work: () => Promise<void>): void {
    if (background.has(key)) return;
    const running = work()
      .catch((error: unknown) => log.warn({ err: error }, 'what is known of a person could not be renewed'))
      .finally(() => background.delete(key));
    background.set(key, running);
  }

  async function applyProfile(from: PlatformUser, row: IdentityRow, profile: Profile | null): Promise<void> {
    let other: Named | null = null;
    if (isFullMember(profile)) {
      const now = kept(profile, from.user, row);
      other = await store.refresh(row, from.user, now, clock.now());
      if (row.person && row.person.timeZone !== now.timeZone) await moved?.(row.organizationId, row.person.id);
    } else await store.leave(row, from.user, clock.now());
    // The same person may speak from another workspace too.
    memory.forget(({ who }, key) => key === keyOf(from) || (who.known && who.me.id === row.person?.id));
    if (row.person && other) await knownTwice?.(row.organizationId, row.person.id, other);
  }

  async function look(gesture: Gesture): Promise<Recognised> {
    const { from } = gesture;
    const since = memory.epoch;
    let row = await store.find(from);
    if (row === null || row.removed) return { known: false, locale: localeOf(null, null, row?.organizationLocale) };
    if (row.person === null) {
      const profile = await gesture.profile(from.user);
      if (!isFullMember(profile)) {
        const who = { known: false, locale: localeOf(null, profile?.locale, row.organizationLocale) } as const;
        memory.keep(keyOf(from), { who, organizationId: row.organizationId }, clock.now().epochMilliseconds, since);
        return who;
      }
      await store.add(row, from.user, kept(profile, from.user, row), clock.now());
      row = await store.find(from);
      // Removed or deactivated in between.
      if (row === null || row.person === null) return { known: false, locale: localeOf(null, profile.locale, 'en') };
    }
    const { person } = row;
    if (person === null) return { known: false, locale: localeOf(null, null, row.organizationLocale) };
    const who = recognised(row, person);
    memory.keep(keyOf(from), { who, organizationId: row.organizationId }, clock.now().epochMilliseconds, since);
    noteSeen(from, row, person);
    refreshIfOld(gesture, row, person);
    return who;
  }

  function noteSeen(from: PlatformUser, row: IdentityRow, { seenAt }: PersonOfUser): void {
    const now = clock.now();
    if (seenAt !== null && now.epochMilliseconds - seenAt.getTime() < seenEvery) return;
    inBackground(`seen ${keyOf(from)}`, () => store.seen(row, from.user, now));
  }

  function refreshIfOld(gesture: Gesture, row: IdentityRow, person: PersonOfUser): void {
    const age = clock.now().epochMilliseconds - person.refreshedAt.getTime();
    if (age < (row.hasAdministrator ? profileAge : profileAgeBeforeSetUp)) return;
    const { from } = gesture;
    inBackground(keyOf(from), async () => applyProfile(from, row, await gesture.profile(from.user)));
  }

  async function recognise(gesture: Gesture): Promise<Recognised> {
    const entry = memory.get(keyOf(gesture.from));
    if (entry === undefined) return look(gesture);
    const age = clock.now().epochMilliseconds - entry.at;
    if (age >= 0 && age < fresh) return entry.value.who;
    if (age >= usable || !entry.value.who.known) return look(gesture);
    const asked = look(gesture);
    const waiting = new AbortController();
    const slow = setTimeout(slowAfter, null, { signal: waiting.signal }).catch(() => null);
    // Its failure is told here even when nobody waits for the answer any more.
    const answered = asked.catch((error: unknown) => {
      log.warn({ err: error }, 'a person is recognised from memory');
      return null;
    });
    const who = await Promise.race([answered, slow]);
    waiting.abort();
    return who ?? entry.value.who;
  }

  return {
    recognise,

    async personIds(gesture, users) {
      const row = await store.find(gesture.from);
      if (row === null || row.removed) return new Map(users.map((user) => [user, null]));
      const known: Map<string, string | null> = await store.personIds(row, users);
      const unknown = [...new Set(users)].filter((user) => !known.has(user));
      await Promise.all(
        unknown.map(async (user) => {
          const profile = await gesture.profile(user);
          const full = isFullMember(profile);
          known.set(user, full ? await store.add(row, user, kept(profile, user, row), clock.now()) : null);
        }),
      );
      return known;
    },

    userIds: (organizationId, workspaceId, personIds) => store.userIds({ organizationId, workspaceId }, personIds),
    colleagues: (organizationId, personIds) => store.colleagues(organizationId, personIds.filter(isPointer)),

    async profileChanged(from, user, profile) {
      const row = await store.find({ ...from, user });
      // Whoever is not known is not stored because of an event; but what was said of them in memory may have changed.
      if (row?.person) await applyProfile({ ...from, user }, row, profile);
      else memory.forget((_, key) => key === keyOf({ ...from, user }));
    },

    async workspaceRemoved(from) {
      await store.removeWorkspace(from, clock.now());
      const start = keyOf({ ...from, user: '' }).slice(0, -2);
      memory.forget((_, key) => key.startsWith(start));
    },

    forget(organizationId, personIds) {
      memory.forget(({ who, organizationId: theirs }) => {
        if (theirs !== organizationId) return false;
        return personIds === undefined || (who.known && personIds.includes(who.me.id));
      });
    },

    settled: async () => {
      await Promise.all(background.values());
    },
  };
}

/** Ids of people come from outside, too. */

const isFullMember = (profile: Profile | null): profile is Profile & { outsider: false; deactivated: false } =>
  profile !== null && !profile.outsider && !profile.deactivated;

function kept(profile: Profile, user: string, row: IdentityRow): KeptProfile {
  // What the platform does not say now stays as it was said last.
  const zones = [profile.timeZone, row.person?.timeZone].filter((zone) => typeof zone === 'string');
  return {
    name: profile.name.trim().slice(0, nameLength) || user,
    email: profile.email?.trim().toLowerCase() || null,
    timeZone: zones.find(isTimeZone) ?? row.organizationTimeZone,
    locale: nearestLocale(profile.locale),
    mayAdminister: profile.mayAdminister,
  };
}

function recognised(row: IdentityRow, person: PersonOfUser): Known {
  const timeZone = validTimeZone(row.organizationTimeZone);
  return {
    known: true,
    me: {
      organizationId: row.organizationId,
      id: person.id,
      name: person.name,
      timeZone: validTimeZone(person.timeZone, timeZone),
      workspaceId: row.workspaceId,
      administrator: person.administrator,
      observer: person.observer,
      manages: person.manages,
      memberOf: person.memberOf,
      mayAdminister: person.mayAdminister,
    },
    organization: {
      id: row.organizationId,
      name: row.organizationName,
      timeZone,
      currency: row.currency,
      isSetUp: row.isSetUp,
    },
    locale: localeOf(person.chosenLocale, person.locale, row.organizationLocale),
  };
}
