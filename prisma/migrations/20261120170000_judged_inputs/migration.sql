-- What stored answers followed from, so that they can be worked out again: each text once, under its digest.

-- AlterTable
ALTER TABLE "what_if_blocks" ADD COLUMN     "inputs" TEXT[];

-- CreateTable
CREATE TABLE "judged_inputs" (
    "digest" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "judged_inputs_pkey" PRIMARY KEY ("digest")
);

-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma's language cannot say.

-- Null, or empty, for blocks that were stored before their inputs were.
ALTER TABLE "what_if_blocks"
  ADD CONSTRAINT "what_if_blocks_inputs" CHECK (
    "inputs" IS NULL OR cardinality("inputs") IN (0, cardinality("account_ids")));

ALTER TABLE "judged_inputs"
  ADD CONSTRAINT "judged_inputs_digest" CHECK ("digest" ~ '^[0-9a-f]{64}$');

-- As in the table of blocks.
DO $$
BEGIN
  ALTER TABLE "judged_inputs" ALTER COLUMN "content" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  ALTER TABLE "judged_inputs" ALTER COLUMN "content" SET STORAGE EXTERNAL;
END $$;

CREATE TRIGGER "judged_inputs_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "judged_inputs"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
