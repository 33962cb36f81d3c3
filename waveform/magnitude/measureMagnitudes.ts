/**
 * Station and network magnitudes of one event from the amplitudes of its arrivals.
 *
 *     const { magnitudes, remarks } = measureMagnitudes({ associations, arrivals, depthKm });
 *
 * A network magnitude is the mean of the stations that define it, weighed by their variances; its uncertainty is the standard error, or for
 * one station the rule's sigma. Each magnitude that is missing though one would expect it leaves a remark.
 */
import {
  type Amplitude,
  type Arrival,
  type Association,
  median,
  type NetworkMagnitude,
  type StationMagnitude,
} from "@harken/core";
import { maximumLikelihood } from "./maximumLikelihood.ts";
import { networkMean, type StationValue } from "./networkMean.ts";
import { defaultMagnitudeSettings, type MagnitudeRule, type MagnitudeSettings } from "./rules.ts";

/** The least amplitude that would have been seen in its noise at a station that did not see the event. */
export interface NoiseAmplitude {
  readonly station: string;
  readonly deltaDeg: number;
  readonly amplitude: Amplitude;
}

export interface MagnitudeInput {
  readonly associations: readonly Association[];
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly depthKm: number;
  /** Without it there are no maximum-likelihood magnitudes. */
  readonly noise?: readonly NoiseAmplitude[];
}

export interface MeasuredMagnitudes {
  readonly magnitudes: readonly NetworkMagnitude[];
  readonly remarks: readonly string[];
}

export function measureMagnitudes(
  input: MagnitudeInput,
  settings: MagnitudeSettings = defaultMagnitudeSettings,
): MeasuredMagnitudes {
  const magnitudes: NetworkMagnitude[] = [];
  const remarks: string[] = [];
  for (const rule of settings.rules) {
    const stations = withoutOutliers(stationMagnitudes(input, rule), rule);
    const defining = stations.filter((station) => station.defining);
    if (defining.length === 0) {
      const why = absence(input, rule, stations);
      if (why !== null) remarks.push(`${rule.type} is not defined: ${why}.`);
      continue;
    }
    const { type } = rule;
    magnitudes.push({
      type,
      ...networkMean(valuesOf(defining), rule.stationSigma)!,
      stationCount: defining.length,
      stations,
    });
    const likelihood = likelihoodMagnitude(input, rule, defining);
    if (likelihood) magnitudes.push(likelihood);
  }
  return { magnitudes, remarks };
}

/** Periods are read to a tenth of a second. */
const PERIOD_TOLERANCE_SEC = 0.05;

interface Candidate {
  readonly association: Association;
  readonly arrival: Arrival;
  readonly amplitude: Amplitude;
}

/** One amplitude for each station, in the order of the associations. */
function candidates({ associations, arrivals }: MagnitudeInput, rule: MagnitudeRule): Candidate[] {
  const byStation = new Map<string, Candidate>();
  const firsts = new Map<string, number>();
  for (const association of associations) {
    const arrival = arrivals.get(association.arrivalKey);
    if (!arrival || !rule.phases.includes(association.phase)) continue;
    const { station } = association;
    firsts.set(station, Math.min(arrival.time, firsts.get(station) ?? Number.POSITIVE_INFINITY));
    for (const amplitude of arrival.amplitudes) {
      if (amplitude.type !== rule.amplitudeType || !(amplitude.amplitude > 0)) continue;
      const before = byStation.get(station);
      const better =
        !before ||
        (rule.choice === "first" && arrival.time < before.arrival.time) ||
        (rule.choice === "largest" && amplitude.amplitude > before.amplitude.amplitude);
      if (better) byStation.set(station, { association, arrival, amplitude });
    }
  }
  // A later P does not stand in for a first one that was not measured.
  return [...byStation.values()].filter(
    ({ arrival, association }) => rule.choice === "largest" || arrival.time === firsts.get(association.station),
  );
}

function stationMagnitudes(input: MagnitudeInput, rule: MagnitudeRule): StationMagnitude[] {
  return candidates(input, rule).flatMap(({ association, amplitude }) => {
    const { station, arrivalKey, deltaDeg } = association;
    const found = magnitudeOf(rule, station, amplitude, deltaDeg, input.depthKm);
    if (!found) return [];
    const { value, sigma: uncertainty } = found;
    const reason = objection(rule, amplitude, deltaDeg);
    return [{ type: rule.type, station, arrivalKey, deltaDeg, value, uncertainty, defining: reason === "", reason }];
  });
}

