/**
 * Reading what the user points at: every file under the paths, whatever its format, gzip opened, waveform references of CSS3.0 wfdisc rows
 * followed into their `.w` files. One bad file never stops the others; each is listed with its problems.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Limits, Problem, WaveformSegment } from "@harken/core";
import { defaultLimits, ProblemList } from "@harken/core";
import type { FileContents, WaveformReference } from "@harken/formats";
import { readFile, readReferencedWaveform } from "@harken/formats";
import { cliErrors } from "./errors.ts";
import { createProgress, type Progress } from "./progress.ts";

/** Largest size of one file, before and after gzip: what fits in one buffer with room to decode. */
const MAX_FILE_BYTES = 1_500_000_000;

export interface InputFile {
  readonly file: string;
  readonly contents: FileContents;
}

/**
 * Every file under the paths, once, folders walked in name order, hidden files left out. A folder that cannot be listed stands in the list
 * itself, so that reading it says why. Throws NOT_FOUND for a path that is not there.
 */
export function listFiles(paths: readonly string[]): string[] {
  const files = new Map<string, string>();
  const add = (path: string) => {
    const real = realPath(path);
    if (!files.has(real)) files.set(real, path);
  };
  // Links may lead back to a folder that was walked before.
  const walked = new Set<string>();
  const walk = (folder: string) => {
    const real = realPath(folder);
    if (walked.has(real)) return;
    walked.add(real);
    const entries = namesIn(folder);
    if (!entries) add(folder);
    for (const name of entries ?? []) {
      if (name.startsWith(".")) continue;
      const full = join(folder, name);
      const info = infoOf(full);
      if (info?.isDirectory()) walk(full);
      else if (info?.isFile()) add(full);
    }
  };
  for (const path of paths) {
    const info = infoOf(path);
    if (!info) throw cliErrors.make("NOT_FOUND", { path });
    if (info.isDirectory()) walk(path);
    else add(path);
  }
  if (files.size === 0) throw cliErrors.make("NOTHING_TO_READ", { path: paths.join(", ") });
  return [...files.values()];
}

/** Null for what is not there or cannot be looked at (a broken link, a loop of links, a folder without permission). */
function infoOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (cause) {
    if (isSystemError(cause)) return null;
    throw cause;
  }
}

function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    if (isSystemError(cause)) return null;
    throw cause;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    if (isSystemError(cause)) return path;
    throw cause;
  }
}

const isSystemError = (cause: unknown): cause is NodeJS.ErrnoException =>
  cause instanceof Error && "code" in cause && "syscall" in cause;

const unreadable = (problem: Problem): FileContents => ({
  format: "unreadable",
  segments: [],
  channels: [],
  sites: [],
  bulletin: null,
  references: [],
  problems: [problem],
});

/** The bytes of a file, gzip opened; or the problem in words. */
export function loadBytes(file: string): Uint8Array | Problem {
  try {
    const bytes = readBounded(file);
    if (bytes === null) {
      return {
        code: "file.too-large",
        message: `The file is larger than ${MAX_FILE_BYTES} bytes (${MAX_STREAM_BYTES} for a pipe); split it into smaller parts.`,
        severity: "error",
      };
    }
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES });
    return bytes;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { code: "file.unreadable", message: `The file cannot be read: ${message}.`, severity: "error" };
  }
}

/** A pipe or a device tells no size, and some never end. */
const MAX_STREAM_BYTES = 500_000_000;
const CHUNK_BYTES = 4_000_000;

