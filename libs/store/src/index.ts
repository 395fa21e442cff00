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
export { dataFolder } from './data-folder.js';
export { APPLICATION_ROLE, Database, type DatabaseOptions, DatabaseRoleError } from './database.js';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
export { EmbeddedPostgresError } from './embedded-postgres-error.js';
export { migrate, MigrationError } from './migrate.js';
export {
  type AccountDetails,
  type AccountPage,
  AccountRepository,
  type AccountStanding,
  type StoredAccount,
} from './account.repository.js';
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
  type JudgedAccount,
} from './check.repository.js';
export { type Authorship, type DecidedChange, HouseRuleRepository } from './house-rule.repository.js';
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
export { type SnapshotPage, SnapshotRepository, type SnapshotSummary } from './snapshot.repository.js';
export type { SnapshotMarket } from './snapshot-market.js';
export { type StoredWhatIf, WhatIfRepository } from './what-if.repository.js';
export { type DemoAccount, demoAccounts } from './demo/demo-accounts.js';
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
