import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, notAllowed, notFound, type Reply, redraw, show } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { may, type People, type Person, reach } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import { textIn } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { Absence } from './absence.ts';
import type { AbsenceStore, KeptAbsence } from './absence-store.ts';
import {
  chooseCard,
  daysWords,
  enteredCard,
  helpCard,
  ownCard,
  sentenceCard,
  toldCard,
  toldTakenBackCard,
} from './away-cards.ts';
import { readAway } from './away-words.ts';
import { judgeSpan } from './day-span.ts';
import { type AwayAnswers, awayForm } from './forms.ts';

export interface AwayNeeds {
  store: AbsenceStore;
  people: Pick<People, 'person' | 'findByName' | 'teamsOf'>;
  nudge: Nudge;
  /** Told whose days have changed. */
  changed(organizationId: string, personIds: readonly string[]): Promise<void>;
}

type Content = Pick<Absence, 'from' | 'to' | 'half' | 'reason'>;

/** Choices offered when a name is not clear. */
const offered = 8;
/** A button carries so much of what was typed. */
const keptWords = 1_000;

const nameOf = ({ id, name }: { id: string; name: string }): Words => ({ person: id, name });
const todayOf = (person: Person, { now }: Call) => now.toZonedDateTimeISO(person.timeZone).toPlainDate();

