import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  askedOf,
  buttonsOf,
  type Company,
  type FeedbackWorld,
  openFeedbackWorld,
  press,
  say,
  submit,
  wordsOf,
} from './feedback-world.ts';

let world: FeedbackWorld;
beforeAll(async () => {
  world = await openFeedbackWorld();
});
afterAll(() => world.close());

const rows = (organizationId: string) =>
  world.database.prisma.feedback.findMany({ where: { organizationId }, orderBy: { id: 'asc' } });
const told = async (organizationId: string) =>
  (await world.database.prisma.outbox.findMany({ where: { organizationId } }))
    .map(({ key }) => key.split(':')[0])
    .sort();

/** One feedback that Anna noted; its id. */
async function noted(company: Company, words = 'too late'): Promise<string> {
  await submit(world, world.call(company, company.anna), 'feedback.add', { account: company.acme, words });
  const last = (await rows(company.organization.id)).at(-1);
  if (!last) throw new Error('nothing was noted');
  return last.id;
}

test('a line that is delivered twice, also at one moment, is one row', async () => {
  const company = await world.company();
  const call = world.call(company, company.anna);
  const replies = await Promise.all([1, 2, 3].map(() => say(world, call, 'feedback', 'Acme Tools too late')));
  for (const reply of replies) expect(wordsOf(reply)).toContain('“too late”');
  expect(await rows(company.organization.id)).toHaveLength(1);
});

test('a form that is delivered twice is one row, and a draft of it is gone', async () => {
  const company = await world.company();
  const { organization, anna, acme } = company;
  const call = world.call(company, anna);
  const id = uuid();
  await world.database.prisma.draft.create({
    data: {
      organizationId: organization.id,
      id,
      personId: anna.id,
      form: 'feedback.add',
      savedAt: new Date(),
      context: {},
      answers: { words: 'half' },
    },
  });
  const answers = { account: acme, words: 'whole' };
  const replies = await Promise.all([1, 2].map(() => submit(world, call, 'feedback.add', answers, { id })));
  for (const reply of replies) expect(reply.reply).toBe('show');
  expect(await rows(organization.id)).toMatchObject([{ words: 'whole', requestKey: id }]);
  expect(await world.database.prisma.draft.count({ where: { organizationId: organization.id } })).toBe(0);
});

describe('who was not the first', () => {
  test('is asked again, with what they typed and what the other one did', async () => {
    const company = await world.company();
    const { organization, anna, mia, ben } = company;
    const id = await noted(company);
    const annas = askedOf(await press(world, world.call(company, anna), 'feedback.answer', id));
    const manager = world.call(company, mia, { me: { manages: [company.team.id], memberOf: [] } });
    const mias = askedOf(await press(world, manager, 'feedback.assign', id));
    await submit(world, manager, 'feedback.assign', { owner: ben.id }, mias);

    const typed = { answer: 'We called them' };
    const again = await submit(world, world.call(company, anna), 'feedback.answer', typed, annas);
    expect(wordsOf(again)).toContain('Mia Boss was faster and changed: who answers');
    const asked = askedOf(again);
    expect(asked).toMatchObject({ id: annas.id, initial: typed, about: { version: '2' } });
    const saved = await submit(world, world.call(company, anna), 'feedback.answer', typed, asked);
    expect(wordsOf(saved)).toContain('We called them');
    expect(await rows(organization.id)).toMatchObject([{ ownerId: ben.id, state: 'answered', version: 3 }]);
  });

  test('at the very same moment: one is stored, the other is asked', async () => {
    const company = await world.company();
    const id = await noted(company);
    const call = world.call(company, company.anna);
    const forms = await Promise.all(
      [1, 2, 3, 4].map(async () => askedOf(await press(world, call, 'feedback.edit', id))),
    );
    const replies = await Promise.all(
      forms.map((form, index) => {
        const answers = { ...form.initial, words: `words ${index}` };
        return submit(world, call, 'feedback.edit', answers, form);
      }),
    );
    expect(replies.map(({ reply }) => reply).sort()).toEqual(['ask', 'ask', 'ask', 'redraw']);
    expect(await rows(company.organization.id)).toMatchObject([{ version: 2 }]);
  });

  test('the same form twice at one moment is one change, told once', async () => {
    const company = await world.company();
    const { organization, anna, ben } = company;
    const id = await noted(company);
    const call = world.call(company, anna);
    const form = askedOf(await press(world, call, 'feedback.assign', id));
    const replies = await Promise.all(
      [1, 2, 3].map(() => submit(world, call, 'feedback.assign', { owner: ben.id }, form)),
    );
    for (const reply of replies) expect(wordsOf(reply)).toContain('Ben Ode answers now.');
    expect(await world.database.prisma.feedbackChange.count({ where: { organizationId: organization.id } })).toBe(1);
    expect(await told(organization.id)).toEqual(['feedback-assigned']);
  });

  test('a press that arrives again after it was turned back changes nothing', async () => {
    const company = await world.company();
    const id = await noted(company);
    const first = world.call(company, company.anna);
    await press(world, first, 'feedback.undo', id);
    await press(world, world.call(company, company.anna), 'feedback.restore', id);
    const again = await press(world, first, 'feedback.undo', id);
    expect(wordsOf(again)).toContain('Problem from Acme Tools');
    expect(await rows(company.organization.id)).toMatchObject([{ undoneAt: null, version: 3 }]);
  });

  test('an old button opens nothing again that was taken back', async () => {
    const company = await world.company();
    const id = await noted(company);
    const call = () => world.call(company, company.anna);
    const { version } = (await rows(company.organization.id))[0] ?? {};
    await submit(
      world,
      call(),
      'feedback.close',
      { outcome: 'another carrier' },
      { about: { feedback: id, version: String(version) } },
    );
    await press(world, call(), 'feedback.undo', id);
    expect(wordsOf(await press(world, call(), 'feedback.reopen', id))).toContain(
      'Taken back: feedback from Acme Tools',
    );
    expect(await rows(company.organization.id)).toMatchObject([{ state: 'closed', outcome: 'another carrier' }]);
  });

  test('a press twice is one change', async () => {
    const company = await world.company();
    const id = await noted(company);
    const call = world.call(company, company.anna);
    await Promise.all([1, 2, 3].map(() => press(world, call, 'feedback.undo', id)));
    expect(await world.database.prisma.feedbackChange.count({ where: { feedbackId: id } })).toBe(1);
  });
});

