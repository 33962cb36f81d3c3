/** A candidate looked at again: on finer grids around it, or by the arrivals that are left. */
import { geometryOf, gridAround } from "./grid.ts";
import { type Candidate, flatTop, logPrior, outlookOf, type Search, vectorAt } from "./search.ts";

/** Points to each side of a candidate on the finer grids: they reach over the cell of the grid before. */
const SIDE = 2;
/** Beyond this an event is certain; sums of its exponential stay finite. */
const MOST_LOG_ODDS = 600;
/** Origin times to each side of a candidate that are looked at again: bins of its grid, and on the finest grid bins of its own. */
const COARSE_BINS = 6;
const FINE_BINS = 4;
/** How much later than at a neighbouring point an event may seem to have happened, s/deg. */
const TIME_PER_DEG = 8;

/**
 * The best place, depth and time on ever finer grids around a candidate. Its score is the log odds of an event anywhere on the first of the
 * finer grids; null when that falls below what is worth locating.
 */
export function refineCandidate(search: Search, start: Candidate): Candidate | null {
  const { table, stacker, travelTimes, settings } = search;
  const { fineDepthsKm } = settings.grid;
  const { ground } = start;
  const { binSec, refinements } = ground.level;
  const n = table.stations.length;
  let best = start;
  let score = Number.NEGATIVE_INFINITY;
  let windowSec = COARSE_BINS * binSec;
  for (const [spacingDeg, fineSec] of refinements) {
    const first = best === start;
    const places = gridAround(best.place, SIDE, spacingDeg);
    const geometry = geometryOf(places, table.stations);
    const row = fineDepthsKm.indexOf(best.depthKm);
    const reach = first ? 1 : 0;
    const bins = Math.ceil((2 * windowSec) / fineSec);
    const from = best.time - (bins / 2) * fineSec;
    let found: Candidate | null = null;
    let odds = 0;
    for (const depthKm of fineDepthsKm.slice(Math.max(0, row - reach), row + reach + 1)) {
      const layer = travelTimes.layer(depthKm);
      for (let i = 0; i < places.count; i++) {
        const outlook = outlookOf(geometry, n, i);
        const place = vectorAt(places, i);
        const { gain, base, magnitude } = stacker.stack({
          ...{ outlook, layer, radiusDeg: spacingDeg / Math.SQRT2, from, binSec: fineSec, bins },
        });
        const offset = base + logPrior(search, place, magnitude, depthKm, spacingDeg, fineSec);
        for (let b = 0; b < bins; b++) {
          const here = gain[b]! + offset;
          odds += Math.exp(Math.min(MOST_LOG_ODDS, here));
          if (found && here <= found.score) continue;
          found = { ground, place, depthKm, score: here, time: from + flatTop(gain, b, bins).middle * fineSec };
        }
      }
    }
    if (!found) return null;
    if (first) {
      score = Math.log(odds);
      if (score < settings.search.minRefined) return null;
    }
    best = found;
    windowSec = FINE_BINS * fineSec + TIME_PER_DEG * spacingDeg;
  }
  return { ...best, score };
}

/** Bins around a candidate's own by which it is judged again. */
const RESCORED_BINS = 5;

/** The score of a candidate by the arrivals that are left. */
export function rescore(search: Search, { ground, place, depthKm, time }: Candidate): number {
  const { table, stacker, travelTimes } = search;
  const { spacingDeg, binSec, depthsKm } = ground.level;
  const geometry = geometryOf({ count: 1, vectors: Float64Array.from(place) }, table.stations);
  const { gain, base, magnitude } = stacker.stack({
    ...{ outlook: outlookOf(geometry, table.stations.length, 0), layer: travelTimes.layer(depthKm) },
    ...{ radiusDeg: ground.grid.radiusDeg, from: time - (RESCORED_BINS / 2) * binSec, binSec, bins: RESCORED_BINS },
  });
  const prior = logPrior(search, place, magnitude, depthKm, spacingDeg, binSec);
  return Math.max(...gain.subarray(0, RESCORED_BINS)) + base + prior - Math.log(depthsKm.length);
}
