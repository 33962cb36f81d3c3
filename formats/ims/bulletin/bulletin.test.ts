import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Bulletin, epoch, preferredOrigin, type Station } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { bulletins } from "../../arbitraryBulletin.test.ts";
import { decodeImsMessages } from "../message.ts";
import { decodeImsBulletin } from "./decode.ts";
import { encodeImsBulletin } from "./encode.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
function decode(text: string | Uint8Array) {
  const bytes = typeof text === "string" ? bytesOf(text) : text;
  return decodeImsBulletin(bytes, decodeImsMessages(bytes).items);
}
function read(text: string): Bulletin {
  const { bulletin, problems } = decode(text);
  assert.deepEqual(problems, []);
  assert.ok(bulletin);
  return bulletin;
}

/** In the form of the IDC's short bulletins; columns by the tables of the specification. */
const idc = `BEGIN IMS1.0
MSG_TYPE DATA
MSG_ID 1 IDC
DATA_TYPE BULLETIN IMS1.0:short
Reviewed Event Bulletin (REB) of the IDC for August 16, 1996

EVENT 768958   QUEEN CHARLOTTE ISLANDS REGION

   Date       Time        Err   RMS Latitude Longitude  Smaj  Smin  Az Depth   Err Ndef Nsta Gap  mdist  Mdist Qual   Author      OrigID
1996/08/16 23:41:12.45   0.88  0.92  51.3300 -130.3100  16.6   7.7  63   0.0f        23   18 192   1.61  77.98 m i uk IDC_REB     769476
 (a remark of the analyst)

Magnitude  Err Nsta Author      OrigID
ML     3.8 0.5    7 IDC_REB     769476
mb   > 4.0 0.2    6 IDC_REB     769476

Sta     Dist  EvAz Phase        Time      TRes  Azim AzRes   Slow   SRes Def   SNR       Amp   Per Qual Magnitude    ArrID
BBB     1.61  57.1 Pg       23:41:40.523  -1.1 256.3  17.5   16.2   -2.4 T__  13.4     228.6  0.33 ac_ ML     4.1 11618391
WAKE   58.41 261.4 T        00:52:31.503 -94.3                           ___   3.1                 m__            11614764
HFS    65.16  18.9 P        23:51:55.581   0.9 343.9   7.9    3.5   -3.0 TAS   5.0       1.2  0.55 adi mb     4.1 11614380
                                                                                                       mbmle  4.4 11614380
STOP
`;

test("each column of a short bulletin", () => {
  const bulletin = read(idc);
  assert.equal(bulletin.list, "REB");
  const [event] = bulletin.events;
  assert.equal(event?.key, "768958");
  const origin = preferredOrigin(event);
  assert.equal(origin.key, "769476");
  assert.equal(origin.time, epoch(1996, 8, 16, 23, 41, 12.45));
  assert.deepEqual([origin.latitudeDeg, origin.longitudeDeg, origin.depthKm], [51.33, -130.31, 0]);
  assert.deepEqual(
    [origin.depthType, origin.author, origin.remarks],
    ["surface", "IDC_REB", ["a remark of the analyst"]],
  );
  const { error } = origin;
  assert.deepEqual([error?.semiMajorKm, error?.semiMinorKm, error?.strikeDeg], [16.6, 7.7, 63]);
  assert.deepEqual([error?.timeErrorSec, error?.depthErrorKm, error?.confidence], [0.88, null, 0.9]);
  assert.deepEqual(
    [origin.definingCount, origin.stationCount, origin.azimuthGapDeg, origin.rmsResidualSec],
    [23, 18, 192, 0.92],
  );
  assert.deepEqual(
    origin.magnitudes.map(({ type, value, uncertainty, stationCount, stations }) => [
      type,
      value,
      uncertainty,
      stationCount,
      stations.map(({ station, value: v }) => `${station} ${v}`),
    ]),
    [
      ["ML", 3.8, 0.5, 7, ["BBB 4.1"]],
      ["mb", 4, 0.2, 6, ["HFS 4.1"]],
    ],
  );
  assert.equal(origin.associations.length, 3);
  const [first, second, third] = origin.associations;
  assert.deepEqual(
    [first?.arrivalKey, first?.deltaDeg, first?.eventStationAzimuthDeg, first?.phase],
    ["11618391", 1.61, 57.1, "Pg"],
  );
  assert.deepEqual(
    [first?.timeResidualSec, first?.azimuthResidualDeg, first?.slownessResidualSecPerDeg, first?.timeDefining],
    [-1.1, 17.5, -2.4, true],
  );
  assert.deepEqual([second?.timeDefining, second?.azimuthResidualDeg], [false, null]);
  assert.deepEqual([third?.timeDefining, third?.azimuthDefining, third?.slownessDefining], [true, true, true]);
  const arrival = bulletin.arrivals.find(({ key }) => key === "11618391");
  assert.equal(arrival?.time, epoch(1996, 8, 16, 23, 41, 40.523));
  assert.deepEqual(
    [arrival.azimuthDeg, arrival.slownessSecPerDeg, arrival.snr, arrival.firstMotion],
    [256.3, 16.2, 13.4, "c"],
  );
  const [amplitude] = arrival.amplitudes;
  assert.deepEqual([amplitude?.type, amplitude?.amplitude, amplitude?.periodSec], ["ML", 228.6, 0.33]);
});

