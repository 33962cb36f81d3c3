/** What a probability over cells says: the most likely place, the mean, and the smallest region that holds a share of it. */
import { geocentricLatitude, geodesicKm, geographicLatitude, RADIANS_PER_DEGREE } from "@harken/core";
import type { Hypocentre } from "./reading.ts";

export interface ProbabilityCell extends Hypocentre {
  readonly areaKm2: number;
  readonly probability: number;
}

/** The cells of one place, whatever their depth. */
interface Column {
  readonly areaKm2: number;
  probability: number;
  readonly cell: ProbabilityCell;
}

export class ProbabilitySolution {
  readonly cells: readonly ProbabilityCell[];
  /** The densest place first. */
  readonly #columns: readonly Column[];

  constructor(cells: readonly ProbabilityCell[]) {
    this.cells = cells;
    const columns = new Map<string, Column>();
    for (const cell of cells) {
      const key = `${cell.latitudeDeg} ${cell.longitudeDeg}`;
      const column = columns.get(key);
      if (column) column.probability += cell.probability;
      else columns.set(key, { areaKm2: cell.areaKm2, probability: cell.probability, cell });
    }
    this.#columns = [...columns.values()].sort((a, b) => b.probability / b.areaKm2 - a.probability / a.areaKm2);
  }

  get best(): Hypocentre {
    const density = ({ probability, areaKm2 }: ProbabilityCell) => probability / areaKm2;
    return this.cells.reduce((top, cell) => (density(cell) > density(top) ? cell : top));
  }

  /** The mean place on the sphere, with the mean time and depth. */
  get mean(): Hypocentre {
    let [x, y, z, time, depthKm] = [0, 0, 0, 0, 0];
    const [{ time: from }] = this.cells as [ProbabilityCell];
    for (const cell of this.cells) {
      const latitude = geocentricLatitude(cell.latitudeDeg) * RADIANS_PER_DEGREE;
      const longitude = cell.longitudeDeg * RADIANS_PER_DEGREE;
      x += cell.probability * Math.cos(latitude) * Math.cos(longitude);
      y += cell.probability * Math.cos(latitude) * Math.sin(longitude);
      z += cell.probability * Math.sin(latitude);
      time += cell.probability * (cell.time - from);
      depthKm += cell.probability * cell.depthKm;
    }
    return {
      latitudeDeg: geographicLatitude(Math.atan2(z, Math.hypot(x, y)) / RADIANS_PER_DEGREE),
      longitudeDeg: Math.atan2(y, x) / RADIANS_PER_DEGREE,
      ...{ time: from + time, depthKm },
    };
  }

  /** Area of the smallest region that holds this share of the probability. */
  regionKm2(share: number): number {
    let [area, sum] = [0, 0];
    for (const { areaKm2, probability } of this.#columns) {
      // The last cell counts as far as it is needed.
      const part = Math.min(1, (share - sum) / probability);
      area += part * areaKm2;
      sum += probability;
      if (sum >= share) break;
    }
    return area;
  }

  /** The share that the smallest region reaching a place holds: 0 at the most likely place, 1 where nothing is left. */
  shareAt(latitudeDeg: number, longitudeDeg: number): number {
    const nearest = this.#columns.reduce<{ index: number; km: number }>(
      (top, { cell }, index) => {
        const km = geodesicKm(cell.latitudeDeg, cell.longitudeDeg, latitudeDeg, longitudeDeg);
        return km < top.km ? { index, km } : top;
      },
      { index: -1, km: Number.POSITIVE_INFINITY },
    );
    const column = this.#columns[nearest.index]!;
    if (nearest.km > Math.sqrt(column.areaKm2)) return 1;
    const before = this.#columns.slice(0, nearest.index).reduce((sum, { probability }) => sum + probability, 0);
    return Math.min(1, before + column.probability / 2);
  }
}
