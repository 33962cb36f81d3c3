import assert from "node:assert/strict";
import { test } from "node:test";
import type { Station } from "@harken/core";
import fc from "fast-check";
import { planIntervals } from "../plan.ts";
import { centerRecipe } from "../recipe.ts";
import { createDataClock } from "./clock.ts";
import { eventWindows, leaveOut, mergeWindows } from "./segments.ts";
import { planSteps } from "./steps.ts";
import { centerTimetable, hears, isOnDemand } from "./timetable.ts";

const station = (code: string, technology: Station["technology"], role: Station["role"]) =>
  ({ code, technology, role }) as Station;
const primary = station("P1", "seismic", "primary");
const infrasound = station("I1", "infrasound", "infrasound");
const auxiliary = station("A1", "seismic", "auxiliary");
const [sel1, sel2] = centerTimetable.pipelines;

test("which list hears which station; one without a role counts as primary", () => {
  const heard = [
    primary,
    station("X", "seismic", null),
    station("H", "hydroacoustic", "hydroacoustic"),
    auxiliary,
    infrasound,
  ];
  assert.deepEqual(
    heard.map((one) => hears(sel1!, one)),
    [true, true, true, false, false],
  );
  assert.ok(heard.every((one) => hears(sel2!, one)));
  assert.deepEqual(heard.filter(isOnDemand), [auxiliary]);
});

test("each list is made of each interval once, after its data and the list before, never after it is due", () => {
  const delivery = fc.record({
    station: fc.constantFrom("P1", "I1"),
    from: fc.integer({ min: 0, max: 9000 }),
    to: fc.integer({ min: 0, max: 20_000 }),
    delaySec: fc.integer({ min: 1, max: 100_000 }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 600, max: 20_000 }), fc.array(delivery, { maxLength: 4 }), (length, deliveries) => {
      const intervals = planIntervals(0, length, centerRecipe);
      const steps = planSteps(intervals, [primary, infrasound], centerTimetable, deliveries);
      for (const [i, step] of steps.slice(1).entries()) assert.ok(step.time >= steps[i]!.time);
      for (const interval of intervals) {
        const own = steps.filter((step) => step.interval === interval);
        const lists = own.flatMap((step) => (step.kind === "list" ? [step.pipeline.list] : []));
        assert.deepEqual(lists, ["SEL1", "SEL2", "SEL3"]);
        const data = own.flatMap((step) => (step.kind === "data" ? step.stations : []));
        assert.deepEqual(data.map(({ code }) => code).sort(), ["I1", "P1"]);
        for (const step of own)
          if (step.kind === "list") assert.ok(step.time <= interval.onsetTo + step.pipeline.delaySec);
          else assert.equal(step.isLate, step.time > interval.endTime);
      }
    }),
  );
});

test("the clock at a speed: a step's time comes after its share of wall time, and at a stop at once", async () => {
  let wall = 100;
  const clock = createDataClock(3600, 1000, () => wall);
  let has = false;
  const step = clock.until(1000 + 7200).then(() => (has = true));
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(has, false);
  wall += 2;
  clock.stop();
  await step;
  assert.equal(has, true);
  const paced = createDataClock(1e6, 0, () => performance.now() / 1000);
  const began = performance.now();
  await paced.until(50_000);
  assert.ok(performance.now() - began >= 49, "50 ms of wall time");
});

test("windows: from before the first phase to after it, or after the last where phases are regional; nearest stations first", () => {
  const phase = (code: string, name: string, time: number, deltaDeg: number) => ({
    ...{ station: code, phase: name, time, deltaDeg, slownessSecPerDeg: 5, azimuthDeg: 0 },
  });
  const predictions = [
    phase("FAR", "P", 900.2, 60),
    phase("FAR", "S", 1600, 60),
    phase("NEAR", "Pn", 100.5, 10),
    phase("NEAR", "Lg", 330.5, 10),
    phase("OUT", "PKP", 1200, 140),
  ];
  assert.deepEqual(eventWindows("e", predictions, centerTimetable.requests), [
    { station: "NEAR", from: -50, to: 631, eventKeys: ["e"] },
    { station: "FAR", from: 750, to: 1201, eventKeys: ["e"] },
  ]);
  assert.equal(eventWindows("e", predictions, { ...centerTimetable.requests, maxStations: 1 }).length, 1);
});

test("merged windows cover the same seconds as a count by the second; what was asked for is never asked for again", () => {
  const window = fc
    .tuple(fc.constantFrom("A", "B"), fc.nat(200), fc.integer({ min: 1, max: 60 }), fc.constantFrom("e1", "e2"))
    .map(([code, from, length, key]) => ({ station: code, from, to: from + length, eventKeys: [key] }));
  const covered = (windows: readonly { station: string; from: number; to: number }[]) => {
    const seconds = new Set<string>();
    for (const { station: code, from, to } of windows) for (let t = from; t < to; t++) seconds.add(`${code} ${t}`);
    return seconds;
  };
  fc.assert(
    fc.property(fc.array(window, { maxLength: 8 }), fc.array(window, { maxLength: 4 }), (wanted, asked) => {
      const merged = mergeWindows(wanted);
      assert.deepEqual(covered(merged), covered(wanted));
      for (const [i, one] of merged.slice(1).entries())
        assert.ok(one.station !== merged[i]!.station || one.from > merged[i]!.to);
      const left = leaveOut(merged, asked);
      const before = covered(asked);
      const all = covered(merged);
      for (const second of covered(left)) assert.ok(all.has(second) && !before.has(second));
      assert.ok(left.every(({ from, to }) => to - from >= 10));
    }),
  );
});
