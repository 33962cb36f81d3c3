/**
 * Pn and Sn through a regional model: down through the source's crust, below the Moho along the great circle, up through the station's crust,
 *
 *     t = sum s_i d_i + a + b - c^2 X^3 / (24 V)
 *
 * with a and b the times in both crusts, s_i and d_i slowness and length of stretches at the Moho, X their whole length, and the last term
 * for rays that dive below the Moho (Zhao and Xie 1993, doi:10.1029/92JB02711): c is the relative increase of velocity with depth, that of
 * the curved Earth added. Myers and others 2010, equations 1 and 2.
 */
import { distanceAzimuth, type PathTime, type Place, positionAt, RADIANS_PER_DEGREE } from "@harken/core";
import { SURFACE_RADIUS_KM, type Wave } from "../velocityModel.ts";
import { columnAt, mohoDepthKm, type RegionalColumn, type RegionalModel } from "./regionalModel.ts";

/** Stretches along the Moho are no longer than this, deg. */
const STEP_DEG = 0.25;
/** The ray's parameter settles in two; more cost little. */
const ROUNDS = 4;

/** Null where the model does not reach, the source is below the crust, or station and source are too near for the wave. */
export function headWave(
  model: RegionalModel,
  phase: "Pn" | "Sn",
  source: Place,
  station: Place,
  depthKm: number,
): PathTime | null {
  const wave: Wave = phase === "Pn" ? "P" : "S";
  const { deltaDeg, azimuthDeg } = distanceAzimuth(
    source.latitudeDeg,
    source.longitudeDeg,
    station.latitudeDeg,
    station.longitudeDeg,
  );
  const here = columnAt(model, source.latitudeDeg, source.longitudeDeg);
  const there = columnAt(model, station.latitudeDeg, station.longitudeDeg);
  if (!here || !there || deltaDeg > model.maxDeltaDeg || depthKm >= mohoDepthKm(here)) return null;
  let p = (SURFACE_RADIUS_KM - mohoDepthKm(here)) / here.mantle[wave].velocityKmPerSec;
  let found = { timeSec: 0, errorSec: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const down = crustalLeg(here, wave, depthKm, p);
    const up = crustalLeg(there, wave, 0, p);
    if (!down || !up) return null;
    const mantleRad = deltaDeg * RADIANS_PER_DEGREE - down.angleRad - up.angleRad;
    if (!(mantleRad > 0)) return null;
    const along = mantleLeg(model, wave, source, azimuthDeg, down.angleRad, mantleRad);
    if (!along) return null;
    found = { timeSec: down.timeSec + along.timeSec + up.timeSec, errorSec: along.errorSec };
    p = along.p;
  }
  const slowness = layerAt(here, wave, depthKm);
  const across = p / (SURFACE_RADIUS_KM - depthKm);
  return {
    phase,
    timeSec: found.timeSec,
    slownessSecPerDeg: p * RADIANS_PER_DEGREE,
    depthDerivativeSecPerKm: -Math.sqrt(Math.max(0, slowness * slowness - across * across)),
    errorSec: Math.hypot(model.errors[wave].endsSec, found.errorSec),
  };
}

/** Slowness of the layer that holds a depth, s/km. */
function layerAt({ thicknessesKm, velocitiesKmPerSec }: RegionalColumn, wave: Wave, depthKm: number): number {
  let bottom = 0;
  let k = 0;
  while (k < thicknessesKm.length - 1 && (bottom += thicknessesKm[k]!) <= depthKm) k++;
  return 1 / velocitiesKmPerSec[wave][k]!;
}

/** The straight pieces of a ray of parameter p (s/rad) from a depth to the Moho; null where it turns before. */
function crustalLeg(
  { thicknessesKm, velocitiesKmPerSec }: RegionalColumn,
  wave: Wave,
  depthKm: number,
  p: number,
): { angleRad: number; timeSec: number } | null {
  let [angleRad, timeSec, top] = [0, 0, 0];
  for (const [k, thickness] of thicknessesKm.entries()) {
    const bottom = top + thickness;
    if (bottom > depthKm) {
      const velocity = velocitiesKmPerSec[wave][k]!;
      const impact = p * velocity;
      const [outer, inner] = [SURFACE_RADIUS_KM - Math.max(top, depthKm), SURFACE_RADIUS_KM - bottom];
      if (impact >= inner) return null;
      angleRad += Math.acos(impact / outer) - Math.acos(impact / inner);
      timeSec += (Math.sqrt(outer ** 2 - impact ** 2) - Math.sqrt(inner ** 2 - impact ** 2)) / velocity;
    }
    top = bottom;
  }
  return { angleRad, timeSec };
}

function mantleLeg(
  model: RegionalModel,
  wave: Wave,
  source: Place,
  azimuthDeg: number,
  fromRad: number,
  lengthRad: number,
): { timeSec: number; errorSec: number; p: number } | null {
  const steps = Math.max(1, Math.ceil(lengthRad / RADIANS_PER_DEGREE / STEP_DEG));
  const widthRad = lengthRad / steps;
  const places: number[] = [];
  const times: number[] = [];
  let [length, radii, increase] = [0, 0, 0];
  for (let i = 0; i < steps; i++) {
    const away = (fromRad + (i + 0.5) * widthRad) / RADIANS_PER_DEGREE;
    const place = positionAt(source.latitudeDeg, source.longitudeDeg, azimuthDeg, away);
    const column = columnAt(model, place.latitudeDeg, place.longitudeDeg);
    if (!column) return null;
    const { velocityKmPerSec, gradientPerSec } = column.mantle[wave];
    const radius = SURFACE_RADIUS_KM - mohoDepthKm(column);
    places.push(length + (radius * widthRad) / 2);
    length += radius * widthRad;
    times.push((radius * widthRad) / velocityKmPerSec);
    radii += radius / steps;
    increase += (gradientPerSec / velocityKmPerSec + 1 / radius) / steps;
  }
  const straight = times.reduce((sum, value) => sum + value, 0);
  const velocity = length / straight;
  const dive = (increase ** 2 * length ** 3) / (24 * velocity);
  const { slownessShare, lengthKm } = model.errors[wave];
  let variance = 0;
  for (const [i, one] of times.entries())
    for (const [j, other] of times.entries())
      variance += one * other * Math.exp(-Math.abs(places[i]! - places[j]!) / lengthKm);
  return {
    timeSec: straight - dive,
    errorSec: slownessShare * Math.sqrt(variance),
    p: radii * (1 / velocity - (increase ** 2 * length ** 2) / (8 * velocity)),
  };
}
