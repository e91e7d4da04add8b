import { expect, test } from 'vitest';
import { channelOf, heardOf } from './conversations.ts';
import type { Heard } from './conversations-store.ts';
import { activity } from './payloads.ts';

const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const from = { id: '29:anna', aadObjectId: 'aad-anna' };
const team = { id: '19:team@thread.tacv2', name: 'Key Accounts' };
const nothing = { serviceUrl, userId: null, teamId: null, teamName: null, name: null };

test.each<[string, object, Heard]>([
  [
    'a personal chat',
    { conversation: { id: 'a:1', conversationType: 'personal' } },
    { ...nothing, conversation: 'a:1', kind: 'personal', userId: 'aad-anna' },
  ],
  [
    'one whose kind is not said',
    { conversation: { id: 'a:1' } },
    { ...nothing, conversation: 'a:1', kind: 'personal', userId: 'aad-anna' },
  ],
  [
    'a group whose kind is not said',
    { conversation: { id: '19:g@thread.v2', isGroup: true } },
    { ...nothing, conversation: '19:g@thread.v2', kind: 'groupChat' },
  ],
  [
    'a place of a kind that nobody knows yet',
    { conversation: { id: '19:m@thread.v2', conversationType: 'townHall' } },
    { ...nothing, conversation: '19:m@thread.v2', kind: 'groupChat' },
  ],
  [
    'a group chat with a name',
    { conversation: { id: '19:g@thread.v2', conversationType: 'groupChat', name: 'Alps' } },
    { ...nothing, conversation: '19:g@thread.v2', kind: 'groupChat', name: 'Alps' },
  ],
  [
    'a channel',
    {
      conversation: { id: '19:c@thread.tacv2', conversationType: 'channel' },
      channelData: { team, channel: { id: '19:c@thread.tacv2', name: 'sales' } },
    },
    {
      ...nothing,
      conversation: '19:c@thread.tacv2',
      kind: 'channel',
      name: 'sales',
      teamId: team.id,
      teamName: team.name,
    },
  ],
  [
    'a thread of a channel',
    {
      conversation: { id: '19:c@thread.tacv2;messageid=1', conversationType: 'channel' },
      channelData: { team: { id: team.id }, channel: { id: '19:c@thread.tacv2' } },
    },
    { ...nothing, conversation: '19:c@thread.tacv2', kind: 'channel', teamId: team.id },
  ],
  [
    'a personal chat that names a team all the same',
    { conversation: { id: 'a:1', conversationType: 'personal' }, channelData: { team } },
    { ...nothing, conversation: 'a:1', kind: 'personal', userId: 'aad-anna' },
  ],
  [
    'nobody’s personal chat',
    { from: { id: '29:x' }, conversation: { id: 'a:2', conversationType: 'personal' } },
    { ...nothing, conversation: 'a:2', kind: 'personal' },
  ],
])('%s', (_, given, expected) => {
  const read = activity.parse({ type: 'message', serviceUrl, from, recipient: { id: '28:bot' }, ...given });
  expect(heardOf(read)).toEqual(expected);
});

test.each([
  ['19:c@thread.tacv2;messageid=1', '19:c@thread.tacv2'],
  ['19:c@thread.tacv2', '19:c@thread.tacv2'],
  ['', ''],
])('"%s" is in "%s"', (conversation, channel) => {
  expect(channelOf(conversation)).toBe(channel);
});
