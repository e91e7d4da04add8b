import type { PlainAnswers } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import { notAllowed, notFound, nothing, type Reply } from '../chat/reply.ts';
import type { Call, Shown } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { type AskLog, askLog } from './asking.ts';
import { logForm } from './forms.ts';
import { mayClose, mayLog, type WithStores } from './needs.ts';
import { atMost } from './patience.ts';
import type { Choices } from './store.ts';
import { excerpt } from './visit.ts';

/** Milliseconds that the form waits for what the database can add to it; then it opens without. */
const patience = 300;

/** Showing the form for a visit: it waits for one question to the database at most, and for none when that is slow. */
export function createOpening({ store, feedback, drafts, log }: WithStores) {
  const failedLate = (err: unknown) => log.warn({ err }, 'failed after the form was shown');

  const choicesOf = (call: Call, accountId: string) =>
    store.choices(call.me.organizationId, accountId, { personId: call.me.id, ...mayClose(call) });

  /** The account's choices, when they come in time and it is there. Never fails: the form opens without them. */
  async function choicesInTime(call: Call, accountId: string): Promise<{ choices: Choices | null; slow: boolean }> {
    try {
      const work = choicesOf(call, accountId);
      const found = await atMost(patience, work, { done: () => undefined, failed: failedLate });
      return { choices: found.inTime ? found.value : null, slow: !found.inTime };
    } catch (err) {
      log.warn({ err }, 'form is shown without the choices of its account');
      return { choices: null, slow: true };
    }
  }

  /** The newest draft, when it comes in time; one that comes too late is offered the next time. */
  async function offerInTime({ me, text }: Call): Promise<AskLog['offer']> {
    const offer = drafts.offer(me.organizationId, me.id, logForm.name);
    try {
      const found = await atMost(patience, offer, {
        done: (draft) => {
          if (draft) drafts.offerAgain(me.organizationId, me.id, draft.id).catch(failedLate);
        },
        failed: failedLate,
      });
      if (!found.inTime || !found.value) return undefined;
      const { id, about } = found.value;
      const account = about.accountName ?? '';
      return {
        words: text.words('visits.log.resume', { known: account === '' ? 'no' : 'yes', account: { strong: account } }),
        button: { label: text.plain('visits.log.resumeButton'), opens: 'visits.resume', about: id },
      };
    } catch (err) {
      log.warn({ err }, 'form is shown without its draft');
      return undefined;
    }
  }

  /** The empty form, or with what is given; a draft is offered once. */
  async function open(call: Call, given: Partial<AskLog> = {}): Promise<Reply> {
    if (!mayLog(call)) return notAllowed(call);
    const offer = await offerInTime(call);
    return askLog(call, { id: newId(), ...given, ...(offer ? { offer } : {}) });
  }

  /** The form for an account, which is checked again on saving. */
  async function openFor(call: Call, accountId: string, given: Partial<AskLog> = {}): Promise<Reply> {
    if (!mayLog(call)) return notAllowed(call);
    if (!isPointer(accountId)) return notFound(call);
    const { choices, slow } = await choicesInTime(call, accountId);
    if (!choices && !slow) return notFound(call);
    const intro = [...(given.intro ?? []), ...(slow ? [call.text.words('visits.log.slow')] : [])];
    const accountName = given.accountName ?? call.text.plain('visits.log.chosenAccount');
    const initial = { ...given.initial, account: accountId };
    return askLog(call, { id: newId(), ...given, accountName, choices, initial, intro });
  }

  /** The form for a visit about something that a customer said. */
  async function openAbout(call: Call, feedbackId: string | undefined): Promise<Reply> {
    const said = feedbackId === undefined ? null : await feedback.find(call, feedbackId);
    if (said === null || said.undone) return notFound(call);
    const { id, account, words } = said;
    const intro = [call.text.words('visits.log.about', { words: excerpt(words) })];
    return openFor(call, account.id, { about: { feedback: id }, accountName: account.name, intro });
  }

  /** A draft again, under the id of its form: saving it twice cannot make two visits. */
  async function resume(call: Call, draftId: string | undefined): Promise<Reply> {
    if (!mayLog(call)) return notAllowed(call);
    const draft = await drafts.take(call.me.organizationId, call.me.id, draftId ?? '');
    if (!draft) return notFound(call);
    const { id, answers: initial } = draft;
    const { account: _, accountName, ...about } = draft.about;
    const given = { id, about, initial, expanded: true, ...(accountName ? { accountName } : {}) };
    if (!isPointer(initial.account)) return askLog(call, given);
    const { choices, slow } = await choicesInTime(call, initial.account);
    // An account that is gone must be chosen anew; everything else is still worth keeping.
    const { account: __, ...others } = initial;
    return askLog(call, choices || slow ? { ...given, choices } : { id, about, initial: others, expanded: true });
  }

  /** Another account has other contacts and open actions. */
  async function changed(call: Call, field: string, initial: PlainAnswers, shown: Shown): Promise<Reply> {
    if (field !== 'account') return nothing;
    const { account: _, accountName: __, ...about } = shown.about;
    const given = { id: shown.id, about, initial, expanded: shown.expanded };
    if (!isPointer(initial.account)) return askLog(call, given);
    return askLog(call, { ...given, choices: await choicesOf(call, initial.account) });
  }

  return { open, openFor, openAbout, resume, changed, choicesInTime };
}
