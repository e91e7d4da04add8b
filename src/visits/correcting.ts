import { contactNames } from '../accounts/index.ts';
import type { Queries } from '../actions/index.ts';
import { type PlainAnswers, plainAnswers } from '../chat/form.ts';
import { outboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { isPointer } from '../chat/pointer.ts';
import {
  fix,
  forbidden,
  missing,
  notFound,
  nothing,
  notice,
  type Reply,
  redraw,
  refuse,
  refuseForm,
  show,
  tell,
} from '../chat/reply.ts';
import { type Action, ask, type Call, type FormHandler, handles, type Opener, type Shown } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Locale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { choicesAsOptions, onlyOffered } from './asking.ts';
import { announcedUndoneCard, announcementCard, savedCard, undoneCard, visitCard } from './cards.ts';
import type { Consequences, CorrectStore, TurnResult } from './correct-store.ts';
import { type EditAnswers, editForm, type UndoAnswers, undoForm } from './forms.ts';
import { fieldLabel, fieldValue, historyOf } from './history.ts';
import { mayClose, type WithStores } from './needs.ts';
import type { Saving } from './saving.ts';
import { changeStep } from './step-store.ts';
import { contentOf, mayCorrect, mayRead, type Step, type Visit } from './visit.ts';

type Needs = WithStores & { corrections: CorrectStore; saving: Saving };

/** Correcting visits, taking them back, restoring them; and everything about one of them. */
export function createCorrecting(needs: Needs) {
  const { store, corrections, saving, actions, feedback, nudge } = needs;

  /** The visit, when this person may see it. */
  async function visible(call: Call, id: string | undefined): Promise<Visit | null> {
    const visit = isPointer(id) ? await store.load(call.me.organizationId, id) : null;
    return visit && mayRead(visit, call.me) ? visit : null;
  }

  /** The visit with what may be done to it; else why not. */
  async function correctable(call: Call, id: string | undefined) {
    const visit = await visible(call, id);
    if (!visit) return missing;
    const may = mayCorrect(visit, call.me, call.now);
    return may === 'no' ? forbidden : { visit, may };
  }

  /** The announcement as it reads after a change. */
  const redrawn = (call: Call, key: string) => (after: Visit, locale: Locale) => {
    const text = textIn(locale);
    const people = [after.author, ...after.colleagues];
    const shown = { ...after, account: after.account.name, people, nextStep: after.steps[0] ?? null };
    const card = after.undoneAt ? announcedUndoneCard(text) : announcementCard(shown, text, call.today);
    const of = { thing: 'visit', id: after.id, card: 'announcement' };
    const { organizationId } = call.me;
    return outboxRow(
      { organizationId, key: `visit-redrawn:${key}`, to: { whereItStands: true }, content: { do: 'redraw', card, of } },
      call.now,
    );
  };

  const turnOf = (call: Call, visit: Visit, requestKey: string, reason: string | null) => ({
    organizationId: call.me.organizationId,
    visitId: visit.id,
    version: visit.version,
    by: call.me.id,
    at: call.now,
    reason,
    requestKey,
  });

  async function openEdit(call: Call, about: string | undefined): Promise<Reply> {
    const found = await correctable(call, about);
    if ('refused' in found) return refuse(found, call);
    const { visit, may } = found;
    if (visit.undoneAt) return tell(call.text.plain('visits.edit.undone'));
    return askEdit(call, visit, { id: newId(), needsReason: may === 'withReason', initial: initialOf(visit) });
  }

  async function askEdit(
    call: Call,
    visit: Visit,
    given: {
      id: string;
      needsReason: boolean;
      initial: PlainAnswers;
      intro?: Words;
      expanded?: boolean;
    },
  ): Promise<Reply> {
    const { id, needsReason, initial, intro } = given;
    const chosen = initial.account;
    const choices = isPointer(chosen)
      ? await store.choices(call.me.organizationId, chosen, { personId: call.me.id, ...mayClose(call) })
      : null;
    const account = choices?.account ?? (chosen === visit.account.id ? visit.account : null);
    const typed =
      typeof chosen === 'string' && chosen.startsWith('new:') ? { id: chosen, name: chosen.slice(4) } : null;
    const picked = account ?? typed;
    const without = [
      ...(needsReason ? [] : ['reason']),
      ...(choices && choices.contacts.length > 0 ? [] : ['contacts']),
      ...(openSteps(visit).length > 1 ? ['nextStep', 'due', 'owner'] : []),
    ];
    const { fulfils: _, ...options } = choicesAsOptions(choices, call);
    return ask({
      form: editForm,
      id,
      about: { visit: visit.id, version: String(visit.version) },
      initial: onlyOffered(initial, choices),
      options: { ...(picked ? { account: [{ value: picked.id, label: picked.name }] } : {}), ...options },
      without,
      expanded: given.expanded ?? true,
      ...(intro === undefined ? {} : { intro }),
    });
  }

  async function changed(call: Call, field: string, initial: PlainAnswers, shown: Shown): Promise<Reply> {
    if (field !== 'account') return nothing;
    const found = await correctable(call, shown.about.visit);
    if ('refused' in found) return nothing;
    const { expanded, id } = shown;
    const reply = await askEdit(call, found.visit, {
      id,
      initial,
      expanded,
      needsReason: !shown.without.includes('reason'),
    });
    // The version stays the one that the person began with.
    return reply.reply === 'ask' ? { reply: 'ask', asked: { ...reply.asked, about: shown.about } } : reply;
  }

  async function edit(call: Call, answers: EditAnswers, shown: Shown): Promise<Reply> {
    const { text } = call;
    const found = await correctable(call, shown.about.visit);
    if ('refused' in found) return refuseForm(found, call);
    const { visit, may } = found;
    if (visit.undoneAt) return notice(text.plain('visits.edit.undone'));
    const reason = answers.reason ?? null;
    // The 24 hours ended while the form was open.
    if (may === 'withReason' && !reason) {
      return askEdit(call, visit, { id: shown.id, needsReason: true, initial: plainAnswers(answers), expanded: true });
    }
    const account = await saving.accountOf(call, answers.account, shown.id);
    if ('problem' in account) return fix({ account: account.problem });
    const others = await saving.colleaguesOf(call, [...answers.colleagues, ...(answers.owner ? [answers.owner] : [])]);
    if (others === null || !answers.contacts.every(isPointer))
      return fix({ account: text.plain('visits.problem.pointers') });
    const version = Number(shown.about.version);
    const correction = {
      ...turnOf(call, visit, shown.id, reason),
      version,
      accountId: account.id,
      kind: answers.kind ?? visit.kind,
      date: answers.date ?? visit.date,
      purpose: answers.purpose ?? null,
      note: answers.note ?? null,
      outcome: answers.outcome ?? null,
      // Whoever corrects for the author may be one of the colleagues.
      colleagueIds: answers.colleagues.filter((id) => id !== visit.author.id),
      contactIds: [...new Set(answers.contacts)],
      newContacts: contactNames(answers.newContacts ?? '').map((name) => ({ id: newId(), name })),
    };
    const result = await corrections.correct(correction, {
      redraw: redrawn(call, shown.id),
      also: (through) => correctStep(through, call, visit, account.id, answers, shown, others),
    });
    if (result.became === 'changed') return somebodyWasFaster(call, result.visit, answers, shown);
    if (result.became === 'gone') return fix({ account: text.plain(`visits.problem.${result.what}`) });
    nudge();
    return redraw(savedCard(result.visit, call, 'corrected'));
  }

  /** Adds, changes or drops the one next step that the form asked for. */
  async function correctStep(
    through: Queries,
    call: Call,
    visit: Visit,
    accountId: string,
    answers: EditAnswers,
    shown: Shown,
    others: NonNullable<Awaited<ReturnType<Saving['colleaguesOf']>>>,
  ): Promise<void> {
    if (shown.without.includes('nextStep')) return;
    const { me, now } = call;
    const was = openSteps(visit)[0] ?? null;
    const ownerId = answers.owner ?? visit.author.id;
    const owner = others.get(ownerId);
    const dueOn = answers.due ?? null;
    const zone = owner?.timeZone ?? (ownerId === me.id ? me.timeZone : visit.author.timeZone);
    const id = was?.id ?? newId();
    const remindAt = actions.remindAt(dueOn, zone, now);
    const is = answers.nextStep ? { id, text: answers.nextStep, ownerId, dueOn, remindAt } : null;
    await changeStep(through, {
      organizationId: me.organizationId,
      visitId: visit.id,
      accountId,
      by: me.id,
      at: now,
      requestKey: shown.id,
      was,
      is,
    });
    if (!is || !owner || owner.id === was?.ownerId || owner.id === me.id) return;
    const told = { ...is, organizationId: me.organizationId, accountName: visit.account.name };
    await putIntoOutbox(through, [actions.handedOver(`action-handed-over:${shown.id}`, owner, told, call)]);
  }

  /** The same form with all that was typed, and what the other one changed. */
  async function somebodyWasFaster(call: Call, visit: Visit, answers: EditAnswers, shown: Shown): Promise<Reply> {
    const { text, me } = call;
    if (visit.undoneAt) return notice(text.plain('visits.edit.undone'));
    const kept = await corrections.history(me.organizationId, visit.id);
    const since = historyOf(visit, kept).filter((old) => old.version >= Number(shown.about.version));
    const fields = new Set(since.flatMap((old) => old.changed.map(({ field }) => field)));
    const now = contentOf(visit);
    const changes = [...fields].map(
      (field) => `${fieldLabel(field, text)} → ${fieldValue(now, field, text) ?? text.plain('visits.history.empty')}`,
    );
    const last = since.at(-1)?.who ?? visit.author;
    const who: Words = { person: last.id, name: last.name };
    return askEdit(call, visit, {
      id: shown.id,
      needsReason: !shown.without.includes('reason'),
      expanded: true,
      initial: plainAnswers(answers),
      intro: text.words('visits.edit.changed', { who, fields: changes.length > 0 ? text.list(changes) : '–' }),
    });
  }

  /** Takes a visit back at once, or asks why where a reason is due. */
  async function undo(call: Call, about: string | undefined): Promise<Reply> {
    const found = await correctable(call, about);
    if ('refused' in found) return refuse(found, call);
    const { visit, may } = found;
    if (visit.undoneAt) return redraw(undoneCard(visit, call));
    if (may === 'freely') return redraw(undoneCard(await turnBack(call, visit, call.id, null), call));
    const intro = call.text.words('visits.undo.askReason');
    return ask({ form: undoForm, id: newId(), about: { visit: visit.id }, intro });
  }

  async function undoWithReason(call: Call, { reason }: UndoAnswers, shown: Shown): Promise<Reply> {
    const found = await correctable(call, shown.about.visit);
    if ('refused' in found) return refuseForm(found, call);
    const { visit } = found;
    return redraw(undoneCard(visit.undoneAt ? visit : await turnBack(call, visit, shown.id, reason), call));
  }

  const turnBack = (call: Call, visit: Visit, key: string, reason: string | null): Promise<Visit> =>
    untilTurned(visit, (current) =>
      current.undoneAt
        ? null
        : corrections.undo(turnOf(call, current, key, reason), {
            redraw: redrawn(call, key),
            also: async (through) => {
              await actions.dropOfVisit(through, stepsTurn(call, visit));
              await feedback.dropOfVisit(through, stepsTurn(call, visit));
            },
          }),
    );

  async function restore(call: Call, about: string | undefined): Promise<Reply> {
    const found = await correctable(call, about);
    if ('refused' in found) return refuse(found, call);
    const consequences: Consequences = {
      redraw: redrawn(call, call.id),
      also: async (through) => {
        await actions.restoreOfVisit(through, stepsTurn(call, found.visit));
        await feedback.restoreOfVisit(through, stepsTurn(call, found.visit));
      },
    };
    const visit = await untilTurned(found.visit, (current) =>
      current.undoneAt ? corrections.restore(turnOf(call, current, call.id, null), consequences) : null,
    );
    return redraw(savedCard(visit, call));
  }

  const stepsTurn = ({ me, now }: Call, visit: Visit) => ({
    organizationId: me.organizationId,
    visitId: visit.id,
    by: me.id,
    at: now,
  });

  /** Somebody may correct the visit at the same moment: then what they made of it is turned. */
  async function untilTurned(first: Visit, work: (visit: Visit) => Promise<TurnResult> | null): Promise<Visit> {
    for (let visit = first; ; ) {
      const result = await work(visit);
      if (result === null) return visit;
      if (result.became === 'gone') throw new Error('a visit vanished while it was turned');
      if (result.became === 'corrected') nudge();
      if (result.became !== 'changed') return result.visit;
      visit = result.visit;
    }
  }

  async function showVisit(call: Call, about: string | undefined): Promise<Reply> {
    const visit = await visible(call, about);
    if (!visit) return notFound(call);
    const history = historyOf(visit, await corrections.history(call.me.organizationId, visit.id));
    return show(visitCard(visit, history, call, mayCorrect(visit, call.me, call.now) !== 'no'));
  }

  const openers: Opener[] = [{ name: 'visits.edit', run: openEdit }];
  const buttons: Action[] = [
    { name: 'visits.undo', run: undo },
    { name: 'visits.restore', run: restore },
    { name: 'visits.show', run: showVisit },
  ];
  const forms: FormHandler[] = [
    handles({ form: editForm, submit: edit, change: changed }),
    handles({ form: undoForm, submit: undoWithReason }),
  ];
  return { openers, actions: buttons, forms };
}

const openSteps = (visit: Visit): readonly Step[] => visit.steps.filter((step) => step.open);

function initialOf(visit: Visit): PlainAnswers {
  const steps = openSteps(visit);
  const step = steps.length === 1 ? steps[0] : undefined;
  const answers = {
    account: visit.account.id,
    note: visit.note,
    kind: visit.kind,
    date: visit.date.toString(),
    purpose: visit.purpose,
    outcome: visit.outcome,
    contacts: visit.contacts.map((contact) => contact.id),
    colleagues: visit.colleagues.map((colleague) => colleague.id),
    ...(step ? { nextStep: step.text, due: step.dueOn?.toString(), owner: step.ownerId } : {}),
  };
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null && answer !== undefined));
}
