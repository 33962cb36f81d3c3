/**
 * Candidates: every point of the grids and every depth layer is asked for the origin times at which the arrivals speak for an event,
 * and of neighbouring places and times the best is kept.
 */
import { RADIANS_PER_DEGREE } from "@harken/core";
import { timeRange } from "./clutter.ts";
import { type Candidate, flatTop, type LevelGround, logPrior, outlookOf, type Search, vectorAt } from "./search.ts";

/** The longest that a first P wave travels, s. */
const LONGEST_TRAVEL_SEC = 1230;

/** Candidates of one grid this many points and bins apart are one. */
const SAME_POINTS = 2;
const SAME_BINS = 3;

/** All candidates, the best first. */
export function findCandidates(search: Search): Candidate[] {
  const { levels, settings } = search;
  // Each grid keeps its own, so that a candidate of the coarse grid does not speak for a whole local network.
  const kept = levels.map((ground) => {
    const { spacingDeg, binSec } = ground.level;
    return withoutNeighbours(candidatesOf(search, ground), SAME_POINTS * spacingDeg, SAME_BINS * binSec);
  });
  return kept.flat().sort(better).slice(0, settings.search.maxCandidates);
}

/** A fixed order even among equals. */
const better = (a: Candidate, b: Candidate) =>
  b.score - a.score || a.time - b.time || a.depthKm - b.depthKm || a.place[2] - b.place[2] || a.place[0] - b.place[0];

function candidatesOf(search: Search, ground: LevelGround): Candidate[] {
  const { table, stacker, travelTimes, settings } = search;
  const { level, grid, geometry } = ground;
  const { spacingDeg, depthsKm, binSec } = level;
  const n = table.stations.length;
  const [earliest, latest] = timeRange(table);
  if (!(latest >= earliest)) return [];
  const from = earliest - LONGEST_TRAVEL_SEC;
  const bins = Math.ceil((latest - from) / binSec) + 1;
  const found: Candidate[] = [];
  for (let i = 0; i < grid.count; i++) {
    const outlook = outlookOf(geometry, n, i);
    if (!(Math.min(...outlook.deltaDeg) <= settings.grid.maxNearestDeg)) continue;
    const place = vectorAt(grid, i);
    for (const depthKm of depthsKm) {
      const layer = travelTimes.layer(depthKm);
      const { gain, base, magnitude } = stacker.stack({
        ...{ outlook, layer, radiusDeg: grid.radiusDeg, from, binSec, bins },
      });
      const prior = logPrior(search, place, magnitude, depthKm, spacingDeg, binSec);
      const offset = base + prior - Math.log(depthsKm.length);
      const least = settings.search.minCandidate - offset;
      let last = -1;
      for (let b = 0; b < bins; b++) {
        if (gain[b]! < least) continue;
        const near = last >= 0 && b - last < SAME_BINS;
        if (near && gain[b]! <= gain[last]!) continue;
        if (near) found.pop();
        const top = flatTop(gain, b, bins);
        found.push({ ground, place, depthKm, score: gain[b]! + offset, time: from + top.middle * binSec });
        b = last = top.last;
      }
    }
  }
  return found;
}

/** The better of candidates that stand for one event: near in place and time, whatever the depth. */
function withoutNeighbours(candidates: Candidate[], sameDeg: number, sameTimeSec: number): Candidate[] {
  candidates.sort(better);
  const near = Math.cos(sameDeg * RADIANS_PER_DEGREE);
  // Boxes of space and time so large that all neighbours stand in the next ones.
  const side = 2 * Math.sin((sameDeg * RADIANS_PER_DEGREE) / 2);
  const perSide = Math.ceil(2 / side) + 3;
  const box = (v: number) => Math.floor((v + 1) / side) + 1;
  const key = (slot: number, x: number, y: number, z: number) => ((slot * perSide + x) * perSide + y) * perSide + z;
  const kept = new Map<number, Candidate[]>();
  return candidates.filter((candidate) => {
    const [x, y, z] = candidate.place;
    const [bx, by, bz] = [box(x), box(y), box(z)];
    const slot = Math.floor(candidate.time / sameTimeSec);
    for (let s = slot - 1; s <= slot + 1; s++) {
      for (let i = bx - 1; i <= bx + 1; i++) {
        for (let j = by - 1; j <= by + 1; j++) {
          for (let k = bz - 1; k <= bz + 1; k++) {
            for (const { place, time } of kept.get(key(s, i, j, k)) ?? []) {
              const dot = place[0] * x + place[1] * y + place[2] * z;
              if (dot > near && Math.abs(time - candidate.time) < sameTimeSec) return false;
            }
          }
        }
      }
    }
    const own = key(slot, bx, by, bz);
    const list = kept.get(own);
    if (list) list.push(candidate);
    else kept.set(own, [candidate]);
    return true;
  });
}
