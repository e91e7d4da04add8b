-- CreateEnum
CREATE TYPE "DigestPeriod" AS ENUM ('week', 'month', 'quarter');

-- CreateEnum
CREATE TYPE "ImprovementState" AS ENUM ('open', 'done', 'dropped');

-- CreateEnum
CREATE TYPE "FeedbackKind" AS ENUM ('praise', 'problem', 'wish', 'price', 'competitor');

-- CreateEnum
CREATE TYPE "FeedbackSeverity" AS ENUM ('low', 'medium', 'high');

-- CreateEnum
CREATE TYPE "FeedbackState" AS ENUM ('open', 'answered', 'closed');

-- CreateEnum
CREATE TYPE "SurveySource" AS ENUM ('accountManager', 'salesManager', 'customer');

-- CreateEnum
CREATE TYPE "SurveyState" AS ENUM ('asked', 'answered', 'revoked', 'declined');

-- CreateEnum
CREATE TYPE "ListeningState" AS ENUM ('planned', 'done', 'dropped');

-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "changedById" UUID;

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "ranksPeople" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "DigestSettings" (
    "organizationId" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "weekday" INTEGER NOT NULL DEFAULT 5,
    "at" TEXT NOT NULL DEFAULT '16:30',
    "channelWorkspaceId" UUID,
    "channelId" TEXT,
    "pausedAt" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "changedById" UUID,

    CONSTRAINT "DigestSettings_pkey" PRIMARY KEY ("organizationId","teamId")
);

-- CreateTable
CREATE TABLE "Digest" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "period" "DigestPeriod" NOT NULL,
    "fromDay" DATE NOT NULL,
    "toDay" DATE NOT NULL,
    "previewAt" TIMESTAMPTZ(6),
    "postAt" TIMESTAMPTZ(6),
    "asOf" TIMESTAMPTZ(6),
    "figures" JSONB,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Digest_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "DigestRemark" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "digestId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "figure" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "DigestRemark_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Improvement" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "rule" TEXT,
    "text" TEXT NOT NULL,
    "accountIds" UUID[],
    "ownerId" UUID NOT NULL,
    "createdById" UUID NOT NULL,
    "dueOn" DATE,
    "state" "ImprovementState" NOT NULL DEFAULT 'open',
    "closedAt" TIMESTAMPTZ(6),
    "figure" TEXT,
    "before" DOUBLE PRECISION,
    "after" DOUBLE PRECISION,
    "measureAt" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "Improvement_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "ServiceDimension" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT,
    "name" TEXT,
    "position" INTEGER NOT NULL,
    "archivedAt" TIMESTAMPTZ(6),

    CONSTRAINT "ServiceDimension_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Feedback" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "contactId" UUID,
    "kind" "FeedbackKind" NOT NULL,
    "dimensionId" UUID,
    "severity" "FeedbackSeverity" NOT NULL DEFAULT 'medium',
    "words" TEXT NOT NULL,
    "sourceLink" TEXT,
    "saidOn" DATE NOT NULL,
    "authorId" UUID NOT NULL,
    "ownerId" UUID,
    "dueOn" DATE,
    "state" "FeedbackState" NOT NULL DEFAULT 'open',
    "accountClass" "AccountClass" NOT NULL,
    "openActions" INTEGER NOT NULL,
    "lastVisitOn" DATE,
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(6),
    "outcome" TEXT,
    "closedAt" TIMESTAMPTZ(6),
    "remindAt" TIMESTAMPTZ(6),
    "raiseAt" TIMESTAMPTZ(6),
    "visitId" UUID,
    "undoneAt" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "Feedback_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "FeedbackChange" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "feedbackId" UUID NOT NULL,
    "changedById" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "changes" JSONB NOT NULL,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "FeedbackChange_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "FeedbackResult" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "feedbackId" UUID NOT NULL,
    "visitId" UUID,
    "actionId" UUID,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "FeedbackResult_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Survey" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "contactId" UUID,
    "visitId" UUID,
    "source" "SurveySource" NOT NULL,
    "state" "SurveyState" NOT NULL,
    "authorId" UUID NOT NULL,
    "scoredOn" DATE NOT NULL,
    "recommend" INTEGER,
    "remark" TEXT,
    "locale" TEXT,
    "expiresAt" TIMESTAMPTZ(6),
    "linkVersion" INTEGER NOT NULL DEFAULT 1,
    "openedAt" TIMESTAMPTZ(6),
    "answeredAt" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "Survey_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "SurveyScore" (
    "organizationId" UUID NOT NULL,
    "surveyId" UUID NOT NULL,
    "dimensionId" UUID NOT NULL,
    "score" INTEGER NOT NULL,

    CONSTRAINT "SurveyScore_pkey" PRIMARY KEY ("organizationId","surveyId","dimensionId")
);

