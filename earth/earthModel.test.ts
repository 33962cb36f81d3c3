import assert from "node:assert/strict";
import { test } from "node:test";
import { KM_PER_DEGREE } from "@harken/core";
import fc from "fast-check";
import { mbCorrection, mlCorrection, msCorrection } from "./attenuation/magnitude.ts";
import { createEarthModel } from "./earthModel.ts";
import { phasesAt } from "./phases/idcPhases.ts";

const earth = createEarthModel("ak135");
const distance = fc.double({ min: 0, max: 180, noNaN: true });
const depth = fc.double({ min: 0, max: 700, noNaN: true });

test("derivatives of the tables are slopes of their times", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 30, max: 90, noNaN: true }),
      fc.double({ min: 60, max: 390, noNaN: true }),
      (delta, z) => {
        const at = earth.predict("P", delta, z)!;
        const h = 1e-3;
        const dDelta =
          (earth.predict("P", delta + h, z)!.timeSec - earth.predict("P", delta - h, z)!.timeSec) / (2 * h);
        const dz = (earth.predict("P", delta, z + h)!.timeSec - earth.predict("P", delta, z - h)!.timeSec) / (2 * h);
        assert.ok(Math.abs(dDelta - at.slownessSecPerDeg) < 0.02);
        assert.ok(Math.abs(dz - at.depthDerivativeSecPerKm) < 0.003);
      },
    ),
    { numRuns: 200 },
  );
});

test("any distance, depth and phase: a finite time or null, and finite corrections", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(
        "P",
        "S",
        "Pn",
        "Sn",
        "Pg",
        "Lg",
        "PKP",
        "ScP",
        "pP",
        "tx",
        "nonsense",
        "constructor",
        "__proto__",
        "",
      ),
      distance,
      depth,
      (phase, delta, z) => {
        const found = earth.predict(phase, delta, z);
        if (found)
          for (const value of [found.timeSec, found.slownessSecPerDeg, found.depthDerivativeSecPerKm])
            assert.ok(Number.isFinite(value));
        const { ellipticitySec, elevationSec } = earth.correction(phase, {
          deltaDeg: delta,
          depthKm: z,
          sourceLatitudeDeg: 40,
          eventStationAzimuthDeg: 77,
          stationElevationKm: 1.5,
        });
        assert.ok(Math.abs(ellipticitySec) < 8 && Math.abs(elevationSec) < 1);
        const error = earth.modelErrorSec(phase, delta, z);
        assert.ok(error > 0 && Number.isFinite(error));
      },
    ),
    {
      numRuns: 600,
      examples: [
        ["Pn", 0, 0],
        ["P", 0, 0],
        ["S", 180, 700],
        ["Lg", 0, 0],
      ],
    },
  );
});

test("magnitude terms: published values", () => {
  // Veith and Clawson at 0 km: 3.73 at 60 deg in the IDC's units (nm, half peak-to-peak).
  assert.ok(Math.abs(mbCorrection(60, 0)! - 3.731) < 0.001);
  assert.equal(mbCorrection(60, 900), null);
  // Hutton and Boore: 10 mm on a Wood-Anderson of gain 2080 at 17 km is ML 3, as 1 mm at 100 km.
  for (const [mm, km] of [
    [10, 17],
    [1, 100],
  ] as const)
    assert.ok(Math.abs(Math.log10((1e6 * mm) / 2080) + mlCorrection(km / KM_PER_DEGREE, 0) - 3) < 0.015, `${km} km`);
  // Rezapour and Pearce at 60 deg.
  assert.ok(
    Math.abs(msCorrection(60) - (Math.log10(60) / 3 + 0.5 * Math.log10(Math.sqrt(3) / 2) + 0.276 + 2.37)) < 1e-12,
  );
});

test("phases of the IDC's list by distance", () => {
  assert.deepEqual(phasesAt(10, 10).slice(0, 3), ["Pn", "Pg", "Sn"]);
  assert.ok(phasesAt(60, 10).includes("P") && !phasesAt(60, 10).includes("Pn"));
  assert.ok(phasesAt(150, 10).includes("PKPbc"));
});
