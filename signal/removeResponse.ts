/**
 * Ground motion from counts: division by the instrument's response where it has gain, with cosine flanks at both ends of the band so that
 * nothing outside is blown up (Havskov and Alguacil, Instrumentation in Earthquake Seismology, 6.6).
 *
 *     const nm = removeResponse(counts, 40, (hz) => displacementResponse(channel, hz), { bandHz: [0.01, 0.02, 16, 19] });
 */
import type { Complex } from "@harken/core";
import { divide, modulus } from "./response.ts";
import { applyResponse, removeTrend } from "./spectrum.ts";

export interface RemovalOptions {
  /** Nothing passes below the first and above the last, all passes between the second and the third, Hz. */
  readonly bandHz: readonly [number, number, number, number];
  /** Gain is taken to be at least so far below its largest, dB. 60 when not given. */
  readonly waterLevelDb?: number;
}

/** Null when the response is not known anywhere in the band. Throws RangeError for corners out of order. */
export function removeResponse(
  samples: ArrayLike<number>,
  sampleRateHz: number,
  response: (frequencyHz: number) => Complex | null,
  { bandHz: [f1, f2, f3, f4], waterLevelDb = 60 }: RemovalOptions,
): Float64Array | null {
  if (!(f1 >= 0 && f2 > f1 && f3 >= f2 && f4 > f3))
    throw new RangeError(`corners of ${f1}, ${f2}, ${f3} and ${f4} Hz are not in order`);
  let most = 0;
  for (let i = 0; i <= 100; i++) {
    const h = response(f2 * (f3 / f2) ** (i / 100));
    if (h) most = Math.max(most, modulus(h));
  }
  if (!(most > 0)) return null;
  const least = most * 10 ** (-waterLevelDb / 20);
  const flank = (x: number) => 0.5 * (1 - Math.cos(Math.PI * Math.min(1, Math.max(0, x))));
  return applyResponse(removeTrend(new Float64Array(samples)), sampleRateHz, (hz) => {
    const weight = hz < f2 ? flank((hz - f1) / (f2 - f1)) : flank((f4 - hz) / (f4 - f3));
    if (weight === 0) return null;
    const h = response(hz);
    const gain = h ? modulus(h) : 0;
    if (!h || gain === 0) return null;
    // Below the water level the phase holds and the gain does not.
    const lift = Math.max(1, least / gain);
    return divide({ re: weight, im: 0 }, { re: h.re * lift, im: h.im * lift });
  });
}

/** What a polynomial sensor (pressure, temperature; SEED blockette 62) measured: the sum of c[i] counts^i. */
export function applyPolynomial(coefficients: readonly number[], samples: ArrayLike<number>): Float64Array {
  return Float64Array.from(samples, (x) => coefficients.reduceRight((sum, c) => sum * x + c, 0));
}
