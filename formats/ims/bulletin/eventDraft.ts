/** An event while its lines come in. */
import {
  type Amplitude,
  type Arrival,
  type Association,
  distanceAzimuth,
  type NetworkMagnitude,
  positionAt,
  type SeismicEvent,
  type StationMagnitude,
} from "@harken/core";
import type { MagnitudeLine } from "./magnitudeLine.ts";
import type { OriginLine } from "./originLine.ts";
import type { PhaseLine } from "./phaseLine.ts";

interface OriginDraft {
  readonly line: OriginLine;
  readonly key: string;
  readonly remarks: string[];
  readonly magnitudes: { readonly line: MagnitudeLine; readonly stations: StationMagnitude[] }[];
  readonly associations: Association[];
}

const DAY = 86_400;
/** An arrival may be read this long before its origin time, s. */
const BEFORE_ORIGIN = 600;
/** Far above what any agency collects for one event; each line is compared with them. */
const MAX_ORIGINS = 1_000;
const MAX_MAGNITUDES = 1_000;
const PRIME = /^#PRIME\b/i;

export class EventDraft {
  readonly key: string;
  readonly #origins: OriginDraft[] = [];
  #primeKey: string | null = null;
  /** Origin that the lines of the phase block refer to. */
  #phaseOrigin: OriginDraft | undefined;
  /** The association of the line before, to which a line with a magnitude alone belongs. */
  #last: { readonly origin: OriginDraft; readonly association: Association } | null = null;

  constructor(key: string) {
    this.key = key;
  }

  /** False when there are too many. */
  addOrigin(line: OriginLine): boolean {
    if (this.#origins.length >= MAX_ORIGINS) return false;
    const key = line.id || `${this.key}/${this.#origins.length + 1}`;
    this.#origins.push({ line, key, remarks: [], magnitudes: [], associations: [] });
    return true;
  }

  addRemark(text: string): void {
    const origin = this.#origins.at(-1);
    if (!origin) return;
    if (PRIME.test(text)) this.#primeKey = origin.key;
    else origin.remarks.push(text);
  }

  addMagnitude(line: MagnitudeLine): void {
    const origin = this.#origins.find(({ key }) => key === line.originId) ?? this.#preferred();
    if (origin && origin.magnitudes.length < MAX_MAGNITUDES) origin.magnitudes.push({ line, stations: [] });
  }

  startPhases(): void {
    this.#phaseOrigin = this.#preferred();
    this.#last = null;
  }

  choosePhaseOrigin(id: string): void {
    this.#phaseOrigin = this.#origins.find(({ key }) => key === id) ?? this.#phaseOrigin;
  }

  /** Adds the arrival to `arrivals` unless it is there. */
  addPhase(line: PhaseLine, arrivals: Map<string, Arrival>): void {
    const origin = this.#phaseOrigin;
    if (!origin) return;
    const last = this.#last;
    if (line.station === "" || line.timeOfDay === null) {
      const continues = last && (line.station === "" || line.station === last.association.station);
      if (continues && line.magnitude) addStationValue(last.origin, last.association, line.magnitude);
      return;
    }
    const key = line.id || `${this.key}/${origin.key}/${origin.associations.length + 1}`;
    if (!arrivals.has(key)) arrivals.set(key, arrivalOf(line, key, timeAfter(origin.line.time, line.timeOfDay)));
    const association = associationOf(line, key, origin.line);
    origin.associations.push(association);
    this.#last = { origin, association };
    if (line.magnitude) addStationValue(origin, association, line.magnitude);
  }

  /** Null when no origin has a place. */
  finish(): SeismicEvent | null {
    const placed = this.#origins.filter(({ line }) => line.place !== null);
    const preferred = this.#preferred();
    const first = placed.find((origin) => origin === preferred) ?? placed[0];
    if (!first) return null;
    return {
      key: this.key,
      preferredOriginKey: first.key,
      origins: placed.map(({ line, key, remarks, magnitudes, associations }) => {
        const { id: _id, place, ...rest } = line;
        const defining = associations.filter(({ timeDefining }) => timeDefining);
        return {
          ...rest,
          ...place!,
          key,
          remarks,
          associations,
          magnitudes: magnitudes.map(magnitudeOf),
          definingCount: line.definingCount ?? defining.length,
          stationCount: line.stationCount ?? new Set(defining.map(({ station }) => station)).size,
          azimuthGapDeg: line.azimuthGapDeg ?? 360,
          rmsResidualSec: line.rmsResidualSec ?? 0,
        };
      }),
    };
  }

  #preferred(): OriginDraft | undefined {
    return (
      this.#origins.find(({ key }) => key === this.#primeKey) ??
      this.#origins.find(({ line }) => line.author === "ISC") ??
      this.#origins[0]
    );
  }
}

