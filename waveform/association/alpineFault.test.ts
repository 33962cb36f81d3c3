/**
 * On a real local network: the analysts' P and S picks of events near the Alpine Fault, New Zealand, September 2013, at stations a few km to
 * a few tens of km away (SEISAN S-files), without amplitudes or directions. Each event is built from its picks alone and held against the
 * hypocentre in its file, which was found with a velocity model of the region.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { type Arrival, geodesicKm, type Origin, preferredOrigin, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { decodeNordic, decodeSeisanStations } from "@harken/formats";
import { referenceTest, testScale } from "@harken/testing";
import { createAssociator } from "./associator.ts";
import { testStation } from "./testNetwork.ts";

const SET = "waveforms/nz-alpine-fault";
/** Fewer picks than this and an event need not be found. */
const LEAST_PICKS = 5;

/** The first place of each code of capital letters: the others are the same stations under the names that their recorders gave them. */
function readStations(bytes: Uint8Array): Station[] {
  const sites = decodeSeisanStations(bytes).items.filter(({ code }) => /^[A-Z\d]+$/.test(code));
  return sites.map(({ code, latitudeDeg, longitudeDeg, elevationKm }) => ({
    ...testStation(code, latitudeDeg, longitudeDeg, "3c"),
    elevationKm,
  }));
}

interface Sfile extends Pick<Origin, "time" | "latitudeDeg" | "longitudeDeg"> {
  readonly name: string;
  readonly picks: readonly Arrival[];
}

/** The hypocentre of an S-file and its picks, as P and S and all alike. */
function readSfile(name: string, bytes: Uint8Array, known: ReadonlySet<string>): Sfile {
  const { events, arrivals } = decodeNordic(bytes).bulletin;
  const { time, latitudeDeg, longitudeDeg } = preferredOrigin(events[0]!);
  const picks = arrivals
    .filter(({ station, phase }) => /^[PS]/.test(phase) && known.has(station))
    .map((pick) => ({ ...pick, key: `${name}-${pick.key}`, timeErrorSec: 0.1, amplitudes: [] }));
  return { name, time, latitudeDeg, longitudeDeg, picks };
}

referenceTest(
  "small events inside a real local network: nine of ten within 10 km and 2 s of the analysts'",
  [SET],
  (t, [path]) => {
    const stations = readStations(readFileSync(`${path}/STATION0.HYP`));
    const known = new Set(stations.map(({ code }) => code));
    const folder = `${path}/REA/TEST_`;
    const every = testScale(1, 4);
    const events = readdirSync(folder)
      .filter((name) => name.includes(".S2013"))
      .sort()
      .map((name) => readSfile(name, readFileSync(`${folder}/${name}`), known))
      .filter(({ picks }) => picks.length >= LEAST_PICKS)
      .filter((_, i) => i % every === 0);
    assert.ok(events.length >= 10);
    const heard = new Set(events.flatMap(({ picks }) => picks.map(({ station }) => station)));
    const network = stations.filter(({ code }) => heard.has(code));
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
