/** Size of an analogue transfer function: |product of (s - zero)| / |product of (s - pole)| at s = 2 pi i f. */
import type { Complex } from "@harken/core";

export function transferModulus(poles: readonly Complex[], zeros: readonly Complex[], frequencyHz: number): number {
  const omega = 2 * Math.PI * frequencyHz;
  const distances = (roots: readonly Complex[]) => roots.reduce((p, { re, im }) => p * Math.hypot(re, omega - im), 1);
  return distances(zeros) / distances(poles);
}
