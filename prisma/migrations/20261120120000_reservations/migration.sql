-- Reservations, what executes of them, limits, and the answers that writes were given.
-- Up to "What Prisma's language cannot say" the statements are what the schema engine derives from schema.prisma.

-- CreateEnum
CREATE TYPE "reservation_state" AS ENUM ('WORKING', 'FILLED', 'CANCELLED', 'REPLACED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "limit_scope" AS ENUM ('FIRM', 'DESK', 'ACCOUNT');

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN "hold_version" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "reservations" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "desk" TEXT NOT NULL,
    "state" "reservation_state" NOT NULL,
    "hold_version" BIGINT NOT NULL,
    "held_cents" BIGINT NOT NULL,
    "orders" TEXT NOT NULL,
    "leaves" DECIMAL(28,10)[],
    "valid_until" TIMESTAMPTZ(3) NOT NULL,
    "replaced_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reservations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservation_orders" (
    "account_id" TEXT NOT NULL,
    "cl_ord_id" TEXT NOT NULL,
    "reservation_id" UUID NOT NULL,

    CONSTRAINT "reservation_orders_pkey" PRIMARY KEY ("account_id","cl_ord_id")
);

-- CreateTable
CREATE TABLE "fills" (
    "reservation_id" UUID NOT NULL,
    "exec_id" TEXT NOT NULL,
    "cl_ord_id" TEXT NOT NULL,
    "last_qty" DECIMAL(28,10) NOT NULL,
    "last_px" DECIMAL(28,10) NOT NULL,
    "cash_change" DECIMAL(28,10) NOT NULL,
    "late" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "fills_pkey" PRIMARY KEY ("reservation_id","exec_id")
);

-- CreateTable
CREATE TABLE "limits" (
    "id" UUID NOT NULL,
    "scope" "limit_scope" NOT NULL,
    "subject" TEXT NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "held_cents" BIGINT NOT NULL DEFAULT 0,
    "used_cents" BIGINT NOT NULL DEFAULT 0,
    "used_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    "author" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "limits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answers" (
    "id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "idempotency_key" TEXT,
    "fingerprint" TEXT NOT NULL,
    "status" SMALLINT NOT NULL,
    "headers" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "account_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "answers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reservations_account_id_hold_version_idx" ON "reservations"("account_id", "hold_version");

-- CreateIndex
CREATE UNIQUE INDEX "limits_scope_subject_key" ON "limits"("scope", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "answers_key_id_idempotency_key_key" ON "answers"("key_id", "idempotency_key");

-- AddForeignKey
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reservation_orders" ADD CONSTRAINT "reservation_orders_reservation_id_fkey" FOREIGN KEY ("reservation_id") REFERENCES "reservations"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "fills" ADD CONSTRAINT "fills_reservation_id_fkey" FOREIGN KEY ("reservation_id") REFERENCES "reservations"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- What Prisma's language cannot say -----------------------------------------------------------------------------------

ALTER TABLE "reservations"
  ALTER COLUMN "leaves" SET NOT NULL,
  ADD CONSTRAINT "reservations_held_not_negative" CHECK ("held_cents" >= 0),
  -- What is no longer working holds nothing.
  ADD CONSTRAINT "reservations_held_while_working" CHECK ("state" = 'WORKING' OR "held_cents" = 0);

-- Those that may run out.
CREATE INDEX "reservations_working_idx" ON "reservations"("valid_until") WHERE "state" = 'WORKING';

ALTER TABLE "fills"
  ADD CONSTRAINT "fills_last_qty_positive" CHECK ("last_qty" > 0 AND "last_qty" <> 'NaN'),
  ADD CONSTRAINT "fills_last_px_number" CHECK ("last_px" <> 'NaN'),
  ADD CONSTRAINT "fills_cash_change_number" CHECK ("cash_change" <> 'NaN');

ALTER TABLE "limits"
  ADD CONSTRAINT "limits_amounts_not_negative" CHECK (least("amount_cents", "held_cents", "used_cents") >= 0),
  ADD CONSTRAINT "limits_subject" CHECK (("scope" = 'FIRM') = ("subject" = ''));

CREATE TRIGGER "fills_immutable" BEFORE UPDATE OR DELETE ON "fills"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "answers_immutable" BEFORE UPDATE ON "answers"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Order of locks, everywhere: accounts by id, limits by id, idempotency keys. So nobody waits in a circle.

-- Adds to what the limits over an account count.
CREATE FUNCTION "count_held"("account" text, "of_desk" text, "held" bigint, "used" bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  "over" uuid[];
BEGIN
  SELECT array_agg("id") INTO "over" FROM (
    SELECT "id" FROM "limits"
    WHERE "scope" = 'FIRM' OR ("scope" = 'DESK' AND "subject" = "of_desk")
       OR ("scope" = 'ACCOUNT' AND "subject" = "account")
    ORDER BY "id" FOR NO KEY UPDATE) locked;
  UPDATE "limits" SET "held_cents" = "held_cents" + "held", "used_cents" = "used_cents" + "used"
  WHERE "id" = ANY("over");
END $$;

-- Ends what has run out of an account. By this clock alone, so that no process takes a hold for gone too early.
CREATE FUNCTION "expire_reservations"("account" text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  "of_desk" text;
  "next_version" bigint;
  "gone" integer;
  "held" bigint;
BEGIN
  SELECT "desk", "hold_version" + 1 INTO "of_desk", "next_version"
  FROM "accounts" WHERE "id" = "account" FOR NO KEY UPDATE;
  SELECT count(*), coalesce(sum("held_cents"), 0) INTO "gone", "held"
  FROM "reservations" WHERE "account_id" = "account" AND "state" = 'WORKING' AND "valid_until" <= now();
  IF "gone" = 0 THEN RETURN 0; END IF;
  UPDATE "reservations"
  SET "state" = 'EXPIRED', "held_cents" = 0, "version" = "version" + 1, "updated_at" = now(),
      "hold_version" = "next_version"
  WHERE "account_id" = "account" AND "state" = 'WORKING' AND "valid_until" <= now();
  UPDATE "accounts" SET "hold_version" = "next_version" WHERE "id" = "account";
  PERFORM "count_held"("account", "of_desk", -"held", 0);
  RETURN "gone";
END $$;

-- Commits checks that were judged outside, many at once: each only where its account is still as it was judged, the
-- order ids are new, the limits have room and the idempotency key is unused. What is refused changes nothing.
--   accounts   a_*: ids, versions and hold versions they were judged at
--   checks     c_*: c_account is the place in a_*, from 1; c_delta what the limits count, c_held what the row holds;
--              texts of the checks stand one behind the other, parted by U+0001, which JSON never holds
--   order ids  o_*: o_check is the place in c_*, from 1
-- Says of every check how it went: COMMITTED, STALE (judge it again), ANSWERED (its key has an answer), DUPLICATE (an
-- order id is used), LIMIT (with the limit and its room in cents).
CREATE FUNCTION "commit_checks"(
  a_ids text[], a_versions integer[], a_hold_versions bigint[],
  c_account integer[], c_ids uuid[], c_callers uuid[], c_keys text[], c_fingerprints text[], c_statuses smallint[],
  c_holds boolean[], c_held bigint[], c_delta bigint[], c_valid_until timestamptz[], c_replaced uuid[],
  c_orders text, c_leaves text, c_headers text, c_bodies text,
  o_check integer[], o_ids text[]
) RETURNS TABLE ("place" integer, "outcome" text, "limit_id" uuid, "room" bigint) LANGUAGE plpgsql AS $$
DECLARE
  checks CONSTANT integer := coalesce(array_length(c_ids, 1), 0);
  fresh boolean[];
  desks text[];
  outcomes text[] := array_fill('COMMITTED'::text, ARRAY[checks]);
  refusing uuid[] := array_fill(NULL::uuid, ARRAY[checks]);
  rooms bigint[] := array_fill(NULL::bigint, ARRAY[checks]);
  written uuid[];
  l_ids uuid[];
  l_scopes text[];
  l_subjects text[];
  l_rooms bigint[];
  l_added bigint[];
  limit_count integer := 0;
  is_over boolean;
  a integer;
BEGIN
  -- Before the limits are read: a limit that is being made adds up what is held while nothing can be added to it.
  LOCK TABLE "reservations" IN ROW EXCLUSIVE MODE;

  SELECT array_agg(l."version" IS NOT DISTINCT FROM j."version" AND l."hold_version" IS NOT DISTINCT FROM j."hold_version" ORDER BY j.n),
         array_agg(l."desk" ORDER BY j.n)
  INTO fresh, desks
  FROM unnest(a_ids, a_versions, a_hold_versions) WITH ORDINALITY AS j("id", "version", "hold_version", n)
  LEFT JOIN (
    SELECT "id", "version", "hold_version", "desk" FROM "accounts"
    WHERE "id" = ANY(a_ids) ORDER BY "id" FOR NO KEY UPDATE) l USING ("id");

  IF false = ANY(fresh) THEN
    FOR i IN 1..checks LOOP
      IF NOT fresh[c_account[i]] THEN outcomes[i] := 'STALE'; END IF;
    END LOOP;
  END IF;

  FOR a IN
    SELECT DISTINCT o.o_check FROM unnest(o_check, o_ids) AS o(o_check, o_id)
    JOIN "reservation_orders" r ON r."account_id" = a_ids[c_account[o.o_check]] AND r."cl_ord_id" = o.o_id
  LOOP
    IF outcomes[a] = 'COMMITTED' THEN outcomes[a] := 'DUPLICATE'; END IF;
  END LOOP;

  SELECT array_agg("id"), array_agg("scope"::text), array_agg("subject"),
         array_agg("amount_cents" - "held_cents" - "used_cents"), array_agg(0::bigint), count(*)
  INTO l_ids, l_scopes, l_subjects, l_rooms, l_added, limit_count
  FROM (SELECT * FROM "limits"
        WHERE "scope" = 'FIRM' OR ("scope" = 'DESK' AND "subject" = ANY(desks))
           OR ("scope" = 'ACCOUNT' AND "subject" = ANY(a_ids))
        ORDER BY "id" FOR NO KEY UPDATE) locked;

  -- What was judged on top of a check that is refused here has to be judged again.
  FOR i IN 1..checks LOOP
    a := c_account[i];
    IF NOT fresh[a] AND outcomes[i] = 'COMMITTED' THEN outcomes[i] := 'STALE'; END IF;
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
    IF c_holds[i] AND outcomes[i] IN ('DUPLICATE', 'LIMIT') THEN fresh[a] := false; END IF;
  END LOOP;

  -- In the order of the keys: two processes that insert the same ones do not wait for each other in a circle.
  WITH inserted AS (
    INSERT INTO "answers" ("id", "key_id", "idempotency_key", "fingerprint", "status", "headers", "body", "account_id")
    SELECT c.id, c.caller, c.key, c.fingerprint, c.status, c.headers, convert_to(c.body, 'UTF8'), a_ids[c.account]
    FROM unnest(c_ids, c_callers, c_keys, c_fingerprints, c_statuses, c_account,
                string_to_array(c_headers, E'\x01'), string_to_array(c_bodies, E'\x01'))
         WITH ORDINALITY AS c(id, caller, key, fingerprint, status, account, headers, body, n)
    WHERE outcomes[c.n] = 'COMMITTED'
    ORDER BY c.caller, c.key
    ON CONFLICT ("key_id", "idempotency_key") DO NOTHING
    RETURNING "id")
  SELECT coalesce(array_agg("id"), '{}') INTO written FROM inserted;

  IF coalesce(array_length(written, 1), 0) < (SELECT count(*) FROM unnest(outcomes) o WHERE o = 'COMMITTED') THEN
    FOR i IN 1..checks LOOP
      IF outcomes[i] = 'COMMITTED' AND NOT c_ids[i] = ANY(written) THEN
        outcomes[i] := 'ANSWERED';
        IF c_holds[i] THEN
          FOR l IN 1..limit_count LOOP
            IF l_scopes[l] = 'FIRM' OR (l_scopes[l] = 'DESK' AND l_subjects[l] = desks[c_account[i]])
               OR (l_scopes[l] = 'ACCOUNT' AND l_subjects[l] = a_ids[c_account[i]]) THEN
              l_added[l] := l_added[l] - c_delta[i];
            END IF;
          END LOOP;
        END IF;
      END IF;
    END LOOP;
  END IF;

  UPDATE "reservations" r
  SET "state" = 'REPLACED', "held_cents" = 0, "version" = r."version" + 1, "updated_at" = now(),
      "hold_version" = a_hold_versions[c.account] + 1
  FROM unnest(c_replaced, c_account, c_holds) WITH ORDINALITY AS c(replaced, account, holds, n)
  WHERE r."id" = c.replaced AND c.holds AND outcomes[c.n] = 'COMMITTED';

  INSERT INTO "reservations" ("id", "account_id", "desk", "state", "hold_version", "held_cents", "orders", "leaves",
                              "valid_until", "replaced_id")
  SELECT c.id, a_ids[c.account], desks[c.account], 'WORKING', a_hold_versions[c.account] + 1, c.held, c.orders,
         c.leaves::numeric[], c.valid_until, c.replaced
  FROM unnest(c_ids, c_account, c_holds, c_held, c_valid_until, c_replaced,
              string_to_array(c_orders, E'\x01'), string_to_array(c_leaves, E'\x01'))
       WITH ORDINALITY AS c(id, account, holds, held, valid_until, replaced, orders, leaves, n)
  WHERE c.holds AND outcomes[c.n] = 'COMMITTED';

  INSERT INTO "reservation_orders" ("account_id", "cl_ord_id", "reservation_id")
  SELECT a_ids[c_account[o.o_check]], o.o_id, c_ids[o.o_check] FROM unnest(o_check, o_ids) AS o(o_check, o_id)
  WHERE c_holds[o.o_check] AND outcomes[o.o_check] = 'COMMITTED';

  IF limit_count > 0 THEN
    UPDATE "limits" u SET "held_cents" = u."held_cents" + l.added
    FROM unnest(l_ids, l_added) AS l(id, added) WHERE u."id" = l.id AND l.added <> 0;
  END IF;

  UPDATE "accounts" SET "hold_version" = "hold_version" + 1
  WHERE "id" IN (
    SELECT a_ids[c.account] FROM unnest(c_account, c_holds) WITH ORDINALITY AS c(account, holds, n)
    WHERE c.holds AND outcomes[c.n] = 'COMMITTED');

  RETURN QUERY SELECT o.n::integer, o.outcome, refusing[o.n], rooms[o.n]
  FROM unnest(outcomes) WITH ORDINALITY AS o(outcome, n);
END $$;

-- Ends a working reservation. Says how it went: ENDED, UNKNOWN, ENDED_BEFORE, CHANGED (it is not at the version given).
CREATE FUNCTION "end_reservation"("reservation" uuid, "to_state" "reservation_state", "at_version" integer)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  account record;
  held record;
BEGIN
  SELECT a."id", a."desk" INTO account FROM "accounts" a JOIN "reservations" r ON r."account_id" = a."id"
  WHERE r."id" = "reservation" FOR NO KEY UPDATE OF a;
  IF NOT FOUND THEN RETURN 'UNKNOWN'; END IF;
  PERFORM "expire_reservations"(account."id");
  SELECT "state", "version", "held_cents" INTO held FROM "reservations" WHERE "id" = "reservation";
  IF held."state" <> 'WORKING' THEN RETURN 'ENDED_BEFORE'; END IF;
  IF held."version" <> coalesce("at_version", held."version") THEN RETURN 'CHANGED'; END IF;
  UPDATE "accounts" SET "hold_version" = "hold_version" + 1 WHERE "id" = account."id";
  UPDATE "reservations"
  SET "state" = "to_state", "held_cents" = 0, "version" = "version" + 1, "updated_at" = now(),
      "hold_version" = (SELECT a."hold_version" FROM "accounts" a WHERE a."id" = account."id")
  WHERE "id" = "reservation";
  PERFORM "count_held"(account."id", account."desk", -held."held_cents", 0);
  RETURN 'ENDED';
END $$;

-- Books what has executed of one order of a reservation: positions, cash, what is left, what is held. An execution is a
-- fact, so it is booked also where the reservation is no longer working. Symbols are distinct.
-- Says how it went: FILLED, REPEATED (the same as before), DIFFERENT (another fill has this id), OVERFILLED, TOO_LARGE
-- (amounts beyond what a column holds), UNKNOWN.
CREATE FUNCTION "fill_reservation"(
  "reservation" uuid, "execution" text, "order_id" text, "order_place" integer, "quantities" numeric[],
  "quantity" numeric, "price" numeric, "cash_change" numeric, "symbols" text[], "traded" numeric[]
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  account record;
  held record;
  known record;
  was_late boolean;
  left_over numeric[];
  part_before numeric := 0;
  part_after numeric := 0;
  still_held bigint;
BEGIN
  SELECT a."id", a."desk" INTO account FROM "accounts" a JOIN "reservations" r ON r."account_id" = a."id"
  WHERE r."id" = "reservation" FOR NO KEY UPDATE OF a;
  IF NOT FOUND THEN RETURN 'UNKNOWN'; END IF;
  SELECT * INTO known FROM "fills" f WHERE f."reservation_id" = "reservation" AND f."exec_id" = "execution";
  IF FOUND THEN
    RETURN CASE WHEN known."cl_ord_id" = "order_id" AND known."last_qty" = "quantity" AND known."last_px" = "price"
      THEN 'REPEATED' ELSE 'DIFFERENT' END;
  END IF;
  PERFORM "expire_reservations"(account."id");
  SELECT "state", "leaves", "held_cents" INTO held FROM "reservations" WHERE "id" = "reservation";
  was_late := held."state" <> 'WORKING';
  left_over := held."leaves";
  IF left_over["order_place"] < "quantity" THEN RETURN 'OVERFILLED'; END IF;
  FOR i IN 1..array_length(left_over, 1) LOOP part_before := part_before + left_over[i] / "quantities"[i]; END LOOP;
  left_over["order_place"] := left_over["order_place"] - "quantity";
  FOR i IN 1..array_length(left_over, 1) LOOP part_after := part_after + left_over[i] / "quantities"[i]; END LOOP;
  still_held := CASE WHEN part_after = 0 THEN 0 ELSE ceil(held."held_cents" * part_after / part_before) END;

  PERFORM 1 FROM "accounts" a LEFT JOIN "positions" p ON p."account_id" = a."id"
  WHERE a."id" = account."id" AND (
    abs(a."cash" + "cash_change") >= 1e18
    OR abs(p."quantity" + coalesce("traded"[array_position("symbols", p."symbol")], 0)) >= 1e18);
  IF FOUND THEN RETURN 'TOO_LARGE'; END IF;

  UPDATE "accounts"
  SET "cash" = "cash" + "cash_change", "version" = "version" + 1, "hold_version" = "hold_version" + 1, "updated_at" = now()
  WHERE "id" = account."id";
  FOR i IN 1..coalesce(array_length("symbols", 1), 0) LOOP
    DELETE FROM "positions" p
    WHERE p."account_id" = account."id" AND p."symbol" = "symbols"[i] AND p."quantity" + "traded"[i] = 0;
    CONTINUE WHEN FOUND;
    INSERT INTO "positions" ("account_id", "symbol", "quantity") VALUES (account."id", "symbols"[i], "traded"[i])
    ON CONFLICT ("account_id", "symbol") DO UPDATE SET "quantity" = "positions"."quantity" + excluded."quantity";
  END LOOP;
  UPDATE "reservations" r
  SET "leaves" = left_over, "held_cents" = still_held, "version" = r."version" + 1, "updated_at" = now(),
      "state" = CASE WHEN NOT was_late AND part_after = 0 THEN 'FILLED' ELSE r."state" END,
      "hold_version" = (SELECT a."hold_version" FROM "accounts" a WHERE a."id" = account."id")
  WHERE r."id" = "reservation";
  INSERT INTO "fills" ("reservation_id", "exec_id", "cl_ord_id", "last_qty", "last_px", "cash_change", "late")
  VALUES ("reservation", "execution", "order_id", "quantity", "price", "cash_change", was_late);
  PERFORM "count_held"(account."id", account."desk", still_held - held."held_cents",
    CASE WHEN was_late THEN 0 ELSE held."held_cents" - still_held END);
  RETURN 'FILLED';
END $$;
