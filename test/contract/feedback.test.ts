import { expect } from 'vitest';
import { askedOf, eventually, fill, logs, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

scenario('one line: saved at once, with what can be told from it', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  const card = await shownTo(anna, () => anna.tell('feedback Havel Pumpen delivery was late again'));
  expect(card.lines.slice(0, 3)).toEqual([
    'Problem from Havel Pumpen',
    'Saved. Only you see this.',
    '“delivery was late again”',
  ]);
  expect(card.facts).toMatchObject({
    Kind: 'Problem · Delivery',
    'Said on': 'Mon 23 Nov',
    'Answer from': 'you · due Mon 30 Nov',
    'The customer then': expect.stringContaining('Balanced'),
  });
  expect(card.buttons).toEqual([
    ...['Answer', 'Close', 'Assign', 'Add next step', 'Log a visit about this', 'Edit', 'Undo'],
  ]);
  const { came } = await rows();
  expect(came.Feedback).toMatchObject([
    {
      accountId: 'Havel Pumpen',
      words: 'delivery was late again',
      kind: 'problem',
      severity: 'medium',
      authorId: 'Anna Becker',
      ownerId: 'Anna Becker',
      state: 'open',
      saidOn: '2026-11-23',
      dueOn: '2026-11-30',
      remindAt: '2026-11-30T07 h',
      raiseAt: '2026-12-01T07 h',
      sourceLink: null,
      accountClass: 'balanced',
      visitId: null,
      version: 1,
    },
  ]);
  return card;
});

scenario('one line in Chinese; praise waits for nobody', async ({ who, rows }) => {
  const chen = who('U0CHENWEI');
  await askedOf(chen, () => chen.tell('客户 新增 云杉科技'));
  await shownTo(chen, () => chen.submit());
  const card = await shownTo(chen, () => chen.tell('反馈 云杉科技 感谢我们服务人员响应快'));
  expect(card.lines[0]).toBe('云杉科技的反馈：表扬');
  expect(card.facts).toMatchObject({ 状态: '已关闭' });
  expect((await rows()).came.Feedback).toMatchObject([
    { kind: 'praise', state: 'closed', ownerId: null, dueOn: null, remindAt: null, raiseAt: null, dimensionId: null },
  ]);
  return card;
});

scenario(
  'the form: who said it, what it is about, who answers; the owner of the customer hears',
  async ({ who, rows }) => {
    const [tom, anna] = [who('U0CARTER'), who('U0BECKER')];
    await askedOf(tom, () => tom.tell('feedback'));
    expect(tom.questions).toEqual(['Customer', 'What the customer said', 'Kind', 'What it is about']);
    await tom.fill('What the customer said', 'The new probes are too dear');
    await tom.fill('Customer', 'Seeblick Optik');
    await tom.showDependent();
    await tom.more();
    await fill(tom, {
      Kind: 'Price',
      'What it is about': 'Price',
      'Who said it': 'Nina Frei',
      'How serious it is for them': 'Serious',
      'Answer by': '2026-11-25',
    });
    const card = await shownTo(tom, () => tom.submit());
    expect(card.facts).toMatchObject({
      Kind: 'Price · Serious',
      'Said by': 'Nina Frei',
      'Answer from': 'Anna Becker · due Wed 25 Nov',
    });
    expect((await rows()).came).toMatchObject({
      Feedback: [{ contactId: 'Nina Frei', ownerId: 'Anna Becker', authorId: 'Tom Carter', dueOn: '2026-11-25' }],
      Outbox: expect.arrayContaining([expect.objectContaining({ key: 'feedback-added' })]),
    });
    await eventually(() =>
      expect(anna.read().join()).toContain('Seeblick Optik waits for your answer (passed on by Tom Carter)'),
    );
    return card;
  },
);

scenario('the customer and the form, when the line is not certain', async ({ who, rows }) => {
  const tom = who('U0CARTER');
  await askedOf(tom, () => tom.tell('feedback Acmee Aerospace wants a longer warranty'));
  expect(tom.formLines.join()).toContain('Acme Aerospace');
  expect(tom.answer('What the customer said')).toBe('Acmee Aerospace wants a longer warranty');
  expect(tom.answer('Kind')).toBe('Wish');
  await fill(tom, { Customer: 'Acme Aerospace', 'What the customer said': 'wants a longer warranty' });
  const card = await shownTo(tom, () => tom.submit());
  expect((await rows()).came.Feedback).toMatchObject([{ accountId: 'Acme Aerospace', kind: 'wish' }]);
  return card;
});

