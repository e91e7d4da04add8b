import { type Account, belongs } from '../accounts/index.ts';
import { plainAnswers } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import {
  fix,
  forbidden,
  missing,
  notAllowed,
  notFound,
  notice,
  type Reply,
  redraw,
  refuseForm,
  show,
} from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { reach } from '../people/index.ts';
import type { Words } from '../text/words.ts';
import { accountCard, surveyCard } from './cards.ts';
import { type ScoreAnswers, scoreForm } from './forms.ts';
import { finding, type WithStores } from './needs.ts';
import { placesOf, scoresIn, withScores } from './score-places.ts';
import { mayAsk, mayChange, mayRead, mayScore, type Survey, type SurveyContent, sourceOf } from './survey.ts';
import type { VisitOrigin, VisitStore } from './visit-store.ts';

/** Lines of an account's card; older ones are in the report. */
const shown = 8;

/** Scores of our service as we see them: entered, corrected, seen. */
export function createScoring(needs: WithStores & { visits: VisitStore }) {
  const { store, visits, feedback } = needs;
  const find = finding(needs);

  const dimensions = ({ me }: Call) => feedback.dimensionsOf(me.organizationId, { archived: true });
  const readerOf = (call: Call) => ({ ...call, timeZone: call.me.timeZone });

  /** The account, and the visit after which it is scored; else why not. */
  async function origin(
    call: Call,
    about: string | undefined,
  ): Promise<{ account: Account; visit: VisitOrigin | null } | 'notFound' | 'notAllowed'> {
    const [to, id] = about?.split(':') ?? [];
    const visit = to === 'visit' && isPointer(id) ? await visits.origin(call.me.organizationId, id) : null;
    const account = await find.account(call, to === 'account' ? id : visit?.accountId);
    if (account === null) return 'notFound';
    return mayScore(account, call.me, visit?.personIds) ? { account, visit } : 'notAllowed';
  }

  /** The form; without an account it is asked for too. */
  async function askScores(
    call: Call,
    given: {
      id: string;
      account: Pick<Account, 'id' | 'name'> | null;
      visit: VisitOrigin | null;
      survey?: Survey;
      /** What was typed, when it is asked again. */
      answers?: ReturnType<typeof withScores>;
      intro?: Words;
    },
  ): Promise<Reply> {
    const { me, text, today } = call;
    const { account, visit, survey } = given;
    const places = placesOf(await dimensions(call), survey?.scores, text, given.answers?.typed);
    const day = survey?.scoredOn ?? visit?.date ?? today;
    return ask({
      form: scoreForm,
      id: given.id,
      about: {
        dimensions: places.order,
        ...(account === null ? {} : { account: account.id }),
        ...(visit === null ? {} : { visit: visit.id }),
        ...(survey === undefined ? {} : { survey: survey.id, version: String(survey.version) }),
      },
      initial: {
        scoredOn: day.toString(),
        ...places.initial,
        ...(survey?.recommend == null ? {} : { recommend: survey.recommend }),
        ...(survey?.remark == null ? {} : { remark: survey.remark }),
        ...given.answers?.others,
      },
      without: [...places.without, ...(account === null ? [] : ['account'])],
      labels: places.labels,
      ...(given.intro !== undefined
        ? { intro: given.intro }
        : account === null
          ? {}
          : { intro: text.words('surveys.form.score.intro', { account: { strong: account.name }, who: me.name }) }),
    });
  }

  async function open(call: Call, about: string | undefined): Promise<Reply> {
    if (about === undefined) {
      if (reach(call.me, 'survey.add') === 'none') return notAllowed(call);
      return askScores(call, { id: newId(), account: null, visit: null });
    }
    const found = await origin(call, about);
    if (found === 'notFound') return notFound(call);
    return found === 'notAllowed' ? notAllowed(call) : askScores(call, { id: newId(), ...found });
  }

  /** `score [account]`. */
  async function command(call: Call, rest: string): Promise<Reply> {
    if (rest.trim() === '') return open(call, undefined);
    const found = await find.named(call, rest, (one) => ({ opens: 'surveys.score', about: `account:${one.id}` }));
    return 'reply' in found ? found : open(call, `account:${found.account.id}`);
  }

  /** A survey with its account, when this person may see it. */
  async function visible(call: Call, id: string | undefined): Promise<{ survey: Survey; account: Account } | null> {
    const survey = isPointer(id) ? await store.find(call.me.organizationId, id) : null;
    if (survey === null) return null;
    const account = await needs.accounts.get(call.me.organizationId, survey.account.id);
    return account !== null && mayRead(belongs(account), survey, call.me) ? { survey, account } : null;
  }

  async function card(call: Call, survey: Survey, account: Account, happened?: Words) {
    const [versions, all] = await Promise.all([
      survey.version > 1 ? store.versions(survey.organizationId, survey.id) : [],
      dimensions(call),
    ]);
    return surveyCard(survey, readerOf(call), {
      dimensions: all,
      versions,
      mayChange: mayChange(survey, account, call.me),
      mayAsk: mayAsk(account, call.me),
      ...(happened === undefined ? {} : { happened }),
    });
  }

  async function showOne(call: Call, about: string | undefined): Promise<Reply> {
    const found = await visible(call, about);
    if (found === null || found.survey.state !== 'answered') return notFound(call);
    return show(await card(call, found.survey, found.account));
  }

  async function openEdit(call: Call, about: string | undefined): Promise<Reply> {
    const found = await visible(call, about);
    if (found === null) return notFound(call);
    const { survey, account } = found;
    if (!mayChange(survey, account, call.me)) return notAllowed(call);
    return askScores(call, { id: newId(), account, visit: null, survey });
  }

  function contentOf(answers: ScoreAnswers, order: string): SurveyContent {
    const { recommend = null, remark = null } = answers;
    return { scores: scoresIn(answers, order), recommend, remark };
  }

  async function submit(call: Call, answers: ScoreAnswers, form: Shown): Promise<Reply> {
    const { me, now, today, text } = call;
    if (!isPointer(form.id)) return notice(text.plain('chat.form.closed'));
    const content = contentOf(answers, form.about.dimensions ?? '');
    if (form.about.survey !== undefined) return change(call, answers, content, form);
    const { visit: visitId, account = answers.account } = form.about;
    const found = await origin(call, visitId === undefined ? `account:${account}` : `visit:${visitId}`);
    if (typeof found === 'string') {
      const isAsked = !form.without.includes('account');
      return isAsked ? fix({ account: text.plain('surveys.problem.account') }) : notice(text.plain(`chat.${found}`));
    }
    const visitors = found.visit?.personIds ?? [];
    const isThere = await store.add({
      organizationId: me.organizationId,
      id: form.id,
      accountId: found.account.id,
      visitId: found.visit?.id ?? null,
      source: sourceOf(found.account, me, visitors),
      authorId: me.id,
      scoredOn: answers.scoredOn ?? today,
      at: now,
      ...content,
    });
    const survey = isThere ? await store.ofRequest(me.organizationId, form.id) : null;
    if (survey === null) return refuseForm(missing, call);
    return show(await card(call, survey, found.account, text.words('surveys.card.saved')));
  }

  async function change(call: Call, answers: ScoreAnswers, content: SurveyContent, form: Shown): Promise<Reply> {
    const { me, now, text } = call;
    const found = await visible(call, form.about.survey);
    if (found === null) return refuseForm(missing, call);
    if (!mayChange(found.survey, found.account, me)) return refuseForm(forbidden, call);
    const version = Number(form.about.version);
    const result = await store.replace({
      organizationId: me.organizationId,
      id: found.survey.id,
      version,
      by: me.id,
      at: now,
      requestKey: form.id,
      scoredOn: answers.scoredOn ?? found.survey.scoredOn,
      ...content,
    });
    if (result.became === 'gone') return refuseForm(missing, call);
    if (result.became === 'changed') return somebodyWasFaster(call, answers, result.survey, found.account, form);
    return redraw(await card(call, result.survey, found.account, text.words('surveys.card.corrected')));
  }

  /** The same form with all that was typed, and what the other one made of it. */
  async function somebodyWasFaster(
    call: Call,
    answers: ScoreAnswers,
    survey: Survey,
    account: Account,
    form: Shown,
  ): Promise<Reply> {
    const [last] = await store.versions(survey.organizationId, survey.id);
    const who: Words = last?.by ? { person: last.by.id, name: last.by.name } : survey.author.name;
    return askScores(call, {
      id: form.id,
      account,
      visit: null,
      survey,
      answers: withScores(plainAnswers(answers), form.about.dimensions ?? ''),
      intro: call.text.words('surveys.form.score.changed', { who }),
    });
  }

  /** What is known of our service to an account. */
  async function showAccount(call: Call, about: string | undefined): Promise<Reply> {
    const { me, now } = call;
    const account = await find.account(call, about);
    if (account === null) return notFound(call);
    const [surveys, all] = await Promise.all([
      store.ofAccount(me.organizationId, account.id, now, 50),
      dimensions(call),
    ]);
    const seen = surveys.filter((survey) => mayRead(belongs(account), survey, me));
    return show(
      accountCard(account, seen.slice(0, shown), readerOf(call), {
        dimensions: all,
        mayScore: mayScore(account, me),
        mayAsk: mayAsk(account, me),
        me: me.id,
        more: seen.length > shown,
      }),
    );
  }

  const slice: Required<Pick<Slice, 'commands' | 'openers' | 'actions' | 'forms'>> = {
    commands: [{ words: ['score', '评分'], usage: 'surveys.score.usage', help: 'surveys.score.help', run: command }],
    openers: [
      { name: 'surveys.score', run: open },
      { name: 'surveys.edit', run: openEdit },
    ],
    actions: [
      { name: 'surveys.show', run: showOne },
      { name: 'surveys.account', run: showAccount },
    ],
    forms: [handles({ form: scoreForm, keepsDraft: false, submit })],
  };
  return { slice, visible, showAccount };
}

export type Scoring = ReturnType<typeof createScoring>;
