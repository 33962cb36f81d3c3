/**
 * Where core's nouns and the database's rows meet: units, names and flags are settled here and nowhere else. CSS3.0 letters: depth `f`
 * free, `r` surface (restrained), `d` default of the region, `g` analyst (geophysicist), `p` depth phases; `d`/`n` defining or not.
 */
import {
  type Amplitude,
  type Arrival,
  type Association,
  julianDate,
  type Origin,
  type OriginError,
  type StationMagnitude,
} from "@harken/core";
import type { Row } from "./tables.ts";

const depthLetters = { free: "f", surface: "r", default: "d", analyst: "g", "depth-phase": "p" } as const;
type DepthLetter = (typeof depthLetters)[Origin["depthType"]];
const depthTypes = Object.fromEntries(Object.entries(depthLetters).map(([type, letter]) => [letter, type])) as Record<
  DepthLetter,
  Origin["depthType"]
>;
const defining = (flag: boolean) => (flag ? "d" : "n");

export interface Stamp {
  readonly runId: number;
  /** Epoch seconds at which the row is written. */
  readonly now: number;
}

export function arrivalRow(arrival: Arrival, arid: number, { runId, now }: Stamp): Row<"base_arrival"> {
  return {
    arid,
    arrivalkey: arrival.key,
    sta: arrival.station,
    chan: arrival.channel,
    time: arrival.time,
    deltim: arrival.timeErrorSec,
    iphase: arrival.phase,
    azimuth: arrival.azimuthDeg,
    delaz: arrival.azimuthErrorDeg,
    slow: arrival.slownessSecPerDeg,
    delslo: arrival.slownessErrorSecPerDeg,
    snr: arrival.snr,
    fm: arrival.firstMotion,
    rect: arrival.rectilinearity,
    ema: arrival.incidenceDeg,
    freq: arrival.frequencyHz,
    fkqual: arrival.fkQuality,
    auth: arrival.author,
    jdate: julianDate(arrival.time),
    runid: runId,
    lddate: now,
  };
}

export function arrivalFromRow(row: Row<"base_arrival">, amplitudes: readonly Row<"base_amplitude">[]): Arrival {
  return {
    key: row.arrivalkey,
    station: row.sta,
    channel: row.chan,
    time: row.time,
    timeErrorSec: row.deltim,
    phase: row.iphase,
    azimuthDeg: row.azimuth,
    azimuthErrorDeg: row.delaz,
    slownessSecPerDeg: row.slow,
    slownessErrorSecPerDeg: row.delslo,
    snr: row.snr,
    amplitudes: amplitudes.map(amplitudeFromRow),
    firstMotion: row.fm as Arrival["firstMotion"],
    rectilinearity: row.rect,
    incidenceDeg: row.ema,
    frequencyHz: row.freq,
    fkQuality: row.fkqual,
    author: row.auth,
  };
}

export function amplitudeRow(
  amplitude: Amplitude,
  ampid: number,
  arid: number,
  ordinal: number,
  now: number,
): Row<"base_amplitude"> {
  return {
    ampid,
    arid,
    ordinal,
    net: amplitude.channel.network,
    sta: amplitude.channel.station,
    loc: amplitude.channel.location,
    chan: amplitude.channel.channel,
    amp: amplitude.amplitude,
    per: amplitude.periodSec,
    amptime: amplitude.time,
    amptype: amplitude.type,
    units: amplitude.type === "pressure" ? "Pa" : "nm",
    clip: amplitude.clipped ? "c" : "n",
    lddate: now,
  };
}

function amplitudeFromRow(row: Row<"base_amplitude">): Amplitude {
  return {
    type: row.amptype as Amplitude["type"],
    channel: { network: row.net, station: row.sta, location: row.loc, channel: row.chan },
    time: row.amptime,
    amplitude: row.amp,
    periodSec: row.per,
    clipped: row.clip === "c",
  };
}

export interface OriginPlace {
  readonly orid: number;
  readonly evid: number;
  readonly list: string;
  readonly version: number;
  readonly ordinal: number;
}

export function originRow(origin: Origin, place: OriginPlace, { runId, now }: Stamp): Row<"base_origin"> {
  return {
    ...place,
    originkey: origin.key,
    time: origin.time,
    lat: origin.latitudeDeg,
    lon: origin.longitudeDeg,
    depth: origin.depthKm,
    dtype: depthLetters[origin.depthType],
    nass: origin.associations.length,
    ndef: origin.definingCount,
    nsta: origin.stationCount,
    gap: origin.azimuthGapDeg,
    rms: origin.rmsResidualSec,
    auth: origin.author,
    remarks: JSON.stringify(origin.remarks),
    jdate: julianDate(origin.time),
    runid: runId,
    lddate: now,
  };
}

