import { expect } from 'vitest';
import { askedOf, eventually, fill, logs, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

scenario('the form with only the customer', async ({ who, rows }) => {
  const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').tell('log'));
  expect(anna.questions).toEqual(['Customer', 'What happened', 'Next step', 'Next step due', 'Kind', 'Date']);
  expect([anna.answer('Kind'), anna.answer('Date')]).toEqual(['Visit', '2026-11-23']);
  await anna.fill('Customer', 'Havel Pumpen');
  const card = await shownTo(anna, () => anna.submit());
  expect(card.lines).toEqual(['Saved: Visit at Havel Pumpen', 'Date: Mon 23 Nov']);
  expect(card.buttons).toEqual(['Edit', 'Undo', 'Add next step', 'Add feedback', 'Score our service']);
  const { came } = await rows();
  expect(came.Visit).toMatchObject([
    { accountId: 'Havel Pumpen', authorId: 'Anna Becker', date: '2026-11-23', note: null },
  ]);
  expect(came.Action).toBeUndefined();
  return card;
});

scenario('the form with all that it asks', async ({ who, rows }) => {
  const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').tell('log'));
  await anna.fill('Customer', 'Brandt Maschinenbau');
  // Whom one can have met depends on the customer. Slack asks at once, Teams when a button is pressed.
  await anna.showDependent();
  await anna.more();
  await eventually(() => expect(anna.questions).toContain('People met'));
  await fill(anna, {
    'What happened': 'The trial convinced them.',
    Kind: 'Online meeting',
    Date: '2026-11-19',
    'Next step': 'Send the contract',
    'Next step due': '2026-11-27',
    'Who does the next step': 'Tom Carter',
    'People met': ['Jonas Weber'],
    'New people met': 'Eva Stern, 王总',
    'Colleagues present': ['Tom Carter'],
    Purpose: 'Trial review',
    Outcome: 'Advance',
    'Which open action is done by this?': 'Report on the weekly drift check',
  });
  const card = await shownTo(anna, () => anna.submit());
  expect(card.facts).toEqual({
    Date: 'Thu 19 Nov (logged 4 days later)',
    'Together with': 'Tom Carter',
    Purpose: 'Trial review',
    Met: 'Eva Stern, Jonas Weber, and 王总',
    Outcome: 'Advance',
    Note: 'The trial convinced them.',
    'Next step': 'Send the contract (Tom Carter, due Fri 27 Nov)',
    'Done with it': 'Report on the weekly drift check',
  });
  const { came } = await rows();
  expect(came.Visit).toMatchObject([{ kind: 'onlineMeeting', outcome: 'advance', purpose: 'Trial review' }]);
  expect(came.VisitPerson?.map(({ personId }) => personId)).toEqual(['Anna Becker', 'Tom Carter']);
  expect(came.VisitContact?.map(({ contactId }) => contactId)).toEqual(['Eva Stern', 'Jonas Weber', '王总']);
  expect(came.Contact?.map(({ name }) => name)).toEqual(['Eva Stern', '王总']);
  expect(came.Action).toMatchObject([
    { text: 'Report on the weekly drift check', state: 'done', fulfilledById: expect.stringContaining('Brandt') },
    { text: 'Send the contract', ownerId: 'Tom Carter', dueOn: '2026-11-27', remindAt: '2026-11-27T07 h' },
  ]);
  expect(came.Outbox?.map(({ key }) => key)).toEqual(['action-added', 'visit-announced']);
  await eventually(() => expect(who('U0CARTER').read().join()).toContain('Anna Becker handed you a next step'));
  return card;
});

scenario('no customer, no visit', async ({ who, rows }) => {
  const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').tell('log'));
  await anna.fill('What happened', 'Where was I?');
  await anna.submit();
  expect(anna.hasForm).toBe(true);
  expect(anna.problems()).toHaveLength(1);
  expect(anna.answer('What happened')).toBe('Where was I?');
  expect((await rows()).came).toEqual({});
  await anna.fill('Customer', 'Seeblick Optik');
  return shownTo(anna, () => anna.submit());
});

scenario('what is wrong with answers together, said at the field', async ({ who, rows }) => {
  const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').tell('log'));
  await fill(anna, { Customer: 'Rheintal Chemie', 'Next step due': '2026-11-27', 'What happened': 'kept' });
  await anna.submit();
  await eventually(() => expect(anna.problems()).toHaveLength(1));
  expect(anna.problems()[0]).toContain('There is a due date: what is to be done by then?');
  expect(anna.answer('What happened')).toBe('kept');
  expect((await rows()).came).toEqual({});
  await anna.fill('Next step', 'Show the samples');
  return shownTo(anna, () => anna.submit());
});

scenario('one line in English, with a day in words', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  const card = await shownTo(anna, () => anna.tell('log Falkenberg met the CFO next: send the offer by Friday'));
  expect(card.lines).toEqual([
    ...['Saved: Visit at Falkenberg Automotive', 'Date: Mon 23 Nov', 'Note: met the CFO'],
    'Next step: send the offer (you, due Fri 27 Nov)',
  ]);
  expect((await rows()).came.Action).toMatchObject([
    { text: 'send the offer', dueOn: '2026-11-27', remindAt: '2026-11-27T07 h' },
  ]);
  return card;
});

