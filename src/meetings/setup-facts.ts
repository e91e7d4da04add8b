import type { Fact } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import { timeText } from '../text/time-in-words.ts';
import type { Words } from '../text/words.ts';
import { zoneName } from '../text/zone-name.ts';
import type { Meeting } from './meeting.ts';
import { workdays } from './meeting.ts';
import type { PreviewMeeting } from './preview.ts';
import { type Question, wordingOf } from './question.ts';
import { choicesOf } from './setup-days.ts';
import type { SetMeeting } from './setup-store.ts';

/** What people call a meeting. */
export const nameOf = ({ name, kind }: Pick<Meeting, 'name' | 'kind'>, text: Text): string =>
  name ?? text.plain(`meetings.kind.${kind}`);

/** A length of time in words: 90 minutes, 3 hours. */
export const openFor = (minutes: number, text: Text): string =>
  minutes % 60 === 0
    ? text.plain('meetings.length.hours', { hours: minutes / 60 })
    : text.plain('meetings.length.minutes', { minutes });

/** Questions within a sentence; each is one of its own. */
export const questionsInWords = (questions: readonly Question[], text: Text): Words =>
  text.list(questions.map((question) => `“${wordingOf(question, text)}”`));

/** On which days, in words. */
export function daysInWords(rule: string, text: Text): Words {
  if (rule === workdays) return text.words('meetings.when.workdays');
  const days = choicesOf(rule)?.filter((choice) => choice !== 'workdays');
  if (days === undefined) return text.words('meetings.when.rule', { rule });
  return text.words('meetings.when.weekly', { days: text.list(days.map((day) => text.plain(`meetings.day.${day}`))) });
}

/** When, in whose clock: "every working day at 08:45, on each person's own clock". */
export const whenInWords = ({ rule, startsAt, clock }: Meeting, teamZone: string, text: Text): Words =>
  text.words(`meetings.when.${clock}`, {
    days: daysInWords(rule, text),
    time: timeText(startsAt),
    zone: zoneName(teamZone, text.locale),
  });

export const howMany = ({ people }: PreviewMeeting): number => people.filter(({ reads }) => !reads).length;

/** Which of the form's fields a fact answers. */
export interface SetFact extends Fact {
  fields: readonly string[];
}

/** Everything that was set, as facts. */
export function factsOf({ meeting, questions, observerIds }: SetMeeting, of: PreviewMeeting, text: Text): SetFact[] {
  const fact = (
    key: 'when' | 'open' | 'remind' | 'asked' | 'channel' | 'questions' | 'silent',
    value: Words,
    fields: readonly string[],
  ) => ({ label: text.plain(`meetings.fact.${key}`), value, fields });
  const observers = of.people.filter(({ id }) => observerIds.includes(id));
  const where = meeting.channel !== null ? 'own' : of.hasChannel ? 'team' : 'none';
  return [
    fact('when', whenInWords(meeting, of.team.timeZone, text), ['days', 'rule', 'startsOn', 'at', 'clock']),
    fact('open', openFor(meeting.windowMinutes, text), ['open']),
    fact('remind', text.words(`meetings.remind.${reminderOf(meeting)}`), ['remind']),
    fact(
      'asked',
      text.words('meetings.fact.askedCount', {
        count: howMany(of),
        observers: observers.length,
        names: text.list(observers.map(({ id, name }) => ({ person: id, name }))),
      }),
      ['observers'],
    ),
    fact('channel', text.words(`meetings.channel.${where}`), ['channel']),
    fact('questions', questionsInWords(questions, text), [
      ...['question1', 'question2', 'question3', 'question4', 'question5'],
    ]),
    ...(meeting.namesSilent ? [fact('silent', text.words('meetings.fact.silentNamed'), ['namesSilent'])] : []),
  ];
}

/** The nearest of the reminders that can be chosen. */
function reminderOf({ remindAfter }: Meeting): '0' | '50' | '60' | '80' {
  if (remindAfter <= 0 || remindAfter >= 100) return '0';
  if (remindAfter < 55) return '50';
  return remindAfter < 70 ? '60' : '80';
}
