import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, KM_PER_DEGREE, positionAt } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import fc from "fast-check";
import { earthPredictor } from "./earthPredictor.ts";
import { exactReading, testStation } from "./testReadings.ts";

const earth = createEarthModel("ak135");
const predictor = earthPredictor(earth, { azimuthModelErrorDeg: 5, slownessModelErrorSecPerDeg: 1 });
const station = testStation("A", 0, 0, 1);

test("derivatives are the differences of predictions a kilometre apart", () => {
  fc.assert(
    fc.property(
      // Between 35 and 85 deg P has no kinks but in its slowness.
      fc.double({ min: 35, max: 85, noNaN: true }),
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 50, max: 600, noNaN: true }),
      (delta, azimuth, depthKm) => {
        const place = positionAt(0, 0, azimuth, delta);
        const at = { ...place, depthKm, time: 0 };
        const reading = exactReading(predictor, at, station, "P")!;
        const predict = (moved: Partial<typeof at>) => predictor.predict(reading, { ...at, ...moved })!;
        const km = 1 / KM_PER_DEGREE;
        const pairs = [
          [
            predict(positionAt(at.latitudeDeg, at.longitudeDeg, 90, km)),
            predict(positionAt(at.latitudeDeg, at.longitudeDeg, 270, km)),
            "perEastKm",
          ],
          [
            predict(positionAt(at.latitudeDeg, at.longitudeDeg, 0, km)),
            predict(positionAt(at.latitudeDeg, at.longitudeDeg, 180, km)),
            "perNorthKm",
          ],
          [predict({ depthKm: depthKm + 1 }), predict({ depthKm: depthKm - 1 }), "perDepthKm"],
        ] as const;
        const here = predict({});
        for (const [plus, minus, name] of pairs) {
          const time = (plus.time.value - minus.time.value) / 2;
          assert.ok(Math.abs(time - here.time[name]) < 1e-3, `time ${name}: ${here.time[name]}, difference ${time}`);
          const turn = azimuthDifference(plus.azimuth.value, minus.azimuth.value) / 2;
          assert.ok(Math.abs(turn - here.azimuth[name]) < 1e-5, `azimuth ${name}: ${here.azimuth[name]}, ${turn}`);
        }
        // Over 10 deg the steps of the slowness even out.
        const [near, far] = [10, -10].map((aside) => predict(positionAt(0, 0, azimuth, delta - aside / 2)));
        assert.ok(far!.slowness.value < near!.slowness.value);
      },
    ),
    { numRuns: 100, seed: 1 },
  );
});

test("a ray the long way round comes from behind, with a positive slowness", () => {
  const at = { latitudeDeg: 0, longitudeDeg: 60, depthKm: 0, time: 0 };
  const { phase, ...blank } = exactReading(predictor, at, station, "P")!;
  const direct = predictor.predict({ ...blank, phase }, at)!;
  const behind = predictor.predict({ ...blank, phase: "P'P'df" }, at)!;
  assert.ok(Math.abs(azimuthDifference(direct.azimuth.value, 90)) < 1e-9);
  assert.ok(Math.abs(azimuthDifference(behind.azimuth.value, 270)) < 1e-9);
  assert.ok(behind.slowness.value > 0 && behind.time.perEastKm < 0, "further east, that is further off, is earlier");
});

test("where a phase ends its prediction goes on in a line", () => {
  const blank = exactReading(predictor, { latitudeDeg: 0, longitudeDeg: 50, depthKm: 0, time: 0 }, station, "P")!;
  const predict = (phase: string, longitudeDeg: number, depthKm: number) =>
    predictor.predict({ ...blank, phase }, { latitudeDeg: 0, longitudeDeg, depthKm, time: 0 });
  const [inside, outside] = [predict("PKPbc", 150, 0)!, predict("PKPbc", 100, 0)!];
  assert.equal(inside.outsideDeg, 0);
  assert.ok(outside.outsideDeg > 40 && outside.time.value < inside.time.value);
  const below = predict("Pb", 3, 100)!;
  assert.ok(below.outsideDeg > 1, "a crustal phase of a source below the crust");
  assert.equal(predict("tx", 50, 0), null, "no phase at all");
});
