import assert from "node:assert/strict";
import { test } from "node:test";
import { epoch } from "@harken/core";
import { writeAuthenticationStatus, writeChannelStatus, writeLinkStatus, writeStationStatus } from "./statusReports.ts";

const period = { from: epoch(2026, 11, 1), to: epoch(2026, 11, 2) };
/** Columns of the specification's tables, counted from 1. */
const cells = (line: string, ...columns: readonly (readonly [from: number, to: number])[]) =>
  columns.map(([from, to]) => line.padEnd(140).slice(from - 1, to));

test("STA_STATUS stands in the columns of its table", () => {
  const lines = writeStationStatus(period, [
    {
      network: "IDC_SEIS",
      station: "ARCES",
      channels: 25,
      capability: [98.5, 1.25, 0.25, 0],
      expectedSec: 86_400,
      availablePercent: 97.375,
      medianDelaySec: 14,
    },
    {
      network: "IDC_SEIS",
      station: "ABC",
      channels: 3,
      capability: [0, 0, 0, 100],
      expectedSec: 86_400,
      availablePercent: 0,
      medianDelaySec: null,
    },
  ]);
  assert.equal(lines[0], "DATA_TYPE STA_STATUS IMS1.0");
  assert.equal(lines[1], "Report period from 2026/11/01 00:00:00.0 to 2026/11/02 00:00:00.0");
  const row = lines.at(-2)!;
  assert.deepEqual(cells(row, [1, 9], [11, 15], [17, 18], [20, 26], [28, 34], [36, 42], [44, 50]), [
    "IDC_SEIS ",
    "ARCES",
    "25",
    " 98.500",
    "  1.250",
    "  0.250",
    "  0.000",
  ]);
  assert.deepEqual(cells(row, [52, 63], [65, 71], [73, 83]), ["001 00:00:00", " 97.375", "  000:00:14"]);
  assert.deepEqual(cells(lines.at(-1)!, [73, 83]), [" ".repeat(11)]);
});

test("AUTH_STATUS: the report line, counts, and the intervals that failed", () => {
  const lines = writeAuthenticationStatus(period, [
    {
      network: "",
      station: "ARCES",
      channel: "",
      auxiliary: "",
      tested: 8_640,
      failed: 2,
      failures: [{ from: period.from, to: period.from + 10, comment: "ARA1 SHZ: wrong" }],
    },
  ]);
  const report = lines[1]!;
  assert.deepEqual(cells(report, [1, 18], [20, 29], [31, 40], [42, 43], [45, 54], [56, 65]), [
    "Report period from",
    "2026/11/01",
    "00:00:00.0",
    "to",
    "2026/11/02",
    "00:00:00.0",
  ]);
  const counts = lines[4]!;
  assert.deepEqual(cells(counts, [11, 15], [33, 40], [49, 56]), ["ARCES", "    8640", "       2"]);
  const failure = lines.at(-1)!;
  assert.deepEqual(cells(failure, [26, 35], [37, 46], [49, 58], [60, 69], [71, 85]), [
    "2026/11/01",
    "00:00:00.0",
    "2026/11/01",
    "00:00:10.0",
    "ARA1 SHZ: wrong",
  ]);
});

test("CHAN_STATUS: gaps and delays", () => {
  const lines = writeChannelStatus(period, [
    {
      network: "IM",
      station: "ARA0",
      channel: "SHZ",
      auxiliary: "",
      expectedSec: 90_061,
      availablePercent: 99.5,
      gapsSec: [30, 10, 7_200],
      delaysSec: [10, 20, 60],
    },
  ]);
  const availability = lines[5]!;
  assert.deepEqual(cells(availability, [18, 20], [29, 40], [46, 52], [54, 58]), [
    "SHZ",
    "001 01:01:01",
    " 99.500",
    "    3",
  ]);
  assert.deepEqual(cells(availability, [61, 69], [72, 80], [83, 91]), ["000:00:30", "000:00:10", "002:00:00"]);
  const timeliness = lines.at(-1)!;
  assert.deepEqual(cells(timeliness, [42, 50], [53, 61], [64, 72], [75, 83], [86, 94]), [
    "000:00:20",
    "000:00:30",
    "000:00:22",
    "000:00:10",
    "000:01:00",
  ]);
});

test("COMM_STATUS: per link, and its outages when asked for", () => {
  const row = {
    ...{
      far: "ARCES",
      near: "IDC",
      kilobitsPerSec: 64,
      isFullDuplex: true,
      upPercent: 99.5,
      usedFromFar: 0.25,
      usedFromNear: 0,
    },
    outages: [{ from: period.from, to: period.from + 90_061.5 }],
  };
  const [line] = writeLinkStatus(period, [row]).slice(-1);
  assert.deepEqual(cells(line!, [1, 9], [11, 11], [13, 21], [24, 29], [32, 35], [37, 41]), [
    "ARCES    ",
    "-",
    "IDC      ",
    "  64.0",
    "full",
    " 99.5",
  ]);
  assert.deepEqual(cells(line!, [44, 52], [54, 57], [60, 68], [70, 73]), ["ARCES    ", "0.25", "IDC      ", "0.00"]);
  const outage = writeLinkStatus(period, [row], true).at(-1)!;
  assert.deepEqual(cells(outage, [1, 10], [12, 21], [24, 33], [35, 44], [47, 60]), [
    "2026/11/01",
    "00:00:00.0",
    "2026/11/02",
    "01:01:01.5",
    "001 01:01:01.5",
  ]);
});

test("delays of a clock that is ahead have a sign", () => {
  const row = { network: "IM", station: "ARA0", channel: "SHZ", auxiliary: "", expectedSec: 60, availablePercent: 100 };
  const delays = writeChannelStatus(period, [{ ...row, gapsSec: [], delaysSec: [-70, 10] }]).at(-1)!;
  assert.deepEqual(cells(delays, [42, 50], [75, 83], [86, 94]), ["-00:00:30", "-00:01:10", "000:00:10"]);
});
