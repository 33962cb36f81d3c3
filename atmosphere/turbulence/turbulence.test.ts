import assert from "node:assert/strict";
import { test } from "node:test";
import { quantile } from "@harken/core";
import { testScale } from "@harken/testing";
import { counterRandom } from "../particles/counterRandom.ts";
import { createLayer, horizontalAt, NEUTRAL, STABLE, setLayer, UNSTABLE, verticalAt } from "./hanna.ts";
import { type AirColumn, createMixedParticle, mixingSteps, mixVertically } from "./langevin.ts";
import { createWalk, drawVelocity } from "./randomVelocity.ts";

/** Density of an isothermal atmosphere at some levels, and a wind that rises with height. */
function column(scaleHeightM = 8000): AirColumn {
  const heightsM = Float64Array.from([0, 10, 50, 120, 250, 500, 800, 1200, 1700, 2500, 3500, 5000]);
  const lanes = new Float64Array(heightsM.length * 4);
  heightsM.forEach((z, k) => {
    lanes.set([z / 100, 3, 0, 1.2 * Math.exp(-z / scaleHeightM)], 4 * k);
  });
  const layers = heightsM.subarray(1).map((top, k) => top - heightsM[k]!);
  return {
    heightsM,
    lanes,
    perThickness: layers.map((thickness) => 1 / thickness),
    densitySlope: layers.map((thickness, k) => {
      const [low, high] = [lanes[4 * k + 3]!, lanes[4 * k + 7]!];
      return (2 * (high - low)) / (thickness * (high + low));
    }),
    levels: heightsM.length,
  };
}

/** Mass of air below a height, from the piecewise linear density that the particles see. */
function massBelow({ heightsM, lanes }: AirColumn, z: number): number {
  let mass = 0;
  for (let k = 0; k + 1 < heightsM.length && heightsM[k]! < z; k++) {
    const [bottom, top] = [heightsM[k]!, Math.min(z, heightsM[k + 1]!)];
    const low = lanes[4 * k + 3]!;
    const high = low + ((lanes[4 * k + 7]! - low) * (top - bottom)) / (heightsM[k + 1]! - bottom);
    mass += 0.5 * (low + high) * (top - bottom);
  }
  return mass;
}

const layers = [
  { name: "convective", height: 1500, ustar: 0.3, obukhov: -30 },
  { name: "deep convective", height: 2500, ustar: 0.2, obukhov: -5 },
  { name: "weakly unstable", height: 600, ustar: 0.5, obukhov: -300 },
  { name: "neutral", height: 800, ustar: 0.5, obukhov: 2000 },
  { name: "stable", height: 200, ustar: 0.15, obukhov: 50 },
  { name: "very stable", height: 100, ustar: 0.05, obukhov: 10 },
  { name: "deep stable", height: 800, ustar: 0.4, obukhov: 150 },
] as const;

test("well mixed stays well mixed: a day in inhomogeneous boundary layers, ten parts of equal mass within 3 % rms", (t) => {
  // Everyday: fewer particles, counted every half hour of the second half of the day.
  const count = testScale(100_000, 2_000);
  const counts = testScale(1, 24);
  const air = column();
  const random = counterRandom(5);
  for (const { name, height, ustar, obukhov } of layers) {
    const layer = createLayer();
    const particle = createMixedParticle();
    setLayer(layer, height, ustar, 1 / obukhov);
    const steps = mixingSteps(layer, 900);
    const total = massBelow(air, height);
    const bins = new Float64Array(10);
    for (let i = 0; i < count; i++) {
      let [low, high]: [number, number] = [0, height];
      for (let n = 0; n < 40; n++) {
        const middle = 0.5 * (low + high);
        if (massBelow(air, middle) < ((i + 0.5) / count) * total) low = middle;
        else high = middle;
      }
      random.seek(i, -1);
      particle.heightM = low;
      particle.velocity = random.normal();
      for (let step = 0; step < 96; step++) {
        random.seek(i, step);
        mixVertically(particle, layer, air, 900, steps, random);
        if (step === 95 || (step >= 48 && (95 - step) % (48 / counts) === 0))
          bins[Math.min(9, Math.floor((10 * massBelow(air, particle.heightM)) / total))]!++;
      }
    }
    const counted = bins.reduce((sum, n) => sum + n, 0);
    const rms = Math.sqrt(bins.reduce((sum, n) => sum + (n / (counted / 10) - 1) ** 2, 0) / 10);
    t.diagnostic(
      `${name}: ${(100 * rms).toFixed(2)} % (chance alone ${(100 * Math.sqrt(9 / counted)).toFixed(2)} %), ${steps} steps`,
    );
    assert.ok(rms <= 0.03, `${name} ${rms}`);
  }
});

test("dispersion in homogeneous turbulence is Taylor's 2 s^2 T (t - T (1 - exp(-t/T))), with steps far longer than T too", () => {
  const walk = createWalk();
  const random = counterRandom(8);
  const [memory, count] = [120, testScale(200_000, 20_000)];
  for (const step of [20, 60, 300, 900]) {
    const way = new Float64Array(count);
    const velocity = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      random.seek(i, -1);
      velocity[i] = random.normal();
    }
    for (let n = 1; n <= 6; n++) {
      for (let i = 0; i < count; i++) {
        random.seek(i, n);
        drawVelocity(walk, velocity[i]!, memory, step, random);
        velocity[i] = walk.velocity;
        way[i]! += walk.way;
      }
      const time = n * step;
      const taylor = 2 * memory * (time - memory * (1 - Math.exp(-time / memory)));
      const variance = way.reduce((sum, x) => sum + x * x, 0) / count;
      // Four standard errors of a variance.
      assert.ok(Math.abs(variance / taylor - 1) < 4 * Math.sqrt(2 / count), `${step} s, ${n}: ${variance / taylor}`);
    }
  }
});

