import type { Temporal } from 'temporal-polyfill';

/** What a meeting is about: the day's start, its end, the sales meeting, or whatever a team made itself. */
export const meetingKinds = ['morning', 'evening', 'sales', 'own'] as const;
export type MeetingKind = (typeof meetingKinds)[number];

/** Whose clock its time is read on: each person's, or the team's for everybody at once. */
export type MeetingClock = 'person' | 'team';

/** A question that a team answers again and again, as it is stored. */
export interface Meeting {
  organizationId: string;
  id: string;
  teamId: string;
  kind: MeetingKind;
  /** What people call it; null: what its kind is called in the reader's language. */
  name: string | null;
  /** `WORKDAYS`, or an RFC 5545 RRULE without DTSTART; see `meetsOn`. */
  rule: string;
  /** The day that the rule counts from. */
  startsOn: Temporal.PlainDate;
  startsAt: Temporal.PlainTime;
  clock: MeetingClock;
  windowMinutes: number;
  /** After which share of the window those who have not answered are reminded, in percent; 0: nobody is. */
  remindAfter: number;
  /** Where the summary is posted; null: in the team's channel. */
  channel: { workspaceId: string; conversation: string } | null;
  /** The summary names those who did not answer. */
  namesSilent: boolean;
  questionsVersion: number;
  pausedAt: Temporal.Instant | null;
  archivedAt: Temporal.Instant | null;
  version: number;
}

/** Every working day of the team, make-up days among them. */
export const workdays = 'WORKDAYS';

/** How a kind of meeting is held unless the team says otherwise. */
export interface MeetingDefaults {
  rule: string;
  startsAt: string;
  clock: MeetingClock;
  windowMinutes: number;
  remindAfter: number;
}

export const defaults: Readonly<Record<MeetingKind, MeetingDefaults>> = {
  morning: { rule: workdays, startsAt: '08:45', clock: 'person', windowMinutes: 180, remindAfter: 60 },
  evening: { rule: workdays, startsAt: '17:45', clock: 'person', windowMinutes: 240, remindAfter: 60 },
  sales: { rule: 'FREQ=WEEKLY;BYDAY=MO', startsAt: '09:30', clock: 'team', windowMinutes: 120, remindAfter: 0 },
  own: { rule: workdays, startsAt: '10:00', clock: 'person', windowMinutes: 240, remindAfter: 60 },
};

/** People in several teams are asked once for each of these and day. */
export const slotOf = (meeting: Pick<Meeting, 'kind' | 'id'>): string =>
  meeting.kind === 'own' ? meeting.id : meeting.kind;
