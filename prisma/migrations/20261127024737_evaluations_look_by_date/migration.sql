-- CreateIndex
CREATE INDEX "Action_organizationId_closedAt_idx" ON "Action"("organizationId", "closedAt");

-- CreateIndex
CREATE INDEX "Feedback_organizationId_saidOn_idx" ON "Feedback"("organizationId", "saidOn");

-- CreateIndex
CREATE INDEX "Feedback_organizationId_answeredAt_idx" ON "Feedback"("organizationId", "answeredAt");

-- CreateIndex
CREATE INDEX "Feedback_organizationId_closedAt_idx" ON "Feedback"("organizationId", "closedAt");

-- CreateIndex
CREATE INDEX "Prompt_organizationId_date_idx" ON "Prompt"("organizationId", "date");

-- CreateIndex
CREATE INDEX "Survey_organizationId_scoredOn_idx" ON "Survey"("organizationId", "scoredOn");

-- CreateIndex
CREATE INDEX "Visit_organizationId_date_idx" ON "Visit"("organizationId", "date");
