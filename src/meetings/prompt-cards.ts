import type { Temporal } from 'temporal-polyfill';
import type { Card } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Day } from './day.ts';
import type { MeetingKind } from './meeting.ts';
import type { Question } from './question.ts';

export const promptStates = ['open', 'answered', 'nothing', 'skipped', 'closed', 'missed'] as const;
export type PromptState = (typeof promptStates)[number];

/** Everything that the card of a prompt shows. */
export interface PromptShown {
  prompt: {
    id: string;
    kind: MeetingKind;
    /** The person's day; in a meeting that keeps its team's clock, the team's. */
    date: Temporal.PlainDate;
    state: PromptState;
    closesAt: Temporal.Instant;
    answeredAt: Temporal.Instant | null;
  };
  /** What the meeting is called; null: what its kind is called. */
  meetingName: string | null;
  questions: readonly Question[];
  /** Question id -> words. */
  answers: Readonly<Record<string, string>>;
  /** With the items of the plan. */
  day: Day;
  /** IANA name of the person's zone, in which the close is told. */
  timeZone: string;
}

/** For whom a card is drawn. */
export interface PromptReader {
  text: Text;
  today: Temporal.PlainDate;
  /** The person's id. */
  me: string;
}

/** A prompt as its person sees it: their day and what is asked, or what they answered. */
export function promptCard(shown: PromptShown, { text, today }: PromptReader): Card {
  const { prompt, meetingName } = shown;
  const name = meetingName ?? text.plain(`meetings.kind.${prompt.kind}`);
  return { title: `${name} · ${text.day(prompt.date, today)}`, body: [] };
}
