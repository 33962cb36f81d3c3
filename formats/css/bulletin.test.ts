import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Bulletin, defaultLimits, preferredOrigin } from "@harken/core";
import { referenceTest } from "@harken/testing";
import fc from "fast-check";
import { bulletinFromCss } from "./bulletin.ts";
import { decodeCssTable } from "./decodeTable.ts";
import { type CssBulletinFiles, encodeCssBulletin } from "./encodeBulletin.ts";
import { css } from "./format.ts";
import { joinCss } from "./join.ts";
import type { CssTableName, CssTables } from "./schema.ts";
import { channelsFromCss, sitesFromCss } from "./stations.ts";

const read = (files: Partial<Record<CssTableName, Uint8Array>>): CssTables =>
  Object.fromEntries(
    Object.entries(files).map(([table, bytes]) => {
      const { items, problems } = decodeCssTable(table as CssTableName, bytes);
      assert.deepEqual(problems, []);
      return [table, items];
    }),
  );
const readText = (files: CssBulletinFiles) =>
  read(
    Object.fromEntries(
      Object.entries(files).flatMap(([table, text]) => (text === "" ? [] : [[table, new TextEncoder().encode(text)]])),
    ),
  );

const within = (min: number, max: number, decimals: number) =>
  fc
    .integer({ min: Math.round(min * 10 ** decimals), max: Math.round(max * 10 ** decimals) })
    .map((n) => n / 10 ** decimals);
const time = within(1.2e9, 1.3e9, 3);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value);
const amplitude = fc.record({
  type: fc.constantFrom("A5/2" as const, "ALR/2" as const, "ML" as const, "pressure" as const),
  channel: fc.record({
    network: fc.constant(""),
    station: fc.constant("ARCES"),
    location: fc.constant(""),
    channel: fc.constantFrom("SHZ", "BHZ"),
  }),
  time,
  amplitude: within(0.1, 9e4, 1),
  periodSec: within(0.1, 20, 2),
  clipped: fc.boolean(),
});
const arrival = (i: number) =>
  fc.record({
    key: fc.constant(`arid-${i + 1}`),
    station: fc.constant("ARCES"),
    channel: fc.constantFrom("SHZ", ""),
    time,
    timeErrorSec: within(0.01, 9, 3),
    phase: fc.constantFrom("P", "Sn", "tx"),
    azimuthDeg: maybe(within(0, 359, 2)),
    azimuthErrorDeg: maybe(within(0.1, 90, 2)),
    slownessSecPerDeg: maybe(within(0.1, 30, 2)),
    slownessErrorSecPerDeg: maybe(within(0.1, 9, 2)),
    snr: maybe(within(1, 999, 2)),
    amplitudes: fc.array(amplitude, { maxLength: 3 }),
    firstMotion: maybe(fc.constantFrom("c" as const, "d" as const)),
    rectilinearity: maybe(within(0, 1, 3)),
    incidenceDeg: maybe(within(0, 90, 2)),
    frequencyHz: fc.constant(null),
    fkQuality: fc.constant(null),
    author: fc.constantFrom("", "harken"),
  });
const stationMagnitude = fc.record({
  type: fc.constant("mb"),
  station: fc.constant("ARCES"),
  arrivalKey: fc.constantFrom(null, "arid-1"),
  deltaDeg: within(20, 90, 3),
  value: within(2, 7, 2),
  uncertainty: within(0, 1, 2),
  defining: fc.boolean(),
  reason: fc.constant(""),
});
const error = within(0.5, 900, 3)
  .chain((a) =>
    fc.record({
      ...Object.fromEntries(
        ["sxxKm2", "syyKm2", "sttSec2", "sxyKm2", "stxKmSec", "styKmSec"].map((name) => [name, within(1, 999, 4)]),
      ),
      depthErrorKm: fc.constantFrom(null, a),
      semiMajorKm: fc.constant(a),
      sdobs: within(0, 3, 4),
      semiMinorKm: within(0.1, 400, 4),
      strikeDeg: within(0, 179, 2),
      timeErrorSec: within(0, 9, 2),
      confidence: fc.constant(0.9),
    }),
  )
  .map((e) => ({ ...e, szzKm2: e.depthErrorKm === null ? 0 : 12.5, sxzKm2: 0, syzKm2: 0, stzKmSec: 0 }));
const association = (arid: number) =>
  fc.record({
    arrivalKey: fc.constant(`arid-${arid}`),
    station: fc.constant("ARCES"),
    phase: fc.constantFrom("P", "pP"),
    deltaDeg: within(0, 180, 3),
    stationEventAzimuthDeg: within(0, 359, 2),
    eventStationAzimuthDeg: within(0, 359, 2),
    timeResidualSec: maybe(within(-9, 9, 3)),
    timeDefining: fc.boolean(),
    azimuthResidualDeg: maybe(within(-90, 90, 1)),
    azimuthDefining: fc.boolean(),
    slownessResidualSecPerDeg: maybe(within(-9, 9, 2)),
    slownessDefining: fc.boolean(),
    weight: maybe(within(0, 1, 3)),
  });
