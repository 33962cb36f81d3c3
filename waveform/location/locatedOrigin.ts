/** The result of a location as the bulletin has it: associations with residuals and weights, counts, gap, errors, remarks. */
import { type Association, azimuthGapDeg, distanceAzimuth } from "@harken/core";
import { originError } from "./originError.ts";
import type { LocatedOrigin, Reading } from "./reading.ts";
import type { Ruled } from "./residualRules.ts";
import { errorScale } from "./scaling.ts";
import type { HeldDepth, LocationSettings } from "./settings.ts";
import type { Problem } from "./solve.ts";
import {
  AZIMUTH,
  chiSquare,
  countOnes,
  type DefiningMask,
  QUANTITIES,
  type QuantityKind,
  SLOWNESS,
  type System,
  systemAt,
  TIME,
} from "./system.ts";

const quantityNames: Readonly<Record<QuantityKind, string>> = { 0: "time", 1: "azimuth", 2: "slowness" };
const quantityUnits: Readonly<Record<QuantityKind, string>> = { 0: "s", 1: "deg", 2: "s/deg" };

/** Sentences about single quantities, before the rest are only counted. */
const MOST_REMARKS = 12;

export function locatedOrigin(
  { readings, mask: asked, predictor }: Problem,
  { solution, mask }: Ruled,
  covariance: Float64Array,
  depth: HeldDepth | "free",
  settings: LocationSettings,
  remarks: readonly string[],
): LocatedOrigin {
  const { source } = solution.system;
  const system = systemAt(readings, mask, predictor, source, true);
  const unknowns = depth === "free" ? 4 : 3;
  const { confidence, priorWeight } = settings;
  const dataCount = countOnes(mask);
  const scale = errorScale(confidence, priorWeight, chiSquare(system, mask), dataCount, unknowns);
  const times = readings.flatMap((_, i) => (mask[QUANTITIES * i + TIME] ? [system.residual[QUANTITIES * i]!] : []));
  const squares = times.reduce((sum, residual) => sum + residual ** 2, 0);
  // CSS3.0: squares of the time residuals over their number less that of the unknowns; nothing to say without a surplus.
  const sdobs = times.length > unknowns ? Math.sqrt(squares / (times.length - unknowns)) : 0;
  const associations = readings.map((reading, i) => association(reading, i, system, mask));
  const defining = associations.filter((a) => a.timeDefining || a.azimuthDefining || a.slownessDefining);
  const azimuths = new Map(defining.map((a) => [a.station, a.eventStationAzimuthDeg]));
  return {
    time: source.time,
    latitudeDeg: source.latitudeDeg,
    longitudeDeg: source.longitudeDeg,
    depthKm: source.depthKm,
    depthType: depth === "free" ? "free" : depth.type,
    error: scale && originError(covariance, depth === "free", scale, confidence, sdobs),
    associations,
    definingCount: defining.length,
    stationCount: azimuths.size,
    azimuthGapDeg: azimuthGapDeg([...azimuths.values()]),
    rmsResidualSec: Math.sqrt(squares / times.length),
    remarks: [
      ...remarks,
      ...lostRemarks(readings, asked, mask, system, settings),
      ...(scale
        ? []
        : ["Without more data than unknowns the residuals say nothing of the errors; no ellipse is given."]),
    ],
  };
}

function association(reading: Reading, i: number, system: System, mask: DefiningMask): Association {
  const q = QUANTITIES * i;
  const { station } = reading;
  const { latitudeDeg, longitudeDeg } = system.source;
  const geometry = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
  const residual = (kind: QuantityKind) => {
    const value = system.residual[q + kind]!;
    return Number.isNaN(value) ? null : value;
  };
  return {
    arrivalKey: reading.arrivalKey,
    station: station.code,
    phase: reading.phase,
    deltaDeg: geometry.deltaDeg,
    stationEventAzimuthDeg: geometry.backAzimuthDeg,
    eventStationAzimuthDeg: geometry.azimuthDeg,
    timeResidualSec: residual(TIME),
    timeDefining: mask[q + TIME] === 1,
    azimuthResidualDeg: residual(AZIMUTH),
    azimuthDefining: mask[q + AZIMUTH] === 1,
    slownessResidualSecPerDeg: residual(SLOWNESS),
    slownessDefining: mask[q + SLOWNESS] === 1,
    weight: system.predictions[i] ? 1 / system.sigma[q + TIME]! : null,
  };
}

/** One sentence for each quantity that was asked for and does not define. */
function lostRemarks(
  readings: readonly Reading[],
  asked: DefiningMask,
  mask: DefiningMask,
  system: System,
  settings: LocationSettings,
): string[] {
  const said: string[] = [];
  for (let q = 0; q < asked.length; q++) {
    if (!asked[q] || mask[q]) continue;
    const kind = (q % QUANTITIES) as QuantityKind;
    const i = Math.floor(q / QUANTITIES);
    const { phase, station } = readings[i]!;
    const prediction = system.predictions[i];
    if (!prediction) continue;
    const name = `The ${quantityNames[kind]} of ${phase} at ${station.code} does not define`;
    if (prediction.outsideDeg > settings.maxExtrapolationDeg)
      said.push(`${name}: the phase does not exist at its distance.`);
    else {
      const size = Math.abs(system.residual[q]! / system.sigma[q]!);
      said.push(
        `${name}: its residual of ${system.residual[q]!.toFixed(1)} ${quantityUnits[kind]} is ${size.toFixed(1)} standard deviations.`,
      );
    }
  }
  const rest = said.length - MOST_REMARKS;
  return rest > 0 ? [...said.slice(0, MOST_REMARKS), `And ${rest} other quantities do not define.`] : said;
}