describe('who may', () => {
  test.each<[keyof Company & ('anna' | 'ben' | 'mia' | 'otto'), string, string]>([
    ['anna', 'too late', 'ask'],
    ['ben', 'too late', 'refused'],
    ['mia', 'too late', 'ask'],
    ['otto', '', ''],
  ])('%s', async (name, seen, changed) => {
    const company = await world.company();
    const id = await noted(company);
    const manages = name === 'mia' ? [company.team.id] : [];
    const call = world.call(company, company[name], {
      me: { manages, memberOf: name === 'otto' ? [] : [company.team.id] },
    });
    const shown = await press(world, call, 'feedback.show', id);
    const opened = await press(world, call, 'feedback.answer', id);
    if (name === 'otto') {
      const { text } = call;
      for (const reply of [shown, opened]) expect(wordsOf(reply)).toBe(text.plain('chat.notFound'));
      return;
    }
    expect(wordsOf(shown)).toContain(seen);
    if (changed === 'ask') expect(opened.reply).toBe('ask');
    else expect(wordsOf(opened)).toBe(call.text.plain('chat.notAllowed'));
  });

  test('nothing of another organisation is read, changed or pointed at', async () => {
    const [company, other] = [await world.company(), await world.company()];
    const id = await noted(company);
    const stranger = world.call(other, other.anna, { me: { administrator: true } });
    for (const name of ['show', 'edit', 'assign', 'answer', 'close', 'reopen', 'undo', 'restore', 'ofAccount'])
      expect(wordsOf(await press(world, stranger, `feedback.${name}`, name === 'ofAccount' ? company.acme : id))).toBe(
        stranger.text.plain('chat.notFound'),
      );
    const about = { feedback: id, version: '1' };
    const answered = await submit(world, stranger, 'feedback.answer', { answer: 'x' }, { about });
    expect(answered).toMatchObject({ reply: 'fix', notice: stranger.text.plain('chat.notFound') });

    const theirs = (await world.feedback.dimensionsOf(company.organization.id))[0]?.id;
    const contact = await world.accounts.ensureContacts(company.organization.id, company.acme, ['Ms Foreign']);
    const pointers = [
      { account: company.acme },
      { account: other.acme, owner: company.anna.id },
      { account: other.acme, dimension: theirs },
      { account: other.acme, contact: contact[0] },
    ];
    for (const answers of pointers)
      expect(await submit(world, stranger, 'feedback.add', { ...answers, words: 'x' })).toMatchObject({ reply: 'fix' });
    expect(await rows(other.organization.id)).toEqual([]);
    expect(await rows(company.organization.id)).toMatchObject([{ version: 1 }]);
  });
});

