import assert from "node:assert/strict";
import { test } from "node:test";
import { testScale } from "@harken/testing";
import { cellAreaKm2, cellCentre, globalGrid } from "../grid/latLonGrid.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { standardPhysics, tracer, windOnly } from "./physics.ts";
import { CLASSES, type Release, type TransportPlan } from "./plan.ts";
import { concentrationAt, predictedSample, sourceReceptorField } from "./products.ts";
import { runTransport } from "./run.ts";
import { testWorld } from "./testWorld.ts";

const frozen = { times: [0], load: () => testWorld() };

const box = (south: number, west: number, more: Partial<Release> = {}): Release => ({
  southDeg: south,
  northDeg: south + 1,
  westDeg: west,
  eastDeg: west + 1,
  bottomM: 0,
  topM: 150,
  startTime: 0,
  endTime: 0,
  particles: 600,
  activityBq: [1],
  ...more,
});

const plan = (more: Partial<TransportPlan> = {}): TransportPlan => ({
  seed: 11,
  direction: "forward",
  startTime: 0,
  stepSec: 900,
  outputSec: 10_800,
  outputs: 4,
  releases: [box(45, 10)],
  species: [tracer],
  physics: standardPhysics,
  sampling: { grid: globalGrid(1), layerTopsM: [150], spreadAfterSec: 10_800 },
  chunkSize: 50,
  ...more,
});

const bits = (values: Float64Array) => [...new BigUint64Array(values.slice().buffer)];

test("a seed gives the same bits again; the size of the chunks changes no particle, and sums by rounding alone", async () => {
  const [first, again, other, seeded] = [
    await runTransport(plan(), frozen),
    await runTransport(plan(), frozen),
    await runTransport(plan({ chunkSize: 13 }), frozen),
    await runTransport(plan({ seed: 12 }), frozen),
  ];
  assert.deepEqual(bits(again.cloud.latitudeDeg), bits(first.cloud.latitudeDeg));
  first.outputs.forEach((output, k) => {
    assert.deepEqual(bits(again.outputs[k]!.sum), bits(output.sum));
    assert.deepEqual(other.outputs[k]!.index, output.index);
    output.sum.forEach((sum, i) => {
      assert.ok(Math.abs(other.outputs[k]!.sum[i]! / sum - 1) < 1e-12);
    });
  });
  const sorted = (values: Float64Array) => [...values].sort((a, b) => a - b);
  assert.deepEqual(sorted(other.cloud.latitudeDeg), sorted(first.cloud.latitudeDeg));
  assert.deepEqual(sorted(other.cloud.heightM), sorted(first.cloud.heightM));
  assert.notDeepEqual(sorted(seeded.cloud.heightM), sorted(first.cloud.heightM));
});

test("stopped after any leg, kept as bytes and gone on from, a run comes to the same bits", async () => {
  // Weather every two hours and output every three: legs end within outputs.
  const weather = {
    times: [0, 7200, 14_400, 21_600, 28_800, 36_000, 43_200],
    load: (k: number) => testWorld(7200 * k, 1 + 0.1 * k),
  };
  const whole = await runTransport(plan(), weather);
  assert.ok(whole.finished);
  let legs = 0;
  await runTransport(plan(), weather, {
    onLeg: () => {
      legs++;
      return undefined;
    },
  });
  assert.equal(legs, 8);
  for (const stopAt of [1, 2, 5]) {
    let kept = new Uint8Array();
    const part = await runTransport(plan(), weather, {
      onLeg: (_progress, checkpoint) => {
        if (checkpoint.legsDone < stopAt) return undefined;
        kept = encodeCheckpoint(plan(), "weather", checkpoint) as Uint8Array<ArrayBuffer>;
        return "stop";
      },
    });
    assert.ok(!part.finished);
    const resume = decodeCheckpoint(plan(), "weather", kept);
    assert.ok(typeof resume !== "string", String(resume));
    const rest = await runTransport(plan(), weather, { resume });
    assert.ok(rest.finished);
    assert.deepEqual(bits(rest.cloud.heightM), bits(whole.cloud.heightM));
    assert.equal(rest.outputs.length, 4);
    rest.outputs.forEach((output, k) => {
      assert.deepEqual(output.index, whole.outputs[k]!.index);
      assert.deepEqual(bits(output.sum), bits(whole.outputs[k]!.sum));
      assert.deepEqual(bits(output.standardError), bits(whole.outputs[k]!.standardError));
    });
    assert.match(String(decodeCheckpoint(plan({ seed: 3 }), "weather", kept)), /another run/);
    assert.match(String(decodeCheckpoint(plan(), "other", kept)), /other weather/);
    for (const cut of [0, 5, 30, kept.length >> 1, kept.length - 9])
      assert.equal(typeof decodeCheckpoint(plan(), "weather", kept.subarray(0, cut)), "string");
    const spoilt = kept.slice();
    spoilt.fill(255, 8, 12);
    assert.equal(typeof decodeCheckpoint(plan(), "weather", spoilt), "string");
  }
});

