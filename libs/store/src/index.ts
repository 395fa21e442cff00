export { AuditCheck, type AuditFault } from './audit/audit-check.js';
export {
  type AuditEntry,
  type AuditHead,
  type ChangeState,
  entryHash,
  type NewAuditEntry,
} from './audit/audit-entry.js';
export { type AuditReport, AuditRepository } from './audit/audit.repository.js';
export { type CommandDatabase, commandDatabase } from './command-database.js';
export type { CommitLine } from './commit-line.js';
export { dataFolder } from './data-folder.js';
export { APPLICATION_ROLE, Database, type DatabaseOptions, DatabaseRoleError } from './database.js';
export { CommonText, decisionText, type DecisionText, singularText, wholeText } from './decision-text.js';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
export { EmbeddedPostgresError } from './embedded-postgres-error.js';
export { migrate, MigrationError } from './migrate.js';
export { type AccountDetails, type AccountPage, AccountRepository, type StoredAccount } from './account.repository.js';
export type { AccountStanding } from './account-standing.js';
export {
  AnswerRepository,
  type IdempotencyKey,
  type KeyedOutcome,
  type KeyedWrite,
  type StoredAnswer,
} from './answer.repository.js';
export { type ApiKeyDetails, ApiKeyRepository, type ListedApiKey, type StoredApiKey } from './api-key.repository.js';
export {
  type Check,
  type CheckedHold,
  type CheckOutcome,
  CheckRepository,
  isKeyTaken,
  type JudgedAccount,
} from './check.repository.js';
export { type Authorship, bookEntry, type DecidedChange, HouseRuleRepository } from './house-rule.repository.js';
export {
  type LimitDetails,
  LimitRepository,
  type LimitScope,
  type LimitTarget,
  type StoredLimit,
} from './limit.repository.js';
export {
  type Ended,
  type Execution,
  type Filled,
  type ReservationChanges,
  ReservationRepository,
  type ReservationState,
  type StoredReservation,
} from './reservation.repository.js';
export {
  type CashMovement,
  type CashMovementPage,
  CashMovementRepository,
  type StoredCashMovement,
} from './margin-calls/cash-movement.repository.js';
export {
  type CallTurns,
  followMarginCalls,
  type ValuedAccount,
  type ValuedOn,
} from './margin-calls/follow-margin-calls.js';
export {
  MARGIN_CALL_STATUSES,
  type MarginCall,
  type MarginCallEvent,
  type MarginCallStatus,
} from './margin-calls/margin-call.js';
export {
  type CallDecision,
  type MarginCallPage,
  MarginCallRepository,
  marginCallStatus,
} from './margin-calls/margin-call.repository.js';
export { type SnapshotPage, SnapshotRepository, type SnapshotSummary } from './snapshot.repository.js';
export type { SnapshotMarket } from './snapshot-market.js';
export {
  type JudgedWhatIf,
  type ReplayableWhatIf,
  type SavedWhatIf,
  type StoredWhatIf,
  WhatIfRepository,
} from './what-if.repository.js';
export type { KeptText, SharedText } from './what-if-block.js';
export { type DemoAccount, demoAccounts } from './demo/demo-accounts.js';
export { DEMO_BOOK } from './demo/demo-house-rules.js';
export { demoPrices } from './demo/demo-prices.js';
export { BookError } from './books/book-error.js';
export { bookMarket, type BookMarket } from './books/book-market.js';
export { type BookOrder, loadBooks } from './books/load-books.js';
export { removeBooks } from './books/remove-books.js';
export { generatedAccount, type BookMargin, type BookPlan, type GeneratedAccount } from './books/generated-account.js';
export { seedDemo } from './demo/seed-demo.js';
export { runningPostgresUrl } from './running-postgres.js';
export { importSnapshot, type ImportOptions, type ImportOutcome } from './snapshot-import/import-snapshot.js';
export type {
  ImportReport,
  RemarkCount,
  RowNoteCode,
  RowRefusalCode,
  RowRemark,
} from './snapshot-import/import-report.js';
export type { ImportProgress, ImportStage } from './snapshot-import/import-stage.js';
export { saveSnapshot, type SavedSnapshot } from './snapshot-import/save-snapshot.js';
export { snapshotFiles, type SnapshotFileName, type SnapshotFiles } from './snapshot-import/snapshot-files.js';
export { SnapshotImportError, type SnapshotImportErrorCode } from './snapshot-import/snapshot-import-error.js';
export type { AccountChunk, ChunkAccount } from './reprice/account-chunk.js';
export { type ChunkPositions, positionsFrom } from './reprice/chunk-positions.js';
export { SymbolNumbers } from './reprice/symbol-numbers.js';
export { JobsDatabase, type JobsTransaction } from './reprice/jobs-database.js';
export type { NewRepriceRun, RepriceRun, RunBrief, RunChunk } from './reprice/reprice-run.js';
export { RepriceRunRepository, type RunPage, type RunProgress } from './reprice/reprice-run.repository.js';
export { RepriceWorkRepository } from './reprice/reprice-work.repository.js';
export {
  type AccountResult,
  type DeadLetter,
  type ResultGroup,
  resultRows,
  type ResultRows,
} from './reprice/result-rows.js';
export {
  type IsDue,
  type NewRunSchedule,
  type RunSchedule,
  RunScheduleRepository,
} from './reprice/run-schedule.repository.js';
export { claimedChunk, completeChunk, poisonRows, splitChunk } from './reprice/run-chunk.js';
export type { RunEvent } from './reprice/run-event.js';
export { type LiveResult, RunEventRepository } from './reprice/run-event.repository.js';
export {
  enterState,
  finishedState,
  isPlanned,
  openChunks,
  planAccounts,
  planArrays,
  type WaitingRun,
  waitingRun,
} from './reprice/run-planning.js';
export {
  type ResultChange,
  type ResultPage,
  RunResultRepository,
  type RunChanges,
  type RunTotals,
  type StoredDeadLetter,
  type StoredResult,
} from './reprice/run-result.repository.js';
export {
  gridHash,
  type RiskArrayPart,
  type RiskArraysByGrid,
  saveRiskArrays,
  type StoredRiskArray,
} from './reprice/stored-risk-arrays.js';
export { blockId, slotId } from './what-if-id.js';
