/**
 * Lines of STATION and CHANNEL sections: fixed columns, and where a writer slipped (the specification's own example does) the words between
 * the blanks.
 */
import { wrapLongitude } from "@harken/core";
import { column } from "../columns.ts";
import { number } from "../numbers.ts";

/** First and last column, from 1, of each field; the column after a field is blank. */
export type Columns = readonly (readonly [number, number])[];

export interface PlaceLine {
  readonly fields: readonly string[];
  readonly place: { readonly latitudeDeg: number; readonly longitudeDeg: number };
}

const MAX_WORDS = 20;

/** `latitudeAt` is the field of the latitude; the longitude follows it. Null when the line tells no place on Earth. */
export function readPlace(line: string, columns: Columns, latitudeAt: number): PlaceLine | null {
  const isAligned = columns.every(([, last]) => line.charAt(last).trim() === "");
  const aligned = isAligned
    ? placeOf(
        columns.map(([from, to]) => column(line, from, to)),
        latitudeAt,
      )
    : null;
  return aligned ?? placeOf(withBlanks(line.trim().split(/\s+/, MAX_WORDS), latitudeAt), latitudeAt);
}

/** Words with "" for the one field before the latitude that may be blank. */
function withBlanks(words: readonly string[], latitudeAt: number): readonly string[] {
  const isDecimal = (word: string | undefined) => word?.includes(".") === true && number(word) !== null;
  const isShort = isDecimal(words[latitudeAt - 1]) && isDecimal(words[latitudeAt]);
  return isShort ? words.toSpliced(latitudeAt - 1, 0, "") : words;
}

function placeOf(fields: readonly string[], latitudeAt: number): PlaceLine | null {
  const latitudeDeg = number(fields[latitudeAt] ?? "");
  const longitudeDeg = number(fields[latitudeAt + 1] ?? "");
  if (latitudeDeg === null || longitudeDeg === null) return null;
  if (Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 360) return null;
  const place = {
    latitudeDeg,
    longitudeDeg: Math.abs(longitudeDeg) > 180 ? wrapLongitude(longitudeDeg) : longitudeDeg,
  };
  return { fields, place };
}
