import { v7 as uuid, v5 } from 'uuid';
import { z } from 'zod';
import { type AccountLine, contactNames, readChoice } from '../accounts/index.ts';
import { remindAt } from '../actions/action.ts';
import { outboxRow } from '../chat/outbox.ts';
import { fix, type Reply, show, tell } from '../chat/reply.ts';
import type { Call, Command, FormHandler, Opener, Shortcut, Shown } from '../chat/slice.ts';
import { handles } from '../chat/slice.ts';
import { may, reach } from '../people/index.ts';
import { type Locale, locales } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { type AskLog, askLog, fitsForm, fromQuickLog, fromText } from './asking.ts';
import { announcementCard, type ShownVisit, savedCard, undoneCard } from './cards.ts';
import { type LogAnswers, logForm, plainAnswers } from './forms.ts';
import type { Gaps, LogStore, NewVisit } from './log-store.ts';
import type { VisitsNeeds } from './needs.ts';
import { atMost } from './patience.ts';
import { readQuickLog } from './quick-log.ts';
import type { Choices, VisitStore } from './store.ts';
import { keptLink, type Named } from './visit.ts';

/** Milliseconds that the form waits for what the database can add to it; it opens without. */
const patience = 300;
/** The same for a line that is to be saved at once: together well within the platform's 3 s. */
const patienceForAccount = 600;
const patienceForSaving = 1300;
/** The namespace of the ids that are made from gestures' ids; any uuid will do, as long as it stays. */
const quickLogs = '0f1d4a0e-6f4b-4d0a-9a5e-1c7f3f0b6a52';

const isUuid = (value: unknown): value is string => z.uuid().safeParse(value).success;

