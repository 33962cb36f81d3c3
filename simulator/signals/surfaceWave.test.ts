import assert from "node:assert/strict";
import { test } from "node:test";
import { KM_PER_DEGREE } from "@harken/core";
import { msCorrection } from "@harken/earth";
import { sts2 } from "../instruments.ts";
import { addRayleighTrain, rayleighTrain, trainSpan } from "./surfaceWave.ts";

const event = {
  ...{ key: "e", time: 1e9, latitudeDeg: 0, longitudeDeg: 0, depthKm: 0, magnitude: 5.6 },
  kind: "earthquake",
} as const;
const rate = 20;

test("the train's largest swing near 20 s gives back Ms, at the group velocity of LR", () => {
  const delta = 60;
  const train = rayleighTrain(event, delta, 1)!;
  const [from, to] = trainSpan(train);
  const out = new Float64Array(Math.ceil((to - from + 200) * rate));
  const first = Math.floor((from - 100) * rate);
  addRayleighTrain(out, first, rate, train, sts2, { vertical: 1, radial: 0 });
  let best = 0;
  for (let i = 1; i < out.length; i++) if (Math.abs(out[i]!) > Math.abs(out[best]!)) best = i;
  const crossings = Array.from(out.keys()).filter((i) => i > 0 && out[i]! < 0 !== out[i - 1]! < 0);
  const period = (2 * (crossings.find((i) => i > best)! - crossings.findLast((i) => i <= best)!)) / rate;
  assert.ok(period > 17 && period < 24, `period ${period} s`);
  const velocity = Math.abs(out[best]!) / sts2.response.sensitivity! / 1e-9;
  const ms = Math.log10(velocity / (2 * Math.PI)) + msCorrection(delta);
  assert.ok(Math.abs(ms - (1.5 * 5.6 - 2.9)) < 0.05, `Ms ${ms}`);
  const velocityKmPerSec = (delta * KM_PER_DEGREE) / ((first + best) / rate - event.time);
  assert.ok(Math.abs(velocityKmPerSec - 3.3) < 0.15, `${velocityKmPerSec} km/s`);
  assert.equal(out[0], 0);
});

test("a deep or a small event has none", () => {
  assert.equal(rayleighTrain({ ...event, depthKm: 400 }, 60, 0), null);
  assert.equal(rayleighTrain({ ...event, magnitude: 4 }, 90, 0), null);
});
