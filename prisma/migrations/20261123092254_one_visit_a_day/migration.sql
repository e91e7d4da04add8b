-- AlterTable
ALTER TABLE "Visit" ADD COLUMN     "nthThatDay" INTEGER;

-- CreateIndex
CREATE UNIQUE INDEX "Visit_organizationId_authorId_accountId_date_nthThatDay_key" ON "Visit"("organizationId", "authorId", "accountId", "date", "nthThatDay");