export function originErrorRow(error: OriginError, orid: number): Row<"base_origerr"> {
  return {
    orid,
    sxx: error.sxxKm2,
    syy: error.syyKm2,
    szz: error.szzKm2,
    stt: error.sttSec2,
    sxy: error.sxyKm2,
    sxz: error.sxzKm2,
    syz: error.syzKm2,
    stx: error.stxKmSec,
    sty: error.styKmSec,
    stz: error.stzKmSec,
    sdobs: error.sdobs,
    smajax: error.semiMajorKm,
    sminax: error.semiMinorKm,
    strike: error.strikeDeg,
    sdepth: error.depthErrorKm,
    stime: error.timeErrorSec,
    conf: error.confidence,
  };
}

export function originErrorFromRow(row: Row<"base_origerr">): OriginError {
  return {
    sxxKm2: row.sxx,
    syyKm2: row.syy,
    szzKm2: row.szz,
    sttSec2: row.stt,
    sxyKm2: row.sxy,
    sxzKm2: row.sxz,
    syzKm2: row.syz,
    stxKmSec: row.stx,
    styKmSec: row.sty,
    stzKmSec: row.stz,
    sdobs: row.sdobs,
    semiMajorKm: row.smajax,
    semiMinorKm: row.sminax,
    strikeDeg: row.strike,
    depthErrorKm: row.sdepth,
    timeErrorSec: row.stime,
    confidence: row.conf,
  };
}

export function associationRow(
  association: Association,
  orid: number,
  arid: number,
  ordinal: number,
): Row<"base_assoc"> {
  return {
    orid,
    arid,
    ordinal,
    sta: association.station,
    phase: association.phase,
    delta: association.deltaDeg,
    seaz: association.stationEventAzimuthDeg,
    esaz: association.eventStationAzimuthDeg,
    timeres: association.timeResidualSec,
    timedef: defining(association.timeDefining),
    azres: association.azimuthResidualDeg,
    azdef: defining(association.azimuthDefining),
    slores: association.slownessResidualSecPerDeg,
    slodef: defining(association.slownessDefining),
    wgt: association.weight,
  };
}

export function associationFromRow(row: Row<"base_assoc">, arrivalKey: string): Association {
  return {
    arrivalKey,
    station: row.sta,
    phase: row.phase,
    deltaDeg: row.delta,
    stationEventAzimuthDeg: row.seaz,
    eventStationAzimuthDeg: row.esaz,
    timeResidualSec: row.timeres,
    timeDefining: row.timedef === "d",
    azimuthResidualDeg: row.azres,
    azimuthDefining: row.azdef === "d",
    slownessResidualSecPerDeg: row.slores,
    slownessDefining: row.slodef === "d",
    weight: row.wgt,
  };
}

export function stationMagnitudeRow(
  magnitude: StationMagnitude,
  ids: { magid: number; ordinal: number; orid: number; arid: number | null },
): Row<"base_stamag"> {
  return {
    ...ids,
    sta: magnitude.station,
    magtype: magnitude.type,
    delta: magnitude.deltaDeg,
    magnitude: magnitude.value,
    uncertainty: magnitude.uncertainty,
    magdef: defining(magnitude.defining),
    reason: magnitude.reason,
  };
}

export function stationMagnitudeFromRow(row: Row<"base_stamag">, arrivalKey: string | null): StationMagnitude {
  return {
    type: row.magtype,
    station: row.sta,
    arrivalKey,
    deltaDeg: row.delta,
    value: row.magnitude,
    uncertainty: row.uncertainty,
    defining: row.magdef === "d",
    reason: row.reason,
  };
}

/** An origin without its associations, magnitudes and error, which stand in other tables. */
export function originHeadFromRow(row: Row<"base_origin">): Omit<Origin, "error" | "associations" | "magnitudes"> {
  return {
    key: row.originkey,
    time: row.time,
    latitudeDeg: row.lat,
    longitudeDeg: row.lon,
    depthKm: row.depth,
    depthType: depthTypes[row.dtype as DepthLetter],
    definingCount: row.ndef,
    stationCount: row.nsta,
    azimuthGapDeg: row.gap,
    rmsResidualSec: row.rms,
    author: row.auth,
    remarks: JSON.parse(row.remarks) as string[],
  };
}
