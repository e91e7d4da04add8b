import type { Accounts } from '../accounts/index.ts';
import type { Actions } from '../actions/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { Item } from '../chat/card.ts';
import type { Nudge } from '../chat/outbox.ts';
import type { Reply } from '../chat/reply.ts';
import type { Call, Job, Slice } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Feedback } from '../feedback/index.ts';
import type { Log } from '../log.ts';
import type { People } from '../people/index.ts';
import { nearestLocale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { agendaJob } from './agenda-posting.ts';
import { createAnswering } from './answering.ts';
import { emptyDay, type PageDay } from './day.ts';
import { dayStore } from './day-store.ts';
import { createDeciding } from './deciding.ts';
import { followJob } from './following.ts';
import { followingStore } from './following-store.ts';
import type { PlanItem } from './plan-item.ts';
import { type AskedNow, type PlanNeeds, planJob, planMoved } from './planning.ts';
import { planningStore } from './planning-store.ts';
import { promptCard, standingLine } from './prompt-cards.ts';
import { raiseJob } from './raising.ts';
import { createSettingUp } from './setting-up.ts';
import { setupStore } from './setup-store.ts';
import { summaryJob } from './summarizing.ts';

export type { PageDay } from './day.ts';
export type { PlanItem } from './plan-item.ts';

/** Morning and evening prompts, sales meetings, and whatever else a team asks itself again and again. */
export interface Meetings {
  slice: Slice;
  /** A person's day for their own page: their plan, and the customers who wait for a visit. One statement. */
  dayOf(call: Pick<Call, 'me' | 'today'>): Promise<PageDay>;
  /** An item of that plan as a line. `does`: with what the names of its buttons' actions begin; null: without buttons. */
  planLine(
    call: Pick<Call, 'text' | 'today'>,
    item: PlanItem,
    day: Pick<PageDay, 'promptId'>,
    does: string | null,
  ): Item;
  /** What such a button does: `redraw` when it was done, whatever else is to be said when not. */
  turnItem(call: Call, about: string | undefined, to: 'done' | 'moved' | 'dropped' | 'planned'): Promise<Reply>;
  /** A person's zone has changed: they are asked on their new clock. */
  personMoved(organizationId: string, personId: string): Promise<void>;
  /** Something that meetings depend on has changed with these teams or people: they are looked at with the next tick. */
  lookAgain(
    organizationId: string,
    at: { teamIds?: readonly string[] | undefined; personIds?: readonly string[] | undefined },
  ): Promise<void>;
  /** Resolves when nothing that was started from chat goes on any more: to be awaited before the database is closed. */
  settled(): Promise<void>;
}

/** The job that asks people whose time has come. */
export function planOfMeetings(needs: PlanningNeeds): Job {
  return planJob(planningOf(needs));
}

type PlanningNeeds = Pick<PlanNeeds, 'calendar' | 'nudge' | 'log'> & { database: Database };

const planningOf = ({ database, ...needs }: PlanningNeeds): PlanNeeds => ({
  ...needs,
  store: planningStore(database),
  cards: cardsOf(dayStore(database)),
});

export function createMeetings(needs: {
  database: Database;
  /** For the jobs. */
  jobsDatabase: Database;
  people: Pick<People, 'directory' | 'findByName' | 'names' | 'people' | 'person' | 'team' | 'teams' | 'teamsOf'>;
  accounts: Pick<Accounts, 'leading' | 'get' | 'addByName'>;
  actions: Pick<Actions, 'remindAt' | 'handedOver'>;
  calendar: Pick<Calendar, 'workdaysOf' | 'absencesOf' | 'daysOf'>;
  feedback: Pick<Feedback, 'openInTeam'>;
  clock: Clock;
  nudge: Nudge;
  log: Log;
}): Meetings {
  const { database, jobsDatabase, calendar, clock, nudge, log } = needs;
  const inJobs = { database: jobsDatabase, calendar, nudge, log };
  const planning = planningOf(inJobs);
  const store = setupStore(database);
  const days = dayStore(database);
  const summary = summaryJob(inJobs);

  const running = new Set<Promise<void>>();
  /** What is said late is seen in the channel at once, and not with the next tick. */
  const answered = () => {
    const summed = summary
      .run(clock.now())
      .catch((error: unknown) => log.warn({ err: error }, 'a summary waits for the next tick'))
      .finally(() => running.delete(summed));
    running.add(summed);
  };

  const answering = createAnswering({ ...needs, answered });
  const settingUp = createSettingUp({ ...needs, store });
  const deciding = createDeciding({ ...needs, decided: answered });
  return {
    slice: {
      name: 'meetings',
      commands: [...answering.commands, ...settingUp.commands],
      actions: [...answering.actions, ...settingUp.actions, ...deciding.actions],
      openers: [...answering.openers, ...settingUp.openers, ...deciding.openers],
      forms: [...answering.forms, ...settingUp.forms, ...deciding.forms],
      jobs: [
        planJob(planning),
        followJob({ store: followingStore(jobsDatabase), calendar, nudge, log }),
        summary,
        raiseJob(inJobs),
        agendaJob({ ...inJobs, feedback: needs.feedback }),
      ],
    },
    dayOf: ({ me, today }) => days.pageOf({ organizationId: me.organizationId, personId: me.id, date: today }),
    planLine: (call, item, { promptId }, does) =>
      standingLine(item, promptId === null || does === null ? null : { promptId, does }, call),
    turnItem: answering.turn,
    personMoved: (organizationId, id) => planMoved(planning, { organizationId, id }, clock.now()),
    lookAgain: (organizationId, { teamIds = [], personIds = [] }) =>
      store.touch(organizationId, { teamIds, personIds }, clock.now()),
    settled: async () => void (await Promise.all(running)),
  };
}

/** What people are shown when they are asked. */
const cardsOf =
  (days: ReturnType<typeof dayStore>) =>
  async (asked: readonly AskedNow[]): Promise<ReadonlyMap<string, ReturnType<typeof promptCard>>> => {
    const cards = new Map<string, ReturnType<typeof promptCard>>();
    for (const [kind, those] of Map.groupBy(asked, ({ prompt }) => prompt.kind)) {
      const found = await days.daysOf(
        those.map(({ prompt, date }) => ({ organizationId: prompt.organizationId, personId: prompt.personId, date })),
        kind,
      );
      for (const { prompt, date, person, taken } of those) {
        const shown = {
          prompt: { ...prompt, date, answeredAt: null },
          meetingName: taken.meeting.name,
          questions: taken.questions,
          answers: {},
          day: found.get(person.id) ?? emptyDay,
          timeZone: person.timeZone,
        };
        const text = textIn(nearestLocale(person.locale) ?? 'en');
        cards.set(prompt.id, promptCard(shown, { text, today: date, me: person.id }));
      }
    }
    return cards;
  };
