import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { epoch, hasPlace, type InstrumentResponse } from "@harken/core";
import { instrumentResponse, modulus } from "@harken/signal";
import { fuzzDecoder, referencePath, referenceTest } from "@harken/testing";
import { readWith } from "../read.ts";
import { stationsFromRecords } from "../stations.ts";
import { decodeStationXml } from "./decode.ts";
import { stationXml } from "./format.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A station with one channel whose Response holds `response`. */
const document = (response: string, channel = "") => `<?xml version="1.0"?>
<FDSNStationXML xmlns="http://www.fdsn.org/xml/station/1" schemaVersion="1.1">
 <Source>test</Source><Created>2020-01-01T00:00:00</Created>
 <Network code="XX">
  <Station code="AAA"><Latitude>10.5</Latitude><Longitude>-20.25</Longitude><Elevation>216</Elevation>
   <Site><Name>Test &amp; tr&#248;ve</Name></Site>
   <Channel code="BHZ" locationCode="00" startDate="1990-01-02T03:04:05" endDate="2599-12-31T23:59:59">
    <Latitude>10.5</Latitude><Longitude>-20.25</Longitude><Elevation>-124</Elevation><Depth>340</Depth>
    <Azimuth>0</Azimuth><Dip>-90</Dip><SampleRate>0.33333</SampleRate>
    <SampleRateRatio><NumberSamples>1</NumberSamples><NumberSeconds>3</NumberSeconds></SampleRateRatio>
    <Sensor><Type>VBB</Type><Description>STS-1</Description></Sensor>${channel}
    <Response>${response}</Response>
   </Channel>
  </Station>
 </Network>
</FDSNStationXML>`;
const units = (input: string, output: string) =>
  `<InputUnits><Name>${input}</Name></InputUnits><OutputUnits><Name>${output}</Name></OutputUnits>`;
const gain = (value: number, frequency = 1) =>
  `<StageGain><Value>${value}</Value><Frequency>${frequency}</Frequency></StageGain>`;
const decimation = (rate: number, factor = 1) =>
  `<Decimation><InputSampleRate>${rate}</InputSampleRate><Factor>${factor}</Factor><Offset>0</Offset><Delay>0</Delay><Correction>0</Correction></Decimation>`;

function responseOf(xml: string): InstrumentResponse {
  const { channels, problems } = decodeStationXml(bytesOf(document(xml)));
  assert.deepEqual(problems, []);
  const response = channels[0]?.response;
  assert.ok(response);
  return response;
}
const at = (response: InstrumentResponse, frequency: number) => modulus(instrumentResponse(response, frequency)!);
const close = (a: number, b: number, share = 1e-9) => assert.ok(Math.abs(a - b) <= share * Math.abs(b), `${a} ${b}`);

test("the place, the times and the orientation of a channel", () => {
  const { channels, sites } = decodeStationXml(bytesOf(document("")));
  const [channel] = channels;
  assert.deepEqual(channel, {
    id: { network: "XX", station: "AAA", location: "00", channel: "BHZ" },
    startTime: epoch(1990, 1, 2, 3, 4, 5),
    endTime: null,
    latitudeDeg: 10.5,
    longitudeDeg: -20.25,
    elevationKm: 0.216,
    depthKm: 0.34,
    hangDeg: -1,
    vangDeg: 0,
    sampleRateHz: 1 / 3,
    instrument: "STS-1",
    calibNmPerCount: null,
    calperSec: null,
    response: null,
  });
  assert.equal(sites[0]?.name, "Test & trøve");
});

