/**
 * Transport on a real field, held to other models' runs on the same one.
 *
 * What FLEXPART v11 made of the stored field must be known to compare with it. It ran on a GFS-style file, and in that mode counts heights from the first
 * level of pressure above ground, not from the ground (verttransform_gfs in its sources). "Heights as FLEXPART counts them" are these; the second test holds
 * them to its trajectories. The winds stored along these, without turbulence, also fall towards height 0: the third test measures that.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { KM_PER_DEGREE, mean, median, RADIANS_PER_DEGREE } from "@harken/core";
import { decodeNetcdf, decodeSourceReceptorField, weatherFromNetcdf } from "@harken/formats";
import { referencePath, referenceTest, testScale } from "@harken/testing";
import { pearson } from "../evaluation/scores.ts";
import { cellCentre, cellIndex, globalGrid } from "../grid/latLonGrid.ts";
import { cellSeries } from "../sourceReceptor/cellSeries.ts";
import { possibleSourceRegion } from "../sourceReceptor/sourceRegion.ts";
import { assembleWind } from "../wind/assemble.ts";
import { windLookup } from "../wind/windField.ts";
import { Air } from "./air.ts";
import { assembleTransport, type HeightsFrom } from "./assembleWeather.ts";
import { TransportKernel } from "./kernel.ts";
import { createCloud } from "./particleCloud.ts";
import { standardPhysics, tracer, windOnly } from "./physics.ts";
import type { Release, TransportPlan } from "./plan.ts";
import { sourceReceptorField } from "./products.ts";
import { runTransport } from "./run.ts";
import type { TransportField } from "./transportField.ts";

const FIELD = "atmosphere/eraint_global_20110605/ei_2011_06_05_00.nc";
const DAY = 86_400;

function readAir() {
  const dataset = decodeNetcdf(readFileSync(referencePath(FIELD)!)).items[0]!;
  const { fields } = weatherFromNetcdf(dataset);
  const air = (heightsFrom: HeightsFrom) => {
    const { fields: made, problems } = assembleTransport(fields, { heightsFrom });
    assert.deepEqual(problems, []);
    return made[0]!;
  };
  const { winds } = assembleWind(fields);
  return { own: air("ground"), flexpart: air("firstLevel"), wind: winds[0]! };
}

/** Below this FLEXPART's wind is taken to be slower than the field's, linearly towards height 0. Chosen; 100 to 185 m pass the third test alike. */
const WHOLE_WIND_M = 185;

/** Share of the field's wind that FLEXPART had at height 0: by least squares from the winds stored along its trajectories. */
function bottomWind(field: TransportField): number {
  const around = new Air(field, field);
  const { lat, lon, height, east, north } = tracks();
  let [product, square] = [0, 0];
  height.forEach((z, i) => {
    if (!(z >= 0 && z < WHOLE_WIND_M)) return;
    around.locate(lat[i]!, lon[i]!, 0);
    around.windAt(z);
    const [u, v, above] = [around.wind[0]!, around.wind[1]!, z / WHOLE_WIND_M];
    const lost = 1 - above;
    product += lost * (u * (east[i]! - above * u) + v * (north[i]! - above * v));
    square += lost * lost * (u * u + v * v);
  });
  return product / square;
}

/** The field with a wind near the ground that is fitted to FLEXPART's: for comparison with its runs, and in no product. */
function slowedNearGround(field: TransportField): TransportField {
  const { heightsM } = field;
  const bottom = bottomWind(field);
  const factor = heightsM.map((z) => bottom + (1 - bottom) * Math.min(1, z / WHOLE_WIND_M));
  return { ...field, lanes: field.lanes.map((x, i) => (i % 4 < 2 ? x * factor[(i >> 2) % factor.length]! : x)) };
}

let read: ReturnType<typeof readAir> | null = null;
const air = () => (read ??= readAir());

function apartKm(latA: number, lonA: number, latB: number, lonB: number): number {
  const [p, q] = [latA * RADIANS_PER_DEGREE, latB * RADIANS_PER_DEGREE];
  const h =
    Math.sin((q - p) / 2) ** 2 + Math.cos(p) * Math.cos(q) * Math.sin(((lonB - lonA) * RADIANS_PER_DEGREE) / 2) ** 2;
  return 2 * Math.asin(Math.sqrt(h)) * (KM_PER_DEGREE / RADIANS_PER_DEGREE);
}

