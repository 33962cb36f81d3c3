/** From the readings of one event to arrivals, with the amplitudes and directions that stand on lines of their own put to their onsets. */
import {
  type Amplitude,
  type Arrival,
  type Association,
  distanceAzimuth,
  KM_PER_DEGREE,
  positionAt,
  wrapAzimuth,
} from "@harken/core";
import type { Place } from "./hypocentreLine.ts";
import { type AmplitudeKind, amplitudeKind, isAmplitudeName } from "./nordicCodes.ts";
import type { NotCarried } from "./notCarried.ts";
import type { ReadingLine } from "./readingLine.ts";
import { timeErrorOf } from "./timeError.ts";

export interface NumberedReading {
  readonly reading: ReadingLine;
  readonly line: number;
}

interface Onset extends NumberedReading {
  readonly amplitudes: Amplitude[];
  azimuthDeg: number | null;
  slownessSecPerDeg: number | null;
  azimuthResidualDeg: number | null;
}

export interface EventReadings {
  readonly arrivals: readonly Arrival[];
  readonly associations: readonly Association[];
}

/** Name of a signal that nobody gave a name. */
const UNNAMED = "tx";
/** A reading this long before its event is one of the next day, whose hour began again at 0, s. */
const HALF_DAY = 43_200;
const DAY = 86_400;
/** From here on an amplitude that stands with P is one for mb, deg. */
const TELESEISMIC_DEG = 20;

export function eventReadings(
  lines: readonly NumberedReading[],
  event: { readonly key: string; readonly day: number; readonly time: number; readonly place: Place | null },
  notCarried: NotCarried,
): EventReadings {
  const readings = lines.map(({ reading, line }) => {
    const isNextDay = event.day + reading.secondOfDay < event.time - HALF_DAY;
    return isNextDay ? { reading: { ...reading, secondOfDay: reading.secondOfDay + DAY }, line } : { reading, line };
  });
  const onsets: Onset[] = readings
    .filter(({ reading }) => isOnset(reading))
    .map(({ reading, line }) => ({ reading, line, ...directionOf(reading), amplitudes: [] }));
  const index = new OnsetIndex(onsets);
  for (const { reading, line } of readings) {
    if (reading.codaSec !== null) notCarried.add("coda lengths", line);
    addMeasurement(reading, line, index, event.day, notCarried);
  }
  const arrivals = onsets.map((onset, i) => arrivalOf(onset, `${event.key}/${i + 1}`, event.day));
  const associations = onsets.map((onset, i) => associationOf(onset, arrivals[i]!.key, event.place));
  return { arrivals, associations };
}

const isDirection = ({ phase }: ReadingLine) => phase.startsWith("BAZ");

function isOnset(reading: ReadingLine): boolean {
  const { phase, onset, amplitudeNm, codaSec } = reading;
  if (isAmplitudeName(phase) || isDirection(reading) || phase === "END") return false;
  return phase !== "" || onset !== "" || (amplitudeNm === null && codaSec === null);
}

/** What is an azimuth already keeps its last digit. */
const turned = (deg: number) => (deg >= 0 && deg < 360 ? deg : wrapAzimuth(deg));

const directionOf = ({ azimuthDeg, velocityKmPerSec, azimuthResidualDeg }: ReadingLine) => ({
  azimuthDeg: azimuthDeg === null ? null : turned(azimuthDeg),
  slownessSecPerDeg: isVelocity(velocityKmPerSec) ? KM_PER_DEGREE / velocityKmPerSec : null,
  azimuthResidualDeg,
});

/** 999 stands for "not measured". */
const isVelocity = (value: number | null): value is number => value !== null && value > 0 && value < 999;

/** Which onset a line without an onset belongs to. */
class OnsetIndex {
  readonly #byLine: ReadonlyMap<number, Onset>;
  readonly #byName: ReadonlyMap<string, Onset>;
  readonly #byStation: ReadonlyMap<string, readonly Onset[]>;

  constructor(onsets: readonly Onset[]) {
    const inTime = onsets.toSorted((a, b) => a.reading.secondOfDay - b.reading.secondOfDay);
    this.#byLine = new Map(onsets.map((onset) => [onset.line, onset]));
    this.#byName = new Map(
      inTime.toReversed().map((onset) => [`${onset.reading.station} ${onset.reading.phase}`, onset]),
    );
    this.#byStation = Map.groupBy(inTime, ({ reading }) => reading.station);
  }

  ofLine(line: number): Onset | undefined {
    return this.#byLine.get(line);
  }

  /** The onset that a direction names (BAZ-P), else the last one before, else the first. */
  near({ station, phase, secondOfDay }: ReadingLine): Onset | undefined {
    const named = phase.startsWith("BAZ-") ? this.#byName.get(`${station} ${phase.slice(4)}`) : undefined;
    const onsets = this.#byStation.get(station) ?? [];
    let [low, high] = [0, onsets.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (onsets[middle]!.reading.secondOfDay <= secondOfDay) low = middle + 1;
      else high = middle;
    }
    return named ?? onsets[Math.max(0, low - 1)];
  }
}

