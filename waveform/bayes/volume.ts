/**
 * How much of place, time and magnitude an event may still take up: the factor by which the density at the most probable point becomes the
 * probability of there being an event at all (Laplace's approximation). Without it a hypothesis that many places fit as well would lose
 * against chance to one that only its own fits.
 */
import { distanceAzimuth, RADIANS_PER_DEGREE } from "@harken/core";
import type { Match, Place } from "./assess.ts";
import type { ArrivalColumns } from "./columns.ts";
import type { Model } from "./model.ts";
import { modelPhases } from "./phases.ts";
import { between, depthCell, STEP_DEG } from "./tables.ts";

/** What is known of any event's place and time without arrivals, standard deviations: deg and s. */
const PRIOR_DEG = 8;
const PRIOR_SEC = 120;
/** Standard deviation of the magnitude from one station. */
const MAGNITUDE_SPREAD = 0.35;
const LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Log of deg^2 s magnitude units. */
export function logVolume(model: Model, columns: ArrivalColumns, place: Place, matches: readonly Match[]): number {
  const { network, tables, phases } = model;
  const { node, share } = depthCell(place.depthKm);
  // Information on (east, north, time); a Laplace distribution of scale b gives 1 / b^2.
  let [xx, xy, xt, yy, yt, tt] = [PRIOR_DEG ** -2, 0, 0, PRIOR_DEG ** -2, 0, PRIOR_SEC ** -2];
  const add = (x: number, y: number, t: number, scale: number) => {
    const w = 1 / (scale * scale);
    xx += w * x * x;
    xy += w * x * y;
    xt += w * x * t;
    yy += w * y * y;
    yt += w * y * t;
    tt += w * t * t;
  };
  for (const { arrival, station: s, row } of matches) {
    const station = network.stations[s]!;
    const { latitudeDeg, longitudeDeg } = place;
    const path = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
    const column = Math.floor(path.deltaDeg / STEP_DEG);
    const f = path.deltaDeg / STEP_DEG - column;
    const slowness = between(tables.phases[row]!.slownessSecPerDeg, node, share, column, f);
    const [sine, cosine] = [
      Math.sin(path.azimuthDeg * RADIANS_PER_DEGREE),
      Math.cos(path.azimuthDeg * RADIANS_PER_DEGREE),
    ];
    const { time } = phases[row]!;
    add(-slowness * sine, -slowness * cosine, 1, Math.hypot(time.scale, 0.7 * columns.timeErrorSec[arrival]!));
    if (Number.isNaN(columns.azimuthDeg[arrival]!)) continue;
    const kind = network.kinds[s]!;
    const wave = modelPhases[row]!.wave === "P" ? "P" : "S";
    const across = 1 / Math.max(0.05, Math.sin(path.deltaDeg * RADIANS_PER_DEGREE));
    add(-cosine * across, sine * across, 0, kind.azimuth[wave].scale * columns.azimuthErrorDeg[arrival]!);
    const bend = bendOf(tables.phases[row]!.slownessSecPerDeg, node, share, column, f);
    add(-bend * sine, -bend * cosine, 0, kind.slowness[wave].scale * columns.slownessErrorSecPerDeg[arrival]!);
  }
  const determinant = xx * (yy * tt - yt * yt) - xy * (xy * tt - yt * xt) + xt * (xy * yt - yy * xt);
  const magnitude = MAGNITUDE_SPREAD / Math.sqrt(1 + matches.length);
  return 4 * LOG_ROOT_TWO_PI - 0.5 * Math.log(Math.max(determinant, 1e-12)) + Math.log(magnitude);
}

/** Change of slowness with distance, s/deg^2, over three degrees. */
function bendOf(values: Float32Array, node: number, share: number, column: number, f: number): number {
  const REACH = 6;
  const [low, high] = [Math.max(0, column - REACH), Math.min(180 / STEP_DEG - 1, column + REACH)];
  const change = between(values, node, share, high, f) - between(values, node, share, low, f);
  return Number.isFinite(change) ? change / ((high - low) * STEP_DEG) : 0;
}
