-- CreateEnum
CREATE TYPE "CalendarSource" AS ENUM ('country', 'file', 'hand');

-- CreateEnum
CREATE TYPE "AbsenceHalf" AS ENUM ('morning', 'afternoon');

-- CreateEnum
CREATE TYPE "MeetingKind" AS ENUM ('morning', 'evening', 'sales', 'own');

-- CreateEnum
CREATE TYPE "MeetingClock" AS ENUM ('person', 'team');

-- CreateEnum
CREATE TYPE "PromptState" AS ENUM ('open', 'answered', 'nothing', 'skipped', 'closed', 'missed');

-- CreateEnum
CREATE TYPE "PlanState" AS ENUM ('planned', 'done', 'moved', 'dropped');

-- CreateTable
CREATE TABLE "TeamCalendar" (
    "organizationId" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "country" TEXT,
    "region" TEXT,
    "weekdays" INTEGER[] DEFAULT ARRAY[1, 2, 3, 4, 5]::INTEGER[],
    "computedTo" INTEGER,

    CONSTRAINT "TeamCalendar_pkey" PRIMARY KEY ("organizationId","teamId")
);

-- CreateTable
CREATE TABLE "CalendarDay" (
    "organizationId" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "date" DATE NOT NULL,
    "source" "CalendarSource" NOT NULL,
    "works" BOOLEAN NOT NULL,
    "name" TEXT,

    CONSTRAINT "CalendarDay_pkey" PRIMARY KEY ("organizationId","teamId","date","source")
);

-- CreateTable
CREATE TABLE "Absence" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "fromDay" DATE NOT NULL,
    "toDay" DATE NOT NULL,
    "half" "AbsenceHalf",
    "reason" TEXT,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "cancelledAt" TIMESTAMPTZ(6),
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "Absence_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Meeting" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "kind" "MeetingKind" NOT NULL,
    "name" TEXT,
    "rule" TEXT NOT NULL,
    "startsOn" DATE NOT NULL,
    "startsAt" TEXT NOT NULL,
    "clock" "MeetingClock" NOT NULL,
    "windowMinutes" INTEGER NOT NULL,
    "remindAfter" INTEGER NOT NULL DEFAULT 60,
    "channelWorkspaceId" UUID,
    "channelId" TEXT,
    "namesSilent" BOOLEAN NOT NULL DEFAULT false,
    "questionsVersion" INTEGER NOT NULL DEFAULT 1,
    "pausedAt" TIMESTAMPTZ(6),
    "archivedAt" TIMESTAMPTZ(6),
    "nextAt" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "requestKey" TEXT,

    CONSTRAINT "Meeting_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "MeetingQuestions" (
    "organizationId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "questions" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "createdById" UUID,

    CONSTRAINT "MeetingQuestions_pkey" PRIMARY KEY ("organizationId","meetingId","version")
);

-- CreateTable
CREATE TABLE "MeetingObserver" (
    "organizationId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "personId" UUID NOT NULL,

    CONSTRAINT "MeetingObserver_pkey" PRIMARY KEY ("organizationId","meetingId","personId")
);

-- CreateTable
CREATE TABLE "Occurrence" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "date" DATE NOT NULL,
    "closesAt" TIMESTAMPTZ(6) NOT NULL,
    "summaryAt" TIMESTAMPTZ(6),
    "postedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Occurrence_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Prompt" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "kind" "MeetingKind" NOT NULL,
    "slot" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "nth" INTEGER NOT NULL DEFAULT 1,
    "opensAt" TIMESTAMPTZ(6) NOT NULL,
    "closesAt" TIMESTAMPTZ(6) NOT NULL,
    "state" "PromptState" NOT NULL DEFAULT 'open',
    "dueAt" TIMESTAMPTZ(6),
    "reminders" INTEGER NOT NULL DEFAULT 0,
    "answeredAt" TIMESTAMPTZ(6),
    "questionsOfId" UUID NOT NULL,
    "questionsVersion" INTEGER NOT NULL,
    "answers" JSONB,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Prompt_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "PromptMeeting" (
    "organizationId" UUID NOT NULL,
    "promptId" UUID NOT NULL,
    "occurrenceId" UUID NOT NULL,

    CONSTRAINT "PromptMeeting_pkey" PRIMARY KEY ("organizationId","promptId","occurrenceId")
);

