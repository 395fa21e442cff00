import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export type Rows = readonly string[];

export interface FolderContent {
  readonly instruments: Rows;
  readonly quotes: Rows;
  readonly underlyings: Rows;
  readonly rates: Rows;
  readonly dividends?: Rows;
  readonly futures?: Rows;
}

export const HEADERS: Readonly<Record<keyof FolderContent, string>> = {
  instruments:
    'symbol,type,underlying,root,expiry,strike,right,style,settlement_time,settlement,multiplier,note,deliverable',
  quotes: 'symbol,bid,ask,last,mid,flags',
  underlyings: 'symbol,name,type,price,dividend_yield,leverage_factor',
  rates: 'date,curve,tenor_years,par_yield_pct',
  dividends: 'symbol,ex_date,amount',
  futures: 'symbol,underlying,expiry,multiplier,price',
};

/** An invented option of the expiry 2026-09-18. */
export function contract(root: string, right: 'C' | 'P', strike: number, changes: Record<string, string> = {}): string {
  const fields = {
    symbol: osi(root, right, strike),
    type: 'equity_option',
    underlying: root,
    root,
    expiry: '2026-09-18',
    strike: String(strike),
    right,
    style: 'american',
    time: 'PM',
    settlement: 'physical',
    multiplier: '100',
    note: '',
    deliverable: '',
    ...changes,
  };
  return Object.values(fields).join(',');
}

export function osi(root: string, right: 'C' | 'P', strike: number): string {
  return `${root.padEnd(6)}260918${right}${String(Math.round(strike * 1000)).padStart(8, '0')}`;
}

export function quote(root: string, right: 'C' | 'P', strike: number, bid: string, ask: string): string {
  return `${osi(root, right, strike)},${bid},${ask},,,`;
}

/** A share at 100 with one call and one put, priced soundly, on the close of 2026-08-21. */
export const SMALL: FolderContent = {
  instruments: [contract('ZZA', 'C', 100), contract('ZZA', 'P', 100)],
  quotes: [quote('ZZA', 'C', 100, '2.40', '2.50'), quote('ZZA', 'P', 100, '2.10', '2.20')],
  underlyings: ['ZZA,"Zed, A",equity,100,0.01,'],
  rates: ['2026-08-21,par,0.25,4', '2026-08-21,par,2,4.2'],
};

const made: string[] = [];

/** Writes the files; `gzip` names those that are packed. */
export function folder(content: FolderContent, gzip: readonly string[] = []): string {
  const path = mkdtempSync(join(tmpdir(), 'marginal-import-'));
  made.push(path);
  mkdirSync(path, { recursive: true });
  for (const [name, rows] of Object.entries(content) as [keyof FolderContent, Rows][]) {
    const text = `${[HEADERS[name], ...rows].join('\n')}\n`;
    if (gzip.includes(name)) writeFileSync(join(path, `${name}.csv.gz`), gzipSync(text));
    else writeFileSync(join(path, `${name}.csv`), text);
  }
  return path;
}

export function removeFolders(): void {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
}
