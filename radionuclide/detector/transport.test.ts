/** Photon transport against closed forms, against NIST's cross-sections, and against EGSnrc on the ICRM's germanium detector. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { referenceTest, testScale } from "@harken/testing";
import { coaxialDetector, sampleDisc, shield } from "./coaxial.ts";
import { ELECTRON_KEV, sampleScatteredShare, scatteringCosine } from "./compton.ts";
import { addEfficiencies, simulateEfficiency } from "./efficiency.ts";
import { sampleBremsstrahlung } from "./electrons.ts";
import { icrmDetector, icrmShield } from "./icrm.ts";
import { attenuation } from "./materials.ts";
import { buildScene, layerAt, ringAt } from "./scene.ts";
import { photonTransport } from "./transport.ts";

referenceTest(
  "attenuation of germanium and lead between our energies as NIST's own grid has it",
  ["radionuclide/cross-sections"],
  (_t, [path]) => {
    for (const [material, z, weight] of [
      ["germanium", 32, 72.63],
      ["lead", 82, 207.2],
    ] as const) {
      const ours = attenuation(material);
      const perBarn = (0.60221408 * ours.gramPerCm3) / weight;
      for (const [file, of] of [
        ["xcom_photo.data", ours.photoelectric],
        ["xcom_compton.data", ours.incoherent],
      ] as const) {
        const points = storedPoints(join(path!, file), z).filter(({ keV }) => keV > 20 && keV < 4000);
        assert.ok(points.length > 30);
        // At an edge two values stand for one energy.
        const plain = points.filter(
          ({ keV }, i) => Math.abs((points[i + 1]?.keV ?? 0) - keV) > 0.1 && Math.abs(keV - 88) > 0.1,
        );
        for (const { keV, barn } of plain)
          assert.ok(Math.abs(of(keV) / (barn * perBarn) - 1) < 0.01, `${material} ${file} ${keV} keV`);
      }
    }
    assert.ok(attenuation("lead").photoelectric(88.1) > 3 * attenuation("lead").photoelectric(87.9), "the K edge");
    // The README's check value.
    assert.ok(
      Math.abs(attenuation("germanium").photoelectric(100) / (46.24 * 0.60221408 * (5.323 / 72.63)) - 1) < 0.005,
    );
  },
);

/** One element of a file: a count and so many pairs of ln(E / MeV) and ln(barn). */
function storedPoints(path: string, z: number): { keV: number; barn: number }[] {
  const numbers = readFileSync(path, "utf8").trim().split(/\s+/).map(Number);
  let at = 0;
  for (let element = 1; element < z; element++) at += 1 + 2 * numbers[at]!;
  return Array.from({ length: numbers[at]! }, (_, i) => ({
    keV: 1000 * Math.exp(numbers[at + 1 + 2 * i]!),
    barn: Math.exp(numbers[at + 2 + 2 * i]!),
  }));
}

test("scattered energies: mean and mean cosine of Klein and Nishina's distribution, by numerical integration", () => {
  for (const energyKeV of [30, 200, 661.7, 2614]) {
    const k = energyKeV / ELECTRON_KEV;
    let [norm, meanShare, meanCosine] = [0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const cosine = -1 + (i + 0.5) / 2000;
      const share = 1 / (1 + k * (1 - cosine));
      const weight = share ** 2 * (share + 1 / share - (1 - cosine ** 2));
      norm += weight;
      meanShare += weight * share;
      meanCosine += weight * cosine;
    }
    const random = randomStream(1, "compton", energyKeV);
    let [share, cosine] = [0, 0];
    const draws = 40_000;
    for (let i = 0; i < draws; i++) {
      const one = sampleScatteredShare(energyKeV, random);
      share += one / draws;
      cosine += scatteringCosine(energyKeV, one) / draws;
    }
    assert.ok(Math.abs(share - meanShare / norm) < 0.006, `${energyKeV} keV: ${share} ${meanShare / norm}`);
    assert.ok(Math.abs(cosine - meanCosine / norm) < 0.015, `${energyKeV} keV: ${cosine} ${meanCosine / norm}`);
  }
});

