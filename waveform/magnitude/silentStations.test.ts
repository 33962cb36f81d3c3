/** Simulated stations in noise of their own, on which an event of known magnitude is seen or not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Arrival, type Association, type NoiseLevel, randomStream, type Station } from "@harken/core";
import { createEarthModel, mbCorrection } from "@harken/earth";
import { displacementResponse, modulus } from "@harken/signal";
import { testScale } from "@harken/testing";
import { processStation } from "../station/processStation.ts";
import { addWave, broadband, noiseSegments, START, testStation } from "../station/testStation.ts";
import { measureMagnitudes } from "./measureMagnitudes.ts";
import { silenceOf } from "./silentStations.ts";

const earth = createEarthModel("ak135");
const DEPTH = 10;
const instrument = { response: broadband, calibNmPerCount: null, calperSec: null };
const countsPerNm = (hz: number) => modulus(displacementResponse(instrument, hz)!);
const base = testStation({ channels: ["BHZ"], rate: 20, response: broadband });
/** The event stands at 0 N 0 E, stations on the equator. */
const stationAt = (code: string, longitudeDeg: number): Station => ({ ...base, code, latitudeDeg: 0, longitudeDeg });
const WAVE_AT = 130;

/** One event of magnitude `m` at stations whose noise differs by a factor of ten. */
function event(m: number, stationCount: number, seed: number) {
  const stations: Station[] = [];
  const arrivals: Arrival[] = [];
  const associations: Association[] = [];
  const noise: NoiseLevel[] = [];
  for (let k = 0; k < stationCount; k++) {
    const random = randomStream(seed, "station", k);
    const deltaDeg = 25 + 70 * random.uniform();
    const station = stationAt(`S${k}`, deltaDeg);
    const travel = earth.predict("P", deltaDeg, DEPTH)!.timeSec;
    const frequencyHz = 0.9 * 2 ** random.uniform();
    const amplitudeNm = 10 ** (m - mbCorrection(deltaDeg, DEPTH)! + 0.3 * random.normal()) / frequencyHz;
    const loudness = 10 ** (random.uniform() - 0.5);
    // Every station's clock is moved so that P stands at one place of the record.
    const shift = START + WAVE_AT - travel;
    const segments = noiseSegments(base, 200, 1000 * seed + k).map((segment) => ({
      ...segment,
      samples: Float64Array.from(segment.samples, (v) => loudness * v),
    }));
    addWave(base, segments, {
      ...{ atSec: WAVE_AT, frequencyHz, amplitude: amplitudeNm * countsPerNm(frequencyHz), azimuthDeg: 270 },
      ...{ slownessSecPerKm: 0, pure: true, decaySec: 6 },
    });
    const found = processStation({ station, segments, keyPrefix: `${k}-` });
    stations.push(station);
    noise.push(
      ...found.noise.map((level) => ({
        ...level,
        ...{ station: station.code, startTime: level.startTime - shift, endTime: level.endTime - shift },
      })),
    );
    for (const arrival of found.arrivals) {
      const own = { ...arrival, station: station.code, time: arrival.time - shift };
      arrivals.push(own);
      if (Math.abs(own.time - travel) > 2) continue;
      const unknown = { azimuthResidualDeg: null, slownessResidualSecPerDeg: null, weight: null };
      associations.push({
        ...{ arrivalKey: own.key, station: own.station, phase: "P", deltaDeg, timeResidualSec: 0, ...unknown },
        ...{ stationEventAzimuthDeg: 270, eventStationAzimuthDeg: 90 },
        ...{ timeDefining: true, azimuthDefining: false, slownessDefining: false },
      });
    }
  }
  return { stations, arrivals, associations, noise, time: 0, latitudeDeg: 0, longitudeDeg: 0, depthKm: DEPTH };
}

test("of events near the threshold, the mean of those who heard them is too large; with the noise of the silent ones it is right within 0.1", (t) => {
  const events = testScale(24, 4);
  let [mean, likelihood, silentCount] = [0, 0, 0];
  for (let seed = 1; seed <= events; seed++) {
    const truth = 5.4;
    const heard = event(truth, 40, seed);
    const noise = silenceOf(heard.stations, heard.arrivals, heard.noise, earth)(heard);
    const byKey = new Map(heard.arrivals.map((arrival) => [arrival.key, arrival]));
    const { magnitudes } = measureMagnitudes({ ...heard, arrivals: byKey, noise });
    const [mb, mle] = ["mb", "mb_mle"].map((type) => magnitudes.find((own) => own.type === type)!) as [
      (typeof magnitudes)[number],
      (typeof magnitudes)[number],
    ];
    assert.equal(
      mle.stationCount,
      mb.stationCount + noise.filter(({ amplitude }) => amplitude.type === "ANP/2").length,
    );
    assert.ok(mb.stationCount < 25 && mle.stationCount > 35);
    mean += (mb.value - truth) / events;
    likelihood += (mle.value - truth) / events;
    silentCount += noise.length / events;
  }
  t.diagnostic(`mean ${mean.toFixed(3)}, likelihood ${likelihood.toFixed(3)}, ${silentCount} of 40 silent`);
  assert.ok(mean > 0.15, String(mean));
  assert.ok(Math.abs(likelihood) < 0.1, String(likelihood));
});

const level = (station: string, startTime: number, amplitude: number): NoiseLevel => ({
  ...{ station, startTime, endTime: startTime + 120 },
  amplitude: { type: "ANP/2", channel: base.channels[0]!.id, time: startTime, amplitude, periodSec: 1, clipped: false },
});

test("silent is who recorded when the wave was due, without an arrival of the event, or any arrival just then; it would have seen 1.8 times its noise", () => {
  const stations = [30, 40, 50, 60].map((deltaDeg, k) => stationAt(`S${k}`, deltaDeg));
  const due = (deltaDeg: number) => earth.predict("P", deltaDeg, DEPTH)!.timeSec;
  const origin = { time: 0, latitudeDeg: 0, longitudeDeg: 0, depthKm: DEPTH };
  const noise = [
    ...[30, 40, 60].map((deltaDeg, k) => level(`S${k === 2 ? 3 : k}`, due(deltaDeg) - 60, 10 + k)),
    level("S0", due(30) - 180, 99),
    // S2 recorded later only.
    level("S2", due(50) + 1, 50),
  ];
  const arrival = { station: "S3", time: due(60) + 10 } as Arrival;
  const names = (associations: { station: string; phase: string }[], arrivals: Arrival[]) =>
    silenceOf(
      stations,
      arrivals,
      noise,
      earth,
    )({ ...origin, associations }).map(({ station, amplitude }) => [station, amplitude.amplitude]);
  assert.deepEqual(names([], []), [
    ["S0", 18],
    ["S1", 19.8],
    ["S3", 21.6],
  ]);
  assert.deepEqual(names([{ station: "S1", phase: "S" }], [arrival]), [["S0", 18]]);
  assert.deepEqual(names([{ station: "S1", phase: "LR" }], [{ ...arrival, time: due(60) + 20 }]).length, 3);
});
