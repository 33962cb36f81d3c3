/**
 * The waves of one event at one station that could be noticed: times with the path's own anomaly and the station's term, amplitudes with
 * radiation and scatter. Sizes and phases are those of the waveform worlds (signals/phases.ts).
 */
import { distanceAzimuth, type EarthModel, type RandomStream } from "@harken/core";
import { mbVelocityNmPerSec } from "../signals/arrivals.ts";
import { phasesSeenAt } from "../signals/phases.ts";
import { radiationP, takeOffDeg } from "../signals/radiation.ts";
import type { HiddenEvent } from "../world/seismicity.ts";
import type { Anomaly } from "./anomalies.ts";
import type { ArrivalWorldConfig } from "./config.ts";
import type { Listener } from "./listeners.ts";
import type { Signal } from "./signal.ts";

/** Standard deviations of a wave's amplitude at a station, magnitude units, and of its time beside the smooth anomaly, s. */
const AMPLITUDE_SCATTER = 0.22;
const TIME_SCATTER = { teleseismic: 0.35, regional: 0.8 } as const;
const REGIONAL_BELOW_DEG = 17.5;
const REGIONAL_FACTOR = 2;
const S_FACTOR = 1.7;
/** Root mean square of a double couple's P radiation, and what a real path keeps of the pattern. */
const RADIATION_RMS = Math.sqrt(4 / 15);
const RADIATION_BOUNDS = [0.4, 1.6] as const;
/** Waves this far below the noise (log10) are not followed further: no scatter lifts them above it. */
const HOPELESS = 0.9;
/**
 * Detectors look for short periods at the head of a wave train: long-period S of distant events and waves behind P are noticed less than
 * their size would have it, log10.
 */
const DISTANT_S_LOSS = 0.9;
const BEHIND_LOSS = 0.3;
const heads: ReadonlySet<string> = new Set(["P", "Pn", "Pdiff", "PKPdf", "PKPbc"]);
const upGoing: ReadonlySet<string> = new Set(["pP", "Pg"]);

export interface Surroundings {
  readonly earth: EarthModel;
  readonly config: ArrivalWorldConfig;
  readonly anomaly: { readonly P: Anomaly; readonly S: Anomaly };
}

export function wavesAt(
  { earth, config, anomaly }: Surroundings,
  listener: Listener,
  event: HiddenEvent,
  random: RandomStream,
): Signal[] {
  const { station } = listener;
  const { latitudeDeg, longitudeDeg, depthKm, magnitude, mechanism, key: eventKey } = event;
  const path = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
  const { deltaDeg, azimuthDeg, backAzimuthDeg } = path;
  const velocity = mbVelocityNmPerSec(magnitude + listener.magnitudeTerm, deltaDeg, depthKm);
  const base = Math.log10(velocity / (2 * Math.PI));
  const least = listener.noise(event.time) + Math.log10(listener.threshold) - HOPELESS;
  if (!(base + MOST_SIZE > least)) return [];
  return phasesSeenAt(deltaDeg, depthKm).flatMap((row): Signal[] => {
    const { phase, wave } = row;
    const regional = deltaDeg < REGIONAL_BELOW_DEG;
    const loss = wave === "S" && !regional ? DISTANT_S_LOSS : heads.has(phase) || regional ? 0 : BEHIND_LOSS;
    const expected = base + Math.log10(row.size) - loss;
    if (expected < least) return [];
    const travel = earth.predict(phase, deltaDeg, depthKm);
    if (!travel) return [];
    const correction = earth.correction(phase, {
      ...{ deltaDeg, depthKm, sourceLatitudeDeg: latitudeDeg },
      ...{ eventStationAzimuthDeg: azimuthDeg, stationElevationKm: station.elevationKm },
    });
    const slow = wave === "S" ? S_FACTOR : 1;
    const smooth = config.pathSec * (regional ? REGIONAL_FACTOR : 1) * anomaly[wave](latitudeDeg, longitudeDeg);
    const rough = config.scatter * (regional ? TIME_SCATTER.regional : TIME_SCATTER.teleseismic) * random.normal();
    const takeOff = takeOffDeg(travel.slownessSecPerDeg, depthKm, upGoing.has(phase));
    const pattern =
      wave === "P" && mechanism ? Math.abs(radiationP(mechanism, azimuthDeg, takeOff)) / RADIATION_RMS : 1;
    const [low, high] = RADIATION_BOUNDS;
    const scatter = config.scatter * AMPLITUDE_SCATTER * random.normal();
    const longWay = travel.slownessSecPerDeg < 0;
    return [
      {
        time:
          event.time +
          travel.timeSec +
          correction.ellipticitySec +
          correction.elevationSec +
          listener.timeTermSec +
          slow * (smooth + rough),
        ...{ phase, wave, row, eventKey, snr: 0, extraScatter: 0 },
        logAmplitude: expected + scatter + Math.log10(Math.min(high, Math.max(low, pattern))),
        azimuthDeg: longWay ? backAzimuthDeg + 180 : backAzimuthDeg,
        slownessSecPerDeg: Math.abs(travel.slownessSecPerDeg),
      },
    ];
  });
}

/** log10 of the largest `size` of a phase. */
const MOST_SIZE = 0.35;
