import type { Temporal } from 'temporal-polyfill';
import { type Button, type Card, type Fact, type Item, labelled, type Part } from '../chat/card.ts';
import { type Dimension, dimensionName } from '../feedback/index.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { isLow, isOpen, type Named, type OldAnswers, type Survey, type SurveyContent } from './survey.ts';

/** For whom it is drawn. */
export interface Reader {
  text: Text;
  today: Temporal.PlainDate;
  /** IANA name. */
  timeZone: string;
}

const person = ({ id, name }: Named): Words => ({ person: id, name });
const strong = (words: Words): Words => ({ strong: words });

/** Longest remark on a card; the whole of it is in the report. */
const shownRemark = 600;

/** A score out of its five. */
const outOf = (score: number, text: Text) => text.plain('surveys.card.outOf', { score });

/** What was judged, a line each, in the organisation's order; what nobody judged is left out. */
function scoreFacts(
  { scores, recommend, remark }: SurveyContent,
  dimensions: readonly Dimension[],
  text: Text,
): Fact[] {
  const judged = dimensions.flatMap((one): Fact[] => {
    const score = scores.get(one.id);
    return score === undefined ? [] : [{ label: dimensionName(one, text), value: outOf(score, text) }];
  });
  return [
    ...judged,
    ...(recommend === null
      ? []
      : [{ label: text.plain('surveys.card.recommend'), value: text.plain('surveys.card.outOfTen', { recommend }) }]),
    ...(remark === null ? [] : [{ label: text.plain('surveys.card.remark'), value: cut(remark, shownRemark) }]),
  ];
}

/** Whose view it is, as people say it. */
const sourceWords = (survey: Pick<Survey, 'source' | 'author' | 'contact'>, text: Text): Words =>
  survey.source === 'customer'
    ? survey.contact === null
      ? text.words('surveys.source.customer')
      : text.words('surveys.source.contact', { contact: survey.contact.name })
    : text.words(`surveys.source.${survey.source}`, { who: person(survey.author) });

/** "Save as feedback", where something went badly. */
const lowParts = (survey: Survey, text: Text): Part[] =>
  isLow(survey)
    ? [
        { kind: 'warning', words: text.words('surveys.card.low') },
        {
          kind: 'buttons',
          buttons: [
            {
              label: text.plain('surveys.button.feedback'),
              opens: 'feedback.add',
              about: `account:${survey.account.id}`,
              look: 'primary',
            },
          ],
        },
      ]
    : [];

const showButton = (survey: Survey, text: Text): Button => ({
  label: text.plain('surveys.button.show'),
  spoken: text.plain('surveys.button.showOf', { account: survey.account.name }),
  does: 'surveys.show',
  about: survey.id,
});

/** Everything about one survey, with what this person may do with it, and how it was before. */
export function surveyCard(
  survey: Survey,
  reader: Reader,
  given: {
    dimensions: readonly Dimension[];
    versions: readonly OldAnswers[];
    mayChange: boolean;
    mayAsk: boolean;
    happened?: Words;
  },
): Card {
  const { text, today, timeZone } = reader;
  const { dimensions, versions } = given;
  const facts: Fact[] = [
    { label: text.plain('surveys.card.by'), value: sourceWords(survey, text) },
    { label: text.plain('surveys.card.day'), value: text.day(survey.scoredOn, today) },
    ...scoreFacts(survey, dimensions, text),
    ...(survey.version > 1
      ? [
          {
            label: text.plain('surveys.card.changed'),
            value: text.plain('surveys.card.version', { version: survey.version }),
          },
        ]
      : []),
  ];
  const buttons: Button[] = [
    ...(given.mayChange
      ? [{ label: text.plain('surveys.button.edit'), opens: 'surveys.edit', about: survey.id } as const]
      : []),
    ...(given.mayAsk
      ? [
          {
            label: text.plain('surveys.button.ask'),
            opens: 'surveys.ask',
            about: survey.account.id,
          } as const,
        ]
      : []),
    { label: text.plain('surveys.button.all'), does: 'surveys.account', about: survey.account.id },
  ];
  const earlier = versions.map(
    (old): Item => ({
      words: text.words('surveys.card.replaced', {
        version: old.version,
        by: old.by === null ? 'customer' : 'person',
        who: old.by === null ? '' : person(old.by),
        moment: text.moment(old.replacedAt, timeZone),
      }),
      detail: scoreFacts(old, dimensions, text).flatMap(({ label, value }, index) =>
        index === 0 ? [labelled(label), value] : [' · ', labelled(label), value],
      ),
    }),
  );
  return {
    title: text.words('surveys.card.title', { account: strong(survey.account.name) }),
    body: [
      ...(given.happened === undefined ? [] : [{ kind: 'words', words: given.happened } as const]),
      { kind: 'facts', facts },
      ...lowParts(survey, text),
      ...(earlier.length === 0
        ? []
        : [
            { kind: 'heading', words: text.words('surveys.card.history') } as const,
            { kind: 'list', items: earlier } as const,
          ]),
      { kind: 'buttons', buttons },
    ],
  };
}

