import assert from "node:assert/strict";
import { test } from "node:test";
import { quantile, randomStream } from "@harken/core";
import { testScale } from "@harken/testing";
import { createEarthModel } from "../earthModel.ts";
import { phaseRanges } from "../phases/idcPhases.ts";
import { phaseArrivals } from "../taup/travelTimes.ts";
import { type ModelName, type VelocityModel, velocityModel } from "../velocityModel.ts";
import { globalAxes, localAxes } from "./table.ts";

const names = [...new Set(phaseRanges.map(({ phase }) => phase))];
/** Phases of one smooth branch: no other takes over, none begins in the middle. */
const smooth = new Set(
  "PcP ScP PcS ScS PKiKP PKPdf PKPbc PKPab PKKPdf PKKPbc SKSac SKPbc P'P'df Pdiff Lg Rg LR".split(" "),
);

for (const model of ["ak135", "iasp91"] as const) {
  test(`${model}: tables against ray integration at random distances and depths of each phase's range`, (t) => {
    for (const phase of names) {
      const { errors, slownessErrors, missing, extra, stray } = compare(model, phase, testScale(4000, 240));
      const worst = Math.max(...errors);
      t.diagnostic(
        `${phase}: ${errors.length} compared, worst ${worst.toFixed(4)} s, 99 % within ${quantile(errors, 0.99).toFixed(4)} s, ${missing} + ${extra} at an edge`,
      );
      assert.ok(errors.length > 10, phase);
      // A cell over the edge of a phase's range is empty, or full where the jump is inside.
      assert.ok(missing + extra <= Math.max(6, 0.1 * errors.length), `${phase}: ${missing} missing, ${extra} extra`);
      assert.ok(quantile(errors, 0.98) <= 0.02, `${phase}: ${quantile(errors, 0.98)} s`);
      assert.deepEqual(stray, [], `${phase}: off, and not by the edge of a branch`);
      if (smooth.has(phase)) assert.ok(worst <= 0.005, `${phase}: worst ${worst} s`);
      if (phase === "P") assert.ok(worst <= 0.05, `${phase}: worst ${worst} s`);
      assert.ok(quantile(slownessErrors, 0.9) <= 0.02, `${phase}: slowness ${quantile(slownessErrors, 0.9)} s/deg`);
    }
  });

  test(`${model}: first arrivals of P and S are later the farther away, to the antipode`, () => {
    const earth = createEarthModel(model);
    for (const phase of ["P", "S"]) {
      for (const depth of [0, 7, 33, 50, 51, 160, 410, 599]) {
        let before = 0;
        for (let delta = 0.003; delta <= 180; delta += 0.0317) {
          const time = earth.predict(phase, delta, depth)?.timeSec;
          assert.ok(time !== undefined && time > before, `${phase} ${delta} deg ${depth} km: ${time} after ${before}`);
          before = time;
        }
      }
    }
  });

  test(`${model}: no step where the fine table near the source meets the wide one`, () => {
    const earth = createEarthModel(model);
    const edge = localAxes.maxDeltaDeg;
    const deepest = localAxes.depthsKm.at(-1)!;
    for (const phase of ["P", "S", "Pn", "Sn", "Pg", "Sg", "pP", "sP"]) {
      const agree = (a: ReturnType<typeof earth.predict>, b: typeof a, expectedSec: number, where: string) => {
        if (!a || !b) return;
        assert.ok(Math.abs(b.timeSec - a.timeSec - expectedSec) < 0.02, `${phase} ${where}: ${a.timeSec} ${b.timeSec}`);
      };
      for (let depth = 0; depth <= deepest; depth += 1.7) {
        const inside = earth.predict(phase, edge - 1e-6, depth);
        agree(inside, earth.predict(phase, edge + 1e-6, depth), 0, `${edge} deg, ${depth} km`);
      }
      for (let delta = 0.05; delta < edge; delta += 0.037) {
        const inside = earth.predict(phase, delta, deepest - 1e-6);
        agree(inside, earth.predict(phase, delta, deepest + 1e-6), 0, `${delta} deg, ${deepest} km`);
      }
    }
  });
}

test("depth nodes rise, and no node lies on a discontinuity of the models", () => {
  for (const { depthsKm } of [globalAxes, localAxes]) {
    depthsKm.forEach((depth, i) => {
      assert.ok(i === 0 || depth > depthsKm[i - 1]!);
      for (const model of ["ak135", "iasp91"] as const) {
        const jump = velocityModel(model).rows.some(([z], k, rows) => k > 0 && z === depth && rows[k - 1]![0] === z);
        assert.ok(!jump, `${depth} km of ${model}`);
      }
    });
  }
});

function compare(model: ModelName, phase: string, count: number) {
  const earth = createEarthModel(model);
  const velocity = velocityModel(model);
  const ranges = phaseRanges.filter((range) => range.phase === phase);
  const random = randomStream(7, model, phase);
  const errors: number[] = [];
  const slownessErrors: number[] = [];
  const depths: number[] = [];
  const stray: string[] = [];
  let [missing, extra] = [0, 0];
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  for (let i = 0; i < count; i++) {
    const range = ranges[i % ranges.length]!;
    // A third at the surface, a third in the upper 60 km; ten distances from each depth, whose curves are made once.
    if (i % (10 * ranges.length) < ranges.length) {
      const turn = Math.floor(i / (10 * ranges.length)) % 3;
      const deepest = [range.minDepthKm, Math.min(60, range.maxDepthKm), Math.min(700, range.maxDepthKm)][turn]!;
      depths[i % ranges.length] = between(range.minDepthKm, Math.max(range.minDepthKm, deepest));
    }
    const depth = depths[i % ranges.length]!;
    const delta = between(range.minDeltaDeg, range.maxDeltaDeg);
    const exact = phaseArrivals(velocity, phase, delta, depth)[0];
    const table = earth.predict(phase, delta, depth);
    if (exact && table) {
      errors.push(Math.abs(exact.timeSec - table.timeSec));
      slownessErrors.push(Math.abs(exact.slownessSecPerDeg - table.slownessSecPerDeg));
      if (errors.at(-1)! > OFF_SEC && tangentMiss(velocity, phase, delta, depth, table.timeSec) > TANGENT_SEC)
        stray.push(`${delta} deg, ${depth} km: ${table.timeSec}, by rays ${exact.timeSec}`);
    } else if (exact) missing++;
    else if (table) extra++;
  }
  return { errors, slownessErrors, missing, extra, stray };
}

/** A table may be off by more than this where a branch begins or ends; there it holds the tangent of a node, to this, s. */
const OFF_SEC = 0.1;
const TANGENT_SEC = 0.5;

/** How far a time is from the nearest of the tangents of the cell's nodes, by rays, s. */
function tangentMiss(model: VelocityModel, phase: string, deltaDeg: number, depthKm: number, timeSec: number): number {
  const { stepDeg, depthsKm } = globalAxes;
  const below = Math.max(
    1,
    depthsKm.findIndex((z) => z >= depthKm),
  );
  const misses = [Math.floor(deltaDeg / stepDeg), Math.ceil(deltaDeg / stepDeg)].flatMap((node) =>
    [depthsKm[below - 1]!, depthsKm[below]!, depthKm].flatMap((z) =>
      phaseArrivals(model, phase, node * stepDeg, z)
        .slice(0, 1)
        .map(
          (at) =>
            at.timeSec +
            at.slownessSecPerDeg * (deltaDeg - node * stepDeg) +
            at.depthDerivativeSecPerKm * (depthKm - z),
        ),
    ),
  );
  return Math.min(...misses.map((tangent) => Math.abs(tangent - timeSec)));
}
