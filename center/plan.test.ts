import assert from "node:assert/strict";
import { test } from "node:test";
import type { Arrival, Origin, SeismicEvent } from "@harken/core";
import fc from "fast-check";
import { keepOnsets, keyPrefix, networkInput, networkOutput, networkWindow, planIntervals, workSpans } from "./plan.ts";
import { duration, ProgressMeter, progressLine } from "./progress.ts";
import { centerRecipe } from "./recipe.ts";

const arrival = (time: number, key = `a${time}`): Arrival => ({
  ...{ key, station: "ARCES", channel: "SHZ", time, timeErrorSec: 0.1, phase: "P", author: "test", amplitudes: [] },
  ...{ azimuthDeg: null, azimuthErrorDeg: null, slownessSecPerDeg: null, slownessErrorSecPerDeg: null, snr: null },
  ...{ firstMotion: null, rectilinearity: null, incidenceDeg: null, frequencyHz: null, fkQuality: null },
});

const event = (key: string, time: number, arrivalKeys: readonly string[]): SeismicEvent => {
  const associations = arrivalKeys.map((arrivalKey) => ({ arrivalKey })) as unknown as Origin["associations"];
  return { key, preferredOriginKey: "o", origins: [{ key: "o", time, associations } as unknown as Origin] };
};

test("intervals cover the data and the onsets exactly once, whatever the length", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2e9 }), fc.integer({ min: 1, max: 200_000 }), (start, length) => {
      const intervals = planIntervals(start, start + length, centerRecipe);
      assert.equal(intervals[0]!.startTime, start);
      assert.equal(intervals[0]!.onsetFrom, start);
      assert.equal(intervals.at(-1)!.endTime, start + length);
      assert.equal(intervals.at(-1)!.onsetTo, start + length);
      for (const [i, interval] of intervals.entries()) {
        assert.ok(interval.endTime > interval.startTime && interval.onsetTo > interval.onsetFrom);
        if (i === 0) continue;
        assert.equal(interval.startTime, intervals[i - 1]!.endTime);
        assert.equal(interval.onsetFrom, intervals[i - 1]!.onsetTo);
      }
      for (const { onsetTo, endTime } of intervals.slice(0, -1)) assert.ok(endTime - onsetTo >= centerRecipe.tailSec);
      const names = { streams: ["A", "B"], onDemand: ["C"], lists: ["SEL1", "SEL2"] };
      assert.equal(workSpans(intervals, names).length, intervals.length * (2 + 3 + 2 + 1));
    }),
  );
});

test("a signal at an interval's edge is kept once, whichever side sees it where", () => {
  const interval = { onsetFrom: 1000, onsetTo: 2000 };
  const times = (detected: number[], stored: number[]) =>
    keepOnsets(
      detected.map((time) => arrival(time)),
      stored.map((time) => arrival(time)),
      interval,
      2,
    ).map(({ time }) => time);
  assert.deepEqual(times([1000.5], [999.8]), [], "stored by the interval before, seen a little later here");
  assert.deepEqual(times([999.9], [999.8]), [], "stored by the interval before");
  assert.deepEqual(times([999.9], []), [999.9], "seen at 1000.1 by the interval before, and so left to this one");
  assert.deepEqual(times([900, 1500, 2000, 2001], []), [1500]);
  assert.deepEqual(times([1002.5], [1001]), [1002.5]);
});

test("two neighbouring runs with jittered onsets keep every well separated signal exactly once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 250 }), { maxLength: 20 }),
      fc.array(fc.double({ min: -0.4, max: 0.4, noNaN: true }), { minLength: 40, maxLength: 40 }),
      (slots, jitter) => {
        const signals = [...new Set(slots)].map((slot) => slot * 8);
        const see = (side: number) =>
          signals.map((time, i) => arrival(time + jitter[(2 * i + side) % 40]!, `${side}/${i}`));
        const first = keepOnsets(see(0), [], { onsetFrom: -10, onsetTo: 1000 }, 2);
        const second = keepOnsets(see(1), first, { onsetFrom: 1000, onsetTo: 2010 }, 2);
        const kept = [...first, ...second].map(({ key }) => key.split("/")[1]);
        assert.equal(kept.length, signals.length);
        assert.equal(new Set(kept).size, signals.length);
      },
    ),
  );
});

test("an event before the window is final: its arrivals are not offered again, and nothing withdraws it", () => {
  const window = networkWindow({ onsetFrom: 10_000, onsetTo: 11_200 }, centerRecipe);
  assert.deepEqual(window, { from: 10_000 - centerRecipe.lookBackSec, to: 11_200 - centerRecipe.edgeToleranceSec });
  const old = event("old", window.from - 10, ["a1"]);
  const open = event("open", window.from + 10, ["a2"]);
  const input = networkInput([arrival(1, "a1"), arrival(2, "a2"), arrival(3, "a3")], [old, open], window);
  assert.deepEqual(
    input.arrivals.map(({ key }) => key),
    ["a2", "a3"],
  );
  assert.deepEqual(input.open, [open]);
  const built = [event("new", window.from + 50, []), event("leftover", window.from - 50, [])];
  const output = networkOutput(built, input.open, window);
  assert.deepEqual(
    output.events.map(({ key }) => key),
    ["new"],
  );
  assert.deepEqual(output.withdrawn, ["open"]);
});

test("keys need no escape in an address", () => {
  const prefix = keyPrefix("SEL1", 1_769_235_600);
  assert.equal(prefix, "SEL1-20260124T062000Z-");
  assert.equal(encodeURIComponent(prefix), prefix);
});

test("the rate is that of the last half minute, and a resumed run does not count what was done before", () => {
  let now = 0;
  const meter = new ProgressMeter(1000, 500, () => now, 100);
  assert.deepEqual(meter.snapshot(), { done: 500, total: 1000, ratePerSec: null, etaSec: null });
  for (let i = 0; i < 100; i++) {
    assert.equal(meter.snapshot().etaSec === null, i < 50, "the time left is told after the first hundred steps");
    now += 1;
    meter.step(2);
  }
  assert.deepEqual(meter.snapshot(), { done: 700, total: 1000, ratePerSec: 2, etaSec: 150 });
  for (let i = 0; i < 100; i++) {
    now += 1;
    meter.step(3);
  }
  assert.deepEqual(meter.snapshot(), { done: 1000, total: 1000, ratePerSec: 3, etaSec: 0 });
  assert.equal(
    progressLine({ done: 599, total: 1000, ratePerSec: 2, etaSec: 200.5 }, "Interval 3 of 12", 412.3),
    "59 %, about 3 min left, 412 s of data each second. Interval 3 of 12",
  );
  assert.equal(progressLine({ done: 0, total: 10, ratePerSec: null, etaSec: null }, "Start", null), "0 %. Start");
  assert.deepEqual(
    [duration(0.2), duration(89), duration(95), duration(3 * 3600)],
    ["1 s", "89 s", "2 min", "3 h 0 min"],
  );
});