const magnitudeOf = ({ line, stations }: OriginDraft["magnitudes"][number]): NetworkMagnitude => ({
  type: line.type,
  value: line.value,
  uncertainty: line.uncertainty,
  stationCount: line.stationCount,
  stations,
});

/** The first time of that hour of the day that is not before the origin. */
function timeAfter(originTime: number, timeOfDay: number): number {
  const earliest = originTime - BEFORE_ORIGIN;
  const midnight = Math.floor(earliest / DAY) * DAY;
  return midnight + timeOfDay + (midnight + timeOfDay < earliest ? DAY : 0);
}

/** A station's value counts for the network magnitude of its type. */
function addStationValue(
  origin: OriginDraft,
  { station, arrivalKey, deltaDeg }: Association,
  { type, value }: { readonly type: string; readonly value: number },
): void {
  const network = origin.magnitudes.find(({ line }) => line.type === type);
  const rest = { uncertainty: 0, defining: true, reason: "" };
  network?.stations.push({ type, station, arrivalKey, deltaDeg, value, ...rest });
}

function arrivalOf(line: PhaseLine, key: string, time: number): Arrival {
  const channel = { network: "", station: line.station, location: "", channel: "" };
  const amplitudes: Amplitude[] =
    line.amplitudeNm === null
      ? []
      : [
          {
            type: amplitudeType(line),
            channel,
            time,
            amplitude: line.amplitudeNm,
            periodSec: line.periodSec ?? 0,
            clipped: false,
          },
        ];
  return {
    key,
    station: line.station,
    channel: "",
    time,
    timeErrorSec: line.timeErrorSec,
    phase: line.phase,
    azimuthDeg: line.azimuthDeg,
    azimuthErrorDeg: null,
    slownessSecPerDeg: line.slownessSecPerDeg,
    slownessErrorSecPerDeg: null,
    snr: line.snr,
    amplitudes,
    firstMotion: line.firstMotion,
    rectilinearity: null,
    incidenceDeg: null,
    frequencyHz: null,
    fkQuality: null,
    author: "",
  };
}

/** The format does not say how an amplitude was measured; the phase and magnitude tell what it was measured for. */
function amplitudeType({ phase, magnitude }: PhaseLine): Amplitude["type"] {
  if (/^L[RQ]/.test(phase)) return "ALR/2";
  return magnitude?.type.startsWith("ML") ? "ML" : "A5/2";
}

function associationOf(line: PhaseLine, arrivalKey: string, origin: OriginLine): Association {
  const deltaDeg = line.deltaDeg ?? 0;
  const azimuth = line.eventStationAzimuthDeg ?? 0;
  return {
    arrivalKey,
    station: line.station,
    phase: line.phase,
    deltaDeg,
    stationEventAzimuthDeg: backAzimuth(origin.place, azimuth, deltaDeg),
    eventStationAzimuthDeg: azimuth,
    timeResidualSec: line.timeResidualSec,
    timeDefining: line.defining.includes("T"),
    azimuthResidualDeg: line.azimuthResidualDeg,
    azimuthDefining: line.defining.includes("A"),
    slownessResidualSecPerDeg: line.slownessResidualSecPerDeg,
    slownessDefining: line.defining.includes("S"),
    weight: null,
  };
}

function backAzimuth(place: OriginLine["place"], azimuthDeg: number, deltaDeg: number): number {
  if (!place) return 0;
  const station = positionAt(place.latitudeDeg, place.longitudeDeg, azimuthDeg, deltaDeg);
  return distanceAzimuth(place.latitudeDeg, place.longitudeDeg, station.latitudeDeg, station.longitudeDeg)
    .backAzimuthDeg;
}
