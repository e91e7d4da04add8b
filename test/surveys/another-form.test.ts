import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge } from '../../src/chat/form.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call, FormHandler } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { createPeople } from '../../src/people/index.ts';
import { createSurveys } from '../../src/surveys/index.ts';
import { createLinks } from '../../src/web/links.ts';
import { type FeedbackWorld, openFeedbackWorld } from '../feedback/feedback-world.ts';
import { monday } from '../support/call.ts';

let world: FeedbackWorld;
let forms: readonly FormHandler[];
beforeAll(async () => {
  world = await openFeedbackWorld();
  const { database, accounts, feedback } = world;
  const clock = movableClock(monday);
  const nudge = () => undefined;
  const people = createPeople({ database, clock, log: createLog('silent'), nudge });
  const linkSecret = 'a-secret-of-the-tests-that-signs-links';
  const links = createLinks({ linkSecret, publicUrl: 'https://kam.example', dataDirectory: null });
  forms = createSurveys({ database, people, accounts, feedback, links, clock, nudge }).slice.forms ?? [];
});
afterAll(() => world.close());

async function submit(
  call: Call,
  form: string,
  answers: Record<string, unknown>,
  id: string,
  about: Record<string, string> = {},
): Promise<Reply> {
  const handler = forms.find((one) => one.form.name === form);
  if (!handler) throw new Error(`no form ${form}`);
  const without = [...(form === 'surveys.ask' ? ['contact'] : []), ...(about.account === undefined ? [] : ['account'])];
  const judged = judge(handler.form, answers, { today: call.today, text: call.text, without });
  if (!judged.ok) throw new Error(JSON.stringify(judged.problems));
  return handler.submit(call, judged.answers, { id, about, without, expanded: true });
}

/** Ben's own account, beside Anna's. */
async function companyOfTwo() {
  const company = await world.company();
  const anna = world.call(company, company.anna);
  const ben = world.call(company, company.ben);
  const added = await world.accounts.addByName(ben, 'Basel Bikes', uuid());
  if (!added.added) throw new Error('no account');
  return { anna, ben, acme: company.acme, bikes: added.id };
}

test('the id of somebody else’s form shows nobody their link', async () => {
  const { anna, ben, acme, bikes } = await companyOfTwo();
  const id = uuid();
  const asking = { language: 'en', days: 14 };
  expect(JSON.stringify(await submit(anna, 'surveys.ask', { account: acme, ...asking }, id))).toContain('/s/');
  expect(JSON.stringify(await submit(anna, 'surveys.ask', { account: acme, ...asking }, id))).toContain('/s/');
  const forged = await submit(ben, 'surveys.ask', { account: bikes, ...asking }, id);
  expect(forged.reply).toBe('fix');
  expect(JSON.stringify(forged)).not.toMatch(/\/s\/|Acme/);
});

test('nor what they have scored', async () => {
  const { anna, ben, acme, bikes } = await companyOfTwo();
  const id = uuid();
  const first = await submit(anna, 'surveys.score', { account: acme, remark: 'always late' }, id);
  expect(JSON.stringify(first)).toContain('always late');
  const again = await submit(anna, 'surveys.score', { account: acme, remark: 'always late' }, id);
  expect(JSON.stringify(again)).toContain('always late');
  const forged = await submit(ben, 'surveys.score', { account: bikes, remark: 'fine' }, id);
  expect(JSON.stringify(forged)).not.toMatch(/always late|Acme/);
});

test('what was typed stays in the form when the right to score has gone meanwhile', async () => {
  const { ben, acme } = await companyOfTwo();
  for (const account of [acme, uuid()]) {
    const reply = await submit(ben, 'surveys.score', { remark: 'a long story' }, uuid(), { account });
    expect(reply).toMatchObject({
      reply: 'fix',
      problems: {},
      notice: expect.stringMatching(/can’t find|doesn’t allow/),
    });
  }
});
