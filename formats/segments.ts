/**
 * From records to segments: pieces of one channel joined where one continues the other, ordered in time, without what came twice.
 *
 *     const { segments, problems } = mergeSegments(records);
 */
import { channelKey, type Problem, ProblemList, type Samples, type WaveformSegment } from "@harken/core";

/** A piece continues another when its first sample stands within this share of a sample interval of where the next one is due. */
const JOIN_TOLERANCE = 0.5;
/** Rates are one rate within this share. */
const RATE_TOLERANCE = 1e-4;

/**
 * Segments by channel, each channel's in order of time. Exact repetitions are dropped; where two pieces overlap the later one loses the
 * samples that are there already. Overlapping samples that differ are told as a problem, once for each channel.
 */
export function mergeSegments(pieces: readonly WaveformSegment[]): {
  segments: WaveformSegment[];
  problems: readonly Problem[];
} {
  const problems = new ProblemList();
  const channels = new Map<string, WaveformSegment[]>();
  for (const piece of pieces) {
    if (piece.samples.length === 0) continue;
    const key = `${channelKey(piece.channel)} ${kindOf(piece.samples)}`;
    const list = channels.get(key);
    if (list) list.push(piece);
    else channels.set(key, [piece]);
  }
  const segments: WaveformSegment[] = [];
  for (const [key, list] of channels) {
    list.sort((a, b) => a.startTime - b.startTime || b.samples.length - a.samples.length);
    let run: WaveformSegment[] = [];
    let runLength = 0;
    let conflicts = 0;
    const flush = () => {
      if (run.length > 0) segments.push(concatenate(run, runLength));
      run = [];
      runLength = 0;
    };
    for (const piece of list) {
      const first = run[0];
      if (!first) {
        run = [piece];
        runLength = piece.samples.length;
        continue;
      }
      const rate = first.sampleRateHz;
      // Where the piece begins, in samples from the run's start.
      const at = (piece.startTime - first.startTime) * rate;
      const sameRate = Math.abs(piece.sampleRateHz - rate) <= RATE_TOLERANCE * rate;
      if (!sameRate || at > runLength + JOIN_TOLERANCE) {
        flush();
        run = [piece];
        runLength = piece.samples.length;
        continue;
      }
      const overlap = runLength - Math.round(at);
      if (overlap > 0) conflicts += differing(run, Math.round(at), piece.samples, overlap);
      if (overlap >= piece.samples.length) continue;
      const rest = overlap > 0 ? { ...piece, samples: piece.samples.subarray(overlap) } : piece;
      run.push(rest);
      runLength += rest.samples.length;
    }
    flush();
    if (conflicts > 0)
      problems.warning(
        "waveform.overlap-conflict",
        `${key.split(" ")[0]} holds ${conflicts} samples twice with different values; the earlier ones were kept.`,
      );
  }
  return { segments, problems: problems.list() };
}

const kindOf = (samples: Samples) =>
  samples instanceof Int32Array ? "i" : samples instanceof Float32Array ? "f" : "d";

/** How many of the first `overlap` samples of a piece differ from the run's samples from `at` on. */
function differing(run: readonly WaveformSegment[], at: number, samples: Samples, overlap: number): number {
  let count = 0;
  let base = 0;
  for (const { samples: part } of run) {
    for (let i = Math.max(0, at - base); i < part.length; i++) {
      const k = base + i - at;
      if (k >= Math.min(overlap, samples.length)) break;
      if (part[i] !== samples[k]) count++;
    }
    base += part.length;
  }
  return count;
}

function concatenate(run: readonly WaveformSegment[], length: number): WaveformSegment {
  const first = run[0]!;
  if (run.length === 1) return first;
  const Kind = first.samples.constructor as new (n: number) => Samples;
  const samples = new Kind(length);
  let at = 0;
  for (const { samples: part } of run) {
    samples.set(part as never, at);
    at += part.length;
  }
  return { ...first, samples };
}
