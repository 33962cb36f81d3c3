/**
 * Readings of Nordic files (type 4, or blank): onsets, amplitudes, coda lengths and directions, in the columns of Nordic and of Nordic2
 * (SEISAN 12 on), told apart by where the seconds have their point.
 *
 *     STAT SP IPHASW D HRMM SECON CODA AMPLIT PERI AZIMU VELO AIN AR TRES W  DIS CAZ       Nordic
 *     STAT COM NTLO IPHASE   W HHMM SS.SSS   PAR1  PAR2 AGA OPE  AIN  RES W  DIS CAZ       Nordic2
 *
 * A phase name of more than four letters takes the places of weight and first motion in Nordic; its weight then stands in column 9.
 */
import { column, numberAt } from "../columns.ts";
import { isAmplitudeName } from "./nordicCodes.ts";

export interface ReadingLine {
  readonly station: string;
  readonly network: string;
  readonly location: string;
  readonly channel: string;
  /** "I", "E" or "". */
  readonly onset: string;
  /** As it stands, "" where only an amplitude or a direction was read. */
  readonly phase: string;
  /** 0 full to 4 none; 9 a reading whose clock is not right. */
  readonly weight: number;
  readonly firstMotion: "c" | "d" | null;
  /** Since the begin of the event's day, s; beyond 24 hours on the next day. */
  readonly secondOfDay: number;
  readonly amplitudeNm: number | null;
  readonly periodSec: number | null;
  readonly codaSec: number | null;
  readonly azimuthDeg: number | null;
  readonly velocityKmPerSec: number | null;
  readonly azimuthResidualDeg: number | null;
  readonly timeResidualSec: number | null;
  /** In the location, 0 to 1; null when the event was not located with it. */
  readonly finalWeight: number | null;
  readonly distanceKm: number | null;
  readonly eventStationAzimuthDeg: number | null;
  readonly operator: string;
}

/** Hours that a reading may lie after the begin of its event's day. */
const MAX_HOURS = 48;

/** Null for what is no reading. */
export function readReading(text: string): ReadingLine | null {
  return isNordic2(text) ? readNordic2(text) : readNordic(text);
}

const isNordic2 = (text: string) => text.charAt(33) === "." && !text.slice(22, 28).includes(".");

function readNordic(text: string): ReadingLine | null {
  const station = column(text, 2, 6);
  // Seconds of more digits than their columns have run on into the free one after them.
  const secondOfDay = timeOfDay(text, 19, numberAt(text, 23, 29) ?? numberAt(text, 23, 28));
  if (station === "" || secondOfDay === null) return null;
  const isLong = !" 012349".includes(text.charAt(14));
  const weight = text.charAt(isLong ? 8 : 14);
  const found = tail(text);
  return {
    ...{ station, network: "", location: "", channel: column(text, 7, 8), operator: "" },
    onset: column(text, 10, 10),
    phase: isLong ? column(text, 11, 18) : column(text, 11, 14),
    weight: weightOf(weight),
    firstMotion: isLong ? null : motionOf(text.charAt(16)),
    secondOfDay,
    codaSec: numberAt(text, 30, 33),
    amplitudeNm: numberAt(text, 34, 40),
    periodSec: numberAt(text, 42, 45),
    azimuthDeg: numberAt(text, 47, 51),
    velocityKmPerSec: numberAt(text, 52, 56),
    azimuthResidualDeg: numberAt(text, 61, 63),
    timeResidualSec: numberAt(text, 64, 68),
    ...found,
  };
}

function readNordic2(text: string): ReadingLine | null {
  const station = column(text, 2, 6);
  const secondOfDay = timeOfDay(text, 27, numberAt(text, 31, 37));
  if (station === "" || secondOfDay === null) return null;
  const phase = column(text, 17, 24);
  const isDirection = phase.startsWith("BAZ");
  const [first, second] = [numberAt(text, 38, 44), numberAt(text, 45, 50)];
  const residual = numberAt(text, 64, 68);
  const isAmplitude = isAmplitudeName(phase);
  const isOnset = !isAmplitude && !isDirection && phase !== "END";
  const { azimuthDeg, velocity } = isDirection
    ? { azimuthDeg: first, velocity: second }
    : { azimuthDeg: null, velocity: null };
  return {
    ...{
      station,
      network: column(text, 11, 12),
      location: column(text, 13, 14),
      channel: column(text, 7, 9).replaceAll(" ", ""),
    },
    onset: column(text, 16, 16),
    phase,
    weight: weightOf(text.charAt(24)),
    firstMotion: isOnset ? motionOf(text.charAt(43)) : null,
    secondOfDay,
    codaSec: phase === "END" ? first : null,
    amplitudeNm: isAmplitude ? first : null,
    periodSec: isAmplitude ? second : null,
    azimuthDeg,
    velocityKmPerSec: velocity,
    azimuthResidualDeg: isDirection ? residual : null,
    timeResidualSec: isOnset ? residual : null,
    operator: [column(text, 52, 54), column(text, 56, 58)].filter((part) => part !== "").join(" "),
    ...tail(text),
  };
}

/** The last columns are the same in both. */
function tail(text: string): Pick<ReadingLine, "finalWeight" | "distanceKm" | "eventStationAzimuthDeg"> {
  const weight = numberAt(text, 69, 70);
  return {
    finalWeight: weight === null ? null : weight / 10,
    distanceKm: numberAt(text, 71, 75),
    eventStationAzimuthDeg: numberAt(text, 77, 79),
  };
}

/** Null when nothing stands there, or no time of day. */
function timeOfDay(text: string, from: number, second: number | null): number | null {
  const [hour, minute] = [numberAt(text, from, from + 1), numberAt(text, from + 2, from + 3)];
  if (hour === null && minute === null && second === null) return null;
  const seconds = (hour ?? 0) * 3600 + (minute ?? 0) * 60 + (second ?? 0);
  const isClock = (hour ?? 0) >= 0 && (minute ?? 0) >= 0 && (minute ?? 0) <= 60 && (second ?? 0) >= 0;
  return isClock && seconds <= (MAX_HOURS + 1) * 3600 ? seconds : null;
}

const weightOf = (letter: string) => (/[1-49]/.test(letter) ? Number(letter) : 0);

/** "+" and "-" are motions that the analyst was not sure of. */
function motionOf(letter: string): "c" | "d" | null {
  return letter === "C" || letter === "U" ? "c" : letter === "D" ? "d" : null;
}
