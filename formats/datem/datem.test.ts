import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseTime } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { decodeTracerSamples } from "./decode.ts";
import { encodeTracerSamples } from "./encode.ts";

const utf8 = new TextEncoder();

const made = `\\datem\\made
year mn dy  shr  dur   lat     lon    pmch  stn
1983 09 18 1800 0300 39.65  -80.42      .0  302
1983 09 18 2330 0600 40.38  -80.63   17.25  306
1983 09 19 0000 0300 40.38  -80.63   -1.0   306
`;

for (const [name, file, samples, stations, detections, largest] of [
  ["ETEX-1", "etex1", 3105, 159, 941, 12_570],
  ["CAPTEX", "captex", 2281, 80, 628, 24_741.6],
] as const)
  referenceTest(
    `${name}: samples, stations, detections and the largest value as counted when the file was stored`,
    [`atmosphere/${file}/meas-t1.txt`],
    (_t, [path]) => {
      const { items, problems } = decodeTracerSamples(readFileSync(path!));
      assert.deepEqual(problems, []);
      assert.equal(items.length, samples);
      assert.ok(Math.abs(new Set(items.map(({ station }) => station)).size - stations) === 0);
      assert.equal(items.filter(({ concentration }) => concentration! > 0).length, detections);
      const top = items.reduce((best, item) => (item.concentration! > best.concentration! ? item : best));
      assert.equal(top.concentration, largest);
      if (file === "etex1") {
        assert.equal(top.station, "8021");
        assert.equal(top.sampleStart, parseTime("1994-10-23T21:00:00Z"));
      } else assert.equal(items[0]!.sampleStart, parseTime("1983-09-18T18:00:00Z"));
      const again = decodeTracerSamples(utf8.encode(encodeTracerSamples(items, "title")));
      assert.deepEqual(again.items, items);
    },
  );

test("start, length, place and value; a lost sample is none", () => {
  const { items, problems } = decodeTracerSamples(utf8.encode(made));
  assert.deepEqual(problems, []);
  const start = parseTime("1983-09-18T23:30:00Z")!;
  assert.deepEqual(items[1], {
    station: "306",
    latitudeDeg: 40.38,
    longitudeDeg: -80.63,
    sampleStart: start,
    sampleStop: start + 6 * 3600,
    concentration: 17.25,
  });
  assert.equal(items[2]!.concentration, null);
});

test("what is wrong is told by line, good lines are kept", () => {
  const read = (text: string) => decodeTracerSamples(utf8.encode(text));
  for (const [from, to] of [
    ["0600", "0675"],
    ["09 18 2330", "13 18 2330"],
    ["40.38  -80.63   17.25", "99.38  -80.63   17.25"],
    ["17.25", "much"],
    ["17.25  306", ""],
  ] as const) {
    const { items, problems } = read(made.replace(from, to));
    assert.equal(items.length, 2, to);
    assert.deepEqual(
      problems.map(({ code, line }) => [code, line]),
      [["datem.row", 4]],
    );
  }
  assert.deepEqual(
    read("").problems.map(({ code }) => code),
    ["datem.empty"],
  );
});

fuzzDecoder("decodeTracerSamples", (bytes) => decodeTracerSamples(bytes), [utf8.encode(made)]);
