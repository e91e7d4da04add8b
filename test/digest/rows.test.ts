import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainWeek } from '../../src/calendar/index.ts';
import { type Card, inPlainText } from '../../src/chat/card.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call, Me } from '../../src/chat/slice.ts';
import { evaluationCommands } from '../../src/digest/evaluation-commands.ts';
import { evaluationPointer } from '../../src/digest/evaluation-pointer.ts';
import { type FigureName, type Figures, factOf, figureNames } from '../../src/digest/figures.ts';
import { periodWith } from '../../src/digest/period.ts';
import type { Locale } from '../../src/text/locale.ts';
import { makeCall } from '../support/call.ts';
import type { SeededPerson } from '../support/seed.ts';
import { type FigureSetting, figureSetting, friday, putInto, tellStory } from './story.ts';

let setting: FigureSetting;
let story: Awaited<ReturnType<typeof tellStory>>;
beforeAll(async () => {
  setting = await figureSetting();
  story = await tellStory(setting);
});
afterAll(() => setting.close());

const week = periodWith('week', Temporal.PlainDate.from('2026-11-27'), plainWeek);

/** What a figure says, and what is behind it: rows that hit, of so many. */
async function both(of: { organizationId: string; teamId: string }, figures: Figures, figure: FigureName) {
  const asked = { ...of, period: week, asOf: friday, personId: figures.personId };
  const scoped = await setting.figures.scopeOf(asked);
  if (scoped === null) throw new Error('there is no scope');
  const { hits, total } = await setting.rows.page(figure, scoped.scope, { onlyOf: null, limit: 1, skip: 0 });
  const { value, of: all } = factOf(figures, figure);
  // What the intervals ask for is no row, and a score is a mean: its rows are the answers.
  if (figure === 'visits') return { said: [value, value], found: [hits, total] };
  if (figure === 'score') return { said: [all, all], found: [hits, total] };
  return { said: [value, all ?? value], found: [hits, total] };
}

