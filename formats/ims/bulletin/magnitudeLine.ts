/** The line of a network magnitude (IDC-3.4.1Rev1, magnitude sub-block), and magnitude types in five letters. */
import type { NetworkMagnitude } from "@harken/core";
import { column, fixed, left, numberAt, right } from "../../columns.ts";

export const MAGNITUDE_HEADER = "Magnitude  Err Nsta Author      OrigID";

const TYPE_WIDTH = 5;

/** `mb_1mx` becomes `mb1mx`. */
export const magnitudeType = (type: string): string =>
  left(type.length > TYPE_WIDTH ? type.replaceAll("_", "") : type, TYPE_WIDTH);

export function writeMagnitude(magnitude: NetworkMagnitude, author: string, originId: string): string {
  return [
    `${magnitudeType(magnitude.type)} ${fixed(magnitude.value, 4, 1)}`,
    fixed(magnitude.uncertainty, 3, 1),
    fixed(magnitude.stationCount, 4, 0),
    left(author, 9),
    right(originId, 8),
  ].join(" ");
}

export interface MagnitudeLine {
  readonly originId: string;
  readonly type: string;
  readonly value: number;
  readonly uncertainty: number;
  readonly stationCount: number;
}

/** Null when the line gives no value (the specification lets it be blank). */
export function readMagnitude(line: string): MagnitudeLine | null {
  const value = numberAt(line, 7, 10);
  if (value === null) return null;
  return {
    type: column(line, 1, 5),
    value,
    uncertainty: numberAt(line, 12, 14) ?? 0,
    stationCount: numberAt(line, 16, 19) ?? 0,
    originId: column(line, 31, 38),
  };
}
