import { Temporal } from 'temporal-polyfill';
import type { Button, Card, Item, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { Absence } from './absence.ts';
import { daysWords, type Reading } from './away-cards.ts';
import { placeName } from './places.ts';
import type { CalendarDay, KeptDay, TeamCalendar } from './team-calendar.ts';

/** A team as its calendar shows it. */
export interface TeamView {
  team: { id: string; name: string };
  calendar: TeamCalendar;
  /** From today on, by date. */
  days: readonly KeptDay[];
  /** Who is away soon; why is nobody's business. */
  away: readonly { person: { id: string; name: string }; absence: Absence }[];
  mayChange: boolean;
}

/**
 * Lines of each list; the rest is counted, or left out where it is far away. Days that were entered by hand are all
 * shown: that is where they are taken out again.
 */
const shownDays = 10;
const shownAway = 15;
const shownTeams = 15;

/** "Monday to Thursday and Saturday". */
export function weekdaysWords({ weekdays }: Pick<TeamCalendar, 'weekdays'>, text: Text): Words {
  const name = (day: number) => text.plain(`calendar.weekday.${day as Weekday}`);
  const runs: number[][] = [];
  for (const day of weekdays) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const words = runs.flatMap((run) => {
    const [first, last] = [run[0] ?? 1, run.at(-1) ?? 1];
    return run.length < 3 ? run.map(name) : [text.plain('calendar.days', { from: name(first), to: name(last) })];
  });
  return text.list(words);
}

/** ISO, 1 is Monday. */
type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A team's calendar, with what just happened above it. */
export function teamCard(view: TeamView, reading: Reading, happened: Words | null = null): Card {
  const { text } = reading;
  const { team, calendar, days, away, mayChange } = view;
  return {
    title: text.words('calendar.team.title', { team: team.name }),
    body: [
      ...(happened === null ? [] : [{ kind: 'words', words: happened } as const]),
      {
        kind: 'facts',
        facts: [
          { label: text.plain('calendar.team.works'), value: weekdaysWords(calendar, text) },
          {
            label: text.plain('calendar.team.holidays'),
            value: calendar.country === null ? text.words('calendar.team.noHolidays') : placeName(calendar, text),
          },
        ],
      },
      ...(calendar.country === 'CN' ? [{ kind: 'note', words: text.words('calendar.team.makeUp') } as const] : []),
      { kind: 'heading', words: text.words('calendar.team.special') },
      listOr(
        text.words('calendar.team.noSpecial'),
        days
          .filter(({ source }, index) => index < shownDays || source === 'hand')
          .map((day) => dayItem(day, view, reading)),
      ),
      { kind: 'heading', words: text.words('calendar.team.away') },
      listOr(
        text.words('calendar.team.nobodyAway'),
        away.slice(0, shownAway).map(({ person, absence }) => ({
          words: { person: person.id, name: person.name },
          detail: daysWords(absence, reading),
        })),
        away.length > shownAway ? text.words('chat.more', { count: away.length - shownAway }) : undefined,
      ),
      ...(mayChange ? [{ kind: 'buttons', buttons: changeButtons(team, text) } as const] : []),
    ],
  };
}

function listOr(none: Words, items: readonly Item[], more?: Words): Part {
  if (items.length === 0) return { kind: 'words', words: none };
  return { kind: 'list', items, ...(more === undefined ? {} : { more }) };
}

/** "Fair · working day". */
export function dayWords(
  { works, name }: Pick<CalendarDay, 'works' | 'name'>,
  { text }: Pick<Reading, 'text'>,
): string {
  const kind = text.plain(works ? 'calendar.team.worked' : 'calendar.team.off');
  return name === null ? kind : `${name} · ${kind}`;
}

function dayItem(day: KeptDay, { team, mayChange }: TeamView, reading: Reading): Item {
  const { text, today } = reading;
  const said = text.day(Temporal.PlainDate.from(day.date), today);
  const remove: Button = {
    label: text.plain('calendar.button.removeDay'),
    spoken: text.plain('calendar.button.removeDayOf', { day: said }),
    does: 'calendar.removeDay',
    about: `${team.id} ${day.date}`,
  };
  return {
    words: { strong: said },
    detail: dayWords(day, reading),
    ...(mayChange && day.source === 'hand' ? { buttons: [remove] } : {}),
  };
}

const changeButtons = ({ id, name }: TeamView['team'], text: Text): Button[] => [
  {
    label: text.plain('calendar.button.edit'),
    spoken: text.plain('calendar.button.editOf', { team: name }),
    opens: 'calendar.team',
    about: id,
  },
  {
    label: text.plain('calendar.button.day'),
    spoken: text.plain('calendar.button.dayOf', { team: name }),
    opens: 'calendar.day',
    about: id,
  },
  {
    label: text.plain('calendar.button.import'),
    spoken: text.plain('calendar.button.importOf', { team: name }),
    opens: 'calendar.import',
    about: id,
  },
];

/** Several teams: which one? */
export function teamsCard(teams: readonly { id: string; name: string }[], text: Text): Card {
  const items = teams.slice(0, shownTeams).map(
    ({ id, name }): Item => ({
      words: { strong: name },
      buttons: [
        {
          label: text.plain('calendar.button.show'),
          spoken: text.plain('calendar.button.showOf', { team: name }),
          does: 'calendar.show',
          about: id,
        },
      ],
    }),
  );
  const left = teams.length - items.length;
  return {
    title: text.words('calendar.team.choose'),
    body: [{ kind: 'list', items, ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}) }],
  };
}

/** Nothing was saved; the way back to the form. */
export const againCard = (said: Words, teamId: string, text: Text, opens = 'calendar.team'): Card => ({
  body: [
    { kind: 'warning', words: said },
    { kind: 'buttons', buttons: [{ label: text.plain('calendar.team.tryAgain'), opens, about: teamId }] },
  ],
});
