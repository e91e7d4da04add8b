import { v5 } from 'uuid';
import { contactOptions } from '../accounts/index.ts';
import type { Asked, PlainAnswers } from '../chat/form.ts';
import { keptLink } from '../chat/kept-link.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, forbidden, notAllowed, notFound, nothing, notice, type Reply, refuseForm, show } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { may } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import { undoneCard } from './cards.ts';
import { dimensionName } from './dimension.ts';
import { type FeedbackItem, lengths } from './feedback.ts';
import { type AddAnswers, addForm } from './forms.ts';
import { mayAdd, type WithStores } from './needs.ts';
import { readQuickFeedback } from './quick-feedback.ts';
import type { Saved, Saving } from './saving.ts';
import type { VisitStore } from './visit-store.ts';

/** The namespace of the ids that are made from gestures' ids; any uuid will do, as long as it stays. */
const quickLines = '7c0b0f0a-55b4-4f0e-9d3c-0b8a3b1f6d21';

/** What is known when the form is shown. */
interface Given {
  id?: string;
  about?: Readonly<Record<string, string>>;
  initial?: PlainAnswers;
  accountName?: string;
  intro?: readonly Words[];
  offer?: Asked['offer'];
  expanded?: boolean;
}

/** Writing down what a customer said: the line typed in a hurry, the form, and a message as it stands. */
export function createAdding(
  needs: WithStores & {
    saving: Saving;
    visits: VisitStore;
    /** Draws one feedback with what this person may do with it. */
    cardOf(call: Call, one: FeedbackItem, happened?: Words): Promise<Reply>;
    settings(call: Call): Promise<Reply>;
  },
) {
  const { accounts, drafts, saving, visits, dimensions } = needs;

  /** The form, with the contacts of the account where it is known. */
  async function askAdd(call: Call, given: Given = {}): Promise<Reply> {
    const { me, text } = call;
    const { id = newId(), initial = {}, intro = [] } = given;
    const chosen = initial.account;
    const [known, contacts, all] = await Promise.all([
      isPointer(chosen) ? accounts.named(me.organizationId, [chosen]) : null,
      isPointer(chosen) ? accounts.contacts(me.organizationId, chosen) : [],
      dimensions.all(me.organizationId),
    ]);
    const isNew = typeof chosen === 'string' && chosen.startsWith('new:');
    const name = isPointer(chosen) ? known?.get(chosen) : isNew ? chosen.slice(4) : undefined;
    const { contact, ...others } = initial;
    const isKnown = contacts.some((one) => one.id === contact);
    const asked = all.filter((one) => !one.archived);
    return ask({
      form: addForm,
      id,
      about: { ...given.about, ...(name === undefined ? {} : { accountName: cut(name, 120) }) },
      initial: {
        kind: 'problem',
        severity: 'medium',
        saidOn: call.today.toString(),
        ...others,
        ...(isKnown ? { contact } : {}),
      },
      options: {
        ...(name === undefined ? {} : { account: [{ value: String(chosen), label: name }] }),
        contact: contactOptions(contacts.slice(0, 100)),
        dimension: asked.map((one) => ({ value: one.id, label: dimensionName(one, text) })),
      },
      without: contacts.length === 0 ? ['contact'] : [],
      expanded: given.expanded ?? false,
      ...(intro.length === 0
        ? {}
        : { intro: intro.flatMap((words, index) => (index === 0 ? [words] : ['\n', words])) }),
      ...(given.offer ? { offer: given.offer } : {}),
    });
  }

  /** Words that are too long for the field are cut, and said to be. */
  function fitting(words: string, call: Call): { words: string; intro: Words[] } {
    const fits = cut(words.trim(), lengths.words);
    return {
      words: fits,
      intro: fits === words.trim() ? [] : [call.text.words('feedback.add.tooLong', { max: lengths.words })],
    };
  }

  async function open(call: Call, given: Given = {}): Promise<Reply> {
    if (!mayAdd(call)) return notAllowed(call);
    const draft = await drafts.offer(call.me.organizationId, call.me.id, addForm.name);
    if (draft === null) return askAdd(call, given);
    const account = draft.about.accountName ?? '';
    const words = call.text.words('feedback.add.resume', {
      known: account === '' ? 'no' : 'yes',
      account: { strong: account },
    });
    const button = { label: call.text.plain('feedback.add.resumeButton'), opens: 'feedback.resume', about: draft.id };
    return askAdd(call, { ...given, offer: { words, button } });
  }

  /** A draft again, under the id of its form: saving it twice cannot make two. */
  async function resume(call: Call, draftId: string | undefined): Promise<Reply> {
    if (!mayAdd(call)) return notAllowed(call);
    const draft = await drafts.take(call.me.organizationId, call.me.id, draftId ?? '');
    if (!draft) return notFound(call);
    const { accountName: _, ...about } = draft.about;
    return askAdd(call, { id: draft.id, about, initial: draft.answers, expanded: true });
  }

  /** The form for an account, or for what was said in a visit. */
  async function openFor(call: Call, about: string | undefined): Promise<Reply> {
    if (about === undefined) return open(call);
    if (!mayAdd(call)) return notAllowed(call);
    const [to, id] = about.split(':');
    if (!isPointer(id) || (to !== 'account' && to !== 'visit')) return notFound(call);
    if (to === 'account') {
      const known = await accounts.named(call.me.organizationId, [id]);
      return known.has(id) ? askAdd(call, { initial: { account: id } }) : notFound(call);
    }
    const visit = await visits.origin(call.me.organizationId, id);
    if (visit === null || !may(call.me, 'visit.read', visit)) return notFound(call);
    return askAdd(call, { about: { visit: id }, initial: { account: visit.accountId, saidOn: visit.date } });
  }

  /** Another account has other contacts. */
  async function changed(call: Call, field: string, initial: PlainAnswers, shown: Shown): Promise<Reply> {
    if (field !== 'account') return nothing;
    const { accountName: _, ...about } = shown.about;
    return askAdd(call, { id: shown.id, about, initial, expanded: shown.expanded });
  }

  async function submit(call: Call, answers: AddAnswers, shown: Shown): Promise<Reply> {
    const { me, text } = call;
    if (!mayAdd(call)) return refuseForm(forbidden, call);
    if (!isPointer(shown.id)) return notice(text.plain('chat.form.closed'));
    const account = await saving.accountOf(call, answers.account, shown.id);
    if ('problem' in account) return fix({ account: account.problem });
    const visit = isPointer(shown.about.visit) ? await visits.origin(me.organizationId, shown.about.visit) : null;
    // Said in another visit than the customer's own, it was said in none that is known.
    const isSaidThere = visit !== null && visit.accountId === account.id && may(me, 'visit.read', visit);
    const saved = await saving.save(call, {
      requestKey: shown.id,
      accountId: account.id,
      words: answers.words,
      kind: answers.kind ?? 'problem',
      dimensionId: answers.dimension ?? null,
      severity: answers.severity,
      contactId: answers.contact,
      newContact: answers.newContact,
      ownerId: answers.owner,
      dueOn: answers.due,
      saidOn: answers.saidOn,
      link: keptLink(shown.about.link),
      visitId: isSaidThere ? visit.id : null,
    });
    if (saved.became === 'gone') {
      const field = saved.what === 'owner' ? 'owner' : 'account';
      return fix({ [field]: text.plain(`feedback.problem.${saved.what}`) });
    }
    await drafts.drop(me.organizationId, me.id, shown.id);
    return said(call, saved);
  }

  async function said(call: Call, saved: Saved & { became: 'saved' | 'earlier' }): Promise<Reply> {
    const { item } = saved;
    if (item.undone) return show(undoneCard(item, call));
    return needs.cardOf(call, item, saved.became === 'saved' ? call.text.words('feedback.card.saved') : undefined);
  }

  /** `feedback <account> <text>`: saved at once when it is certain what is meant, else the form with everything in it. */
  async function quick(call: Call, line: string): Promise<Reply> {
    if (!mayAdd(call)) return notAllowed(call);
    const { me, text } = call;
    // Made from the gesture: a line that is delivered twice is one row.
    const id = v5(`${me.organizationId}:${call.id}`, quickLines);
    const [found, all] = await Promise.all([accounts.leading(call, line), dimensions.all(me.organizationId)]);
    const read = (words: string) => readQuickFeedback(words, all);
    const inForm = (words: string, why: readonly Words[], accountId?: string) => {
      const { words: whole, kind, dimensionId } = read(words);
      const fits = fitting(whole, call);
      const initial = {
        ...(whole === '' ? {} : { words: fits.words, kind }),
        ...(dimensionId === null ? {} : { dimension: dimensionId }),
        ...(accountId === undefined ? {} : { account: accountId }),
      };
      return askAdd(call, { id, initial, intro: [...why, ...fits.intro] });
    };
    const [first, ...others] = found;
    if (!first) return inForm(line, [await nearly(call, line)]);
    if (others.length > 0) {
      const names = text.list(found.slice(0, 5).map(({ account }) => ({ strong: account.name })));
      return inForm(first.rest, [text.words('feedback.add.several', { names })]);
    }
    const { words, kind, dimensionId } = read(first.rest);
    if (words === '' || words.length > lengths.words) return inForm(first.rest, [], first.account.id);
    const described = {
      requestKey: id,
      accountId: first.account.id,
      words,
      kind,
      dimensionId,
      link: null,
      visitId: null,
    };
    const saved = await saving.save(call, described);
    if (saved.became === 'gone') return inForm(first.rest, [text.words(`feedback.problem.${saved.what}`)]);
    return said(call, saved);
  }

  /** What may have been meant. */
  async function nearly(call: Call, line: string): Promise<Words> {
    const found = await accounts.suggest(call, line, 3);
    if (found.length === 0) return call.text.words('feedback.add.none');
    const names = call.text.list(found.map(({ name }) => ({ strong: name })));
    return call.text.words('feedback.add.nearly', { names });
  }

  /** A message as the customer wrote it, with where it stands. */
  async function fromMessage(call: Call, message: { text: string; link: string | null } | null): Promise<Reply> {
    if (message === null) return open(call);
    if (!mayAdd(call)) return notAllowed(call);
    const { kind, dimensionId } = readQuickFeedback(message.text, await dimensions.all(call.me.organizationId));
    const { words, intro } = fitting(message.text, call);
    const link = keptLink(message.link);
    return askAdd(call, {
      about: link === null ? {} : { link },
      initial: {
        ...(words === '' ? {} : { words, kind }),
        ...(dimensionId === null ? {} : { dimension: dimensionId }),
      },
      intro,
    });
  }

  const isSettings = (rest: string) => ['settings', 'setting', '设置'].includes(rest.trim().toLowerCase());
  const worthKeeping = ['words', 'newContact'];
  const slice = {
    commands: [
      {
        words: ['feedback', '反馈'],
        usage: 'feedback.usage',
        help: 'feedback.help',
        run: (call, rest) => {
          if (rest.trim() === '') return open(call);
          return isSettings(rest) ? needs.settings(call) : quick(call, rest);
        },
      },
    ],
    shortcuts: [{ name: 'save_feedback', run: fromMessage }],
    openers: [
      { name: 'feedback.add', run: openFor },
      { name: 'feedback.resume', run: resume },
    ],
    forms: [
      handles({
        form: addForm,
        keepsDraft: (answers) =>
          worthKeeping.some((field) => typeof answers[field] === 'string' && answers[field] !== ''),
        submit,
        change: changed,
      }),
    ],
  } satisfies Partial<Slice>;
  return slice;
}
