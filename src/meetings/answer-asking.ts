import { Temporal } from 'temporal-polyfill';
import type { Asked, PlainAnswers } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import { notFound, type Reply, tell } from '../chat/reply.ts';
import { ask, type Call, type Shown } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Words } from '../text/words.ts';
import { drawAnswerForm, type Filling } from './answer-forms.ts';
import { refusalOf, type WithStores } from './answer-needs.ts';
import type { StoredPrompt } from './answer-store.ts';
import type { Day } from './day.ts';
import { type NextMorning, nextMorning } from './plan-ahead.ts';
import { meetingNamed } from './prompt-cards.ts';
import { yearAhead } from './times.ts';

/** What a form answers: a prompt that was made, or the morning of a day that nobody was asked for yet. */
export type Target = { prompt: StoredPrompt } | { ahead: NextMorning };

/** What stands before an answer is given. */
export type Standing = Pick<StoredPrompt, 'kind' | 'questions' | 'items' | 'blockers'>;

const standingAhead = ({ questions }: NextMorning, { items, blockers }: Day): Standing => ({
  kind: 'morning',
  questions,
  items: items.shown,
  blockers: blockers.shown,
});

/** What else is known of a form. */
export interface AskGiven {
  /** The same form is drawn anew: what it was drawn from at first decides what its answer replaces. */
  same?: { id: string; about: Asked['about'] };
  /** What was typed already; it wins over what is stored. */
  typed?: PlainAnswers;
  intro?: Words;
  /** The answer is a card of its own: what the form was opened from shows something else. */
  apart: boolean;
}

