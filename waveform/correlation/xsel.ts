/**
 * The cross-correlation event list (XSEL): repeats as events of a bulletin. Each lies where its master lies, within the distance over which
 * waveforms correlate, or where double differences of the lags put it; its size is the master's and the ratio of amplitudes.
 */
import {
  type Arrival,
  type Association,
  azimuthGapDeg,
  type Bulletin,
  distanceAzimuth,
  type EarthModel,
  geodesicPosition,
  type NetworkMagnitude,
  type Origin,
  type OriginError,
  RADIANS_PER_DEGREE,
  type SeismicEvent,
  standardDeviation,
} from "@harken/core";
import { errorScale } from "../location/scaling.ts";
import type { RelativePosition } from "../relocation/uncertainty.ts";
import { impliedTime, type RepeatedEvent } from "./associate.ts";
import type { Detection } from "./detect.ts";
import { placeRepeats } from "./place.ts";
import type { CorrelationSettings } from "./settings.ts";
import type { Master } from "./template.ts";

export interface ListedRepeat {
  readonly event: SeismicEvent;
  readonly repeat: RepeatedEvent;
  readonly master: Master;
  /** Another master that this event is, by its time; null for one that the masters' list does not have. */
  readonly knownKey: string | null;
  /** From the master by double differences; null where too few paths are shared. */
  readonly relative: RelativePosition | null;
}

export interface RepeatList {
  readonly bulletin: Bulletin;
  readonly repeats: readonly ListedRepeat[];
}

const CONFIDENCE = 0.9;
const AUTHOR = "correlation";

/** Events in order of time. `masters` are all that had templates. */
export function listRepeats(
  events: readonly RepeatedEvent[],
  masters: readonly Master[],
  earth: EarthModel,
  settings: CorrelationSettings,
): RepeatList {
  const arrivals: Arrival[] = [];
  const repeats = placeRepeats(events, masters, earth, settings).map((placed, i): ListedRepeat => {
    const key = `XSEL/${i + 1}`;
    const own = placed.repeat.detections.map((detection) => arrivalOf(key, detection));
    arrivals.push(...own);
    const origin = originOf(key, placed.repeat, placed.master, placed.relative, settings);
    return { ...placed, event: { key, preferredOriginKey: origin.key, origins: [origin] } };
  });
  const bulletin = { list: "XSEL", events: repeats.map(({ event }) => event), arrivals };
  return { bulletin, repeats };
}

const arrivalKey = (eventKey: string, { template }: Detection): string => `${eventKey}/${template.station.code}`;

function arrivalOf(eventKey: string, detection: Detection): Arrival {
  const { template } = detection;
  return {
    ...{ key: arrivalKey(eventKey, detection), station: template.station.code, phase: template.onset.phase },
    ...{ channel: template.channels[0]!.channel.channel, time: detection.time, timeErrorSec: detection.timeErrorSec },
    ...{ azimuthDeg: null, azimuthErrorDeg: null, slownessSecPerDeg: null, slownessErrorSecPerDeg: null },
    ...{ snr: detection.level, amplitudes: [], firstMotion: null, rectilinearity: null, incidenceDeg: null },
    ...{ frequencyHz: null, fkQuality: null, author: AUTHOR },
  };
}

