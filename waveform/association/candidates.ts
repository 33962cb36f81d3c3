/**
 * Candidates: every point of the global grid and every depth layer is asked for the origin times at which the arrivals speak for an event,
 * and of neighbouring places and times the best is kept.
 */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE } from "@harken/core";
import type { ArrivalTable } from "./arrivalTable.ts";
import { type Geometry, type GlobalGrid, geometryOf, gridAround, type Places } from "./grid.ts";
import { logSeismicity } from "./seismicity.ts";
import type { AssociatorSettings } from "./settings.ts";
import type { Outlook, Stacker } from "./stack.ts";
import type { TravelTimeGrid } from "./travelTimeGrid.ts";

export interface Candidate {
  readonly place: readonly [x: number, y: number, z: number];
  readonly depthKm: number;
  readonly time: number;
  /** Log odds of an event in the cell against none. */
  readonly score: number;
  readonly magnitude: number;
}

/** The longest that a first P wave travels, s. */
const LONGEST_TRAVEL_SEC = 1230;

export function outlookOf({ deltaDeg, azimuthDeg }: Geometry, stations: number, i: number): Outlook {
  const part = (x: Float32Array) => x.subarray(i * stations, (i + 1) * stations);
  return { deltaDeg: part(deltaDeg), azimuthDeg: part(azimuthDeg) };
}

/** Log of the prior chance of an event of at least this magnitude in a cell of the search. */
function logPrior(
  magnitude: number,
  depthKm: number,
  spacingDeg: number,
  binSec: number,
  settings: AssociatorSettings,
): number {
  return logSeismicity(magnitude, depthKm, settings) + Math.log((spacingDeg * KM_PER_DEGREE) ** 2 * binSec);
}

/** All candidates, the best first. */
export function findCandidates(
  table: ArrivalTable,
  stacker: Stacker,
  grid: GlobalGrid,
  geometry: Geometry,
  travelTimes: TravelTimeGrid,
  settings: AssociatorSettings,
): Candidate[] {
  const { spacingDeg, depthsKm, binSec, maxNearestDeg } = settings.grid;
  const { minCandidate, sameTimeSec, maxCandidates } = settings.search;
  const n = table.stations.length;
  let [earliest, latest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const t of table.time) {
    earliest = Math.min(earliest, t);
    latest = Math.max(latest, t);
  }
  if (!(latest >= earliest)) return [];
  const from = earliest - LONGEST_TRAVEL_SEC;
  const bins = Math.ceil((latest - from) / binSec) + 1;
  const found: Candidate[] = [];
  for (let i = 0; i < grid.count; i++) {
    const outlook = outlookOf(geometry, n, i);
    if (!(Math.min(...outlook.deltaDeg) <= maxNearestDeg)) continue;
    const place = [grid.vectors[3 * i]!, grid.vectors[3 * i + 1]!, grid.vectors[3 * i + 2]!] as const;
    for (const depthKm of depthsKm) {
      const { gain, base, magnitude } = stacker.stack({
        ...{ outlook, layer: travelTimes.layer(depthKm), radiusDeg: grid.radiusDeg },
        ...{ from, binSec, bins },
      });
      const offset = base + logPrior(magnitude, depthKm, spacingDeg, binSec, settings) - Math.log(depthsKm.length);
      const least = minCandidate - offset;
      let last = -1;
      for (let b = 0; b < bins; b++) {
        if (gain[b]! < least) continue;
        const near = last >= 0 && (b - last) * binSec < sameTimeSec;
        if (near && gain[b]! <= gain[last]!) continue;
        if (near) found.pop();
        // The middle of a flat top.
        let end = b;
        while (end + 1 < bins && gain[end + 1] === gain[b]) end++;
        found.push({
          ...{ place, depthKm, magnitude, score: gain[b]! + offset },
          time: from + ((b + end + 1) / 2) * binSec,
        });
        last = end;
        b = end;
      }
    }
  }
  return withoutNeighbours(found, 2 * spacingDeg, sameTimeSec).slice(0, maxCandidates);
}

