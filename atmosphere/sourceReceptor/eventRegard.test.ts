import assert from "node:assert/strict";
import { test } from "node:test";
import { cellIndex, globalGrid } from "../grid/latLonGrid.ts";
import { type CellSeries, samplesOf, slotsBetween } from "./cellSeries.ts";
import { eventRegard } from "./eventRegard.ts";

const grid = globalGrid(1);
/** Sample, latitude, longitude, slot, sensitivity; slots of 3 h from time 0. */
function seriesOf(entries: readonly (readonly [number, number, number, number, number])[]): CellSeries {
  return {
    ...{ grid, startTime: 0, slotSec: 10_800, slots: 8, samples: 3 },
    sample: Int32Array.from(entries, ([sample]) => sample),
    cell: Int32Array.from(entries, ([, lat, lon]) => cellIndex(grid, lat, lon)),
    slot: Int32Array.from(entries, ([, , , slot]) => slot),
    sensitivity: Float64Array.from(entries, ([, , , , value]) => value),
  };
}

const series = seriesOf([
  [0, 41.5, 129.5, 2, 3e-15],
  [0, 41.5, 129.5, 3, 4e-15],
  [1, 41.5, 129.5, 1, 9e-15],
  [2, 43.5, 129.5, 3, 2e-15],
  [2, 41.5, -179.5, 3, 8e-15],
]);
const event = { latitudeDeg: 41.3, longitudeDeg: 129.1, time: 2 * 10_800 + 60 };

test("an event counts in the air that was at its place after it, not before, summed over slots", () => {
  const [found] = eventRegard(series, [event], { reachKm: 0, withinSec: 10_800 });
  assert.deepEqual(found!.samples, [0]);
  assert.ok(Math.abs(found!.sensitivity - 7e-15) < 1e-20);
  const [briefly] = eventRegard(series, [event], { reachKm: 0, withinSec: 600 });
  assert.ok(Math.abs(briefly!.sensitivity - 3e-15) < 1e-20);
});

test("a wider reach takes cells in whose middle is as near, by the great circle over the date line as well", () => {
  // 43.5 N 129.5 E lies 2.2 deg, 247 km, from the event.
  assert.deepEqual(eventRegard(series, [event], { reachKm: 240, withinSec: 10_800 })[0]!.samples, [0]);
  assert.deepEqual(eventRegard(series, [event], { reachKm: 255, withinSec: 10_800 })[0]!.samples, [0, 2]);
  const pacific = { latitudeDeg: 41.5, longitudeDeg: 179.4, time: 3 * 10_800 };
  assert.deepEqual(eventRegard(series, [pacific], { reachKm: 100, withinSec: 0 })[0]!.samples, [2]);
  assert.deepEqual(eventRegard(series, [pacific], { reachKm: 80, withinSec: 0 })[0]!.samples, []);
});

test("below the threshold no sample counts; the sensitivity is told all the same", () => {
  const [found] = eventRegard(series, [event], { reachKm: 0, withinSec: 10_800, threshold: 1e-14 });
  assert.deepEqual(found!.samples, []);
  assert.ok(found!.sensitivity > 0);
});

test("slots between: only their entries, the others' slots keeping their numbers", () => {
  const part = slotsBetween(series, 2, 4);
  assert.deepEqual([...part.slot], [2, 3, 3, 3]);
  assert.deepEqual([...part.sample], [0, 0, 2, 2]);
  assert.equal(part.startTime, 0);
});

test("some samples: numbered anew in the order given", () => {
  const part = samplesOf(series, [2, 0]);
  assert.deepEqual([part.samples, [...part.sample], [...part.slot]], [2, [1, 1, 0, 0], [2, 3, 3, 3]]);
});
