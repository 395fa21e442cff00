-- Decisions of the gate, many a row: those of one commit are one row, written once, and an idempotency key says where its
-- decision is. Before, each was a row of 1.4 kB of its own: half of what a commit wrote, and two entries of indices more.
-- Up to "What Prisma's language cannot say" the statements are what the schema engine derives from schema.prisma.

-- CreateTable
CREATE TABLE "decision_blocks" (
    "id" UUID NOT NULL,
    "account_ids" TEXT[],
    "accounts" INTEGER[],
    "key_ids" UUID[],
    "statuses" SMALLINT[],
    "refused" INTEGER[],
    "headers" TEXT NOT NULL,
    "bodies" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_blocks_pkey" PRIMARY KEY ("id")
);

-- Decisions that were stored one a row and asked for without a key: a block each. The others stay where they are.
INSERT INTO "decision_blocks" ("id", "account_ids", "accounts", "key_ids", "statuses", "refused", "headers", "bodies", "created_at")
SELECT "id", ARRAY["account_id"], '{1}', ARRAY["key_id"], ARRAY["status"], '{}', "headers", convert_from("body", 'UTF8'),
       "created_at"
FROM "answers" WHERE "idempotency_key" IS NULL;
DELETE FROM "answers" WHERE "idempotency_key" IS NULL;

-- DropIndex
DROP INDEX "answers_key_id_idempotency_key_key";

-- AlterTable
ALTER TABLE "answers" DROP CONSTRAINT "answers_pkey",
DROP COLUMN "account_id",
DROP COLUMN "id",
ADD COLUMN     "block_id" UUID,
ADD COLUMN     "place" INTEGER,
ALTER COLUMN "idempotency_key" SET NOT NULL,
ALTER COLUMN "status" DROP NOT NULL,
ALTER COLUMN "headers" DROP NOT NULL,
ALTER COLUMN "body" DROP NOT NULL,
ADD CONSTRAINT "answers_pkey" PRIMARY KEY ("key_id", "idempotency_key");


-- What Prisma's language cannot say -----------------------------------------------------------------------------------

ALTER TABLE "decision_blocks"
  ALTER COLUMN "account_ids" SET NOT NULL,
  ALTER COLUMN "accounts" SET NOT NULL,
  ALTER COLUMN "key_ids" SET NOT NULL,
  ALTER COLUMN "statuses" SET NOT NULL,
  ALTER COLUMN "refused" SET NOT NULL,
  ADD CONSTRAINT "decision_blocks_decisions" CHECK (
    cardinality("accounts") > 0 AND cardinality("accounts") = ALL (ARRAY[cardinality("key_ids"), cardinality("statuses")])
    AND cardinality("refused") < cardinality("accounts"));

-- As of stored what-ifs: a block is some 80 kB of JSON whose parts are much alike.
DO $$
BEGIN
  ALTER TABLE "decision_blocks"
    ALTER COLUMN "headers" SET COMPRESSION lz4, ALTER COLUMN "bodies" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  ALTER TABLE "decision_blocks"
    ALTER COLUMN "headers" SET STORAGE EXTERNAL, ALTER COLUMN "bodies" SET STORAGE EXTERNAL;
END $$;

CREATE TRIGGER "decision_blocks_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "decision_blocks"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

ALTER TABLE "answers"
  -- Its own, or that of a decision.
  ADD CONSTRAINT "answers_here_or_there" CHECK (
    num_nonnulls("status", "headers", "body") + 3 * num_nonnulls("block_id") = 3
    AND num_nonnulls("block_id") = num_nonnulls("place"));

-- A CHECK is looked at whenever any column changes, and a hold version changes with every check and hold: to match these
-- three columns against an expression was a tenth of it. So they are looked at where they themselves are written.
ALTER TABLE "accounts"
  DROP CONSTRAINT "accounts_id_format", DROP CONSTRAINT "accounts_desk_format", DROP CONSTRAINT "accounts_feed_format";

CREATE FUNCTION "refuse_account_format"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  form CONSTANT text := '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';
  wrong CONSTANT text := CASE WHEN NEW."id" !~ form THEN 'id' WHEN NEW."desk" !~ form THEN 'desk'
                              WHEN NEW."feed" !~ form THEN 'feed' END;
BEGIN
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'new row for relation "accounts" violates check constraint "accounts_%_format"', wrong
      USING ERRCODE = 'check_violation', TABLE = 'accounts', CONSTRAINT = format('accounts_%s_format', wrong);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "accounts_format" AFTER INSERT OR UPDATE OF "id", "desk", "feed" ON "accounts"
  FOR EACH ROW EXECUTE FUNCTION "refuse_account_format"();