function tracks() {
  const dataset = decodeNetcdf(readFileSync(referencePath("atmosphere/traj_reference/flexpart11_partoutput.nc")!));
  const read = (name: string) => {
    const values = dataset.items[0]!.variables.find((variable) => variable.name === name)!.read();
    assert.ok(typeof values !== "string");
    return values;
  };
  const ground = read("to");
  const height = Array.from(read("z"), (z, i) => z - ground[i]!);
  return { lat: read("lat"), lon: read("lon"), mixing: read("hmix"), height, east: read("u"), north: read("v") };
}

const table = (path: string) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => line.trim().split(/\s+/).map(Number));

/** Positions of the 300 stored starts after 24 and 120 h. `heights` are above ground, NaN for starts below it. */
function fly(field: TransportField, starts: readonly (readonly number[])[], heights: readonly number[]) {
  const around = new Air(field, field);
  const cloud = createCloud(starts.length, 1);
  const kernel = new TransportKernel(windOnly, 1, []);
  starts.forEach((start, i) => {
    cloud.longitudeDeg[i] = start[0]!;
    cloud.latitudeDeg[i] = start[1]!;
    cloud.heightM[i] = heights[i]!;
  });
  const at = (hours: number, from: number) => {
    for (let step = from * 4; step < hours * 4; step++)
      for (let i = 0; i < starts.length; i++)
        if (!Number.isNaN(heights[i])) kernel.move(cloud, i, around, 900, 0, 0, i, step, false);
    return { lat: cloud.latitudeDeg.slice(), lon: cloud.longitudeDeg.slice() };
  };
  return [at(24, 0), at(120, 24)] as const;
}

const TRACKS = ["atmosphere/traj_reference", FIELD];

referenceTest(
  "trajectories on heights above ground: as near to MPTRAC's as a third of the distance between MPTRAC and FLEXPART",
  TRACKS,
  (t, [folder]) => {
    const { own, wind } = air();
    const { surfacePressureHPa: ground } = windLookup(wind);
    const starts = table(join(folder!, "init.txt"));
    const around = new Air(own, own);
    // Height of the start's pressure, up through the densities of its column.
    const heights = starts.map(([lon, lat, , , pressure]) => {
      around.locate(lat!, lon!, 0);
      around.fillColumn(12_000);
      const { heightsM, lanes, levels } = around.column;
      let p = ground(lat!, lon!) * 100;
      if (pressure! >= p) return Number.NaN;
      for (let k = 0; k < levels - 1; k++) {
        const weight = 9.80665 * 0.5 * (lanes[4 * k + 3]! + lanes[4 * k + 7]!);
        const next = p - weight * (heightsM[k + 1]! - heightsM[k]!);
        if (next <= pressure!) return heightsM[k]! + (p - pressure!) / weight;
        p = next;
      }
      return Number.NaN;
    });
    const ours = fly(own, starts, heights);
    const { lat, lon } = tracks();
    const names = readdirSync(join(folder!, "mptrac_dt300")).sort();
    [24, 120].forEach((hours, n) => {
      const output = hours / 6;
      const rows = table(join(folder!, "mptrac_dt300", names[output]!));
      const alive = heights.flatMap((z, i) => (Number.isNaN(z) ? [] : [i]));
      const mptrac = alive.map((i) => apartKm(ours[n]!.lat[i]!, ours[n]!.lon[i]!, rows[i]![3]!, rows[i]![2]!));
      const between = alive.map((i) => {
        const at = 20 * i + output - 1;
        return apartKm(lat[at]!, lon[at]!, rows[i]![3]!, rows[i]![2]!);
      });
      t.diagnostic(
        `${hours} h: median ${median(mptrac).toFixed(1)} km, mean ${mean(mptrac).toFixed(1)}; between the two models ${median(between).toFixed(1)}, ${mean(between).toFixed(1)}`,
      );
      assert.ok(median(mptrac) <= median(between) / 3 && mean(mptrac) <= mean(between) / 2.5);
    });
  },
);

