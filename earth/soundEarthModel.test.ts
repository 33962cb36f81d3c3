import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceAzimuth, KM_PER_DEGREE } from "@harken/core";
import { createEarthModel } from "./earthModel.ts";
import { soundEarthModel } from "./soundEarthModel.ts";

const base = createEarthModel("ak135");
const source = { latitudeDeg: 41.3, longitudeDeg: 129.1 };
const station = { latitudeDeg: 44.2, longitudeDeg: 131.98 };

test("sound in the air goes with the season's wind: celerities from 0.21 to 0.34 km/s, errors of a few per cent, other phases as before", () => {
  for (const yearFraction of [0.02, 0.27, 0.52, 0.77]) {
    const earth = soundEarthModel(base, { yearFraction });
    const { timeSec, errorSec, slownessSecPerDeg } = earth.predictPath!("I", source, station, 0)!;
    const { deltaDeg } = distanceAzimuth(
      source.latitudeDeg,
      source.longitudeDeg,
      station.latitudeDeg,
      station.longitudeDeg,
    );
    const celerity = (deltaDeg * KM_PER_DEGREE) / timeSec;
    assert.ok(celerity > 0.21 && celerity < 0.34, String(celerity));
    assert.ok(errorSec > 0.03 * timeSec && errorSec < 0.15 * timeSec);
    assert.ok(Math.abs(KM_PER_DEGREE / slownessSecPerDeg / celerity - 1) < 0.01);
    assert.equal(earth.predictPath!("P", source, station, 0), null);
    assert.deepEqual(earth.predict("P", 50, 10), base.predict("P", 50, 10));
  }
});

test("H and T travel at the channel's speed, T with the way through the rock above its source; a bank lets neither pass", () => {
  const [west, east] = [
    { latitudeDeg: 10, longitudeDeg: 150 },
    { latitudeDeg: 19, longitudeDeg: 166 },
  ];
  const earth = soundEarthModel(base, { yearFraction: 0.4 });
  const [h, t] = ["H", "T"].map((phase) => earth.predictPath!(phase, west, east, 30)!) as [
    NonNullable<ReturnType<NonNullable<typeof earth.predictPath>>>,
    NonNullable<ReturnType<NonNullable<typeof earth.predictPath>>>,
  ];
  assert.ok(Math.abs(t.timeSec - h.timeSec - 30 / 6.5) < 1e-9 && t.errorSec > h.errorSec);
  const speed = KM_PER_DEGREE / h.slownessSecPerDeg;
  assert.ok(speed > 1.475 && speed < 1.495, String(speed));
  const bank = {
    yearFraction: 0.4,
    depthKm: (_: number, longitude: number) => (Math.abs(longitude - 158) < 0.5 ? 0.02 : 5),
  };
  assert.equal(soundEarthModel(base, bank).predictPath!("T", west, east, 30), null);
  assert.ok(earth.phases.includes("H") && earth.predict("H", 20, 0)!.phase === "H");
});
