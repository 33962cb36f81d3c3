/**
 * What detections look like that belong to no event: directions by the station's habits, amplitudes by how far they stand above its noise,
 * and in the coda of a strong signal more of them, from near its direction (NET-VISA's false and coda arrivals).
 */
import type { ArrivalColumns } from "./columns.ts";
import { HABIT_SECTORS, habitEdgesSecPerDeg, type KindPrior, type StationPrior } from "./priors.ts";

export const AMPLITUDE_BIN = 0.1;
/** Coda detections may be stronger than what they follow by so much, log10: where the bins of their amplitudes begin. */
export const CODA_ABOVE = 1;
export const SLOWNESS_BIN = 2;
/** Even share of the habits, so that no direction is impossible. */
const EVEN = 0.1;

export const habitRange = (slowness: number) => habitEdgesSecPerDeg.findIndex((edge) => slowness < edge);
export const habitSector = (azimuthDeg: number) =>
  Math.min(HABIT_SECTORS - 1, Math.max(0, Math.floor((azimuthDeg / 360) * HABIT_SECTORS)));

/** Density of amplitudes of chance detections, per log10 unit; a little for those that were not seen in learning. */
export function shareOfAmplitude({ falseAmplitude }: KindPrior, above: number): number {
  return shareAt(falseAmplitude, above);
}

/** Density at a value of shares of bins of `AMPLITUDE_BIN` from 0 on; the ends stand for what is beyond them. */
function shareAt(shares: readonly number[], value: number): number {
  const bin = Math.min(shares.length - 1, Math.max(0, Math.floor(value / AMPLITUDE_BIN)));
  return shares[bin]! / AMPLITUDE_BIN;
}

/** Density of an arrival's direction as a chance detection: per deg and s/deg as far as they were measured. */
export function chanceDensities(columns: ArrivalColumns, a: number, kind: KindPrior, station: StationPrior): number {
  const azimuth = columns.azimuthDeg[a]!;
  const slowness = columns.slownessSecPerDeg[a]!;
  const { falseSlowness } = kind;
  const bin = Math.min(falseSlowness.length - 1, Math.floor(slowness / SLOWNESS_BIN));
  const bySlowness = Number.isNaN(slowness) ? 1 : falseSlowness[bin]! / SLOWNESS_BIN;
  if (Number.isNaN(azimuth)) return bySlowness;
  let byAzimuth = 1 / 360;
  if (station.habits.length > 0 && !Number.isNaN(slowness)) {
    // The habit is of the azimuth, given the range of slowness.
    const at = habitRange(slowness) * HABIT_SECTORS;
    let total = 0;
    for (let i = 0; i < HABIT_SECTORS; i++) total += station.habits[at + i]!;
    const share = total > 0 ? station.habits[at + habitSector(azimuth)]! / total : 1 / HABIT_SECTORS;
    byAzimuth = (EVEN / HABIT_SECTORS + (1 - EVEN) * share) * (HABIT_SECTORS / 360);
  }
  return bySlowness * byAzimuth;
}

const CODA_LENGTHS = 5;
/** Share of a coda's detections that come from anywhere. */
const CODA_WILD = 0.3;
const WIDEST_SLOWNESS = 30;

/** Rate of coda detections like arrival `a`, per s and unit of what was measured: direction, and log10 of the amplitude. */
export function codaDensity(columns: ArrivalColumns, a: number, s: number, { coda }: KindPrior): number {
  const { first, time, arrivals, azimuthDeg, slownessSecPerDeg, logAmplitude } = columns;
  const { perLogSnr, snr0, decaySec, below } = coda;
  let sum = 0;
  for (let b = a - 1; b >= first[s]! && time[a]! - time[b]! < CODA_LENGTHS * decaySec; b--) {
    const snr = arrivals[b]!.snr ?? 0;
    if (snr <= snr0) continue;
    const rate = ((perLogSnr * Math.log(snr / snr0)) / decaySec) * Math.exp((time[b]! - time[a]!) / decaySec);
    const azimuth = near(azimuthDeg[a]!, azimuthDeg[b]!, coda.azimuthDeg, 360, true);
    const slowness = near(slownessSecPerDeg[a]!, slownessSecPerDeg[b]!, coda.slownessSecPerDeg, WIDEST_SLOWNESS, false);
    const drop = logAmplitude[b]! - logAmplitude[a]! + CODA_ABOVE;
    sum += rate * azimuth * slowness * (Number.isNaN(drop) ? 1 : shareAt(below, drop));
  }
  return sum;
}

function near(value: number, centre: number, scale: number, range: number, isAzimuth: boolean): number {
  if (Number.isNaN(value)) return 1;
  if (Number.isNaN(centre)) return 1 / range;
  let off = Math.abs(value - centre);
  if (isAzimuth && off > 180) off = 360 - off;
  return CODA_WILD / range + ((1 - CODA_WILD) * Math.exp(-off / scale)) / (2 * scale);
}
