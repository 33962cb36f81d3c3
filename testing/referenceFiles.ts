/** Files of the reference data: those in folders, in order of their names, and the recordings in them. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Station, WaveformSegment } from "@harken/core";
import { mergeSegments, readFile, stationsFromRecords } from "@harken/formats";

export const filesUnder = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesUnder(join(path, name)))
    : [path];

export interface Recordings {
  readonly segments: readonly WaveformSegment[];
  readonly stations: readonly Station[];
}

/** What files and folders hold of waveforms and stations, whatever their formats; compressed ones too. */
export function recordingsUnder(paths: readonly string[]): Recordings {
  const contents = paths.flatMap(filesUnder).map((path) => {
    const bytes = readFileSync(path);
    return readFile(path.endsWith(".gz") ? gunzipSync(bytes) : bytes, basename(path).replace(/\.gz$/, ""));
  });
  return {
    segments: mergeSegments(contents.flatMap((c) => c.segments)).segments,
    stations: stationsFromRecords(
      contents.flatMap((c) => c.channels),
      contents.flatMap((c) => c.sites),
    ),
  };
}