scenario('from a message: word for word, with its link; its words are not edited', async ({ who, rows }) => {
  const [tom, anna] = [who('U0CARTER'), who('U0BECKER')];
  const words = 'Brandt wrote: “the *probe* <b>broke</b> again & again”';
  await tom.write(words, 'C0EUROPE');
  await askedOf(anna, () => anna.feedbackFromMessage('Brandt wrote'));
  expect(anna.answer('What the customer said')).toBe(words);
  await anna.fill('Customer', 'Brandt Maschinenbau');
  const card = await shownTo(anna, () => anna.submit());
  expect(card.lines).toContain(`“${words}”`);
  expect(card.facts['From this message']).toBe('Open');
  expect((await rows()).came.Feedback).toMatchObject([{ words, sourceLink: '<link>' }]);
  await askedOf(anna, () => anna.press('Edit'));
  expect(anna.questions).not.toContain('What the customer said');
  await anna.fill('Kind', 'Wish');
  const edited = await shownTo(anna, () => anna.submit());
  const { came } = await rows();
  expect(came.Feedback).toMatchObject([{ words, kind: 'wish', version: 2 }]);
  expect(came.FeedbackChange).toMatchObject([{ changes: { kind: ['problem', 'wish'] }, changedById: 'Anna Becker' }]);
  return [card, edited];
});

scenario('assigned, answered, closed, opened again: each step is kept and told', async ({ who, rows }) => {
  const [anna, sofia] = [who('U0BECKER'), who('U0ROSSI')];
  await shownTo(anna, () => anna.tell('feedback Rheintal Chemie problem: nobody calls back'));
  await askedOf(anna, () => anna.press('Assign'));
  await anna.fill('Who answers from now on', 'Sofia Rossi');
  const assigned = await shownTo(anna, () => anna.submit());
  expect(assigned.lines).toContain('Sofia Rossi answers now.');
  await eventually(() =>
    expect(sofia.read().join()).toContain('Rheintal Chemie waits for your answer (passed on by Anna Becker)'),
  );

  await askedOf(sofia, () => sofia.press('Answer'));
  await sofia.fill('What the customer was told', 'Called Dr. Adler: a second line from December');
  const answered = await shownTo(sofia, () => sofia.submit());
  expect(answered.facts).toMatchObject({
    Now: 'answered; what was done is still to be said',
    'The customer was told': 'Called Dr. Adler: a second line from December',
  });
  await eventually(() => expect(anna.read().join()).toContain('Sofia Rossi answered Rheintal Chemie'));
  expect((await rows()).came.Feedback).toMatchObject([
    { state: 'answered', ownerId: 'Sofia Rossi', answeredAt: '2026-11-23T09 h', remindAt: null, raiseAt: null },
  ]);

  await askedOf(sofia, () => sofia.press('Close'));
  expect(sofia.answer('What the customer was told')).toBe('Called Dr. Adler: a second line from December');
  await sofia.fill('What was done', 'You said nobody calls back, we put two people on the phone');
  const closed = await shownTo(sofia, () => sofia.submit());
  expect(closed.lines).toContain('Closed: you said, we did.');
  const reopened = await shownTo(sofia, () => sofia.press('Open again'));
  expect(reopened.facts['Answer from']).toBe('you · due Mon 30 Nov');
  const { came } = await rows();
  expect(came.Feedback).toMatchObject([
    { state: 'open', answer: null, outcome: null, answeredAt: null, closedAt: null, remindAt: '2026-11-30T07 h' },
  ]);
  expect(came.FeedbackChange).toHaveLength(4);
  await eventually(() =>
    expect(anna.read().join()).toContain('Sofia Rossi opened feedback from Rheintal Chemie again'),
  );
  return [assigned, answered, closed, reopened];
});

scenario('taken back, and restored', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  await shownTo(anna, () => anna.tell('feedback Zugspitz Werkzeuge wants blue ones'));
  const undone = await shownTo(anna, () => anna.press('Undo'));
  expect(undone.lines[0]).toBe('Taken back: feedback from Zugspitz Werkzeuge');
  expect((await rows()).came.Feedback).toMatchObject([{ undoneAt: '2026-11-23T09 h' }]);
  const restored = await shownTo(anna, () => anna.press('Restore'));
  expect((await rows()).came.Feedback).toMatchObject([{ undoneAt: null, state: 'open' }]);
  return [undone, restored];
});

