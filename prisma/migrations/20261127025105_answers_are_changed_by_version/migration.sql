-- CreateTable
CREATE TABLE "SurveyVersion" (
    "organizationId" UUID NOT NULL,
    "surveyId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "replacedAt" TIMESTAMPTZ(6) NOT NULL,
    "replacedById" UUID,
    "requestKey" TEXT,

    CONSTRAINT "SurveyVersion_pkey" PRIMARY KEY ("organizationId","surveyId","version")
);

-- CreateIndex
CREATE UNIQUE INDEX "SurveyVersion_organizationId_requestKey_key" ON "SurveyVersion"("organizationId", "requestKey");

-- AddForeignKey
ALTER TABLE "SurveyVersion" ADD CONSTRAINT "SurveyVersion_organizationId_surveyId_fkey" FOREIGN KEY ("organizationId", "surveyId") REFERENCES "Survey"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