test("bremsstrahlung takes the thick target's share of the energy", () => {
  const random = randomStream(1, "bremsstrahlung");
  let radiated = 0;
  const draws = 200_000;
  for (let i = 0; i < draws; i++) radiated += sampleBremsstrahlung(1000, 32, random) / draws;
  // Kramers above 20 keV of 1 MeV in germanium: 96 % of 0.0192 / 1.0192.
  assert.ok(Math.abs(radiated - 18.1) < 0.6, `${radiated} keV`);
  assert.equal(sampleBremsstrahlung(15, 32, random), 0);
});

test("a scene: later cylinders lie over earlier ones, and every place has one material", () => {
  const scene = buildScene([
    { material: "aluminium", radiusCm: 4, bottomCm: -8, topCm: 0 },
    { material: "vacuum", radiusCm: 3.9, bottomCm: -7.9, topCm: -0.1 },
    { material: "germanium", radiusCm: 3, bottomCm: -7, topCm: -0.5, sensitive: true },
  ]);
  const at = (radius: number, z: number) => {
    const layer = layerAt(scene, z);
    return layer < 0 ? null : ringAt(scene, layer, radius * radius);
  };
  const materialAt = (radius: number, z: number) => scene.material[at(radius, z)!];
  assert.equal(materialAt(0, -0.05), materialAt(3.95, -4), "window and wall are aluminium");
  assert.notEqual(materialAt(0, -0.3), materialAt(0, -1));
  assert.equal(scene.sensitive[at(2.99, -6.99)!], 1);
  assert.equal(scene.sensitive[at(3.01, -6.99)!], 0);
  assert.equal(at(0, 0), null);
  assert.throws(() => buildScene([{ material: "lead", radiusCm: 0, bottomCm: 0, topCm: 1 }]), RangeError);
});

test("a slab lets through exp(-mu d), and a disc is hit by its solid angle", () => {
  const random = randomStream(1, "slab");
  const scene = buildScene([
    { material: "cadmium", radiusCm: 50, bottomCm: -1, topCm: 0, sensitive: true },
    { material: "aluminium", radiusCm: 50, bottomCm: 0, topCm: 2 },
  ]);
  const { deposit } = photonTransport(scene, random);
  const { photoelectric, incoherent } = attenuation("aluminium");
  const cadmium = attenuation("cadmium");
  const expected =
    Math.exp(-1.999 * (photoelectric(60) + incoherent(60))) *
    (1 - Math.exp(-(cadmium.photoelectric(60) + cadmium.incoherent(60))));
  const draws = 40_000;
  let full = 0;
  for (let i = 0; i < draws; i++) if (deposit(60, 0, 0, 1.999, 0, 0, -1) === 60) full++;
  // X-rays of cadmium and photons scattered back leave a part; nothing that was scattered before has all its energy.
  assert.ok(full / draws < expected + 0.005 && full / draws > 0.75 * expected, `${full / draws} of ${expected}`);
  // A black disc of 3 cm at 10 cm: half of 1 - cos of its half angle.
  const black = buildScene([{ material: "lead", radiusCm: 3, bottomCm: -20, topCm: 0, sensitive: true }]);
  const solid = 0.5 * (1 - 10 / Math.hypot(10, 3));
  const point = { radiusCm: 0, bottomCm: 10, topCm: 10 };
  // The scene ends at the disc, so photons that start above it never come in; a shell of vacuum holds them.
  const roomy = buildScene([
    { material: "vacuum", radiusCm: 30, bottomCm: -20, topCm: 20 },
    { material: "lead", radiusCm: 3, bottomCm: -20, topCm: 0, sensitive: true },
  ]);
  assert.equal(simulateEfficiency(black, point, 40, 1000, randomStream(2)).total.value, 0);
  const { total } = simulateEfficiency(roomy, point, 40, 200_000, randomStream(2));
  assert.ok(Math.abs(total.value - solid) < 4 * total.error + 0.001, `${total.value} ${solid}`);
});