scenario('what came of it: a next step and a visit, and the way back from both', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  await shownTo(anna, () => anna.tell('feedback Kern & Söhne the manual is missing'));
  await askedOf(anna, () => anna.press('Add next step'));
  await anna.fill('Next step', 'send the manual');
  const step = await shownTo(anna, () => anna.submit());
  expect(step.buttons).toContain('Feedback');
  const card = await shownTo(anna, () => anna.press('Feedback'));
  expect(card.lines).toContain('What came of it');
  expect(card.lines).toContain('send the manual');

  await askedOf(anna, () => anna.press('Log a visit about this'));
  expect(anna.formLines.join()).toContain('About what the customer said: “the manual is missing”');
  expect(anna.answer('Customer')).toContain('Kern & Söhne');
  await anna.fill('What happened', 'brought it along');
  const visit = await shownTo(anna, () => anna.submit());
  expect(visit.facts['About this feedback']).toBe('the manual is missing');
  const back = await shownTo(anna, () => anna.press('Feedback: Problem'));
  expect(back.lines).toContain('Visit on Mon 23 Nov, Anna Becker');
  const { came } = await rows();
  expect(came.FeedbackResult).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ actionId: 'send the manual', visitId: null, createdById: 'Anna Becker' }),
      expect.objectContaining({ actionId: null, visitId: 'visit of Anna Becker to Kern & Söhne on 2026-11-23' }),
    ]),
  );
  return [step, card, visit, back];
});

scenario('said in a visit: stored with it, and taken back with it', async ({ who, rows }) => {
  const chen = who('U0CHENWEI');
  await askedOf(chen, () => chen.tell('客户 新增 冷杉科技'));
  await shownTo(chen, () => chen.submit());
  await askedOf(chen, () => chen.press('记录拜访'));
  await chen.more();
  await fill(chen, { 拜访情况: '看了车间', 客户怎么说: '希望交付再快一点' });
  const saved = await shownTo(chen, () => chen.submit());
  expect(saved.facts['客户反馈（需求）']).toBe('希望交付再快一点');
  expect(saved.buttons).toContain('反馈：需求');
  expect((await rows()).came.Feedback).toMatchObject([
    {
      accountId: '冷杉科技',
      kind: 'wish',
      state: 'open',
      ownerId: '陈伟',
      lastVisitOn: null,
      visitId: 'visit of 陈伟 to 冷杉科技 on 2026-11-23',
      dueOn: '2026-11-30',
    },
  ]);
  await shownTo(chen, () => chen.press('撤销'));
  expect((await rows()).came.Feedback).toMatchObject([{ undoneAt: '2026-11-23T09 h' }]);
  const restored = await shownTo(chen, () => chen.press('恢复'));
  expect((await rows()).came.Feedback).toMatchObject([{ undoneAt: null }]);
  await askedOf(chen, () => chen.press('登记反馈'));
  await chen.fill('客户怎么说', '还表扬了培训');
  const second = await shownTo(chen, () => chen.submit());
  expect(second.facts.来自).toBe('一次拜访');
  return [saved, restored, second];
});

scenario('the inbox: mine, the team’s, everybody’s; answered from the list', async ({ who, rows }) => {
  const [anna, lin, li] = [who('U0BECKER'), who('U0LINJING'), who('U0LIQIANG')];
  await shownTo(anna, () => anna.tell('feedback Nordlicht Energie the display is too dark'));
  const mine = await shownTo(anna, () => anna.tell('inbox'));
  expect(mine.lines[0]).toBe('Feedback for you to see to');
  expect(mine.lines.join()).toContain('Nordlicht Energie “the display is too dark”');
  expect(mine.buttons).toContain('My teams’');
  expect(mine.buttons).not.toContain('All');
  const refused = await shownTo(anna, () => anna.tell('inbox all'));
  expect(refused.lines.join()).toContain('You don’t see that list');
  const strangers = await shownTo(li, () => li.tell('收件箱 团队'));
  expect(strangers.lines.join()).not.toContain('too dark');
  const team = await shownTo(lin, () => lin.tell('收件箱'));
  expect(team.lines[0]).toBe('团队的客户反馈');
  expect(team.lines.join()).toContain('too dark');

  await shownTo(anna, () => anna.tell('inbox mine'));
  const { buttons } = await shownTo(anna, () => anna.press('My teams’'));
  expect(buttons).toContain('Mine');
  expect((await rows()).came.Feedback).toMatchObject([{ state: 'open' }]);
  return [mine, refused];
});

