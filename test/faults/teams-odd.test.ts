import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Activity, Json } from '../support/teams/activities.ts';
import { expectSent, type TeamsMember } from '../support/teams/teams-member.ts';
import { groupChat } from '../support/teams/tenant.ts';
import { openWorld, type World } from '../world.ts';
import { mistakes, written } from './teams-world.ts';

describe('whatever Teams brings', () => {
  let world: World;
  let anna: TeamsMember;
  const rejections: unknown[] = [];
  const noteRejection = (reason: unknown) => void rejections.push(reason);
  beforeAll(async () => {
    process.on('unhandledRejection', noteRejection);
    world = await openWorld({ now: '2026-11-23T09:30:00Z', teams: true });
    anna = world.teamsMember('U0BECKER');
    expectSent(await anna.say('help'));
  });
  afterAll(async () => {
    await world?.close();
    process.off('unhandledRejection', noteRejection);
  });

  /** An activity of Anna's in her own chat. */
  const from = (rest: Json & { type: string }, place = anna.id): Activity =>
    world.teams.activities.other(anna.person, { in: world.teams.tenant.place(place) }, rest);
  const invoke = (name: string, value: unknown) => from({ type: 'invoke', name, value });
  const pressed = (data: unknown) => invoke('adaptiveCard/action', { action: { type: 'Action.Execute', data } });
  const deep = JSON.parse(`${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`);

  test.each<[string, () => Activity, number]>([
    ['an invoke of an unknown kind', () => invoke('fileConsent/invoke', {}), 501],
    ['an invoke without a name', () => from({ type: 'invoke', value: {} }), 400],
    ['a pressed button without a value', () => invoke('adaptiveCard/action', undefined), 400],
    ['a pressed button of nonsense', () => invoke('adaptiveCard/action', 'junk'), 400],
    ['a look-up without a source', () => invoke('application/search', { queryText: 'x' }), 400],
    ['a look-up of an unknown source', () => invoke('application/search', { queryText: 'x', dataset: '../x' }), 200],
    ['a search of nonsense', () => invoke('composeExtension/query', []), 400],
    ['a search without a query', () => invoke('composeExtension/query', {}), 200],
    ['a dialog of nonsense', () => invoke('composeExtension/fetchTask', 7), 400],
    ['a dialog’s button of nonsense', () => invoke('composeExtension/submitAction', { data: 'x' }), 200],
    ['an activity of an unknown kind', () => from({ type: 'handoff', value: deep }), 200],
    ['typing', () => from({ type: 'typing' }), 200],
    ['a message that was changed', () => from({ type: 'messageUpdate', text: 'log Acme met', id: '1' }), 200],
    ['a message that was deleted', () => from({ type: 'messageDelete', id: '1' }), 200],
    ['a reaction', () => from({ type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }), 200],
    ['a message of nobody in the tenant', () => from({ type: 'message', text: 'visits', from: { id: '28:bot' } }), 200],
    ['an invoke of nobody', () => ({ ...pressed({}), from: { id: '29:x' } }), 501],
    ['a message with endless attachments', () => from({ type: 'message', attachments: Array(101).fill({}) }), 400],
    ['news of nobody', () => from({ type: 'conversationUpdate', membersRemoved: [{ id: '29:x' }] }), 200],
    ['an installation without a word', () => from({ type: 'installationUpdate' }), 400],
  ])('%s', async (_, activity, status) => {
    const before = written(anna).length;
    expect((await world.teams.send(activity())).status).toBe(status);
    expect(written(anna)).toHaveLength(before);
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['of another bot', { action: 'approve', id: 7 }],
    ['of a deed that we do not know', { kam: { do: 'explode', name: 'visits.undo' } }],
    ['that is a list', { kam: [] }],
    ['that goes very deep', { kam: deep }],
    ['of a name that is none', { kam: { do: 'does', name: '' } }],
    ['about too much', { kam: { do: 'does', name: 'visits.undo', about: 'x'.repeat(3_000) } }],
  ])('a button %s says that it leads nowhere', async (_, data) => {
    const { status, body } = await world.teams.send(pressed(data));
    expect(status).toBe(200);
    expect(body).toMatchObject({ value: expect.stringContaining('I can’t find that any more') });
    const inDialog = await world.teams.send(invoke('composeExtension/submitAction', { commandId: 'logVisit', data }));
    expect(inDialog.body).toMatchObject({ task: { type: 'message', value: expect.stringContaining('I can’t find') } });
  });

  test.each(['constructor', '__proto__', 'toString', 'visits.nothing'])('a button "%s" of ours', async (name) => {
    for (const kam of [
      { do: 'does', name },
      { do: 'opens', name },
    ]) {
      const before = written(anna).length;
      expect((await world.teams.send(pressed({ kam }))).status).toBe(200);
      expect(written(anna).slice(before)).toMatchObject([
        { text: expect.stringContaining('I can’t find that any more') },
      ]);
    }
  });

  it('words that are no command are answered with those that are', async () => {
    for (const words of ['dance', '跳舞', 'constructor', '/kam', '']) {
      expectSent(await anna.say(words === '' ? ' ' : words));
      expect(anna.lastMessage.text, words).toContain('What KAM can do');
    }
  });

  it('a value that is none of ours, in a message, is no command either', async () => {
    for (const value of ['junk', 7, [], { kam: 'x' }, { kam: { do: 'save' } }, null]) {
      const { status } = await world.teams.send(from({ type: 'message', value }));
      expect(status).toBe(200);
    }
  });

  it('any words at all are answered: no fault, no ping', async () => {
    const { person: tom } = world.teamsMember('U0CARTER');
    const part = fc.oneof(
      fc.constantFrom(
        ...['<at>Tom Carter</at>', '<at>everyone</at>', '<at id="0">KAM</at>', '</at>', '<at>', '@everyone'],
        ...['<b>b</b>', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '&lt;at&gt;', '&#x110000;'],
        ...['**b**', '[a](https://x.example)', '`code`', '{{DATE(2026-01-01T00:00:00Z)}}', '$&', '\\'],
        ...['\u200b\u200d\ufeff\u2060', '\u202eright to left', '👩‍👩‍👧‍👦', '\ud800', '\u0000', '\u00a0', '\r\n'],
        ...['log', 'log Acme', '记录 华为', 'account', 'actions', 'visits', 'next: call by Friday', '下一步：'],
      ),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    );
    const words = fc.oneof(
      { weight: 9, arbitrary: fc.array(part, { maxLength: 6 }).map((parts) => parts.join(' ')) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('x'.repeat(10_000), `log Acme ${'<'.repeat(9_000)}`, ' '.repeat(10_000)),
      },
    );
    const mention = { type: 'mention', mentioned: { id: tom.id, name: tom.name }, text: '<at>Tom Carter</at>' };
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.constantFrom(anna.id, groupChat, 'C0EUROPE'),
        fc.boolean(),
        async (text, place, meant) => {
          const before = written(anna).length;
          const message = from({ type: 'message', text, ...(meant ? { entities: [mention] } : {}) }, place);
          expect((await world.teams.send(message)).status).toBe(200);
          expect(written(anna).length).toBe(before + 1);
        },
      ),
      { numRuns: 60 },
    );
    const posted = JSON.stringify(world.teams.calls.map(({ body }) => body));
    expect(posted).not.toContain('"type":"mention"');
    expect(posted).not.toMatch(/"entities":\[\{/);
  });

  it('nothing of it was a surprise, or is in the log', () => {
    expect(mistakes(world.log)).toEqual([]);
    expect(rejections).toEqual([]);
    expect(world.log.join('\n')).not.toMatch(/script|Tom Carter|onerror|Acme/);
  });
});
