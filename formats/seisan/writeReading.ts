/** Readings of the Nordic format: one line for an onset, one after it for each of its amplitudes. Columns: `readingLine.ts`. */
import { type Amplitude, type Arrival, type Association, KM_PER_DEGREE } from "@harken/core";
import { fixed, left } from "../columns.ts";
import { type AmplitudeKind, amplitudeName } from "./nordicCodes.ts";
import { nordicLineOf } from "./nordicText.ts";
import { onsetMarkOf } from "./timeError.ts";

export const READING_HEADING = nordicLineOf(
  " STAT SP IPHASW D HRMM SECON CODA AMPLIT PERI AZIMU VELO AIN AR TRES W  DIS CAZ",
  "7",
);

const DAY = 86_400;
/** Hours run to 47. */
export const LATEST_SEC = 2 * DAY - 0.001;
/** A name this long leaves no room for the first motion, and the weight stands before it. */
const SHORT_NAME = 4;
const LONG_NAME = 8;

export function writeOnset(arrival: Arrival, association: Association, day: number): string {
  const { azimuthDeg, slownessSecPerDeg, firstMotion } = arrival;
  const { onset, weight } = onsetMarkOf(arrival.timeErrorSec, association.deltaDeg);
  const mark = weight === 0 ? " " : String(weight);
  const motion = firstMotion === null ? " " : firstMotion.toUpperCase();
  const velocity = slownessSecPerDeg === null || slownessSecPerDeg <= 0 ? null : KM_PER_DEGREE / slownessSecPerDeg;
  return line({
    station: arrival.station,
    channel: arrival.channel,
    phase: phaseColumns(association.phase, onset, mark, motion),
    second: arrival.time - day,
    amplitude: " ".repeat(12),
    direction: `${fixed(azimuthDeg, 5, 1)}${fixed(velocity !== null && velocity < 900 ? velocity : null, 5, 2)}`,
    azimuthResidualDeg: association.azimuthResidualDeg,
    timeResidualSec: association.timeResidualSec,
    weight: association.weight ?? (association.timeDefining ? 1 : association.timeResidualSec === null ? null : 0),
    association,
  });
}

/** Null for amplitudes that have no name in the format: noise, and pressure. */
export function writeAmplitude(
  amplitude: Amplitude,
  arrival: Arrival,
  association: Association,
  day: number,
): string | null {
  const { type, amplitude: nm, periodSec, channel } = amplitude;
  if (!isNamed(type) || !(nm > 0)) return null;
  const second = amplitude.time - day;
  return line({
    station: arrival.station,
    channel: channel.channel,
    phase: phaseColumns(amplitudeName[type], " ", " ", " "),
    second: second >= 0 && second <= LATEST_SEC ? second : arrival.time - day,
    amplitude: `${size(nm)}${shortest(periodSec > 0 ? periodSec : null, 4, 2)}`,
    direction: " ".repeat(10),
    azimuthResidualDeg: null,
    timeResidualSec: null,
    weight: null,
    association,
  });
}

const isNamed = (type: Amplitude["type"]): type is AmplitudeKind => Object.hasOwn(amplitudeName, type);

/** Seven columns and the free one after them; a power of ten for what is too large or too small for its digits. */
function size(nm: number): string {
  const text = nm < 1e7 && nm >= 0.001 ? shortest(nm, 7, 4) : nm.toExponential(1);
  return `${text.padStart(7)} `;
}

/** With no more decimals than say something. */
function shortest(value: number | null, width: number, most: number): string {
  const text = fixed(value, width, most);
  return (text.includes(".") ? text.replace(/\.?0+$/, "") : text).padStart(width);
}

/** Columns 9 to 18: weight of a long name, letter of the onset, name, weight, flag, first motion. */
function phaseColumns(phase: string, onset: string, weight: string, motion: string): string {
  const name = phase.replace(/\s+/g, "");
  if (name.length <= SHORT_NAME) return ` ${onset}${left(name, SHORT_NAME)}${weight} ${motion} `;
  return `${weight}${onset}${left(name, LONG_NAME)}`;
}

interface Columns {
  readonly station: string;
  readonly channel: string;
  readonly phase: string;
  readonly second: number;
  readonly amplitude: string;
  readonly direction: string;
  readonly azimuthResidualDeg: number | null;
  readonly timeResidualSec: number | null;
  readonly weight: number | null;
  readonly association: Association;
}

function line(columns: Columns): string {
  const { deltaDeg, eventStationAzimuthDeg } = columns.association;
  const km = deltaDeg * KM_PER_DEGREE;
  const { weight } = columns;
  const tenths = weight === null ? null : weight > 0 ? Math.max(1, Math.min(10, Math.round(weight * 10))) : 0;
  return nordicLineOf(
    [
      ` ${left(columns.station, 5)}${component(columns.channel)}${columns.phase}`,
      `${clock(columns.second)}     ${columns.amplitude} ${columns.direction}    `,
      `${fixed(columns.azimuthResidualDeg, 3, 0)}${fixed(columns.timeResidualSec, 5, 2)}${fixed(tenths, 2, 0)}`,
      `${shortest(km, 5, km < 10 ? 2 : km < 100 ? 1 : 0)} ${fixed(Math.round(eventStationAzimuthDeg) % 360, 3, 0)}`,
    ].join(""),
    " ",
  );
}

/** The kind of instrument and the direction: the first and the last letter of a channel. */
function component(channel: string): string {
  if (!/^[A-Z\d]{1,3}$/i.test(channel)) return "  ";
  return channel.length === 1 ? ` ${channel}` : `${channel[0]}${channel.at(-1)}`;
}

/** Columns 19 to 28: hours that may go beyond 24, minutes, seconds to the millisecond. */
function clock(second: number): string {
  const ticks = Math.round(second * 1000);
  const two = (value: number) => String(value).padStart(2);
  const minutes = Math.floor(ticks / 60_000);
  return `${two(Math.floor(minutes / 60))}${two(minutes % 60)}${fixed((ticks % 60_000) / 1000, 6, 3)}`;
}
