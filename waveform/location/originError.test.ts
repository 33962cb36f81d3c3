import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ellipseOf } from "@harken/core";
import { referenceTest } from "@harken/testing";
import { uebTables } from "../testTables.ts";
import { covarianceOf, originError } from "./originError.ts";
import { errorScale } from "./scaling.ts";

referenceTest(
  "81 IDC origerr rows of 2010-05-20: ellipse and time interval from the stored covariance, within 0.1 %",
  ["parametric/ueb-20100520-css30", "parametric/gms-station-ref"],
  (t, folders) => {
    const { origerrs } = uebTables((name) => readFileSync(`${folders[name.endsWith("site") ? 1 : 0]}/${name}`, "utf8"));
    let worst = 0;
    for (const row of origerrs) {
      const scale = errorScale(row.conf, Number.POSITIVE_INFINITY, 0, 4, 3)!;
      const covariance = new Float64Array(16);
      covariance.set([
        row.sxx,
        row.sxy,
        0,
        row.stx,
        row.sxy,
        row.syy,
        0,
        row.sty,
        0,
        0,
        0,
        0,
        row.stx,
        row.sty,
        0,
        row.stt,
      ]);
      const ours = originError(covariance, false, scale, row.conf, 0);
      for (const [mine, stored] of [
        [ours.semiMajorKm, row.smajax],
        [ours.semiMinorKm, row.sminax],
        [ours.timeErrorSec, row.stime],
      ] as const) {
        worst = Math.max(worst, Math.abs(mine / stored - 1));
        assert.ok(Math.abs(mine / stored - 1) < 0.001, `${row.orid}: ${mine}, stored ${stored}`);
      }
      const turn = Math.abs(((ours.strikeDeg - row.strike + 270) % 180) - 90);
      // The strike of a nearly round ellipse is not determined by rounded figures.
      const round = ours.semiMinorKm / ours.semiMajorKm > 0.98;
      assert.ok(round || turn < 0.5, `${row.orid}: strike ${ours.strikeDeg}, stored ${row.strike}`);
      assert.equal(ours.depthErrorKm, null);
    }
    t.diagnostic(`${origerrs.length} rows, worst ${(100 * worst).toFixed(3)} %`);
    assert.equal(origerrs.length, 81);
  },
);

test("an ellipse laid by hand: axes 3 and 1 km, the long one to the north-east", () => {
  const half = Math.SQRT1_2 ** 2;
  const { semiMajorKm, semiMinorKm, strikeDeg } = ellipseOf(half * 10, half * 10, half * 8, 1);
  assert.ok(Math.abs(semiMajorKm - 3) < 1e-12 && Math.abs(semiMinorKm - 1) < 1e-12);
  assert.ok(Math.abs(strikeDeg - 45) < 1e-9);
});

test("a singular system has no covariance, and neither has one whose ellipse is wider than the Earth", () => {
  const normal = (east: number, north: number) =>
    Float64Array.of(east, 0, 0, 0, 0, north, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  assert.equal(covarianceOf(normal(1, 0), false), null);
  assert.equal(covarianceOf(normal(1, 1e-9), false), null);
  assert.deepEqual(
    [...covarianceOf(normal(4, 25), false)!].filter((v) => v !== 0),
    [0.25, 0.04, 1],
  );
});
