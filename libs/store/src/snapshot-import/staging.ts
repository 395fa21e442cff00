import type { Client } from 'pg';
import {
  type CalendarDate,
  CONTRACT_COLUMNS,
  type ContractRow,
  contractRow,
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
  known: { readonly underlyings: ReadonlyMap<string, unknown>; readonly date: CalendarDate },
  keeper: ReportKeeper,
): Promise<void> {
  const rows = takenRows({ ...file, name: 'instruments', columns: CONTRACT_COLUMNS }, contractRow, keeper);
  await copyIn(client, 'COPY staged_contracts FROM STDIN', contractLines(rows, known, keeper));
}

async function* contractLines(
  rows: AsyncIterable<TakenRow<ContractRow>>,
  known: { readonly underlyings: ReadonlyMap<string, unknown>; readonly date: CalendarDate },
  keeper: ReportKeeper,
): AsyncGenerator<string> {
  for await (const { row, line } of rows) {
    const { symbol, underlying, exercise, multiplier, adjusted, expiry } = row.contract;
    if (!known.underlyings.has(underlying)) {
      const detail = 'the underlyings file has no such symbol';
      keeper.refuse({ file: 'instruments', line, column: 'underlying', symbol, code: 'UNKNOWN_UNDERLYING', detail });
      continue;
    }
    if (expiry < known.date) {
      const detail = 'before the date of the snapshot: it cannot be valued';
      keeper.note({ file: 'instruments', line, column: 'expiry', symbol, code: 'CONTRACT_EXPIRED', detail });
    }
    const fields = [line, symbol, underlying, exercise, multiplier.toFixed(), adjusted, snapshotLine(row)];
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
