import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceAzimuth, geodesicKm, positionAt, RADIANS_PER_DEGREE, randomStream } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { testScale } from "@harken/testing";
import fc from "fast-check";
import { earthPredictor } from "./earthPredictor.ts";
import { locate } from "./locate.ts";
import type { Hypocentre, LocationResult, Reading } from "./reading.ts";
import { defaultLocationSettings, type LocationSettings } from "./settings.ts";
import { exactReading, stationsAround, testStation, timesOnly } from "./testReadings.ts";

const earth = createEarthModel("ak135");
const predictor = earthPredictor(earth, defaultLocationSettings);
const fixedAt = (fixedKm: number): LocationSettings => ({
  ...defaultLocationSettings,
  depth: { fixedKm, type: "analyst" },
});

const source = fc.record({
  time: fc.double({ min: 1e9, max: 2e9, noNaN: true }),
  latitudeDeg: fc.double({ min: -89, max: 89, noNaN: true }),
  longitudeDeg: fc.double({ min: -180, max: 180, noNaN: true }),
  depthKm: fc.double({ min: 0, max: 600, noNaN: true }),
});
const seed = fc.integer({ min: 0, max: 1e6 });

/** First arrivals at random stations. */
function firstArrivals(at: Hypocentre, count: number, range: readonly [number, number], label: number): Reading[] {
  const stations = stationsAround(at, count, range, randomStream(label, "stations"));
  return stations.map((station) => exactReading(predictor, at, station, "P")!);
}

function misfit(result: LocationResult, truth: Hypocentre): { km: number; sec: number; depthKm: number } {
  assert.ok(result.ok, result.ok ? "" : result.reason);
  const { origin } = result;
  return {
    km: geodesicKm(origin.latitudeDeg, origin.longitudeDeg, truth.latitudeDeg, truth.longitudeDeg),
    sec: Math.abs(origin.time - truth.time),
    depthKm: Math.abs(origin.depthKm - truth.depthKm),
  };
}

test("exact times of stations all round give back the source, with no start given", () => {
  fc.assert(
    fc.property(source, seed, fc.integer({ min: 6, max: 14 }), fc.boolean(), (at, label, count, regional) => {
      const readings = timesOnly(firstArrivals(at, count, regional ? [0.2, 15] : [10, 95], label));
      const off = misfit(locate(readings, null, earth, fixedAt(at.depthKm)), at);
      assert.ok(off.km < 0.5 && off.sec < 0.05, JSON.stringify(off));
    }),
    { numRuns: testScale(300, 25), seed: 1 },
  );
});

test("exact P and S times give back the depth too, from a start some degrees away", () => {
  fc.assert(
    fc.property(source, seed, (at, label) => {
      const random = randomStream(label, "stations");
      const stations = [
        ...stationsAround(at, 3, [0.3, 2], random),
        ...stationsAround(at, 5, [30, 90], random).map((station, i) => ({ ...station, code: `T${i}` })),
      ];
      const readings = stations.flatMap((station) =>
        ["P", "S"].flatMap((phase) => exactReading(predictor, at, station, phase) ?? []),
      );
      const aside = positionAt(at.latitudeDeg, at.longitudeDeg, 360 * random.uniform(), 3 * random.uniform());
      const result = locate(timesOnly(readings), { ...aside, time: at.time + 20, depthKm: 33 }, earth);
      const off = misfit(result, at);
      if (!result.ok || result.origin.depthType !== "free") {
        assert.ok(at.depthKm < 5, `a depth of ${at.depthKm} km is held`);
      } else assert.ok(off.km < 0.5 && off.sec < 0.1 && off.depthKm < 1, JSON.stringify(off));
    }),
    { numRuns: testScale(300, 40), seed: 2 },
  );
});