/** The bytes of a file, or null when it is too large. */
function readBounded(file: string): Uint8Array | null {
  const handle = openSync(file, "r");
  try {
    const info = fstatSync(handle);
    const limit = info.isFile() ? MAX_FILE_BYTES : MAX_STREAM_BYTES;
    if (info.size > limit) return null;
    const parts: Buffer[] = [];
    // One more than the size, so that the end is seen at once.
    let part = Buffer.allocUnsafe(info.size > 0 ? info.size + 1 : CHUNK_BYTES);
    let [filled, total] = [0, 0];
    for (;;) {
      const got = readSync(handle, part, filled, part.length - filled, null);
      if (got === 0) break;
      filled += got;
      total += got;
      if (total > limit) return null;
      if (filled < part.length) continue;
      parts.push(part);
      part = Buffer.allocUnsafe(CHUNK_BYTES);
      filled = 0;
    }
    const last = part.subarray(0, filled);
    return parts.length === 0 ? last : Buffer.concat([...parts, last]);
  } finally {
    closeSync(handle);
  }
}

/** Reads one file of any known format. */
export function loadFile(file: string): InputFile {
  const bytes = loadBytes(file);
  if (!(bytes instanceof Uint8Array)) return { file, contents: unreadable(bytes) };
  try {
    return {
      file,
      contents: withReferences(file, readFile(bytes, basename(file).replace(/\.gz$/, ""), defaultLimits)),
    };
  } catch (cause) {
    // A decoder does not throw for what bytes say. Should one do so, or the memory not suffice, the other files are read all the same.
    const message = `Reading it failed, which is a defect of Harken: ${cause instanceof Error ? cause.message : String(cause)}.`;
    return { file, contents: unreadable({ code: "file.decoder-failed", message, severity: "error" }) };
  }
}

/** Follows wfdisc rows into the sample files that stand beside them, one sample file in hand at a time. */
function withReferences(file: string, contents: FileContents): FileContents {
  if (contents.references.length === 0) return contents;
  const segments: WaveformSegment[] = [...contents.segments];
  const problems = new ProblemList();
  const byPath = Map.groupBy(contents.references, (reference) => samplesBeside(file, reference));
  // What all rows together may make, so that a thousand rows that name one file stay within what one file may hold.
  let room = defaultLimits.maxSamples;
  for (const [path, references] of byPath) {
    if (path === null) {
      const names = [...new Set(references.map(({ fileName }) => fileName))];
      problems.error(
        "css.waveform-file-missing",
        `${references.length} wfdisc rows name files that are not beside the table: ${names.slice(0, 3).join(", ")}${names.length > 3 ? `, and ${names.length - 3} more` : ""}.`,
      );
      continue;
    }
    const bytes = loadBytes(path);
    if (!(bytes instanceof Uint8Array)) {
      problems.add(bytes);
      continue;
    }
    for (const reference of references) {
      const limits: Limits = { ...defaultLimits, maxSamples: room };
      const decoded = readReferencedWaveform(reference, bytes, limits);
      segments.push(...decoded.items);
      for (const { samples } of decoded.items) room -= samples.length;
      for (const problem of decoded.problems) problems.add(problem);
    }
  }
  return { ...contents, segments, problems: [...contents.problems, ...problems.list()] };
}

function samplesBeside(file: string, { dir, fileName }: WaveformReference): string | null {
  const beside = [join(dirname(file), dir, fileName), join(dirname(file), fileName), join(dir, fileName)];
  return beside.find((candidate) => infoOf(candidate)?.isFile()) ?? null;
}

/** Reads every file under the paths, one at a time, reporting progress; `take` says what to keep of each, everything when left out. */
export function loadFiles<T = InputFile>(
  paths: readonly string[],
  progress: Progress,
  take: (input: InputFile) => T = (input) => input as T,
): T[] {
  const files = listFiles(paths);
  const taken = files.map((file, index) => {
    const result = take(loadFile(file));
    progress.update(index + 1, files.length);
    return result;
  });
  progress.end();
  return taken;
}

/** What `--metadata` names, which may be nothing. */
export function loadMetadata<T = InputFile>(
  paths: readonly string[],
  quiet: boolean,
  take?: (input: InputFile) => T,
): T[] {
  return paths.length > 0 ? loadFiles(paths, createProgress("Reading metadata", "files", { quiet }), take) : [];
}