test('who said it works for the customer who is meant', async () => {
  const company = await world.company();
  const { organization, anna, acme } = company;
  const call = world.call(company, anna);
  const added = await world.accounts.addByName(call, 'Other Works', uuid());
  if (!added.added) throw new Error('no account');
  const [contact] = await world.accounts.ensureContacts(organization.id, added.id, ['Mr Elsewhere']);
  const refused = await submit(world, call, 'feedback.add', { account: acme, words: 'x', contact });
  expect(wordsOf(refused)).toContain('Something that was chosen is not there any more');
  expect(await rows(organization.id)).toEqual([]);
  const kept = await submit(world, call, 'feedback.add', { account: acme, words: 'x', newContact: 'Ms Here' });
  expect(wordsOf(kept)).toContain('Said by: Ms Here');
});

test.each([[undefined], [''], ['x'], ['mine:-1'], ["'; DROP TABLE"], [`${uuid()} all:0`]])(
  'a pointer that leads nowhere: %s',
  async (about) => {
    const company = await world.company();
    const call = world.call(company, company.anna);
    for (const name of ['feedback.show', 'feedback.answer', 'feedback.reopen', 'feedback.turn'])
      expect(wordsOf(await press(world, call, name, about))).toBe(call.text.plain('chat.notFound'));
  },
);

test('ten thousand characters with scripts: told what fits, nothing stored, and all of it kept as it is when it does', async () => {
  const company = await world.company();
  const call = world.call(company, company.anna);
  const script = '<script>alert(1)</script> =1+1 <!channel> <@U1> ';
  const long = script.repeat(250);
  const refused = await submit(world, call, 'feedback.add', { account: company.acme, words: long });
  expect(wordsOf(refused)).toContain('3,000');
  const line = askedOf(await say(world, call, 'feedback', `Acme Tools ${long}`));
  expect(String(line.initial.words).length).toBeLessThanOrEqual(3_000);
  expect(wordsOf({ reply: 'ask', asked: line })).toContain('was cut');
  expect(await rows(company.organization.id)).toEqual([]);
  const words = script.repeat(60).trim();
  await submit(world, call, 'feedback.add', { account: company.acme, words });
  expect(await rows(company.organization.id)).toMatchObject([{ words }]);
});

test('praise that turns out to be a problem waits for an answer, and the other way round', async () => {
  const company = await world.company();
  const { organization, anna, acme } = company;
  const call = world.call(company, anna);
  await submit(world, call, 'feedback.add', { account: acme, words: 'nice', kind: 'praise' });
  const [row] = await rows(organization.id);
  expect(row).toMatchObject({ state: 'closed', ownerId: null, dueOn: null });
  const edit = async (kind: string) => {
    const form = askedOf(await press(world, call, 'feedback.edit', row?.id));
    await submit(world, call, 'feedback.edit', { ...form.initial, kind }, form);
    return (await rows(organization.id))[0];
  };
  expect(await edit('problem')).toMatchObject({ state: 'open', closedAt: null, dueOn: new Date('2026-11-30') });
  expect(await edit('praise')).toMatchObject({ state: 'closed', remindAt: null, raiseAt: null, dueOn: null });
});

test('an inbox of twenty: pages, and the page before it when the last one is closed', async () => {
  const company = await world.company();
  const call = world.call(company, company.anna);
  for (let number = 1; number <= 17; number += 1) await noted(company, `number ${String(number).padStart(2, '0')}`);
  const first = await say(world, call, 'inbox');
  expect(wordsOf(first)).toContain('1–8 of 17');
  const more = buttonsOf(first).find(({ to, about }) => to === 'feedback.turn' && about === 'mine:8');
  const second = await press(world, call, 'feedback.turn', more?.about);
  expect(wordsOf(second)).toContain('9–16 of 17');
  const third = await press(world, call, 'feedback.turn', 'mine:16');
  expect(wordsOf(third)).toContain('number 17');
  const close = buttonsOf(third).find(({ to }) => to === 'feedback.answer');
  const form = askedOf(await press(world, call, 'feedback.answer', close?.about));
  const answered = await submit(world, call, 'feedback.answer', { answer: 'done' }, form);
  // Answered, it still waits to be closed, and stands in the list.
  expect(wordsOf(answered)).toContain('number 17');
  const closing = buttonsOf(answered).find(({ to }) => to === 'feedback.close');
  const last = askedOf(await press(world, call, 'feedback.close', closing?.about));
  const closed = await submit(world, call, 'feedback.close', { outcome: 'mended' }, last);
  expect(wordsOf(closed)).toContain('9–16 of 16');
  // However many were closed since a button was drawn.
  expect(wordsOf(await press(world, call, 'feedback.turn', 'mine:80'))).toContain('9–16 of 16');
});

