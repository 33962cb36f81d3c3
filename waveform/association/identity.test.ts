import assert from "node:assert/strict";
import { test } from "node:test";
import type { SeismicEvent } from "@harken/core";
import fc from "fast-check";
import { type NamelessOrigin, nameEvents } from "./identity.ts";
import { defaultAssociatorSettings as settings } from "./settings.ts";

function origin(time: number, latitudeDeg: number, keys: readonly string[]): NamelessOrigin {
  return {
    ...{ time, latitudeDeg, longitudeDeg: 0, depthKm: 0, depthType: "surface", error: null, magnitudes: [] },
    ...{ definingCount: keys.length, stationCount: keys.length, azimuthGapDeg: 0, rmsResidualSec: 0 },
    ...{ author: "test", remarks: [] },
    associations: keys.map((arrivalKey) => ({
      ...{ arrivalKey, station: "S", phase: "P", deltaDeg: 1, stationEventAzimuthDeg: 0, eventStationAzimuthDeg: 0 },
      ...{ timeResidualSec: 0, timeDefining: true, azimuthResidualDeg: null, azimuthDefining: false },
      ...{ slownessResidualSecPerDeg: null, slownessDefining: false, weight: 1 },
    })),
  };
}
const known = (key: string, content: NamelessOrigin): SeismicEvent => ({
  ...{ key, preferredOriginKey: `${key}-o1`, origins: [{ key: `${key}-o1`, ...content }] },
});

test("shared arrivals keep the key wherever the event moved; place and time do without shared arrivals", () => {
  const old = [known("A", origin(100, 0, ["a", "b", "c"])), known("B", origin(5000, 40, ["d", "e", "f"]))];
  const events = nameEvents([origin(160, 8, ["a", "b", "x"]), origin(5005, 41, ["g", "h"])], old, "N-", settings);
  assert.deepEqual(
    events.map(({ key, origins, preferredOriginKey }) => [key, origins.length, preferredOriginKey]),
    [
      ["A", 2, "A-o2"],
      ["B", 2, "B-o2"],
    ],
  );
});

test("what is neither near nor shares its arrivals is new, with keys in order of time that were not used before", () => {
  const old = [known("N-1", origin(100, 0, ["a"]))];
  const events = nameEvents([origin(900, 0, ["z"]), origin(500, 50, ["y"])], old, "N-", settings);
  assert.deepEqual(
    events.map(({ key, origins }) => [key, origins[0]!.time]),
    [
      ["N-2", 500],
      ["N-3", 900],
    ],
  );
});

test("of two pieces of a known event the one with more of its arrivals is it", () => {
  const old = [known("A", origin(100, 0, ["a", "b", "c", "d", "e"]))];
  const events = nameEvents([origin(100, 0, ["a", "b"]), origin(101, 0, ["c", "d", "e"])], old, "N-", settings);
  assert.deepEqual(
    events.map(({ key }) => key),
    ["N-1", "A"],
  );
});

test("an unchanged hypothesis adds no origin", () => {
  const content = origin(100, 0, ["a", "b"]);
  const old = [known("A", content)];
  assert.deepEqual(nameEvents([{ ...content, remarks: ["said anew"] }], old, "N-", settings), old);
});

test("every found event gets a key of its own, and no known event is two", () => {
  const some = fc.tuple(
    fc.integer({ min: 0, max: 60 }),
    fc.integer({ min: -3, max: 3 }),
    fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), fc.array(some, { maxLength: 6 }), (before, after) => {
      const old = before.map((content, i) => known(`K${i}`, origin(...content)));
      const events = nameEvents(
        after.map((content) => origin(...content)),
        old,
        "N-",
        settings,
      );
      assert.equal(events.length, after.length);
      assert.equal(new Set(events.map(({ key }) => key)).size, after.length);
      for (const event of events) assert.ok(event.origins.some(({ key }) => key === event.preferredOriginKey));
    }),
  );
});
