import type { Client } from 'pg';
import {
  type CalendarDate,
  CONTRACT_COLUMNS,
  type ContractRow,
  contractRow,
  deliverableName,
  type OptionContract,
  QUOTE_COLUMNS,
  quoteMid,
  type QuoteRow,
  quoteRow,
  snapshotLine,
} from '@app/market';
import { copyIn } from './copy.js';
import type { CsvFile } from './csv-lines.js';
import type { ReportKeeper } from './report-keeper.js';
import { takenRows, type TakenRow } from './taken-rows.js';

type Place = Omit<CsvFile, 'name' | 'columns'>;

// Temporary: no other session sees them, nothing of them is written to the log, and the transaction's end drops them.
const TABLES = `
  CREATE TEMP TABLE staged_contracts (
    line int NOT NULL, symbol text COLLATE "C" NOT NULL, underlying text COLLATE "C" NOT NULL,
    exercise exercise_style NOT NULL, multiplier numeric(28,10) NOT NULL, adjusted boolean NOT NULL,
    form option_form NOT NULL, deliverable text COLLATE "C", "right" option_right, expiry date, strike numeric(28,10),
    content text COLLATE "C" NOT NULL
  ) ON COMMIT DROP;
  CREATE TEMP TABLE staged_quotes (
    line int NOT NULL, symbol text COLLATE "C" NOT NULL, bid numeric(28,10), ask numeric(28,10),
    content text COLLATE "C" NOT NULL
  ) ON COMMIT DROP`;

export async function createStaging(client: Client): Promise<void> {
  await client.query(TABLES);
}

/** Streams the instruments file into the staging table; contracts on underlyings that are not there are refused. */
export async function stageContracts(
  client: Client,
  file: Place,
  known: KnownInstruments,
  keeper: ReportKeeper,
): Promise<void> {
  const rows = takenRows({ ...file, name: 'instruments', columns: CONTRACT_COLUMNS }, contractRow, keeper);
  await copyIn(client, 'COPY staged_contracts FROM STDIN', contractLines(rows, known, keeper));
}

interface KnownInstruments {
  readonly underlyings: ReadonlyMap<string, unknown>;
  readonly futures: ReadonlyMap<string, unknown>;
  readonly date: CalendarDate;
}

const NULL = '\\N';
const NO_TERMS = [NULL, NULL, NULL];

/** The column that names something no file has; undefined where all is there. */
function unknownColumn(
  { form, underlying, deliverable }: OptionContract,
  { underlyings, futures }: KnownInstruments,
): string | undefined {
  if (!(form === 'ON_FUTURE' ? futures : underlyings).has(underlying)) return 'underlying';
  return deliverable?.components.some(({ symbol }) => !underlyings.has(symbol)) ? 'deliverable' : undefined;
}

async function* contractLines(
  rows: AsyncIterable<TakenRow<ContractRow>>,
  known: KnownInstruments,
  keeper: ReportKeeper,
): AsyncGenerator<string> {
  for await (const { row, line } of rows) {
    const { symbol, underlying, exercise, multiplier, adjusted, expiry, form, deliverable } = row.contract;
    const unknown = unknownColumn(row.contract, known);
    if (unknown !== undefined) {
      const detail = `the ${form === 'ON_FUTURE' ? 'futures' : 'underlyings'} file has no such symbol`;
      keeper.refuse({ file: 'instruments', line, column: unknown, symbol, code: 'UNKNOWN_UNDERLYING', detail });
      continue;
    }
    if (expiry < known.date) {
      const detail = 'before the date of the snapshot: it cannot be valued';
      keeper.note({ file: 'instruments', line, column: 'expiry', symbol, code: 'CONTRACT_EXPIRED', detail });
    }
    const delivers = deliverable === null ? NULL : deliverableName(deliverable);
    const terms = form === 'LISTED' ? NO_TERMS : [row.contract.right, expiry, row.contract.strike];
    const columns = [line, symbol, underlying, exercise, multiplier.toFixed(), adjusted, form, delivers, ...terms];
    const fields = [...columns, snapshotLine(row)];
    yield `${fields.join('\t')}\n`;
  }
}

/** Streams the quotes file into the staging table. */
export async function stageQuotes(client: Client, file: Place, keeper: ReportKeeper): Promise<void> {
  const rows = takenRows({ ...file, name: 'quotes', columns: QUOTE_COLUMNS }, quoteRow, keeper);
  await copyIn(client, 'COPY staged_quotes FROM STDIN', quoteLines(rows, keeper));
}

async function* quoteLines(rows: AsyncIterable<TakenRow<QuoteRow>>, keeper: ReportKeeper): AsyncGenerator<string> {
  for await (const { row, line } of rows) {
    const { symbol, quote } = row;
    if ((quoteMid(quote)?.decimalPlaces() ?? 0) > 10) {
      const detail = 'the middle of bid and ask, rounded to ten decimals';
      keeper.note({ file: 'quotes', line, column: null, symbol, code: 'MARK_ROUNDED', detail });
    }
    const [bid, ask] = [quote.bid, quote.ask].map((side) => side?.toFixed() ?? '\\N');
    yield `${line}\t${symbol}\t${bid}\t${ask}\t${snapshotLine(row)}\n`;
  }
}
