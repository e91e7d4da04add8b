-- DropIndex
DROP INDEX "VisitPerson_organizationId_personId_idx";

-- CreateIndex
CREATE INDEX "VisitPerson_organizationId_personId_visitId_idx" ON "VisitPerson"("organizationId", "personId", "visitId");
