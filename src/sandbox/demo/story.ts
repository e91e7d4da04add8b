import type { Database } from '../../database.ts';
import { rowsOfMeetings } from './asked.ts';
import { rowsOfImprovements, rowsOfListening } from './better.ts';
import { rowsOfDimensions, rowsOfFeedback } from './feedback.ts';
import { rowsOfScores } from './scores.ts';
import type { Told } from './told.ts';
import { rowsOfVisits } from './visits.ts';

type Transaction = Parameters<Parameters<Database['prisma']['$transaction']>[0]>[0];

/**
 * What happened to the demo's teams besides their visits: what customers said and how they score, what was done about it,
 * and for the first team eight weeks of mornings and evenings. The second has no meetings yet, so that they can be begun.
 */
export async function tellStory(tx: Transaction, teams: readonly Told[], customersOf: (personId: string) => string[]) {
  const extra = teams.map(rowsOfVisits);
  await tx.visit.createMany({ data: extra.flatMap((one) => one.visits) });
  await tx.visitPerson.createMany({ data: extra.flatMap((one) => one.people) });
  await tx.visitContact.createMany({ data: extra.flatMap((one) => one.met) });
  await tx.action.createMany({ data: extra.flatMap((one) => one.actions) });
  const told = teams.map((team, index) => withVisits(team, extra[index]));
  const [first] = told;
  if (first === undefined) return;
  const dimensions = rowsOfDimensions(first.organizationId);
  await tx.serviceDimension.createMany({ data: dimensions.rows });
  const each = told.map((team) => {
    const scores = rowsOfScores(team, dimensions.ids);
    const improvements = rowsOfImprovements(team, scores.meanOf);
    return { ...rowsOfFeedback(team, dimensions.ids), scores, improvements, listening: rowsOfListening(team) };
  });
  await tx.feedback.createMany({ data: each.flatMap((one) => one.feedback) });
  await tx.feedbackChange.createMany({ data: each.flatMap((one) => one.changes) });
  await tx.feedbackResult.createMany({ data: each.flatMap((one) => one.results) });
  await tx.survey.createMany({ data: each.flatMap((one) => one.scores.surveys) });
  await tx.surveyScore.createMany({ data: each.flatMap((one) => one.scores.scores) });
  await tx.visit.createMany({ data: each.map((one) => one.listening.visit) });
  await tx.visitPerson.createMany({ data: each.map((one) => one.listening.person) });
  await tx.listening.createMany({ data: each.flatMap((one) => one.listening.listening) });
  await tx.improvement.createMany({ data: each.flatMap((one) => one.improvements) });
  const held = rowsOfMeetings(first, customersOf);
  await tx.meeting.createMany({ data: held.meetings });
  await tx.meetingQuestions.createMany({ data: held.questions });
  await tx.occurrence.createMany({ data: held.occurrences });
  await tx.prompt.createMany({ data: held.prompts });
  await tx.promptMeeting.createMany({ data: held.promptMeetings });
  await tx.planItem.createMany({ data: held.planItems });
  await tx.blocker.createMany({ data: held.blockers });
}

function withVisits(told: Told, extra: ReturnType<typeof rowsOfVisits> | undefined): Told {
  const { visits = [], actions = [] } = extra ?? {};
  return {
    ...told,
    visits: [...told.visits, ...visits].toSorted((a, b) => a.date.getTime() - b.date.getTime()),
    actions: [...told.actions, ...actions],
  };
}
