-- CreateTable
CREATE TABLE "Pace" (
    "organizationId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "spentUntil" TIMESTAMPTZ(6) NOT NULL,
    "promisedUntil" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Pace_pkey" PRIMARY KEY ("organizationId","workspaceId","kind")
);

-- AddForeignKey
ALTER TABLE "Pace" ADD CONSTRAINT "Pace_organizationId_workspaceId_fkey" FOREIGN KEY ("organizationId", "workspaceId") REFERENCES "Workspace"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