test("the shortest steps lose nothing to rounding: ballistic way and its small spread", () => {
  const walk = createWalk();
  const random = counterRandom(1);
  for (const step of [1e-3, 1, 3.59, 3.61]) {
    random.seek(1, 1);
    drawVelocity(walk, 1.5, 120, step, random);
    assert.ok(Number.isFinite(walk.way) && Math.abs(walk.way / (1.5 * step) - 1) < 0.6, `${walk.way}`);
  }
});

test("vertical steps diffuse as s^2 T however long they are, far from ground and top (closed form)", () => {
  const layer = createLayer();
  const particle = createMixedParticle();
  const random = counterRandom(3);
  const air = column(1e12);
  const count = testScale(100_000, 10_000);
  // A neutral layer without rotation's decay: s nearly constant, T from the height.
  setLayer(layer, 4000, 0.4, 0);
  verticalAt(layer, 2000);
  const [sigma, , way] = layer.vertical as unknown as [number, number, number];
  const expected = 2 * sigma * way * 9000;
  for (const step of [30, 90, 300]) {
    const ways = Float64Array.from({ length: count }, (_, i) => {
      random.seek(i, step);
      particle.heightM = 2000;
      particle.velocity = random.normal();
      mixVertically(particle, layer, air, 9000, 9000 / step, random);
      return particle.heightM - 2000;
    });
    // The half width that holds 68.3 %; the profile's slow change with height makes up a few percent.
    const spread = 0.5 * (quantile(ways, 0.8413) - quantile(ways, 0.1587));
    assert.ok(Math.abs(spread ** 2 / expected - 1) < 0.1, `${step} s: ${spread ** 2 / expected}`);
  }
});

test("time in layers adds up, and the mean wind is that of the heights passed", () => {
  const layer = createLayer();
  const particle = createMixedParticle([100, 300]);
  const random = counterRandom(4);
  const air = column();
  setLayer(layer, 1000, 0.4, -1 / 50);
  const shares = [0, 0];
  let east = 0;
  particle.heightM = 500;
  particle.velocity = 0;
  for (let step = 0; step < 20_000; step++) {
    random.seek(0, step);
    mixVertically(particle, layer, air, 900, 12, random);
    east += particle.east / 20_000;
    particle.shares.forEach((share, k) => {
      shares[k]! += share / 20_000;
    });
    assert.ok(particle.heightM >= 0 && particle.heightM <= 1000 && particle.north === 3);
  }
  const mass = massBelow(air, 1000);
  assert.ok(Math.abs(shares[0]! / (massBelow(air, 100) / mass) - 1) < 0.05, `${shares}`);
  assert.ok(Math.abs(shares[1]! / ((massBelow(air, 300) - massBelow(air, 100)) / mass) - 1) < 0.05);
  assert.ok(Math.abs(east / 5 - 1) < 0.05, `${east}`);
});

test("Hanna's profiles: regimes by h/|L|, gradients of the deviations by differences, bounds", () => {
  const layer = createLayer();
  for (const [height, ustar, obukhov, regime] of [
    [1000, 0.3, -50, UNSTABLE],
    [1000, 0.3, -1500, NEUTRAL],
    [1000, 0.3, 1500, NEUTRAL],
    [300, 0.2, 60, STABLE],
  ] as const) {
    setLayer(layer, height, ustar, 1 / obukhov);
    assert.equal(layer.regime, regime);
    for (const relative of [0.02, 0.1, 0.4, 0.8, 0.97]) {
      const z = relative * height;
      const at = (height: number) => {
        verticalAt(layer, height);
        return Array.from(layer.vertical) as [sigma: number, gradient: number, way: number];
      };
      const slope = (at(z + 0.01)[0] - at(z - 0.01)[0]) / 0.02;
      const [sigma, gradient, way] = at(z);
      horizontalAt(layer, z);
      assert.ok(Math.abs(gradient - slope) < 1e-6 + 1e-4 * Math.abs(slope), `${obukhov} ${relative}`);
      assert.ok(sigma >= 0.01 && way >= 29.999 * sigma && layer.timeU >= 10 && layer.timeV >= 10);
      assert.ok(layer.sigmaU >= layer.sigmaV);
    }
  }
  // w* = u* (h / (k |L|))^(1/3).
  setLayer(layer, 1000, 0.3, -1 / 50);
  assert.ok(Math.abs(Math.sqrt(layer.wstar2) - 0.3 * Math.cbrt(1000 / (0.4 * 50))) < 1e-12);
  verticalAt(layer, 500);
  // Ryall and Maryon at half height: 1.2 w*^2 (1 - 0.45) 0.5^(2/3) + 1.1 u*^2, and FLEXPART's 0.01 m/s.
  const expected = Math.sqrt(1.2 * layer.wstar2 * 0.55 * 0.5 ** (2 / 3) + 1.1 * 0.09) + 0.01;
  assert.ok(Math.abs(layer.vertical[0]! - expected) < 1e-12);
});
