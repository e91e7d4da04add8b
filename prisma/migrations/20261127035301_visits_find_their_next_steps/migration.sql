-- CreateIndex
CREATE INDEX "Action_organizationId_visitId_idx" ON "Action"("organizationId", "visitId");

-- CreateIndex
CREATE INDEX "Action_organizationId_fulfilledById_idx" ON "Action"("organizationId", "fulfilledById");
