import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Channel, type Complex, epoch, hasPlace, NO_PLACE_DEG } from "@harken/core";
import { displacementResponse, modulus } from "@harken/signal";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { readWith } from "../read.ts";
import { decodeSacPoleZero } from "./decode.ts";
import { encodeSacPoleZero } from "./encode.ts";
import { channelOfFileName } from "./fileName.ts";
import { sacPoleZero } from "./format.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const decode = (text: string, name = "") => decodeSacPoleZero(bytesOf(text), name);

/** IC.BJT.00.BHE as the IRIS web service gave it. */
const annotated = `* **********************************
* NETWORK   (KNETWK): IC
* STATION    (KSTNM): BJT
* LOCATION   (KHOLE): 00
* CHANNEL   (KCMPNM): BHE
* CREATED           : 2016-11-21T23:29:36
* START             : 1999-02-10T00:00:00
* END               : 2599-12-31T23:59:59
* DESCRIPTION       : Baijiatuan, Beijing, China
* LATITUDE          : 40.018300
* LONGITUDE         : 116.167900
* ELEVATION         : 137.0
* DEPTH             : 60.0
* DIP               : 90.0
* AZIMUTH           : 88.0
* SAMPLE RATE       : 20.0
* INPUT UNIT        : M
* OUTPUT UNIT       : COUNTS
* INSTTYPE          : Streckeisen STS-1H/VBB Seismometer
* INSTGAIN          : 2.981000e+03 (M/S)
* COMMENT           :
* SENSITIVITY       : 1.250320e+09 (M/S)
* A0                : 3.948580e+03
* **********************************
ZEROS	3
	+0.000000e+00	+0.000000e+00
	+0.000000e+00	+0.000000e+00
	+0.000000e+00	+0.000000e+00
POLES	4
	-1.234000e-02	+1.234000e-02
	-1.234000e-02	-1.234000e-02
	-3.918000e+01	+4.912000e+01
	-3.918000e+01	-4.912000e+01
CONSTANT	4.936989e+12
`;

test("the header of an annotated file becomes the channel, its poles and zeros the response to displacement", () => {
  const { items, problems, consumed } = decode(annotated);
  const [channel] = items;
  assert.deepEqual(problems, []);
  assert.equal(consumed, bytesOf(annotated).length);
  assert.deepEqual(channel?.id, { network: "IC", station: "BJT", location: "00", channel: "BHE" });
  assert.equal(channel.startTime, epoch(1999, 2, 10));
  assert.equal(channel.endTime, null);
  assert.equal(channel.latitudeDeg, 40.0183);
  assert.equal(channel.longitudeDeg, 116.1679);
  // Surface 197 m: the sensor stands at 137 m, 60 m below it.
  assert.deepEqual([channel.elevationKm, channel.depthKm], [0.197, 0.06]);
  assert.deepEqual([channel.hangDeg, channel.vangDeg], [88, 90]);
  assert.equal(channel.sampleRateHz, 20);
  assert.equal(channel.instrument, "Streckeisen STS-1H/VBB Seismometer");
  // Flat to velocity: counts per nm are 2 pi f times the stated sensitivity.
  for (const frequency of [0.05, 0.1, 1]) {
    const expected = 2 * Math.PI * frequency * 1.25032;
    assert.ok(Math.abs(modulus(displacementResponse(channel, frequency)!) / expected - 1) < 0.01);
  }
});

test("verticals in both ways to count DIP", () => {
  const orientation = (channel: string, dip: number) => {
    const [item] = decode(annotated.replace("BHE", channel).replace("DIP               : 90.0", `DIP : ${dip}`)).items;
    return [item?.hangDeg, item?.vangDeg];
  };
  assert.deepEqual(orientation("BHZ", 0), [-1, 0]);
  assert.deepEqual(orientation("BHZ", -90), [-1, 0]);
  assert.deepEqual(orientation("BHZ", 90), [-1, 180]);
  assert.deepEqual(orientation("BHZ", 180), [-1, 180]);
  assert.deepEqual(orientation("BH1", 0), [88, 90]);
  assert.deepEqual(orientation("BH1", 90), [88, 90]);
  assert.deepEqual(orientation("BHU", 35), [88, 35]);
});

