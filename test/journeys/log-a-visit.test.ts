import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOk } from '../support/member.ts';
import { openWorld, type World } from '../world.ts';

/** Monday, 10:30 in Berlin and 17:30 in Shanghai. */
const now = '2026-11-23T09:30:00Z';

describe('logging a visit', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ now });
  });
  afterAll(() => world.close());

  const stored = async (account: string) =>
    world.bot.database.prisma.visit.findMany({
      where: { account: { name: account }, NOT: { requestKey: { startsWith: 'demo:' } } },
      include: { actions: true, people: true, contacts: { include: { contact: true } }, author: true },
    });

  it('opens the form, saves it, and says privately what was saved', async () => {
    const anna = world.member('U0BECKER');
    expectOk(await anna.command('/kam log'));
    expect(anna.answer('Date')).toBe('2026-11-23');
    await anna.fill('Customer', 'Brandt Maschinenbau');
    await anna.fill('What happened', 'Met the CFO. <!channel> *likes* the trial & wants a price.');
    await anna.fill('Next step', 'Send the offer');
    await anna.fill('Next step due', '2026-11-27');
    expectOk(await anna.submit());
    expect(anna.hasModal).toBe(false);
    const told = () => anna.messages.filter((message) => message.ephemeral);
    await expect.poll(told).toHaveLength(1);
    expect(told()[0]).toMatchObject({ channel: 'C0GENERAL', pings: [], text: expect.stringContaining('Brandt') });
    expect(world.member('U0CARTER').messages.filter((message) => message.ephemeral)).toEqual([]);
    expect(await stored('Brandt Maschinenbau')).toMatchObject([
      {
        author: { name: 'Anna Becker' },
        kind: 'visit',
        date: new Date('2026-11-23'),
        note: 'Met the CFO. <!channel> *likes* the trial & wants a price.',
        actions: [{ text: 'Send the offer', dueOn: new Date('2026-11-27'), state: 'open' }],
      },
    ]);
  });

  it('announces it in the team’s channel without the note, pinging nobody', async () => {
    const tom = world.member('U0CARTER');
    const posted = () => tom.messages.filter((message) => message.channel === 'C0EUROPE');
    await expect.poll(posted).toHaveLength(1);
    expect(posted()[0]).toMatchObject({ ephemeral: false, pings: [] });
    expect(JSON.stringify(posted()[0])).toContain('Brandt Maschinenbau');
    expect(JSON.stringify(posted()[0])).not.toContain('CFO');
  });

  it('understands one line, in Chinese, in the person’s own zone', async () => {
    const chen = world.member('U0CHENWEI');
    expectOk(await chen.command('/kam 记录 华为 见了王总，谈了价格 下一步：下周三前发报价'));
    await expect.poll(() => chen.lastMessage.text).toContain('华为技术有限公司');
    expect(await stored('华为技术有限公司')).toMatchObject([
      { note: '见了王总，谈了价格', actions: [{ dueOn: new Date('2026-12-02') }] },
    ]);
  });

  it('takes it back with one tap, and brings it back', async () => {
    const chen = world.member('U0CHENWEI');
    expectOk(await chen.press('撤销'));
    await expect.poll(async () => (await stored('华为技术有限公司'))[0]?.undoneAt).toBeInstanceOf(Date);
    expectOk(await chen.press('恢复'));
    await expect.poll(async () => (await stored('华为技术有限公司'))[0]?.undoneAt).toBeNull();
  });
});