test("poles in Hz are poles in rad/s", () => {
  const paz = (type: string, scale: number, factor: number) =>
    responseOf(
      `<Stage number="1"><PolesZeros>${units("m/s", "V")}<PzTransferFunctionType>LAPLACE (${type})</PzTransferFunctionType>
       <NormalizationFactor>${factor}</NormalizationFactor><NormalizationFrequency>1</NormalizationFrequency>
       <Zero number="0"><Real>0</Real><Imaginary>0</Imaginary></Zero>
       <Pole number="0"><Real>${-0.7 * scale}</Real><Imaginary>${0.7 * scale}</Imaginary></Pole>
       <Pole number="1"><Real>${-0.7 * scale}</Real><Imaginary>${-0.7 * scale}</Imaginary></Pole></PolesZeros>${gain(1500)}</Stage>`,
    );
  const radians = paz("RADIANS/SECOND", 2 * Math.PI, 5 * 2 * Math.PI);
  const hertz = paz("HERTZ", 1, 5);
  for (const frequency of [0.1, 1, 10]) close(at(hertz, frequency), at(radians, frequency));
});

test("a stage normalised elsewhere has its gain where the gain is stated", () => {
  const response = responseOf(
    `<Stage number="1"><PolesZeros>${units("m/s", "V")}<PzTransferFunctionType>LAPLACE (RADIANS/SECOND)</PzTransferFunctionType>
     <NormalizationFactor>1</NormalizationFactor><NormalizationFrequency>100</NormalizationFrequency>
     <Pole number="0"><Real>-6</Real><Imaginary>0</Imaginary></Pole></PolesZeros>${gain(7, 2)}</Stage>`,
  );
  close(at(response, 2), 7);
});

test("units with prefixes are brought to metres and pascals", () => {
  const stage = (unit: string) =>
    `<Stage number="1"><Coefficients>${units(unit, "COUNTS")}<CfTransferFunctionType>DIGITAL</CfTransferFunctionType></Coefficients>${gain(2)}</Stage>`;
  for (const [name, unit, counts] of [
    ["M/S", "m/s", 2],
    ["nm/s", "m/s", 2e9],
    ["cm/s**2", "m/s**2", 200],
    ["NM", "nm", 2],
    ["mbar", "Pa", 0.02],
    ["M/S/S", "m/s**2", 2],
    ["furlong", "unknown", 2],
  ] as const) {
    const response = responseOf(stage(name));
    assert.equal(response.inputUnit, unit);
    close(at(response, 1), counts);
  }
});

test("symmetric FIR halves are written out", () => {
  const fir = (symmetry: string, values: number[]) => {
    const list = values.map((v, i) => `<NumeratorCoefficient i="${i + 1}">${v}</NumeratorCoefficient>`).join("");
    const [stage] = responseOf(
      `<Stage number="1"><FIR>${units("COUNTS", "COUNTS")}<Symmetry>${symmetry}</Symmetry>${list}</FIR>${decimation(200, 5)}${gain(1)}</Stage>`,
    ).stages;
    assert.ok(stage?.kind === "fir");
    assert.deepEqual([stage.inputRateHz, stage.decimation], [200, 5]);
    return stage.coefficients;
  };
  assert.deepEqual(fir("NONE", [1, 2, 3]), [1, 2, 3]);
  assert.deepEqual(fir("EVEN", [1, 2, 3]), [1, 2, 3, 3, 2, 1]);
  assert.deepEqual(fir("ODD", [1, 2, 3]), [1, 2, 3, 2, 1]);
});

test("a recursive filter by its coefficients has the response of its difference equation", () => {
  const b = [0.2, 0.3, 0.1];
  const a = [1, -0.5, 0.25, -0.1];
  const list = (name: string, values: number[]) =>
    values.map((v, i) => `<${name} number="${i}">${v}</${name}>`).join("");
  const response = responseOf(
    `<Stage number="1"><Coefficients>${units("COUNTS", "COUNTS")}<CfTransferFunctionType>DIGITAL</CfTransferFunctionType>
     ${list("Numerator", b)}${list("Denominator", a)}</Coefficients>${decimation(20)}${gain(3)}</Stage>`,
  );
  for (const frequency of [0.5, 2, 7]) {
    const sum = (values: number[]) => {
      const angle = (k: number) => (2 * Math.PI * frequency * k) / 20;
      return Math.hypot(
        values.reduce((s, v, k) => s + v * Math.cos(angle(k)), 0),
        values.reduce((s, v, k) => s - v * Math.sin(angle(k)), 0),
      );
    };
    close(at(response, frequency), (3 * sum(b)) / sum(a), 1e-6);
  }
});

