-- What house rules may ask of an underlying; null where nobody has said. Securities that are held and not written on.

-- CreateEnum
CREATE TYPE "bond_issuer" AS ENUM ('US_GOVERNMENT', 'MUNICIPAL', 'INVESTMENT_GRADE', 'OTHER');

-- AlterEnum
ALTER TYPE "underlying_type" ADD VALUE 'BOND';
ALTER TYPE "underlying_type" ADD VALUE 'MONEY_MARKET_FUND';
ALTER TYPE "underlying_type" ADD VALUE 'FUND';

-- AlterTable
ALTER TABLE "snapshot_underlyings" ADD COLUMN     "average_daily_volume" DOUBLE PRECISION,
ADD COLUMN     "beta" DOUBLE PRECISION,
ADD COLUMN     "bond_issuer" "bond_issuer",
ADD COLUMN     "bond_maturity" DATE,
ADD COLUMN     "earnings_date" DATE,
ADD COLUMN     "market_cap" DOUBLE PRECISION,
ADD COLUMN     "marginable" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "portfolio_group" TEXT,
ADD COLUMN     "shares_outstanding" DOUBLE PRECISION;

-- What Prisma's language cannot say.
ALTER TABLE "snapshot_underlyings"
  ADD CONSTRAINT "snapshot_underlyings_portfolio_group_named" CHECK ("portfolio_group" <> ''),
  ADD CONSTRAINT "snapshot_underlyings_beta_finite" CHECK (abs("beta") < 'Infinity'),
  ADD CONSTRAINT "snapshot_underlyings_market_cap_positive" CHECK ("market_cap" > 0 AND "market_cap" < 'Infinity'),
  ADD CONSTRAINT "snapshot_underlyings_shares_outstanding_positive" CHECK (
    "shares_outstanding" > 0 AND "shares_outstanding" < 'Infinity'),
  ADD CONSTRAINT "snapshot_underlyings_volume_not_negative" CHECK (
    "average_daily_volume" >= 0 AND "average_daily_volume" < 'Infinity'),
  ADD CONSTRAINT "snapshot_underlyings_earnings_date_finite" CHECK (isfinite("earnings_date")),
  -- An issuer's bond without its maturity has no rate.
  ADD CONSTRAINT "snapshot_underlyings_bond_whole" CHECK (
    num_nulls("bond_issuer", "bond_maturity") IN (0, 2) AND ("bond_maturity" IS NULL OR isfinite("bond_maturity")));
