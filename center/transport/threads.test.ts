import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Allocate,
  globalGrid,
  runTransport,
  standardPhysics,
  type TransportPlan,
  tracer,
  transportField,
} from "@harken/atmosphere";
import { testScale } from "@harken/testing";
import { transportThreads } from "./threads.ts";

/** West wind with shear over a boundary layer, on 10 deg. */
function air(time: number, allocate?: Allocate) {
  const [rows, columns] = [19, 36];
  const pressuresHPa = Float64Array.from([1000, 925, 850, 700, 500, 300, 200, 100]);
  const lanes = new Float32Array(rows * columns * pressuresHPa.length * 4);
  for (let i = 0; i < lanes.length; i += 4) {
    const pressure = pressuresHPa[(i / 4) % pressuresHPa.length]!;
    lanes.set([8 + (1000 - pressure) / 40, 3 - time / 8000, 0, 288 * (pressure / 1000) ** 0.19], i);
  }
  const frame = { firstLatDeg: 90, stepLatDeg: -10, rows, firstLonDeg: 0, stepLonDeg: 10, columns };
  const surfacePressureHPa = new Float32Array(rows * columns).fill(1013);
  return transportField({ time, ...frame, pressuresHPa, lanes, surfacePressureHPa }, {}, allocate);
}

const plan: TransportPlan = {
  seed: 4,
  direction: "backward",
  startTime: 21_600,
  stepSec: 900,
  outputSec: 5400,
  outputs: 4,
  releases: [
    {
      ...{ southDeg: 36.3, northDeg: 36.3, westDeg: 139.08, eastDeg: 139.08, bottomM: 0, topM: 30 },
      ...{ startTime: 10_800, endTime: 21_600, particles: testScale(100_000, 3000), activityBq: [1] },
    },
  ],
  species: [tracer],
  physics: standardPhysics,
  sampling: { grid: globalGrid(1), layerTopsM: [150, 1000], spreadAfterSec: 10_800 },
  chunkSize: 100,
};

const bits = (values: Float64Array) => [...new BigUint64Array(values.slice().buffer)];

test("one thread, two and three, and none beside this one: the same field bit for bit", async () => {
  const run = async (threads: number) => {
    const pool = threads > 0 ? transportThreads(plan, threads) : null;
    const load = (k: number) => air(10_800 * k, pool?.allocate);
    try {
      return await runTransport(plan, { times: [0, 10_800, 21_600], load }, pool ?? {});
    } finally {
      await pool?.destroy();
    }
  };
  const alone = await run(0);
  assert.ok(alone.outputs.every(({ index }) => index.length > 0));
  for (const threads of [1, 2, 3]) {
    const { outputs, cloud } = await run(threads);
    assert.deepEqual(bits(cloud.heightM), bits(alone.cloud.heightM), `${threads} threads`);
    outputs.forEach((output, k) => {
      assert.deepEqual(output.index, alone.outputs[k]!.index);
      assert.deepEqual(bits(output.sum), bits(alone.outputs[k]!.sum));
      assert.deepEqual(bits(output.standardError), bits(alone.outputs[k]!.standardError));
    });
  }
});
