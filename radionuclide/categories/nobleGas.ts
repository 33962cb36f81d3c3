/**
 * Levels of noble-gas samples by the station's own history: A no xenon detected, B detected within what the station shows, C above the station's
 * abnormal threshold. The threshold is the median of the last 365 days plus so many spreads of what lies above the median, isotope by isotope; the
 * IDC's own formula is not published, and the numbers are settings.
 *
 *     const { level, history } = categoriseNobleGas(time, isotopes, before);
 */
import { median } from "@harken/core";
import { type XenonIsotope, xenonIsotopes } from "../xenon/isotopes.ts";

export interface NobleGasSettings {
  readonly windowSec: number;
  /** Fewer samples say nothing of what is usual. */
  readonly leastSamples: number;
  /** Spreads above the median. */
  readonly abscissa: number;
}

export const defaultNobleGasSettings: NobleGasSettings = Object.freeze({
  windowSec: 365 * 86_400,
  leastSamples: 30,
  abscissa: 3,
});

/** A sample in a station's history: concentrations, mBq/m^3, detected or not. */
export interface NobleGasSample {
  readonly time: number;
  readonly concentrations: Readonly<Partial<Record<XenonIsotope, number>>>;
}

export type NobleGasHistory = readonly NobleGasSample[];

export type NobleGasLevel = "A" | "B" | "C";

export interface IsotopeLevel {
  readonly isotope: XenonIsotope;
  readonly level: NobleGasLevel;
  readonly concentration: number;
  /** Null while the history is too short. */
  readonly threshold: number | null;
  readonly reason: string;
}

export interface NobleGasCategory {
  readonly level: NobleGasLevel;
  readonly isotopes: readonly IsotopeLevel[];
  readonly reason: string;
  /** With this sample in it, for the next one. */
  readonly history: NobleGasHistory;
}

export interface DetectedConcentration {
  readonly detected: boolean;
  readonly concentrationMBqPerM3: number | null;
}

/** `history` holds samples before `time`; those older than the window are dropped. */
export function categoriseNobleGas(
  time: number,
  isotopes: Readonly<Partial<Record<XenonIsotope, DetectedConcentration>>>,
  history: NobleGasHistory,
  settings: NobleGasSettings = defaultNobleGasSettings,
): NobleGasCategory {
  const recent = history.filter((sample) => sample.time >= time - settings.windowSec && sample.time < time);
  const levels = xenonIsotopes.flatMap((isotope): IsotopeLevel[] => {
    const { detected, concentrationMBqPerM3: concentration } = isotopes[isotope] ?? {
      detected: false,
      concentrationMBqPerM3: null,
    };
    if (concentration === null) return [];
    const threshold = abnormalThreshold(recent, isotope, settings);
    const said = `${concentration.toPrecision(3)} mBq/m3`;
    if (!detected) return [{ isotope, level: "A", concentration, threshold, reason: "not detected" }];
    if (threshold === null)
      return [
        { isotope, level: "B", concentration, threshold, reason: `${said}; the history is too short for a threshold` },
      ];
    const level = concentration > threshold ? "C" : "B";
    const side = level === "C" ? "above" : "within";
    return [
      {
        isotope,
        level,
        concentration,
        threshold,
        reason: `${said}, ${side} the abnormal threshold of ${threshold.toPrecision(3)} mBq/m3`,
      },
    ];
  });
  const level = levels.some((one) => one.level === "C") ? "C" : levels.some((one) => one.level === "B") ? "B" : "A";
  const named = (of: NobleGasLevel) => levels.flatMap((one) => (one.level === of ? [one.isotope] : [])).join(", ");
  const concentrations = Object.fromEntries(levels.map(({ isotope, concentration }) => [isotope, concentration]));
  return {
    level,
    isotopes: levels,
    reason: {
      A: "No xenon isotope was detected",
      B: `Within the station's history: ${named("B")}`,
      C: `Above the station's abnormal threshold: ${named("C")}`,
    }[level],
    history: [...recent, { time, concentrations }],
  };
}

/** Median plus spreads; the spread is that of the upper half, since concentrations are skewed, as a standard deviation of the normal would be. */
export function abnormalThreshold(
  history: NobleGasHistory,
  isotope: XenonIsotope,
  { leastSamples, abscissa }: NobleGasSettings = defaultNobleGasSettings,
): number | null {
  const values = history.flatMap(({ concentrations }) => concentrations[isotope] ?? []);
  if (values.length < leastSamples) return null;
  const middle = median(values);
  const above = values.filter((value) => value >= middle).map((value) => value - middle);
  return middle + abscissa * NORMAL_MAD * median(above);
}

/** Standard deviation of a normal over the median of its deviations on one side. */
const NORMAL_MAD = 1.4826;
