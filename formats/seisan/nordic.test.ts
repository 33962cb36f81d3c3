import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import {
  type Arrival,
  type Bulletin,
  distanceAzimuth,
  epoch,
  geodesicKm,
  KM_PER_DEGREE,
  preferredOrigin,
} from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { bulletins } from "../arbitraryBulletin.test.ts";
import { decodeNordic } from "./decodeNordic.ts";
import { encodeNordic } from "./encodeNordic.ts";
import { nordic } from "./format.ts";
import { magnitudeLetterOf } from "./nordicCodes.ts";
import { decodeSeisanStations } from "./stations.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const decode = (text: string) => decodeNordic(bytesOf(text));
const line = (text: string, type: string) => `${text}${" ".repeat(79 - bytesOf(text).length)}${type}\n`;

/** Two agencies, magnitudes on a line of their own, and readings of each kind; columns by the manual's tables. */
const event = [
  line(" 1996  6 3 2355 35.5 DE 46.787 153.722 33.0F TES 12 1.1 5.6WTES 5.6bPDE 5.1sTES", "1"),
  line(" GAP=348        2.88       9.9    12.9 99.9  0.2000E+02 -0.3810E+02  0.1205E+01", "E"),
  line(" 1996  6 3 2355 35.511  46.78711  153.72245   33.011  1.123 TES", "H"),
  line(" 1996  6 3 2355 31.8 D  46.800 153.700 30.0  NAO  2 1.0 2.0LNAO", "1"),
  line(" 1996  6 3 2355 35.5                         TES        4.8BTES 4.9STES 2.2CTES", "1"),
  line(" LOCALITY: Kurilene, på havet", "3"),
  line(" OLDACT:UPD 96-07-09 09:40 OP:jens STATUS:               ID:19960603235540", "3"),
  line(" ACTION:SPL 08-10-02 10:19 OP:jh   STATUS:               ID:19960603235540", "I"),
  line(" 1996-06-03-2002-18S.TEST__012", "6"),
  line("      8.3      41.0      74.7     1", "F"),
  line(" STAT SP IPHASW D HRMM SECON CODA AMPLIT PERI AZIMU VELO AIN AR TRES W  DIS CAZ", "7"),
  line(" KBS  BZ EP       24 4 40.63                              23   -1.3210 5724 351", " "),
  line(" TRO  SZ2IPKiKP   24 5 32.512  345                        21   12.75 5 6471 343", " "),
  line(" NRA0 SZ IPn  4 D 2359 13.44      1234.6  1.3 245.2  8.6  50  2 -0.7 0  555 235", " "),
  line(" NRA0 SZ  IAML    2359 20.10        0.55  0.2                           555 235", " "),
  line(" NRA0 SZ  IVmB_BB 2359 21.10        55.5  0.2                           555 235", " "),
  line(" BER  SZ  IAmb    2359 21.10        55.5  0.2                           555 235", " "),
  line(" ODD1 LZ I        2359 27.35", " "),
].join("");

