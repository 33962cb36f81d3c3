/** Directions of photons. */
import type { RandomStream } from "@harken/core";

/** A unit vector, every direction as likely as any other. */
export function isotropic(random: RandomStream): [u: number, v: number, w: number] {
  const w = 2 * random.uniform() - 1;
  const across = Math.sqrt(1 - w * w);
  const azimuth = 2 * Math.PI * random.uniform();
  return [across * Math.cos(azimuth), across * Math.sin(azimuth), w];
}
