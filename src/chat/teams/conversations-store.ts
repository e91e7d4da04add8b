import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../database.ts';
import { newId } from '../../ids.ts';

/** A conversation as an activity tells of it; what it does not tell is null and stays as it was. */
export interface Heard {
  conversation: string;
  kind: 'personal' | 'groupChat' | 'channel';
  serviceUrl: string;
  /** personal: the person's Entra object id. */
  userId: string | null;
  teamId: string | null;
  teamName: string | null;
  name: string | null;
}

/** How a conversation is reached. */
export interface Reach {
  conversation: string;
  serviceUrl: string;
}

export interface NamedChannel {
  conversation: string;
  name: string | null;
  teamName: string | null;
}

/** Asking in more of them would take too long. */
export const mostRosters = 50;

/** The conversations of one tenant. */
export function conversationsStore(
  { pool }: Pick<Database, 'pool'>,
  of: { organizationId: string; workspaceId: string },
) {
  const ours = [of.organizationId, of.workspaceId];
  const set = async (change: string, where: string, values: readonly unknown[]) => {
    await pool.query(
      `UPDATE "TeamsConversation" SET ${change} WHERE "organizationId" = $1 AND "workspaceId" = $2 AND ${where}`,
      [...ours, ...values],
    );
  };
  return {
    /** The bot was heard from or installed there: it may be written to, at the newest address. */
    async heard(heard: readonly Heard[], now: Temporal.Instant): Promise<void> {
      if (heard.length === 0) return;
      await pool.query(
        `INSERT INTO "TeamsConversation" ("organizationId", "workspaceId", id, "externalId", kind, "serviceUrl", "userId",
           "teamId", "teamName", name, "seenAt")
         SELECT $1, $2, r.id, r.conversation, r.kind, r."serviceUrl", r."userId", r."teamId", r."teamName", r.name, $3
         FROM jsonb_to_recordset($4::jsonb) AS r(id uuid, conversation text, kind text, "serviceUrl" text, "userId" text,
           "teamId" text, "teamName" text, name text)
         ON CONFLICT ("organizationId", "workspaceId", "externalId") DO UPDATE SET
           "serviceUrl" = EXCLUDED."serviceUrl", "seenAt" = EXCLUDED."seenAt", kind = EXCLUDED.kind,
           "userId" = COALESCE(EXCLUDED."userId", "TeamsConversation"."userId"),
           "teamId" = COALESCE(EXCLUDED."teamId", "TeamsConversation"."teamId"),
           "teamName" = COALESCE(EXCLUDED."teamName", "TeamsConversation"."teamName"),
           name = COALESCE(EXCLUDED.name, "TeamsConversation".name),
           "removedAt" = NULL, "blockedAt" = NULL, "blockedReason" = NULL`,
        [...ours, now.toString(), JSON.stringify(heard.map((one) => ({ id: newId(), ...one })))],
      );
    },

    /** What channels are called; whether the bot is in those that it knows is said elsewhere. */
    async named(channel: Heard & { kind: 'channel' }, now: Temporal.Instant): Promise<void> {
      const { conversation, kind, serviceUrl, teamId, teamName, name } = channel;
      await pool.query(
        `INSERT INTO "TeamsConversation" ("organizationId", "workspaceId", id, "externalId", kind, "serviceUrl", "teamId",
           "teamName", name, "seenAt") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT ("organizationId", "workspaceId", "externalId") DO UPDATE SET
           name = COALESCE(EXCLUDED.name, "TeamsConversation".name)`,
        [...ours, newId(), conversation, kind, serviceUrl, teamId, teamName, name, now.toString()],
      );
    },

    /** Null: the bot knows no such conversation, was removed from it, or is refused there. */
    async reach(conversation: string): Promise<Reach | null> {
      const { rows } = await pool.query<{ serviceUrl: string }>(
        `SELECT "serviceUrl" FROM "TeamsConversation" WHERE "organizationId" = $1 AND "workspaceId" = $2
           AND "externalId" = $3 AND "removedAt" IS NULL AND "blockedAt" IS NULL`,
        [...ours, conversation],
      );
      const [row] = rows;
      return row === undefined ? null : { conversation, ...row };
    },

    /** Teams' word for why it took no message in a conversation, or in a person's own; null: it was not refused there. */
    async refusal(of: { conversation: string } | { userId: string }): Promise<string | null> {
      const [column, value] = 'userId' in of ? ['"userId"', of.userId] : ['"externalId"', of.conversation];
      const { rows } = await pool.query<{ reason: string | null }>(
        `SELECT "blockedReason" AS reason FROM "TeamsConversation"
         WHERE "organizationId" = $1 AND "workspaceId" = $2 AND ${column} = $3 AND "removedAt" IS NULL
           AND "blockedAt" IS NOT NULL
         ORDER BY "seenAt" DESC LIMIT 1`,
        [...ours, value],
      );
      return rows[0]?.reason ?? null;
    },

    /** A person's own conversation with the bot, the newest. */
    async personal(userId: string): Promise<Reach | null> {
      const { rows } = await pool.query<Reach>(
        `SELECT "externalId" AS conversation, "serviceUrl" FROM "TeamsConversation"
         WHERE "organizationId" = $1 AND "workspaceId" = $2 AND "userId" = $3 AND kind = 'personal'
           AND "removedAt" IS NULL AND "blockedAt" IS NULL
         ORDER BY "seenAt" DESC, id DESC LIMIT 1`,
        [...ours, userId],
      );
      return rows[0] ?? null;
    },

    /** Any service of the tenant that was heard from lately: where a conversation can be opened. */
    async anyService(): Promise<string | null> {
      const { rows } = await pool.query<{ serviceUrl: string }>(
        `SELECT "serviceUrl" FROM "TeamsConversation" WHERE "organizationId" = $1 AND "workspaceId" = $2
         ORDER BY "seenAt" DESC LIMIT 1`,
        ours,
      );
      return rows[0]?.serviceUrl ?? null;
    },

    /** Conversations whose roster may know a person whom nobody has heard from: teams and group chats, at most 50. */
    async rosters(): Promise<Reach[]> {
      const { rows } = await pool.query<Reach>(
        `SELECT DISTINCT ON (COALESCE("teamId", "externalId")) COALESCE("teamId", "externalId") AS conversation, "serviceUrl"
         FROM "TeamsConversation" WHERE "organizationId" = $1 AND "workspaceId" = $2 AND kind <> 'personal'
           AND "removedAt" IS NULL AND "blockedAt" IS NULL
         ORDER BY COALESCE("teamId", "externalId"), "seenAt" DESC LIMIT ${mostRosters}`,
        ours,
      );
      return rows;
    },

    /** Channels and group chats that the bot is in, by name; at most 300, as many as a choice holds. */
    async channels(): Promise<NamedChannel[]> {
      const { rows } = await pool.query<NamedChannel>(
        `SELECT "externalId" AS conversation, name, "teamName" FROM "TeamsConversation"
         WHERE "organizationId" = $1 AND "workspaceId" = $2 AND kind <> 'personal' AND "removedAt" IS NULL
           AND "blockedAt" IS NULL AND position(';' IN "externalId") = 0
         ORDER BY "teamName" NULLS LAST, name NULLS FIRST, "externalId" LIMIT 300`,
        ours,
      );
      return rows;
    },

    /** Null: the bot knows no such conversation. Those that it may not write to any more too. */
    async nameOf(conversation: string): Promise<NamedChannel | null> {
      const { rows } = await pool.query<NamedChannel>(
        `SELECT "externalId" AS conversation, name, "teamName" FROM "TeamsConversation"
         WHERE "organizationId" = $1 AND "workspaceId" = $2 AND "externalId" = $3`,
        [...ours, conversation],
      );
      return rows[0] ?? null;
    },

    /** The bot was taken out of a conversation, or the channel is gone. */
    removed: (conversation: string, now: Temporal.Instant) =>
      set('"removedAt" = $4', '"externalId" = $3', [conversation, now.toString()]),

    /** The bot was taken out of a team, or the team is gone: with all its channels. */
    teamRemoved: (teamId: string, now: Temporal.Instant) =>
      set('"removedAt" = $4', '"teamId" = $3', [teamId, now.toString()]),

    teamRenamed: (teamId: string, name: string) => set('"teamName" = $4', '"teamId" = $3', [teamId, name]),

    /** Teams refused a message there. */
    refused: (conversation: string, reason: string, now: Temporal.Instant) =>
      set('"blockedAt" = COALESCE("blockedAt", $5), "blockedReason" = $4', '"externalId" = $3', [
        conversation,
        reason,
        now.toString(),
      ]),
  };
}

export type ConversationsStore = ReturnType<typeof conversationsStore>;
