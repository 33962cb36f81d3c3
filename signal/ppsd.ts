/**
 * Probabilistic power spectral densities (McNamara and Buland 2004, doi:10.1785/012003001): spectra of hour-long stretches that overlap by
 * half, averaged over an octave every eighth of one, and how often each level occurred.
 *
 *     const spectra = planHourlySpectra(40, { response: (hz) => accelerationResponse(channel, hz) });
 *     const levels = spectra.levels(samples); // one row for each hour, dB
 */
import type { Complex } from "@harken/core";
import { planWelch } from "./psd.ts";

export interface HourlySpectraOptions {
  /** What the instrument does to the motion whose density is asked for; counts stay counts when not given. Null where it is not known. */
  readonly response?: (frequencyHz: number) => Complex | null;
  /** Length of a stretch, s. 3600 when not given. */
  readonly lengthSec?: number;
  /** Share by which stretches overlap. 0.5 when not given. */
  readonly overlap?: number;
}

export interface HourlySpectra {
  /** Centres of the period bins, s. */
  readonly periodsSec: Float64Array;
  /** Samples of a stretch, and from one to the next. */
  readonly length: number;
  readonly hop: number;
  /** dB relative to 1 unit^2/Hz in each bin, for each whole stretch of the samples. */
  levels(samples: Float64Array): Float64Array[];
}

const OCTAVES_WIDE = 1;
const STEPS_IN_AN_OCTAVE = 8;
/** Thirteen pieces that overlap by three quarters fill a stretch. */
const PIECES = 4;
const PIECE_OVERLAP = 0.75;
/** Cosine flanks, both together. */
const TAPER = 0.2;
/** Below this a density is no number of decibels. */
const LEAST = 1e-300;

/** The cosine taper of ObsPy's spectra: flanks that begin and end on their first and last sample. */
function flanks(length: number): Float64Array {
  const edge = Math.floor((length * TAPER) / 2 + 0.5);
  const window = new Float64Array(length).fill(1);
  for (let i = 0; i < edge; i++)
    window[i] = window[length - 1 - i] = 0.5 * (1 - Math.cos((Math.PI * i) / Math.max(1, edge - 1)));
  return window;
}

/** Throws RangeError for a stretch of fewer than 64 samples. */
export function planHourlySpectra(
  sampleRateHz: number,
  { response, lengthSec = 3600, overlap = 0.5 }: HourlySpectraOptions = {},
): HourlySpectra {
  const length = Math.floor(sampleRateHz * lengthSec);
  if (!(length >= 64 && length < 2 ** 27))
    throw new RangeError(`${lengthSec} s at ${sampleRateHz} Hz are no stretch for a spectrum`);
  if (!(overlap >= 0 && overlap < 1))
    throw new RangeError(`stretches overlap by a share of 0 to below 1, not ${overlap}`);
  const piece = 2 ** Math.floor(Math.log2(length / PIECES));
  const welch = planWelch(sampleRateHz, { segment: piece, overlap: PIECE_OVERLAP }, flanks(piece));
  const frequencies = welch.frequenciesHz;
  const gains = response && frequencies.map((hz) => gainOf(response, hz));
  const bins = periodBins(sampleRateHz, piece);
  return {
    periodsSec: Float64Array.from(bins, ({ centre }) => centre),
    length,
    hop: Math.max(1, Math.round(length * (1 - overlap))),
    levels(samples) {
      const rows: Float64Array[] = [];
      for (let from = 0; from + length <= samples.length; from += this.hop) {
        const density = welch.density(samples.subarray(from, from + length))!;
        for (let k = 0; k < density.length; k++)
          density[k] = 10 * Math.log10(Math.max(LEAST, gains ? density[k]! / gains[k]! : density[k]!));
        rows.push(Float64Array.from(bins, ({ first, last }) => meanOf(density, first, last)));
      }
      return rows;
    },
  };
}

function gainOf(response: (frequencyHz: number) => Complex | null, hz: number): number {
  if (hz === 0) return 1;
  const h = response(hz);
  return h ? Math.max(LEAST, h.re * h.re + h.im * h.im) : 1;
}

function meanOf(x: Float64Array, first: number, last: number): number {
  let sum = 0;
  for (let k = first; k <= last; k++) sum += x[k]!;
  return sum / (last - first + 1);
}

/**
 * Bins an octave wide, their centres an eighth apart from the shortest period on, with the values of the spectrum that fall into each. Every
 * eighth bin ends just at a period of the spectrum: edges and periods are computed step by step as ObsPy does, so that rounding decides alike.
 */
function periodBins(sampleRateHz: number, piece: number): { centre: number; first: number; last: number }[] {
  const resolution = 1 / (piece * (1 / sampleRateHz));
  const periodOf = (k: number) => 1 / (k * resolution);
  const [shortest, longest] = [periodOf(piece / 2), periodOf(1)];
  const width = 2 ** OCTAVES_WIDE;
  const bins: { centre: number; first: number; last: number }[] = [];
  let left = shortest / width ** 0.5;
  let centre = 0;
  for (; centre < longest; left *= 2 ** (1 / STEPS_IN_AN_OCTAVE)) {
    const right = left * width;
    centre = Math.sqrt(left * right);
    let first = Math.max(1, Math.floor(longest / right) - 1);
    while (periodOf(first) > right) first++;
    let last = Math.min(piece / 2, Math.ceil(longest / left) + 1);
    while (periodOf(last) < left) last--;
    bins.push({ centre, first, last });
  }
  return bins;
}

/** How often each level occurred in each period bin: counts by bin and by level, levels 1 dB wide from `lowestDb` on. */
export function levelHistogram(
  levels: readonly ArrayLike<number>[],
  lowestDb = -200,
  highestDb = -50,
): { readonly counts: readonly Uint32Array[]; readonly lowestDb: number } {
  const count = Math.max(0, Math.ceil(highestDb - lowestDb));
  const counts = Array.from({ length: levels[0]?.length ?? 0 }, () => new Uint32Array(count));
  for (const row of levels)
    counts.forEach((own, bin) => {
      const level = Math.floor(row[bin]! - lowestDb);
      if (level >= 0 && level < count) own[level]!++;
    });
  return { counts, lowestDb };
}
