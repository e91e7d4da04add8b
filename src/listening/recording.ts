import { type Asked, plainAnswers } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import {
  fix,
  forbidden,
  missing,
  notAllowed,
  notFound,
  notice,
  type Reply,
  refuse,
  refuseForm,
} from '../chat/reply.ts';
import { ask, type Call, type FormHandler, handles, type Opener, type Shown } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { placesOf, scoresIn, withScores } from '../surveys/index.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import { hasScores, type RecordAnswers, recordForm } from './forms.ts';
import { type Listening, mayRecord } from './listening.ts';
import type { WithStores } from './needs.ts';
import type { Planning } from './planning.ts';
import type { Showing } from './showing.ts';
import { toldOf } from './told.ts';

/** Writing down what a customer said to a manager: the visit, the scores and the words are stored together. */
export function createRecording(needs: WithStores & { showing: Showing; planning: Planning }) {
  const { records, store, surveys, visits, drafts, feedback, people, showing, planning, nudge } = needs;

  /** The form; for what was recorded before, with what stands there. */
  async function askRecord(
    call: Call,
    one: Listening,
    given: {
      id: string;
      /** What was typed, when it is asked again. */
      answers?: ReturnType<typeof withScores>;
      intro?: Words;
      second?: boolean;
      offer?: Asked['offer'];
    },
  ): Promise<Reply> {
    const { text, today } = call;
    const { id, answers, second = false, offer } = given;
    const isDone = one.state === 'done';
    const [survey, dimensions] = await Promise.all([
      one.surveyId === null ? null : surveys.find(one.organizationId, one.surveyId),
      feedback.dimensionsOf(one.organizationId, { archived: true }),
    ]);
    const places = placesOf(dimensions, survey?.scores, text, answers?.typed);
    const day = one.plannedOn.since(today).sign > 0 ? today : one.plannedOn;
    const account = { strong: one.account.name };
    return ask({
      form: recordForm,
      id,
      about: {
        listening: one.id,
        version: String(one.version),
        dimensions: places.order,
        accountName: cut(one.account.name, 120),
        ...(survey === null ? {} : { survey: survey.id, surveyVersion: String(survey.version) }),
      },
      initial: {
        ...(isDone ? {} : { day: day.toString() }),
        ...places.initial,
        ...(survey?.recommend == null ? {} : { recommend: survey.recommend }),
        ...(one.heard === null ? {} : { heard: one.heard }),
        ...(one.improve === null ? {} : { improve: one.improve }),
        ...answers?.others,
      },
      labels: places.labels,
      without: [...places.without, ...(second ? [] : ['second']), ...(isDone ? ['day'] : [])],
      intro: given.intro ?? text.words(`listening.form.record.${isDone ? 'edit' : 'intro'}`, { account }),
      ...(offer === undefined ? {} : { offer }),
    });
  }

  async function openRecord(call: Call, about: string | undefined): Promise<Reply> {
    const one = await showing.readable(call, about);
    if (one === null) return notFound(call);
    if (one.state !== 'planned') return showing.card(call, one);
    if (!mayRecord(one, call.me)) return notAllowed(call);
    const draft = await drafts.offer(one.organizationId, call.me.id, recordForm.name);
    if (draft === null) return askRecord(call, one, { id: newId() });
    const account = { strong: draft.about.accountName ?? '' };
    const words = call.text.words('listening.form.record.resume', { account });
    const label = call.text.plain('listening.button.resume');
    return askRecord(call, one, {
      id: newId(),
      offer: { words, button: { label, opens: 'listening.resume', about: draft.id } },
    });
  }

  /** A draft again, under the id of its form: saving it twice cannot make two visits. */
  async function resume(call: Call, draftId: string | undefined): Promise<Reply> {
    const { me } = call;
    const draft = await drafts.take(me.organizationId, me.id, draftId ?? '');
    const one = await showing.readable(call, draft?.about.listening);
    if (draft === null || one === null) return notFound(call);
    if (one.state !== 'planned') return showing.card(call, one);
    if (!mayRecord(one, me)) return notAllowed(call);
    const answers = withScores(draft.answers, draft.about.dimensions ?? '');
    return askRecord(call, one, { id: draft.id, answers, second: answers.others.second === true });
  }

  async function openEdit(call: Call, about: string | undefined): Promise<Reply> {
    const one = await planning.changeable(call, about);
    if ('refused' in one) return refuse(one, call);
    return one.state === 'done' ? askRecord(call, one, { id: newId() }) : showing.card(call, one);
  }

  const contentOf = (answers: RecordAnswers, form: Shown) => {
    const { recommend = null } = answers;
    return { scores: scoresIn(answers, form.about.dimensions ?? ''), recommend, remark: null };
  };

  const typedIn = (answers: RecordAnswers, form: Shown) =>
    withScores(plainAnswers(answers), form.about.dimensions ?? '');

  /** The same form with all that was typed: what it is about is not as it was seen. */
  const somebodyWasFaster = (
    call: Call,
    one: Listening,
    answers: RecordAnswers,
    form: Shown,
  ): Promise<Reply> | Reply =>
    one.state === 'dropped'
      ? notice(call.text.plain('listening.problem.droppedSeen'))
      : askRecord(call, one, {
          id: form.id,
          answers: typedIn(answers, form),
          second: !form.without.includes('second'),
          intro: call.text.words(`listening.problem.${one.state === 'done' ? 'recordedSeen' : 'movedSeen'}`),
        });

  async function submit(call: Call, answers: RecordAnswers, form: Shown): Promise<Reply> {
    const { me, text } = call;
    if (!isPointer(form.id)) return notice(text.plain('chat.form.closed'));
    const one = await showing.readable(call, form.about.listening);
    if (one === null) return refuseForm(missing, call);
    if (one.recordKey === form.id) return showing.card(call, one, text.words('listening.done.recorded'));
    if (form.without.includes('day')) return correct(call, one, answers, form);
    if (!mayRecord(one, me)) return refuseForm(forbidden, call);
    return record(call, one, answers, form);
  }

  async function record(call: Call, one: Listening, answers: RecordAnswers, form: Shown): Promise<Reply> {
    const { me, now, text, today } = call;
    const { organizationId, account, purpose } = one;
    const { day, heard, improve = null } = answers;
    const visit = await visits.prepare(call, {
      requestKey: form.id,
      accountId: account.id,
      date: day,
      purpose,
      note: heard,
      second: answers.second,
    });
    if (visit === null) return refuseForm(missing, call);
    const scored = {
      organizationId,
      id: form.id,
      accountId: account.id,
      visitId: visit.id,
      source: 'salesManager' as const,
      authorId: me.id,
      scoredOn: day,
      at: now,
      ...contentOf(answers, form),
    };
    const rows = await toldOf('done', { ...one, plannedOn: day, heard, improve }, one.id, call, people);
    const became = await records.record(
      { organizationId, id: one.id, version: Number(form.about.version) },
      form.id,
      {
        heard,
        improve,
        visitId: visit.id,
        async visit(through) {
          const stored = await visit.store(through);
          if (stored === 'stored') return null;
          return stored === 'sameDay' ? stored : 'gone';
        },
        scores: async (through) => (hasScores(answers) && (await surveys.add(through, scored)) ? scored.id : null),
      },
      rows,
    );
    const after = await store.find(organizationId, one.id);
    if (after === null || became === 'gone') return notice(text.plain('listening.problem.gone'));
    if (became === 'changed') return somebodyWasFaster(call, after, answers, form);
    if (became === 'sameDay') {
      if (!form.without.includes('second')) return fix({ second: text.plain('listening.problem.tickSecond') });
      return askRecord(call, after, {
        id: form.id,
        answers: typedIn(answers, form),
        second: true,
        intro: text.words('listening.problem.sameDay', {
          account: { strong: account.name },
          day: text.day(day, today),
        }),
      });
    }
    nudge();
    return showing.card(call, after, text.words('listening.done.recorded'));
  }

  async function correct(call: Call, one: Listening, answers: RecordAnswers, form: Shown): Promise<Reply> {
    const { me, now, text } = call;
    const { organizationId, account, visitId, heldOn } = one;
    const found = await planning.changeable(call, one.id);
    if ('refused' in found) return refuseForm(found, call);
    const { survey: surveyId, surveyVersion } = form.about;
    if (surveyId !== undefined && !hasScores(answers)) {
      return fix({ recommend: text.plain('listening.problem.noScores') });
    }
    const content = contentOf(answers, form);
    const became = await records.correct(
      { organizationId, id: one.id, version: Number(form.about.version) },
      { heard: answers.heard, improve: answers.improve ?? null },
      async (through, known) => {
        if (known === null) {
          if (!hasScores(answers)) return { id: null, became: 'same' };
          const isThere = await surveys.add(through, {
            organizationId,
            id: form.id,
            accountId: account.id,
            visitId,
            source: 'salesManager',
            authorId: one.manager.id,
            scoredOn: heldOn ?? one.plannedOn,
            at: now,
            ...content,
          });
          return isThere ? { id: form.id, became: 'replaced' } : 'changed';
        }
        // Somebody has scored it since; by this very form, when it is delivered twice.
        if (surveyId === undefined && known !== form.id) return 'changed';
        const replaced = await surveys.replace(through, {
          organizationId,
          id: known,
          version: Number(surveyVersion ?? 0),
          by: me.id,
          at: now,
          requestKey: form.id,
          scoredOn: heldOn ?? one.plannedOn,
          ...content,
        });
        if (replaced.became === 'same' || replaced.became === 'replaced') return { id: known, became: replaced.became };
        return 'changed';
      },
    );
    const after = await store.find(organizationId, one.id);
    if (after === null || became === 'gone') return notice(text.plain('listening.problem.gone'));
    if (became === 'changed') return somebodyWasFaster(call, after, answers, form);
    return showing.cardAgain(call, after, text.words('listening.done.corrected'));
  }

  const openers: Opener[] = [
    { name: 'listening.record', run: openRecord },
    { name: 'listening.edit', run: openEdit },
    { name: 'listening.resume', run: resume },
  ];
  const worthKeeping = ['heard', 'improve'];
  const forms: FormHandler[] = [
    handles({
      form: recordForm,
      // A correction, which asks for no day, begins with what is stored: that is there anyway.
      keepsDraft: (answers) =>
        answers.day !== undefined &&
        worthKeeping.some((field) => typeof answers[field] === 'string' && answers[field] !== ''),
      submit,
    }),
  ];
  return { openers, forms };
}