/** The private message to who asked and who looks after the account. */
export function answeredCard(
  survey: Survey,
  reader: Reader,
  given: { dimensions: readonly Dimension[]; changed: boolean },
): Card {
  const { text } = reader;
  const who = survey.contact === null ? '' : survey.contact.name;
  const account = strong(survey.account.name);
  const what = given.changed ? 'changedAnswer' : 'answered';
  return {
    title:
      who === ''
        ? text.words(`surveys.told.${what}`, { account })
        : text.words(`surveys.told.${what}By`, { contact: who, account }),
    body: [
      { kind: 'facts', facts: scoreFacts(survey, given.dimensions, text) },
      ...lowParts(survey, text),
      { kind: 'buttons', buttons: [showButton(survey, text)] },
    ],
  };
}

/** What is known of our service to one account: who said what, who was asked. */
export function accountCard(
  account: Named,
  surveys: readonly Survey[],
  reader: Reader & { now: Temporal.Instant },
  given: { dimensions: readonly Dimension[]; mayScore: boolean; mayAsk: boolean; me: string; more: boolean },
): Card {
  const { text, today, now, timeZone } = reader;
  const line = (survey: Survey): Item => {
    const who = sourceWords(survey, text);
    if (survey.state === 'asked') {
      const until = survey.expiresAt === null ? '' : text.moment(survey.expiresAt, timeZone);
      const opened = survey.openedAt === null ? 'unopened' : 'opened';
      const mine = survey.author.id === given.me && isOpen(survey, now);
      return {
        words: who,
        detail: text.words(`surveys.account.${opened}`, { until, who: person(survey.author) }),
        ...(mine
          ? { buttons: [{ label: text.plain('surveys.button.link'), does: 'surveys.link', about: survey.id }] }
          : {}),
      };
    }
    const facts = scoreFacts({ ...survey, remark: null }, given.dimensions, text);
    return {
      words: [who, ' · ', text.day(survey.scoredOn, today)],
      detail: facts.flatMap(({ label, value }, index) =>
        index === 0 ? [`${label} `, value] : [' · ', `${label} `, value],
      ),
      buttons: [showButton(survey, text)],
    };
  };
  const buttons: Button[] = [
    ...(given.mayAsk
      ? [{ label: text.plain('surveys.button.ask'), opens: 'surveys.ask', about: account.id, look: 'primary' } as const]
      : []),
    ...(given.mayScore
      ? [{ label: text.plain('surveys.button.score'), opens: 'surveys.score', about: `account:${account.id}` } as const]
      : []),
    ...(given.mayAsk
      ? [{ label: text.plain('surveys.button.silence'), opens: 'surveys.silence', about: account.id } as const]
      : []),
  ];
  return {
    title: text.words('surveys.card.title', { account: strong(account.name) }),
    body: [
      surveys.length === 0
        ? { kind: 'words', words: text.words('surveys.account.none') }
        : {
            kind: 'list',
            items: surveys.map(line),
            ...(given.more ? { more: text.words('surveys.account.more') } : {}),
          },
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const]),
    ],
  };
}

/** Several customers may be meant. */
export const chooseCard = (
  name: string,
  choices: readonly Named[],
  text: Text,
  button: (one: Named) => Button,
): Card => ({
  title: text.words('surveys.choose.title'),
  body: [
    { kind: 'words', words: text.words('surveys.choose.words', { name }) },
    { kind: 'buttons', buttons: choices.map(button) },
  ],
});
