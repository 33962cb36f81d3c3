import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { SourceReceptorField } from "@harken/core";
import { decodeSourceReceptorField } from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { cellIndex, globalGrid } from "../grid/latLonGrid.ts";
import { cellSeries } from "./cellSeries.ts";
import { fieldOfRegard, multiModelRegard, regardOverlap } from "./fieldOfRegard.ts";
import { possibleSourceRegion } from "./sourceRegion.ts";

/** The values of a NumPy file of doubles, floats or integers, little-endian. */
function npy(path: string): number[] {
  const bytes = readFileSync(path);
  const headerLength = bytes.readUInt16LE(8);
  const header = bytes.toString("latin1", 10, 10 + headerLength);
  const descr = /'descr': '<?([a-z]\d)'/.exec(header)![1]!;
  const body = bytes.subarray(10 + headerLength);
  const sizes: Record<string, number> = { f8: 8, f4: 4, i8: 8, i4: 4, i2: 2 };
  const size = sizes[descr]!;
  return Array.from({ length: body.length / size }, (_, i) => {
    if (descr === "f8") return body.readDoubleLE(i * size);
    if (descr === "f4") return body.readFloatLE(i * size);
    if (descr === "i8") return Number(body.readBigInt64LE(i * size));
    return size === 4 ? body.readInt32LE(i * size) : body.readInt16LE(i * size);
  });
}

referenceTest(
  "36 samples of a known release: overlap and correlation maps as computed by another program from the same fields",
  ["atmosphere/psr_synthetic"],
  (t, [folder]) => {
    const rows = readFileSync(join(folder!, "samples.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const names = readdirSync(folder!);
    const fields = rows.map(([station, , , , stop]) => {
      const stamp = stop!.slice(0, 13).replace(/[-T]/g, "");
      const name = names.find((n) => n.startsWith(`${station}.${stamp}.`))!;
      return decodeSourceReceptorField(readFileSync(join(folder!, name))).items[0]!;
    });
    const measured = rows.map((row) => Number(row[5]));
    const grid = globalGrid(1);
    const series = cellSeries(fields, grid);
    const { correlation, slot } = possibleSourceRegion(series, measured);
    const [storedR, storedSlot] = [npy(join(folder!, "maxPSR_pearson.npy")), npy(join(folder!, "maxPSR_slot.npy"))];
    // Where the air of one sample alone has been, r does not depend on how much: (y - mean) / sigma sqrt(n / (n - 1)), a closed form. The stored
    // map was made in single precision and is off there by up to 0.004, and its slot among equals is chance.
    const n = measured.length;
    const mean = measured.reduce((sum, y) => sum + y, 0) / n;
    const deviation = Math.sqrt(measured.reduce((sum, y) => sum + (y - mean) ** 2, 0));
    const alone = measured.map((y) => ((y - mean) / deviation) * Math.sqrt(n / (n - 1)));
    const isAlone = (r: number) => alone.some((value) => Math.abs(value - r) < 1e-12);
    let [worst, compared, single] = [0, 0, 0];
    storedR.forEach((stored, cell) => {
      if (isAlone(correlation[cell]!)) {
        single++;
        assert.ok(Math.abs(stored - correlation[cell]!) < 0.004);
        return;
      }
      worst = Math.max(worst, Math.abs(Math.max(0, stored) - correlation[cell]!));
      if (stored <= 0) return;
      compared++;
      assert.equal(storedSlot[cell], slot[cell]);
    });
    t.diagnostic(`${compared} cells, worst difference ${worst.toExponential(1)}; ${single} cells of one sample alone`);
    assert.ok(worst <= 1e-5, `${worst}`);
    assert.ok(compared > 250 && single < 50);
    const best = correlation.indexOf(Math.max(...correlation));
    assert.equal(best, cellIndex(grid, 39.5, 133.5));
    assert.ok(Math.abs(correlation[best]! - 0.9571) < 1e-4);

    const detections = measured.flatMap((value, k) => (value > 0 ? [k] : []));
    const overlap = regardOverlap(series, detections);
    const storedOverlap = npy(join(folder!, "for_overlap.npy"));
    const differing = storedOverlap.filter((stored, cell) => stored !== overlap[cell]).length;
    t.diagnostic(`overlap: ${detections.length} detections, ${differing} cells differ`);
    assert.equal(differing, 0);
  },
);

const field = (
  entries: readonly (readonly [lat: number, lon: number, step: number, value: number])[],
): SourceReceptorField => ({
  station: "X",
  latitudeDeg: 0,
  longitudeDeg: 0,
  sampleStart: 0,
  sampleStop: 86_400,
  releaseBq: 10,
  durationHours: 24,
  outputHours: 3,
  averageHours: 3,
  stepLatDeg: 1,
  stepLonDeg: 1,
  firstStep: 0,
  cellLatitudeDeg: Float32Array.from(entries, ([lat]) => lat),
  cellLongitudeDeg: Float32Array.from(entries, ([, lon]) => lon),
  step: Int32Array.from(entries, ([, , step]) => step),
  values: Float64Array.from(entries, ([, , , value]) => value),
  spread: null,
});

test("a release that explains the samples exactly has correlation 1 and its own amount", () => {
  const grid = globalGrid(1);
  const sensitivities = [0, 2, 5, 1];
  const fields = sensitivities.map((s) =>
    field([
      [10.5, 20.5, 3, 10 * s],
      [-30.5, 5.5, 2, 7],
    ]),
  );
  const series = cellSeries(fields, grid);
  for (const kind of ["pearson", "spearman"] as const) {
    const { correlation, slot, releaseBq } = possibleSourceRegion(
      series,
      sensitivities.map((s) => 40 * s),
      kind,
    );
    const cell = cellIndex(grid, 10.5, 20.5);
    assert.ok(Math.abs(correlation[cell]! - 1) < 1e-12);
    assert.ok(Math.abs(releaseBq[cell]! - 40) < 1e-9);
    assert.equal(series.startTime + slot[cell]! * series.slotSec, 86_400 - 4 * 10_800);
    assert.equal(correlation[cellIndex(grid, -30.5, 5.5)], 0, "what does not vary explains nothing");
  }
  assert.equal(series.samples, 4);
  assert.throws(() => possibleSourceRegion(series, [1, 2]), RangeError);
});

test("regard adds over time, decay takes its share, models are counted", () => {
  const grid = globalGrid(1);
  const fields = [
    field([
      [0.5, 0.5, 0, 10],
      [0.5, 0.5, 4, 30],
      [1.5, 0.5, 0, 10],
    ]),
  ];
  const cell = cellIndex(grid, 0.5, 0.5);
  assert.ok(Math.abs(fieldOfRegard(cellSeries(fields, grid), 0)[cell]! - 4) < 1e-12);
  const decayed = fieldOfRegard(cellSeries(fields, grid, { halfLifeSec: 12 * 3600 }), 0);
  assert.ok(Math.abs(decayed[cell]! - (1 + 1.5)) < 1e-12);
  const share = multiModelRegard([decayed, new Float64Array(decayed.length)]);
  assert.equal(share[cell], 0.5);
});
