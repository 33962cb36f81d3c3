/** The stations of one associator with what the priors know of each, in arrays by station number. */
import { RADIANS_PER_DEGREE, type Station } from "@harken/core";
import { placeOf } from "../association/grid.ts";
import type { BayesPriors, KindPrior, StationKind, StationPrior } from "./priors.ts";

export interface ModelNetwork {
  readonly stations: readonly Station[];
  readonly kinds: readonly KindPrior[];
  readonly priors: readonly StationPrior[];
  readonly isArray: Uint8Array;
  /** Nine numbers for each station: the unit vectors to it, to its east and to its north. */
  readonly frames: Float64Array;
}

export const kindOf = (station: Pick<Station, "kind">): StationKind => (station.kind === "array" ? "array" : "single");

/** A station that the priors do not know is one of its kind. */
export function networkOf(stations: readonly Station[], priors: BayesPriors): ModelNetwork {
  const frames = new Float64Array(9 * stations.length);
  stations.forEach(({ latitudeDeg, longitudeDeg }, s) => {
    const [x, y, z] = placeOf(latitudeDeg, longitudeDeg);
    const level = Math.hypot(x, y);
    const [ex, ey] = level > 1e-9 ? [-y / level, x / level] : [0, 1];
    frames.set([x, y, z, ex, ey, 0, -z * ey, z * ex, x * ey - y * ex], 9 * s);
  });
  return {
    stations,
    kinds: stations.map((station) => priors.kinds[kindOf(station)]),
    priors: stations.map((station) => priors.stations[station.code] ?? unknownStation(priors.kinds[kindOf(station)])),
    isArray: Uint8Array.from(stations, ({ kind }) => (kind === "array" ? 1 : 0)),
    frames,
  };
}

function unknownStation({ noise, falsePerHour }: KindPrior): StationPrior {
  return { noise, detection: 0, timeSec: 0, magnitude: 0, falsePerHour, habits: [] };
}

/** Distance and azimuth (deg) at station `s` of a place given as a unit vector; written to `out`. */
export function pathTo({ frames }: ModelNetwork, s: number, x: number, y: number, z: number, out: Float64Array): void {
  const f = 9 * s;
  const east = x * frames[f + 3]! + y * frames[f + 4]!;
  const north = x * frames[f + 6]! + y * frames[f + 7]! + z * frames[f + 8]!;
  const up = x * frames[f]! + y * frames[f + 1]! + z * frames[f + 2]!;
  const azimuth = Math.atan2(east, north) / RADIANS_PER_DEGREE;
  out[0] = Math.atan2(Math.sqrt(east * east + north * north), up) / RADIANS_PER_DEGREE;
  out[1] = azimuth < 0 ? azimuth + 360 : azimuth;
}
