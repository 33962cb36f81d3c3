/** A small event in a region unlike ak135, located with and without knowing it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { geodesicKm, randomStream } from "@harken/core";
import { createEarthModel, type RegionalColumn, type RegionalModel, regionalEarthModel } from "@harken/earth";
import { earthPredictor } from "./earthPredictor.ts";
import { locate } from "./locate.ts";
import type { Hypocentre } from "./reading.ts";
import { defaultLocationSettings } from "./settings.ts";
import { exactReading, stationsAround, timesOnly } from "./testReadings.ts";

/** A fast lid in the north and a slow one in the south, as at the edge of a shield. */
function columnOf(latitudeDeg: number): RegionalColumn {
  const velocityKmPerSec = 8 + 0.02 * latitudeDeg;
  return {
    thicknessesKm: [20, 20],
    velocitiesKmPerSec: { P: [6, 6.6], S: [3.5, 3.8] },
    mantle: {
      P: { velocityKmPerSec, gradientPerSec: 0.001 },
      S: { velocityKmPerSec: velocityKmPerSec / 1.8, gradientPerSec: 0.0006 },
    },
  };
}

const degrees = Array.from({ length: 41 }, (_, i) => i - 20);
const error = { endsSec: 0.5, slownessShare: 0.005, lengthKm: 200 };
const shield: RegionalModel = {
  ...{ name: "shield", latitudesDeg: degrees, longitudesDeg: degrees, maxDeltaDeg: 15, errors: { P: error, S: error } },
  columns: degrees.flatMap((latitude) => degrees.map(() => columnOf(latitude))),
};

test("Pn through the region's own paths gives the source back within 0.1 km, with a smaller ellipse; a model of depth alone is kilometres off", () => {
  const base = createEarthModel("ak135");
  const regional = regionalEarthModel(base, shield);
  const source: Hypocentre = { time: 1e9, latitudeDeg: 1, longitudeDeg: 2, depthKm: 10 };
  const settings = { ...defaultLocationSettings, depth: { fixedKm: 10, type: "default" } } as const;
  const predictor = earthPredictor(regional, settings);
  const stations = stationsAround(source, 9, [3, 10], randomStream(5, "shield"));
  const readings = timesOnly(stations.map((station) => exactReading(predictor, source, station, "Pn")!));
  const [known, unknown] = [regional, base].map((earth) => {
    const result = locate(readings, source, earth, settings);
    assert.ok(result.ok);
    const { latitudeDeg, longitudeDeg, error: size } = result.origin;
    return {
      km: geodesicKm(latitudeDeg, longitudeDeg, source.latitudeDeg, source.longitudeDeg),
      semiMajorKm: size!.semiMajorKm,
    };
  });
  assert.ok(known!.km < 0.1 && unknown!.km > 3, `${known!.km} and ${unknown!.km} km`);
  assert.ok(known!.semiMajorKm < 0.7 * unknown!.semiMajorKm);
});