const origin = (orid: number) =>
  fc.record({
    key: fc.constant(`orid-${orid}`),
    time,
    latitudeDeg: within(-90, 90, 4),
    longitudeDeg: within(-180, 180, 4),
    depthKm: within(1, 700, 3),
    depthType: fc.constantFrom("free" as const, "default" as const, "depth-phase" as const, "analyst" as const),
    error: maybe(error),
    associations: fc.tuple(association(1), association(2)).map(([a, b]) => [a, b]),
    magnitudes: fc.array(
      fc.record({
        type: fc.constantFrom("mb", "Ms", "ML"),
        value: within(2, 7, 2),
        uncertainty: within(0, 1, 2),
        stationCount: fc.nat(50),
        stations: fc.array(stationMagnitude, { maxLength: 3 }),
      }),
      { maxLength: 3 },
    ),
    definingCount: fc.nat(99),
    author: fc.constantFrom("", "harken"),
  });
const bulletins = fc
  .record({
    arrivals: fc.tuple(arrival(0), arrival(1), arrival(2)).map((list) => [...list]),
    events: fc.tuple(fc.array(origin(1), { minLength: 1, maxLength: 1 }), fc.tuple(origin(2), origin(3)), fc.boolean()),
  })
  .map(({ arrivals, events: [one, two, second] }): unknown => ({
    list: "SEL1",
    arrivals,
    events: [
      { key: "evid-1", preferredOriginKey: "orid-1", origins: one },
      { key: "evid-2", preferredOriginKey: second ? "orid-3" : "orid-2", origins: two },
    ],
  }));

/** Without what the tables do not hold and the reader computes, and what stands there in another order. */
function comparable(bulletin: Bulletin): unknown {
  return {
    ...bulletin,
    events: bulletin.events.map((event) => ({
      ...event,
      origins: event.origins.map(
        ({ stationCount: _s, azimuthGapDeg: _g, rmsResidualSec: _r, remarks: _m, ...rest }) => rest,
      ),
    })),
  };
}

test("a bulletin that is written comes back: everything that the tables hold", () => {
  fc.assert(
    fc.property(bulletins, (value) => {
      const bulletin = structuredClone(value) as Bulletin;
      const files = encodeCssBulletin(bulletin, { layout: "kbcore" });
      const back = bulletinFromCss(readText(files), "SEL1");
      assert.deepEqual(back.problems, []);
      assert.deepEqual(comparable(back.bulletin), comparable(bulletin));
      assert.deepEqual(encodeCssBulletin(back.bulletin, { layout: "kbcore" }), files);
      const older = encodeCssBulletin(bulletin);
      assert.deepEqual(encodeCssBulletin(bulletinFromCss(readText(older)).bulletin).origin, older.origin);
    }),
  );
});

test("associations of arrivals that are not there are left out and told", () => {
  const [value] = fc.sample(bulletins, { numRuns: 1, seed: 3 });
  const { arrival: _, ...others } = encodeCssBulletin(value as Bulletin);
  const tables = readText({ ...others, arrival: "" });
  const { bulletin, problems } = bulletinFromCss(tables);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["css.row-left-out"],
  );
  assert.match(problems[0]!.message, /^6 rows of the table assoc/);
  assert.ok(bulletin.events.every(({ origins }) => origins.every(({ associations }) => associations.length === 0)));
});

test("stations are written as site and sitechan", () => {
  const place = { latitudeDeg: 69.5, longitudeDeg: 25.5, elevationKm: 0.4 };
  const channel = {
    id: { network: "", station: "ARA0", location: "", channel: "SHZ" },
    startTime: 7e8,
    endTime: null,
    ...place,
    depthKm: 0.01,
    hangDeg: -1,
    vangDeg: 0,
    sampleRateHz: 40,
    instrument: "GS-13",
    calibNmPerCount: null,
    calperSec: null,
    response: null,
  };
  const site = { network: "", code: "ARA0", ...place, northKm: 0, eastKm: 0 };
  const station = {
    code: "ARCES",
    network: "",
    name: "ARCES array",
    technology: "seismic" as const,
    kind: "array" as const,
    role: null,
    ...place,
    sites: [site, { ...site, code: "ARA1", latitudeDeg: 69.51, northKm: 1.1 }],
    channels: [channel],
  };
  const tables = readText(encodeCssBulletin({ list: "", events: [], arrivals: [] }, { stations: [station] }));
  assert.deepEqual(
    sitesFromCss(tables).map(({ code, station: array, name }) => [code, array, name]),
    [
      ["ARCES", "ARCES", "ARCES array"],
      ["ARA0", "ARCES", "ARCES array"],
      ["ARA1", "ARCES", "ARCES array"],
    ],
  );
  const { channels, problems } = channelsFromCss(tables);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    channels.map(({ id, latitudeDeg, depthKm, vangDeg }) => [id.station, id.channel, latitudeDeg, depthKm, vangDeg]),
    [["ARA0", "SHZ", 69.5, 0.01, 0]],
  );
});

