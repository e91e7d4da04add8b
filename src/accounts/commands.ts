import type { Option } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, forbidden, missing, notAllowed, notFound, type Reply, redraw, refuseForm, show } from '../chat/reply.ts';
import { type Action, ask, type Call, type Command, handles, type Opener, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { may, type People, roleOf } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import { type Account, belongs } from './account.ts';
import type { AccountActivity } from './activity.ts';
import { type AccountView, accountCard, accountList, noAccount } from './cards.ts';
import {
  type AccountAnswers,
  addContactForm,
  addForm,
  type ContactAnswers,
  editContactForm,
  editForm,
} from './forms.ts';
import { longestName, nameKey, splitNames, tidyName } from './name.ts';
import type { createSearch } from './searching.ts';
import type { AccountFacts, AccountStore } from './store.ts';
import { zoneMeant } from './time-zones.ts';
import type { accountWriteStore, ContactFacts } from './write-store.ts';

export interface CommandNeeds {
  store: AccountStore;
  writes: ReturnType<typeof accountWriteStore>;
  search: ReturnType<typeof createSearch>['search'];
  people: Pick<People, 'names' | 'teamsOf'>;
  activity: AccountActivity;
  openImport: Opener['run'];
}

const importWords = /^(?:import|导入)$/iu;
const addWords = /^(?:add|new|新增|添加)(?=$|\s|\p{Script=Han})\s*/iu;
/** How much of a search is repeated in an answer. */
const shownQuery = 60;

/** What a person can do with accounts and contacts. */
export function accountCommands(needs: CommandNeeds): Pick<Slice, 'commands' | 'actions' | 'openers' | 'forms'> {
  const { store, writes, search, people, activity, openImport } = needs;

  const mayAdd = ({ me }: Call) => may(me, 'account.add', { personIds: [me.id], teamIds: me.memberOf });
  const mayImport = ({ me }: Call) => may(me, 'account.import', { personIds: [], teamIds: [] });
  const mayEdit = ({ me }: Call, account: Account) => may(me, 'account.edit', belongs(account));
  /** To archive is to decide for the team, so it takes who leads it. */
  const mayArchive = (call: Call, account: Account) =>
    mayEdit(call, account) && ['salesManager', 'administrator'].includes(roleOf(call.me));

  async function find(call: Call, id: string | undefined): Promise<Account | null> {
    if (!isPointer(id)) return null;
    const account = await store.get(call.me.organizationId, id);
    return account && may(call.me, 'account.read', belongs(account)) ? account : null;
  }

  async function cardOf(call: Call, account: Account) {
    const { organizationId } = call.me;
    const [contacts, happened, openFeedback = 0, heardOn = null] = await Promise.all([
      store.contacts(organizationId, account.id),
      activity.of(organizationId, [account.id]),
      activity.openFeedback?.(organizationId, account.id),
      activity.lastListening?.(organizationId, account.id),
    ]);
    const known = happened.get(account.id) ?? null;
    const ids = [account.ownerId, ...account.memberIds, ...(known?.openActions ?? []).map(({ ownerId }) => ownerId)];
    const names = await people.names(organizationId, [...new Set(ids.filter((id) => id !== null))]);
    const rights = { mayEdit: mayEdit(call, account), mayArchive: mayArchive(call, account), mayLog: mayLog(call) };
    const view: AccountView = { account, contacts, activity: known, openFeedback, heardOn, names, ...rights };
    return accountCard(view, call);
  }
  const mayLog = ({ me }: Call) => may(me, 'visit.log', { personIds: [me.id], teamIds: [] });

  async function showAccount(call: Call, id: string | undefined): Promise<Reply> {
    const account = await find(call, id);
    return account ? show(await cardOf(call, account)) : notFound(call);
  }

  const command: Command = {
    words: ['account', '客户', 'accounts', 'customer', 'customers'],
    usage: 'accounts.command.usage',
    help: 'accounts.command.help',
    run: async (call, rest) => {
      if (importWords.test(rest)) return openImport(call, undefined);
      if (addWords.test(rest)) return openAdd(call, rest.replace(addWords, ''));
      const query = tidyName(rest);
      const found = await search(call, query, 100);
      const asked = { mayAdd: mayAdd(call), mayImport: mayImport(call) };
      const shown = cut(query, shownQuery);
      const lines = query === '' ? found.filter(({ mine }) => mine) : found;
      const [first, second] = lines;
      if (!first) return show(noAccount(shown, call.text, asked));
      const isNamed = (name: string) => nameKey(name) === nameKey(query);
      if (query !== '' && (!second || (isNamed(first.name) && !isNamed(second.name)))) {
        return showAccount(call, first.id);
      }
      const exactly = lines.some(({ name, code }) => nameKey(`${name}${code ?? ''}`).includes(nameKey(query)));
      return show(accountList(lines, call.text, { query: shown, exactly, ...asked }));
    },
  };

  function openAdd(call: Call, name: string): Reply {
    if (!mayAdd(call)) return notAllowed(call);
    const known = cut(tidyName(name), longestName);
    const initial = { class: 'general', owner: call.me.id, ...(known === '' ? {} : { name: known }) };
    return ask({ form: addForm, id: newId(), initial });
  }

  const openEdit: Opener['run'] = async (call, about) => {
    const account = await find(call, about);
    if (!account) return notFound(call);
    if (!mayEdit(call, account)) return notAllowed(call);
    const { name, class: accountClass, ownerId, memberIds, otherNames, code, city, timeZone } = account;
    const answers = { name, class: accountClass, owner: ownerId, members: memberIds, code, city, timeZone };
    const initial = { ...answers, otherNames: otherNames.length === 0 ? null : otherNames.join('; ') };
    const given = Object.entries(initial).filter(([, value]) => value !== null);
    return ask({ form: editForm, id: newId(), about: { account: account.id }, initial: Object.fromEntries(given) });
  };

  async function saveNew(call: Call, answers: AccountAnswers, requestKey: string): Promise<Reply> {
    const { me, text } = call;
    if (!mayAdd(call)) return refuseForm(forbidden, call);
    const ownerId = answers.owner ?? me.id;
    const teamIds = (await people.teamsOf(me.organizationId, [ownerId])).get(ownerId) ?? [];
    if (!may(me, 'account.add', { personIds: [ownerId], teamIds }))
      return fix({ owner: text.plain('accounts.problem.owner') });
    const by = { personId: me.id, at: call.now, requestKey };
    const added = await store.add(me.organizationId, { ...factsOf(answers), ownerId, teamId: null }, by);
    if (!added.added) return taken(call, added.taken, added.by.name);
    if (answers.members.length > 0)
      await writes.change(me.organizationId, added.id, { memberIds: answers.members }, by);
    return showAccount(call, added.id);
  }

  async function saveEdit(call: Call, answers: AccountAnswers, id: string | undefined): Promise<Reply> {
    const account = await find(call, id);
    if (!account) return refuseForm(missing, call);
    if (!mayEdit(call, account)) return refuseForm(forbidden, call);
    // A colleague who left cannot be shown in the form: leaving the field empty must not take the account from them.
    const ownerId = answers.owner ?? account.ownerId;
    const facts = { ...factsOf(answers, account), ownerId, memberIds: answers.members };
    const by = { personId: call.me.id, at: call.now };
    const changed = await writes.change(account.organizationId, account.id, facts, by);
    return changed.changed ? showAccount(call, account.id) : taken(call, changed.taken, changed.by);
  }

  const taken = ({ text }: Call, what: 'name' | 'code', name: string) =>
    what === 'name'
      ? fix({ name: text.plain('accounts.problem.taken', { name }) })
      : fix({ code: text.plain('accounts.problem.codeTaken', { name }) });

  const openAddContact: Opener['run'] = async (call, about) => {
    const account = await find(call, about);
    if (!account) return notFound(call);
    if (!mayEdit(call, account)) return notAllowed(call);
    return ask({ form: addContactForm, id: newId(), about: { account: account.id }, without: ['gone'] });
  };

  async function contactFor(call: Call, id: string | undefined) {
    const contact = isPointer(id) ? await store.contact(call.me.organizationId, id) : null;
    const account = contact ? await find(call, contact.accountId) : null;
    return contact && account ? { contact, account } : null;
  }

  const openEditContact: Opener['run'] = async (call, about) => {
    const found = await contactFor(call, about);
    if (!found) return notFound(call);
    if (!mayEdit(call, found.account)) return notAllowed(call);
    const { name, title, role, attitude, id } = found.contact;
    const initial = { name, attitude, ...(title === null ? {} : { title }), ...(role === null ? {} : { role }) };
    return ask({ form: editContactForm, id: newId(), about: { contact: id }, initial });
  };

  async function saveContact(call: Call, answers: ContactAnswers, account: Account | null, contactId: string) {
    if (!account) return refuseForm(missing, call);
    if (!mayEdit(call, account)) return refuseForm(forbidden, call);
    const ids = { accountId: account.id, contactId };
    const by = { personId: call.me.id, at: call.now };
    const saved = await writes.saveContact(account.organizationId, ids, contactFactsOf(answers), by);
    if (saved.changed) return showAccount(call, account.id);
    return fix({ name: call.text.plain('accounts.problem.contactTaken', { name: tidyName(answers.name) }) });
  }

  const archive = (name: string, archived: boolean): Action => ({
    name,
    run: async (call, about) => {
      const account = await find(call, about);
      if (!account) return notFound(call);
      if (!mayArchive(call, account)) return notAllowed(call);
      await writes.change(account.organizationId, account.id, { archived }, { personId: call.me.id, at: call.now });
      const now = await find(call, account.id);
      return now ? redraw(await cardOf(call, now)) : notFound(call);
    },
  });

  return {
    commands: [command],
    actions: [
      { name: 'accounts.open', run: showAccount },
      archive('accounts.archive', true),
      archive('accounts.restore', false),
    ],
    openers: [
      { name: 'accounts.add', run: async (call, about) => openAdd(call, about ?? '') },
      { name: 'accounts.edit', run: openEdit },
      { name: 'accounts.addContact', run: openAddContact },
      { name: 'accounts.editContact', run: openEditContact },
    ],
    forms: [
      handles({ form: addForm, submit: (call, answers, shown) => saveNew(call, answers, shown.id) }),
      handles({ form: editForm, submit: (call, answers, shown) => saveEdit(call, answers, shown.about.account) }),
      handles({
        form: addContactForm,
        submit: async (call, answers, shown) =>
          saveContact(call, answers, await find(call, shown.about.account), shown.id),
      }),
      handles({
        form: editContactForm,
        submit: async (call, answers, shown) => {
          const found = await contactFor(call, shown.about.contact);
          return saveContact(call, answers, found?.account ?? null, found?.contact.id ?? '');
        },
      }),
    ],
  };
}

function factsOf(answers: AccountAnswers, before?: Account): Omit<AccountFacts, 'ownerId' | 'teamId'> {
  return {
    name: tidyName(answers.name),
    otherNames: splitNames(answers.otherNames ?? ''),
    code: answers.code === undefined ? null : tidyName(answers.code) || null,
    class: answers.class ?? before?.class ?? 'general',
    city: answers.city === undefined ? null : tidyName(answers.city) || null,
    timeZone: answers.timeZone === undefined ? null : zoneMeant(answers.timeZone),
  };
}

const contactFactsOf = (answers: ContactAnswers): ContactFacts => ({
  name: tidyName(answers.name),
  title: answers.title === undefined ? null : tidyName(answers.title) || null,
  role: answers.role ?? null,
  attitude: answers.attitude ?? 'unknown',
  archived: answers.gone,
});

/** Contacts of an account as choices. */
export const contactOptions = (contacts: readonly { id: string; name: string; title: string | null }[]): Option[] =>
  contacts.map(({ id, name, title }) => ({ value: id, label: name, ...(title === null ? {} : { detail: title }) }));
