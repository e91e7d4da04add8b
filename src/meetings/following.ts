import { Temporal } from 'temporal-polyfill';
import type { Card } from '../chat/card.ts';
import { type Nudge, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import type { Log } from '../log.ts';
import { nearestLocale } from '../text/locale.ts';
import { type Text, textIn } from '../text/text.ts';
import type { Followed, FollowingStore, Waiting } from './following-store.ts';

/** Nobody is reminded more often of one prompt. */
const mostReminders = 2;

/** Reminds those who have not answered, privately and at most twice, and closes what was not answered in time. */
export const followJob = (needs: { store: FollowingStore; nudge: Nudge; log: Log }): Job => ({
  name: 'meetings.follow',
  async run(now) {
    let told = 0;
    const decide = (waiting: readonly Waiting[]) => {
      const followed = followedAt(waiting, now);
      told += followed.tell.length;
      return followed;
    };
    while (await needs.store.claim(now, decide));
    if (told === 0) return;
    needs.log.info({ messages: told }, 'people are reminded of what they are asked');
    needs.nudge();
  },
});

const { compare } = Temporal.Instant;

/** What becomes of prompts that wait. Pure. */
export function followedAt(waiting: readonly Waiting[], now: Temporal.Instant): Followed {
  const next: Followed['next'][number][] = [];
  const tell: Followed['tell'][number][] = [];
  for (const prompt of waiting) {
    const { organizationId, id, closesAt, person } = prompt;
    const closed = compare(closesAt, now) <= 0;
    const reminded = !closed && person.active && prompt.reminders < mostReminders;
    const reminders = prompt.reminders + (reminded ? 1 : 0);
    next.push({ organizationId, id, reminders, closed, dueAt: closed ? null : after(closesAt, now, reminders) });
    if (!reminded) continue;
    const text = textIn(nearestLocale(person.locale) ?? 'en');
    const content = { do: 'post', card: reminderCard(prompt, text) } as const;
    const key = `prompt-reminder:${id}:${reminders}`;
    tell.push(outboxRow({ organizationId, key, to: { personId: person.id }, content }, now));
  }
  return { next, tell };
}

/** The second reminder half-way to the close; after it only the close itself. */
function after(closesAt: Temporal.Instant, now: Temporal.Instant, reminders: number): Temporal.Instant {
  if (reminders >= mostReminders) return closesAt;
  return now.add({ milliseconds: Math.floor((closesAt.epochMilliseconds - now.epochMilliseconds) / 2) });
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
