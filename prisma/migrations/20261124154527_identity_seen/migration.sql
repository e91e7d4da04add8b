-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "seenAt" TIMESTAMPTZ(6);