/** Showing the form for an answer. */
export function createAsking({ store, days, mornings, calendar }: WithStores) {
  /** What is asked, and what it was drawn from. */
  async function fillingOf(call: Call, target: Target): Promise<Filling> {
    const { text, today } = call;
    const onDay = (date: Temporal.PlainDate) => (date.equals(today) ? null : text.day(date, today));
    if ('prompt' in target) {
      const { prompt } = target;
      const { day } = await store.shown(prompt, call.me.timeZone);
      const { kind, questions, answers, blockers } = prompt;
      const planned = prompt.items.filter(({ state }) => state === 'planned');
      return { kind, on: onDay(prompt.date), questions, answers, day, planned, blockers, promptId: prompt.id };
    }
    const { date, questions } = target.ahead;
    const day = await dayAhead(call, target.ahead);
    const { items, blockers } = standingAhead(target.ahead, day);
    return {
      ...{ kind: 'morning', on: onDay(date), questions, answers: {}, day },
      ...{ planned: items, blockers, promptId: null },
    };
  }

  async function dayAhead({ me }: Call, { date }: NextMorning): Promise<Day> {
    const { organizationId, id: personId } = me;
    const day = (await days.daysOf([{ organizationId, personId, date }], 'morning')).get(personId);
    if (day === undefined) throw new Error('a day that was asked for is missing');
    return day;
  }

  /** What an answer finds: of a day that nobody was asked for yet, what was moved there and what is in the way. */
  async function standing(call: Call, target: Target): Promise<Standing> {
    return 'prompt' in target ? target.prompt : standingAhead(target.ahead, await dayAhead(call, target.ahead));
  }

  /** The form, prefilled. Its pointers say which rows it shows: of those the answer disposes. */
  async function askFor(call: Call, target: Target, given: AskGiven): Promise<Reply> {
    const { shown, ...drawn } = drawAnswerForm(await fillingOf(call, target), call);
    const intro = given.intro ?? introOf(call, target);
    const about: Asked['about'] = {
      ...('prompt' in target ? { prompt: target.prompt.id } : { ahead: target.ahead.date.toString() }),
      version: 'prompt' in target ? String(target.prompt.version) : '0',
      items: shown.items.join(' '),
      blockers: shown.blockers.join(' '),
      ...(given.apart ? { apart: 'yes' } : {}),
    };
    return ask({
      ...drawn,
      ...(given.same ?? { id: newId(), about }),
      ...(intro === null ? {} : { intro }),
      initial: given.typed ?? drawn.initial,
    });
  }

  /** The day is said where it is not today, for nobody should plan the wrong one. */
  function introOf({ text, today }: Call, target: Target): Words | null {
    if ('ahead' in target)
      return text.words('prompts.plan.for', { day: { strong: text.day(target.ahead.date, today) } });
    const { date, kind, meetingName } = target.prompt;
    if (date.equals(today)) return null;
    const meeting = meetingNamed(meetingName, kind, text);
    return text.words('prompts.card.title', { meeting, day: text.day(date, today) });
  }

  /** The next morning on which this person is there and asked, from a day on; null: never. */
  async function nextFrom({ me }: Call, from: Temporal.PlainDate): Promise<NextMorning | null> {
    const { organizationId } = me;
    const meetings = await mornings(organizationId, me.id);
    if (meetings.length === 0) return null;
    const teams = [...new Set(meetings.map(({ meeting }) => meeting.teamId))];
    const [calendars, absences] = await Promise.all([
      calendar.workdaysOf(teams.map((teamId) => ({ organizationId, teamId }))),
      calendar.absencesOf([{ organizationId, personId: me.id }], from, from.add({ days: yearAhead })),
    ]);
    const { id, timeZone } = me;
    return nextMorning(meetings, from, calendars, { timeZone, absences: absences.get(id) ?? [] });
  }

  const promptOf = ({ me }: Call, id: string | undefined): Promise<StoredPrompt | null> =>
    isPointer(id) ? store.prompt(me.organizationId, me.id, { id }) : Promise.resolve(null);

  /** What a form that comes back answers; null when it is out of this person's reach. */
  async function targetOf(call: Call, about: Shown['about']): Promise<Target | null> {
    const { me } = call;
    if (about.ahead === undefined) {
      const prompt = await promptOf(call, about.prompt);
      return prompt && { prompt };
    }
    const date = readDay(about.ahead);
    if (date === null) return null;
    const prompt = await store.prompt(me.organizationId, me.id, { morningOf: date });
    if (prompt !== null) return { prompt };
    const ahead = await nextFrom(call, date);
    return ahead?.date.equals(date) ? { ahead } : null;
  }

  /** The button on a prompt's card. */
  async function open(call: Call, about: string | undefined): Promise<Reply> {
    const prompt = await promptOf(call, about);
    if (prompt === null) return notFound(call);
    return refusalOf(call) ?? askFor(call, { prompt }, { apart: false });
  }

  /** The plan of the next morning from a day on whose time is not over; it may stand already. */
  async function openFrom(call: Call, from: Temporal.PlainDate): Promise<Reply> {
    const first = await nextFrom(call, from);
    const isOver = first !== null && Temporal.Instant.compare(first.window.closesAt, call.now) <= 0;
    const ahead = isOver ? await nextFrom(call, first.date.add({ days: 1 })) : first;
    if (ahead === null) return tell(call.text.words('prompts.plan.none'));
    const prompt = await store.prompt(call.me.organizationId, call.me.id, { morningOf: ahead.date });
    return askFor(call, prompt === null ? { ahead } : { prompt }, { apart: true });
  }

  /** The button that plans the working day after the one it is about. */
  async function openAhead(call: Call, about: string | undefined): Promise<Reply> {
    const after = readDay(about)?.add({ days: 1 });
    if (after === undefined) return notFound(call);
    const { compare } = Temporal.PlainDate;
    return refusalOf(call) ?? openFrom(call, compare(after, call.today) < 0 ? call.today : after);
  }

  /** The form as it is now, with what was typed: where the process that showed it is not there any more. */
  async function askAnew(call: Call, typed: PlainAnswers, shown: Shown): Promise<Reply> {
    const target = await targetOf(call, shown.about);
    if (target === null) return notFound(call);
    return askFor(call, target, {
      same: { id: shown.id, about: shown.about },
      typed,
      apart: shown.about.apart === 'yes',
    });
  }

  return { askFor, standing, nextFrom, targetOf, open, openFrom, openAhead, askAnew };
}

export type Asking = ReturnType<typeof createAsking>;

/** A day of these centuries, or nothing. */
function readDay(written: string | undefined): Temporal.PlainDate | null {
  if (written === undefined || !/^2\d{3}-\d{2}-\d{2}$/.test(written)) return null;
  try {
    return Temporal.PlainDate.from(written);
  } catch {
    return null;
  }
}
