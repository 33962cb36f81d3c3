/**
 * Screening against published magnitudes of nuclear tests, which must stay in, and against closed forms. The magnitudes of DPRK tests are the IDC's (as
 * remembered in the reference data: mb 4.5, Ms 3.6 in 2009).
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { NetworkMagnitude, Origin } from "@harken/core";
import fc from "fast-check";
import { type Criterion, screenEvent } from "./screenEvent.ts";
import { formerMbMsLine, screeningSettings } from "./settings.ts";

const magnitude = (type: string, value: number, uncertainty = 0.1): NetworkMagnitude => ({
  ...{ type, value, uncertainty, stationCount: 9, stations: [] },
});

function originOf(mb: number | null, ms: number | null, depth: Partial<Origin> & { sigmaKm?: number } = {}): Origin {
  const { sigmaKm, ...rest } = depth;
  const nothing = {
    sxxKm2: 1,
    syyKm2: 1,
    sttSec2: 1,
    sxyKm2: 0,
    sxzKm2: 0,
    syzKm2: 0,
    stxKmSec: 0,
    styKmSec: 0,
    stzKmSec: 0,
  };
  return {
    ...{ key: "o", time: 0, latitudeDeg: 0, longitudeDeg: 0, depthKm: 0, depthType: "surface", author: "" },
    ...{ associations: [], definingCount: 9, stationCount: 9, azimuthGapDeg: 90, rmsResidualSec: 1, remarks: [] },
    error:
      sigmaKm === undefined
        ? null
        : {
            ...{ ...nothing, szzKm2: sigmaKm ** 2, sdobs: 1, semiMajorKm: 9, semiMinorKm: 9, strikeDeg: 0 },
            ...{ depthErrorKm: 1.645 * sigmaKm, timeErrorSec: 1, confidence: 0.9 },
          },
    magnitudes: [...(mb === null ? [] : [magnitude("mb", mb)]), ...(ms === null ? [] : [magnitude("Ms", ms)])],
    ...rest,
  };
}
const criterion = (origin: Origin, name: Criterion["name"], settings = screeningSettings) =>
  screenEvent(origin, settings).criteria.find((one) => one.name === name)!;

test("the DPRK's tests of 2009 and 2013 stay in by the line in use, and lie near the former line", () => {
  for (const [mb, ms] of [
    [4.5, 3.6],
    [4.9, 3.9],
  ] as const) {
    assert.equal(screenEvent(originOf(mb, ms)).status, "not screened out");
    const former = criterion(originOf(mb, ms), "mb:Ms", { ...screeningSettings, line: formerMbMsLine });
    // The score is the distance to the line over two standard deviations.
    const distance = former.score! * 2 * Math.hypot(0.1, 1.25 * 0.1);
    assert.ok(Math.abs(distance) < 0.2 && former.status === "not screened out", `${mb} ${ms}: ${distance}`);
  }
});

test("an earthquake with strong surface waves is screened out, with the numbers in the reason", () => {
  const { status, score, criteria } = screenEvent(originOf(5.2, 5.4));
  assert.equal(status, "screened out");
  // 5.4 - (5.2 - 0.64) = 0.84 over 2 hypot(0.1, 0.1).
  assert.ok(Math.abs(score! - 0.84 / (2 * Math.hypot(0.1, 0.1))) < 1e-12);
  assert.match(criteria[1]!.reason, /Ms 5\.40 is 0\.84 above mb - 0\.64 = 4\.56, with a standard deviation of 0\.14\./);
});

test("two standard deviations are the edge of both criteria", () => {
  for (const [share, status] of [
    [0.99, "not screened out"],
    [1.01, "screened out"],
  ] as const) {
    const twoSigmas = 2 * Math.hypot(0.1, 0.1);
    assert.equal(criterion(originOf(5, 5 - 0.64 + share * twoSigmas), "mb:Ms").status, status);
    const deep = { depthKm: 10 + share * 40, depthType: "free", sigmaKm: 20 } as const;
    assert.equal(criterion(originOf(4.5, null, deep), "depth").status, status);
  }
});

test("depth: free and well below 10 km screens out, a held depth says nothing, a wide interval leaves it in", () => {
  const deep = { depthKm: 100, depthType: "free", sigmaKm: 20 } as const;
  assert.equal(screenEvent(originOf(4.5, null, deep)).status, "screened out");
  assert.equal(screenEvent(originOf(4.5, null, { ...deep, sigmaKm: 60 })).status, "not screened out");
  assert.equal(criterion(originOf(4.5, null, { ...deep, depthType: "default" }), "depth").status, "insufficient data");
  assert.equal(screenEvent(originOf(4.5, null)).status, "insufficient data");
});

test("too small, or without mb: not considered, with the reason", () => {
  assert.equal(screenEvent(originOf(3.4, 4.5)).status, "not considered");
  assert.match(screenEvent(originOf(3.4, 4.5)).criteria[0]!.reason, /mb 3\.4 is below 3\.5/);
  assert.equal(screenEvent(originOf(null, 4.5)).status, "not considered");
});

test("a larger Ms never screens less, and what lies two standard deviations above the line is out", () => {
  const value = fc.double({ min: 3.5, max: 7, noNaN: true });
  fc.assert(
    fc.property(value, value, fc.double({ min: 0, max: 1, noNaN: true }), (mb, ms, more) => {
      const [low, high] = [screenEvent(originOf(mb, ms)), screenEvent(originOf(mb, ms + more))];
      assert.ok(high.score! >= low.score!);
      const above = ms - (mb - 0.64) - 2 * Math.hypot(0.1, 0.1);
      if (Math.abs(above) > 1e-9) assert.equal(low.status, above > 0 ? "screened out" : "not screened out");
    }),
  );
});