test("backward the weather is asked for from the latest time on, once each; a gap in it is named", async () => {
  const asked: number[] = [];
  const weather = {
    times: [0, 10_800, 21_600, 32_400, 43_200],
    load: (k: number) => {
      asked.push(k);
      return testWorld(10_800 * k);
    },
  };
  const backward = plan({
    direction: "backward",
    startTime: 43_200,
    releases: [box(45, 10, { startTime: 39_600, endTime: 43_200 })],
  });
  const { outputs, cloud } = await runTransport(backward, weather);
  assert.deepEqual(asked, [3, 4, 2, 1, 0]);
  assert.equal(outputs.length, 4);
  // West winds: the air came from the west.
  assert.ok(cloud.longitudeDeg.every((lon) => lon < 11 && lon > -40));
  await assert.rejects(runTransport(plan({ outputs: 5 }), weather), /the weather does not cover 1970-01-01T12:07:30/);
});

test("all the time that particles fly is found in the cells; partial steps of a long release count in part", async () => {
  const { outputs } = await runTransport(
    plan({
      releases: [box(45, 10, { startTime: 1000, endTime: 40_000 })],
      sampling: { grid: globalGrid(1), layerTopsM: [150, 2000, 20_000], spreadAfterSec: 3600 },
    }),
    frozen,
  );
  const total = outputs.reduce((sum, output) => sum + output.sum.reduce((s, x) => s + x, 0), 0);
  assert.ok(Math.abs(total / (43_200 - 20_500) - 1) < 1e-9, `${total}`);
});

test("decay on the way: activity in the air falls as the half-life says, a daughter grows (closed form)", async () => {
  const [half, daughterHalf] = [20_000, 50_000];
  const species = [
    { name: "parent", halfLifeSec: half },
    { name: "daughter", halfLifeSec: daughterHalf, parents: [{ species: 0, share: 1 }] },
  ];
  const { outputs } = await runTransport(
    plan({
      species,
      releases: [box(45, 10, { activityBq: [5e6, 0] })],
      sampling: { grid: globalGrid(2), layerTopsM: [30_000], spreadAfterSec: null },
    }),
    frozen,
  );
  const cells = 90 * 180;
  const [l1, l2] = [Math.LN2 / half, Math.LN2 / daughterHalf];
  outputs.forEach(({ index, sum }, k) => {
    const activity = [0, 0];
    index.forEach((at, i) => {
      activity[Math.floor(at / cells)]! += sum[i]! / 10_800;
    });
    // Means over the output.
    const [a, second] = [l1, l2].map(
      (l) => (Math.exp(-l * k * 10_800) - Math.exp(-l * (k + 1) * 10_800)) / (l * 10_800),
    ) as [number, number];
    const b = (l2 / (l2 - l1)) * (a - second);
    // A step counts with the mean of its ends: (l dt)^2 / 12 for the parent, twice that where the daughter begins.
    assert.ok(Math.abs(activity[0]! / (5e6 * a) - 1) < 2e-4 && Math.abs(activity[1]! / (5e6 * b) - 1) < 1e-3, `${k}`);
  });
});

test("reciprocity: what a release puts into a box is what the box's air spent over the release, within 10 %", async (t) => {
  const particles = testScale(400_000, 12_000);
  const source = { lat: 45, lon: 10 };
  const receptors = [
    { lat: 45, lon: 11 },
    { lat: 45, lon: 12 },
    { lat: 44, lon: 13 },
  ];
  const sampling = { grid: globalGrid(1), layerTopsM: [150], spreadAfterSec: null };
  const forward = await runTransport(
    plan({ releases: [box(source.lat, source.lon, { endTime: 10_800, particles })], outputs: 8, sampling }),
    frozen,
  );
  let [sumForward, sumBackward] = [0, 0];
  for (const { lat, lon } of receptors) {
    const [start, stop] = [0, 8 * 10_800];
    const predicted = predictedSample(forward, {
      latitudeDeg: lat + 0.5,
      longitudeDeg: lon + 0.5,
      sampleStart: start,
      sampleStop: stop,
    })!;
    const backward = await runTransport(
      plan({
        direction: "backward",
        startTime: stop,
        outputs: 8,
        releases: [box(lat, lon, { startTime: start, endTime: stop, particles: particles / 4 })],
        sampling,
        seed: 5,
      }),
      frozen,
    );
    // The release fills the run's last output, which is the first in time.
    const { field } = sourceReceptorField(
      backward,
      { station: "BOX", latitudeDeg: lat, longitudeDeg: lon, sampleStart: start, sampleStop: stop },
      1,
    );
    let sensitivity = 0;
    field.values.forEach((value, i) => {
      if (
        field.step[i] === 8 &&
        field.cellLatitudeDeg[i] === source.lat + 0.5 &&
        field.cellLongitudeDeg[i] === source.lon + 0.5
      )
        sensitivity = value;
    });
    t.diagnostic(
      `${lat} ${lon}: forward ${predicted.bqPerM3.toExponential(2)} (+- ${((100 * predicted.standardError) / predicted.bqPerM3).toFixed(0)} %), ratio ${(predicted.bqPerM3 / sensitivity).toFixed(3)}`,
    );
    sumForward += predicted.bqPerM3;
    sumBackward += sensitivity;
  }
  const ratio = sumForward / sumBackward;
  assert.ok(sumForward > 0 && ratio > 0.9 && ratio < 1.1, `${ratio}`);
});

