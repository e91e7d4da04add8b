import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import { writeListing } from '../../src/visits/listing.ts';
import { addAccount, cardOf, makeCall, press, type Setting, say, submit, visitSetting, wordsOf } from './setting.ts';

let setting: Setting;
let here: Awaited<ReturnType<Setting['organization']>>;
let huawei: string;
beforeAll(async () => {
  setting = await visitSetting();
  here = await setting.organization();
  const { organization, anna, ben, acme } = here;
  const added = await setting.accounts.addByName(makeCall(organization, anna), '华为技术有限公司', uuid());
  if (!added.added) throw new Error('not added');
  huawei = added.id;
  for (const date of ['2026-11-23', '2026-11-16', '2026-10-26', '2026-10-25']) {
    await submit(setting, makeCall(organization, anna), {
      account: acme,
      date,
      note: `on ${date}`,
      outcome: 'advance',
    });
  }
  await submit(setting, makeCall(organization, ben), {
    account: huawei,
    date: '2026-11-20',
    kind: 'call',
    note: '见了王总',
  });
});
afterAll(() => setting.close());

const as = (who: 'anna' | 'ben', given: Parameters<typeof makeCall>[2] = {}) =>
  makeCall(here.organization, here[who], given);
const everything = { me: { administrator: true } };
const buttons = (card: Card) =>
  card.body.flatMap((part) =>
    part.kind === 'buttons'
      ? part.buttons
      : part.kind === 'list'
        ? part.items.flatMap((item) => item.buttons ?? [])
        : [],
  );

test('one’s own of the last four weeks, the latest first', async () => {
  const words = wordsOf(await say(setting, as('anna'), 'visits'));
  expect(words).toBe(
    [
      'Your visits',
      'Mon 26 Oct to Mon 23 Nov',
      '• Mon 23 Nov · Acme Tools · Visit · Advance – on 2026-11-23',
      '• Mon 16 Nov · Acme Tools · Visit · Advance – on 2026-11-16',
      '• Mon 26 Oct · Acme Tools · Visit · Advance – on 2026-10-26',
    ].join('\n'),
  );
});

test.each([10, 20, 100_000])(
  'a page that begins behind the end, at %i, is the last one that there is',
  async (skip) => {
    const about = writeListing({ of: 'mine', id: null, period: null, skip });
    const words = wordsOf(await press(setting, as('anna'), 'visits.page', about));
    expect(words).toContain('• Mon 23 Nov · Acme Tools');
  },
);

test.each<[string, string, number]>([
  ['visits', 'last week', 1],
  ['visits', 'me last month', 2],
  ['拜访', '上周', 1],
  ['拜访', '我 上个月', 2],
  ['visits', 'since 1 Oct', 4],
  ['visits', 'yesterday', 0],
])('%s %s: %i', async (word, rest, count) => {
  const card = cardOf(await say(setting, as('anna'), word, rest));
  const lists = card.body.flatMap((part) => (part.kind === 'list' ? part.items : []));
  expect(lists).toHaveLength(count);
});

test('a colleague’s and a customer’s, as far as one may see them', async () => {
  expect(wordsOf(await say(setting, as('anna', everything), 'visits', 'Ben last week'))).toContain(
    '华为技术有限公司 · Call · Ben Ode',
  );
  expect(wordsOf(await say(setting, as('anna', everything), 'visits', '华为技术有限公司本月'))).toContain(
    'Visits to 华为技术有限公司',
  );
  expect(wordsOf(await say(setting, as('anna', everything), 'visits', 'Acme Tools'))).toContain('on 2026-10-25');
  expect(wordsOf(await say(setting, as('anna'), 'visits', 'Ben'))).toContain('No visits');
  expect(wordsOf(await say(setting, as('anna'), 'visits', '华为技术有限公司'))).toContain('No visits');
  const team = await setting.make.team(here.organization, { members: [here.ben, here.anna] });
  const member = as('anna', { me: { memberOf: [team.id] } });
  expect(wordsOf(await say(setting, member, 'visits', '华为技术有限公司'))).toContain('见了王总');
  expect(wordsOf(await press(setting, member, 'visits.ofAccount', huawei))).toContain('见了王总');
});

test('nobody and nothing of that name; several of it', async () => {
  expect(wordsOf(await say(setting, as('anna'), 'visits', 'Zzyzx'))).toContain(
    'no colleague and no customer called “Zzyzx”',
  );
  const bens = await addAccount(setting.database, here.organization, 'Ben');
  expect(bens).toBeTruthy();
  await setting.make.person(here.organization, { name: 'Ben Two' });
  const card = cardOf(await say(setting, as('anna', everything), 'visits', 'Ben last week'));
  expect(buttons(card).map((button) => ('does' in button ? button.does : ''))).toEqual(['visits.page', 'visits.page']);
  const [first] = buttons(card);
  if (!first || !('does' in first)) throw new Error('no button');
  expect(wordsOf(await press(setting, as('anna', everything), first.does, first.about))).toContain('Visits of Ben');
});

test('pages follow each other, visibly', async () => {
  const { organization, anna, acme } = await setting.organization();
  const call = makeCall(organization, anna);
  for (let visit = 0; visit < 23; visit += 1)
    await submit(setting, call, { account: acme, second: true }, { without: [] });
  const seen: string[] = [];
  let card = cardOf(await say(setting, call, 'visits'));
  for (;;) {
    seen.push(
      ...buttons(card).flatMap((one) => ('does' in one && one.does === 'visits.show' && one.about ? [one.about] : [])),
    );
    const next = buttons(card).find((one) => 'does' in one && one.does === 'visits.page');
    if (!next || !('does' in next)) break;
    card = cardOf(await press(setting, call, next.does, next.about));
  }
  expect(new Set(seen).size).toBe(23);
  const last = card.body.find((part) => part.kind === 'list');
  expect(last?.kind === 'list' && last.more).toMatch(/21 to 23/u);
});
