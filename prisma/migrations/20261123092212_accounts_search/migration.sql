-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "searchGrams" INTEGER[];

-- CreateIndex
CREATE INDEX "Account_nameKey_prefix_idx" ON "Account"("organizationId", "nameKey" text_pattern_ops);

-- CreateIndex
CREATE INDEX "Account_searchGrams_idx" ON "Account" USING GIN ("searchGrams");
