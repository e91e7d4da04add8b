import type { Temporal } from 'temporal-polyfill';
import type { Card, Item, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import { timeText } from '../text/time-in-words.ts';
import type { Words } from '../text/words.ts';
import { zoneName } from '../text/zone-name.ts';
import type { AskedTogether, NotAsked, Planned } from './preview.ts';
import { nameOf } from './setup-facts.ts';
import { mostNames, namesOf, partsOf, skipInWords } from './setup-words.ts';

/**
 * How many lines the whole card has, shared evenly by its parts. With one team each has room for two weeks of three
 * meetings; Slack takes 12,000 characters, which so many lines with five names each stay below.
 */
const mostLines = 72;
/** How many teams the card shows. */
const mostTeams = 4;

/** How a plan is written. */
export interface Writing {
  text: Text;
  /** The reader's day: another year is written out. */
  today: Temporal.PlainDate;
  /** How many people a line names at most; five without it. */
  most?: number;
}

/** What is planned for a person and for the teams whose meetings they may change. */
export interface Schedule {
  days: number;
  own: { personId: string; planned: readonly Planned[] };
  teams: readonly { name: string; hasChannel: boolean; planned: readonly Planned[] }[];
}

/** The next days: one's own prompts, and what the teams are asked and are not, and why. */
export function scheduleCard({ days, own, teams }: Schedule, writing: Writing): Card {
  const { text } = writing;
  const mine = own.planned.flatMap((one) => ownLine(one, own.personId, writing) ?? []);
  const left = teams.length - mostTeams;
  const shown = teams.slice(0, mostTeams);
  const most = Math.floor(mostLines / (shown.length + 1));
  const more = shown.length > 1 ? 'meetings.schedule.more' : 'chat.more';
  return {
    title: text.words('meetings.schedule.title', { days }),
    body: [
      { kind: 'heading', words: text.words('meetings.schedule.own') },
      ...listOf(mine, { none: text.words('meetings.schedule.nothingOwn'), most, more }, text),
      ...shown.flatMap(({ name, hasChannel, planned }): Part[] => [
        { kind: 'heading', words: name },
        ...(hasChannel ? [] : [{ kind: 'warning', words: text.words('meetings.schedule.noChannel') } as const]),
        ...listOf(
          planned.map((one) => teamLine(one, writing)),
          { none: text.words('meetings.schedule.nothing'), most, more },
          text,
        ),
      ]),
      ...(left > 0 ? [{ kind: 'note', words: text.words('meetings.list.moreTeams', { count: left }) } as const] : []),
    ],
  };
}

interface Bounds {
  none: Words;
  most: number;
  more: 'chat.more' | 'meetings.schedule.more';
}

function listOf(lines: readonly Item[], { none, most, more }: Bounds, text: Text): Part[] {
  if (lines.length === 0) return [{ kind: 'note', words: none }];
  const left = lines.length - most;
  return [
    { kind: 'list', items: lines.slice(0, most), ...(left > 0 ? { more: text.words(more, { count: left }) } : {}) },
  ];
}

/** Null: it does not concern this person. */
function ownLine(one: Planned, personId: string, { text, today }: Writing): Item | null {
  const { of } = one;
  const member = of.people.find(({ id }) => id === personId);
  if (member === undefined || member.reads) return null;
  const meeting = text.words('meetings.schedule.of', { meeting: nameOf(of.meeting, text), team: of.team.name });
  if (one.what === 'paused') return { words: text.words('meetings.schedule.paused', { meeting }) };
  if (one.what === 'skipped') return { words: [skipInWords(one.date, one.skip, today, text), ' · ', meeting] };
  const asked = one.asked.find(({ people }) => people.includes(member));
  if (asked !== undefined) return { words: [{ strong: text.moment(asked.opensAt, asked.timeZone) }, ' · ', meeting] };
  const away = one.notAsked.find(({ person, why }) => person === member && why === 'away');
  if (away?.why !== 'away') return null;
  const until = text.day(away.until, today);
  return { words: text.words('meetings.schedule.youAway', { day: text.day(one.date, today), meeting, until }) };
}

/** What a meeting does on a day, or why it does nothing. */
export function teamLine(one: Planned, writing: Writing): Item {
  const { text, today } = writing;
  const meeting = nameOf(one.of.meeting, text);
  if (one.what === 'paused') return { words: text.words('meetings.schedule.paused', { meeting }) };
  if (one.what === 'skipped') return { words: [skipInWords(one.date, one.skip, today, text), ' · ', meeting] };
  const { date, asked, notAsked } = one;
  const groups = asked.map((group) => groupInWords(group, date, writing));
  const who = groups.length === 0 ? [text.words('meetings.schedule.nobody')] : groups;
  const not =
    notAsked.length === 0 ? [] : [text.words('meetings.schedule.notAsked', { names: whyNot(notAsked, writing) })];
  return { words: [{ strong: text.day(date, today) }, ' · ', meeting], detail: partsOf([...who, ...not], text) };
}

function groupInWords(group: AskedTogether, date: Temporal.PlainDate, { text, most }: Writing): Words {
  const at = group.opensAt.toZonedDateTimeISO(group.timeZone);
  const time = timeText(at.toPlainTime());
  const sameDay = at.toPlainDate().equals(date);
  return text.words('meetings.schedule.asked', {
    time: sameDay ? time : `${text.day(at.toPlainDate())} ${time}`,
    city: zoneName(group.timeZone, text.locale),
    names: namesOf(group.people, text, most),
  });
}

function whyNot(notAsked: readonly NotAsked[], { text, today, most = mostNames }: Writing): Words {
  const reasons = notAsked.slice(0, most).map((one) => {
    const name: Words = { person: one.person.id, name: one.person.name };
    if (one.why === 'reads' || one.why === 'already') return text.words(`meetings.schedule.${one.why}`, { name });
    if (one.why === 'away') return text.words('meetings.schedule.away', { name, until: text.day(one.until, today) });
    const meeting = nameOf(one.in.meeting, text);
    return text.words('meetings.schedule.elsewhere', { name, meeting, team: one.in.team.name });
  });
  const left = notAsked.length - reasons.length;
  const names = text.list(reasons);
  return left > 0 ? text.words('meetings.names.more', { names, count: left }) : names;
}
