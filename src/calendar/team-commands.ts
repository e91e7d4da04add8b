import { z } from 'zod';
import { fix, notFound, notice, type Reply, refuse, refuseForm, show, tell } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Team } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import type { CalendarStore } from './calendar-store.ts';
import { type CalendarAnswers, calendarForm } from './forms.ts';
import { failureCode, type GoingOn } from './going-on.ts';
import type { FindHolidays } from './holiday-finding.ts';
import { findPlaces, noPlace, placeName, placeOption, readPlace } from './places.ts';
import { isSame, type TeamCalendar, usualCalendar, yearsAhead } from './team-calendar.ts';
import { againCard, teamCard, teamsCard, weekdaysWords } from './team-cards.ts';
import type { TeamViewing } from './team-viewing.ts';

export interface TeamNeeds {
  store: CalendarStore;
  viewing: TeamViewing;
  findHolidays: FindHolidays;
  goingOn: GoingOn;
  log: Log;
  /** Told whose working days have changed. */
  changed(organizationId: string, teamIds: readonly string[]): Promise<void>;
}

/** The calendar as the form showed it, so that who was slower is told. */
const shownCalendar = z.object({
  country: z.string().nullable(),
  region: z.string().nullable(),
  weekdays: z.array(z.number()),
});
const chosenWeekdays = z
  .array(z.coerce.number().int().min(1).max(7))
  .min(1)
  .transform((days) => [...new Set(days)].sort());
const shownText = ({ country, region, weekdays }: TeamCalendar) => JSON.stringify({ country, region, weekdays });

const foldName = (name: string) => name.normalize('NFKC').toLowerCase();

