-- Stored what-ifs, many a row: the answers of one commit are one row, written once, as large values that are not cut up.

-- CreateTable
CREATE TABLE "what_if_blocks" (
    "id" UUID NOT NULL,
    "first_slot" SMALLINT NOT NULL DEFAULT 0,
    "account_ids" TEXT[],
    "desks" TEXT[],
    "snapshot_ids" TEXT[],
    "standings" TEXT[],
    "is_fresh" BOOLEAN[],
    "judged_on" SMALLINT[],
    "requests" TEXT NOT NULL,
    "replies" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "what_if_blocks_pkey" PRIMARY KEY ("id")
);

-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma's language cannot say.

ALTER TABLE "what_if_blocks"
  ALTER COLUMN "account_ids" SET NOT NULL,
  ALTER COLUMN "desks" SET NOT NULL,
  ALTER COLUMN "snapshot_ids" SET NOT NULL,
  ALTER COLUMN "standings" SET NOT NULL,
  ALTER COLUMN "is_fresh" SET NOT NULL,
  ALTER COLUMN "judged_on" SET NOT NULL,
  -- Answers are numbered in the last byte of their id.
  ADD CONSTRAINT "what_if_blocks_id_is_first" CHECK (right("id"::text, 2) = '00'),
  ADD CONSTRAINT "what_if_blocks_slots" CHECK (
    "first_slot" >= 0 AND cardinality("judged_on") > 0 AND "first_slot" + cardinality("judged_on") <= 256),
  ADD CONSTRAINT "what_if_blocks_states" CHECK (
    cardinality("account_ids") > 0 AND cardinality("account_ids") = ALL (ARRAY[
      cardinality("desks"), cardinality("snapshot_ids"), cardinality("standings"), cardinality("is_fresh")])),
  ADD CONSTRAINT "what_if_blocks_judged" CHECK (
    0 < ALL ("judged_on") AND cardinality("account_ids") >= ALL ("judged_on")),
  ADD CONSTRAINT "what_if_blocks_has_answers" CHECK ("requests" <> '' AND "replies" <> '');

-- A block is some 100 kB of JSON. LZ4 makes it eight times smaller in a tenth of a millisecond; the older method takes
-- longer than everything else about a commit, so that a server built without LZ4 stores it as it is.
DO $$
BEGIN
  ALTER TABLE "what_if_blocks"
    ALTER COLUMN "requests" SET COMPRESSION lz4, ALTER COLUMN "replies" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  ALTER TABLE "what_if_blocks"
    ALTER COLUMN "requests" SET STORAGE EXTERNAL, ALTER COLUMN "replies" SET STORAGE EXTERNAL;
END $$;

-- Answers that were stored one a row: a block each, numbered by the last byte of the id they have.
INSERT INTO "what_if_blocks" ("id", "first_slot", "account_ids", "desks", "snapshot_ids", "standings", "is_fresh",
                              "judged_on", "requests", "replies", "created_at")
SELECT (left("id"::text, 34) || '00')::uuid, get_byte(uuid_send("id"), 15), ARRAY["account_id"], ARRAY["desk"],
       ARRAY["snapshot_id"], ARRAY[NULL::text], '{true}', '{1}', convert_from("request", 'UTF8'),
       convert_from("reply", 'UTF8'), "created_at"
FROM "what_ifs";

DROP TABLE "what_ifs";

CREATE TRIGGER "what_if_blocks_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "what_if_blocks"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
