import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { createDirectory } from '../../src/people/directory.ts';
import { identityStore } from '../../src/people/identity-store.ts';
import { createPeople } from '../../src/people/index.ts';
import { makeGesture, monday } from '../support/call.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { newPlatformId, profileOf, seed } from '../support/seed.ts';

let own: TestDatabase;
let database: Database;
const log = createLog('silent');
const unread = () => Promise.reject(new Error('the profile was read'));

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url, { log });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

const start = () => {
  const clock = movableClock(monday);
  return { clock, people: createPeople({ database, clock, log }) };
};
const known = (who: { known: boolean; me?: { id: string } }) => (who.known ? who.me?.id : null);
const countPeople = (organizationId: string) => database.prisma.person.count({ where: { organizationId } });

describe('a gesture of', () => {
  test('a full member, seen for the first time, makes a person with what the platform knows', async () => {
    const { people } = start();
    const organization = await seed(database).organization({ locale: 'en' });
    const from = { platform: 'slack', workspace: organization.workspace, user: newPlatformId('U') };
    const profile = profileOf({
      name: ' 王伟 ',
      email: 'Wang.Wei@Example.com',
      timeZone: 'Asia/Shanghai',
      locale: 'zh-TW',
    });
    const who = await people.directory.recognise(makeGesture(from, { profiles: { [from.user]: profile } }));
    expect(who).toMatchObject({
      known: true,
      locale: 'zh-CN',
      me: { name: '王伟', timeZone: 'Asia/Shanghai', administrator: false, manages: [], memberOf: [] },
      organization: { id: organization.id, currency: 'EUR', isSetUp: true },
    });
    const stored = await database.prisma.person.findFirstOrThrow({ where: { organizationId: organization.id } });
    expect(stored).toMatchObject({ email: 'wang.wei@example.com', locale: 'zh-CN' });
  });

  test('twenty at once, in two processes, make one person', async () => {
    const [one, other] = [start().people, start().people];
    const organization = await seed(database).organization();
    for (const email of [null, 'anna@example.com']) {
      const from = { platform: 'slack', workspace: organization.workspace, user: newPlatformId('U') };
      const gesture = makeGesture(from, { profiles: { [from.user]: profileOf({ email }) } });
      const before = await countPeople(organization.id);
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 ? one : other).directory.recognise(gesture)),
      );
      expect(new Set(all.map(known)).size).toBe(1);
      expect(known(all[0] ?? { known: false })).not.toBeNull();
      expect(await countPeople(organization.id)).toBe(before + 1);
    }
  });

  test('the same address in a second workspace is the same person, also when both come at once', async () => {
    const { people } = start();
    const organization = await seed(database).organization();
    const second = newPlatformId('T');
    await database.prisma.workspace.create({
      data: { organizationId: organization.id, platform: 'teams', externalId: second, name: 'Second' },
    });
    const gestures = [
      { platform: 'slack', workspace: organization.workspace, user: newPlatformId('U') },
      { platform: 'teams', workspace: second, user: newPlatformId('U') },
    ].map((from) => makeGesture(from, { profiles: { [from.user]: profileOf({ email: 'lee@example.com' }) } }));
    const all = await Promise.all([...gestures, ...gestures].map((gesture) => people.directory.recognise(gesture)));
    expect(new Set(all.map(known)).size).toBe(1);
    expect(await countPeople(organization.id)).toBe(1);
  });

  test.each([
    ['a guest', profileOf({ outsider: true })],
    ['somebody deactivated', profileOf({ deactivated: true })],
    ['nobody', null],
  ])('%s is refused and not stored', async (_, profile) => {
    const { people } = start();
    const organization = await seed(database).organization({ locale: 'zh-CN' });
    const from = { platform: 'slack', workspace: organization.workspace, user: newPlatformId('U') };
    const gesture = makeGesture(from, { profiles: { [from.user]: profile && { ...profile, locale: null } } });
    expect(await people.directory.recognise(gesture)).toEqual({ known: false, locale: 'zh-CN' });
    expect(await countPeople(organization.id)).toBe(0);
    expect(await database.prisma.identity.count({ where: { organizationId: organization.id } })).toBe(0);
  });

  test('an unknown workspace, and a removed one until it is back', async () => {
    const { people } = start();
    const stranger = { platform: 'slack', workspace: newPlatformId('T'), user: newPlatformId('U') };
    expect((await people.directory.recognise(makeGesture(stranger))).known).toBe(false);
    const organization = await seed(database).organization();
    const anna = await seed(database).person(organization);
    expect(known(await people.directory.recognise(makeGesture(anna.from)))).toBe(anna.id);
    await people.directory.workspaceRemoved(anna.from);
    expect((await people.directory.recognise(makeGesture(anna.from))).known).toBe(false);
    const back = await people.ensureWorkspace({ platform: 'slack', externalId: organization.workspace, name: 'Back' });
    expect(back).toEqual({ organizationId: organization.id, workspaceId: organization.workspaceId });
    expect(known(await people.directory.recognise(makeGesture(anna.from)))).toBe(anna.id);
  });
});

