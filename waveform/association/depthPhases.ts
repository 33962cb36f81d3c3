/**
 * Depth from the reflections at the surface above the source: what follows P at teleseismic stations is tried as pP and as sP of every depth,
 * and the depth that explains most at most stations is offered. The delay hardly depends on distance, so it speaks of depth alone.
 */
import type { EarthModel } from "@harken/core";
import { directionLogOdds, firstArrivalFrom } from "./arrivalTable.ts";
import type { Evidence } from "./corroborate.ts";
import type { Hypothesis } from "./hypothesis.ts";
import { softplus } from "./softplus.ts";

const MIN_DELTA_DEG = 17;
const MAX_DELTA_DEG = 98;
/** Depths tried: steps grow with depth, as does the delay that they make up for. */
const depthsKm: readonly number[] = Array.from({ length: 90 }, (_, i) => 10 + i * 2 + (i * i) / 16);
/** Columns of the table of delays, deg. */
const STEP_DEG = 5;
/** A delay is predicted to this, s, beside the reading errors. */
const DELAY_ERROR_SEC = 1;
/** Chance that a station that reports P reports its reflections: sP less often, so that one alone is taken for pP. */
const SEEN = { pP: 0.35, sP: 0.25 } as const;
/** Odds by which an arrival counts as a reflection that the station shows. */
const SHOWN = Math.LN2;
const NEITHER = Math.log1p(-SEEN.pP) + Math.log1p(-SEEN.sP);
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Delays after P, s, by phase, depth and distance; NaN where there is none. */
interface Delays {
  readonly columns: number;
  readonly pP: Float32Array;
  readonly sP: Float32Array;
}

const delaysOf = new WeakMap<EarthModel, Delays>();

function delayTable(earth: EarthModel): Delays {
  let delays = delaysOf.get(earth);
  if (delays) return delays;
  const columns = Math.floor((MAX_DELTA_DEG - MIN_DELTA_DEG) / STEP_DEG) + 2;
  const fill = (phase: string) =>
    Float32Array.from({ length: depthsKm.length * columns }, (_, i) => {
      const deltaDeg = Math.min(MAX_DELTA_DEG, MIN_DELTA_DEG + (i % columns) * STEP_DEG);
      const depthKm = depthsKm[Math.floor(i / columns)]!;
      const p = earth.predict("P", deltaDeg, depthKm);
      const reflected = earth.predict(phase, deltaDeg, depthKm);
      return p && reflected ? reflected.timeSec - p.timeSec : Number.NaN;
    });
  delaysOf.set(earth, (delays = { columns, pP: fill("pP"), sP: fill("sP") }));
  return delays;
}

/** The depth that the reflections ask for, km; null when they say too little. */
export function depthOfReflections(
  { table, earth, settings }: Evidence,
  { origin, matches }: Hypothesis,
): number | null {
  const associations = new Map(origin.associations.map((association) => [association.arrivalKey, association]));
  const { columns, pP, sP } = delayTable(earth);
  const score = new Float64Array(depthsKm.length);
  const seen = new Uint8Array(depthsKm.length);
  let looked = 0;
  for (const { arrival: p, station: s, phase } of matches) {
    const association = associations.get(table.arrivals[p]!.key);
    if (phase !== "P" || !association || association.deltaDeg < MIN_DELTA_DEG || association.deltaDeg > MAX_DELTA_DEG)
      continue;
    looked++;
    const x = (association.deltaDeg - MIN_DELTA_DEG) / STEP_DEG;
    const column = Math.floor(x);
    const f = x - column;
    const slowness = earth.predict("P", association.deltaDeg, origin.depthKm)?.slownessSecPerDeg ?? 0;
    const delayAt = (delays: Float32Array, row: number) => {
      const at = row * columns + column;
      return delays[at]! + f * (delays[at + 1]! - delays[at]!);
    };
    const longest = delayAt(sP, depthsKm.length - 1);
    const own = new Float64Array(depthsKm.length);
    const start = table.time[p]!;
    const end = table.first[s + 1]!;
    for (let a = firstArrivalFrom(table, s, start); a < end && table.time[a]! < start + longest + 5; a++) {
      if (a === p || table.taken[a]) continue;
      const sigma = Math.hypot(DELAY_ERROR_SEC, table.timeErrorSec[a]!, table.timeErrorSec[p]!);
      const certain =
        table.named.P[a]! -
        table.logClutter[a]! -
        Math.log(ROOT_TWO_PI * sigma) +
        directionLogOdds(table, a, association.stationEventAzimuthDeg, 0, slowness);
      for (let row = 0; row < depthsKm.length; row++) {
        const late = table.time[a]! - start;
        const as = (delays: Float32Array, share: number) => {
          const z = (late - delayAt(delays, row)) / sigma;
          return Math.abs(z) < settings.times.maxSigma
            ? softplus(Math.log(share / (1 - share)) + certain - 0.5 * z * z)
            : 0;
        };
        // One arrival is one of the two.
        own[row]! += Math.max(as(pP, SEEN.pP), as(sP, SEEN.sP));
      }
    }
    own.forEach((value, row) => {
      score[row]! += value + NEITHER;
      if (value > SHOWN) seen[row]!++;
    });
  }
  if (looked === 0) return null;
  let best = 0;
  for (let row = 1; row < depthsKm.length; row++) if (score[row]! > score[best]!) best = row;
  const { minReflections, minReflectionLogOdds } = settings.depth;
  return seen[best]! >= minReflections && score[best]! >= minReflectionLogOdds ? depthsKm[best]! : null;
}