/** Puts the amplitude or direction of a line to the onset it belongs to; those of an onset's own line to itself. */
function addMeasurement(
  reading: ReadingLine,
  line: number,
  onsets: OnsetIndex,
  day: number,
  notCarried: NotCarried,
): void {
  const own = onsets.ofLine(line);
  if (isDirection(reading)) {
    const onset = onsets.near(reading);
    if (onset) Object.assign(onset, directionOf(reading));
    else notCarried.add("directions at stations without an onset", line);
  }
  if (reading.amplitudeNm === null) return;
  const kind = own ? kindAt(reading) : amplitudeKind(reading.phase || "A");
  const onset = own ?? onsets.near(reading);
  if (kind === null) notCarried.add(`amplitudes ${reading.phase}`, line);
  else if (reading.amplitudeNm <= 0) notCarried.add("amplitudes of 0 nm", line);
  else if (!onset) notCarried.add("amplitudes at stations without an onset", line);
  else onset.amplitudes.push(amplitudeOf(reading, kind, day));
}

function kindAt({ phase, distanceKm }: ReadingLine): AmplitudeKind {
  if (/^(?:L[RQ]|R)/.test(phase)) return "ALR/2";
  return phase.startsWith("P") && (distanceKm ?? 0) > TELESEISMIC_DEG * KM_PER_DEGREE ? "A5/2" : "ML";
}

function amplitudeOf(reading: ReadingLine, type: AmplitudeKind, day: number): Amplitude {
  const { network, station, location, channel, secondOfDay, amplitudeNm, periodSec } = reading;
  return {
    type,
    channel: { network, station, location, channel },
    time: day + secondOfDay,
    amplitude: amplitudeNm!,
    periodSec: periodSec ?? 0,
    clipped: false,
  };
}

const degreesOf = ({ distanceKm }: ReadingLine) => (distanceKm ?? 0) / KM_PER_DEGREE;

function arrivalOf({ reading, amplitudes, azimuthDeg, slownessSecPerDeg }: Onset, key: string, day: number): Arrival {
  return {
    key,
    station: reading.station,
    channel: reading.channel,
    time: day + reading.secondOfDay,
    timeErrorSec: timeErrorOf(reading, degreesOf(reading)),
    phase: reading.phase || UNNAMED,
    azimuthDeg,
    azimuthErrorDeg: null,
    slownessSecPerDeg,
    slownessErrorSecPerDeg: null,
    snr: null,
    amplitudes,
    firstMotion: reading.firstMotion,
    rectilinearity: null,
    incidenceDeg: null,
    frequencyHz: null,
    fkQuality: null,
    author: reading.operator,
  };
}

/** An onset defines where the location gave it a weight, or where it has a residual and the analyst did not weigh it down. */
function associationOf(onset: Onset, arrivalKey: string, place: Place | null): Association {
  const { reading, azimuthResidualDeg } = onset;
  const { finalWeight, timeResidualSec, weight } = reading;
  const deltaDeg = degreesOf(reading);
  const eventStationAzimuthDeg = turned(reading.eventStationAzimuthDeg ?? 0);
  return {
    arrivalKey,
    station: reading.station,
    phase: reading.phase || UNNAMED,
    deltaDeg,
    stationEventAzimuthDeg: backAzimuth(place, eventStationAzimuthDeg, deltaDeg),
    eventStationAzimuthDeg,
    timeResidualSec,
    timeDefining: finalWeight === null ? timeResidualSec !== null && weight !== 4 : finalWeight > 0,
    azimuthResidualDeg,
    azimuthDefining: azimuthResidualDeg !== null && onset.azimuthDeg !== null,
    slownessResidualSecPerDeg: null,
    slownessDefining: false,
    weight: finalWeight,
  };
}

function backAzimuth(place: Place | null, azimuthDeg: number, deltaDeg: number): number {
  if (!place) return 0;
  const station = positionAt(place.latitudeDeg, place.longitudeDeg, azimuthDeg, deltaDeg);
  return distanceAzimuth(place.latitudeDeg, place.longitudeDeg, station.latitudeDeg, station.longitudeDeg)
    .backAzimuthDeg;
}
