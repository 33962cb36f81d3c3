import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { referenceTest } from "@harken/testing";
import fc from "fast-check";
import { chainActivities } from "../decay/bateman.ts";
import { equilibriumRatios, sustainedBy } from "./equilibrium.ts";
import { linesBetween, nuclide, nuclides } from "./nuclides.ts";

const DAY = 86_400;

test("values that every gamma spectroscopist knows (Monographie BIPM-5)", () => {
  for (const [name, halfLifeDays, energyKeV, percent] of [
    ["Cs-137", 30.05 * 365.242, 661.657, 84.99],
    ["Co-60", 5.2711 * 365.242, 1332.492, 99.9826],
    ["I-131", 8.0233, 364.489, 81.2],
    ["Be-7", 53.22, 477.6035, 10.44],
    ["Xe-133", 5.2474, 80.9979, 37.0],
    ["Ba-140", 12.753, 537.27, 24.5],
  ] as const) {
    const found = nuclide(name)!;
    assert.ok(Math.abs(found.halfLifeSec / (halfLifeDays * DAY) - 1) < 2e-3, `${name} ${found.halfLifeSec / DAY} d`);
    const line = found.gamma.find((l) => Math.abs(l.energyKeV - energyKeV) < 0.05);
    assert.ok(line && Math.abs(100 * line.intensity - percent) < 0.15, `${name} ${line?.intensity}`);
  }
});

test("every nuclide is whole: a name once, a half-life, lines in order with intensities of a decay", () => {
  assert.ok(nuclides.length >= 177);
  assert.equal(new Set(nuclides.map(({ name }) => name)).size, nuclides.length);
  for (const { name, halfLifeSec, gamma, xray } of nuclides) {
    assert.ok(halfLifeSec > 0 && Number.isFinite(halfLifeSec), name);
    for (const lines of [gamma, xray])
      lines.forEach((line, i) => {
        assert.ok(line.intensity > 0 && line.intensity < 2.1, `${name} ${line.energyKeV}`);
        assert.ok(i === 0 || line.energyKeV >= lines[i - 1]!.energyKeV, name);
      });
  }
  assert.equal(nuclide("cs-137"), nuclide("CS-137"));
  assert.equal(nuclide("Xx-1"), undefined);
});

test("lines between two energies are those that a walk through the library finds", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 3000, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      (low, width) => {
        const walk = nuclides.flatMap(({ gamma, xray }) =>
          [...gamma, ...xray].filter((l) => l.energyKeV >= low && l.energyKeV <= low + width),
        );
        assert.deepEqual(
          linesBetween(low, low + width).map(({ energyKeV }) => energyKeV),
          walk.map(({ energyKeV }) => energyKeV).sort((a, b) => a - b),
        );
      },
    ),
  );
});

referenceTest(
  "every nuclide that the IDC's products list is here, with its category and, but for placeholders, its half-life",
  ["radionuclide/nuclide-library/nuclide_library.json"],
  (_t, [path]) => {
    const stored = JSON.parse(readFileSync(path!, "utf8")) as Record<
      string,
      { idc_type?: string; idc_halflife?: string }
    >;
    const seconds: Readonly<Record<string, number>> = { Y: 365.2422 * DAY, D: DAY, H: 3600 };
    const categories: Readonly<Record<string, string>> = {
      "FISSION (P)": "fission",
      ACTIVATION: "activation",
      NATURAL: "natural",
      COSMIC: "cosmic",
    };
    assert.equal(Object.keys(stored).length, 177);
    const differing: string[] = [];
    for (const [name, { idc_type, idc_halflife }] of Object.entries(stored)) {
      const found = nuclide(name);
      assert.ok(found, name);
      if (idc_type) assert.equal(found.category, categories[idc_type], name);
      const [amount, unit] = (idc_halflife ?? "9.99899 Y").split(" ");
      const expected = Number(amount) * seconds[unit!]!;
      if (amount !== "9.99899" && Math.abs(found.halfLifeSec / expected - 1) > 0.03) differing.push(found.name);
    }
    // Ag-108m: 127 years in 2008, 438 years since Schrader 2004; Te-131m: 30 h then, 33.25 h in ENSDF today.
    assert.deepEqual(differing, ["Ag-108m", "Te-131m"]);
  },
);

test("Pb-212F: its daughters' lines by the ratios that Bateman's equations reach after a day", () => {
  const [lead, bismuth, thallium] = ["Pb-212", "Bi-212", "Tl-208"].map((name) => nuclide(name)!);
  const chain = [
    { lambdaPerSec: lead!.lambdaPerSec, branching: 1 },
    { lambdaPerSec: bismuth!.lambdaPerSec, branching: 0.3593 },
    { lambdaPerSec: thallium!.lambdaPerSec, branching: 0 },
  ];
  const [a, b, c] = chainActivities(chain, [1, 0, 0], DAY);
  const ratios = equilibriumRatios("Pb-212", (name) => nuclide(name)!.halfLifeSec);
  assert.deepEqual(
    ratios.map(({ name }) => name),
    ["Pb-212", "Bi-212", "Tl-208"],
  );
  assert.ok(Math.abs(ratios[1]!.ratio / (b! / a!) - 1) < 1e-4);
  assert.ok(Math.abs(ratios[2]!.ratio / (c! / a!) - 1) < 1e-4);
  const line = nuclide("Pb-212F")!.gamma.find(({ energyKeV }) => Math.abs(energyKeV - 2614.511) < 0.1)!;
  assert.equal(line.emitter, "Tl-208");
  assert.ok(Math.abs(line.intensity / (0.9979 * ratios[2]!.ratio) - 1) < 0.002);
  assert.equal(nuclide("Pb-212F")!.halfLifeSec, lead!.halfLifeSec);
});

test("what keeps a short-lived nuclide up lives longer than it", () => {
  for (const [daughter, parent] of Object.entries(sustainedBy)) {
    assert.ok(nuclide(daughter), daughter);
    if (parent) assert.ok(nuclide(parent)!.halfLifeSec > nuclide(daughter)!.halfLifeSec, daughter);
    else
      assert.ok([null, "natural", "cosmic"].includes(nuclide(daughter)!.category), `${daughter} is kept up by nature`);
  }
});
