import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { plainWeek } from '../calendar/index.ts';
import { inPlainText } from '../chat/card.ts';
import { textIn } from '../text/text.ts';
import type { PreviewMeeting } from './preview.ts';
import { scheduleCard } from './schedule-list.ts';

const startsOn = Temporal.PlainDate.from('2026-11-23');
const of: PreviewMeeting = {
  meeting: {
    ...{ organizationId: 'o', id: 'm', teamId: 't', kind: 'morning', name: null, rule: 'WORKDAYS', startsOn },
    ...{ startsAt: Temporal.PlainTime.from('08:45'), clock: 'person', windowMinutes: 180, remindAfter: 60 },
    ...{ namesSilent: false, channel: null, questionsVersion: 1, pausedAt: null, archivedAt: null, version: 1 },
  },
  team: { id: 't', name: 'North', timeZone: 'Europe/Berlin' },
  hasChannel: true,
  calendar: plainWeek,
  people: [],
};
const team = (count: number) => ({
  name: 'North',
  hasChannel: true,
  planned: Array.from({ length: count }, (_, day) => {
    return { what: 'asks', of, date: startsOn.add({ days: day }), asked: [], notAsked: [] } as const;
  }),
});
const lastOf = (...teams: ReturnType<typeof team>[]) =>
  inPlainText(
    scheduleCard({ days: 14, own: { personId: 'a', planned: [] }, teams }, { text: textIn('en'), today: startsOn }),
  )
    .split('\n')
    .at(-1);

describe('a schedule', () => {
  test.each([
    ['two weeks of three meetings of one team', lastOf(team(30)), '• Tue 22 Dec · Morning meeting – nobody is asked'],
    ['more of one team', lastOf(team(40)), '… and 4 more'],
    ['two weeks of two meetings of two teams', lastOf(team(20), team(20)), expect.stringContaining('• Sat 12 Dec')],
    ['more of several', lastOf(team(1), team(40)), '… and 16 more. Add a team’s name to see more of its days.'],
  ])('shows %s', (_, last, expected) => {
    expect(last).toEqual(expected);
  });
});
