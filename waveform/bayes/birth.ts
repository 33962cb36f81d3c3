/**
 * Where events may be born: every place of a global grid, and the depths at which the priors know events, is asked for the origin times at
 * which the arrivals speak for an event there. Each arrival is inverted to an origin time by the travel time of each quick phase, weighs by
 * its direction, strength and rarity, and counts once for each station; the silence of stations that should have heard counts against.
 */
import { RADIANS_PER_DEGREE } from "@harken/core";
import { type EvenGrid, geometryOf, globalGrid, positionOf } from "../association/grid.ts";
import { softplus } from "../association/softplus.ts";
import type { Place } from "./assess.ts";
import type { ArrivalColumns } from "./columns.ts";
import { AZIMUTH_RANGE_DEG, logLaplace, SLOWNESS_RANGE } from "./laplace.ts";
import type { Model } from "./model.ts";
import { applies, modelPhases, type Wave } from "./phases.ts";
import { type LaplacePrior, layerOf } from "./priors.ts";
import { between, COLUMNS, depthCell, STEP_DEG } from "./tables.ts";

export interface Candidate {
  readonly place: Place;
  readonly magnitude: number;
  readonly score: number;
}

/** A place of the grid with a depth. */
export interface BirthCell {
  readonly point: number;
  readonly depthKm: number;
}

export interface BirthGrid {
  /** By depth: for each column of distance the quick phases that may apply in it, as rows of `modelPhases`. */
  readonly rows: ReadonlyMap<number, readonly (readonly number[])[]>;
  /** All that may be asked. */
  readonly cells: readonly BirthCell[];
  readonly grid: EvenGrid;
  readonly deltaDeg: Float32Array;
  readonly azimuthDeg: Float32Array;
  readonly places: readonly { readonly latitudeDeg: number; readonly longitudeDeg: number }[];
}

/** Depths of the search: everywhere, and where the priors know events in that layer, km. */
const EVERYWHERE_KM = 10;
const KNOWN_DEPTHS_KM = [80, 210, 420, 580] as const;
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

export function birthGridOf({ network, settings, seismicity }: Model): BirthGrid {
  const grid = globalGrid(settings.birth.spacingDeg);
  const { deltaDeg, azimuthDeg } = geometryOf(grid, network.stations);
  const places = Array.from({ length: grid.count }, (_, i) => positionOf(grid, i));
  const cells = places.flatMap(({ latitudeDeg, longitudeDeg }, point): BirthCell[] => {
    const active = KNOWN_DEPTHS_KM.filter((km) => seismicity.isActive(latitudeDeg, longitudeDeg, layerOf(km)));
    return [EVERYWHERE_KM, ...active].map((depthKm) => ({ point, depthKm }));
  });
  const rows = new Map([EVERYWHERE_KM, ...KNOWN_DEPTHS_KM].map((depthKm) => [depthKm, rowsByColumn(depthKm)]));
  return { rows, cells, grid, deltaDeg, azimuthDeg, places };
}

function rowsByColumn(depthKm: number): number[][] {
  return Array.from({ length: COLUMNS }, (_, column) => {
    const [low, high] = [column * STEP_DEG, (column + 1) * STEP_DEG];
    return modelPhases.flatMap((row, p) =>
      row.quick && applies(row, Math.min(high, Math.max(low, row.minDeltaDeg)), depthKm) ? [p] : [],
    );
  });
}

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

/** What the densities of direction of each arrival are made of, for one wave; all 0 where nothing was measured. */
interface Directions {
  readonly azimuth: readonly LaplacePrior[];
  readonly azimuthScaleDeg: Float64Array;
  /** Log density at the centre, no error of the place. */
  readonly azimuthPeak: Float64Array;
  readonly slownessPeak: Float64Array;
  /** Log density of wild slownesses, the log by which the peak is above it, and one over the scale. */
  readonly slownessFloor: Float64Array;
  readonly slownessRise: Float64Array;
  readonly slownessFall: Float64Array;
  /** By wave: what an arrival may be worth at the most, but for its amplitude and the chance of a detection. */
  readonly most: Readonly<Record<Wave, Float64Array>>;
}

/** Slownesses differ by this within a cell, s/deg. */
const SLOWNESS_BLUR = 0.1;
const LEAST_WILD_SHARE = 1e-6;

function directionsOf({ network }: Model, columns: ArrivalColumns, owned: Float64Array, wave: "P" | "S"): Directions {
  const n = columns.time.length;
  const column = () => new Float64Array(n);
  const directions = {
    azimuth: Array.from(columns.stationOf, (s) => network.kinds[s]!.azimuth[wave]),
    ...{ azimuthScaleDeg: column(), azimuthPeak: column(), slownessPeak: column() },
    ...{ slownessFloor: column(), slownessRise: column(), slownessFall: column() },
    most: { P: column(), S: column(), L: column() },
  };
  for (let a = 0; a < n; a++) {
    const { azimuth, slowness } = network.kinds[columns.stationOf[a]!]!;
    if (!Number.isNaN(columns.azimuthDeg[a]!)) {
      const scale = azimuth[wave].scale * columns.azimuthErrorDeg[a]!;
      directions.azimuthScaleDeg[a] = scale;
      directions.azimuthPeak[a] = logLaplace(0, scale, azimuth[wave], AZIMUTH_RANGE_DEG);
    }
    if (!Number.isNaN(columns.slownessSecPerDeg[a]!)) {
      const prior = slowness[wave];
      const scale = prior.scale * columns.slownessErrorSecPerDeg[a]! + SLOWNESS_BLUR;
      const floor = Math.log(Math.max(LEAST_WILD_SHARE, prior.wildShare) / SLOWNESS_RANGE);
      directions.slownessPeak[a] = logLaplace(0, scale, prior, SLOWNESS_RANGE);
      directions.slownessFloor[a] = floor;
      directions.slownessRise[a] = Math.log((1 - prior.wildShare) / (2 * scale)) - floor;
      directions.slownessFall[a] = 1 / scale;
    }
    const peak = directions.azimuthPeak[a]! + directions.slownessPeak[a]! - columns.chance[a]! - owned[a]!;
    for (const name of ["P", "S", "L"] as const) directions.most[name][a] = peak + columns.labelled[name][a]!;
  }
  return directions;
}

/** Log density of an arrival's slowness that is `off` that of the wave; the same as `logLaplace`, from a table. */
function slownessLog({ slownessFloor, slownessRise, slownessFall }: Directions, a: number, off: number): number {
  if (Number.isNaN(off)) return 0;
  return slownessFloor[a]! + softplus(slownessRise[a]! - off * slownessFall[a]!);
}

/** Log density of an arrival's azimuth for a wave from the cell. */
function azimuthLog(
  { azimuth, azimuthScaleDeg }: Directions,
  { azimuthDeg }: ArrivalColumns,
  a: number,
  fromDeg: number,
  blurDeg: number,
): number {
  if (Number.isNaN(azimuthDeg[a]!)) return 0;
  let off = Math.abs(azimuthDeg[a]! - fromDeg);
  if (off > 180) off = 360 - off;
  return logLaplace(off, azimuthScaleDeg[a]! + blurDeg, azimuth[a]!, AZIMUTH_RANGE_DEG);
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
