/** Coincidence corrections against closed forms, against whole decays followed through the detector, and level schemes against their evaluations. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { testScale } from "@harken/testing";
import { decayScheme, nuclidesWithScheme } from "../nuclides/decaySchemes.ts";
import { nuclide } from "../nuclides/nuclides.ts";
import { coaxialDetector } from "./coaxial.ts";
import { efficiencyCurves } from "./curves.ts";
import { simulateDecays } from "./decays.ts";
import { icrmDetector, icrmShield } from "./icrm.ts";
import { buildScene } from "./scene.ts";
import { summingFactors } from "./summing.ts";

test("two photons one after the other: each loses what the other's total efficiency takes", () => {
  const detector = { peak: () => 0.05, total: (keV: number) => (keV > 1200 ? 0.15 : 0.16) };
  const factors = summingFactors(decayScheme("Co-60")!, detector);
  // 1173 keV is always followed by 1332 keV (99.98 %, conversion aside); 1332 keV is preceded by 1173 keV in 99.85 of 99.98 decays.
  assert.ok(Math.abs(factors.at(1173.2)! - (1 - 0.15)) < 0.002);
  assert.ok(Math.abs(factors.at(1332.5)! - (1 - 0.16 * 0.9987)) < 0.002);
  assert.equal(factors.at(900), null);
});

test("positrons: Na-22 loses its photon to either annihilation photon", () => {
  const factors = summingFactors(decayScheme("Na-22")!, { peak: () => 0.05, total: () => 0.1 });
  assert.ok(Math.abs(factors.at(1274.5)! - (1 - 0.9041 * 0.2)) < 0.001);
});

test("X-rays of captures and conversions are seen too", () => {
  // 500 keV after a capture, then 200 keV, of which a third is converted in the K shell.
  const [captureK, kYield, kXrayKeV] = [0.8, 0.9, 30];
  const step = { photons: 1, transitions: 1, kVacancies: 0 };
  const branch = {
    ...{ kVacancies: captureK, positrons: 0, kXrayKeV, kYield },
    levels: [
      { energyKeV: 0, feeding: 0, transitions: [] },
      {
        ...{ energyKeV: 200, feeding: 0 },
        transitions: [{ to: 0, energyKeV: 200, photons: 2 / 3, transitions: 1, kVacancies: 1 / 3 }],
      },
      { energyKeV: 700, feeding: 1, transitions: [{ ...step, to: 1, energyKeV: 500 }] },
    ],
  };
  const [ofXray, of200, of500] = [0.25, 0.12, 0.1];
  const total = (keV: number) => (keV < 100 ? ofXray : keV < 300 ? of200 : of500);
  const { at } = summingFactors({ nuclide: "X", branches: [branch], unplaced: [] }, { peak: () => 0.02, total });
  const quiet = 1 - captureK * kYield * ofXray;
  assert.ok(Math.abs(at(500)! - quiet * (1 - (2 / 3) * of200 - (1 / 3) * kYield * ofXray)) < 1e-12);
  assert.ok(Math.abs(at(200)! - quiet * (1 - of500)) < 1e-12);
});

test("a cross-over line gains what its cascade sums to", () => {
  // Y-88: 898 and 1836 keV add up to 2734 keV, a line of 0.6 % itself.
  const peak = 0.04;
  const factors = summingFactors(decayScheme("Y-88")!, { peak: () => peak, total: () => 0 });
  const line = (keV: number) => nuclide("Y-88")!.gamma.find(({ energyKeV }) => Math.abs(energyKeV - keV) < 1)!;
  const gain = (line(898).intensity * peak) / line(2734).intensity;
  assert.ok(Math.abs(factors.at(2734)! - (1 + gain)) < 0.02 * gain, `${factors.at(2734)} ${1 + gain}`);
  assert.ok(Math.abs(factors.at(898)! - 1) < 1e-9, "nothing is lost where nothing but peaks is seen");
});

/** Feedings of levels, per decay, that DDEP states and the schemes must balance to. */
const stated: readonly (readonly [name: string, levelKeV: number, feeding: number])[] = [
  ["Ba-133", 437.0113, 0.854],
  ["Ba-133", 383.8491, 0.145],
  ["Cs-134", 1969.921, 0.2727],
  ["Cs-134", 1400.59, 0.7019],
  ["La-140", 2411.997, 0.448],
  ["La-140", 2083.236, 0.208],
  ["Eu-152", 1529.8073, 0.2472],
  ["Eu-152", 1085.8499, 0.2135],
  ["Eu-152", 1233.8656, 0.1716],
  ["Eu-152", 1123.184, 0.138],
  ["Tl-208", 3197.711, 0.491],
  ["Tl-208", 3475.078, 0.221],
  ["Tl-208", 3708.451, 0.241],
  ["Bi-214", 1729.611, 0.17494],
  ["Bi-214", 1764.498, 0.171],
  ["Bi-214", 1847.431, 0.08147],
  ["Ag-110m", 2926.746, 0.675],
  ["Ag-110m", 2479.933, 0.308],
  ["Eu-154", 1397.5, 0.3606],
  ["Eu-154", 1127.8, 0.1733],
  ["Eu-154", 996.26, 0.0282],
];

