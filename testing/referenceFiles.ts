/** Files of the reference data: those in folders, in order of their names, and their bytes. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";

export const filesUnder = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesUnder(join(path, name)))
    : [path];

export interface ReferenceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Of files and folders; what is compressed comes whole, under its name without `.gz`. */
export const readFilesUnder = (paths: readonly string[]): ReferenceFile[] =>
  paths.flatMap(filesUnder).map((path) => {
    const bytes = readFileSync(path);
    return { name: basename(path).replace(/\.gz$/, ""), bytes: path.endsWith(".gz") ? gunzipSync(bytes) : bytes };
  });
