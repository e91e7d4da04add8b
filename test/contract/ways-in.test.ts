import { expect } from 'vitest';
import { askedOf, eventually, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

scenario('logging from the platform’s own menu', async ({ who, rows }) => {
  const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').menuLog());
  await anna.fill('Customer', 'Havel Pumpen');
  await anna.fill('What happened', 'from the menu');
  const card = await shownTo(anna, () => anna.submit());
  expect(card.lines).toContain('Note: from the menu');
  expect((await rows()).came.Visit).toMatchObject([{ accountId: 'Havel Pumpen', sourceLink: null }]);
  return card;
});

scenario('logging from a message: its words are the note, and its link is kept', async ({ who, rows }) => {
  const [tom, anna] = [who('U0CARTER'), who('U0BECKER')];
  await tom.write('Seeblick called: they want <two> probes & a price', 'C0EUROPE');
  await askedOf(anna, () => anna.fromMessage('Seeblick called'));
  expect(anna.answer('What happened')).toBe('Seeblick called: they want <two> probes & a price');
  await anna.fill('Customer', 'Seeblick Optik');
  const card = await shownTo(anna, () => anna.submit());
  expect(card.facts['From this message']).toBe('Open');
  expect((await rows()).came.Visit).toMatchObject([
    { accountId: 'Seeblick Optik', note: 'Seeblick called: they want <two> probes & a price', sourceLink: '<link>' },
  ]);
  return card;
});

/** Names and words that one platform or the other would make something of. */
scenario.each([
  ['<at>Tom Carter</at> & <b>Sons</b>'],
  ['<!channel> <@U0CARTER> <https://evil.example|x>'],
  ['*bold* _it_ ~no~ `code` [a](https://evil.example) # 1'],
  ['{{DATE(2026-11-23T09:00:00Z,SHORT)}} {name} {{TIME}} $1 $& %s'],
  ['A\\B "quoted" &lt;3 &amp; 1. one'],
  ['مرحبا شركة 👩‍💼 ツ'],
])('typed and shown as it is: %s', ([words]) => async ({ who, rows, posted }) => {
  const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').tell('account add'));
  const name = `${words} GmbH`;
  await anna.fill('Name', name);
  const account = await shownTo(anna, () => anna.submit());
  expect(account.lines[0]).toBe(name);
  await askedOf(anna, () => anna.press('Log a visit'));
  await anna.fill('What happened', words);
  await anna.fill('Next step', words);
  await anna.fill('Next step due', '2026-11-27');
  const card = await shownTo(anna, () => anna.submit());
  expect(card.lines[0]).toBe(`Saved: Visit at ${name}`);
  expect(card.facts).toMatchObject({ Note: words, 'Next step': `${words} (you, due Fri 27 Nov)` });
  expect((await rows()).came).toMatchObject({
    Account: [{ name }],
    Visit: [{ note: words }],
    Action: [{ text: words }],
  });
  await eventually(() => expect(posted('C0EUROPE').at(-1)).toContain(name));
  return [account, card, posted('C0EUROPE').at(-1)];
});
