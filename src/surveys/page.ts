import { type Dimension, dimensionName } from '../feedback/index.ts';
import { type Locale, locales } from '../text/locale.ts';
import { type Text, textIn } from '../text/text.ts';
import { type Html, html, none } from '../web/html.ts';
import { page, type WebAnswer } from '../web/page.ts';
import { isClosed, longestRemark, mostRecommend, type PageOf, type SurveyContent } from './survey.ts';

/** What is wrong with what was sent, by field. */
export type PageProblems = Readonly<Partial<Record<string, string>>>;

/** What stands above the form: that it was saved. */
export type PageNews = 'saved' | 'changed' | null;

export interface SurveyPage {
  of: PageOf;
  locale: Locale;
  /** What is asked, in the organisation's order. */
  dimensions: readonly Dimension[];
  /** What the form holds. */
  content: SurveyContent;
  /** The version that the form was drawn from. */
  version: number;
  news: PageNews;
  problems: PageProblems;
  /** As who asks sees it beforehand: nothing can be sent. */
  isPreview?: boolean;
  status?: number;
}

/** The name of a dimension's answer in the form. */
export const fieldOf = (dimensionId: string): string => `d-${dimensionId}`;

const namesOfLanguages: Readonly<Record<Locale, string>> = { en: 'English', 'zh-CN': '中文' };

/** The customer's form. It shows our company and how they are addressed, and nothing else that we know. */
export function surveyPage(given: SurveyPage): WebAnswer {
  const { of, locale, news, problems, isPreview = false } = given;
  const text = textIn(locale);
  const wrong = Object.entries(problems).filter(([, sentence]) => sentence !== undefined);
  const heading = text.plain('surveys.page.title', { company: of.company });
  // The title is what a screen reader says first.
  const prefix =
    wrong.length > 0
      ? text.plain('surveys.page.errorPrefix')
      : isPreview
        ? text.plain('surveys.page.previewPrefix')
        : news === null
          ? ''
          : `${text.plain('surveys.page.thanks')} `;
  const body = html`${header(given)}${isPreview ? preview(text) : none}
<h1>${heading}</h1>
${newsOf(given, text)}${wrong.length > 0 ? summary(wrong, given, text) : none}${isClosed(of) ? none : form(given, text)}`;
  return page({ status: given.status ?? 200, locale, title: `${prefix}${heading}`, body });
}

function header({ of, locale }: SurveyPage): Html {
  const others = locales
    .filter((one) => one !== locale)
    .map((one) => html`<a href="?lang=${one}" lang="${one}" hreflang="${one}">${namesOfLanguages[one]}</a>`);
  return html`<header>
<span class="company">${of.company}</span>
${others}
</header>`;
}

const preview = (text: Text): Html => html`
<div class="wrong" role="note"><h2>${text.plain('surveys.page.preview')}</h2>
<p>${text.plain('surveys.page.previewWords')}</p></div>`;

function newsOf({ of, news }: SurveyPage, text: Text): Html {
  const { survey, timeZone } = of;
  const refused = of.refusal === 'link' ? 'refusedLink' : 'refused';
  if (isClosed(of))
    return html`<div class="said" role="status"><p>${text.plain(`surveys.page.${refused}`, { company: of.company })}</p></div>
`;
  if (news === null) return none;
  const until = survey.expiresAt === null ? '' : text.moment(survey.expiresAt, timeZone);
  return html`<div class="said" role="status"><h2>${text.plain('surveys.page.thanks')}</h2>
<p>${text.plain(`surveys.page.${news}`, { until })}</p></div>
`;
}

/** All that is wrong, with the way to each (WCAG 2.2, technique G139). */
function summary(wrong: readonly (readonly [string, string | undefined])[], given: SurveyPage, text: Text): Html {
  const items = wrong.map(
    ([field, sentence]) => html`<li><a href="#${anchorOf(field, given)}">${sentence ?? ''}</a></li>`,
  );
  return html`<div class="wrong" role="alert" id="wrong"><h2>${text.plain('surveys.page.wrong')}</h2><ul>${items}</ul></div>
`;
}

const anchorOf = (field: string, { dimensions }: SurveyPage): string => {
  if (field !== 'form') return field;
  const [first] = dimensions;
  return first === undefined ? 'recommend' : fieldOf(first.id);
};

