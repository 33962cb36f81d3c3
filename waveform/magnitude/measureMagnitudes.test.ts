import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Amplitude, Arrival, Association } from "@harken/core";
import { referenceTest } from "@harken/testing";
import { type UebTables, uebTables } from "../testTables.ts";
import { type MagnitudeInput, measureMagnitudes, type NoiseAmplitude } from "./measureMagnitudes.ts";
import { mb1Rule, mbRule } from "./rules.ts";

function amplitude(type: Amplitude["type"], size: number, periodSec: number, more: Partial<Amplitude> = {}): Amplitude {
  const channel = { network: "", station: "", location: "", channel: "" };
  return { type, channel, time: 0, amplitude: size, periodSec, clipped: false, ...more };
}

interface Seen {
  readonly station: string;
  readonly phase: string;
  readonly deltaDeg: number;
  readonly amplitudes: readonly Amplitude[];
  readonly time?: number;
}

function event(depthKm: number, seen: readonly Seen[], noise?: readonly NoiseAmplitude[]): MagnitudeInput {
  const nothing = { azimuthDeg: null, azimuthErrorDeg: null, slownessSecPerDeg: null, slownessErrorSecPerDeg: null };
  const more = {
    snr: null,
    firstMotion: null,
    rectilinearity: null,
    incidenceDeg: null,
    frequencyHz: null,
    fkQuality: null,
  };
  const arrivals = seen.map(({ station, phase, amplitudes, time = 0 }, i): Arrival => {
    return {
      key: `${i}`,
      station,
      channel: "",
      time,
      timeErrorSec: 1,
      phase,
      ...nothing,
      ...more,
      amplitudes,
      author: "",
    };
  });
  const associations = seen.map(({ station, phase, deltaDeg }, i): Association => {
    const directions = {
      stationEventAzimuthDeg: 0,
      eventStationAzimuthDeg: 0,
      azimuthResidualDeg: null,
      slownessResidualSecPerDeg: null,
    };
    const defining = { timeDefining: true, azimuthDefining: false, slownessDefining: false };
    return { arrivalKey: `${i}`, station, phase, deltaDeg, timeResidualSec: 0, weight: 1, ...directions, ...defining };
  });
  const input = { associations, arrivals: new Map(arrivals.map((arrival) => [arrival.key, arrival])), depthKm };
  return noise ? { ...input, noise } : input;
}

/** One of the bulletin's events with the amplitudes that made its stored magnitudes. */
function storedEvent(tables: UebTables, orid: number): MagnitudeInput {
  const { stamags, amplitudes, origins } = tables;
  const measured = (ampid: number, type: Amplitude["type"]) => {
    const row = amplitudes.get(ampid);
    return row ? [amplitude(type, row.amp, row.per)] : [];
  };
  const own = stamags.filter((row) => row.orid === orid);
  const seen = own
    .filter(({ magtype, arid }) => arid > 0 && (magtype === "mb_ave" || magtype === "ms_ave"))
    .map(({ sta, phase, delta, ampid }) => {
      return { station: sta, phase, deltaDeg: delta, amplitudes: measured(ampid, phase === "LR" ? "ALR/2" : "A5/2") };
    });
  const noise = own
    .filter(({ magtype, arid }) => arid < 0 && (magtype === "mb_mle" || magtype === "ms_mle"))
    .flatMap(({ sta, delta, ampid, magtype }) =>
      measured(ampid, magtype === "ms_mle" ? "ANL/2" : "ANP/2").map((a) => ({
        station: sta,
        deltaDeg: delta,
        amplitude: a,
      })),
    );
  return event(origins.find((row) => row.orid === orid)!.depth, seen, noise);
}

