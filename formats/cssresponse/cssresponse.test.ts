import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Channel, hasPlace } from "@harken/core";
import { displacementResponse, instrumentResponse, modulus } from "@harken/signal";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { readFile } from "../formats.ts";
import { mergeChannels } from "../mergeChannels.ts";
import { decodeCssResponse } from "./decode.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

const file = `# a comment
theoretical 2 digitizer fir author
40.0
3
0.25 0
0.5 0
0.25 0
0
theoretical 1 instrument paz
0.5
2
-4.4 4.4 0 0
-4.4 -4.4 0 0
1
0 0 0 0
`;

test("groups in their order: poles and zeros, then the filter", () => {
  const { items, problems } = decodeCssResponse(bytesOf(file), "ABC-SHZ.resp");
  assert.deepEqual(problems, []);
  const [channel] = items;
  assert.deepEqual([channel?.id.station, channel?.id.channel], ["ABC", "SHZ"]);
  assert.equal(hasPlace(channel!), false);
  const [paz, fir] = channel!.response!.stages;
  assert.ok(paz?.kind === "paz" && fir?.kind === "fir");
  assert.deepEqual([paz.normalization, paz.poles.length, paz.zeros.length], [0.5, 2, 1]);
  assert.deepEqual([fir.inputRateHz, fir.coefficients], [40, [0.25, 0.5, 0.25]]);
});

test("missing rows, unknown kinds and files without a channel's name are told", () => {
  const codes = (text: string, name = "ABC-SHZ.paz") =>
    decodeCssResponse(bytesOf(text), name).problems.map(({ code }) => code);
  assert.deepEqual(codes(file.replace("\n2\n", "\n9\n")), ["css.response-bad-group"]);
  assert.deepEqual(codes(file.replace(" paz", " pazfir")), ["css.response-bad-group"]);
  assert.deepEqual(codes(file.replace("0.25 0", "quarter 0")), ["css.response-bad-row", "css.response-bad-group"]);
  assert.deepEqual(codes(file, "file"), ["css.response-without-channel"]);
});

referenceTest(
  "stored tables of IMS arrays: normalised near 1 Hz, and scaled by a calibration",
  ["waveforms/ims-arrays/responses"],
  (_t, [root]) => {
    const files = readdirSync(root!).filter((name) => name.endsWith(".fap"));
    assert.equal(files.length, 9);
    for (const name of files) {
      const { format, channels, problems } = readFile(readFileSync(`${root}/${name}`), name);
      assert.deepEqual([format, problems], ["cssresponse", []], name);
      const [shape] = channels;
      assert.equal(shape?.id.station, name.split("-")[0]);
      assert.ok(Math.abs(modulus(instrumentResponse(shape.response!, 1)!) - 1) < 0.01, name);
      // With a calibration of 0.02 nm per count at 1 s from elsewhere.
      const placed: Channel = {
        ...shape,
        latitudeDeg: 1,
        longitudeDeg: 2,
        response: null,
        calibNmPerCount: 0.02,
        calperSec: 1,
      };
      const [channel, ...others] = mergeChannels([placed, shape]);
      assert.equal(others.length, 0);
      assert.ok(Math.abs(modulus(displacementResponse(channel!, 1)!) - 50) < 1e-6);
      // These seismometers lose more than a decade of displacement per octave and a half below 1 Hz.
      assert.ok(modulus(displacementResponse(channel!, 0.3)!) < 5);
    }
  },
);

fuzzDecoder(
  "decodeCssResponse",
  (bytes) => decodeCssResponse(bytes, "ABC-SHZ.fap"),
  [bytesOf(file), bytesOf("theoretical 0 instrument fap\n2\n0.1 0.2 90 0 0\n1 1 45 0 0\n")],
  ({ items }) => {
    for (const { response } of items) assert.ok(!JSON.stringify(response?.stages).includes("null"));
  },
);
