/** Inverse of a small dense matrix (row-major n x n) by Gauss-Jordan elimination with partial pivoting; null when it is singular. */
export function invert(matrix: Float64Array, n: number): Float64Array | null {
  const a = matrix.slice();
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1;
  const largest = a.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++)
      if (Math.abs(a[row * n + column]!) > Math.abs(a[pivot * n + column]!)) pivot = row;
    const value = a[pivot * n + column]!;
    if (!(Math.abs(value) > 1e-14 * largest)) return null;
    for (let k = 0; k < n; k++) {
      swap(a, pivot * n + k, column * n + k);
      swap(inverse, pivot * n + k, column * n + k);
      a[column * n + k]! /= value;
      inverse[column * n + k]! /= value;
    }
    for (let row = 0; row < n; row++) {
      const factor = a[row * n + column]!;
      if (row === column || factor === 0) continue;
      for (let k = 0; k < n; k++) {
        a[row * n + k]! -= factor * a[column * n + k]!;
        inverse[row * n + k]! -= factor * inverse[column * n + k]!;
      }
    }
  }
  return inverse;
}

function swap(a: Float64Array, i: number, j: number): void {
  const held = a[i]!;
  a[i] = a[j]!;
  a[j] = held;
}
