import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { type Channel, defaultLimits, parseTime, type WaveformSegment } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { ims } from "./format.ts";
import { parseSta2, parseWid2 } from "./header.ts";
import { decodeImsMessages } from "./message.ts";
import { decodeImsWaveforms } from "./waveform.ts";
import { writeImsWaveform } from "./writeWaveform.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array, limits = defaultLimits) =>
  decodeImsWaveforms(bytes, decodeImsMessages(bytes).items, limits);
const codes = ({ problems }: { problems: readonly { code: string }[] }) => problems.map(({ code }) => code);

const id = { network: "XX", station: "AAA1", location: "b2", channel: "SHZ" };
const channel: Channel = {
  id,
  startTime: null,
  endTime: null,
  latitudeDeg: -12.34567,
  longitudeDeg: -123.45678,
  elevationKm: 1.234,
  depthKm: 0.012,
  hangDeg: 45,
  vangDeg: 90,
  sampleRateHz: 40,
  instrument: "STS-2",
  calibNmPerCount: 0.0123,
  calperSec: 1,
  response: null,
};
const segment = (values: readonly number[], startTime = 1_000_000_000.125): WaveformSegment => ({
  channel: id,
  startTime,
  sampleRateHz: 40,
  samples: Int32Array.from(values),
  calibNmPerCount: 0.0123,
  calperSec: 1,
});

test("what is written comes back: samples, times, channels", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 90 }), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.constantFrom("CM6" as const, "CM8" as const, "INT" as const),
      fc.integer({ min: 0, max: 2e12 }),
      (traces, format, milliseconds) => {
        const segments = traces.map((values, i) => segment(values, milliseconds / 1000 + i * 100));
        const bytes = writeImsWaveform(segments, { format, messageId: "4711", source: "NDC", channels: [channel] });
        const { items } = decodeImsMessages(bytes);
        assert.deepEqual([items.length, items[0]?.id, items[0]?.source], [1, "4711", "NDC"]);
        const back = decode(bytes);
        assert.deepEqual(back.problems, []);
        assert.deepEqual(back.channels, [channel]);
        assert.equal(back.segments.length, segments.length);
        back.segments.forEach((piece, i) => {
          assert.deepEqual({ ...piece, startTime: 0 }, { ...segments[i], startTime: 0 });
          assert.ok(Math.abs(piece.startTime - segments[i]!.startTime) < 1e-6);
        });
      },
    ),
  );
});

test("a line of samples that spells the name of a block is samples", () => {
  // Twice met in real files: the line of compressed samples begins with CHK2.
  const text =
    "WID2 2009/05/18 06:47:20.255 RNHA  EHN      CM6        7  200.000000   9.49e-02   1.000 M24     -1.0  0.0\nDAT2\nCHK2STO\n";
  const { segments, problems } = decode(bytesOf(`${text}CHK2 140\n`));
  assert.deepEqual(problems, []);
  // C, H, K, 2, S, T, O are the second differences 14, -3, -6, 4, -14, -15, -10.
  assert.deepEqual([...segments[0]!.samples], [14, 25, 30, 39, 34, 14, -16]);
});

test("written columns are those of the format's table", () => {
  const lines = new TextDecoder()
    .decode(writeImsWaveform([segment([1, 2])], { format: "INT", messageId: "1", channels: [channel] }))
    .split("\n");
  assert.deepEqual(lines, [
    "BEGIN IMS2.0",
    "MSG_TYPE DATA",
    "MSG_ID 1",
    "DATA_TYPE WAVEFORM IMS2.0:INT",
    "WID2 2001/09/09 01:46:40.125 AAA1  SHZ b2   INT        2   40.000000 1.2300e-02   1.000 STS-2   45.0 90.0",
    "STA2 XX        -12.34567 -123.45678 WGS-84       1.234 0.012",
    "DAT2",
    "1 2",
    "CHK2        3",
    "STOP",
    "",
  ]);
});

test("what the columns cannot hold is refused in words", () => {
  const write = (piece: WaveformSegment) => writeImsWaveform([piece], { format: "CM6", messageId: "1" });
  assert.throws(() => write({ ...segment([1]), channel: { ...id, station: "TOOLONG" } }), /station code "TOOLONG"/);
  assert.throws(() => write({ ...segment([1]), samples: Float32Array.of(0.5) }), /32-bit integers/);
});

