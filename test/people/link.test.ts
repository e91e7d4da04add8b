import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gather } from '../../src/chat/registry.ts';
import type { Call } from '../../src/chat/slice.ts';
import { makeGesture } from '../support/call.ts';
import type { SeededOrganization } from '../support/seed.ts';
import { type Acting, startActing } from './acting.ts';
import { again, anotherWorkspace, codeFor, link } from './two-apps.ts';

let acting: Acting;
beforeAll(async () => {
  acting = await startActing();
});
afterAll(() => acting.close());

type Given = Parameters<Acting['build']['person']>[1];

/** One organisation in two chat apps, with somebody in each. */
async function twoApps(given: { here?: Given; there?: Given; organization?: Partial<SeededOrganization> } = {}) {
  const here = await acting.build.organization(given.organization);
  const there = await anotherWorkspace(acting, here);
  const anna = await acting.build.person(here, { name: 'Anna Berg', ...given.here });
  const twin = await acting.build.person(there, { name: 'A. Berg', ...given.there });
  return { here, there, anna, twin, calls: [await acting.as(here, anna), await acting.as(there, twin)] as const };
}
const peopleOf = ({ id }: { id: string }) => acting.database.prisma.person.count({ where: { organizationId: id } });
const messagesOf = ({ id }: { id: string }) =>
  acting.database.prisma.outbox.findMany({ where: { organizationId: id }, orderBy: { createdAt: 'asc' } });
const next = (call: Call) => again(call, { id: uuid() });
const later = (call: Call, minutes: number) => again(next(call), { now: call.now.add({ minutes }) });

describe('a code', () => {
  test('joins the two accounts of a person, and both places are told whose was joined', async () => {
    const { here, there, anna, twin, calls } = await twoApps({ there: { chosenLocale: 'zh-CN' } });
    const shown = await link(acting, calls[0]);
    expect(shown).toContain('until Mon 23 Nov, 10:10 (Berlin)');
    expect(shown).not.toMatch(/slack|teams app|microsoft/i);
    const code = await codeFor(acting, next(calls[0]));
    const answer = await link(acting, calls[1], code);
    expect(answer).toContain('Anna Berg');
    expect(answer).toContain('已关联');
    expect(await peopleOf(here)).toBe(1);
    for (const [organization, account] of [
      [here, anna],
      [there, twin],
    ] as const) {
      const call = await acting.as(organization, account);
      expect(call.me).toMatchObject({ id: anna.id, name: 'Anna Berg', workspaceId: organization.workspaceId });
      // The choice that only one of them had is the person's now.
      expect(call.text.locale).toBe('zh-CN');
    }
    const [told, ...more] = await messagesOf(here);
    expect(more).toEqual([]);
    expect(told?.message).toMatchObject({
      to: { workspaceId: here.workspaceId, conversation: anna.from.user },
      card: { body: [{ kind: 'words' }] },
    });
    expect(JSON.stringify(told?.message)).toContain('A. Berg');
    expect(JSON.stringify(told?.message)).toContain('马上告诉管理员');
  });

  test('works before the set-up, for observers and for everybody else who is a full member', async () => {
    const { here, calls } = await twoApps({
      here: { observer: true },
      there: { administrator: true },
      organization: { isSetUp: false },
    });
    const command = acting.registry.commands.find(({ words }) => words.includes('关联'));
    expect(command).toMatchObject({ words: ['link', '关联'], beforeSetUp: true });
    expect(await link(acting, calls[1], await codeFor(acting, calls[0]))).toContain('Done');
    expect(await peopleOf(here)).toBe(1);
  });

  test('is kept as a hash only, and a new one takes the place of the last', async () => {
    const { here, anna, calls } = await twoApps();
    const first = await codeFor(acting, calls[0]);
    const second = await codeFor(acting, next(calls[0]));
    const rows = await acting.database.prisma.linkCode.findMany({ where: { organizationId: here.id } });
    expect(rows).toMatchObject([{ personId: anna.id, workspaceId: here.workspaceId }]);
    expect(JSON.stringify(rows)).not.toContain(second.replaceAll('-', ''));
    expect(await link(acting, calls[1], first)).toContain('4 tries left');
    expect(await link(acting, next(calls[1]), ` ${second.toLowerCase().replaceAll('-', ' ')} `)).toContain('Done');
    expect(await acting.database.prisma.linkCode.count({ where: { organizationId: here.id } })).toBe(0);
  });

  test('for which the same gesture comes twice stays the one that was shown', async () => {
    const { calls } = await twoApps();
    const answers = await Promise.all([link(acting, calls[0]), link(acting, calls[0])]);
    const [code] = answers.flatMap((answer) => answer.match(/[3-9A-Y]{4}-[3-9A-Y]{4}-[3-9A-Y]{2}/) ?? []);
    expect(answers.filter((answer) => answer.includes('other message'))).toHaveLength(1);
    expect(await link(acting, calls[1], code)).toContain('Done');
  });
});