describe('as many rows as the figure says', () => {
  test.each(figureNames)('%s of the team and of each of its people', async (figure) => {
    const of = { organizationId: story.organization.id, teamId: story.team.id };
    const asked = { ...of, period: week, asOf: friday };
    const team = await setting.figures.ofTeam(asked);
    const { anna, ben, cleo } = story.people;
    const own = await setting.figures.ofPeople({ ...asked, personIds: [anna.id, ben.id, cleo.id] });
    for (const figures of [team, ...own.values()]) {
      if (figures === null) throw new Error('there are no figures');
      const { said, found } = await both(of, figures, figure);
      expect(found).toEqual(said);
    }
  });

  test('whatever has happened', async () => {
    const day = fc.integer({ min: 0, max: 40 }).map((back) => week.to.subtract({ days: back }).toString());
    const who = fc.integer({ min: 0, max: 2 });
    const which = fc.integer({ min: 0, max: 4 });
    const events = fc.array(
      fc.oneof(
        fc.record({
          did: fc.constant('visit' as const),
          day,
          who,
          which,
          with: who,
          undone: fc.boolean(),
          outcome: fc.constantFrom('advance' as const, 'setback' as const, undefined),
        }),
        fc.record({
          did: fc.constant('prompt' as const),
          day,
          who,
          state: fc.constantFrom('open', 'answered', 'nothing', 'skipped', 'closed', 'missed'),
        }),
        fc.record({
          did: fc.constant('plan' as const),
          day,
          who,
          state: fc.constantFrom('planned' as const, 'done' as const, 'moved' as const),
        }),
        fc.record({
          did: fc.constant('step' as const),
          day,
          who,
          which,
          due: fc.option(day),
          closed: fc.option(day),
        }),
        fc.record({
          did: fc.constant('feedback' as const),
          day,
          who,
          which,
          answered: fc.option(day),
          undone: fc.boolean(),
        }),
        fc.record({ did: fc.constant('survey' as const), day, who, which, score: fc.integer({ min: 1, max: 5 }) }),
        fc.record({ did: fc.constant('away' as const), day, who, days: fc.integer({ min: 0, max: 8 }) }),
      ),
      { minLength: 10, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(events, async (happened) => {
        const organization = await setting.make.organization();
        const people: SeededPerson[] = [];
        for (const name of ['A', 'B', 'C']) people.push(await setting.make.person(organization, { name }));
        const member = (index: number) => people[index] ?? fail();
        const team = await setting.make.team(organization, { members: [member(0), member(1)] });
        const put = putInto(setting.database, organization);
        const accounts = [
          await put.account('one', 'core', { owner: member(0) }),
          await put.account('two', 'corePotential', { owner: member(1) }),
          await put.account('three', 'core', { teamId: team.id }),
          await put.account('four', 'general', { owner: member(0), archived: true }),
          await put.account('five', 'balanced', { owner: member(2), teamId: team.id }),
        ];
        const account = (index: number) => accounts[index] ?? fail();
        for (const one of happened) {
          const by = member(one.who);
          if (one.did === 'visit') {
            const present = one.with === one.who ? [by] : [by, member(one.with)];
            const { outcome, undone } = one;
            await put.visit(account(one.which), present, one.day, { undone, ...(outcome ? { outcome } : {}) });
          } else if (one.did === 'prompt') await put.prompt(by, one.day, one.state);
          else if (one.did === 'plan') await put.plan(by, one.day, one.state);
          else if (one.did === 'step') {
            const closed = one.closed === null ? {} : { closed: one.closed };
            await put.step(account(one.which), by, { due: one.due, created: one.day, ...closed });
          } else if (one.did === 'feedback') {
            const answered = one.answered === null ? {} : { answered: one.answered };
            await put.feedback(account(one.which), by, 'problem', one.day, { undone: one.undone, ...answered });
          } else if (one.did === 'survey') await put.survey(account(one.which), by, one.day, [one.score]);
          else {
            const to = Temporal.PlainDate.from(one.day).add({ days: one.days }).toString();
            await put.away(by, one.day, to);
          }
        }
        const of = { organizationId: organization.id, teamId: team.id };
        const asked = { ...of, period: week, asOf: friday };
        const figures = await setting.figures.ofTeam(asked);
        const own = await setting.figures.ofPeople({ ...asked, personIds: people.map(({ id }) => id) });
        for (const one of [figures, ...own.values()]) {
          if (one === null) fail();
          for (const figure of figureNames) {
            const { said, found } = await both(of, one, figure);
            expect(found, figure).toEqual(said);
          }
        }
      }),
      { numRuns: 8 },
    );
  });
});

function fail(): never {
  throw new Error('there is no such thing');
}

/** The command and its buttons, for one of the story's people. */
function acting(as: keyof (typeof story)['people'], given: { me?: Partial<Me>; locale?: Locale } = {}) {
  const { team, other, organization, people } = story;
  const roles: Record<keyof typeof people, Partial<Me>> = {
    lea: { manages: [team.id] },
    anna: { memberOf: [team.id] },
    ben: { memberOf: [team.id] },
    cleo: { memberOf: [team.id] },
    dora: { memberOf: [team.id] },
    eve: { memberOf: [other.id] },
  };
  const me = { ...roles[as], ...given.me };
  const call: Call = makeCall(organization, people[as], { ...given, me, now: friday });
  const commands = evaluationCommands({
    ...setting,
    remarks: async () => [],
    earlier: async () => [],
    settings: async (_, words) => ({ reply: 'show', card: { body: [{ kind: 'words', words: `settings ${words}` }] } }),
  });
  return {
    say: async (words: string) => cardOf(await (commands.commands[0] ?? fail()).run(call, words)),
    press: async (name: string, about?: string) =>
      cardOf(await (commands.actions.find((one) => one.name === name) ?? fail()).run(call, about)),
  };
}

function cardOf(reply: Reply): Card {
  if (reply.reply !== 'show') throw new Error(`not shown: ${reply.reply}`);
  return reply.card;
}

const pointer = (figure?: FigureName, personId: string | null = null, skip = 0) =>
  evaluationPointer(
    { teamId: story.team.id, personId, kind: 'week', from: '2026-11-23' },
    figure === undefined ? undefined : { figure, skip },
  );

const gone = 'I can’t find that any more. It may have been removed, or it isn’t yours to see.';

describe('what is behind a figure', () => {
  test('is listed with when it is and what it is', async () => {
    const card = await acting('lea').press('digest.rows', pointer('visits'));
    expect(inPlainText(card).split('\n')).toEqual([
      'Visits and calls: North',
      '4',
      'Mon 23 Nov – Sun 29 Nov, as of Fri 27 Nov, 16:30 (Berlin)',
      '• Gone – Visit · Thu 26 Nov · Anna Berg',
      '• B1 – Visit · Wed 25 Nov · Ben Ode',
      '• A1 – Call · Tue 24 Nov · Anna Berg',
      '• A1 – Visit · Mon 23 Nov · Anna Berg',
    ]);
  });

  test.each([
    ['coverageCore', '2 of 3', '• A2 – not in time · last seen Fri 13 Nov · Anna Berg'],
    ['overdue', '2 of 3', '• B1 – Send the offer – overdue · due Thu 26 Nov · Ben Ode'],
    ['feedbackOpen', '1', '• A2 – In their words – problem · Tue 24 Nov'],
    ['score', '3', '• A3 – 4.5 of 5 · by the account manager · Wed 25 Nov'],
    ['promises', '1 of 3', '• See them – not carried out · Wed 25 Nov · Ben Ode'],
    ['prompts', '3 of 4', '• morning prompt – not answered · Wed 25 Nov · Anna Berg'],
  ] as const)('%s: %s', async (figure, counted, line) => {
    const lines = inPlainText(await acting('lea').press('digest.rows', pointer(figure))).split('\n');
    expect(lines[1]).toBe(counted);
    expect(lines).toContain(line);
  });

  test('comes in pages', async () => {
    const account = await story.put.account('Many', 'general', { owner: story.people.eve, teamId: story.other.id });
    for (let number = 0; number < 17; number += 1) await story.put.visit(account, [story.people.eve], '2026-11-20');
    const at = { teamId: story.other.id, personId: null, kind: 'week', from: '2026-11-16' } as const;
    const first = await acting('eve').press('digest.rows', evaluationPointer(at, { figure: 'visits' }));
    expect(inPlainText(first)).toContain('1 – 15 of 17');
    const [next] = first.body.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []));
    if (next === undefined || !('does' in next)) throw new Error('there is no next page');
    const second = await acting('eve').press(next.does, next.about);
    expect(inPlainText(second)).toContain('16 – 17 of 17');
    expect(second.body.some((part) => part.kind === 'buttons')).toBe(false);
    // Where some are there no longer, the last page is shown.
    const past = await acting('eve').press('digest.rows', evaluationPointer(at, { figure: 'visits', skip: 45 }));
    expect(inPlainText(past)).toBe(inPlainText(second));
  });

  test('plans and prompts of others are shown to who leads the team only', async () => {
    const card = inPlainText(await acting('anna').press('digest.rows', pointer('prompts')));
    expect(card).toContain('these are your own');
    expect(card).not.toContain('Ben Ode');
    expect(card.split('\n')[1]).toBe('2 of 3');
  });

  test.each<[FigureName, string, string]>([
    ['coverageCore', 'B1', 'Ben Ode'],
    ['overdue', 'B1', 'Ben Ode'],
  ])(
    '%s names beside what was not done nobody but oneself, unless to who leads the team',
    async (figure, row, owner) => {
      const rowsOf = async (who: 'anna' | 'lea') =>
        inPlainText(await acting(who).press('digest.rows', pointer(figure))).split('\n');
      const lines = [await rowsOf('anna'), await rowsOf('lea')].map((all) => all.find((line) => line.includes(row)));
      expect(lines[1]).toContain(` · ${owner}`);
      expect(lines[0]).toBe(lines[1]?.replace(` · ${owner}`, ''));
      const own = (await rowsOf('anna')).filter((line) => line.includes('Anna Berg'));
      expect(own).toEqual((await rowsOf('lea')).filter((line) => line.includes('Anna Berg')));
    },
  );

  test.each<[keyof (typeof story)['people'], string, () => string]>([
    ['eve', 'visits of another team', () => pointer('visits')],
    ['anna', 'a colleague’s own part', () => pointer('visits', story.people.ben.id)],
    ['lea', 'somebody who is in another team', () => pointer('visits', story.people.eve.id)],
    ['lea', 'no figure', () => pointer()],
    ['lea', 'a figure that does not exist', () => pointer().replace('- 0', 'wages 0')],
    ['lea', 'a page before the first', () => pointer('visits').replace(/0$/, '-15')],
    ['lea', 'nothing', () => ''],
    ['lea', 'another organisation’s team', () => pointer('visits').replace(story.team.id, crypto.randomUUID())],
  ])('%s does not see %s', async (who, _, about) => {
    expect(inPlainText(await acting(who).press('digest.rows', about()))).toBe(gone);
  });

  test.each(['digest.show', 'digest.more', 'digest.behind'])('another team’s %s is not there', async (name) => {
    expect(inPlainText(await acting('eve').press(name, pointer()))).toBe(gone);
    expect(inPlainText(await acting('anna').press(name, pointer()))).not.toBe(gone);
  });

  test('who leads a person sees what the person sees', async () => {
    const about = pointer('visits', story.people.ben.id);
    const [seen, own] = [
      await acting('lea').press('digest.rows', about),
      await acting('ben').press('digest.rows', about),
    ];
    expect(seen).toEqual(own);
    const whole = pointer(undefined, story.people.ben.id);
    expect(await acting('lea').press('digest.show', whole)).toEqual(await acting('ben').press('digest.show', whole));
  });
});

