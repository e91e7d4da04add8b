-- Search by part of a name and with typos; comparing names without accents.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- CreateEnum
CREATE TYPE "AccountClass" AS ENUM ('core', 'corePotential', 'balanced', 'general');

-- CreateEnum
CREATE TYPE "ContactRole" AS ENUM ('decisionMaker', 'sponsor', 'champion', 'user', 'gatekeeper', 'blocker');

-- CreateEnum
CREATE TYPE "ContactAttitude" AS ENUM ('positive', 'neutral', 'negative', 'unknown');

-- CreateEnum
CREATE TYPE "OutboxState" AS ENUM ('waiting', 'sending', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "VisitKind" AS ENUM ('visit', 'call', 'onlineMeeting', 'event');

-- CreateEnum
CREATE TYPE "VisitOutcome" AS ENUM ('advance', 'noChange', 'setback');

-- CreateEnum
CREATE TYPE "ActionState" AS ENUM ('open', 'done', 'dropped');

-- CreateTable
CREATE TABLE "Account" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "code" TEXT,
    "class" "AccountClass" NOT NULL DEFAULT 'general',
    "ownerId" UUID,
    "teamId" UUID,
    "city" TEXT,
    "timeZone" TEXT,
    "otherNames" TEXT[],
    "searchText" TEXT NOT NULL,
    "archivedAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "requestKey" TEXT,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "AccountMember" (
    "organizationId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "personId" UUID NOT NULL,

    CONSTRAINT "AccountMember_pkey" PRIMARY KEY ("organizationId","accountId","personId")
);

-- CreateTable
CREATE TABLE "AccountChange" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "changedById" UUID,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "changes" JSONB NOT NULL,

    CONSTRAINT "AccountChange_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Contact" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT,
    "role" "ContactRole",
    "attitude" "ContactAttitude" NOT NULL DEFAULT 'unknown',
    "archivedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Draft" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "form" TEXT NOT NULL,
    "context" JSONB NOT NULL,
    "answers" JSONB NOT NULL,
    "savedAt" TIMESTAMPTZ(6) NOT NULL,
    "offeredAt" TIMESTAMPTZ(6),

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "message" JSONB NOT NULL,
    "state" "OutboxState" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMPTZ(6) NOT NULL,
    "claimedUntil" TIMESTAMPTZ(6),
    "failure" TEXT,
    "sentAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Sent" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "thing" TEXT NOT NULL,
    "thingId" UUID NOT NULL,
    "card" TEXT NOT NULL,
    "workspaceId" UUID NOT NULL,
    "conversation" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "sentAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Sent_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "currency" TEXT NOT NULL DEFAULT 'EUR',
    "setUpAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Workspace" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "removedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Person" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "timeZone" TEXT NOT NULL,
    "locale" TEXT,
    "chosenLocale" TEXT,
    "administrator" BOOLEAN NOT NULL DEFAULT false,
    "observer" BOOLEAN NOT NULL DEFAULT false,
    "deactivatedAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "refreshedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Identity" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "externalId" TEXT NOT NULL,

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Team" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "managerId" UUID,
    "timeZone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "channelWorkspaceId" UUID,
    "channelId" TEXT,
    "announceVisits" BOOLEAN NOT NULL DEFAULT false,
    "archivedAt" TIMESTAMPTZ(6),
    "requestKey" TEXT,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "organizationId" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "personId" UUID NOT NULL,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("organizationId","teamId","personId")
);

-- CreateTable
CREATE TABLE "Visit" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "kind" "VisitKind" NOT NULL DEFAULT 'visit',
    "date" DATE NOT NULL,
    "purpose" TEXT,
    "note" TEXT,
    "outcome" "VisitOutcome",
    "sourceLink" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "loggedAt" TIMESTAMPTZ(6) NOT NULL,
    "undoneAt" TIMESTAMPTZ(6),
    "undoneById" UUID,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "VisitPerson" (
    "organizationId" UUID NOT NULL,
    "visitId" UUID NOT NULL,
    "personId" UUID NOT NULL,

    CONSTRAINT "VisitPerson_pkey" PRIMARY KEY ("organizationId","visitId","personId")
);

-- CreateTable
CREATE TABLE "VisitContact" (
    "organizationId" UUID NOT NULL,
    "visitId" UUID NOT NULL,
    "contactId" UUID NOT NULL,

    CONSTRAINT "VisitContact_pkey" PRIMARY KEY ("organizationId","visitId","contactId")
);

-- CreateTable
CREATE TABLE "VisitVersion" (
    "organizationId" UUID NOT NULL,
    "visitId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "replacedAt" TIMESTAMPTZ(6) NOT NULL,
    "replacedById" UUID NOT NULL,
    "reason" TEXT,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "VisitVersion_pkey" PRIMARY KEY ("organizationId","visitId","version")
);

-- CreateTable
CREATE TABLE "Action" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "visitId" UUID,
    "text" TEXT NOT NULL,
    "ownerId" UUID NOT NULL,
    "createdById" UUID NOT NULL,
    "dueOn" DATE,
    "state" "ActionState" NOT NULL DEFAULT 'open',
    "closedAt" TIMESTAMPTZ(6),
    "fulfilledById" UUID,
    "remindAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "Action_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "ActionChange" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "actionId" UUID NOT NULL,
    "changedById" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "changes" JSONB NOT NULL,

    CONSTRAINT "ActionChange_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateIndex
CREATE INDEX "Account_organizationId_ownerId_idx" ON "Account"("organizationId", "ownerId");