test("each column of a Nordic file", () => {
  const { bulletin, waveformFiles, problems } = decode(event);
  const [found] = bulletin.events;
  assert.equal(found?.key, "19960603235540/235535.5");
  assert.deepEqual(waveformFiles.get(found.key), ["1996-06-03-2002-18S.TEST__012"]);
  const [origin, other] = found.origins;
  assert.equal(preferredOrigin(found), origin);
  assert.deepEqual(
    [origin?.time, origin?.latitudeDeg, origin?.longitudeDeg, origin?.depthKm, origin?.depthType, origin?.author],
    [epoch(1996, 6, 3, 23, 55, 35.511), 46.78711, 153.72245, 33.011, "default", "TES"],
  );
  assert.deepEqual(
    [origin?.stationCount, origin?.rmsResidualSec, origin?.azimuthGapDeg, origin?.definingCount],
    [12, 1.123, 348, 2],
  );
  const sigma = (variance: number) => Number(Math.sqrt(variance).toFixed(6));
  assert.deepEqual(
    [origin?.error?.sxxKm2, origin?.error?.syyKm2, origin?.error?.sttSec2].map((v) => sigma(v!)),
    [12.9, 9.9, 2.88],
  );
  assert.deepEqual([origin?.error?.sxyKm2, origin?.error?.depthErrorKm], [20, null]);
  assert.deepEqual(
    [other?.time, other?.latitudeDeg, other?.depthType, other?.author, other?.associations.length],
    [epoch(1996, 6, 3, 23, 55, 31.8), 46.8, "free", "NAO", 0],
  );
  const sizes = (magnitudes: readonly { type: string; value: number }[]) =>
    magnitudes.map((m) => `${m.type} ${m.value}`);
  assert.deepEqual(sizes(origin!.magnitudes), ["Mw 5.6", "mb 5.6", "Ms 5.1", "mB 4.8", "MS 4.9", "Mc 2.2"]);
  assert.deepEqual(sizes(other!.magnitudes), ["ML 2"]);
  assert.deepEqual(origin?.remarks, [
    "The agency calls it: explosion.",
    "LOCALITY: Kurilene, på havet",
    "Magnitude mb 5.6 is by PDE.",
  ]);
  const rows = origin!.associations.map((association) => {
    const arrival = bulletin.arrivals.find(({ key }) => key === association.arrivalKey)!;
    return { ...association, arrival };
  });
  const inDay = (time: number) => Number((time - epoch(1996, 6, 3)).toFixed(3));
  assert.deepEqual(
    rows.map(({ station, phase, arrival, timeResidualSec, timeDefining, weight }) => [
      ...[station, arrival.channel, phase, inDay(arrival.time), timeResidualSec, timeDefining, weight],
    ]),
    [
      ["KBS", "BZ", "P", 86_680.63, -1.32, true, 1],
      ["TRO", "SZ", "PKiKP", 86_732.512, 12.75, true, 0.5],
      ["NRA0", "SZ", "Pn", 86_353.44, -0.7, false, 0],
      ["ODD1", "LZ", "tx", 86_367.35, null, false, null],
    ],
  );
  const [kbs, tro, nra] = rows;
  assert.ok(Math.abs(kbs!.deltaDeg * KM_PER_DEGREE - 5724) < 1e-9 && kbs?.eventStationAzimuthDeg === 351);
  // E at a distance, I with half its weight, and a weight of none.
  assert.deepEqual([kbs?.arrival.timeErrorSec, tro?.arrival.timeErrorSec, nra?.arrival.timeErrorSec], [1, 0.4, 1.5]);
  assert.deepEqual(
    [nra?.arrival.azimuthDeg, nra?.arrival.slownessSecPerDeg, nra?.azimuthResidualDeg, nra?.arrival.firstMotion],
    [245.2, KM_PER_DEGREE / 8.6, 2, "d"],
  );
  assert.deepEqual(
    nra?.arrival.amplitudes.map(({ type, amplitude, periodSec }) => [type, amplitude, periodSec]),
    [
      ["ML", 1234.6, 1.3],
      ["ML", 0.55, 0.2],
    ],
  );
  assert.deepEqual(
    problems.map(({ code, message }) => `${code}: ${message}`),
    [
      "nordic.not-carried: Not carried: fault plane solutions (type F) (1, the first on line 10).",
      "nordic.not-carried: Not carried: coda lengths (1, the first on line 13).",
      "nordic.not-carried: Not carried: amplitudes IVmB_BB (1, the first on line 16).",
      "nordic.not-carried: Not carried: amplitudes at stations without an onset (1, the first on line 17).",
    ],
  );
});

test("Nordic2: codes of channel and network, amplitudes and directions on lines of their own", () => {
  const { bulletin, problems } = decode(
    [
      line(" 2021  1 3  345 23.9 LQ 60.111   5.404 13.7  BER 16 .60 1.2LBER", "1"),
      line(" GAP=120   BER  1.58       2.9     6.9  4.2  0.1279E+02 -0.1275E+02 -0.2654E+01", "E"),
      line(" STAT COM NTLO IPHASE   W HHMM SS.SSS   PAR1  PAR2 AGA OPE  AIN  RES W  DIS CAZ", "7"),
      line(" BAS17HHZ NS   IP          345 26.970      C       BER ml 147.0 0.4810 8.33 346", " "),
      line(" BAS17HHE NS   ES       1  345 29.600              BER ml 147.0 1.2010 8.33 346", " "),
      line(" BAS17HHZ NS    IAML       345 29.670   27.7  0.09 BER mls     -0.30   8.33 346", " "),
      line(" NRA0 S Z BB01 IPn       A 346 19.090              NAO hhh 50.0-.05010368.0  72", " "),
      line(" NRA0 S Z       BAZ-Pn     346 19.090  256.9   6.9               0.1  368.0  72", " "),
    ].join(""),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    bulletin.arrivals.map(({ station, channel, phase, time, firstMotion, azimuthDeg, author }) => [
      ...[
        station,
        channel,
        phase,
        Number((time - epoch(2021, 1, 3, 3, 45)).toFixed(3)),
        firstMotion,
        azimuthDeg,
        author,
      ],
    ]),
    [
      ["BAS17", "HHZ", "P", 26.97, "c", null, "BER ml"],
      ["BAS17", "HHE", "S", 29.6, null, null, "BER ml"],
      ["NRA0", "SZ", "Pn", 79.09, null, 256.9, "NAO hhh"],
    ],
  );
  const [, s, pn] = bulletin.arrivals;
  assert.deepEqual([s?.amplitudes[0]?.amplitude, s?.amplitudes[0]?.channel.network], [27.7, "NS"]);
  assert.equal(pn?.slownessSecPerDeg, KM_PER_DEGREE / 6.9);
  const [, , association] = preferredOrigin(bulletin.events[0]!).associations;
  assert.deepEqual([association?.azimuthResidualDeg, association?.timeResidualSec], [0.1, -0.05]);
  assert.equal(bulletin.events[0]!.origins[0]!.azimuthGapDeg, 120);
});

