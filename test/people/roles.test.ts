import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inPlainText } from '../../src/chat/card.ts';
import { peopleStore } from '../../src/people/store.ts';
import type { SeededPerson } from '../support/seed.ts';
import { type Acting, buttonsOf, cardIn, expectButtonsToLead, startActing } from './acting.ts';

let acting: Acting;
beforeAll(async () => {
  acting = await startActing();
});
afterAll(() => acting.close());

test('an administrator changes roles, and the role counts at once', async () => {
  const { build, as, open, send } = acting;
  const organization = await build.organization();
  const admin = await build.person(organization, { name: 'Ada', administrator: true });
  const rep = await build.person(organization, { name: 'Rita' });
  const call = await as(organization, admin);
  await as(organization, rep);
  const asked = await open(call, 'people.role', rep.id);
  expect(asked.initial).toEqual({ role: 'member' });
  const reply = await send(call, asked, { role: 'administrator' });
  expect(inPlainText(cardIn(reply))).toContain('Rita is now: Administrator.');
  expect((await as(organization, rep)).me.administrator).toBe(true);
  await send(call, await open(call, 'people.role', rep.id), { role: 'observer' });
  expect((await as(organization, rep)).me).toMatchObject({ administrator: false, observer: true });
});

test.each(['member', 'observer'])('the last administrator cannot become %s', async (role) => {
  const { build, as, open, send, people } = acting;
  const organization = await build.organization();
  const admin = await build.person(organization, { administrator: true });
  await build.person(organization, { administrator: true, deactivatedAt: new Date() });
  const call = await as(organization, admin);
  const reply = await send(call, await open(call, 'people.role', admin.id), { role });
  expect(reply).toMatchObject({ reply: 'fix', problems: { role: expect.stringContaining('last administrator') } });
  expect(await people.administrators(organization.id)).toHaveLength(1);
  expect((await send(call, await open(call, 'people.role', admin.id), { role: 'administrator' })).reply).toBe('show');
});

test('administrators who take each other’s role at the same moment leave one', async () => {
  const { build, database, people } = acting;
  const store = peopleStore(database);
  for (const count of [2, 3, 4]) {
    const organization = await build.organization();
    const admins: SeededPerson[] = [];
    for (let index = 0; index < count; index += 1)
      admins.push(await build.person(organization, { administrator: true }));
    const role = { administrator: false, observer: count === 3 };
    // All of them have begun, and have seen all the others in office, before the first can end.
    const outcomes = await afterAllWait(count, () =>
      admins.map((admin, index) => {
        const victim = admins[(index + 1) % count] ?? admin;
        return store.changeRole(organization.id, admin.id, victim.id, role);
      }),
    );
    const left = await people.administrators(organization.id);
    expect(left.length).toBeGreaterThanOrEqual(1);
    expect(outcomes.filter((outcome) => outcome === 'changed')).toHaveLength(count - left.length);
  }
});

/** Starts the work while all people are locked, and unlocks them when so many statements wait for it. */
async function afterAllWait<T>(count: number, work: () => Promise<T>[]): Promise<T[]> {
  const { pool } = acting.database;
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT FROM "Person" FOR UPDATE');
    const running = work();
    await vi.waitUntil(async () => {
      const { rowCount } = await pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rowCount === count;
    });
    await client.query('COMMIT');
    return await Promise.all(running);
  } finally {
    client.release();
  }
}

test('only administrators change roles, and only in their organisation', async () => {
  const { build, as, open, send, people, database } = acting;
  const organization = await build.organization();
  const admin = await build.person(organization, { administrator: true });
  const rep = await build.person(organization);
  const stranger = await build.person(await build.organization());
  const asked = await open(await as(organization, admin), 'people.role', rep.id);
  const call = await as(organization, rep);
  await expect(open(call, 'people.role', rep.id)).rejects.toThrow('role');
  expect(await send(call, asked, { role: 'administrator' })).toMatchObject({
    reply: 'fix',
    notice: expect.stringContaining('role'),
  });
  const ours = await as(organization, admin);
  await expect(open(ours, 'people.role', stranger.id)).rejects.toThrow('find that any more');
  const forged = await send(ours, { ...asked, about: { person: stranger.id } }, { role: 'administrator' });
  expect(forged).toMatchObject({ reply: 'fix', notice: expect.stringContaining('find that any more') });
  expect(await people.person(stranger.organizationId, stranger.id)).toMatchObject({ administrator: false });

  // Whoever lost the role a moment ago is stopped by the database, whatever this process remembers.
  await build.person(organization, { administrator: true });
  const where = { organizationId_id: { organizationId: organization.id, id: admin.id } };
  await database.prisma.person.update({ where, data: { administrator: false } });
  expect(await send(ours, asked, { role: 'administrator' })).toMatchObject({
    reply: 'fix',
    notice: expect.stringContaining('role'),
  });
});

test('the list shows roles and teams, page by page, and is searched by name', async () => {
  const { build, as, say, press, registry } = acting;
  const organization = await build.organization();
  const admin = await build.person(organization, { name: 'Ada', administrator: true });
  for (let index = 10; index < 38; index += 1) await build.person(organization, { name: `Rep ${index}` });
  const manager = await build.person(organization, { name: '李娜' });
  await build.team(organization, { name: 'North', manager });
  const call = await as(organization, admin);
  const first = cardIn(await say(call, 'people'));
  expectButtonsToLead(first, registry);
  expect(inPlainText(first)).toContain('Ada (you) – Administrator');
  expect(inPlainText(first)).toContain('… and 15 more');
  const more = buttonsOf(first).find(({ label }) => label === 'Show more');
  const second = await press(call, 'people.list', more && 'about' in more ? more.about : undefined);
  expect(second.reply).toBe('redraw');
  expect(inPlainText(cardIn(second))).toContain('Rep 37 – Account manager');
  expect(inPlainText(cardIn(second))).toContain('李娜 – Sales manager · North');
  expect(inPlainText(cardIn(second))).not.toContain('Ada');
  expect(inPlainText(cardIn(await say(call, '人员', 'lina')))).toContain('李娜');
  expect(inPlainText(cardIn(await say(call, 'people', 'nobody')))).toContain('“nobody”');
  expect(inPlainText(cardIn(await press(call, 'people.list', '{"from":-1}')))).toContain('Ada');
  expect(inPlainText(cardIn(await press(call, 'people.list', 'nonsense')))).toContain('Ada');
});

test('an account manager sees their team and the administrators, and no buttons to change them', async () => {
  const { build, as, say } = acting;
  const organization = await build.organization();
  await build.person(organization, { name: 'Ada', administrator: true });
  const rep = await build.person(organization, { name: 'Rita' });
  const mate = await build.person(organization, { name: 'Mate' });
  await build.person(organization, { name: 'Far Away' });
  await build.team(organization, { members: [rep, mate] });
  const card = cardIn(await say(await as(organization, rep), 'people'));
  const shown = inPlainText(card);
  for (const name of ['Ada', 'Rita', 'Mate']) expect(shown).toContain(name);
  expect(shown).not.toContain('Far Away');
  expect(buttonsOf(card)).toEqual([]);
});
