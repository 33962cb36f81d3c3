/** The line of an associated phase (IDC-3.4.1Rev1, phase block): an arrival, its association and a station magnitude in one. */
import { type Amplitude, type Arrival, type Association, dateParts } from "@harken/core";
import { column, fixed, left, numberAt, right } from "../../columns.ts";
import { onsetBounds, QUESTIONABLE_SEC } from "../../onsetBounds.ts";
import { magnitudeType } from "./magnitudeLine.ts";
import type { AnalysisType } from "./originLine.ts";

export const PHASE_HEADER =
  "Sta     Dist  EvAz Phase        Time      TRes  Azim AzRes   Slow   SRes Def   SNR       Amp   Per Qual Magnitude    ArrID";

export interface StationValue {
  readonly type: string;
  readonly value: number;
}

const MAGNITUDE_COLUMN = 104;

export function writePhase(
  arrival: Arrival,
  association: Association,
  magnitude: StationValue | null,
  id: string,
  analysis: AnalysisType,
): string {
  const { timeDefining, azimuthDefining, slownessDefining } = association;
  const amplitude = arrival.amplitudes.find(({ type }) => type !== "pressure");
  const motion = arrival.firstMotion ?? "_";
  const onset = onsetQuality(arrival.timeErrorSec, association.deltaDeg);
  return [
    left(arrival.station, 5),
    fixed(association.deltaDeg, 6, 2),
    fixed(association.eventStationAzimuthDeg, 5, 1),
    left(association.phase, 8),
    timeOfDay(arrival.time),
    fixed(association.timeResidualSec, 5, 1),
    fixed(arrival.azimuthDeg, 5, 1),
    fixed(association.azimuthResidualDeg, 5, 1),
    fixed(arrival.slownessSecPerDeg, 6, 1),
    fixed(association.slownessResidualSecPerDeg, 6, 1),
    `${timeDefining ? "T" : "_"}${azimuthDefining ? "A" : "_"}${slownessDefining ? "S" : "_"}`,
    fixed(arrival.snr, 5, 1),
    amplitudeText(amplitude),
    fixed(amplitude?.periodSec ?? null, 5, 2),
    `${analysis === " " ? "_" : analysis}${motion}${onset}`,
    magnitudeAndId(magnitude, id),
  ].join(" ");
}

/** A second magnitude of the same arrival stands alone on the next line. */
export const writeFurtherMagnitude = (magnitude: StationValue, id: string): string =>
  " ".repeat(MAGNITUDE_COLUMN - 1) + magnitudeAndId(magnitude, id);

const magnitudeAndId = (magnitude: StationValue | null, id: string) =>
  `${magnitudeType(magnitude?.type ?? "")} ${fixed(magnitude?.value ?? null, 4, 1)} ${right(id, 8)}`;

function timeOfDay(time: number): string {
  const { hour, minute, second, fraction } = dateParts(time, 3);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(hour)}:${two(minute)}:${two(second)}.${String(Math.round(fraction * 1000)).padStart(3, "0")}`;
}

/** One decimal, as the specification has it; two figures for what is below 1 nm, as the IDC prints it. */
function amplitudeText(amplitude: Amplitude | undefined): string {
  if (!amplitude) return " ".repeat(9);
  const { amplitude: nm } = amplitude;
  const decimals = nm >= 1 || nm <= 0 ? 1 : Math.min(7, 1 - Math.floor(Math.log10(nm)));
  return fixed(nm, 9, decimals);
}

/** i, e or q by the uncertainty of the onset: the bounds of the specification for local and teleseismic arrivals. */
function onsetQuality(timeErrorSec: number, deltaDeg: number): "i" | "e" | "q" {
  const [impulsive, emergent] = onsetBounds(deltaDeg);
  return timeErrorSec <= impulsive ? "i" : timeErrorSec <= emergent ? "e" : "q";
}

export interface PhaseLine {
  readonly id: string;
  readonly station: string;
  readonly deltaDeg: number | null;
  readonly eventStationAzimuthDeg: number | null;
  readonly phase: string;
  /** Seconds in the day; null when not given. */
  readonly timeOfDay: number | null;
  readonly timeErrorSec: number;
  readonly timeResidualSec: number | null;
  readonly azimuthDeg: number | null;
  readonly azimuthResidualDeg: number | null;
  readonly slownessSecPerDeg: number | null;
  readonly slownessResidualSecPerDeg: number | null;
  readonly defining: string;
  readonly snr: number | null;
  readonly amplitudeNm: number | null;
  readonly periodSec: number | null;
  readonly firstMotion: "c" | "d" | null;
  readonly magnitude: StationValue | null;
}

const TIME = /^(\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d*)?)$/;
/** Three letters of which each is its flag or a mark for "not". */
const FLAGS = /^[T_. ]?[A_. ]?[S_. ]?$/i;

/** Null when the line is no phase; `station` is "" for a further magnitude of the line before. */
export function readPhase(line: string): PhaseLine | null {
  const time = column(line, 29, 40);
  const clock = TIME.exec(time);
  const magnitudeValue = numberAt(line, 110, 113);
  const station = column(line, 1, 5);
  if (time !== "" && !clock) return null;
  if (!FLAGS.test(line.slice(73, 76)) || line.slice(5, 6).trim() !== "" || line.slice(27, 28).trim() !== "")
    return null;
  // A line that neither times nor measures anything is a heading or a sentence.
  const amplitudeNm = numberAt(line, 84, 92);
  if (!clock && magnitudeValue === null && amplitudeNm === null && column(line, 115, 122) === "") return null;
  const deltaDeg = numberAt(line, 7, 12);
  return {
    id: column(line, 115, 122),
    station,
    deltaDeg,
    eventStationAzimuthDeg: numberAt(line, 14, 18),
    phase: column(line, 20, 27),
    timeOfDay: clock ? Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]) : null,
    timeErrorSec: timeErrorOf(column(line, 102, 102), deltaDeg ?? 0),
    timeResidualSec: numberAt(line, 42, 46),
    azimuthDeg: numberAt(line, 48, 52),
    azimuthResidualDeg: numberAt(line, 54, 58),
    slownessSecPerDeg: numberAt(line, 60, 65),
    slownessResidualSecPerDeg: numberAt(line, 67, 72),
    defining: line.slice(73, 76).toUpperCase(),
    snr: numberAt(line, 78, 82),
    amplitudeNm,
    periodSec: numberAt(line, 94, 98),
    firstMotion: motionOf(column(line, 101, 101)),
    magnitude: magnitudeValue === null ? null : { type: column(line, 104, 108), value: magnitudeValue },
  };
}

function timeErrorOf(onset: string, deltaDeg: number): number {
  const [impulsive, emergent] = onsetBounds(deltaDeg);
  return onset === "i" ? impulsive : onset === "e" ? emergent : QUESTIONABLE_SEC;
}

function motionOf(letter: string): "c" | "d" | null {
  return letter === "c" || letter === "d" ? letter : null;
}
