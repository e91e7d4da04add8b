import { z } from 'zod';
import { storable } from '../chat/storable.ts';
import type { Dimension } from '../feedback/index.ts';
import { type Locale, locales } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { allowance } from '../web/allowance.ts';
import { sorry, type WebAnswer } from '../web/page.ts';
import type { WebRequest } from '../web/server.ts';
import type { WithStores } from './needs.ts';
import { fieldOf, type PageNews, type PageProblems, type SurveyPage, surveyPage } from './page.ts';
import { isClosed, longestRemark, mostRecommend, type PageOf, type SurveyContent, saysSomething } from './survey.ts';
import { type SurveyLink, surveyPurpose, unpackLink } from './survey-link.ts';
import { hearers, toldOfAnswer, toldOfRefusal } from './told.ts';

/** Requests a minute of one link: one customer's, however nervous. */
const perLink = 60;

const localeOf = z.enum(locales);
const newsOf = z.enum(['saved', 'changed']);
const action = z.enum(['answer', 'refuse']);
const version = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);
const score = z
  .string()
  .regex(/^[1-5]?$/)
  .transform((value) => (value === '' ? null : Number(value)));
const recommend = z
  .string()
  .regex(/^(?:\d|10)?$/)
  .transform((value) => (value === '' ? null : Number(value)))
  .refine((value) => value === null || value <= mostRecommend);
/** Browsers send the ends of lines as two signs. */
const remark = z.string().transform((typed) => {
  const tidy = storable(typed).replaceAll('\r\n', '\n').trim();
  return tidy === '' ? null : tidy;
});

/** The customer's page: drawn, answered, refused. Whatever is wrong with a link, it reads alike. */
export function customerSite(needs: WithStores): (request: WebRequest) => Promise<WebAnswer> {
  const { asks, feedback, people, links, clock, nudge } = needs;
  const visits = allowance(perLink, clock);

  async function linkOf({ path }: WebRequest): Promise<SurveyLink | null> {
    const signer = await links.signer();
    const content = signer?.read(surveyPurpose, path) ?? null;
    const link = content === null ? null : unpackLink(content);
    return link !== null && link.expiresAt.epochMilliseconds > clock.now().epochMilliseconds ? link : null;
  }

  /** What is asked now, and what was judged before although it is no longer asked. */
  async function dimensionsOf({ survey }: PageOf): Promise<readonly Dimension[]> {
    const all = await feedback.dimensionsOf(survey.organizationId, { archived: true });
    return all.filter((one) => !one.archived || survey.scores.has(one.id));
  }

  async function drawn(of: PageOf, locale: Locale, more: Partial<SurveyPage> & { news: PageNews }): Promise<WebAnswer> {
    const { scores, recommend: recommended, remark: remarked } = of.survey;
    const content = { scores, recommend: recommended, remark: remarked };
    const dimensions = await dimensionsOf(of);
    return surveyPage({ of, locale, dimensions, content, version: of.survey.version, problems: {}, ...more });
  }

  /** Back to the page by an address of its own: loading it again sends nothing again. */
  const seeOther = (locale: Locale, news: Exclude<PageNews, null> | 'refused'): WebAnswer => ({
    status: 303,
    headers: { location: `?lang=${locale}&news=${news}`, 'content-type': 'text/plain' },
    body: '',
  });

  async function answer(
    link: SurveyLink,
    of: PageOf,
    locale: Locale,
    form: URLSearchParams,
  ): Promise<WebAnswer | null> {
    const text = textIn(locale);
    const dimensions = await dimensionsOf(of);
    const problems: Record<string, string> = {};
    const unknown = text.plain('surveys.page.problem.unknown');
    const scores = new Map<string, number>();
    for (const { id } of dimensions) {
      const read = score.safeParse(form.get(fieldOf(id)) ?? '');
      if (!read.success) problems[fieldOf(id)] = unknown;
      else if (read.data !== null) scores.set(id, read.data);
    }
    const recommended = recommend.safeParse(form.get('recommend') ?? '');
    if (!recommended.success) problems.recommend = unknown;
    const remarked = remark.parse(form.get('remark') ?? '');
    if (remarked !== null && remarked.length > longestRemark)
      problems.remark = text.plain('surveys.page.problem.tooLong', { length: remarked.length, max: longestRemark });
    const content: SurveyContent = { scores, recommend: recommended.data ?? null, remark: remarked };
    if (Object.keys(problems).length === 0 && !saysSomething(content))
      problems.form = text.plain('surveys.page.problem.nothing');
    const seen = version.safeParse(form.get('version') ?? '').data ?? 0;
    const wrong = (why: PageProblems, page: PageOf) =>
      surveyPage({
        of: page,
        locale,
        dimensions,
        content,
        version: page.survey.version,
        news: null,
        problems: why,
        status: 422,
      });
    if (Object.keys(problems).length > 0) return wrong(problems, of);
    const now = clock.now();
    const [hearing, all] = await Promise.all([
      people.people(link.organizationId, hearers(of.survey, of.accountOwnerId)),
      feedback.dimensionsOf(link.organizationId, { archived: true }),
    ]);
    const active = [...hearing.values()].filter((one) => one.active);
    const result = await asks.answer(link, { ...content, version: seen, now }, (after, before) =>
      toldOfAnswer(after, { hearing: active, dimensions: all, changed: before.state === 'answered', now }),
    );
    if (result.became === 'gone') return null;
    if (result.became === 'stale') return wrong({ form: text.plain('surveys.page.problem.stale') }, result.page);
    if (result.became !== 'same') nudge();
    return seeOther(locale, result.became === 'changed' ? 'changed' : 'saved');
  }

  async function refuse(link: SurveyLink, of: PageOf, locale: Locale): Promise<WebAnswer | null> {
    const now = clock.now();
    const hearing = await people.people(link.organizationId, hearers(of.survey, of.accountOwnerId));
    const active = [...hearing.values()].filter((one) => one.active);
    const done = await asks.refuse(link, now, (page) => toldOfRefusal(page, active, now));
    if (done === null) return null;
    nudge();
    return seeOther(locale, 'refused');
  }

  return async (request) => {
    const { method, languages, query, form } = request;
    const gone = () => sorry('gone', languages);
    const link = await linkOf(request);
    if (link === null) return gone();
    const wait = visits.take(link.surveyId);
    if (wait !== null) {
      const said = sorry('tooMany', languages);
      return { ...said, headers: { ...said.headers, 'retry-after': String(wait) } };
    }
    const of = await asks.page(link, clock.now(), method === 'GET');
    if (of === null) return gone();
    const locale = localeOf.safeParse(query.get('lang')).data ?? localeOf.safeParse(of.survey.locale).data ?? 'en';
    if (method !== 'POST') return drawn(of, locale, { news: newsShown(of, query) });
    const asked = action.safeParse(form.get('do') ?? 'answer');
    if (!asked.success) return sorry('unreadable', languages);
    if (isClosed(of)) return seeOther(locale, 'refused');
    const said = asked.data === 'refuse' ? await refuse(link, of, locale) : await answer(link, of, locale, form);
    return said ?? gone();
  };
}

/** An address can say anything; what is shown is what is so. */
function newsShown({ survey }: PageOf, query: URLSearchParams): PageNews {
  const said = newsOf.safeParse(query.get('news')).data ?? null;
  return survey.state === 'answered' ? said : null;
}
