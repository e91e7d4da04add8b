-- CreateTable
CREATE TABLE "UploadedPicture" (
    "organizationId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "uploadedAt" TIMESTAMPTZ(6) NOT NULL,
    "readyAt" TIMESTAMPTZ(6),

    CONSTRAINT "UploadedPicture_pkey" PRIMARY KEY ("organizationId","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "UploadedPicture_organizationId_workspaceId_hash_key" ON "UploadedPicture"("organizationId", "workspaceId", "hash");

-- AddForeignKey
ALTER TABLE "UploadedPicture" ADD CONSTRAINT "UploadedPicture_organizationId_workspaceId_fkey" FOREIGN KEY ("organizationId", "workspaceId") REFERENCES "Workspace"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
