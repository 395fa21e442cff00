/** Unmet calls of the accounts ($1), in one order, so that two who follow the same ones never wait in a circle. */
export const LOCK_CALLS = `
  SELECT account_id FROM margin_calls WHERE account_id = ANY ($1) AND state <> 'MET' ORDER BY account_id, kind FOR UPDATE`;

/**
 * $1 to $8 are columns of the accounts valued, $9 to $11 the snapshot, its instant and its exchange date, $12 the minimum
 * equity in cents, $13 to $16 the day each kind of call that is opened now is due on.
 *
 * What changed since the valuation before: paid in or out (DEPOSIT), the account otherwise (TRADES: more versions than
 * movements of cash), the snapshot (MARKET), the rules (RULES). What met a call: the deposits, if they alone were as much
 * as was missing; else everything that changed.
 */
export const FOLLOW_CALLS = `
  WITH valued AS (
    SELECT v.*, a.type, a.feed FROM unnest($1::text[], $2::int[], $3::methodology[], $4::text[], $5::bigint[], $6::bigint[],
      $7::bigint[], $8::bigint[])
      AS v (account_id, account_version, methodology, rules_version, requirement, regulatory, maintenance_excess, equity)
    JOIN accounts a ON a.id = v.account_id
  ), newer AS MATERIALIZED (
    SELECT DISTINCT feed FROM market_snapshots WHERE as_of > $10
  ), judged AS (
    SELECT v.account_id, v.feed, v.account_version, v.rules_version, v.equity, k.kind::margin_call_kind AS kind, k.required,
           CASE WHEN k.applies THEN greatest(k.missing, 0) ELSE 0 END AS amount, k.due_on
    FROM valued v CROSS JOIN LATERAL (VALUES
      ('MARGIN_DEFICIENCY', methodology = 'PORTFOLIO_MARGIN', regulatory, regulatory - equity, $13::date),
      ('HOUSE', methodology = 'PORTFOLIO_MARGIN', requirement, requirement - greatest(regulatory, equity), $14::date),
      -- An account that holds nothing owes nothing.
      ('MINIMUM_EQUITY', methodology = 'PORTFOLIO_MARGIN' AND type = 'CUSTOMER' AND requirement > 0,
        $12::bigint, $12::bigint - equity, $15::date),
      ('MAINTENANCE', methodology = 'REG_T', equity - maintenance_excess, -maintenance_excess, $16::date)
    ) k (kind, applies, required, missing, due_on)
  ), known AS (
    SELECT c.id, c.state, c.due_on, c.overdue_on, c.amount AS amount_before, c.waived_amount, c.version, c.met_by,
           j.amount, j.required, j.equity, j.account_version, j.rules_version, j.due_on AS due_if_revived, p.deposits,
           p.deposits > 0 AND p.deposits >= c.required - c.equity AS deposits_suffice,
           array_remove(ARRAY[
             CASE WHEN p.deposits <> 0 THEN 'DEPOSIT' END,
             CASE WHEN j.account_version - c.account_version > p.movements THEN 'TRADES' END,
             CASE WHEN c.snapshot_id <> $9 THEN 'MARKET' END,
             CASE WHEN c.rules_version <> j.rules_version THEN 'RULES' END]::margin_call_cause[], NULL) AS causes
    FROM margin_calls c
    JOIN judged j ON j.account_id = c.account_id AND j.kind = c.kind
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS movements, coalesce(sum(m.amount) * 100, 0)::bigint AS deposits FROM cash_movements m
      WHERE m.account_id = c.account_id AND m.account_version > c.account_version
        AND m.account_version <= j.account_version
    ) p
    -- Valued before the valuation that it was last followed by: no news.
    WHERE c.state <> 'MET' AND c.as_of <= $10 AND c.account_version <= j.account_version
  ), turned AS (
    SELECT *, version + CASE WHEN turn IS NULL THEN 0 ELSE 1 END AS next_version FROM (
      SELECT *, CASE
        WHEN amount = 0 THEN 'MET'
        WHEN state = 'WAIVED' AND amount > waived_amount THEN 'REVIVED'
        WHEN state = 'OPEN' AND overdue_on IS NULL AND due_on < $11::date THEN 'OVERDUE'
        WHEN amount <> amount_before THEN 'CHANGED'
      END::margin_call_event_type AS turn
      FROM known
    ) k
  ), followed AS (
    UPDATE margin_calls c SET
      state = CASE t.turn WHEN 'MET' THEN 'MET' WHEN 'REVIVED' THEN 'OPEN' ELSE c.state END::margin_call_state,
      due_on = CASE t.turn WHEN 'REVIVED' THEN t.due_if_revived ELSE c.due_on END,
      overdue_on = CASE t.turn WHEN 'OVERDUE' THEN $11::date WHEN 'REVIVED' THEN NULL ELSE c.overdue_on END,
      closed_on = CASE t.turn WHEN 'MET' THEN $11::date END,
      waived_amount = CASE t.turn WHEN 'REVIVED' THEN NULL ELSE c.waived_amount END,
      met_by = CASE WHEN t.turn IS DISTINCT FROM 'MET' THEN '{}'
        WHEN t.deposits_suffice THEN '{DEPOSIT}'
        -- Money paid out meets nothing.
        WHEN t.deposits < 0 THEN coalesce(nullif(array_remove(t.causes, 'DEPOSIT'), '{}'), '{RULES}')
        -- Nothing else has changed where the rules of calls themselves have.
        ELSE coalesce(nullif(t.causes, '{}'), '{RULES}') END,
      amount = t.amount, required = t.required, equity = t.equity, snapshot_id = $9, as_of = $10,
      rules_version = t.rules_version, account_version = t.account_version, version = t.next_version, updated_at = now()
    FROM turned t WHERE c.id = t.id
  ), opened AS (
    INSERT INTO margin_calls (id, account_id, kind, opened_on, due_on, met_by, amount, opened_amount, required, equity,
      snapshot_id, as_of, rules_version, account_version)
    SELECT gen_random_uuid(), j.account_id, j.kind, $11::date, j.due_on, '{}', j.amount, j.amount, j.required, j.equity,
           $9, $10, j.rules_version, j.account_version
    FROM judged j
    WHERE j.amount > 0
      -- On older prices a deficit is history, whatever became of it.
      AND NOT EXISTS (SELECT FROM newer n WHERE j.feed IS NULL OR n.feed = j.feed)
      AND NOT EXISTS (
      SELECT FROM margin_calls c WHERE c.account_id = j.account_id AND c.kind = j.kind
        AND (c.state <> 'MET' OR c.as_of > $10 OR c.account_version > j.account_version))
    ORDER BY j.account_id, j.kind
    ON CONFLICT (account_id, kind) WHERE state <> 'MET' DO NOTHING
    RETURNING *
  ), told AS (
    INSERT INTO margin_call_events (call_id, number, type, happened_on, amount, due_on, deposits, causes, required, equity,
      snapshot_id, rules_version, account_version)
    SELECT id, next_version, turn, $11::date, amount, CASE turn WHEN 'REVIVED' THEN due_if_revived ELSE due_on END,
           deposits, causes, required, equity, $9, rules_version, account_version
    FROM turned WHERE turn IS NOT NULL
    UNION ALL
    SELECT id, 1, 'OPENED', opened_on, amount, due_on, 0, '{}', required, equity, snapshot_id, rules_version,
           account_version
    FROM opened
    RETURNING type
  )
  SELECT type::text AS turn, count(*)::int AS count FROM told GROUP BY type`;
