/**
 * Fisher's F distribution: the ratio of two mean squares of independent normal numbers. Its probability is a regularised incomplete beta function
 * (NIST Digital Library of Mathematical Functions, 8.17), by the continued fraction 8.17.22.
 */

/** Probability that F exceeds `f`. Freedoms need not be whole numbers. */
export function fExceedance(f: number, freedom1: number, freedom2: number): number {
  if (!(f > 0)) return 1;
  if (f === Infinity) return 0;
  const whole = freedom2 + freedom1 * f;
  return incompleteBeta(freedom2 / whole, (freedom1 * f) / whole, freedom2 / 2, freedom1 / 2);
}

/** Halvings of the logarithm of F, from all that a number holds. */
const HALVINGS = 64;
const MOST_LOG_F = 700;

/** The F that is exceeded with probability `p`, between 0 and 1. */
export function fQuantile(p: number, freedom1: number, freedom2: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability lies between 0 and 1, not ${p}`);
  let [low, high] = [-MOST_LOG_F, MOST_LOG_F];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (fExceedance(Math.exp(middle), freedom1, freedom2) > p) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** I_x(a, b); y is 1 - x, which has lost its digits when x is near 1. */
function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  // The fraction converges where x is below the mean; elsewhere the complement does.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(y, x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y)) / a;
  return front * betaFraction(x, a, b);
}

const MOST_TERMS = 2000;
const CLOSE = 1e-15;
const TINY = 1e-300;

/** The continued fraction, by the method of Lentz. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < CLOSE) break;
  }
  return value;
}

const away = (x: number): number => (Math.abs(x) < TINY ? TINY : x);

/** Terms of Stirling's series (DLMF 5.11.1), good to 1e-14 from this argument on. */
const STIRLING_FROM = 12;

function logGamma(x: number): number {
  let shift = 0;
  while (x < STIRLING_FROM) shift -= Math.log(x++);
  const u = 1 / (x * x);
  const series = (1 / 12 - u * (1 / 360 - u * (1 / 1260 - u * (1 / 1680 - u / 1188)))) / x;
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}
