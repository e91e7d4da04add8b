-- The schema cannot express an operator class of an ordinary index, and would have it made anew for ever. An index over
-- a part of the table is beyond the schema and stays; the search asks for this part only.
DROP INDEX "Account_nameKey_prefix_idx";
CREATE INDEX "Account_nameKey_prefix_idx" ON "Account" ("organizationId", "nameKey" text_pattern_ops)
  WHERE "archivedAt" IS NULL;
