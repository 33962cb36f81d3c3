/**
 * A tag tree (ISO/IEC 15444-1, B.10.2): a quadtree of minima by which packet headers tell a number for each code-block of a precinct, a bit at a time.
 */

export class TagTree {
  readonly #levels: { readonly width: number; readonly value: Int32Array; readonly known: Uint8Array }[] = [];

  constructor(width: number, height: number) {
    let [w, h] = [width, height];
    for (;;) {
      this.#levels.push({ width: w, value: new Int32Array(w * h), known: new Uint8Array(w * h) });
      if (w * h <= 1) break;
      w = Math.ceil(w / 2);
      h = Math.ceil(h / 2);
    }
  }

  /** Reads until the leaf's value is known or known to be `threshold` or more; true when it is below. */
  below(x: number, y: number, threshold: number, bit: () => number): boolean {
    let low = 0;
    for (let k = this.#levels.length - 1; k >= 0; k--) {
      const { width, value, known } = this.#levels[k]!;
      const node = (y >> k) * width + (x >> k);
      if (value[node]! < low) value[node] = low;
      while (!known[node] && value[node]! < threshold) {
        if (bit() === 1) known[node] = 1;
        else value[node]!++;
      }
      low = value[node]!;
      if (!known[node]) return false;
    }
    return low < threshold;
  }
}