-- CreateTable
CREATE TABLE "PlanItem" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "date" DATE NOT NULL,
    "promptId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "accountId" UUID,
    "text" TEXT NOT NULL,
    "state" "PlanState" NOT NULL DEFAULT 'planned',
    "closedAt" TIMESTAMPTZ(6),
    "movedFromId" UUID,
    "visitId" UUID,

    CONSTRAINT "PlanItem_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Blocker" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "promptId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "resolvedAt" TIMESTAMPTZ(6),
    "raisedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Blocker_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateIndex
CREATE INDEX "TeamCalendar_computedTo_idx" ON "TeamCalendar"("computedTo");

-- CreateIndex
CREATE INDEX "Absence_organizationId_personId_toDay_idx" ON "Absence"("organizationId", "personId", "toDay");

-- CreateIndex
CREATE UNIQUE INDEX "Absence_organizationId_requestKey_key" ON "Absence"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "Meeting_organizationId_teamId_idx" ON "Meeting"("organizationId", "teamId");

-- CreateIndex
CREATE INDEX "Meeting_nextAt_idx" ON "Meeting"("nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "Meeting_organizationId_requestKey_key" ON "Meeting"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "Occurrence_summaryAt_idx" ON "Occurrence"("summaryAt");

-- CreateIndex
CREATE UNIQUE INDEX "Occurrence_organizationId_meetingId_date_key" ON "Occurrence"("organizationId", "meetingId", "date");

-- CreateIndex
CREATE INDEX "Prompt_dueAt_idx" ON "Prompt"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Prompt_organizationId_personId_slot_date_nth_key" ON "Prompt"("organizationId", "personId", "slot", "date", "nth");

-- CreateIndex
CREATE INDEX "PromptMeeting_organizationId_occurrenceId_idx" ON "PromptMeeting"("organizationId", "occurrenceId");

-- CreateIndex
CREATE INDEX "PlanItem_organizationId_personId_date_idx" ON "PlanItem"("organizationId", "personId", "date");

-- CreateIndex
CREATE INDEX "PlanItem_organizationId_promptId_idx" ON "PlanItem"("organizationId", "promptId");

-- CreateIndex
CREATE INDEX "Blocker_organizationId_personId_resolvedAt_idx" ON "Blocker"("organizationId", "personId", "resolvedAt");

-- AddForeignKey
ALTER TABLE "TeamCalendar" ADD CONSTRAINT "TeamCalendar_organizationId_teamId_fkey" FOREIGN KEY ("organizationId", "teamId") REFERENCES "Team"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CalendarDay" ADD CONSTRAINT "CalendarDay_organizationId_teamId_fkey" FOREIGN KEY ("organizationId", "teamId") REFERENCES "Team"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Absence" ADD CONSTRAINT "Absence_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_organizationId_teamId_fkey" FOREIGN KEY ("organizationId", "teamId") REFERENCES "Team"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeetingQuestions" ADD CONSTRAINT "MeetingQuestions_organizationId_meetingId_fkey" FOREIGN KEY ("organizationId", "meetingId") REFERENCES "Meeting"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeetingObserver" ADD CONSTRAINT "MeetingObserver_organizationId_meetingId_fkey" FOREIGN KEY ("organizationId", "meetingId") REFERENCES "Meeting"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeetingObserver" ADD CONSTRAINT "MeetingObserver_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Occurrence" ADD CONSTRAINT "Occurrence_organizationId_meetingId_fkey" FOREIGN KEY ("organizationId", "meetingId") REFERENCES "Meeting"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Prompt" ADD CONSTRAINT "Prompt_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromptMeeting" ADD CONSTRAINT "PromptMeeting_organizationId_promptId_fkey" FOREIGN KEY ("organizationId", "promptId") REFERENCES "Prompt"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromptMeeting" ADD CONSTRAINT "PromptMeeting_organizationId_occurrenceId_fkey" FOREIGN KEY ("organizationId", "occurrenceId") REFERENCES "Occurrence"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanItem" ADD CONSTRAINT "PlanItem_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanItem" ADD CONSTRAINT "PlanItem_organizationId_promptId_fkey" FOREIGN KEY ("organizationId", "promptId") REFERENCES "Prompt"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanItem" ADD CONSTRAINT "PlanItem_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Blocker" ADD CONSTRAINT "Blocker_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Blocker" ADD CONSTRAINT "Blocker_organizationId_promptId_fkey" FOREIGN KEY ("organizationId", "promptId") REFERENCES "Prompt"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
