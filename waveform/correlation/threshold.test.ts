import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream, standardDeviation } from "@harken/core";
import { butterworthBandPass, correlateTemplates, filterZeroPhase } from "@harken/signal";
import { regionalRepeats } from "./settings.ts";
import { levelFor, stationRate } from "./threshold.ts";

const RATE_HZ = 20;
const { lowHz, highHz, lengthSec } = regionalRepeats;
const filter = butterworthBandPass(3, lowHz, highHz, RATE_HZ);

function noise(seconds: number, label: string): Float64Array {
  const random = randomStream(3, label);
  return filterZeroPhase(
    filter,
    Float64Array.from({ length: seconds * RATE_HZ }, () => random.normal()),
  );
}

test("noise against a template of noise rises over the level no oftener than is stated: as often as the tail of a bounded coefficient says", (t) => {
  const hours = 48;
  const perDay = 100;
  const [c] = correlateTemplates([noise(lengthSec, "template")], noise(hours * 3600, "trace"));
  const least = levelFor(perDay, lowHz, highHz) * standardDeviation(c!);
  let crossings = 0;
  for (let i = 1; i < c!.length; i++) if (c![i - 1]! < least && c![i]! >= least) crossings++;
  // A coefficient is bounded: its tail is that of (1 - c^2)^(n / 2), not exp(-n c^2 / 2), with n = 1 / variance. So chance keeps below the rate.
  const z = levelFor(perDay, lowHz, highHz);
  const bounded = (1 - least ** 2) ** (z ** 2 / least ** 2 / 2) / Math.exp(-(z ** 2) / 2);
  const stated = (perDay * hours) / 24;
  // Filtered noise is not quite flat in the band: its own crossings of zero tell its frequency.
  let zero = 0;
  for (let i = 1; i < c!.length; i++) if (c![i - 1]! < 0 && c![i]! >= 0) zero++;
  const expected = zero * Math.exp(-(z ** 2) / 2) * bounded;
  t.diagnostic(`${crossings} crossings, ${stated} stated, ${expected.toFixed(0)} expected`);
  assert.ok(Math.abs(crossings - expected) < 4 * Math.sqrt(expected) && crossings < stated, `${crossings}`);
});

test("rarer alarms need a higher level, by Rice's formula: exp(-z^2 / 2) falls as the rate", () => {
  const [often, seldom] = [levelFor(10, lowHz, highHz), levelFor(0.01, lowHz, highHz)];
  assert.ok(Math.abs(Math.exp((seldom ** 2 - often ** 2) / 2) / 1000 - 1) < 1e-9);
});

test("stations that alarm at random at the station's rate agree as often as is stated", () => {
  const settings = { ...regionalRepeats, falseEventsPerDay: 20 };
  const [stations, days] = [6, 10];
  const random = randomStream(5, "alarms");
  const perDay = stationRate(stations, settings);
  const alarms = Array.from({ length: stations }, () =>
    Array.from({ length: Math.round(perDay * days) }, () => 86_400 * days * random.uniform()),
  );
  let pairs = 0;
  for (let a = 0; a < stations; a++)
    for (let b = a + 1; b < stations; b++)
      for (const x of alarms[a]!) for (const y of alarms[b]!) if (Math.abs(x - y) <= settings.toleranceSec) pairs++;
  const expected = settings.falseEventsPerDay * days;
  assert.ok(Math.abs(pairs - expected) < 4 * Math.sqrt(expected), `${pairs} pairs, ${expected} expected`);
  assert.equal(stationRate(1, settings), 20);
});
