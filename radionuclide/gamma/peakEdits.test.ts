/** Edits of peaks in spectra of known areas: what is taken in has the area that was put in, whatever the search thought of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type PeakEdit, randomStream } from "@harken/core";
import { analyseParticulate } from "../particulate/analyse.ts";
import { airFilterBq, simulateParticulate } from "../particulate/simulatedSample.ts";
import { logarithmicEfficiency, polynomialEnergy, rootResolution } from "./calibration.ts";
import { editPeaks } from "./peakEdits.ts";
import { defaultPeakSettings, fitSpectrum, scaleOf } from "./peaks.ts";

const energy = polynomialEnergy([0, 0.33]);
const resolution = rootResolution(0.74, 0.0416);

/** Peaks of these areas on 50 counts a channel. */
function spectrumOf(peaks: readonly (readonly [energyKeV: number, area: number])[], seed: number) {
  const random = randomStream(seed, "edits");
  const counts = Int32Array.from({ length: 4096 }, (_, i) => {
    const keV = energy.energyAt(i);
    const mean = peaks.reduce((sum, [at, area]) => {
      const sigma = resolution(at) / 2.3548;
      return sum + (0.33 * area * Math.exp(-0.5 * ((keV - at) / sigma) ** 2)) / (sigma * Math.sqrt(2 * Math.PI));
    }, 50);
    return random.poisson(mean);
  });
  return scaleOf({ firstChannel: 0, spanKeV: 1350, counts }, energy, resolution);
}

const settings = defaultPeakSettings;
const edited = (scale: ReturnType<typeof spectrumOf>, edits: readonly PeakEdit[]) =>
  editPeaks(scale, energy, settings, fitSpectrum(scale, settings), edits);
const near = <P extends { readonly energyKeV: number }>(peaks: readonly P[], energyKeV: number, withinKeV = 0.7) =>
  peaks.find((peak) => Math.abs(peak.energyKeV - energyKeV) < withinKeV);

test("without edits it is the fit of the search", () => {
  const scale = spectrumOf([[600, 3000]], 1);
  const fit = fitSpectrum(scale, settings);
  assert.deepEqual(editPeaks(scale, energy, settings, fit, []).peaks, fit.peaks);
});

test("a weak neighbour that the search passed over is taken in: both areas within their errors, in 50 spectra without bias", () => {
  let [pulls, squares, took] = [0, 0, 0];
  for (let seed = 0; seed < 50; seed++) {
    const scale = spectrumOf(
      [
        [600, 3000],
        [603, 160],
      ],
      seed,
    );
    if (near(fitSpectrum(scale, settings).peaks, 603)) continue;
    const { peaks, refused } = edited(scale, [{ kind: "addPeak", energyKeV: 603 }]);
    const peak = near(peaks, 603, 1.3);
    if (refused.length > 0 || !peak) continue;
    took++;
    const strong = near(peaks, 600)!;
    assert.ok(Math.abs(strong.areaCounts - 3000) < 4.5 * strong.areaErrorCounts, `${seed}: ${strong.areaCounts}`);
    const pull = (peak.areaCounts - 160) / peak.areaErrorCounts;
    pulls += pull;
    squares += pull ** 2;
  }
  // Those that the search sees by itself are left out, which are the larger ones.
  assert.ok(took > 10, `only ${took}`);
  assert.ok(Math.abs(pulls / took) < 0.7 && squares / took < 2, `${took}: ${pulls / took}, ${squares / took}`);
});

test("a peak that is taken out leaves its counts to the continuum; taken in again it is as before", () => {
  const scale = spectrumOf([[600, 3000]], 2);
  const before = near(fitSpectrum(scale, settings).peaks, 600)!;
  const out = edited(scale, [{ kind: "removePeak", energyKeV: 600.4 }]);
  assert.equal(near(out.peaks, 600), undefined);
  assert.ok(Math.max(...out.continuum.slice(1810, 1826)) > 200);
  const back = edited(scale, [
    { kind: "removePeak", energyKeV: 600.4 },
    { kind: "addPeak", energyKeV: before.energyKeV },
  ]);
  const again = near(back.peaks, 600)!;
  assert.ok(Math.abs(again.areaCounts - before.areaCounts) < 0.02 * before.areaErrorCounts);
  assert.ok(Math.abs(again.energyKeV - before.energyKeV) < 0.02);
});

