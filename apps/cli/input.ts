/**
 * Reading what the user points at: every file under the paths, whatever its format, gzip opened, waveform references of CSS3.0 wfdisc rows
 * followed into their `.w` files. One bad file never stops the others; each is listed with its problems.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Problem, WaveformSegment } from "@harken/core";
import { defaultLimits } from "@harken/core";
import type { FileContents } from "@harken/formats";
import { readFile, readReferencedWaveform } from "@harken/formats";
import { cliErrors } from "./errors.ts";
import type { Progress } from "./progress.ts";

/** Largest size of one file, before and after gzip: what fits in one buffer with room to decode. */
const MAX_FILE_BYTES = 1_500_000_000;

export interface InputFile {
  readonly file: string;
  readonly contents: FileContents;
}

/** Every regular file under the paths, folders walked in name order, hidden files left out. Throws NOT_FOUND for a path that is not there. */
export function listFiles(paths: readonly string[]): string[] {
  const files: string[] = [];
  const walk = (path: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith(".")) continue;
      const full = join(path, entry.name);
      const kind = entry.isSymbolicLink() ? statSync(full, { throwIfNoEntry: false }) : entry;
      if (kind?.isDirectory()) walk(full);
      else if (kind?.isFile()) files.push(full);
    }
  };
  for (const path of paths) {
    const info = statSync(path, { throwIfNoEntry: false });
    if (!info) throw cliErrors.make("NOT_FOUND", { path });
    if (info.isDirectory()) walk(path);
    else files.push(path);
  }
  if (files.length === 0) throw cliErrors.make("NOTHING_TO_READ", { path: paths.join(", ") });
  return files;
}

const unreadable = (code: string, message: string): FileContents => ({
  format: "unreadable",
  segments: [],
  channels: [],
  sites: [],
  bulletin: null,
  references: [],
  problems: [{ code, message, severity: "error" }],
});

/** The bytes of a file, gzip opened; or the problem in words. */
function loadBytes(file: string): Uint8Array | Problem {
  try {
    const size = statSync(file).size;
    if (size > MAX_FILE_BYTES) {
      return {
        code: "file.too-large",
        message: `The file has ${size} bytes; split it into parts below ${MAX_FILE_BYTES}.`,
        severity: "error",
      };
    }
    const bytes = readFileSync(file);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES });
    return bytes;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { code: "file.unreadable", message: `The file cannot be read: ${message}.`, severity: "error" };
  }
}

/** Reads one file of any known format. */
export function loadFile(file: string): InputFile {
  const bytes = loadBytes(file);
  if (!(bytes instanceof Uint8Array)) return { file, contents: unreadable(bytes.code, bytes.message) };
  return { file, contents: withReferences(file, readFile(bytes, basename(file).replace(/\.gz$/, ""), defaultLimits)) };
}

/** Follows wfdisc rows into the sample files that stand beside them. */
function withReferences(file: string, contents: FileContents): FileContents {
  if (contents.references.length === 0) return contents;
  const segments: WaveformSegment[] = [...contents.segments];
  const problems: Problem[] = [...contents.problems];
  const cache = new Map<string, Uint8Array | Problem>();
  for (const reference of contents.references) {
    const beside = [
      join(dirname(file), reference.dir, reference.fileName),
      join(dirname(file), reference.fileName),
      join(reference.dir, reference.fileName),
    ];
    const path = beside.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
    if (!path) {
      problems.push({
        code: "css.waveform-file-missing",
        message: `The wfdisc row of ${reference.channel.station} ${reference.channel.channel} names ${reference.fileName}, which is not beside it.`,
        severity: "error",
      });
      continue;
    }
    let bytes = cache.get(path);
    if (!bytes) cache.set(path, (bytes = loadBytes(path)));
    if (!(bytes instanceof Uint8Array)) {
      problems.push(bytes);
      continue;
    }
    const decoded = readReferencedWaveform(reference, bytes, defaultLimits);
    segments.push(...decoded.items);
    problems.push(...decoded.problems);
  }
  return { ...contents, segments, problems };
}

/** Reads every file under the paths, reporting progress. */
export function loadFiles(paths: readonly string[], progress: Progress): InputFile[] {
  const files = listFiles(paths);
  const loaded = files.map((file, index) => {
    const input = loadFile(file);
    progress.update(index + 1, files.length, basename(file));
    return input;
  });
  progress.end();
  return loaded;
}
