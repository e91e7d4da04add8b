import type { Temporal } from 'temporal-polyfill';
import type { Button, Card, Fact, Item, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { type Account, type AccountLine, type Contact, isDue, visitInterval } from './account.ts';
import type { Activity } from './activity.ts';

/** A customer with everything that its card shows. */
export interface AccountView {
  account: Account;
  contacts: readonly Contact[];
  activity: Activity | null;
  /** How much of what they said nobody has answered yet. */
  openFeedback: number;
  /** When a manager listened to them last; null: never. */
  heardOn: Temporal.PlainDate | null;
  /** Names of the people who occur. */
  names: ReadonlyMap<string, string>;
  mayEdit: boolean;
  mayArchive: boolean;
  mayLog: boolean;
}

const shownContacts = 8;
const shownLines = 10;

/** A customer at a glance. */
export function accountCard(view: AccountView, { text, today }: { text: Text; today: Temporal.PlainDate }): Card {
  const { account, contacts, activity } = view;
  const { mayEdit } = view;
  const open = activity?.openActions ?? [];
  const rest = open.slice(1);
  const body: Part[] = [];
  if (account.archivedAt !== null) body.push({ kind: 'warning', words: text.words('accounts.card.archived') });
  body.push({ kind: 'facts', facts: factsOf(view, text, today) });
  if (rest.length > 0) {
    const hidden = (activity?.openActionCount ?? 0) - open.length;
    body.push(
      {
        kind: 'heading',
        words: text.words('accounts.card.openActions', { count: activity?.openActionCount ?? open.length }),
      },
      {
        kind: 'list',
        items: rest.map((action) => ({ words: stepOf(action, view, text, today) })),
        ...more(hidden, text),
      },
    );
  }
  if (contacts.length === 0) body.push({ kind: 'note', words: text.words('accounts.card.noContacts') });
  else
    body.push(
      { kind: 'heading', words: text.words('accounts.card.contacts', { count: contacts.length }) },
      {
        kind: 'list',
        items: contacts.slice(0, shownContacts).map((contact) => contactItem(contact, mayEdit, text)),
        ...more(contacts.length - shownContacts, text),
      },
    );
  body.push({ kind: 'buttons', buttons: buttonsOf(view, text) });
  return { title: account.name, body };
}

const more = (count: number, text: Text) => (count > 0 ? { more: text.words('chat.more', { count }) } : {});

function factsOf(view: AccountView, text: Text, today: Temporal.PlainDate): Fact[] {
  const { account, activity, names } = view;
  const person = (id: string): Words => ({ person: id, name: names.get(id) ?? text.plain('accounts.card.nobody') });
  const facts: Fact[] = [
    { label: text.plain('accounts.fact.class'), value: text.words(`accounts.class.${account.class}`) },
    {
      label: text.plain('accounts.fact.owner'),
      value: account.ownerId === null ? text.words('accounts.card.nobody') : person(account.ownerId),
    },
  ];
  const others = account.memberIds.filter((id) => id !== account.ownerId);
  if (others.length > 0)
    facts.push({ label: text.plain('accounts.fact.members'), value: text.list(others.map(person)) });
  const last = activity?.lastVisitOn ?? null;
  facts.push(
    {
      label: text.plain('accounts.fact.lastVisit'),
      value: last === null ? text.words('accounts.card.never') : text.day(last, today),
    },
    { label: text.plain('accounts.fact.rhythm'), value: rhythmOf(account, last, text, today) },
  );
  const [next] = activity?.openActions ?? [];
  facts.push({
    label: text.plain('accounts.fact.nextStep'),
    value: next ? stepOf(next, view, text, today) : text.words('accounts.card.noStep'),
  });
  if (view.openFeedback > 0)
    facts.push({
      label: text.plain('accounts.fact.feedback'),
      value: text.words('accounts.card.feedback', { count: view.openFeedback }),
    });
  if (view.heardOn !== null)
    facts.push({ label: text.plain('accounts.fact.listening'), value: text.day(view.heardOn, today) });
  const place = [account.city, account.timeZone].filter((part) => part !== null).join(' · ');
  if (place !== '') facts.push({ label: text.plain('accounts.fact.place'), value: place });
  if (account.code !== null) facts.push({ label: text.plain('accounts.fact.code'), value: account.code });
  if (account.otherNames.length > 0)
    facts.push({ label: text.plain('accounts.fact.otherNames'), value: account.otherNames.join(' · ') });
  return facts;
}

/**
 * A customer as others in a conversation may read it, whoever they are: what it is and who looks after it; no contacts,
 * nothing of what was said or is planned, and nothing to press.
 */
export function sharedCard(
  account: AccountLine,
  known: { names: ReadonlyMap<string, string>; lastVisitOn: Temporal.PlainDate | null },
  { text, today }: { text: Text; today: Temporal.PlainDate },
): Card {
  const { ownerId, code, city } = account;
  const owner = ownerId === null ? undefined : known.names.get(ownerId);
  const facts: Fact[] = [
    { label: text.plain('accounts.fact.class'), value: text.words(`accounts.class.${account.class}`) },
    { label: text.plain('accounts.fact.owner'), value: owner ?? text.words('accounts.card.nobody') },
    {
      label: text.plain('accounts.fact.lastVisit'),
      value: known.lastVisitOn === null ? text.words('accounts.card.never') : text.day(known.lastVisitOn, today),
    },
    ...(city === null ? [] : [{ label: text.plain('accounts.fact.place'), value: city }]),
    ...(code === null ? [] : [{ label: text.plain('accounts.fact.code'), value: code }]),
  ];
  return { title: account.name, body: [{ kind: 'facts', facts }] };
}

function rhythmOf(account: Account, last: Temporal.PlainDate | null, text: Text, today: Temporal.PlainDate): Words {
  const rhythm = text.words('accounts.card.rhythm', { weeks: visitInterval[account.class] / 7 });
  const due = isDue(account.class, last, today);
  if (!due.due) return text.words('accounts.card.notDue', { rhythm, day: text.day(due.on, today) });
  if (due.on === null) return text.words('accounts.card.dueFirst', { rhythm });
  if (due.overdue === 0) return text.words('accounts.card.dueToday', { rhythm });
  return text.words('accounts.card.overdue', { rhythm, days: due.overdue });
}

function stepOf(
  action: Activity['openActions'][number],
  { names }: AccountView,
  text: Text,
  today: Temporal.PlainDate,
): Words {
  const name = names.get(action.ownerId) ?? text.plain('accounts.card.nobody');
  const values = { step: action.text, owner: { person: action.ownerId, name } };
  if (action.dueOn === null) return text.words('accounts.card.nextStep', values);
  return text.words('accounts.card.nextStepDue', { ...values, day: text.day(action.dueOn, today) });
}

function contactItem(contact: Contact, mayEdit: boolean, text: Text): Item {
  const { name, title, role, attitude } = contact;
  const known = [
    role === null ? null : text.plain(`accounts.role.${role}`),
    attitude === 'unknown' ? null : text.plain(`accounts.attitude.${attitude}`),
  ];
  const detail = known.filter((part) => part !== null).join(' · ');
  return {
    words: title === null ? { strong: name } : [{ strong: name }, ` · ${title}`],
    ...(detail === '' ? {} : { detail }),
    ...(mayEdit
      ? {
          buttons: [
            {
              label: text.plain('accounts.button.edit'),
              spoken: text.plain('accounts.button.editSpoken', { name }),
              opens: 'accounts.editContact',
              about: contact.id,
            },
          ],
        }
      : {}),
  };
}

function buttonsOf({ account, mayEdit, mayArchive, mayLog }: AccountView, text: Text): Button[] {
  const about = account.id;
  const visits: Button = { label: text.plain('accounts.button.visits'), does: 'visits.ofAccount', about };
  if (account.archivedAt !== null) {
    const restore: Button = { label: text.plain('accounts.button.restore'), does: 'accounts.restore', about };
    return mayArchive ? [restore, visits] : [visits];
  }
  const buttons: Button[] = [];
  if (mayLog) buttons.push({ label: text.plain('accounts.button.log'), opens: 'visits.log', about, look: 'primary' });
  if (mayEdit)
    buttons.push(
      { label: text.plain('accounts.button.edit'), opens: 'accounts.edit', about },
      { label: text.plain('accounts.button.addContact'), opens: 'accounts.addContact', about },
    );
  buttons.push(visits, { label: text.plain('accounts.button.feedback'), does: 'feedback.ofAccount', about });
  if (mayArchive)
    buttons.push({
      label: text.plain('accounts.button.archive'),
      does: 'accounts.archive',
      about,
      look: 'danger',
      confirm: {
        title: text.plain('accounts.archive.title'),
        words: text.plain('accounts.archive.words', { name: account.name }),
        yes: text.plain('accounts.archive.yes'),
        no: text.plain('accounts.archive.no'),
      },
    });
  return buttons;
}

/** Customers to choose from. `exactly`: the words are part of each name, not merely near it. */
export function accountList(
  found: readonly AccountLine[],
  text: Text,
  asked: { query: string; exactly: boolean; mayAdd: boolean; mayImport: boolean },
): Card {
  const { query, exactly } = asked;
  const words = { query, count: found.length };
  const title = text.words(query === '' ? 'accounts.list.mine' : 'accounts.list.title');
  const said = text.words(exactly ? 'accounts.list.found' : 'accounts.list.near', words);
  return {
    title,
    body: [
      ...(query === '' ? [] : [{ kind: 'words', words: said } as const]),
      {
        kind: 'list',
        items: found.slice(0, shownLines).map((account) => lineOf(account, text)),
        ...more(found.length - shownLines, text),
      },
      ...addButtons(query, text, asked),
    ],
  };
}

function lineOf(account: AccountLine, text: Text): Item {
  const { name } = account;
  const detail = [text.plain(`accounts.class.${account.class}`), account.city, account.code];
  return {
    words: { strong: name },
    detail: detail.filter((part) => part !== null).join(' · '),
    buttons: [
      {
        label: text.plain('accounts.button.open'),
        spoken: text.plain('accounts.button.openSpoken', { name }),
        does: 'accounts.open',
        about: account.id,
      },
    ],
  };
}

/** Nobody by that name, or no customers at all. */
export function noAccount(query: string, text: Text, asked: { mayAdd: boolean; mayImport: boolean }): Card {
  const words = text.words(query === '' ? 'accounts.list.empty' : 'accounts.list.none', { query });
  return { body: [{ kind: 'words', words }, ...addButtons(query, text, asked)] };
}

function addButtons(query: string, text: Text, asked: { mayAdd: boolean; mayImport: boolean }): Part[] {
  const buttons: Button[] = [];
  const label = text.plain(query === '' ? 'accounts.button.add' : 'accounts.button.addNamed', { name: query });
  if (asked.mayAdd) buttons.push({ label, opens: 'accounts.add', about: query });
  if (asked.mayImport && query === '')
    buttons.push({ label: text.plain('accounts.button.import'), opens: 'accounts.import' });
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];
}
