import type { GivenPrices } from '@app/market';
import {
  type Database,
  importSnapshot,
  type ImportOptions,
  type ImportOutcome,
  saveSnapshot,
  type SnapshotFiles,
  SnapshotImportError,
  type SnapshotRepository,
} from '@app/store';
import { Problem } from '../problem.js';
import { contentTooLarge, notFound, unavailable } from '../problems.js';
import { DEFAULT_FEED, DEFAULT_SOURCE, type SnapshotFormDto } from './new-snapshot.dto.js';
import { cursorOfSnapshot, type SnapshotListQueryDto, snapshotPage } from './snapshot-list.dto.js';
import { snapshotReply, snapshotSummaryReply } from './snapshot-reply.js';
import type { SnapshotDto, SnapshotListDto } from './snapshot-reply.dto.js';
import { FILE_BYTES_MAX } from './upload.js';

/** A snapshot, and whether this call stored it. */
export interface StoredNow {
  readonly snapshot: SnapshotDto;
  readonly isNew: boolean;
}

const RETRY_SECONDS = 20;

/** Market snapshots: made once, never changed. */
export class MarketSnapshots {
  /** An import keeps every processor busy: a second one would only make both late. */
  private importing = false;

  constructor(
    private readonly database: Database,
    private readonly snapshots: SnapshotRepository,
  ) {}

  async list(query: SnapshotListQueryDto): Promise<SnapshotListDto> {
    const page = snapshotPage(query);
    const found = await this.snapshots.list({ ...page, limit: page.limit + 1 });
    const items = found.slice(0, page.limit);
    return {
      items: items.map(snapshotSummaryReply),
      nextCursor: found.length > page.limit ? cursorOfSnapshot(items[items.length - 1]) : null,
    };
  }

  /** @throws Problem 404. */
  async find(id: string): Promise<SnapshotDto> {
    const snapshot = /^[0-9a-f]{64}$/.test(id) ? await this.snapshots.find(id) : undefined;
    if (snapshot === undefined) throw notFound();
    return snapshotReply(snapshot);
  }

  async save(
    prices: GivenPrices,
    { feed = DEFAULT_FEED, source = DEFAULT_SOURCE }: SnapshotFormDto,
  ): Promise<StoredNow> {
    const { id, isNew } = await saveSnapshot(this.database, prices, feed, source);
    return { snapshot: await this.find(id), isNew };
  }

  /** @throws Problem 422 or 413 where the files are refused whole, 503 while another import is under way. */
  async load(files: SnapshotFiles, form: SnapshotFormDto): Promise<StoredNow> {
    if (this.importing) throw unavailable('Another snapshot is being loaded.', RETRY_SECONDS);
    this.importing = true;
    try {
      const { feed = DEFAULT_FEED, source = DEFAULT_SOURCE, asOf } = form;
      const options = { feed, source, fileBytesMax: FILE_BYTES_MAX, ...(asOf !== undefined && { asOf }) };
      const { id, isNew, report, refusedCount } = await this.imported(files, options);
      // Of these files; others with the same content may have had other rows refused.
      return { snapshot: { ...(await this.find(id)), refused: refusedCount, report }, isNew };
    } finally {
      this.importing = false;
    }
  }

  private async imported(files: SnapshotFiles, options: ImportOptions): Promise<ImportOutcome> {
    try {
      return await importSnapshot(this.database, files, options);
    } catch (error) {
      throw error instanceof SnapshotImportError ? refusal(error) : error;
    }
  }
}

function refusal({ code, message }: SnapshotImportError): Problem {
  if (code === 'file.tooLong') return contentTooLarge(FILE_BYTES_MAX);
  const words = code.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return new Problem({ status: 422, code: `snapshot.${words}`, title: 'Snapshot refused', detail: message });
}
