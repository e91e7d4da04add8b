import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../calendar/index.ts';
import { type Nudge, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import type { Database } from '../database.ts';
import { everyQuarter } from '../every-quarter.ts';
import type { Feedback } from '../feedback/index.ts';
import type { Log } from '../log.ts';
import { validTimeZone } from '../people/index.ts';
import { nearestLocale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { type AgendaDay, agendaAt } from './agenda.ts';
import { agendaCard } from './agenda-cards.ts';
import { type AgendaStore, agendaStore, most, type SalesMeeting } from './agenda-store.ts';
import { agendaOf } from './decision.ts';
import { windowOn } from './times.ts';

interface AgendaNeeds {
  database: Database;
  calendar: Pick<Calendar, 'workdaysOf'>;
  feedback: Pick<Feedback, 'openInTeam'>;
  nudge: Nudge;
  log: Log;
}

const beforeAll = '00000000-0000-0000-0000-000000000000';

/**
 * Posts what a sales meeting has to talk about a working day before it. The key of the message, which names the meeting
 * and its day, is there once, however many processes there are.
 */
export function agendaJob({ database, calendar, feedback, nudge, log }: AgendaNeeds): Job {
  const store = agendaStore(database);
  const isTime = everyQuarter();
  return {
    name: 'meetings.agenda',
    async run(now) {
      if (!isTime(now)) return;
      let told = 0;
      let behind: string | null = beforeAll;
      while (behind !== null) {
        const { meetings, next } = await store.sales(behind);
        const due = await dueOf(meetings, { store, calendar }, now);
        for (const one of due) {
          // One that fails must not hold up those behind it, which may be another company's.
          try {
            await post(one, { store, feedback }, now);
            told += 1;
          } catch (error) {
            log.error({ meeting: one.meeting.id, err: error }, 'an agenda waits for the next quarter of an hour');
          }
        }
        behind = next;
      }
      if (told === 0) return;
      log.info({ messages: told }, 'sales meetings have an agenda');
      nudge();
    },
  };
}

type DueAgenda = SalesMeeting & { day: AgendaDay; key: string };

/** Those whose agenda is to be posted and was not yet. */
async function dueOf(
  meetings: readonly SalesMeeting[],
  { store, calendar }: { store: AgendaStore; calendar: AgendaNeeds['calendar'] },
  now: Temporal.Instant,
): Promise<DueAgenda[]> {
  const teams = meetings.map(({ meeting: { organizationId, teamId } }) => ({ organizationId, teamId }));
  const calendars = await calendar.workdaysOf(teams);
  const due = meetings.flatMap((one): DueAgenda[] => {
    const { meeting, team } = one;
    const workdays = calendars.get(meeting.teamId);
    if (workdays === undefined) throw new Error('a team without a calendar');
    const day = agendaAt(meeting, { timeZone: validTimeZone(team.timeZone), workdays }, now);
    return day === null ? [] : [{ ...one, day, key: `agenda:${meeting.id}:${day.date}` }];
  });
  const known = await store.known(due.map(({ meeting, key }) => ({ organizationId: meeting.organizationId, key })));
  return due.filter(({ key }) => !known.has(key));
}

/** The agenda makes the row of its day, so that what is decided has something to belong to. */
async function post(
  { meeting, team, channel, day, key }: DueAgenda,
  { store, feedback }: { store: AgendaStore; feedback: AgendaNeeds['feedback'] },
  now: Temporal.Instant,
) {
  const { organizationId, teamId } = meeting;
  const [known, { items, total }] = await Promise.all([
    store.agenda(meeting, day),
    feedback.openInTeam(organizationId, teamId, { limit: most }),
  ]);
  const agenda = { ...known, said: { shown: items, total } };
  const text = textIn(nearestLocale(team.locale) ?? 'en');
  const closesAt = windowOn(meeting, day.date, validTimeZone(team.timeZone)).closesAt;
  await store.post(meeting, { date: day.date, closesAt }, (occurrenceId) => {
    const card = agendaCard(agenda, { occurrenceId, name: meeting.name, ...day }, text);
    const content = { do: 'post', card, as: agendaOf(occurrenceId) } as const;
    return outboxRow({ organizationId: meeting.organizationId, key, to: channel, content }, now);
  });
}
