import type { Temporal } from 'temporal-polyfill';
import { fix, notFound, type Reply, redraw, refuse, refuseForm, show } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Team } from '../people/index.ts';
import { dayOf } from '../text/calendar-days.ts';
import type { Words } from '../text/words.ts';
import type { CalendarStore } from './calendar-store.ts';
import { type DayAnswers, dayForm } from './forms.ts';
import { type CalendarDay, mostByHand, usualCalendar, workdaysFrom } from './team-calendar.ts';
import { dayWords, teamCard } from './team-cards.ts';
import type { TeamViewing } from './team-viewing.ts';
import { works } from './workdays.ts';

export interface DayNeeds {
  store: CalendarStore;
  viewing: TeamViewing;
  /** Told whose working days have changed. */
  changed(organizationId: string, teamIds: readonly string[]): Promise<void>;
}

/** Tells one entry from another. */
const markOf = ({ works, name }: CalendarDay): string => JSON.stringify([works, name]);

/** One day of a team's calendar, entered by hand and taken out again: for who may change the team. */
export function dayCommands(needs: DayNeeds): Required<Pick<Slice, 'actions' | 'openers' | 'forms'>> {
  const { store, viewing, changed } = needs;

  async function open(call: Call, about: string | undefined): Promise<Reply> {
    const team = await viewing.changeable(call, about);
    if ('refused' in team) return refuse(team, call);
    const intro = call.text.words('calendar.day.intro', { team: team.name });
    return ask({ form: dayForm, id: newId(), about: { team: team.id, seen: '' }, initial: { works: 'off' }, intro });
  }

  async function submit(call: Call, answers: DayAnswers, shown: Shown): Promise<Reply> {
    const { me, text, today } = call;
    const team = await viewing.changeable(call, shown.about.team);
    if ('refused' in team) return refuseForm(team, call);
    const day = { date: answers.date.toString(), works: answers.works === 'works', name: answers.name ?? null };
    const result = await store.changeDay(ofTeam(call, team), { date: day.date, from: today }, (entered) => {
      // The same form delivered twice finds what it wanted.
      if (entered.now === null) return entered.others < mostByHand ? { to: day } : { refused: 'many' };
      const mark = markOf(entered.now);
      return mark === markOf(day) || mark === shown.about.seen ? { to: day } : { refused: 'changed' };
    });
    if (result.became === 'many') return fix({ date: text.plain('calendar.day.many', { max: mostByHand }) });
    if (result.became === 'changed') {
      const { now } = result;
      const about = { team: team.id, seen: markOf(now) };
      const intro = text.words('calendar.day.changed', { what: dayWords(now, call) });
      const { works, name } = answers;
      const initial = { date: day.date, works, ...(name === undefined ? {} : { name }) };
      return ask({ form: dayForm, id: shown.id, about, initial, intro });
    }
    await changed(me.organizationId, [team.id]);
    const said = text.words('calendar.day.saved', { day: text.day(answers.date, today), what: dayWords(day, call) });
    return show(await card(call, team, said));
  }

  /** The button beside a day; `about` is the team's id and the day. */
  async function remove(call: Call, about: string | undefined): Promise<Reply> {
    const { me, text, today } = call;
    const [teamId, date = ''] = about?.split(' ') ?? [];
    const team = await viewing.changeable(call, teamId);
    const day = readDay(date);
    if ('refused' in team) return refuse(team, call);
    if (day === null) return notFound(call);
    await store.changeDay(ofTeam(call, team), { date, from: today }, () => ({ to: null }));
    await changed(me.organizationId, [team.id]);
    const kept = (await store.of([ofTeam(call, team)], today)).get(team.id) ?? { calendar: usualCalendar, days: [] };
    const what = works(workdaysFrom(kept.calendar, kept.days), day) ? 'works' : 'off';
    return redraw(await card(call, team, text.words(`calendar.day.removed.${what}`, { day: text.day(day, today) })));
  }

  const card = async (call: Call, team: Team, said: Words) => teamCard(await viewing.view(call, team), call, said);
  const ofTeam = ({ me }: Call, { id: teamId }: Team) => ({ organizationId: me.organizationId, teamId });

  return {
    actions: [{ name: 'calendar.removeDay', run: remove }],
    openers: [{ name: 'calendar.day', run: open }],
    forms: [handles({ form: dayForm, submit })],
  };
}

/** A day as a button carries it. */
function readDay(written: string): Temporal.PlainDate | null {
  const [, year, month, day] = /^(2\d{3})-(\d\d)-(\d\d)$/.exec(written) ?? [];
  return year === undefined ? null : dayOf(Number(year), Number(month), Number(day));
}
