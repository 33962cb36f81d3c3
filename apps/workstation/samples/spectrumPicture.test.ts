import assert from "node:assert/strict";
import { test } from "node:test";
import type { SpectrumDisplay } from "@harken/api";
import { columnsOf, firstAtLeast, pan, spectrumPicture, viewAbout, wholeView, zoom } from "./spectrumPicture.ts";

const CHANNELS = 4096;
/** A flat continuum of 100 counts and a Gaussian of 5000 counts at 661.7 keV, 0.5 keV a channel. */
const sigma = 1.6 / 2.354820045;
const counts = Array.from({ length: CHANNELS }, (_, i) => {
  const u = ((i + 1) * 0.5 - 661.7) / sigma;
  return Math.round(100 + (5000 * 0.5 * Math.exp(-0.5 * u * u)) / (sigma * Math.sqrt(2 * Math.PI)));
});
const display: SpectrumDisplay = {
  kind: "spectrum",
  firstChannel: 1,
  counts,
  energyNodes: [
    [1, 0.5],
    [2048, 1024],
    [CHANNELS, 2048],
  ],
  continuum: new Array(CHANNELS).fill(100),
  lines: [],
  regions: [],
};
const peak = { energyKeV: 661.7, areaCounts: 5000, areaErrorCounts: 80, fwhmKeV: 1.6, explanation: "Cs-137" };

test("continuum and peaks together are the counts: nothing is left over", () => {
  const picture = spectrumPicture(display, [peak]);
  assert.ok(Math.abs(picture.energyKeV[1322]! - 661.5) < 1e-9);
  assert.ok(picture.residual!.every((sigmas) => Math.abs(sigmas) < 0.1));
  const without = spectrumPicture(display, []);
  assert.ok(Math.max(...without.residual!) > 50, "a peak that is not fitted stands out");
  assert.equal(spectrumPicture({ ...display, continuum: [] }, [peak]).expected, null);
});

test("a pixel spans the counts of its channels, so that no peak is lost", () => {
  const { energyKeV } = spectrumPicture(display, []);
  const columns = columnsOf(counts, energyKeV, { fromKeV: 0, toKeV: 2048 }, 200);
  assert.equal(Math.max(...columns.map((column) => column?.most ?? 0)), Math.max(...counts));
  assert.equal(Math.min(...columns.map((column) => column?.least ?? 100)), 100);
  const closer = columnsOf(counts, energyKeV, { fromKeV: 660, toKeV: 664 }, 200);
  assert.ok(
    closer.some((value) => value === null),
    "pixels between channels are empty",
  );
  assert.equal(energyKeV[firstAtLeast(energyKeV, 100)], 100);
});

test("views stay within the spectrum", () => {
  const picture = spectrumPicture(display, []);
  const whole = wholeView(picture);
  const near = zoom(whole, whole, 661.7, 0.1);
  assert.ok(
    near.fromKeV < 661.7 &&
      near.toKeV > 661.7 &&
      Math.abs(near.toKeV - near.fromKeV - 0.1 * (whole.toKeV - whole.fromKeV)) < 1e-9,
  );
  assert.deepEqual(zoom(near, whole, 661.7, 1000), whole);
  assert.equal(pan(near, whole, -1e6).fromKeV, whole.fromKeV);
  assert.equal(pan(near, whole, 1e6).toKeV, whole.toKeV);
  const about = viewAbout(10, whole);
  assert.ok(about.fromKeV >= whole.fromKeV && about.toKeV - about.fromKeV === 80);
});
