import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Channel, epoch, ProblemList, type Station } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import type { SiteRecord } from "../contents.ts";
import { readFile } from "../formats.ts";
import { stationsFromRecords } from "../stations.ts";
import { readChannelSection, writeChannelSection } from "./channelSection.ts";
import { sectionLines } from "./lines.ts";
import { readStationSection, writeStationSection } from "./stationSection.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const linesOf = (bytes: Uint8Array) => sectionLines(bytes, { start: 0, end: bytes.length, line: 1 });

function readStations(bytes: Uint8Array) {
  const problems = new ProblemList();
  const sites: SiteRecord[] = [];
  readStationSection(linesOf(bytes), sites, problems);
  return { sites, problems: problems.list() };
}
function readChannels(bytes: Uint8Array) {
  const problems = new ProblemList();
  const channels: Channel[] = [];
  readChannelSection(linesOf(bytes), channels, problems);
  return { channels, problems: problems.list() };
}

const appendix = "formats/ims/IDC-3.4.1Rev1-appendixA-exact-columns.txt";

referenceTest("the stations of the specification's appendix are one array", [appendix], (_t, [path]) => {
  const whole = readFileSync(path!, "utf8");
  const text = whole.slice(whole.indexOf("DATA_TYPE STATION"), whole.indexOf("=== pdfpage 288"));
  const lines = text
    .split("\n")
    .slice(1)
    .filter((line) => /IDC_SEIS/.test(line));
  const { sites, problems } = readStations(bytesOf(lines.map((line) => line.trim()).join("\n")));
  assert.deepEqual(problems, []);
  assert.equal(sites.length, 19);
  const ard2 = sites.find(({ code }) => code === "ARD2");
  assert.deepEqual(
    [ard2?.station, ard2?.latitudeDeg, ard2?.longitudeDeg, ard2?.elevationKm],
    ["ARCES", 69.5452, 25.5308, 0.366],
  );
  const [station, ...others] = stationsFromRecords([], sites);
  assert.equal(others.length, 0);
  assert.deepEqual([station?.code, station?.kind], ["ARCES", "array"]);
});

referenceTest("the channels of the specification's appendix", [appendix], (_t, [path]) => {
  const whole = readFileSync(path!, "utf8");
  const text = whole.slice(whole.indexOf("DATA_TYPE CHANNEL"), whole.indexOf("DATA_TYPE CHAN_STATUS"));
  const { channels, problems } = readChannels(bytesOf(text.split("\n").slice(1).join("\n")));
  assert.deepEqual(problems, []);
  assert.equal(channels.length, 11);
  assert.deepEqual(channels[0], {
    id: { network: "IDC_SEIS", station: "ARA0", location: "", channel: "she" },
    startTime: epoch(1987, 9, 30),
    endTime: null,
    latitudeDeg: 69.5349,
    longitudeDeg: 25.5058,
    elevationKm: 0.403,
    depthKm: 0.01,
    hangDeg: 90,
    vangDeg: 90,
    sampleRateHz: 40,
    instrument: "GS-13",
    calibNmPerCount: null,
    calperSec: null,
    response: null,
  });
  assert.deepEqual([channels[2]?.hangDeg, channels[2]?.vangDeg], [-1, 0]);
});

const degrees = (most: number) => fc.integer({ min: -most * 1e5, max: most * 1e5 }).map((d) => d / 1e5);
const km = fc.integer({ min: 0, max: 9_000 }).map((m) => m / 1000);
const day = fc.integer({ min: 0, max: 20_000 }).map((d) => d * 86_400);
const code = fc.stringMatching(/^[A-Z][A-Z0-9]{2,4}$/);

const channels: fc.Arbitrary<Channel> = fc
  .record({
    id: fc.record(
      {
        network: fc.constantFrom("", "NO", "IDC_SEIS"),
        station: code,
        location: fc.constantFrom("", "00", "a1"),
        channel: fc.constantFrom("SHZ", "bhn"),
      },
      { noNullPrototype: true },
    ),
    startTime: day,
    endTime: fc.option(day),
    latitudeDeg: degrees(90),
    longitudeDeg: degrees(180),
    elevationKm: km,
    depthKm: km,
    hangDeg: fc.integer({ min: 0, max: 359 }),
    vangDeg: fc.integer({ min: 0, max: 180 }),
    sampleRateHz: fc.integer({ min: 1, max: 200 }),
    instrument: fc.constantFrom("GS-13", ""),
  })
  .map((channel) => ({ ...channel, calibNmPerCount: null, calperSec: null, response: null }));

