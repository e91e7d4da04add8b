import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOk } from '../support/member.ts';
import { openWorld, type World } from '../world.ts';

describe('a workspace in which KAM was just installed', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ now: '2026-11-23T01:30:00Z', empty: true });
  });
  afterAll(() => world.close());

  const last = (id: string) => world.member(id).lastMessage.text;

  it('tells everybody who should set it up, in their language, and guests nothing', async () => {
    expectOk(await world.member('U0BECKER').command('/kam log'));
    await expect.poll(() => last('U0BECKER')).toContain('/kam setup');
    expectOk(await world.member('U0CHENWEI').command('/kam 记录 华为 拜访'));
    await expect.poll(() => last('U0CHENWEI')).toContain('工作区所有者');
    expectOk(await world.member('U0GUEST').command('/kam help'));
    await expect.poll(() => last('U0GUEST')).toContain('only for full members');
    expectOk(await world.member('U0BECKER').command('/kam setup'));
    expect(world.member('U0BECKER').hasModal).toBe(false);
    expect(await world.bot.database.prisma.person.count()).toBe(2);
  });

  it('is set up by its owner in three forms', async () => {
    const owner = world.member('U0LINJING');
    expectOk(await owner.command('/kam 设置'));
    if (!owner.hasModal) expectOk(await owner.press('开始设置'));
    expect(owner.questions.length).toBeGreaterThanOrEqual(3);
    expectOk(await owner.submit());

    expect(owner.hasModal).toBe(true);
    const [name, manager, members] = owner.questions;
    await owner.fill(name ?? '', '华东团队');
    await owner.fill(manager ?? '', 'U0LINJING');
    await owner.fill(members ?? '', ['U0CHENWEI', 'U0BECKER']);
    expectOk(await owner.submit());
    const team = await world.bot.database.prisma.team.findFirstOrThrow({
      include: { memberships: true, manager: true },
    });
    expect(team).toMatchObject({ name: '华东团队', announceVisits: false, manager: { name: '林静' } });
    expect(team.memberships).toHaveLength(2);
    expect(await world.bot.database.prisma.person.findFirst({ where: { administrator: true } })).toMatchObject({
      name: '林静',
    });
  });

  it('takes the customers from a file, and then works', async () => {
    const owner = world.member('U0LINJING');
    await expect.poll(() => owner.messages.length + owner.screen.views.length).toBeGreaterThan(0);
    if (owner.hasModal) expectOk(await owner.close());
    expectOk(await owner.command('/kam 客户 导入'));
    const [file] = owner.questions;
    const rows =
      '客户名称,编码,级别,负责人邮箱,城市\n华为技术有限公司,K1,核心顾客,chen.wei@kestrel.example,上海\n博远电子,K2,一般顾客,,苏州\n';
    await owner.fill(file ?? '', rows);
    expectOk(await owner.submit());
    const count = () => world.bot.database.prisma.account.count();
    await expect.poll(count, { timeout: 10_000 }).toBe(2);
    const chen = world.member('U0CHENWEI');
    expectOk(await chen.command('/kam 记录 华为 见了王总'));
    await expect.poll(() => world.bot.database.prisma.visit.count()).toBe(1);
  });

  it('turns a message into a visit note, keeping its link', async () => {
    const chen = world.member('U0CHENWEI');
    expectOk(await chen.say('C0GENERAL', '华为质量部来电：两台仪表漂移'));
    const said = chen.messages.filter((message) => message.user === 'U0CHENWEI').at(-1);
    expectOk(await chen.shortcut('kam_log_visit_from_message', { channel: 'C0GENERAL', ts: said?.ts ?? '' }));
    expect(chen.answer('拜访情况')).toContain('两台仪表漂移');
    await chen.fill('客户', '博远电子');
    expectOk(await chen.submit());
    const stored = await world.bot.database.prisma.visit.findFirstOrThrow({ where: { account: { name: '博远电子' } } });
    expect(stored.sourceLink).toMatch(/^https?:\/\/.*C0GENERAL/);
    expectOk(await chen.shortcut('kam_log_visit'));
    expect(chen.hasModal).toBe(true);
    expectOk(await chen.close());
  });

  it('has a page for everybody', async () => {
    for (const id of ['U0CHENWEI', 'U0LINJING', 'U0BECKER', 'U0ROSSI']) {
      const member = world.member(id);
      expectOk(await member.openHome());
      await expect.poll(() => member.screen.home).not.toBeNull();
      expect(JSON.stringify(member.screen.home)).toMatch(/记录拜访|Log a visit/);
    }
  });
});