function magnitudeOf(
  rule: MagnitudeRule,
  station: string,
  amplitude: Amplitude,
  deltaDeg: number,
  depthKm: number,
): StationValue | null {
  const correction = rule.correction(deltaDeg, depthKm);
  const size = rule.dividedByPeriod ? amplitude.amplitude / amplitude.periodSec : amplitude.amplitude;
  if (correction === null || !(size > 0)) return null;
  const { term, sigma } = rule.stationTerm?.(station, deltaDeg) ?? { term: 0, sigma: rule.stationSigma };
  const value = Math.log10(size) + correction + term;
  return Number.isFinite(value) ? { value, sigma } : null;
}

/** Why a station's magnitude does not define the network's; "" when it does. */
function objection(rule: MagnitudeRule, { clipped, periodSec }: Amplitude, deltaDeg: number): string {
  if (clipped) return "the record is clipped";
  if (deltaDeg < rule.minDeltaDeg || deltaDeg > rule.maxDeltaDeg) {
    return `at ${deltaDeg.toFixed(1)} deg, outside ${rule.minDeltaDeg} to ${rule.maxDeltaDeg} deg`;
  }
  if (periodSec < rule.minPeriodSec - PERIOD_TOLERANCE_SEC || periodSec > rule.maxPeriodSec + PERIOD_TOLERANCE_SEC) {
    return `its period of ${periodSec.toFixed(1)} s is outside ${rule.minPeriodSec} to ${rule.maxPeriodSec} s`;
  }
  return "";
}

function withoutOutliers(stations: readonly StationMagnitude[], rule: MagnitudeRule): StationMagnitude[] {
  const values = stations.filter(({ defining }) => defining).map(({ value }) => value);
  if (values.length < rule.outlierStations) return [...stations];
  const middle = median(values);
  return stations.map((station) => {
    const off = station.value - middle;
    if (!station.defining || Math.abs(off) <= rule.outlierUnits) return station;
    const reason = `${Math.abs(off).toFixed(1)} units ${off > 0 ? "above" : "below"} the median of the network`;
    return { ...station, defining: false, reason };
  });
}

const valuesOf = (stations: readonly StationMagnitude[]): StationValue[] =>
  stations.map(({ value, uncertainty }) => ({ value, sigma: uncertainty }));

/** Null where no station's noise is known. */
function likelihoodMagnitude(
  { noise = [], depthKm }: MagnitudeInput,
  rule: MagnitudeRule,
  detections: readonly StationMagnitude[],
): NetworkMagnitude | null {
  if (!rule.likelihood) return null;
  const { type, noiseType, sigma: networkSigma } = rule.likelihood;
  const seen = new Set(detections.map(({ station }) => station));
  const levels = noise.flatMap(({ station, deltaDeg, amplitude }): StationMagnitude[] => {
    const outside = deltaDeg < rule.minDeltaDeg || deltaDeg > rule.maxDeltaDeg;
    if (amplitude.type !== noiseType || outside || seen.has(station)) return [];
    const found = magnitudeOf(rule, station, amplitude, deltaDeg, depthKm);
    if (!found) return [];
    const { value, sigma: uncertainty } = found;
    return [{ type, station, arrivalKey: null, deltaDeg, value, uncertainty, defining: true, reason: "" }];
  });
  const found = levels.length > 0 ? maximumLikelihood(valuesOf(detections), valuesOf(levels), networkSigma) : null;
  if (!found) return null;
  const stations = [...detections.map((station) => ({ ...station, type })), ...levels];
  return { type, ...found, stationCount: stations.length, stations };
}

/** Why a magnitude is missing; null when nobody would expect it. */
function absence(
  { associations }: MagnitudeInput,
  rule: MagnitudeRule,
  stations: readonly StationMagnitude[],
): string | null {
  const { minDeltaDeg, maxDeltaDeg, amplitudeName } = rule;
  const range = minDeltaDeg > 0 ? `between ${minDeltaDeg} and ${maxDeltaDeg} degrees` : `below ${maxDeltaDeg} degrees`;
  const deltas = associations.map(({ deltaDeg }) => deltaDeg);
  const inRange = associations.filter(({ deltaDeg }) => deltaDeg >= minDeltaDeg && deltaDeg <= maxDeltaDeg);
  if (inRange.length === 0) {
    if (deltas.length === 0 || minDeltaDeg === 0) return null;
    const [near, far] = [Math.min(...deltas), Math.max(...deltas)].map((delta) => delta.toFixed(1));
    return `no station ${range} (they are at ${near === far ? near : `${near} to ${far}`} degrees)`;
  }
  const refused = stations.find(({ deltaDeg }) => deltaDeg >= minDeltaDeg && deltaDeg <= maxDeltaDeg);
  return refused ? `at ${refused.station} ${refused.reason}` : `no station ${range} has ${amplitudeName}`;
}
