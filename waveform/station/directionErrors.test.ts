/** What arrays state for the errors of their directions, beside what neighbouring bands and windows of real recordings show. */
import assert from "node:assert/strict";
import {
  type Arrival,
  azimuthDifference,
  KM_PER_DEGREE,
  parseTime,
  RADIANS_PER_DEGREE,
  type WaveformSegment,
} from "@harken/core";
import type { SlownessPeak } from "@harken/signal";
import { recordingsUnder, referenceTest } from "@harken/testing";
import { groupByStation, type StationData } from "../grouping.ts";
import { planFinder } from "./arrayDirection.ts";
import { apertureKm } from "./beams.ts";
import { soundElements } from "./elements.ts";
import { processStation } from "./processStation.ts";
import { seismicRecipe } from "./recipes.ts";
import { rankSensors } from "./sensors.ts";
import { StationRecording } from "./windows.ts";

/** Windows beside an arrival's own, s, and how far a band may lie from the one in which its wave is most coherent. */
const SHIFTS_SEC = [-0.4, 0, 0.4, 0.8];
const NEAR_BAND = 2.5;
/** Data around an arrival that its readings need, s. */
const AROUND_SEC = 120;

/** An arrival's wave as it is read in neighbouring bands and windows: no other wave, which lies further off than the array tells two apart. */
function besideOf({ station, segments }: StationData, { time, frequencyHz, ...arrival }: Arrival): SlownessPeak[] {
  const around = segments.map(({ samples, startTime, ...rest }): WaveformSegment => {
    const from = Math.max(0, Math.round((time - AROUND_SEC - startTime) * rest.sampleRateHz));
    const to = Math.round((time + AROUND_SEC - startTime) * rest.sampleRateHz);
    return { ...rest, startTime: startTime + from / rest.sampleRateHz, samples: samples.slice(from, to) };
  });
  const recording = new StationRecording(around, rankSensors(station, around), seismicRecipe);
  const [window] = recording.windows();
  const { startTime, sampleRateHz } = window!.clock;
  const elements = soundElements(window!, station);
  const find = planFinder(seismicRecipe.array);
  const [azimuth, slowness] = [arrival.azimuthDeg! * RADIANS_PER_DEGREE, arrival.slownessSecPerDeg! / KM_PER_DEGREE];
  const steer = { northSecPerKm: slowness * Math.cos(azimuth), eastSecPerKm: slowness * Math.sin(azimuth) };
  const reach = 1 / (frequencyHz! * apertureKm(elements));
  const read = (band: { lowHz: number; highHz: number }, shift: number): SlownessPeak[] => {
    const peak = find(elements, sampleRateHz, band, Math.round((time + shift - startTime) * sampleRateHz), steer)!;
    const off = Math.hypot(peak.northSecPerKm - steer.northSecPerKm, peak.eastSecPerKm - steer.eastSecPerKm);
    return off < reach && peak.fStatistic >= seismicRecipe.array.minF ? [peak] : [];
  };
  const bands = seismicRecipe.bands.filter(({ highHz }) => highHz < 0.4 * sampleRateHz);
  const own = bands.map((band) => ({ band, f: read(band, 0)[0]?.fStatistic ?? 0 }));
  const centre = ({ lowHz, highHz }: { lowHz: number; highHz: number }) => Math.sqrt(lowHz * highHz);
  const sharpest = centre(own.reduce((best, other) => (other.f > best.f ? other : best)).band);
  return bands
    .filter((band) => Math.abs(Math.log(centre(band) / sharpest)) <= Math.log(NEAR_BAND))
    .flatMap((band) => SHIFTS_SEC.flatMap((shift) => read(band, shift)));
}

referenceTest(
  "ARCES and Yellowknife: stated errors, with the noise of each reading, hold the azimuths and slownesses that neighbouring bands and windows show: nine in ten of all, eight in ten of each wave's dozen",
  ["waveforms/arces-2010-01-22/sac", "parametric/gms-station-ref/ueb_test.site", "waveforms/yka-2012-08-14"],
  (t, [waveforms, sites, yka]) => {
    const held = { azimuths: 0, slownesses: 0, of: 0 };
    for (const [paths, times] of [
      [
        [waveforms!, sites!],
        ["2010-01-22T02:06:16Z", "2010-01-22T02:07:11Z"],
      ],
      [[yka!], ["2012-08-14T03:07:50Z"]],
    ] as const) {
      const { segments, stations } = recordingsUnder(paths);
      const [data] = groupByStation(segments, stations).stations;
      const { arrivals } = processStation({ ...data!, keyPrefix: "" });
      for (const time of times) {
        const [found] = [...arrivals].sort(
          (one, two) => Math.abs(one.time - parseTime(time)!) - Math.abs(two.time - parseTime(time)!),
        ) as [Arrival];
        const { station, phase, azimuthDeg, azimuthErrorDeg, slownessErrorSecPerDeg } = found;
        const readings = besideOf(data!, found);
        const half = 1.645;
        const azimuths = readings.filter((peak) => {
          const own = peak.transverseErrorSecPerKm / peak.slownessSecPerKm / RADIANS_PER_DEGREE;
          const off = azimuthDifference(peak.backAzimuthDeg, azimuthDeg!);
          return Math.abs(off) <= half * Math.hypot(azimuthErrorDeg!, own);
        });
        const slownesses = readings.filter((peak) => {
          const off = peak.slownessSecPerKm * KM_PER_DEGREE - found.slownessSecPerDeg!;
          return Math.abs(off) <= half * Math.hypot(slownessErrorSecPerDeg!, peak.radialErrorSecPerKm * KM_PER_DEGREE);
        });
        const [a, s] = [azimuths, slownesses].map((held) => held.length / readings.length);
        t.diagnostic(
          `${station} ${phase}: +- ${azimuthErrorDeg!.toFixed(2)} deg holds ${(100 * a!).toFixed(0)} %, ${slownessErrorSecPerDeg!.toFixed(3)} s/deg ${(100 * s!).toFixed(0)} % of ${readings.length} readings beside`,
        );
        assert.ok(readings.length >= 8, `${station}: ${readings.length}`);
        assert.ok(a! >= 0.8 && s! >= 0.8, `${station} ${phase}: ${a} ${s}`);
        held.azimuths += azimuths.length;
        held.slownesses += slownesses.length;
        held.of += readings.length;
      }
    }
    assert.ok(held.azimuths >= 0.9 * held.of && held.slownesses >= 0.9 * held.of, JSON.stringify(held));
  },
);
