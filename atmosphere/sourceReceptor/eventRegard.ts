/**
 * Waveform events in the air of samples: in which samples' air an event's place was, from its time on for as long as gases may take to come out
 * (data fusion, as the CTBTO's web-connected graphics engine overlays epicentres of matching times).
 *
 *     const [found] = eventRegard(series, [{ latitudeDeg, longitudeDeg, time }], { reachKm: 100, withinSec: 3 * 86_400 });
 *     found.samples;       // indices of the samples whose air was there
 */
import { distanceAzimuth, KM_PER_DEGREE } from "@harken/core";
import { cellCentre } from "../grid/latLonGrid.ts";
import type { CellSeries } from "./cellSeries.ts";

export interface EventPlace {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Epoch seconds. */
  readonly time: number;
}

export interface EventRegard {
  /** Samples whose sensitivity there is above the threshold, rising. */
  readonly samples: readonly number[];
  /** Largest sensitivity of one sample to one cell of the surroundings, summed over the time, 1/m^3. */
  readonly sensitivity: number;
}

export interface EventRegardOptions {
  /** Cells count whose middle is as near as this, or nearer than half a cell's diagonal. */
  readonly reachKm: number;
  /** Slots count that overlap the time from the event to so long after it. */
  readonly withinSec: number;
  /** 1/m^3. */
  readonly threshold?: number;
}

export function eventRegard(
  series: CellSeries,
  events: readonly EventPlace[],
  { reachKm, withinSec, threshold = 0 }: EventRegardOptions,
): EventRegard[] {
  const { grid, startTime, slotSec } = series;
  const reachDeg = Math.max(reachKm / KM_PER_DEGREE, Math.hypot(grid.stepLatDeg, grid.stepLonDeg) / 2);
  return events.map(({ latitudeDeg, longitudeDeg, time }) => {
    const first = Math.floor((time - startTime) / slotSec);
    const last = Math.floor((time + withinSec - startTime) / slotSec);
    const near = new Map<number, boolean>();
    const isNear = (cell: number) => {
      const known = near.get(cell);
      if (known !== undefined) return known;
      const centre = cellCentre(grid, cell);
      const found =
        Math.abs(centre.latitudeDeg - latitudeDeg) <= reachDeg + 0.2 &&
        distanceAzimuth(latitudeDeg, longitudeDeg, centre.latitudeDeg, centre.longitudeDeg).deltaDeg <= reachDeg;
      near.set(cell, found);
      return found;
    };
    const sums = new Map<number, number>();
    const cells = grid.rows * grid.columns;
    for (let i = 0; i < series.cell.length; i++) {
      const [slot, cell] = [series.slot[i]!, series.cell[i]!];
      if (slot < first || slot > last || !isNear(cell)) continue;
      const key = series.sample[i]! * cells + cell;
      sums.set(key, (sums.get(key) ?? 0) + series.sensitivity[i]!);
    }
    const samples = new Set<number>();
    let sensitivity = 0;
    for (const [key, sum] of sums) {
      if (sum > threshold) samples.add(Math.floor(key / cells));
      sensitivity = Math.max(sensitivity, sum);
    }
    return { samples: [...samples].sort((a, b) => a - b), sensitivity };
  });
}
