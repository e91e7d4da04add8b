import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { plainWeek } from '../../src/calendar/index.ts';
import { type Card, inPlainText } from '../../src/chat/card.ts';
import { drawMessage } from '../../src/chat/slack/draw-card.ts';
import { limits as slack } from '../../src/chat/slack/limits.ts';
import { drawCard } from '../../src/chat/teams/draw-card.ts';
import { isTooLarge } from '../../src/chat/teams/limits.ts';
import type { FeedbackItem } from '../../src/feedback/index.ts';
import { agendaCard, type WholeAgenda } from '../../src/meetings/agenda-cards.ts';
import type { Decision } from '../../src/meetings/decision.ts';
import { type MeetingKind, meetingKinds } from '../../src/meetings/meeting.ts';
import type { PlanItem } from '../../src/meetings/plan-item.ts';
import type { PromptState } from '../../src/meetings/prompt-cards.ts';
import { type Question, standardOf } from '../../src/meetings/question.ts';
import { raisedCard } from '../../src/meetings/raising.ts';
import type { Contribution, Summary } from '../../src/meetings/summary.ts';
import { countWords, summaryCard } from '../../src/meetings/summary-cards.ts';
import { type Text, textIn } from '../../src/text/text.ts';
import { plain } from '../../src/text/words.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const tuesday = day('2026-11-24');
const en = textIn('en');
const zh = textIn('zh-CN');

let made = 0;
const item = (account: string | null, text: string, given: Partial<PlanItem> = {}): PlanItem => ({
  id: `item${++made}`,
  date: tuesday,
  text,
  state: 'planned',
  movedFromId: null,
  movedTo: null,
  visitId: null,
  account: account === null ? null : { id: `account of ${account}`, name: account },
  ...given,
});
const said = (name: string, state: PromptState, given: Partial<Contribution> = {}): Contribution => ({
  person: { id: name, name },
  state,
  expected: true,
  questions: standardOf.morning,
  answers: {},
  items: [],
  visited: [],
  blockers: [],
  ...given,
});
const summary = (contributions: readonly Contribution[], given: Partial<Summary> = {}): Summary => ({
  kind: 'morning',
  name: null,
  date: tuesday,
  namesSilent: false,
  contributions,
  away: new Set(),
  members: contributions.map(({ person }) => person),
  workdays: plainWeek,
  decisions: [],
  ...given,
});
const lines = (card: Card) => inPlainText(card).split('\n');

