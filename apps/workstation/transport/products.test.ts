/** Products of fields whose answer is known by hand (testFields.ts), and where a map looks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellIndex } from "@harken/atmosphere";
import { decodeSourceReceptorField } from "@harken/formats";
import { lookAround, moveLook, pixelOf, placeAt, projectionOf, zoomLook } from "./mapLook.ts";
import { type ChosenField, cellHistory, productMap, type Question, sensitivities, seriesOfChosen } from "./products.ts";
import { AT_SOURCE, type MadeField, madeFields, RELEASE_BQ, SOURCE, sourceTime } from "./testFields.ts";

function chosenOf(made: readonly MadeField[]): ChosenField[] {
  return made.map(({ text, measuredBqPerM3, entries, ...summary }) => ({
    summary: {
      ...summary,
      durationHours: 96,
      outputHours: 3,
      stepLatDeg: 1,
      stepLonDeg: 1,
      entries,
      sampleKey: null,
      measured: [],
    },
    field: decodeSourceReceptorField(new TextEncoder().encode(text)).items[0]!,
    measured: { nuclide: null, bqPerM3: measuredBqPerM3, uncertaintyBqPerM3: 0, mdcBqPerM3: null },
  }));
}

const one = chosenOf(madeFields.filter(({ centre }) => centre === "AAAA"));
const both = chosenOf(madeFields);
const ask = (chosen: readonly ChosenField[], question: Partial<Question>) => {
  const series = seriesOfChosen(chosen, null)!;
  const map = productMap(series, chosen, {
    product: "regard",
    kind: "pearson",
    threshold: 0,
    slots: [0, series.slots],
    ...question,
  });
  const cell = cellIndex(series.grid, SOURCE.latitudeDeg, SOURCE.longitudeDeg);
  return { series, map, cell, sourceSlot: Math.round((sourceTime - series.startTime) / series.slotSec) };
};
const shown = <T>(map: T | string): T => (typeof map === "string" ? assert.fail(map) : map);

test("regard: the sum over samples at the source; above a threshold only what is more; of one step, of another", () => {
  const { map, cell, series, sourceSlot } = ask(one, {});
  assert.ok(Math.abs(shown(map).values[cell]! - 14e-15) < 1e-25);
  assert.ok(Math.abs(shown(ask(one, { threshold: 3e-15 }).map).values[cell]! - 11e-15) < 1e-25);
  assert.ok(Math.abs(shown(ask(one, { slots: [sourceSlot, sourceSlot + 1] }).map).values[cell]! - 14e-15) < 1e-25);
  assert.equal(shown(ask(one, { slots: [sourceSlot + 1, series.slots] }).map).values[cell], 0);
});

test("overlap: the detections whose air was there, not the samples without one", () => {
  const { map, cell } = ask(one, { product: "overlap" });
  assert.equal(shown(map).values[cell], 4);
  assert.match(shown(map).title, /of 4 detections/);
});

test("models: both agree on the source, one alone on the other cell; of different samples nothing is said", () => {
  const { map, cell, series } = ask(both, { product: "models" });
  assert.equal(shown(map).values[cell], 1);
  assert.equal(shown(map).values[cellIndex(series.grid, 38.5, 150.5)], 0.5);
  assert.match(String(ask(both.slice(1), { product: "models" }).map), /same samples/);
  assert.match(String(ask(one, { product: "models" }).map), /two models/);
});

test("source region: correlation 1 at the source, at its time and with its release, and nowhere more; by two models their mean", () => {
  const { map, cell, sourceSlot } = ask(one, { product: "region" });
  const { values, region } = shown(map);
  assert.ok(Math.abs(values[cell]! - 1) < 1e-9);
  assert.ok(Array.from(values).every((value, i) => i === cell || value < 0.9));
  assert.equal(region!.slot[cell], sourceSlot);
  assert.ok(Math.abs(region!.releaseBq[cell]! / RELEASE_BQ - 1) < 1e-6);
  assert.ok(Math.abs(shown(ask(both, { product: "region" }).map).values[cell]! - 1) < 1e-9);
  assert.match(String(ask(one.slice(0, 2), { product: "region" }).map), /three measured samples/);
});

test("a cell: its history has the source in its step alone; the samples' shares are those of the files", () => {
  const { series, cell, sourceSlot } = ask(one, {});
  const question: Question = { product: "regard", kind: "pearson", threshold: 0, slots: [0, series.slots] };
  const history = cellHistory(series, one, cell, question);
  assert.deepEqual(
    history.flatMap((value, slot) => (value > 0 ? [slot] : [])),
    [sourceSlot],
  );
  assert.ok(Math.abs(cellHistory(series, one, cell, { ...question, product: "region" })[sourceSlot]! - 1) < 1e-9);
  sensitivities(series, one.length, cell, [0, series.slots]).forEach((value, k) => {
    assert.ok(Math.abs(value - AT_SOURCE[k]! * 1e-15) < 1e-25);
  });
});

test("decay on the way: half of what is left after a half-life", () => {
  const halfLifeSec = 86_400;
  const plain = seriesOfChosen(one.slice(1, 2), null)!;
  const decayed = seriesOfChosen(one.slice(1, 2), { halfLifeSec })!;
  plain.sensitivity.forEach((value, i) => {
    const age = one[1]!.field.sampleStop - (plain.startTime + (plain.slot[i]! + 1) * plain.slotSec);
    assert.ok(Math.abs(decayed.sensitivity[i]! / (value * 0.5 ** (age / halfLifeSec)) - 1) < 1e-9);
  });
  assert.ok(plain.sensitivity.length >= 3);
});

test("the map: pixels and places are inverse and those of the projection; zoom holds the place under the pointer; across the date line", () => {
  const look = lookAround(
    [
      { lat: 50, lon: 170 },
      { lat: 40, lon: -160 },
    ],
    800,
    600,
  );
  assert.ok(Math.abs(Math.abs(look.centreLonDeg) - 175) < 1 && look.pixelsPerDeg > 10);
  for (const moved of [look, moveLook(look, 130, -60), zoomLook(look, 3, 100, -50, 1)]) {
    const [x, y] = pixelOf(moved, 45, -170, 800, 600);
    const projected = projectionOf(moved, 800, 600)([-170, 45])!;
    assert.ok(Math.hypot(projected[0] - x, projected[1] - y) < 1e-6);
    const back = placeAt(moved, x, y, 800, 600)!;
    assert.ok(Math.abs(back.latitudeDeg - 45) < 1e-9 && Math.abs(back.longitudeDeg + 170) < 1e-9);
  }
  const under = placeAt(look, 500, 250, 800, 600)!;
  const after = placeAt(zoomLook(look, 2.5, 100, -50, 1), 500, 250, 800, 600)!;
  assert.ok(
    Math.abs(under.latitudeDeg - after.latitudeDeg) < 1e-9 && Math.abs(under.longitudeDeg - after.longitudeDeg) < 1e-9,
  );
  const dragged = placeAt(moveLook(look, 40, 25), 540, 275, 800, 600)!;
  assert.ok(
    Math.abs(under.latitudeDeg - dragged.latitudeDeg) < 1e-9 &&
      Math.abs(under.longitudeDeg - dragged.longitudeDeg) < 1e-9,
  );
});