DROP FUNCTION "commit_checks"(text[], integer[], bigint[], integer[], uuid[], uuid[], text[], text[], smallint[],
  boolean[], bigint[], bigint[], timestamptz[], uuid[], text, text, text, text, integer[], text[]);

-- Commits checks that were judged outside, many at once: each only where its account is still as it was judged, the
-- order ids are new, the limits have room and the idempotency key is unused. What is refused changes nothing.
--   snapshots  s_ids: those that accounts were judged on
--   accounts   a_*: ids, and what they were judged at: versions, hold versions, numbers of the house-rule book's last
--              entry, places of their snapshots in s_ids (from 1), their first margin calls (null: none). In the order of
--              their ids: so they are locked; held_ids: of those that something is to be held for
--   checks     c_*: c_account is the place in a_*, from 1; c_delta what the limits count, c_held what the row holds;
--              texts of the checks stand one behind the other, parted by U+0001, which JSON never holds
--   order ids  o_*: o_check is the place in c_*, from 1
-- Says of every check that was not committed why: STALE (judge it again), ANSWERED (its key has an answer), DUPLICATE (an
-- order id is used), LIMIT (with the limit and its room in cents). Where others take keys again and again in the same
-- moment, it is a unique_violation of all of it.
--
-- The hold version of an account rises by one where all its checks were committed, else by two: checks that were judged
-- on what this call would leave, before it was over, are committed only where it left just that.
CREATE FUNCTION "commit_checks"(
  block uuid, s_ids text[],
  a_ids text[], a_versions integer[], a_hold_versions bigint[], a_stamps integer[], a_snapshots integer[], a_calls text[],
  held_ids text[],
  c_account integer[], c_ids uuid[], c_callers uuid[], c_keys text[], c_fingerprints text[], c_statuses smallint[],
  c_holds boolean[], c_held bigint[], c_delta bigint[], c_valid_until bigint[], c_replaced uuid[],
  c_orders text, c_leaves text, c_headers text, c_bodies text,
  o_check integer[], o_ids text[]
) RETURNS TABLE ("check" integer, "outcome" text, "limit_id" uuid, "room" bigint) LANGUAGE plpgsql AS $$
DECLARE
  checks CONSTANT integer := array_length(c_ids, 1);
  accounts CONSTANT integer := array_length(a_ids, 1);
  outcomes text[];  -- null: all are committed
  refused integer[] := '{}';
  desks text[];
  feeds text[];
  found integer;
  is_fresh boolean;
  is_used boolean := false;
  fresh boolean[];
  refusing uuid[];
  rooms bigint[];
  l_ids uuid[];
  l_scopes text[];
  l_subjects text[];
  l_rooms bigint[];
  l_added bigint[];
  limit_count integer;
  is_over boolean;
  a integer;
