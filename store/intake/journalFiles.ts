/** The files of a journal: `0000000000000001.journal`, named by the first entry's sequence, each read and mended alone. */
import { open, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { entryAt, nextEntry } from "./entry.ts";

export interface JournalFile {
  readonly path: string;
  /** Sequence of its first entry. */
  readonly first: number;
  size: number;
  /** When it was last written, epoch s. */
  writtenAt: number;
}

/** Bytes that are no entry although entries follow them: the disk's fault, told and passed over. */
export interface JournalDamage {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

export interface JournalReport {
  /** Bytes of an entry that was being written when the machine stopped: never acknowledged, cut off and kept aside. */
  readonly tornBytes: number;
  readonly damage: readonly JournalDamage[];
}

const NAME = /^(\d{16})\.journal$/;

export const journalFileName = (first: number): string => `${String(first).padStart(16, "0")}.journal`;

/** In order of their sequences. */
export async function listJournalFiles(folder: string): Promise<JournalFile[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      return { path, first: Number(NAME.exec(name)![1]), size, writtenAt: mtimeMs / 1000 };
    }),
  );
}

/**
 * Reads the newest file through, cuts off what was torn, and tells the last sequence. Entries behind damage stay: the cut is made only where
 * no whole entry follows. What a killed process wrote may not be synced yet: it is, before anybody is told of it.
 */
export async function mendJournalFile(file: JournalFile): Promise<{ last: number } & JournalReport> {
  const bytes = await readFile(file.path);
  const damage: JournalDamage[] = [];
  let last = file.first - 1;
  let at = 0;
  while (at < bytes.length) {
    const found = entryAt(bytes, at);
    if (typeof found === "object") {
      last = Math.max(last, found.entry.sequence);
      at = found.end;
      continue;
    }
    const next = nextEntry(bytes, at + 1);
    if (next < 0) break;
    damage.push({ path: file.path, from: at, to: next });
    at = next;
  }
  const tornBytes = bytes.length - at;
  if (tornBytes > 0) await writeFile(`${file.path}.${at}.torn`, bytes.subarray(at), { flush: true });
  const handle = await open(file.path, "r+");
  try {
    if (tornBytes > 0) await handle.truncate(at);
    await handle.sync();
  } finally {
    await handle.close();
  }
  file.size = at;
  return { last, tornBytes, damage };
}