test("a time of day after midnight is the next day's", () => {
  const arrival = read(idc).arrivals.find(({ station }) => station === "WAKE");
  assert.equal(arrival?.time, epoch(1996, 8, 17, 0, 52, 31.503));
});

test("ISF: several agencies, #PRIME, references, comments in many places", () => {
  const header = idc.slice(idc.indexOf("   Date"), idc.indexOf("\n1996"));
  const bulletin = read(`DATA_TYPE BULLETIN IMS1.0:short with ISF extensions
ISC Bulletin
Event   840268 Western Caucasus

${header}
1967/01/30 01:20:27.00               41.0000   44.2000                   0.0                                       uk BCIS       1838610
1967/01/30 01:20:28.17   0.15        41.0502   44.2685 4.091 2.719  49   5.0f        76   70                       ke IASPEI     9093437
 (GT5 by an agency, with a bracket)
1967/01/30 01:20:28.70   0.20 1.850  41.0900   44.3100   3.7 2.510   0  11.0d       150  153  21   1.00 120.00 m i uk ISC        1838613
 (#PRIME)
 (Depth fixed to depth phase depth)

Year Volume Page1 Page2 Journal
2008    175   185   201 Geophys. J. Int.
 (#AUTHOR Someone,I. , Another,E.R.    )

Magnitude  Err Nsta Author      OrigID
       4.5          BCIS       1838610
mb     5.1       13 ISC        1838613

Sta     Dist  EvAz Phase        Time      TRes  Azim AzRes   Slow   SRes Def   SNR       Amp   Per Qual Magnitude    ArrID
TIF     0.73  30.0 P*       01:20:44.0     1.1                           T__                        __            27631110
TIF     0.73       S        01:20:54.0                                   ___                        __            27631111
 (a comment on the phase)
LJU    22.07 293.0 P        01:25:25.0     0.0                           T__                        _e mb     5.4 27631202
STOP`);
  const [event] = bulletin.events;
  assert.equal(event?.key, "840268");
  assert.deepEqual(
    event.origins.map(({ author, depthType }) => [author, depthType]),
    [
      ["BCIS", "free"],
      ["IASPEI", "default"],
      ["ISC", "depth-phase"],
    ],
  );
  const preferred = preferredOrigin(event);
  assert.equal(preferred.author, "ISC");
  assert.deepEqual(preferred.remarks, ["Depth fixed to depth phase depth"]);
  assert.equal(preferred.error?.semiMinorKm, 2.51);
  assert.equal(preferred.associations.length, 3);
  assert.equal(event.origins[0]?.magnitudes[0]?.value, 4.5);
  assert.equal(preferred.magnitudes[0]?.stations[0]?.station, "LJU");
});