test("moved peaks and chosen regions: the peaks between the limits are fitted over these channels", () => {
  const scale = spectrumOf(
    [
      [600, 3000],
      [640, 2000],
    ],
    3,
  );
  const moved = edited(scale, [{ kind: "movePeak", energyKeV: 640, toKeV: 640.8 }]);
  assert.deepEqual(moved.refused, []);
  assert.ok(moved.groups.some(({ byHand, region }) => byHand && region.to > 641 / 0.33));
  assert.ok(near(moved.peaks, 640, 0.1), "the counts draw it back");
  const { peaks, groups } = edited(scale, [{ kind: "fitRegion", fromKeV: 590, toKeV: 650 }]);
  const group = groups.find(({ byHand }) => byHand)!;
  assert.deepEqual([group.region.from, group.region.to], [Math.ceil(590 / 0.33), Math.floor(650 / 0.33) + 1]);
  assert.equal(group.fit.peaks.length, 2);
  for (const [at, area] of [
    [600, 3000],
    [640, 2000],
  ] as const) {
    const peak = near(peaks, at)!;
    assert.ok(Math.abs(peak.areaCounts - area) < 4 * peak.areaErrorCounts, `${at}: ${peak.areaCounts}`);
  }
});

test("what cannot be done is refused with its reason, and changes nothing", () => {
  const scale = spectrumOf([[600, 3000]], 4);
  const cases: readonly (readonly [PeakEdit, RegExp])[] = [
    [{ kind: "addPeak", energyKeV: 5000 }, /outside of the spectrum/],
    [{ kind: "addPeak", energyKeV: Number.NaN }, /outside of the spectrum/],
    [{ kind: "addPeak", energyKeV: 600.1 }, /already/],
    [{ kind: "removePeak", energyKeV: 1400 }, /no peak at 1400/],
    [{ kind: "movePeak", energyKeV: 600, toKeV: -40 }, /outside/],
    [{ kind: "fitRegion", fromKeV: 1400, toKeV: 1420 }, /no peak between/],
    [{ kind: "fitRegion", fromKeV: 599.5, toKeV: 600.5 }, /too few channels/],
    [{ kind: "fitRegion", fromKeV: 100, toKeV: 900 }, /wider than/],
    [{ kind: "fitRegion", fromKeV: 610, toKeV: 590 }, /no peak between/],
  ];
  const plain = fitSpectrum(scale, settings).peaks;
  for (const [edit, reason] of cases) {
    const { peaks, refused } = edited(scale, [edit]);
    assert.match(refused[0]?.reason ?? "", reason, JSON.stringify(edit));
    assert.deepEqual(peaks, plain);
  }
});

test("nuclides and activities follow the analyst's peaks", () => {
  const calibration = {
    energy: polynomialEnergy([-0.4, 0.33]),
    resolution,
    efficiency: logarithmicEfficiency(948, [-3.5, 0.86, -0.15, -0.23, 0.24, -0.07], 0.03),
  };
  const truth = { calibration, channels: 8192, scatteredCounts: 2500, scatteredKeV: 250 };
  const sample = simulateParticulate(
    { ...truth, activitiesBq: { ...airFilterBq, "Cs-137": 0.6 } },
    randomStream(5, "x"),
  );
  const analyse = (edits: readonly PeakEdit[]) => {
    const result = analyseParticulate({ sample, edits });
    assert.ok(result.ok);
    return { result, caesium: result.nuclides.find(({ name }) => name === "Cs-137")! };
  };
  const { caesium: found } = analyse([]);
  assert.ok(found.identified);
  const { result, caesium: gone } = analyse([{ kind: "removePeak", energyKeV: 661.7 }]);
  assert.equal(gone.identified, false);
  assert.equal(gone.activityBq, null);
  assert.ok(gone.mdc! > found.mdc!, "its counts are background now");
  assert.deepEqual(
    result.nuclides.filter(({ identified }) => identified).map(({ name }) => name),
    analyse([]).result.nuclides.flatMap(({ name, identified }) => (identified && name !== "Cs-137" ? [name] : [])),
  );
  const { caesium: again, result: back } = analyse([
    { kind: "removePeak", energyKeV: 661.7 },
    { kind: "addPeak", energyKeV: 661.5 },
  ]);
  assert.ok(Math.abs(again.activityBq! - 0.6) < 2.5 * again.activityErrorBq!, `${again.activityBq}`);
  assert.ok(back.regions.some(({ byHand, fromKeV, toKeV }) => byHand && fromKeV < 661.7 && toKeV > 661.7));
});
