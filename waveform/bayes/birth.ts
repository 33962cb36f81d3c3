/**
 * Where events may be born: every place of a global grid, and the depths at which the priors know events, is asked for the origin times at
 * which the arrivals speak for an event there. Each arrival is inverted to an origin time by the travel time of each quick phase, weighs by
 * its direction, strength and rarity, and counts once for each station; the silence of stations that should have heard counts against.
 */
import { RADIANS_PER_DEGREE } from "@harken/core";
import type { Place } from "./assess.ts";
import type { BirthCell, BirthGrid } from "./birthGrid.ts";
import type { ArrivalColumns } from "./columns.ts";
import { azimuthLog, directionsOf, slownessLog } from "./directions.ts";
import type { Model } from "./model.ts";
import { applies, modelPhases } from "./phases.ts";
import { layerOf } from "./priors.ts";
import { between, depthCell, STEP_DEG } from "./tables.ts";

export interface Candidate {
  readonly place: Place;
  readonly magnitude: number;
  readonly score: number;
}

/** The magnitude looked for is one that so many stations are about to see, and a little more. */
const REFERENCE_STATION = 2;
const ABOVE_REFERENCE = 0.1;
/** Density of a fitting amplitude, per log10 unit, where the magnitude is still open; and the spread of those too small. */
const LOG_OPEN_AMPLITUDE = Math.log(0.8);
const AMPLITUDE_SPREAD = 0.4;
/** Stations less likely than this to see the event are not asked, logit. */
const LEAST_LOGIT = -5;

/** A cell whose best origin time is below a candidate's log odds by more than this has no candidate in a later round either. */
const LATER_GAIN = 1;

/**
 * Candidates with origin times in [from, to), best first, none near a better one; and the cells that a later round need ask: what events take makes
 * the arrivals of the others dearer, so that a cell that is far from any candidate now remains so.
 */
