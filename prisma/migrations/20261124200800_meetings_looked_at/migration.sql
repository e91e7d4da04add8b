-- What the jobs look for, without what is settled. An index over a part of the table is beyond the schema and stays.
CREATE INDEX "Blocker_unmoved_idx" ON "Blocker" (since, id) WHERE "resolvedAt" IS NULL AND "raisedAt" IS NULL;
CREATE INDEX "Meeting_sales_idx" ON "Meeting" (id) WHERE kind = 'sales' AND "nextAt" IS NOT NULL;
