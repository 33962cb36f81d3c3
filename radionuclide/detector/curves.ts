/** Efficiencies of a simulated detector as curves: energies from soft to hard, straight lines between them in the logarithms. */
import { randomStream } from "@harken/core";
import type { SampleShape } from "./coaxial.ts";
import { type SimulatedEfficiency, simulateEfficiency } from "./efficiency.ts";
import type { Scene } from "./scene.ts";
import type { DetectorEfficiencies } from "./summing.ts";

export interface CurveSettings {
  /** At each energy. */
  readonly histories: number;
  readonly seed: number;
}

export interface EfficiencyCurves extends DetectorEfficiencies {
  readonly points: readonly SimulatedEfficiency[];
}

const energiesKeV: readonly number[] = [
  ...[20, 25, 30, 35, 40, 46, 53, 60, 70, 80, 95, 110, 130, 160, 200],
  ...[260, 340, 450, 600, 800, 1000, 1350, 1800, 2200, 2700, 3500],
];

export function efficiencyCurves(
  scene: Scene,
  sample: SampleShape,
  { histories, seed }: CurveSettings,
): EfficiencyCurves {
  return curvesThrough(
    energiesKeV.map((keV) => simulateEfficiency(scene, sample, keV, histories, randomStream(seed, "efficiency", keV))),
  );
}

/** Of points in order of energy, of which there must be two; beyond the last ones the curve goes on straight. */
export function curvesThrough(points: readonly SimulatedEfficiency[]): EfficiencyCurves {
  if (points.length < 2) throw new RangeError("a curve needs two energies");
  const along = (of: (point: SimulatedEfficiency) => number) => (energyKeV: number) => {
    const next = points.findIndex((point) => point.energyKeV > energyKeV);
    const at = Math.max(0, (next < 0 ? points.length : next) - 1);
    const [p, q] = [points[Math.min(at, points.length - 2)]!, points[Math.min(at + 1, points.length - 1)]!];
    // An energy at which no count was seen stands for less than one.
    const [yp, yq] = [Math.log(Math.max(of(p), 1 / p.histories)), Math.log(Math.max(of(q), 1 / q.histories))];
    return Math.exp(yp + ((yq - yp) * Math.log(energyKeV / p.energyKeV)) / Math.log(q.energyKeV / p.energyKeV));
  };
  return { points, peak: along(({ fullEnergy }) => fullEnergy.value), total: along(({ total }) => total.value) };
}