export function candidatesIn(
  model: Model,
  { grid, deltaDeg, azimuthDeg, places, rows }: BirthGrid,
  columns: ArrivalColumns,
  owned: Float64Array,
  from: number,
  to: number,
  cells: readonly BirthCell[],
): { readonly candidates: Candidate[]; readonly promising: readonly BirthCell[] } {
  const { network, tables, phases, settings, seismicity, priors } = model;
  const { binSec, minCandidate, spacingDeg } = settings.birth;
  const n = network.stations.length;
  const bins = Math.ceil((to - from) / binSec);
  const sums = new Float32Array(bins);
  const own = new Float32Array(bins);
  const stamp = new Int32Array(bins);
  let stamped = 0;
  const threshold = new Float64Array(n);
  const logit = new Float64Array(n);
  const slope = new Float64Array(n);
  const found: { score: number; point: number; depthKm: number; bin: number; magnitude: number }[] = [];
  const beta = priors.seismicity.bValue * Math.LN10;
  const [firstOf, lastOf] = arrivalsBetween(columns, from, to + settings.lookAheadSec);
  const reporting = firstOf.reduce((count, first, s) => count + (lastOf[s]! > first ? 1 : 0), 0);
  if (reporting < settings.minStations) return { candidates: [], promising: [] };

  const directionsP = directionsOf(model, columns, owned, "P");
  const directionsS = directionsOf(model, columns, owned, "S");

  /** Whether the cell is near to having a candidate. */
  const ask = ({ point, depthKm }: BirthCell): boolean => {
    const { latitudeDeg, longitudeDeg } = places[point]!;
    const { node, share } = depthCell(depthKm);
    const rowsHere = rows.get(depthKm)!;
    for (let s = 0; s < n; s++) {
      threshold[s] = Number.POSITIVE_INFINITY;
      if (!columns.heard[s]) continue;
      const delta = deltaDeg[point * n + s]!;
      const column = Math.floor(delta / STEP_DEG);
      const phase =
        phases[rowsHere[column]!.find((p) => modelPhases[p]!.first && applies(modelPhases[p]!, delta, depthKm)) ?? -1];
      if (!phase) continue;
      const term = between(tables.magnitudeTerm, node, share, column, delta / STEP_DEG - column);
      slope[s] = phase.detection.slope;
      logit[s] = phase.logit[column]! - slope[s]! * (term + columns.noise[s]!) + network.priors[s]!.detection;
      threshold[s] = -logit[s]! / slope[s]!;
    }
    const reference = nthSmallest(threshold, REFERENCE_STATION) + ABOVE_REFERENCE;
    if (!Number.isFinite(reference)) return false;
    const magnitude = Math.max(priors.seismicity.minMagnitude, reference);
    sums.fill(0);
    let silence = 0;
    for (let s = 0; s < n; s++) {
      if (threshold[s] === Number.POSITIVE_INFINITY) continue;
      const z = logit[s]! + slope[s]! * magnitude;
      if (z > LEAST_LOGIT)
        silence -= Math.log1p((settings.maxDetection * Math.exp(z)) / (1 + (1 - settings.maxDetection) * Math.exp(z)));
      const [first, last] = [firstOf[s]!, lastOf[s]!];
      if (first === last) continue;
      const delta = deltaDeg[point * n + s]!;
      const azimuth = azimuthDeg[point * n + s]!;
      const column = Math.floor(delta / STEP_DEG);
      const f = delta / STEP_DEG - column;
      const term = between(tables.magnitudeTerm, node, share, column, f);
      for (const p of rowsHere[column]!) {
        const row = modelPhases[p]!;
        const phase = phases[p];
        if (!phase || !applies(row, delta, depthKm)) continue;
        const logit1 =
          phase.logit[column]! +
          phase.detection.slope * (magnitude - term - columns.noise[s]!) +
          network.priors[s]!.detection;
        // Log of the chance over that of a miss.
        const odds = Math.min(3, logit1);
        if (odds < LEAST_LOGIT) continue;
        const travel = between(tables.phases[p]!.timeSec, node, share, column, f);
        if (Number.isNaN(travel)) continue;
        const slowness = between(tables.phases[p]!.slownessSecPerDeg, node, share, column, f);
        const reach = 0.8 * Math.abs(slowness) * grid.radiusDeg + 1.5 * phase.time.scale;
        const blurDeg = (0.4 * spacingDeg) / Math.max(0.1, Math.sin(delta * RADIANS_PER_DEGREE));
        const open = odds - Math.log(2 * reach);
        const directions = row.wave === "P" ? directionsP : directionsS;
        const offset = term - phase.amplitude.mean - network.priors[s]!.magnitude;
        stamped++;
        for (let a = first; a < last; a++) {
          // Most arrivals are too common for any direction and strength to make up for it.
          if (open + directions.most[row.wave][a]! <= 0) continue;
          const at = columns.time[a]! - travel - from;
          const low = Math.max(0, Math.floor((at - reach) / binSec));
          const high = Math.min(bins - 1, Math.floor((at + reach) / binSec));
          if (low > high) continue;
          let w = open + columns.labelled[row.wave][a]! - columns.chance[a]! - owned[a]!;
          const size = columns.logAmplitude[a]! + offset - magnitude;
          if (!Number.isNaN(size))
            w += LOG_OPEN_AMPLITUDE - (size < -0.3 ? 0.5 * ((size + 0.3) / AMPLITUDE_SPREAD) ** 2 : 0);
          if (w + directions.azimuthPeak[a]! + directions.slownessPeak[a]! <= 0) continue;
          w += slownessLog(directions, a, Math.abs(columns.slownessSecPerDeg[a]! - Math.abs(slowness)));
          if (w + directions.azimuthPeak[a]! <= 0) continue;
          w += azimuthLog(directions, columns, a, slowness < 0 ? (azimuth + 180) % 360 : azimuth, blurDeg);
          if (w <= 0) continue;
          for (let b = low; b <= high; b++) {
            if (stamp[b] !== stamped) {
              stamp[b] = stamped;
              own[b] = w;
              sums[b]! += w;
            } else if (w > own[b]!) {
              sums[b]! += w - own[b]!;
              own[b] = w;
            }
          }
        }
      }
    }
    const cell = Math.log(spacingDeg * spacingDeg * binSec * 2);
    const base =
      seismicity.logRate(latitudeDeg, longitudeDeg, layerOf(depthKm)) +
      cell -
      beta * (magnitude - 0.2 - priors.seismicity.minMagnitude) +
      silence;
    const around = Math.ceil(settings.birth.sameSec / binSec / 2);
    let isNear = false;
    for (let b = 0; b < bins; b++) {
      const score = base + sums[b]!;
      isNear ||= score >= minCandidate - LATER_GAIN;
      if (score < minCandidate || !isPeak(sums, b, around)) continue;
      found.push({ score, point, depthKm, bin: b, magnitude });
    }
    return isNear;
  };

  const promising = cells.filter(ask);
  const candidates = found
    .map(
      ({ score, point, depthKm, bin, magnitude }): Candidate => ({
        ...{ score, magnitude },
        place: { ...places[point]!, depthKm, time: from + (bin + 0.5) * binSec },
      }),
    )
    .sort((a, b) => b.score - a.score || a.place.time - b.place.time || a.place.latitudeDeg - b.place.latitudeDeg);
  return { candidates: thinned(candidates, model), promising };
}

