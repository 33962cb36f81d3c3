import assert from "node:assert/strict";
import { test } from "node:test";
import { type Channel, NO_PLACE_DEG } from "@harken/core";
import { fuzzDecoder } from "@harken/testing";
import fc from "fast-check";
import { type CalibrationResult, decodeCalibrationResults, writeCalibrationResult } from "./calibrationResult.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

const measured: Channel = {
  id: { network: "", station: "EKB", location: "", channel: "BHZ" },
  startTime: 1_772_323_200,
  endTime: null,
  latitudeDeg: NO_PLACE_DEG,
  longitudeDeg: NO_PLACE_DEG,
  elevationKm: 0,
  depthKm: 0,
  hangDeg: -1,
  vangDeg: 0,
  sampleRateHz: 40,
  instrument: "CMG-3T",
  calibNmPerCount: 0.1268,
  calperSec: 1,
  response: {
    stages: [
      {
        kind: "fap",
        inputUnit: "nm",
        outputUnit: "counts",
        frequenciesHz: [0.1, 1, 10],
        amplitudes: [0.78864, 7.8864, 70.2],
        phasesDeg: [95, 90, 61],
        gain: 1,
        gainFrequencyHz: 1,
      },
    ],
    sensitivity: null,
    sensitivityFrequencyHz: null,
    inputUnit: "nm",
  },
};
const result: CalibrationResult = {
  message: { id: "4712", source: "KAZ_NDC" },
  reference: { id: "4711", source: "CTBT_IDC" },
  time: 1_772_366_400,
  station: "EKB",
  channel: "BHZ",
  inSpec: true,
  calibNmPerCount: 0.1268,
  calperSec: 1,
  responses: [measured],
};

test("a result is written line by line as the command's description has it, and read back", () => {
  const text = writeCalibrationResult(result);
  const lines = text.split("\n");
  assert.deepEqual(lines.slice(0, 12), [
    "BEGIN IMS2.0",
    "MSG_TYPE COMMAND_RESPONSE",
    "MSG_ID 4712 KAZ_NDC",
    "REF_ID 4711 CTBT_IDC",
    "CALIBRATE_RESULT",
    "TIME_STAMP 2026/03/01 12:00:00.000",
    "STA_LIST EKB",
    "CHAN_LIST BHZ",
    "IN_SPEC YES",
    "CALIB 1.26800000E-1",
    "CALPER 1.000",
    "DATA_TYPE RESPONSE IMS2.0",
  ]);
  assert.match(lines[12]!, /^CAL2 EKB/);
  assert.equal(lines.at(-2), "STOP");
  const { items, problems } = decodeCalibrationResults(bytesOf(text));
  assert.deepEqual(problems, []);
  const { responses, ...others } = items[0]!;
  const { responses: _, ...expected } = result;
  assert.deepEqual(others, expected);
  assert.equal(responses.length, 1);
  assert.deepEqual(responses[0]!.id, measured.id);
  const [stage] = responses[0]!.response!.stages;
  assert.ok(
    stage?.kind === "fap" && stage.frequenciesHz.length === 3 && Math.abs(stage.amplitudes[1]! - 7.8864) < 1e-4,
  );
});

test("what is not told is null, other messages are passed over, a result without a channel is named and left out", () => {
  const words = (...lines: string[]) =>
    decodeCalibrationResults(
      bytesOf(["BEGIN IMS2.0", "MSG_TYPE COMMAND_RESPONSE", "MSG_ID 1 A", ...lines, "STOP", ""].join("\n")),
    );
  const bare = words("CALIBRATE_RESULT", "STA_LIST EKB", "CHAN_LIST BHZ").items[0]!;
  assert.deepEqual(
    [bare.time, bare.inSpec, bare.calibNmPerCount, bare.calperSec, bare.reference, bare.responses],
    [null, null, null, null, null, []],
  );
  assert.equal(words("CALIBRATE_RESULT", "STA_LIST E", "CHAN_LIST B", "in_spec no").items[0]!.inSpec, false);
  assert.deepEqual(words("CALIBRATE_CONFIRM", "STA_LIST EKB", "CHAN_LIST BHZ").items, []);
  const nameless = words("CALIBRATE_RESULT", "STA_LIST EKB");
  assert.deepEqual(nameless.items, []);
  assert.equal(nameless.problems[0]!.code, "ims.bad-calibration-result");
  const wrong = words("CALIBRATE_RESULT", "STA_LIST E", "CHAN_LIST B", "CALIB -3", "CALPER soon");
  assert.deepEqual([wrong.items[0]!.calibNmPerCount, wrong.items[0]!.calperSec], [null, null]);
  assert.equal(wrong.problems.filter(({ code }) => code === "ims.bad-calibration-number").length, 2);
});

test("any result comes back as it was written", () => {
  const code = fc.stringMatching(/^[A-Z0-9]{1,5}$/);
  const plain = { noNullPrototype: true };
  const name = fc.record({ id: code, source: code }, plain);
  fc.assert(
    fc.property(
      fc.record(
        {
          message: name,
          reference: fc.option(name),
          time: fc.option(fc.integer({ min: 0, max: 4e9 })),
          station: code,
          channel: code,
          inSpec: fc.option(fc.boolean()),
          calibNmPerCount: fc.option(
            fc.double({ min: 1e-6, max: 1e6, noNaN: true }).map((v) => Number(v.toExponential(8))),
          ),
          calperSec: fc.option(fc.integer({ min: 1, max: 100_000 }).map((v) => v / 1000)),
          responses: fc.constant([]),
        },
        plain,
      ),
      (made) => {
        assert.deepEqual(decodeCalibrationResults(bytesOf(writeCalibrationResult(made))), {
          items: [made],
          problems: [],
          consumed: bytesOf(writeCalibrationResult(made)).length,
        });
      },
    ),
  );
});

fuzzDecoder("calibration results", decodeCalibrationResults, [bytesOf(writeCalibrationResult(result))]);
