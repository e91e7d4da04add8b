-- DropIndex
DROP INDEX "Person_organizationId_email_idx";

-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "leftAt" TIMESTAMPTZ(6),
ADD COLUMN     "mayAdminister" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE UNIQUE INDEX "Person_organizationId_email_key" ON "Person"("organizationId", "email");

-- CreateIndex
CREATE INDEX "Team_organizationId_managerId_idx" ON "Team"("organizationId", "managerId");
