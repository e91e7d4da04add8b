import { Temporal } from 'temporal-polyfill';

/** When and where a team's evaluation is posted. */
export interface DigestSettings {
  organizationId: string;
  teamId: string;
  /** ISO weekday, 1 is Monday. */
  weekday: number;
  /** On the clock of the team's zone. */
  at: Temporal.PlainTime;
  /** Where it is posted; null: in the team's channel. */
  channel: Channel | null;
  pausedAt: Temporal.Instant | null;
  /** Counts changes; 0: nobody has said anything yet, and the usual holds. */
  version: number;
  changedById: string | null;
}

/** A channel of one of our workspaces. */
export interface Channel {
  workspaceId: string;
  conversation: string;
}

/** Friday, half past four: a team that has said nothing. */
export const usualSettings: Omit<DigestSettings, 'organizationId' | 'teamId'> = {
  weekday: 5,
  at: Temporal.PlainTime.from('16:30'),
  channel: null,
  pausedAt: null,
  version: 0,
  changedById: null,
};