referenceTest(
  "the long bulletin in the specification's appendix",
  ["formats/ims/IDC-3.4.1Rev1-appendixA-exact-columns.txt"],
  (_t, [path]) => {
    const whole = readFileSync(path!, "utf8");
    const text = whole
      .slice(whole.indexOf("DATA_TYPE BULLETIN IMS1.0:short"), whole.indexOf("DATA_TYPE CALIBPHD"))
      // The page wraps the last field of the origins.
      .replace(/\n\s*(OrigID|769476|20282397)\n/g, " $1\n")
      .replace(/=== pdfpage.*\n/g, "");
    const { bulletin } = decode(text);
    assert.equal(bulletin?.list, "REB");
    assert.deepEqual(
      bulletin.events.map(({ key }) => key),
      ["768958", "20276917"],
    );
    const [short, long] = bulletin.events.map(preferredOrigin);
    assert.deepEqual(
      [short?.latitudeDeg, short?.depthKm, short?.depthType, short?.definingCount],
      [51.33, 0, "surface", 23],
    );
    assert.equal(short?.azimuthGapDeg, 192);
    assert.deepEqual(
      short?.associations.map(({ station }) => station),
      ["BBB", "NEW", "YKA", "WAKE", "HFS"],
    );
    assert.deepEqual([long?.definingCount, long?.stationCount, long?.azimuthGapDeg], [10, 9, 196]);
    assert.deepEqual(
      long?.magnitudes.map(({ type, value }) => `${type} ${value}`),
      ["mb 3.6", "Ms 3.4", "ML 2.9", "msmle 3.1"],
    );
    assert.equal(long?.associations.length, 18);
    const bbb = long?.associations[0];
    assert.deepEqual(
      [bbb?.station, bbb?.deltaDeg, bbb?.timeResidualSec, bbb?.azimuthResidualDeg],
      ["BBB", 3.37, 1.2, 7.5],
    );
    assert.deepEqual(
      long?.magnitudes[1]?.stations.map(({ station, value }) => `${station} ${value}`),
      ["MNV 2.9", "PDAR 3.5", "YKA 3.2", "PDY 3.8"],
    );
  },
);

const round = (value: number | null, digits: number) => (value === null ? null : Number(value.toFixed(digits)) + 0);

/** Five columns have no room for the decimal of -100 and below. */
const inFive = (value: number | null) => (value === null ? null : round(value, value <= -99.95 ? 0 : 1));

/** What the columns keep of a bulletin, in the order in which it is written. */
function kept({ list, events, arrivals }: Bulletin) {
  const arrivalOf = new Map(arrivals.map((arrival) => [arrival.key, arrival]));
  return {
    list,
    events: events.map((event) => ({
      preferred: event.origins.findIndex(({ key }) => key === event.preferredOriginKey),
      origins: event.origins.map((origin) => ({
        place: [round(origin.latitudeDeg, 4), round(origin.longitudeDeg, 4), round(origin.depthKm, 1)],
        isFree: origin.depthType === "free",
        counts: [origin.definingCount, origin.stationCount, origin.azimuthGapDeg, round(origin.rmsResidualSec, 2)],
        ellipse: origin.error && [
          round(origin.error.semiMajorKm, 1),
          round(origin.error.semiMinorKm, 1),
          origin.error.strikeDeg,
          round(origin.error.timeErrorSec, 2),
        ],
        author: origin.author,
        remarks: origin.remarks.map((text) => text.replace(/\s+/g, " ").trim()),
        magnitudes: origin.magnitudes.map(({ type, value, uncertainty, stationCount }) => [
          type.replace(/_/g, ""),
          value,
          uncertainty,
          stationCount,
        ]),
        phases: origin.associations
          .map((association) => {
            const arrival = arrivalOf.get(association.arrivalKey)!;
            return [
              arrival.station,
              round(association.deltaDeg, 2),
              round(association.eventStationAzimuthDeg, 1),
              association.phase,
              round((arrival.time + 864_000) % 86_400, 3),
              association.timeResidualSec,
              arrival.azimuthDeg,
              inFive(association.azimuthResidualDeg),
              arrival.slownessSecPerDeg,
              association.slownessResidualSecPerDeg,
              [association.timeDefining, association.azimuthDefining, association.slownessDefining].join(),
              arrival.snr,
              arrival.firstMotion,
            ].join(" ");
          })
          .sort(),
      })),
    })),
  };
}