referenceTest(
  "FLEXPART's trajectories: nearer by more than half when heights are counted as its GFS mode counts them; mixing heights within 3 %",
  TRACKS,
  (t, [folder]) => {
    const { own, flexpart } = air();
    const starts = table(join(folder!, "init.txt"));
    // Given above sea level; FLEXPART takes its ground off.
    const heights = starts.map(([, , z, ground]) => (z! > ground! ? z! - ground! : Number.NaN));
    const { lat, lon, mixing } = tracks();
    const distances = [own, flexpart].map((field) =>
      fly(field, starts, heights).map((place, n) =>
        heights.flatMap((z, i) => {
          const at = 20 * i + [3, 19][n]!;
          return Number.isNaN(z) ? [] : [apartKm(place.lat[i]!, place.lon[i]!, lat[at]!, lon[at]!)];
        }),
      ),
    );
    [24, 120].forEach((hours, n) => {
      const [plain, counted] = distances.map((list) => median(list[n]!)) as [number, number];
      // What MPTRAC reaches.
      assert.ok(counted <= [25, 155][n]!, `${counted}`);
      t.diagnostic(`${hours} h: median ${plain.toFixed(1)} km, as counted by FLEXPART ${counted.toFixed(1)} km`);
      assert.ok(counted < (n === 0 ? 0.5 : 0.7) * plain);
    });
    const around = new Air(own, own);
    const [ours, theirs] = [[] as number[], [] as number[]];
    for (let k = 0; k < mixing.length; k++) {
      around.locate(lat[k]!, lon[k]!, 0);
      around.layerAt();
      ours.push(around.layer[0]!);
      theirs.push(mixing[k]!);
    }
    assert.ok(Math.abs(mean(ours) / mean(theirs) - 1) < 0.03, `${mean(ours)} ${mean(theirs)}`);
  },
);

referenceTest(
  "FLEXPART's wind near the ground: slowed by one share fitted to the winds stored along its trajectories, the field's are these within 15 % in layers of 40 m, some thirty points each; not slowed, they are twice as fast at height 0",
  TRACKS,
  (t) => {
    const field = slowedNearGround(air().flexpart);
    const around = new Air(field, field);
    const { lat, lon, height, east, north } = tracks();
    const layers = Array.from({ length: 8 }, () => ({ product: 0, square: 0 }));
    height.forEach((z, i) => {
      const layer = z >= 0 ? layers[Math.floor(z / 40)] : undefined;
      if (!layer) return;
      around.locate(lat[i]!, lon[i]!, 0);
      around.windAt(z);
      const [u, v] = [around.wind[0]!, around.wind[1]!];
      layer.product += u * east[i]! + v * north[i]!;
      layer.square += u * u + v * v;
    });
    const share = bottomWind(air().flexpart);
    t.diagnostic(`share at height 0: ${share.toFixed(2)}`);
    assert.ok(share > 0.35 && share < 0.6, `${share}`);
    layers.forEach(({ product, square }, k) => {
      assert.ok(Math.abs(product / square - 1) < 0.15, `${40 * k} m: ${product / square}`);
    });
  },
);

const sampling = { grid: globalGrid(1), layerTopsM: [150], spreadAfterSec: 10_800 };
const backward = (releases: readonly Release[], days: number, seed = 1): TransportPlan => ({
  seed,
  direction: "backward",
  startTime: 0,
  stepSec: 900,
  outputSec: 10_800,
  outputs: 8 * days,
  releases,
  species: [tracer],
  physics: standardPhysics,
  sampling,
  chunkSize: 5000,
});

/** Overlap of the areas above 1 % of each field's largest value, and Pearson's correlation. */
function agreement(a: Float64Array, b: Float64Array): { overlap: number; correlation: number } {
  const [topA, topB] = [Math.max(...a) / 100, Math.max(...b) / 100];
  let [both, either] = [0, 0];
  for (let c = 0; c < a.length; c++) {
    if (a[c]! > topA && b[c]! > topB) both++;
    if (a[c]! > topA || b[c]! > topB) either++;
  }
  return { overlap: both / either, correlation: pearson(a, b)! };
}

async function jpx38(t: TestContext, field: TransportField, label: string) {
  const anchor = decodeSourceReceptorField(
    readFileSync(referencePath("atmosphere/flexpart_anchor/JPX38_frozenERAI_FLEXPARTv11_1deg.srs")!),
  ).items[0]!;
  const station = { southDeg: 36.3, northDeg: 36.3, westDeg: 139.08, eastDeg: 139.08, bottomM: 0, topM: 30 };
  const release = { ...station, startTime: -DAY, endTime: 0, particles: testScale(100_000, 1500), activityBq: [1] };
  const result = await runTransport(backward([release], testScale(14, 5)), { times: [0], load: () => field });
  const { field: made } = sourceReceptorField(result, anchor);
  const integrated = (source: typeof anchor, days: number) => {
    const sum = new Float64Array(180 * 360);
    for (let i = 0; i < source.values.length; i++)
      if (source.step[i]! - source.firstStep < 8 * days)
        sum[cellIndex(sampling.grid, source.cellLatitudeDeg[i]!, source.cellLongitudeDeg[i]!)]! += source.values[i]!;
    return sum;
  };
  return [1, 2, 3, 5, 7, 10, 14]
    .filter((days) => 8 * days <= result.outputs.length)
    .map((days) => {
      const found = { days, ...agreement(integrated(made, days), integrated(anchor, days)) };
      t.diagnostic(
        `${label}, ${days} d: overlap ${found.overlap.toFixed(3)}, correlation ${found.correlation.toFixed(4)}`,
      );
      return found;
    });
}

