import { Temporal } from 'temporal-polyfill';
import {
  type Answers,
  channel,
  date,
  type Form,
  type Option,
  oneOf,
  oneOfGiven,
  type PlainAnswers,
  type Problems,
  people,
  someOf,
  text,
  yesNo,
} from '../chat/form.ts';
import type { Text } from '../text/text.ts';
import { readTime, timeText } from '../text/time-in-words.ts';
import { defaults, type Meeting, type MeetingKind, meetingKinds } from './meeting.ts';
import { choicesOf, dayChoices, daysProblem, ruleOf } from './setup-days.ts';
import { openFor } from './setup-facts.ts';
import { type TypedQuestions, typedOf } from './setup-questions.ts';
import type { MeetingContent, SetMeeting } from './setup-store.ts';

/** For how many minutes a meeting can be answered; the last is a weekend. */
const windowChoices = [30, 60, 90, 120, 180, 240, 480, 720, 1440, 4320];
export const reminderChoices = ['0', '50', '60', '80'] as const;

const question = (place: 1 | 2 | 3 | 4 | 5) =>
  text({
    label: `meetings.form.question${place}`,
    max: 200,
    detail: true,
    ...(place === 1 ? { hint: 'meetings.form.questionHint' } : {}),
  });

const fields = {
  team: oneOfGiven({ label: 'meetings.form.team', required: true }),
  kind: oneOf({
    label: 'meetings.form.kind',
    required: true,
    options: meetingKinds.map((value) => ({
      value,
      label: value === 'own' ? ('meetings.form.kindOwn' as const) : (`meetings.kind.${value}` as const),
    })),
  }),
  name: text({ label: 'meetings.form.name', hint: 'meetings.form.nameHint', max: 60 }),
  days: someOf({
    label: 'meetings.form.days',
    max: dayChoices.length,
    options: dayChoices.map((value) => ({ value, label: `meetings.day.${value}` as const })),
  }),
  at: text({ label: 'meetings.form.at', placeholder: 'meetings.form.atExample', required: true, max: 20 }),
  clock: oneOf({
    label: 'meetings.form.clock',
    required: true,
    look: 'radio',
    options: [
      { value: 'person', label: 'meetings.form.clockPerson' },
      { value: 'team', label: 'meetings.form.clockTeam' },
    ],
  }),
  open: oneOfGiven({ label: 'meetings.form.open', required: true }),
  remind: oneOf({
    label: 'meetings.form.remind',
    required: true,
    options: reminderChoices.map((value) => ({ value, label: `meetings.remind.${value}` as const })),
  }),
  rule: text({
    label: 'meetings.form.rule',
    hint: 'meetings.form.ruleHint',
    placeholder: 'meetings.form.ruleExample',
    max: 300,
    detail: true,
  }),
  startsOn: date({ label: 'meetings.form.startsOn', hint: 'meetings.form.startsOnHint', detail: true }),
  channel: channel({ label: 'meetings.form.channel', hint: 'meetings.form.channelHint', detail: true }),
  observers: people({ label: 'meetings.form.observers', max: 50, detail: true }),
  question1: question(1),
  question2: question(2),
  question3: question(3),
  question4: question(4),
  question5: question(5),
  namesSilent: yesNo({
    label: 'meetings.form.silent',
    hint: 'meetings.form.silentHint',
    tick: 'meetings.form.silentTick',
    detail: true,
  }),
};

/**
 * A meeting: when, on whose clock, what it asks. Team and kind are asked of a new one only, the name of those of the
 * team's own kind.
 */
export const meetingForm = {
  name: 'meetings.meeting',
  title: 'meetings.form.title',
  save: 'meetings.form.save',
  fields,
  check: checkMeeting,
} satisfies Form;

export type MeetingAnswers = Answers<typeof fields>;

function checkMeeting(answers: MeetingAnswers, { today, text }: { today: Temporal.PlainDate; text: Text }): Problems {
  const problems: Record<string, string> = {};
  if (readTime(answers.at) === null) problems.at = text.plain('meetings.problem.time');
  const days = daysProblem(answers, answers.startsOn ?? today);
  if (days !== null) {
    const field = answers.rule === undefined ? 'days' : 'rule';
    problems[field] = text.plain(`meetings.problem.days.${days}`);
  }
  if (!isWindow(answers.open)) problems.open = text.plain('chat.form.notAnOption');
  // Of a meeting that exists neither is asked.
  const asksKind = answers.kind !== undefined;
  if (asksKind && answers.kind === 'own' && answers.name === undefined)
    problems.name = text.plain('meetings.problem.nameless');
  if (asksKind && answers.kind !== 'own' && answers.name !== undefined)
    problems.name = text.plain('meetings.problem.named');
  return problems;
}

