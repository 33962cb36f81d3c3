/**
 * A centre's data folder and database into a backup, while the centre runs, and back. Rows are read in one snapshot; after it the archive is copied as far as
 * the snapshot's index reaches, since its files only grow; then everything else in the folder. The manifest comes last: a backup without it is none.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  type DatabaseDump,
  dumpDatabase,
  indexedFileSizes,
  type LedgerReport,
  loadDatabase,
  openStore,
  verifyLedger,
} from "@harken/store";
import { centerErrors } from "../errors.ts";
import { version } from "../version.ts";

export interface BackupPlace {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  /** The backup's own folder. */
  readonly backup: string;
  readonly clock: () => number;
  readonly progress?: (line: string) => void;
}

interface CopiedFile {
  /** Relative to the data folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface BackupManifest {
  readonly format: 1;
  readonly software: string;
  readonly created: number;
  readonly database: DatabaseDump;
  readonly files: readonly CopiedFile[];
}

const MANIFEST = "manifest.json";
const DATABASE_FILE = "harken.db";
/** Of the data folder, what is in the dump, of this machine alone, or of no use elsewhere. */
const LEFT_OUT = /^(?:harken\.db(?:-wal|-shm|-journal)?|lock(?:-journal)?|log|archive)$/;

/** Throws BACKUP_REFUSED. */
export async function backUp({ dataDir, databaseUrl, backup, clock, progress }: BackupPlace): Promise<BackupManifest> {
  const refuse = (reason: string) => centerErrors.make("BACKUP_REFUSED", { folder: backup, reason });
  if (existsSync(backup) && (await readdir(backup)).length > 0) throw refuse("it is not empty");
  if (!relative(dataDir, backup).startsWith("..")) throw refuse("it lies in the data folder");
  const store = await openStore({ file: join(dataDir, DATABASE_FILE), url: databaseUrl });
  try {
    const created = clock();
    let sizes: ReadonlyMap<string, number> = new Map();
    progress?.("Reading the database");
    const database = await dumpDatabase(store, join(backup, "database"), async (reader) => {
      sizes = await indexedFileSizes(reader);
    });
    const files: CopiedFile[] = [];
    const copy = async (path: string, bytes?: number) => {
      files.push({ path, ...(await copyFile(join(dataDir, path), join(backup, "data", path), bytes)) });
      if (files.length % 100 === 0) progress?.(`${files.length} files copied`);
    };
    for (const [path, bytes] of [...sizes].sort()) await copy(join("archive", path), bytes);
    for (const path of await otherFiles(dataDir)) await copy(path);
    const manifest: BackupManifest = { format: 1, software: `harken ${version}`, created, database, files };
    await writeSynced(join(backup, MANIFEST), JSON.stringify(manifest));
    return manifest;
  } finally {
    await store.close();
  }
}

async function otherFiles(dataDir: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(dataDir, { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name)) continue;
    if (entry.isFile()) paths.push(entry.name);
    else if (entry.isDirectory())
      for (const inner of await readdir(join(dataDir, entry.name), { recursive: true, withFileTypes: true }))
        if (inner.isFile()) paths.push(relative(dataDir, join(inner.parentPath, inner.name)));
  }
  return paths.sort();
}

export interface Restored {
  readonly files: number;
  readonly rows: number;
  readonly ledger: LedgerReport;
}

/** Into a new folder and an empty database. Throws BACKUP_REFUSED or RESTORE_REFUSED; the ledger's faults are in the answer. */
export async function restore({ dataDir, databaseUrl, backup, progress }: BackupPlace): Promise<Restored> {
  const refuse = (reason: string, cause?: unknown) =>
    centerErrors.make("BACKUP_REFUSED", { folder: backup, reason }, cause);
  const manifest = await readManifest(backup, refuse);
  if (existsSync(dataDir) && (await readdir(dataDir)).length > 0) throw refuse(`the folder ${dataDir} is not empty`);
  await mkdir(dataDir, { recursive: true });
  for (const [i, { path, bytes, sha256 }] of manifest.files.entries()) {
    // A manifest that was tampered with writes nothing outside the folder.
    const target = join(dataDir, path);
    if (relative(dataDir, target).startsWith("..")) throw refuse(`the file ${path} lies outside`);
    const copied = await copyFile(join(backup, "data", path), target).catch((cause: unknown) => {
      throw refuse(`the file ${path} cannot be read`, cause);
    });
    if (copied.bytes !== bytes || copied.sha256 !== sha256) throw refuse(`the file ${path} is damaged`);
    if (i % 100 === 99) progress?.(`${i + 1} of ${manifest.files.length} files copied`);
  }
  progress?.("Writing the database");
  const where = { file: join(dataDir, DATABASE_FILE), url: databaseUrl };
  await loadDatabase(where, join(backup, "database"), manifest.database);
  const store = await openStore(where);
  try {
    const rows = manifest.database.tables.reduce((sum, table) => sum + table.rows, 0);
    const { ledger } = manifest.database;
    const heads = ledger.seq > 0 ? [ledger] : [];
    return { files: manifest.files.length, rows, ledger: await verifyLedger(store.db, heads) };
  } finally {
    await store.close();
  }
}

type Refuse = (reason: string, cause?: unknown) => Error;

async function readManifest(backup: string, refuse: Refuse): Promise<BackupManifest> {
  try {
    const manifest = JSON.parse(await readFile(join(backup, MANIFEST), "utf8")) as BackupManifest;
    if (manifest.format === 1) return manifest;
  } catch (cause) {
    throw refuse("it has no manifest that can be read: it was not finished", cause);
  }
  throw refuse("it was made by another version");
}

/** The first `bytes` of a file; all of it when not given. */
async function copyFile(from: string, to: string, bytes?: number): Promise<Omit<CopiedFile, "path">> {
  await mkdir(dirname(to), { recursive: true });
  const hash = createHash("sha256");
  let copied = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      copied += chunk.length;
      done(null, chunk);
    },
  });
  if (bytes === 0) await writeSynced(to, "");
  else {
    const source = createReadStream(from, bytes === undefined ? {} : { end: bytes - 1 });
    await pipeline(source, count, createWriteStream(to, { flush: true }));
  }
  return { bytes: copied, sha256: hash.digest("hex") };
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(`${path}.part`, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}
