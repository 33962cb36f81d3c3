/**
 * Detection on a deck of beams in one go: each beam is formed by whole-sample delays, rectified, summed over bins, and its STA/LTA taken; of
 * all beams the largest ratio of each bin is kept, and which beam had it; and the ratio of the incoherent beam. Many thousands of beams a day
 * pass through here, so it is a kernel.
 *
 *     const { best, from } = strongestOfDeck(filtered, delays, { bin: 4, count, sampleRateHz: 10, windows, bad });
 */
import { openKernel } from "@harken/core";
import { wasmBase64 } from "./kernels/deck.wasm.ts";
import { backgroundCounts, type StaLtaWindows, windowSamples } from "./staLta.ts";

export interface DeckOptions {
  /** Samples of a bin, and bins. */
  readonly bin: number;
  readonly count: number;
  /** Bins in a second. */
  readonly sampleRateHz: number;
  readonly windows: StaLtaWindows;
  /** 1 at bins that count in no average. */
  readonly bad: Uint8Array;
}

export interface DeckRatios {
  /** Largest ratio of each bin; 0 where there is no background to compare with. */
  readonly best: Float64Array;
  /** Index of the beam that has it; of beams that are equal, the first. */
  readonly from: Int32Array;
}

export interface Deck extends DeckRatios {
  /** The ratio of the mean of the rectified traces, without delays. */
  readonly incoherent: Float64Array;
}

const kernel = openKernel<{
  heap(): number;
  narrow(from: number, to: number, count: number): void;
  levels(...args: number[]): void;
  strongest(...args: number[]): void;
}>(wasmBase64);

/** Samples that one step of the kernel works on. */
const BLOCK = 16;
/** Samples that are brought to f32 at once. */
const PIECE = 4096;
/** Bytes of traces that are worked on for all beams before the next: they stay in the second cache. */
const CHUNK_BYTES = 400_000;

/** Traces of one length, at least bin x count samples; `delays` has for each beam a whole number of samples for each trace, taken at i + delay. */
export function strongestOfDeck(
  traces: readonly Float64Array[],
  delays: readonly (readonly number[])[],
  { bin, count, sampleRateHz, windows, bad }: DeckOptions,
): Deck {
  const elements = traces.length;
  const length = bin * count;
  if (elements === 0 || count === 0)
    return { best: new Float64Array(count), from: new Int32Array(count), incoherent: new Float64Array(count) };
  const { sta, lta, gap, least, recent, share } = windowSamples(windows, sampleRateHz);
  const streams = delays.length + 1;
  const margin = delays.reduce((most, own) => own.reduce((m, d) => Math.max(m, Math.abs(d)), most), 0);
  const stride = BLOCK * Math.ceil((length + 2 * margin + BLOCK) / BLOCK);
  const before = gap + lta;
  const row = 4 * Math.ceil((count + 4) / 4);
  const { exports, memory } = kernel;
  const [data, places, line, levels, sums, weight, best, from, wide] = memory.reserveAll([
    4 * elements * stride,
    4 * elements * streams,
    4 * (length + BLOCK),
    4 * row * streams,
    8 * (before + row),
    8 * row,
    8 * row,
    8 * row,
    8 * PIECE,
  ]);
  const [f32, f64, i32] = [memory.f32(), memory.f64(), memory.i32()];
  traces.forEach((trace, j) => {
    const at = data / 4 + j * stride;
    const given = Math.min(trace.length, length + margin);
    f32.fill(0, at, at + margin);
    for (let done = 0; done < given; done += PIECE) {
      const piece = trace.subarray(done, Math.min(given, done + PIECE));
      f64.set(piece, wide / 8);
      exports.narrow(wide, 4 * (at + margin + done), piece.length);
    }
    f32.fill(0, at + margin + given, at + stride);
  });
  const chunk = Math.max(1, Math.floor(CHUNK_BYTES / (4 * elements * bin * BLOCK))) * BLOCK;
  // Where each beam begins in each trace; behind the beams, the traces without delays.
  for (let beam = 0; beam < streams; beam++) {
    const own = delays[beam];
    for (let j = 0; j < elements; j++)
      i32[places / 4 + beam * elements + j] = data + 4 * (j * stride + margin + (own ? own[j]! : 0));
  }
  for (let first = 0; first < count; first += chunk) {
    const bins = Math.min(chunk, count - first);
    for (let beam = 0; beam < streams; beam++)
      exports.levels(
        places + 4 * beam * elements,
        4 * first * bin,
        elements,
        1 / elements,
        beam === delays.length ? 1 : 0,
        bin,
        bins,
        line,
        levels + 4 * (beam * row + first),
      );
  }
  f64.fill(0, sums / 8, sums / 8 + before);
  f64.fill(0, best / 8, best / 8 + row);
  f64.set(weightsOf(backgroundCounts(bad, sta, lta, gap, least)), weight / 8);
  f64.fill(0, weight / 8 + count, weight / 8 + row);
  const masked: number[] = [];
  for (let i = 0; i < count; i++) if (bad[i]) masked.push(i);
  const raise = (beam: number) => {
    const level = levels + 4 * beam * row;
    for (const i of masked) f32[level / 4 + i] = 0;
    exports.strongest(level, count, sums, before, weight, sta, lta, gap, recent, share, best, from, beam);
  };
  const ratios = () => f64.slice(best / 8, best / 8 + count);
  raise(delays.length);
  const incoherent = ratios();
  if (delays.length === 0) return { best: new Float64Array(count), from: new Int32Array(count), incoherent };
  f64.fill(0, best / 8, best / 8 + row);
  i32.fill(0, from / 4, from / 4 + 2 * row);
  for (let beam = 0; beam < delays.length; beam++) raise(beam);
  const index = new Int32Array(count);
  for (let i = 0; i < count; i++) index[i] = i32[from / 4 + 2 * i]!;
  return { best: ratios(), from: index, incoherent };
}

/** One over each count, 0 for 0. Counts stay the same for long. */
function weightsOf(counts: Uint32Array): Float64Array {
  const weights = new Float64Array(counts.length);
  let [last, weight] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (count !== last) [last, weight] = [count, count > 0 ? 1 / count : 0];
    weights[i] = weight;
  }
  return weights;
}