const ANCHOR = ["atmosphere/flexpart_anchor/JPX38_frozenERAI_FLEXPARTv11_1deg.srs", FIELD];

referenceTest(
  "backward from JPX38 with heights as FLEXPART counts them: overlap at least 0.6 and correlation 0.9 with FLEXPART v11 over five days",
  ANCHOR,
  async (t) => {
    for (const { days, overlap, correlation } of await jpx38(t, air().flexpart, "heights as FLEXPART counts them"))
      if (days <= 5) assert.ok(overlap >= 0.6 && correlation >= 0.9, `${days} d: ${overlap} ${correlation}`);
  },
);

referenceTest(
  "backward from JPX38 in the stored air as it is: overlap at least 0.6 over three days, correlation 0.9 over two and 0.75 over three, heights being counted from the ground",
  ANCHOR,
  async (t) => {
    for (const { days, overlap, correlation } of await jpx38(t, air().own, "stored air"))
      if (days <= 3)
        assert.ok(overlap >= 0.6 && correlation >= (days < 3 ? 0.9 : 0.75), `${days} d: ${overlap} ${correlation}`);
  },
);

referenceTest(
  "36 samples of FLEXPART's release: our fields, in air fitted to FLEXPART's near the ground, find the source at least as near as FLEXPART's own do",
  ["atmosphere/psr_synthetic", FIELD],
  async (t, [folder]) => {
    // With fewer particles the largest correlation is one of chance.
    if (testScale(1, 0) === 0) return t.skip("takes minutes; HARKEN_TEST_SCALE=full runs it");
    const rows = readFileSync(join(folder!, "samples.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const [trueLat, trueLon] = [41.3, 129.1];
    const field = slowedNearGround(air().flexpart);
    const weather = { times: [0], load: () => field };
    const fields = new Map<string, ReturnType<typeof sourceReceptorField>["field"]>();
    for (const station of new Set(rows.map(([name]) => name!))) {
      const [, latitude, longitude] = rows.find(([name]) => name === station)!.map(Number);
      const place = { latitudeDeg: latitude!, longitudeDeg: longitude! };
      const release = {
        southDeg: latitude! - 0.5,
        northDeg: latitude! + 0.5,
        westDeg: longitude! - 0.5,
        eastDeg: longitude! + 0.5,
        bottomM: 0,
        topM: 150,
        startTime: -DAY,
        endTime: 0,
        particles: 50_000,
        activityBq: [1],
      };
      // The air stands still: one run gives the samples of all days, each as far back as its day allows.
      const run = await runTransport(backward([release], 9, 7 + fields.size), weather);
      for (let day = 1; day <= 9; day++) {
        const sample = { station, ...place, sampleStart: (day - 1) * DAY, sampleStop: day * DAY };
        const part = { ...run, outputs: run.outputs.slice(0, 8 * day) };
        fields.set(`${station} ${5 + day}`, sourceReceptorField(part, sample, 1e15).field);
      }
    }
    const ordered = rows.map(([station, , , , stop]) => fields.get(`${station} ${Number(stop!.slice(8, 10))}`)!);
    const { correlation } = possibleSourceRegion(
      cellSeries(ordered, sampling.grid),
      rows.map((row) => Number(row[5])),
    );
    const best = correlation.indexOf(Math.max(...correlation));
    const { latitudeDeg, longitudeDeg } = cellCentre(sampling.grid, best);
    const distance = apartKm(trueLat, trueLon, latitudeDeg, longitudeDeg);
    t.diagnostic(
      `${latitudeDeg} N ${longitudeDeg} E, r ${correlation[best]!.toFixed(3)}, ${distance.toFixed(0)} km from the source`,
    );
    // FLEXPART's fields: 39.5 N 133.5 E.
    assert.ok(distance <= apartKm(trueLat, trueLon, 39.5, 133.5), `${distance}`);
  },
);