scenario('one line in Chinese, in a zone that is ahead', async ({ who, rows }) => {
  const chen = who('U0CHENWEI');
  const card = await shownTo(chen, () => chen.tell('记录 华为 见了王总，谈了价格 下一步：下周三前发报价'));
  expect(card.lines).toEqual([
    ...['已保存：华为技术有限公司 · 上门拜访', '日期：11月23日周一', '拜访情况：见了王总，谈了价格'],
    '下一步：发报价（您，12月2日周三前）',
  ]);
  expect(card.buttons).toEqual(['修改', '撤销', '添加下一步', '登记反馈', '服务评分']);
  expect((await rows()).came.Action).toMatchObject([{ dueOn: '2026-12-02', remindAt: '2026-12-02T00 h' }]);
  return card;
});

scenario('among others, one line is answered so that only its author reads it', async ({ who, rows, posted }) => {
  const chen = who('U0WANGFANG');
  const before = posted('C0CHINA').length;
  const card = await shownTo(chen, () => chen.tellInChannel('记录 广汽 报价已通过', 'C0CHINA'));
  expect(card.lines[0]).toContain('广汽零部件集团');
  // Teams has no message for one among others that every client shows: there it says where the answer is, and no more.
  expect(posted('C0CHINA').slice(before).join()).not.toMatch(/广汽|报价/u);
  expect((await rows()).came.Visit).toMatchObject([{ note: '报价已通过' }]);
  return card;
});

scenario('several customers fit: the form, with the choice', async ({ who, rows }) => {
  const tom = who('U0CARTER');
  for (const name of ['Delta Works North', 'Delta Works South']) {
    await askedOf(tom, () => tom.tell(`account add ${name}`));
    await shownTo(tom, () => tom.submit());
  }
  await askedOf(tom, () => tom.tell('log Delta Works met Li next: call by tomorrow'));
  expect([tom.answer('Customer'), tom.answer('What happened'), tom.answer('Next step')]).toEqual([
    undefined,
    'met Li',
    'call',
  ]);
  expect(tom.answer('Next step due')).toBe('2026-11-24');
  expect(await tom.suggestions('Customer', 'delta')).toEqual([
    expect.stringMatching(/^Delta Works North/),
    expect.stringMatching(/^Delta Works South/),
    'Add “delta” as a new customer',
  ]);
  await tom.fill('Customer', 'Delta Works South');
  const card = await shownTo(tom, () => tom.submit());
  expect((await rows()).came.Visit).toMatchObject([{ accountId: 'Delta Works South', note: 'met Li' }]);
  return card;
});

scenario('no customer fits: the form keeps the text, and adds the customer', async ({ who, rows }) => {
  const tom = await askedOf(who('U0CARTER'), () => who('U0CARTER').tell('log Zephyr Tools wants a demo'));
  expect(tom.answer('What happened')).toBe('Zephyr Tools wants a demo');
  await tom.fill('Customer', 'Zephyr Tools');
  const card = await shownTo(tom, () => tom.submit());
  const { came } = await rows();
  expect(came.Account).toMatchObject([{ name: 'Zephyr Tools', ownerId: 'Tom Carter', class: 'general' }]);
  expect(came.Visit).toMatchObject([{ accountId: 'Zephyr Tools', note: 'Zephyr Tools wants a demo' }]);
  return card;
});

