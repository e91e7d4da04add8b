import { expect } from 'vitest';
import { askedOf, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

scenario('one line: saved at once, with what can be told from it', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  const card = await shownTo(anna, () => anna.tell('feedback Havel Pumpen delivery was late again'));
  expect(card.lines[0]).toBe('Problem from Havel Pumpen');
  expect(card.lines).toContain('“delivery was late again”');
  expect(card.facts).toMatchObject({ Kind: 'Problem · Delivery', 'Said on': 'Mon 23 Nov' });
  const { came } = await rows();
  expect(came.Feedback).toMatchObject([
    {
      ...{ accountId: 'Havel Pumpen', words: 'delivery was late again', kind: 'problem', severity: 'medium' },
      ...{ authorId: 'Anna Becker', state: 'open', saidOn: '2026-11-23', dueOn: '2026-11-30', sourceLink: null },
    },
  ]);
  return card;
});
