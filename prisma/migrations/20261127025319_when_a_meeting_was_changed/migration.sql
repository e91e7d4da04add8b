-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "changedAt" TIMESTAMPTZ(6);
