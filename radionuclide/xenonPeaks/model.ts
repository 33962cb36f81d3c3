/**
 * What each xenon isotope gives a high-resolution gamma spectrum: counts per becquerel in the channels of four windows, beside a continuum and the lines
 * that radon's daughters and the shield's lead put among them. Everything is linear, so that one least-squares solution has all covariances.
 */
import { normalCdf, type PulseHeightSpectrum } from "@harken/core";
import { decaysPerBq } from "../betaGamma/response.ts";
import { nuclide } from "../nuclides/nuclides.ts";
import type { GammaCalibration } from "../particulate/calibration.ts";
import { decayPerSec, xenonIsotopes } from "../xenon/isotopes.ts";

interface Window {
  readonly fromKeV: number;
  readonly toKeV: number;
  /** Degree of the continuum under the lines. */
  readonly degree: number;
  /** Lines of others, each with an area of its own. */
  readonly othersKeV: readonly number[];
}

/**
 * The X-rays at 30 keV, Xe-133 at 81 keV among the K X-rays of lead and bismuth, Xe-131m at 164 keV, Xe-133m at 233 and Xe-135 at 250 keV about Pb-212 and
 * Pb-214.
 */
const windows: readonly Window[] = [
  { fromKeV: 25, toKeV: 40, degree: 2, othersKeV: [] },
  { fromKeV: 68, toKeV: 94, degree: 2, othersKeV: [72.81, 74.92, 77.11, 84.87, 87.34, 89.8] },
  { fromKeV: 154, toKeV: 174, degree: 1, othersKeV: [] },
  { fromKeV: 222, toKeV: 262, degree: 1, othersKeV: [238.632, 241.995, 258.87] },
];

export interface XenonModel {
  /** Index in the spectrum's counts of each row. */
  readonly channels: Int32Array;
  readonly columns: number;
  /** Row-major: the four isotopes in the order of `xenonIsotopes`, then what is in nobody's interest. */
  readonly design: Float64Array;
}

export interface Durations {
  readonly realSec: number;
  readonly liveSec: number;
}

/** Null when a window does not lie in the spectrum. */
export function xenonModel(
  { counts, firstChannel }: PulseHeightSpectrum,
  { energy, resolution, efficiency }: GammaCalibration,
  durations: Durations,
): XenonModel | null {
  const rows = windows.map(({ fromKeV, toKeV }) => {
    const first = Math.ceil(energy.channelAt(fromKeV)) - firstChannel;
    const last = Math.floor(energy.channelAt(toKeV)) - firstChannel;
    return { first, length: last - first + 1 };
  });
  if (
    rows.some(
      ({ first, length }, i) => first < 0 || first + length > counts.length || length < 3 * windows[i]!.degree + 6,
    )
  )
    return null;
  const columns = xenonIsotopes.length + windows.reduce((sum, w) => sum + w.degree + 1 + w.othersKeV.length, 0);
  const channels = Int32Array.from(rows.flatMap(({ first, length }) => Array.from({ length }, (_, i) => first + i)));
  const design = new Float64Array(channels.length * columns);
  const shape = (channel: number, energyKeV: number) => {
    const sigma = resolution(energyKeV) / 2.354820045;
    const [low, high] = [energy.energyAt(channel - 0.5), energy.energyAt(channel + 0.5)];
    return normalBetween((low - energyKeV) / sigma, (high - energyKeV) / sigma);
  };
  let [row, column] = [0, xenonIsotopes.length];
  windows.forEach(({ fromKeV, toKeV, degree, othersKeV }, w) => {
    for (let i = 0; i < rows[w]!.length; i++, row++) {
      const channel = channels[row]! + firstChannel;
      const put = (at: number, value: number) => {
        design[row * columns + at] = value;
      };
      xenonIsotopes.forEach((isotope, k) => {
        const { gamma, xray } = nuclide(isotope)!;
        let sum = 0;
        for (const { energyKeV, intensity } of [...gamma, ...xray])
          if (energyKeV > fromKeV - REACH_KEV && energyKeV < toKeV + REACH_KEV)
            sum += intensity * efficiency.at(energyKeV) * shape(channel, energyKeV);
        put(k, sum * decaysPerBq(decayPerSec[isotope], durations));
      });
      const t = (2 * i) / (rows[w]!.length - 1) - 1;
      for (let power = 0; power <= degree; power++) put(column + power, t ** power);
      othersKeV.forEach((energyKeV, o) => {
        put(column + degree + 1 + o, shape(channel, energyKeV));
      });
    }
    column += degree + 1 + othersKeV.length;
  });
  return { channels, columns, design };
}

/** Lines so far outside of a window leave nothing in it. */
const REACH_KEV = 8;

/** Probability of a standard normal between two bounds. */
function normalBetween(low: number, high: number): number {
  return normalCdf(high) - normalCdf(low);
}
