import assert from "node:assert/strict";
import { test } from "node:test";
import type { Origin, SeismicEvent } from "@harken/core";
import fc from "fast-check";
import { matchTruth } from "./matchTruth.ts";
import type { HiddenEvent } from "./world/seismicity.ts";

const hiddenAt = (key: string, time: number, latitudeDeg: number, longitudeDeg: number): HiddenEvent => ({
  ...{ key, time, latitudeDeg, longitudeDeg, depthKm: 10, magnitude: 5, kind: "earthquake" },
});
const eventAt = (key: string, time: number, latitudeDeg: number, longitudeDeg: number): SeismicEvent => ({
  key,
  preferredOriginKey: "o",
  origins: [{ key: "o", time, latitudeDeg, longitudeDeg } as Origin],
});

test("each event and each truth is used once, in the closest way", () => {
  const hidden = [hiddenAt("A", 1000, 10, 20), hiddenAt("B", 1020, 11, 20)];
  const events = [eventAt("1", 1018, 11, 20), eventAt("2", 1001, 10.2, 20), eventAt("3", 1002, 12, 21)];
  const { pairs, missed, false: untrue } = matchTruth(events, hidden);
  assert.deepEqual(
    pairs.map(({ eventKey, truthKey }) => `${eventKey}${truthKey}`),
    ["2A", "1B"],
  );
  assert.deepEqual([missed, untrue], [[], ["3"]]);
  assert.ok(Math.abs(pairs[0]!.distanceKm - 22.1) < 0.2);
  assert.equal(pairs[1]!.timeErrorSec, -2);
});

test("what is too far in space or time is not a pair, across the date line too", () => {
  const hidden = [hiddenAt("A", 0, 0, 179), hiddenAt("B", 5000, 0, 0)];
  const events = [eventAt("1", 1, 0, -179), eventAt("2", 5061, 0, 0), eventAt("3", 5000, 6, 0)];
  const { pairs, missed, false: untrue } = matchTruth(events, hidden);
  assert.deepEqual(
    pairs.map(({ eventKey }) => eventKey),
    ["1"],
  );
  assert.deepEqual([missed, untrue], [["B"], ["2", "3"]]);
});

test("every event and every truth is accounted for exactly once", () => {
  const place = fc.tuple(
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: -9, max: 9 }),
    fc.integer({ min: -9, max: 9 }),
  );
  fc.assert(
    fc.property(fc.array(place, { maxLength: 12 }), fc.array(place, { maxLength: 12 }), (found, truth) => {
      const result = matchTruth(
        found.map(([t, lat, lon], i) => eventAt(`e${i}`, t, lat, lon)),
        truth.map(([t, lat, lon], i) => hiddenAt(`t${i}`, t, lat, lon)),
      );
      const events = [...result.pairs.map(({ eventKey }) => eventKey), ...result.false];
      const truths = [...result.pairs.map(({ truthKey }) => truthKey), ...result.missed];
      assert.equal(new Set(events).size, found.length);
      assert.equal(events.length, found.length);
      assert.equal(new Set(truths).size, truth.length);
      assert.equal(truths.length, truth.length);
    }),
  );
});
