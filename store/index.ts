export {
  type ArchiveReader,
  type ArchiveWriter,
  openArchive,
  readPieces,
  readWaveforms,
  repairArchive,
  sdsPath,
  splitByDay,
} from "./archive.ts";
export { encodePiece } from "./archivedRecords.ts";
export * from "./arrivals.ts";
export { type DatabaseDump, type DumpedTable, dumpDatabase, loadDatabase } from "./backup.ts";
export * from "./bus.ts";
export * from "./cssNumbers.ts";
export {
  type Database,
  openStore,
  type Reader,
  type Store,
  type StoreOptions,
  type Writer,
} from "./database.ts";
export * from "./edits.ts";
export * from "./errors.ts";
export * from "./events.ts";
export * from "./folderLock.ts";
export type { JournalEntry, JournalRecord } from "./intake/entry.ts";
export * from "./intake/intakeArchive.ts";
export * from "./intake/intakeState.ts";
export { type Journal, type JournalOptions, openJournal } from "./intake/journal.ts";
export type { JournalCursor } from "./intake/journalCursor.ts";
export type { JournalDamage, JournalReport } from "./intake/journalFiles.ts";
export * from "./intake/links.ts";
export * from "./intake/packets.ts";
export * from "./intervals.ts";
export * from "./laboratories.ts";
export { type LedgerHead, type LedgerReport, ledgerHead, verifyLedger } from "./ledger.ts";
export * from "./ledgerLines.ts";
export type { Stamp } from "./mapping.ts";
export * from "./messages.ts";
export * from "./natsBus.ts";
export * from "./noise.ts";
export * from "./people.ts";
export * from "./preferredHistory.ts";
export * from "./requests.ts";
export { contentHash, loadRunConfig, type RunDescription, recordRun } from "./runs.ts";
export * from "./sampleEdits.ts";
export * from "./sampleQuality.ts";
export * from "./samples.ts";
export * from "./scrub.ts";
export * from "./stations.ts";
export * from "./subscriptions.ts";
export type { Row, Tables } from "./tables.ts";
export * from "./waveformIndex.ts";
