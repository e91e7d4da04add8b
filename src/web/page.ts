import { createHash } from 'node:crypto';
import { type Locale, locales, nearestLocale } from '../text/locale.ts';
import { type Text, textIn } from '../text/text.ts';
import { Html, html } from './html.ts';
import { style } from './style.ts';

/** What the little server answers. */
export interface WebAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
}

const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * A page: no script, no other source than itself, our own style only. What is not said here the server adds to every
 * answer: kept by nobody, found by no search, shown in no frame.
 */
export function page(given: { status: number; locale: Locale; title: string; body: Html }): WebAnswer {
  const { status, locale, title, body } = given;
  const whole = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${rawStyle}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'content-language': locale,
    },
    body: whole.source,
  };
}

/** Our own, which needs no escape: the hash above is of these very signs. */
const rawStyle = new Html(style);

/** Why there is nothing to see; each is a sentence of the catalogue. */
export type Sorry = 'gone' | 'tooMany' | 'tooLarge' | 'unreadable' | 'broken' | 'busy';

const statuses: Readonly<Record<Sorry, number>> = {
  gone: 404,
  tooMany: 429,
  tooLarge: 413,
  unreadable: 400,
  broken: 500,
  busy: 503,
};

/** One sentence, in the language that the browser asks for and then in the other: nothing else is known of who reads it. */
export function sorry(why: Sorry, languages: string | undefined, more: { code?: string } = {}): WebAnswer {
  const first = preferred(languages);
  const texts = [first, ...locales.filter((one) => one !== first)].map((locale) => textIn(locale));
  const inOne = (text: Text) => html`<section lang="${text.locale}">
<h1>${text.plain(`web.${why}.title`)}</h1>
<p>${text.plain(`web.${why}.words`)}</p>${
    more.code === undefined
      ? ''
      : html`
<p>${text.plain('web.code', { code: more.code })}</p>`
  }
</section>`;
  const title = texts.map((text) => text.plain(`web.${why}.title`)).join(' · ');
  return page({ status: statuses[why], locale: first, title, body: html`${texts.map(inOne)}` });
}

/** The first of a browser's languages that we speak (RFC 9110, 12.5.4; their weights are in falling order); else English. */
function preferred(languages: string | undefined): Locale {
  const asked = (languages ?? '').slice(0, 200).split(',');
  return asked.map((one) => nearestLocale(one.trim().split(';')[0])).find((one) => one !== null) ?? 'en';
}