test("a reading after midnight, in hour 24 or 0, is the next day's", () => {
  const day = epoch(2016, 9, 11);
  const read = (hours: string) =>
    decode(
      line(" 2016  911 2359 54.9 L -37.345 178.756 25.0  TES  5 0.6", "1") +
        line(` FOZ  HZ  P       ${hours} 0  3.33`, " "),
    ).bulletin.arrivals[0]?.time;
  assert.equal(read("24"), day + 86_403.33);
  assert.equal(read("00"), day + 86_403.33);
});

test("events of one file, compact catalogues, copies of an event, and events without a place", () => {
  const first = event.split("\n")[0]!;
  assert.deepEqual(
    decode(`${event}\n${event}`).bulletin.events.map(({ key }) => key),
    ["19960603235540/235535.5", "19960603235540/235535.5/2"],
  );
  const catalogue = `${first}\n${first.replace("2355 35.5", "2357 35.5")}\n${first.replace("2355 35.5", "2357 36.5").replace("TES", "ISC")}\n`;
  assert.deepEqual(
    decode(catalogue).bulletin.events.map(({ origins }) => origins.length),
    [1, 2],
  );
  const many = Array.from({ length: 20_010 }, (_, i) => first.replace("2355", `${10 + (i % 12)}${10 + (i % 50)}`));
  assert.ok(decode(many.join("\n")).bulletin.events.length > 20_000, "a long catalogue is read to its end");
  const unplaced = decode(event.replace(" 46.787 153.722", " ".repeat(15)).replaceAll(/^.*(?:H|NAO +1)\n/gm, ""));
  assert.deepEqual([unplaced.bulletin.events.length, unplaced.bulletin.arrivals.length], [0, 4]);
  assert.ok(unplaced.problems.some(({ code }) => code === "nordic.event-without-place"));
  assert.ok(decode(event.slice(81)).problems.every(({ code }) => code !== "nordic.no-hypocentre"));
  assert.deepEqual(
    decode(line(" KBS  BZ EP       24 4 40.63", " ")).problems.map(({ code }) => code),
    ["nordic.no-hypocentre"],
  );
  assert.equal(nordic.sniff(bytesOf(event), "x"), 0.9);
  assert.equal(nordic.sniff(bytesOf(event.slice(1)), "01-0411-15L.S201309"), 0);
});

/** What the columns carry, of events with the arrivals of each within a day of it. */
function kept({ events, arrivals }: Bulletin) {
  const arrivalOf = new Map(arrivals.map((arrival) => [arrival.key, arrival]));
  const inTenths = (value: number | null) => (value === null ? null : Math.round(value * 10));
  return events.map((event) => {
    const preferred = preferredOrigin(event);
    const origins = [preferred, ...event.origins.filter((origin) => origin !== preferred)];
    return {
      origins: origins.map((origin) => [
        ...[Math.round(origin.time * 1000), origin.latitudeDeg, origin.longitudeDeg, inTenths(origin.depthKm)],
        ...[origin.depthType === "free" || origin.depthType === "depth-phase", origin.author.slice(0, 3)],
        ...[origin.stationCount, origin.azimuthGapDeg, origin.rmsResidualSec, origin.error !== null],
        origin.magnitudes
          .flatMap(({ type, value }) =>
            magnitudeLetterOf(type) === null ? [] : [`${magnitudeLetterOf(type)} ${value}`],
          )
          .filter((text, i, all) => all.indexOf(text) === i)
          .join(),
      ]),
      remarks: preferred.remarks.join(" ").replaceAll(/\s+/g, " ").trim(),
      phases: preferred.associations
        .map((association) => {
          const arrival = arrivalOf.get(association.arrivalKey)!;
          return [
            ...[arrival.station, association.phase, Math.round(arrival.time * 1000)],
            ...[inTenths(association.timeResidualSec), inTenths(arrival.azimuthDeg)],
            association.phase.length > 4 ? null : arrival.firstMotion,
            Math.round(association.eventStationAzimuthDeg) % 360,
          ].join(" ");
        })
        .sort(),
    };
  });
}