test("an analogue filter by its coefficients is the ratio of its polynomials", () => {
  const response = responseOf(
    `<Stage number="1"><Coefficients>${units("V", "V")}<CfTransferFunctionType>ANALOG (RADIANS/SECOND)</CfTransferFunctionType>
     <Numerator>0</Numerator><Numerator>4</Numerator><Denominator>9</Denominator><Denominator>2</Denominator><Denominator>1</Denominator>
     </Coefficients>${gain(1)}</Stage>`,
  );
  const w = 2 * Math.PI * 0.4;
  close(at(response, 0.4), (4 * w) / Math.hypot(9 - w * w, 2 * w), 1e-6);
});

test("a response list is sorted by frequency; a polynomial keeps its coefficients and bounds", () => {
  const row = (f: number, a: number) =>
    `<ResponseListElement><Frequency>${f}</Frequency><Amplitude>${a}</Amplitude><Phase>0</Phase></ResponseListElement>`;
  const [list] = responseOf(
    `<Stage number="1"><ResponseList>${units("M", "V")}${row(2, 20)}${row(1, 10)}</ResponseList>${gain(3)}</Stage>`,
  ).stages;
  assert.ok(list?.kind === "fap");
  assert.deepEqual(
    [list.frequenciesHz, list.amplitudes],
    [
      [1, 2],
      [10, 20],
    ],
  );
  const [polynomial] = responseOf(
    `<Stage number="1"><Polynomial>${units("PA", "V")}<ApproximationType>MACLAURIN</ApproximationType>
     <FrequencyLowerBound>0</FrequencyLowerBound><FrequencyUpperBound>1</FrequencyUpperBound>
     <ApproximationLowerBound>-5</ApproximationLowerBound><ApproximationUpperBound>6</ApproximationUpperBound><MaximumError>0</MaximumError>
     <Coefficient number="1">4</Coefficient><Coefficient number="0">3</Coefficient></Polynomial></Stage>`,
  ).stages;
  assert.deepEqual(polynomial, {
    kind: "polynomial",
    inputUnit: "Pa",
    outputUnit: "V",
    coefficients: [3, 4],
    lowerBound: -5,
    upperBound: 6,
  });
});

const folders = [
  "waveforms/nnsn-nuclear-explosions/RESPONSES",
  "waveforms/yka-2012-08-14",
  "waveforms/infrasound-dia-2007/examples",
  "formats/xsd/stationxml-examples",
];

function filesOf(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    readdirSync(path)
      .sort()
      .filter((name) => name.endsWith(".xml") && !name.includes("event"))
      .map((name) => `${path}/${name}`),
  );
}

referenceTest(
  "real files: every channel is read, and its stages multiply to the sensitivity it states",
  folders,
  (_t, paths) => {
    let channelCount = 0;
    let compared = 0;
    const contradictory: string[] = [];
    for (const file of filesOf(paths)) {
      const bytes = readFileSync(file);
      const { format, channels, sites, problems } = readWith([stationXml], bytes, "x.xml");
      assert.equal(format, "stationxml");
      for (const { code, message } of problems) contradictory.push(`${code} ${message.split(":")[0]}`);
      assert.equal(channels.length, bytes.toString().split(/<Channel\s/).length - 1);
      assert.equal(sites.length, bytes.toString().split(/<Station\s/).length - 1);
      channelCount += channels.length;
      for (const channel of channels) {
        assert.ok(hasPlace(channel));

        // Barometers and thermometers are given as verticals.
        assert.equal(channel.vangDeg === 0, /Z$|^.[DK]/.test(channel.id.channel));
        const { response } = channel;
        if (!response?.sensitivity || !response.sensitivityFrequencyHz || response.stages.length === 0) continue;
        compared++;
        const name = Object.values(channel.id).join(".");
        if (contradictory.includes(`stationxml.gains-contradict ${name}`)) continue;
        const ratio = Math.abs(at(response, response.sensitivityFrequencyHz) / response.sensitivity);
        assert.ok(Math.abs(ratio - 1) < 0.02, `${name} ${ratio}`);
      }
    }
    assert.equal(channelCount, 605);
    assert.equal(compared, 602);
    // These files state the digitiser's gain twice.
    assert.deepEqual(
      contradictory,
      ["IU.KBS.10.BH1", "IU.KBS.10.BH2", "IU.KBS.10.BHZ", "IU.KONO.10.BH1", "IU.KONO.10.BH2", "IU.KONO.10.BHZ"].map(
        (name) => `stationxml.gains-contradict ${name}`,
      ),
    );
  },
);

