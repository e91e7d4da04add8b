import { expect } from 'vitest';
import { askedOf, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

scenario.each([
  ['U0BECKER', 'account Brandt Maschinenbau', 'Brandt Maschinenbau'],
  ['U0CARTER', 'account Brandt Maschinenbau', 'Brandt Maschinenbau'],
  ['U0LINJING', '客户 hw', '华为技术有限公司'],
  ['U0BECKER', 'account acmee', 'Acme Aerospace'],
  ['U0BECKER', 'account', 'Your customers'],
  ['U0CHENWEI', '客户 华', '是哪一家？'],
])('%s: %s', ([key, words, title]) => async ({ who }) => {
  const card = await shownTo(who(key), () => who(key).tell(words));
  expect(card.lines[0]).toBe(title);
  return card;
});

scenario('the card at a glance leads to logging, for that customer', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  const card = await shownTo(anna, () => anna.tell('account Rheintal Chemie'));
  expect(card.facts).toMatchObject({ Class: 'Core potential', Owner: 'Anna Becker', 'Last visit': 'Tue 6 Oct' });
  expect(card.buttons).toEqual(['Edit', 'Edit', 'Log a visit', 'Edit', 'Add contact', 'All visits', 'Feedback']);
  await askedOf(anna, () => anna.press('Log a visit'));
  expect(anna.answer('Customer')).toMatch(/^Rheintal Chemie/);
  const saved = await shownTo(anna, () => anna.submit());
  expect((await rows()).came.Visit).toMatchObject([{ accountId: 'Rheintal Chemie' }]);
  await shownTo(anna, () => anna.tell('account Rheintal Chemie'));
  const visits = await shownTo(anna, () => anna.press('All visits'));
  expect(visits.lines[0]).toBe('Visits to Rheintal Chemie');
  return [card, saved, visits];
});

scenario('a customer is added with everything that is asked', async ({ who, rows }) => {
  const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').tell('account add Fresh Foods'));
  expect([anna.answer('Name'), anna.answer('Class'), anna.answer('Owner')]).toEqual([
    'Fresh Foods',
    'General',
    'Anna Becker',
  ]);
  await anna.more();
  await fill(anna, {
    Class: 'Core potential',
    City: 'Lyon',
    'Account team': ['Tom Carter', 'Sofia Rossi'],
    'Other names': 'FF; 鲜食',
    Code: 'F-7',
    'Time zone': 'Paris',
  });
  const card = await shownTo(anna, () => anna.submit());
  expect(card.facts).toMatchObject({
    Class: 'Core potential',
    'Also known as': 'FF · 鲜食',
    City: 'Lyon · Europe/Paris',
  });
  const { came } = await rows();
  expect(came.Account).toMatchObject([
    { name: 'Fresh Foods', code: 'F-7', ownerId: 'Anna Becker', timeZone: 'Europe/Paris' },
  ]);
  expect(came.AccountMember?.map(({ personId }) => personId)).toEqual(['Sofia Rossi', 'Tom Carter']);
  return card;
});

scenario('the same name twice is refused at the field, and nothing typed is lost', async ({ who, rows }) => {
  const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').tell('account add brandt-maschinenbau'));
  await anna.fill('City', 'Ulm');
  await anna.submit();
  await eventually(() =>
    expect(anna.problems().join()).toContain('“Brandt Maschinenbau” is already a customer with this name'),
  );
  expect(anna.answer('City')).toBe('Ulm');
  expect((await rows()).came).toEqual({});
  await anna.fill('Name', 'Brandt Ulm');
  return shownTo(anna, () => anna.submit());
});

