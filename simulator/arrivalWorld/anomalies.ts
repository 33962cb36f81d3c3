/**
 * Travel-time anomalies that vary smoothly with the place of the source: for each station and wave a sum of plane waves on the sphere with
 * wavelengths of ten to ninety degrees, of unit standard deviation. Neighbouring events share them, which independent errors would not do.
 */
import { RADIANS_PER_DEGREE, randomStream } from "@harken/core";

const WAVES = 6;

export type Anomaly = (latitudeDeg: number, longitudeDeg: number) => number;

export function anomalyOf(seed: number, stationCode: string, wave: string): Anomaly {
  const random = randomStream(seed, "anomaly", stationCode, wave);
  const waves = Array.from({ length: WAVES }, () => {
    const k = (2 * Math.PI) / ((10 + 80 * random.uniform()) * RADIANS_PER_DEGREE);
    const z = 2 * random.uniform() - 1;
    const angle = 2 * Math.PI * random.uniform();
    const level = Math.sqrt(1 - z * z);
    return [k * level * Math.cos(angle), k * level * Math.sin(angle), k * z, 2 * Math.PI * random.uniform()] as const;
  });
  return (latitudeDeg, longitudeDeg) => {
    const [p, l] = [latitudeDeg * RADIANS_PER_DEGREE, longitudeDeg * RADIANS_PER_DEGREE];
    const [x, y, z] = [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
    let sum = 0;
    for (const [kx, ky, kz, phase] of waves) sum += Math.cos(kx * x + ky * y + kz * z + phase);
    return sum * Math.sqrt(2 / WAVES);
  };
}
