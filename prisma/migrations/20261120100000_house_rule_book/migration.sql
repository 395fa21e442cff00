-- The house-rule book: one log of changes that nobody may change. What is in force on a date, and what was known of it at
-- an instant, is read from its entries; there is no second table that could disagree with them.

-- CreateTable
CREATE TABLE "audit_log" (
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "act" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "author_key" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "sequence" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("sequence")
);

-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma's language cannot say.

ALTER TABLE "audit_log"
  ADD CONSTRAINT "audit_log_sequence_positive" CHECK ("sequence" > 0),
  ADD CONSTRAINT "audit_log_at_finite" CHECK (isfinite("at")),
  ADD CONSTRAINT "audit_log_act_format" CHECK ("act" ~ '^[a-z]+\.[a-z]+$'),
  ADD CONSTRAINT "audit_log_state" CHECK ("state" IN ('IN_FORCE', 'PROPOSED')),
  -- Whoever asks later why a requirement was raised finds who did it and the reason.
  ADD CONSTRAINT "audit_log_answerable" CHECK ("subject" <> '' AND "author_key" <> '' AND "author" <> '' AND "reason" <> ''),
  -- Text, since jsonb would reorder its bytes, and the bytes are what is hashed; but JSON it has to be.
  ADD CONSTRAINT "audit_log_content_is_object" CHECK (json_typeof("content"::json) = 'object'),
  ADD CONSTRAINT "audit_log_hashes" CHECK ("previous_hash" ~ '^[0-9a-f]{64}$' AND "hash" ~ '^[0-9a-f]{64}$');

-- A field of what is hashed: its length in bytes, its bytes, a comma (a netstring). So no two entries have the same bytes.
CREATE FUNCTION "netstring"("field" text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT octet_length("field") || ':' || "field" || ','
$$;

-- The database makes the chain, whoever writes: sequence without a gap, the hash of the entry before, the own hash.
-- The lock is held to the end of the transaction, so that writers come one after the other and `at` never goes back.
CREATE FUNCTION "chain_audit_entry"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "last" record;
BEGIN
  PERFORM pg_advisory_xact_lock(7246813591);
  -- By its schema: a temporary table of the same name must not be taken for the log.
  EXECUTE format('SELECT "sequence", "at", "hash" FROM %I."audit_log" ORDER BY "sequence" DESC LIMIT 1', TG_TABLE_SCHEMA)
    INTO "last";
  NEW."sequence" := coalesce("last"."sequence", 0) + 1;
  NEW."at" := date_trunc('milliseconds', greatest(NEW."at", "last"."at"));
  NEW."previous_hash" := coalesce("last"."hash", repeat('0', 64));
  NEW."hash" := encode(sha256(convert_to(
    netstring(NEW."sequence"::text) ||
    netstring(to_char(NEW."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ||
    netstring(NEW."act") || netstring(NEW."subject") || netstring(NEW."state") ||
    netstring(NEW."author_key") || netstring(NEW."author") || netstring(NEW."reason") || netstring(NEW."content") ||
    netstring(NEW."previous_hash"), 'UTF8')), 'hex');
  RETURN NEW;
END $$;

-- The length of the log and its last hash, in a second place: entries cut off the end of the log are missed there. With
-- the owner's rights, so that nobody else needs any to write there.
CREATE FUNCTION "record_audit_head"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  EXECUTE format('INSERT INTO %I."audit_heads" ("sequence", "hash") VALUES ($1, $2)', TG_TABLE_SCHEMA)
    USING NEW."sequence", NEW."hash";
  RETURN NULL;
END $$;

-- Triggers of one kind fire in the order of their names.
CREATE TRIGGER "audit_log_2_chain" BEFORE INSERT ON "audit_log"
  FOR EACH ROW EXECUTE FUNCTION "chain_audit_entry"();
CREATE TRIGGER "audit_log_head" AFTER INSERT ON "audit_log"
  FOR EACH ROW EXECUTE FUNCTION "record_audit_head"();

-- Not even the owner changes what is written.
CREATE TRIGGER "audit_log_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_heads_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_heads"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- The house rules that were there: each as the creation that it was, under its id, with its day, reason and author.
INSERT INTO "audit_log" ("at", "act", "subject", "state", "author_key", "author", "reason", "content")
SELECT "created_at", 'rule.create', "id"::text, 'IN_FORCE', 'unknown', "author", "reason",
       json_build_object(
         'scope', "scope", 'groupId', NULL, 'accountId', "account_id", 'productClass', "product_class",
         'classGroup', "class_group", 'symbol', NULL, 'parameter', "parameter", 'value', "value",
         'effectiveFrom', to_char("effective_from", 'YYYY-MM-DD'),
         'effectiveTo', to_char("effective_to", 'YYYY-MM-DD'))::text
FROM "house_rules" ORDER BY "created_at", "id";

DROP TABLE "house_rules";
DROP TYPE "house_rule_scope";

-- From here on nobody dates an entry: the clock does.
CREATE FUNCTION "date_audit_entry"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."at" := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER "audit_log_1_date" BEFORE INSERT ON "audit_log"
  FOR EACH ROW EXECUTE FUNCTION "date_audit_entry"();

-- ---------------------------------------------------------------------------------------------------------------------
-- The role that the applications run as. They connect as a user who is a member of it and take it on for every
-- connection (SET ROLE); migrations run as the owner of the tables. Into the log it may insert, and that is all.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'marginal_app') THEN
    CREATE ROLE "marginal_app" NOLOGIN;
  END IF;
  -- A superuser takes any role on, whoever else needs to be a member.
  IF NOT pg_has_role(CURRENT_USER, 'marginal_app', 'MEMBER') THEN
    EXECUTE format('GRANT "marginal_app" TO %I', CURRENT_USER);
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of this server is migrated at the same time
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the role marginal_app is missing, or % is not a member of it: as an administrator run CREATE ROLE marginal_app NOLOGIN; GRANT marginal_app TO %', CURRENT_USER, quote_ident(CURRENT_USER)
      USING ERRCODE = 'insufficient_privilege';
END $$;

DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO "marginal_app"', current_schema());
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO "marginal_app"', current_schema());
  EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO "marginal_app"', current_schema());
END $$;
-- What the owner makes later is for it as well, in every schema.
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO "marginal_app";
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "marginal_app";
ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO "marginal_app";

REVOKE ALL ON "audit_log", "audit_heads" FROM PUBLIC, "marginal_app";
GRANT SELECT, INSERT ON "audit_log" TO "marginal_app";
GRANT SELECT ON "audit_heads" TO "marginal_app";