test("what is written reads back as far as its columns go, and once more exactly", () => {
  fc.assert(
    fc.property(bulletins, (bulletin) => {
      const text = encodeImsBulletin(bulletin);
      const { bulletin: back, problems } = decode(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(kept(back!), kept(bulletin));
      const times = ({ events }: Bulletin) => events.flatMap(({ origins }) => origins.map(({ time }) => time));
      const original = times(bulletin);
      times(back!).forEach((time, i) => {
        assert.ok(Math.abs(time - original[i]!) < 0.00501);
      });
      assert.deepEqual(read(encodeImsBulletin(back!)).events, back!.events);
    }),
  );
});

test("lines have the length and the separators of the specification", () => {
  const bulletin = read(idc);
  const text = encodeImsBulletin(bulletin, { region: () => "QUEEN CHARLOTTE ISLANDS REGION" });
  const lines = text.split("\n");
  const line = (start: string) => lines.find((candidate) => candidate.startsWith(start)) ?? "";
  assert.equal(line("Event"), "Event 768958   QUEEN CHARLOTTE ISLANDS REGION");
  const original = idc.split("\n");
  // The IDC's own line, but for the flag of an upper bound and the letters of quality.
  assert.equal(
    line("1996/08/16"),
    original.find((candidate) => candidate.startsWith("1996/08/16"))?.replace("77.98", "65.16"),
  );
  assert.equal(
    line("ML "),
    original.find((candidate) => candidate.startsWith("ML ")),
  );
  assert.equal(line("BBB").slice(0, 99), original.find((candidate) => candidate.startsWith("BBB"))?.slice(0, 99));
  assert.equal(line("HFS").slice(102), original.find((candidate) => candidate.startsWith("HFS"))?.slice(102));
  assert.ok(lines.every((candidate) => candidate.length <= 136));
});

test("stations that reported are listed with their places", () => {
  const place = { latitudeDeg: 69.5349, longitudeDeg: 25.5058, elevationKm: 0.403 };
  const site = (code: string) => ({ network: "NO", code, ...place, northKm: 0, eastKm: 0 });
  const station: Station = {
    code: "BBB",
    network: "NO",
    name: "",
    technology: "seismic",
    kind: "array",
    role: null,
    ...place,
    sites: [site("BB01"), site("BB02")],
    channels: [],
  };
  const text = encodeImsBulletin(read(idc), { stations: [station, { ...station, code: "ZZZ" }] });
  assert.ok(text.includes("\nNO        BBB   hfa   69.53490   25.50580 WGS-84       0.403\n"));
  assert.ok(text.includes("\nNO        BB02  1C    69.53490   25.50580 WGS-84       0.403\n"));
  assert.ok(!text.includes("ZZZ"));
  assert.equal(read(text).events.length, 1);
});

test("events without a place, bad lines and unknown blocks are told", () => {
  const codes = (text: string) => decode(text).problems.map(({ code }) => code);
  assert.deepEqual(codes(idc.replace(" 51.3300", "        ")), ["ims.event-without-place"]);
  assert.deepEqual(codes(idc.replace("BBB     1.61", "SOME NEW BLOCK")), ["ims.unread-block"]);
  assert.deepEqual(codes(idc.replace("IMS1.0:short", "GSE2.0")), ["ims.gse-bulletin"]);
});

fuzzDecoder("decodeImsBulletin", decode, [bytesOf(idc)], ({ bulletin }) => {
  for (const { preferredOriginKey, origins } of bulletin?.events ?? []) {
    assert.ok(origins.some(({ key }) => key === preferredOriginKey));
    for (const { time, latitudeDeg, depthKm, error } of origins)
      assert.ok([time, latitudeDeg, depthKm, error?.sxxKm2 ?? 0].every(Number.isFinite));
  }
});