describe('a code that joins nothing', () => {
  test('reads alike when it is mistyped, too old, replaced, used, or of another organisation', async () => {
    const { here, there, calls } = await twoApps();
    const elsewhere = await twoApps();
    const third = await acting.build.person(there, { name: 'Somebody' });
    const foreign = await codeFor(acting, elsewhere.calls[0]);
    const old = await codeFor(acting, calls[0]);
    const answers = [
      await link(acting, next(calls[1]), foreign),
      await link(acting, later(calls[1], 10), old),
      await link(acting, later(calls[1], 20), 'K7QF-3MXR-9T'),
      await link(acting, later(calls[1], 30), 'help'),
    ];
    const code = await codeFor(acting, next(calls[0]));
    expect(await link(acting, next(calls[1]), code)).toContain('Done');
    answers.push(await link(acting, await acting.as(there, third), code));
    expect(new Set(answers.map((answer) => answer.replace(/\d tries/, 'n tries'))).size).toBe(1);
    expect(await peopleOf(here)).toBe(2);
    expect(await peopleOf(elsewhere.here)).toBe(2);
  });

  test('is one’s own: from here it is to be typed there, from there it says that there is nothing to do', async () => {
    const { calls, here, there, anna, twin } = await twoApps();
    const code = await codeFor(acting, calls[0]);
    expect(await link(acting, next(calls[0]), code)).toContain('your own code');
    expect(await link(acting, next(calls[1]), code)).toContain('Done');
    const second = await codeFor(acting, await acting.as(here, anna));
    expect(await link(acting, await acting.as(there, twin), second)).toContain('joined already');
    expect(await acting.database.prisma.linkAttempt.count({ where: { organizationId: here.id, joined: false } })).toBe(
      0,
    );
  });

  test('is a colleague’s: two accounts of one workspace belong to two people', async () => {
    const { here, there, calls } = await twoApps();
    const tom = await acting.build.person(here, { name: 'Tom' });
    const code = await codeFor(acting, calls[0]);
    expect(await link(acting, await acting.as(here, tom), code)).toContain('Anna Berg has an account here too');
    // Also when the colleague types it in the other app.
    await acting.database.prisma.identity.create({
      data: { organizationId: here.id, workspaceId: there.workspaceId, personId: tom.id, externalId: 'UTOM' },
    });
    const from = { platform: there.platform, workspace: there.workspace, user: 'UTOM' };
    const call = await acting.as(there, { ...tom, from });
    expect(call.me.id).toBe(tom.id);
    expect(await link(acting, call, code)).toContain('two people');
    expect(await link(acting, next(calls[1]), code)).toContain('Done');
  });

  test('of somebody who left in the meantime is none', async () => {
    const { here, anna, calls } = await twoApps();
    const code = await codeFor(acting, calls[0]);
    await acting.database.prisma.person.update({
      where: { organizationId_id: { organizationId: here.id, id: anna.id } },
      data: { deactivatedAt: new Date() },
    });
    expect(await link(acting, calls[1], code)).toContain('isn’t valid');
    expect(await peopleOf(here)).toBe(2);
  });
});

