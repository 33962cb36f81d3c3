/** What keeps a centre's data sound, for who works on its folder or database, whether the centre runs or not: the ledger and the archive verified. */
import { join } from "node:path";
import {
  type ArchiveDamage,
  type LedgerHead,
  type LedgerLine,
  type LedgerReport,
  loadLedger,
  openStore,
  type StoreOptions,
  scrubArchive,
  verifyLedger,
} from "@harken/store";

export async function checkLedger(where: StoreOptions, heads: readonly LedgerHead[]): Promise<LedgerReport> {
  const store = await openStore(where);
  try {
    // In one snapshot, so that what is written meanwhile is no fault.
    return await store.snapshot((reader) => verifyLedger(reader, heads));
  } finally {
    await store.close();
  }
}

export async function readLedger(where: StoreOptions, limit: number): Promise<LedgerLine[]> {
  const store = await openStore(where);
  try {
    return await loadLedger(store.db, { limit });
  } finally {
    await store.close();
  }
}

export interface ScrubReport {
  readonly pieces: number;
  readonly bytes: number;
  readonly damage: readonly ArchiveDamage[];
}

/** Reads every piece of the archive in the data folder. */
export async function scrub(
  where: StoreOptions,
  dataDir: string,
  progress: (report: ScrubReport) => void,
): Promise<ScrubReport> {
  const store = await openStore(where);
  try {
    let report: ScrubReport = { pieces: 0, bytes: 0, damage: [] };
    for await (const { pieces, bytes, damage } of scrubArchive(store.db, join(dataDir, "archive"))) {
      report = {
        pieces: report.pieces + pieces,
        bytes: report.bytes + bytes,
        damage: [...report.damage, ...damage],
      };
      progress(report);
    }
    return report;
  } finally {
    await store.close();
  }
}
