import assert from "node:assert/strict";
import { test } from "node:test";
import { RADIANS_PER_DEGREE, type Station } from "@harken/core";
import fc from "fast-check";
import type { Trace } from "./channelRecord.ts";
import { northAndEast } from "./rotation.ts";
import { testStation } from "./testStation.ts";

const station = testStation({ channels: ["BHN", "BHE"] });
const withAngles = (a: number, b: number): Station => ({
  ...station,
  channels: station.channels.map((c, i) => ({ ...c, hangDeg: i === 0 ? a : b })),
});
const trace = (index: number, samples: Float64Array): Trace => ({
  channel: station.channels[index]!.id,
  samples,
  bad: Uint8Array.from(samples, (_, i) => (i === index ? 1 : 0)),
  badFraction: 0,
  clipped: new Uint8Array(samples.length),
  calibNmPerCount: null,
  calperSec: null,
});

test("two components at any two angles give the motion back", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 359, noNaN: true }),
      fc.double({ min: 20, max: 160, noNaN: true }),
      fc.boolean(),
      (angle, apart, turned) => {
        const other = (angle + (turned ? apart : 360 - apart)) % 360;
        const north = Float64Array.from({ length: 20 }, (_, i) => Math.sin(i));
        const east = Float64Array.from({ length: 20 }, (_, i) => 2 * Math.cos(0.7 * i));
        const seen = (deg: number) =>
          north.map((n, i) => n * Math.cos(deg * RADIANS_PER_DEGREE) + east[i]! * Math.sin(deg * RADIANS_PER_DEGREE));
        const found = northAndEast(withAngles(angle, other), trace(0, seen(angle)), trace(1, seen(other)), 0);
        for (let i = 0; i < 20; i++)
          assert.ok(Math.abs(found.north[i]! - north[i]!) < 1e-9 && Math.abs(found.east[i]! - east[i]!) < 1e-9);
      },
    ),
  );
});

test("angles that are one axis, and none at all, are taken for north and east; bad is where either is", () => {
  const [x, y] = [Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)];
  for (const used of [withAngles(40, 42), { ...station, channels: [] }, withAngles(-1, -1)]) {
    const { north, east, bad } = northAndEast(used, trace(0, x), trace(1, y), 0);
    assert.deepEqual(
      [[...north].map(Math.round), [...east].map(Math.round), [...bad]],
      [
        [1, 2, 3],
        [4, 5, 6],
        [1, 1, 0],
      ],
    );
  }
});
