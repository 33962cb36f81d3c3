import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, KM_PER_DEGREE, RADIANS_PER_DEGREE, randomStream, type Station } from "@harken/core";
import { butterworthBandPass, filterForward } from "@harken/signal";
import { testScale } from "@harken/testing";
import { processStation } from "../processStation.ts";
import { noiseSegments, START, testStation, WHITE } from "../testStation.ts";

const RATE = 100;
const triplet = testStation({
  technology: "hydroacoustic",
  places: [
    [0, 1.1],
    [-1, -0.6],
    [1, -0.6],
  ],
  channels: ["EDH"],
  rate: RATE,
});
const AT_SEC = 140;

/** Adds noise in a band that swells and dies as a plane wave across the station, read between samples. */
function addSound(
  station: Station,
  segments: ReturnType<typeof noiseSegments>,
  {
    azimuthDeg,
    kmPerSec,
    lowHz,
    highHz,
    amplitude,
    seconds,
  }: Record<"azimuthDeg" | "kmPerSec" | "lowHz" | "highHz" | "amplitude" | "seconds", number>,
  seed: number,
): void {
  const random = randomStream(seed, "ocean");
  const rate = segments[0]!.sampleRateHz;
  const length = segments[0]!.samples.length;
  // Made four times finer, so that a whole sample of it is a small part of one of the recording.
  const fine = 4 * rate;
  const white = Float64Array.from({ length: 4 * length }, () => random.normal());
  const shaped = filterForward(butterworthBandPass(3, lowHz, highHz, fine), white);
  const scale = amplitude / Math.sqrt((2 * (highHz - lowHz)) / fine);
  const a = azimuthDeg * RADIANS_PER_DEGREE;
  for (const { channel, samples } of segments) {
    const site = station.sites.find(({ code }) => code === channel.station)!;
    const advance = (Math.cos(a) * site.northKm + Math.sin(a) * site.eastKm) / kmPerSec;
    for (let i = 0; i < samples.length; i++) {
      const t = i / rate + advance - AT_SEC;
      if (t < 0) continue;
      const envelope = t < seconds / 3 ? (3 * t) / seconds : Math.exp((-3 * (t - seconds / 3)) / seconds);
      samples[i]! += Math.round(scale * envelope * (shaped[Math.round((i / rate + advance) * fine)] ?? 0));
    }
  }
}

test("T phases at a triplet: azimuth within 1 deg, speed within 2 %, errors that hold 9 in 10", () => {
  const count = testScale(60, 6);
  let [azimuths, slownesses] = [0, 0];
  for (let k = 0; k < count; k++) {
    const random = randomStream(k, "truth");
    const truth = { azimuthDeg: 360 * random.uniform(), kmPerSec: 1.46 + 0.05 * random.uniform() };
    const segments = noiseSegments(triplet, 300, k);
    addSound(triplet, segments, { ...truth, lowHz: 3, highHz: 12, amplitude: 6 * WHITE, seconds: 40 }, k);
    const { arrivals } = processStation({ station: triplet, segments, keyPrefix: "" });
    const found = arrivals.find(({ phase }) => phase === "T")!;
    assert.ok(found && Math.abs(found.time - START - AT_SEC) < 15, `${k}: ${arrivals.map(({ phase }) => phase)}`);
    const turn = Math.abs(azimuthDifference(found.azimuthDeg!, truth.azimuthDeg));
    const speed = KM_PER_DEGREE / found.slownessSecPerDeg! / truth.kmPerSec;
    assert.ok(turn < 1 && Math.abs(speed - 1) < 0.02, `${k}: ${turn} ${speed}`);
    if (turn < 1.64 * found.azimuthErrorDeg!) azimuths++;
    const slow = KM_PER_DEGREE / truth.kmPerSec;
    if (Math.abs(found.slownessSecPerDeg! - slow) < 1.64 * found.slownessErrorSecPerDeg!) slownesses++;
    assert.ok(found.features?.kind === "hydroacoustic" && found.features.probability > 0.5);
  }
  assert.ok(azimuths >= 0.85 * count && slownesses >= 0.85 * count, `${azimuths} ${slownesses} of ${count}`);
});

test("an island's seismometer of a hydroacoustic station: a spindle is T, a sharp onset P", () => {
  const island = testStation({ technology: "hydroacoustic", rate: 40 });
  for (const [seconds, phase] of [
    [60, "T"],
    [4, "P"],
  ] as const) {
    const segments = noiseSegments(island, 400, 3);
    addSound(island, segments, { azimuthDeg: 0, kmPerSec: 5, lowHz: 2, highHz: 8, amplitude: 12 * WHITE, seconds }, 3);
    const { arrivals } = processStation({ station: island, segments, keyPrefix: "" });
    const [first] = arrivals;
    assert.equal(first!.phase, phase, `${seconds} s`);
    assert.equal(first!.author, "t-phase-1");
  }
});
