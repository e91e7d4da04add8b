-- AlterTable
ALTER TABLE "SurveyRefusal" ADD COLUMN     "byId" UUID,
ADD COLUMN     "surveyId" UUID;

-- AddForeignKey
ALTER TABLE "SurveyRefusal" ADD CONSTRAINT "SurveyRefusal_organizationId_surveyId_fkey" FOREIGN KEY ("organizationId", "surveyId") REFERENCES "Survey"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "SurveyRefusal" ADD CONSTRAINT "SurveyRefusal_organizationId_byId_fkey" FOREIGN KEY ("organizationId", "byId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
