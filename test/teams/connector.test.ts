import { ConversationClient, MessageActivityInput } from '@microsoft/teams.api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStranger, type Stranger } from '../support/teams/stranger.ts';
import { expectSent, TeamsMember } from '../support/teams/teams-member.ts';
import { foreignTenantId, groupChat, neighbour, otherTeam } from '../support/teams/tenant.ts';

let stranger: Stranger;
let teams: Stranger['teams'];
let conversations: Stranger['conversations'];
let heard: Stranger['heard'];
beforeEach(async () => {
  stranger = await openStranger();
  ({ teams, conversations, heard } = stranger);
});
afterEach(() => stranger.close());

const anna = () => new TeamsMember(teams, 'U0BECKER');
const tom = () => new TeamsMember(teams, 'U0CARTER');
const chatOf = (key: string) => teams.tenant.place(key).id;
/** How a call is refused: the status and the code beside it. */
const refusal = async (call: Promise<unknown>) => {
  const error: { response?: { status: number; data: { error: { code: string } } } } = await call.then(
    () => ({}),
    (reason) => reason,
  );
  return error.response && [error.response.status, error.response.data.error.code];
};

describe('the connector, as the SDK calls it', () => {
  it('sends, rewrites and removes a message', async () => {
    const { id } = await conversations.createActivity(chatOf('U0BECKER'), new MessageActivityInput('Good **morning**'));
    expect(anna().lastMessage).toMatchObject({ id, from: 'bot', place: 'U0BECKER', text: 'Good morning' });
    expect(tom().messages).toEqual([]);
    await conversations.updateActivity(chatOf('U0BECKER'), id, new MessageActivityInput('Good evening'));
    expect(anna().messages.map(({ text }) => text)).toEqual(['Good evening']);
    await conversations.deleteActivity(chatOf('U0BECKER'), id);
    expect(anna().messages).toEqual([]);
  });

  it('opens a person’s own chat, which is always the same', async () => {
    const { aadObjectId, id, tenantId } = teams.tenant.person('U0BECKER');
    for (const member of [aadObjectId, id]) {
      const opened = await conversations.create({ members: [{ id: member, role: 'user' }], tenantId });
      expect(opened.id).toBe(chatOf('U0BECKER'));
    }
  });

  it('makes two messages of a text with a card, and names neither', async () => {
    const both = new MessageActivityInput('Hello').addCard('adaptive', {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [],
    });
    expect(await conversations.createActivity(chatOf('U0BECKER'), both)).not.toHaveProperty('id');
    expect(anna().messages).toHaveLength(2);
  });

  it('keeps threads of a channel together', async () => {
    const { id: root } = await conversations.createActivity(chatOf('C0EUROPE'), new MessageActivityInput('Monday'));
    const thread = `${chatOf('C0EUROPE')};messageid=${root}`;
    await conversations.createActivity(thread, new MessageActivityInput('More'));
    await conversations.createActivity(chatOf('C0EUROPE'), new MessageActivityInput('Tuesday'));
    const seen = tom().messages.map(({ text, thread: of }) => [text, of === root]);
    expect(seen).toEqual([
      ['Monday', true],
      ['More', true],
      ['Tuesday', false],
    ]);
  });

  it('shows a targeted message to one person', async () => {
    const { id: recipient, name } = teams.tenant.person('U0CARTER');
    const only = new MessageActivityInput('Only you').withRecipient({ id: recipient, name, role: 'user' }, true);
    const { id } = await conversations.createTargetedActivity(chatOf('C0EUROPE'), only);
    expect(tom().lastMessage).toMatchObject({ text: 'Only you', onlyForMe: true });
    expect(anna().messages).toEqual([]);
    await conversations.updateTargetedActivity(chatOf('C0EUROPE'), id, new MessageActivityInput('Still only you'));
    expect(tom().told).toEqual(['Still only you']);
  });

  it('says who is in a conversation, in pages', async () => {
    const guest = teams.tenant.person('U0GUEST');
    expect(await conversations.getMemberById(chatOf(groupChat), guest.aadObjectId)).toMatchObject({
      id: guest.id,
      aadObjectId: guest.aadObjectId,
      userRole: 'guest',
      email: 'marco.partner@kestrel.example',
    });
    teams.membersPerPage = 3;
    const first = await conversations.getPagedMembers(chatOf(groupChat));
    const second = await conversations.getPagedMembers(chatOf(groupChat), 50, first.continuationToken);
    expect([...first.members, ...second.members].map(({ tenantId }) => tenantId)).toEqual([
      ...Array(3).fill(teams.idp.tenantId),
      foreignTenantId,
    ]);
    expect(second).not.toHaveProperty('continuationToken');
  });

  it('says what a team is; its General channel has no name', async () => {
    const { id } = teams.tenant.team('T0SALES');
    expect(await stranger.inTeams.getById(id)).toMatchObject({ name: 'Key Accounts', channelCount: 4, memberCount: 8 });
    const channels = await stranger.inTeams.getConversations(id);
    expect(channels.map(({ name }) => name)).toEqual([undefined, 'sales-europe', 'sales-china', 'customer-support']);
    expect(channels[0]?.id).toBe(id);
  });

  const words = new MessageActivityInput('Hello');
  const to = (id: string, activity = words) => conversations.createActivity(id, activity);
  it.each<[string, () => Promise<unknown>, number, string]>([
    ['to nobody', () => to('19:nobody@thread.tacv2'), 404, 'ConversationNotFound'],
    ['to a thread that is none', () => to(`${chatOf('C0EUROPE')};messageid=1`), 404, 'ConversationNotFound'],
    ['where the bot is not installed', () => to(chatOf(otherTeam.channel)), 403, 'BotNotInConversationRoster'],
    [
      'of a message that is not there',
      () => conversations.updateActivity(chatOf('U0BECKER'), '1', words),
      404,
      'ActivityNotFoundInConversation',
    ],
    [
      'of more than 100 KB',
      () => to(chatOf('U0BECKER'), new MessageActivityInput('x'.repeat(60_000))),
      413,
      'MessageSizeTooBig',
    ],
    ['of nothing', () => to(chatOf('U0BECKER'), new MessageActivityInput('')), 400, 'BadSyntax'],
    [
      'targeted in a person’s own chat',
      () =>
        conversations.createTargetedActivity(
          chatOf('U0BECKER'),
          new MessageActivityInput('x').withRecipient(
            { id: teams.tenant.person('U0BECKER').id, name: '', role: 'user' },
            true,
          ),
        ),
      400,
      'BadArgument',
    ],
    ['targeted at nobody', () => conversations.createTargetedActivity(chatOf('C0EUROPE'), words), 400, 'BadArgument'],
    [
      'about somebody who is not there',
      () => conversations.getMemberById(chatOf('C0EUROPE'), teams.tenant.person('U0GUEST').id),
      404,
      'MemberNotFoundInConversation',
    ],
    [
      'with a member of another tenant',
      () =>
        conversations.create({
          members: [{ id: teams.tenant.person(neighbour).id, role: 'user' }],
          tenantId: teams.idp.tenantId,
        }),
      403,
      'ForbiddenOperationException',
    ],
    ['to an id that leads elsewhere', () => to('..%2f..%2fadmin'), 400, 'BadSyntax'],
  ])('refuses what goes %s', async (_, call, status, code) => {
    expect(await refusal(call())).toEqual([status, code]);
    expect(teams.calls.at(-1)?.status).toBe(status);
  });

  it('refuses whoever is removed or blocked', async () => {
    await teams.uninstall('U0BECKER');
    expect(await refusal(to(chatOf('U0BECKER')))).toEqual([403, 'ForbiddenOperationException']);
    teams.block('U0CARTER');
    expect(await refusal(to(chatOf('U0CARTER')))).toEqual([403, 'MessageWritesBlocked']);
    expect(heard.map(({ type, action, membersRemoved }) => [type, action ?? membersRemoved])).toEqual([
      ['installationUpdate', 'remove'],
      ['conversationUpdate', [teams.bot]],
    ]);
  });

  it('knows its bot by the token', async () => {
    const other = new ConversationClient(teams.serviceUrl, { headers: { authorization: 'Bearer another' } });
    await expect(other.createActivity(chatOf('U0BECKER'), words)).rejects.toMatchObject({ response: { status: 401 } });
  });

  it.each([429, 412, 502, 503, 504, 403, 404])('fails with %i on demand, as often as it should', async (status) => {
    teams.failNext(status, { retryAfter: 3, code: 'OnDemand', times: 2, on: 'POST' });
    await conversations.getMembers(chatOf('C0EUROPE'));
    for (const _ of [1, 2])
      await expect(to(chatOf('U0BECKER'))).rejects.toMatchObject({
        response: { status, headers: { 'retry-after': '3' }, data: { error: { code: 'OnDemand' } } },
      });
    await to(chatOf('U0BECKER'));
    expect(teams.calls.map((call) => call.status)).toEqual([200, status, status, 201]);
  });
});

