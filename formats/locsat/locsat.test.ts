/** The IDC's and GMS's own tables, tables by hand, and hostile bytes: travel times in LocSAT's form and ellipticity in ELCOR's. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { defaultLimits } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { decodeEllipticityTables } from "../elcor/decode.ts";
import { readFile } from "../formats.ts";
import { decodeTravelTimeTable } from "./decode.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const times = `# IASPEI travel-time table for phase: Pg
  2   Number of depth samples at the following depths (km):
    0.00   15.00
  3   Number of distance samples at the following distances (deg):
    0.00    1.00    2.00
# Travel time at depth =   0.00 km.
      0.0000
     19.1713
     -1.0000
# Travel time at depth =  15.00 km.
      2.6000   19.5000   35.5000
# Distance-dependent modelling error(s)
  2	1
 	0.0	2.0
#
	0.2
	0.5
`;
const coefficients = `Pg       2       0.0       1.0
         0.0      100.0
       0.0
    0.0000   -0.0483
    0.0000    0.0010
    0.0000    0.0000
       1.0
   -0.1764   -0.1808
   -0.0133   -0.0472
   -0.0019    0.0110
`;

test("tables by hand", () => {
  const read = readFile(bytesOf(times), "iasp91.Pg");
  assert.deepEqual([read.format, read.problems], ["locsat", []]);
  assert.deepEqual(read.travelTimeTables, [
    {
      ...{ phase: "Pg", depthsKm: [0, 15], deltasDeg: [0, 1, 2] },
      secondsByDepth: [
        [0, 19.1713, null],
        [2.6, 19.5, 35.5],
      ],
      errors: { depthsKm: [0], deltasDeg: [0, 2], secondsByDepth: [[0.2, 0.5]] },
    },
  ]);
  const elcor = readFile(bytesOf(coefficients), "ELCOR.dat");
  assert.deepEqual([elcor.format, elcor.problems], ["elcor", []]);
  const [table] = elcor.ellipticityTables!;
  assert.deepEqual([table?.phase, table?.depthsKm, table?.deltasDeg], ["Pg", [0, 100], [0, 1]]);
  assert.deepEqual(table?.tau[1], [
    [-0.1764, -0.1808],
    [-0.0133, -0.0472],
    [-0.0019, 0.011],
  ]);
});

test("what is wrong is named, and errors that cannot be read leave the times", () => {
  const codes = (text: string) => decodeTravelTimeTable(bytesOf(text), "a.P").problems.map(({ code }) => code);
  assert.deepEqual(codes("2\n0 15\n3\n0 1 2\n1 2 3\n"), ["locsat.bad-table"]);
  assert.deepEqual(codes("2\n15 0\n"), ["locsat.bad-table"]);
  assert.deepEqual(codes("0\n"), ["locsat.bad-table"]);
  const cut = decodeTravelTimeTable(bytesOf(times.replace("	0.5\n", "")), "a.Pg");
  assert.deepEqual([cut.items.length, cut.items[0]?.errors, cut.problems[0]?.code], [1, null, "locsat.bad-errors"]);
  const bulk = decodeTravelTimeTable(bytesOf("1\n0\n2\n0 1\n0 5\n1 1\n3.0\n"), "a.ScP");
  assert.deepEqual(bulk.items[0]?.errors, { deltasDeg: [0], depthsKm: [0], secondsByDepth: [[3]] });
  const short = decodeEllipticityTables(bytesOf(coefficients.slice(0, -40)));
  assert.deepEqual([short.items.length, short.problems[0]?.code], [0, "elcor.bad-block"]);
});

referenceTest(
  "every stored travel-time table of the IDC and of GMS, and the whole of ELCOR.dat, are read without a problem",
  ["parametric/sigvisa-idc-params/ttime", "parametric/gms-ak135-tables/pi7-ascii", "parametric/gms-ellipticity"],
  (t, [idc, gms, ellipticity]) => {
    let tables = 0;
    for (const folder of [idc!, gms!])
      for (const file of readdirSync(folder)) {
        const { format, travelTimeTables, problems } = readFile(readFileSync(`${folder}/${file}`), file);
        assert.deepEqual([format, problems], ["locsat", []], file);
        const [table] = travelTimeTables!;
        assert.equal(table!.secondsByDepth.length, table!.depthsKm.length, file);
        // The file of this back branch ends with its times.
        assert.equal(table!.errors === null, file === "SKKSac_B", file);
        tables++;
      }
    const elcor = readFile(readFileSync(`${ellipticity}/ELCOR.dat`), "ELCOR.dat");
    assert.deepEqual([elcor.format, elcor.problems, elcor.ellipticityTables!.length], ["elcor", [], 57]);
    t.diagnostic(`${tables} tables`);
    assert.ok(tables > 50);
  },
);

const limits = { ...defaultLimits, maxSamples: 10_000, maxItems: 100, maxProblems: 20 };
fuzzDecoder("decodeTravelTimeTable", (bytes) => decodeTravelTimeTable(bytes, "a.P", limits), [bytesOf(times)]);
fuzzDecoder("decodeEllipticityTables", (bytes) => decodeEllipticityTables(bytes, limits), [bytesOf(coefficients)]);
