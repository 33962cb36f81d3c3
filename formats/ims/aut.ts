/**
 * AUT, AU6 and AU8, the authenticated subformats of IMS1.0 waveforms: packets, each with its own signature and status word, whose data are
 * 32-bit integers, CM6 or CM8. Only the data are compressed, so the differences start anew in each packet. (IDC-3.4.1Rev1, "Subformat AUT".)
 *
 *     int32 length of what follows, 40 bytes of signature, float64 epoch time, int32 count of samples, 4 bytes of status, data
 *
 * Numbers are big-endian. The signatures are not checked here.
 */
import { unpackCm6 } from "./cm6.ts";
import { unpackCm8 } from "./cm8.ts";
import type { Unpacked } from "./unpacked.ts";

const LENGTH_BYTES = 4;
const COUNT_OFFSET = LENGTH_BYTES + 40 + 8;
const DATA_OFFSET = COUNT_OFFSET + 4 + 4;

export function unpackAuthenticated(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  subformat: "AUT" | "AU6" | "AU8",
): Unpacked {
  const view = new DataView(bytes.buffer, bytes.byteOffset, end);
  const parts: Int32Array[] = [];
  let found = 0;
  let badAt = -1;
  let at = start;
  while (found < count && at + DATA_OFFSET <= end) {
    const packetEnd = at + LENGTH_BYTES + view.getUint32(at);
    const packetCount = view.getUint32(at + COUNT_OFFSET);
    const part =
      packetEnd < at + DATA_OFFSET || packetEnd > end
        ? null
        : unpackData(bytes, at + DATA_OFFSET, packetEnd, packetCount, subformat);
    if (part?.length !== packetCount || packetCount === 0) {
      badAt = at;
      break;
    }
    parts.push(part);
    found += packetCount;
    at = packetEnd;
  }
  const samples = new Int32Array(Math.min(found, Math.max(0, count)));
  let filled = 0;
  for (const part of parts) {
    const rest = part.subarray(0, samples.length - filled);
    samples.set(rest, filled);
    filled += rest.length;
  }
  return { samples, found, badAt, end: at };
}

function unpackData(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  subformat: "AUT" | "AU6" | "AU8",
): Int32Array {
  if (subformat === "AU6") return unpackCm6(bytes, start, end, count).samples;
  if (subformat === "AU8") return unpackCm8(bytes, start, end, count).samples;
  const view = new DataView(bytes.buffer, bytes.byteOffset, end);
  const samples = new Int32Array(Math.min(count, (end - start) >> 2));
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt32(start + 4 * i);
  return samples;
}
