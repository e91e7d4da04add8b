import { expect } from 'vitest';
import { askedOf, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

scenario.each([
  ['U0BECKER', 'team', 'Teams'],
  ['U0LINJING', '团队', '团队'],
  ['U0LINJING', '团队 Zzyzx', '团队'],
  ['U0BECKER', 'people', 'People'],
  ['U0LINJING', '人员', '人员'],
  ['U0LINJING', '人员 陈', '人员'],
  ['U0DUPONT', 'people', 'People'],
])('%s: %s', ([key, words, title]) => async ({ who }) => {
  const card = await shownTo(who(key), () => who(key).tell(words));
  expect(card.lines[0]).toBe(title);
  return card;
});

scenario('an administrator makes a team of colleagues, changes it, and archives it', async ({ who, rows }) => {
  const lin = who('U0LINJING');
  await shownTo(lin, () => lin.tell('团队'));
  await askedOf(lin, () => lin.press('新建团队'));
  await fill(lin, { 名称: '华南', 负责人: '王芳', 成员: ['陈伟', '李强'] });
  const made = await shownTo(lin, () => lin.submit());
  expect(made.lines).toContain('“华南”已保存。');
  const { came } = await rows();
  expect(came.Team).toMatchObject([{ name: '华南', managerId: '王芳', locale: 'en', announceVisits: false }]);
  expect(came.Membership?.map(({ personId }) => personId)).toEqual(['李强', '陈伟']);

  const wang = who('U0WANGFANG');
  await shownTo(wang, () => wang.tell('团队 华南'));
  await askedOf(wang, () => wang.press('编辑'));
  expect([wang.answer('名称'), wang.answer('负责人'), wang.answer('成员')]).toEqual([
    '华南',
    '王芳',
    expect.any(Array),
  ]);
  await wang.fill('成员', ['陈伟']);
  const changed = await shownTo(wang, () => wang.submit());
  expect((await rows()).came.Membership?.map(({ personId }) => personId)).toEqual(['陈伟']);
  const archived = await shownTo(wang, () => wang.press('归档'));
  expect((await rows()).came.Team).toMatchObject([{ archivedAt: '2026-11-23T09 h' }]);
  return [made, changed, archived];
});

scenario('a team announces nothing without a channel', async ({ who, rows }) => {
  const lin = who('U0LINJING');
  await shownTo(lin, () => lin.tell('团队'));
  await askedOf(lin, () => lin.press('新建团队'));
  await fill(lin, { 名称: '华中', 新拜访: true });
  await lin.submit();
  await eventually(() => expect(lin.problems().join()).toContain('请选择发布拜访消息的频道'));
  expect((await rows()).came).toEqual({});
  await lin.fill('新拜访', false);
  return shownTo(lin, () => lin.submit());
});

scenario('roles are changed by an administrator, and count at once', async ({ who, rows }) => {
  const [lin, rossi] = [who('U0LINJING'), who('U0ROSSI')];
  await shownTo(lin, () => lin.tell('人员 Sofia'));
  await askedOf(lin, () => lin.press('修改角色'));
  expect(lin.answer('角色')).toBe('记录拜访；负责自己带的团队');
  await lin.fill('角色', '观察员：只看，不填写');
  const observer = await shownTo(lin, () => lin.submit());
  expect(observer.lines).toEqual(['Sofia Rossi现在是观察员。']);
  expect((await rows()).came.Person).toMatchObject([{ name: 'Sofia Rossi', observer: true }]);
  const refused = await shownTo(rossi, () => rossi.tell('log Douro Tech a talk'));
  expect(refused.lines).toEqual(['Your role doesn’t allow this. Ask an administrator if you need it.']);
  await shownTo(lin, () => lin.tell('人员 Sofia'));
  await askedOf(lin, () => lin.press('修改角色'));
  await lin.fill('角色', '管理员：查看和修改全部内容');
  const administrator = await shownTo(lin, () => lin.submit());
  expect((await rows()).came).toMatchObject({ Person: [{ administrator: true, observer: false }] });
  expect((await rows()).came.Visit).toBeUndefined();
  await shownTo(rossi, () => rossi.tell('people 林静'));
  const people = await shownTo(rossi, () => rossi.press('All people'));
  return [observer, refused, administrator, people];
});

scenario('the last administrator stays one', async ({ who, rows, world }) => {
  await world.bot.database.prisma.person.updateMany({
    where: { name: { not: '林静' } },
    data: { administrator: false },
  });
  const lin = who('U0LINJING');
  await shownTo(lin, () => lin.tell('人员 林静'));
  await askedOf(lin, () => lin.press('修改角色'));
  await lin.fill('角色', '记录拜访；负责自己带的团队');
  await lin.submit();
  await eventually(() => expect(lin.problems().join()).toContain('这是最后一位管理员'));
  expect((await rows()).came.Person?.find(({ name }) => name === '林静')).toBeUndefined();
  await lin.leave();
});

scenario('others change neither roles nor teams, nor settings', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  const people = await shownTo(anna, () => anna.tell('people'));
  expect(people.buttons).not.toContain('Change role');
  const teams = await shownTo(anna, () => anna.tell('team'));
  expect(teams.buttons).toEqual([]);
  const setUp = await shownTo(anna, () => anna.tell('setup'));
  expect(setUp.lines).toEqual(['Only an administrator can change this: 林静.']);
  expect((await rows()).came).toEqual({});
  return [people, teams, setUp];
});

scenario('an observer reads, and logs nothing', async ({ who, rows }) => {
  const claire = who('U0DUPONT');
  const refused = await shownTo(claire, () => claire.tell('log'));
  expect(refused.lines).toEqual(['Your role doesn’t allow this. Ask an administrator if you need it.']);
  expect(claire.hasForm).toBe(false);
  const quick = await shownTo(claire, () => claire.tell('log Brandt a talk'));
  expect((await rows()).came).toEqual({});
  return [refused, quick];
});

scenario.each([
  ['help'],
  ['log'],
  ['visits Brandt'],
  ['account Brandt'],
  ['actions'],
  ['today'],
  ['people'],
  ['team'],
  ['setup'],
])('a guest is told no, and learns nothing: %s', ([words]) => async ({ who, rows }) => {
  const guest = who('U0GUEST');
  const card = await shownTo(guest, () => guest.tell(words));
  expect(card).toEqual({ lines: ['KAM is only for full members of this workspace.'], facts: {}, buttons: [] });
  expect(guest.hasForm).toBe(false);
  expect((await rows()).came).toEqual({});
  return card;
});
