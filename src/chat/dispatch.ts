import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Locale } from '../text/locale.ts';
import { type Text, textIn } from '../text/text.ts';
import type { Directory, Recognised } from './directory.ts';
import type { Drafts } from './drafts.ts';
import { type Fields, judge, type PlainAnswers } from './form.ts';
import type { FormState, Gesture } from './gesture.ts';
import { helpCard } from './help.ts';
import { readCommand } from './read-command.ts';
import type { Registry } from './registry.ts';
import { nothing, type Reply, show } from './reply.ts';
import type { Call } from './slice.ts';
import { storable } from './storable.ts';

/**
 * From a gesture to its reply: who is it, what is called, may it be called now; and the only place where a surprise
 * becomes a sentence. Between gesture and reply there is only the database. Never throws; answers within `deadline`.
 */
export type Dispatch = (gesture: Gesture) => Promise<Dispatched>;
export interface Dispatched {
  reply: Reply;
  text: Text;
}

export interface DispatchNeeds {
  registry: Registry;
  directory: Directory;
  drafts: Drafts;
  clock: Clock;
  log: Logger;
  /** Says of a thrown value that the database is gone or too slow, not that we made a mistake. */
  isUnavailable(error: unknown): boolean;
  /** Milliseconds; Slack wants its answer within 3,000 (Handling user interaction: acknowledgement). */
  deadline?: number;
}

class TooLate extends Error {
  override name = 'TooLate';
}

export function createDispatch(needs: DispatchNeeds): Dispatch {
  const { directory, clock, log, deadline = 2_300 } = needs;
  return async (received) => {
    const gesture = { ...received, what: storable(received.what) };
    const started = performance.now();
    const fields: Record<string, unknown> = {
      gesture: gesture.id,
      platform: gesture.from.platform,
      did: gesture.what.did,
    };
    let locale: Locale = 'en';
    const textOf = (spoken: Locale) => textIn(spoken, gesture.manner.address);
    const answer = async (): Promise<Reply> => {
      if (gesture.what.did === 'profileChanged') {
        await directory.profileChanged(gesture.from, gesture.what.user, gesture.what.profile);
        return nothing;
      }
      if (gesture.what.did === 'removedBot') {
        await directory.workspaceRemoved(gesture.from);
        return nothing;
      }
      const who = await directory.recognise(gesture);
      locale = who.locale;
      if (!who.known) return refusal(gesture, textOf(locale).plain('chat.outsider'));
      fields.organization = who.me.organizationId;
      fields.person = who.me.id;
      return route(needs, gesture, callOf(who, gesture, clock), fields);
    };
    try {
      const reply = await inTime(answer(), deadline, (late) => {
        log.warn({ ...fields, err: late }, 'failed after its deadline');
      });
      // Look-ups come with every letter that somebody types.
      const level = gesture.what.did === 'lookedUp' ? 'debug' : 'info';
      log[level]({ ...fields, reply: reply.reply, ms: Math.round(performance.now() - started) }, 'answered');
      return { reply, text: textOf(locale) };
    } catch (error) {
      const code = `KAM-${randomBytes(3).toString('hex').toUpperCase()}`;
      const busy = error instanceof TooLate || needs.isUnavailable(error);
      const ms = Math.round(performance.now() - started);
      log[busy ? 'warn' : 'error']({ ...fields, code, ms, err: error }, busy ? 'database unavailable' : 'surprise');
      const inForm = gesture.what.did === 'submitted';
      const kind = busy ? 'busy' : 'surprise';
      const text = textOf(locale);
      return { reply: refusal(gesture, text.plain(`chat.${kind}.${inForm ? 'form' : 'other'}`, { code })), text };
    }
  };
}

