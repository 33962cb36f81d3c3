import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { decodeNetcdf, weatherFromNetcdf } from "@harken/formats";
import { referenceTest, testScale } from "@harken/testing";
import { globalGrid } from "../grid/latLonGrid.ts";
import { assembleTransport } from "./assembleWeather.ts";
import { standardPhysics, tracer } from "./physics.ts";
import { runTransport } from "./run.ts";

const DAY = 86_400;

referenceTest(
  "a day's sample 14 days backward, turbulence and convection: a particle-step in 2.4 us of CPU time, three times the 0.8 us asked (FLEXPART v11 on the same field: 0.78 us)",
  ["atmosphere/eraint_global_20110605/ei_2011_06_05_00.nc"],
  async (t, [path]) => {
    const { fields } = weatherFromNetcdf(decodeNetcdf(readFileSync(path!)).items[0]!);
    const [field] = assembleTransport(fields).fields;
    const particles = testScale(20_000, 400);
    const place = { southDeg: 36.3, northDeg: 36.3, westDeg: 139.08, eastDeg: 139.08, bottomM: 0, topM: 30 };
    const before = process.cpuUsage();
    await runTransport(
      {
        ...{ seed: 1, direction: "backward", startTime: 0, stepSec: 900, outputSec: 10_800, outputs: 112 },
        releases: [{ ...place, startTime: -DAY, endTime: 0, particles, activityBq: [1] }],
        species: [tracer],
        physics: standardPhysics,
        sampling: { grid: globalGrid(1), layerTopsM: [150], spreadAfterSec: 10_800 },
        chunkSize: 5000,
      },
      { times: [0], load: () => field! },
    );
    // Released evenly over the first day, they fly for half of it on average.
    const each = process.cpuUsage(before).user / (particles * 13.5 * 96);
    t.diagnostic(`${each.toFixed(2)} us for each of ${(particles * 13.5 * 96).toLocaleString("en")} particle-steps`);
    // A bound that a busy machine and few particles keep: it tells a blunder, not whether 0.8 us is reached. The line above tells that.
    assert.ok(each < 2.4, `${each}`);
  },
);
