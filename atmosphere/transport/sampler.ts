/** Sums over the cells of a grid and its layers above ground: what particles leave behind in one output step. */
import { isGlobalInLongitude, type LatLonGrid } from "../grid/latLonGrid.ts";

export interface SamplingGrid {
  readonly grid: LatLonGrid;
  /** Tops of the layers above ground, rising; the first layer stands on the ground. */
  readonly layerTopsM: readonly number[];
  /**
   * From this age on a particle is spread evenly over a cell's size around it, which takes in up to four cells and makes fields smoother; null keeps
   * every particle in its one cell.
   */
  readonly spreadAfterSec: number | null;
}

/** Cells of one output step that are not zero: index of (species, layer, cell), rising, and sums. */
export interface CellSums {
  readonly index: Int32Array;
  readonly sum: Float64Array;
}

export class GridSampler {
  readonly #sampling: SamplingGrid;
  readonly #closes: boolean;
  readonly #cells: number;
  readonly #sums: Float64Array;
  readonly #touched: Int32Array;
  #count = 0;
  // Cells of the place asked for, their shares, and how many.
  readonly #cell = new Int32Array(4);
  readonly #share = new Float64Array(4);
  #places = 0;

  constructor(sampling: SamplingGrid, species: number) {
    this.#sampling = sampling;
    this.#closes = isGlobalInLongitude(sampling.grid);
    this.#cells = sampling.grid.rows * sampling.grid.columns;
    const size = species * sampling.layerTopsM.length * this.#cells;
    this.#sums = new Float64Array(size);
    this.#touched = new Int32Array(size);
  }

  /** Finds the cells of a place; false outside the grid. */
  locate(latDeg: number, lonDeg: number, ageSec: number): boolean {
    const { grid, spreadAfterSec } = this.#sampling;
    this.#places = 0;
    let y = (latDeg - grid.southDeg) / grid.stepLatDeg;
    // The northern edge belongs to the last row.
    if (y === grid.rows) y -= 1e-9;
    let east = lonDeg - grid.westDeg;
    if (east < 0 || east >= 360) east -= 360 * Math.floor(east / 360);
    const x = east / grid.stepLonDeg;
    const row = Math.floor(y);
    const column = Math.floor(x);
    if (spreadAfterSec === null || ageSec < spreadAfterSec) {
      this.#add(row, column, 1);
      return this.#places > 0;
    }
    const fy = y - row;
    const fx = x - column;
    const besideColumn = fx > 0.5 ? column + 1 : column - 1;
    // Over a pole the circle of cells closes on itself.
    const besideRow = this.#closes
      ? Math.max(0, Math.min(grid.rows - 1, fy > 0.5 ? row + 1 : row - 1))
      : fy > 0.5
        ? row + 1
        : row - 1;
    const ownY = fy > 0.5 ? 1.5 - fy : 0.5 + fy;
    const ownX = fx > 0.5 ? 1.5 - fx : 0.5 + fx;
    this.#add(row, column, ownY * ownX);
    this.#add(row, besideColumn, ownY * (1 - ownX));
    this.#add(besideRow, column, (1 - ownY) * ownX);
    this.#add(besideRow, besideColumn, (1 - ownY) * (1 - ownX));
    return this.#places > 0;
  }

  /** Adds to the cells of the last place. */
  add(species: number, layer: number, value: number): void {
    if (!(value > 0)) return;
    const base = (species * this.#sampling.layerTopsM.length + layer) * this.#cells;
    for (let k = 0; k < this.#places; k++) {
      const at = base + this.#cell[k]!;
      if (this.#sums[at] === 0) this.#touched[this.#count++] = at;
      this.#sums[at]! += value * this.#share[k]!;
    }
  }

  /** What was added since the last time, and begins anew. */
  take(): CellSums {
    const index = this.#touched.slice(0, this.#count).sort();
    const sum = new Float64Array(index.length);
    for (let i = 0; i < index.length; i++) {
      sum[i] = this.#sums[index[i]!]!;
      this.#sums[index[i]!] = 0;
    }
    this.#count = 0;
    return { index, sum };
  }

  #add(row: number, column: number, share: number): void {
    const { rows, columns } = this.#sampling.grid;
    if (this.#closes) column = column < 0 ? column + columns : column >= columns ? column - columns : column;
    else if (column < 0 || column >= columns) return;
    if (row < 0 || row >= rows || !(share > 0)) return;
    this.#cell[this.#places] = row * columns + column;
    this.#share[this.#places++] = share;
  }
}
