import type { Temporal } from 'temporal-polyfill';
import type { Accounts } from '../accounts/index.ts';
import type { Actions } from '../actions/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { Nudge } from '../chat/outbox.ts';
import type { Call, Job, Slice } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Log } from '../log.ts';
import type { People } from '../people/index.ts';
import { evaluationCommands } from './evaluation-commands.ts';
import { createFigures } from './figures-taking.ts';
import { isNews } from './improvement.ts';
import { improvementStore } from './improvement-store.ts';
import { createImproving } from './improving.ts';
import { postedFigures } from './kept-store.ts';
import { measureJob } from './measuring.ts';
import { planUnplanned, postJob } from './posting.ts';
import { postingStore } from './posting-store.ts';
import { remarkStore } from './remark-store.ts';
import { createRemarking } from './remarking.ts';
import { rowsStore } from './rows-store.ts';
import { settingsCommands } from './settings-commands.ts';
import { settingsStore } from './settings-store.ts';
import { type OwnWeek, weekStore } from './week-store.ts';

export type { OwnWeek } from './week-store.ts';

/** What a week, a month, a quarter was worth: figures, what to do better, and what became of that. */
export interface Digest {
  slice: Slice;
  /** The person's own week so far, counted as evaluations count it. One statement. */
  weekOf(call: Pick<Call, 'me' | 'today' | 'now'>): Promise<OwnWeek>;
  /** What decides when evaluations are posted has changed with these teams, or the teams of these people. */
  lookAgain(
    organizationId: string,
    at: { teamIds?: readonly string[] | undefined; personIds?: readonly string[] | undefined },
  ): Promise<void>;
}

interface DigestNeeds {
  database: Database;
  /** For the jobs, and for figures of large teams. */
  jobsDatabase: Database;
  people: Pick<People, 'person' | 'people' | 'names' | 'team' | 'teams' | 'findByName' | 'teamsOf'>;
  accounts: Pick<Accounts, 'get'>;
  actions: Pick<Actions, 'remindAt'>;
  calendar: Pick<Calendar, 'workdaysOf' | 'absencesOf'>;
  clock: Clock;
  nudge: Nudge;
  log: Log;
}

/** From one evaluation to the next. */
const sinceLast = { hours: 24 * 7 };

/** What an evaluation tells of a team's improvements: what is open, and what was closed or measured since the last one. */
function earlierOf(database: Database) {
  const store = improvementStore(database);
  return async (team: { organizationId: string; id: string }, now: Temporal.Instant) => {
    const since = now.subtract(sinceLast);
    return (await store.became(team, since)).filter((one) => isNews(one, since));
  };
}

/** The job that shows people their own part and posts what a team's week was worth. */
export function digestPostJob(needs: Pick<DigestNeeds, 'calendar' | 'nudge' | 'log'> & { database: Database }): Job {
  const { database } = needs;
  return postJob({
    ...needs,
    store: postingStore(database),
    figures: createFigures(needs),
    remarks: remarkStore(database),
    earlier: earlierOf(database),
  });
}

export function createDigest(needs: DigestNeeds): Digest {
  const { database, jobsDatabase, calendar, clock, nudge, log } = needs;
  const inJobs = { database: jobsDatabase, calendar, nudge, log };
  const figures = createFigures(inJobs);
  const store = postingStore(database);
  const settings = settingsCommands({ ...needs, store: settingsStore(database) });
  const remarks = remarkStore(database);
  const remarking = createRemarking({ store: remarks, figures, nudge });
  const earlier = earlierOf(database);
  const evaluating = evaluationCommands({
    ...needs,
    figures,
    rows: rowsStore(jobsDatabase),
    settings: settings.overview,
    remarks: remarks.ofPeriod,
    earlier: (organizationId, id, now) => earlier({ organizationId, id }, now),
  });
  const improving = createImproving({
    ...needs,
    figures,
    store: improvementStore(database),
    posted: (...of) => postedFigures(database, ...of),
  });
  const measuring = measureJob({ ...needs, ...inJobs, figures, store: improvementStore(jobsDatabase) });
  return {
    slice: {
      name: 'digest',
      commands: [...evaluating.commands, ...improving.commands],
      actions: [...evaluating.actions, ...settings.actions, ...remarking.actions, ...improving.actions],
      openers: [...settings.openers, ...remarking.openers, ...improving.openers],
      forms: [...settings.forms, ...remarking.forms, ...improving.forms],
      // What was measured is told in what is posted.
      jobs: [measuring, digestPostJob(inJobs)],
    },
    weekOf: weekStore(database).of,
    async lookAgain(organizationId, { teamIds = [], personIds = [] }) {
      const now = clock.now();
      await store.touch(organizationId, { teamIds, personIds }, now);
      await planUnplanned({ store, calendar }, organizationId, now);
    },
  };
}
