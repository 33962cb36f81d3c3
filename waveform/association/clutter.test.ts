import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { tabulateArrivals } from "./arrivalTable.ts";
import { countClutter } from "./clutter.ts";
import { defaultAssociatorSettings as settings } from "./settings.ts";
import { chanceArrivals, reported, testStation } from "./testNetwork.ts";

const station = testStation("S", 10, 20, "array");
const single = testStation("T", 10, 20, "3c");
const HOUR = 3600;
const signal = { phase: "P", logAmplitude: 1, azimuthDeg: 100, slowness: 8, timeErrorSec: 0.3 };

test("the rate of chance detections is that of the arrivals, for a station with few and with many", () => {
  for (const perHour of [10, 200]) {
    const table = tabulateArrivals(chanceArrivals([single], 0, 6 * HOUR, perHour, randomStream(perHour)), [single], {
      ...settings,
      clutter: { ...settings.clutter, codaPerSec: 0 },
    });
    countClutter(table, { ...settings, clutter: { ...settings.clutter, codaPerSec: 0 } });
    const rates = [...table.logClutter].map((value) => Math.exp(value) * HOUR).sort((a, b) => a - b);
    const middle = rates[rates.length >> 1]!;
    assert.ok(middle > 0.7 * perHour && middle < 1.4 * perHour + 6, `${middle} for ${perHour} an hour`);
  }
});

test("after a strong signal more is expected, above all from its own direction", () => {
  const at = (time: number, key: string, azimuthDeg: number, snr: number) =>
    reported(station, key, { ...randomStream(1), normal: () => 0 }, { ...signal, time, azimuthDeg, snr });
  const table = tabulateArrivals(
    [
      at(1000, "strong", 100, 50),
      at(1010, "same", 100, 5),
      at(3000, "later", 100, 5),
      at(5000, "strong2", 100, 50),
      at(5010, "other", 220, 5),
    ],
    [station],
    settings,
  );
  countClutter(table, settings);
  const clutter = new Map(table.arrivals.map(({ key }, a) => [key, table.logClutter[a]!]));
  assert.ok(clutter.get("same")! > clutter.get("other")! + 2);
  assert.ok(clutter.get("other")! > clutter.get("later")!);
});

test("arrivals that events hold are no chance detections, and explained ones say less", () => {
  const given = chanceArrivals([single], 0, HOUR, 100, randomStream(8));
  const table = tabulateArrivals(given, [single], settings);
  countClutter(table, settings);
  const before = [...table.logClutter];
  table.taken.fill(1, 0, table.arrivals.length - 10);
  table.explained[table.arrivals.length - 1] = 4;
  countClutter(table, settings);
  const last = table.arrivals.length - 1;
  assert.ok(table.logClutter[last - 1]! < before[last - 1]! - 0.3);
  assert.ok(table.logClutter[last]! > table.logClutter[last - 1]! + 2);
});
