import { type Accounts, readChoice } from '../accounts/index.ts';
import type { Actions, NewAction } from '../actions/index.ts';
import type { Nudge } from '../chat/outbox.ts';
import { isPointer } from '../chat/pointer.ts';
import {
  fix,
  forbidden,
  missing,
  notAllowed,
  notFound,
  type Refusal,
  type Reply,
  redraw,
  refuse,
  refuseForm,
  tell,
} from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { People, Person } from '../people/index.ts';
import { dayInWords } from '../text/day-in-words.ts';
import { type Decision, mayDecide, mayRead, mayUndo, readAbout, type SalesDay } from './decision.ts';
import { dayWords } from './decision-cards.ts';
import { type DecisionAnswers, decisionForm } from './decision-form.ts';
import { decisionStore } from './decision-store.ts';
import { becomes, postOf, redrawnOf, saidOf, toldOf, undoneOf } from './decision-telling.ts';
import type { Named } from './summary.ts';

export interface DecidingNeeds {
  database: Database;
  people: Pick<People, 'person'>;
  accounts: Pick<Accounts, 'get' | 'addByName'>;
  actions: Pick<Actions, 'remindAt' | 'handedOver'>;
  nudge: Nudge;
  log: Log;
  /** Told when minutes may be due to be posted or changed. Never waits, never throws. */
  decided: () => void;
}

