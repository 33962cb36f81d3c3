import assert from "node:assert/strict";
import { test } from "node:test";
import type { WaveformSegment } from "@harken/core";
import fc from "fast-check";
import type { StationRecipe } from "./recipe.ts";
import { seismicRecipe } from "./recipes.ts";
import { rankSensors } from "./sensors.ts";
import { START, testStation } from "./testStation.ts";
import { StationRecording } from "./windows.ts";

const RATE = 10;
const recipe: StationRecipe = { ...seismicRecipe, window: { coreSec: 60, leadSec: 15, tailSec: 20 } };
const station = testStation({ channels: ["BHZ"], rate: RATE });
/** Samples that count tenths of a second since `START`. */
const piece = (fromSec: number, length: number, location = ""): WaveformSegment => ({
  channel: { ...station.channels[0]!.id, location },
  startTime: START + fromSec,
  sampleRateHz: RATE,
  samples: Int32Array.from({ length }, (_, i) => 1000 * Math.sin(fromSec * RATE + i)),
});
const windowsOf = (segments: readonly WaveformSegment[], used = recipe) => [
  ...new StationRecording(segments, rankSensors({ ...station, channels: [] }, segments), used).windows(),
];

test("the cores of the windows cover each sample with data once, whatever its length", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 4000 }), fc.integer({ min: 0, max: 99 }), (length, offset) => {
      const seen = new Int32Array(length);
      for (const { clock, coreFrom, coreTo } of windowsOf([piece(offset / RATE, length)])) {
        const begin = Math.round((clock.startTime - START) * RATE) - offset;
        assert.ok(coreFrom >= 0 && coreTo <= clock.length);
        for (let i = coreFrom; i < coreTo; i++) seen[begin + i]!++;
      }
      assert.ok(seen.every((n) => n === 1));
    }),
    { numRuns: 60 },
  );
});

test("each window has its lead and its tail, as far as there are data, and no more", () => {
  const windows = windowsOf([piece(0, 3000)]);
  assert.equal(windows.length, 5);
  const [first, second] = windows;
  assert.equal(first!.clock.startTime, START);
  assert.equal(first!.clock.length, (60 + 20) * RATE + 1);
  assert.equal(second!.clock.startTime, START + 60 - 15);
  assert.equal(second!.coreFrom, 15 * RATE);
  assert.ok(windows.every(({ clock }) => clock.length <= (60 + 20 + 15 + 20) * RATE + 1));
});

test("hours without data have no window", () => {
  const windows = windowsOf([piece(0, 600), piece(7200, 600)]);
  assert.equal(windows.length, 2);
  assert.ok(windows[1]!.clock.startTime >= START + 7200 - 15);
  // Thirty years between two pieces cost nothing.
  assert.equal(windowsOf([piece(0, 600), piece(1e9, 600)]).length, 2);
});

test("where the preferred sensor is silent the next one is taken", () => {
  // Location 00 has more data and is preferred; it has a gap from 100 s on, is dead from 200 s on and well again from 300 s on.
  const dead = { ...piece(200, 1000, "00"), samples: new Int32Array(1000) };
  const windows = windowsOf([piece(0, 1000, "00"), dead, piece(0, 3000, "10"), piece(300, 1300, "00")]);
  const used = windows.map(({ traces }) => traces[0]!.channel.location);
  assert.deepEqual(used, ["00", "10", "10", "10", "10", "00", "00"]);
});

test("horizontals that change their names in the middle go on being used", () => {
  const component = (letter: string, fromSec: number, length: number): WaveformSegment => {
    const { channel, ...rest } = piece(fromSec, length);
    return { ...rest, channel: { ...channel, channel: `BH${letter}` } };
  };
  const old = ["N", "E"].map((letter) => component(letter, 0, 1200));
  const renamed = ["1", "2"].map((letter) => component(letter, 120, 1200));
  const windows = windowsOf([piece(0, 2400), ...old, ...renamed]);
  const letters = windows.map(({ traces }) => traces.map((trace) => trace?.channel.channel.slice(-1) ?? "-").join(""));
  assert.deepEqual(letters, ["ZNE", "ZNE", "Z12", "Z12"]);
});

test("only channels that are used are checked", () => {
  const spiky = piece(0, 1000, "10");
  spiky.samples[500] = 1e6;
  const recording = new StationRecording(
    [piece(0, 1000, "00"), spiky],
    rankSensors({ ...station, channels: [] }, [piece(0, 1000, "00"), spiky]),
    recipe,
  );
  assert.equal([...recording.windows()].length, 2);
  assert.deepEqual(recording.masks, []);
  recording.record(spiky.channel);
  assert.equal(recording.masks.length, 1);
});
