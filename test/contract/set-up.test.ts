import { expect } from 'vitest';
import { askedOf, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth({ empty: true });

scenario(
  'installed by the right person in three steps; until then others read who should do it',
  async ({ who, rows }) => {
    const [anna, chen, guest, lin] = [who('U0BECKER'), who('U0CHENWEI'), who('U0GUEST'), who('U0LINJING')];
    const notYet = await shownTo(anna, () => anna.tell('log'));
    expect(notYet.lines.join()).toMatch(
      /KAM isn’t set up here yet\. .* can do it in two minutes with (\/kam )?setup\./,
    );
    const notYetChinese = await shownTo(chen, () => chen.tell('记录 华为 拜访'));
    expect(notYetChinese.lines.join()).toContain('KAM 还没有启用');
    const no = await shownTo(guest, () => guest.tell('help'));
    expect(no.lines).toEqual(['KAM is only for full members of this workspace.']);
    const refused = await shownTo(anna, () => anna.tell('setup'));
    expect(refused.lines).toEqual(notYet.lines);
    expect((await rows()).came.Person).toMatchObject([
      {
        name: 'Anna Becker',
        email: 'anna.becker@kestrel.example',
        timeZone: 'Europe/Berlin',
        locale: 'en',
        administrator: false,
      },
      {
        name: '陈伟',
        email: 'chen.wei@kestrel.example',
        timeZone: 'Asia/Shanghai',
        locale: 'zh-CN',
        administrator: false,
      },
    ]);

    await askedOf(lin, () => lin.tell('设置'));
    expect(lin.formLines.join()).toContain('第 1 步，共 3 步');
    expect([lin.answer('公司语言'), lin.answer('时区'), lin.answer('货币')]).toEqual([
      ...['中文', expect.stringContaining('上海'), expect.stringContaining('CNY')],
    ]);
    await lin.fill('时区', '柏林');
    await lin.submit();
    await eventually(() => expect(lin.formLines.join()).toContain('第 2 步，共 3 步'));
    expect(lin.answer('负责人')).toBe('林静');
    await fill(lin, { 名称: '华东团队', 成员: ['陈伟', 'Anna Becker'] });
    const third = await shownTo(lin, () => lin.submit());
    expect(third.lines[0]).toBe('第 3 步，共 3 步：客户');
    expect(third.buttons).toEqual(expect.arrayContaining(['导入名单', '添加客户', '以后再说']));
    const { came } = await rows();
    expect(came.Organization).toMatchObject([
      { locale: 'zh-CN', timeZone: 'Europe/Berlin', currency: 'CNY', setUpAt: '2026-11-23T09 h' },
    ]);
    expect(came.Team).toMatchObject([{ name: '华东团队', managerId: '林静', announceVisits: false }]);
    expect(came.Membership?.map(({ personId }) => personId)).toEqual(['Anna Becker', '陈伟']);
    expect(came.Person?.filter(({ administrator }) => administrator)).toMatchObject([{ name: '林静' }]);

    await askedOf(lin, () => lin.press('添加客户'));
    await lin.fill('名称', '博远电子');
    const added = await shownTo(lin, () => lin.submit());
    const ready = await shownTo(lin, () => lin.press('以后再说'));
    expect(ready.lines[0]).toBe('KAM 可以用了');
    const first = await shownTo(chen, () => chen.tell('记录 博远电子 见了孙总'));
    expect(first.lines[0]).toBe('已保存：博远电子 · 上门拜访');
    return [notYet, notYetChinese, no, third, added, ready, first];
  },
);

scenario('the page of somebody who has nothing here yet says what to do first', async ({ who }) => {
  const home = await who('U0ROSSI').home();
  expect(home).toMatch(/Start with either of these|isn’t set up here yet/);
});
