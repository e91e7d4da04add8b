import { Temporal } from 'temporal-polyfill';
import type { customers } from './customers.ts';
import { chances } from './days.ts';
import { type Story, stories } from './stories.ts';

type Class = keyof (typeof customers)[string];

/** A visit of the demo's past weeks, and the next step that was promised in it. */
export interface PastVisit {
  date: Temporal.PlainDate;
  kind: 'visit' | 'call' | 'onlineMeeting' | 'event';
  story: Story;
  /** How many days after the visit it was logged. */
  loggedAfter: number;
  next?: { text: string; dueOn: Temporal.PlainDate; done: boolean };
}

const weeks = 8;
/** About how many days lie between two visits of a customer, by class. */
const pace: Record<Class, number> = { core: 11, corePotential: 15, balanced: 24, general: 40 };
const kinds = ['visit', 'visit', 'visit', 'call', 'call', 'onlineMeeting', 'event'] as const;

/**
 * Eight weeks of visits to one customer that end today: the same for the same number and day. `number` counts the
 * customers; every fifth is neglected, so that there is something due.
 */
export function pastVisits(number: number, of: Class, language: 'en' | 'zh', today: Temporal.PlainDate): PastVisit[] {
  const chance = chances(number + 1);
  const neglected = number % 5 === 3;
  const first = today.subtract({ weeks });
  const visits: PastVisit[] = [];
  let date = first.add({ days: Math.floor(chance() * pace[of]) });
  while (Temporal.PlainDate.compare(date, neglected ? today.subtract({ days: 30 }) : today) <= 0) {
    if (date.dayOfWeek <= 5) {
      const told = stories[language];
      const story = told[Math.floor(chance() * told.length)];
      const kind = kinds[Math.floor(chance() * kinds.length)];
      if (story && kind)
        visits.push({ date, kind, story, loggedAfter: chance() < 0.2 ? 1 : 0, ...next(story, date, today, chance) });
    }
    date = date.add({ days: Math.max(2, Math.round(pace[of] * (0.7 + 0.6 * chance()))) });
  }
  return visits;
}

/**
 * The eight weeks before those of `pastVisits`: without them the first weeks would look as if nobody had been seen. What
 * was promised then is done.
 */
export function earlierVisits(
  number: number,
  of: Class,
  language: 'en' | 'zh',
  today: Temporal.PlainDate,
): PastVisit[] {
  const before = pastVisits(number + 1000, of, language, today.subtract({ weeks, days: 1 }));
  return before.map(({ next, ...visit }) => (next ? { ...visit, next: { ...next, done: true } } : visit));
}

function next(story: Story, date: Temporal.PlainDate, today: Temporal.PlainDate, chance: () => number) {
  if (!story.next) return {};
  const [text, days] = story.next;
  let dueOn = date.add({ days });
  while (dueOn.dayOfWeek > 5) dueOn = dueOn.add({ days: 1 });
  // What is long past is done, but for a few.
  const done = Temporal.PlainDate.compare(dueOn, today.subtract({ days: 2 })) < 0 && chance() < 0.92;
  return { next: { text, dueOn, done } };
}
