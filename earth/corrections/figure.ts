/**
 * The Earth's figure inside: the flattening of the surfaces of equal density, from hydrostatic equilibrium. Clairaut's equation in Radau's
 * approximation (Bullen 1975, The Earth's Density, 3.2), with the density of the velocity model, scaled to the flattening of the surface.
 *
 *     const { epsilon, eta } = figureOf(model);  epsilon(6371) = 1 / 298.257
 */
import { SURFACE_RADIUS_KM, type VelocityModel } from "../velocityModel.ts";

const SURFACE_FLATTENING = 1 / 298.257;
const STEP_KM = 10;

export interface Figure {
  /** Flattening at a radius, km. */
  epsilon(radiusKm: number): number;
  /** d ln(epsilon) / d ln(r). */
  eta(radiusKm: number): number;
}

const cache = new WeakMap<VelocityModel, Figure>();

export function figureOf(model: VelocityModel): Figure {
  let figure = cache.get(model);
  if (!figure) cache.set(model, (figure = computeFigure(model)));
  return figure;
}

function computeFigure(model: VelocityModel): Figure {
  const count = Math.ceil(SURFACE_RADIUS_KM / STEP_KM);
  const step = SURFACE_RADIUS_KM / count;
  const eta = new Float64Array(count + 1);
  let mass = 0;
  let moment = 0;
  for (let i = 1; i <= count; i++) {
    const middle = (i - 0.5) * step;
    const density = model.densityAt(SURFACE_RADIUS_KM - middle);
    mass += density * middle ** 2 * step;
    moment += density * middle ** 4 * step;
    const ratio = moment / (mass * (i * step) ** 2);
    // Radau: with z = (2/3) ratio the exact relation 1 - 3z/2 = (2/5) sqrt(1 + eta) holds nearly everywhere in the Earth.
    eta[i] = 6.25 * (1 - ratio) ** 2 - 1;
  }
  eta[0] = 0;
  const epsilon = new Float64Array(count + 1);
  epsilon[count] = SURFACE_FLATTENING;
  for (let i = count - 1; i >= 0; i--) {
    const middle = (i + 0.5) * step;
    epsilon[i] = epsilon[i + 1]! * Math.exp((-0.5 * (eta[i]! + eta[i + 1]!) * step) / middle);
  }
  const read = (table: Float64Array) => (radiusKm: number) => {
    const x = Math.min(count, Math.max(0, radiusKm / step));
    const i = Math.min(count - 1, Math.floor(x));
    return table[i]! + (table[i + 1]! - table[i]!) * (x - i);
  };
  return { epsilon: read(epsilon), eta: read(eta) };
}
