/**
 * Efficiencies of a detector by simulation, each with its statistical error. Work is shared by drawing parts with streams of their own and adding them.
 *
 *     const parts = seeds.map((seed) => simulateEfficiency(scene, sample, 661.657, 100_000, randomStream(seed, "efficiency")));
 *     const { fullEnergy, total } = addEfficiencies(parts);
 */
import type { RandomStream } from "@harken/core";
import type { SampleShape } from "./coaxial.ts";
import { isotropic } from "./directions.ts";
import type { Scene } from "./scene.ts";
import { photonTransport } from "./transport.ts";

export interface SimulatedShare {
  /** Of the photons sent out. */
  readonly value: number;
  /** Standard error of the count. */
  readonly error: number;
}

export interface SimulatedEfficiency {
  readonly energyKeV: number;
  readonly histories: number;
  /** Photons that left all their energy in the detector. */
  readonly fullEnergy: SimulatedShare;
  /** Photons that left anything. */
  readonly total: SimulatedShare;
}

/** Losses below this, relative, are within the peak. */
const PEAK_WIDTH = 1e-3;

export function simulateEfficiency(
  scene: Scene,
  sample: SampleShape,
  energyKeV: number,
  histories: number,
  random: RandomStream,
): SimulatedEfficiency {
  const transport = photonTransport(scene, random);
  let [peak, any] = [0, 0];
  for (let i = 0; i < histories; i++) {
    const seen = depositOfOne(transport.deposit, sample, energyKeV, random);
    if (seen > 0) any++;
    if (seen > energyKeV * (1 - PEAK_WIDTH)) peak++;
  }
  return fromCounts(energyKeV, histories, peak, any);
}

/** A photon from an even place of the sample in an even direction. */
function depositOfOne(
  deposit: (energyKeV: number, x: number, y: number, z: number, u: number, v: number, w: number) => number,
  { radiusCm, bottomCm, topCm }: SampleShape,
  energyKeV: number,
  random: RandomStream,
): number {
  const radius = radiusCm > 0 ? radiusCm * Math.sqrt(random.uniform()) : 0;
  const z = topCm > bottomCm ? bottomCm + (topCm - bottomCm) * random.uniform() : bottomCm;
  const [u, v, w] = isotropic(random);
  // About the axis everything is the same, so the place may lie on the x axis.
  return deposit(energyKeV, radius, 0, z, u, v, w);
}

/** Parts of one simulation together. Throws RangeError for none, or for parts of different energies. */
export function addEfficiencies(parts: readonly SimulatedEfficiency[]): SimulatedEfficiency {
  const [first] = parts;
  if (!first || parts.some(({ energyKeV }) => energyKeV !== first.energyKeV))
    throw new RangeError("parts of one simulation have one energy");
  const sum = (of: (part: SimulatedEfficiency) => number) => parts.reduce((total, part) => total + of(part), 0);
  return fromCounts(
    first.energyKeV,
    sum(({ histories }) => histories),
    Math.round(sum(({ fullEnergy, histories }) => fullEnergy.value * histories)),
    Math.round(sum(({ total, histories }) => total.value * histories)),
  );
}

function fromCounts(energyKeV: number, histories: number, peak: number, any: number): SimulatedEfficiency {
  const share = (count: number): SimulatedShare => {
    const value = count / histories;
    return { value, error: Math.sqrt((value * (1 - value)) / histories) };
  };
  return { energyKeV, histories, fullEnergy: share(peak), total: share(any) };
}