describe('the summary', () => {
  const blocker = { id: 'b', text: 'No sample from the works', since: day('2026-11-19') };
  const morning = summary(
    [
      said('Anna Berg', 'answered', {
        items: [item('Nordwind Stahl', 'sign the frame contract'), item('Lumina', ''), item(null, 'tender documents')],
        blockers: [blocker, { id: 'c', text: 'The car', since: tuesday }],
      }),
      said('Ben', 'nothing'),
      said('Cleo', 'skipped'),
      said('Dan', 'closed'),
      said('Eva', 'missed'),
    ],
    { away: new Set(['Finn']), members: ['Anna Berg', 'Ben', 'Finn'].map((name) => ({ id: name, name })) },
  );

  it('of a morning says who plans what, what is in the way since when, and counts', () => {
    expect(lines(summaryCard(morning, en))).toEqual([
      'Morning meeting · Tue 24 Nov',
      '• Anna Berg: Nordwind Stahl – sign the frame contract · Lumina · tender documents',
      'Nothing today: Ben',
      'Skipped: Cleo',
      'In the way',
      '• No sample from the works – Anna Berg, since Thu 19 Nov, 3 working days',
      '• The car – Anna Berg, new',
      '3 of 4 asked answered, 1 on leave, the bot could not ask 1 person',
    ]);
    expect(lines(summaryCard(morning, zh))).toEqual([
      '早会 · 11月24日周二',
      '• Anna Berg：Nordwind Stahl – sign the frame contract · Lumina · tender documents',
      '今天没有要说的：Ben',
      '跳过：Cleo',
      '遇到的困难',
      '• No sample from the works – Anna Berg，11月19日周四提出，已 3 个工作日',
      '• The car – Anna Berg，新提出',
      '问了 4 人，3 人已回答，1 人请假，机器人没能问到 1 人',
    ]);
  });

  it('names those who did not answer only where the team wants it', () => {
    const named = inPlainText(summaryCard({ ...morning, namesSilent: true }, en));
    expect(named).toContain('No answer yet: Dan');
    expect(named).not.toContain('Eva');
    expect(inPlainText(summaryCard(morning, en))).not.toContain('Dan');
  });

  it('of an evening says item by item what became of the plan, what came by itself, and the answers', () => {
    const [first, second] = standardOf.evening.map(({ id }) => id);
    const contribution = said('Anna Berg', 'answered', {
      questions: standardOf.evening,
      answers: { [first ?? '']: 'They want\nthe price list.', [second ?? '']: 'Send it.' },
      items: [
        item('Nordwind', 'contract', { state: 'done' }),
        item('Lumina', 'demo', { state: 'moved', movedTo: day('2026-11-25') }),
        item('Hansa', '', { state: 'dropped' }),
        item('Rhein', '', { visitId: 'v' }),
        item(null, 'tender'),
      ],
      visited: ['Rhein', 'Isar', 'Weser', 'Elbe'].map((name) => ({ id: `account of ${name}`, name })),
    });
    expect(lines(summaryCard(summary([contribution], { kind: 'evening' }), en))).toEqual([
      'Evening meeting · Tue 24 Nov',
      '• Anna Berg: Nordwind – contract (done) · Lumina – demo (moved to Wed 25 Nov) · Hansa (dropped)' +
        ' · Rhein (a visit is logged) · tender (still open) · not planned, but visited: Isar, Weser, and 1 more' +
        ' – How did it go? They want the price list. · What comes next? Send it.',
      '1 of 1 asked answered',
    ]);
  });

  it('of a morning that is drawn again says what became of a plan meanwhile, and not that the rest is open', () => {
    const contribution = said('Anna', 'answered', {
      items: [item('Nordwind', '', { state: 'dropped' }), item('Isar', '')],
    });
    expect(lines(summaryCard(summary([contribution]), en))[1]).toBe('• Anna: Nordwind (dropped) · Isar');
  });

  it('of any other meeting says what was answered, and shows no plan', () => {
    const contribution = said('Anna', 'answered', {
      questions: standardOf.sales,
      answers: { agenda: 'Prices for next year' },
      items: [item('Nordwind', '')],
    });
    const wordless = said('Ben', 'answered', { questions: standardOf.sales });
    const card = summaryCard(summary([contribution, wordless], { kind: 'sales', name: 'Monday round' }), en);
    expect(lines(card)).toEqual([
      'Minutes: Monday round · Tue 24 Nov',
      'Took part: Anna and Ben',
      '• Anna: Prices for next year',
      '• Ben: answered, without a word',
      '2 of 2 asked answered',
    ]);
  });

  it('of a sales meeting is its minutes: who took part, what was decided, who does what until when, what was reported', () => {
    const person = (name: string) => ({ id: name, name });
    const decided = (text: string, given: Partial<Decision> = {}): Decision => ({
      id: text,
      text,
      account: null,
      owner: null,
      dueOn: null,
      createdBy: person('Lin'),
      ...given,
    });
    const decisions = [
      decided('No discounts\nthis year'),
      decided('Send the offer', {
        account: { id: 'a', name: 'Nordwind' },
        owner: person('Ben'),
        dueOn: day('2026-11-27'),
      }),
      decided('Book the hall', { owner: person('Anna') }),
      decided('New price list', { dueOn: day('2027-01-04'), account: { id: 'b', name: 'Isar' } }),
    ];
    const contributions = [
      said('Anna', 'answered', { questions: standardOf.sales, answers: { agenda: 'Prices' } }),
      said('Ben', 'nothing'),
      said('Cleo', 'skipped'),
      said('Dan', 'closed'),
    ];
    const minutes = summary(contributions, { kind: 'sales', decisions });
    expect(lines(summaryCard(minutes, en))).toEqual([
      'Minutes: Sales meeting · Tue 24 Nov',
      'Took part: Anna, Ben, and Lin',
      'Decisions',
      '• No discounts this year',
      '• Isar – New price list – until Mon, 4 Jan 2027',
      'Actions',
      '• Nordwind – Send the offer – Ben, until Fri 27 Nov',
      '• Book the hall – Anna, no day set',
      'What was reported',
      '• Anna: Prices',
      'Nothing today: Ben',
      'Skipped: Cleo',
      '3 of 4 asked answered',
    ]);
    expect(lines(summaryCard(minutes, zh)).slice(0, 8)).toEqual([
      '会议纪要：销售例会 · 11月24日周二',
      '参加：Anna、Ben和Lin',
      '决定',
      '• No discounts this year',
      '• Isar – New price list – 2027年1月4日周一前',
      '行动',
      '• Nordwind – Send the offer – Ben，11月27日周五前',
      '• Book the hall – Anna，未定日期',
    ]);
  });

  it('of a day on which nobody said anything says so', () => {
    expect(lines(summaryCard(summary([said('Anna', 'closed')]), en)).slice(1)).toEqual([
      'Nobody has written anything yet.',
      '0 of 1 asked answered',
    ]);
  });

  it('shows the names of people and customers as they are: nothing in them becomes a ping', () => {
    const name = '<!channel> @here';
    const { blocks } = drawMessage(summaryCard(summary([said(name, 'answered', { items: [item('<@U1>', '')] })]), en));
    expect(JSON.stringify(blocks)).not.toContain('"user"');
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
  });
});

