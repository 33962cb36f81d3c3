/** The IDC's own tables (2000-era, 213 files), hand-made rows, and hostile bytes. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { defaultLimits } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { readFile } from "../formats.ts";
import { decodeDirectionCorrection } from "./decode.ts";
import { encodeDirectionCorrection } from "./encode.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sample = `# Slowness-azimuth station correction table
#
# ASAR, 20000106 15:50:15
   0.100   -0.050    1.780
# bins
2
   0.000    2.000  300.000  360.000   -0.399    9.938    0.401   14.148
   2.000    4.000   30.000   60.000    0.245    3.735    0.588   11.347
`;

test("a table by hand comes out and goes in again", () => {
  const { items, problems } = decodeDirectionCorrection(bytesOf(sample), "any");
  assert.deepEqual(problems, []);
  const [correction] = items;
  assert.equal(correction?.station, "ASAR");
  assert.deepEqual(
    [correction.eastSecPerDeg, correction.northSecPerDeg, correction.errorSecPerDeg],
    [0.1, -0.05, 1.78],
  );
  assert.deepEqual(correction.bins[1], {
    ...{ slownessFrom: 2, slownessTo: 4, azimuthFrom: 30, azimuthTo: 60, slownessSecPerDeg: 0.245, azimuthDeg: 3.735 },
    ...{ slownessErrorSecPerDeg: 0.588, azimuthErrorDeg: 11.347 },
  });
  const again = decodeDirectionCorrection(encodeDirectionCorrection(correction), "any");
  assert.deepEqual(again.items, items);
  assert.deepEqual(again.problems, []);
});

test("what is wrong is named", () => {
  const codes = (text: string, name = "sasc.ABC") =>
    decodeDirectionCorrection(bytesOf(text), name).problems.map(({ code }) => code);
  assert.deepEqual(codes("0 0 1\n2\n0 2 0 90 0 0 1 1\n"), ["sasc.bin-count"]);
  assert.deepEqual(codes("0 0 1\n1\n2 1 0 90 0 0 1 1\n"), ["sasc.bad-bin", "sasc.bin-count"]);
  assert.deepEqual(codes("0 0 1\n", "table.txt"), ["sasc.no-station"]);
  assert.deepEqual(codes("0 0\n"), ["sasc.no-default"]);
  assert.deepEqual(codes("0 0 1\nwords\n"), ["sasc.not-a-number"]);
});

referenceTest(
  "every stored table of the IDC is read without a problem, with as many bins as it announces",
  ["parametric/sigvisa-idc-params/sasc"],
  (t, [folder]) => {
    let bins = 0;
    const files = readdirSync(folder!);
    for (const file of files) {
      const { format, directionCorrections, problems } = readFile(readFileSync(`${folder}/${file}`), file);
      assert.equal(format, "sasc", file);
      // PDY's bins, with azimuths off by half a circle, are switched off by a count of zero.
      const codes = problems.map(({ code }) => code);
      assert.deepEqual(codes, file === "sasc.PDY" ? ["sasc.beyond-count"] : [], file);
      const [correction] = directionCorrections!;
      assert.equal(correction!.station, file.slice("sasc.".length));
      bins += correction!.bins.length;
    }
    t.diagnostic(`${files.length} stations, ${bins} bins`);
    assert.ok(files.length > 150 && bins > 1000);
  },
);

const limits = { ...defaultLimits, maxItems: 1000, maxProblems: 20 };
fuzzDecoder("decodeDirectionCorrection", (bytes) => decodeDirectionCorrection(bytes, "sasc.X", limits), [
  bytesOf(sample),
]);