describe('what customers judge us by', () => {
  const administrator = (company: Company) => world.call(company, company.mia, { me: { administrator: true } });
  const named = async (company: Company) =>
    (await world.feedback.dimensionsOf(company.organization.id, { archived: true })).map(
      ({ key, name }) => name ?? key,
    );

  test('is there for whoever asks first, once', async () => {
    const company = await world.company();
    await Promise.all([1, 2, 3, 4].map(() => world.feedback.dimensionsOf(company.organization.id)));
    expect(await named(company)).toEqual(['product', 'delivery', 'price', 'response', 'people']);
  });

  test('two who rename one: the second is told', async () => {
    const company = await world.company();
    const call = administrator(company);
    const [first] = await world.feedback.dimensionsOf(company.organization.id);
    const forms = [1, 2].map(async () => askedOf(await press(world, call, 'feedback.dimension', first?.id)));
    const [one, two] = await Promise.all(forms);
    await submit(world, call, 'feedback.dimension', { name: 'Quality' }, one);
    const told = await submit(world, call, 'feedback.dimension', { name: 'Goods' }, two);
    expect(wordsOf(told)).toContain('Somebody has just renamed it to “Quality”');
    expect((await named(company))[0]).toBe('Quality');
  });

  test('the last is never archived, and no more are added than fit on a form', async () => {
    const company = await world.company();
    const call = administrator(company);
    const all = await world.feedback.dimensionsOf(company.organization.id);
    for (let number = 0; number < 6; number += 1)
      await submit(world, call, 'feedback.dimension', { name: `Own ${number}` });
    expect(await named(company)).toHaveLength(10);
    expect(wordsOf(await submit(world, call, 'feedback.dimension', { name: 'Eleventh' }))).toContain('10');
    const ids = (await world.feedback.dimensionsOf(company.organization.id)).map(({ id }) => id);
    await Promise.all(ids.map((id) => press(world, call, 'feedback.dimension.archive', id)));
    expect(await world.feedback.dimensionsOf(company.organization.id)).toHaveLength(1);
    const back = await press(world, call, 'feedback.dimension.restore', all[0]?.id);
    expect(wordsOf(back)).toContain('Product');
  });

  test('administrators at once get over no limit, and give no name twice', async () => {
    const company = await world.company();
    const call = administrator(company);
    const [product] = await world.feedback.dimensionsOf(company.organization.id);
    const add = (name: string) => submit(world, call, 'feedback.dimension', { name });
    const same = await Promise.all([1, 2, 3].map(() => add('Training')));
    expect(same.map(({ reply }) => reply).sort()).toEqual(['fix', 'fix', 'redraw']);
    expect(await named(company)).toHaveLength(6);
    await press(world, call, 'feedback.dimension.archive', product?.id);
    for (const name of ['Own 1', 'Own 2', 'Own 3', 'Own 4']) await add(name);
    // Nine are asked: one place is left for two that are new and one that is asked again.
    const said = await Promise.all([
      ...['Tenth', 'Eleventh'].map(add),
      press(world, call, 'feedback.dimension.restore', product?.id),
    ]);
    expect(said.filter((reply) => /is asked (?:from now on|again)/.test(wordsOf(reply)))).toHaveLength(1);
    expect(await world.feedback.dimensionsOf(company.organization.id)).toHaveLength(10);
  });

  test('two are not given one name by who renames and who adds; a right that was lost leaves the form open', async () => {
    const company = await world.company();
    const call = administrator(company);
    const [first, second] = await world.feedback.dimensionsOf(company.organization.id);
    const [one, two] = [
      askedOf(await press(world, call, 'feedback.dimension', first?.id)),
      askedOf(await press(world, call, 'feedback.dimension', second?.id)),
    ];
    const said = await Promise.all([
      ...[one, two].map((form) => submit(world, call, 'feedback.dimension', { name: 'Goods' }, form)),
      submit(world, call, 'feedback.dimension', { name: 'Goods' }),
    ]);
    expect(said.filter(({ reply }) => reply === 'redraw')).toHaveLength(1);
    expect((await named(company)).filter((name) => name === 'Goods')).toHaveLength(1);
    const other = await world.company();
    const elsewhere = await submit(world, administrator(other), 'feedback.dimension', { name: 'Mine' }, one);
    expect(elsewhere).toMatchObject({ reply: 'fix', problems: { name: expect.stringContaining('I can’t find') } });
    const lost = await submit(world, world.call(company, company.mia), 'feedback.dimension', { name: 'Mine' }, one);
    expect(lost).toMatchObject({ reply: 'fix', problems: {}, notice: expect.stringContaining('Only administrators') });
  });

  test('a press up that is delivered twice moves one place', async () => {
    const company = await world.company();
    const call = administrator(company);
    const [product, delivery, price] = await world.feedback.dimensionsOf(company.organization.id);
    const about = `${price?.id} ${delivery?.id}`;
    await Promise.all([1, 2].map(() => press(world, call, 'feedback.dimension.up', about)));
    expect((await named(company)).slice(0, 3)).toEqual(['product', 'price', 'delivery']);
    expect(product).toBeDefined();
  });
});
