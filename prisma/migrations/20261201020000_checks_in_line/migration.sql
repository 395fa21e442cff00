-- Commits of the gate take less, and are sent one behind the other, before it is known how the one before went: an account
-- says which commit brought it to its hold version. What the decisions of a block have in common it has once.
-- Up to "What Prisma's language cannot say" the statements are what the schema engine derives from schema.prisma.

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "hold_block" UUID;

-- AlterTable
ALTER TABLE "decision_blocks" ADD COLUMN     "common" TEXT[],
ALTER COLUMN "headers" DROP NOT NULL;


-- What Prisma's language cannot say -----------------------------------------------------------------------------------

-- A check is made ready anew by every statement that writes. That the lists of a block are of one length follows from where
-- they come from, arguments of one call, and blocks never change.
ALTER TABLE "decision_blocks" DROP CONSTRAINT "decision_blocks_decisions";

-- A decision of a block, whole again. Where the block has something in common, a decision in "bodies" is the place of its
-- headers there, that of the constants of its body, and the values between these, with U+0002 between all of them; U+0004
-- before the place of a value that is in common too, and U+0003 for the decision's id.
CREATE FUNCTION "decision_part"("block" "decision_blocks", "place" integer, "of_body" boolean) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT replace(
           CASE WHEN "of_body" THEN (
             SELECT string_agg(
                      c.constant || coalesce(CASE WHEN v.value LIKE E'\x04%'
                        THEN ("block")."common"[substr(v.value, 2)::integer + 1] ELSE v.value END, ''), '' ORDER BY c.n)
             FROM unnest(string_to_array(("block")."common"[parts[2]::integer + 1], E'\x02')) WITH ORDINALITY AS c(constant, n)
             LEFT JOIN unnest(parts[3:]) WITH ORDINALITY AS v(value, n) USING (n))
           ELSE ("block")."common"[parts[1]::integer + 1] END,
           E'\x03', left(("block")."id"::text, -2) || lpad(to_hex("place" - 1), 2, '0'))
  FROM string_to_array(split_part(("block")."bodies", E'\x01', "place"), E'\x02') AS parts
  WHERE ("block")."common" IS NOT NULL
  UNION ALL
  SELECT split_part(CASE WHEN "of_body" THEN ("block")."bodies" ELSE ("block")."headers" END, E'\x01', "place")
  WHERE ("block")."common" IS NULL
$$;

ALTER TABLE "reservations"
  DROP CONSTRAINT "reservations_held_not_negative", DROP CONSTRAINT "reservations_held_while_working",
  -- What is no longer working holds nothing. One expression where there were two.
  ADD CONSTRAINT "reservations_held" CHECK ("held_cents" >= 0 AND ("state" = 'WORKING' OR "held_cents" = 0));

-- The checks of accounts that a change of the hold version was still looked at by, where their own columns are written.
ALTER TABLE "accounts"
  DROP CONSTRAINT "accounts_name_length", DROP CONSTRAINT "accounts_cash_is_number",
  DROP CONSTRAINT "accounts_version_positive";

CREATE OR REPLACE FUNCTION "refuse_account_format"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  form CONSTANT text := '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';
  wrong CONSTANT text := CASE WHEN NEW."id" !~ form THEN 'id_format' WHEN NEW."desk" !~ form THEN 'desk_format'
                              WHEN NEW."feed" !~ form THEN 'feed_format'
                              WHEN char_length(NEW."name") NOT BETWEEN 1 AND 200 THEN 'name_length'
                              WHEN NEW."cash" = 'NaN' THEN 'cash_is_number'
                              WHEN NEW."version" <= 0 THEN 'version_positive' END;
BEGIN
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'new row for relation "accounts" violates check constraint "accounts_%"', wrong
      USING ERRCODE = 'check_violation', TABLE = 'accounts', CONSTRAINT = format('accounts_%s', wrong);
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER "accounts_format" ON "accounts";
CREATE TRIGGER "accounts_format" AFTER INSERT OR UPDATE OF "id", "name", "desk", "cash", "feed", "version" ON "accounts"
  FOR EACH ROW EXECUTE FUNCTION "refuse_account_format"();

