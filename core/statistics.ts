/** Small statistics used everywhere. Arrays in, plain numbers out; an empty array gives NaN-free results only where stated. */

/** Arithmetic mean; throws for an empty array, because a silent NaN would travel far. */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError("mean of no values");
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Sample standard deviation (n - 1); 0 for fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  const n = values.length;
  if (n < 2) return 0;
  const m = mean(values);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (values[i]! - m) ** 2;
  return Math.sqrt(sum / (n - 1));
}

/** The q-quantile (0 to 1) by linear interpolation between order statistics (Hyndman and Fan type 7); what is no number comes last. */
export function quantile(values: ArrayLike<number>, q: number): number {
  if (values.length === 0) throw new RangeError("quantile of no values");
  const x = new Float64Array(values);
  const count = numbersFirst(x);
  const h = (x.length - 1) * q;
  const low = Math.floor(h);
  if (Math.min(low + 1, x.length - 1) >= count) return Number.NaN;
  const below = select(x.subarray(0, count), low);
  let above = low + 1 < count ? Infinity : below;
  for (let i = low + 1; i < count; i++) if (x[i]! < above) above = x[i]!;
  return below + (h - low) * (above - below);
}

/** Swaps what is no number behind the others; how many those are. */
function numbersFirst(x: Float64Array): number {
  let count = x.length;
  for (let i = 0; i < count; ) {
    if (!Number.isNaN(x[i]!)) i++;
    else {
      x[i] = x[--count]!;
      x[count] = Number.NaN;
    }
  }
  return count;
}

/** The k-th smallest; rearranges so that nothing behind it is smaller (Hoare 1961, algorithm 65). What keeps falling into unequal parts is sorted. */
function select(x: Float64Array, k: number): number {
  const most = Math.log2(x.length);
  let [left, right] = [0, x.length - 1];
  for (let round = 0; left < right; round++) {
    if (round > most) {
      x.subarray(left, right + 1).sort();
      break;
    }
    const pivot = middleOf(x[left]!, x[(left + right) >> 1]!, x[right]!);
    let [i, j] = [left, right];
    while (i <= j) {
      while (x[i]! < pivot) i++;
      while (x[j]! > pivot) j--;
      if (i > j) break;
      const value = x[i]!;
      x[i++] = x[j]!;
      x[j--] = value;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return x[k]!;
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** Median absolute deviation scaled by 1.4826, so that it estimates the standard deviation of normal data. */
export function scaledMad(values: ArrayLike<number>): number {
  const m = median(values);
  return 1.4826 * median(Float64Array.from(values as ArrayLike<number>, (v) => Math.abs(v - m)));
}

/** Complementary error function to 1.2e-7 relative (Press et al., Numerical Recipes 3rd ed., 6.2.2, Chebyshev fit). */
export function erfc(x: number): number {
  const z = Math.abs(x);
  const t = 2 / (2 + z);
  const polynomial =
    -1.26551223 +
    t *
      (1.00002368 +
        t *
          (0.37409196 +
            t *
              (0.09678418 +
                t *
                  (-0.18628806 +
                    t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  const r = t * Math.exp(-z * z + polynomial);
  // The fit above is in t = 1 / (1 + z/2) = 2 / (2 + z).
  return x >= 0 ? r : 2 - r;
}

/** Standard normal distribution function. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x / Math.SQRT2);
}

/** Quantile of the standard normal (Acklam's rational approximation, relative error 1.2e-9). */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normalQuantile needs 0 < p < 1, not ${p}`);
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const tail = (q: number) =>
    (((((c[0]! * q + c[1]!) * q + c[2]!) * q + c[3]!) * q + c[4]!) * q + c[5]!) /
    ((((d[0]! * q + d[1]!) * q + d[2]!) * q + d[3]!) * q + 1);
  if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - 0.02425) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((a[0]! * r + a[1]!) * r + a[2]!) * r + a[3]!) * r + a[4]!) * r + a[5]!) * q) /
    (((((b[0]! * r + b[1]!) * r + b[2]!) * r + b[3]!) * r + b[4]!) * r + 1)
  );
}