describe('wrong codes', () => {
  test('are five in ten minutes; then even the right one has to wait, until when is said', async () => {
    const { calls } = await twoApps();
    const code = await codeFor(acting, later(calls[0], 5));
    const left: string[] = [];
    for (const minutes of [0, 1, 2, 3]) left.push(await link(acting, later(calls[1], minutes), 'wrong'));
    expect(left.map((answer) => /(\d) tr/.exec(answer)?.[1])).toEqual(['4', '3', '2', '1']);
    expect(left[3]).toContain('1 try left');
    expect(await link(acting, later(calls[1], 4), 'wrong')).toContain('wait until Mon 23 Nov, 10:10');
    for (const typed of [code, 'wrong', code]) expect(await link(acting, later(calls[1], 9), typed)).toContain('10:10');
    // Waiting is not made longer by trying, and the first wrong code is forgotten first.
    expect(await link(acting, later(calls[1], 10), 'wrong')).toContain('wait until Mon 23 Nov, 10:11');
    expect(await link(acting, later(calls[1], 11), code)).toContain('Done');
  });

  test('typed all at once in several processes are five, too', async () => {
    const { here, calls } = await twoApps();
    const answers = await Promise.all(Array.from({ length: 12 }, () => link(acting, next(calls[1]), 'wrong')));
    expect(answers.filter((answer) => answer.includes('left'))).toHaveLength(4);
    expect(answers.filter((answer) => answer.includes('wait until'))).toHaveLength(8);
    expect(await acting.database.prisma.linkAttempt.count({ where: { organizationId: here.id } })).toBe(5);
  });

  test('delivered twice count once', async () => {
    const { here, calls } = await twoApps();
    const answers = await Promise.all([link(acting, calls[1], 'wrong'), link(acting, calls[1], 'wrong')]);
    answers.push(await link(acting, calls[1], 'wrong'));
    for (const answer of answers) expect(answer).toContain('4 tries left');
    expect(await acting.database.prisma.linkAttempt.count({ where: { organizationId: here.id } })).toBe(1);
  });

  test('of yesterday are not kept', async () => {
    const { here, calls } = await twoApps();
    await link(acting, calls[1], 'wrong');
    await link(acting, later(calls[1], 24 * 60 + 1), 'wrong');
    expect(await acting.database.prisma.linkAttempt.count({ where: { organizationId: here.id } })).toBe(1);
  });
});

describe('at the same moment', () => {
  test('two people who type one code: one of them is joined', async () => {
    const { here, there, calls } = await twoApps();
    const other = await acting.as(there, await acting.build.person(there, { name: 'Other' }));
    const code = await codeFor(acting, calls[0]);
    const answers = await Promise.all([link(acting, calls[1], code), link(acting, other, code)]);
    expect(answers.filter((answer) => answer.includes('Done'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('isn’t valid'))).toHaveLength(1);
    expect(await peopleOf(here)).toBe(2);
    expect(await messagesOf(here)).toHaveLength(1);
  });

  test('a code that is delivered twice, and once more later: one joining, one answer', async () => {
    const { here, there, twin, calls } = await twoApps();
    const code = await codeFor(acting, calls[0]);
    const answers = await Promise.all([link(acting, calls[1], code), link(acting, calls[1], code)]);
    answers.push(await link(acting, again(await acting.as(there, twin), { id: calls[1].id }), code));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('Done');
    expect(await messagesOf(here)).toHaveLength(1);
  });

  test('two who type each other’s code are one person, whoever was first', async () => {
    const { here, there, anna, twin, calls } = await twoApps();
    const codes = [await codeFor(acting, calls[0]), await codeFor(acting, calls[1])] as const;
    const answers = await Promise.all([link(acting, next(calls[0]), codes[1]), link(acting, next(calls[1]), codes[0])]);
    expect(answers.filter((answer) => answer.includes('Done'))).toHaveLength(1);
    expect(await peopleOf(here)).toBe(1);
    const [one, other] = [await acting.as(here, anna), await acting.as(there, twin)];
    expect(one.me.id).toBe(other.me.id);
    expect(await acting.database.prisma.linkCode.count({ where: { organizationId: here.id } })).toBe(0);
  });
});

test('a joining that takes long goes on by itself, and is told where the code came from', async () => {
  const { here, anna, twin, calls } = await twoApps();
  const code = await codeFor(acting, calls[0]);
  const busy = await acting.database.pool.connect();
  await busy.query('BEGIN');
  await busy.query('SELECT FROM "Person" WHERE id = $1 FOR UPDATE', [twin.id]);
  const hasty = acting.anotherProcess({ patience: 1 });
  expect(await link({ registry: gather([hasty.slice]) }, calls[1], code)).toContain('a moment longer');
  expect(await messagesOf(here)).toEqual([]);
  await busy.query('COMMIT');
  busy.release();
  await hasty.settled();
  expect(await messagesOf(here)).toHaveLength(1);
  expect(await hasty.directory.recognise(makeGesture(twin.from))).toMatchObject({ known: true, me: { id: anna.id } });
});

test('who lived by another clock is reminded by the keeper’s from now on', async () => {
  const told: unknown[] = [];
  const { calls, anna } = await twoApps({ there: { timeZone: 'Asia/Shanghai' } });
  const people = acting.anotherProcess({ moved: async (...person) => void told.push(person) });
  const code = await codeFor(acting, calls[0]);
  await link({ registry: gather([people.slice]) }, calls[1], code);
  expect(told).toEqual([[calls[0].me.organizationId, anna.id]]);
});
