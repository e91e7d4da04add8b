import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import type { Gesture, PlatformUser, Profile, What } from '../../src/chat/gesture.ts';
import type { Call, Me } from '../../src/chat/slice.ts';
import type { Locale } from '../../src/text/locale.ts';
import { textIn } from '../../src/text/text.ts';
import { profileOf, type SeededOrganization, type SeededPerson } from './seed.ts';

/** Monday, 23 November 2026, 10:00 in Berlin. */
export const monday = Temporal.Instant.from('2026-11-23T09:00:00Z');

/** What a slice's commands are called with when this person acts. Without `manages` and `memberOf`: no teams. */
export function makeCall(
  organization: SeededOrganization,
  person: SeededPerson,
  given: {
    me?: Partial<Me>;
    locale?: Locale;
    now?: Temporal.Instant;
    id?: string;
    place?: Call['place'];
    colleagues?: Call['colleagues'];
    file?: Call['file'];
  } = {},
): Call {
  const { now = monday, locale = 'en', id = uuid() } = given;
  const { name, timeZone, currency, isSetUp } = organization;
  const me: Me = {
    organizationId: organization.id,
    id: person.id,
    name: person.name,
    timeZone: person.timeZone,
    workspaceId: person.workspaceId,
    administrator: person.administrator,
    observer: person.observer,
    manages: [],
    memberOf: [],
    mayAdminister: false,
    ...given.me,
  };
  return {
    me,
    organization: { id: organization.id, name, timeZone, currency, isSetUp },
    text: textIn(locale),
    now,
    today: now.toZonedDateTimeISO(me.timeZone).toPlainDate(),
    id,
    place: given.place ?? { kind: 'direct' },
    colleagues: given.colleagues ?? 'users',
    file: given.file ?? (async () => Promise.reject(new Error('no file was handed over'))),
  };
}

/** A gesture of a platform user; `profiles` are what the platform knows of users, by their id. */
export function makeGesture(
  from: PlatformUser,
  given: {
    what?: What;
    id?: string;
    profiles?: Readonly<Record<string, Profile | null>>;
    profile?: Gesture['profile'];
  } = {},
): Gesture {
  const { what = { did: 'said', words: 'help' }, id = uuid(), profiles = { [from.user]: profileOf() } } = given;
  return {
    id,
    from,
    place: { kind: 'direct' },
    manner: { address: '/kam ', colleagues: 'users' },
    what,
    profile: given.profile ?? (async (user) => profiles[user] ?? null),
    file: async () => Promise.reject(new Error('no file was handed over')),
  };
}
