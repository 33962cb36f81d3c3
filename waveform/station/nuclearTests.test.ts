/**
 * First P of underground nuclear tests at Norwegian stations, beside ak135 from the origins of two published lists (SIPRI, Oklahoma Geological
 * Survey). Where the two disagree by more than 2 s the event is told, and its residuals count for nothing.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Arrival, distanceAzimuth, epoch, epochOfDay, median, quantile } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { mergeSegments, readFile, stationsFromRecords } from "@harken/formats";
import { referenceTest, testScale } from "@harken/testing";
import { groupByStation, type StationData } from "../grouping.ts";
import { processStation } from "./processStation.ts";

const set = "waveforms/nnsn-nuclear-explosions";
const lists = "parametric/nuclear-explosions";
const CONFLICT_SEC = 2;
/** A list's row is a folder's event when it lies this near to the minute in the folder's name. */
const SAME_EVENT_SEC = 300;
/** The first P comes within the first time of ak135, s, and within the second of the event's own shift: lists are off by seconds. */
const NEAR_SEC = 10;
const BESIDE_SEC = 6;

interface ListedTest {
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

/** yymmdd and hhmmss, of which the seconds may be missing. */
function timeOf(date: string, clock: string): number {
  const two = (text: string, i: number) => Number(text.slice(i, i + 2));
  const [whole = "", fraction = "0"] = clock.split(".");
  const digits = whole.length > 4 ? whole.padStart(6, "0") : `${whole.padStart(4, "0")}00`;
  const seconds = two(digits, 4) + Number(`0.${fraction}`);
  return epoch(1900 + two(date, 0), two(date, 2), two(date, 4), two(digits, 0), two(digits, 2), seconds);
}

function readList(path: string, clock: string): ListedTest[] {
  const [head, ...rows] = readFileSync(path, "latin1").trim().split(/\r?\n/);
  const names = head!.split(",");
  const degrees = (text: string) => Number.parseFloat(text) * (/[SW]$/.test(text) ? -1 : 1);
  return rows.flatMap((line): ListedTest[] => {
    const fields = line.split(",");
    const of = (name: string) => fields[names.indexOf(name)] ?? "";
    const test = {
      time: of(clock) === "" ? Number.NaN : timeOf(of("date"), of(clock)),
      latitudeDeg: degrees(of("latitude")),
      longitudeDeg: degrees(of("longitude")),
    };
    return Object.values(test).every(Number.isFinite) ? [test] : [];
  });
}

function loadEvent(folder: string, responses: string): readonly StationData[] {
  const contents = [folder, responses].flatMap((path) =>
    readdirSync(path)
      .sort()
      .map((name) => readFile(readFileSync(join(path, name)), name)),
  );
  const { segments } = mergeSegments(contents.flatMap((c) => c.segments));
  const stations = stationsFromRecords(
    contents.flatMap((c) => c.channels),
    contents.flatMap((c) => c.sites),
  );
  return groupByStation(segments, stations).stations;
}

const earth = createEarthModel("ak135");

interface FirstP {
  readonly residual: number;
  readonly firstMotion: Arrival["firstMotion"];
}

/** The nearest arrival to the first P, null for none; undefined where the station did not record then. */
function firstP({ station, segments }: StationData, origin: ListedTest): FirstP | null | undefined {
  const { deltaDeg } = distanceAzimuth(
    station.latitudeDeg,
    station.longitudeDeg,
    origin.latitudeDeg,
    origin.longitudeDeg,
  );
  const times = ["P", "Pn", "Pg"].flatMap((phase) => earth.predict(phase, deltaDeg, 0.5)?.timeSec ?? []);
  const due = origin.time + Math.min(...times);
  const records = segments.some(
    ({ startTime, sampleRateHz, samples }) =>
      startTime < due - 10 && startTime + samples.length / sampleRateHz > due + 5,
  );
  if (!records) return undefined;
  const [nearest] = processStation({ station, segments, keyPrefix: "" })
    .arrivals.filter(({ phase }) => phase !== "LR")
    .map(({ time, firstMotion }) => ({ residual: time - due, firstMotion }))
    .sort((a, b) => Math.abs(a.residual) - Math.abs(b.residual));
  return nearest && Math.abs(nearest.residual) < NEAR_SEC ? nearest : null;
}

referenceTest(
  "forty nuclear tests at Norwegian stations: the first P at 19 of 20 stations, beside each other within 0.25 s of ak135; first motions up, as explosions push, but for one in ten at most",
  [
    `${set}/ARCHIVE`,
    `${set}/RESPONSES`,
    `${lists}/sipri-report-explosions.csv`,
    `${lists}/oklahoma-catalog-explosions.csv`,
  ],
  (t, [archive, responses, sipri, oklahoma]) => {
    const [first, second] = [readList(sipri!, "origin_t"), readList(oklahoma!, "time")];
    const folders = readdirSync(archive!).filter((name) => /^[A-Z]{3}\d{11}$/.test(name));
    const [apart, found]: [number[], boolean[]] = [[], []];
    const motions = { c: 0, d: 0 };
    for (const folder of folders.filter((_, i) => i % testScale(1, 8) === 0)) {
      const [year, day, hour, minute] = [3, 7, 10, 12].map((from, k) =>
        Number(folder.slice(from, from + [4, 3, 2, 2][k]!)),
      );
      const about = epochOfDay(year!, day!, hour, minute);
      const nearest = (list: readonly ListedTest[]) =>
        list
          .filter(({ time }) => Math.abs(time - about) < SAME_EVENT_SEC)
          .sort((a, b) => Math.abs(a.time - about) - Math.abs(b.time - about))[0];
      const [one, other] = [nearest(first), nearest(second)];
      const origin = one ?? other;
      assert.ok(origin, `${folder} stands in neither list`);
      const conflict = one && other ? Math.abs(one.time - other.time) : 0;
      const residuals = loadEvent(join(archive!, folder), responses!).flatMap((data) => {
        const first = firstP(data, origin);
        if (first?.firstMotion) motions[first.firstMotion]++;
        return first === undefined ? [] : [first ? first.residual : null];
      });
      const read = residuals.filter((r) => r !== null);
      const shift = read.length > 0 ? median(read) : Number.NaN;
      const told = conflict > CONFLICT_SEC ? `, lists ${conflict.toFixed(1)} s apart: left out` : "";
      t.diagnostic(`${basename(folder)} ${read.length} of ${residuals.length}, shift ${shift.toFixed(2)} s${told}`);
      found.push(...residuals.map((r) => r !== null && Math.abs(r - shift) < BESIDE_SEC));
      if (conflict <= CONFLICT_SEC) apart.push(...read.map((r) => Math.abs(r - shift)));
    }
    const share = found.filter(Boolean).length / found.length;
    t.diagnostic(
      `${found.filter(Boolean).length} of ${found.length}; beside the event's own shift median ${median(apart).toFixed(3)} s, 90 % ${quantile(apart, 0.9).toFixed(2)} s`,
    );
    // Of the few events of a small run one hard station weighs more.
    assert.ok(share >= testScale(0.95, 0.9), String(share));
    assert.ok(median(apart) < 0.25, String(median(apart)));
    // Explosions push everywhere.
    t.diagnostic(`first motions: ${motions.c} up, ${motions.d} down`);
    assert.ok(motions.c >= testScale(30, 3) && motions.d <= 0.1 * motions.c, JSON.stringify(motions));
  },
);