test("values of a source-receptor field are Q tau / (V T) of the cells' residence times, its header is the sample's", async () => {
  const backward = plan({
    direction: "backward",
    startTime: 86_400,
    releases: [box(45, 10, { startTime: 43_200, endTime: 86_400 })],
  });
  const result = await runTransport(backward, { times: [0], load: () => testWorld() });
  const sample = { station: "TST01", latitudeDeg: 45.5, longitudeDeg: 10.5, sampleStart: 43_200, sampleStop: 86_400 };
  const { field, standardError } = sourceReceptorField(result, sample);
  assert.equal(field.releaseBq, 1.3e15);
  assert.deepEqual([field.durationHours, field.outputHours, field.averageHours, field.firstStep], [12, 3, 3, 1]);
  let n = 0;
  result.outputs.forEach(({ index, sum }, k) => {
    for (let i = 0; i < index.length; i++, n++) {
      const centre = cellCentre(globalGrid(1), index[i]!);
      const volume = cellAreaKm2(globalGrid(1), Math.floor(index[i]! / 360)) * 1e6 * 150;
      assert.equal(field.step[n], k + 1);
      assert.equal(field.cellLatitudeDeg[n], centre.latitudeDeg);
      assert.ok(Math.abs(field.values[n]! / ((1.3e15 * sum[i]!) / (volume * 10_800)) - 1) < 1e-12);
      assert.ok(standardError[n]! >= 0);
    }
  });
  assert.equal(n, field.values.length);
  assert.throws(() => predictedSample(result, sample), RangeError);
  assert.throws(() => sourceReceptorField({ ...result, plan: plan() }, sample), RangeError);
});

test("the standard error is that of repeated runs", async () => {
  const runs = await Promise.all(
    Array.from({ length: 24 }, (_, seed) =>
      runTransport(
        plan({
          seed,
          outputs: 2,
          physics: windOnly,
          releases: [box(45, 10, { particles: 800, northDeg: 47, eastDeg: 12 })],
        }),
        frozen,
      ),
    ),
  );
  const at = runs.map(({ plan: p, outputs }) => concentrationAt(p, outputs[1]!, 46.2, 12.2));
  const mean = at.reduce((sum, { bqPerM3 }) => sum + bqPerM3, 0) / at.length;
  const spread = Math.sqrt(at.reduce((sum, { bqPerM3 }) => sum + (bqPerM3 - mean) ** 2, 0) / (at.length - 1));
  const claimed = Math.sqrt(at.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / at.length);
  assert.ok(mean > 0 && claimed / spread > 0.65 && claimed / spread < 1.5, `${claimed / spread}`);
  assert.equal(CLASSES, 8);
  assert.deepEqual(concentrationAt(runs[0]!.plan, runs[0]!.outputs[0]!, -80, 0), { bqPerM3: 0, standardError: 0 });
});

test("a station's sample is the mean over its collection; before the run there was nothing, after it nothing is known", async () => {
  const result = await runTransport(plan(), frozen);
  const place = { latitudeDeg: 45.5, longitudeDeg: 11.5 };
  const outputs = [0, 1, 2, 3].map((k) => concentrationAt(result.plan, result.outputs[k]!, 45.5, 11.5).bqPerM3);
  const sample = predictedSample(result, { ...place, sampleStart: 5400, sampleStop: 21_600 })!;
  assert.ok(Math.abs(sample.bqPerM3 - (outputs[0]! + 2 * outputs[1]!) / 3) < 1e-15 + 1e-9 * sample.bqPerM3);
  const early = predictedSample(result, { ...place, sampleStart: -300, sampleStop: 100 })!;
  assert.ok(Math.abs(early.bqPerM3 - outputs[0]! / 4) <= 1e-9 * early.bqPerM3);
  assert.equal(predictedSample(result, { ...place, sampleStart: -300, sampleStop: -100 })!.bqPerM3, 0);
  assert.equal(predictedSample(result, { ...place, sampleStart: 0, sampleStop: 90_000 }), null);
});

test("plans that cannot be run are refused with a sentence", async () => {
  for (const [bad, sentence] of [
    [{ stepSec: 0 }, /is none/],
    [{ stepSec: 700 }, /whole steps/],
    [{ outputs: 0 }, /no output/],
    [{ species: [] }, /no species/],
    [{ releases: [] }, /nothing is released/],
    [{ sampling: { grid: globalGrid(1), layerTopsM: [100, 50], spreadAfterSec: null } }, /must rise/],
    [{ releases: [box(45, 10, { topM: -5 })] }, /inside out/],
    [{ releases: [box(45, 10, { endTime: -1 })] }, /after its start/],
    [{ releases: [box(45, 10, { activityBq: [] })] }, /0 activities for 1 species/],
  ] as const)
    await assert.rejects(runTransport(plan(bad), frozen), sentence);
});
