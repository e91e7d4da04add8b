import type { Asked, Option, PlainAnswers } from '../chat/form.ts';
import { keptLink } from '../chat/kept-link.ts';
import type { Reply } from '../chat/reply.ts';
import { ask, type Call } from '../chat/slice.ts';
import type { Words } from '../text/words.ts';
import { lengths, logForm } from './forms.ts';
import type { QuickLog } from './quick-log.ts';
import type { Choices } from './store.ts';
import { excerpt } from './visit.ts';

/** What is known when the log form is shown. */
export interface AskLog {
  id: string;
  about?: Readonly<Record<string, string>>;
  initial?: PlainAnswers;
  /** The contacts and open actions of the chosen account, when it is chosen and they were found in time. */
  choices?: Choices | null;
  /** Says which account is chosen where its choices are not known. */
  accountName?: string;
  intro?: readonly Words[];
  offer?: Asked['offer'];
  expanded?: boolean;
  /** Whether it is asked if this is a second visit on the day. */
  second?: boolean;
}

/** Shows the form for a visit: with today and a plain visit unless something else is known. */
export function askLog({ text, today }: Call, given: AskLog): Reply {
  const { id, choices = null, initial = {}, intro = [], expanded = false } = given;
  const account = choices?.account ?? pickedAccount(initial.account, given.accountName);
  const without = [
    ...(given.second ? [] : ['second']),
    ...(choices && choices.contacts.length > 0 ? [] : ['contacts']),
    ...(choices && choices.actions.length > 0 ? [] : ['fulfils']),
  ];
  const about = { ...given.about, ...(account === null ? {} : { account: account.id, accountName: account.name }) };
  return ask({
    form: logForm,
    id,
    about,
    initial: { kind: 'visit', date: today.toString(), ...onlyOffered(initial, choices) },
    options: {
      ...(account === null ? {} : { account: [{ value: account.id, label: account.name }] }),
      ...choicesAsOptions(choices, { text, today }),
    },
    without,
    expanded,
    ...(intro.length === 0 ? {} : { intro: intro.flatMap((words, index) => (index === 0 ? [words] : ['\n', words])) }),
    ...(given.offer ? { offer: given.offer } : {}),
  });
}

/** The contacts and actions of an account as choices. */
export function choicesAsOptions(
  choices: Choices | null,
  { text, today }: Pick<Call, 'text' | 'today'>,
): Record<string, readonly Option[]> {
  if (!choices) return {};
  return {
    contacts: choices.contacts.map(({ id, name, title }) => ({
      value: id,
      label: title ? `${name} · ${title}` : name,
    })),
    fulfils: choices.actions.map(({ id, text: what, dueOn, ownerName }) => ({
      value: id,
      label: excerpt(what, 75),
      detail: dueOn ? `${ownerName} · ${text.day(dueOn, today)}` : ownerName,
    })),
  };
}

function pickedAccount(answer: unknown, name: string | undefined): { id: string; name: string } | null {
  if (typeof answer !== 'string' || answer === '') return null;
  if (answer.startsWith('new:')) return { id: answer, name: answer.slice(4) };
  return name === undefined ? null : { id: answer, name };
}

/** Contacts and actions of another account than the chosen one are no answers any more. */
export function onlyOffered(initial: PlainAnswers, choices: Choices | null): PlainAnswers {
  const { contacts, fulfils, ...others } = initial;
  const known = new Set(choices?.contacts.map((contact) => contact.id));
  const kept = Array.isArray(contacts) ? contacts.filter((id) => known.has(id)) : [];
  const action = choices?.actions.some((one) => one.id === fulfils) ? { fulfils } : {};
  return { ...others, ...(kept.length > 0 ? { contacts: kept } : {}), ...action };
}

/** A text as the note of a form, with where it came from; what is too long is cut, and said to be. */
export function fromText(text: string, link: string | null, call: Call): Pick<AskLog, 'initial' | 'about' | 'intro'> {
  const source = keptLink(link);
  return { ...fromQuickLog({ note: text.trim() }, call), about: source === null ? {} : { link: source } };
}

/** What was understood of a line as answers of the form. */
export function fromQuickLog({ note, nextStep }: QuickLog, { text }: Call): { initial: PlainAnswers; intro: Words[] } {
  // A next step that is too long for its field is told in the note, where it is seen and can be cut by hand.
  const fits = (nextStep?.text.length ?? 0) <= lengths.nextStep;
  const whole = fits ? note : [note, nextStep?.text].filter((part) => part).join('\n');
  const cut = whole.slice(0, lengths.note).replace(/[\uD800-\uDBFF]$/u, '');
  return {
    initial: {
      ...(cut === '' ? {} : { note: cut }),
      ...(fits && nextStep ? { nextStep: nextStep.text } : {}),
      ...(fits && nextStep?.due ? { due: nextStep.due.toString() } : {}),
    },
    intro: cut === whole ? [] : [text.words('visits.log.tooLong', { max: lengths.note })],
  };
}

/** Whether a line can be saved as it is, without being looked at in the form. */
export const fitsForm = ({ note, nextStep }: QuickLog): boolean =>
  note.length <= lengths.note && (nextStep?.text.length ?? 0) <= lengths.nextStep;
