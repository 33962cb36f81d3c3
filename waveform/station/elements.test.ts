import assert from "node:assert/strict";
import { test } from "node:test";
import { badForHalf, soundElements } from "./elements.ts";
import { seismicRecipe } from "./recipes.ts";
import { rankSensors } from "./sensors.ts";
import { ARRAY_PLACES, noiseSegments, testStation } from "./testStation.ts";
import { StationRecording } from "./windows.ts";

const station = testStation({ places: ARRAY_PLACES, channels: ["SHZ"], rate: 20 });
const segments = noiseSegments(station, 120, 1);

function codes(used: typeof segments, from = station): string[] {
  const recording = new StationRecording(used, rankSensors(from, used), seismicRecipe);
  return soundElements([...recording.windows()][0]!, from).map(({ trace }) => trace.channel.station);
}
const all = station.sites.map(({ code }) => code);

test("all elements of a healthy array are used", () => {
  assert.deepEqual(codes(segments), all);
});

test("a dead, a quiet and a roaring element are left out, one with a short gap stays", () => {
  const changed = segments.map((segment, i) => {
    const samples = segment.samples.slice() as Int32Array;
    if (i === 1) samples.fill(0);
    if (i === 2) for (let k = 0; k < samples.length; k++) samples[k] = Math.round(samples[k]! / 20);
    if (i === 3) for (let k = 0; k < samples.length; k++) samples[k]! *= 20;
    return i === 4
      ? { ...segment, samples: samples.subarray(400), startTime: segment.startTime + 20 }
      : { ...segment, samples };
  });
  assert.deepEqual(
    codes(changed),
    all.filter((_, i) => i < 1 || i > 3),
  );
});

test("an element without a place is left out; two make no array", () => {
  const lost = { ...station, sites: station.sites.map((s, i) => (i === 0 ? { ...s, northKm: Number.NaN } : s)) };
  assert.deepEqual(codes(segments, lost), all.slice(1));
  const nowhere = { ...station, sites: station.sites.map((s, i) => (i > 1 ? { ...s, eastKm: Number.NaN } : s)) };
  assert.deepEqual(codes(segments, nowhere), []);
});

test("a sample is bad where half of the elements are, and good where fewer", () => {
  const masked = [[[1, 5]], [[3, 8]], [[7, 9]], []] as const;
  assert.deepEqual([...badForHalf(masked, 10)], [0, 0, 0, 1, 1, 0, 0, 1, 0, 0]);
  assert.deepEqual([...badForHalf([...masked, []], 10)], new Array(10).fill(0));
});