referenceTest(
  "Yellowknife: eighteen sites are one array",
  ["waveforms/yka-2012-08-14/array_yellowknife.xml"],
  (_t, [path]) => {
    const { channels, sites } = decodeStationXml(readFileSync(path!));
    const [station, ...others] = stationsFromRecords(channels, sites);
    assert.equal(others.length, 0);
    assert.deepEqual([station?.code, station?.kind, station?.sites.length], ["YK", "array", 18]);
  },
);

test("hostile and broken files end in a problem", () => {
  const codes = (text: string | Uint8Array) =>
    decodeStationXml(typeof text === "string" ? bytesOf(text) : text).problems.map(({ code }) => code);
  const lol = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${document("")}`;
  assert.deepEqual(codes(lol), ["xml.doctype"]);
  assert.deepEqual(codes(`<FDSNStationXML>${"<a>".repeat(1000)}`), ["xml.malformed"]);
  assert.deepEqual(codes("<FDSNStationXML><__proto__/></FDSNStationXML>"), ["xml.malformed"]);
  assert.deepEqual(codes(`<FDSNStationXML>${"x".repeat(1_100_000)}</FDSNStationXML>`), ["xml.text-too-long"]);
  assert.deepEqual(codes("<other/>"), ["stationxml.other-root"]);
  assert.deepEqual(codes(""), ["xml.no-element"]);
  assert.deepEqual(codes(document("").slice(0, -200)), ["xml.truncated"]);
  assert.deepEqual(codes(document(`<Stage number="1">${gain(1e300)}</Stage>`.repeat(3))), []);
  const many = decodeStationXml(bytesOf(`<FDSNStationXML>${"<a/>".repeat(300)}</FDSNStationXML>`), {
    maxItems: 100,
    maxProblems: 10,
    maxSamples: 0,
  });
  assert.equal(many.problems[0]?.code, "xml.too-many-elements");
});

test("encodings: Latin-1 as declared, UTF-16 by its mark", () => {
  const name = (bytes: Uint8Array) => decodeStationXml(bytes).sites[0]?.name;
  const latin1 = document("").replace("?>", ' encoding="ISO-8859-1"?>').replace("&#248;", "ø");
  assert.equal(name(Uint8Array.from(latin1, (letter) => letter.charCodeAt(0))), "Test & trøve");
  const utf16 = Buffer.from(`\ufeff${document("").replace("&#248;", "ø")}`, "utf16le");
  assert.equal(name(utf16), "Test & trøve");
  assert.equal(stationXml.sniff(utf16, ""), 1);
});

const example = referencePath("formats/xsd/stationxml-examples/sts-1_Qx80.xml");
fuzzDecoder(
  "decodeStationXml",
  (bytes) => decodeStationXml(bytes),
  [bytesOf(document(`<Stage number="1">${gain(3)}</Stage>`)), ...(example ? [readFileSync(example)] : [])],
  ({ channels }) => {
    for (const { latitudeDeg, longitudeDeg, elevationKm, vangDeg } of channels)
      assert.ok([latitudeDeg, longitudeDeg, elevationKm, vangDeg].every(Number.isFinite));
  },
);
