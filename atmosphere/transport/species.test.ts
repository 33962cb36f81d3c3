import assert from "node:assert/strict";
import { test } from "node:test";
import { decayMatrix } from "./decay.ts";
import { airborne } from "./deposition.ts";
import { type Species, tracer } from "./physics.ts";

const after = (matrix: Float64Array, before: readonly number[]) =>
  before.map((_, i) => before.reduce((sum, a, k) => sum + matrix[i * before.length + k]! * a, 0));

test("one nuclide halves in its half-life; a tracer stays (closed form)", () => {
  const xenon: Species = { name: "Xe-133", halfLifeSec: 453_388 };
  assert.ok(Math.abs(decayMatrix([xenon], 453_388)[0]! - 0.5) < 1e-14);
  assert.ok(Math.abs(decayMatrix([xenon], 900)[0]! - 2 ** (-900 / 453_388)) < 1e-15);
  assert.deepEqual([...decayMatrix([tracer, xenon], 0)], [1, 0, 0, 1]);
  assert.equal(decayMatrix([tracer], 1e9)[0], 1);
});

test("chains grow as Bateman's equations say, steps multiply, branches share", () => {
  // I-131 to Xe-131m (1.1 %), and I-133 to Xe-133m (2.9 %) to Xe-133.
  const [i133, m133, xe133] = [74_880, 189_918, 453_388];
  const chain: Species[] = [
    { name: "I-133", halfLifeSec: i133 },
    { name: "Xe-133m", halfLifeSec: m133, parents: [{ species: 0, share: 0.029 }] },
    {
      name: "Xe-133",
      halfLifeSec: xe133,
      parents: [
        { species: 0, share: 0.971 },
        { species: 1, share: 1 },
      ],
    },
  ];
  for (const seconds of [900, 86_400, 14 * 86_400]) {
    const [a, b, c] = after(decayMatrix(chain, seconds), [1, 0, 0]) as [number, number, number];
    const [l1, l2, l3] = [i133, m133, xe133].map((half) => Math.LN2 / half) as [number, number, number];
    const [e1, e2, e3] = [l1, l2, l3].map((l) => Math.exp(-l * seconds)) as [number, number, number];
    assert.ok(Math.abs(a / e1 - 1) < 1e-11);
    const second = 0.029 * (l2 / (l2 - l1)) * (e1 - e2);
    assert.ok(Math.abs(b / second - 1) < 1e-9, `${b} ${second}`);
    const direct = 0.971 * (l3 / (l3 - l1)) * (e1 - e3);
    const through =
      0.029 * l2 * l3 * (e1 / ((l2 - l1) * (l3 - l1)) + e2 / ((l1 - l2) * (l3 - l2)) + e3 / ((l1 - l3) * (l2 - l3)));
    assert.ok(Math.abs(c / (direct + through) - 1) < 1e-9, `${c} ${direct + through}`);
  }
  const step = decayMatrix(chain, 43_200);
  const day = after(step, after(step, [3, 2, 1]));
  after(decayMatrix(chain, 86_400), [3, 2, 1]).forEach((activity, i) => {
    assert.ok(Math.abs(day[i]! / activity - 1) < 1e-12);
  });
  assert.throws(
    () => decayMatrix([{ name: "X", halfLifeSec: 10, parents: [{ species: 4, share: 1 }] }], 1),
    RangeError,
  );
});

test("secular equilibrium: a short-lived daughter follows its parent even over steps of many of its half-lives", () => {
  const chain: Species[] = [
    { name: "Cs-137", halfLifeSec: 948_886_704 },
    { name: "Ba-137m", halfLifeSec: 153, parents: [{ species: 0, share: 0.946 }] },
  ];
  const [cs, ba] = after(decayMatrix(chain, 86_400), [1, 0]) as [number, number];
  assert.ok(Math.abs(ba / cs - 0.946) < 1e-5, `${ba / cs}`);
});

test("deposition: exp(-v t / 30 m) below 30 m, exp(-a I^b t) below clouds, water exchanged within, nothing for a gas (closed form)", () => {
  const rain = { precipitationMmPerH: 2, cloudBaseM: 1000, cloudTopM: 4000 };
  const aerosol: Species = {
    name: "Cs-137",
    halfLifeSec: null,
    dryVelocity: 0.002,
    scavenging: { a: 1e-4, b: 0.8, inCloud: true },
  };
  assert.ok(Math.abs(airborne(aerosol, 10, null, 900) - Math.exp((-0.002 * 900) / 30)) < 1e-15);
  assert.equal(airborne(aerosol, 31, null, 900), 1);
  assert.ok(Math.abs(airborne(aerosol, 500, rain, 900) - Math.exp(-1e-4 * 2 ** 0.8 * 900)) < 1e-15);
  const within = ((0.9 / (2e-7 * 2 ** 0.36)) * (2 / 3.6e6)) / 3000;
  assert.ok(Math.abs(airborne(aerosol, 2000, rain, 900) - Math.exp(-within * 900)) < 1e-15);
  assert.equal(airborne(aerosol, 5000, rain, 900), 1);
  assert.equal(airborne({ ...aerosol, scavenging: { a: 1e-4, b: 0.8, inCloud: false } }, 2000, rain, 900), 1);
  assert.equal(airborne(tracer, 5, rain, 900), 1);
  assert.equal(airborne(aerosol, 2000, { ...rain, precipitationMmPerH: 0 }, 900), 1);
});