const UEB = "parametric/ueb-20100520-css30";
const tablesIn = (folder: string, names: readonly CssTableName[]) =>
  read(Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/ueb_test.${name}`)])));

referenceTest("the stored IDC bulletin as events, arrivals and magnitudes", [UEB], (_t, [folder]) => {
  const names = ["origin", "arrival", "assoc", "amplitude", "stamag", "netmag", "origerr", "event"] as const;
  const tables = tablesIn(folder!, names);
  const { bulletin, problems } = bulletinFromCss(tables, "UEB");
  assert.deepEqual(problems, []);
  const origins = bulletin.events.flatMap((event) => event.origins);
  assert.equal(origins.length, 104);
  assert.equal(bulletin.arrivals.length, 496);
  assert.equal(
    origins.reduce((sum, { associations }) => sum + associations.length, 0),
    420,
  );
  assert.equal(origins.filter(({ error: e }) => e !== null).length, 81);
  // Two of the 103 network magnitudes have no value.
  const magnitudes = origins.flatMap((o) => o.magnitudes.filter(({ stationCount }) => stationCount > 0));
  assert.equal(magnitudes.length, 101);
  assert.ok(bulletin.events.every((event) => preferredOrigin(event) !== undefined));
  // Row by row what the texts say: origin 6356888 and its arrival 59210202 at ASAR.
  const stored = origins.find(({ key }) => key === "orid-6356888");
  assert.deepEqual(stored?.magnitudes.map(({ type, value, stationCount }) => [type, value, stationCount]).slice(0, 2), [
    ["mb1", 3.34, 2],
    ["mb1mle", 3.05, 19],
  ]);
  const first = bulletin.arrivals.find(({ key }) => key === "arid-59213541");
  assert.deepEqual(
    [first?.station, first?.phase, first?.time, first?.azimuthDeg, first?.slownessSecPerDeg, first?.snr],
    ["MLR", "P", 1274394603.094, 286.86, 1.05, 60.96],
  );
  const again = bulletinFromCss(readText(encodeCssBulletin(bulletin, { layout: "idc" })), "UEB");
  assert.deepEqual(again.problems, []);
  assert.equal(again.bulletin.events.length, bulletin.events.length);
  const counts = (b: Bulletin) =>
    b.events.map((e) => e.origins.map((o) => [o.time, o.latitudeDeg, o.associations.length, o.magnitudes.length]));
  assert.deepEqual(counts(again.bulletin), counts(bulletin));
});

referenceTest("the stored channels of IMS stations", ["parametric/gms-station-ref"], (_t, [folder]) => {
  const tables = tablesIn(folder!, ["site", "sitechan", "sensor", "instrument"]);
  const { channels, problems } = channelsFromCss(tables);
  assert.deepEqual(problems, []);
  assert.ok(channels.length >= 2712);
  const shz = channels.filter(({ id }) => id.station === "BOSA1" && id.channel === "SHZ").at(-1);
  // The instrument's row says GS21, 40 Hz and .015340 nm/count at 1 s.
  assert.deepEqual([shz?.sampleRateHz, shz?.calperSec, shz?.instrument, shz?.vangDeg], [40, 1, "GS21", 0]);
});

referenceTest("LocOO3D's example, joined from its four files", ["parametric/locoo3d-examples/Data"], (_t, [folder]) => {
  const contents = ["arrivals", "assocs", "origins", "sites"].map((name) =>
    css.read(readFileSync(`${folder}/${name}.txt`), `${name}.txt`, defaultLimits),
  );
  const { bulletin, sites, problems } = joinCss(contents.flatMap(({ cssTables }) => cssTables ?? []));
  assert.deepEqual(problems, []);
  assert.equal(sites.length, 6);
  const [event] = bulletin.events;
  const { associations, latitudeDeg } = preferredOrigin(event!);
  assert.equal(latitudeDeg, 79.762518);
  assert.deepEqual(associations.map(({ station, phase }) => `${station} ${phase}`).sort(), [
    "ASAR PKPdf",
    "BVAR PcP",
    "CMAR P",
    "MAW PKPbc",
    "SONM P",
    "SPITS Pn",
  ]);
  // The files give no azimuth from the station: it is computed from the places. SPITS lies east-southeast of the source.
  const spits = associations.find(({ station }) => station === "SPITS")!;
  assert.equal(spits.eventStationAzimuthDeg, 113.82505);
  assert.ok(
    spits.stationEventAzimuthDeg > 300 && spits.stationEventAzimuthDeg < 320,
    `${spits.stationEventAzimuthDeg}`,
  );
});
