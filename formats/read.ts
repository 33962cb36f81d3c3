/**
 * Reading a file of any known format: each format looks at the bytes and says how sure it is; the surest one reads.
 *
 *     const contents = readFile(bytes, "2009-05-25.mseed");
 */
import { defaultLimits, type Limits } from "@harken/core";
import type { FileContents, FormatDescriptor } from "./contents.ts";
import { mergeSegments } from "./segments.ts";

/** Below this no format is sure enough. */
const LEAST_CONFIDENCE = 0.2;

/** Reads with the surest of `formats`. Never throws for what the bytes say. */
export function readWith(
  formats: readonly FormatDescriptor[],
  bytes: Uint8Array,
  name: string,
  limits: Limits = defaultLimits,
): FileContents {
  const empty = { segments: [], channels: [], sites: [], bulletin: null, references: [] };
  if (bytes.length === 0)
    return {
      ...empty,
      format: "unknown",
      problems: [{ code: "file.empty", message: "The file is empty.", severity: "warning" }],
    };
  const [best] = formats
    .map((format) => ({ format, confidence: format.sniff(bytes, name) }))
    .sort((a, b) => b.confidence - a.confidence);
  if (!best || best.confidence < LEAST_CONFIDENCE)
    return {
      ...empty,
      format: "unknown",
      problems: [
        {
          code: "file.unknown-format",
          message: "The file is of no format that is known here; it was left out.",
          severity: "warning",
        },
      ],
    };
  const contents = best.format.read(bytes, name, limits);
  const { segments, problems } = mergeSegments(contents.segments ?? []);
  return {
    ...empty,
    ...contents,
    format: best.format.name,
    segments,
    problems: [...contents.problems, ...problems],
  };
}
