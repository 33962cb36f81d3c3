/** A region that is ak135 everywhere gives ak135's Pn and Sn, integrated in another way; what changes sideways is held to closed forms. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KM_PER_DEGREE, positionAt } from "@harken/core";
import { createEarthModel } from "../earthModel.ts";
import { headWave } from "./headWave.ts";
import { regionalEarthModel } from "./regionalEarthModel.ts";
import { columnAt, type RegionalColumn, type RegionalModel } from "./regionalModel.ts";

const ak135: RegionalColumn = {
  thicknessesKm: [20, 15],
  velocitiesKmPerSec: { P: [5.8, 6.5], S: [3.46, 3.85] },
  mantle: {
    P: { velocityKmPerSec: 8.04, gradientPerSec: 0.005 / 42.5 },
    S: { velocityKmPerSec: 4.48, gradientPerSec: 0.01 / 42.5 },
  },
};

function region(column: (latitudeDeg: number, longitudeDeg: number) => RegionalColumn): RegionalModel {
  const latitudesDeg = Array.from({ length: 31 }, (_, i) => i - 15);
  const longitudesDeg = Array.from({ length: 41 }, (_, i) => 160 + i);
  const error = { endsSec: 0.5, slownessShare: 0.01, lengthKm: 300 };
  return {
    ...{ name: "test", latitudesDeg, longitudesDeg, maxDeltaDeg: 15, errors: { P: error, S: error } },
    columns: latitudesDeg.flatMap((latitude) => longitudesDeg.map((longitude) => column(latitude, longitude))),
  };
}

const earth = createEarthModel("ak135");
const source = { latitudeDeg: 3, longitudeDeg: 175 };
const stationAt = (deltaDeg: number, azimuthDeg = 70) =>
  positionAt(source.latitudeDeg, source.longitudeDeg, azimuthDeg, deltaDeg);

test("with ak135's crust and lid everywhere: ak135's Pn and Sn by ray integration within 0.05 and 0.1 s, slownesses within 0.1 s/deg", () => {
  const uniform = region(() => ak135);
  for (const [phase, most] of [
    ["Pn", 0.05],
    ["Sn", 0.1],
  ] as const)
    for (const depthKm of [0, 10, 30])
      for (const deltaDeg of [2.5, 4, 6, 8, 10, 12]) {
        const ours = headWave(uniform, phase, source, stationAt(deltaDeg), depthKm)!;
        const theirs = earth.predict(phase, deltaDeg, depthKm)!;
        const words = `${phase} ${deltaDeg} deg ${depthKm} km: ${ours.timeSec} ${theirs.timeSec}`;
        assert.ok(Math.abs(ours.timeSec - theirs.timeSec) < most, words);
        assert.ok(Math.abs(ours.slownessSecPerDeg - theirs.slownessSecPerDeg) < 0.1, words);
        assert.ok(Math.abs(ours.depthDerivativeSecPerKm - theirs.depthDerivativeSecPerKm) < 0.002, words);
      }
});

test("a lid slower in the east delays a path by its part there", () => {
  const slow = 0.95;
  const { P, S } = ak135.mantle;
  const east = { ...ak135, mantle: { P: { ...P, velocityKmPerSec: slow * P.velocityKmPerSec }, S } };
  const halves = region((_, longitude) => (longitude >= 180 ? east : ak135));
  const station = { latitudeDeg: 3, longitudeDeg: 185 };
  const path = headWave(halves, "Pn", source, station, 10)!;
  const plain = headWave(
    region(() => ak135),
    "Pn",
    source,
    station,
    10,
  )!;
  // From the middle of the boundary's cell to where the ray leaves the Moho: some half a degree before the station.
  const km = (5.5 - 0.55) * KM_PER_DEGREE * (6336 / 6371);
  const expected = (km / 8.04) * (1 / slow - 1);
  assert.ok(Math.abs(path.timeSec - plain.timeSec - expected) < 0.2, `${path.timeSec - plain.timeSec} ${expected}`);
});

test("errors along the way: one error over the whole path when stretches are long, less when they are short", () => {
  const uniform = region(() => ak135);
  const errorOf = (lengthKm: number) => {
    const error = { endsSec: 0, slownessShare: 0.02, lengthKm };
    return headWave({ ...uniform, errors: { P: error, S: error } }, "Pn", source, stationAt(10), 0)!.errorSec;
  };
  const mantleSec = (9.1 * KM_PER_DEGREE * (6336 / 6371)) / 8.04;
  assert.ok(Math.abs(errorOf(1e9) / (0.02 * mantleSec) - 1) < 0.02);
  // Of independent stretches the variance is twice the length of correlation over that of the path.
  const [short, path] = [50, 1000];
  assert.ok(Math.abs(errorOf(short) / (errorOf(1e9) * Math.sqrt((2 * short) / path)) - 1) < 0.1);
});

test("outside the region, below the crust and near the source the other model holds", () => {
  const uniform = region(() => ak135);
  const both = regionalEarthModel(earth, uniform);
  assert.equal(both.predictPath!("P", source, stationAt(8), 10), null);
  assert.equal(headWave(uniform, "Pn", source, { latitudeDeg: 3, longitudeDeg: 150 }, 10), null);
  assert.equal(headWave(uniform, "Pn", source, stationAt(8), 40), null);
  assert.equal(headWave(uniform, "Pn", source, stationAt(0.5), 10), null);
  assert.equal(headWave(uniform, "Pn", source, stationAt(15.5), 10), null);
  assert.equal(columnAt(uniform, 0, -165)?.thicknessesKm[0], 20, "beyond 180 degrees");
  assert.equal(columnAt(uniform, 0, -150), null);
  assert.ok(both.predict("P", 45, 10));
});