describe('a known person', () => {
  test('is recognised with teams and own choices, without reading the profile', async () => {
    const { people } = start();
    const organization = await seed(database).organization({ timeZone: 'Asia/Shanghai' });
    const anna = await seed(database).person(organization, {
      timeZone: 'Mars/Olympus',
      locale: 'en',
      chosenLocale: 'zh-CN',
      refreshedAt: new Date(monday.epochMilliseconds),
      administrator: true,
    });
    const managed = await seed(database).team(organization, { manager: anna });
    const joined = await seed(database).team(organization, { members: [anna] });
    await seed(database).team(organization, { manager: anna, members: [anna], archivedAt: new Date() });
    const who = await people.directory.recognise(makeGesture(anna.from, { profile: unread }));
    expect(who).toMatchObject({
      locale: 'zh-CN',
      me: { id: anna.id, timeZone: 'Asia/Shanghai', manages: [managed.id], memberOf: [joined.id], administrator: true },
    });
  });

  test('opens forms from memory while the database is slow or gone, for a day', async () => {
    const clock = movableClock(monday);
    const organization = await seed(database).organization();
    const anna = await seed(database).person(organization, { refreshedAt: new Date(monday.epochMilliseconds) });
    const real = identityStore(database);
    let fault: 'none' | 'slow' | 'gone' = 'none';
    const held: (() => void)[] = [];
    const directory = createDirectory({
      store: {
        ...real,
        find: async (from) => {
          if (fault === 'gone') throw new Error('connection refused');
          if (fault === 'slow') await new Promise<void>((resolve) => held.push(resolve));
          return real.find(from);
        },
      },
      clock,
      log,
      slowAfter: 20,
    });
    const gesture = makeGesture(anna.from, { profile: async () => profileOf() });
    fault = 'gone';
    await expect(directory.recognise(gesture)).rejects.toThrow('connection refused');
    fault = 'none';
    expect(known(await directory.recognise(gesture))).toBe(anna.id);
    fault = 'gone';
    expect(known(await directory.recognise(gesture))).toBe(anna.id);
    await clock.advance({ hours: 20 });
    expect(known(await directory.recognise(gesture))).toBe(anna.id);
    fault = 'slow';
    expect(known(await directory.recognise(gesture))).toBe(anna.id);
    fault = 'gone';
    await clock.advance({ hours: 5 });
    await expect(directory.recognise(gesture)).rejects.toThrow('connection refused');
    for (const release of held) release();
    await directory.settled();
  });

  test('is asked about again after half a minute, and at once after a change here', async () => {
    const { clock, people } = start();
    const organization = await seed(database).organization();
    const anna = await seed(database).person(organization, { refreshedAt: new Date(monday.epochMilliseconds) });
    const gesture = makeGesture(anna.from, { profile: unread });
    const observer = async () => {
      const who = await people.directory.recognise(gesture);
      return who.known && who.me.observer;
    };
    expect(await observer()).toBe(false);
    const where = { organizationId_id: { organizationId: organization.id, id: anna.id } };
    await database.prisma.person.update({ where, data: { observer: true } });
    expect(await observer()).toBe(false);
    await clock.advance({ seconds: 31 });
    expect(await observer()).toBe(true);
  });

  test('whose profile is a day old is answered at once and read again meanwhile', async () => {
    const { people } = start();
    const organization = await seed(database).organization();
    await seed(database).person(organization, { administrator: true });
    const old = new Date(monday.subtract({ hours: 25 }).epochMilliseconds);
    const anna = await seed(database).person(organization, { name: 'Old', refreshedAt: old });
    let release: (() => void) | undefined;
    const reading = new Promise<void>((resolve) => {
      release = resolve;
    });
    let reads = 0;
    const gesture = makeGesture(anna.from, {
      profile: async () => {
        reads += 1;
        await reading;
        return profileOf({ name: 'New', mayAdminister: true, timeZone: 'not a zone' });
      },
    });
    expect(await people.directory.recognise(gesture)).toMatchObject({ me: { name: 'Old' } });
    await people.directory.recognise(gesture);
    release?.();
    await people.settled();
    expect(reads).toBe(1);
    expect(await people.directory.recognise(gesture)).toMatchObject({
      me: { name: 'New', mayAdminister: true, timeZone: 'Europe/Berlin' },
    });
  });

  test('whose profile cannot be read stays as they were', async () => {
    const { people } = start();
    const organization = await seed(database).organization();
    const anna = await seed(database).person(organization, { refreshedAt: new Date(0) });
    const gesture = makeGesture(anna.from, { profile: async () => Promise.reject(new Error('rate limited')) });
    expect(known(await people.directory.recognise(gesture))).toBe(anna.id);
    await people.settled();
    expect(known(await people.directory.recognise(gesture))).toBe(anna.id);
  });
});