/** `/kam calendar`: on which days teams work. */
export function teamCommands(
  needs: TeamNeeds,
): Required<Pick<Slice, 'commands' | 'actions' | 'openers' | 'forms' | 'lookUps'>> {
  const { store, viewing, findHolidays, goingOn, log, changed } = needs;

  const showTeam = async (call: Call, team: Team, happened: Words | null = null): Promise<Reply> =>
    show(teamCard(await viewing.view(call, team), call, happened));

  async function command(call: Call, rest: string): Promise<Reply> {
    const { text } = call;
    const all = await viewing.seen(call);
    const teams = all.filter(({ name }) => foldName(name).includes(foldName(rest)));
    const meant = teams.filter(({ name }) => foldName(name) === foldName(rest));
    const [only] = meant.length === 1 ? meant : teams;
    if (all.length === 0) return tell(text.words('calendar.team.none'));
    if (only === undefined) return tell(text.words('calendar.team.noMatch', { name: cut(rest, 60) }));
    return meant.length === 1 || teams.length === 1 ? showTeam(call, only) : show(teamsCard(teams, text));
  }

  async function calendarOf(call: Call, teamId: string): Promise<TeamCalendar> {
    const { organizationId } = call.me;
    return (await store.of([{ organizationId, teamId }], call.today)).get(teamId)?.calendar ?? usualCalendar;
  }

  async function open(call: Call, about: string | undefined): Promise<Reply> {
    const { text } = call;
    const team = await viewing.changeable(call, about);
    if ('refused' in team) return refuse(team, call);
    const now = await calendarOf(call, team.id);
    const place = placeOption(now, text);
    const initial = { country: place.value, weekdays: now.weekdays.map(String) };
    const intro = text.words('calendar.team.title', { team: team.name });
    const pointers = { team: team.id, shown: shownText(now) };
    return ask({ form: calendarForm, id: newId(), about: pointers, initial, options: { country: [place] }, intro });
  }

  async function submit(call: Call, answers: CalendarAnswers, shown: Shown): Promise<Reply> {
    const { text } = call;
    const team = await viewing.changeable(call, shown.about.team);
    if ('refused' in team) return refuseForm(team, call);
    const place = readPlace(answers.country ?? noPlace);
    if (place === null) return fix({ country: text.plain('calendar.team.noPlace') });
    const weekdays = chosenWeekdays.safeParse(answers.weekdays);
    if (!weekdays.success) return fix({ weekdays: text.plain('chat.form.notAnOption') });
    const to: TeamCalendar = { ...place, weekdays: weekdays.data, computedTo: null };
    const again = (said: Words) => againCard(said, team.id, text);
    return goingOn.answer(call, {
      key: `calendar-saved:${shown.id}`,
      work: save(call, team, { to, shown, answers }),
      running: text.words('calendar.team.running'),
      late: again(text.words('calendar.team.changedMeanwhile')),
      failed: (code) => again(text.words('calendar.team.failed', { code })),
    });
  }

  async function save(
    call: Call,
    team: Team,
    { to, shown, answers }: { to: TeamCalendar; shown: Shown; answers: CalendarAnswers },
  ): Promise<Reply> {
    const { me, text, today } = call;
    const { organizationId } = me;
    const before = { ...usualCalendar, ...shownCalendar.parse(JSON.parse(shown.about.shown ?? '{}')) };
    // The same form delivered twice finds what it wanted, and changes nothing.
    const isAsShown = (now: TeamCalendar) => isSame(now, before) || isSame(now, to);
    const now = await calendarOf(call, team.id);
    if (!isAsShown(now)) return somebodyWasFaster(call, team, { now, answers, shown });
    if (!isSame(now, to)) {
      const moves = now.country !== to.country || now.region !== to.region;
      const lastYear = today.year + yearsAhead;
      const days = moves ? await holidaysOf(call, team, to, lastYear) : null;
      if (days !== null && 'reply' in days) return days;
      const computedTo = to.country === null ? null : moves ? lastYear : now.computedTo;
      const holidays = days && { from: today, days: days.filter(({ date }) => date >= today.toString()) };
      const isSaved = await store.change(
        { organizationId, teamId: team.id },
        isAsShown,
        { ...to, computedTo },
        holidays,
      );
      if (!isSaved) return somebodyWasFaster(call, team, { now: await calendarOf(call, team.id), answers, shown });
      await changed(organizationId, [team.id]);
    }
    return showTeam(call, team, text.words('calendar.team.saved'));
  }

  /** The free days of a place in the team's language; the reply that says that they could not be worked out. */
  async function holidaysOf(
    { text, today, me }: Call,
    { locale }: Team,
    { country, region }: TeamCalendar,
    to: number,
  ) {
    if (country === null) return [];
    try {
      const [days = []] = await findHolidays([{ country, region, locale, from: today.year, to }]);
      return days;
    } catch (error) {
      const code = failureCode();
      log.error({ err: error, code, organization: me.organizationId }, 'public holidays could not be worked out');
      return notice(text.plain('calendar.team.failed', { code }));
    }
  }

  /** The same form with all that was chosen, and what the other one has made of the calendar. */
  function somebodyWasFaster(
    { text }: Call,
    team: Team,
    { now, answers, shown }: { now: TeamCalendar; answers: CalendarAnswers; shown: Shown },
  ): Reply {
    const said = { country: placeName(now, text), weekdays: weekdaysWords(now, text) };
    const chosen = answers.country === undefined ? null : readPlace(answers.country);
    return ask({
      form: calendarForm,
      id: shown.id,
      about: { team: team.id, shown: shownText(now) },
      initial: { ...(chosen === null ? {} : { country: answers.country }), weekdays: answers.weekdays },
      options: chosen === null ? {} : { country: [placeOption(chosen, text)] },
      intro: text.words('calendar.team.changed', said),
    });
  }

  return {
    commands: [{ words: ['calendar', '日历'], usage: 'calendar.team.usage', help: 'calendar.team.help', run: command }],
    actions: [
      {
        name: 'calendar.show',
        run: async (call, about) => {
          const team = await viewing.readable(call, about);
          return team ? showTeam(call, team) : notFound(call);
        },
      },
    ],
    openers: [{ name: 'calendar.team', run: open }],
    forms: [handles({ form: calendarForm, submit })],
    lookUps: [{ source: 'calendarPlaces', find: async ({ text }, query) => findPlaces(query, text) }],
  };
}
