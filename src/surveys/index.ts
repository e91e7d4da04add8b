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
import { surveyStore } from './store.ts';
import { surveySite } from './survey-link.ts';
import { visitStore } from './visit-store.ts';

export type { ServiceScore } from './report-store.ts';
export type { Survey, SurveyContent, SurveySource } from './survey.ts';

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
  return {
    slice: {
      name: 'surveys',
      commands: [...scoring.slice.commands, ...asking.slice.commands],
      openers: [...scoring.slice.openers, ...asking.slice.openers],
      actions: [...scoring.slice.actions, ...asking.slice.actions, ...reporting.slice.actions],
      forms: [...scoring.slice.forms, ...asking.slice.forms],
    },
    sites: [
      { name: surveySite, load: once(async () => (await import('./page-answering.ts')).customerSite(needs)) },
      {
        name: reportSite,
        load: once(async () => (await import('./downloading.ts')).downloadSite({ ...needs, reporting })),
      },
    ],
    serviceScores: (organizationId, teamIds, period) =>
      reports.scoresOf(organizationId, teamIds, period, fewestAnswers),
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
