import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { parseTime, randomStream, type WaveformSegment } from "@harken/core";
import { mergeSegments, readFile } from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { levelHistogram, planHourlySpectra } from "./ppsd.ts";

/** Messages of the four hours. */
const MESSAGES = 30;

referenceTest(
  "four hours of CMAR CM01: every level within 0.001 dB of ObsPy's stored PPSD",
  ["formats/noise/ppsd-cmar-cm01.json", "waveforms/cmar-2005-05-11/messages"],
  (_t, [stored, folder]) => {
    const reference = JSON.parse(readFileSync(stored!, "utf8")) as {
      period_s: number[];
      psd_db: number[][];
      segment_start: string[];
      npts: number;
    };
    const segments = readdirSync(folder!)
      .sort()
      .slice(0, MESSAGES)
      .flatMap((name) => {
        const bytes = gunzipSync(readFileSync(join(folder!, name)));
        return readFile(bytes, basename(name, ".gz")).segments as WaveformSegment[];
      })
      .filter(({ channel }) => channel.station === "CM01" && channel.channel === "SHZ");
    const [whole] = mergeSegments(segments).segments;
    const from = Math.round((parseTime(reference.segment_start[0]!)! - whole!.startTime) * 20);
    const samples = Float64Array.from(whole!.samples.subarray(from, from + reference.npts));
    const spectra = planHourlySpectra(20);
    assert.equal(spectra.periodsSec.length, reference.period_s.length);
    spectra.periodsSec.forEach((period, i) => {
      assert.ok(Math.abs(period / reference.period_s[i]! - 1) < 1e-9);
    });
    const levels = spectra.levels(samples);
    assert.equal(levels.length, reference.psd_db.length);
    levels.forEach((row, hour) => {
      row.forEach((level, bin) => {
        const expected = reference.psd_db[hour]![bin]!;
        assert.ok(
          Math.abs(level - expected) < 1e-3,
          `hour ${hour}, ${spectra.periodsSec[bin]} s: ${level} ${expected}`,
        );
      });
    });
  },
);

test("white noise of variance 1 at 20 Hz lies at 10 log10(1/10) dB less what the mean of logarithms lacks, a response moves it by its gain", () => {
  const random = randomStream(2, "ppsd");
  const samples = Float64Array.from({ length: 20 * 3600 * 3 }, () => random.normal());
  const plain = planHourlySpectra(20);
  const levels = plain.levels(samples);
  assert.equal(levels.length, 5);
  const short = plain.periodsSec.findIndex((period) => period > 0.3);
  assert.ok(Math.abs(levels[2]![short]! + 10) < 0.5, String(levels[2]![short]));
  const gained = planHourlySpectra(20, { response: () => ({ re: 0, im: 100 }) }).levels(samples);
  gained[1]!.forEach((level, i) => {
    assert.ok(Math.abs(level - levels[1]![i]! + 40) < 1e-9);
  });
  const { counts, lowestDb } = levelHistogram(levels, -100, 0);
  counts.forEach((own, bin) => {
    assert.equal(
      own.reduce((a, b) => a + b, 0),
      5,
    );
    for (const row of levels) assert.ok(own[Math.floor(row[bin]! - lowestDb)]! > 0);
  });
});

test("silence, NaN and short traces have no levels to trust; what cannot be is refused", () => {
  const spectra = planHourlySpectra(1, { lengthSec: 600 });
  assert.equal(spectra.levels(new Float64Array(599)).length, 0);
  assert.ok(spectra.levels(new Float64Array(600))[0]!.every((level) => level === -3000));
  assert.deepEqual(levelHistogram([]).counts, []);
  assert.ok(levelHistogram([[Number.NaN, 1e9]]).counts.every((own) => own.every((n) => n === 0)));
  assert.throws(() => planHourlySpectra(1, { lengthSec: 10 }), RangeError);
  assert.throws(() => planHourlySpectra(Number.NaN), RangeError);
  assert.throws(() => planHourlySpectra(20, { overlap: 1 }), RangeError);
});