/** Logging visits: the form, the shortcuts and the line typed in a hurry. */
export function createLogging(needs: VisitsNeeds & { store: VisitStore; logs: LogStore }) {
  const { store, logs, accounts, people, drafts, nudge, log } = needs;
  const late = (what: string) => ({
    done: () => undefined,
    failed: (err: unknown) => log.warn({ err }, `${what} failed after the form was opened`),
  });

  const mayLog = ({ me }: Call) => may(me, 'visit.log', { personIds: [me.id], teamIds: [] });
  const refused = ({ text }: Call) => tell(text.plain('chat.notAllowed'));

  /** Whose open actions a person may close besides their own. */
  function mayClose({ me }: Call): NewVisit['mayClose'] {
    const far = reach(me, 'action.change');
    return { all: far === 'all', teamIds: far === 'team' ? me.manages : [] };
  }

  const choicesOf = (call: Call, accountId: string) =>
    store.choices(call.me.organizationId, accountId, { personId: call.me.id, ...mayClose(call) });

  /** The account's choices, when they come in time and it is there. Never fails: the form opens without them. */
  async function choicesInTime(call: Call, accountId: string): Promise<{ choices: Choices | null; slow: boolean }> {
    try {
      const found = await atMost(patience, choicesOf(call, accountId), late('a look-up'));
      return { choices: found.inTime ? found.value : null, slow: !found.inTime };
    } catch (err) {
      log.warn({ err }, 'form is opened without the choices of its account');
      return { choices: null, slow: true };
    }
  }

  /** The newest draft, when it comes in time; one that comes too late is offered the next time. */
  async function offerInTime(call: Call): Promise<AskLog['offer']> {
    const { organizationId, id: personId } = call.me;
    const offer = drafts.offer(organizationId, personId, logForm.name);
    try {
      const found = await atMost(patience, offer, {
        done: (draft) => {
          if (!draft) return;
          drafts.offerAgain(organizationId, personId, draft.id).catch(late('keeping a draft').failed);
        },
        failed: late('a look for drafts').failed,
      });
      if (!found.inTime || !found.value) return undefined;
      const { id, about } = found.value;
      const account = about.accountName;
      return {
        words: call.text.words('visits.log.resume', { known: account ? 'yes' : 'no', account: account ?? '' }),
        button: { label: call.text.plain('visits.log.resumeButton'), opens: 'visits.resume', about: id },
      };
    } catch (err) {
      log.warn({ err }, 'form is opened without its draft');
      return undefined;
    }
  }

  async function open(call: Call, given: Partial<AskLog> = {}): Promise<Reply> {
    if (!mayLog(call)) return refused(call);
    const offer = await offerInTime(call);
    return askLog(call, { id: uuid(), ...given, ...(offer ? { offer } : {}) });
  }

  /** Opens the form for an account, which is checked again on saving. */
  async function openFor(call: Call, accountId: string, given: Partial<AskLog> = {}): Promise<Reply> {
    if (!mayLog(call)) return refused(call);
    const { choices, slow } = await choicesInTime(call, accountId);
    if (!choices && !slow) return tell(call.text.plain('chat.notFound'));
    const intro = [...(given.intro ?? []), ...(slow ? [call.text.words('visits.log.slow')] : [])];
    const accountName = given.accountName ?? call.text.plain('visits.log.chosenAccount');
    const initial = { ...given.initial, account: accountId };
    return askLog(call, { id: uuid(), ...given, accountName, choices, initial, intro });
  }

  async function resume(call: Call, draftId: string | undefined): Promise<Reply> {
    if (!mayLog(call)) return refused(call);
    const { organizationId, id: personId } = call.me;
    const draft = await drafts.take(organizationId, personId, draftId ?? '');
    if (!draft) return tell(call.text.plain('chat.notFound'));
    const { id, answers: initial } = draft;
    const { account: _, accountName, ...about } = draft.about;
    const given = { id, about, initial, expanded: true, ...(accountName ? { accountName } : {}) };
    return isUuid(initial.account) ? openFor(call, initial.account, given) : askLog(call, given);
  }

  async function changed(call: Call, field: string, initial: LogPlain, shown: Shown): Promise<Reply> {
    if (field !== 'account') return { reply: 'nothing' };
    const { account: _, accountName: __, ...about } = shown.about;
    const given = { id: shown.id, about, initial, expanded: shown.expanded };
    if (!isUuid(initial.account)) return askLog(call, given);
    const choices = await choicesOf(call, initial.account);
    return askLog(call, { ...given, choices });
  }

  /** A visit as the person described it, with everything that follows from it. */
  interface Described {
    requestKey: string;
    accountId: string;
    answers: Omit<LogAnswers, 'account' | 'second'>;
    second: boolean;
    link: string | null;
  }

  async function save(call: Call, { requestKey, accountId, answers, second, link }: Described) {
    const { me } = call;
    const others = [...new Set([...answers.colleagues, ...(answers.owner ? [answers.owner] : [])])];
    const named = await colleaguesOf(call, others);
    if (named === null) return { became: 'gone', what: 'pointers' } as const;
    const colleagues = answers.colleagues.filter((id) => id !== me.id).map((id) => named.get(id) ?? { id, name: '' });
    const owner = named.get(answers.owner ?? me.id) ?? { id: me.id, name: me.name };
    const dueOn = answers.due ?? null;
    const date = answers.date ?? call.today;
    const id = uuid();
    const nextStep = answers.nextStep
      ? {
          id: uuid(),
          text: answers.nextStep,
          ownerId: owner.id,
          dueOn,
          remindAt: remindAt(dueOn, owner.id === me.id ? me.timeZone : null, call.now),
        }
      : null;
    const visit: NewVisit = {
      organizationId: me.organizationId,
      id,
      accountId,
      authorId: me.id,
      kind: answers.kind ?? 'visit',
      date,
      purpose: answers.purpose ?? null,
      note: answers.note ?? null,
      outcome: answers.outcome ?? null,
      sourceLink: link,
      loggedAt: call.now,
      requestKey,
      colleagueIds: [...new Set(colleagues.map((one) => one.id))],
      contactIds: [...new Set(answers.contacts)],
      newContacts: contactNames(answers.newContacts ?? '').map((name) => ({ id: uuid(), name })),
      nextStep,
      fulfils: answers.fulfils ?? null,
      mayClose: mayClose(call),
      second,
      draftId: requestKey,
      announcement: announcementOf(call, id, { date, kind: answers.kind ?? 'visit', nextStep }, [
        { id: me.id, name: me.name },
        ...colleagues,
      ]),
    };
    const result = await logs.save(visit);
    if (result.became !== 'saved') return result;
    if (result.announced) nudge();
    const { fulfilled } = result;
    const shown: ShownVisit = {
      ...visit,
      account: { id: accountId, name: result.account },
      author: { id: me.id, name: me.name, timeZone: me.timeZone },
      version: 1,
      undoneAt: null,
      colleagues,
      contacts: result.contacts,
      steps: nextStep ? [{ ...nextStep, ownerName: owner.name, open: true }] : [],
      fulfilled: fulfilled ? [{ ...fulfilled, dueOn: null, open: false }] : [],
    };
    return { became: 'saved', card: savedCard(shown, call) } as const;
  }

  /** Null when one of them is not a colleague here. */
  async function colleaguesOf(call: Call, ids: readonly string[]): Promise<Map<string, Named> | null> {
    const { me } = call;
    const others = ids.filter((id) => id !== me.id);
    if (!others.every(isUuid)) return null;
    const found = others.length === 0 ? new Map() : await people.names(me.organizationId, others);
    const named = new Map<string, Named>([[me.id, { id: me.id, name: me.name }]]);
    for (const id of others) {
      const name = found.get(id);
      if (name === undefined) return null;
      named.set(id, { id, name });
    }
    return named;
  }

  /** The account that was chosen, or the new one that was asked for; else the sentence that says what is wrong. */
  async function accountOf(
    call: Call,
    choice: string,
    requestKey: string,
  ): Promise<{ id: string } | { problem: string }> {
    const read = readChoice(choice);
    if (read === null) return { problem: call.text.plain('visits.problem.account') };
    if ('id' in read) return read;
    const added = await accounts.addByName(call, read.add, `${requestKey}:account`);
    if (added.added) return { id: added.id };
    // Somebody added a customer of this name in the meantime: that one is meant.
    if ('by' in added && added.taken === 'name') return { id: added.by.id };
    return { problem: call.text.plain('visits.problem.newAccount') };
  }

  async function submit(call: Call, answers: LogAnswers, shown: Shown): Promise<Reply> {
    const { text } = call;
    if (!mayLog(call)) return { reply: 'fix', problems: {}, notice: text.plain('chat.notAllowed') };
    if (!isUuid(shown.id)) return { reply: 'fix', problems: {}, notice: text.plain('chat.form.closed') };
    if (answers.contacts.some((id) => !isUuid(id)) || (answers.fulfils && !isUuid(answers.fulfils))) {
      return fix({ account: text.plain('visits.problem.pointers') });
    }
    const account = await accountOf(call, answers.account, shown.id);
    if ('problem' in account) return fix({ account: account.problem });
    const { account: _, second, ...described } = answers;
    const link = keptLink(shown.about.link);
    const saved = await save(call, { requestKey: shown.id, accountId: account.id, answers: described, second, link });
    switch (saved.became) {
      case 'saved':
        return show(saved.card);
      case 'earlier':
        return savedBefore(call, saved.visitId);
      case 'gone':
        return fix({ account: text.plain(`visits.problem.${saved.what}`) });
      case 'sameDay': {
        if (!shown.without.includes('second')) return fix({ second: text.plain('visits.problem.tickSecond') });
        const { choices } = await choicesInTime(call, account.id);
        return askLog(call, {
          ...{ id: shown.id, about: shown.about, expanded: shown.expanded, second: true, choices },
          initial: plainAnswers({ ...answers, account: account.id }),
          accountName: saved.account,
          intro: [again(call, saved.account, answers.date ?? call.today)],
        });
      }
    }
  }

  const again = ({ text, today }: Call, account: string, day: Call['today']) =>
    text.words('visits.log.again', { account: { strong: account }, day: text.day(day, today) });

  /** The same form again: what it saved the first time, as it is now. */
  async function savedBefore(call: Call, visitId: string): Promise<Reply> {
    const visit = await store.load(call.me.organizationId, visitId);
    if (!visit) return tell(call.text.plain('chat.notFound'));
    return show(visit.undoneAt ? undoneCard(visit, call) : savedCard(visit, call));
  }

  /** `log <account> <text>`: saved at once when it is certain what is meant, else the form with everything in it. */
  async function quickLog(call: Call, line: string): Promise<Reply> {
    if (!mayLog(call)) return refused(call);
    // Made from the gesture: should the line be saved late although the form was opened, both are one visit.
    const id = v5(`${call.me.organizationId}:${call.id}`, quickLogs);
    const { text, today } = call;
    const read = (words: string) => readQuickLog(words, { today, locale: text.locale });
    const inForm = (words: string, intro: AskLog['intro'] = []) => {
      const quick = fromQuickLog(read(words), call);
      return { ...quick, id, intro: [...intro, ...quick.intro] };
    };
    const found = await inTimeOrNothing(patienceForAccount, accounts.leading(call, line));
    if (found === null) return askLog(call, inForm(line, [text.words('visits.log.slow')]));
    const [first, ...others] = found;
    if (!first) return askLog(call, inForm(line, [await nearly(call, line)]));
    if (others.length > 0) {
      const names = text.list(found.slice(0, 5).map(({ account }) => ({ strong: account.name })));
      return askLog(call, inForm(first.rest, [text.words('visits.log.several', { names })]));
    }
    const { account, rest } = first;
    const quick = read(rest);
    if (rest.trim() === '' || !fitsForm(quick))
      return openFor(call, account.id, { ...inForm(rest), accountName: account.name });
    const { note, nextStep } = quick;
    const answers = {
      ...({ kind: 'visit', date: today, purpose: undefined, outcome: undefined, newContacts: undefined } as const),
      ...{ contacts: [], colleagues: [], owner: undefined, fulfils: undefined },
      ...{ note: note || undefined, nextStep: nextStep?.text, due: nextStep?.due },
    };
    const described = { requestKey: id, accountId: account.id, answers, second: false, link: null };
    const saved = await inTimeOrNothing(patienceForSaving, save(call, described));
    if (saved?.became === 'saved') return show(saved.card);
    if (saved?.became === 'earlier') return savedBefore(call, saved.visitId);
    const why = saved?.became === 'sameDay' ? again(call, account.name, today) : text.words('visits.log.slow');
    const initial = { ...fromQuickLog(quick, call).initial, account: account.id };
    const second = saved?.became === 'sameDay';
    return askLog(call, { id, initial, accountName: account.name, intro: [why], second });
  }

  /** Nothing when it is late or fails; what was typed is then in the form. */
  async function inTimeOrNothing<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
    try {
      const result = await atMost(milliseconds, work, late('a quick log'));
      return result.inTime ? result.value : null;
    } catch (err) {
      log.warn({ err }, 'quick log is asked in the form');
      return null;
    }
  }

  /** What may have been meant, when that is found in time. */
  async function nearly(call: Call, line: string) {
    const found = (await inTimeOrNothing(patience, accounts.suggest(call, line, 3))) ?? [];
    if (found.length === 0) return call.text.words('visits.log.none');
    const names = call.text.list(found.map((account: AccountLine) => ({ strong: account.name })));
    return call.text.words('visits.log.nearly', { names });
  }

  const command: Command = {
    words: ['log', '记录'],
    usage: 'visits.log.usage',
    help: 'visits.log.help',
    run: (call, rest) => (rest.trim() === '' ? open(call) : quickLog(call, rest)),
  };
  const shortcuts: Shortcut[] = [
    { name: 'log_visit', run: (call) => open(call) },
    {
      name: 'log_visit_from_message',
      run: (call, message) => open(call, message ? fromText(message.text, message.link, call) : {}),
    },
  ];
  const openers: Opener[] = [
    {
      name: 'visits.log',
      run: (call, about) => {
        if (about === undefined) return open(call);
        return isUuid(about) ? openFor(call, about) : Promise.resolve(tell(call.text.plain('chat.notFound')));
      },
    },
    { name: 'visits.resume', run: resume },
  ];
  const form: FormHandler = handles({ form: logForm, keepsDraft: true, submit, change: changed });
  return { command, shortcuts, openers, form };
}

type LogPlain = Readonly<Record<string, unknown>>;

/** The announcement in every language, with gaps where the statement puts what only the database knows. */
function announcementOf(
  { me, now, today }: Call,
  id: string,
  visit: Pick<Parameters<typeof announcementCard>[0], 'date' | 'kind' | 'nextStep'>,
  people: readonly Named[],
): NewVisit['announcement'] {
  const gaps: Gaps = { account: `account-${id}`, workspace: `workspace-${id}`, channel: `channel-${id}` };
  const rowIn = (locale: Locale) => {
    const card = announcementCard({ ...visit, people, account: gaps.account }, textIn(locale), today);
    return outboxRow(
      {
        organizationId: me.organizationId,
        key: `visit-announced:${id}`,
        to: { workspaceId: gaps.workspace, conversation: gaps.channel },
        content: { do: 'post', card, as: { thing: 'visit', id, card: 'announcement' } },
      },
      now,
    );
  };
  const rows = Object.fromEntries(locales.map((locale) => [locale, rowIn(locale)])) as Record<
    Locale,
    ReturnType<typeof rowIn>
  >;
  return { rows, gaps };
}