function form(given: SurveyPage, text: Text): Html {
  const { of, dimensions, content, version, problems, locale, isPreview = false } = given;
  const { survey } = of;
  const greeting =
    survey.contact === null
      ? text.plain('surveys.message.greeting')
      : text.plain('surveys.message.greetingTo', { contact: survey.contact.name });
  const until = survey.expiresAt === null ? '' : text.moment(survey.expiresAt, of.timeZone);
  const scales = dimensions.map((one) => {
    const values = ['1', '2', '3', '4', '5'].map((value) => ({
      value,
      label: value,
      spoken: text.plain(`surveys.score.${value as '1'}`),
    }));
    const score = content.scores.get(one.id);
    return scale(
      { name: fieldOf(one.id), legend: dimensionName(one, text), values, chosen: score, ends: 'score' },
      problems,
      text,
    );
  });
  const recommends = Array.from({ length: mostRecommend + 1 }, (_, value) => ({
    value: String(value),
    label: String(value),
    spoken: String(value),
  }));
  const recommend = scale(
    {
      name: 'recommend',
      legend: text.plain('surveys.page.recommend', { company: of.company }),
      values: recommends,
      chosen: content.recommend ?? undefined,
      ends: 'recommend',
    },
    problems,
    text,
  );
  const remarkHints = ['remark-hint', ...(problems.remark === undefined ? [] : ['remark-problem'])].join(' ');
  const send = survey.state === 'answered' && !isPreview ? 'sendAgain' : 'send';
  const questions = html`${scales}
${recommend}
<fieldset>
<label class="label" for="remark">${text.plain('surveys.page.remark')}</label>
<p class="hint" id="remark-hint">${text.plain('surveys.page.remarkHint', { max: longestRemark })}</p>${problemOf('remark', problems)}
<textarea id="remark" name="remark" rows="5" aria-describedby="${remarkHints}"${problems.remark === undefined ? none : html` aria-invalid="true"`}>
${content.remark ?? ''}</textarea>
</fieldset>`;
  // A preview has no form at all: there is nothing that a browser could send, whatever is pressed.
  return html`<p>${greeting}</p>
<p>${text.plain('surveys.page.intro', { company: of.company })}</p>
<p class="hint">${text.plain('surveys.page.until', { until })}</p>
${
  isPreview
    ? html`${questions}
<p class="send"><button class="second" type="button" disabled>${text.plain(`surveys.page.${send}`)}</button></p>`
    : html`<form method="post" action="?lang=${locale}" novalidate>
<input type="hidden" name="version" value="${version}">
${questions}
<p class="send"><button type="submit" name="do" value="answer">${text.plain(`surveys.page.${send}`)}</button></p>
</form>`
}
${refusing(given, text)}`;
}

/** What it closes depends on whether the link says who they are. */
function refusing({ of, locale, isPreview = false }: SurveyPage, text: Text): Html {
  const words = of.survey.contact === null ? 'refuseLinkWords' : 'refuseWords';
  const yes = text.plain(`surveys.page.${of.survey.contact === null ? 'refuseLinkYes' : 'refuseYes'}`);
  return html`<details>
<summary>${text.plain('surveys.page.refuse')}</summary>
<p>${text.plain(`surveys.page.${words}`, { company: of.company })}</p>
${
  isPreview
    ? html`<button class="second" type="button" disabled>${yes}</button>`
    : html`<form method="post" action="?lang=${locale}">
<button class="second" type="submit" name="do" value="refuse">${yes}</button>
</form>`
}
</details>`;
}

const problemOf = (field: string, problems: PageProblems): Html =>
  problems[field] === undefined ? none : html`<p class="problem" id="${field}-problem">${problems[field] ?? ''}</p>`;

interface Scale {
  name: string;
  legend: string;
  values: readonly { value: string; label: string; spoken: string }[];
  chosen: number | undefined;
  ends: 'score' | 'recommend';
}

/** One of several in a row, with the choice to say nothing: a button that was pressed by mistake can be taken back. */
function scale({ name, legend, values, chosen, ends }: Scale, problems: PageProblems, text: Text): Html {
  const boxes = values.map(({ value, label, spoken }, index) => {
    // What an error leads to is the first of them.
    const id = index === 0 ? html` id="${name}"` : none;
    const heard = spoken === label ? none : html` <span class="hidden">${spoken}</span>`;
    const on = String(chosen) === value ? html` checked` : none;
    return html`<label><input type="radio"${id} name="${name}" value="${value}"${on}><span class="box">${label}${heard}</span></label>
`;
  });
  const nothing = html`<label><input type="radio" name="${name}" value=""${chosen === undefined ? html` checked` : none}><span class="box noanswer">${text.plain('surveys.page.noAnswer')}</span></label>`;
  const described = problems[name] === undefined ? none : html` aria-describedby="${name}-problem"`;
  return html`<fieldset${described}>
<legend>${legend}</legend>${problemOf(name, problems)}
<div class="scale">
${boxes}${nothing}
</div>
<p class="ends" aria-hidden="true"><span>${text.plain(`surveys.page.${ends}.low`)}</span><span>${text.plain(`surveys.page.${ends}.high`)}</span></p>
</fieldset>
`;
}