const isWindow = (minutes: string) => /^\d{1,4}$/.test(minutes) && Number(minutes) >= 10 && Number(minutes) <= 4320;

/** The five fields, in order. */
export const typedQuestions = (answers: MeetingAnswers): TypedQuestions => [
  answers.question1,
  answers.question2,
  answers.question3,
  answers.question4,
  answers.question5,
];

/** What the answers say of when and how; the form was checked. `before`: what stays where nothing was said. */
export function contentOf(
  answers: MeetingAnswers,
  before: Pick<Meeting, 'name' | 'kind' | 'rule' | 'startsOn'> | null,
  today: Temporal.PlainDate,
): Omit<MeetingContent, 'channel' | 'observerIds'> {
  const kind = before?.kind ?? answers.kind;
  const rule = ruleOf(answers);
  const startsAt = readTime(answers.at);
  if (startsAt === null) throw new Error('a time that was not checked');
  return {
    rule,
    startsAt,
    clock: answers.clock,
    namesSilent: answers.namesSilent,
    name: kind === 'own' ? (answers.name ?? before?.name ?? null) : null,
    startsOn: answers.startsOn ?? (before?.rule === rule ? before.startsOn : today),
    windowMinutes: Number(answers.open),
    remindAfter: Number(answers.remind),
  };
}

/** What the form starts with for a meeting that exists, or for one like it. */
export function plainOf({ meeting, questions, observerIds }: SetMeeting, workspaceId: string): PlainAnswers {
  const days = choicesOf(meeting.rule);
  const { channel } = meeting;
  return given({
    kind: meeting.kind,
    name: meeting.name,
    at: timeText(meeting.startsAt),
    clock: meeting.clock,
    ...(days === null ? { rule: meeting.rule, startsOn: meeting.startsOn.toString() } : { days }),
    open: String(meeting.windowMinutes),
    remind: String(meeting.remindAfter),
    namesSilent: meeting.namesSilent,
    channel: channel?.workspaceId === workspaceId ? channel.conversation : null,
    observers: observerIds,
    ...asFields(typedOf(questions)),
  });
}

/** What the form starts with for a new meeting of a kind. */
export function plainOfKind(kind: MeetingKind): PlainAnswers {
  const { rule, startsAt, clock, windowMinutes, remindAfter } = defaults[kind];
  const open = String(windowMinutes);
  return given({ kind, days: choicesOf(rule), at: startsAt, clock, open, remind: String(remindAfter) });
}

/** The answers as the form can start with them again. */
export function plainAnswers(answers: MeetingAnswers): PlainAnswers {
  return given({ ...answers, startsOn: answers.startsOn?.toString() });
}

const asFields = (typed: TypedQuestions) =>
  Object.fromEntries(typed.map((words, place) => [`question${place + 1}`, words]));

const given = (answers: PlainAnswers): PlainAnswers =>
  Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null && answer !== undefined));

/** How long a meeting can be open, in words; also what it is open for now, should nobody offer that any more. */
export function windowOptions(text: Text, now: number | null): Option[] {
  const minutes = new Set([...windowChoices, ...(now === null ? [] : [now])]);
  return [...minutes].sort((a, b) => a - b).map((each) => ({ value: String(each), label: openFor(each, text) }));
}

/** The kind that a team is most likely to want next: the first of the usual ones that it has not. */
export const nextKind = (has: readonly MeetingKind[]): MeetingKind =>
  (['morning', 'evening', 'sales'] as const).find((kind) => !has.includes(kind)) ?? 'own';

/** The meetings that most teams begin with. */
export const usualKinds = ['morning', 'evening', 'sales'] as const;

/** A meeting of a kind as most teams hold it. */
export function usual(kind: MeetingKind, today: Temporal.PlainDate): MeetingContent {
  const { startsAt, ...rest } = defaults[kind];
  return {
    ...rest,
    name: null,
    startsOn: today,
    startsAt: Temporal.PlainTime.from(startsAt),
    channel: null,
    namesSilent: false,
    observerIds: [],
  };
}
