import assert from "node:assert/strict";
import { test } from "node:test";
import { geodesicPosition, randomStream } from "@harken/core";
import { canonicalSpeedKmPerSec } from "@harken/earth";
import { channelShare, compareEnvelopes, defaultTPhaseSetting, tPhaseEnvelope } from "./tPhaseEnvelope.ts";

const source = { time: 1e9, latitudeDeg: 0, longitudeDeg: 0, depthKm: 30 };
const station = { latitudeDeg: 0, longitudeDeg: 10 };
const base = { ...defaultTPhaseSetting, speedKmPerSec: canonicalSpeedKmPerSec };
const peakOf = ({ startTime, energy }: { startTime: number; energy: Float64Array }) =>
  startTime + energy.indexOf(1) - 1e9;
/** A seamount up to the channel's axis at a place, in an ocean too deep to scatter into the channel. */
const seamount =
  (longitude: number, radiusDeg = 0.06) =>
  (latitudeDeg: number, longitudeDeg: number) =>
    Math.hypot(latitudeDeg, longitudeDeg - longitude) < radiusDeg ? 1.3 : 5.5;

test("the share of directions that the channel keeps: acos of the ratio of speeds, most on the axis, none below the conjugate depth", () => {
  const axis = channelShare(canonicalSpeedKmPerSec, 1.3);
  assert.ok(Math.abs(axis - Math.sin(Math.acos(1.5 / canonicalSpeedKmPerSec(0)))) < 1e-9);
  assert.ok(channelShare(canonicalSpeedKmPerSec, 0.6) < axis && channelShare(canonicalSpeedKmPerSec, 3) < axis);
  for (const depth of [0, -1, 5.2]) assert.equal(channelShare(canonicalSpeedKmPerSec, depth), 0);
});

test("a deep level floor sends nothing into the channel", () => {
  const { energy } = tPhaseEnvelope(source, station, { ...base, depthKm: () => 5.5 });
  assert.ok(energy.every((e) => e === 0));
});

test("a seamount radiates when P has reached it and the sound has come from there: times of straight ways, within 3 s", () => {
  for (const longitude of [0, 1, -1.5]) {
    const peak = peakOf(tPhaseEnvelope(source, station, { ...base, depthKm: seamount(longitude), patchKm: 5 }));
    const rock = Math.hypot(longitude * 111.3, 30 - 1.3) / 6.5;
    assert.ok(Math.abs(peak - (rock + ((10 - longitude) * 111.32) / 1.5)) < 3, `${longitude}: ${peak}`);
  }
});

test("a slope on the station's side comes first, and lasts as long as P needs along it", () => {
  const slope = (_: number, longitude: number) => (longitude > 0 ? 1.3 : 5.5);
  const { energy, startTime } = tPhaseEnvelope(source, station, { ...base, depthKm: slope });
  const heard = [...energy].flatMap((e, k) => (e > 0.05 ? [startTime + k - 1e9] : []));
  // From the epicentre itself 742 s of channel; from the slope's far end 250 km nearer.
  assert.ok(heard[0]! < 730 && heard.at(-1)! > 735 && heard.at(-1)! < 790, `${heard[0]} ${heard.at(-1)}`);
});

test("a coast adds its way through the rock, and the nearer landing is the louder", () => {
  const inland = geodesicPosition(station.latitudeDeg, station.longitudeDeg, 90, 30);
  const sea = tPhaseEnvelope(source, station, { ...base, depthKm: seamount(0) });
  const land = tPhaseEnvelope(source, inland, { ...base, depthKm: seamount(0), coast: [station] });
  assert.ok(Math.abs(peakOf(land) - peakOf(sea) - 30 / 6.5) < 1.01);
});

test("an observed envelope is compared by its shift and likeness: a known shift is found in noise, another source's fits less", () => {
  const model = tPhaseEnvelope(source, station, { ...base, depthKm: (_, longitude) => (longitude > 0 ? 1.3 : 4) });
  const random = randomStream(1, "observed");
  const energy = Float64Array.from({ length: model.energy.length + 80 }, (_, k) =>
    Math.max(0, (model.energy[k - 40] ?? 0) + 0.05 * random.normal()),
  );
  const own = compareEnvelopes(model, { startTime: model.startTime - 40 + 7, energy })!;
  assert.ok(Math.abs(own.shiftSec - 7) <= 1 && own.correlation > 0.9, JSON.stringify(own));
  const other = tPhaseEnvelope(source, station, { ...base, depthKm: seamount(0.1), spreadSec: 1 });
  const unlike = compareEnvelopes({ ...other, startTime: model.startTime }, { startTime: model.startTime, energy })!;
  assert.ok(unlike.correlation < own.correlation - 0.15);
  assert.equal(compareEnvelopes(model, { startTime: 0, energy: new Float64Array(10) }), null);
});