describe('what is brought to the bot', () => {
  it('is a message as Teams sends it, signed for this service', async () => {
    expectSent(await anna().mention('log Brandt with <at>Tom Carter</at>', 'C0EUROPE'));
    const [message] = heard;
    const channel = teams.tenant.place('C0EUROPE');
    const { aadObjectId, id } = teams.tenant.person('U0BECKER');
    expect(message).toMatchObject({
      type: 'message',
      channelId: 'msteams',
      serviceUrl: teams.serviceUrl,
      text: '<at>KAM</at> log Brandt with <at>Tom Carter</at>',
      from: { id, aadObjectId, name: 'Anna Becker' },
      recipient: { id: `28:${teams.idp.botId}`, name: 'KAM' },
      conversation: {
        conversationType: 'channel',
        isGroup: true,
        tenantId: teams.idp.tenantId,
        id: `${channel.id};messageid=${message?.id}`,
      },
      channelData: { channel: { id: channel.id }, team: { id: channel.team?.id }, tenant: { id: teams.idp.tenantId } },
      entities: [
        { type: 'mention', text: '<at>KAM</at>', mentioned: { id: `28:${teams.idp.botId}` } },
        { type: 'mention', text: '<at>Tom Carter</at>', mentioned: { id: teams.tenant.person('U0CARTER').id } },
        { type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Windows', timezone: 'Europe/Berlin' },
      ],
      localTimezone: 'Europe/Berlin',
    });
    const claims = JSON.parse(Buffer.from(String(message?.authorization).split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ serviceurl: teams.serviceUrl, aud: teams.idp.botId });
  });

  it.each([
    ['own chat', () => anna().say('log'), 1],
    ['channel, without a mention', () => anna().say('log', 'C0EUROPE'), 0],
    ['group chat, with one', () => anna().mention('log', groupChat), 1],
    ['team without the bot', () => new TeamsMember(teams, 'U0DUPONT').mention('log', otherTeam.channel), 0],
  ])('is nothing that the bot cannot hear: %s', async (_, doing, times) => {
    await doing();
    expect(heard).toHaveLength(times);
  });

  it.each([
    ['once', 1],
    ['twice at once', 2],
    ['again', 2],
  ] as const)('comes %s', async (manner, times) => {
    teams.deliver = manner;
    await anna().say('log');
    expect(heard.map(({ id }) => id)).toEqual(Array(times).fill(heard[0]?.id));
    expect(teams.deliveries).toHaveLength(times);
  });

  it('comes from the other tenant in the neighbour’s own chat', async () => {
    await new TeamsMember(teams, neighbour).say('log');
    expect(heard[0]).toMatchObject({
      conversation: { tenantId: foreignTenantId },
      channelData: { tenant: { id: foreignTenantId } },
    });
  });

  it('is noted when it was refused', async () => {
    stranger.answers({ status: 500 });
    await anna().say('log');
    expect(teams.refused).toMatchObject([{ status: 500, activity: { text: 'log' } }]);
  });

  it('is a file that can be fetched without a token', async () => {
    await anna().attach({ name: 'accounts.csv', content: 'name\nBrandt' });
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    const content = { fileType: 'csv', downloadUrl: expect.stringContaining('/download/') };
    expect(heard[0]).toMatchObject({ attachments: [{ contentType, name: 'accounts.csv', content }] });
    const [address = ''] = /http[^"]*download[^"]*/.exec(JSON.stringify(heard[0])) ?? [];
    expect(await (await fetch(address)).text()).toBe('name\nBrandt');
  });
});
