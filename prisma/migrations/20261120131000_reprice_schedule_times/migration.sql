-- When a schedule last asked for a run, or would have on a day the exchange was closed.

-- AlterTable
ALTER TABLE "reprice_schedules" ADD COLUMN     "last_fired_at" TIMESTAMPTZ(3);

-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma's language cannot say.

ALTER TABLE "reprice_schedules"
  ADD CONSTRAINT "reprice_schedules_scope" CHECK (
    "scope" IN ('ALL', 'DESK') AND ("scope" = 'DESK') = ("desk" IS NOT NULL)),
  ADD CONSTRAINT "reprice_schedules_named" CHECK (char_length("name") BETWEEN 1 AND 100);