/** What a sales meeting decides: noted by a button on its agenda, read in the agenda's thread, taken back. */
export function createDeciding(needs: DecidingNeeds): Required<Pick<Slice, 'actions' | 'openers' | 'forms'>> {
  const { people, accounts, actions, nudge, log, decided } = needs;
  const store = decisionStore(needs.database);

  /** The day of a meeting that this person may decide for; else why not. */
  async function dayOf({ me }: Call, occurrenceId: string | undefined): Promise<SalesDay | Refusal> {
    const day = isPointer(occurrenceId) ? await store.day(me.organizationId, occurrenceId) : null;
    if (day === null || !mayRead(me, day)) return missing;
    return mayDecide(me, day) ? day : forbidden;
  }

  async function open(call: Call, about: string | undefined): Promise<Reply> {
    const { me, text, today } = call;
    const read = readAbout(about);
    const day = await dayOf(call, read?.occurrenceId);
    if ('refused' in day) return refuse(day, call);
    const account = read?.accountId ? await accounts.get(me.organizationId, read.accountId) : null;
    // Of a customer who is gone since the agenda was posted, the rest of the form is still good.
    const chosen = account?.archivedAt === null ? account : null;
    return ask({
      form: decisionForm,
      id: newId(),
      about: { occurrence: day.id },
      initial: chosen === null ? {} : { account: chosen.id, owner: me.id },
      options: chosen === null ? {} : { account: [{ value: chosen.id, label: chosen.name }] },
      intro: text.words('decisions.form.intro', dayWords(day, { text, today })),
    });
  }

  async function submit(call: Call, answers: DecisionAnswers, shown: Shown): Promise<Reply> {
    const { me, now, text } = call;
    const { organizationId } = me;
    const day = await dayOf(call, shown.about.occurrence);
    if ('refused' in day) return refuseForm(day, call);
    const noted = await store.notedIn(organizationId, shown.id, me.id);
    if (noted !== null) return saidOf(call, noted, day);
    const owner = answers.owner === undefined ? null : await people.person(organizationId, answers.owner);
    if (answers.owner !== undefined && (!owner?.active || owner.observer))
      return fix({ owner: text.plain('decisions.problem.owner') });
    const account = await accountOf(call, answers.account, shown.id);
    if (account !== null && 'problem' in account) return fix({ account: account.problem });
    const meant = owner && dayInWords(answers.text, { today: call.today, locale: text.locale })?.day;
    const decision: Decision = {
      id: shown.id,
      text: answers.text,
      account,
      dueOn: answers.due ?? meant ?? null,
      owner: owner && { id: owner.id, name: owner.name },
      createdBy: { id: me.id, name: me.name },
    };
    const step = account && owner ? stepOf(call, decision, account, owner) : null;
    const isNew = await store.add(
      {
        organizationId,
        id: decision.id,
        occurrenceId: day.id,
        text: decision.text,
        dueOn: decision.dueOn,
        accountId: account?.id ?? null,
        ownerId: owner?.id ?? null,
        createdById: me.id,
        createdAt: now,
        requestKey: shown.id,
      },
      {
        action: step?.action ?? null,
        handedOver: step?.handedOver ?? null,
        tell: [...postOf(call, decision, day), ...(owner && !step ? toldOf(call, decision, day, owner) : [])],
      },
    );
    if (isNew) {
      log.info({ organization: organizationId, decision: decision.id }, 'a decision was noted');
      nudge();
      decided();
    }
    const stored = await store.notedIn(organizationId, shown.id, me.id);
    return stored === null ? refuseForm(missing, call) : saidOf(call, stored, day);
  }

  /** The customer who was chosen, or a new one; null: none was. */
  async function accountOf(call: Call, choice: string | undefined, requestKey: string) {
    const { me, text } = call;
    if (choice === undefined) return null;
    const read = readChoice(choice);
    const added = read && 'add' in read ? await accounts.addByName(call, read.add, `${requestKey}:account`) : null;
    // Somebody added a customer of this name in the meantime: that one is meant.
    const id = added === null ? (read && 'id' in read ? read.id : null) : idOf(added);
    if (id === null && added !== null) return { problem: text.plain('decisions.problem.newAccount') };
    const account = id === null ? null : await accounts.get(me.organizationId, id);
    if (account === null || account.archivedAt !== null) return { problem: text.plain('decisions.problem.account') };
    return { id: account.id, name: account.name };
  }

  /** What it is for the one who carries it out with the customer. */
  function stepOf(call: Call, { id, text, dueOn }: Decision, account: Named, owner: Person) {
    const { me, now } = call;
    const { organizationId } = me;
    const action: NewAction = {
      organizationId,
      id,
      text,
      dueOn,
      accountId: account.id,
      visitId: null,
      ownerId: owner.id,
      createdById: me.id,
      createdAt: now,
      requestKey: id,
      remindAt: actions.remindAt(dueOn, owner.timeZone, now),
    };
    const told = { ...action, accountName: account.name };
    return {
      action,
      handedOver: owner.id === me.id ? null : actions.handedOver(`action-handed:${id}`, owner, told, call),
    };
  }

  return {
    openers: [{ name: 'meetings.decide', run: open }],
    forms: [handles({ form: decisionForm, submit })],
    actions: [{ name: 'meetings.undecide', run: undo }],
  };

  async function undo(call: Call, about: string | undefined): Promise<Reply> {
    const { me, now, text } = call;
    const { organizationId } = me;
    const found = isPointer(about) ? await store.find(organizationId, about) : null;
    const day = found && (await store.day(organizationId, found.occurrenceId));
    if (found === null || day === null || !mayRead(me, day)) return notFound(call);
    const { decision } = found;
    if (!mayUndo(me, decision, day)) return notAllowed(call);
    const owner = decision.owner && (await people.person(organizationId, decision.owner.id));
    const told = owner?.active ? undoneOf(call, decision, day, owner) : [];
    const by = { organizationId, id: me.id, at: now };
    const undone = await store.undo(found, by, [redrawnOf(call, decision, day), ...told]);
    if (!undone) return tell(text.words('decisions.alreadyUndone'));
    log.info({ organization: organizationId, decision: decision.id }, 'a decision was taken back');
    nudge();
    decided();
    return redraw(becomes(call, decision, day));
  }
}

const idOf = (added: Awaited<ReturnType<Accounts['addByName']>>): string | null => {
  if (added.added) return added.id;
  return added.taken === 'name' ? added.by.id : null;
};
