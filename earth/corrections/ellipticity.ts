/**
 * What the Earth's ellipticity adds to a travel time: the integral along the ray of the unperturbed Earth of how much each piece is
 * stretched when the surfaces of equal velocity become ellipsoids (Dziewonski and Gilbert 1976, doi:10.1111/j.1365-246X.1976.tb01242.x, for
 * the three coefficients; Kennett and Gudmundsson 1996, doi:10.1111/j.1365-246X.1996.tb06533.x, for the phases):
 *
 *     dt = (1 + 3 cos 2t) / 4 tau0 + (sqrt 3 / 2) sin 2t cos z tau1 + (sqrt 3 / 2) sin^2 t cos 2z tau2
 *
 * with t the source's geocentric colatitude and z the azimuth from source to station. A surface of mean radius s stands at
 * s (1 - (2/3) epsilon(s) P2(cos colatitude)). A piece of ray of time T at incidence i stretches by
 * -(2/3) epsilon [cos^2 i (1 + eta) f + cos i sin i f' + sin^2 i f], where f is P2 along the path and the sign of cos i is up positive.
 */
import { geocentricLatitude, RADIANS_PER_DEGREE } from "@harken/core";
import { type PhasePath, parsePhase } from "../taup/phase.ts";
import { phaseArrivals } from "../taup/travelTimes.ts";
import { type ShellColumn, SURFACE_RADIUS_KM, type VelocityModel } from "../velocityModel.ts";
import { type Figure, figureOf } from "./figure.ts";

export type Tau = readonly [tau0: number, tau1: number, tau2: number];

/** Steps in each shell, in the vertical slowness, so that the turning point is resolved. */
const STEPS_PER_SHELL = 3;
const ROOT3 = Math.sqrt(3);

/** The three coefficients of one ray, s. */
export function rayEllipticity(
  model: VelocityModel,
  path: PhasePath,
  p: number,
  depthKm: number,
  pathRad: number,
): Tau {
  const figure = figureOf(model);
  const tau: [number, number, number] = [0, 0, 0];
  let angle = 0;
  const piece = (radius: number, timeSec: number, angleRad: number, sine: number, cosineUp: number) => {
    const at = angle + 0.5 * angleRad;
    addPiece(tau, figure, radius, timeSec, at, sine, cosineUp);
    angle += angleRad;
  };
  const sourceRadius = SURFACE_RADIUS_KM - depthKm;
  const through = (column: ShellColumn, down: boolean, fromRadius: number, toRadius: number) =>
    walk(column, p, down, fromRadius, toRadius, piece);
  if (path.sourceUp) through(model.column("mantle", path.sourceWave), false, SURFACE_RADIUS_KM, sourceRadius);
  let diffraction = path.diffracted || path.crustal === "n" ? pathRad - plainDistance(model, path, p, depthKm) : 0;
  const base = path.crustal === "n" ? SURFACE_RADIUS_KM - model.mohoDepthKm : 0;
  path.passages.forEach(({ region, wave, down }, index) => {
    const top = index === 0 && !path.sourceUp ? sourceRadius : Infinity;
    if (!down && diffraction > 0) {
      const radius = base || SURFACE_RADIUS_KM - model.cmbDepthKm;
      const steps = Math.max(1, Math.ceil(diffraction / (2 * RADIANS_PER_DEGREE)));
      for (let i = 0; i < steps; i++) piece(radius, (p * diffraction) / steps, diffraction / steps, 1, 0);
      diffraction = 0;
    }
    through(model.column(region, wave), down, top, base);
  });
  return tau;
}

function addPiece(
  tau: [number, number, number],
  figure: Figure,
  radius: number,
  timeSec: number,
  at: number,
  sine: number,
  cosineUp: number,
): void {
  const scale = -(2 / 3) * figure.epsilon(radius) * timeSec;
  const straight = cosineUp * cosineUp * (1 + figure.eta(radius)) + sine * sine;
  const bent = cosineUp * sine;
  const [s, c] = [Math.sin(at), Math.cos(at)];
  tau[0] += scale * (straight * 0.5 * (3 * c * c - 1) - bent * 3 * s * c);
  tau[1] += scale * (ROOT3 / 2) * (straight * 2 * s * c + bent * 2 * (c * c - s * s));
  tau[2] += scale * (ROOT3 / 2) * (straight * s * s + bent * 2 * s * c);
}

