/**
 * The comment header of an annotated pole-zero file: `* NAME   (SAC NAME): value`, lengths in metres. `DIP` is the angle from the upward
 * vertical (SAC's CMPINC) in what rdseed and IRIS write, and SEED's dip in what some others write.
 */
import { type Channel, type ChannelId, NO_PLACE_DEG, parseTime, type ResponseUnit } from "@harken/core";
import { type Orientation, orientationOfCode, orientationOfDip, orientationOfVang } from "../orientation.ts";
import { blankLocation } from "./fileName.ts";

export interface SacPoleZeroHeader extends Omit<Channel, "id" | "response" | "calibNmPerCount" | "calperSec"> {
  /** Null when the file does not name its channel. */
  readonly id: ChannelId | null;
  /** Null when not given. */
  readonly inputUnit: ResponseUnit | null;
}

/** Above every length, angle and rate of a header. */
const MAX_NUMBER = 1e9;

const FIELD = /^\*+\s*([A-Z][A-Z0-9 ]*?)\s*(?:\([^)]*\)\s*)?:\s*(.*?)\s*$/i;

/** Name and value of a comment line; null for a line that is only a comment. */
export function headerField(line: string): { name: string; value: string } | null {
  const m = FIELD.exec(line);
  return m ? { name: m[1]!.toUpperCase(), value: m[2]! } : null;
}

const UNITS: Readonly<Record<string, ResponseUnit>> = Object.freeze({
  M: "m",
  NM: "nm",
  "M/S": "m/s",
  "M/S**2": "m/s**2",
  "M/S/S": "m/s**2",
  PA: "Pa",
});

/** End times from here on mean "open" (CSS3.0's null is 9999999999.999; IRIS writes 2599-12-31). */
const OPEN_END = 9_999_999_999;

/** `id` is taken for a missing station and channel. */
export function readHeader(fields: ReadonlyMap<string, string>, fallback: ChannelId | null): SacPoleZeroHeader {
  const text = (name: string) => fields.get(name) ?? "";
  const number = (name: string): number | null => {
    // A value may be followed by its unit.
    const [value = ""] = text(name).split(/\s/, 1);
    return value !== "" && Math.abs(Number(value)) <= MAX_NUMBER ? Number(value) : null;
  };
  const named = text("STATION") !== "" && text("CHANNEL") !== "";
  const id = named
    ? {
        network: text("NETWORK"),
        station: text("STATION"),
        location: blankLocation(text("LOCATION")),
        channel: text("CHANNEL"),
      }
    : fallback;
  const [latitudeDeg, longitudeDeg] = [number("LATITUDE"), number("LONGITUDE")];
  const placed =
    latitudeDeg !== null && longitudeDeg !== null && Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 360;
  const depth = number("DEPTH") ?? 0;
  const sampleRateHz = number("SAMPLE RATE");
  const end = timeOf(text("END"));
  return {
    id,
    startTime: timeOf(text("START")),
    endTime: end !== null && end >= OPEN_END ? null : end,
    latitudeDeg: placed ? latitudeDeg : NO_PLACE_DEG,
    longitudeDeg: placed ? longitudeDeg : NO_PLACE_DEG,
    // The file tells the sensor's elevation; the surface is above it by the depth (SEED manual, blockette 52).
    elevationKm: kilometres((number("ELEVATION") ?? 0) + depth),
    depthKm: kilometres(depth),
    ...orientationOf(id?.channel ?? "", number("AZIMUTH"), number("DIP")),
    sampleRateHz: sampleRateHz !== null && sampleRateHz > 0 ? sampleRateHz : null,
    instrument: text("INSTTYPE"),
    inputUnit: UNITS[text("INPUT UNIT").toUpperCase()] ?? null,
  };
}

/** Kilometres of metres, to the millimetre. */
const kilometres = (metres: number) => Math.round(metres * 1000) / 1_000_000;

/** ISO 8601, or rdseed's `2006,089,20:00:00.0000`. */
const timeOf = (text: string) => parseTime(text.replace(/^(\d{4}),(\d{3})(?:,|$)/, "$1-$2 "));

/** Both counts of DIP are told apart by the channel code, where one number means something else in each. */
function orientationOf(channel: string, azimuthDeg: number | null, dip: number | null): Orientation {
  const usual = orientationOfCode(channel);
  if (dip === null || Math.abs(dip) > 180) return usual;
  const isVertical = usual.vangDeg === 0;
  const isSeedDip = dip < 0 || (dip === 0 && !isVertical) || (dip === 90 && isVertical);
  const azimuth = azimuthDeg ?? usual.hangDeg;
  return isSeedDip ? orientationOfDip(azimuth, dip) : orientationOfVang(azimuth, dip);
}
