/** A real sample of the IMS station USP74 (Ashland, 2008-12-23) against the IDC's own analysis of it, which its SAMPML document carries. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { decodeSampMl } from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { emptyHistory } from "../categories/history.ts";
import { categoriseParticulate } from "../categories/particulate.ts";
import { decayFactor } from "../decay/measurement.ts";
import { analyseParticulate } from "./analyse.ts";
import { lineConcentration } from "./concentrations.ts";
import { defaultParticulateSettings } from "./settings.ts";

const file = ["radionuclide/usp74/sampml-full-967273.xml"];

function load(path: string) {
  const [sample] = decodeSampMl(readFileSync(path)).items;
  const [{ data, calibration } = assert.fail("no spectrum")] = sample!.spectra;
  const [stored] = sample!.analyses;
  const analyse = () => {
    const result = analyseParticulate({ sample: data, equations: calibration });
    assert.ok(result.ok);
    return result;
  };
  return { data, calibration, stored: stored!, analyse };
}

/** Th-234 of the stored product: 1.5e11 uBq/m^3 where its own peak, efficiency and abundance give 675. */
const ANOMALY = "TH-234";

referenceTest(
  "every stored line's concentration follows from its peak, efficiency and abundance",
  file,
  (t, [path]) => {
    const { data, stored } = load(path!);
    const { collection, acquisition } = data;
    const times = {
      collectionSec: collection!.stopTime - collection!.startTime,
      waitSec: acquisition!.startTime - collection!.stopTime,
      acquisitionSec: acquisition!.realSec,
    };
    let [compared, worst] = [0, 0];
    for (const line of stored.lines) {
      if (!line.concentration) continue;
      const peak = stored.peaks.find(({ id }) => id === line.peakId)!;
      const nuclide = stored.nuclides.find(({ name }) => name === line.nuclide)!;
      const ours = lineConcentration({
        areaCounts: peak.area.value,
        efficiency: line.efficiency!.value,
        intensity: line.intensity.value,
        liveSec: acquisition!.liveSec,
        airVolumeM3: collection!.airVolumeM3,
        decayFactor: decayFactor({ lambdaPerSec: Math.LN2 / nuclide.halfLifeSec!, ...times }),
      });
      if (line.nuclide === ANOMALY) {
        t.diagnostic(
          `${ANOMALY}: ${ours.toFixed(0)} uBq/m3 from the stored peak, stored ${line.concentration.value} (an anomaly)`,
        );
        assert.ok(ours > 600 && ours < 750);
        continue;
      }
      const off = Math.abs(ours / line.concentration.value - 1);
      worst = Math.max(worst, off);
      compared++;
      assert.ok(
        off < 0.005,
        `${line.nuclide} ${line.energyKeV.value} keV: ${ours} against ${line.concentration.value}`,
      );
    }
    t.diagnostic(`${compared} lines, worst ${(100 * worst).toFixed(4)} %`);
    assert.equal(compared, 59);
  },
);

referenceTest(
  "from our own peaks 95 % of the lines lie within 2 sigma of the stored concentrations",
  file,
  (t, [path]) => {
    const { stored, analyse } = load(path!);
    const { peaks } = analyse();
    const off: string[] = [];
    let compared = 0;
    for (const line of stored.lines) {
      if (!line.concentration || line.nuclide === ANOMALY) continue;
      compared++;
      const theirs = stored.peaks.find(({ id }) => id === line.peakId)!;
      const ours = peaks.reduce((a, b) =>
        Math.abs(b.energyKeV - theirs.energyKeV) < Math.abs(a.energyKeV - theirs.energyKeV) ? b : a,
      );
      // Same efficiency, abundance and decay: concentrations are to each other as areas.
      const scale = line.concentration.value / theirs.area.value;
      const sigma = Math.hypot(line.concentration.error!, scale * ours.areaErrorCounts);
      const sigmas = (scale * (ours.areaCounts - theirs.area.value)) / sigma;
      if (Math.abs(ours.energyKeV - theirs.energyKeV) > 0.5 || Math.abs(sigmas) > 2)
        off.push(`${line.nuclide} ${theirs.energyKeV.toFixed(1)} keV (${sigmas.toFixed(1)})`);
    }
    t.diagnostic(`${compared - off.length} of ${compared}; not so: ${off.join(", ")}`);
    assert.ok(compared - off.length >= 0.95 * compared);
  },
);

referenceTest(
  "minimum detectable concentrations of the thirteen reported nuclides within 5 % of the IDC's",
  file,
  (t, [path]) => {
    const { stored, analyse } = load(path!);
    const { nuclides } = analyse();
    const reported = stored.nuclides.filter(({ reportsMdc }) => reportsMdc);
    assert.equal(reported.length, 13);
    const ratios = reported.map(({ name, mdc }) => ({
      name,
      ratio: nuclides.find((n) => n.name.toUpperCase() === name)!.mdc! / mdc!,
    }));
    t.diagnostic(ratios.map(({ name, ratio }) => `${name} ${ratio.toFixed(3)}`).join(", "));
    for (const { name, ratio } of ratios) assert.ok(Math.abs(ratio - 1) < 0.05, `${name}: ${ratio}`);
  },
);