test.each([
  [0, 0, 2, 0, 'Nobody was asked, 2 on leave', '没有问任何人，2 人请假'],
  [0, 0, 1, 3, 'The bot could not ask 3 people in time, 1 on leave', '机器人没能及时问到 3 人，1 人请假'],
  [1, 2, 0, 2, '1 of 2 asked answered, the bot could not ask 2 people', '问了 2 人，1 人已回答，机器人没能问到 2 人'],
])('%i of %i, %i on leave and %i missed', (answered, asked, onLeave, missed, english, chinese) => {
  const each = (count: number) => Array.from({ length: count }, (_, index) => said(`P${index}`, 'answered'));
  const counts = {
    answered: each(answered),
    nothing: [],
    skipped: [],
    silent: [],
    missed: each(missed),
    asked,
    onLeave,
  };
  expect(plain(countWords(counts, en))).toBe(english);
  expect(plain(countWords(counts, zh))).toBe(chinese);
});

/** Everything as long as it can be, and more of it than is shown. */
function largest(people: number, kind: MeetingKind): Summary {
  const long = (word: string, length: number) => word.repeat(Math.ceil(length / word.length)).slice(0, length);
  const questions = Array.from(
    { length: 5 },
    (_, index): Question => ({
      id: `q${index}`,
      role: 'words',
      text: long('Why? ', 200),
      standard: null,
    }),
  );
  const of = (state: PromptState, count: number) =>
    Array.from({ length: count }, (_, index) =>
      said(`${state} ${String(index).padStart(3, '0')} ${long('Longname ', 80)}`, state, {
        questions,
        answers: Object.fromEntries(questions.map(({ id }) => [id, long('Answer ', 3_000)])),
        items: Array.from({ length: 20 }, (_, nth) =>
          item(`${nth} ${long('Customer ', 120)}`, long('Text ', 1_000), { state: 'moved', movedTo: tuesday }),
        ),
        visited: Array.from({ length: 9 }, (_, nth) => ({ id: `v${nth}`, name: long('Visited ', 120) })),
        blockers: Array.from({ length: 3 }, (_, nth) => ({
          id: `b${state}${index}${nth}`,
          text: long('Blocker ', 1_000),
          since: day('2025-01-01'),
        })),
      }),
    );
  const decisions = Array.from({ length: kind === 'sales' ? 40 : 0 }, (_, nth): Decision => {
    const person = { id: `d${nth}`, name: long('Longname ', 80) };
    const owner = nth % 2 === 0 ? person : null;
    const account = { id: `a${nth}`, name: long('Customer ', 120) };
    return { id: `${nth}`, text: long('Decided ', 500), account, owner, dueOn: tuesday, createdBy: person };
  });
  const contributions = [...of('answered', people), ...of('nothing', 20), ...of('skipped', 20), ...of('closed', 20)];
  return summary(contributions, { kind, name: long('Meeting ', 80), namesSilent: true, decisions });
}

