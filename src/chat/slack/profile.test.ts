import { expect, test } from 'vitest';
import { slackUser } from './payloads.ts';
import { profileOf } from './profile.ts';

const member = { id: 'U1', team_id: 'T1', name: 'ann', real_name: 'Ann Lee', tz: 'Asia/Shanghai', locale: 'zh-CN' };
const profile = (more: Record<string, unknown> = {}) => profileOf(slackUser.parse({ ...member, ...more }), 'T1');

test('a full member', () => {
  expect(profile({ profile: { email: 'ann@acme.example' } })).toEqual({
    name: 'Ann Lee',
    email: 'ann@acme.example',
    timeZone: 'Asia/Shanghai',
    locale: 'zh-CN',
    mayAdminister: false,
    outsider: false,
    deactivated: false,
  });
});

test.each([
  ['a guest', { is_restricted: true }],
  ['a guest of one channel', { is_ultra_restricted: true }],
  ['somebody of another company', { is_stranger: true }],
  ['somebody of another workspace', { team_id: 'T2' }],
  ['a bot', { is_bot: true }],
  ['Slackbot', { id: 'USLACKBOT' }],
])('%s is an outsider', (_, more) => {
  expect(profile(more).outsider).toBe(true);
});

test('somebody of an Enterprise organisation belongs to each of their workspaces', () => {
  const enterprise = (teams: string[]) => profile({ team_id: 'E1', enterprise_user: { id: 'W1', teams } });
  expect(enterprise(['T0', 'T1']).outsider).toBe(false);
  expect(enterprise(['T0']).outsider).toBe(true);
});

test.each([{ is_admin: true }, { is_owner: true }, { is_primary_owner: true }])('%o may administer', (more) => {
  expect(profile(more).mayAdminister).toBe(true);
});

test('a zone that nobody knows is UTC, and a nameless user has their id', () => {
  expect(profile({ tz: 'Mars/Olympus', name: '', real_name: ' ' })).toMatchObject({ timeZone: 'UTC', name: 'U1' });
  expect(profile({ tz: null }).timeZone).toBe('UTC');
});