async function inTime(work: Promise<Reply>, deadline: number, onLateFailure: (error: unknown) => void): Promise<Reply> {
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(new TooLate(`no answer within ${deadline} ms`));
    }, deadline);
  });
  work.catch((error: unknown) => {
    if (late) onLateFailure(error);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** One sentence in the form that each gesture can be answered with. */
function refusal(gesture: Gesture, sentence: string): Reply {
  switch (gesture.what.did) {
    case 'submitted':
      return { reply: 'fix', problems: {}, notice: sentence };
    case 'lookedUp':
      return { reply: 'options', options: [] };
    case 'searched':
      return { reply: 'found', results: [] };
    case 'visitedHome':
      return { reply: 'home', card: { body: [{ kind: 'warning', words: sentence }] } };
    case 'changed':
    case 'closed':
    case 'profileChanged':
    case 'removedBot':
      return nothing;
    case 'said':
    case 'started':
    case 'pressed':
    case 'opened':
      return show({ body: [{ kind: 'warning', words: sentence }] });
  }
}

function callOf(who: Recognised & { known: true }, gesture: Gesture, clock: Clock): Call {
  const now = clock.now();
  return {
    me: who.me,
    organization: who.organization,
    text: textIn(who.locale, gesture.manner.address),
    now,
    today: now.toZonedDateTimeISO(who.me.timeZone).toPlainDate(),
    id: gesture.id,
    place: gesture.place,
    colleagues: gesture.manner.colleagues,
    file: gesture.file,
  };
}

async function route(
  needs: DispatchNeeds,
  gesture: Gesture,
  call: Call,
  fields: Record<string, unknown>,
): Promise<Reply> {
  const { registry, drafts } = needs;
  const { what } = gesture;
  const gone = () => refusal(gesture, call.text.plain('chat.notFound'));
  const notYet = () => refusal(gesture, call.text.plain('chat.notSetUp'));
  const { isSetUp } = call.organization;
  switch (what.did) {
    case 'said': {
      const said = readCommand(what.words, registry.commands);
      if (said.command === 'help') return show(helpCard(registry.commands, call, said.unknown));
      fields.command = said.command.words[0];
      if (!isSetUp && !said.command.beforeSetUp) return notYet();
      return withColleagues(needs, gesture, call, await said.command.run(call, said.rest));
    }
    case 'started':
      fields.command = what.shortcut;
      if (!isSetUp) return notYet();
      return withColleagues(
        needs,
        gesture,
        call,
        (await registry.shortcuts.get(what.shortcut)?.run(call, what.message ?? null)) ?? gone(),
      );
    case 'pressed':
      fields.command = what.action;
      return registry.actions.get(what.action)?.run(call, what.about) ?? gone();
    case 'opened':
      fields.command = what.opener;
      return withColleagues(
        needs,
        gesture,
        call,
        (await registry.openers.get(what.opener)?.run(call, what.about)) ?? gone(),
      );
    case 'visitedHome':
      if (!registry.home) return nothing;
      return isSetUp ? registry.home(call) : notYet();
    case 'lookedUp':
      return { reply: 'options', options: (await registry.lookUps.get(what.source)?.find(call, what.query)) ?? [] };
    case 'searched':
      return { reply: 'found', results: (await registry.finders.get(what.finder)?.find(call, what.query)) ?? [] };
    case 'closed': {
      fields.command = what.form;
      const handler = registry.forms.get(what.form);
      if (!handler?.keepsDraft(what.answers)) return nothing;
      const { answers } = await withPersonIds(needs.directory, gesture, call, handler.form.fields, what.answers);
      await drafts.keep(call.me.organizationId, call.me.id, { ...what, answers });
      return nothing;
    }
    case 'changed': {
      fields.command = what.form;
      const handler = registry.forms.get(what.form);
      if (!handler) return nothing;
      const { answers } = await withPersonIds(needs.directory, gesture, call, handler.form.fields, what.answers);
      return withColleagues(needs, gesture, call, await handler.change(call, what.field, answers, shownOf(what)));
    }
    case 'submitted':
      fields.command = what.form;
      return submit(needs, gesture, call, what);
    case 'profileChanged':
    case 'removedBot':
      return nothing;
  }
}

const shownOf = (state: FormState) => ({
  id: state.formId,
  about: state.about,
  without: state.without,
  expanded: state.expanded,
});

async function submit(needs: DispatchNeeds, gesture: Gesture, call: Call, state: FormState): Promise<Reply> {
  const { registry, drafts, directory, isUnavailable } = needs;
  const handler = registry.forms.get(state.form);
  if (!handler) return { reply: 'fix', problems: {}, notice: call.text.plain('chat.form.closed') };
  let kept = state;
  try {
    const { answers, strangers } = await withPersonIds(directory, gesture, call, handler.form.fields, state.answers);
    kept = { ...state, answers };
    if (strangers.length > 0) {
      const sentence = call.text.plain('chat.form.notAColleague');
      return { reply: 'fix', problems: Object.fromEntries(strangers.map((name) => [name, sentence])) };
    }
    const judged = judge(handler.form, answers, { today: call.today, text: call.text, without: state.without });
    if (!judged.ok) return { reply: 'fix', problems: judged.problems };
    return withColleagues(needs, gesture, call, await handler.submit(call, judged.answers, shownOf(state)));
  } catch (error) {
    // The answers are still in the open form; should that be lost too, they are kept here, where there is a database.
    if (handler.keepsDraft(kept.answers) && !isUnavailable(error))
      await drafts.keep(call.me.organizationId, call.me.id, kept);
    throw error;
  }
}

const personFields = (fields: Fields) =>
  Object.entries(fields)
    .filter(([, field]) => field.widget.kind === 'person')
    .map(([name]) => name);

/**
 * Chosen colleagues are judged as people, also where they come as the platform's users; `strangers` are fields with
 * somebody in them who is none of ours.
 */
async function withPersonIds(
  directory: Directory,
  gesture: Gesture,
  { me }: Call,
  fields: Fields,
  given: PlainAnswers,
): Promise<{ answers: PlainAnswers; strangers: string[] }> {
  const names = personFields(fields).filter((name) => given[name] !== undefined);
  const chosen = (name: string) => [given[name]].flat().filter((user) => typeof user === 'string');
  const users = names.flatMap(chosen);
  if (users.length === 0) return { answers: given, strangers: [] };
  const ids =
    gesture.manner.colleagues === 'users'
      ? await directory.personIds(gesture, users)
      : await known(directory, gesture, me.organizationId, users);
  const answers = { ...given };
  for (const name of names) {
    const people = chosen(name).flatMap((user) => ids.get(user) ?? []);
    answers[name] = Array.isArray(given[name]) ? people : people[0];
  }
  return { answers, strangers: names.filter((name) => chosen(name).some((user) => !ids.get(user))) };
}

/** Ids of people are themselves; others may be users whom the platform let choose, and who become known by that. */
async function known(directory: Directory, gesture: Gesture, organizationId: string, ids: readonly string[]) {
  const people = await directory.colleagues(organizationId, ids);
  const users = ids.filter((id) => !people.has(id));
  const met = users.length === 0 ? new Map<string, null>() : await directory.personIds(gesture, users);
  return new Map<string, string | null>(ids.map((id) => [id, people.has(id) ? id : (met.get(id) ?? null)]));
}

/** Colleagues that a form starts with go out as the platform's users, or with their names where it shows people of ours. */
async function withColleagues(needs: DispatchNeeds, gesture: Gesture, call: Call, reply: Reply): Promise<Reply> {
  if (reply.reply !== 'ask') return reply;
  const { asked } = reply;
  const names = personFields(asked.form.fields).filter((name) => asked.initial[name] !== undefined);
  const people = names.flatMap((name) => asked.initial[name]).filter((id) => typeof id === 'string');
  if (people.length === 0) return reply;
  if (gesture.manner.colleagues === 'people') {
    const known = await needs.directory.colleagues(call.me.organizationId, people);
    const named = names.map((name) => {
      const ids = [asked.initial[name]].flat().filter((id) => typeof id === 'string');
      return [name, ids.flatMap((id) => ({ value: id, label: known.get(id) ?? '' })).filter((one) => one.label !== '')];
    });
    return { reply: 'ask', asked: { ...asked, options: { ...asked.options, ...Object.fromEntries(named) } } };
  }
  const users = await needs.directory.userIds(call.me.organizationId, call.me.workspaceId, people);
  const translate = (id: unknown) => (typeof id === 'string' ? users.get(id) : undefined);
  const initial: Record<string, unknown> = { ...asked.initial };
  for (const name of names) {
    const value = initial[name];
    initial[name] = Array.isArray(value) ? value.map(translate).filter((user) => user !== undefined) : translate(value);
  }
  return { reply: 'ask', asked: { ...asked, initial } };
}
