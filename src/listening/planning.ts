import { type Account, readChoice } from '../accounts/index.ts';
import { type PlainAnswers, plainAnswers } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import {
  fix,
  forbidden,
  missing,
  notAllowed,
  notFound,
  notice,
  type Refusal,
  type Reply,
  refuse,
  refuseForm,
  tell,
} from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { reach } from '../people/index.ts';
import { finding } from '../surveys/index.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import { type MoveAnswers, moveForm, type PlanAnswers, planForm } from './forms.ts';
import { type Listening, lengths, mayChange, mayPlan } from './listening.ts';
import type { WithStores } from './needs.ts';
import type { Showing } from './showing.ts';
import { toldOf } from './told.ts';

/** Planning a visit to listen, moving and dropping it. */
export function createPlanning(needs: WithStores & { showing: Showing }) {
  const { store, people, actions, showing, nudge } = needs;
  const find = finding(needs);
  const mayPlanAny = ({ me }: Call) => reach(me, 'listening.change') !== 'none';

  function askPlan(call: Call, account: Pick<Account, 'id' | 'name'> | null, purpose = ''): Reply {
    const fits = cut(purpose.trim(), lengths.purpose);
    return ask({
      form: planForm,
      id: newId(),
      initial: { ...(account === null ? {} : { account: account.id }), ...(fits === '' ? {} : { purpose: fits }) },
      options: account === null ? {} : { account: [{ value: account.id, label: account.name }] },
      intro: call.text.words('listening.form.plan.intro'),
    });
  }

  /** The form; for an account that this manager means to visit already, that visit. */
  async function open(call: Call, about: string | undefined, purpose = ''): Promise<Reply> {
    if (about === undefined) return mayPlanAny(call) ? askPlan(call, null) : notAllowed(call);
    const account = await find.account(call, about);
    if (account === null) return notFound(call);
    const known = await store.ofAccount(call.me.organizationId, account.id, 20);
    const mine = known.find((one) => one.state === 'planned' && one.manager.id === call.me.id);
    if (mine !== undefined) return showing.card(call, mine);
    if (mayPlan(account.teamIds, call.me)) return askPlan(call, account, purpose);
    // Who plans none still reads of those that were made or are planned.
    const [last] = known;
    const seen = await showing.readable(call, last?.id);
    if (seen !== null) return showing.card(call, seen);
    return tell(call.text.words('listening.none', { account: { strong: account.name } }));
  }

  /** `listen [account] [purpose]`. */
  async function command(call: Call, rest: string): Promise<Reply> {
    if (rest.trim() === '') return showing.list(call);
    const found = await find.named(call, rest, (one) => ({ opens: 'listening.plan', about: one.id }));
    return 'reply' in found ? found : open(call, found.account.id, found.rest);
  }

  async function plan(call: Call, answers: PlanAnswers, form: Shown): Promise<Reply> {
    const { me, now, text, today } = call;
    const { organizationId } = me;
    if (!isPointer(form.id)) return notice(text.plain('chat.form.closed'));
    const choice = readChoice(answers.account);
    const account = choice !== null && 'id' in choice ? await find.account(call, choice.id) : null;
    if (account === null) return fix({ account: text.plain('listening.problem.account') });
    if (!mayPlan(account.teamIds, me)) return fix({ account: text.plain('listening.problem.notYours') });
    const { day: plannedOn, purpose = null } = answers;
    const manager = { id: me.id, name: me.name, timeZone: me.timeZone };
    const about = {
      organizationId,
      id: form.id,
      account,
      accountOwnerId: account.ownerId,
      manager,
      plannedOn,
      purpose,
    };
    const tell_ = await toldOf('planned', about, form.id, call, people);
    const remindAt = actions.remindAt(plannedOn, me.timeZone, now);
    const planned = await store.plan(
      {
        organizationId,
        id: form.id,
        accountId: account.id,
        managerId: me.id,
        plannedOn,
        purpose,
        remindAt,
        at: now,
      },
      tell_,
    );
    if (planned === null) return fix({ account: text.plain('listening.problem.account') });
    nudge();
    return showing.card(
      call,
      planned,
      text.words(`listening.done.${plannedOn.equals(today) ? 'plannedToday' : 'planned'}`),
    );
  }

  function askMove(call: Call, one: Listening, given: { id: string; initial?: PlainAnswers; intro?: Words }): Reply {
    const { text, today } = call;
    const { id, initial = {} } = given;
    return ask({
      form: moveForm,
      id,
      about: { listening: one.id, version: String(one.version) },
      initial: {
        day: one.plannedOn.toString(),
        ...(one.purpose === null ? {} : { purpose: one.purpose }),
        ...initial,
      },
      intro:
        given.intro ??
        text.words('listening.form.move.intro', {
          account: { strong: one.account.name },
          day: text.day(one.plannedOn, today),
        }),
    });
  }

  /** The visit when this person may move and drop it; else why not. */
  async function changeable(call: Call, id: string | undefined): Promise<Listening | Refusal> {
    const one = await showing.readable(call, id);
    if (one === null) return missing;
    return mayChange(one, call.me) ? one : forbidden;
  }

  async function openMove(call: Call, about: string | undefined): Promise<Reply> {
    const one = await changeable(call, about);
    if ('refused' in one) return refuse(one, call);
    if (one.state !== 'planned') return showing.card(call, one, call.text.words('listening.problem.notPlanned'));
    return askMove(call, one, { id: newId() });
  }

  async function move(call: Call, answers: MoveAnswers, form: Shown): Promise<Reply> {
    const { now, text, today } = call;
    const one = await changeable(call, form.about.listening);
    if ('refused' in one) return refuseForm(one, call);
    if (one.state !== 'planned') return notice(text.plain('listening.problem.notPlanned'));
    const { day: plannedOn, purpose = null } = answers;
    const happened = text.words('listening.done.moved', { day: text.day(plannedOn, today) });
    // So it is already: by this very form, or by somebody who meant the same.
    if (plannedOn.equals(one.plannedOn) && purpose === one.purpose) return showing.cardAgain(call, one, happened);
    const version = Number(form.about.version);
    const rows = await toldOf('moved', { ...one, plannedOn, purpose }, `${one.id}:${version}`, call, people);
    const remindAt = actions.remindAt(plannedOn, one.manager.timeZone, now);
    const seen = { organizationId: one.organizationId, id: one.id, version };
    const isDone = await store.replan(seen, { state: 'planned', plannedOn, purpose, remindAt }, rows);
    const after = await store.find(one.organizationId, one.id);
    if (after === null) return refuseForm(missing, call);
    if (isDone) {
      nudge();
      return showing.cardAgain(call, after, happened);
    }
    if (after.state !== 'planned') return notice(text.plain('listening.problem.notPlanned'));
    const intro = text.words('listening.problem.changed', { day: text.day(after.plannedOn, today) });
    return askMove(call, after, { id: form.id, initial: plainAnswers(answers), intro });
  }

  async function drop(call: Call, about: string | undefined): Promise<Reply> {
    const { text } = call;
    const [id, seenAs] = about?.split(' ') ?? [];
    const one = await changeable(call, id);
    if ('refused' in one) return refuse(one, call);
    if (one.state === 'dropped') return showing.cardAgain(call, one);
    const { organizationId, plannedOn, purpose } = one;
    const rows = await toldOf('dropped', one, `${one.id}:${one.version}`, call, people);
    const isDone =
      String(one.version) === seenAs &&
      (await store.replan(one, { state: 'dropped', plannedOn, purpose, remindAt: null }, rows));
    const after = await store.find(organizationId, one.id);
    if (after === null) return notFound(call);
    if (isDone) nudge();
    if (isDone || after.state === 'dropped') return showing.cardAgain(call, after);
    return showing.cardAgain(call, after, text.words('listening.problem.changedSeen'));
  }

  const slice: Required<Pick<Slice, 'commands' | 'openers' | 'actions' | 'forms'>> = {
    commands: [
      {
        words: ['listen', '走访', '经理走访', '客户走访', 'listening'],
        usage: 'listening.usage',
        help: 'listening.help',
        run: command,
      },
    ],
    openers: [
      { name: 'listening.plan', run: (call, about) => open(call, about) },
      { name: 'listening.move', run: openMove },
    ],
    actions: [
      { name: 'listening.show', run: showing.showOne },
      { name: 'listening.drop', run: drop },
    ],
    forms: [handles({ form: planForm, submit: plan }), handles({ form: moveForm, submit: move })],
  };
  return { slice, changeable };
}

export type Planning = ReturnType<typeof createPlanning>;
