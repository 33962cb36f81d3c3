/**
 * miniSEED decoding: records one after the other, whatever their lengths, byte orders and channels.
 *
 *     const { items, problems } = decodeMiniSeed2(bytes);
 *
 * Items are runs of records that continue each other; `mergeSegments` puts in order what a file holds out of order or twice.
 */
import { type Decoded, defaultLimits, type Limits, ProblemList, type WaveformSegment } from "@harken/core";
import { SegmentCollector } from "./collect.ts";
import type { RecordFormat, Source } from "./record.ts";
import { format2 } from "./record2.ts";
import { format3 } from "./record3.ts";

/** miniSEED 2.x, and the data records of full SEED volumes. */
export function decodeMiniSeed2(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<WaveformSegment> {
  return decodeRecords(format2, bytes, limits);
}

/** miniSEED 3; records whose checksum fails are left out. */
export function decodeMiniSeed3(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<WaveformSegment> {
  return decodeRecords(format3, bytes, limits);
}

function decodeRecords(format: RecordFormat, bytes: Uint8Array, limits: Limits): Decoded<WaveformSegment> {
  const problems = new ProblemList(limits.maxProblems);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const source: Source = { bytes, view, problems };
  const collector = new SegmentCollector(format.channelOf, limits, problems);
  let controlHeaders = 0;
  let at = 0;
  while (at < bytes.length) {
    const record = format.read(source, at);
    if (!record) {
      const next = format.find(bytes, at + 1, bytes.length);
      problems.warning("miniseed.skipped-bytes", `${next - at} bytes belong to no record and were passed over.`, {
        offset: at,
      });
      at = next;
      continue;
    }
    if (record.type === "control") controlHeaders++;
    if (record.type === "data" && !collector.add(record)) break;
    at += record.length;
  }
  if (controlHeaders > 0)
    problems.warning(
      "miniseed.control-headers",
      `${controlHeaders} volume control headers of full SEED were passed over; station metadata in them was not read.`,
    );
  return { items: collector.finish(view), problems: problems.list(), consumed: at };
}
