/** Sample rates in a miniSEED 2 header: two 16-bit numbers, factor and multiplier, that are multiplied or divided by their signs. */

const MAX = 32_767;

/** SEED 2.4 manual, chapter 8, fixed section of data header, fields 10 and 11. 0 where either is 0. */
export function rateOfFactors(factor: number, multiplier: number): number {
  if (factor === 0 || multiplier === 0) return 0;
  const [f, m] = [Math.abs(factor), Math.abs(multiplier)];
  if (factor > 0) return multiplier > 0 ? f * m : f / m;
  return multiplier > 0 ? m / f : 1 / (f * m);
}

/** Factor and multiplier nearest to a rate, and the rate that they stand for. */
export function factorsOfRate(rateHz: number): { factor: number; multiplier: number; rateHz: number } {
  const made = (factor: number, multiplier: number) => ({
    factor,
    multiplier,
    rateHz: rateOfFactors(factor, multiplier),
  });
  if (rateHz > MAX) {
    const multiplier = Math.min(MAX, Math.ceil(rateHz / MAX));
    return made(Math.min(MAX, Math.round(rateHz / multiplier)), multiplier);
  }
  if (rateHz < 1 / MAX) {
    const multiplier = Math.min(MAX, Math.ceil(1 / rateHz / MAX));
    return made(-Math.min(MAX, Math.round(1 / rateHz / multiplier)), -multiplier);
  }
  const [p, q] = nearestFraction(rateHz);
  return q === 1 ? made(p, 1) : p === 1 ? made(-q, 1) : made(p, -q);
}

/** The last convergent of the continued fraction whose parts fit. */
function nearestFraction(value: number): [number, number] {
  let [p0, q0, p, q] = [0, 1, 1, 0];
  let rest = value;
  for (;;) {
    const term = Math.floor(rest);
    const [nextP, nextQ] = [term * p + p0, term * q + q0];
    if (nextP > MAX || nextQ > MAX) break;
    [p0, q0, p, q] = [p, q, nextP, nextQ];
    if (p / q === value || rest === term) break;
    rest = 1 / (rest - term);
  }
  return p === 0 ? [1, Math.min(MAX, Math.round(1 / value))] : [p, q];
}