/** Nothing of a card is left out by the platforms' own last resort. */
function fits(card: Card, text: Text) {
  const { blocks } = drawMessage(card);
  const whole = JSON.stringify(blocks);
  expect(whole.includes('"text":"…"')).toBe(false);
  expect(blocks.length).toBeLessThan(slack.blocks.message);
  const adaptive = drawCard(card, { surface: 'message', text });
  expect(isTooLarge(adaptive)).toBe(false);
  const items = card.body.flatMap((part) => (part.kind === 'list' ? part.items : []));
  expect(JSON.stringify(adaptive).split('"• ').length - 1).toBe(items.length);
}

describe('one message', () => {
  const sizes = [1, 6, 12, 60, 100];
  it.each(sizes.flatMap((people) => meetingKinds.map((kind) => [people, kind] as const)))(
    'holds what %i people said in a meeting of the kind %s',
    (people, kind) => {
      for (const text of [en, zh]) fits(summaryCard(largest(people, kind), text), text);
    },
  );

  it('of sixty people shows twenty with their plans, and names the others', () => {
    const people = Array.from({ length: 60 }, (_, index) => `P${String(index).padStart(2, '0')}`);
    const contributions = people.map((name) =>
      said(name, 'answered', { items: [1, 2, 3].map((nth) => item(`C${nth}`, '')) }),
    );
    const [, first, ...others] = lines(summaryCard(summary(contributions), en));
    expect(first).toBe('• P00: C1 · C2 · 1 more');
    expect(others.filter((line) => line.startsWith('•'))).toHaveLength(19);
    expect(others.at(-2)).toMatch(/^Also answered: P20, .*P43, and 16 more$/);
    expect(others.at(-1)).toBe('60 of 60 asked answered');
  });

  it('holds ten blockers that are raised', () => {
    const raised = Array.from({ length: 10 }, () => ({
      owner: { id: 'p', name: 'N'.repeat(200) },
      text: 'T'.repeat(3_000),
      since: tuesday,
      days: 2,
      today: tuesday,
    }));
    for (const text of [en, zh]) fits(raisedCard(raised, text), text);
  });
});