test("levels balance to the feedings that their evaluations state", () => {
  for (const [name, levelKeV, feeding] of stated) {
    const level = decayScheme(name)!
      .branches.flatMap(({ levels }) => levels)
      .find(({ energyKeV }) => energyKeV === levelKeV)!;
    assert.ok(
      Math.abs(level.feeding - feeding) < 0.03 * feeding + 0.002,
      `${name} ${levelKeV} keV: ${level.feeding} against ${feeding}`,
    );
  }
});

test("every scheme places nearly all photons of its nuclide, and no more than one decay is made", () => {
  for (const name of nuclidesWithScheme) {
    const { branches, unplaced } = decayScheme(name)!;
    const all = nuclide(name)!.gamma.reduce((sum, { intensity }) => sum + intensity, 0);
    const left = unplaced.reduce((sum, { intensity }) => sum + intensity, 0);
    assert.ok(left < 0.02 * all, `${name}: ${left} of ${all} photons are placed nowhere`);
    const fed = branches.flatMap(({ levels }) => levels).reduce((sum, { feeding }) => sum + feeding, 0);
    assert.ok(fed > 0.75 && fed < 1.03, `${name}: ${fed}`);
    for (const { levels } of branches)
      levels.forEach(({ transitions }, from) => {
        for (const { to } of transitions) assert.ok(to < from);
      });
  }
  assert.equal(decayScheme("Cs-137"), undefined);
});

test("factors agree with whole decays followed through a detector", (t) => {
  const scene = buildScene([...icrmShield, ...coaxialDetector(icrmDetector)]);
  const point = { radiusCm: 0, bottomCm: 0.1, topCm: 0.1 };
  const histories = testScale(400_000, 25_000);
  const curves = efficiencyCurves(scene, point, { histories, seed: 1 });
  const decays = testScale(2_000_000, 60_000);
  for (const [name, lines] of [
    ["Co-60", [1173.228, 1332.492]],
    ["Na-22", [1274.537]],
    ["Cs-134", [604.72, 795.86]],
    ["Ba-133", [356.013, 302.851]],
    ["Eu-152", [344.279, 778.905, 1408.013]],
    ["Tl-208", [583.187, 2614.511]],
  ] as const) {
    const scheme = decayScheme(name)!;
    const factors = summingFactors(scheme, curves);
    const pulses = simulateDecays(scene, point, scheme, decays, randomStream(2, name));
    for (const keV of lines) {
      const photons = nuclide(name)!.gamma.find(({ energyKeV }) => Math.abs(energyKeV - keV) < 0.01)!.intensity;
      const within = (from: number, to: number) => pulses.reduce((n, p) => n + (p >= from && p < to ? 1 : 0), 0);
      // Continuum beside the peak, taken over ten times its width.
      const beside = within(keV - 7, keV - 2) + within(keV + 2, keV + 7);
      const counts = within(keV - 0.5, keV + 0.5) - beside / 10;
      const alone = decays * photons * curves.peak(keV);
      const found = counts / alone;
      // The efficiencies have their own statistical error.
      const error = Math.hypot(Math.sqrt(counts + beside / 100) / alone, testScale(0.004, 0.018) * found);
      t.diagnostic(
        `${name} ${keV} keV: ${found.toFixed(3)} +- ${error.toFixed(3)}, matrix ${factors.at(keV)!.toFixed(3)}`,
      );
      assert.ok(Math.abs(found - factors.at(keV)!) < 3 * error + 0.01, `${name} ${keV} keV`);
    }
  }
});