test("headers as real writers set them", () => {
  const slipped = parseWid2(
    "WID2 1996/10/15 09:54:00.000 ARCES  scc      CM6     1200   20.000000   2.70e-01  1.0000 S-13   -1.0  0.0",
  );
  assert.deepEqual(
    [slipped?.station, slipped?.channel, slipped?.sampleCount, slipped?.instrument],
    ["ARCES", "scc", 1200, "S-13"],
  );
  const blank = parseWid2(
    "WID2 1990/04/07 00:07:33.000 BBOA  CPZ      INT     6784   50.000000  3.13e-001   0.000          0.0  0.0",
  );
  assert.deepEqual([blank?.calibNmPerCount, blank?.calperSec, blank?.instrument, blank?.hangDeg], [0.313, null, "", 0]);
  assert.deepEqual(parseSta2("STA2 ABCD       37.12345   12.12345 WGS-84       -290.000 0.000"), {
    network: "ABCD",
    latitudeDeg: 37.12345,
    longitudeDeg: 12.12345,
    elevationKm: null,
    depthKm: 0,
  });
  assert.equal(parseSta2("STA2           -999.0000 -999.00000              -.999 -.999"), null);
  assert.deepEqual(parseSta2("STA2 NET 12.5 -7.25 WGS-84 0.3 0.0")?.longitudeDeg, -7.25);
});

test("GSE1: the older header, packed and plain", () => {
  const text = `WID1  2003323 01 16 59 990        3 LE0083 M88-SCAL  z 124.9999924 NOTYPE INTV 0
16.0000001 1.0000    0.5000    0.0000    0.0000 -999.0000   -1.00   -1.00   -1.0
DAT1
5 -6 7
CHK1 -6
`;
  const { segments, problems } = decode(bytesOf(text));
  assert.deepEqual(problems, []);
  assert.equal(segments[0]?.startTime, parseTime("2003-11-19T01:16:59.990Z"));
  assert.equal(segments[0]?.channel.channel, "z");
  assert.ok(Math.abs(segments[0]!.sampleRateHz - 124.9999924) < 1e-9);
  assert.deepEqual([...segments[0]!.samples], [5, -6, 7]);
});

const wid = (count: number) =>
  `WID2 2019/02/14 18:30:00.000 KUR01 BHZ      INT ${String(count).padStart(8)}   40.000000   5.30e-03   0.333 CMG-3V  -1.0  0.0\n`;

test("too few, too many, foreign and wrongly summed samples keep their good part", () => {
  const few = decode(bytesOf(`${wid(4)}DAT2\n1 2 3\nCHK2 6\n`));
  assert.deepEqual([codes(few), [...few.segments[0]!.samples]], [["ims.samples-missing"], [1, 2, 3]]);
  const many = decode(bytesOf(`${wid(2)}DAT2\n1 2\n3\nCHK2 3\n`));
  assert.deepEqual([codes(many), [...many.segments[0]!.samples]], [["ims.samples-overrun"], [1, 2]]);
  const foreign = decode(bytesOf(`${wid(4)}DAT2\n1 2 # 4\nCHK2 7\n`));
  assert.deepEqual(
    [codes(foreign), [...foreign.segments[0]!.samples]],
    [
      ["ims.bad-samples", "ims.checksum"],
      [1, 2],
    ],
  );
  const wrong = decode(bytesOf(`${wid(2)}DAT2\n1 2\nCHK2 4\n`));
  assert.deepEqual([codes(wrong), wrong.problems[0]?.line, wrong.segments.length], [["ims.checksum"], 4, 1]);
});

test("a block that is spoilt does not spoil the next", () => {
  const good = `${wid(2)}DAT2\n1 2\nCHK2 3\n`;
  const spoilt = [
    "WID2 nonsense\nDAT2\n1 2\nCHK2 3\n",
    `${wid(2)}CHK2 3\n`,
    "DAT2\n8 9\nCHK2 17\n",
    `${wid(5)}OUT2 2019/02/14\n`,
  ];
  for (const bad of spoilt) {
    const { segments } = decode(bytesOf(bad + good));
    assert.equal(segments.length, 1, bad);
    assert.deepEqual([...segments[0]!.samples], [1, 2]);
  }
  assert.deepEqual(codes(decode(bytesOf(spoilt[0]! + good))), ["ims.bad-header", "ims.no-header"]);
  assert.deepEqual(codes(decode(bytesOf(spoilt[3]! + good))), []);
});

test("samples beyond the limit are left out and told", () => {
  const text = `${wid(2)}DAT2\n1 2\nCHK2 3\n${wid(90_000_000)}DAT2\n1 2\nCHK2 3\n${wid(1)}DAT2\n4\nCHK2 4\n`;
  const limited = decode(bytesOf(text), { ...defaultLimits, maxSamples: 1000 });
  assert.deepEqual(codes(limited), ["ims.too-many-samples"]);
  assert.deepEqual(
    limited.segments.map(({ samples }) => samples.length),
    [2, 1],
  );
});