referenceTest(
  "IDC network magnitudes from their amplitudes: within 0.01; uncertainties within 0.02",
  ["parametric/ueb-20100520-css30", "parametric/gms-station-ref"],
  (t, folders) => {
    const tables = uebTables((name) => readFileSync(`${folders[name.endsWith("site") ? 1 : 0]}/${name}`, "utf8"));
    const names = { mb_ave: "mb", mb_mle: "mb_mle", ms_ave: "Ms", ms_mle: "Ms_mle" } as const;
    const counts: Record<string, number> = {};
    for (const row of tables.netmags) {
      const name = names[row.magtype as keyof typeof names];
      // One of the amplitudes is not in the stored table.
      const own = tables.stamags.filter(({ magid, defining }) => magid === row.magid && defining);
      if (!name || row.nsta <= 0 || own.some(({ ampid }) => !tables.amplitudes.has(ampid))) continue;
      const ours = measureMagnitudes(storedEvent(tables, row.orid)).magnitudes.find(({ type }) => type === name);
      assert.ok(ours, `${row.orid} ${name}`);
      const off = ours.value - row.magnitude;
      const words = `${row.orid} ${name}: ${ours.value.toFixed(3)} of ${ours.stationCount}, stored ${row.magnitude} of ${row.nsta}`;
      if (Math.abs(off) > 0.01) t.diagnostic(words);
      // One station of the largest event was refused by an analyst.
      assert.ok(Math.abs(off) < (row.orid === 6356844 ? 0.02 : 0.01), words);
      if (name === "mb" || name === "Ms")
        assert.ok(Math.abs(ours.uncertainty - row.uncertainty) < 0.02, `${words}: ${ours.uncertainty}`);
      counts[name] = (counts[name] ?? 0) + 1;
    }
    t.diagnostic(JSON.stringify(counts));
    assert.deepEqual(counts, { mb: 15, mb_mle: 15, Ms: 4, Ms_mle: 4 });
  },
);

/** Half of the last stored digit. */
const HALF_DIGIT = 0.005;
/** The table of Q has thousandths. */
const HALF_Q_DIGIT = 0.0005;

referenceTest(
  "IDC station magnitudes from their amplitudes: every defining mb of a surface event within 0.01 or what its stored digits allow, Ms within 0.006",
  ["parametric/ueb-20100520-css30", "parametric/gms-station-ref"],
  (t, folders) => {
    const tables = uebTables((name) => readFileSync(`${folders[name.endsWith("site") ? 1 : 0]}/${name}`, "utf8"));
    const found = { mb: 0, mbBeyond: 0, deep: 0, Ms: 0 };
    const worst = { mb: 0, deep: 0, Ms: 0 };
    for (const row of tables.stamags) {
      const name = /^mb_(ave|mle)$/.test(row.magtype) ? "mb" : /^ms_(ave|mle)$/.test(row.magtype) ? "Ms" : null;
      const measured = tables.amplitudes.get(row.ampid);
      if (!name || !measured || !row.defining) continue;
      const depthKm = tables.origins.find(({ orid }) => orid === row.orid)!.depth;
      const seen = [
        {
          ...{ station: row.sta, phase: name === "mb" ? "P" : "LR", deltaDeg: row.delta },
          amplitudes: [amplitude(name === "mb" ? "A5/2" : "ALR/2", measured.amp, measured.per)],
        },
      ];
      const ours = measureMagnitudes(event(depthKm, seen)).magnitudes.find(({ type }) => type === name);
      assert.ok(ours, `${row.sta} ${name}`);
      const off = Math.abs(ours.value - row.magnitude);
      const kind = name === "mb" && depthKm > 0 ? "deep" : name;
      found[kind]++;
      worst[kind] = Math.max(worst[kind], off);
      const words = `${row.sta} ${row.magtype} of ${row.orid}: ${ours.value}, stored ${row.magnitude}`;
      // A noise of 0.06 nm is stored to 0.01 nm: the magnitude cannot be closer than that.
      const digits =
        HALF_DIGIT +
        HALF_Q_DIGIT +
        Math.log10(1 + HALF_DIGIT / measured.amp) +
        Math.log10(1 + HALF_DIGIT / measured.per);
      if (kind === "mb" && off > 0.01) found.mbBeyond++;
      if (kind === "mb") assert.ok(off <= Math.max(0.01, digits), words);
      if (kind === "Ms") assert.ok(off <= 0.006, words);
      if (kind === "deep") assert.ok(off <= 0.03, words);
    }
    t.diagnostic(`${JSON.stringify(found)}, worst ${JSON.stringify(worst)}`);
    assert.ok(found.mb > 250 && found.mbBeyond < 0.12 * found.mb && found.Ms > 100 && found.deep > 100);
  },
);

test("mb1 adds the station's term and weighs by its spread", () => {
  const rule = mb1Rule((station) => (station === "A" ? { term: 0.4, sigma: 0.2 } : { term: 0, sigma: 0.4 }));
  const settings = { name: "test", rules: [mbRule, rule] };
  const { magnitudes } = measureMagnitudes(event(0, [P("A", 60, 10), P("B", 60, 10)]), settings);
  const [mb, mb1] = magnitudes.map(({ value }) => value);
  // Weights 0.8 and 0.2.
  assert.ok(Math.abs(mb1! - (mb! + 0.8 * 0.4)) < 1e-12);
});