test("the order of the readings does not matter", () => {
  fc.assert(
    fc.property(source, seed, (at, label) => {
      const random = randomStream(label, "errors");
      const readings = firstArrivals(at, 8, [10, 90], label).map((reading) => ({
        ...reading,
        time: reading.time + random.normal(),
      }));
      const shuffled = [...readings].sort(() => random.uniform() - 0.5);
      assert.deepEqual(locate(shuffled, at, earth), locate(readings, at, earth));
    }),
    { numRuns: 10, seed: 3 },
  );
});

test("one array's time, azimuth and slowness make a place", () => {
  const at = { time: 1.6e9, latitudeDeg: 41.3, longitudeDeg: 129.1, depthKm: 0 };
  const reading = exactReading(predictor, at, testStation("KSRS", 37.4, 165.9, 0.1), "P")!;
  const off = misfit(locate([reading], null, earth, fixedAt(0)), at);
  assert.ok(off.km < 30 && off.sec < 5, JSON.stringify(off));
});

test("a reading half a minute late loses its vote, says so, and does not move the source", () => {
  const at = { time: 1.6e9, latitudeDeg: -20, longitudeDeg: -70, depthKm: 40 };
  const readings = timesOnly(firstArrivals(at, 9, [20, 90], 5)).map((reading, i) =>
    i === 4 ? { ...reading, time: reading.time + 30 } : reading,
  );
  const result = locate(readings, null, earth, fixedAt(40));
  const off = misfit(result, at);
  assert.ok(result.ok);
  assert.ok(off.km < 0.5, JSON.stringify(off));
  const lost = result.origin.associations.filter((a) => !a.timeDefining);
  assert.deepEqual(
    lost.map((a) => a.station),
    ["S4"],
  );
  assert.ok(Math.abs(lost[0]!.timeResidualSec! - 30) < 0.1);
  assert.equal(result.origin.definingCount, 8);
  assert.match(result.origin.remarks.join(), /^The time of P at S4 does not define: its residual of 30\.0 s/);
  const kept = locate(readings, null, earth, {
    ...fixedAt(40),
    residuals: { largeSigma: null, maxLostFraction: 0 },
  });
  assert.ok(kept.ok && kept.origin.associations.every((a) => a.timeDefining));
});

test("90 % ellipses and time intervals hold the truth in 90 % of cases when errors are what they claim to be", (t) => {
  const count = testScale(2000, 300);
  let [inEllipse, inInterval] = [0, 0];
  for (let i = 0; i < count; i++) {
    const random = randomStream(i, "coverage");
    const at = {
      time: 1.6e9,
      latitudeDeg: 160 * random.uniform() - 80,
      longitudeDeg: 360 * random.uniform(),
      depthKm: 0,
    };
    const readings = timesOnly(firstArrivals(at, 8, [25, 90], i)).map((reading) => {
      const { latitudeDeg, longitudeDeg } = reading.station;
      const { deltaDeg } = distanceAzimuth(at.latitudeDeg, at.longitudeDeg, latitudeDeg, longitudeDeg);
      const sigma = Math.hypot(reading.timeErrorSec, earth.modelErrorSec("P", deltaDeg, 0));
      return { ...reading, time: reading.time + sigma * random.normal() };
    });
    const result = locate(readings, at, earth, { ...fixedAt(0), residuals: { largeSigma: null, maxLostFraction: 0 } });
    assert.ok(result.ok);
    const { latitudeDeg, longitudeDeg, time, error } = result.origin;
    const km = geodesicKm(latitudeDeg, longitudeDeg, at.latitudeDeg, at.longitudeDeg);
    const { azimuthDeg } = distanceAzimuth(latitudeDeg, longitudeDeg, at.latitudeDeg, at.longitudeDeg);
    const turn = (azimuthDeg - error!.strikeDeg) * RADIANS_PER_DEGREE;
    const [along, across] = [km * Math.cos(turn), km * Math.sin(turn)];
    if (Math.hypot(along / error!.semiMajorKm, across / error!.semiMinorKm) <= 1) inEllipse++;
    if (Math.abs(time - at.time) <= error!.timeErrorSec) inInterval++;
  }
  t.diagnostic(`${inEllipse} ellipses and ${inInterval} intervals of ${count}`);
  // Four standard deviations of a count around 90 %.
  const room = 4 * Math.sqrt(0.9 * 0.1 * count);
  assert.ok(Math.abs(inEllipse - 0.9 * count) < room, `${inEllipse} of ${count} ellipses`);
  assert.ok(Math.abs(inInterval - 0.9 * count) < room, `${inInterval} of ${count} intervals`);
});

