-- Margin calls, what happened to them, and money paid in and out.
-- Up to "What Prisma's language cannot say" the statements are what the schema engine derives from schema.prisma.

-- CreateEnum
CREATE TYPE "margin_call_kind" AS ENUM ('MARGIN_DEFICIENCY', 'HOUSE', 'MINIMUM_EQUITY', 'MAINTENANCE');

-- CreateEnum
CREATE TYPE "margin_call_state" AS ENUM ('OPEN', 'WAIVED', 'MET');

-- CreateEnum
CREATE TYPE "margin_call_event_type" AS ENUM ('OPENED', 'CHANGED', 'OVERDUE', 'EXTENDED', 'WAIVED', 'REVIVED', 'MET');

-- CreateEnum
CREATE TYPE "margin_call_cause" AS ENUM ('DEPOSIT', 'TRADES', 'MARKET', 'RULES');

-- CreateTable
CREATE TABLE "margin_calls" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" "margin_call_kind" NOT NULL,
    "state" "margin_call_state" NOT NULL DEFAULT 'OPEN',
    "opened_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "overdue_on" DATE,
    "closed_on" DATE,
    "met_by" "margin_call_cause"[],
    "amount" BIGINT NOT NULL,
    "opened_amount" BIGINT NOT NULL,
    "waived_amount" BIGINT,
    "required" BIGINT NOT NULL,
    "equity" BIGINT NOT NULL,
    "snapshot_id" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "rules_version" TEXT NOT NULL,
    "account_version" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "margin_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "margin_call_events" (
    "call_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "type" "margin_call_event_type" NOT NULL,
    "happened_on" DATE NOT NULL,
    "amount" BIGINT NOT NULL,
    "due_on" DATE NOT NULL,
    "deposits" BIGINT NOT NULL,
    "causes" "margin_call_cause"[],
    "required" BIGINT NOT NULL,
    "equity" BIGINT NOT NULL,
    "snapshot_id" TEXT NOT NULL,
    "rules_version" TEXT NOT NULL,
    "account_version" INTEGER NOT NULL,
    "author" TEXT,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "margin_call_events_pkey" PRIMARY KEY ("call_id","number")
);

-- CreateTable
CREATE TABLE "cash_movements" (
    "account_id" TEXT NOT NULL,
    "account_version" INTEGER NOT NULL,
    "movement_id" TEXT NOT NULL,
    "amount" DECIMAL(28,10) NOT NULL,
    "reason" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cash_movements_pkey" PRIMARY KEY ("account_id","account_version")
);

-- CreateIndex
CREATE INDEX "margin_calls_account_id_opened_on_idx" ON "margin_calls"("account_id", "opened_on");

-- CreateIndex
CREATE INDEX "margin_calls_opened_on_id_idx" ON "margin_calls"("opened_on" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "cash_movements_account_id_movement_id_key" ON "cash_movements"("account_id", "movement_id");

-- AddForeignKey
ALTER TABLE "margin_calls" ADD CONSTRAINT "margin_calls_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "margin_calls" ADD CONSTRAINT "margin_calls_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "market_snapshots"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "margin_call_events" ADD CONSTRAINT "margin_call_events_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "margin_calls"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "cash_movements" ADD CONSTRAINT "cash_movements_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma's language cannot say.

ALTER TABLE "margin_calls"
  ALTER COLUMN "met_by" SET NOT NULL,
  ADD CONSTRAINT "margin_calls_amount" CHECK ("amount" >= 0 AND ("amount" = 0) = ("state" = 'MET')),
  ADD CONSTRAINT "margin_calls_opened_amount_positive" CHECK ("opened_amount" > 0),
  ADD CONSTRAINT "margin_calls_due" CHECK ("due_on" >= "opened_on"),
  ADD CONSTRAINT "margin_calls_closed" CHECK (("closed_on" IS NOT NULL) = ("state" = 'MET')),
  ADD CONSTRAINT "margin_calls_met_by" CHECK ((cardinality("met_by") > 0) = ("state" = 'MET')),
  ADD CONSTRAINT "margin_calls_waived" CHECK ("state" <> 'WAIVED' OR "waived_amount" >= "amount");

-- An account has one call of a kind at a time. Also what every what-if asks: is there an unmet call, and since when is
-- it due?
CREATE UNIQUE INDEX "margin_calls_unmet_key" ON "margin_calls" ("account_id", "kind") WHERE "state" <> 'MET';

ALTER TABLE "margin_call_events"
  ALTER COLUMN "causes" SET NOT NULL,
  ADD CONSTRAINT "margin_call_events_number_positive" CHECK ("number" > 0),
  -- Whoever puts a call off or gives it up answers for it.
  ADD CONSTRAINT "margin_call_events_answerable" CHECK (
    "type" NOT IN ('EXTENDED', 'WAIVED') OR ("author" <> '' AND "reason" <> '' AND num_nulls("author", "reason") = 0));

ALTER TABLE "cash_movements"
  ADD CONSTRAINT "cash_movements_amount_whole_cents" CHECK (
    "amount" <> 'NaN' AND "amount" <> 0 AND "amount" = round("amount", 2)),
  ADD CONSTRAINT "cash_movements_answerable" CHECK ("reason" <> '' AND "author" <> '');

-- History is only ever added to; it goes with its account alone. A deletion that comes down from the account is made by
-- the trigger of a foreign key, and so one level deeper than anybody else's.
CREATE FUNCTION "refuse_own_deletion"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() > 1 THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is only added to: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "margin_call_events_immutable" BEFORE UPDATE OR TRUNCATE ON "margin_call_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "margin_call_events_kept" BEFORE DELETE ON "margin_call_events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_own_deletion"();
CREATE TRIGGER "margin_calls_kept" BEFORE DELETE ON "margin_calls"
  FOR EACH ROW EXECUTE FUNCTION "refuse_own_deletion"();
CREATE TRIGGER "cash_movements_immutable" BEFORE UPDATE OR TRUNCATE ON "cash_movements"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "cash_movements_kept" BEFORE DELETE ON "cash_movements"
  FOR EACH ROW EXECUTE FUNCTION "refuse_own_deletion"();
