import type { Temporal } from 'temporal-polyfill';
import { type Account, belongs } from '../accounts/index.ts';
import type { Me } from '../chat/slice.ts';
import { type Belongs, may } from '../people/rights.ts';

/** Who says how our service was: who looks after the account, a manager, or the customer by a link. */
export const surveySources = ['customer', 'accountManager', 'salesManager'] as const;
export type SurveySource = (typeof surveySources)[number];

/** `asked`: the customer has a link and has not answered. */
export type SurveyState = 'asked' | 'answered' | 'revoked' | 'declined';

/** Scores of our service, from 1 to 5. */
export const scoreValues = ['5', '4', '3', '2', '1'] as const;
/** Whether they would recommend us, from 0 to 10. */
export const mostRecommend = 10;
/** Longest remark, in UTF-16 units. */
export const longestRemark = 2000;

export interface Named {
  id: string;
  name: string;
}

/** What was answered. At least one of them says something. */
export interface SurveyContent {
  /** Dimension id to 1–5; what was left out was not judged. */
  scores: ReadonlyMap<string, number>;
  recommend: number | null;
  remark: string | null;
}

/** The report card 客户报告单 of one customer, at one time, as one side sees it. */
export interface Survey extends SurveyContent {
  organizationId: string;
  id: string;
  account: Named;
  contact: Named | null;
  visitId: string | null;
  source: SurveySource;
  state: SurveyState;
  /** Who entered it, or asked the customer. */
  author: Named;
  /** The day that it judges. */
  scoredOn: Temporal.PlainDate;
  /** The customer's page: in which language, until when, and which of its links is good. */
  locale: string | null;
  expiresAt: Temporal.Instant | null;
  linkVersion: number;
  openedAt: Temporal.Instant | null;
  answeredAt: Temporal.Instant | null;
  version: number;
}

/** Answers as they were before they were changed. `by`: null for the customer. */
export interface OldAnswers extends SurveyContent {
  version: number;
  scoredOn: Temporal.PlainDate;
  replacedAt: Temporal.Instant;
  by: Named | null;
}

/** Whether a person may read a survey: it belongs to whom the account belongs to, and to who entered it or asked for it. */
export const mayRead = ({ personIds, teamIds }: Belongs, { author }: Pick<Survey, 'author'>, me: Me): boolean =>
  may(me, 'survey.read', { personIds: [...personIds, author.id], teamIds });

/** Whether a person may score our service to an account; whoever was there on a visit may, whosever the account is. */
export const mayScore = (account: Account, me: Me, visitors: readonly string[] = []): boolean => {
  const { personIds, teamIds } = belongs(account);
  return may(me, 'survey.add', { personIds: [...personIds, ...visitors], teamIds });
};

/** Whether a person may change what was entered. What a customer has answered only they change. */
export const mayChange = (survey: Pick<Survey, 'source' | 'author'>, account: Account, me: Me): boolean =>
  survey.source !== 'customer' &&
  may(me, 'survey.add', { personIds: [survey.author.id], teamIds: belongs(account).teamIds });

export const mayAsk = (account: Account, me: Me): boolean => may(me, 'survey.ask', belongs(account));

/** As what a person scores: who looks after the account or was there, else who leads. */
export function sourceOf(account: Account, me: Me, visitors: readonly string[] = []): SurveySource {
  const close = [...belongs(account).personIds, ...visitors].includes(me.id);
  return close || (me.manages.length === 0 && !me.administrator) ? 'accountManager' : 'salesManager';
}

/** Whether anything was said at all. */
export const saysSomething = ({ scores, recommend, remark }: SurveyContent): boolean =>
  scores.size > 0 || recommend !== null || remark !== null;

/** Whether two answers say the same. */
export const sameContent = (one: SurveyContent, other: SurveyContent): boolean =>
  one.recommend === other.recommend &&
  one.remark === other.remark &&
  one.scores.size === other.scores.size &&
  [...one.scores].every(([dimension, score]) => other.scores.get(dimension) === score);

/** A score of 1 or 2, or a recommendation of 0 to 6: somebody should ask what happened. */
export const isLow = ({ scores, recommend }: Pick<SurveyContent, 'scores' | 'recommend'>): boolean =>
  [...scores.values()].some((score) => score <= 2) || (recommend !== null && recommend <= 6);

/** Whether a link of the survey still opens its page now: answers can be changed until it runs out. */
export const isOpen = (survey: Pick<Survey, 'source' | 'state' | 'expiresAt'>, now: Temporal.Instant): boolean =>
  survey.source === 'customer' &&
  (survey.state === 'asked' || survey.state === 'answered') &&
  survey.expiresAt !== null &&
  survey.expiresAt.epochMilliseconds > now.epochMilliseconds;

/** What is needed to draw the customer's page, and nothing else of ours. */
export interface PageOf {
  survey: Survey;
  company: string;
  /** The customer's zone where it is known, else the company's. IANA name. */
  timeZone: string;
  accountOwnerId: string | null;
  /**
   * They do not want to be asked again: they, whoever writes to them, or the reader of this one link, whom nobody knows.
   * Null: they have not said so.
   */
  refusal: 'them' | 'link' | null;
}

/** Whether there is nothing to answer any more, because they do not want to. */
export const isClosed = ({ survey, refusal }: Pick<PageOf, 'survey' | 'refusal'>): boolean =>
  survey.state === 'declined' || refusal !== null;
