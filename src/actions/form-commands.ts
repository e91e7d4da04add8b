import type { PersonDays } from '../calendar/index.ts';
import type { Answers } from '../chat/form.ts';
import { type OutboxRow, outboxRow } from '../chat/outbox.ts';
import { fix, notAllowed, notFound, nothing, notice, type Reply, redraw, show, tell } from '../chat/reply.ts';
import { ask, type Call, type Shown } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { may, type Person, validTimeZone } from '../people/index.ts';
import { remindAt } from '../reminders/morning.ts';
import { dayInWords } from '../text/day-in-words.ts';
import { textIn } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { type Action, dayOfChoice } from './action.ts';
import { addedCard, happenedParts, toldCard } from './cards.ts';
import type { ActionCommands, CommandNeeds } from './commands.ts';
import { addForm, laterForm, reassignForm } from './forms.ts';
import type { Change, Origin } from './store.ts';
import { pointerText, readOrigin, readPointer, type View } from './view.ts';

/** Tells somebody that an action is theirs now. `key` says of which change. */
export function handedOver(
  key: string,
  owner: Person,
  action: Pick<Action, 'organizationId' | 'id' | 'text' | 'dueOn'> & { accountName: string },
  call: Pick<Call, 'me' | 'now'>,
): OutboxRow {
  const { organizationId, id, text, dueOn, accountName } = action;
  const today = call.now.toZonedDateTimeISO(validTimeZone(owner.timeZone)).toPlainDate();
  const told = { id, text, dueOn, accountName, by: call.me.name };
  return outboxRow(
    {
      organizationId,
      key,
      to: { personId: owner.id },
      content: { do: 'post', card: toldCard(told, { text: textIn(owner.locale), today }) },
    },
    call.now,
  );
}