test("several messages in one file, and sections that are not waveforms", () => {
  const block = `${wid(2)}DAT2\n1 2\nCHK2 3\n`;
  const text = `BEGIN GSE2.1\nMSG_TYPE DATA\nMSG_ID 1\nDATA_TYPE WAVEFORM GSE2.1:INT\n${block}${block}STOP\n
BEGIN IMS1.0\nMSG_TYPE DATA\nMSG_ID 2\nDATA_TYPE ERROR_LOG IMS1.0\n WID2 is not a word\nDATA_TYPE WAVEFORM IMS1.0:INT\n${block}STOP\n`;
  const bytes = bytesOf(text);
  assert.ok(ims.sniff(bytes, "") > 0.9);
  const { segments, problems } = ims.read(bytes, "", defaultLimits);
  assert.equal(segments?.length, 3);
  assert.deepEqual(
    problems.map(({ code, line }) => [code, line]),
    [["ims.unread-section", 18]],
  );
});

test("waveforms that are not in blocks are told", () => {
  const { segments, problems } = decode(
    bytesOf("BEGIN IMS2.0\nDATA_TYPE WAVEFORM IMS2.0:MS_ST2_512\n000001D AAA\nSTOP\n"),
  );
  assert.equal(segments.length, 0);
  assert.deepEqual(
    problems.map(({ code, line }) => [code, line]),
    [["ims.no-blocks", 2]],
  );
  assert.match(problems[0]!.message, /MS_ST2_512/);
});

referenceTest(
  "KURK: CM6 and INT of the same ten seconds agree, and their checksums",
  ["formats/ims/KURK_CM6.response", "formats/ims/KURK_INT.response"],
  (_t, paths) => {
    const [packed, plain] = paths.map((path) => decode(readFileSync(path)));
    assert.deepEqual([packed?.problems, plain?.problems], [[], []]);
    assert.equal(packed?.segments.length, 2);
    assert.deepEqual(packed?.segments, plain?.segments);
    assert.deepEqual(
      packed?.segments.map(({ samples }) => samples.length),
      [400, 400],
    );
    assert.deepEqual([...packed!.segments[0]!.samples.subarray(0, 5)], [344, 320, 275, 358, 482]);
    assert.equal(packed?.segments[0]?.startTime, parseTime("2019-02-14T18:30:00Z"));
    assert.deepEqual(packed?.sites[0], {
      network: "",
      code: "KUR01",
      station: "KURK",
      name: "",
      latitudeDeg: 50.72161,
      longitudeDeg: 78.56336,
      elevationKm: 0.163,
      northKm: null,
      eastKm: null,
    });
    assert.deepEqual([packed?.channels[0]?.hangDeg, packed?.channels[0]?.instrument], [-1, "CMG-3V"]);
  },
);

referenceTest(
  "CMAR 2005-05-11: every sample that is announced decodes, and every checksum agrees",
  ["waveforms/cmar-2005-05-11/messages"],
  (_t, [folder]) => {
    const files = readdirSync(folder!).sort();
    assert.equal(files.length, 146);
    let blocks = 0;
    for (const file of files) {
      const bytes = gunzipSync(readFileSync(`${folder}/${file}`));
      const { segments, sites, problems } = decode(bytes);
      assert.deepEqual(problems, [], file);
      const text = new TextDecoder("latin1").decode(bytes);
      const announced = [...text.matchAll(/^WID2 .{43}(.{8})/gm)].map(([, count]) => Number(count));
      assert.deepEqual(
        segments.map(({ samples }) => samples.length),
        announced,
        file,
      );
      assert.ok(
        sites.every(({ station }) => station === "CMAR"),
        file,
      );
      blocks += announced.length;
    }
    assert.ok(blocks > 5000);
  },
);

const seeds = (["CM6", "CM8", "INT"] as const).map((format) =>
  writeImsWaveform([segment([1, 2, 3, 500, -70_000]), segment([9])], { format, messageId: "1", channels: [channel] }),
);
fuzzDecoder(
  "IMS waveforms",
  (bytes) => ims.read(bytes, "", { ...defaultLimits, maxSamples: 100_000 }),
  [
    ...seeds,
    bytesOf(
      `${wid(2)}DAT2\n1 2\nCHK2 3\nWID1  2003323 01 16 59 990        3 LE0083 M88-SCAL  z 124.9 NOTYPE INTV 0\n16.0\nDAT1\n5 -6 7\n`,
    ),
  ],
  ({ segments = [] }) => assert.ok(segments.reduce((sum, { samples }) => sum + samples.length, 0) <= 100_000),
);
