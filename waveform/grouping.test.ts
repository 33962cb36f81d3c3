import assert from "node:assert/strict";
import { test } from "node:test";
import type { Station, WaveformSegment } from "@harken/core";
import fc from "fast-check";
import { groupByStation, recordedStretches, trimSegments } from "./grouping.ts";

const station = (code: string, network: string, sites: readonly string[]): Station => ({
  code,
  network,
  name: code,
  technology: "seismic",
  kind: sites.length > 1 ? "array" : "3c",
  role: null,
  latitudeDeg: 0,
  longitudeDeg: 0,
  elevationKm: 0,
  sites: sites.map((site) => ({
    network,
    code: site,
    latitudeDeg: 0,
    longitudeDeg: 0,
    elevationKm: 0,
    northKm: 0,
    eastKm: 0,
  })),
  channels: [],
});

const segment = (network: string, code: string, startTime = 0, length = 10): WaveformSegment => ({
  channel: { network, station: code, location: "", channel: "SHZ" },
  startTime,
  sampleRateHz: 10,
  samples: Int32Array.from({ length }, (_, i) => i),
});

test("elements go to their array, a blank network is looked up by code, unknown sites are named", () => {
  const stations = [station("ARCES", "NO", ["ARA0", "ARA1"]), station("MDJ", "IC", ["MDJ"])];
  const { stations: groups, orphans } = groupByStation(
    [segment("", "ARA1", 5), segment("NO", "ARA0"), segment("IC", "MDJ"), segment("XX", "NOPE")],
    stations,
  );
  assert.deepEqual(
    groups.map(({ station: { code }, segments }) => [code, segments.map((s) => s.channel.station)]),
    [
      ["ARCES", ["ARA0", "ARA1"]],
      ["MDJ", ["MDJ"]],
    ],
  );
  assert.deepEqual(orphans, ["XX.NOPE..SHZ"]);
});

test("the same code in two networks stays two stations", () => {
  const stations = [station("A", "N1", ["A"]), station("A", "N2", ["A"])];
  const { stations: groups } = groupByStation([segment("N2", "A"), segment("N1", "A")], stations);
  assert.deepEqual(
    groups.map(({ station: s }) => s.network),
    ["N1", "N2"],
  );
});

test("trimming keeps exactly the samples whose own times are inside", () => {
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 150 }), fc.integer({ min: 0, max: 150 }), (start, length) => {
      const from = start / 100;
      const to = from + length / 100;
      const kept = trimSegments([segment("N", "S", 0, 10)], from, to).flatMap((s) => [...s.samples]);
      const expected = Array.from({ length: 10 }, (_, i) => i).filter(
        (i) => i / 10 >= from - 1e-6 && i / 10 <= to + 1e-6,
      );
      assert.deepEqual(kept, expected);
    }),
  );
});

test("stretches in which any channel recorded, whatever the order of the pieces; a gap below a second is none", () => {
  const [long, short] = [1000, 10];
  const pieces = [
    segment("IM", "B", 500, short),
    segment("IM", "A", 0, long),
    segment("IM", "B", 50, long),
    segment("IM", "A", 300, short),
  ];
  const lengths = pieces.map(({ samples, sampleRateHz }) => (samples.length - 1) / sampleRateHz);
  assert.deepEqual(recordedStretches(pieces), [
    [0, 50 + lengths[2]!],
    [300, 300 + lengths[3]!],
    [500, 500 + lengths[0]!],
  ]);
  const [first] = pieces;
  const next = { ...first!, startTime: 500 + lengths[0]! + 0.9 };
  assert.deepEqual(recordedStretches([next, first!]), [[500, next.startTime + lengths[0]!]]);
  assert.equal(recordedStretches([{ ...next, startTime: next.startTime + 0.2 }, first!]).length, 2);
  assert.deepEqual(recordedStretches([]), []);
});
