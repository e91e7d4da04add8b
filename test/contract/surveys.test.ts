import { expect } from 'vitest';
import type { Actor, ShownCard } from '../support/actor.ts';
import { askedOf, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

const linkIn = (card: ShownCard | undefined) =>
  /https?:\/\/\S+\/s\/[\w-]+/.exec(card?.lines.join('\n') ?? '')?.[0] ?? '';
/** What is read, without the link, which has an organisation of its own in it. */
const withoutLink = ({ lines, ...card }: ShownCard) => ({
  ...card,
  lines: lines.map((line) => line.replace(/https?:\/\/\S+/, '<link>')),
});

/** What a browser sends: the version that the page has, and these answers by the words above them. */
async function send(link: string, answers: Readonly<Record<string, string>>): Promise<Response> {
  const page = await (await fetch(link)).text();
  const fields = [...page.matchAll(/name="(d-[\w-]+)"[\s\S]*?/g)].map((match) => match[1] ?? '');
  const named = new Map(
    [...page.matchAll(/<legend>([^<]+)<\/legend>[\s\S]*?name="([\w-]+)"/g)].map((match) => [match[1], match[2]]),
  );
  expect(fields.length).toBeGreaterThan(0);
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ version, do: 'answer' });
  for (const [words, value] of Object.entries(answers)) body.set(named.get(words) ?? words, value);
  return fetch(link, { method: 'POST', body, redirect: 'manual' });
}

async function link(actor: Actor, words: string, answers: Readonly<Record<string, string>> = {}): Promise<ShownCard> {
  await askedOf(actor, () => actor.tell(words));
  await fill(actor, answers);
  return shownTo(actor, () => actor.submit());
}

scenario('a score by the account manager, corrected, with what it was before', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  await askedOf(anna, () => anna.tell('score Rheintal Chemie'));
  expect(anna.questions).toEqual([
    'Product',
    'Delivery',
    'Price',
    'Response',
    'People',
    'Would they recommend us?',
    'Remark',
    'Day',
  ]);
  await anna.submit();
  await eventually(() => expect(anna.problems().join()).toContain('Please give at least one score'));
  await fill(anna, {
    Product: '4 – good',
    Delivery: '2 – poor',
    'Would they recommend us?': '7',
    Remark: 'Late <!channel>',
  });
  const saved = await shownTo(anna, () => anna.submit());
  expect(saved.facts).toMatchObject({ Product: '4 of 5', Delivery: '2 of 5', 'Would recommend us': '7 of 10' });
  expect(saved.buttons).toContain('Save as feedback');
  await askedOf(anna, () => anna.press('Edit'));
  expect(anna.answer('Delivery')).toBe('2 – poor');
  await fill(anna, { Delivery: '3 – fair' });
  const corrected = await shownTo(anna, () => anna.submit());
  expect(corrected.facts).toMatchObject({ Delivery: '3 of 5', Changed: 'this is version 2' });
  expect(corrected.lines.join('\n')).toContain('Version 1, replaced by Anna Becker');
  const { came } = await rows();
  expect(came.Survey).toMatchObject([{ source: 'accountManager', state: 'answered', recommend: 7, version: 2 }]);
  expect(came.SurveyVersion).toHaveLength(1);
  return [saved, corrected];
});

scenario('a link for a contact: answered by the customer, of which both hear who should', async ({ who, rows }) => {
  const [anna, lin] = [who('U0BECKER'), who('U0LINJING')];
  const made = await link(lin, '调查 Rheintal Chemie Sabine Roth', { 页面语言: 'English' });
  expect(made.lines.join('\n')).toContain('Dear Sabine Roth,');
  const before = anna.cards().length;
  const answered = await send(linkIn(made), { Product: '5', Delivery: '1', recommend: '4', remark: 'Too <b>late</b>' });
  expect(answered.status).toBe(303);
  expect(answered.headers.get('location')).toContain('news=saved');
  await eventually(() => expect(anna.cards().length).toBe(before + 1));
  await eventually(() => expect(lin.read().join()).toContain('Sabine Roth给我们的服务打了分'));
  const told = anna.cards().at(-1);
  expect(told?.lines[0]).toBe('Sabine Roth of Rheintal Chemie has scored our service');
  expect(told?.buttons).toEqual(['Save as feedback', 'Show']);
  await askedOf(anna, () => anna.press('Save as feedback'));
  await anna.leave();
  const { came } = await rows();
  expect(came.Survey).toMatchObject([
    { source: 'customer', state: 'answered', recommend: 4, remark: 'Too <b>late</b>' },
  ]);
  return [withoutLink(made), told];
});

scenario('a link that is taken back opens nothing, and a new one makes the old one invalid', async ({ who }) => {
  const anna = who('U0BECKER');
  const first = await link(anna, 'survey Rheintal Chemie Klaus Adler');
  const second = await link(anna, 'survey Rheintal Chemie Klaus Adler');
  expect((await fetch(linkIn(first))).status).toBe(404);
  expect((await fetch(linkIn(second))).status).toBe(200);
  const revoked = await shownTo(anna, () => anna.press('Take the link back'));
  expect((await fetch(linkIn(second))).status).toBe(404);
  return [withoutLink(second), revoked];
});

