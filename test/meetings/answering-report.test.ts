import { describe, expect, test } from 'vitest';
import type { Me } from '../../src/chat/slice.ts';
import type { Locale } from '../../src/text/locale.ts';
import { makeCall } from '../support/call.ts';
import type { SeededPerson } from '../support/seed.ts';
import { aboutOf, answeringWorld, buttonsOf, wordsOf } from './answering-world.ts';

const world = answeringWorld();

/** Anna in team North of manager Mia, Ben in no team; Anna has answered on the last days before Monday. */
async function sales(days: readonly string[] = ['2026-11-20']) {
  const organization = await world.build.organization();
  const anna = await world.build.person(organization, { name: 'Anna Berg' });
  const mia = await world.build.person(organization, { name: 'Mia Voss' });
  const ben = await world.build.person(organization, { name: 'Ben Ode' });
  const north = await world.build.team(organization, { manager: mia, members: [anna] });
  await world.account(anna, 'Example Steel');
  const morning = await world.meeting(organization, north);
  const as = (person: SeededPerson, me: Partial<Me>, locale: Locale = 'en') =>
    makeCall(organization, person, { me, locale });
  const calls = {
    anna: as(anna, { memberOf: [north.id] }),
    mia: as(mia, { manages: [north.id] }),
    ben: as(ben, {}),
    chinese: as(anna, { memberOf: [north.id] }, 'zh-CN'),
  };
  for (const date of days) {
    const id = await world.prompt(anna, morning, { date });
    const asked = await world.open(calls.anna, 'prompts.answer', id);
    await world.submit(calls.anna, asked, { others: `Example Steel – prices\nreport of ${date}`, blockers: 'fog' });
  }
  return { organization, anna, mia, ben, north, morning, calls };
}

describe('/kam report', () => {
  test('shows one’s own answers in the wording that they answered, and what became of the plan', async () => {
    const { anna, morning, calls } = await sales();
    const { prisma } = world.database;
    await prisma.planItem.updateMany({ where: { personId: anna.id, text: 'prices' }, data: { state: 'done' } });
    await prisma.meetingQuestions.create({
      data: {
        organizationId: anna.organizationId,
        meetingId: morning,
        version: 2,
        createdAt: new Date('2026-11-21'),
        questions: [{ id: 'plan', role: 'plan', text: 'Something else?', standard: null }],
      },
    });
    await prisma.meeting.updateMany({ where: { id: morning }, data: { questionsVersion: 2 } });
    expect(wordsOf(await world.say(calls.anna, 'report')).split('\n')).toEqual([
      'Your answers',
      'Mon 26 Oct to Mon 23 Nov',
      'Fri 20 Nov · Morning meeting',
      'Which customers do you see today, and what do you want from each: Example Steel – prices (done)',
      'report of 2026-11-20',
      'What is in your way: fog',
    ]);
    expect(
      wordsOf(await world.say(calls.chinese, '报告', '早会 上周'))
        .split('\n')
        .slice(0, 3),
    ).toEqual(['我的回答', '早会，11月16日周一至11月22日周日', '11月20日周五 · 早会']);
    expect(wordsOf(await world.say(calls.anna, 'report', 'evening'))).toContain('Nothing was asked in this time.');
    for (const [words, of] of [
      ['today', 'Mon 23 Nov'],
      ['morning today', 'Mon 23 Nov · Morning meeting'],
    ] as const)
      expect(wordsOf(await world.say(calls.anna, 'report', words))).toBe(
        `Your answers\n${of}\nNothing was asked in this time.`,
      );
  });

  test('shows others’ by right, and says nothing of those that are not for one', async () => {
    const { anna, calls } = await sales();
    const anonymous = await world.say(calls.ben, 'report', 'Anna Berg');
    expect(wordsOf(anonymous)).toContain('I can’t find that any more');
    expect(wordsOf(await world.press(calls.ben, 'prompts.report', `${anna.id} any 2026-11-01 2026-11-23 0`))).toContain(
      'I can’t find that any more',
    );
    expect(wordsOf(await world.say(calls.ben, 'report', 'team'))).toContain('Nothing was asked');
    expect(wordsOf(await world.say(calls.mia, 'report', 'morning last week Anna'))).toContain('Answers of Anna Berg');
    expect(wordsOf(await world.say(calls.mia, 'report', 'team'))).toContain('Anna Berg · Fri 20 Nov · Morning meeting');
    expect(wordsOf(await world.say(calls.mia, 'report', 'nobody at all'))).toContain('“nobody at all”');
  });

  test('asks whom one means, and leads on page by page', async () => {
    const days = ['2026-11-12', '2026-11-13', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'];
    const { organization, mia, calls } = await sales(days);
    await world.build.person(organization, { name: 'Anna Lind' });
    const several = await world.say(calls.mia, 'report', 'Anna');
    expect(wordsOf(several)).toContain('Several colleagues are called “Anna”.');
    const first = await world.press(calls.mia, 'prompts.report', aboutOf(several, 'Show', 'Anna Berg'));
    expect(wordsOf(first)).toContain('report of 2026-11-20');
    expect(wordsOf(first)).not.toContain('report of 2026-11-13');
    const second = await world.press(calls.mia, 'prompts.report', aboutOf(first, 'Show more'));
    expect(wordsOf(second)).toContain('report of 2026-11-13');
    expect(buttonsOf(second)).toEqual([]);
    const administrator = makeCall(organization, mia, { me: { administrator: true } });
    expect(wordsOf(await world.say(administrator, 'report', 'everyone'))).toContain('Anna Berg · Fri 20 Nov');
  });

  test('says what became of what was not answered', async () => {
    const { anna, morning, calls } = await sales([]);
    await world.prompt(anna, morning, { date: '2026-11-18', state: 'missed' });
    await world.prompt(anna, morning, { date: '2026-11-19', state: 'closed' });
    await world.press(calls.anna, 'prompts.skip', await world.prompt(anna, morning, { date: '2026-11-20' }));
    const words = wordsOf(await world.say(calls.anna, 'report'));
    expect(words.split('\n').filter((_, line) => line % 2 === 1 && line > 1)).toEqual([
      'skipped',
      'not answered',
      'could not be asked',
    ]);
  });
});
