import { Temporal } from 'temporal-polyfill';
import { awayOn, type Calendar } from '../calendar/index.ts';
import type { Card } from '../chat/card.ts';
import { type Nudge, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import type { Log } from '../log.ts';
import { nearestLocale } from '../text/locale.ts';
import { type Text, textIn } from '../text/text.ts';
import type { Followed, FollowingStore, Waiting } from './following-store.ts';
import { mostReminders, reminderKey } from './prompt-messages.ts';

export interface FollowNeeds {
  store: FollowingStore;
  calendar: Pick<Calendar, 'absencesOf'>;
  nudge: Nudge;
  log: Log;
}

/** Reminds those who have not answered, privately and at most twice, and closes what was not answered in time. */
export const followJob = ({ store, calendar, nudge, log }: FollowNeeds): Job => ({
  name: 'meetings.follow',
  async run(now) {
    let told = 0;
    const decide = async (waiting: readonly Waiting[]) => {
      const followed = followedAt(waiting, await awayOf(waiting, calendar), now);
      told += followed.tell.length;
      return followed;
    };
    while (await store.claim(now, decide));
    if (told === 0) return;
    log.info({ messages: told }, 'people are reminded of what they are asked');
    nudge();
  },
});

/** Ids of the prompts whose people are away on their day after all. */
async function awayOf(waiting: readonly Waiting[], calendar: FollowNeeds['calendar']): Promise<ReadonlySet<string>> {
  const days = waiting.map(({ date }) => date).sort(Temporal.PlainDate.compare);
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return new Set();
  const people = waiting.map(({ organizationId, person }) => ({ organizationId, personId: person.id }));
  const absences = await calendar.absencesOf(people, from, to);
  const away = waiting.filter(({ person, date }) => awayOn(absences.get(person.id) ?? [], date) === 'whole');
  return new Set(away.map(({ id }) => id));
}

const { compare } = Temporal.Instant;

/**
 * What becomes of prompts that wait. Nobody is reminded of what has not reached them: who is asked late has half of what
 * is left, and whom the bot could not ask until the close was missed by the bot and is not silent. Pure.
 */
export function followedAt(waiting: readonly Waiting[], away: ReadonlySet<string>, now: Temporal.Instant): Followed {
  const next: Followed['next'][number][] = [];
  const tell: Followed['tell'][number][] = [];
  for (const prompt of waiting) {
    const { organizationId, id, closesAt, person, asked } = prompt;
    const reached = asked === 'sent' || asked === null;
    if (compare(closesAt, now) <= 0) {
      const ends = reached ? 'closed' : 'missed';
      next.push({ organizationId, id, reminders: prompt.reminders, ends, dueAt: null });
      continue;
    }
    const hears = person.active && !away.has(id) && asked !== 'failed';
    const notBefore = askedLate(prompt);
    const early = notBefore !== null && compare(now, notBefore) < 0;
    const reminded = hears && reached && !early && prompt.reminders < mostReminders;
    const reminders = prompt.reminders + (reminded ? 1 : 0);
    const again = early ? notBefore : halfWay(now, closesAt);
    const dueAt = hears && reminders < mostReminders ? again : closesAt;
    next.push({ organizationId, id, reminders, ends: null, dueAt });
    if (!reminded) continue;
    const text = textIn(nearestLocale(person.locale) ?? 'en');
    const content = { do: 'post', card: reminderCard(prompt, text) } as const;
    const key = reminderKey(id, reminders);
    tell.push(outboxRow({ organizationId, key, to: { personId: person.id }, content }, now));
  }
  return { next, tell };
}

/** A question that came so much later than the window opened came late. */
const late = { minutes: 15 };

/** Before when somebody who was asked late is not reminded; null: they were asked in time. */
function askedLate({ opensAt, closesAt, askedAt }: Waiting): Temporal.Instant | null {
  if (askedAt === null || compare(askedAt, opensAt.add(late)) <= 0) return null;
  return halfWay(askedAt, closesAt);
}

/** In the last minutes nobody is reminded any more. */
const tooShort = { minutes: 2 };

/** Half-way to the close; the close itself where that is near. */
function halfWay(now: Temporal.Instant, closesAt: Temporal.Instant): Temporal.Instant {
  const left = closesAt.epochMilliseconds - now.epochMilliseconds;
  return compare(now.add(tooShort), closesAt) >= 0 ? closesAt : now.add({ milliseconds: Math.floor(left / 2) });
}

function reminderCard({ id, kind, name, closesAt, person }: Waiting, text: Text): Card {
  const meeting = name ?? text.plain(`meetings.kind.${kind}`);
  const until = text.moment(closesAt, person.timeZone);
  return {
    body: [
      { kind: 'words', words: text.words('reminding.words', { meeting: { strong: meeting }, until }) },
      {
        kind: 'buttons',
        buttons: [
          { label: text.plain('reminding.answer'), opens: 'prompts.answer', about: id, look: 'primary' },
          { label: text.plain('reminding.skip'), does: 'prompts.skip', about: id },
        ],
      },
    ],
  };
}