/** Each association of a preferred origin with an arrival of its own, up to 24 hours after it. */
const nearBulletins = bulletins.map((bulletin): Bulletin => {
  const arrivals: Arrival[] = [];
  const events = bulletin.events.map((event) => {
    const preferred = preferredOrigin(event);
    const associations = preferred.associations.map((association, n) => {
      const arrival = bulletin.arrivals.find((one) => one.key === association.arrivalKey)!;
      const key = `${event.key}:${n}`;
      const time = Math.round((preferred.time + (arrival.time % 86_000)) * 1000) / 1000;
      arrivals.push({ ...arrival, key, time });
      return { ...association, arrivalKey: key };
    });
    const origins = event.origins.map((origin) => (origin === preferred ? { ...origin, associations } : origin));
    return { ...event, origins };
  });
  return { ...bulletin, events, arrivals };
});

test("what is written reads back as far as its columns go, and once more exactly", () => {
  fc.assert(
    fc.property(nearBulletins, (bulletin) => {
      const text = encodeNordic(bulletin);
      assert.ok(text.split("\n").every((each) => each === "" || bytesOf(each).length === 80));
      const { bulletin: back, problems } = decode(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(kept(back), kept(bulletin));
      const again = decode(encodeNordic(back)).bulletin;
      assert.deepEqual(kept(again), kept(back));
      assert.deepEqual(encodeNordic(again), encodeNordic(back));
    }),
  );
});

const SET = "waveforms/nz-alpine-fault";

referenceTest(
  "50 S-files of the Alpine Fault: every reading's distance and azimuth by our geodesy as in its columns, which are cut to the kilometre",
  [SET],
  (t, [path]) => {
    const { items } = decodeSeisanStations(readFileSync(`${path}/STATION0.HYP`));
    const siteOf = new Map(items.map((site) => [site.code, site]));
    const folder = `${path}/REA/TEST_`;
    const names = readdirSync(folder).filter((name) => name.includes(".S2013"));
    let [count, residuals] = [0, 0];
    let [farthest, widest] = [0, 0];
    for (const name of names) {
      const bytes = readFileSync(`${folder}/${name}`);
      const { bulletin, problems } = decodeNordic(bytes);
      assert.ok(
        problems.every(({ code }) => code === "nordic.not-carried"),
        name,
      );
      assert.equal(bulletin.events.length, 1);
      const origin = preferredOrigin(bulletin.events[0]!);
      // The file's own sum, though some readings were taken out of these copies: how many stations, and the RMS from residuals and weights.
      const used = origin.associations.filter(({ timeDefining }) => timeDefining);
      assert.ok(new Set(used.map(({ station }) => station)).size <= origin.stationCount, name);
      const weights = used.reduce((sum, { weight }) => sum + weight!, 0);
      const rms = Math.sqrt(used.reduce((sum, a) => sum + a.weight! * a.timeResidualSec! ** 2, 0) / weights);
      assert.ok(Math.abs(rms - origin.rmsResidualSec) < 0.1, `${name} ${rms} ${origin.rmsResidualSec}`);
      residuals += used.length;
      for (const { station, deltaDeg, eventStationAzimuthDeg } of origin.associations) {
        const site = siteOf.get(station);
        if (!site || deltaDeg === 0) continue;
        const { latitudeDeg, longitudeDeg } = origin;
        const km = geodesicKm(latitudeDeg, longitudeDeg, site.latitudeDeg, site.longitudeDeg);
        const { azimuthDeg } = distanceAzimuth(latitudeDeg, longitudeDeg, site.latitudeDeg, site.longitudeDeg);
        const off = Math.abs(((azimuthDeg - eventStationAzimuthDeg + 540) % 360) - 180);
        farthest = Math.max(farthest, Math.abs(km - deltaDeg * KM_PER_DEGREE));
        widest = Math.max(widest, (off * Math.PI * km) / 180);
        count++;
      }
    }
    t.diagnostic(
      `${names.length} files, ${count} readings, ${residuals} residuals: within ${farthest.toFixed(2)} km, azimuths within ${widest.toFixed(2)} km across`,
    );
    assert.ok(names.length === 50 && count > 400);
    assert.ok(farthest < 1 && widest < 1);
  },
);

const small = bytesOf(event);
fuzzDecoder("decodeNordic", decodeNordic, [small, bytesOf(`${event}\n${event}`)], ({ bulletin }) => {
  for (const { preferredOriginKey, origins } of bulletin.events) {
    assert.ok(origins.some(({ key }) => key === preferredOriginKey));
    for (const { time, latitudeDeg, depthKm, error } of origins)
      assert.ok([time, latitudeDeg, depthKm, error?.semiMajorKm ?? 0, error?.sxyKm2 ?? 0].every(Number.isFinite));
  }
  for (const { time, timeErrorSec } of bulletin.arrivals) assert.ok(Number.isFinite(time) && timeErrorSec > 0);
});
