-- The tables of the first house.
-- Up to "What Prisma's language cannot say" the statements are what the schema engine derives from schema.prisma.


-- CreateEnum
CREATE TYPE "account_type" AS ENUM ('CUSTOMER', 'IRA', 'BROKER_DEALER');

-- CreateEnum
CREATE TYPE "methodology" AS ENUM ('PORTFOLIO_MARGIN', 'REG_T');

-- CreateEnum
CREATE TYPE "instrument_kind" AS ENUM ('UNDERLYING', 'OPTION', 'FUTURE');

-- CreateEnum
CREATE TYPE "option_right" AS ENUM ('CALL', 'PUT');

-- CreateEnum
CREATE TYPE "exercise_style" AS ENUM ('AMERICAN', 'EUROPEAN');

-- CreateEnum
CREATE TYPE "underlying_type" AS ENUM ('EQUITY', 'ETF', 'INDEX');

-- CreateEnum
CREATE TYPE "product_class" AS ENUM ('EQUITY', 'NARROW_INDEX', 'BROAD_INDEX', 'HIGH_CAP_INDEX');

-- CreateEnum
CREATE TYPE "volatility_source" AS ENUM ('GIVEN', 'SOLVED', 'NEIGHBOUR_STRIKE', 'PARITY_PARTNER', 'FLOOR');

-- CreateEnum
CREATE TYPE "quote_flag" AS ENUM ('NO_QUOTE', 'MISSING_SIDE', 'NO_BID', 'CROSSED', 'WIDE', 'BELOW_INTRINSIC', 'PARITY_BREAK', 'ABOVE_BOUND', 'ADJUSTED_DELIVERABLE');

-- CreateEnum
CREATE TYPE "house_rule_scope" AS ENUM ('FIRM', 'ACCOUNT');

-- CreateEnum
CREATE TYPE "api_key_role" AS ENUM ('DESK', 'RISK', 'ADMIN');

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "desk" TEXT NOT NULL,
    "type" "account_type" NOT NULL,
    "methodology" "methodology" NOT NULL,
    "cash" DECIMAL(28,10) NOT NULL,
    "strict_volatility" BOOLEAN NOT NULL DEFAULT false,
    "feed" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instruments" (
    "symbol" TEXT NOT NULL,
    "kind" "instrument_kind" NOT NULL,
    "root" TEXT,
    "expiry" DATE,
    "right" "option_right",
    "strike" DECIMAL(28,10),

    CONSTRAINT "instruments_pkey" PRIMARY KEY ("symbol")
);

-- CreateTable
CREATE TABLE "positions" (
    "account_id" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "quantity" DECIMAL(28,10) NOT NULL,

    CONSTRAINT "positions_pkey" PRIMARY KEY ("account_id","symbol")
);

-- CreateTable
CREATE TABLE "market_snapshots" (
    "id" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "feed" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "underlying_count" INTEGER NOT NULL,
    "contract_count" INTEGER NOT NULL,
    "future_count" INTEGER NOT NULL,
    "refused_count" INTEGER NOT NULL,
    "flagged_count" INTEGER NOT NULL,
    "report" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "market_snapshots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "snapshot_rates" (
    "snapshot_id" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "rate" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "snapshot_rates_pkey" PRIMARY KEY ("snapshot_id","days")
);

-- CreateTable
CREATE TABLE "snapshot_underlyings" (
    "snapshot_id" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" "underlying_type" NOT NULL,
    "price" DECIMAL(28,10),
    "price_date" DATE,
    "product_class" "product_class" NOT NULL,
    "class_group" TEXT NOT NULL,
    "product_group" TEXT,
    "leverage" DOUBLE PRECISION NOT NULL,
    "dividend_yield" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "snapshot_underlyings_pkey" PRIMARY KEY ("snapshot_id","symbol")
);

-- CreateTable
CREATE TABLE "snapshot_dividends" (
    "snapshot_id" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "ex_date" DATE NOT NULL,
    "amount" DECIMAL(28,10) NOT NULL,

    CONSTRAINT "snapshot_dividends_pkey" PRIMARY KEY ("snapshot_id","symbol","ex_date")
);

-- CreateTable
CREATE TABLE "option_quotes" (
    "snapshot_id" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "underlying" TEXT NOT NULL,
    "exercise" "exercise_style" NOT NULL,
    "multiplier" DECIMAL(28,10) NOT NULL,
    "adjusted" BOOLEAN NOT NULL,
    "bid" DECIMAL(28,10),
    "ask" DECIMAL(28,10),
    "price" DECIMAL(28,10),
    "implied_volatility" DOUBLE PRECISION,
    "volatility_source" "volatility_source",
    "flags" "quote_flag"[],

    CONSTRAINT "option_quotes_pkey" PRIMARY KEY ("snapshot_id","symbol")
);