describe('the agenda', () => {
  const of = <T>(shown: readonly T[], total = shown.length) => ({ shown, total });
  const anna = { id: 'p', name: 'Anna' };
  const customer = (name: string) => ({ id: `id of ${name}`, name });
  const feedback = (account: string, owner: { id: string; name: string } | null): FeedbackItem => ({
    organizationId: 'o',
    id: `feedback of ${account}`,
    account: customer(account),
    accountOwnerId: 'p',
    contact: null,
    kind: 'problem',
    severity: 'high',
    words: 'secret',
    sourceLink: null,
    state: 'open',
    dimension: { id: 'd', key: 'delivery', name: null },
    saidOn: day('2026-11-12'),
    dueOn: null,
    author: { ...anna, timeZone: 'UTC' },
    owner: owner && { ...owner, timeZone: 'UTC' },
    accountClass: 'core',
    atThatTime: { accountClass: 'core', openActions: 0, lastVisitOn: null },
    answer: null,
    outcome: null,
    visitId: null,
    undone: false,
    version: 1,
    belongs: { personIds: [], teamIds: [] },
    createdAt: Temporal.Instant.from('2026-11-12T08:00Z'),
  });
  const agenda: WholeAgenda = {
    since: day('2026-11-16'),
    risk: of(
      [
        { account: customer('Nordwind'), lastVisitOn: day('2026-11-01'), overdue: 6 },
        { account: customer('Lumina'), lastVisitOn: null, overdue: 0 },
      ],
      7,
    ),
    said: of([feedback('Elbe', anna), feedback('Weser', null)], 3),
    steps: of([{ account: customer('Hansa'), owner: anna, dueOn: day('2026-11-18') }]),
    plans: of([{ item: item('Isar', 'offer', { state: 'dropped' }), owner: anna }]),
    wins: of([{ account: customer('Rhein'), people: [anna, { id: 'q', name: 'Ben' }], date: day('2026-11-17') }]),
  };
  const next = { occurrenceId: 'o', name: null, date: day('2026-11-23'), today: day('2026-11-20') };

  it('says what there is to talk about, each list with its count', () => {
    expect(lines(agendaCard(agenda, next, en))).toEqual([
      'Agenda: Sales meeting · Mon 23 Nov',
      'What has happened since Mon 16 Nov. The minutes follow when the meeting closes.',
      'Customers at risk (7)',
      '• Nordwind – last visit Sun 1 Nov, 6 days overdue',
      '• Lumina – no visit yet',
      '… and 5 more',
      'What customers said (3)',
      '• Elbe – Problem · Delivery · Serious, said Thu 12 Nov – Anna',
      '• Weser – Problem · Delivery · Serious, said Thu 12 Nov – nobody answers for it yet',
      '… and 1 more',
      'Next steps overdue (1)',
      '• Hansa – Anna, due Wed 18 Nov',
      'Plans moved or dropped (1)',
      '• Isar – offer – Anna, dropped',
      'Progress (1)',
      '• Rhein – Anna and Ben, Tue 17 Nov',
    ]);
    expect(lines(agendaCard(agenda, next, zh)).slice(0, 4)).toEqual([
      '议程：销售例会 · 11月23日周一',
      '11月16日周一以来的情况。会议结束后发布纪要。',
      '有风险的客户（7）',
      '• Nordwind – 上次拜访：11月1日周日，已超期 6 天',
    ]);
  });

  it('lets what is decided about a customer at risk be added there', () => {
    const buttons = agendaCard(agenda, next, en).body.flatMap((part) =>
      part.kind === 'list' ? part.items.flatMap((line) => line.buttons ?? []) : [],
    );
    expect(buttons).toMatchObject([
      { opens: 'meetings.decide', about: 'o id of Nordwind', spoken: 'Add an action for Nordwind' },
      { opens: 'meetings.decide', about: 'o id of Lumina' },
      { does: 'feedback.show', about: 'feedback of Elbe', spoken: 'Show what Elbe said' },
      { does: 'feedback.show', about: 'feedback of Weser' },
    ]);
    const below = agendaCard(agenda, next, en).body.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []));
    expect(below).toMatchObject([{ label: 'Add a decision', opens: 'meetings.decide', about: 'o' }]);
  });

  it('says so when there is nothing, and fits when there is much', () => {
    const none = { shown: [], total: 0 };
    const empty = agendaCard({ ...agenda, risk: none, said: none, steps: none, plans: none, wins: none }, next, en);
    expect(lines(empty).at(-1)).toMatch(/^Nothing stands out/);
    const name = 'Customer '.repeat(30);
    const person = { id: 'p', name };
    const five = <T>(one: T) =>
      of(
        Array.from({ length: 5 }, () => one),
        900,
      );
    const much: WholeAgenda = {
      since: tuesday,
      risk: five({ account: customer(name), lastVisitOn: tuesday, overdue: 1_000 }),
      said: five(feedback(name, person)),
      steps: five({ account: customer(name), owner: person, dueOn: tuesday }),
      plans: five({ item: item(name, name.repeat(5), { state: 'moved', movedTo: tuesday }), owner: person }),
      wins: five({ account: customer(name), people: Array.from({ length: 20 }, () => person), date: tuesday }),
    };
    for (const text of [en, zh]) fits(agendaCard(much, next, text), text);
  });
});
