/**
 * From estimated activities of the four isotopes to what is reported: in-growth taken off, detection, concentrations in air. The same for every kind
 * of noble-gas system.
 */
import type { PulseHeightData } from "@harken/core";
import { decayFactor } from "../decay/measurement.ts";
import { ingrowthFromXe133m } from "./ingrowth.ts";
import { decayPerSec, XENON_ML_PER_M3, type XenonIsotope, xenonIsotopes } from "./isotopes.ts";

export interface IsotopeResult {
  /** At the start of the measurement, Bq; negative by chance when nothing is there. */
  readonly activityBq: number;
  /** Counting statistics and the calibration's own errors together. */
  readonly activityErrorBq: number;
  readonly countingErrorBq: number;
  /** Decision limit and least detectable activity, Bq. */
  readonly criticalLevelBq: number;
  readonly detectableBq: number;
  readonly detected: boolean;
  /** In air, decay-corrected to a constant concentration over collection, mBq/m^3; null without a collection and xenon volume. */
  readonly concentrationMBqPerM3: number | null;
  readonly concentrationErrorMBqPerM3: number | null;
  readonly criticalLevelMBqPerM3: number | null;
  /** Minimum detectable concentration. */
  readonly mdcMBqPerM3: number | null;
}

export type XenonResults = Readonly<Record<XenonIsotope, IsotopeResult>>;

/** An activity as counting gives it, before in-growth. Bq at the start of the measurement. */
export interface ActivityEstimate {
  readonly value: number;
  readonly countingError: number;
  readonly criticalLevel: number;
  readonly detectable: number;
}

export interface XenonReport {
  readonly isotopes: XenonResults;
  /** Of the activities in the order of `xenonIsotopes`, Bq^2. */
  readonly covariance: readonly (readonly number[])[];
  readonly remarks: readonly string[];
}

/** An activity this many of its errors below zero is no chance. */
const IMPOSSIBLE_SIGMAS = 3;

/** `covariance` in the order of `xenonIsotopes`, counting and calibration together. */
export function xenonReport(
  { collection, acquisition, processing }: Pick<PulseHeightData, "collection" | "acquisition" | "processing">,
  estimates: Readonly<Record<XenonIsotope, ActivityEstimate>>,
  covariance: readonly (readonly number[])[],
): XenonReport {
  const remarks: string[] = [];
  const times = collection &&
    acquisition && {
      collectionSec: collection.stopTime - collection.startTime,
      waitSec: acquisition.startTime - collection.stopTime,
    };
  const metastable = estimates["Xe-133m"];
  const ingrowth = times && metastable.value > metastable.criticalLevel ? ingrowthFromXe133m(times) : 0;
  if (ingrowth > 0)
    remarks.push(
      `${(ingrowth * metastable.value).toPrecision(3)} Bq of Xe-133 grew in from Xe-133m since collection and are taken off`,
    );
  const corrected = withoutIngrowth(covariance, ingrowth);
  const volumeM3 = processing && processing.xenonVolumeMl > 0 ? processing.xenonVolumeMl / XENON_ML_PER_M3 : null;
  if (volumeM3 === null || !times) remarks.push("no concentration: the message gives no collection or no xenon volume");
  const isotopes = Object.fromEntries(
    xenonIsotopes.map((isotope, i) => {
      const e = estimates[isotope];
      const activityBq = e.value - (isotope === "Xe-133" ? ingrowth * metastable.value : 0);
      const activityErrorBq = Math.sqrt(Math.max(0, corrected[i]![i]!));
      // From becquerels at the start of counting to the sampled activity: decay during collection and waiting.
      const factor =
        times && volumeM3 !== null
          ? (1000 / volumeM3) * decayFactor({ lambdaPerSec: decayPerSec[isotope], ...times, acquisitionSec: 0 })
          : null;
      const scaled = (bq: number) => (factor === null ? null : bq * factor);
      if (activityBq < -IMPOSSIBLE_SIGMAS * activityErrorBq)
        remarks.push(
          `${isotope} is ${(-activityBq / activityErrorBq).toFixed(1)} standard errors below zero: what is taken off does not fit this measurement (region ratios or backgrounds)`,
        );
      const result: IsotopeResult = {
        activityBq,
        activityErrorBq,
        countingErrorBq: e.countingError,
        criticalLevelBq: e.criticalLevel,
        detectableBq: e.detectable,
        detected: activityBq > e.criticalLevel,
        concentrationMBqPerM3: scaled(activityBq),
        concentrationErrorMBqPerM3: scaled(activityErrorBq),
        criticalLevelMBqPerM3: scaled(e.criticalLevel),
        mdcMBqPerM3: scaled(e.detectable),
      };
      return [isotope, result];
    }),
  ) as Record<XenonIsotope, IsotopeResult>;
  return { isotopes, covariance: corrected, remarks };
}

const XE133 = xenonIsotopes.indexOf("Xe-133");
const XE133M = xenonIsotopes.indexOf("Xe-133m");

/** Covariance when `ingrowth` times Xe-133m is taken off Xe-133. */
function withoutIngrowth(covariance: readonly (readonly number[])[], ingrowth: number): number[][] {
  const at = (i: number, j: number) => covariance[i]![j]!;
  const row = (i: number, j: number) => at(i, j) - (i === XE133 ? ingrowth * at(XE133M, j) : 0);
  return xenonIsotopes.map((_, i) =>
    xenonIsotopes.map((_, j) => row(i, j) - (j === XE133 ? ingrowth * row(i, XE133M) : 0)),
  );
}
