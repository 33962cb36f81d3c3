/**
 * One centre per data folder. The lock is SQLite's own exclusive lock on a small file: the system lets go of it when the process ends,
 * however it ends, so there is no stale lock to clean up.
 */

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { storeErrors } from "./errors.ts";

export interface FolderLock {
  release(): void;
}

/** Takes the folder. Throws FOLDER_IN_USE while another process has it. */
export function lockFolder(folder: string): FolderLock {
  const database = new DatabaseSync(join(folder, "lock"), { timeout: 0 });
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    throw storeErrors.make("FOLDER_IN_USE", { folder }, cause);
  }
  return { release: () => database.close() };
}
