import { expect } from 'vitest';
import { askedOf, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

const file = (content: string) => ({ name: 'accounts.csv', content });
const good =
  '客户名称,编码,级别,负责人邮箱,城市,别名,联系人\n恒远仪表,H1,核心顾客,chen.wei@kestrel.example,上海,HY,王总、Li Wei\nNew Name Ltd,H2,general,,Leeds,,\n';

scenario('an administrator imports a list from a file', async ({ who, rows }) => {
  const lin = await askedOf(who('U0LINJING'), () => who('U0LINJING').tell('客户 导入'));
  await lin.attach('CSV 文件', file(good));
  const card = await shownTo(lin, () => lin.submit());
  expect(card.lines).toEqual(['客户导入完成', '新增：2', '更新：0', '无变化：0', '有错：0']);
  const { came } = await rows();
  expect(came.Account).toMatchObject([
    { name: 'New Name Ltd', code: 'H2', ownerId: null },
    { name: '恒远仪表', code: 'H1', class: 'core', ownerId: '陈伟', otherNames: ['HY'] },
  ]);
  expect(came.Contact?.map(({ name }) => name)).toEqual(['Li Wei', '王总']);
  return card;
});

scenario('rows with mistakes are told by their numbers, and nothing is stored', async ({ who, rows }) => {
  const lin = await askedOf(who('U0LINJING'), () => who('U0LINJING').tell('客户 导入'));
  await lin.attach('CSV 文件', file('name,class\nFine,core\nBad,huge\n'));
  const card = await shownTo(lin, () => lin.submit());
  expect(card.lines).toContain('第 3 行：“huge”不是四种级别之一');
  expect((await rows()).came).toEqual({});
  return card;
});

scenario('a file is checked only, and then imported without its bad rows', async ({ who, rows }) => {
  const lin = await askedOf(who('U0LINJING'), () => who('U0LINJING').tell('客户 导入'));
  await lin.attach('CSV 文件', file('name,class\nFine,core\nBad,huge\n'));
  await lin.fill('先试一下', true);
  const tried = await shownTo(lin, () => lin.submit());
  expect((await rows()).came).toEqual({});
  await askedOf(lin, () => lin.tell('客户 导入'));
  await lin.attach('CSV 文件', file('name,class\nFine,core\nBad,huge\n'));
  await lin.fill('有错的行', true);
  const done = await shownTo(lin, () => lin.submit());
  expect((await rows()).came.Account).toMatchObject([{ name: 'Fine', class: 'core' }]);
  return [tried, done];
});

scenario('nobody else imports', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  const card = await shownTo(anna, () => anna.tell('account import'));
  expect(card.lines).toEqual(['Your role doesn’t allow this. Ask an administrator if you need it.']);
  expect((await rows()).came).toEqual({});
  return card;
});