function arrivalsBetween({ first, time }: ArrivalColumns, from: number, to: number) {
  const n = first.length - 1;
  const [firstOf, lastOf] = [new Int32Array(n), new Int32Array(n)];
  for (let s = 0; s < n; s++) {
    let a = first[s]!;
    while (a < first[s + 1]! && time[a]! < from) a++;
    firstOf[s] = a;
    while (a < first[s + 1]! && time[a]! < to) a++;
    lastOf[s] = a;
  }
  return [firstOf, lastOf] as const;
}

function nthSmallest(values: Float64Array, nth: number): number {
  const least = new Array<number>(nth).fill(Number.POSITIVE_INFINITY);
  for (const value of values) {
    for (let k = 0; k < nth; k++) {
      if (value >= least[k]!) continue;
      least.splice(k, 0, value);
      least.pop();
      break;
    }
  }
  return least[nth - 1]!;
}

/** Whether bin `b` is the first of the highest within `around`. */
function isPeak(sums: Float32Array, b: number, around: number): boolean {
  for (let k = Math.max(0, b - around); k <= Math.min(sums.length - 1, b + around); k++)
    if (sums[k]! > sums[b]! || (k < b && sums[k] === sums[b])) return false;
  return true;
}

function thinned(sorted: readonly Candidate[], { settings }: Model): Candidate[] {
  const { sameDeg, sameSec, maxCandidates } = settings.birth;
  const near = Math.cos(sameDeg * RADIANS_PER_DEGREE);
  const kept: Candidate[] = [];
  // Those kept, by depth and by stretches of the time within which two count as one.
  const buckets = new Map<
    string,
    { readonly time: number; readonly x: number; readonly y: number; readonly z: number }[]
  >();
  for (const candidate of sorted) {
    const { latitudeDeg, longitudeDeg, time, depthKm } = candidate.place;
    const [p, l] = [latitudeDeg * RADIANS_PER_DEGREE, longitudeDeg * RADIANS_PER_DEGREE];
    const [x, y, z] = [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
    const bucket = Math.floor(time / sameSec);
    const taken = [bucket - 1, bucket, bucket + 1].some((b) =>
      buckets
        .get(`${depthKm} ${b}`)
        ?.some((other) => Math.abs(other.time - time) < sameSec && other.x * x + other.y * y + other.z * z > near),
    );
    if (taken) continue;
    const own = buckets.get(`${depthKm} ${bucket}`);
    if (own) own.push({ time, x, y, z });
    else buckets.set(`${depthKm} ${bucket}`, [{ time, x, y, z }]);
    kept.push(candidate);
    if (kept.length >= maxCandidates) break;
  }
  return kept;
}