/** What a person can do with one next step by a form: add it, move it, hand it on. */
export function actionForms(needs: CommandNeeds & { commands: ActionCommands }) {
  const { store, people, calendar, nudge, commands } = needs;

  /** The list that the form was opened from, with what happened above it. The person's own page needs no word from us. */
  async function drawnAgain(call: Call, shown: Shown, words: Words): Promise<Reply> {
    const view: View = readPointer(shown.about.action)?.view ?? { of: 'due' };
    if (view.of === 'home') return nothing;
    const card = await commands.cardOf(call, view, happenedParts(words, null));
    return card ? redraw(card) : notFound(call);
  }

  async function openAction(call: Call, about: string | undefined, form: typeof laterForm | typeof reassignForm) {
    const pointer = readPointer(about);
    const action = await commands.changeable(call, pointer?.id);
    if ('reply' in action || pointer === null) return 'reply' in action ? action : notFound(call);
    if (action.state !== 'open') return tell(call.text.words('actions.problem.closed'));
    const initial = form.name === laterForm.name ? { choice: 'tomorrow' } : {};
    const intro = [{ strong: action.text }, ` · ${action.account.name}`];
    return ask({ form, id: newId(), about: { action: pointerText(pointer) }, initial, intro });
  }

  /**
   * The action that a form was about, when it can still be changed; else what to answer. A form that is delivered twice
   * gets the same answer twice, though its first delivery may have put the action out of this person's reach.
   */
  async function ofForm(call: Call, shown: Shown): Promise<Action | Reply> {
    const { organizationId, id: by } = call.me;
    const id = readPointer(shown.about.action)?.id;
    const action = await commands.changeable(call, id);
    if (!('reply' in action) || id === undefined) return action;
    const again = await store.hasChanged(organizationId, id, shown.id, by);
    return (again ? await store.find(organizationId, id) : null) ?? action;
  }

  /** Null when it is changed, or was by this same form; else what to answer. */
  async function change(
    call: Call,
    shown: Shown,
    action: Action,
    what: Pick<Change, 'set' | 'remindAt' | 'changes'> & { tell?: OutboxRow },
  ): Promise<Reply | null> {
    const stays = { changeId: shown.id, by: call.me.id, at: call.now, tell: what.tell ?? null };
    const changed = action.state === 'open' && (await store.change(action, { ...what, ...stays }));
    if (!changed) return notice(call.text.plain('actions.problem.closed'));
    if (what.tell) nudge();
    return null;
  }

  /** On which days the owner works. */
  async function ownersDays({ today }: Call, { organizationId, owner }: Action): Promise<PersonDays> {
    const teams = await people.teamsOf(organizationId, [owner.id]);
    const asked = { organizationId, personId: owner.id, teamIds: teams.get(owner.id) ?? [] };
    const days = (await calendar.daysOf([asked], today)).get(owner.id);
    if (days === undefined) throw new Error('somebody without days');
    return days;
  }

  async function later(call: Call, answers: Answers<typeof laterForm.fields>, shown: Shown): Promise<Reply> {
    const action = await ofForm(call, shown);
    if ('reply' in action) return action;
    const dueOn = answers.due ?? dayOfChoice(answers.choice ?? 'tomorrow', call.today, await ownersDays(call, action));
    const refused = await change(call, shown, action, {
      set: { dueOn },
      remindAt: remindAt(dueOn, action.owner.timeZone, call.now),
      changes: { dueOn: [action.dueOn?.toString() ?? null, dueOn.toString()] },
    });
    if (refused) return refused;
    const said = { text: action.text, day: call.text.day(dueOn, call.today) };
    return drawnAgain(call, shown, call.text.words('actions.moved', said));
  }

  async function reassign(call: Call, answers: Answers<typeof reassignForm.fields>, shown: Shown): Promise<Reply> {
    const { me, text } = call;
    const action = await ofForm(call, shown);
    if ('reply' in action) return action;
    const owner = await people.person(me.organizationId, answers.owner);
    if (!owner?.active || owner.observer) return fix({ owner: text.plain('actions.problem.owner') });
    const handed = { ...action, accountName: action.account.name };
    const refused =
      owner.id === action.owner.id
        ? null
        : await change(call, shown, action, {
            set: { ownerId: owner.id },
            remindAt: remindAt(action.dueOn, owner.timeZone, call.now),
            changes: { ownerId: [action.owner.id, owner.id] },
            ...(owner.id === me.id ? {} : { tell: handedOver(`action-handed:${shown.id}`, owner, handed, call) }),
          });
    if (refused) return refused;
    const said = { name: { person: owner.id, name: owner.name }, text: action.text };
    return drawnAgain(call, shown, text.words('actions.handedOn', said));
  }

  /** What a step is added to, when this person may see it and may add there. */
  async function origin(call: Call, about: string | undefined): Promise<Origin | Reply> {
    const { me } = call;
    const pointer = readOrigin(about);
    if (pointer === null) return notFound(call);
    const found = await store[pointer.to](me.organizationId, pointer.id);
    const right = `${pointer.to}.read` as const;
    if (found === null || !may(me, right, found)) return notFound(call);
    const own = { personIds: [me.id], teamIds: [] };
    return may(me, 'action.change', own) ? found : notAllowed(call);
  }

  async function openAdd(call: Call, about: string | undefined): Promise<Reply> {
    const found = await origin(call, about);
    if ('reply' in found) return found;
    const intro = call.text.words('actions.add.intro', { account: { strong: found.accountName } });
    return ask({ form: addForm, id: newId(), about: { to: about ?? '' }, initial: { owner: call.me.id }, intro });
  }

  async function add(call: Call, answers: Answers<typeof addForm.fields>, shown: Shown): Promise<Reply> {
    const { me, now, text } = call;
    const { organizationId } = me;
    const [found, owner] = await Promise.all([
      origin(call, shown.about.to),
      people.person(organizationId, answers.owner),
    ]);
    if ('reply' in found) return found;
    if (!owner?.active || owner.observer) return fix({ owner: text.plain('actions.problem.owner') });
    const dueOn = answers.due ?? dayInWords(answers.text, { today: call.today, locale: text.locale })?.day ?? null;
    const action = { organizationId, id: shown.id, text: answers.text, dueOn, accountName: found.accountName };
    await store.add(
      {
        ...action,
        accountId: found.accountId,
        visitId: found.visitId,
        feedbackId: found.feedbackId,
        ownerId: owner.id,
        createdById: me.id,
        remindAt: remindAt(dueOn, owner.timeZone, now),
        createdAt: now,
        requestKey: shown.id,
      },
      owner.id === me.id ? null : handedOver(`action-handed:${shown.id}`, owner, action, call),
    );
    if (owner.id !== me.id) nudge();
    const added = await store.find(organizationId, shown.id);
    if (added === null) return notFound(call);
    return show(addedCard(added, call));
  }

  return {
    openLater: (call: Call, about: string | undefined) => openAction(call, about, laterForm),
    openReassign: (call: Call, about: string | undefined) => openAction(call, about, reassignForm),
    openAdd,
    later,
    reassign,
    add,
  };
}