referenceTest("only natural nuclides and lines of the surroundings, category 1, flags as stored", file, (t, [path]) => {
  const { stored, analyse } = load(path!);
  const { nuclides, flags, remarks, peaks } = analyse();
  const identified = nuclides.filter((n) => n.identified);
  t.diagnostic(
    identified
      .map(
        ({ name, concentration, concentrationError }) =>
          `${name} ${concentration?.toFixed(1)} +- ${concentrationError?.toFixed(1)}`,
      )
      .join(", "),
  );
  for (const { name, category } of identified) assert.ok(category === "natural" || category === "cosmic", name);
  const found = new Set(identified.map(({ name }) => name.toUpperCase()));
  // The stored product has Ra-226 and U-235 in the peak at 185.7 keV; its energy speaks for U-235, and Pa-234m of the same chain for its size.
  const missed = stored.nuclides
    .filter(({ identified: theirs, name }) => theirs && !found.has(name))
    .map(({ name }) => name);
  assert.deepEqual(missed, ["RA-226"]);
  const category = categoriseParticulate(identified, emptyHistory);
  assert.equal(category.level, stored.category.automatic);
  assert.equal(category.level, 1);
  // Key-line concentrations: our areas hold the tails that the stored fits leave out (plain sums of counts agree with ours), up to some percent.
  for (const name of ["Be-7", "K-40", "Pb-212F", "Bi-214", "Pb-214", "U-235"]) {
    const theirs = stored.nuclides.find((n) => n.name === name.toUpperCase())!.concentration!;
    const ours = identified.find((n) => n.name === name)!.keyConcentration!;
    const apart = Math.abs(ours - theirs.value);
    assert.ok(apart < 0.1 * theirs.value || apart < 2 * theirs.error!, `${name}: ${ours} against ${theirs.value}`);
  }
  const flag = (name: string) => flags.find((f) => f.name === name)!;
  for (const [name, theirs] of [
    ["collection time", "CollectionTimeWithin24Hrs"],
    ["acquisition time", "AcquisitionTimeGTE20Hrs"],
    ["decay time", "DecayTimeLTE24Hrs"],
    ["Ba-140 MDC", "Ba140MDC"],
    ["gain difference", "NormalizedGainDifference"],
    ["Be-7 FWHM", "Be7FWHM"],
    ["air flow", "FlowRate"],
  ] as const)
    assert.equal(flag(name).pass, stored.flags.find((f) => f.name === theirs)!.pass, name);
  assert.ok(Math.abs(flag("air flow").value! - 994.443) < 0.01);
  assert.equal(flag("reporting time").pass, null, "the document does not say when the message was sent");
  const unexplained = peaks.filter(({ effect, nuclides: parts }) => parts.length === 0 && !effect);
  t.diagnostic(`${unexplained.length} of ${peaks.length} peaks unexplained; ${remarks.join("; ")}`);
  assert.ok(unexplained.length <= 3);
});

referenceTest("ISO 11929 raises the limits a little", file, (_t, [path]) => {
  const { data, calibration, analyse } = load(path!);
  const plain = analyse();
  const iso = analyseParticulate(
    { sample: data, equations: calibration },
    { ...defaultParticulateSettings, limits: "iso11929" },
  );
  assert.ok(iso.ok);
  const of = (result: typeof plain) => result.nuclides.find(({ name }) => name === "Ba-140")!;
  assert.equal(of(iso).criticalLevel, of(plain).criticalLevel);
  assert.ok(of(iso).mdc! > of(plain).mdc! && of(iso).mdc! < 1.02 * of(plain).mdc!);
});

referenceTest(
  "with coincidences corrected the cascade lines of Tl-208 agree with the key line of their chain",
  file,
  (t, [path]) => {
    const { data, calibration } = load(path!);
    const lineOverKey = (coincidences: "uncertainty" | "corrected") => {
      const result = analyseParticulate(
        { sample: data, equations: calibration },
        { ...defaultParticulateSettings, coincidences },
      );
      assert.ok(result.ok);
      const { lines } = result.nuclides.find(({ name }) => name === "Pb-212F")!;
      const activity = (keV: number) => lines.find(({ energyKeV }) => Math.abs(energyKeV - keV) < 0.5)!.activityBq;
      return [252.7, 277.4, 583.2, 763.5, 860.5].map((keV) => activity(keV) / activity(238.6));
    };
    const [before, after] = [lineOverKey("uncertainty"), lineOverKey("corrected")];
    const show = (ratios: readonly number[]) => ratios.map((r) => r.toFixed(2)).join(" ");
    t.diagnostic(`252.7, 277.4, 583.2, 763.5, 860.5 keV over 238.6 keV: ${show(before)}, corrected ${show(after)}`);
    const spread = (ratios: readonly number[]) => Math.hypot(...ratios.map((r) => r - 1));
    assert.ok(spread(after) < 0.4 * spread(before));
    for (const ratio of after) assert.ok(Math.abs(ratio - 1) < 0.1, show(after));
  },
);
