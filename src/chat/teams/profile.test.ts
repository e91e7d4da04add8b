import { expect, test } from 'vitest';
import type { Profile } from '../gesture.ts';
import type { Member } from './calls.ts';
import { profileOf } from './profile.ts';

const tenantId = '7e7a0000-0000-4000-8000-000000000001';
const anna: Member = {
  id: '29:anna',
  aadObjectId: 'aad-anna',
  name: 'Anna Becker',
  givenName: 'Anna',
  surname: 'Becker',
  email: 'anna@kestrel.example',
  userPrincipalName: 'anna.becker@kestrel.example',
  tenantId,
  userRole: 'user',
};
const speaks = { name: 'Anna B.', timeZone: 'Europe/Berlin', locale: 'en-GB' };
const runs = (email: string | null) => email?.startsWith('anna') === true;

test.each<[string, Partial<Member>, Partial<Profile>]>([
  ['a member', {}, { name: 'Anna Becker', email: 'anna@kestrel.example', outsider: false, mayAdminister: true }],
  ['without a whole name', { name: null }, { name: 'Anna Becker' }],
  ['with a blank name', { name: '  ' }, { name: 'Anna Becker' }],
  ['with a first name only', { name: null, surname: null }, { name: 'Anna' }],
  ['without any name in the roster', { name: null, givenName: null, surname: null }, { name: 'Anna B.' }],
  ['without an address', { email: null }, { email: 'anna.becker@kestrel.example' }],
  ['without an address at all', { email: null, userPrincipalName: null }, { email: null, mayAdminister: false }],
  ['who runs nothing', { email: 'tom@kestrel.example' }, { mayAdminister: false }],
  ['a guest', { userRole: 'guest' }, { outsider: true, email: null, mayAdminister: false }],
  ['an anonymous one', { userRole: 'anonymous' }, { outsider: true, email: null }],
  ['of another tenant', { tenantId: 'elsewhere' }, { outsider: true, email: null, mayAdminister: false }],
  ['of a tenant that is not said', { tenantId: null }, { outsider: false }],
  ['of a role that is not said', { userRole: null }, { outsider: false }],
])('%s', (_, member, expected) => {
  expect(profileOf({ ...anna, ...member }, { tenantId, mayAdminister: runs }, speaks)).toMatchObject({
    timeZone: 'Europe/Berlin',
    locale: 'en-GB',
    deactivated: false,
    ...expected,
  });
});

test('of whom others chose, zone and language are not known', () => {
  const profile = profileOf(
    { ...anna, name: null, givenName: null, surname: null },
    { tenantId, mayAdminister: runs },
    null,
  );
  expect(profile).toMatchObject({ name: '', timeZone: null, locale: null });
});

test('where nobody proves who they are, the tenant of a roster is any', () => {
  const local = { tenantId: 'local', mayAdminister: () => true };
  expect(profileOf(anna, local, speaks)).toMatchObject({ outsider: false, mayAdminister: true });
});
