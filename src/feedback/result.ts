import type { Temporal } from 'temporal-polyfill';
import type { Named } from './feedback.ts';

/** What came of a feedback: a visit about it, or a next step. */
export type Result =
  | {
      of: 'visit';
      id: string;
      kind: 'visit' | 'call' | 'onlineMeeting' | 'event';
      date: Temporal.PlainDate;
      author: Named;
    }
  | {
      of: 'action';
      id: string;
      text: string;
      owner: Named;
      dueOn: Temporal.PlainDate | null;
      state: 'open' | 'done' | 'dropped';
    };