describe('/kam digest', () => {
  test('tells a manager their team’s week', async () => {
    const card = await acting('lea').say('');
    expect(inPlainText(card)).toMatchInlineSnapshot(`
      "North: week Mon 23 Nov – Sun 29 Nov
      4 visits and calls were made, where the customers’ classes ask for 3: 2 more than in the week before (mean of four: 1). 3 of 4 prompts were answered, 3 more than before. One feedback waits for an answer, 1 more than before.
      What was done
      Visits and calls: 4 made, 3 asked for (+2 · Ø 1)
      Prompts answered: 3 of 4 (+3 · Ø 0)
      How customers are looked after
      Core customers seen in time: 2 of 3 (±0 · Ø 1.5)
      Core potential customers seen in time: 1 of 1 (±0 · Ø 0.3)
      Plans carried out: 1 of 3 (±0 · Ø 0.3)
      Next steps overdue: 2 of 3 (+1 · Ø 0.5)
      Feedback: 2 in (+2) · 1 of 2 answered · 1 open (+1)
      What came of it
      Visits that moved something forward: 2 of 4 (+2 · Ø 0)
      Service score: 4 of 5 from 3 answers
      Customers seen within their interval, by class
      Share of customers seen within their interval, from 11 Oct to 29 Nov. Core: 0%, 0%, 0%, 25%, 25%, 50%, 50%, 67%; Core potential: 0%, 0%, 0%, 0%, 0%, 0%, 50%, 100%; Balanced: 0%, 0%, 0%, 0%, 0%, 0%, 0%, 0%; General: 0%, 0%, 0%, 0%, 0%, 0%, 50%, 50%.
      Customers who need somebody next
      • A1 · Core · a promise is 7 days late · Anna Berg
      • A2 · Core · a problem unanswered for 3 days · Anna Berg
      • B1 · Core · a promise is a day late · Ben Ode
      • C1 · Core · nobody was there yet · Cleo Sun
      • C2 · Core potential · nobody was there yet · Cleo Sun
      … and 2 more
      What could be better
      • 2 core or core potential customers were not seen for twice the interval: plan them now.
      • One customer waits for an answer to a problem: say who answers until when.
      What went well
      • 2 visits moved something forward, among others at A1.
      • One customer praised us: B1.
      As of Fri 27 Nov, 16:30 (Berlin). Not counted: one person on leave all the time and their 2 customers. One prompt that came too late does not count."
    `);
  });

  test('tells it in Chinese', async () => {
    expect(inPlainText(await acting('lea', { locale: 'zh-CN' }).say(''))).toMatchInlineSnapshot(`
      "North周报：11月23日周一至11月29日周日
      拜访和电话共4次（按客户级别应有3次），比上周多2次（前四周平均1次）。4次班会提问回复了3次，比之前多3次。还有1条客户反馈待答复，比之前多1条。
      做了什么
      拜访和电话：4次，应有3次（+2 · 均值1）
      早晚班会已回复：3/4（+3 · 均值0）
      客户照顾得怎么样
      按时拜访的核心顾客：2/3（±0 · 均值1.5）
      按时拜访的核心潜在顾客：1/1（±0 · 均值0.3）
      计划完成：1/3（±0 · 均值0.3）
      逾期的待办：2/3（+1 · 均值0.5）
      客户反馈：收到2条（+2） · 已答复1/2 · 待答复1条（+1）
      带来了什么
      有进展的拜访：2/4（+2 · 均值0）
      服务评分：4分（满分5分，3份评分）
      各级别按时拜访的客户比例
      10/11至11/29，各级别按时拜访的客户比例。核心顾客：0%、0%、0%、25%、25%、50%、50%、67%；核心潜在顾客：0%、0%、0%、0%、0%、0%、50%、100%；兼顾顾客：0%、0%、0%、0%、0%、0%、0%、0%；一般顾客：0%、0%、0%、0%、0%、0%、50%、50%。
      接下来需要跟进的客户
      • A1 · 核心顾客 · 有1项承诺逾期，最久7天 · Anna Berg
      • A2 · 核心顾客 · 有1个问题没答复，最久3天 · Anna Berg
      • B1 · 核心顾客 · 有1项承诺逾期，最久1天 · Ben Ode
      • C1 · 核心顾客 · 还没有人拜访过 · Cleo Sun
      • C2 · 核心潜在顾客 · 还没有人拜访过 · Cleo Sun
      ……还有 2 条
      可以改进的地方
      • 有2家核心或核心潜在顾客超过两个拜访周期没人拜访：现在就排上计划。
      • 有1家客户的问题没答复：定下谁在什么时候答复。
      做得好的地方
      • 2次拜访有进展，例如A1。
      • 收到客户表扬1次：B1。
      数据截至11月27日周五 16:30（德国时间）。不计入：全程休假的1人，以及他们的2家客户。有1次提问发晚了，不计入。"
    `);
  });

  test('tells somebody their own part', async () => {
    const card = inPlainText(await acting('ben').say('me'));
    expect(card).toContain('Ben Ode: week Mon 23 Nov – Sun 29 Nov');
    expect(card).toContain('Visits and calls: 2 made, 1 asked for');
    expect(await acting('lea').say('Ben Ode')).toEqual(await acting('ben').say('me'));
  });

  test.each([
    ['lea', 'last week', 'North: week Mon 16 Nov – Sun 22 Nov'],
    ['lea', 'north month 2026-10', 'North: month Thu 1 Oct – Sat 31 Oct'],
    ['lea', '2026-Q4', 'North: quarter Thu 1 Oct – Thu 31 Dec'],
    ['anna', 'North', 'North: week Mon 23 Nov – Sun 29 Nov'],
    ['lea', 'month 2026-13', 'There is no such period: 2026-13.'],
    ['lea', 'next quarter', 'There is no evaluation of “next quarter” that you can read.'],
    ['lea', '2026-12-07', 'That week has not begun yet.'],
    ['anna', 'Ben Ode', 'There is no evaluation of “Ben Ode” that you can read.'],
    ['anna', 'South', 'There is no evaluation of “South” that you can read.'],
    ['dora', 'me', 'You are in no team'],
    ['lea', 'settings North', 'settings North'],
  ] as const)('%s types %j', async (who, words, answer) => {
    expect(inPlainText(await acting(who).say(words))).toContain(answer);
  });

  test('names those who look after a customer in need to who leads them, and to nobody else', async () => {
    const line = 'A1 · Core · a promise is 7 days late';
    expect(inPlainText(await acting('lea').say(''))).toContain(`${line} · Anna Berg`);
    expect(inPlainText(await acting('ben').say(''))).toMatch(new RegExp(`${line}$`, 'm'));
  });

  test('asks which of several teams is meant', async () => {
    const me = { manages: [story.team.id, story.other.id] };
    const card = await acting('lea', { me }).say('last week');
    expect(inPlainText(card)).toBe('Whose evaluation?\n• North\n• South');
    const [button] = card.body.flatMap((part) => (part.kind === 'list' ? (part.items[1]?.buttons ?? []) : []));
    if (button === undefined || !('does' in button)) throw new Error('there is no button');
    const shown = await acting('lea', { me }).press(button.does, button.about);
    expect(inPlainText(shown)).toContain('South: week Mon 16 Nov – Sun 22 Nov');
  });

  test('who is in no team is told what to do', async () => {
    const card = await acting('eve', { me: { memberOf: [] } }).say('');
    expect(inPlainText(card)).toContain('An administrator adds you with /kam team.');
  });

  test('more, what is behind, and the one before', async () => {
    const lea = acting('lea');
    expect(inPlainText(await lea.press('digest.more', pointer()))).toMatchInlineSnapshot(`
      "North: more on the week
      Visits and calls by class
      Core: 4 made, 2 asked for
      Core potential: 0 made, 1 asked for
      Seen within their interval
      Core: 2 of 3
      Core potential: 1 of 1
      Balanced: 0 of 1
      General: 1 of 2
      How it is counted: a visit counts for everybody who was there. Core and core potential customers are to be seen every 14 days, balanced ones every 28, general ones every 56; days off, leave and holidays ask nothing. Classes and owners are those of today."
    `);
    const behind = await lea.press('digest.behind', pointer());
    expect(behind.body.flatMap((part) => (part.kind === 'list' ? part.items : []))).toHaveLength(figureNames.length);
    const card = await lea.say('');
    const before = card.body
      .flatMap((part) => (part.kind === 'buttons' ? part.buttons : []))
      .find((button) => 'does' in button && button.does === 'digest.show');
    if (before === undefined || !('does' in before)) throw new Error('there is no button');
    expect(inPlainText(await lea.press(before.does, before.about))).toContain('Mon 16 Nov – Sun 22 Nov');
  });
});
