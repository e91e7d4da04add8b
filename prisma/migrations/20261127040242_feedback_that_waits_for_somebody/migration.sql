-- What somebody has to see to is looked for whenever they open their own page; most feedback is closed.
CREATE INDEX "Feedback_owed_idx" ON "Feedback" ("organizationId", "ownerId") WHERE state <> 'closed';
CREATE INDEX "Feedback_unowned_idx" ON "Feedback" ("organizationId", "authorId")
  WHERE state <> 'closed' AND "ownerId" IS NULL;
