import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SnapshotImportError } from './snapshot-import-error.js';

export type SnapshotFileName = 'instruments' | 'quotes' | 'underlyings' | 'rates' | 'dividends' | 'futures';
const OPTIONAL_FILES = ['dividends', 'futures'] as const;
type OptionalFileName = (typeof OPTIONAL_FILES)[number];

/** Paths of a snapshot's files; each is CSV with a header, plain or gzip whatever it is called. */
export type SnapshotFiles = Readonly<Record<Exclude<SnapshotFileName, OptionalFileName>, string>> &
  Readonly<Partial<Record<OptionalFileName, string>>>;

/** The files of a folder: `<name>.csv` or `<name>.csv.gz`. Every one that is missing is named. */
export function snapshotFiles(folder: string): SnapshotFiles {
  const missing: string[] = [];
  const find = (name: SnapshotFileName): string | undefined => {
    const found = [`${name}.csv`, `${name}.csv.gz`].map((file) => join(folder, file)).filter(isFile);
    if (found.length > 1) {
      throw new SnapshotImportError(
        'file.ambiguous',
        `Both ${name}.csv and ${name}.csv.gz are there: keep one of them.`,
      );
    }
    return found[0];
  };
  const findNeeded = (name: SnapshotFileName): string => {
    const path = find(name);
    if (path === undefined) missing.push(`${name}.csv`);
    return path ?? '';
  };
  const files = {
    instruments: findNeeded('instruments'),
    quotes: findNeeded('quotes'),
    underlyings: findNeeded('underlyings'),
    rates: findNeeded('rates'),
  };
  if (missing.length > 0) {
    throw new SnapshotImportError('file.missing', `The folder lacks ${missing.join(', ')} (or the same as .csv.gz).`);
  }
  const others = OPTIONAL_FILES.map((name) => [name, find(name)] as const).filter(([, path]) => path !== undefined);
  return { ...files, ...(Object.fromEntries(others) as Partial<Record<OptionalFileName, string>>) };
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
