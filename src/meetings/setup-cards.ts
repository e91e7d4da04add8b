import type { Temporal } from 'temporal-polyfill';
import type { Button, Card, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { AskedTogether, PreviewMeeting } from './preview.ts';
import { factsOf, howMany, nameOf, openFor, whenInWords } from './setup-facts.ts';
import type { SetMeeting } from './setup-store.ts';
import type { Upcoming } from './setup-upcoming.ts';
import { firstPrompt, skipInWords, upcomingInWords } from './setup-words.ts';

/** Meetings of one team, as somebody sees them. */
export interface TeamMeetings {
  team: { id: string; name: string };
  meetings: readonly PreviewMeeting[];
  mayChange: boolean;
}

/** Four teams with eight meetings each are about as many blocks as one message holds. */
const mostTeams = 4;
const mostMeetings = 8;

const lead = (words: Words | undefined): Part[] => (words === undefined ? [] : [{ kind: 'words', words }]);

/** The meetings of one's teams: when, in whose clock, for how long, with how many. `said`: what just happened. */
export function overviewCard(text: Text, teams: readonly TeamMeetings[], said?: Words): Card {
  const left = teams.length - mostTeams;
  return {
    title: text.words('meetings.list.title'),
    body: [
      ...lead(said),
      ...(teams.length === 0 ? lead(text.words('meetings.list.noTeam')) : []),
      ...teams.slice(0, mostTeams).flatMap((team) => teamParts(text, team)),
      ...(left > 0 ? [{ kind: 'note', words: text.words('meetings.list.moreTeams', { count: left }) } as const] : []),
    ],
  };
}

function teamParts(text: Text, { team, meetings, mayChange }: TeamMeetings): Part[] {
  const { id: about, name } = team;
  const own: Button = {
    label: text.plain('meetings.button.new'),
    spoken: text.plain('meetings.button.newSpoken', { name }),
    opens: 'meetings.new',
    about,
  };
  const usual: Button = {
    label: text.plain('meetings.button.usual'),
    spoken: text.plain('meetings.button.usualSpoken', { name }),
    does: 'meetings.usual',
    about,
    look: 'primary',
  };
  const heading: Part = { kind: 'heading', words: name };
  if (meetings.length === 0) {
    const none = text.words(mayChange ? 'meetings.list.start' : 'meetings.list.none');
    return [heading, ...lead(none), ...(mayChange ? [{ kind: 'buttons', buttons: [usual, own] } as const] : [])];
  }
  const left = meetings.length - mostMeetings;
  return [
    heading,
    {
      kind: 'list',
      items: meetings.slice(0, mostMeetings).map((of) => ({
        words: [{ strong: nameOf(of.meeting, text) }],
        detail: lineOf(of, text),
        buttons: [openButton(text, of)],
      })),
      ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}),
    },
    ...(mayChange ? [{ kind: 'buttons', buttons: [own] } as const] : []),
  ];
}

const openButton = (text: Text, { meeting }: PreviewMeeting): Button => ({
  label: text.plain('meetings.button.open'),
  spoken: text.plain('meetings.button.openSpoken', { name: nameOf(meeting, text) }),
  does: 'meetings.show',
  about: meeting.id,
});

function lineOf(of: PreviewMeeting, text: Text): Words {
  const { meeting, team } = of;
  return [
    ...(meeting.pausedAt === null ? [] : [{ strong: text.words('meetings.line.paused') }, ' · ']),
    whenInWords(meeting, team.timeZone, text),
    ' · ',
    text.words('meetings.line.open', { length: openFor(meeting.windowMinutes, text) }),
    ' · ',
    text.words('meetings.line.asked', { count: howMany(of) }),
  ];
}

/** The first prompt of a meeting to come; null: nobody is asked in the next time. */
export interface First {
  of: PreviewMeeting;
  asked: AskedTogether | null;
}

