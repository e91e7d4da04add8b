import { z } from 'zod';
import { locales } from '../text/locale.ts';
import { allowance } from '../web/allowance.ts';
import { sorry, type WebAnswer } from '../web/page.ts';
import type { WebRequest } from '../web/server.ts';
import type { WithStores } from './needs.ts';
import { surveyPage } from './page.ts';
import { previewPurpose, unpackLink } from './survey-link.ts';

/** Requests a minute of one preview. */
const perLink = 60;
const localeOf = z.enum(locales);

/**
 * The page as the customer will see it, for who asks them. A look at it counts as nobody's, what the customer has
 * answered is not in it, and nothing can be sent from it: its links are signed for nothing else.
 */
export function previewSite(needs: WithStores): (request: WebRequest) => Promise<WebAnswer> {
  const { asks, feedback, links, clock } = needs;
  const looks = allowance(perLink, clock);

  return async ({ method, path, query, languages }) => {
    const gone = () => sorry('gone', languages);
    const content = (await links.signer())?.read(previewPurpose, path) ?? null;
    const link = content === null ? null : unpackLink(content);
    const now = clock.now();
    if (link === null || link.expiresAt.epochMilliseconds <= now.epochMilliseconds) return gone();
    const wait = looks.take(link.surveyId);
    if (wait !== null) {
      const said = sorry('tooMany', languages);
      return { ...said, headers: { ...said.headers, 'retry-after': String(wait) } };
    }
    const of = await asks.page(link, now, false);
    if (of === null) return gone();
    const locale = localeOf.safeParse(query.get('lang')).data ?? localeOf.safeParse(of.survey.locale).data ?? 'en';
    const isSent = method === 'POST';
    const drawn = surveyPage({
      of,
      locale,
      dimensions: await feedback.dimensionsOf(of.survey.organizationId),
      version: of.survey.version,
      content: { scores: new Map(), recommend: null, remark: null },
      news: null,
      problems: {},
      isPreview: true,
      ...(isSent ? { status: 405 } : {}),
    });
    return isSent ? { ...drawn, headers: { ...drawn.headers, allow: 'GET, HEAD' } } : drawn;
  };
}