describe('the platform says that', () => {
  test('a profile changed: it counts at once', async () => {
    const { people } = start();
    const organization = await seed(database).organization();
    const anna = await seed(database).person(organization, { refreshedAt: new Date(monday.epochMilliseconds) });
    const bo = await seed(database).person(organization, { email: 'taken@example.com' });
    const gesture = makeGesture(anna.from, { profile: unread });
    await people.directory.recognise(gesture);
    const changed = profileOf({ name: 'Anna Neu', email: 'taken@example.com', locale: 'zh-CN' });
    await people.directory.profileChanged(bo.from, anna.from.user, changed);
    expect(await people.directory.recognise(gesture)).toMatchObject({ me: { name: 'Anna Neu' }, locale: 'zh-CN' });
    const unknown = newPlatformId('U');
    await people.directory.profileChanged(bo.from, unknown, profileOf());
    expect(await countPeople(organization.id)).toBe(2);
  });

  test.each([
    ['deactivated', profileOf({ deactivated: true })],
    ['a guest now', profileOf({ outsider: true })],
  ])(
    'somebody is %s: they are refused, lose their role, and are the same person when they come back',
    async (_, left) => {
      const { people } = start();
      const organization = await seed(database).organization();
      const anna = await seed(database).person(organization, { administrator: true });
      await people.directory.recognise(makeGesture(anna.from));
      await people.directory.profileChanged(anna.from, anna.from.user, left);
      const refused = makeGesture(anna.from, { profiles: { [anna.from.user]: left } });
      expect((await people.directory.recognise(refused)).known).toBe(false);
      expect(await people.person(organization.id, anna.id)).toMatchObject({ active: false, administrator: false });
      await people.directory.profileChanged(anna.from, anna.from.user, profileOf());
      const back = await people.directory.recognise(makeGesture(anna.from));
      expect(back).toMatchObject({ known: true, me: { id: anna.id, administrator: false } });
    },
  );

  test('one of two accounts is gone: the person stays', async () => {
    const { people } = start();
    const organization = await seed(database).organization();
    const anna = await seed(database).person(organization, { administrator: true });
    const second = newPlatformId('U');
    await database.prisma.identity.create({
      data: {
        organizationId: organization.id,
        workspaceId: organization.workspaceId,
        personId: anna.id,
        externalId: second,
      },
    });
    await people.directory.profileChanged(anna.from, second, profileOf({ deactivated: true }));
    expect(await people.person(organization.id, anna.id)).toMatchObject({ active: true, administrator: true });
  });
});

