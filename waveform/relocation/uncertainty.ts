/**
 * How well the relative places are known. The pairs of one path share readings, and what the model gets wrong about a path's slowness moves
 * all of them together, so the independent samples are the paths, not the pairs. The covariance is the sandwich
 *
 *     N^-1 (sum over paths of s s') N^-1,   s = G' W r of the path's links
 *
 * (Liang and Zeger 1986, doi:10.1093/biomet/73.1.13), which is what a bootstrap over paths tends to, without drawing.
 */
import { ellipseOf } from "@harken/core";
import { fisherTwoQuantile } from "../location/scaling.ts";
import type { RelocatedCluster } from "./cluster.ts";
import { addGradient, type Equation, invertNormal, type Unknowns } from "./equations.ts";

/** Covariance of the shifts of all events (row-major, `unknowns` for each in turn); null when the links leave a direction open. */
export function pathCovariance(equations: readonly Equation[], size: number, unknowns: Unknowns): Float64Array | null {
  const inverse = invertNormal(equations, size, unknowns);
  if (!inverse) return null;
  const sums = new Map<number, Float64Array>();
  for (const equation of equations) {
    if (equation.weight === 0) continue;
    let sum = sums.get(equation.link.path);
    if (!sum) sums.set(equation.link.path, (sum = new Float64Array(size)));
    addGradient(sum, equation, unknowns);
  }
  const covariance = new Float64Array(size * size);
  for (const sum of sums.values()) {
    // The shift that this path alone pulls for.
    const pull = new Float64Array(size);
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) pull[i]! += inverse[i * size + j]! * sum[j]!;
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) covariance[i * size + j]! += pull[i]! * pull[j]!;
  }
  return covariance;
}

/** Where one event lies from another, with an ellipse of the given confidence. */
export interface RelativePosition {
  readonly eastKm: number;
  readonly northKm: number;
  readonly depthKm: number;
  readonly semiMajorKm: number;
  readonly semiMinorKm: number;
  /** Strike of the major axis, deg clockwise from north. */
  readonly strikeDeg: number;
}

/**
 * The place of event `toKey` as seen from `fromKey`; null when one of them is not in the cluster or too few paths hold it to say how well.
 * With few paths their scatter is itself uncertain, which widens the ellipse (Hotelling's T^2). An error that all paths have in common, as of
 * the velocity at the source, stretches or turns the whole cluster and does not show.
 */
export function relativePosition(
  cluster: RelocatedCluster,
  fromKey: string,
  toKey: string,
  confidence = 0.9,
): RelativePosition | null {
  const from = cluster.events.findIndex(({ key }) => key === fromKey);
  const to = cluster.events.findIndex(({ key }) => key === toKey);
  if (from < 0 || to < 0 || !cluster.covariance) return null;
  const { unknowns, covariance } = cluster;
  const [a, b] = [cluster.events[from]!, cluster.events[to]!];
  const free = Math.min(a.pathCount, b.pathCount) - unknowns;
  if (free < 1) return null;
  const size = cluster.events.length * unknowns;
  const element = (i: number, j: number) => {
    const at = (p: number, q: number) => covariance[(p * unknowns + i) * size + q * unknowns + j]!;
    return at(from, from) + at(to, to) - at(from, to) - at(to, from);
  };
  // The unknowns fit part of the scatter away; n / (n - unknowns) puts it back.
  const scale = Math.sqrt(((free + unknowns) / free) * 2 * fisherTwoQuantile(confidence, free));
  return {
    eastKm: b.eastKm - a.eastKm,
    northKm: b.northKm - a.northKm,
    depthKm: b.depthKm - a.depthKm,
    ...ellipseOf(element(0, 0), element(1, 1), element(0, 1), scale),
  };
}
