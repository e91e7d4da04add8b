import { v5 } from 'uuid';
import { plainAnswers } from '../chat/form.ts';
import { keptLink } from '../chat/kept-link.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, forbidden, notAllowed, notFound, notice, type Reply, refuseForm, show } from '../chat/reply.ts';
import {
  type Call,
  type Command,
  type FormHandler,
  handles,
  type Opener,
  type Shortcut,
  type Shown,
} from '../chat/slice.ts';
import type { Words } from '../text/words.ts';
import { askLog, fitsForm, fromQuickLog, fromText } from './asking.ts';
import { savedCard, undoneCard } from './cards.ts';
import { type LogAnswers, logForm } from './forms.ts';
import { mayLog, type WithStores } from './needs.ts';
import { createOpening } from './opening.ts';
import { atMost } from './patience.ts';
import { readQuickLog } from './quick-log.ts';
import type { Saving } from './saving.ts';

/** Milliseconds for a line that is to be saved at once: together well within the platform's 3 s. */
const patience = { account: 600, saving: 1300, suggesting: 300 };
/** The namespace of the ids that are made from gestures' ids; any uuid will do, as long as it stays. */
const quickLogs = '0f1d4a0e-6f4b-4d0a-9a5e-1c7f3f0b6a52';

/** What is worth keeping of a form that was closed; a customer and a day alone are not. */
const worthKeeping = [
  'note',
  'heard',
  'nextStep',
  'purpose',
  'outcome',
  'contacts',
  'newContacts',
  'colleagues',
  'due',
];

