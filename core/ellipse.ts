/** The error ellipse of an epicentre. */
import { symmetricEigen } from "./linalg.ts";
import type { OriginError } from "./model/bulletin.ts";

/** Axes (km) and strike (deg clockwise from north, 0 to 180) of an epicentre's covariance times `scale` squared. */
export function ellipseOf(
  sxxKm2: number,
  syyKm2: number,
  sxyKm2: number,
  scale: number,
): Pick<OriginError, "semiMajorKm" | "semiMinorKm" | "strikeDeg"> {
  const { values, vectors } = symmetricEigen([sxxKm2, sxyKm2, sxyKm2, syyKm2], 2);
  const strike = (Math.atan2(vectors[0]!, vectors[2]!) * 180) / Math.PI;
  return {
    semiMajorKm: scale * Math.sqrt(values[0]!),
    semiMinorKm: scale * Math.sqrt(Math.max(0, values[1]!)),
    strikeDeg: ((strike % 180) + 180) % 180,
  };
}