/** The better of candidates that stand for one event: near in place and time, whatever the depth. */
function withoutNeighbours(candidates: Candidate[], sameDeg: number, sameTimeSec: number): Candidate[] {
  candidates.sort((a, b) => b.score - a.score || a.time - b.time || a.depthKm - b.depthKm || a.place[2] - b.place[2]);
  const near = Math.cos(sameDeg * RADIANS_PER_DEGREE);
  const kept = new Map<number, Candidate[]>();
  return candidates.filter((candidate) => {
    const slot = Math.floor(candidate.time / sameTimeSec);
    for (let k = slot - 1; k <= slot + 1; k++) {
      for (const other of kept.get(k) ?? []) {
        const [x, y, z] = other.place;
        const dot = x * candidate.place[0] + y * candidate.place[1] + z * candidate.place[2];
        if (dot > near && Math.abs(other.time - candidate.time) < sameTimeSec) return false;
      }
    }
    const list = kept.get(slot);
    if (list) list.push(candidate);
    else kept.set(slot, [candidate]);
    return true;
  });
}

/** Points to each side of a candidate on the finer grids: they reach over the cell of the grid before. */
const SIDE = 3;

/** The best place, depth and time on ever finer grids around a candidate; null when it falls below what is worth locating. */
export function refineCandidate(
  start: Candidate,
  table: ArrivalTable,
  stacker: Stacker,
  travelTimes: TravelTimeGrid,
  settings: AssociatorSettings,
): Candidate | null {
  const { fineDepthsKm, binSec, refinements } = settings.grid;
  let best = start;
  let windowSec = 3 * binSec + settings.search.sameTimeSec;
  for (const [spacingDeg, fineSec] of refinements) {
    const places: Places = gridAround(best.place, SIDE, spacingDeg);
    const geometry = geometryOf(places, table.stations);
    const centre = best;
    const row = fineDepthsKm.indexOf(centre.depthKm);
    const bins = Math.ceil((2 * windowSec) / fineSec);
    const from = centre.time - (bins / 2) * fineSec;
    let found: Candidate | null = null;
    for (const depthKm of fineDepthsKm.slice(Math.max(0, row - 1), row + 2)) {
      for (let i = 0; i < places.count; i++) {
        const { gain, base, magnitude } = stacker.stack({
          ...{ outlook: outlookOf(geometry, table.stations.length, i), layer: travelTimes.layer(depthKm) },
          ...{ radiusDeg: spacingDeg / Math.SQRT2, from, binSec: fineSec, bins },
        });
        const offset =
          base + logPrior(magnitude, depthKm, spacingDeg, fineSec, settings) - Math.log(fineDepthsKm.length);
        for (let b = 0; b < bins; b++) {
          if (found && gain[b]! + offset <= found.score) continue;
          let end = b;
          while (end + 1 < bins && gain[end + 1] === gain[b]) end++;
          found = {
            ...{ depthKm, magnitude, score: gain[b]! + offset },
            place: [places.vectors[3 * i]!, places.vectors[3 * i + 1]!, places.vectors[3 * i + 2]!],
            time: from + ((b + end + 1) / 2) * fineSec,
          };
        }
      }
    }
    if (!found) return null;
    best = found;
    windowSec = 4 * fineSec + 8 * spacingDeg;
  }
  return best.score >= settings.search.minRefined ? best : null;
}

/** The score of a candidate by the arrivals that are left. */
export function rescore(
  { place, depthKm, time }: Candidate,
  table: ArrivalTable,
  stacker: Stacker,
  travelTimes: TravelTimeGrid,
  settings: AssociatorSettings,
): number {
  const { spacingDeg, binSec, depthsKm } = settings.grid;
  const places = { count: 1, vectors: Float64Array.from(place) };
  const bins = 5;
  const { gain, base, magnitude } = stacker.stack({
    ...{ outlook: outlookOf(geometryOf(places, table.stations), table.stations.length, 0), bins, binSec },
    ...{ layer: travelTimes.layer(depthKm), radiusDeg: spacingDeg / Math.SQRT2, from: time - (bins / 2) * binSec },
  });
  const offset = base + logPrior(magnitude, depthKm, spacingDeg, binSec, settings) - Math.log(depthsKm.length);
  return Math.max(...gain.subarray(0, bins)) + offset;
}
