/**
 * Writes a bulletin in the Nordic format of SEISAN, one event after the other, each with the hypocentre of every origin (the preferred one
 * first, and again with more digits in a line of type H), its errors, remarks and readings.
 *
 *     const text = encodeNordic(bulletin);
 *
 * The readings are those of the preferred origin. There is no place for magnitudes of stations, for magnitude types without a letter, for
 * arrivals that no event uses or that come more than a day after their event's, for slowness residuals, signal-to-noise ratios and noise.
 * Agencies have three letters, station codes five.
 */
import {
  type Arrival,
  type Bulletin,
  dateParts,
  epoch,
  KM_PER_DEGREE,
  type Origin,
  preferredOrigin,
  type SeismicEvent,
} from "@harken/core";
import { type WrittenHypocentre, writeErrors, writeHypocentre, writePrecise } from "./hypocentreLine.ts";
import { eventTypeLetter } from "./nordicCodes.ts";
import { commentLines, nordicLineOf } from "./nordicText.ts";
import { LATEST_SEC, READING_HEADING, writeAmplitude, writeOnset } from "./writeReading.ts";

export function encodeNordic({ events, arrivals }: Bulletin): string {
  const byKey = new Map(arrivals.map((arrival) => [arrival.key, arrival]));
  return events.map((event) => `${eventLines(event, byKey).join("\n")}\n${nordicLineOf("", " ")}\n`).join("");
}

function eventLines(event: SeismicEvent, arrivals: ReadonlyMap<string, Arrival>): string[] {
  const preferred = preferredOrigin(event);
  const others = event.origins.filter((origin) => origin !== preferred);
  const eventType = preferred.remarks.flatMap((remark) => eventTypeLetter(remark) ?? [])[0] ?? "";
  const remarks = preferred.remarks.filter((remark) => eventTypeLetter(remark) !== eventType || eventType === "");
  return [
    ...hypocentreLines(preferred, eventType),
    ...others.flatMap((origin) => hypocentreLines(origin, "")),
    ...remarks.flatMap(commentLines),
    idLine(event.key, preferred.time),
    ...readingLines(preferred, arrivals),
  ];
}

function hypocentreLines(origin: Origin, eventLetter: string): string[] {
  const { author: agency, depthType, error } = origin;
  const isDepthHeld = depthType === "surface" || depthType === "default" || depthType === "analyst";
  const written: WrittenHypocentre = {
    ...origin,
    ...{ agency, isDepthHeld, eventLetter, distanceLetter: distanceLetter(origin) },
    rmsSec: origin.rmsResidualSec,
    magnitudes: origin.magnitudes.map(({ type, value }) => ({ type, value, agency })),
  };
  const [first = "", ...more] = writeHypocentre(written);
  return [
    first,
    ...more,
    writeErrors({
      agency,
      gapDeg: origin.azimuthGapDeg,
      timeSec: error && Math.sqrt(error.sttSec2),
      xKm: error && Math.sqrt(error.sxxKm2),
      yKm: error && Math.sqrt(error.syyKm2),
      zKm: error?.depthErrorKm == null ? null : Math.sqrt(error.szzKm2),
      xyKm2: error?.sxyKm2 ?? 0,
      xzKm2: error?.sxzKm2 ?? 0,
      yzKm2: error?.syzKm2 ?? 0,
    }),
    writePrecise(written),
  ];
}

/** Farthest readings of local and of regional events, km. */
const LOCAL_KM = 1_000;
const REGIONAL_KM = 3_000;

function distanceLetter({ associations }: Origin): string {
  const km = associations.reduce((most, { deltaDeg }) => Math.max(most, deltaDeg * KM_PER_DEGREE), 0);
  return km <= LOCAL_KM ? "L" : km <= REGIONAL_KM ? "R" : "D";
}

/** The data base's line of an event with its number: the one it had, else its time. */
function idLine(key: string, time: number): string {
  const { year, month, day, hour, minute, second } = dateParts(time, 0);
  const two = (value: number) => String(value).padStart(2, "0");
  const own = `${String(year).padStart(4, "0")}${[month, day, hour, minute, second].map(two).join("")}`;
  const id = /^(\d{14})\//.exec(key)?.[1] ?? own;
  return nordicLineOf(`${" ACTION:NEW".padEnd(27)}OP:     STATUS:${" ".repeat(15)}ID:${id}`, "I");
}

/** Readings before this are taken for the next day's. */
const BEFORE_SEC = 43_000;

function readingLines(origin: Origin, arrivals: ReadonlyMap<string, Arrival>): string[] {
  const { year, month, day } = dateParts(origin.time, 1);
  const begin = epoch(year, month, day);
  const rows = origin.associations.flatMap((association) => {
    const arrival = arrivals.get(association.arrivalKey);
    const second = arrival ? arrival.time - begin : Number.NaN;
    const isNear = second >= 0 && second <= LATEST_SEC && arrival!.time >= origin.time - BEFORE_SEC;
    return arrival && isNear ? [{ association, arrival }] : [];
  });
  if (rows.length === 0) return [];
  rows.sort((a, b) => a.association.deltaDeg - b.association.deltaDeg || a.arrival.time - b.arrival.time);
  const lines = rows.flatMap(({ association, arrival }) => [
    writeOnset(arrival, association, begin),
    ...arrival.amplitudes.flatMap((amplitude) => writeAmplitude(amplitude, arrival, association, begin) ?? []),
  ]);
  return [READING_HEADING, ...lines];
}