/** Logging visits: the form, the shortcuts and the line typed in a hurry. */
export function createLogging(needs: WithStores & { saving: Saving }) {
  const { store, accounts, feedback, log } = needs;
  const opening = createOpening(needs);
  const { save, accountOf } = needs.saving;

  async function submit(call: Call, answers: LogAnswers, shown: Shown): Promise<Reply> {
    const { text } = call;
    if (!mayLog(call)) return refuseForm(forbidden, call);
    if (!isPointer(shown.id)) return notice(text.plain('chat.form.closed'));
    const account = await accountOf(call, answers.account, shown.id);
    if ('problem' in account) return fix({ account: account.problem });
    const { account: _, second, ...described } = answers;
    const link = keptLink(shown.about.link);
    const answersTo = shown.about.feedback === undefined ? null : await feedback.find(call, shown.about.feedback);
    const saved = await save(call, {
      requestKey: shown.id,
      accountId: account.id,
      answers: described,
      second,
      link,
      // About another customer it is about nothing that this one said.
      answersTo: answersTo?.account.id === account.id ? answersTo : null,
    });
    switch (saved.became) {
      case 'saved':
        return show(saved.card);
      case 'earlier':
        return savedBefore(call, saved.visitId);
      case 'gone':
        return fix({ account: text.plain(`visits.problem.${saved.what}`) });
      case 'sameDay': {
        if (!shown.without.includes('second')) return fix({ second: text.plain('visits.problem.tickSecond') });
        const { choices } = await opening.choicesInTime(call, account.id);
        return askLog(call, {
          id: shown.id,
          about: shown.about,
          expanded: shown.expanded,
          second: true,
          choices,
          initial: plainAnswers({ ...answers, account: account.id }),
          accountName: saved.account,
          intro: [again(call, saved.account, answers.date ?? call.today)],
        });
      }
    }
  }

  const again = ({ text, today }: Call, account: string, day: Call['today']): Words =>
    text.words('visits.log.again', { account: { strong: account }, day: text.day(day, today) });

  /** The same form again: what it saved the first time, as it is now. */
  async function savedBefore(call: Call, visitId: string): Promise<Reply> {
    const visit = await store.load(call.me.organizationId, visitId);
    if (!visit) return notFound(call);
    return show(visit.undoneAt ? undoneCard(visit, call) : savedCard(visit, call));
  }

  /** `log <account> <text>`: saved at once when it is certain what is meant, else the form with everything in it. */
  async function quickLog(call: Call, line: string): Promise<Reply> {
    if (!mayLog(call)) return notAllowed(call);
    // Made from the gesture: should the line be saved late although the form was opened, both are one visit.
    const id = v5(`${call.me.organizationId}:${call.id}`, quickLogs);
    const { text, today } = call;
    const read = (words: string) => readQuickLog(words, { today, locale: text.locale });
    const inForm = (words: string, why: readonly Words[]) => {
      const { initial, intro } = fromQuickLog(read(words), call);
      return { id, initial, intro: [...why, ...intro] };
    };
    const found = await inTimeOrNothing(patience.account, accounts.leading(call, line));
    if (found === null) return askLog(call, inForm(line, [text.words('visits.log.slow')]));
    const [first, ...others] = found;
    if (!first) return askLog(call, inForm(line, [await nearly(call, line)]));
    if (others.length > 0) {
      const names = text.list(found.slice(0, 5).map(({ account }) => ({ strong: account.name })));
      return askLog(call, inForm(first.rest, [text.words('visits.log.several', { names })]));
    }
    const { account, rest } = first;
    const quick = read(rest);
    if (rest.trim() === '' || !fitsForm(quick)) {
      return opening.openFor(call, account.id, { ...inForm(rest, []), accountName: account.name });
    }
    const { note, nextStep } = quick;
    const answers = {
      ...({ kind: 'visit', date: today, purpose: undefined, outcome: undefined, newContacts: undefined } as const),
      contacts: [],
      colleagues: [],
      owner: undefined,
      fulfils: undefined,
      heard: undefined,
      heardKind: undefined,
      note: note || undefined,
      nextStep: nextStep?.text,
      due: nextStep?.due,
    };
    const described = { requestKey: id, accountId: account.id, answers, second: false, link: null, answersTo: null };
    const saved = await inTimeOrNothing(patience.saving, save(call, described));
    if (saved?.became === 'saved') return show(saved.card);
    if (saved?.became === 'earlier') return savedBefore(call, saved.visitId);
    const second = saved?.became === 'sameDay';
    const why = second ? again(call, account.name, today) : text.words('visits.log.slow');
    const asked = inForm(rest, [why]);
    return askLog(call, {
      ...asked,
      accountName: account.name,
      second,
      initial: { ...asked.initial, account: account.id },
    });
  }

  /** Nothing when it is late or fails; what was typed is then in the form. */
  async function inTimeOrNothing<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
    try {
      const result = await atMost(milliseconds, work, {
        done: () => undefined,
        failed: (err) => log.warn({ err }, 'a quick log failed after its form was shown'),
      });
      return result.inTime ? result.value : null;
    } catch (err) {
      log.warn({ err }, 'a quick log is asked in the form');
      return null;
    }
  }

  /** What may have been meant, when that is found in time. */
  async function nearly(call: Call, line: string): Promise<Words> {
    const found = (await inTimeOrNothing(patience.suggesting, accounts.suggest(call, line, 3))) ?? [];
    if (found.length === 0) return call.text.words('visits.log.none');
    const names = call.text.list(found.map(({ name }) => ({ strong: name })));
    return call.text.words('visits.log.nearly', { names });
  }

  const commands: Command[] = [
    {
      words: ['log', '记录'],
      usage: 'visits.log.usage',
      help: 'visits.log.help',
      run: (call, rest) => (rest.trim() === '' ? opening.open(call) : quickLog(call, rest)),
    },
  ];
  const shortcuts: Shortcut[] = [
    { name: 'log_visit', run: (call) => opening.open(call) },
    {
      name: 'log_visit_from_message',
      run: (call, message) => opening.open(call, message ? fromText(message.text, message.link, call) : {}),
    },
  ];
  const openers: Opener[] = [
    {
      name: 'visits.log',
      run: (call, about) => {
        if (about === undefined) return opening.open(call);
        const [to, id] = about.split(':');
        return to === 'feedback' ? opening.openAbout(call, id) : opening.openFor(call, about);
      },
    },
    { name: 'visits.resume', run: opening.resume },
  ];
  const hasAnswer = (answer: unknown) =>
    Array.isArray(answer) ? answer.length > 0 : answer !== undefined && answer !== null && answer !== '';
  const forms: FormHandler[] = [
    handles({
      form: logForm,
      keepsDraft: (answers) => worthKeeping.some((field) => hasAnswer(answers[field])),
      submit,
      change: opening.changed,
    }),
  ];
  return { commands, shortcuts, openers, forms };
}
