/** A station's signals are the same whether its data are processed in the centre's intervals or all at once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Arrival } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { createWorld, demoWorldConfig, synthesize } from "@harken/simulator";
import { processStation, trimSegments } from "@harken/waveform";
import { keepOnsets, planIntervals } from "./plan.ts";
import { centerRecipe } from "./recipe.ts";

const HOURS = 1;
const stationCodes = ["MJAR", "USRK", "KBZ"];

/** What other stages use of a short-period arrival; Rayleigh waves, whose background is longer than an interval, are left out. */
const measured = (arrivals: readonly Arrival[]) =>
  arrivals
    .filter(({ phase }) => phase !== "LR")
    .map(({ time, phase, amplitudes, snr }) => ({
      time: time.toFixed(2),
      phase,
      snr: snr?.toPrecision(2),
      amplitudes: amplitudes.map(({ type, amplitude }) => `${type} ${amplitude.toPrecision(3)}`),
    }));

test("processed in intervals, a station has the signals that it has when processed at once", () => {
  const world = createWorld({ ...demoWorldConfig, hours: HOURS, stationCodes }, createEarthModel("ak135"));
  const { startTime } = world.config;
  for (const station of world.inventory.stations) {
    const segments = synthesize(world, station, startTime, startTime + HOURS * 3600);
    const atOnce = processStation({ station, segments, keyPrefix: "" }).arrivals;
    const inIntervals: Arrival[] = [];
    for (const interval of planIntervals(startTime, startTime + HOURS * 3600, centerRecipe)) {
      const from = interval.onsetFrom - centerRecipe.leadInSec;
      // The archive's window is half-open.
      const to = interval.endTime - 0.5 / world.config.sampleRateHz;
      const found = processStation({ station, segments: trimSegments(segments, from, to), keyPrefix: "" }).arrivals;
      inIntervals.push(...keepOnsets(found, inIntervals, interval, centerRecipe.edgeToleranceSec));
    }
    assert.ok(measured(atOnce).length > 2, `${station.code} has signals`);
    assert.deepEqual(measured(inIntervals), measured(atOnce), station.code);
  }
});

test("so has an infrasound array: every clear signal once, at the same time and from the same direction", () => {
  const config = { ...demoWorldConfig, hours: HOURS, stationCodes: ["MJAR"], soundCodes: ["I45RU"] };
  const world = createWorld(config, createEarthModel("ak135"));
  const { startTime } = config;
  const station = world.inventory.stations.at(-1)!;
  const segments = synthesize(world, station, startTime, startTime + HOURS * 3600);
  const clear = (arrivals: readonly Arrival[]) =>
    arrivals.flatMap(({ fkQuality, time, azimuthDeg }) =>
      fkQuality! > 100 ? [`${(time - startTime).toFixed(0)} s from ${azimuthDeg!.toFixed(0)} deg`] : [],
    );
  const atOnce = processStation({ station, segments, keyPrefix: "" }).arrivals;
  const inIntervals: Arrival[] = [];
  for (const interval of planIntervals(startTime, startTime + HOURS * 3600, centerRecipe)) {
    const from = interval.onsetFrom - centerRecipe.leadInSec;
    const part = trimSegments(segments, from, interval.endTime - 0.5 / 20);
    const found = processStation({ station, segments: part, keyPrefix: "", history: inIntervals }).arrivals;
    inIntervals.push(...keepOnsets(found, inIntervals, interval, centerRecipe.edgeToleranceSec));
  }
  assert.ok(clear(atOnce).length >= 4, String(clear(atOnce)));
  assert.deepEqual(clear(inIntervals), clear(atOnce));
});
