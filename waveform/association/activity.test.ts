import assert from "node:assert/strict";
import { test } from "node:test";
import { activityOf } from "./activity.ts";
import { placeOf } from "./grid.ts";
import type { Hypothesis } from "./hypothesis.ts";
import { defaultAssociatorSettings as settings } from "./settings.ts";

const at = (latitudeDeg: number, longitudeDeg: number) => ({ origin: { latitudeDeg, longitudeDeg } }) as Hypothesis;
const DAY_SEC = 86_400;

test("where events were found more are likelier, by their number over that of any such circle of the Earth, up to a bound", () => {
  const { radiusDeg, minEvents, maxLogGain } = settings.activity;
  const swarm = Array.from({ length: minEvents + 1 }, (_, i) => at(38 + 0.1 * i, 142));
  const gainOver = (days: number) => activityOf(swarm, days * DAY_SEC, settings).logGain(...placeOf(38.2, 142));
  // 20 events an hour in 41 253 square degrees.
  const aDay = (20 * 24 * Math.PI * radiusDeg ** 2) / 41_253;
  assert.ok(Math.abs(gainOver(1) - Math.log(swarm.length / aDay)) < 1e-9);
  assert.ok(Math.abs(gainOver(10) - Math.log(swarm.length / aDay / 10)) < 1e-9);
  assert.equal(gainOver(10_000), 0, "no more than usual");
  assert.equal(gainOver(1 / 24), maxLogGain);
  assert.equal(activityOf(swarm, DAY_SEC, settings).logGain(...placeOf(38 + 2 * radiusDeg, 142)), 0);
});

test("few events call forth no others", () => {
  const { minEvents } = settings.activity;
  const few = Array.from({ length: minEvents - 1 }, () => at(38, 142));
  assert.equal(activityOf(few, 60, settings).logGain(...placeOf(38, 142)), 0);
  const scattered = [...few, at(-20, 10), at(60, -150)];
  assert.equal(activityOf(scattered, 60, settings).logGain(...placeOf(38, 142)), 0);
});
