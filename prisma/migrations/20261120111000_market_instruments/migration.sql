-- Options on futures and warrants; deliverables of adjusted contracts; forwards.

-- CreateEnum
CREATE TYPE "option_form" AS ENUM ('LISTED', 'ON_FUTURE', 'WARRANT');

-- CreateEnum
CREATE TYPE "forward_source" AS ENUM ('GIVEN', 'FUTURE', 'PARITY_IMPLIED');

-- AlterEnum
ALTER TYPE "instrument_kind" ADD VALUE 'FUTURE_OPTION';
ALTER TYPE "instrument_kind" ADD VALUE 'WARRANT';

-- AlterTable
ALTER TABLE "option_quotes" ADD COLUMN     "deliverable" TEXT,
ADD COLUMN     "expiry" DATE,
ADD COLUMN     "form" "option_form" NOT NULL DEFAULT 'LISTED',
ADD COLUMN     "right" "option_right",
ADD COLUMN     "strike" DECIMAL(28,10);

-- CreateTable
CREATE TABLE "snapshot_forwards" (
    "snapshot_id" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "expiry" DATE NOT NULL,
    "root" TEXT NOT NULL,
    "forward" DOUBLE PRECISION NOT NULL,
    "rate" DOUBLE PRECISION,
    "source" "forward_source" NOT NULL,
    "pairs" INTEGER NOT NULL,

    CONSTRAINT "snapshot_forwards_pkey" PRIMARY KEY ("snapshot_id","symbol","expiry","root")
);

-- AddForeignKey
ALTER TABLE "snapshot_forwards" ADD CONSTRAINT "snapshot_forwards_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "market_snapshots"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "snapshot_forwards" ADD CONSTRAINT "snapshot_forwards_snapshot_id_symbol_fkey" FOREIGN KEY ("snapshot_id", "symbol") REFERENCES "snapshot_underlyings"("snapshot_id", "symbol") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What Prisma's language cannot say.
ALTER TABLE "option_quotes"
  -- Of a listed option the symbol says these; two sources could disagree.
  ADD CONSTRAINT "option_quotes_own_terms" CHECK (
    num_nonnulls("right", "expiry", "strike") = CASE WHEN "form" = 'LISTED' THEN 0 ELSE 3 END),
  ADD CONSTRAINT "option_quotes_expiry_finite" CHECK (isfinite("expiry")),
  ADD CONSTRAINT "option_quotes_strike_positive" CHECK ("strike" > 0 AND "strike" <> 'NaN'),
  ADD CONSTRAINT "option_quotes_deliverable_of_adjusted" CHECK (
    "deliverable" IS NULL OR ("adjusted" AND "deliverable" <> ''));

ALTER TABLE "snapshot_forwards"
  ADD CONSTRAINT "snapshot_forwards_expiry_finite" CHECK (isfinite("expiry")),
  ADD CONSTRAINT "snapshot_forwards_forward_positive" CHECK ("forward" > 0 AND "forward" < 'Infinity'),
  ADD CONSTRAINT "snapshot_forwards_rate_plausible" CHECK ("rate" BETWEEN -100 AND 100),
  -- An implied forward says from how many pairs; the others are not fitted.
  ADD CONSTRAINT "snapshot_forwards_pairs" CHECK (("source" = 'PARITY_IMPLIED') = ("pairs" > 0) AND "pairs" >= 0);

CREATE TRIGGER "snapshot_forwards_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "snapshot_forwards"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "snapshot_forwards_in_time" AFTER INSERT ON "snapshot_forwards"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_late_rows"();