-- CreateTable
CREATE TABLE "SurveyRefusal" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "contactId" UUID,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "SurveyRefusal_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Listening" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "managerId" UUID NOT NULL,
    "plannedOn" DATE NOT NULL,
    "state" "ListeningState" NOT NULL DEFAULT 'planned',
    "purpose" TEXT,
    "heard" TEXT,
    "improve" TEXT,
    "visitId" UUID,
    "surveyId" UUID,
    "remindAt" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "Listening_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateTable
CREATE TABLE "Decision" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "occurrenceId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "accountId" UUID,
    "ownerId" UUID,
    "dueOn" DATE,
    "actionId" UUID,
    "createdById" UUID NOT NULL,
    "undoneAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateIndex
CREATE INDEX "Digest_previewAt_idx" ON "Digest"("previewAt");

-- CreateIndex
CREATE INDEX "Digest_postAt_idx" ON "Digest"("postAt");

-- CreateIndex
CREATE UNIQUE INDEX "Digest_organizationId_teamId_period_fromDay_key" ON "Digest"("organizationId", "teamId", "period", "fromDay");

-- CreateIndex
CREATE UNIQUE INDEX "DigestRemark_organizationId_requestKey_key" ON "DigestRemark"("organizationId", "requestKey");

-- CreateIndex
CREATE UNIQUE INDEX "DigestRemark_organizationId_digestId_personId_figure_key" ON "DigestRemark"("organizationId", "digestId", "personId", "figure");

-- CreateIndex
CREATE INDEX "Improvement_organizationId_teamId_state_idx" ON "Improvement"("organizationId", "teamId", "state");

-- CreateIndex
CREATE INDEX "Improvement_measureAt_idx" ON "Improvement"("measureAt");

-- CreateIndex
CREATE UNIQUE INDEX "Improvement_organizationId_requestKey_key" ON "Improvement"("organizationId", "requestKey");

-- CreateIndex
CREATE UNIQUE INDEX "ServiceDimension_organizationId_key_key" ON "ServiceDimension"("organizationId", "key");

-- CreateIndex
CREATE INDEX "Feedback_organizationId_state_dueOn_idx" ON "Feedback"("organizationId", "state", "dueOn");

-- CreateIndex
CREATE INDEX "Feedback_organizationId_accountId_saidOn_idx" ON "Feedback"("organizationId", "accountId", "saidOn");

-- CreateIndex
CREATE INDEX "Feedback_organizationId_ownerId_state_idx" ON "Feedback"("organizationId", "ownerId", "state");

-- CreateIndex
CREATE INDEX "Feedback_organizationId_visitId_idx" ON "Feedback"("organizationId", "visitId");

-- CreateIndex
CREATE INDEX "Feedback_remindAt_idx" ON "Feedback"("remindAt");

-- CreateIndex
CREATE INDEX "Feedback_raiseAt_idx" ON "Feedback"("raiseAt");

-- CreateIndex
CREATE UNIQUE INDEX "Feedback_organizationId_requestKey_key" ON "Feedback"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "FeedbackChange_organizationId_feedbackId_idx" ON "FeedbackChange"("organizationId", "feedbackId");

-- CreateIndex
CREATE UNIQUE INDEX "FeedbackChange_organizationId_requestKey_key" ON "FeedbackChange"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "FeedbackResult_organizationId_visitId_idx" ON "FeedbackResult"("organizationId", "visitId");

-- CreateIndex
CREATE INDEX "FeedbackResult_organizationId_actionId_idx" ON "FeedbackResult"("organizationId", "actionId");

-- CreateIndex
CREATE UNIQUE INDEX "FeedbackResult_organizationId_feedbackId_visitId_key" ON "FeedbackResult"("organizationId", "feedbackId", "visitId");

-- CreateIndex
CREATE UNIQUE INDEX "FeedbackResult_organizationId_feedbackId_actionId_key" ON "FeedbackResult"("organizationId", "feedbackId", "actionId");

-- CreateIndex
CREATE INDEX "Survey_organizationId_accountId_scoredOn_idx" ON "Survey"("organizationId", "accountId", "scoredOn");

-- CreateIndex
CREATE UNIQUE INDEX "Survey_organizationId_requestKey_key" ON "Survey"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "SurveyRefusal_organizationId_accountId_idx" ON "SurveyRefusal"("organizationId", "accountId");

-- CreateIndex
CREATE INDEX "Listening_organizationId_managerId_state_idx" ON "Listening"("organizationId", "managerId", "state");

-- CreateIndex
CREATE INDEX "Listening_organizationId_accountId_idx" ON "Listening"("organizationId", "accountId");

-- CreateIndex
CREATE INDEX "Listening_remindAt_idx" ON "Listening"("remindAt");

-- CreateIndex
CREATE UNIQUE INDEX "Listening_organizationId_requestKey_key" ON "Listening"("organizationId", "requestKey");

