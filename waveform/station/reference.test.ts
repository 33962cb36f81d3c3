/** Real recordings with known answers: what station processing finds in them, beside what others found. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import {
  type Arrival,
  azimuthDifference,
  distanceAzimuth,
  KM_PER_DEGREE,
  median,
  parseTime,
  quantile,
  type WaveformSegment,
} from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { decodeNordic, readFile } from "@harken/formats";
import { findPixels } from "@harken/signal";
import { filesUnder, recordingsUnder, referenceTest, testScale } from "@harken/testing";
import { groupByStation, type StationData } from "../grouping.ts";
import { parseBeamSet, recipeOfBeams } from "./beamSet.ts";
import { processStation } from "./processStation.ts";
import type { StationRecipe } from "./recipe.ts";
import { infrasoundRecipe, seismicRecipe } from "./recipes.ts";
import { testStation } from "./testStation.ts";

const loadStations = (paths: readonly string[]) => {
  const { segments, stations } = recordingsUnder(paths);
  return groupByStation(segments, stations).stations;
};
const arrivalsOf = (data: StationData, recipe?: StationRecipe) =>
  processStation({ ...data, keyPrefix: "" }, recipe).arrivals;
const at = (text: string) => parseTime(text)!;
const nearest = (arrivals: readonly Arrival[], time: number) =>
  [...arrivals].sort((a, b) => Math.abs(a.time - time) - Math.abs(b.time - time))[0]!;
const secPerKm = ({ slownessSecPerDeg }: Arrival) => slownessSecPerDeg! / KM_PER_DEGREE;

referenceTest(
  "ARCES, a mine blast of 2010-01-22, on generated and on its stored beams: P and S within 1 s of another program's, azimuth within 4 deg, slowness as by f-k",
  [
    "waveforms/arces-2010-01-22/sac",
    "parametric/gms-station-ref/ueb_test.site",
    "waveforms/ims-arrays/beamsets/ARCES-beam.par",
  ],
  (t, [waveforms, sites, beamTable]) => {
    const [data] = loadStations([waveforms!, sites!]);
    assert.equal(data!.station.code, "ARCES");
    const { beams, problems } = parseBeamSet(readFileSync(beamTable!, "latin1"), "ARCES");
    assert.deepEqual([beams.length, problems.length], [98, 0]);
    for (const recipe of [seismicRecipe, recipeOfBeams(seismicRecipe, "ARCES-beam-1", beams)]) {
      const arrivals = arrivalsOf(data!, recipe);
      for (const [time, azimuth, slowness, within, letter] of [
        ["2010-01-22T02:06:16Z", 122, 0.139, 0.01, "P"],
        ["2010-01-22T02:07:11Z", 125, 0.225, 0.012, "S"],
      ] as const) {
        const found = nearest(arrivals, at(time));
        const { azimuthDeg, azimuthErrorDeg, phase } = found;
        t.diagnostic(
          `${recipe.name} ${phase} ${(found.time - at(time)).toFixed(2)} s, ${azimuthDeg!.toFixed(1)} +- ${azimuthErrorDeg!.toFixed(1)} deg, ${secPerKm(found).toFixed(4)} +- ${(found.slownessErrorSecPerDeg! / KM_PER_DEGREE).toFixed(4)} s/km`,
        );
        assert.ok(Math.abs(found.time - at(time)) < 1, `${letter} ${found.time - at(time)}`);
        assert.ok(Math.abs(azimuthDifference(azimuthDeg!, azimuth)) <= 4, `${letter} ${azimuthDeg}`);
        assert.ok(Math.abs(secPerKm(found) - slowness) <= within, `${letter} ${secPerKm(found)}`);
        assert.ok(phase.startsWith(letter), phase);
      }
      assert.ok(arrivals.length <= 8, `${arrivals.length} in four minutes`);
    }
  },
);

referenceTest(
  "Yellowknife, P of the Sea of Okhotsk earthquake of 2012-08-14: within 2 deg of the great circle, 305.6, and 0.4 s/deg of 6.7 s/deg by f-k",
  ["waveforms/yka-2012-08-14"],
  (_t, paths) => {
    const [data] = loadStations(paths);
    const arrivals = arrivalsOf(data!);
    const strongest = [...arrivals].sort((a, b) => b.snr! - a.snr!)[0]!;
    // 02:59:38 and 49.7 deg by ak135.
    assert.ok(Math.abs(strongest.time - at("2012-08-14T03:07:50Z")) < 5);
    assert.ok(Math.abs(azimuthDifference(strongest.azimuthDeg!, 305.6)) < 2, String(strongest.azimuthDeg));
    assert.ok(Math.abs(strongest.slownessSecPerDeg! - 6.7) < 0.4, String(strongest.slownessSecPerDeg));
    assert.equal(strongest.phase, "P");
    assert.ok(arrivals.length < 40, `${arrivals.length} in the hour of a magnitude of 7.7`);
  },
);

const earth = createEarthModel("ak135");

/** First P of ak135 at a station. */
function predictedP(
  station: StationData["station"],
  origin: { time: number; latitudeDeg: number; longitudeDeg: number },
) {
  const { deltaDeg, azimuthDeg } = distanceAzimuth(
    station.latitudeDeg,
    station.longitudeDeg,
    origin.latitudeDeg,
    origin.longitudeDeg,
  );
  const times = ["P", "Pn", "Pg"].flatMap((phase) => earth.predict(phase, deltaDeg, 0.5)?.timeSec ?? []);
  return { time: origin.time + Math.min(...times), azimuthDeg, deltaDeg };
}

