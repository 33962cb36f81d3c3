/**
 * The energy calibration brought up to date from lines that every sample shows. The station's calibration may be weeks old; gain and zero drift with
 * temperature. Gain and zero are fitted to reference peaks, and used only within limits, beyond which something else is wrong (the IDC's processing
 * parameters, which start from the most recent prior calibration).
 */
import { median } from "@harken/core";
import type { EnergyCalibration } from "./calibration.ts";
import type { Peak } from "./peaks.ts";

export interface EnergyUpdateSettings {
  /** Largest change of gain, relative, and of zero, channels. */
  readonly maxGainShift: number;
  readonly maxZeroShiftChannels: number;
  /** Peaks smaller than this are not used. */
  readonly leastAreaCounts: number;
  readonly leastReferences: number;
  /** Positions of peaks are trusted to this, channels. */
  readonly positionErrorChannels: number;
  /** References further off the fit than this many standard deviations are left out. */
  readonly outlier: number;
}

export const defaultEnergyUpdateSettings: EnergyUpdateSettings = Object.freeze({
  maxGainShift: 0.001,
  maxZeroShiftChannels: 0.5,
  leastAreaCounts: 100,
  leastReferences: 4,
  positionErrorChannels: 0.1,
  outlier: 3,
});

/**
 * Lines that stand alone in air filters, keV (DDEP): Pb-212, Pb-214, Be-7, Tl-208, Bi-214, Bi-212, Ac-228, K-40. Annihilation is left out, being broad.
 */
export const referenceLinesKeV: readonly number[] = Object.freeze([
  238.632, 351.932, 477.6035, 583.187, 609.312, 727.33, 860.53, 911.196, 1120.294, 1460.822, 1620.738, 1764.491,
  2614.511,
]);

export interface ReferencePeak {
  readonly lineKeV: number;
  readonly channel: number;
  /** Line minus energy before and after the update, keV. */
  readonly beforeKeV: number;
  readonly afterKeV: number;
}

export interface EnergyUpdate {
  /** The updated calibration, or the one that was given when the update was not used. */
  readonly energy: EnergyCalibration;
  readonly used: boolean;
  /** Why it was not used; "" when it was. */
  readonly reason: string;
  /** Relative; positive when the old calibration gave too low energies. */
  readonly gainShift: number;
  readonly zeroShiftChannels: number;
  readonly references: readonly ReferencePeak[];
}

interface Match {
  readonly lineKeV: number;
  readonly channel: number;
  /** Where the old calibration expects the line, minus where it is. */
  readonly shift: number;
  readonly variance: number;
}

export function updateEnergy(
  peaks: readonly Peak[],
  energy: EnergyCalibration,
  settings: EnergyUpdateSettings = defaultEnergyUpdateSettings,
): EnergyUpdate {
  const keep = (reason: string, matches: readonly Match[], zero = 0, gain = 0): EnergyUpdate => ({
    energy,
    used: false,
    reason,
    gainShift: gain,
    zeroShiftChannels: zero,
    references: describe(matches, energy, energy),
  });
  let matches = matchReferences(peaks, energy, settings);
  if (matches.length < settings.leastReferences)
    return keep(`only ${matches.length} reference peaks were found`, matches);
  let fit = fitShift(matches);
  // The worst outlier goes first, since it pulls the line.
  while (matches.length > settings.leastReferences) {
    const off = matches.map((m) => Math.abs(m.shift - fit.zero - fit.gain * m.channel) / Math.sqrt(m.variance));
    const worst = off.indexOf(Math.max(...off));
    if (off[worst]! < settings.outlier) break;
    matches = matches.filter((_, i) => i !== worst);
    fit = fitShift(matches);
  }
  const { zero, gain } = fit;
  if (Math.abs(gain) > settings.maxGainShift)
    return keep(`the gain moved by ${(100 * gain).toFixed(3)} %, more than is allowed`, matches, zero, gain);
  if (Math.abs(zero) > settings.maxZeroShiftChannels)
    return keep(`the zero moved by ${zero.toFixed(2)} channels, more than is allowed`, matches, zero, gain);
  const updated: EnergyCalibration = {
    energyAt: (channel) => energy.energyAt(zero + (1 + gain) * channel),
    channelAt: (energyKeV) => (energy.channelAt(energyKeV) - zero) / (1 + gain),
  };
  return {
    energy: updated,
    used: true,
    reason: "",
    gainShift: gain,
    zeroShiftChannels: zero,
    references: describe(matches, energy, updated),
  };
}

const describe = (matches: readonly Match[], before: EnergyCalibration, after: EnergyCalibration): ReferencePeak[] =>
  matches.map(({ lineKeV, channel }) => ({
    lineKeV,
    channel,
    beforeKeV: lineKeV - before.energyAt(channel),
    afterKeV: lineKeV - after.energyAt(channel),
  }));

/** The strongest peak within reach of each line; reaches are narrowed about the median shift, so that neighbours are not mixed up. */
function matchReferences(
  peaks: readonly Peak[],
  energy: EnergyCalibration,
  { maxGainShift, maxZeroShiftChannels, leastAreaCounts, positionErrorChannels }: EnergyUpdateSettings,
): Match[] {
  const strong = peaks.filter(({ areaCounts }) => areaCounts >= leastAreaCounts);
  const found = referenceLinesKeV.flatMap((lineKeV): Match[] => {
    const expected = energy.channelAt(lineKeV);
    const reach = maxZeroShiftChannels + maxGainShift * expected;
    const near = strong.filter(({ channel }) => Math.abs(channel - expected) <= reach);
    if (near.length === 0) return [];
    const { channel, energyErrorKeV, energyKeV } = near.reduce((a, b) => (b.areaCounts > a.areaCounts ? b : a));
    const keVPerChannel = energy.energyAt(channel + 0.5) - energy.energyAt(channel - 0.5);
    if (!Number.isFinite(energyKeV)) return [];
    const variance = (energyErrorKeV / keVPerChannel) ** 2 + positionErrorChannels ** 2;
    return [{ lineKeV, channel, shift: expected - channel, variance }];
  });
  if (found.length === 0) return [];
  const relative = (m: Match) => m.shift / (maxZeroShiftChannels + maxGainShift * m.channel);
  const middle = median(found.map(relative));
  return found.filter((m) => Math.abs(relative(m) - middle) < 0.5);
}

/** shift = zero + gain channel, by weighted least squares. */
function fitShift(matches: readonly Match[]): { zero: number; gain: number } {
  let [s0, s1, s2, t0, t1] = [0, 0, 0, 0, 0];
  for (const { channel, shift, variance } of matches) {
    s0 += 1 / variance;
    s1 += channel / variance;
    s2 += channel ** 2 / variance;
    t0 += shift / variance;
    t1 += (channel * shift) / variance;
  }
  const determinant = s0 * s2 - s1 * s1;
  return { zero: (s2 * t0 - s1 * t1) / determinant, gain: (s0 * t1 - s1 * t0) / determinant };
}
