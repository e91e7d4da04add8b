import type { Temporal } from 'temporal-polyfill';

/** What the story knows of the company when it is told. */
export interface Told {
  organizationId: string;
  now: Temporal.Instant;
  /** The one who leads both teams. */
  manager: { id: string; zone: string };
  team: { id: string; memberIds: readonly string[]; zone: string; language: 'en' | 'zh' };
  /** The team's today. */
  today: Temporal.PlainDate;
  /** A customer of the team, by name. */
  account(name: string): ToldAccount;
  nameOf(accountId: string): string;
  /** Of the team's members, by their days. */
  visits: readonly { id: string; accountId: string; authorId: string; kind: string; date: Date }[];
  actions: readonly { id: string; accountId: string; visitId: string; createdAt: Date; closedAt?: Date }[];
}

export interface ToldAccount {
  id: string;
  class: 'core' | 'corePotential' | 'balanced' | 'general';
  ownerId: string;
  contactIds: readonly string[];
}