test("a bare file is named by its file name; roots that are not written stand at the origin", () => {
  const bare = "ZEROS 3\nPOLES 2\n-0.037 0.037\n-0.037 -0.037\nCONSTANT 1.5e9\n";
  const [channel] = decode(bare, "SAC_PZs_IU_ANMO_BHZ_00_2000.293.00.00.00.0000_2599.365.23.59.59.99999").items;
  assert.deepEqual(channel?.id, { network: "IU", station: "ANMO", location: "00", channel: "BHZ" });
  assert.equal(hasPlace(channel), false);
  assert.equal(channel.latitudeDeg, NO_PLACE_DEG);
  const stage = channel.response?.stages[0];
  assert.ok(stage?.kind === "paz");
  assert.equal(stage.zeros.length, 3);
  assert.equal(decode(bare, "notes.txt").items.length, 0);
  assert.equal(decode(bare, "notes.txt").problems[0]?.code, "sacpz.no-channel");
});

test("file names", () => {
  const id = (name: string) => Object.values(channelOfFileName(name) ?? {}).join(" ");
  assert.equal(id("SAC_PZs_TA_A04A_BHZ__2004.258.00.00.00.0000_2599.365.23.59.59.99999"), "TA A04A  BHZ");
  assert.equal(id("SAC_PZs_IU_COLA_BHE_10"), "IU COLA 10 BHE");
  assert.equal(id("SACPZ.IC.BJT.00.BH1"), "IC BJT 00 BH1");
  assert.equal(id("SACPZ.IM.YKR1.--.SHZ"), "IM YKR1  SHZ");
  assert.equal(id("NO.ARA0..SHZ.pz"), "NO ARA0  SHZ");
  assert.equal(id("ARCES-SHZ.paz"), " ARCES  SHZ");
  assert.equal(id("readme.txt"), "");
});

test("several epochs follow each other, each with its own header; a file of two bare blocks is two channels", () => {
  const second = annotated.replace("1999-02-10", "2010-10-19").replace("CONSTANT	4.9", "CONSTANT	2.4");
  const { items, problems } = decode(`${annotated}\n\n${second}`);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    items.map(({ startTime }) => startTime),
    [epoch(1999, 2, 10), epoch(2010, 10, 19)],
  );
  const bare = "CONSTANT 1e9\nZEROS 3\nPOLES 0\n";
  assert.equal(decode(bare + bare, "SACPZ.XX.AAA..BHZ").items.length, 2);
});

test("a response normalised to 1 at 1 Hz tells a shape, no counts", () => {
  const shape = "POLES 2\n-4.71239 4.15593\n-4.71239 -4.15593\nZEROS 3\n0 0\n0 0\n0 0\nCONSTANT 2.387320e-1\n";
  const { items, problems } = decode(shape, "ARCES-SHZ.paz");
  assert.equal(problems[0]?.code, "sacpz.shape-only");
  assert.equal(items[0]?.response?.inputUnit, "unknown");
});

test("wrong counts, roots and constants are told", () => {
  const codes = (text: string) => decode(text, "SACPZ.XX.AAA..BHZ").problems.map(({ code }) => code);
  assert.deepEqual(codes("ZEROS 1e9\n0 0\nCONSTANT 1e9"), ["sacpz.bad-count", "sacpz.stray-line"]);
  assert.deepEqual(codes("ZEROS 2\nx y\nCONSTANT 1e9"), ["sacpz.bad-root"]);
  assert.deepEqual(codes("ZEROS 3\nCONSTANT zero"), ["sacpz.bad-constant", "sacpz.shape-only"]);
  assert.deepEqual(codes("hello"), ["sacpz.stray-line"]);
  assert.deepEqual(codes(""), ["sacpz.empty"]);
});

const complex: fc.Arbitrary<Complex> = fc
  .record({ re: fc.float({ min: -1e4, max: 1e4, noNaN: true }), im: fc.float({ min: -1e4, max: 1e4, noNaN: true }) })
  .map(({ re, im }) => ({ re: re + 0, im: im + 0 }));
const code = (min: number, max: number) =>
  fc.stringMatching(new RegExp(`^[A-Z0-9]{${min},${max}}$`)).filter((text) => text.length >= min);
const seconds = fc.integer({ min: 0, max: 4e9 });
const metres = (max: number) => fc.integer({ min: -max, max }).map((m) => m / 1000);