scenario('a second visit on the day is asked about once', async ({ who, rows }) => {
  const sofia = who('U0ROSSI');
  await logs(sofia, { Customer: 'Douro Tech', 'What happened': 'Morning' });
  await askedOf(sofia, () => sofia.tell('log'));
  await fill(sofia, { Customer: 'Douro Tech', 'What happened': 'Evening' });
  await sofia.submit();
  await eventually(() => expect(sofia.questions).toContain('Second visit?'));
  expect(sofia.answer('What happened')).toBe('Evening');
  expect((await rows()).came.Visit).toHaveLength(1);
  await sofia.fill('Second visit?', true);
  const card = await shownTo(sofia, () => sofia.submit());
  expect((await rows()).came.Visit).toMatchObject([
    { note: 'Evening', nthThatDay: 2 },
    { note: 'Morning', nthThatDay: 1 },
  ]);
  return card;
});

scenario('a joint visit is one visit, credited to each', async ({ who, rows }) => {
  const sofia = await askedOf(who('U0ROSSI'), () => who('U0ROSSI').tell('log'));
  await sofia.fill('Customer', 'Olio Santini');
  await sofia.showDependent();
  await sofia.more();
  await sofia.fill('Colleagues present', ['Anna Becker', 'Tom Carter']);
  const card = await shownTo(sofia, () => sofia.submit());
  expect(card.facts['Together with']).toMatch(/^(Anna Becker and Tom Carter|Tom Carter and Anna Becker)$/);
  const { came } = await rows();
  expect(came.Visit).toHaveLength(1);
  expect(came.VisitPerson?.map(({ personId }) => personId)).toEqual(['Anna Becker', 'Sofia Rossi', 'Tom Carter']);
  for (const key of ['U0ROSSI', 'U0BECKER', 'U0CARTER']) {
    const { lines } = await shownTo(who(key), () => who(key).tell('visits'));
    expect(lines.join('\n')).toContain('Mon 23 Nov · Olio Santini');
  }
  return card;
});

scenario('what was typed is lost to no error, and offered once', async ({ who, world, rows, expectTrouble }) => {
  expectTrouble();
  const { pool } = world.bot.database;
  const anna = await askedOf(who('U0BECKER'), () => who('U0BECKER').tell('log'));
  await fill(anna, { Customer: 'Spree Elektronik', 'What happened': 'the long story', 'Next step': 'Quote' });
  await pool.query(`ALTER TABLE "Visit" ADD CONSTRAINT refused CHECK (note IS DISTINCT FROM 'the long story')`);
  await anna.submit();
  await eventually(() => expect(anna.problems().join()).toContain('What you typed is still here'));
  await pool.query(`ALTER TABLE "Visit" DROP CONSTRAINT refused`);
  expect(anna.answer('What happened')).toBe('the long story');
  await anna.leave();
  expect((await rows()).came).toMatchObject({ Draft: [{ personId: 'Anna Becker', form: 'visits.log' }] });

  await askedOf(anna, () => anna.tell('log'));
  // Teams tells which customer is chosen only when the form is sent, and keeps no name with it.
  expect(anna.formLines.join()).toMatch(/You began a visit( to Spree Elektronik)? and closed it. Go on with it\?/);
  expect(anna.answer('What happened')).toBeUndefined();
  const shown = anna.cards().length;
  await anna.press('Resume');
  await eventually(() => expect(anna.answer('What happened')).toBe('the long story'));
  // What was begun takes the place of the empty form.
  expect(anna.cards()).toHaveLength(shown);
  expect(anna.answer('Customer')).toMatch(/^Spree Elektronik/);
  expect(anna.answer('Next step')).toBe('Quote');
  const card = await shownTo(anna, () => anna.submit());
  const { came } = await rows();
  expect(came).toMatchObject({ Visit: [{ note: 'the long story' }], Action: [{ text: 'Quote' }] });
  expect(came.Draft).toBeUndefined();
  await askedOf(anna, () => anna.tell('log'));
  expect(anna.formLines.join()).not.toContain('Go on with it?');
  await anna.leave();
  return card;
});