const rowsOf = (path: string) =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));

referenceTest(
  "DPRK tests at single stations: onsets at the clear ones within 1 s of ak135, azimuths within 15 deg, amplitudes, one set for several sensors",
  [
    "waveforms/dprk-2009-2016/2013-02-12-mb51-north-korea",
    "waveforms/dprk-2009-2016/2016-01-06-mb51-north-korea",
    "parametric/nuclear-explosions/dprk_tests.csv",
  ],
  (t, [first, second, table]) => {
    const origins = rowsOf(table!);
    for (const [folder, name] of [
      [first, "DPRK3"],
      [second, "DPRK4"],
    ] as const) {
      const [, time, latitude, longitude] = origins.find(([event]) => event === name)!;
      const origin = { time: at(`${time}Z`), latitudeDeg: Number(latitude), longitudeDeg: Number(longitude) };
      for (const data of loadStations([folder!])) {
        const { code } = data.station;
        const predicted = predictedP(data.station, origin);
        const arrivals = arrivalsOf(data).filter(({ phase }) => phase !== "LR");
        const found = nearest(arrivals, predicted.time);
        const residual = found.time - predicted.time;
        t.diagnostic(
          `${name} ${code} ${predicted.deltaDeg.toFixed(1)} deg: ${residual.toFixed(2)} s, SNR ${found.snr!.toFixed(0)}`,
        );
        assert.ok(arrivals.length <= 8, `${code} ${arrivals.length}`);
        // Behind the Sea of Japan and the Yellow Sea the first waves are weak and late.
        if (["ERM", "YSS", "SSE"].includes(code)) continue;
        assert.ok(Math.abs(residual) < 1, `${code} ${residual}`);
        assert.ok(found.phase.startsWith("P") && found.snr! > 8, code);
        assert.deepEqual(found.amplitudes.map(({ type }) => type).sort(), ["A5/2", "ML"]);
        const turned = Math.abs(azimuthDifference(found.azimuthDeg!, predicted.azimuthDeg));
        assert.ok(turned < 15 && turned <= 1.645 * found.azimuthErrorDeg!, `${code} ${turned}`);
        assert.equal(arrivals.filter((a) => Math.abs(a.time - found.time) < 2).length, 1);
      }
    }
  },
);

