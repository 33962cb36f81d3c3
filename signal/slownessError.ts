/**
 * How well a slowness vector can be known from noisy windows: the Cramer-Rao bound of a plane wave in noise that is independent at each
 * element (Stoica and Nehorai 1989, doi:10.1109/29.17564, for a random signal). The Fisher information of the vector is
 *
 *     2 g sum over independent frequencies of omega^2 times the second moment of the elements about their centroid,
 *     g = q * n q / (1 + n q), q the signal-to-noise power ratio of one element, n the elements.
 */

export interface SlownessError {
  /** Standard deviation along the slowness vector, s/km. */
  readonly radialErrorSecPerKm: number;
  /** Standard deviation across it, s/km: over the slowness it is the azimuth's, rad. */
  readonly transverseErrorSecPerKm: number;
}

export interface BandPower {
  /** Angular frequencies, rad/s, and the power at each. */
  readonly omega: Float64Array;
  readonly power: Float64Array;
  /** Share of the frequencies that are independent: below 1 when the windows were padded with zeros. */
  readonly independent: number;
}

/** Information below which a direction counts as unresolved (a line of elements across itself), (s/km)^-2. */
const LEAST_INFORMATION = 1;

export function slownessError(
  elements: readonly { readonly northKm: number; readonly eastKm: number }[],
  { omega, power, independent }: BandPower,
  semblance: number,
  [north, east]: readonly [north: number, east: number],
): SlownessError {
  const n = elements.length;
  const q = Math.max(1e-3, (n * semblance - 1) / (n * Math.max(1e-6, 1 - semblance)));
  const g = (q * n * q) / (1 + n * q);
  // A signal that fills only a part of the band brings fewer independent frequencies.
  let [sum, squares, moment] = [0, 0, 0];
  power.forEach((p, k) => {
    sum += p;
    squares += p * p;
    moment += p * omega[k]! ** 2;
  });
  const count = squares > 0 ? (independent * sum * sum) / squares : 0;
  const weight = sum > 0 ? (2 * g * count * moment) / sum : 0;
  const mean = (pick: (e: (typeof elements)[number]) => number) => elements.reduce((s, e) => s + pick(e), 0) / n;
  const [n0, e0] = [mean((e) => e.northKm), mean((e) => e.eastKm)];
  const nn = LEAST_INFORMATION + weight * elements.reduce((s, e) => s + (e.northKm - n0) ** 2, 0);
  const ee = LEAST_INFORMATION + weight * elements.reduce((s, e) => s + (e.eastKm - e0) ** 2, 0);
  const ne = weight * elements.reduce((s, e) => s + (e.northKm - n0) * (e.eastKm - e0), 0);
  const determinant = nn * ee - ne * ne;
  const along = (a: number, b: number) => Math.sqrt((ee * a * a - 2 * ne * a * b + nn * b * b) / determinant);
  const length = Math.hypot(north, east);
  const [u, v] = length > 0 ? [north / length, east / length] : [1, 0];
  return { radialErrorSecPerKm: along(u, v), transverseErrorSecPerKm: along(-v, u) };
}
