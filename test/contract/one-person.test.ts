import { expect } from 'vitest';
import { askedOf, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

scenario(
  'a visit logged on one platform is the same person’s on the other',
  async ({ who, elsewhere, rows, world }) => {
    const [here, there] = [who('U0BECKER'), elsewhere('U0BECKER')];
    await shownTo(here, () => here.tell('log Brandt logged here next: Quote by Friday'));
    const visits = await shownTo(there, () => there.tell('visits'));
    expect(visits.lines).toContain('logged here');
    const opened = await shownTo(there, () => there.press('Open'));
    expect(opened.facts.Note).toBe('logged here');
    await askedOf(there, () => there.press('Edit'));
    await there.fill('What happened', 'corrected there');
    await shownTo(there, () => there.submit());
    await shownTo(there, () => there.tell('log Seeblick logged there'));
    const back = await shownTo(here, () => here.tell('visits'));
    expect(back.lines).toEqual(expect.arrayContaining(['corrected there', 'logged there']));
    const { came } = await rows();
    expect(came.Visit?.map(({ authorId }) => authorId)).toEqual(['Anna Becker', 'Anna Becker']);
    expect(came.Person).toBeUndefined();
    const { prisma } = world.bot.database;
    expect(await prisma.identity.count({ where: { person: { name: 'Anna Becker' } } })).toBe(2);
    return [visits, opened, back];
  },
);

scenario('what was chosen on one counts on the other', async ({ who, elsewhere }) => {
  const [here, there] = [who('U0CARTER'), elsewhere('U0CARTER')];
  await shownTo(here, () => here.tell('language zh'));
  const card = await shownTo(there, () => there.tell('today'));
  expect(card.lines[0]).toBe('今天（11月23日周一）');
  return card;
});
