-- Batch reprice: runs, their chunks, results, dead letters and events, stored risk arrays and schedules.
-- Up to "What Prisma's language cannot say" the statements are what the schema engine derives from schema.prisma.

-- CreateEnum
CREATE TYPE "reprice_state" AS ENUM ('REQUESTED', 'PREPARING', 'RUNNING', 'DONE', 'PARTIAL', 'CANCELLED', 'FAILED');

-- CreateEnum
CREATE TYPE "reprice_scope" AS ENUM ('ALL', 'DESK', 'LIST');

-- CreateEnum
CREATE TYPE "reprice_origin" AS ENUM ('CALL', 'SCHEDULE', 'SNAPSHOT');

-- CreateEnum
CREATE TYPE "reprice_stage" AS ENUM ('ARRAYS', 'ACCOUNTS');

-- CreateTable
CREATE TABLE "risk_arrays" (
    "snapshot_id" TEXT NOT NULL,
    "grid" TEXT NOT NULL,
    "underlying" TEXT NOT NULL,
    "part" UUID NOT NULL,
    "symbols" TEXT[],
    "values" BYTEA NOT NULL,

    CONSTRAINT "risk_arrays_pkey" PRIMARY KEY ("snapshot_id","grid","underlying","part")
);

-- CreateTable
CREATE TABLE "reprice_runs" (
    "id" UUID NOT NULL,
    "state" "reprice_state" NOT NULL,
    "snapshot_id" TEXT NOT NULL,
    "rules_sequence" INTEGER NOT NULL,
    "trial_rules" TEXT,
    "scope" "reprice_scope" NOT NULL,
    "desk" TEXT,
    "account_ids" TEXT[],
    "chunk_size" INTEGER NOT NULL,
    "priority" INTEGER NOT NULL,
    "trial" BOOLEAN NOT NULL DEFAULT false,
    "origin" "reprice_origin" NOT NULL,
    "requested_by" TEXT NOT NULL,
    "account_count" INTEGER,
    "previous_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "reprice_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reprice_chunks" (
    "run_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "stage" "reprice_stage" NOT NULL,
    "first" TEXT NOT NULL,
    "last" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "reprice_chunks_pkey" PRIMARY KEY ("run_id","number")
);

-- CreateTable
CREATE TABLE "reprice_results" (
    "run_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "desk" TEXT NOT NULL,
    "account_version" INTEGER NOT NULL,
    "methodology" "methodology" NOT NULL,
    "rules_version" TEXT NOT NULL,
    "requirement" BIGINT NOT NULL,
    "regulatory_requirement" BIGINT NOT NULL,
    "maintenance_excess" BIGINT NOT NULL,
    "equity" BIGINT NOT NULL,
    "class_groups" TEXT[],
    "requirements" BIGINT[],
    "scan_losses" BIGINT[],
    "minimum_charges" BIGINT[],
    "worst_price_moves" DOUBLE PRECISION[],
    "worst_vol_moves" DOUBLE PRECISION[],

    CONSTRAINT "reprice_results_pkey" PRIMARY KEY ("run_id","account_id")
);

-- CreateTable
CREATE TABLE "reprice_dead_letters" (
    "run_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "desk" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "gaps" TEXT NOT NULL,

    CONSTRAINT "reprice_dead_letters_pkey" PRIMARY KEY ("run_id","account_id")
);

