import type { Temporal } from 'temporal-polyfill';
import { awayOn, type Calendar } from '../calendar/index.ts';
import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import { bySome } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { validTimeZone } from '../people/index.ts';
import { nearestLocale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { type Summary, tallyOf } from './summary.ts';
import { summaryCard } from './summary-cards.ts';
import { batch, type DueSummary, type Summarized, type SummaryStore, summaryStore } from './summary-store.ts';

export interface SummaryNeeds {
  database: Pick<Database, 'pool'>;
  calendar: Pick<Calendar, 'workdaysOf' | 'absencesOf'>;
  nudge: Nudge;
  log: Log;
}

/**
 * Posts what came of a meeting when it closes, and changes the post when somebody answers later. Any number of processes
 * may look: each summary is posted once.
 */
export function summaryJob({ database, calendar, nudge, log }: SummaryNeeds): Job {
  const store: SummaryStore = summaryStore(database);
  return {
    name: 'meetings.summary',
    async run(now) {
      let told = 0;
      const decide = async (due: readonly DueSummary[]) => {
        const summaries = await withCalendars(due, calendar);
        const summarized = summarizedAt(summaries, now);
        told += summarized.tell.length;
        return summarized;
      };
      const claimSome = bySome(batch, (occurrences, err) => {
        if (occurrences.length > 1) log.warn({ occurrences, err }, 'meetings are summed up one by one');
        else log.error({ occurrences, err }, 'a summary waits for the next tick');
      });
      while (await claimSome((some) => store.claim(now, some, decide)));
      if (told === 0) return;
      log.info({ messages: told }, 'meetings are summed up');
      nudge();
    },
  };
}

type WithCalendar = DueSummary & { summary: Summary };

async function withCalendars(
  due: readonly DueSummary[],
  calendar: SummaryNeeds['calendar'],
): Promise<readonly WithCalendar[]> {
  const people = new Map<string, { organizationId: string; personId: string }>();
  for (const { meeting, members, contributions } of due)
    for (const { id } of [...members, ...contributions.map(({ person }) => person)])
      people.set(id, { organizationId: meeting.organizationId, personId: id });
  const days = due.map(({ date }) => date).sort((a, b) => a.since(b).sign);
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return [];
  const [workdays, absences] = await Promise.all([
    calendar.workdaysOf(due.map(({ meeting: { organizationId, teamId } }) => ({ organizationId, teamId }))),
    calendar.absencesOf([...people.values()], from, to),
  ]);
  return due.map((one) => {
    const { meeting, date, members, contributions, decisions } = one;
    const of = workdays.get(meeting.teamId);
    if (of === undefined) throw new Error('a team without a calendar');
    const everybody = [...members, ...contributions.map(({ person }) => person)].map(({ id }) => id);
    const away = new Set(everybody.filter((id) => awayOn(absences.get(id) ?? [], date) === 'whole'));
    const { kind, name, namesSilent } = meeting;
    const said = { contributions, members, away, decisions };
    return { ...one, summary: { kind, name, date, namesSilent, workdays: of, ...said } };
  });
}

/** What becomes of summaries that are due: posted, drawn anew, or nothing. Pure. */
export function summarizedAt(due: readonly WithCalendar[], now: Temporal.Instant): Summarized {
  const post: string[] = [];
  const tell: OutboxRow[] = [];
  for (const one of due) {
    const { id, meeting, team, channel, posted, summary } = one;
    const { organizationId } = meeting;
    const thing = { thing: 'occurrence', id, card: 'summary' };
    const card = () => summaryCard(summary, textIn(nearestLocale(team.locale) ?? 'en'));
    if (posted) {
      const content = { do: 'redraw', of: thing, card: card() } as const;
      tell.push(
        outboxRow({ organizationId, key: `summary:${id}:${newId()}`, to: { whereItStands: true }, content }, now),
      );
    } else if (channel !== null && isPosted(one, now)) {
      post.push(id);
      const content = { do: 'post', as: thing, card: card() } as const;
      tell.push(outboxRow({ organizationId, key: `summary:${id}`, to: channel, content }, now));
    }
  }
  return { post, tell };
}

/** A meeting that was put away is over, and nobody needs to read afterwards that on some day nobody could be asked. */
function isPosted({ meeting, team, date, summary }: WithCalendar, now: Temporal.Instant): boolean {
  if (meeting.archivedAt !== null || team.archived) return false;
  const isToday = date.equals(now.toZonedDateTimeISO(validTimeZone(team.timeZone)).toPlainDate());
  // What was decided holds, though nobody was asked anything.
  if (summary.decisions.length > 0) return true;
  const { asked, missed } = tallyOf(summary);
  return asked > 0 || (isToday && missed.length > 0);
}
