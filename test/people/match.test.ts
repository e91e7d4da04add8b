import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinPeople, lockBoth } from '../../src/people/join-store.ts';
import { makeGesture } from '../support/call.ts';
import { newPlatformId, profileOf, type SeededOrganization } from '../support/seed.ts';
import { type Acting, startActing } from './acting.ts';
import { anotherWorkspace, codeFor, link } from './two-apps.ts';

let acting: Acting;
beforeAll(async () => {
  acting = await startActing();
});
afterAll(() => acting.close());

const peopleOf = ({ id }: { id: string }) =>
  acting.database.prisma.person.findMany({ where: { organizationId: id }, orderBy: { name: 'asc' } });
const hintsIn = ({ id }: { id: string }) =>
  acting.database.prisma.outbox.findMany({ where: { organizationId: id, key: { startsWith: 'people-known-twice:' } } });
const userOf = ({ platform, workspace }: SeededOrganization) => ({ platform, workspace, user: newPlatformId('U') });
type Known = Parameters<typeof profileOf>[0];

/** The person behind the first gesture of a new user. */
async function meet(organization: SeededOrganization, profile: Known, from = userOf(organization)): Promise<string> {
  const gesture = makeGesture(from, { profiles: { [from.user]: profileOf(profile) } });
  const who = await acting.people.directory.recognise(gesture);
  return who.known ? who.me.id : 'nobody';
}

describe('people of two chat apps', () => {
  test.each(['the one first', 'the other first', 'both at once'])(
    'are one person by their address, %s',
    async (order) => {
      const here = await acting.build.organization();
      const there = await anotherWorkspace(acting, here);
      const ways = [
        () => meet(here, { name: 'Lee', email: 'Jo.Lee@Example.com' }),
        () => meet(there, { name: 'Jo Lee', email: 'jo.lee@example.COM ' }),
      ];
      const ids: string[] = [];
      if (order === 'both at once') ids.push(...(await Promise.all([...ways, ...ways].map((way) => way()))));
      else for (const way of order === 'the one first' ? ways : ways.toReversed()) ids.push(await way());
      expect(new Set(ids).size).toBe(1);
      expect(await peopleOf(here)).toMatchObject([{ email: 'jo.lee@example.com' }]);
    },
  );

  test.each<[string, Known, Known]>([
    ['without an address', { email: null }, { email: null }],
    ['when only one has an address', { email: 'a@example.com' }, { email: null }],
    ['with other addresses', { email: 'a@example.com' }, { email: 'a@example.org' }],
  ])('are two %s', async (_, one, other) => {
    const here = await acting.build.organization();
    const there = await anotherWorkspace(acting, here);
    expect(await meet(here, one)).not.toBe(await meet(there, other));
    expect(await peopleOf(here)).toHaveLength(2);
  });

  test('are two in two organisations, whatever their address', async () => {
    const [here, there] = [await acting.build.organization(), await acting.build.organization()];
    expect(await meet(here, { email: 'lee@example.com' })).not.toBe(await meet(there, { email: 'lee@example.com' }));
  });

  test('are not matched by what a guest or somebody deactivated calls theirs', async () => {
    const here = await acting.build.organization();
    const there = await anotherWorkspace(acting, here);
    await meet(here, { email: 'lee@example.com' });
    expect(await meet(there, { email: 'lee@example.com', outsider: true })).toBe('nobody');
    expect(await meet(there, { email: 'lee@example.com', deactivated: true })).toBe('nobody');
  });

  test('are one by an address whose person is joined with another one at that moment', async () => {
    const here = await acting.build.organization();
    const [there, third] = [await anotherWorkspace(acting, here), await anotherWorkspace(acting, here, 'third')];
    const keeper = await acting.build.person(here, { name: 'Keeper' });
    const lost = await acting.build.person(there, { name: 'Lost', email: 'lee@example.com' });
    const joining = { organizationId: here.id, keeper: keeper.id, lost: lost.id };
    const client = await acting.database.pool.connect();
    await client.query('BEGIN');
    await lockBoth(client, joining);
    const met = meet(third, { email: 'lee@example.com' });
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(async () => (await acting.database.pool.query(waiting)).rows.length).toBe(1);
    await joinPeople(client, joining);
    await client.query('COMMIT');
    client.release();
    expect(await met).toBe(keeper.id);
  });
});

