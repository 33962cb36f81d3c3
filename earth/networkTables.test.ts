/**
 * Travel times against the tables that data centres locate with: ak135 of the open GMS release (about 60 phases that we name) and iasp91 of
 * the IDC. Made by Kennett's ttimes, they carry its small biases: about 0.02 s for a leg in the mantle and as much again for each in the core.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { referenceTest, testScale } from "@harken/testing";
import { createEarthModel } from "./earthModel.ts";
import { phaseArrivals } from "./taup/travelTimes.ts";
import { type ModelName, velocityModel } from "./velocityModel.ts";

interface Entry {
  readonly deltaDeg: number;
  readonly depthKm: number;
  readonly seconds: number;
}

/** Numbers in a row, once comments are gone: depths, distances, then the times of each depth. Negative times are blanks. */
function readTable(path: string): Entry[] {
  const [, ...rest] = readFileSync(path, "utf8").split("\n");
  const numbers = rest.flatMap((line) =>
    line
      .replace(/#.*|Number of.*/, "")
      .trim()
      .split(/\s+/)
      .filter(Boolean)
      .map(Number),
  );
  let at = 0;
  const take = (count: number) => numbers.slice(at, (at += count));
  const depths = take(take(1)[0]!);
  const deltas = take(take(1)[0]!);
  return depths.flatMap((depthKm) =>
    take(deltas.length)
      .map((seconds, i) => ({ deltaDeg: deltas[i]!, depthKm, seconds }))
      .filter(({ seconds }) => seconds > 0),
  );
}

/** Largest difference from the nearest of our arrivals, and how many entries have none of ours. */
function compare(model: ModelName, phase: string, entries: readonly Entry[]) {
  let [worst, missing] = [0, 0];
  for (const { deltaDeg, depthKm, seconds } of entries) {
    const ours = phaseArrivals(velocityModel(model), phase, deltaDeg, depthKm);
    if (ours.length === 0) missing++;
    else worst = Math.max(worst, Math.min(...ours.map(({ timeSec }) => Math.abs(timeSec - seconds))));
  }
  return { worst, missing };
}

/** Tolerance, s: by the passages of mantle and core. Where branches of PP, PPP and SSS meet, the tables cut the corner. */
const gmsPhases: readonly (readonly [tolerance: number, phases: string])[] = [
  [0.03, "PcP PcS ScP ScS Pdiff Sdiff pPdiff sPdiff pSdiff sSdiff Pb Sb"],
  [0.04, "PS SP"],
  [0.12, "PP PPP SSS"],
  [0.06, "PKPdf PKPbc PKPab pPKPdf pPKPbc pPKPab sPKPdf sPKPbc sPKPab PKiKP SKiKP pPKiKP sPKiKP PKSdf PKSbc PKSab"],
  [0.06, "SKPdf SKPbc SKPab SKSac SKSdf pSKSac pSKSdf sSKSac sSKSdf"],
  [
    0.12,
    "PKKPdf PKKPbc PKKPab PKKSdf PKKSbc PKKSab SKKPdf SKKPbc SKKPab SKKSac SKKSdf PKP2df PKP2bc PKP2ab SKS2ac SKS2df",
  ],
  [0.18, "P3KPdf P3KPbc PKP3df PKP3bc PKP3ab P4KPdf P4KPbc"],
];

referenceTest(
  "GMS's ak135 tables, every phase that we name",
  ["parametric/gms-ak135-tables/pi7-ascii"],
  (t, [folder]) => {
    const report: string[] = [];
    let total = 0;
    for (const [tolerance, names] of gmsPhases) {
      for (const phase of names.split(" ")) {
        const entries = readTable(join(folder!, phase)).filter((_, i) => i % testScale(1, 4) === 0);
        const { worst, missing } = compare("ak135", phase, entries);
        report.push(`${phase} ${(1000 * worst).toFixed(0)}`);
        total += entries.length;
        // Pb and Sb of the tables go on a little farther than the ray.
        const beyond = /^[PS]b$/.test(phase) ? 12 : 0;
        assert.ok(missing <= beyond, `${phase}: ${missing} of ${entries.length} entries have none of ours`);
        assert.ok(worst <= tolerance, `${phase}: ${worst} s`);
      }
    }
    t.diagnostic(`${total} entries; phase and largest difference in ms: ${report.join(", ")}`);
    assert.ok(total > 7_000);
  },
);

referenceTest("the IDC's iasp91 tables", ["parametric/sigvisa-idc-params/ttime"], (t, [folder]) => {
  for (const [phase, tolerance] of [
    ["PcP", 0.025],
    ["ScP", 0.025],
    ["PKPbc", 0.04],
    ["PKPab", 0.04],
    ["PKKPbc", 0.07],
  ] as const) {
    const path = join(folder!, `iasp91.${phase}`);
    assert.ok(existsSync(path));
    const entries = readTable(path);
    const { worst, missing } = compare("iasp91", phase, entries);
    t.diagnostic(`${phase}: ${entries.length} entries, worst ${worst.toFixed(3)} s`);
    assert.ok(missing === 0 && worst <= tolerance, `${phase}: ${worst} s`);
  }
});

referenceTest(
  "waves without a ray go by the velocities of the IDC's and GMS's tables: Pg 6.1, Lg 3.5, Rg 3.0 km/s, from 1.5 deg on",
  ["parametric/sigvisa-idc-params/ttime", "parametric/gms-ak135-tables/pi7-ascii"],
  (_t, [idc, gms]) => {
    const earth = createEarthModel("iasp91");
    for (const path of [
      `${idc}/iasp91.Pg`,
      `${idc}/iasp91.Lg`,
      `${idc}/iasp91.Rg`,
      `${gms}/Pg`,
      `${gms}/Lg`,
      `${gms}/Rg`,
    ]) {
      const phase = /(..)$/.exec(path)![1]!;
      for (const { deltaDeg, depthKm, seconds } of readTable(path)) {
        if (deltaDeg < 1.5) continue;
        const ours = earth.predict(phase, deltaDeg, depthKm)!.timeSec;
        assert.ok(Math.abs(ours - seconds) <= 0.1, `${path} ${deltaDeg} deg ${depthKm} km: ${seconds}, ours ${ours}`);
      }
    }
  },
);