referenceTest(
  "New Zealand, earthquakes of magnitude 0 to 2: P onsets beside the analyst's, median within 0.15 s, and 0.04 s apart from an event's own shift",
  ["waveforms/nz-alpine-fault/REA", "waveforms/nz-alpine-fault/WAV"],
  (t, [bulletins, waveforms]) => {
    const files = new Map(filesUnder(waveforms!).map((path) => [basename(path), path]));
    const events = filesUnder(bulletins!).filter((path) => /\.S\d{6}$/.test(path));
    const used = testScale(events.length, 14);
    const differences: number[][] = [];
    let picked = 0;
    for (const event of events.slice(0, used)) {
      const { bulletin, waveformFiles } = decodeNordic(readFileSync(event));
      const names = [...waveformFiles.values()].flat();
      const picks = bulletin.arrivals.filter(({ phase }) => /^[PS]/.test(phase));
      const segments = names.flatMap((name): readonly WaveformSegment[] =>
        files.has(name) ? readFile(readFileSync(files.get(name)!), name).segments : [],
      );
      const own: number[] = [];
      for (const pick of picks.filter(({ phase }) => phase === "P")) {
        const data = segments.filter(({ channel }) => channel.station === pick.station);
        if (data.length === 0) continue;
        picked++;
        const later = picks.find(({ station, phase }) => station === pick.station && phase === "S");
        const arrivals = arrivalsOf({
          station: { ...testStation({}), channels: [], code: pick.station },
          segments: data,
        });
        const found = arrivals.length > 0 ? nearest(arrivals, pick.time).time : Infinity;
        const isS = later && Math.abs(found - later.time) < Math.abs(found - pick.time);
        if (!isS && Math.abs(found - pick.time) < 1.5) own.push(found - pick.time);
      }
      if (own.length > 0) differences.push(own);
    }
    const all = differences.flat();
    const spread = (values: readonly number[]) => values.map(Math.abs);
    t.diagnostic(
      `${all.length} of ${picked} P: median ${median(spread(all)).toFixed(3)} s, 90 % ${quantile(spread(all), 0.9).toFixed(2)} s`,
    );
    assert.ok(all.length > 0.35 * picked);
    assert.ok(median(spread(all)) < 0.15);
    // The picks of an event are all early or late together, by about 0.1 s.
    const within = differences.filter((own) => own.length > 2).flatMap((own) => own.map((d) => d - median(own)));
    t.diagnostic(`within an event: median ${median(spread(within)).toFixed(3)} s`);
    assert.ok(median(spread(within)) < 0.04);
  },
);

referenceTest(
  "CMAR on 2005-05-11: an IMS array's hundred to three hundred detections a day, most of them waves from somewhere",
  ["waveforms/cmar-2005-05-11/messages"],
  (t, [folder]) => {
    const messages = filesUnder(folder!).filter((path) => path.endsWith(".ims.gz"));
    const hours = testScale(24, 2);
    // From 15:00 on: a quiet and a lively hour.
    const from = hours === 24 ? 0 : 90;
    const [data] = loadStations(messages.slice(from, from + hours * 6 + 1));
    const started = performance.now();
    const arrivals = arrivalsOf(data!).filter(({ phase }) => phase !== "LR");
    const minutes = (performance.now() - started) / 60_000;
    const channels = new Set(data!.segments.map(({ channel }) => channel.station)).size;
    const perDay = (arrivals.length * 24) / hours;
    t.diagnostic(
      `${perDay.toFixed(0)} detections a day, ${((channels * hours) / 24 / minutes).toFixed(0)} channel-days a minute`,
    );
    assert.ok(perDay > 80 && perDay < 450, String(perDay));
    const plane = arrivals.filter(({ azimuthDeg }) => azimuthDeg !== null);
    assert.ok(plane.length > 0.6 * arrivals.length);
  },
);

const metresPerSec = (arrival: Arrival) => 1000 / secPerKm(arrival);

referenceTest(
  "CMAR worked on in blocks of a minute, ten minutes and an hour: the same detections",
  ["waveforms/cmar-2005-05-11/messages"],
  (_t, [folder]) => {
    const messages = filesUnder(folder!).filter((path) => path.endsWith(".ims.gz"));
    const hours = testScale(24, 1);
    const from = hours === 24 ? 0 : 90;
    const [data] = loadStations(messages.slice(from, from + hours * 6 + 1));
    const inBlocks = (coreSec: number) =>
      arrivalsOf(data!, { ...seismicRecipe, window: { ...seismicRecipe.window, coreSec } });
    const whole = inBlocks(3600);
    assert.ok(whole.length > 5 * hours);
    for (const coreSec of [60, 600]) {
      const blocks = inBlocks(coreSec);
      assert.deepEqual(
        blocks.map(({ key, phase, channel }) => [key, phase, channel]),
        whole.map(({ key, phase, channel }) => [key, phase, channel]),
      );
      // Sums that begin elsewhere round differently.
      blocks.forEach(({ time, snr, azimuthDeg, slownessSecPerDeg }, i) => {
        assert.ok(Math.abs(time - whole[i]!.time) < 1e-6 && Math.abs(snr! / whole[i]!.snr! - 1) < 1e-9);
        assert.ok(Math.abs((azimuthDeg ?? 0) - (whole[i]!.azimuthDeg ?? 0)) < 1e-6);
        assert.ok(Math.abs((slownessSecPerDeg ?? 0) - (whole[i]!.slownessSecPerDeg ?? 0)) < 1e-6);
      });
    }
  },
);