/** One way through a column, down from `fromRadius` or up to the radius `fromRadius`, no deeper than `toRadius` or the turning point. */
function walk(
  column: ShellColumn,
  p: number,
  down: boolean,
  fromRadius: number,
  toRadius: number,
  piece: (radius: number, timeSec: number, angleRad: number, sine: number, cosineUp: number) => void,
): void {
  const pieces: [radius: number, timeSec: number, angleRad: number, sine: number, cosine: number][] = [];
  for (let i = 0; i < column.count; i++) {
    const shellTop = column.topRadius[i]!;
    const shellBottom = column.bottomRadius[i]!;
    if (shellTop <= toRadius) break;
    if (shellBottom >= fromRadius) continue;
    const k = column.exponent[i]!;
    const shellSlowness = column.topSlowness[i]!;
    const rt = Math.min(shellTop, fromRadius);
    const rb = Math.max(shellBottom, toRadius);
    const ut = rt === shellTop ? shellSlowness : shellSlowness * (rt / shellTop) ** k;
    if (ut < p) break;
    const ub = rb === shellBottom ? column.bottomSlowness[i]! : shellSlowness * (rb / shellTop) ** k;
    const turned = ub < p;
    const qt = Math.sqrt(ut * ut - p * p);
    const qb = turned ? 0 : Math.sqrt(ub * ub - p * p);
    for (let j = 0; j < STEPS_PER_SHELL; j++) {
      const q0 = qt + ((qb - qt) * j) / STEPS_PER_SHELL;
      const q1 = qt + ((qb - qt) * (j + 1)) / STEPS_PER_SHELL;
      const q = 0.5 * (q0 + q1);
      const u = Math.sqrt(q * q + p * p);
      const radius = rt * (u / ut) ** (1 / k);
      pieces.push([radius, (q0 - q1) / k, (Math.atan2(q0, p) - Math.atan2(q1, p)) / k, p / u, q / u]);
    }
    if (turned) break;
  }
  if (down) for (const [radius, time, angle, sine, cosine] of pieces) piece(radius, time, angle, sine, -cosine);
  else for (const [radius, time, angle, sine, cosine] of pieces.reverse()) piece(radius, time, angle, sine, cosine);
}

/** Distance of the path without the part along a boundary, rad. */
function plainDistance(model: VelocityModel, path: PhasePath, p: number, depthKm: number): number {
  let distance = 0;
  const count = (_r: number, _t: number, angleRad: number) => {
    distance += angleRad;
  };
  const base = path.crustal === "n" ? SURFACE_RADIUS_KM - model.mohoDepthKm : 0;
  const sourceRadius = SURFACE_RADIUS_KM - depthKm;
  if (path.sourceUp) walk(model.column("mantle", path.sourceWave), p, false, SURFACE_RADIUS_KM, sourceRadius, count);
  path.passages.forEach(({ region, wave, down }, index) => {
    walk(model.column(region, wave), p, down, index === 0 && !path.sourceUp ? sourceRadius : Infinity, base, count);
  });
  return distance;
}

/** Coefficients of the first arrival of a phase; null where it does not arrive or has no ray (Lg, LR). */
export function ellipticityCoefficients(
  model: VelocityModel,
  phase: string,
  deltaDeg: number,
  depthKm: number,
): Tau | null {
  const first = phaseArrivals(model, phase, deltaDeg, depthKm)[0];
  const path = first && parsePhase(first.path);
  if (!first || !path) return null;
  // A ray of zero slowness is a straight line; the integrals need a direction.
  const p = Math.max(1e-6, Math.abs(first.slownessSecPerDeg) / RADIANS_PER_DEGREE);
  const tau = rayEllipticity(model, path, p, depthKm, first.pathDeg * RADIANS_PER_DEGREE);
  // The long way round the azimuth at the source is the opposite one, which changes the sign of tau1.
  return first.slownessSecPerDeg < 0 ? [tau[0], -tau[1], tau[2]] : tau;
}

/** Combines the coefficients for a source's geographic latitude and azimuth, s. */
export function combineTau(tau: Tau, sourceLatitudeDeg: number, azimuthDeg: number): number {
  const colatitude = (90 - geocentricLatitude(sourceLatitudeDeg)) * RADIANS_PER_DEGREE;
  const azimuth = azimuthDeg * RADIANS_PER_DEGREE;
  return (
    0.25 * (1 + 3 * Math.cos(2 * colatitude)) * tau[0] +
    (ROOT3 / 2) * Math.sin(2 * colatitude) * Math.cos(azimuth) * tau[1] +
    (ROOT3 / 2) * Math.sin(colatitude) ** 2 * Math.cos(2 * azimuth) * tau[2]
  );
}