-- CreateIndex
CREATE INDEX "Decision_organizationId_occurrenceId_idx" ON "Decision"("organizationId", "occurrenceId");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_organizationId_requestKey_key" ON "Decision"("organizationId", "requestKey");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_organizationId_actionId_key" ON "Decision"("organizationId", "actionId");

-- AddForeignKey
ALTER TABLE "DigestSettings" ADD CONSTRAINT "DigestSettings_organizationId_teamId_fkey" FOREIGN KEY ("organizationId", "teamId") REFERENCES "Team"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Digest" ADD CONSTRAINT "Digest_organizationId_teamId_fkey" FOREIGN KEY ("organizationId", "teamId") REFERENCES "Team"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DigestRemark" ADD CONSTRAINT "DigestRemark_organizationId_digestId_fkey" FOREIGN KEY ("organizationId", "digestId") REFERENCES "Digest"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DigestRemark" ADD CONSTRAINT "DigestRemark_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Improvement" ADD CONSTRAINT "Improvement_organizationId_teamId_fkey" FOREIGN KEY ("organizationId", "teamId") REFERENCES "Team"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Improvement" ADD CONSTRAINT "Improvement_organizationId_ownerId_fkey" FOREIGN KEY ("organizationId", "ownerId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Improvement" ADD CONSTRAINT "Improvement_organizationId_createdById_fkey" FOREIGN KEY ("organizationId", "createdById") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_organizationId_contactId_fkey" FOREIGN KEY ("organizationId", "contactId") REFERENCES "Contact"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_organizationId_dimensionId_fkey" FOREIGN KEY ("organizationId", "dimensionId") REFERENCES "ServiceDimension"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_organizationId_authorId_fkey" FOREIGN KEY ("organizationId", "authorId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_organizationId_ownerId_fkey" FOREIGN KEY ("organizationId", "ownerId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_organizationId_visitId_fkey" FOREIGN KEY ("organizationId", "visitId") REFERENCES "Visit"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "FeedbackChange" ADD CONSTRAINT "FeedbackChange_organizationId_feedbackId_fkey" FOREIGN KEY ("organizationId", "feedbackId") REFERENCES "Feedback"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeedbackResult" ADD CONSTRAINT "FeedbackResult_organizationId_feedbackId_fkey" FOREIGN KEY ("organizationId", "feedbackId") REFERENCES "Feedback"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeedbackResult" ADD CONSTRAINT "FeedbackResult_organizationId_visitId_fkey" FOREIGN KEY ("organizationId", "visitId") REFERENCES "Visit"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "FeedbackResult" ADD CONSTRAINT "FeedbackResult_organizationId_actionId_fkey" FOREIGN KEY ("organizationId", "actionId") REFERENCES "Action"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Survey" ADD CONSTRAINT "Survey_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Survey" ADD CONSTRAINT "Survey_organizationId_contactId_fkey" FOREIGN KEY ("organizationId", "contactId") REFERENCES "Contact"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Survey" ADD CONSTRAINT "Survey_organizationId_visitId_fkey" FOREIGN KEY ("organizationId", "visitId") REFERENCES "Visit"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Survey" ADD CONSTRAINT "Survey_organizationId_authorId_fkey" FOREIGN KEY ("organizationId", "authorId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyScore" ADD CONSTRAINT "SurveyScore_organizationId_surveyId_fkey" FOREIGN KEY ("organizationId", "surveyId") REFERENCES "Survey"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyScore" ADD CONSTRAINT "SurveyScore_organizationId_dimensionId_fkey" FOREIGN KEY ("organizationId", "dimensionId") REFERENCES "ServiceDimension"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyRefusal" ADD CONSTRAINT "SurveyRefusal_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyRefusal" ADD CONSTRAINT "SurveyRefusal_organizationId_contactId_fkey" FOREIGN KEY ("organizationId", "contactId") REFERENCES "Contact"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Listening" ADD CONSTRAINT "Listening_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Listening" ADD CONSTRAINT "Listening_organizationId_managerId_fkey" FOREIGN KEY ("organizationId", "managerId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Listening" ADD CONSTRAINT "Listening_organizationId_visitId_fkey" FOREIGN KEY ("organizationId", "visitId") REFERENCES "Visit"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Listening" ADD CONSTRAINT "Listening_organizationId_surveyId_fkey" FOREIGN KEY ("organizationId", "surveyId") REFERENCES "Survey"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_organizationId_occurrenceId_fkey" FOREIGN KEY ("organizationId", "occurrenceId") REFERENCES "Occurrence"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_organizationId_accountId_fkey" FOREIGN KEY ("organizationId", "accountId") REFERENCES "Account"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_organizationId_ownerId_fkey" FOREIGN KEY ("organizationId", "ownerId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_organizationId_createdById_fkey" FOREIGN KEY ("organizationId", "createdById") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_organizationId_actionId_fkey" FOREIGN KEY ("organizationId", "actionId") REFERENCES "Action"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