referenceTest(
  "BRP, infrasound of 2012-04-09: by infrapy -112.5 deg at 335 m/s about 18:11:10 (within 2 deg, 3 %), and -114 deg at 342.5 m/s about 18:12:40 (within 4 deg, 3 %: all bands, not its one)",
  ["waveforms/infrasound-brp-2012/examples/data"],
  (t, [folder]) => {
    const [data] = loadStations(filesUnder(folder!).filter((path) => path.endsWith(".SAC")));
    const arrivals = arrivalsOf(data!);
    for (const [time, azimuth, speed, within] of [
      ["2012-04-09T18:11:10Z", -112.5, 335, 2],
      ["2012-04-09T18:12:40Z", -114, 342.5, 4],
    ] as const) {
      const found = nearest(arrivals, at(time));
      t.diagnostic(`${found.azimuthDeg!.toFixed(1)} deg, ${metresPerSec(found).toFixed(0)} m/s`);
      assert.ok(Math.abs(found.time - at(time)) < 20, String(found.time - at(time)));
      assert.ok(Math.abs(azimuthDifference(found.azimuthDeg!, azimuth)) < within, String(found.azimuthDeg));
      assert.ok(Math.abs(metresPerSec(found) / speed - 1) < 0.03, String(metresPerSec(found)));
      assert.equal(found.phase, "I");
    }
    assert.ok(arrivals.length < 15, `${arrivals.length} in twenty minutes`);
  },
);

referenceTest(
  "BRP in infrapy's own band, 0.5 to 2.5 Hz, windows as long as its tapered 10 s are in effect: azimuths within 2.5 deg, speeds within 3 %",
  ["waveforms/infrasound-brp-2012/examples/data"],
  (t, [folder]) => {
    const [{ station, segments }] = loadStations(filesUnder(folder!).filter((path) => path.endsWith(".SAC"))) as [
      StationData,
    ];
    const traces = segments.map(({ samples }) => Float64Array.from(samples));
    const places = segments.map(({ channel }) => station.sites.find(({ code }) => code === channel.station)!);
    const bands = [{ lowHz: 0.5, highHz: 2.5, windowSec: 5 }];
    const pixels = findPixels(traces, places, 100, { ...infrasoundRecipe.infrasound!.pmcc, bands });
    for (const [seconds, azimuth, speed] of [
      [670, -112.5, 335],
      [760, -114, 342.5],
    ] as const) {
      // infrapy's times are those of the windows' begin; its taper leaves the middle of them.
      const around = pixels.filter(({ fromSec }) => Math.abs(fromSec + 2.5 - (seconds + 5)) <= 2.5);
      const found = median(around.map(({ backAzimuthDeg }) => backAzimuthDeg));
      const metres = 1000 / median(around.map(({ slownessSecPerKm }) => slownessSecPerKm));
      t.diagnostic(`${found.toFixed(1)} deg, ${metres.toFixed(0)} m/s`);
      assert.ok(Math.abs(azimuthDifference(found, azimuth)) < 2.5, String(found));
      assert.ok(Math.abs(metres / speed - 1) < 0.03, String(metres));
    }
  },
);

referenceTest(
  "DIA, infrasound of 2007-09-04: 304 to 309 deg at about 350 m/s (3 %) near 20:05:35; the microbaroms beside it are noise",
  ["waveforms/infrasound-dia-2007/examples/real_data", "waveforms/infrasound-dia-2007/examples/NL.DIA.xml"],
  (_t, paths) => {
    const [data] = loadStations(paths);
    const arrivals = arrivalsOf(data!);
    const found = nearest(
      arrivals.filter(({ phase }) => phase === "I"),
      at("2007-09-04T20:05:35Z"),
    );
    assert.ok(Math.abs(found.time - at("2007-09-04T20:05:35Z")) < 10);
    assert.ok(found.azimuthDeg! > 304 && found.azimuthDeg! < 309, String(found.azimuthDeg));
    assert.ok(Math.abs(metresPerSec(found) / 350 - 1) < 0.03, String(metresPerSec(found)));
    assert.ok(found.amplitudes.some(({ type }) => type === "pressure"));
    for (const { phase, features } of arrivals)
      assert.ok(features?.kind === "infrasound" && (phase === "N") === features.highHz < 0.65);
  },
);