BEGIN
  -- Before the limits are read: a limit that is being made adds up what is held while nothing can be added to it.
  LOCK TABLE "reservations" IN ROW EXCLUSIVE MODE;

  SELECT array_agg(l."desk"), array_agg(l."feed"), count(*), bool_and(l."is_same")
  INTO desks, feeds, found, is_fresh
  FROM (
    SELECT a."desk", a."feed", a."version" = j."version" AND a."hold_version" = j."hold_version" AS "is_same"
    FROM unnest(a_ids, a_versions, a_hold_versions) WITH ORDINALITY AS j("id", "version", "hold_version", n)
    JOIN "accounts" a ON a."id" = j."id" ORDER BY j.n FOR NO KEY UPDATE OF a) l;

  is_fresh := is_fresh AND found = accounts AND (
    (SELECT coalesce(max("sequence"), 0) FROM "audit_log") = ALL (a_stamps)
    AND NOT EXISTS (
      SELECT FROM (SELECT DISTINCT feed, snapshot FROM unnest(feeds, a_snapshots) AS u(feed, snapshot)) j
      WHERE s_ids[j.snapshot] IS DISTINCT FROM (
        SELECT m."id" FROM "market_snapshots" m WHERE j.feed IS NULL OR m."feed" = j.feed
        ORDER BY m."as_of" DESC, m."created_at" DESC LIMIT 1))
    AND CASE WHEN num_nonnulls(VARIADIC a_calls) = 0
        THEN NOT EXISTS (SELECT FROM "margin_calls" WHERE "account_id" = ANY(a_ids) AND "state" = 'OPEN')
        ELSE NOT EXISTS (
          SELECT FROM unnest(a_ids, a_calls) AS j("id", call)
          WHERE j.call IS DISTINCT FROM (
            SELECT concat_ws(' ', m."id", m."due_on", m."amount") FROM "margin_calls" m
            WHERE m."account_id" = j."id" AND m."state" = 'OPEN' ORDER BY m."due_on", m."id" LIMIT 1)) END);

  SELECT array_agg("id"), array_agg("scope"::text), array_agg("subject"),
         array_agg("amount_cents" - "held_cents" - "used_cents"), count(*)
  INTO l_ids, l_scopes, l_subjects, l_rooms, limit_count
  FROM (SELECT * FROM "limits"
        WHERE "scope" = 'FIRM' OR ("scope" = 'DESK' AND "subject" = ANY(desks))
           OR ("scope" = 'ACCOUNT' AND "subject" = ANY(a_ids))
        ORDER BY "id" FOR NO KEY UPDATE) locked;

  -- Whether an order id or a key is used shows when they are written: then all of it is taken back, and looked up.
  FOR attempt IN 1..3 LOOP
    BEGIN
      IF is_fresh IS NOT TRUE OR is_used OR limit_count > 0 THEN
        refused := '{}';
        l_added := array_fill(0::bigint, ARRAY[limit_count]);
        refusing := array_fill(NULL::uuid, ARRAY[checks]);
        rooms := array_fill(NULL::bigint, ARRAY[checks]);
        IF is_fresh AND NOT is_used THEN
          fresh := array_fill(true, ARRAY[accounts]);
          outcomes := array_fill('COMMITTED'::text, ARRAY[checks]);
        ELSE
          -- Plans are made once and kept: one made while a table was small would read it from end to end when it is large.
          PERFORM set_config(setting, 'off', true)
          FROM unnest('{enable_seqscan,enable_hashjoin,enable_mergejoin}'::text[]) AS setting;
          SELECT array_agg(
                   coalesce(l."version" = j."version" AND l."hold_version" = j."hold_version"
                     AND j.stamp = (SELECT coalesce(max("sequence"), 0) FROM "audit_log")
                     AND s_ids[j.snapshot] IS NOT DISTINCT FROM (
                       SELECT m."id" FROM "market_snapshots" m WHERE l."feed" IS NULL OR m."feed" = l."feed"
                       ORDER BY m."as_of" DESC, m."created_at" DESC LIMIT 1)
                     AND j.call IS NOT DISTINCT FROM (
                       SELECT concat_ws(' ', m."id", m."due_on", m."amount") FROM "margin_calls" m
                       WHERE m."account_id" = j."id" AND m."state" = 'OPEN' ORDER BY m."due_on", m."id" LIMIT 1), false)
                   ORDER BY j.n),
                 array_agg(l."desk" ORDER BY j.n)
          INTO fresh, desks
          FROM unnest(a_ids, a_versions, a_hold_versions, a_snapshots, a_calls, a_stamps) WITH ORDINALITY
                 AS j("id", "version", "hold_version", snapshot, call, stamp, n)
          LEFT JOIN "accounts" l ON l."id" = j."id";

          SELECT array_agg(
                   CASE
                     WHEN (SELECT true FROM "answers" w WHERE w."key_id" = c.caller AND w."idempotency_key" = c.key LIMIT 1)
                       THEN 'ANSWERED'
                     WHEN (
                       SELECT true FROM unnest(o_check, o_ids) AS o(o_check, o_id)
                       JOIN "reservation_orders" r ON r."account_id" = a_ids[c.account] AND r."cl_ord_id" = o.o_id
                       WHERE o.o_check = c.n LIMIT 1)
                       THEN 'DUPLICATE'
                     ELSE 'COMMITTED'
                   END ORDER BY c.n)
          INTO outcomes
          FROM unnest(c_callers, c_keys, c_account) WITH ORDINALITY AS c(caller, key, account, n);
        END IF;

        FOR i IN 1..checks LOOP
          a := c_account[i];
          IF NOT fresh[a] THEN outcomes[i] := 'STALE'; END IF;
          IF outcomes[i] = 'COMMITTED' AND c_holds[i] AND limit_count > 0 THEN
            is_over := false;
            IF c_delta[i] > 0 THEN
              FOR l IN 1..limit_count LOOP
                IF (l_scopes[l] = 'FIRM' OR (l_scopes[l] = 'DESK' AND l_subjects[l] = desks[a])
                    OR (l_scopes[l] = 'ACCOUNT' AND l_subjects[l] = a_ids[a]))
                   AND l_added[l] + c_delta[i] > l_rooms[l] THEN
                  is_over := true;
                  outcomes[i] := 'LIMIT';
                  refusing[i] := l_ids[l];
                  rooms[i] := l_rooms[l] - l_added[l];
                END IF;
              END LOOP;
            END IF;
            IF NOT is_over THEN
              FOR l IN 1..limit_count LOOP
                IF l_scopes[l] = 'FIRM' OR (l_scopes[l] = 'DESK' AND l_subjects[l] = desks[a])
                   OR (l_scopes[l] = 'ACCOUNT' AND l_subjects[l] = a_ids[a]) THEN
                  l_added[l] := l_added[l] + c_delta[i];
                END IF;
              END LOOP;
            END IF;
          END IF;
          IF outcomes[i] <> 'COMMITTED' THEN
            refused := refused || i;
            -- What was judged on top of a check that is refused here has to be judged again.
            IF c_holds[i] THEN fresh[a] := false; END IF;
          END IF;
        END LOOP;

        EXIT WHEN cardinality(refused) = checks;
        IF cardinality(refused) = 0 THEN outcomes := NULL; END IF;
      END IF;

      INSERT INTO "decision_blocks" ("id", "account_ids", "accounts", "key_ids", "statuses", "refused", "headers", "bodies")
      VALUES (block, a_ids, c_account, c_callers, c_statuses, refused, c_headers, c_bodies);

      -- In the order of the keys: two processes that insert the same ones do not wait for each other in a circle.
      INSERT INTO "answers" ("key_id", "idempotency_key", "fingerprint", "block_id", "place")
      SELECT c.caller, c.key, c.fingerprint, block, c.n
      FROM unnest(c_callers, c_keys, c_fingerprints) WITH ORDINALITY AS c(caller, key, fingerprint, n)
      WHERE c.key IS NOT NULL AND (outcomes IS NULL OR outcomes[c.n] = 'COMMITTED')
      ORDER BY c.caller, c.key;

      IF array_length(array_remove(c_replaced, NULL), 1) > 0 THEN
        UPDATE "reservations" r
        SET "state" = 'REPLACED', "held_cents" = 0, "version" = r."version" + 1, "updated_at" = now(),
            "hold_version" = a_hold_versions[c.account] + 1
        FROM unnest(c_replaced, c_account, c_holds) WITH ORDINALITY AS c(replaced, account, holds, n)
        WHERE r."id" = c.replaced AND c.holds AND (outcomes IS NULL OR outcomes[c.n] = 'COMMITTED');
      END IF;

      INSERT INTO "reservations" ("id", "account_id", "desk", "state", "hold_version", "held_cents", "orders", "leaves",
                                  "valid_until", "replaced_id")
      SELECT c.id, a_ids[c.account], desks[c.account], 'WORKING', a_hold_versions[c.account] + 1, c.held, c.orders,
             c.leaves::numeric[], to_timestamp(c.valid_until / 1000.0::float8), c.replaced
      FROM unnest(c_ids, c_account, c_holds, c_held, c_valid_until, c_replaced,
                  string_to_array(c_orders, E'\x01'), string_to_array(c_leaves, E'\x01'))
           WITH ORDINALITY AS c(id, account, holds, held, valid_until, replaced, orders, leaves, n)
      WHERE c.holds AND (outcomes IS NULL OR outcomes[c.n] = 'COMMITTED');

      INSERT INTO "reservation_orders" ("account_id", "cl_ord_id", "reservation_id")
      SELECT a_ids[c_account[o.o_check]], o.o_id, c_ids[o.o_check] FROM unnest(o_check, o_ids) AS o(o_check, o_id)
      WHERE outcomes IS NULL OR outcomes[o.o_check] = 'COMMITTED';

      IF limit_count > 0 THEN
        UPDATE "limits" u SET "held_cents" = u."held_cents" + l.added
        FROM unnest(l_ids, l_added) AS l(id, added) WHERE u."id" = l.id AND l.added <> 0;
      END IF;

      IF outcomes IS NULL THEN
        UPDATE "accounts" SET "hold_version" = "hold_version" + 1 WHERE "id" = ANY (held_ids);
      ELSE
        UPDATE "accounts" u SET "hold_version" = u."hold_version" + c.step
        FROM (
          SELECT c.account, CASE WHEN bool_and(outcomes[c.n] = 'COMMITTED') THEN 1 ELSE 2 END AS step
          FROM unnest(c_account, c_holds) WITH ORDINALITY AS c(account, holds, n)
          WHERE c.holds GROUP BY c.account HAVING bool_or(outcomes[c.n] = 'COMMITTED')) c
        WHERE u."id" = a_ids[c.account];
      END IF;
      EXIT;
    EXCEPTION WHEN unique_violation THEN
      IF attempt = 3 THEN RAISE; END IF;
      is_used := true;
    END;
  END LOOP;

  RETURN QUERY SELECT i, outcomes[i], refusing[i], rooms[i] FROM unnest(refused) AS r(i);
END $$;