-- CreateIndex
CREATE INDEX "Account_organizationId_teamId_idx" ON "Account"("organizationId", "teamId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_organizationId_nameKey_key" ON "Account"("organizationId", "nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "Account_organizationId_code_key" ON "Account"("organizationId", "code");

-- CreateIndex
CREATE UNIQUE INDEX "Account_organizationId_requestKey_key" ON "Account"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "AccountMember_organizationId_personId_idx" ON "AccountMember"("organizationId", "personId");

-- CreateIndex
CREATE INDEX "AccountChange_organizationId_accountId_idx" ON "AccountChange"("organizationId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Contact_organizationId_accountId_name_key" ON "Contact"("organizationId", "accountId", "name");

-- CreateIndex
CREATE INDEX "Draft_organizationId_personId_form_idx" ON "Draft"("organizationId", "personId", "form");

-- CreateIndex
CREATE INDEX "Outbox_state_notBefore_idx" ON "Outbox"("state", "notBefore");

-- CreateIndex
CREATE INDEX "Outbox_lane_state_idx" ON "Outbox"("lane", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Outbox_organizationId_key_key" ON "Outbox"("organizationId", "key");

-- CreateIndex
CREATE INDEX "Sent_organizationId_thing_thingId_idx" ON "Sent"("organizationId", "thing", "thingId");

-- CreateIndex
CREATE UNIQUE INDEX "Sent_organizationId_workspaceId_conversation_message_key" ON "Sent"("organizationId", "workspaceId", "conversation", "message");

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_platform_externalId_key" ON "Workspace"("platform", "externalId");

-- CreateIndex
CREATE INDEX "Person_organizationId_email_idx" ON "Person"("organizationId", "email");

-- CreateIndex
CREATE INDEX "Identity_organizationId_personId_idx" ON "Identity"("organizationId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_organizationId_workspaceId_externalId_key" ON "Identity"("organizationId", "workspaceId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Team_organizationId_requestKey_key" ON "Team"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "Membership_organizationId_personId_idx" ON "Membership"("organizationId", "personId");

-- CreateIndex
CREATE INDEX "Visit_organizationId_accountId_date_idx" ON "Visit"("organizationId", "accountId", "date");

-- CreateIndex
CREATE INDEX "Visit_organizationId_authorId_date_idx" ON "Visit"("organizationId", "authorId", "date");

-- CreateIndex
CREATE UNIQUE INDEX "Visit_organizationId_requestKey_key" ON "Visit"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "VisitPerson_organizationId_personId_idx" ON "VisitPerson"("organizationId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "VisitVersion_organizationId_requestKey_key" ON "VisitVersion"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "Action_organizationId_ownerId_state_dueOn_idx" ON "Action"("organizationId", "ownerId", "state", "dueOn");

-- CreateIndex
CREATE INDEX "Action_organizationId_accountId_state_idx" ON "Action"("organizationId", "accountId", "state");

-- CreateIndex
CREATE INDEX "Action_remindAt_idx" ON "Action"("remindAt");

-- CreateIndex
CREATE UNIQUE INDEX "Action_organizationId_requestKey_key" ON "Action"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "ActionChange_organizationId_actionId_idx" ON "ActionChange"("organizationId", "actionId");

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_organizationId_ownerId_fkey" FOREIGN KEY ("organizationId", "ownerId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_organizationId_teamId_fkey" FOREIGN KEY ("organizationId", "teamId") REFERENCES "Team"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "AccountMember" ADD CONSTRAINT "AccountMember_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountMember" ADD CONSTRAINT "AccountMember_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountChange" ADD CONSTRAINT "AccountChange_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Workspace" ADD CONSTRAINT "Workspace_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_organizationId_workspaceId_fkey" FOREIGN KEY ("organizationId", "workspaceId") REFERENCES "Workspace"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Team" ADD CONSTRAINT "Team_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Team" ADD CONSTRAINT "Team_organizationId_managerId_fkey" FOREIGN KEY ("organizationId", "managerId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_organizationId_teamId_fkey" FOREIGN KEY ("organizationId", "teamId") REFERENCES "Team"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Visit" ADD CONSTRAINT "Visit_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Visit" ADD CONSTRAINT "Visit_organizationId_authorId_fkey" FOREIGN KEY ("organizationId", "authorId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VisitPerson" ADD CONSTRAINT "VisitPerson_organizationId_visitId_fkey" FOREIGN KEY ("organizationId", "visitId") REFERENCES "Visit"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VisitPerson" ADD CONSTRAINT "VisitPerson_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VisitContact" ADD CONSTRAINT "VisitContact_organizationId_visitId_fkey" FOREIGN KEY ("organizationId", "visitId") REFERENCES "Visit"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VisitContact" ADD CONSTRAINT "VisitContact_organizationId_contactId_fkey" FOREIGN KEY ("organizationId", "contactId") REFERENCES "Contact"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VisitVersion" ADD CONSTRAINT "VisitVersion_organizationId_visitId_fkey" FOREIGN KEY ("organizationId", "visitId") REFERENCES "Visit"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Action" ADD CONSTRAINT "Action_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Action" ADD CONSTRAINT "Action_organizationId_ownerId_fkey" FOREIGN KEY ("organizationId", "ownerId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Action" ADD CONSTRAINT "Action_organizationId_createdById_fkey" FOREIGN KEY ("organizationId", "createdById") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Action" ADD CONSTRAINT "Action_organizationId_visitId_fkey" FOREIGN KEY ("organizationId", "visitId") REFERENCES "Visit"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Action" ADD CONSTRAINT "Action_organizationId_fulfilledById_fkey" FOREIGN KEY ("organizationId", "fulfilledById") REFERENCES "Visit"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ActionChange" ADD CONSTRAINT "ActionChange_organizationId_actionId_fkey" FOREIGN KEY ("organizationId", "actionId") REFERENCES "Action"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
