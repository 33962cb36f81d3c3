/**
 * Bytes appended to many files at once, and on the disk before it is said. A network's channels are a file each: one sync of the file system for all of them
 * takes a twentieth of the time of one for each. Calls wait for the disk: they belong in a thread of their own (`fileAppender.ts`).
 */
import { closeSync, fdatasync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { foldersBetween, syncFolders } from "../folderSync.ts";

export interface FilePart {
  /** Below the root. */
  readonly path: string;
  /** Of the bytes that are for it; they stand one behind the other. */
  readonly length: number;
}

export interface Appended {
  /** Sizes before, of the files that were written: all, or those up to a failure. */
  readonly sizes: readonly number[];
  /** What went wrong; null when all is on the disk. */
  readonly failure: string | null;
}

/** Files beyond which the file system is synced as a whole. */
const MANY = 8;
/** Files that are open at once while each is synced. */
const OPEN_FILES = 200;

/** `syncAll` syncs the file system as a whole; false when it cannot. */
export async function appendFiles(
  root: string,
  bytes: Uint8Array,
  parts: readonly FilePart[],
  syncAll: () => Promise<boolean>,
): Promise<Appended> {
  const sizes: number[] = [];
  const folders = new Set<string>();
  try {
    let at = 0;
    for (const { path, length } of parts) {
      sizes.push(appendFile(root, path, bytes.subarray(at, at + length), folders));
      at += length;
    }
    if (parts.length <= MANY || !(await syncAll())) {
      await syncEach(parts.map(({ path }) => join(root, path)));
      await syncFolders(folders);
    }
    return { sizes, failure: null };
  } catch (cause) {
    return { sizes, failure: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Writes, without a sync, and returns the size before; `folders` are to be synced when the file is new. */
function appendFile(root: string, path: string, bytes: Uint8Array, folders: Set<string>): number {
  const full = join(root, path);
  const { file, made } = openToAppend(full);
  try {
    const { size } = fstatSync(file);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    } catch (cause) {
      // A full disk leaves a part of a record behind, after which other programs would not find the next one.
      ftruncateSync(file, size);
      throw cause;
    }
    if (size === 0)
      for (const folder of foldersBetween(dirname(full), made === undefined ? dirname(full) : dirname(made)))
        folders.add(folder);
    return size;
  } finally {
    closeSync(file);
  }
}

/** `made`: the first of the folders that had to be made. */
function openToAppend(full: string): { readonly file: number; readonly made: string | undefined } {
  try {
    return { file: openSync(full, "a"), made: undefined };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    const made = mkdirSync(dirname(full), { recursive: true });
    return { file: openSync(full, "a"), made };
  }
}

async function syncEach(files: readonly string[]): Promise<void> {
  for (let at = 0; at < files.length; at += OPEN_FILES) {
    const open: number[] = [];
    try {
      for (const file of files.slice(at, at + OPEN_FILES)) open.push(openSync(file, "a"));
      await Promise.all(open.map((file) => promisify(fdatasync)(file)));
    } finally {
      for (const file of open) closeSync(file);
    }
  }
}
