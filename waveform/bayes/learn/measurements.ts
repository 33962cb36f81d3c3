/** How the measurements of associated arrivals scatter: times and amplitudes for each phase, directions for each kind of station. */
import { mean, median, scaledMad } from "@harken/core";
import { logAmplitudeOf } from "../../association/arrivalTable.ts";
import { TIME_RANGE_SEC } from "../laplace.ts";
import { kindOf } from "../network.ts";
import type { ByWave, LaplacePrior, StationKind } from "../priors.ts";
import { fitLaplace } from "./laplace.ts";
import type { LearnedArrival, Sample } from "./sample.ts";

/** Fewer arrivals of a phase than this teach nothing. */
const LEAST_COUNT = 15;
/** Station terms are drawn to zero as by this many arrivals of none. */
const SHRINK = 8;
/** Amplitudes teach without a bias where the event is this far above what the station detects, log10. */
const WELL_ABOVE = 0.4;
const LOG_SNR = 0.5;
const SPREAD_BOUNDS = [0.15, 0.6] as const;

export interface TimeFit {
  readonly byPhase: ReadonlyMap<string, LaplacePrior>;
  readonly byStation: ReadonlyMap<string, number>;
}

export function learnTimes({ associated }: Sample): TimeFit {
  // What is further off is another wave.
  const near = associated.filter(({ residualSec }) => Math.abs(residualSec) < TIME_RANGE_SEC / 2);
  const byPhase = new Map<string, LaplacePrior>();
  const rough = new Map<string, number>();
  for (const [phase, list] of Map.groupBy(near, ({ phase }) => phase))
    if (list.length >= LEAST_COUNT) rough.set(phase, median(list.map(({ residualSec }) => residualSec)));
  const byStation = new Map<string, number>();
  const first = near.filter(({ phase }) => phase === "P" || phase === "PKPdf" || phase === "Pn");
  for (const [code, list] of Map.groupBy(first, ({ station }) => station.code)) {
    const residuals = list.flatMap(({ phase, residualSec }) =>
      rough.has(phase) ? [residualSec - rough.get(phase)!] : [],
    );
    if (residuals.length > 0) byStation.set(code, (median(residuals) * residuals.length) / (residuals.length + SHRINK));
  }
  for (const [phase, list] of Map.groupBy(near, ({ phase }) => phase)) {
    if (list.length < LEAST_COUNT) continue;
    const residuals = list.map(({ residualSec, station, arrival }) => ({
      value: residualSec - (byStation.get(station.code) ?? 0),
      error: arrival.timeErrorSec,
    }));
    byPhase.set(
      phase,
      fitLaplace(residuals, TIME_RANGE_SEC, (scale, error) => Math.sqrt(scale * scale + 0.5 * error * error), false),
    );
  }
  return { byPhase, byStation };
}

export type DirectionFit = Readonly<Record<StationKind, ByWave<LaplacePrior>>>;

/** Without enough arrivals directions are taken as claimed, with a tenth of them wild. */
const UNKNOWN: LaplacePrior = { location: 0, scale: 1, wildShare: 0.1 };

export function learnDirections({ associated }: Sample, quantity: "azimuth" | "slowness", range: number): DirectionFit {
  const fit = (kind: StationKind, waves: string): LaplacePrior => {
    const residuals = associated
      .filter(({ station, wave }) => kindOf(station) === kind && waves.includes(wave))
      .map((learned) => residualOf(learned, quantity))
      .filter(({ value, error }) => Number.isFinite(value) && error > 0);
    return residuals.length < LEAST_COUNT ? UNKNOWN : fitLaplace(residuals, range, (scale, error) => scale * error);
  };
  const both = (kind: StationKind) => ({ P: fit(kind, "P"), S: fit(kind, "SL") });
  return { array: both("array"), single: both("single") };
}

function residualOf(
  { arrival, azimuthResidualDeg, slownessResidual }: LearnedArrival,
  quantity: "azimuth" | "slowness",
) {
  return quantity === "azimuth"
    ? { value: azimuthResidualDeg, error: arrival.azimuthErrorDeg ?? Number.NaN }
    : { value: slownessResidual, error: arrival.slownessErrorSecPerDeg ?? Number.NaN };
}

export interface AmplitudeFit {
  readonly byPhase: ReadonlyMap<string, { readonly mean: number; readonly spread: number }>;
  readonly byStation: ReadonlyMap<string, number>;
}

export function learnAmplitudes({ associated, noise }: Sample): AmplitudeFit {
  const byPhase = new Map<string, { mean: number; spread: number }>();
  const byStation = new Map<string, number>();
  const off = ({ stationMagnitude, event }: LearnedArrival) => stationMagnitude - (event.magnitude ?? Number.NaN);
  const measured = associated.filter((learned) => Number.isFinite(off(learned)));
  /** Of the phase's amplitude as it would be without the station's selection. */
  const unbiased = (list: readonly LearnedArrival[], usual: number) =>
    list.filter(({ event, stationMagnitude, arrival, station }) => {
      const term = stationMagnitude - logAmplitudeOf(arrival);
      return event.magnitude! + usual - term - (noise.get(station.code) ?? 0) - LOG_SNR > WELL_ABOVE;
    });
  for (const [phase, list] of Map.groupBy(measured, ({ phase }) => phase)) {
    if (list.length < LEAST_COUNT) continue;
    let usual = median(list.map(off));
    let used: readonly LearnedArrival[] = list;
    for (let round = 0; round < 3; round++) {
      const clear = unbiased(list, usual);
      if (clear.length < LEAST_COUNT) break;
      used = clear;
      usual = median(used.map(off));
    }
    const spread = Math.min(SPREAD_BOUNDS[1], Math.max(SPREAD_BOUNDS[0], scaledMad(used.map(off))));
    byPhase.set(phase, { mean: usual, spread });
  }
  const first = measured.filter(({ phase }) => phase === "P" || phase === "PKPdf");
  for (const [code, list] of Map.groupBy(first, ({ station }) => station.code)) {
    const residuals = list.flatMap((learned) => {
      const prior = byPhase.get(learned.phase);
      return prior ? unbiased([learned], prior.mean).map((clear) => off(clear) - prior.mean) : [];
    });
    if (residuals.length > 0) byStation.set(code, (mean(residuals) * residuals.length) / (residuals.length + SHRINK));
  }
  return { byPhase, byStation };
}