-- CreateTable
CREATE TABLE "future_quotes" (
    "snapshot_id" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "underlying" TEXT NOT NULL,
    "price" DECIMAL(28,10),
    "expiry" DATE NOT NULL,
    "multiplier" DECIMAL(28,10) NOT NULL,

    CONSTRAINT "future_quotes_pkey" PRIMARY KEY ("snapshot_id","symbol")
);

-- CreateTable
CREATE TABLE "house_rules" (
    "id" UUID NOT NULL,
    "scope" "house_rule_scope" NOT NULL,
    "account_id" TEXT,
    "product_class" "product_class",
    "class_group" TEXT,
    "parameter" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "effective_from" DATE NOT NULL,
    "effective_to" DATE,
    "reason" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "house_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "what_ifs" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "desk" TEXT NOT NULL,
    "request" BYTEA NOT NULL,
    "reply" BYTEA NOT NULL,
    "snapshot_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "what_ifs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "api_key_role" NOT NULL,
    "desk" TEXT,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "accounts_desk_id_idx" ON "accounts"("desk", "id");

-- CreateIndex
CREATE INDEX "positions_symbol_idx" ON "positions"("symbol");

-- CreateIndex
CREATE INDEX "market_snapshots_as_of_created_at_idx" ON "market_snapshots"("as_of" DESC, "created_at" DESC);

-- CreateIndex
CREATE INDEX "market_snapshots_feed_as_of_created_at_idx" ON "market_snapshots"("feed", "as_of" DESC, "created_at" DESC);

-- CreateIndex
CREATE INDEX "option_quotes_snapshot_id_underlying_idx" ON "option_quotes"("snapshot_id", "underlying");

-- CreateIndex
CREATE INDEX "future_quotes_snapshot_id_underlying_idx" ON "future_quotes"("snapshot_id", "underlying");

-- CreateIndex
CREATE INDEX "house_rules_account_id_idx" ON "house_rules"("account_id");

-- CreateIndex
CREATE INDEX "what_ifs_account_id_created_at_idx" ON "what_ifs"("account_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- AddForeignKey
ALTER TABLE "positions" ADD CONSTRAINT "positions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "positions" ADD CONSTRAINT "positions_symbol_fkey" FOREIGN KEY ("symbol") REFERENCES "instruments"("symbol") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "snapshot_rates" ADD CONSTRAINT "snapshot_rates_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "market_snapshots"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "snapshot_underlyings" ADD CONSTRAINT "snapshot_underlyings_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "market_snapshots"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "snapshot_underlyings" ADD CONSTRAINT "snapshot_underlyings_symbol_fkey" FOREIGN KEY ("symbol") REFERENCES "instruments"("symbol") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "snapshot_dividends" ADD CONSTRAINT "snapshot_dividends_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "market_snapshots"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "snapshot_dividends" ADD CONSTRAINT "snapshot_dividends_snapshot_id_symbol_fkey" FOREIGN KEY ("snapshot_id", "symbol") REFERENCES "snapshot_underlyings"("snapshot_id", "symbol") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "option_quotes" ADD CONSTRAINT "option_quotes_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "market_snapshots"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "option_quotes" ADD CONSTRAINT "option_quotes_symbol_fkey" FOREIGN KEY ("symbol") REFERENCES "instruments"("symbol") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "future_quotes" ADD CONSTRAINT "future_quotes_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "market_snapshots"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "future_quotes" ADD CONSTRAINT "future_quotes_symbol_fkey" FOREIGN KEY ("symbol") REFERENCES "instruments"("symbol") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "house_rules" ADD CONSTRAINT "house_rules_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "what_ifs" ADD CONSTRAINT "what_ifs_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "what_ifs" ADD CONSTRAINT "what_ifs_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "market_snapshots"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma's language cannot say. The services validate every input before it comes here; these constraints are for
-- whatever writes without them (a script, psql, a mistake in SQL), because a margin computed from a bad row is wrong
-- without looking wrong. They are never stricter than the services: what those let through must be storable.
--
-- PostgreSQL's NaN: numeric and float8 both store it, it equals itself and is greater than every number, infinity
-- included. So "x > 0" lets NaN in, and "x < 'Infinity'" keeps NaN and infinity out. A numeric with a declared precision
-- refuses infinity by itself, but not NaN.

-- Identifiers that callers choose: they go into URLs, log lines and file names as they are.
ALTER TABLE "accounts"
  ADD CONSTRAINT "accounts_id_format" CHECK ("id" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  ADD CONSTRAINT "accounts_desk_format" CHECK ("desk" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  ADD CONSTRAINT "accounts_feed_format" CHECK ("feed" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  ADD CONSTRAINT "accounts_name_length" CHECK (char_length("name") BETWEEN 1 AND 200),
  ADD CONSTRAINT "accounts_cash_is_number" CHECK ("cash" <> 'NaN'),
  ADD CONSTRAINT "accounts_version_positive" CHECK ("version" > 0);

-- Printable ASCII without blanks at the ends: an OSI symbol has blanks inside, and no two symbols look alike.
ALTER TABLE "instruments"
  ADD CONSTRAINT "instruments_symbol_format" CHECK ("symbol" ~ '^[!-~]([ -~]{0,30}[!-~])?$'),
  -- An option is its terms: without one of them it cannot be valued; nothing else has any.
  ADD CONSTRAINT "instruments_option_terms" CHECK (
    CASE WHEN "kind" = 'OPTION'
      THEN num_nulls("root", "expiry", "right", "strike") = 0
      ELSE num_nonnulls("root", "expiry", "right", "strike") = 0
    END),
  ADD CONSTRAINT "instruments_option_symbol" CHECK (
    "kind" <> 'OPTION' OR (char_length("symbol") = 21 AND "symbol" ~ '^[!-~]{1,6} *[0-9]{6}[CP][0-9]{8}$')),
  ADD CONSTRAINT "instruments_root_format" CHECK ("root" ~ '^[!-~]{1,6}$'),
  ADD CONSTRAINT "instruments_expiry_finite" CHECK (isfinite("expiry")),
  ADD CONSTRAINT "instruments_strike_positive" CHECK ("strike" > 0 AND "strike" <> 'NaN');

-- A position of nothing is no position: its row is deleted.
ALTER TABLE "positions"
  ADD CONSTRAINT "positions_quantity_is_holding" CHECK ("quantity" <> 0 AND "quantity" <> 'NaN');

ALTER TABLE "market_snapshots"
  ADD CONSTRAINT "market_snapshots_id_is_sha256" CHECK ("id" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "market_snapshots_feed_format" CHECK ("feed" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  ADD CONSTRAINT "market_snapshots_as_of_finite" CHECK (isfinite("as_of")),
  ADD CONSTRAINT "market_snapshots_counts" CHECK (
    least("underlying_count", "contract_count", "future_count", "refused_count", "flagged_count") >= 0
    AND "flagged_count" <= "contract_count");

-- Rates may be negative; 100 (10,000 % a year) is a percentage read as a fraction, or worse.
ALTER TABLE "snapshot_rates"
  ADD CONSTRAINT "snapshot_rates_days_positive" CHECK ("days" > 0),
  ADD CONSTRAINT "snapshot_rates_rate_plausible" CHECK ("rate" BETWEEN -1 AND 100);

ALTER TABLE "snapshot_underlyings"
  ADD CONSTRAINT "snapshot_underlyings_price_positive" CHECK ("price" > 0 AND "price" <> 'NaN'),
  ADD CONSTRAINT "snapshot_underlyings_price_date_finite" CHECK (isfinite("price_date")),
  ADD CONSTRAINT "snapshot_underlyings_class_group_named" CHECK ("class_group" <> ''),
  ADD CONSTRAINT "snapshot_underlyings_product_group_named" CHECK ("product_group" <> ''),
  -- A multiple of 0 would make every position in the fund riskless.
  ADD CONSTRAINT "snapshot_underlyings_leverage_is_multiple" CHECK ("leverage" <> 0 AND abs("leverage") < 'Infinity'),
  ADD CONSTRAINT "snapshot_underlyings_dividend_yield_finite" CHECK (abs("dividend_yield") < 'Infinity');

ALTER TABLE "snapshot_dividends"
  ADD CONSTRAINT "snapshot_dividends_ex_date_finite" CHECK (isfinite("ex_date")),
  ADD CONSTRAINT "snapshot_dividends_amount_positive" CHECK ("amount" > 0 AND "amount" <> 'NaN');

-- Bid above ask is no error here: real quotes are crossed at times, and flagged.
ALTER TABLE "option_quotes"
  ALTER COLUMN "flags" SET DEFAULT '{}',
  ALTER COLUMN "flags" SET NOT NULL,
  ADD CONSTRAINT "option_quotes_multiplier_positive" CHECK ("multiplier" > 0 AND "multiplier" <> 'NaN'),
  ADD CONSTRAINT "option_quotes_bid_not_negative" CHECK ("bid" >= 0 AND "bid" <> 'NaN'),
  ADD CONSTRAINT "option_quotes_ask_not_negative" CHECK ("ask" >= 0 AND "ask" <> 'NaN'),
  ADD CONSTRAINT "option_quotes_price_not_negative" CHECK ("price" >= 0 AND "price" <> 'NaN'),
  ADD CONSTRAINT "option_quotes_volatility_positive" CHECK (
    "implied_volatility" > 0 AND "implied_volatility" < 'Infinity'),
  -- A volatility of unknown origin could be a fallback that a strict account refuses.
  ADD CONSTRAINT "option_quotes_volatility_has_source" CHECK (
    ("implied_volatility" IS NULL) = ("volatility_source" IS NULL));

ALTER TABLE "future_quotes"
  ADD CONSTRAINT "future_quotes_price_positive" CHECK ("price" > 0 AND "price" <> 'NaN'),
  ADD CONSTRAINT "future_quotes_expiry_finite" CHECK (isfinite("expiry")),
  ADD CONSTRAINT "future_quotes_multiplier_positive" CHECK ("multiplier" > 0 AND "multiplier" <> 'NaN');

ALTER TABLE "house_rules"
  -- A firm's rule that names an account, or an account's rule without one, would apply to the wrong people.
  ADD CONSTRAINT "house_rules_scope_account" CHECK (("scope" = 'ACCOUNT') = ("account_id" IS NOT NULL)),
  ADD CONSTRAINT "house_rules_class_group_named" CHECK ("class_group" <> ''),
  ADD CONSTRAINT "house_rules_parameter_format" CHECK ("parameter" ~ '^[A-Za-z][A-Za-z0-9.]{0,99}$'),
  ADD CONSTRAINT "house_rules_value_finite" CHECK (abs("value") < 'Infinity'),
  ADD CONSTRAINT "house_rules_period" CHECK (
    isfinite("effective_from") AND ("effective_to" IS NULL OR (isfinite("effective_to") AND "effective_to" >= "effective_from"))),
  -- Whoever asks later why a requirement was raised finds who did it and the reason.
  ADD CONSTRAINT "house_rules_answerable" CHECK ("reason" <> '' AND "author" <> '');

ALTER TABLE "what_ifs"
  ADD CONSTRAINT "what_ifs_desk_format" CHECK ("desk" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  ADD CONSTRAINT "what_ifs_has_bytes" CHECK (octet_length("request") > 0 AND octet_length("reply") > 0);

ALTER TABLE "api_keys"
  ADD CONSTRAINT "api_keys_name_length" CHECK (char_length("name") BETWEEN 1 AND 200),
  -- Anything else would be a key in the clear.
  ADD CONSTRAINT "api_keys_hash_is_sha256" CHECK ("hash" ~ '^[0-9a-f]{64}$'),
  -- A desk's key without its desk could be read as one for every desk.
  ADD CONSTRAINT "api_keys_role_desk" CHECK (("role" = 'DESK') = ("desk" IS NOT NULL)),
  ADD CONSTRAINT "api_keys_desk_format" CHECK ("desk" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  ADD CONSTRAINT "api_keys_revoked_after_made" CHECK ("revoked_at" >= "created_at");

-- ---------------------------------------------------------------------------------------------------------------------
-- A snapshot's id is the hash of its content, and stored answers name it as what they were computed from: neither its
-- rows nor an answer may change afterwards. The triggers are per statement: they cost a bulk load nothing.

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is immutable: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "market_snapshots_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "market_snapshots"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "snapshot_rates_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "snapshot_rates"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "snapshot_underlyings_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "snapshot_underlyings"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "snapshot_dividends_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "snapshot_dividends"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "option_quotes_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "option_quotes"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "future_quotes_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "future_quotes"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "what_ifs_immutable" BEFORE UPDATE ON "what_ifs"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Rows may join a snapshot only in the transaction that made it: one added later would belie the hash. A row's xmin is
-- the transaction that wrote it, so the snapshot's row must be written outside any savepoint.
CREATE FUNCTION "refuse_late_rows"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM "market_snapshots"
    WHERE "id" IN (SELECT DISTINCT "snapshot_id" FROM "added") AND "xmin" <> pg_current_xact_id()::xid
  ) THEN
    RAISE EXCEPTION '% is immutable: rows of a finished snapshot refused', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "snapshot_rates_in_time" AFTER INSERT ON "snapshot_rates"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_late_rows"();
CREATE TRIGGER "snapshot_underlyings_in_time" AFTER INSERT ON "snapshot_underlyings"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_late_rows"();
CREATE TRIGGER "snapshot_dividends_in_time" AFTER INSERT ON "snapshot_dividends"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_late_rows"();
CREATE TRIGGER "option_quotes_in_time" AFTER INSERT ON "option_quotes"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_late_rows"();
CREATE TRIGGER "future_quotes_in_time" AFTER INSERT ON "future_quotes"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_late_rows"();
