-- DropIndex
DROP INDEX "Outbox_state_notBefore_idx";

-- CreateIndex
CREATE INDEX "Outbox_createdAt_idx" ON "Outbox" USING BRIN ("createdAt");

-- What is still to be sent, in the order of each lane: a worker finds the next message without reading those behind it.
-- An index over a part of the table is beyond the schema and stays.
CREATE INDEX "Outbox_unsent_idx" ON "Outbox" (lane, "notBefore", "createdAt", id)
  WHERE state IN ('waiting', 'sending');
