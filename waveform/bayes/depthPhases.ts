/**
 * The depths that an event's own arrivals ask for: behind each first P the same station may have pP or sP, by whose delays the depth is known to a
 * few km. Between the depths that are tried otherwise such a depth would be missed, and the depth phases would make an event of their own.
 */
import { azimuthDifference } from "@harken/core";
import { placeOf } from "../association/grid.ts";
import type { Match, Place } from "./assess.ts";
import type { ArrivalColumns } from "./columns.ts";
import type { Model } from "./model.ts";
import { pathTo } from "./network.ts";
import { applies, modelPhases } from "./phases.ts";
import { between, depthCell, STEP_DEG } from "./tables.ts";

const STEP_KM = 4;
const [SHALLOWEST_KM, DEEPEST_KM] = [12, 700];
/** Depths nearer than this to a better one are the same, km. */
const SAME_KM = 16;
const MOST_DEPTHS = 3;
/** Delays agree when they are no further apart than a few of this, s: of the reading, and of half a step of depth. */
const TOLERANCE_SEC = 1.2;
/** A direction further off than this is another wave's, deg. */
const MOST_TURN_DEG = 60;
/** Waves, of stations each, that make a depth worth trying, and as a share of the stations that were asked; what one agrees by chance. */
const LEAST_VOTES = 2;
const LEAST_SHARE = 0.1;
const BY_CHANCE = 0.15;

const firstP = modelPhases.map(({ first, wave, phase }) => first && wave === "P" && phase === "P");
const depthRows = modelPhases.flatMap(({ phase }, p) => (phase === "pP" || phase === "sP" ? [p] : []));

/** The best first, without the depth that the event has. */
export function depthsSaid(model: Model, columns: ArrivalColumns, place: Place, matches: readonly Match[]): number[] {
  const { tables, network } = model;
  const count = Math.floor((DEEPEST_KM - SHALLOWEST_KM) / STEP_KM) + 1;
  const votes = new Float64Array(count);
  const path = new Float64Array(2);
  const [x, y, z] = placeOf(place.latitudeDeg, place.longitudeDeg);
  let asked = 0;
  for (const { arrival, station, row } of matches) {
    if (!firstP[row]) continue;
    pathTo(network, station, x, y, z, path);
    const deltaDeg = path[0]!;
    const later = behind(columns, arrival, station);
    asked++;
    if (later.length === 0) continue;
    const column = Math.floor(deltaDeg / STEP_DEG);
    const f = deltaDeg / STEP_DEG - column;
    for (let i = 0; i < count; i++) {
      const depthKm = SHALLOWEST_KM + i * STEP_KM;
      const { node, share } = depthCell(depthKm);
      const direct = between(tables.phases[row]!.timeSec, node, share, column, f);
      for (const p of depthRows) {
        if (!applies(modelPhases[p]!, deltaDeg, depthKm)) continue;
        const lag = between(tables.phases[p]!.timeSec, node, share, column, f) - direct;
        let best = 0;
        for (const a of later)
          best = Math.max(best, Math.exp(-Math.abs(columns.time[a]! - columns.time[arrival]! - lag) / TOLERANCE_SEC));
        votes[i]! += Math.max(0, best - BY_CHANCE);
      }
    }
  }
  return peaksOf(votes, Math.max(LEAST_VOTES, LEAST_SHARE * asked))
    .map((i) => SHALLOWEST_KM + i * STEP_KM)
    .filter((depthKm) => Math.abs(depthKm - place.depthKm) > STEP_KM);
}

/** Longest delay of a depth phase, s. */
const LONGEST_SEC = 260;

/** Arrivals behind another of the same station from about its direction. */
function behind({ first, time, azimuthDeg }: ArrivalColumns, arrival: number, station: number): number[] {
  const found: number[] = [];
  for (let a = arrival + 1; a < first[station + 1]! && time[a]! - time[arrival]! < LONGEST_SEC; a++) {
    const turn = azimuthDifference(azimuthDeg[a]!, azimuthDeg[arrival]!);
    if (!(Math.abs(turn) > MOST_TURN_DEG)) found.push(a);
  }
  return found;
}

function peaksOf(votes: Float64Array, least: number): number[] {
  const order = Array.from(votes.keys())
    .filter((i) => votes[i]! >= least)
    .sort((a, b) => votes[b]! - votes[a]! || a - b);
  const kept: number[] = [];
  for (const i of order) {
    if (kept.length >= MOST_DEPTHS) break;
    if (kept.every((other) => Math.abs(other - i) * STEP_KM >= SAME_KM)) kept.push(i);
  }
  return kept;
}