scenario('words that cannot be taken, and people who may not', async ({ who, rows }) => {
  const [anna, claire] = [who('U0BECKER'), who('U0DUPONT')];
  await askedOf(anna, () => anna.tell('feedback Havel Pumpen'));
  await anna.more();
  await fill(anna, { 'What the customer said': 'x', 'Answer by': '2026-11-20' });
  await anna.submit();
  await eventually(() => expect(anna.problems().join()).toContain('That day is over'));
  await fill(anna, { 'Answer by': '2026-11-27', 'Said on': '2026-11-24' });
  await anna.submit();
  await eventually(() => expect(anna.problems().join()).toContain('That day is still to come'));
  await fill(anna, { 'Said on': '2026-11-23', 'Who answers': 'Claire Dupont' });
  await anna.submit();
  await eventually(() => expect(anna.problems().join()).toContain('They can’t take this on here'));
  await anna.fill('Who answers', 'Tom Carter');
  const saved = await shownTo(anna, () => anna.submit());
  const refused = await shownTo(claire, () => claire.tell('feedback Havel Pumpen too loud'));
  expect((await rows()).came.Feedback).toMatchObject([{ words: 'x', ownerId: 'Tom Carter', dueOn: '2026-11-27' }]);
  return [saved, refused];
});

scenario('what customers judge us by is the administrators’ to change', async ({ who, rows }) => {
  const [lin, anna] = [who('U0LINJING'), who('U0BECKER')];
  const refused = await shownTo(anna, () => anna.tell('feedback settings'));
  expect(refused.lines.join()).toContain('Only administrators');
  const list = await shownTo(lin, () => lin.tell('反馈 设置'));
  expect(list.lines.filter((line) => ['产品', '交付', '价格', '响应', '人员'].includes(line))).toEqual([
    ...['产品', '交付', '价格', '响应', '人员'],
  ]);
  await askedOf(lin, () => lin.press('添加维度'));
  await lin.fill('名称', '交付');
  await lin.submit();
  await eventually(() => expect(lin.problems().join()).toContain('“交付”已经有了'));
  await lin.fill('名称', '培训');
  const added = await shownTo(lin, () => lin.submit());
  expect(added.lines).toContain('培训');
  const moved = await shownTo(lin, () => lin.press('上移'));
  expect(moved.lines.filter((line) => ['产品', '交付'].includes(line))).toEqual(['交付', '产品']);
  const gone = await shownTo(lin, () => lin.press('停用'));
  expect(gone.lines).toContain('已停用');
  const back = await shownTo(lin, () => lin.press('重新启用'));
  const { came } = await rows();
  expect(came.ServiceDimension?.some((row) => row.name === '培训' && row.archivedAt === null)).toBe(true);
  return [list.lines, added, moved, gone, back];
});

scenario('an account’s card leads to all that it said', async ({ who }) => {
  const sofia = who('U0ROSSI');
  await logs(sofia, { Customer: 'Adria Marine', 'What happened': 'sailed' });
  await shownTo(sofia, () => sofia.tell('feedback Adria Marine rust on the housing'));
  const account = await shownTo(sofia, () => sofia.tell('account Adria Marine'));
  expect(account.facts.Feedback).toBe('1 waits for an answer');
  const list = await shownTo(sofia, () => sofia.press('Feedback'));
  expect(list.lines[0]).toBe('What Adria Marine said');
  expect(list.lines.join()).toContain('rust on the housing');
  return [account, list];
});

scenario('reminded on the day, and the manager hears once of what is past due', async ({ who, rows, later }) => {
  const [wang, lin] = [who('U0WANGFANG'), who('U0LINJING')];
  await askedOf(wang, () => wang.tell('客户 新增 白桦科技'));
  await shownTo(wang, () => wang.submit());
  await shownTo(wang, () => wang.tell('反馈 白桦科技 还在等报告'));
  const told = (title: string) =>
    [...wang.cards(), ...lin.cards()].filter(({ lines }) => lines[0] === title && lines.join().includes('还在等报告'));
  await later({ days: 7 });
  await eventually(() => expect(told('有 1 个客户在等您答复')).toHaveLength(1));
  expect(lin.read().join()).not.toContain('还在等报告');
  await later({ days: 1 });
  const raised = () => lin.cards().filter(({ lines }) => lines.join().includes('白桦科技 “还在等报告”'));
  await eventually(() => expect(raised()).toHaveLength(1));
  expect(raised()[0]?.lines).toContain('每一条只提醒您一次。');
  await later({ days: 2 });
  expect(raised()).toHaveLength(1);
  const ours = (await rows()).came.Feedback?.filter((row) => row.words === '还在等报告');
  expect(ours).toMatchObject([{ remindAt: null, raiseAt: null, state: 'open' }]);
  return [told('有 1 个客户在等您答复'), raised()[0]?.buttons.slice(0, 2)];
});
