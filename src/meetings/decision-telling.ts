import type { Card } from '../chat/card.ts';
import { type OutboxRow, outboxRow } from '../chat/outbox.ts';
import { type Reply, tell } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import { type Person, validTimeZone } from '../people/index.ts';
import { type Locale, nearestLocale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { agendaOf, cardOf, type Decision, type SalesDay } from './decision.ts';
import { decisionCard, toldCard, toldUndoneCard, undoneCard } from './decision-cards.ts';
import type { FoundDecision } from './decision-store.ts';

/** What is spoken where the meeting's posts stand. */
const localeOf = ({ team }: Pick<SalesDay, 'team'>): Locale => nearestLocale(team.locale) ?? 'en';

/** What the one who noted it is told. */
export function saidOf(
  { text }: Call,
  { decision: { owner }, actionId, undone }: FoundDecision,
  { channel }: SalesDay,
): Reply {
  if (undone) return tell(text.words('decisions.alreadyUndone'));
  if (channel === null) return tell(text.words('decisions.savedUnposted'));
  if (actionId === null || owner === null) return tell(text.words('decisions.saved'));
  return tell(text.words('decisions.savedStep', { owner: { person: owner.id, name: owner.name } }));
}

/** What the thread of the agenda reads, in the language of the channel. */
export function postOf({ me, now }: Call, decision: Decision, day: SalesDay): OutboxRow[] {
  if (day.channel === null) return [];
  const today = now.toZonedDateTimeISO(validTimeZone(day.team.timeZone)).toPlainDate();
  const card = decisionCard(decision, { text: textIn(localeOf(day)), today });
  const to = { ...day.channel, under: agendaOf(day.id) };
  const { organizationId } = me;
  const content = { do: 'post', card, as: cardOf(decision.id) } as const;
  return [outboxRow({ organizationId, key: `decision:${decision.id}`, to, content }, now)];
}

/** The card that a decision becomes where it stands when it is taken back. */
export const becomes = ({ me }: Pick<Call, 'me'>, decision: Decision, day: SalesDay): Card =>
  undoneCard(decision, me, { text: textIn(localeOf(day)) });

/** The same wherever else it stands. */
export function redrawnOf(call: Call, decision: Decision, day: SalesDay): OutboxRow {
  const { organizationId } = call.me;
  const content = { do: 'redraw', card: becomes(call, decision, day), of: cardOf(decision.id) } as const;
  const key = `decision-redrawn:${decision.id}`;
  return outboxRow({ organizationId, key, to: { whereItStands: true }, content }, call.now);
}

const readerOf = (call: Call, { locale, timeZone }: Person) => ({
  text: textIn(locale),
  today: call.now.toZonedDateTimeISO(timeZone).toPlainDate(),
});

/** What whoever carries it out is told. */
export function toldOf(call: Call, decision: Decision, day: SalesDay, owner: Person): OutboxRow[] {
  const card = toldCard(decision, day, readerOf(call, owner));
  return tellOwner(call, owner, `decision-told:${decision.id}`, card);
}

/** What they are told when it was taken back. */
export function undoneOf(call: Call, decision: Decision, day: SalesDay, owner: Person): OutboxRow[] {
  const card = toldUndoneCard(decision, call.me, day, readerOf(call, owner));
  return tellOwner(call, owner, `decision-undone:${decision.id}`, card);
}

/** Nobody is told of what they do themselves. */
function tellOwner({ me, now }: Call, owner: Person, key: string, card: Card): OutboxRow[] {
  if (owner.id === me.id) return [];
  const { organizationId } = me;
  return [outboxRow({ organizationId, key, to: { personId: owner.id }, content: { do: 'post', card } }, now)];
}