const P = (station: string, deltaDeg: number, size: number, more: Partial<Amplitude> = {}): Seen => ({
  station,
  phase: "P",
  deltaDeg,
  amplitudes: [amplitude("A5/2", size, 1, more)],
});

test("Ms of a Rayleigh wave by hand: 1000 nm at 20 s and 60 deg", () => {
  const { magnitudes } = measureMagnitudes(
    event(0, [{ station: "A", phase: "LR", deltaDeg: 60, amplitudes: [amplitude("ALR/2", 1000, 20)] }]),
  );
  // log10(50) + log10(60)/3 + log10(sin 60)/2 + 0.0046 * 60 + 2.370
  const [ms] = magnitudes;
  assert.ok(ms && ms.type === "Ms" && Math.abs(ms.value - 4.9064) < 1e-3, `${ms?.value}`);
  assert.equal(ms.uncertainty, 0.25, "one station: the rule's sigma");
});

test("stations that do not define say why", () => {
  const { magnitudes } = measureMagnitudes(
    event(0, [
      P("A", 40, 10),
      P("B", 50, 10),
      P("C", 60, 10),
      P("D", 70, 10),
      P("OFF", 55, 3000),
      P("CLIP", 45, 10, { clipped: true }),
      P("SLOW", 45, 10, { periodSec: 6 }),
      P("NEAR", 12, 10),
    ]),
  );
  const mb = magnitudes.find(({ type }) => type === "mb")!;
  assert.equal(mb.stationCount, 4);
  assert.deepEqual(
    mb.stations.filter(({ defining }) => !defining).map(({ station, reason }) => [station, reason]),
    [
      ["OFF", "2.4 units above the median of the network"],
      ["CLIP", "the record is clipped"],
      ["SLOW", "its period of 6.0 s is outside 0.1 to 3 s"],
      ["NEAR", "at 12.0 deg, outside 20 to 100 deg"],
    ],
  );
});

test("one amplitude for each station: the first P for mb, the largest for ML", () => {
  const { magnitudes } = measureMagnitudes(
    event(0, [
      { ...P("A", 40, 500), time: 30 },
      { ...P("A", 40, 10), time: 10 },
      { station: "B", phase: "Pn", deltaDeg: 5, amplitudes: [amplitude("ML", 100, 1)], time: 0 },
      { station: "B", phase: "Lg", deltaDeg: 5, amplitudes: [amplitude("ML", 1000, 1)], time: 60 },
    ]),
  );
  const alone = measureMagnitudes(event(0, [P("A", 40, 10)])).magnitudes[0]!;
  assert.equal(magnitudes.find(({ type }) => type === "mb")!.value, alone.value);
  const large = measureMagnitudes(
    event(0, [{ station: "B", phase: "Lg", deltaDeg: 5, amplitudes: [amplitude("ML", 1000, 1)] }]),
  );
  assert.equal(magnitudes.find(({ type }) => type === "ML")!.value, large.magnitudes[0]!.value);
});

test("a missing magnitude is explained", () => {
  const regional = event(0, [
    { station: "A", phase: "Pn", deltaDeg: 3.3, amplitudes: [amplitude("A5/2", 20, 0.5), amplitude("ML", 100, 0.5)] },
    { station: "B", phase: "Pn", deltaDeg: 11.7, amplitudes: [amplitude("A5/2", 20, 0.5)] },
  ]);
  const { magnitudes, remarks } = measureMagnitudes(regional);
  assert.deepEqual(
    magnitudes.map(({ type, stationCount }) => [type, stationCount]),
    [["ML", 1]],
  );
  assert.deepEqual(remarks, [
    "mb is not defined: no station between 20 and 100 degrees (they are at 3.3 to 11.7 degrees).",
    "Ms is not defined: no station between 5 and 100 degrees has a Rayleigh-wave amplitude (ALR/2).",
  ]);
  const distant = measureMagnitudes(event(0, [{ station: "A", phase: "P", deltaDeg: 60, amplitudes: [] }])).remarks;
  assert.match(
    distant[0]!,
    /^mb is not defined: no station between 20 and 100 degrees has an amplitude of its first P/,
  );
  const clipped = measureMagnitudes(event(0, [P("A", 60, 10, { clipped: true })])).remarks;
  assert.match(clipped[0]!, /^mb is not defined: .*the record is clipped\.$/);
  assert.deepEqual(measureMagnitudes(event(0, [])).remarks, []);
});
