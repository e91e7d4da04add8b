-- DropIndex
DROP INDEX "Outbox_lane_state_idx";

-- CreateIndex
CREATE INDEX "Outbox_lane_claimedUntil_idx" ON "Outbox"("lane", "claimedUntil");