/** The usual meetings were just made: when the first prompt comes, to whom. */
export function startedCard(
  text: Text,
  team: { id: string; name: string },
  firsts: readonly First[],
  now: Temporal.Instant,
): Card {
  const hasChannel = firsts.every(({ of }) => of.hasChannel);
  return {
    title: text.words('meetings.started.title', { name: team.name }),
    body: [
      {
        kind: 'list',
        items: firsts.map(({ of, asked }) => ({
          words: [{ strong: nameOf(of.meeting, text) }, ' · ', whenInWords(of.meeting, of.team.timeZone, text)],
          detail: firstPrompt(asked, now, text),
          buttons: [openButton(text, of)],
        })),
      },
      ...(hasChannel ? [] : [{ kind: 'warning', words: text.words('meetings.warning.noChannel') } as const]),
      { kind: 'buttons', buttons: [listButton(text)] },
    ],
  };
}

const listButton = (text: Text): Button => ({ label: text.plain('meetings.button.list'), does: 'meetings.list' });

/** One meeting with what it does next. */
export interface MeetingSeen {
  set: SetMeeting;
  of: PreviewMeeting;
  upcoming: readonly Upcoming[];
  first: AskedTogether | null;
  mayChange: boolean;
}

/** A meeting: what was set, when it takes place next on everybody's clock, and what can be done to it. */
export function meetingCard(text: Text, seen: MeetingSeen, now: Temporal.Instant, said?: Words): Card {
  const { set, of, mayChange } = seen;
  const { meeting } = set;
  return {
    title: text.words('meetings.card.title', { name: nameOf(meeting, text), team: of.team.name }),
    body: [
      ...lead(said),
      ...(meeting.pausedAt === null ? [] : [{ kind: 'warning', words: text.words('meetings.card.paused') } as const]),
      ...(of.hasChannel ? [] : [{ kind: 'warning', words: text.words('meetings.warning.noChannel') } as const]),
      { kind: 'facts', facts: factsOf(set, of, text).map(({ label, value }) => ({ label, value })) },
      ...(meeting.pausedAt === null ? nextParts(text, seen, now) : []),
      { kind: 'buttons', buttons: [...(mayChange ? meetingButtons(text, of) : []), listButton(text)] },
    ],
  };
}

function nextParts(text: Text, { of, upcoming, first }: MeetingSeen, now: Temporal.Instant): Part[] {
  const heading: Part = { kind: 'heading', words: text.words('meetings.card.next') };
  if (!upcoming.some(({ skip }) => skip === null))
    return [heading, { kind: 'warning', words: text.words('meetings.card.never') }];
  const today = now.toZonedDateTimeISO(of.team.timeZone).toPlainDate();
  return [
    heading,
    {
      kind: 'list',
      items: upcoming.map((day) => ({
        words: day.skip ? skipInWords(day.date, day.skip, today, text) : upcomingInWords(day, of, today, text),
      })),
    },
    { kind: 'note', words: firstPrompt(first, now, text) },
  ];
}

function meetingButtons(text: Text, { meeting, team }: PreviewMeeting): Button[] {
  const about = meeting.id;
  const name = nameOf(meeting, text);
  return [
    { label: text.plain('meetings.button.edit'), opens: 'meetings.edit', about },
    { label: text.plain('meetings.button.copy'), opens: 'meetings.copy', about },
    meeting.pausedAt === null
      ? { label: text.plain('meetings.button.pause'), does: 'meetings.pause', about }
      : { label: text.plain('meetings.button.resume'), does: 'meetings.resume', about, look: 'primary' },
    {
      label: text.plain('meetings.button.archive'),
      does: 'meetings.archive',
      about,
      look: 'danger',
      confirm: {
        title: text.plain('meetings.archive.title'),
        words: text.plain('meetings.archive.words', { name, team: team.name }),
        yes: text.plain('meetings.archive.yes'),
        no: text.plain('meetings.archive.no'),
      },
    },
  ];
}
