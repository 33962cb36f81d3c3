import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Channel, epoch, hasPlace, ProblemList } from "@harken/core";
import { displacementResponse, instrumentResponse, modulus } from "@harken/signal";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { sectionLines } from "../lines.ts";
import { readResponseSection } from "./decode.ts";
import { writeResponseSection } from "./encode.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function read(text: string | Uint8Array) {
  const bytes = typeof text === "string" ? bytesOf(text) : text;
  const problems = new ProblemList();
  const channels: Channel[] = [];
  readResponseSection(sectionLines(bytes, { start: 0, end: bytes.length, line: 1 }), channels, problems);
  return { channels, problems: problems.list() };
}

/** A short-period seismometer of 1 Hz and 0.7 damping, 100 V/(m/s), 24 bits. Columns as in the specification. */
const shortPeriod = `CAL2 ARA0  SHZ 00   GS-13   1.59154943e-02   0.500    40.00000 1999/12/30 00:00 2005/06/07 08:09
 (a comment)
DIG2  2  1.00000000e+05  1000.00000 a digitiser
PAZ2  1 V  1.00000000e-07               2   3 GS-13
 -4.44288294e+00  4.44288294e+00
 -4.44288294e+00 -4.44288294e+00
  0.00000000e+00  0.00000000e+00
  0.00000000e+00  0.00000000e+00
  0.00000000e+00  0.00000000e+00
FIR2  3   1.00e+00   25    0.006 C    3 a filter
  1.00000000e-01  1.50000000e-01  2.50000000e-01
`;

test("stages in the order of their numbers make the counts of one nm", () => {
  const { channels } = read(shortPeriod);
  const [channel] = channels;
  assert.deepEqual(channel?.id, { network: "", station: "ARA0", location: "00", channel: "SHZ" });
  assert.equal(hasPlace(channel), false);
  assert.deepEqual([channel.startTime, channel.endTime], [epoch(1999, 12, 30), epoch(2005, 6, 7, 8, 9)]);
  assert.deepEqual([channel.calibNmPerCount, channel.calperSec, channel.sampleRateHz], [1.59154943e-2, 0.5, 40]);
  assert.equal(channel.instrument, "GS-13");
  const { stages } = channel.response!;
  assert.deepEqual(
    stages.map(({ kind, inputUnit, outputUnit }) => `${kind} ${inputUnit} ${outputUnit}`),
    ["paz nm V", "gain V counts", "fir counts counts"],
  );
  const fir = stages[2];
  assert.ok(fir?.kind === "fir");
  assert.deepEqual(fir.coefficients, [0.1, 0.15, 0.25, 0.25, 0.15, 0.1]);
  assert.deepEqual([fir.inputRateHz, fir.decimation, fir.correctionSec], [1000, 25, 0.006]);
  // Above its natural frequency: 100 V/(m/s) times 1e5 counts/V, or 1e-2 counts/(nm/s).
  const counts = modulus(displacementResponse(channel, 8)!);
  assert.ok(Math.abs(counts / (0.01 * 2 * Math.PI * 8) - 1) < 0.02, `${counts}`);
});

test("FAP2 and GEN2: tables and corner frequencies", () => {
  const table = "  1.00000 1.00000000e+00   90\n 10.00000 5.00000000e+00   45\n";
  const fap = read(
    `CAL2 AAA   SHZ      S-13    1.00000000e+00   1.000    20.00000\nFAP2  1 V    0    0.000   2 table\n${table}`,
  );
  const { response } = fap.channels[0]!;
  assert.ok(Math.abs(modulus(instrumentResponse(response!, 5.5)!) - 3) < 1e-9);
  // Flat to velocity above 1 Hz, third order in displacement below: 60 dB per decade, then 20.
  const generic = read(
    "CAL2 AAA   SHZ      S-13    1.00000000e+00   0.100    20.00000\nGEN2  1 C  2.00000000e+00   0.100    0    0.000   2 generic\n     0.00000  60.00\n     1.00000  20.00\n",
  );
  const at = (frequency: number) => modulus(instrumentResponse(generic.channels[0]!.response!, frequency)!);
  assert.ok(Math.abs(at(10) - 2) < 0.01);
  assert.ok(Math.abs(at(1) / 0.2 - 1) < 0.01);
  assert.ok(Math.abs(at(0.1) / 2e-4 - 1) < 0.01);
});

test("pressure channels are counts per Pa", () => {
  const { channels } = read(
    "CAL2 I22A  BDF      MB2000  2.00000000e+01   1.000    20.00000\nPAZ2  1 V  1.00000000e-07               0   0 MB2000\nDIG2  2  5.00000000e+05    20.00000\n",
  );
  const { response, calibNmPerCount } = channels[0]!;
  assert.equal(response?.inputUnit, "Pa");
  assert.ok(Math.abs(modulus(instrumentResponse(response, 1)!) - 5e4) < 1e-6);
  assert.equal(calibNmPerCount, 2e-5);
});

test("bad lines, short stages and contradicting calibrations are told", () => {
  const codes = (text: string) => read(text).problems.map(({ code }) => code);
  assert.deepEqual(codes("CAL2 AAA SHZ\n"), ["ims.bad-cal2"]);
  assert.deepEqual(codes(shortPeriod.replace("PAZ2  1 V", "PAZ2  1 Q")), [
    "ims.bad-stage",
    "ims.calibration-contradicts",
  ]);
  assert.deepEqual(codes(shortPeriod.replace("   2   3 GS", "   2   9 GS")).slice(0, 1), ["ims.short-stage"]);
  assert.deepEqual(codes(shortPeriod.replace("0.00000000e+00  0.0", "zero  0.0")).slice(0, 1), [
    "ims.bad-stage-number",
  ]);
  assert.deepEqual(codes(shortPeriod.replace("1.59154943e-02", "9.00000000e-01")), ["ims.calibration-contradicts"]);
});

