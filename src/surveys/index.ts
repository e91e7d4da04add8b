import type { Slice } from '../chat/slice.ts';
import type { Site } from '../web/server.ts';
import { askStore } from './ask-store.ts';
import { createAsking } from './asking.ts';
import type { SurveysNeeds } from './needs.ts';
import { fewestAnswers, type Span } from './report.ts';
import { reportSite } from './report-link.ts';
import { reportStore, type ServiceScore } from './report-store.ts';
import { createReporting } from './reporting.ts';
import { createScoring } from './scoring.ts';
import { createSilencing } from './silencing.ts';
import {
  addSurvey,
  type NewSurvey,
  type Queries,
  type Replaced,
  type Replacement,
  replaceSurvey,
  surveyStore,
} from './store.ts';
import type { Survey } from './survey.ts';
import { previewSite, surveySite } from './survey-link.ts';
import { visitStore } from './visit-store.ts';

export { finding } from './needs.ts';
export type { ServiceScore } from './report-store.ts';
export {
  placesOf,
  type ScoreField,
  type ScorePlaces,
  scoreAnswers,
  scoreFields,
  scoresIn,
  withScores,
} from './score-places.ts';
export {
  isLow,
  longestRemark,
  mayRead as mayReadSurvey,
  mostRecommend,
  type Survey,
  type SurveyContent,
  type SurveySource,
} from './survey.ts';

/** How our service is: scored by us, by the customer, and reported. */
export interface Surveys {
  slice: Slice;
  /** The customer's page and the files, for the little server; loaded when somebody first asks for them. */
  sites: readonly Site[];
  /** How our service to the accounts of each team was scored in a period; teams without any answer are left out. */
  serviceScores(
    organizationId: string,
    teamIds: readonly string[],
    period: Span,
  ): Promise<ReadonlyMap<string, ServiceScore>>;
  /** The latest answers of each side about an account, the customer's first; a side without answers is left out. */
  lastOfSources(organizationId: string, accountId: string): Promise<readonly Survey[]>;
  /** One survey; ask for the right to see it before. Null: there is none. */
  find(organizationId: string, id: string): Promise<Survey | null>;
  /** Stores scores in a transaction, with what they belong to; the same request again is true and nothing. */
  add(through: Queries, survey: NewSurvey): Promise<boolean>;
  /** Puts other answers in their place, in a transaction; what was there is kept. */
  replace(through: Queries, given: Replacement): Promise<Replaced>;
}

export function createSurveys(given: SurveysNeeds): Surveys {
  const { database } = given;
  const reports = reportStore(database);
  const needs = {
    ...given,
    store: surveyStore(database),
    asks: askStore(database),
    visits: visitStore(database),
    reports,
  };
  const scoring = createScoring(needs);
  const reporting = createReporting(needs);
  const asking = createAsking({ ...needs, scoring, report: reporting.command });
  const silencing = createSilencing(needs);
  return {
    slice: {
      name: 'surveys',
      commands: [...scoring.slice.commands, ...asking.slice.commands],
      openers: [...scoring.slice.openers, ...asking.slice.openers, ...silencing.slice.openers],
      actions: [scoring, asking, silencing, reporting].flatMap(({ slice }) => slice.actions),
      forms: [...scoring.slice.forms, ...asking.slice.forms, ...silencing.slice.forms],
    },
    sites: [
      { name: surveySite, load: once(async () => (await import('./page-answering.ts')).customerSite(needs)) },
      { name: previewSite, load: once(async () => (await import('./previewing.ts')).previewSite(needs)) },
      {
        name: reportSite,
        load: once(async () => (await import('./downloading.ts')).downloadSite({ ...needs, reporting })),
      },
    ],
    serviceScores: (organizationId, teamIds, period) =>
      reports.scoresOf(organizationId, teamIds, period, fewestAnswers),
    lastOfSources: needs.store.lastOfSources,
    find: needs.store.find,
    add: addSurvey,
    replace: (through, given) => replaceSurvey(through, given),
  };
}

/** What is loaded stays; what could not be loaded is tried again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return async () => {
    loaded ??= load();
    try {
      return await loaded;
    } catch (error) {
      loaded = undefined;
      throw error;
    }
  };
}