test("energy is kept: what a closed detector sees of a photon is all of it", () => {
  const scene = buildScene([{ material: "germanium", radiusCm: 60, bottomCm: -60, topCm: 60, sensitive: true }]);
  const random = randomStream(1, "closed");
  const { deposit } = photonTransport(scene, random);
  for (const energyKeV of [15, 122, 1332, 2614])
    for (let i = 0; i < 50; i++)
      assert.ok(Math.abs(deposit(energyKeV, 0, 0, 0, 0, 0, 1) / energyKeV - 1) < 1e-9, `${energyKeV} keV`);
});

test("parts of a simulation add up, whatever the order; parts of different energies are refused", () => {
  const scene = buildScene([...icrmShield, ...coaxialDetector(icrmDetector)]);
  const point = { radiusCm: 0, bottomCm: 0.1, topCm: 0.1 };
  const parts = [1, 2, 3].map((seed) => simulateEfficiency(scene, point, 200, 2000, randomStream(seed, "part")));
  const whole = addEfficiencies(parts);
  assert.equal(whole.histories, 6000);
  assert.deepEqual(addEfficiencies([...parts].reverse()), whole);
  assert.deepEqual(parts[0], simulateEfficiency(scene, point, 200, 2000, randomStream(1, "part")), "the same again");
  assert.throws(() => addEfficiencies([]), RangeError);
  const other = simulateEfficiency(scene, point, 300, 10, randomStream(1));
  assert.throws(() => addEfficiencies([parts[0]!, other]), RangeError);
});

referenceTest(
  "ICRM detector: full-energy-peak and total efficiencies of EGSnrc within 2 % plus twice its statistical error",
  ["radionuclide/monte-carlo"],
  (t, [path]) => {
    const rows = readFileSync(join(path!, "results.csv"), "utf8").trim().split("\n").slice(1);
    assert.equal(rows.length, 10);
    const filter = { radiusCm: 4, bottomCm: 0.1, topCm: 0.4 };
    const histories = testScale(2_000_000, 150_000);
    for (const row of rows) {
      const [source, mev, , , peak, peakError, total, theirHistories] = row.split(",");
      const isPoint = source === "point";
      const scene = buildScene([
        ...icrmShield,
        ...coaxialDetector(icrmDetector),
        ...(isPoint ? [] : [sampleDisc("cellulose", filter)]),
      ]);
      const sample = isPoint ? { radiusCm: 0, bottomCm: 0.1, topCm: 0.1 } : filter;
      const energyKeV = Number(mev) * 1000;
      const ours = simulateEfficiency(scene, sample, energyKeV, histories, randomStream(1, "icrm", row));
      const totalError = Math.sqrt((Number(total) * (1 - Number(total))) / Number(theirHistories));
      for (const [what, found, value, error] of [
        ["peak", ours.fullEnergy, Number(peak), Number(peakError)],
        ["total", ours.total, Number(total), totalError],
      ] as const) {
        const off = found.value - value;
        t.diagnostic(
          `${source} ${mev} MeV ${what}: ${found.value.toFixed(5)} +- ${found.error.toFixed(5)}, EGSnrc ${value} +- ${error.toFixed(5)} (${((100 * off) / value).toFixed(2)} %)`,
        );
        // Our own statistical error is there too.
        assert.ok(Math.abs(off) < 0.02 * value + 2 * Math.hypot(error, found.error), `${source} ${mev} MeV ${what}`);
      }
    }
  },
);

test("a shield holds what it says", () => {
  const [outer, inner] = shield("lead", 5, { radius: 15, bottom: -20, top: 10 });
  assert.deepEqual(outer, { material: "lead", radiusCm: 20, bottomCm: -25, topCm: 15 });
  assert.equal(inner!.material, "air");
});