test('chosen colleagues become people; guests, strangers and those who left do not', async () => {
  const { people } = start();
  const organization = await seed(database).organization();
  const anna = await seed(database).person(organization);
  const gone = await seed(database).person(organization, { deactivatedAt: new Date() });
  const [fresh, guest] = [newPlatformId('U'), newPlatformId('U')];
  const profiles = {
    [fresh]: profileOf({ name: 'Fresh' }),
    [guest]: profileOf({ outsider: true }),
    [gone.from.user]: profileOf({ deactivated: true }),
  };
  const users = [anna.from.user, fresh, guest, gone.from.user, 'UNOBODY', fresh];
  const ids = await people.directory.personIds(makeGesture(anna.from, { profiles }), users);
  expect(ids.get(anna.from.user)).toBe(anna.id);
  expect([guest, gone.from.user, 'UNOBODY'].map((user) => ids.get(user))).toEqual([null, null, null]);
  const freshId = ids.get(fresh) ?? '';
  expect(await people.names(organization.id, [freshId])).toEqual(new Map([[freshId, 'Fresh']]));
  const back = await people.directory.userIds(organization.id, organization.workspaceId, [anna.id, freshId, gone.id]);
  expect(back).toEqual(
    new Map([
      [anna.id, anna.from.user],
      [freshId, fresh],
    ]),
  );
});

test('a workspace is made once, however many processes start', async () => {
  const externalId = newPlatformId('T');
  const all = await Promise.all(
    Array.from({ length: 8 }, () => start().people.ensureWorkspace({ platform: 'slack', externalId, name: 'Many' })),
  );
  expect(new Set(all.map((one) => one.organizationId)).size).toBe(1);
  expect(await database.prisma.organization.count({ where: { name: 'Many' } })).toBe(1);
});

test('people, teams and managers are found within their organisation only', async () => {
  const { people } = start();
  const [here, there] = [await seed(database).organization(), await seed(database).organization()];
  const boss = await seed(database).person(here, { name: 'Boss' });
  const rep = await seed(database).person(here, { name: '王伟' });
  const team = await seed(database).team(here, { manager: boss, members: [rep] });
  expect(await people.teamsOf(here.id, [boss.id, rep.id])).toEqual(
    new Map([
      [boss.id, [team.id]],
      [rep.id, [team.id]],
    ]),
  );
  expect(await people.managersOf(here.id, [rep.id, boss.id])).toEqual(
    new Map([
      [rep.id, [boss.id]],
      [boss.id, []],
    ]),
  );
  expect(await people.findByName(here.id, 'ww')).toEqual([{ id: rep.id, name: '王伟' }]);
  expect(await people.team(here.id, team.id)).toMatchObject({ managerId: boss.id, memberIds: [rep.id], locale: 'en' });
  expect(await people.person(there.id, rep.id)).toBeNull();
  expect(await people.team(there.id, team.id)).toBeNull();
  expect(await people.findByName(there.id, 'ww')).toEqual([]);
  expect((await people.teamsOf(there.id, [rep.id])).get(rep.id)).toEqual([]);
});