test("channels that are written read back the same", () => {
  fc.assert(
    fc.property(fc.array(channels, { maxLength: 5 }), (list) => {
      const lines = writeChannelSection(list).slice(1);
      const { channels: back, problems } = readChannels(bytesOf(lines.join("\n")));
      assert.deepEqual(problems, []);
      assert.deepEqual(back, list);
    }),
  );
});

test("an array that is written is the same array again", () => {
  const place = { latitudeDeg: 61.03972, longitudeDeg: 11.21475, elevationKm: 0.717 };
  const sites = ["NOA", "NOA0", "NOA1", "NOA2"].map((name, i) => {
    const latitudeDeg = Number((place.latitudeDeg + i / 100).toFixed(5));
    return { network: "NO", code: name, ...place, latitudeDeg, northKm: 0, eastKm: 0 };
  });
  const station: Station = {
    ...{ code: "NOA", network: "NO", name: "", technology: "seismic", kind: "array", role: null, ...place },
    ...{ sites, channels: [] },
  };
  const { sites: back } = readStations(bytesOf(writeStationSection([station]).slice(1).join("\n")));
  const [again] = stationsFromRecords([], back);
  assert.deepEqual([again?.code, again?.kind], ["NOA", "array"]);
  assert.deepEqual(
    again?.sites.map(({ code: name, latitudeDeg }) => [name, latitudeDeg]),
    sites.map(({ code: name, latitudeDeg }) => [name, latitudeDeg]),
  );
});

test("lines without a place are told", () => {
  assert.equal(readStations(bytesOf("NO ABC 3C north east")).problems[0]?.code, "ims.bad-station");
  assert.equal(readChannels(bytesOf("NO ABC SHZ somewhere")).problems[0]?.code, "ims.bad-channel");
});

const sample = writeChannelSection(fc.sample(channels, { numRuns: 3, seed: 1 }))
  .slice(1)
  .join("\n");
fuzzDecoder("readChannelSection", readChannels, [bytesOf(sample)], ({ channels: list }) => {
  for (const { latitudeDeg, elevationKm, vangDeg } of list)
    assert.ok([latitudeDeg, elevationKm, vangDeg].every(Number.isFinite));
});
fuzzDecoder("readStationSection", readStations, [
  bytesOf("IDC_SEIS  ARCES hfa   69.53490   25.50580 WGS-84       0.403 1987/09/30\n"),
]);

const message = `BEGIN IMS1.0
MSG_TYPE DATA
MSG_ID 1 NDC
DATA_TYPE STATION IMS1.0
Net       Sta   Type  Latitude  Longitude Coord Sys     Elev   On Date   Off Date
NO        ARA0  1C    69.53490   25.50580 WGS-84       0.403
DATA_TYPE CHANNEL IMS1.0
NO        ARA0  SHZ       69.53490   25.50580 WGS-84       0.403 0.010   -1.0   0.0   40.000000 GS-13
DATA_TYPE RESPONSE IMS1.0
CAL2 ARA0  SHZ       GS-13   2.00000000e-02   1.000    40.00000
DIG2  1  5.00000000e+01    40.00000
STOP
`;

test("a message with stations, channels and responses makes one channel with place and response", () => {
  const { format, channels: list, sites, problems } = readFile(bytesOf(message), "reply.ims");
  assert.deepEqual([format, problems], ["ims", []]);
  const [station, ...others] = stationsFromRecords(list, sites);
  assert.equal(others.length, 0);
  const [channel, ...more] = station!.channels;
  assert.equal(more.length, 0);
  assert.deepEqual([channel?.latitudeDeg, channel?.depthKm, channel?.calibNmPerCount], [69.5349, 0.01, 0.02]);
  assert.equal(channel?.response?.stages.length, 1);
  assert.equal(
    readFile(bytesOf(message.replace("STATION IMS1.0", "STATION GSE2.0")), "").problems[0]?.code,
    "ims.old-station",
  );
});

referenceTest(
  "the stored Eskdalemuir file: places, waveforms and responses",
  ["waveforms/ims-arrays/channels/tmp.ims"],
  (_t, [path]) => {
    const { format, channels: list, sites } = readFile(readFileSync(path!), "tmp.ims");
    assert.equal(format, "ims");
    const stations = stationsFromRecords(list, sites);
    const merged = stations.flatMap((station) => station.channels);
    assert.equal(merged.length, 27);
    assert.ok(merged.every(({ response, latitudeDeg }) => response !== null && Math.abs(latitudeDeg - 55.33) < 0.2));
  },
);