scenario('whoever does not want to be asked again is not, and the rep hears of it', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  const made = await link(anna, 'survey Nordlicht Energie Uwe Petersen');
  const refused = await fetch(linkIn(made), {
    method: 'POST',
    body: new URLSearchParams({ do: 'refuse' }),
    redirect: 'manual',
  });
  expect(refused.status).toBe(303);
  await eventually(() => expect(anna.read().join()).toContain('Uwe Petersen of Nordlicht Energie does not want'));
  const again = await shownTo(anna, () => anna.tell('survey Nordlicht Energie Uwe Petersen'));
  expect(again.lines.join()).toContain('has asked not to be asked again');
  expect((await rows()).came.SurveyRefusal).toHaveLength(1);
  return again;
});

scenario('a refusal by nobody knows whom closes that link; the rep says who it was', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  await shownTo(anna, () => anna.tell('survey Havel Pumpen'));
  await askedOf(anna, () => anna.press('Ask the customer'));
  const made = await shownTo(anna, () => anna.submit());
  const refused = await fetch(linkIn(made), {
    method: 'POST',
    body: new URLSearchParams({ do: 'refuse' }),
    redirect: 'manual',
  });
  expect(refused.status).toBe(303);
  expect(await (await fetch(linkIn(made))).text()).toContain('This link is closed');
  await eventually(() => expect(anna.read().join()).toContain('Somebody at Havel Pumpen does not want'));
  const told = anna.cards().at(-1);
  expect(told?.buttons).toEqual(['Say who it was']);
  // Nobody else there has said anything.
  const hers = await link(anna, 'survey Havel Pumpen Petra Novak');
  await askedOf(anna, () => anna.press('Say who it was'));
  await fill(anna, { 'Who is not to be asked': 'Petra Novak' });
  const silenced = await shownTo(anna, () => anna.submit());
  expect(silenced.lines[0]).toBe('Petra Novak of Havel Pumpen is not asked again');
  expect(await (await fetch(linkIn(hers))).text()).not.toContain('<form');
  const again = await shownTo(anna, () => anna.tell('survey Havel Pumpen Petra Novak'));
  expect(again.lines.join()).toContain('has asked not to be asked again');
  const spoken = await shownTo(anna, () => anna.press('Take it back'));
  await askedOf(anna, () => anna.press('Ask the customer'));
  expect(anna.answer('Who is asked')).toBeUndefined();
  await anna.leave();
  const account = await shownTo(anna, () => anna.tell('survey Havel Pumpen'));
  await askedOf(anna, () => anna.press('Do not ask again'));
  await fill(anna, { 'Who is not to be asked': 'Everybody at Havel Pumpen' });
  const nobody = await shownTo(anna, () => anna.submit());
  await shownTo(anna, () => anna.tell('survey Havel Pumpen'));
  const all = await shownTo(anna, () => anna.press('Ask the customer'));
  expect(all.lines.join()).toContain('Havel Pumpen has asked not to be asked again');
  const { SurveyRefusal: refusals = [] } = (await rows()).came;
  expect(refusals).toHaveLength(2);
  expect(refusals).toContainEqual(expect.objectContaining({ contactId: null, byId: null }));
  expect(refusals).toContainEqual(expect.objectContaining({ contactId: null, surveyId: null, byId: 'Anna Becker' }));
  return [told, silenced, spoken, account, nobody, all];
});

scenario('who may not ask a customer writes down no wish of theirs', async ({ who, rows }) => {
  const chen = who('U0CHENWEI');
  const card = await shownTo(chen, () => chen.tell('调查 Havel Pumpen'));
  expect(card.buttons).not.toContain('不再邀请');
  expect((await rows()).came.SurveyRefusal).toBeUndefined();
  return card;
});

scenario('somebody else’s customer is not asked, and a stranger’s score is not seen', async ({ who, rows }) => {
  const chen = who('U0CHENWEI');
  const answer = await shownTo(chen, () => chen.tell('调查 Rheintal Chemie Sabine Roth'));
  const { came } = await rows();
  expect(came.Survey).toBeUndefined();
  const scored = await shownTo(chen, () => chen.tell('评分 Rheintal Chemie'));
  return [answer, scored];
});

scenario('an observer scores nothing and asks nobody', async ({ who, rows }) => {
  const claire = who('U0DUPONT');
  const answers = [];
  for (const words of ['score', 'survey', 'score Rheintal Chemie', 'survey Rheintal Chemie Sabine Roth']) {
    answers.push(await shownTo(claire, () => claire.tell(words)));
    expect(claire.hasForm).toBe(false);
  }
  expect((await rows()).came.Survey).toBeUndefined();
  return answers;
});

scenario('the survey report of a team, as a card and as files', async ({ who }) => {
  const lin = who('U0LINJING');
  const choice = await shownTo(lin, () => lin.tell('调查 报告 本季度'));
  const card = await shownTo(lin, () => lin.press('Europe'));
  expect(card.lines[0]).toBe('客户调查报告 · Europe');
  expect(card.buttons).toEqual(['Excel', 'CSV']);
  return [choice, card];
});
