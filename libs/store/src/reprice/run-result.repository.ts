import type { Database } from '../database.js';
import type { Methodology } from '../generated/client.js';

/** A stored result; money in cents as text, exact. */
export interface StoredResult {
  readonly accountId: string;
  readonly desk: string;
  readonly accountVersion: number;
  readonly methodology: Methodology;
  readonly rulesVersion: string;
  readonly requirement: string;
  readonly regulatoryRequirement: string;
  readonly maintenanceExcess: string;
  readonly equity: string;
  readonly classGroups: readonly string[];
  readonly requirements: readonly string[];
  readonly scanLosses: readonly string[];
  readonly minimumCharges: readonly string[];
  readonly worstPriceMoves: readonly number[];
  readonly worstVolMoves: readonly number[];
}

export interface StoredDeadLetter {
  readonly accountId: string;
  readonly desk: string;
  readonly code: string;
  readonly gaps: readonly { readonly code: string; readonly symbol: string | null; readonly detail: string }[];
}

/** Sums of a run's results, in cents. */
export interface RunTotals {
  readonly accounts: number;
  readonly deadLetters: number;
  readonly deficits: number;
  readonly requirement: string;
  readonly regulatoryRequirement: string;
  readonly equity: string;
  /** What the accounts in deficit lack together. */
  readonly shortfall: string;
}

/** An account in this run and in the one before. */
export interface ResultChange {
  readonly accountId: string;
  readonly desk: string;
  readonly requirementBefore: string;
  readonly requirementAfter: string;
  readonly equityBefore: string;
  readonly equityAfter: string;
  readonly positionsChanged: boolean;
  readonly rulesChanged: boolean;
}

export interface RunChanges {
  readonly compared: number;
  readonly intoDeficit: number;
  readonly outOfDeficit: number;
}

export interface ResultPage {
  readonly runId: string;
  /** Only this desk's; undefined for all. */
  readonly desk: string | undefined;
  readonly deficitsOnly: boolean;
  /** Ids after this one. */
  readonly after: string | undefined;
  readonly limit: number;
}

const RESULT = `account_id AS "accountId", desk, account_version AS "accountVersion", methodology,
  rules_version AS "rulesVersion", requirement::text, regulatory_requirement::text AS "regulatoryRequirement",
  maintenance_excess::text AS "maintenanceExcess", equity::text, class_groups AS "classGroups", requirements::text[] AS requirements,
  scan_losses::text[] AS "scanLosses", minimum_charges::text[] AS "minimumCharges",
  worst_price_moves AS "worstPriceMoves", worst_vol_moves AS "worstVolMoves"`;

const PAGE = `
  SELECT ${RESULT} FROM reprice_results
  WHERE run_id = $1 AND ($2::text IS NULL OR desk = $2) AND (NOT $3 OR equity < requirement)
    AND ($4::text IS NULL OR account_id > $4)
  ORDER BY account_id LIMIT $5`;

const TOTALS = `
  SELECT count(*)::int AS accounts,
         (SELECT count(*)::int FROM reprice_dead_letters WHERE run_id = $1) AS "deadLetters",
         (count(*) FILTER (WHERE equity < requirement))::int AS deficits,
         coalesce(sum(requirement), 0)::text AS requirement,
         coalesce(sum(regulatory_requirement), 0)::text AS "regulatoryRequirement",
         coalesce(sum(equity), 0)::text AS equity,
         coalesce(sum(requirement - equity) FILTER (WHERE equity < requirement), 0)::text AS shortfall
  FROM reprice_results WHERE run_id = $1`;

const PAIRS = `
  FROM reprice_results a JOIN reprice_results b ON b.run_id = $2 AND b.account_id = a.account_id WHERE a.run_id = $1`;

const CHANGES = `
  SELECT a.account_id AS "accountId", a.desk,
         b.requirement::text AS "requirementBefore", a.requirement::text AS "requirementAfter",
         b.equity::text AS "equityBefore", a.equity::text AS "equityAfter",
         a.account_version <> b.account_version AS "positionsChanged", a.rules_version <> b.rules_version AS "rulesChanged"
  ${PAIRS}`;

/** The order of the largest changes of excess, either way. */
const BY_CHANGE = 'ORDER BY abs((a.equity - a.requirement) - (b.equity - b.requirement)) DESC, a.account_id';

export class RunResultRepository {
  constructor(private readonly database: Database) {}

  /** In account order. */
  async page({ runId, desk, deficitsOnly, after, limit }: ResultPage): Promise<readonly StoredResult[]> {
    const values = [runId, desk ?? null, deficitsOnly, after ?? null, limit];
    return (await this.database.pool.query<StoredResult>(PAGE, values)).rows;
  }

  async totals(runId: string): Promise<RunTotals> {
    return (await this.database.pool.query<RunTotals>(TOTALS, [runId])).rows[0];
  }

  async deadLetters(runId: string, after: string | undefined, limit: number): Promise<readonly StoredDeadLetter[]> {
    const { rows } = await this.database.pool.query<Omit<StoredDeadLetter, 'gaps'> & { gaps: string }>(
      `SELECT account_id AS "accountId", desk, code, gaps FROM reprice_dead_letters
       WHERE run_id = $1 AND ($2::text IS NULL OR account_id > $2) ORDER BY account_id LIMIT $3`,
      [runId, after ?? null, limit],
    );
    return rows.map((row) => ({ ...row, gaps: JSON.parse(row.gaps) as StoredDeadLetter['gaps'] }));
  }

  /** How many accounts crossed the line between the run `previousId` and this one. */
  async changes(runId: string, previousId: string): Promise<RunChanges> {
    const { rows } = await this.database.pool.query<RunChanges>(
      `SELECT count(*)::int AS compared,
         (count(*) FILTER (WHERE a.equity < a.requirement AND b.equity >= b.requirement))::int AS "intoDeficit",
         (count(*) FILTER (WHERE a.equity >= a.requirement AND b.equity < b.requirement))::int AS "outOfDeficit"
       ${PAIRS}`,
      [runId, previousId],
    );
    return rows[0];
  }

  /** The accounts whose excess changed most, either way. */
  async largestChanges(runId: string, previousId: string, limit: number): Promise<readonly ResultChange[]> {
    const text = `${CHANGES} AND (a.equity, a.requirement) <> (b.equity, b.requirement) ${BY_CHANGE} LIMIT $3`;
    return (await this.database.pool.query<ResultChange>(text, [runId, previousId, limit])).rows;
  }

  /** The accounts that are in deficit now and were not before. */
  async newDeficits(runId: string, previousId: string, limit: number): Promise<readonly ResultChange[]> {
    const text = `${CHANGES} AND a.equity < a.requirement AND b.equity >= b.requirement ${BY_CHANGE} LIMIT $3`;
    return (await this.database.pool.query<ResultChange>(text, [runId, previousId, limit])).rows;
  }
}