test("a depth that distant stations cannot tell is held at the surface, and a remark says so", () => {
  const at = { time: 1.6e9, latitudeDeg: 10, longitudeDeg: 20, depthKm: 15 };
  const result = locate(timesOnly(firstArrivals(at, 5, [60, 62], 9)), at, earth);
  assert.ok(result.ok);
  assert.equal(result.origin.depthType, "surface");
  assert.equal(result.origin.depthKm, 0);
  assert.equal(result.origin.error!.depthErrorKm, null);
  assert.match(result.origin.remarks.join(), /held at 0 km/);
});

test("readings that ask for a source in the air leave it at the surface", () => {
  const at = { time: 1.6e9, latitudeDeg: 10, longitudeDeg: 20, depthKm: 0 };
  const random = randomStream(4, "near");
  const stations = [
    ...stationsAround(at, 4, [0.05, 0.1], random),
    ...stationsAround(at, 4, [30, 90], random).map((s, i) => ({ ...s, code: `T${i}` })),
  ];
  const readings = stations.map((station) => {
    const reading = exactReading(predictor, at, station, "P")!;
    // Near stations late: as if the source were high above them.
    return station.code.startsWith("S") ? { ...reading, time: reading.time + 1.5 } : reading;
  });
  const result = locate(timesOnly(readings), at, earth);
  assert.ok(result.ok);
  assert.ok(result.origin.depthKm >= 0 && result.origin.depthKm <= 700, `${result.origin.depthKm}`);
});

test("reasons: what is missing is said", () => {
  const at = { time: 1.6e9, latitudeDeg: 10, longitudeDeg: 20, depthKm: 0 };
  const reason = (readings: readonly Reading[], settings = fixedAt(0)) => {
    const result = locate(readings, at, earth, settings);
    assert.ok(!result.ok);
    return result.reason;
  };
  const three = timesOnly(firstArrivals(at, 3, [20, 80], 3));
  assert.match(reason([]), /no reading has a defining onset time/);
  assert.match(reason(three.slice(0, 2)), /2 defining quantities are too few/);
  assert.match(reason(three.map((r) => ({ ...r, phase: "tx" }))), /the model does not predict tx/);
  const [one] = three;
  const same = ["P", "PcP", "PP"].flatMap(
    (phase) => exactReading(predictor, at, testStation("A", 50, 60), phase) ?? [],
  );
  assert.match(reason(timesOnly(same)), /do not fix the place/, "one station's times");
  assert.match(reason([one!, { ...one!, arrivalKey: "b" }, { ...one!, arrivalKey: "c" }]), /do not fix the place/);
  const outside = three.map((r) => ({ ...r, phase: "PKPab" }));
  assert.match(reason(outside), /do not exist at the distances/);
});

test("a phase that does not reach its station does not define", () => {
  const at = { time: 1.6e9, latitudeDeg: 10, longitudeDeg: 20, depthKm: 0 };
  const readings = timesOnly(firstArrivals(at, 7, [25, 80], 11)).map((reading, i) => ({
    ...reading,
    phase: i === 2 ? "PKPab" : "P",
  }));
  const result = locate(readings, at, earth, fixedAt(0));
  assert.ok(result.ok);
  assert.deepEqual(
    result.origin.associations.filter((a) => !a.timeDefining).map((a) => a.station),
    ["S2"],
  );
  assert.match(result.origin.remarks.join(), /time of PKPab at S2 does not define: the phase does not exist/);
});
