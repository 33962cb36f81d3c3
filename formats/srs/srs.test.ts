import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { parseTime, type SourceReceptorField, stepEnd } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { decodeSourceReceptorField } from "./decode.ts";
import { encodeSourceReceptorField } from "./encode.ts";

const utf8 = new TextEncoder();
const sum = (values: Float64Array) => values.reduce((total, x) => total + x, 0);

referenceTest(
  "two real files of the Canadian centre: rows, steps and sums as stored",
  ["atmosphere/frear_srs/repo_present_files/test_case/data"],
  (_t, [folder]) => {
    for (const [name, rows, total, largest, lastStep] of [
      ["THBAY.2019080515.CWAO.txt.gz", 315_688, 3.846473e4, 99.0029, 36],
      ["WHTSH.2019080516.CWAO.txt.gz", 184_681, 2.410103e4, 195.808, 37],
    ] as const) {
      const { items, problems } = decodeSourceReceptorField(gunzipSync(readFileSync(join(folder!, name))));
      const field = items[0]!;
      assert.deepEqual(problems, []);
      assert.equal(field.values.length, rows);
      assert.ok(Math.abs(sum(field.values) / total - 1) < 1e-6, `${sum(field.values)}`);
      assert.equal(
        field.values.reduce((m, v) => Math.max(m, v), 0),
        largest,
      );
      assert.equal(field.firstStep, 0);
      assert.equal(
        field.step.reduce((m, s) => Math.max(m, s), 0),
        lastStep,
      );
      assert.equal(field.spread?.length, rows);
    }
  },
);

referenceTest(
  "fields of FLEXPART v11, written again and read the same",
  ["atmosphere/psr_synthetic"],
  (_t, [folder]) => {
    const names = readdirSync(folder!).filter((name) => name.endsWith(".srs"));
    assert.equal(names.length, 36);
    for (const name of names) {
      const bytes = readFileSync(join(folder!, name));
      const { items, problems } = decodeSourceReceptorField(bytes);
      assert.deepEqual(problems, [], name);
      assert.deepEqual(decodeSourceReceptorField(utf8.encode(encodeSourceReceptorField(items[0]!))).items, items, name);
    }
  },
);

const made: SourceReceptorField = {
  station: "JPX38",
  latitudeDeg: 36.3,
  longitudeDeg: 139.08,
  sampleStart: parseTime("2013-04-08T00:00:00Z")!,
  sampleStop: parseTime("2013-04-08T12:00:00Z")!,
  releaseBq: 1.3e15,
  durationHours: 336,
  outputHours: 3,
  averageHours: 3,
  stepLatDeg: 1,
  stepLonDeg: 1,
  firstStep: 1,
  cellLatitudeDeg: Float32Array.from([36.5, 40.5, -10.5]),
  cellLongitudeDeg: Float32Array.from([139.5, -170.5, 0.5]),
  step: Int32Array.from([1, 2, 112]),
  values: Float64Array.from([1.5, 2.25e-7, 3e10]),
  spread: null,
};

test("either order of columns gives the same field; steps from 1 are recognised", () => {
  for (const lonFirst of [false, true]) {
    const text = encodeSourceReceptorField(made, { lonFirst });
    const { items, problems } = decodeSourceReceptorField(utf8.encode(text));
    assert.deepEqual(problems, []);
    assert.deepEqual(items, [made]);
  }
  assert.equal(stepEnd(made, 0), made.sampleStop);
  assert.equal(stepEnd(made, 1), made.sampleStop - 3 * 3600);
});

test("what is wrong is told by line, good rows are kept", () => {
  const text = encodeSourceReceptorField(made);
  const read = (changed: string) => decodeSourceReceptorField(utf8.encode(changed));
  assert.deepEqual(
    read("lat lon").problems.map(({ code }) => code),
    ["srs.header"],
  );
  const bad = read(text.replace("2.25000E-07", "2.25000F-07"));
  assert.deepEqual(
    bad.problems.map(({ code, line }) => [code, line]),
    [["srs.row", 3]],
  );
  assert.equal(bad.items[0]?.values.length, 2);
  assert.deepEqual(
    read(text.split("\n")[0]!).problems.map(({ code }) => code),
    ["srs.empty"],
  );
  const cut = read(text.slice(0, -5));
  assert.deepEqual([cut.items[0]!.values.length, cut.problems.map(({ code }) => code)], [2, ["srs.cut"]]);
  assert.deepEqual(read(text.trimEnd()).problems, [], "a last line without an end may be whole");
  assert.match(read(text.replace("20130408 00", "20130409 00")).problems[0]!.message, /before it begins/);
});

fuzzDecoder("decodeSourceReceptorField", (bytes) => decodeSourceReceptorField(bytes), [
  utf8.encode(encodeSourceReceptorField(made)),
  utf8.encode(encodeSourceReceptorField({ ...made, spread: Float64Array.from([1, 2, 3]) }, { lonFirst: true })),
]);