/** `/kam away`: when somebody does not work. */
export function awayCommands(needs: AwayNeeds): Required<Pick<Slice, 'commands' | 'actions' | 'openers' | 'forms'>> {
  const { store, people, nudge, changed } = needs;

  /** Whether this person may say when somebody is away. */
  async function mayEnter({ me }: Call, personId: string): Promise<boolean> {
    if (personId === me.id) return may(me, 'absence.change', { personIds: [me.id], teamIds: [] });
    const teamIds = (await people.teamsOf(me.organizationId, [personId])).get(personId) ?? [];
    return may(me, 'absence.change', { personIds: [personId], teamIds });
  }

  async function own(call: Call, happened: Words | null = null) {
    return ownCard(await store.toCome(call.me.organizationId, call.me.id, call.today), call, happened);
  }

  /** What somebody is told of what another has entered for them. */
  function told(call: Call, person: Person, key: string, card: typeof toldCard, absence: Absence): OutboxRow {
    const reading = { text: textIn(person.locale), today: todayOf(person, call) };
    const content = { do: 'post', card: card(absence, nameOf(call.me), reading) } as const;
    return outboxRow({ organizationId: call.me.organizationId, key, to: { personId: person.id }, content }, call.now);
  }

  /** Stores it for a person whom `mayEnter` allows; the same request again shows what the first one made. */
  async function enter(call: Call, person: Person, content: Content, requestKey: string): Promise<Reply> {
    const { me, now, text } = call;
    const { organizationId } = me;
    const isOwn = person.id === me.id;
    const absence = { ...content, id: newId(), personId: person.id };
    const row = isOwn ? null : told(call, person, `absence-entered:${requestKey}`, toldCard, absence);
    await store.add({ ...absence, organizationId, createdById: me.id, createdAt: now, requestKey }, row);
    const made = await store.madeBy(organizationId, requestKey, me.id);
    if (made === null) return notFound(call);
    await changed(organizationId, [made.personId]);
    if (!isOwn) nudge();
    if (!isOwn) return show(enteredCard(made, nameOf(person), call));
    return show(await own(call, text.words('calendar.away.entered', { days: daysWords(made, call) })));
  }

  /** What was typed, for a person who is known. */
  async function enterWords(call: Call, person: Person, words: string): Promise<Reply> {
    const { text } = call;
    const away = readAway(words, { today: call.today, locale: text.locale });
    if (away === null) return show(helpCard(text.words('calendar.away.unread'), text));
    const { span, half, reason } = away;
    if (typeof span === 'string') return show(helpCard(text.words(`calendar.away.problem.${span}`), text));
    if (half !== 'which') return enter(call, person, { ...span, half, reason }, call.id);
    return askAway(call, {
      person: person.id,
      from: String(span.from),
      to: String(span.to),
      reason: reason ?? undefined,
    });
  }

  async function command(call: Call, rest: string): Promise<Reply> {
    const { me, text } = call;
    if (reach(me, 'absence.change') === 'none') return notAllowed(call);
    if (rest === '') return show(await own(call));
    const name = readAway(rest, { today: call.today, locale: text.locale })?.name ?? '';
    const found = name === '' ? [{ id: me.id, name: me.name }] : await people.findByName(me.organizationId, name);
    const [only] = found;
    if (only === undefined) {
      const said = text.words('calendar.away.nobody', { name: cut(name, 60) });
      return show(helpCard(said, text));
    }
    // The days are told again from what follows the name.
    const words = rest.slice(rest.indexOf(name) + name.length);
    if (found.length === 1) return of(call, only.id, words);
    const about = (id: string) => `${id} ${words.trim().slice(0, keptWords)}`;
    const choices = found.slice(0, offered).map((one) => ({ name: one.name, about: about(one.id) }));
    return show(chooseCard(cut(name, 60), choices, text));
  }

  async function of(call: Call, personId: string, words: string): Promise<Reply> {
    const person = await people.person(call.me.organizationId, personId);
    if (person === null || !person.active) return notFound(call);
    if (!(await mayEnter(call, personId))) return notAllowed(call);
    return enterWords(call, person, words);
  }

  async function choose(call: Call, about: string | undefined): Promise<Reply> {
    const [id = '', ...words] = about?.split(' ') ?? [];
    return isPointer(id) ? of(call, id, words.join(' ')) : notFound(call);
  }

  function askAway(call: Call, initial: Record<string, string | undefined> = {}): Reply {
    const { me } = call;
    const far = reach(me, 'absence.change');
    if (far === 'none') return notAllowed(call);
    const given = { person: me.id, half: initial.from === undefined ? 'whole' : 'morning', ...initial };
    return ask({
      form: awayForm,
      id: newId(),
      initial: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      without: far === 'own' ? ['person'] : [],
    });
  }

  async function submit(call: Call, answers: AwayAnswers, shown: Shown): Promise<Reply> {
    const { me, text } = call;
    const { from, to = from, half = 'whole', reason = null } = answers;
    const personId = shown.without.includes('person') ? me.id : answers.person;
    const person = await people.person(me.organizationId, personId);
    if (!person?.active || !(await mayEnter(call, personId)))
      return fix({
        [shown.without.includes('person') ? 'from' : 'person']: text.plain('calendar.away.problem.person'),
      });
    const judged = judgeSpan({ from, to }, call.today);
    if (typeof judged === 'string') return fix({ to: text.plain(`calendar.away.problem.${judged}`) });
    return enter(call, person, { ...judged, half: half === 'whole' ? null : half, reason }, shown.id);
  }

  /** An absence that this person may take back; others learn nothing of it. */
  async function changeable(call: Call, about: string | undefined): Promise<KeptAbsence | null> {
    const absence = isPointer(about) ? await store.find(call.me.organizationId, about) : null;
    return absence !== null && (await mayEnter(call, absence.personId)) ? absence : null;
  }

  async function takeBack(call: Call, about: string | undefined): Promise<Reply> {
    const { me, now, text } = call;
    const { organizationId } = me;
    const absence = await changeable(call, about);
    if (absence === null) return notFound(call);
    const person = await people.person(organizationId, absence.personId);
    if (person === null) return notFound(call);
    const days = daysWords(absence, call);
    const isOver = judgeSpan(absence, call.today) === 'past';
    if (isOver && !absence.cancelled) return redraw(sentenceCard(text.words('calendar.away.over', { days })));
    const isOwn = person.id === me.id;
    const row = isOwn ? null : told(call, person, `absence-taken-back:${absence.id}`, toldTakenBackCard, absence);
    await store.takeBack({ organizationId, id: absence.id }, now, row);
    await changed(organizationId, [person.id]);
    if (isOwn) return redraw(await own(call, text.words('calendar.away.takenBack', { days })));
    nudge();
    return redraw(sentenceCard(text.words('calendar.away.takenBackFor', { person: nameOf(person), days })));
  }

  return {
    commands: [{ words: ['away', '请假'], usage: 'calendar.away.usage', help: 'calendar.away.help', run: command }],
    actions: [
      { name: 'calendar.takeBack', run: takeBack },
      { name: 'calendar.awayOf', run: choose },
    ],
    openers: [{ name: 'calendar.away', run: async (call) => askAway(call) }],
    forms: [handles({ form: awayForm, submit })],
  };
}