-- CreateTable
CREATE TABLE "reprice_events" (
    "id" BIGSERIAL NOT NULL,
    "run_id" UUID NOT NULL,
    "state" "reprice_state",
    "first" TEXT,
    "last" TEXT,
    "accounts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reprice_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reprice_schedules" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "cron" TEXT,
    "trading_days_only" BOOLEAN NOT NULL DEFAULT true,
    "feed" TEXT NOT NULL,
    "scope" "reprice_scope" NOT NULL,
    "desk" TEXT,
    "priority" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_snapshot_id" TEXT,

    CONSTRAINT "reprice_schedules_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reprice_runs_created_at_id_idx" ON "reprice_runs"("created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "reprice_events_run_id_id_idx" ON "reprice_events"("run_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "reprice_schedules_name_key" ON "reprice_schedules"("name");

-- AddForeignKey
ALTER TABLE "risk_arrays" ADD CONSTRAINT "risk_arrays_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "market_snapshots"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reprice_runs" ADD CONSTRAINT "reprice_runs_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "market_snapshots"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reprice_chunks" ADD CONSTRAINT "reprice_chunks_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "reprice_runs"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reprice_dead_letters" ADD CONSTRAINT "reprice_dead_letters_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "reprice_runs"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reprice_events" ADD CONSTRAINT "reprice_events_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "reprice_runs"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma's language cannot say.

ALTER TABLE "risk_arrays"
  ALTER COLUMN "symbols" SET NOT NULL,
  ADD CONSTRAINT "risk_arrays_grid_is_sha256" CHECK ("grid" ~ '^[0-9a-f]{64}$'),
  -- Whole numbers of float64, the same number a contract.
  ADD CONSTRAINT "risk_arrays_values_whole" CHECK (
    cardinality("symbols") > 0 AND octet_length("values") > 0
    AND octet_length("values") % (8 * cardinality("symbols")) = 0);

ALTER TABLE "reprice_runs"
  ALTER COLUMN "account_ids" SET NOT NULL,
  ADD CONSTRAINT "reprice_runs_scope" CHECK (
    ("scope" = 'DESK') = ("desk" IS NOT NULL) AND ("scope" = 'LIST') = (cardinality("account_ids") > 0)),
  ADD CONSTRAINT "reprice_runs_chunk_size_positive" CHECK ("chunk_size" > 0),
  ADD CONSTRAINT "reprice_runs_finished" CHECK (
    ("state" IN ('DONE', 'PARTIAL', 'FAILED')) = ("finished_at" IS NOT NULL)
    AND ("state" = 'FAILED') = ("failure" IS NOT NULL));

-- What is waited for: few rows of many.
CREATE INDEX "reprice_runs_unfinished_idx" ON "reprice_runs" ("created_at")
  WHERE "state" IN ('REQUESTED', 'PREPARING', 'RUNNING');
CREATE INDEX "reprice_chunks_open_idx" ON "reprice_chunks" ("run_id", "number") WHERE "done_at" IS NULL;
-- Deficits, the worst first.
CREATE INDEX "reprice_results_deficits_idx" ON "reprice_results" ("run_id", ("equity" - "requirement"), "account_id")
  WHERE "equity" < "requirement";

ALTER TABLE "reprice_results"
  ALTER COLUMN "class_groups" SET NOT NULL,
  ALTER COLUMN "requirements" SET NOT NULL,
  ALTER COLUMN "scan_losses" SET NOT NULL,
  ALTER COLUMN "minimum_charges" SET NOT NULL,
  ALTER COLUMN "worst_price_moves" SET NOT NULL,
  ALTER COLUMN "worst_vol_moves" SET NOT NULL,
  ADD CONSTRAINT "reprice_results_requirements" CHECK (
    "requirement" >= 0 AND "regulatory_requirement" >= 0
    AND cardinality("requirements") = cardinality("class_groups"));

-- A result is what a run said: nothing changes it afterwards. It goes with its run.
CREATE TRIGGER "reprice_results_immutable" BEFORE UPDATE ON "reprice_results"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "risk_arrays_immutable" BEFORE UPDATE ON "risk_arrays"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- An event's number is given out under a lock that is held until the commit: whoever has seen a number has seen all
-- smaller ones, which a sequence alone does not promise. To be called last in a transaction. Sleepers are woken; what
-- they then read is the table.
CREATE FUNCTION "add_reprice_event"("run" uuid, "to_state" reprice_state, "from_account" text, "to_account" text, "count" integer)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE "number" bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7205759403792795);
  INSERT INTO "reprice_events" ("run_id", "state", "first", "last", "accounts")
  VALUES ("run", "to_state", "from_account", "to_account", "count") RETURNING "id" INTO "number";
  PERFORM pg_notify('marginal_reprice', '');
  RETURN "number";
END $$;
