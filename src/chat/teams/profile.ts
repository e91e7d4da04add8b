import type { Profile } from '../gesture.ts';
import type { Actor, Adapter } from './adapter.ts';
import { faultOf, type Member, type Where } from './calls.ts';

/**
 * Reads a user's profile from the roster of where they act, else of a conversation that knows them; null when nobody
 * knows them. Throws when Teams is slow or gone. Zone and language are only known of who acts.
 */
export async function readProfile(adapter: Adapter, userId: string, actor: Actor): Promise<Profile | null> {
  const self = userId === actor.user;
  const here = await memberOf(adapter, actor.where, userId);
  const member = here ?? (self ? null : await elsewhere(adapter, userId));
  if (member === null) return null;
  return profileOf(member, adapter, self ? actor : null);
}

/** What a roster says of a person, and what their own activity adds. */
export function profileOf(
  member: Member,
  { tenantId, mayAdminister }: Pick<Adapter, 'tenantId' | 'mayAdminister'>,
  speaks: Pick<Actor, 'name' | 'timeZone' | 'locale'> | null,
): Profile {
  const names = [member.name, [member.givenName, member.surname].filter(Boolean).join(' '), speaks?.name];
  // Both are the tenant's own words of its members; people cannot change them by themselves.
  const email = member.email ?? member.userPrincipalName;
  const outsider =
    (member.userRole !== null && member.userRole !== 'user') ||
    (member.tenantId !== null && member.tenantId !== tenantId && tenantId !== 'local');
  return {
    name: names.find((name) => typeof name === 'string' && name.trim() !== '') ?? '',
    // A guest's address is one of another company, and vouched for by nobody here.
    email: outsider ? null : email,
    timeZone: speaks?.timeZone ?? null,
    locale: speaks?.locale ?? null,
    mayAdminister: !outsider && mayAdminister(email),
    outsider,
    deactivated: false,
  };
}

async function memberOf({ connectors }: Adapter, where: Where, userId: string): Promise<Member | null> {
  try {
    return await connectors.interactive.member(where, userId);
  } catch (error) {
    const fault = faultOf(error);
    if (fault.fault === 'refused' && [400, 403, 404].includes(fault.status ?? 0)) return null;
    throw error;
  }
}

/** Somebody else: known from their own chat, or from where they could be chosen. Other ids are nobody's. */
async function elsewhere(adapter: Adapter, userId: string): Promise<Member | null> {
  const where = adapter.rosters.whereIs(userId) ?? (await adapter.conversations.store.personal(userId));
  return where === null ? null : memberOf(adapter, where, userId);
}
