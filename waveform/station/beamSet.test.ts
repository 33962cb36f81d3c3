import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { KM_PER_DEGREE } from "@harken/core";
import { referenceTest } from "@harken/testing";
import fc from "fast-check";
import { isInGroup, parseBeamSet, recipeOfBeams } from "./beamSet.ts";
import { processStation } from "./processStation.ts";
import { seismicRecipe } from "./recipes.ts";
import { addWave, noiseSegments, START, testStation, WHITE } from "./testStation.ts";

const table = `
#!BeginTable beam-recipe
|name     |type|rot |std|snr  |azi   |slow  |phase    |flo  |fhi  |ford|zp|ftype|group   |
 XX_01     coh  no   0   3.60   90.0  0.0770 -         0.75  2.25  3    0  BP    a0-c-d
 XX_02     inc  no   0   2.40    0.0  0.0000 -         2.00  4.00  3    0  BP    vertical
 TM001     coh  no   2   -1.0   90.0  0.1231  P        0.8   3.0   3    0  BP    vertical
#!EndTable
`;

test("the columns of a beam table are read by their names; a beam of threshold -1 detects nothing", () => {
  const { beams, problems } = parseBeamSet(table, "test");
  assert.deepEqual(problems, []);
  assert.equal(beams.length, 3);
  const [first, second, third] = beams;
  assert.ok(Math.abs(first!.eastSecPerKm - 0.077) < 1e-12 && Math.abs(first!.northSecPerKm) < 1e-12);
  assert.deepEqual(
    [first!.on, first!.kind, first!.lowHz, first!.highHz, first!.filterOrder],
    [3.6, "coherent", 0.75, 2.25, 3],
  );
  assert.deepEqual([second!.kind, third!.on], ["incoherent", null]);
  assert.deepEqual(
    recipeOfBeams(seismicRecipe, "test-1", beams).bands.map(({ name }) => name),
    ["0.75-2.25", "2-4"],
  );
});

test("groups name rings and elements by their codes", () => {
  assert.deepEqual(
    ["ARA0", "ARA1", "ARB2", "ARC7", "ARD9"].filter((site) => isInGroup(site, "a0-c-d")),
    ["ARA0", "ARC7", "ARD9"],
  );
  assert.ok(isInGroup("CM17", "vertical") && !isInGroup("CM17", "c"));
});

test("whatever a table says, nothing is thrown and what is wrong is named", () => {
  const bad = parseBeamSet(table.replace("0.75  2.25", "2.25  0.75").replace("inc", "odd"), "test");
  assert.equal(bad.beams.length, 1);
  assert.deepEqual(
    bad.problems.map(({ code, line }) => [code, line]),
    [
      ["beams.bad-beam", 4],
      ["beams.bad-beam", 5],
    ],
  );
  assert.deepEqual(parseBeamSet("XX_01 coh", "test").problems[0]!.code, "beams.no-header");
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("|name|snr|", " ", "\n", "-1", "1e9", "NaN", "coh", table), { maxLength: 30 }),
      (parts) => {
        const { beams } = parseBeamSet(parts.join(" "), "test");
        assert.ok(beams.every(({ lowHz, highHz }) => lowHz > 0 && highHz > lowHz));
      },
    ),
  );
});

test("a set beyond the limit of lines is cut, and that is told", () => {
  const row = "AR_01 coh no 0 3.6 0 0 - 0.75 2.25 3 0 BP vertical\n";
  const { beams, problems } = parseBeamSet(
    `|name|type|rot|std|snr|azi|slow|phase|flo|fhi|ford|zp|ftype|group|\n${row.repeat(20_001)}`,
    "test",
  );
  assert.equal(beams.length, 19_999);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["beams.too-long"],
  );
});

const geometry = (text: string) => {
  const [head, ...lines] = text.trim().split(/\r?\n/);
  const [, lat0, lon0] = head!.trim().split(/\s+/).map(Number) as [number, number, number];
  return lines.flatMap((line) => {
    const [, , latitude, longitude] = line.trim().split(/\s+/);
    const [north, east] = [Number(latitude) - lat0, (Number(longitude) - lon0) * Math.cos((lat0 * Math.PI) / 180)];
    return Number.isFinite(north + east) ? [[north * KM_PER_DEGREE, east * KM_PER_DEGREE] as const] : [];
  });
};

for (const code of ["CMAR", "MKAR", "NVAR"]) {
  const folder = "waveforms/ims-arrays";
  referenceTest(
    `${code}'s stored beams as they are: every row is read, and a wave across its elements is found with its direction`,
    [`${folder}/beamsets/${code}-beam.par`, `${folder}/channels/${code}.geom`],
    (t, [beamPath, placePath]) => {
      const text = readFileSync(beamPath!, "latin1");
      const { beams, problems } = parseBeamSet(text, code);
      assert.deepEqual(problems, []);
      assert.equal(beams.length, text.split("\n").filter((line) => /^ ?\w+\s+(coh|inc)\s/.test(line)).length);
      const places = geometry(readFileSync(placePath!, "latin1"));
      const station = testStation({ places, channels: ["SHZ"], rate: 20 });
      const segments = noiseSegments(station, 160, 1);
      addWave(station, segments, {
        ...{ atSec: 90, frequencyHz: 2, amplitude: 4 * WHITE, azimuthDeg: 40, slownessSecPerKm: 0.075 },
      });
      const recipe = recipeOfBeams(seismicRecipe, `${code}-beam-1`, beams);
      const { arrivals } = processStation({ station, segments, keyPrefix: "" }, recipe);
      const found = arrivals.find(({ time }) => Math.abs(time - START - 90) < 1);
      t.diagnostic(`${beams.length} beams, ${arrivals.length} arrivals, azimuth ${found?.azimuthDeg?.toFixed(1)}`);
      assert.ok(found && Math.abs(found.azimuthDeg! - 40) < 1.645 * 2 * found.azimuthErrorDeg!);
      assert.ok(Math.abs(found.slownessSecPerDeg! / KM_PER_DEGREE - 0.075) < 0.01);
      assert.equal(found.author, `${code}-beam-1`);
      assert.ok(arrivals.length <= 3);
    },
  );
}
