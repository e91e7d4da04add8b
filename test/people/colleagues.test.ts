import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../src/chat/slice.ts';
import { type Acting, startActing } from './acting.ts';
import { anotherWorkspace } from './two-apps.ts';

let acting: Acting;
beforeAll(async () => {
  acting = await startActing();
});
afterAll(() => acting.close());

const find = async (call: Call, query: string) =>
  (await acting.registry.lookUps.get('people.colleagues')?.find(call, query)) ?? [];

test('colleagues are found in all apps of the organisation, one’s own teams first, those who left not at all', async () => {
  const { build, as } = acting;
  const here = await build.organization();
  const there = await anotherWorkspace(acting, here);
  const elsewhere = await build.organization();
  const anna = await build.person(here, { name: 'Anna' });
  const near = await build.person(there, { name: 'Zoe', email: 'zz@example.com' });
  const boss = await build.person(here, { name: 'Yan', observer: true });
  const far = await build.person(here, { name: 'Bo' });
  await build.person(here, { name: 'Gone', deactivatedAt: new Date() });
  await build.person(elsewhere, { name: 'Stranger' });
  await build.team(here, { name: 'North', manager: boss, members: [anna, near] });
  await build.team(here, { name: 'South', members: [far] });
  await build.team(here, { name: 'Old', members: [anna, far], archivedAt: new Date() });
  const call = await as(here, anna);
  expect(await find(call, '')).toEqual([
    { value: anna.id, label: 'Anna' },
    { value: boss.id, label: 'Yan' },
    { value: near.id, label: 'Zoe' },
    { value: far.id, label: 'Bo' },
  ]);
  expect(await find(call, 'zz')).toEqual([{ value: near.id, label: 'Zoe' }]);
  const namesake = await build.person(there, { name: 'Bo' });
  expect(await find(call, 'bo')).toEqual([
    { value: far.id, label: 'Bo', detail: 'South' },
    { value: namesake.id, label: 'Bo' },
  ]);
});

test('only active people of the organisation may be chosen, whatever comes as an id', async () => {
  const { build, people } = acting;
  const [here, elsewhere] = [await build.organization(), await build.organization()];
  const anna = await build.person(here, { name: 'Anna' });
  const gone = await build.person(here, { deactivatedAt: new Date() });
  const stranger = await build.person(elsewhere);
  const ids = [anna.id, gone.id, stranger.id, uuid(), 'nonsense', "'; --", '', anna.id];
  expect(await people.directory.colleagues(here.id, ids)).toEqual(new Map([[anna.id, 'Anna']]));
});