scenario('a customer is edited, and the history says what', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  await askedOf(anna, () => anna.tell('account add Greenfield'));
  await shownTo(anna, () => anna.submit());
  await askedOf(anna, () => anna.press('Edit'));
  expect([anna.answer('Name'), anna.answer('Owner')]).toEqual(['Greenfield', 'Anna Becker']);
  await fill(anna, { Class: 'Balanced', City: 'Murnau', Owner: 'Tom Carter' });
  const card = await shownTo(anna, () => anna.submit());
  expect(card.facts).toMatchObject({ Class: 'Balanced', Owner: 'Tom Carter' });
  const { came } = await rows();
  expect(came.Account).toMatchObject([{ class: 'balanced', city: 'Murnau', ownerId: 'Tom Carter' }]);
  const changes = { class: ['general', 'balanced'], city: [null, 'Murnau'], ownerId: ['Anna Becker', 'Tom Carter'] };
  expect(came.AccountChange?.[0]).toMatchObject({ changedById: 'Anna Becker', changes });
  return card;
});

scenario('a contact is added, edited, and taken off the list', async ({ who, rows }) => {
  const chen = who('U0CHENWEI');
  await askedOf(chen, () => chen.tell('客户 新增 联系人测试'));
  await shownTo(chen, () => chen.submit());
  await askedOf(chen, () => chen.press('新增联系人'));
  await fill(chen, { 名称: '王总', 职务: '采购总监', 在决策中的角色: '决策人', 对我们的态度: '支持我们' });
  const added = await shownTo(chen, () => chen.submit());
  expect(added.lines).toContain('王总 · 采购总监');
  expect((await rows()).came.Contact).toMatchObject([{ name: '王总', role: 'decisionMaker', attitude: 'positive' }]);
  await askedOf(chen, () => chen.press('修改'));
  expect(chen.answer('职务')).toBe('采购总监');
  await fill(chen, { 职务: '副总', 已经离开: true });
  const gone = await shownTo(chen, () => chen.submit());
  expect(gone.lines).not.toContain('王总 · 采购总监');
  expect((await rows()).came.Contact).toMatchObject([{ title: '副总', archivedAt: '2026-11-23T09 h' }]);
  return [added, gone];
});

scenario('a manager archives and takes back; others are not asked whether', async ({ who, rows }) => {
  const [lin, anna] = [who('U0LINJING'), who('U0BECKER')];
  expect((await shownTo(anna, () => anna.tell('account Havel Pumpen'))).buttons).not.toContain('Archive');
  const before = await shownTo(lin, () => lin.tell('客户 Havel Pumpen'));
  expect(before.buttons).toContain('归档');
  const archived = await shownTo(lin, () => lin.press('归档'));
  expect(archived.buttons).toEqual(['修改', '取消归档', '全部拜访']);
  expect((await rows()).came.Account).toMatchObject([{ name: 'Havel Pumpen', archivedAt: '2026-11-23T09 h' }]);
  const none = await shownTo(anna, () => anna.tell('account Havel Pumpen'));
  expect(none.lines.join()).toContain('I don’t know a customer called “Havel Pumpen” yet');
  const back = await shownTo(lin, () => lin.press('取消归档'));
  expect(back.buttons).toContain('归档');
  return [archived, none, back];
});

scenario('none of that name: one press adds it', async ({ who, rows }) => {
  const tom = who('U0CARTER');
  const none = await shownTo(tom, () => tom.tell('account Qwxyz Ltd'));
  expect(none.buttons).toEqual(['Add “Qwxyz Ltd”']);
  await askedOf(tom, () => tom.press('Add “Qwxyz Ltd”'));
  const card = await shownTo(tom, () => tom.submit());
  expect((await rows()).came.Account).toMatchObject([{ name: 'Qwxyz Ltd', ownerId: 'Tom Carter' }]);
  return [none, card];
});

scenario('an observer adds nothing', async ({ who, rows }) => {
  const claire = who('U0DUPONT');
  const card = await shownTo(claire, () => claire.tell('account add Mine'));
  expect(card.lines).toEqual(['Your role doesn’t allow this. Ask an administrator if you need it.']);
  expect((await rows()).came).toEqual({});
  return card;
});
