import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';

const nasty = [
  '<!channel>',
  '<!here>',
  '<!everyone>',
  '<@U0CARTER>',
  '<@U0CARTER|Tom>',
  '@channel',
  '<https://evil.example|Acme>',
  '*bold* _it_ ~s~ `code` ```pre```',
  '&amp; &lt;!channel&gt;',
  '{"a":1}',
  '\'; DROP TABLE "Visit"; --',
  '\u202eright to left\u202c',
  '\u200b\u200d\ufeff',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'ﷺ'.repeat(20),
  '下一步：下一步：明天',
  'next: next: by Friday by Monday',
  ':tada: :no_such_emoji:',
  '\ud800',
  'null \u0000 character',
];
/** Names, marks and letters of many scripts, in any order. */
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(...nasty),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom('Acme', '华为', 'next:', '下一步：', 'by Friday'),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(' '));
/** At and past the limits of what a form and a line may hold. */
const long = fc.constantFrom(2_999, 3_000, 3_001, 10_000).map((length) => 'x'.repeat(length));

describe('whatever is typed', () => {
  let world: World;
  const rejections: unknown[] = [];
  const noteRejection = (reason: unknown) => void rejections.push(reason);
  beforeAll(async () => {
    process.on('unhandledRejection', noteRejection);
    world = await openWorld({ now: '2026-11-23T09:30:00Z' });
  });
  afterAll(async () => {
    await world.close();
    process.off('unhandledRejection', noteRejection);
  });

  /** Nobody was pinged, Slack refused nothing that the bot drew, and nothing surprised the bot. */
  const allWell = async () => {
    await world.bot.tick();
    const everyone = ['U0BECKER', 'U0CARTER', 'U0LINJING'].flatMap((id) => world.member(id).messages);
    expect(everyone.filter((message) => message.user === 'U0KAMBOT' && message.pings.length > 0)).toEqual([]);
    const refused = world.sandbox.calls
      .filter(({ answer }) => answer.ok !== true)
      .map(({ method, answer }) => ({ method, answer }));
    expect(refused).toEqual([]);
    expect(world.sandbox.deliveries.filter(({ ok }) => !ok)).toEqual([]);
    expect(world.log.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
    expect(rejections).toEqual([]);
  };

  it('in a command is answered, and pings nobody', async () => {
    const anna = world.member('U0BECKER');
    const command = fc.constantFrom(
      'log',
      'log Acme',
      '记录',
      'visits',
      'account',
      'actions',
      'people',
      'team',
      'language',
      '',
    );
    await fc.assert(
      fc.asyncProperty(command, fc.oneof(words, long), async (first, rest) => {
        const before = anna.messages.length;
        const result = await anna.command(`/kam ${first} ${rest}`);
        expect(result.ok, JSON.stringify(result)).toBe(true);
        if (anna.hasModal) await anna.close();
        else await expect.poll(() => anna.messages.length).toBeGreaterThan(before);
      }),
      { numRuns: 60 },
    );
    await allWell();
  });

  it('in a form is stored as typed or answered at its field, and pings nobody', async () => {
    const anna = world.member('U0BECKER');
    const { prisma } = world.bot.database;
    const customers = await prisma.account.findMany({
      where: { owner: { name: 'Anna Becker' } },
      orderBy: { name: 'asc' },
    });
    let turn = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(words, long), fc.oneof(words, long), async (note, step) => {
        turn += 1;
        await anna.command('/kam log');
        await anna.fill('Customer', customers[turn % customers.length]?.name ?? '');
        await anna.fill('What happened', note);
        await anna.fill('Next step', step);
        await anna.fill(
          'Date',
          `2026-${String(1 + (turn % 9)).padStart(2, '0')}-${String(1 + (turn % 28)).padStart(2, '0')}`,
        );
        const result = await anna.submit();
        if (result.ok) {
          if (anna.hasModal) await anna.close();
        } else {
          expect(Object.values(result.errors ?? {}).join(), JSON.stringify(result)).not.toBe('');
          expect(anna.answer('What happened')).toBe(note);
          await anna.close();
        }
      }),
      { numRuns: 40 },
    );
    await allWell();
  });

  it('as a customer’s name is shown as a name', async () => {
    const anna = world.member('U0BECKER');
    for (const [index, name] of nasty.entries()) {
      await anna.command('/kam account add');
      if (!anna.hasModal) continue;
      await anna.fill('Name', `${name} ${index}`);
      const result = await anna.submit();
      if (!result.ok || anna.hasModal) {
        await anna.close();
        continue;
      }
      await anna.command(`/kam log ${name} ${index} met them next: call by Friday`);
      if (anna.hasModal) await anna.close();
      await anna.command(`/kam account ${name} ${index}`);
    }
    await anna.openHome();
    await anna.command('/kam visits');
    await anna.command('/kam actions');
    await allWell();
  });

  it('reaches no log line', () => {
    const lines = world.log.join('\n');
    for (const said of ['evil.example', 'DROP TABLE', 'met them', 'Brandt', 'Acme', 'xoxb-', 'a-signing-secret'])
      expect(lines).not.toContain(said);
  });
});
