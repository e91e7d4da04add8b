import type { Temporal } from 'temporal-polyfill';
import type { Text } from '../text/text.ts';
import { timeText } from '../text/time-in-words.ts';
import type { Words } from '../text/words.ts';
import { zoneName } from '../text/zone-name.ts';
import type { AskedTogether, PreviewMeeting, PreviewPerson, Skip } from './preview.ts';
import type { Beginning, Upcoming } from './setup-upcoming.ts';

/** How many names are written out in a line. */
export const mostNames = 5;
const mostClocks = 4;

const person = ({ id, name }: PreviewPerson): Words => ({ person: id, name });

/** Names, the first few of them. */
export function namesOf(people: readonly PreviewPerson[], text: Text, most = mostNames): Words {
  const names = text.list(people.slice(0, most).map(person));
  const left = people.length - most;
  return left > 0 ? text.words('meetings.names.more', { names, count: left }) : names;
}

/** Parts of a sentence, one after the other. */
export const partsOf = (parts: readonly Words[], text: Text): Words =>
  parts.reduce((all, part) => text.words('meetings.parts', { all, part }));

/** When somebody is asked next, and who. */
export function firstPrompt(asked: AskedTogether | null, now: Temporal.Instant, text: Text): Words {
  if (asked === null) return text.words('meetings.first.nobody');
  const names = namesOf(asked.people, text);
  if (asked.opensAt.since(now).sign <= 0) return text.words('meetings.first.now', { names });
  return text.words('meetings.first.at', { names, when: text.moment(asked.opensAt, asked.timeZone) });
}

/** A day on which a meeting is not held, and why. */
export function skipInWords(date: Temporal.PlainDate, skip: Skip, today: Temporal.PlainDate, text: Text): Words {
  const day = text.day(date, today);
  if (skip.why === 'weekday') return text.words('meetings.skip.weekday', { day });
  return skip.name === null
    ? text.words('meetings.skip.dayOff', { day })
    : text.words('meetings.skip.holiday', { day, name: skip.name });
}

/** A day on which it takes place, on every clock. */
export function upcomingInWords(
  { date, beginnings }: Upcoming,
  of: PreviewMeeting,
  today: Temporal.PlainDate,
  text: Text,
): Words {
  const shown = beginnings.slice(0, mostClocks).map((each) => beginningInWords(each, date, of, text));
  const left = beginnings.length - shown.length;
  const clocks = left > 0 ? [...shown, text.words('meetings.clocks.more', { count: left })] : shown;
  return text.words('meetings.upcoming', { day: { strong: text.day(date, today) }, clocks: text.list(clocks) });
}

/** The time there, and on the team's clock where that is another. */
function beginningInWords(
  { timeZone, there, inTeam }: Beginning,
  date: Temporal.PlainDate,
  of: PreviewMeeting,
  text: Text,
): Words {
  const onClock = (at: Temporal.PlainDateTime) => {
    const day = at.toPlainDate();
    return day.equals(date) ? timeText(at.toPlainTime()) : `${text.day(day)} ${timeText(at.toPlainTime())}`;
  };
  const city = zoneName(timeZone, text.locale);
  if (of.meeting.clock === 'team' || there.equals(inTeam))
    return text.words('meetings.clock.here', { time: onClock(there), city });
  return text.words('meetings.clock.both', {
    time: onClock(there),
    city,
    teamTime: onClock(inTeam),
    teamCity: zoneName(of.team.timeZone, text.locale),
  });
}
