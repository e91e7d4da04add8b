import { contactNames, readChoice } from '../accounts/index.ts';
import type { Card } from '../chat/card.ts';
import { type OutboxRow, outboxRow } from '../chat/outbox.ts';
import { isPointer } from '../chat/pointer.ts';
import type { Call } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Person } from '../people/index.ts';
import { type Locale, locales } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { type Announced, announcementCard, savedCard } from './cards.ts';
import type { LogAnswers } from './forms.ts';
import type { Gaps, NewVisit, SaveResult } from './log-store.ts';
import { mayClose, type WithStores } from './needs.ts';
import type { Named, Said } from './visit.ts';

/** A visit as the person described it. */
export interface Described {
  requestKey: string;
  accountId: string;
  answers: Omit<LogAnswers, 'account' | 'second'>;
  /** They have said that it is a further visit on the same day. */
  second: boolean;
  link: string | null;
  /** The feedback that the visit is about, when the person may see it. */
  answersTo: Said | null;
}

export type Saved = { became: 'saved'; card: Card } | Exclude<SaveResult, { became: 'saved' }>;

/** A visit that only has to be stored, and what is shown of it then. */
interface Prepared {
  visit: NewVisit;
  cardOf(result: SaveResult & { became: 'saved' }): Card;
}

/** Storing new visits, with everything that follows from one. */
export function createSaving({ logs, accounts, people, actions, feedback, nudge }: WithStores) {
  /** The colleagues with these ids, without oneself; null when one of them is nobody here. */
  async function colleaguesOf({ me }: Call, ids: readonly string[]): Promise<Map<string, Person> | null> {
    const others = [...new Set(ids)].filter((id) => id !== me.id);
    if (others.length === 0) return new Map();
    if (!others.every(isPointer)) return null;
    const found = await people.people(me.organizationId, others);
    return others.every((id) => found.get(id)?.active) ? new Map(found) : null;
  }

  /** A visit with all that follows from it, ready to be stored. What is asked of the database for it is asked here. */
  async function prepare(call: Call, described: Described): Promise<Prepared | (Saved & { became: 'gone' })> {
    const { requestKey, accountId, answers, second, link, answersTo } = described;
    const { me, now } = call;
    const pointers = [...answers.contacts, ...(answers.fulfils ? [answers.fulfils] : [])];
    const others = await colleaguesOf(call, [...answers.colleagues, ...(answers.owner ? [answers.owner] : [])]);
    if (others === null || !pointers.every(isPointer)) return { became: 'gone', what: 'pointers' };
    const id = newId();
    const colleagues = [...others.values()].filter((one) => answers.colleagues.includes(one.id));
    const owner = others.get(answers.owner ?? me.id);
    const dueOn = answers.due ?? null;
    const step = answers.nextStep && { id: newId(), text: answers.nextStep, ownerId: owner?.id ?? me.id, dueOn };
    const nextStep = step ? { ...step, remindAt: actions.remindAt(dueOn, owner?.timeZone ?? me.timeZone, now) } : null;
    const gaps: Gaps = { account: `account-${id}`, workspace: `workspace-${id}`, channel: `channel-${id}` };
    const told =
      owner && nextStep
        ? actions.handedOver(
            `action-added:${nextStep.id}`,
            owner,
            { ...nextStep, organizationId: me.organizationId, accountName: gaps.account },
            call,
          )
        : null;
    const facts = { kind: answers.kind ?? 'visit', date: answers.date ?? call.today } as const;
    const said = answers.heard;
    const heard = said ? await feedback.heardIn(call, { accountId, words: said, kind: answers.heardKind }) : null;
    if (said && heard === null) return { became: 'gone', what: 'account' };
    const visit: NewVisit = {
      organizationId: me.organizationId,
      id,
      accountId,
      authorId: me.id,
      ...facts,
      requestKey,
      second,
      purpose: answers.purpose ?? null,
      note: answers.note ?? null,
      outcome: answers.outcome ?? null,
      sourceLink: link,
      loggedAt: now,
      nextStep,
      fulfils: answers.fulfils ?? null,
      mayClose: mayClose(call),
      colleagueIds: colleagues.map((one) => one.id),
      contactIds: [...new Set(answers.contacts)],
      newContacts: contactNames(answers.newContacts ?? '').map((name) => ({ id: newId(), name })),
      draftId: requestKey,
      announcements: announcementsOf(call, id, { ...facts, nextStep, people: [me, ...colleagues] }, gaps),
      heard,
      answersTo: answersTo?.id ?? null,
      told: [...(told ? [told] : []), ...(heard?.told ?? [])],
      gaps,
    };
    return {
      visit,
      cardOf(result) {
        const shown = {
          ...visit,
          ...result,
          account: { id: accountId, name: result.account },
          colleagues,
          version: 1,
          author: { id: me.id, name: me.name, timeZone: me.timeZone },
          steps: nextStep ? [{ ...nextStep, ownerName: owner?.name ?? me.name, open: true }] : [],
          undoneAt: null,
          heard: heard ? [heard] : [],
          answersTo: answersTo ? [answersTo] : [],
        };
        return savedCard(shown, call);
      },
    };
  }

  async function save(call: Call, described: Described): Promise<Saved> {
    const prepared = await prepare(call, described);
    if ('became' in prepared) return prepared;
    const { visit, cardOf } = prepared;
    const result = await logs.save(visit);
    if (result.became !== 'saved') return result;
    if (result.announced || visit.told.length > 0) nudge();
    return { became: 'saved', card: cardOf(result) };
  }

  /** The account that was chosen, or the new one that was asked for; else the sentence that says what is wrong. */
  async function accountOf(call: Call, choice: string, requestKey: string) {
    const read = readChoice(choice);
    if (read === null) return { problem: call.text.plain('visits.problem.account') };
    if ('id' in read) return read;
    const added = await accounts.addByName(call, read.add, `${requestKey}:account`);
    if (added.added) return { id: added.id };
    // Somebody added a customer of this name in the meantime: that one is meant.
    if (added.taken === 'name') return { id: added.by.id };
    return { problem: call.text.plain('visits.problem.newAccount') };
  }

  return { save, prepare, accountOf, colleaguesOf };
}

export type Saving = ReturnType<typeof createSaving>;

/** The announcement in every language, with gaps where the statement puts what only the database knows. */
function announcementsOf(
  { me, now, today }: Call,
  id: string,
  visit: Omit<Announced, 'account' | 'people'> & { people: readonly Named[] },
  gaps: Gaps,
): NewVisit['announcements'] {
  const to = { workspaceId: gaps.workspace, conversation: gaps.channel };
  const as = { thing: 'visit', id, card: 'announcement' };
  const cardIn = (locale: Locale) => announcementCard({ ...visit, account: gaps.account }, textIn(locale), today);
  const contentIn = (locale: Locale) => ({ do: 'post', card: cardIn(locale), as }) as const;
  const key = `visit-announced:${id}`;
  const row = outboxRow({ organizationId: me.organizationId, key, to, content: contentIn('en') }, now);
  const rowIn = (locale: Locale): OutboxRow =>
    locale === 'en' ? row : { ...row, message: { ...contentIn(locale), to } };
  return Object.fromEntries(locales.map((locale) => [locale, rowIn(locale)])) as Record<Locale, OutboxRow>;
}
