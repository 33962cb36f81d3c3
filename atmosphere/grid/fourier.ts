/**
 * Sums of a Fourier series on equally spaced points, for any number of points: the Cooley-Tukey recursion over its prime factors. Grids of the globe
 * have 360, 720 or 1440 columns, no powers of two.
 */

/** Sum over k of X[k] exp(+2 pi i k n / N), in new arrays. */
export function fourierSum(re: Float64Array, im: Float64Array): { re: Float64Array; im: Float64Array } {
  const size = re.length;
  const out = { re: new Float64Array(size), im: new Float64Array(size) };
  const { cos, sin } = circle(size);
  const scratch = new Float64Array(2 * size);
  const transform = (from: number, stride: number, length: number, to: number): void => {
    if (length === 1) {
      out.re[to] = re[from]!;
      out.im[to] = im[from]!;
      return;
    }
    const p = smallestFactor(length);
    const part = length / p;
    for (let r = 0; r < p; r++) transform(from + r * stride, stride * p, part, to + r * part);
    // Angles in units of the whole circle's steps.
    const unit = size / length;
    for (let k = 0; k < part; k++) {
      for (let q = 0; q < p; q++) {
        let [sumRe, sumIm] = [0, 0];
        for (let r = 0; r < p; r++) {
          const angle = (r * (k + q * part) * unit) % size;
          const [a, b] = [out.re[to + r * part + k]!, out.im[to + r * part + k]!];
          sumRe += a * cos[angle]! - b * sin[angle]!;
          sumIm += a * sin[angle]! + b * cos[angle]!;
        }
        scratch[2 * q] = sumRe;
        scratch[2 * q + 1] = sumIm;
      }
      for (let q = 0; q < p; q++) {
        out.re[to + q * part + k] = scratch[2 * q]!;
        out.im[to + q * part + k] = scratch[2 * q + 1]!;
      }
    }
  };
  transform(0, 1, size, 0);
  return out;
}

const made = new Map<number, { cos: Float64Array; sin: Float64Array }>();

function circle(size: number) {
  let tables = made.get(size);
  if (!tables) {
    const angle = (i: number) => (2 * Math.PI * i) / size;
    tables = {
      cos: Float64Array.from({ length: size }, (_, i) => Math.cos(angle(i))),
      sin: Float64Array.from({ length: size }, (_, i) => Math.sin(angle(i))),
    };
    made.set(size, tables);
  }
  return tables;
}

function smallestFactor(n: number): number {
  for (let p = 2; p * p <= n; p++) if (n % p === 0) return p;
  return n;
}
