-- Orders of a reservation may be linked: of those that cancel each other, what has executed of one is gone from the others.
-- The links stand in "orders", beside the orders.

-- What may still execute, in whole orders: of a set one less what has executed of its orders, never below nothing. Shares
-- of several orders are rounded, as thirds of each may come to one.
CREATE FUNCTION "wholes_left"("leaves" numeric[], "quantities" numeric[], "sets" integer[]) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(sum(CASE WHEN s.orders = 1 THEN s.part ELSE greatest(0, round(s.part - (s.orders - 1), 15)) END), 0)
  FROM (SELECT sum(o.leaves / o.quantity) AS part, count(*) AS orders
        FROM unnest("leaves", "quantities", "sets") AS o(leaves, quantity, of_set) GROUP BY o.of_set) s
$$;

DROP FUNCTION "fill_reservation"(uuid, text, text, integer, numeric[], numeric, numeric, numeric, text[], numeric[]);

-- Books what has executed of one order of a reservation: positions, cash, what is left, what is held. An execution is a
-- fact, so it is booked also where the reservation is no longer working. Symbols are distinct.
-- Says how it went: FILLED, REPEATED (the same as before), DIFFERENT (another fill has this id), OVERFILLED, TOO_LARGE
-- (amounts beyond what a column holds), UNKNOWN.
--   sets   of each order the number it shares with those that it cancels, and they it
CREATE FUNCTION "fill_reservation"(
  "reservation" uuid, "execution" text, "order_id" text, "order_place" integer, "quantities" numeric[],
  "quantity" numeric, "price" numeric, "cash_change" numeric, "symbols" text[], "traded" numeric[],
  "sets" integer[]
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  account record;
  held record;
  known record;
  was_late boolean;
  left_over numeric[];
  part_before numeric;
  part_after numeric;
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
  part_before := "wholes_left"(left_over, "quantities", "sets");
  left_over["order_place"] := left_over["order_place"] - "quantity";
  part_after := "wholes_left"(left_over, "quantities", "sets");
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
