/**
 * On a real local network: the analysts' P and S picks of events near the Alpine Fault, New Zealand, September 2013, at stations a few km to
 * a few tens of km away (SEISAN S-files), without amplitudes or directions. Each event is built from its picks alone and held against the
 * hypocentre in its file, which was found with a velocity model of the region.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { type Arrival, epoch, geodesicKm, preferredOrigin, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { referenceTest, testScale } from "@harken/testing";
import { createAssociator } from "./associator.ts";
import { testStation } from "./testNetwork.ts";

const SET = "waveforms/nz-alpine-fault";
/** Fewer picks than this and an event need not be found. */
const LEAST_PICKS = 5;

/** Degrees of the STATION0.HYP columns: degrees, then minutes with a point or in thousandths. */
function degrees(whole: string, minutes: string): number {
  const digits = minutes.replaceAll(" ", "0");
  return Number(whole) + (digits.includes(".") ? Number(digits) : Number(digits) / 1000) / 60;
}

function readStations(text: string): Map<string, Station> {
  const stations = new Map<string, Station>();
  for (const line of text.split("\n")) {
    const f = /^[ .]{1,2}([A-Z0-9]{3,5})\s*(\d\d)([ \d.]{5,6})S\s*(\d{2,3})([ \d.]{5})E\s*(-?\d+)/.exec(line);
    if (!f || stations.has(f[1]!)) continue;
    const station = testStation(f[1]!, -degrees(f[2]!, f[3]!), degrees(f[4]!, f[5]!), "3c");
    stations.set(f[1]!, { ...station, elevationKm: Number(f[6]) / 1000 });
  }
  return stations;
}

interface Sfile {
  readonly name: string;
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly picks: readonly Arrival[];
}

/** The first hypocentre and the P and S picks of a Nordic S-file (SEISAN manual, appendix A). */
function readSfile(name: string, text: string, stations: ReadonlyMap<string, Station>): Sfile {
  const lines = text.split("\n");
  const [head] = lines;
  const number = (line: string, from: number, to: number) => Number(line.slice(from, to));
  const day = epoch(number(head!, 1, 5), number(head!, 6, 8), number(head!, 8, 10));
  const at = (line: string, from: number) =>
    day + 3600 * number(line, from, from + 2) + 60 * number(line, from + 2, from + 4);
  const picks = lines
    .slice(lines.findIndex((line) => line.startsWith(" STAT SP")) + 1)
    .flatMap((line, i): Arrival[] => {
      const station = line.slice(1, 6).trim();
      const phase = line.slice(10, 11);
      if (!/[PS]/.test(phase) || !stations.has(station)) return [];
      return [
        {
          ...{ key: `${name}-${i}`, station, channel: "", phase, time: at(line, 18) + number(line, 22, 28) },
          ...{ timeErrorSec: 0.1, azimuthDeg: null, azimuthErrorDeg: null, slownessSecPerDeg: null },
          ...{ slownessErrorSecPerDeg: null, snr: null, amplitudes: [], firstMotion: null, rectilinearity: null },
          ...{ incidenceDeg: null, frequencyHz: null, fkQuality: null, author: "analyst" },
        },
      ];
    });
  const place = { latitudeDeg: number(head!, 23, 30), longitudeDeg: number(head!, 30, 38) };
  return { name, time: at(head!, 11) + number(head!, 16, 20), ...place, picks };
}

referenceTest(
  "small events inside a real local network: nine of ten within 10 km and 2 s of the analysts'",
  [SET],
  (t, [path]) => {
    const stations = readStations(readFileSync(`${path}/STATION0.HYP`, "utf8"));
    const folder = `${path}/REA/TEST_`;
    const every = testScale(1, 4);
    const events = readdirSync(folder)
      .filter((name) => name.includes(".S2013"))
      .sort()
      .map((name) => readSfile(name, readFileSync(`${folder}/${name}`, "latin1"), stations))
      .filter(({ picks, latitudeDeg }) => picks.length >= LEAST_PICKS && latitudeDeg !== 0)
      .filter((_, i) => i % every === 0);
    assert.ok(events.length >= 10);
    const heard = new Set(events.flatMap(({ picks }) => picks.map(({ station }) => station)));
    const network = [...stations.values()].filter(({ code }) => heard.has(code));
    const associator = createAssociator(network, createEarthModel("ak135"));
    const kms: number[] = [];
    let right = 0;
    for (const { name, time, latitudeDeg, longitudeDeg, picks } of events) {
      const built = associator.build(picks, [], "").events.map(preferredOrigin);
      assert.ok(built.length <= 1, `${name}: ${built.length} events`);
      const [origin] = built;
      if (!origin) continue;
      const km = geodesicKm(latitudeDeg, longitudeDeg, origin.latitudeDeg, origin.longitudeDeg);
      kms.push(km);
      if (km < 10 && Math.abs(origin.time - time) < 2) right++;
    }
    kms.sort((a, b) => a - b);
    t.diagnostic(`${right} of ${events.length} events right, median ${kms[kms.length >> 1]!.toFixed(1)} km`);
    assert.ok(right >= 0.9 * events.length, `${right} of ${events.length}`);
  },
);
