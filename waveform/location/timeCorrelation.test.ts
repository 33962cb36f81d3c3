/** Correlated model errors: closed forms, and a cluster of stations that would otherwise outvote the rest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { geodesicKm, localOffsetKm, mean, randomStream, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { testScale } from "@harken/testing";
import { earthPredictor } from "./earthPredictor.ts";
import { locate } from "./locate.ts";
import type { Hypocentre, LocatedOrigin, Reading } from "./reading.ts";
import { defaultLocationSettings, type LocationSettings } from "./settings.ts";
import { chiSquare, definingMask, misfit, systemAt } from "./system.ts";
import { exactReading, stationsAround, testStation, timesOnly } from "./testReadings.ts";

const earth = createEarthModel("ak135");
const plain = earthPredictor(earth, defaultLocationSettings);
const source: Hypocentre = { time: 1e9, latitudeDeg: 45, longitudeDeg: 10, depthKm: 0 };
const held: LocationSettings = {
  ...defaultLocationSettings,
  depth: { fixedKm: 0, type: "surface" },
  residuals: { largeSigma: null, maxLostFraction: 0 },
};
const correlated: LocationSettings = { ...held, correlationKm: 1000 };

test("two times of one correlation have the chi-square and likelihood of the bivariate normal", () => {
  const stations = [testStation("A", 80, 10), testStation("B", 80.5, 10)];
  const readings = timesOnly(
    stations.map((station, i) => ({
      ...exactReading(plain, source, station, "P")!,
      time: 1e9 + 400 + 3 * i,
      timeErrorSec: 0,
    })),
  );
  const predictor = earthPredictor(earth, correlated);
  const mask = definingMask(readings);
  const system = systemAt(readings, mask, predictor, source);
  const [r1, r2, s1, s2] = [system.residual[0]!, system.residual[3]!, system.sigma[0]!, system.sigma[3]!];
  // Half a degree of a meridian near the pole.
  const rho = predictor.correlation!(readings[0]!, readings[1]!);
  assert.ok(Math.abs(rho - Math.exp(-55.8 / 1000)) < 1e-3, `${rho}`);
  assert.equal(predictor.correlation!(readings[0]!, { ...readings[1]!, phase: "PcP" }), 0);
  const [a, b] = [r1 / s1, r2 / s2];
  const expected = (a * a - 2 * rho * a * b + b * b) / (1 - rho * rho);
  assert.ok(Math.abs(chiSquare(system, mask) / expected - 1) < 1e-9);
  const likelihood = expected + Math.log(s1 ** 2 * s2 ** 2 * (1 - rho * rho));
  assert.ok(Math.abs(misfit(system, mask) - likelihood) < 1e-6);
});

/** Twelve stations side by side, and five around. */
const cluster = Array.from({ length: 12 }, (_, i) => testStation(`C${i}`, 80 + 0.05 * i, 20 + 0.2 * i));
const around = stationsAround(source, 5, [30, 70], randomStream(4, "around"));

function readingsWith(errors: readonly number[]): Reading[] {
  return timesOnly(
    [...cluster, ...around].map((station: Station, i) => {
      const reading = exactReading(plain, source, station, "P")!;
      return { ...reading, time: reading.time + errors[i]!, timeErrorSec: 0.3 };
    }),
  );
}

function located(readings: readonly Reading[], settings: LocationSettings): LocatedOrigin {
  const result = locate(readings, source, earth, settings);
  assert.ok(result.ok);
  return result.origin;
}

test("with an error that a cluster of stations shares, ellipses hold the truth when it is known to be shared, and places are no worse", (t) => {
  const random = randomStream(1, "shared");
  const runs = testScale(400, 100);
  const offsets: Record<"own" | "shared", number[]> = { own: [], shared: [] };
  const inside = { own: 0, shared: 0 };
  for (let run = 0; run < runs; run++) {
    const common = 1.3 * random.normal();
    const errors = [...cluster.map(() => common), ...around.map(() => 1.3 * random.normal())].map(
      (error) => error + 0.3 * random.normal(),
    );
    const readings = readingsWith(errors);
    for (const [name, settings] of [
      ["own", held],
      ["shared", correlated],
    ] as const) {
      const { latitudeDeg, longitudeDeg, error } = located(readings, settings);
      offsets[name].push(geodesicKm(latitudeDeg, longitudeDeg, source.latitudeDeg, source.longitudeDeg));
      const { eastKm: x, northKm: y } = localOffsetKm(
        latitudeDeg,
        longitudeDeg,
        source.latitudeDeg,
        source.longitudeDeg,
      );
      const { sxxKm2: xx, syyKm2: yy, sxyKm2: xy } = error!;
      if ((yy * x * x - 2 * xy * x * y + xx * y * y) / (xx * yy - xy * xy) < 4.605) inside[name]++;
    }
  }
  t.diagnostic(
    `of ${runs}: ${inside.shared} in the 90 % ellipse, ${inside.own} if each error is its own; ${mean(offsets.shared).toFixed(1)} and ${mean(offsets.own).toFixed(1)} km`,
  );
  assert.ok(mean(offsets.shared) < mean(offsets.own));
  // Binomial: 0.9 +- 0.03 of a hundred.
  assert.ok(inside.shared > 0.8 * runs && inside.shared > inside.own + 0.1 * runs, JSON.stringify(inside));
});

test("stations far apart do not notice", () => {
  const readings = readingsWith([...cluster, ...around].map(() => 0)).slice(cluster.length - 1);
  const [own, shared] = [located(readings, held), located(readings, { ...held, correlationKm: 1 })];
  assert.ok(Math.abs(own.error!.semiMajorKm / shared.error!.semiMajorKm - 1) < 1e-9);
});
