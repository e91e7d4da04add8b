import { expect } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import { outboxRow, type ThingCard } from '../../src/chat/outbox.ts';
import { putIntoOutbox } from '../../src/chat/outbox-insert.ts';
import { newId } from '../../src/ids.ts';
import { type Company, eventually, onBoth } from './both.ts';

const scenario = onBoth();

const coverage = (core: readonly (number | null)[], words: string): Card => ({
  title: '本周小结',
  body: [
    {
      kind: 'chart',
      draw: 'lines',
      title: '按客户分类的覆盖率',
      categories: ['11月16日', '11月23日'],
      series: [
        { name: '核心顾客', values: core },
        { name: '一般顾客', values: [20, 30] },
      ],
      unit: 'percent',
      alternative: words,
    },
    { kind: 'note', words: '截至 11月27日' },
  ],
});

/** What stands in the person's own conversation with the bot, each line once: some clients have words twice. */
const read = ({ who }: Company) =>
  who('U0BECKER')
    .cards()
    .filter(({ lines }) => lines[0] === '本周小结')
    .map(({ lines }) => [...new Set(lines)]);

async function send({ world }: Company, card: Card, content: { as: ThingCard } | { of: ThingCard }) {
  const { database, organizationId } = world.bot;
  const { id: personId } = await database.prisma.person.findFirstOrThrow({ where: { name: 'Anna Becker' } });
  const to = 'as' in content ? { personId } : ({ whereItStands: true } as const);
  const what =
    'as' in content ? ({ do: 'post', card, ...content } as const) : ({ do: 'redraw', card, ...content } as const);
  await putIntoOutbox(database.pool, [
    outboxRow({ organizationId, key: `probe:${newId()}`, to, content: what }, world.clock.now()),
  ]);
  await world.bot.tick();
}

/** The pictures that a message shows, whichever way. */
function pictures({ platform, world }: Company): unknown[] {
  if (platform === 'slack') {
    const blocks = world.member('U0BECKER').messages.flatMap((message) => message.blocks as { type: string }[]);
    return blocks.filter(({ type }) => type === 'image');
  }
  return JSON.stringify(world.teamsMember('U0BECKER').messages).match(/"url":"data:image\/png;base64,[^"]+"/g) ?? [];
}

scenario('a chart is seen and read, and redrawn where it stands when a figure has changed', async (company) => {
  const thing = { thing: 'probe', id: newId(), card: 'chart' };
  await send(company, coverage([62, 84], '核心顾客：62%，84%。一般顾客：20%，30%。'), { as: thing });
  await eventually(() => expect(read(company)).toHaveLength(1));
  const first = read(company);
  const [before] = pictures(company);
  expect(before).toBeDefined();
  await send(company, coverage([62, 90], '核心顾客：62%，90%。一般顾客：20%，30%。'), { of: thing });
  await eventually(() => expect(read(company)[0]?.join()).toContain('90%'));
  expect(read(company)).toHaveLength(1);
  expect(pictures(company)).not.toEqual([before]);
  expect(pictures(company)).toHaveLength(1);
  return [first, read(company)];
});