referenceTest(
  "the stored responses of the Eskdalemuir array agree with their calibrations",
  ["waveforms/ims-arrays/channels/tmp.ims"],
  (_t, [path]) => {
    const { channels, problems } = read(readFileSync(path!));
    assert.deepEqual(problems, []);
    assert.equal(channels.length, 27);
    for (const channel of channels) {
      const counts = modulus(displacementResponse(channel, 1 / channel.calperSec!)!);
      assert.ok(Math.abs(counts * channel.calibNmPerCount! - 1) < 1e-3);
      assert.match(channel.instrument, /^(CMG-3|Mod-50)/);
      assert.equal(channel.startTime, epoch(2013, 9, 8));
    }
  },
);

referenceTest(
  "the response in the specification's appendix: every stage is read",
  ["formats/ims/IDC-3.4.1Rev1-appendixA-exact-columns.txt"],
  (_t, [path]) => {
    const whole = readFileSync(path!, "utf8");
    const text = whole
      .slice(whole.indexOf("DATA_TYPE RESPONSE"), whole.indexOf("DATA_TYPE RSR"))
      .split("\n")
      .slice(1, -2)
      .map((line) => line.slice(9))
      .join("\n");
    const [channel] = read(text).channels;
    assert.equal(channel?.id.station, "MIAR");
    assert.deepEqual([channel.calibNmPerCount, channel.calperSec], [4.11, 16]);
    assert.deepEqual(
      channel.response?.stages.map((stage) =>
        stage.kind === "fir" ? [stage.inputRateHz, stage.coefficients.length] : stage.kind,
      ),
      ["paz", "gain", [5120, 60], [320, 44]],
    );
  },
);

const complex = fc.record({ re: fc.integer({ min: -500, max: -1 }), im: fc.integer({ min: -500, max: 500 }) });
const channelsWithStages: fc.Arbitrary<Channel> = fc
  .record({
    inputUnit: fc.constantFrom("nm" as const, "m/s" as const, "m" as const, "m/s**2" as const, "Pa" as const),
    poles: fc.array(complex, { maxLength: 5 }),
    zeros: fc.array(complex, { maxLength: 3 }),
    gain: fc.double({ min: 1, max: 5e3, noNaN: true }),
    digitiser: fc.integer({ min: 1_000, max: 5_000_000 }),
    coefficients: fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 12 }),
    calper: fc.constantFrom(1, 0.5, 20),
  })
  .map(({ inputUnit, poles, zeros, gain, digitiser, coefficients, calper }) => ({
    id: { network: "", station: "ARA0", location: "", channel: inputUnit === "Pa" ? "BDF" : "BHZ" },
    startTime: epoch(2001, 2, 3),
    endTime: null,
    latitudeDeg: -999,
    longitudeDeg: -999,
    elevationKm: 0,
    depthKm: 0,
    hangDeg: -1,
    vangDeg: 0,
    sampleRateHz: 200,
    instrument: "STS-2",
    calibNmPerCount: null,
    calperSec: null,
    response: {
      stages: [
        {
          ...({ kind: "paz", domain: "laplace", inputUnit, outputUnit: "V", poles, zeros } as const),
          ...{ normalization: 2, gain, gainFrequencyHz: 1 },
        },
        { kind: "gain", inputUnit: "V", outputUnit: "counts", gain: digitiser },
        {
          ...({ kind: "fir", inputUnit: "counts", outputUnit: "counts", coefficients, inputRateHz: 200 } as const),
          ...{ decimation: 5, correctionSec: 0.125, gain: 1 },
        },
      ],
      sensitivity: null,
      sensitivityFrequencyHz: 1 / calper,
      inputUnit,
    },
  }));

test("a response that is written has the same effect when it is read back", () => {
  fc.assert(
    fc.property(channelsWithStages, (channel) => {
      const lines = writeResponseSection([channel]);
      assert.ok(lines.every((line) => line.length <= 96));
      const { channels, problems } = read(lines.join("\n"));
      assert.deepEqual(problems, []);
      const [back] = channels;
      assert.deepEqual([back?.startTime, back?.instrument, back?.sampleRateHz], [channel.startTime, "STS-2", 200]);
      for (const frequency of [0.1, 1, 7]) {
        const of = (c: Channel) =>
          channel.id.channel === "BDF"
            ? instrumentResponse(c.response!, frequency)!
            : displacementResponse(c, frequency)!;
        const [a, b] = [of(channel), of(back!)];
        assert.ok(Math.hypot(a.re - b.re, a.im - b.im) < 1e-6 * modulus(a), `${modulus(a)} ${modulus(b)}`);
      }
    }),
  );
});

fuzzDecoder("readResponseSection", read, [bytesOf(shortPeriod), bytesOf(shortPeriod + shortPeriod)], ({ channels }) => {
  for (const { response, calibNmPerCount } of channels)
    assert.ok(!/null/.test(JSON.stringify([response?.stages ?? [], calibNmPerCount])));
});