const channels: fc.Arbitrary<Channel> = fc
  .record({
    id: fc.record({ network: code(0, 2), station: code(1, 5), location: code(0, 2), channel: code(3, 3) }),
    startTime: fc.option(seconds),
    endTime: fc.option(seconds),
    latitudeDeg: fc.integer({ min: -90e4, max: 90e4 }).map((d) => d / 1e4),
    longitudeDeg: fc.integer({ min: -180e4, max: 180e4 }).map((d) => d / 1e4),
    elevationKm: metres(5_000),
    depthKm: metres(5_000),
    hangDeg: fc.integer({ min: 0, max: 359 }),
    vangDeg: fc.integer({ min: 1, max: 89 }),
    sampleRateHz: fc.option(fc.integer({ min: 1, max: 200 })),
    instrument: fc.constantFrom("STS-2", "", "GS-13 : short period (vertical)"),
    zeros: fc.array(complex, { maxLength: 6 }),
    poles: fc.array(complex, { maxLength: 6 }),
    gain: fc.double({ min: 1e3, max: 1e20, noNaN: true }),
    inputUnit: fc.constantFrom("m" as const, "Pa" as const),
  })
  .map(({ id, zeros, poles, gain, inputUnit, ...rest }) => ({
    ...rest,
    id: { ...id },
    calibNmPerCount: null,
    calperSec: null,
    response: {
      stages: [
        {
          kind: "paz",
          domain: "laplace",
          inputUnit,
          outputUnit: "counts",
          poles,
          zeros,
          normalization: 1,
          gain,
          gainFrequencyHz: 1,
        },
      ],
      sensitivity: null,
      sensitivityFrequencyHz: null,
      inputUnit,
    },
  }));

test("what is written reads back the same", () => {
  fc.assert(
    fc.property(fc.array(channels, { minLength: 1, maxLength: 4 }), (list) => {
      const { items, problems } = decode(encodeSacPoleZero(list));
      assert.deepEqual(problems, []);
      assert.deepEqual(items, list);
    }),
  );
});

test("stages of a velocity sensor are written as one displacement response", () => {
  const [channel] = decode(annotated).items;
  const inputUnit = "m/s";
  const poles = [-0.037, 0.037].map((im) => ({ re: -0.037, im }));
  const sensor = { kind: "paz", domain: "laplace", inputUnit, outputUnit: "V", poles, normalization: 1 } as const;
  const original: Channel = {
    ...channel!,
    response: {
      stages: [
        { ...sensor, zeros: poles.map(() => ({ re: 0, im: 0 })), gain: 1500, gainFrequencyHz: 1 },
        { kind: "gain", inputUnit: "V", outputUnit: "counts", gain: 4e5 },
      ],
      sensitivity: 6e8,
      sensitivityFrequencyHz: 1,
      inputUnit,
    },
  };
  const [back] = decode(encodeSacPoleZero([original])).items;
  for (const frequency of [0.003, 0.1, 5]) {
    const [a, b] = [displacementResponse(original, frequency)!, displacementResponse(back!, frequency)!];
    assert.ok(Math.hypot(a.re - b.re, a.im - b.im) < 1e-9 * modulus(a));
  }
});

referenceTest(
  "138 responses of the DPRK stations agree with the sensitivity in their headers",
  ["waveforms/dprk-2009-2016"],
  (_t, [root]) => {
    let count = 0;
    for (const folder of readdirSync(root!, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
      for (const file of readdirSync(`${root}/${folder.name}`).filter((name) => name.startsWith("SACPZ"))) {
        const bytes = readFileSync(`${root}/${folder.name}/${file}`);
        const { channels, problems, format } = readWith([sacPoleZero], bytes, file);
        assert.deepEqual([format, problems], ["sacpz", []]);
        const [channel] = channels;
        assert.ok(channel && channels.length === 1);
        assert.equal(`SACPZ.${Object.values(channel.id).join(".")}`, file);
        const sensitivity = Number(/SENSITIVITY\s*:\s*(\S+)/.exec(bytes.toString())?.[1]);
        // Where the networks state their sensitivities.
        const frequency = channel.id.network === "II" ? 0.05 : 0.02;
        const counts = modulus(displacementResponse(channel, frequency)!);
        const ratio = counts / (2 * Math.PI * frequency * sensitivity * 1e-9);
        assert.ok(Math.abs(ratio - 1) < 0.01, `${file}: ${ratio}`);
        assert.equal(channel.vangDeg % 180 === 0, channel.id.channel.endsWith("Z"));
        assert.equal(channel.hangDeg === -1, channel.id.channel.endsWith("Z"));
        count++;
      }
    assert.equal(count, 138);
  },
);

fuzzDecoder(
  "decodeSacPoleZero",
  (bytes) => decodeSacPoleZero(bytes, "SACPZ.XX.AAA..BHZ"),
  [bytesOf(annotated), bytesOf(`${annotated}\n\n${annotated}`), bytesOf("CONSTANT 1e9\nZEROS 3\nPOLES 1\n-1 2\n")],
  ({ items }) => {
    for (const { latitudeDeg, elevationKm, response } of items)
      assert.ok(Number.isFinite(latitudeDeg) && Number.isFinite(elevationKm) && response !== null);
  },
);