DROP FUNCTION "commit_checks"(uuid, text[], text[], integer[], bigint[], integer[], integer[], text[], text[], integer[],
  uuid[], uuid[], text[], text[], smallint[], boolean[], bigint[], bigint[], bigint[], uuid[], text, text, text, text,
  integer[], text[]);

-- Commits checks that were judged outside, many at once: each only where its account is still as it was judged, the
-- order ids are new, the limits have room and the idempotency key is unused. What is refused changes nothing.
--   snapshots  s_ids: those that accounts were judged on
--   accounts   a_*: ids, and what they were judged at: desks, versions, hold versions, numbers of the house-rule book's last
--              entry, places of their snapshots in s_ids (from 1), their first margin calls (null: none). In the order of
--              their ids: so they are locked. a_behind: the commit that has to have brought it to that hold version, as
--              it was judged on what that one would leave; null: whichever did. a_steps: 1 where something is to be held
--              for it, else 0
--   checks     c_*: c_account is the place in a_*, from 1; c_delta what the limits count, c_held what the row holds;
--              texts of the checks stand one behind the other, parted by U+0001, which JSON never holds; c_kept: of the
--              answers what each has for itself, common: what they have in common
--   order ids  o_*: o_check is the place in c_*, from 1
-- Says of every check that was not committed why: STALE (judge it again), ANSWERED (its key has an answer), DUPLICATE (an
-- order id is used), LIMIT (with the limit and its room in cents). Where others take keys again and again in the same
-- moment, it is a unique_violation of all of it.
--
-- The hold version of an account rises by one where all its checks were committed, else by two: checks that were judged
-- on what this call would leave, before it was over, are committed only where it left just that.
--
-- Plans are made once and kept: one made while a table was small would read it from end to end when it is large.
CREATE FUNCTION "commit_checks"(
  block uuid, s_ids text[],
  a_ids text[], a_desks text[], a_versions integer[], a_hold_versions bigint[], a_behind uuid[], a_steps integer[], a_stamps integer[],
  a_snapshots integer[], a_calls text[],
  c_account integer[], c_ids uuid[], c_callers uuid[], c_keys text[], c_fingerprints text[], c_statuses smallint[],
  c_holds boolean[], c_held bigint[], c_delta bigint[], c_valid_until bigint[], c_replaced uuid[],
  c_orders text, c_leaves text, c_kept text, common text[],
  o_check integer[], o_ids text[]
) RETURNS TABLE ("check" integer, "outcome" text, "limit_id" uuid, "room" bigint) LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  checks CONSTANT integer := array_length(c_ids, 1);
  accounts CONSTANT integer := array_length(a_ids, 1);
  outcomes text[];  -- null: all are committed
  refused integer[] := '{}';
  feeds text[];
  snapshots integer[];
  found integer;
  is_fresh boolean;
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

  -- The first attempt is made as if nothing stood against it. That an order id or a key is used shows when they are
  -- written. Where something does, all of it is taken back, and each check is looked at.
  FOR attempt IN 1..3 LOOP
    BEGIN
      IF attempt = 1 THEN
        -- Locks accounts by changing them.
        WITH moved AS (
          UPDATE "accounts" a
          SET "hold_version" = a."hold_version" + j.step,
              "hold_block" = CASE j.step WHEN 0 THEN a."hold_block" ELSE block END
          FROM unnest(a_ids, a_desks, a_versions, a_hold_versions, a_behind, a_steps, a_snapshots)
                 AS j("id", "desk", "version", "hold_version", behind, step, snapshot)
          WHERE a."id" = j."id" AND a."desk" = j."desk" AND a."version" = j."version"
            AND a."hold_version" = j."hold_version" AND (j.behind IS NULL OR a."hold_block" = j.behind)
          RETURNING a."feed", j.snapshot)
        SELECT array_agg(m."feed"), array_agg(m.snapshot), count(*) INTO feeds, snapshots, found FROM moved m;
        is_fresh := found = accounts;

        -- Each by itself, as what is not asked for is not made ready either.
        IF is_fresh THEN
          is_fresh := (SELECT coalesce(max("sequence"), 0) FROM "audit_log") = ALL (a_stamps);
        END IF;
        IF is_fresh AND feeds[1] = ALL (feeds) AND array_length(s_ids, 1) = 1 THEN
          is_fresh := s_ids[1] = (
            SELECT m."id" FROM "market_snapshots" m WHERE m."feed" = feeds[1]
            ORDER BY m."as_of" DESC, m."created_at" DESC LIMIT 1);
        ELSIF is_fresh THEN
          is_fresh := NOT EXISTS (
            SELECT FROM (SELECT DISTINCT feed, snapshot FROM unnest(feeds, snapshots) AS u(feed, snapshot)) j
            WHERE s_ids[j.snapshot] IS DISTINCT FROM (
              SELECT m."id" FROM "market_snapshots" m WHERE j.feed IS NULL OR m."feed" = j.feed
              ORDER BY m."as_of" DESC, m."created_at" DESC LIMIT 1));
        END IF;
        IF is_fresh AND num_nonnulls(VARIADIC a_calls) = 0 THEN
          is_fresh := NOT EXISTS (SELECT FROM "margin_calls" WHERE "account_id" = ANY(a_ids) AND "state" = 'OPEN');
        ELSIF is_fresh THEN
          is_fresh := NOT EXISTS (
            SELECT FROM unnest(a_ids, a_calls) AS j("id", call)
            WHERE j.call IS DISTINCT FROM (
              SELECT concat_ws(' ', m."id", m."due_on", m."amount") FROM "margin_calls" m
              WHERE m."account_id" = j."id" AND m."state" = 'OPEN' ORDER BY m."due_on", m."id" LIMIT 1));
        END IF;
        IF is_fresh IS NOT TRUE THEN RAISE SQLSTATE 'MG001'; END IF;
      ELSE
        PERFORM FROM unnest(a_ids) WITH ORDINALITY AS j("id", n) JOIN "accounts" a ON a."id" = j."id"
        ORDER BY j.n FOR NO KEY UPDATE OF a;
      END IF;

      limit_count := 0;
      IF EXISTS (SELECT FROM "limits") THEN
        SELECT array_agg("id"), array_agg("scope"::text), array_agg("subject"),
               array_agg("amount_cents" - "held_cents" - "used_cents"), count(*)
        INTO l_ids, l_scopes, l_subjects, l_rooms, limit_count
        FROM (SELECT * FROM "limits"
              WHERE "scope" = 'FIRM' OR ("scope" = 'DESK' AND "subject" = ANY(a_desks))
                 OR ("scope" = 'ACCOUNT' AND "subject" = ANY(a_ids))
              ORDER BY "id" FOR NO KEY UPDATE) locked;
      END IF;

      IF attempt > 1 OR limit_count > 0 THEN
        refused := '{}';
        l_added := array_fill(0::bigint, ARRAY[limit_count]);
        refusing := array_fill(NULL::uuid, ARRAY[checks]);
        rooms := array_fill(NULL::bigint, ARRAY[checks]);
        IF attempt = 1 THEN
          fresh := array_fill(true, ARRAY[accounts]);
          outcomes := array_fill('COMMITTED'::text, ARRAY[checks]);
        ELSE
          SELECT array_agg(
                   coalesce(l."desk" = j."desk" AND l."version" = j."version" AND l."hold_version" = j."hold_version"
                     AND (j.behind IS NULL OR l."hold_block" IS NOT DISTINCT FROM j.behind)
                     AND j.stamp = (SELECT coalesce(max("sequence"), 0) FROM "audit_log")
                     AND s_ids[j.snapshot] IS NOT DISTINCT FROM (
                       SELECT m."id" FROM "market_snapshots" m WHERE l."feed" IS NULL OR m."feed" = l."feed"
                       ORDER BY m."as_of" DESC, m."created_at" DESC LIMIT 1)
                     AND j.call IS NOT DISTINCT FROM (
                       SELECT concat_ws(' ', m."id", m."due_on", m."amount") FROM "margin_calls" m
                       WHERE m."account_id" = j."id" AND m."state" = 'OPEN' ORDER BY m."due_on", m."id" LIMIT 1), false)
                   ORDER BY j.n)
          INTO fresh
          FROM unnest(a_ids, a_desks, a_versions, a_hold_versions, a_behind, a_snapshots, a_calls, a_stamps) WITH ORDINALITY
                 AS j("id", "desk", "version", "hold_version", behind, snapshot, call, stamp, n)
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
                IF (l_scopes[l] = 'FIRM' OR (l_scopes[l] = 'DESK' AND l_subjects[l] = a_desks[a])
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
                IF l_scopes[l] = 'FIRM' OR (l_scopes[l] = 'DESK' AND l_subjects[l] = a_desks[a])
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

        IF attempt = 1 AND cardinality(refused) > 0 THEN RAISE SQLSTATE 'MG001'; END IF;
        EXIT WHEN cardinality(refused) = checks;
        IF cardinality(refused) = 0 THEN outcomes := NULL; END IF;
      END IF;

      INSERT INTO "decision_blocks" ("id", "account_ids", "accounts", "key_ids", "statuses", "refused", "bodies", "common")
      VALUES (block, a_ids, c_account, c_callers, c_statuses, refused, c_kept, common);

      -- In the order of the keys: two processes that insert the same ones do not wait for each other in a circle.
      INSERT INTO "answers" ("key_id", "idempotency_key", "fingerprint", "block_id", "place")
      SELECT c.caller, c.key, c.fingerprint, block, c.n
      FROM unnest(c_callers, c_keys, c_fingerprints) WITH ORDINALITY AS c(caller, key, fingerprint, n)
      WHERE c.key IS NOT NULL AND (outcomes IS NULL OR outcomes[c.n] = 'COMMITTED')
      ORDER BY c.caller, c.key;

      IF num_nonnulls(VARIADIC c_replaced) > 0 THEN
        UPDATE "reservations" r
        SET "state" = 'REPLACED', "held_cents" = 0, "version" = r."version" + 1, "updated_at" = now(),
            "hold_version" = a_hold_versions[c.account] + 1
        FROM unnest(c_replaced, c_account, c_holds) WITH ORDINALITY AS c(replaced, account, holds, n)
        WHERE r."id" = c.replaced AND c.holds AND (outcomes IS NULL OR outcomes[c.n] = 'COMMITTED');
      END IF;

      INSERT INTO "reservations" ("id", "account_id", "desk", "state", "hold_version", "held_cents", "orders", "leaves",
                                  "valid_until", "replaced_id")
      SELECT c.id, a_ids[c.account], a_desks[c.account], 'WORKING', a_hold_versions[c.account] + 1, c.held, c.orders,
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

      IF attempt > 1 THEN
        UPDATE "accounts" u SET "hold_version" = u."hold_version" + c.step, "hold_block" = block
        FROM (
          SELECT c.account, CASE WHEN outcomes IS NULL OR bool_and(outcomes[c.n] = 'COMMITTED') THEN 1 ELSE 2 END AS step
          FROM unnest(c_account, c_holds) WITH ORDINALITY AS c(account, holds, n)
          WHERE c.holds GROUP BY c.account HAVING outcomes IS NULL OR bool_or(outcomes[c.n] = 'COMMITTED')) c
        WHERE u."id" = a_ids[c.account];
      END IF;
      EXIT;
    EXCEPTION
      WHEN SQLSTATE 'MG001' THEN outcomes := NULL;
      WHEN unique_violation THEN
        IF attempt = 3 THEN RAISE; END IF;
        outcomes := NULL;
    END;
  END LOOP;

  RETURN QUERY SELECT i, outcomes[i], refusing[i], rooms[i] FROM unnest(refused) AS r(i);
END $$;
