import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { stationsFromRecords } from "../stations.ts";
import { seisanStations } from "./format.ts";
import { decodeSeisanStations } from "./stations.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const decode = (text: string) => decodeSeisanStations(bytesOf(text));

/** Lines as in the manual's section on station and model files, and one beyond -999 m. */
const example = `RESET TEST(01)=0.3
RESET TEST(03)=0.6

  UPP 5951.50N 1737.60E  14       ! station lines
  EBH 5614890N  330490W 375       ! high accuracy lat-lon
  OSG 6029.80N  252.55E-100
 BERGE6057.12N 1133.15E 100
- NZ014429880S165  119E4682
  upp 5951.50N 1737.60E  15
 .UPP 5951.50N 1737.60E  99
  UPP 5851.50N 1737.60E  14

  6.2  0.0     N
  8.05 36.0

 15.0 1100. 2200. 1.74 5
BER
`;

test("each column: minutes with a point and in thousandths, hemispheres, elevations, codes of five letters and of small ones", () => {
  const { items, problems } = decode(example);
  const near = (value: number) => Number(value.toFixed(6));
  assert.deepEqual(
    items.map(({ code, station, latitudeDeg, longitudeDeg, elevationKm }) => [
      ...[code, station, near(latitudeDeg), near(longitudeDeg), elevationKm],
    ]),
    [
      ["UPP", "UPP", near(59 + 51.5 / 60), near(17 + 37.6 / 60), 0.014],
      ["EBH", "EBH", near(56 + 14.89 / 60), near(-(3 + 30.49 / 60)), 0.375],
      ["OSG", "OSG", near(60 + 29.8 / 60), near(2 + 52.55 / 60), -0.1],
      ["BERGE", "BERGE", near(60 + 57.12 / 60), near(11 + 33.15 / 60), 0.1],
      ["NZ01", "NZ01", near(-(44 + 29.88 / 60)), near(165 + 0.119 / 60), -4.682],
      ["upp", "upp", near(59 + 51.5 / 60), near(17 + 37.6 / 60), 0.015],
    ],
  );
  assert.deepEqual(
    problems.map(({ code, line }) => [code, line]),
    [["seisan.station-twice", 11]],
  );
});

test("neighbours of like names are stations of their own, not the elements of an array", () => {
  const lines = [1, 2, 3, 4].map((n) => `  WV0${n}431${n}.85S17023.73E  88\n`).join("");
  assert.deepEqual(
    stationsFromRecords([], decode(lines).items).map(({ code, kind }) => [code, kind]),
    ["WV01", "WV02", "WV03", "WV04"].map((code) => [code, "3c"]),
  );
});

test("lines that are no station, and places that are none, are told by their line", () => {
  const text = example.replace("  OSG 6029.80N", "  OSG 9929.80N").replace(" BERGE6057.12N", " BERGE 6057.12");
  assert.deepEqual(
    decode(text).problems.map(({ code, line }) => [code, line]),
    [
      ["seisan.bad-place", 6],
      ["seisan.bad-station", 7],
      ["seisan.station-twice", 11],
    ],
  );
  assert.deepEqual(
    decode("RESET TEST(01)=0.3\n").problems.map(({ code }) => code),
    ["seisan.no-station"],
  );
  assert.equal(seisanStations.sniff(bytesOf(example), "STATION0.HYP"), 0.95);
  assert.ok(seisanStations.sniff(bytesOf(example.slice(example.indexOf("  UPP"))), "x") > 0.8);
  assert.equal(seisanStations.sniff(bytesOf("UPP 59.858 17.627 0.014\n"), "STATION0.HYP"), 0);
});

referenceTest(
  "the station list of the Alpine Fault network: 216 codes, and places that GeoNet publishes within 30 m",
  ["waveforms/nz-alpine-fault/STATION0.HYP"],
  (_t, [path]) => {
    const { items, problems } = decodeSeisanStations(readFileSync(path!));
    assert.deepEqual([items.length, problems], [216, []]);
    const of = (code: string) => items.find((site) => site.code === code)!;
    const wel = of("WEL");
    // GeoNet: Wellington 41.284048 S 174.768184 E, 138 m.
    assert.ok(Math.abs(wel.latitudeDeg + 41.284048) < 3e-4 && Math.abs(wel.longitudeDeg - 174.768184) < 3e-4);
    assert.equal(wel.elevationKm, 0.138);
    assert.ok(items.every(({ code }) => /^[A-Za-z\d]{3,5}$/.test(code)));
  },
);

fuzzDecoder("decodeSeisanStations", decodeSeisanStations, [bytesOf(example)], ({ items }) => {
  for (const { latitudeDeg, longitudeDeg, elevationKm } of items)
    assert.ok(Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180 && Number.isFinite(elevationKm));
});
