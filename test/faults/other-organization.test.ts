import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormHandler } from '../../src/chat/slice.ts';
import { makeCall } from '../support/call.ts';
import { openWorld, type World } from '../world.ts';
import { type OtherOrganization, otherOrganization, secret } from './other.ts';

describe('ids of another organisation', () => {
  let world: World;
  let ids: OtherOrganization['ids'];
  let other: OtherOrganization;

  beforeAll(async () => {
    world = await openWorld();
    other = await otherOrganization(world.bot.database);
    ids = other.ids;
  });
  afterAll(() => world.close());

  /** The administrator of ours: if even they are refused, everybody is. */
  const rows = async () => {
    const { organizationId, database } = world.bot;
    const me = await database.prisma.person.findFirstOrThrow({ where: { organizationId, administrator: true } });
    const teams = await database.prisma.team.findMany({ where: { organizationId } });
    const manages = teams.map((team) => team.id);
    const ours = await database.prisma.organization.findUniqueOrThrow({ where: { id: organizationId } });
    return { me, manages, ours };
  };
  /** Read once: there are thousands of calls, and none of them may change anything. */
  let read: ReturnType<typeof rows> | undefined;
  const callOf = async (id = uuid()) => {
    const { workspaceId } = world.bot;
    read ??= rows();
    const { me, manages, ours } = await read;
    return makeCall(
      { ...ours, isSetUp: true, workspaceId, platform: 'slack', workspace: 'T0KESTREL' },
      { ...me, workspaceId, from: { platform: 'slack', workspace: 'T0KESTREL', user: 'U0LINJING' } },
      { id, me: { manages, memberOf: manages, mayAdminister: true } },
    );
  };

  const pointers = () =>
    Object.entries(ids).flatMap(([kind, id]) => [
      id,
      `${kind}:${id}`,
      JSON.stringify({ id, [kind]: id, [`${kind}Id`]: id }),
    ]);

  it('are refused by every button, and nothing is told or changed', async () => {
    const before = await other.everything();
    const { actions, openers } = world.bot.registry;
    expect(actions.size + openers.size).toBeGreaterThan(20);
    for (const one of [...actions.values(), ...openers.values()]) {
      for (const about of pointers()) {
        const reply = await one.run(await callOf(), about);
        expect(JSON.stringify(reply), `${one.name} about ${about}`).not.toContain(secret);
      }
    }
    expect(await other.everything()).toBe(before);
  });

  it('are refused by every form, as pointers and as answers', async () => {
    const before = await other.everything();
    const { forms } = world.bot.registry;
    expect(forms.size).toBeGreaterThan(5);
    for (const handler of forms.values()) {
      for (const pointed of [true, false]) {
        for (const id of Object.values(ids)) {
          const formId = uuid();
          const names = [
            'id',
            'visit',
            'visitId',
            'account',
            'accountId',
            'action',
            'actionId',
            'contact',
            'contactId',
          ];
          names.push('team', 'teamId', 'person', 'personId', 'draft', 'survey', 'listening', 'about');
          const about = pointed ? Object.fromEntries(names.map((name) => [name, id])) : {};
          const answers = await answersOf(handler, id, formId, pointed);
          const shown = { id: formId, about, without: [], expanded: true };
          const reply = await handler.submit(await callOf(), answers, shown).catch((error: unknown) => error);
          const context = `${handler.form.name} with ${id}`;
          expect(reply, context).not.toBeInstanceOf(Error);
          expect(JSON.stringify(reply), context).not.toContain(secret);
          const changed = await handler.change(await callOf(), Object.keys(answers)[0] ?? '', { ...answers }, shown);
          expect(JSON.stringify(changed), context).not.toContain(secret);
        }
      }
    }
    expect(await other.everything()).toBe(before);
  });

  it('are found by no look-up and no command', async () => {
    const { lookUps, commands } = world.bot.registry;
    for (const lookUp of lookUps.values()) {
      for (const query of [secret, secret.toLowerCase(), ...Object.values(ids)]) {
        const options = await lookUp.find(await callOf(), query);
        const found = options.filter((option) => !option.value.startsWith('new:'));
        expect(JSON.stringify(found), lookUp.source).not.toMatch(
          new RegExp(`${secret} AG|${Object.values(ids).join('|')}`),
        );
      }
    }
    for (const command of commands) {
      const reply = await command.run(await callOf(), `${secret} last month`);
      expect(JSON.stringify(reply), command.words[0]).not.toMatch(
        new RegExp(`${secret} AG|${Object.values(ids).join('|')}`),
      );
    }
  });

  /** Answers that fit the form, with the id wherever an id can stand. */
  async function answersOf(handler: FormHandler, id: string, formId: string, pointed: boolean) {
    const { prisma } = world.bot.database;
    const { organizationId } = world.bot;
    const own = await prisma.account.findFirstOrThrow({
      where: { organizationId },
      skip: Math.floor(Math.random() * 50),
    });
    const { ownerId } = own;
    return Object.fromEntries(
      Object.entries(handler.form.fields).map(([name, { widget, required }]) => {
        const given = () => {
          switch (widget.kind) {
            case 'text':
              return `text ${formId}`.slice(0, widget.max);
            case 'number':
              return widget.min;
            case 'date':
              return required ? Temporal.PlainDate.from('2026-12-24') : undefined;
            case 'oneOf':
              return widget.options === 'given' ? id : widget.options[0]?.value;
            case 'someOf':
              return widget.options === 'given' ? [id] : [];
            case 'yesNo':
              return true;
            case 'person':
              // Dispatch makes these of platform users, whom it looks for in the person's own organisation.
              return widget.max === 1 ? ownerId : [ownerId];
            case 'lookUp':
              return pointed ? own.id : id;
            case 'channel':
            case 'file':
              return undefined;
          }
        };
        return [name, given()];
      }),
    );
  }
});