function originOf(
  eventKey: string,
  { detections, time }: RepeatedEvent,
  { key: masterKey, origin: master }: Master,
  relative: RelativePosition | null,
  settings: CorrelationSettings,
): Origin {
  const azimuth = relative ? Math.atan2(relative.eastKm, relative.northKm) / RADIANS_PER_DEGREE : 0;
  const place = relative
    ? geodesicPosition(master.latitudeDeg, master.longitudeDeg, azimuth, Math.hypot(relative.eastKm, relative.northKm))
    : { latitudeDeg: master.latitudeDeg, longitudeDeg: master.longitudeDeg };
  const associations = detections.map((detection): Association => {
    const { station, onset } = detection.template;
    const path = distanceAzimuth(place.latitudeDeg, place.longitudeDeg, station.latitudeDeg, station.longitudeDeg);
    return {
      ...{ arrivalKey: arrivalKey(eventKey, detection), station: station.code, phase: onset.phase },
      ...{ deltaDeg: path.deltaDeg, stationEventAzimuthDeg: path.backAzimuthDeg },
      ...{ eventStationAzimuthDeg: path.azimuthDeg, timeResidualSec: impliedTime(detection) - time },
      ...{ timeDefining: true, azimuthResidualDeg: null, azimuthDefining: false },
      ...{ slownessResidualSecPerDeg: null, slownessDefining: false, weight: null },
    };
  });
  const residuals = associations.map(({ timeResidualSec }) => timeResidualSec!);
  const rms = Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / residuals.length);
  const magnitude = magnitudeOf(eventKey, detections, master);
  const nearness = relative
    ? `placed from ${masterKey} by double differences; the ellipse is of the relative place`
    : `placed at ${masterKey}; the ellipse is the distance over which waveforms correlate`;
  return {
    ...{ key: `${eventKey}/1`, time, ...place, depthKm: master.depthKm, depthType: "analyst", author: AUTHOR },
    error: errorOf(
      relative ?? { semiMajorKm: settings.repeatRadiusKm, semiMinorKm: settings.repeatRadiusKm, strikeDeg: 0 },
      rms / Math.sqrt(residuals.length),
      rms,
    ),
    ...{ associations, magnitudes: magnitude ? [magnitude] : [], definingCount: detections.length },
    ...{ stationCount: detections.length, rmsResidualSec: rms },
    azimuthGapDeg: azimuthGapDeg(associations.map(({ eventStationAzimuthDeg }) => eventStationAzimuthDeg)),
    remarks: [nearness, ...(magnitude ? [] : [`${masterKey} has no magnitude to count from`])],
  };
}

/** Depth is the master's and is not looked for. */
function errorOf(
  ellipse: Pick<OriginError, "semiMajorKm" | "semiMinorKm" | "strikeDeg">,
  timeSec: number,
  sdobs: number,
): OriginError {
  const { interval, ellipse: axis } = errorScale(CONFIDENCE, Number.POSITIVE_INFINITY, 0, 1, 1)!;
  const [a, b] = [(ellipse.semiMajorKm / axis) ** 2, (ellipse.semiMinorKm / axis) ** 2];
  const [sin, cos] = [
    Math.sin(ellipse.strikeDeg * RADIANS_PER_DEGREE),
    Math.cos(ellipse.strikeDeg * RADIANS_PER_DEGREE),
  ];
  return {
    ...{ sxxKm2: a * sin ** 2 + b * cos ** 2, syyKm2: a * cos ** 2 + b * sin ** 2, sxyKm2: (a - b) * sin * cos },
    ...{ szzKm2: 0, sttSec2: timeSec ** 2, sxzKm2: 0, syzKm2: 0, stxKmSec: 0, styKmSec: 0, stzKmSec: 0, sdobs },
    ...{ semiMajorKm: ellipse.semiMajorKm, semiMinorKm: ellipse.semiMinorKm, strikeDeg: ellipse.strikeDeg },
    ...{ depthErrorKm: null, timeErrorSec: interval * timeSec, confidence: CONFIDENCE },
  };
}

/** The master's first magnitude and the mean ratio of amplitudes, weighted by their errors; the error is the scatter's where that is larger. */
function magnitudeOf(eventKey: string, detections: readonly Detection[], master: Origin): NetworkMagnitude | null {
  const [base] = master.magnitudes;
  if (!base) return null;
  const { mean, error } = amplitudeRatio(detections);
  return {
    ...{ type: base.type, value: base.value + mean, uncertainty: Math.hypot(base.uncertainty, error) },
    stationCount: detections.length,
    stations: detections.map((detection) => {
      const { station } = detection.template;
      const { deltaDeg } = distanceAzimuth(
        master.latitudeDeg,
        master.longitudeDeg,
        station.latitudeDeg,
        station.longitudeDeg,
      );
      return {
        ...{ type: base.type, station: station.code, arrivalKey: arrivalKey(eventKey, detection), deltaDeg },
        ...{ value: base.value + detection.logAmplitude, uncertainty: detection.logAmplitudeError },
        ...{ defining: true, reason: "" },
      };
    }),
  };
}

/** log10 of the amplitudes over the master's, the mean of the stations, and its standard deviation. */
export function amplitudeRatio(detections: readonly Detection[]): { mean: number; error: number } {
  const ratios = detections.map(({ logAmplitude }) => logAmplitude);
  const weights = detections.map(({ logAmplitudeError }) => logAmplitudeError ** -2);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const mean = ratios.reduce((sum, ratio, i) => sum + (weights[i]! / total) * ratio, 0);
  return { mean, error: Math.max(1 / Math.sqrt(total), standardDeviation(ratios) / Math.sqrt(ratios.length)) };
}
