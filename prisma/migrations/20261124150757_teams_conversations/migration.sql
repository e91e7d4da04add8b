-- CreateTable
CREATE TABLE "TeamsConversation" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "externalId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "userId" TEXT,
    "teamId" TEXT,
    "teamName" TEXT,
    "name" TEXT,
    "serviceUrl" TEXT NOT NULL,
    "removedAt" TIMESTAMPTZ(6),
    "blockedAt" TIMESTAMPTZ(6),
    "blockedReason" TEXT,
    "seenAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "TeamsConversation_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateIndex
CREATE INDEX "TeamsConversation_organizationId_workspaceId_userId_idx" ON "TeamsConversation"("organizationId", "workspaceId", "userId");

-- CreateIndex
CREATE INDEX "TeamsConversation_organizationId_workspaceId_teamId_idx" ON "TeamsConversation"("organizationId", "workspaceId", "teamId");

-- CreateIndex
CREATE UNIQUE INDEX "TeamsConversation_organizationId_workspaceId_externalId_key" ON "TeamsConversation"("organizationId", "workspaceId", "externalId");

-- AddForeignKey
ALTER TABLE "TeamsConversation" ADD CONSTRAINT "TeamsConversation_organizationId_workspaceId_fkey" FOREIGN KEY ("organizationId", "workspaceId") REFERENCES "Workspace"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
