import type { SnapshotRepository, SnapshotSummary } from '@app/store';
import type { SnapshotDto, SnapshotReportDto, SnapshotSummaryDto } from './snapshot-reply.dto.js';

type StoredSnapshot = NonNullable<Awaited<ReturnType<SnapshotRepository['find']>>>;

export function snapshotSummaryReply(snapshot: SnapshotSummary): SnapshotSummaryDto {
  return {
    id: snapshot.id,
    asOf: snapshot.asOf.toISOString(),
    feed: snapshot.feed,
    source: snapshot.source,
    underlyings: snapshot.underlyingCount,
    contracts: snapshot.contractCount,
    futures: snapshot.futureCount,
    refused: snapshot.refusedCount,
    flagged: snapshot.flaggedCount,
    createdAt: snapshot.createdAt.toISOString(),
  };
}

export function snapshotReply(snapshot: StoredSnapshot): SnapshotDto {
  return { ...snapshotSummaryReply(snapshot), report: snapshot.report as unknown as SnapshotReportDto };
}