describe('an address that turns up later', () => {
  const late = async (organization: SeededOrganization, user: { from: { user: string } }, email: string) => {
    const { platform, workspace } = organization;
    const from = { platform, workspace, user: 'UEVENT' };
    await acting.people.directory.profileChanged(from, user.from.user, profileOf({ name: 'Late Lee', email }));
  };

  test('and is another’s stays theirs; who it may be is told once, and joins with a code', async () => {
    const here = await acting.build.organization();
    const there = await anotherWorkspace(acting, here);
    const lee = await acting.build.person(here, { name: 'Jo Lee', locale: 'zh-CN' });
    const twin = await acting.build.person(there, { name: 'Lee, Jo', email: 'lee@example.com' });
    await late(here, lee, 'lee@example.com');
    await late(here, lee, 'LEE@example.com');
    expect(await peopleOf(here)).toMatchObject([
      { name: 'Late Lee', email: null },
      { name: 'Lee, Jo', email: 'lee@example.com' },
    ]);
    const [hint, ...more] = await hintsIn(here);
    expect(more).toEqual([]);
    expect(hint?.message).toMatchObject({ to: { personId: lee.id } });
    expect(JSON.stringify(hint?.message)).toContain('Lee, Jo');
    const code = await codeFor(acting, await acting.as(here, lee));
    await link(acting, await acting.as(there, twin), code);
    expect(await peopleOf(here)).toMatchObject([{ id: lee.id, email: 'lee@example.com' }]);
  });

  test('and is nobody else’s is the person’s; of two who get it at once one has it, and nothing fails', async () => {
    const here = await acting.build.organization();
    const there = await anotherWorkspace(acting, here);
    const [one, other] = [await acting.build.person(here), await acting.build.person(there)];
    await Promise.all([late(here, one, 'new@example.com'), late(there, other, 'new@example.com')]);
    const addresses = (await peopleOf(here)).map(({ email }) => email);
    expect(addresses.sort()).toEqual(['new@example.com', null]);
    expect(await hintsIn(here)).toHaveLength(1);
  });

  test.each([
    ['somebody of the same workspace', false, null],
    ['somebody who left', true, new Date()],
  ])('and is the one of %s says nothing', async (_, elsewhere, deactivatedAt) => {
    const here = await acting.build.organization();
    const there = elsewhere ? await anotherWorkspace(acting, here) : here;
    const lee = await acting.build.person(here);
    await acting.build.person(there, { email: 'lee@example.com', deactivatedAt });
    await late(here, lee, 'lee@example.com');
    expect(await hintsIn(here)).toEqual([]);
  });
});

describe('a workspace', () => {
  const newWorkspace = (platform = 'teams') => ({ platform, externalId: newPlatformId('T'), name: 'New' });

  test('joins the organisation that it is put in, by however many processes', async () => {
    const here = await acting.build.organization();
    const workspace = newWorkspace();
    expect(await acting.people.organizationOf(workspace)).toBeNull();
    const all = await Promise.all(
      Array.from({ length: 6 }, () =>
        acting.anotherProcess().ensureWorkspace({ ...workspace, organizationId: here.id }),
      ),
    );
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(all[0]).toEqual({ organizationId: here.id, workspaceId: expect.any(String) });
    expect(await acting.people.organizationOf(workspace)).toBe(here.id);
  });

  test('that is known elsewhere stays there, also when it had been removed, and says so', async () => {
    const [here, there] = [await acting.build.organization(), await acting.build.organization()];
    const known = { platform: there.platform, externalId: there.workspace, name: 'Theirs' };
    await acting.people.directory.workspaceRemoved({ ...known, workspace: there.workspace, user: '' });
    const found = { organizationId: there.id, workspaceId: there.workspaceId };
    expect(await acting.people.ensureWorkspace({ ...known, organizationId: here.id })).toEqual({
      ...found,
      elsewhere: true,
    });
    expect(await acting.people.ensureWorkspace({ ...known, organizationId: there.id })).toEqual(found);
    expect(await acting.people.ensureWorkspace(known)).toEqual(found);
  });

  test.each([true, false])(
    'of either app may be the first, the second finds its organisation (%s)',
    async (slackFirst) => {
      const both = [newWorkspace('slack'), newWorkspace('teams')];
      const [first, second] = slackFirst ? both : both.toReversed();
      if (!first || !second) throw new Error('there are two');
      const { organizationId } = await acting.people.ensureWorkspace(first);
      // As a start does that serves both: whichever is known says where the others belong.
      const start = async () => {
        const people = acting.anotherProcess();
        const known = await Promise.all(both.map((one) => people.organizationOf(one)));
        const home = known.find((one) => one !== null) ?? undefined;
        const join = home === undefined ? {} : { organizationId: home };
        return Promise.all(both.map((one) => people.ensureWorkspace({ ...one, ...join })));
      };
      const starts = (await Promise.all([start(), start(), start()])).flat();
      expect(new Set(starts.map((one) => one.organizationId))).toEqual(new Set([organizationId]));
      expect(new Set(starts.map((one) => one.workspaceId)).size).toBe(2);
    },
  );

  test('is not put into an organisation that does not exist', async () => {
    const organizationId = '01900000-0000-7000-8000-000000000000';
    await expect(acting.people.ensureWorkspace({ ...newWorkspace(), organizationId })).rejects.toThrow('foreign key');
  });
});
