-- CreateTable
CREATE TABLE "LinkCode" (
    "organizationId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "codeHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(6) NOT NULL,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "LinkCode_pkey" PRIMARY KEY ("organizationId","personId")
);

-- CreateTable
CREATE TABLE "LinkAttempt" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "joined" BOOLEAN NOT NULL,
    "requestKey" TEXT NOT NULL,

    CONSTRAINT "LinkAttempt_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "LinkCode_organizationId_codeHash_key" ON "LinkCode"("organizationId", "codeHash");

-- CreateIndex
CREATE INDEX "LinkAttempt_organizationId_personId_at_idx" ON "LinkAttempt"("organizationId", "personId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "LinkAttempt_organizationId_requestKey_key" ON "LinkAttempt"("organizationId", "requestKey");

-- AddForeignKey
ALTER TABLE "LinkCode" ADD CONSTRAINT "LinkCode_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LinkAttempt" ADD CONSTRAINT "LinkAttempt_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
