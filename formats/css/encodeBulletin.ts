/**
 * A bulletin as CSS3.0 tables, ready to be written as files. Integers are allotted in the bulletin's order, from 1.
 *
 *     const files = encodeCssBulletin(bulletin, { stations, layout: "idc" });
 *     write(`sel1.origin`, files.origin);
 */
import {
  type Amplitude,
  type Arrival,
  type Association,
  type Bulletin,
  julianDate,
  type NetworkMagnitude,
  type Origin,
  preferredOrigin,
  type SeismicEvent,
  type Station,
} from "@harken/core";
import { type CssWriteOptions, encodeCssTable } from "./encodeTable.ts";
import { definingLetter, depthLetter } from "./letters.ts";
import type { CssRow, CssTables } from "./schema.ts";
import { stationTables } from "./stationTables.ts";

export interface CssBulletinOptions extends CssWriteOptions {
  /** Adds the tables site and sitechan. */
  readonly stations?: readonly Station[];
}

const bulletinTables = ["arrival", "assoc", "origin", "origerr", "netmag", "stamag", "amplitude", "event"] as const;
type BulletinTable = (typeof bulletinTables)[number];

/** The text of each table; a table without rows is an empty text. */
export type CssBulletinFiles = Readonly<Record<BulletinTable, string>> &
  Readonly<Partial<Record<"site" | "sitechan", string>>>;

export function encodeCssBulletin(bulletin: Bulletin, options: CssBulletinOptions = {}): CssBulletinFiles {
  const tables = cssTablesOf(bulletin);
  const files = Object.fromEntries(
    bulletinTables.map((table) => [table, encodeCssTable(table, tables[table] as never, options)]),
  ) as Record<BulletinTable, string>;
  if (!options.stations) return files;
  const { site, sitechan } = stationTables(options.stations);
  return {
    ...files,
    site: encodeCssTable("site", site, options),
    sitechan: encodeCssTable("sitechan", sitechan, options),
  };
}

/** The rows themselves. */
export function cssTablesOf(bulletin: Bulletin): Required<Pick<CssTables, BulletinTable>> {
  const arids = new Map(bulletin.arrivals.map(({ key }, i) => [key, i + 1]));
  const amplitude = bulletin.arrivals
    .flatMap((arrival) => arrival.amplitudes.map((measured, i) => ({ measured, arid: arids.get(arrival.key)!, i })))
    .map(({ measured, arid, i }, n) => amplitudeRow(measured, n + 1, arid, i === 0));
  const rows = {
    arrival: bulletin.arrivals.map((arrival) => arrivalRow(arrival, arids.get(arrival.key)!)),
    assoc: [] as CssRow<"assoc">[],
    origin: [] as CssRow<"origin">[],
    origerr: [] as CssRow<"origerr">[],
    netmag: [] as CssRow<"netmag">[],
    stamag: [] as CssRow<"stamag">[],
    amplitude,
    event: [] as CssRow<"event">[],
  };
  for (const event of bulletin.events) addEvent(event, arids, rows);
  return rows;
}

type Rows = { [T in BulletinTable]: CssRow<T>[] };

function addEvent(event: SeismicEvent, arids: ReadonlyMap<string, number>, rows: Rows): void {
  const evid = rows.event.length + 1;
  const preferred = preferredOrigin(event);
  for (const origin of event.origins) {
    const orid = rows.origin.length + 1;
    if (origin === preferred)
      rows.event.push({ evid, evname: null, prefor: orid, auth: origin.author, commid: null, lddate: null });
    const firstMagid = rows.netmag.length + 1;
    rows.origin.push(originRow(origin, orid, evid, firstMagid));
    if (origin.error) rows.origerr.push(errorRow(origin.error, orid));
    for (const association of origin.associations) {
      const arid = arids.get(association.arrivalKey) ?? null;
      rows.assoc.push(associationRow(association, arid, orid));
    }
    for (const magnitude of origin.magnitudes) addMagnitude(magnitude, origin, { orid, evid }, arids, rows);
  }
}

function addMagnitude(
  magnitude: NetworkMagnitude,
  origin: Origin,
  ids: { orid: number; evid: number },
  arids: ReadonlyMap<string, number>,
  rows: Rows,
): void {
  const shared = { ...ids, magid: rows.netmag.length + 1, auth: origin.author, commid: null, lddate: null };
  rows.netmag.push({
    ...shared,
    net: null,
    magtype: magnitude.type,
    nsta: magnitude.stationCount,
    magnitude: magnitude.value,
    uncertainty: magnitude.uncertainty,
  });
  const phases = new Map(origin.associations.map(({ arrivalKey, phase }) => [arrivalKey, phase]));
  for (const station of magnitude.stations)
    rows.stamag.push({
      ...shared,
      ampid: null,
      sta: station.station,
      arid: station.arrivalKey === null ? null : (arids.get(station.arrivalKey) ?? null),
      phase: station.arrivalKey === null ? null : (phases.get(station.arrivalKey) ?? null),
      delta: station.deltaDeg,
      magtype: station.type,
      magnitude: station.value,
      uncertainty: station.uncertainty,
      magres: station.value - magnitude.value,
      magdef: definingLetter(station.defining),
      mmodel: null,
    });
}

function arrivalRow(arrival: Arrival, arid: number): CssRow<"arrival"> {
  const [first] = arrival.amplitudes;
  return {
    sta: arrival.station,
    time: arrival.time,
    arid,
    jdate: julianDate(arrival.time),
    stassid: null,
    chanid: null,
    chan: arrival.channel,
    iphase: arrival.phase,
    stype: null,
    deltim: arrival.timeErrorSec,
    azimuth: arrival.azimuthDeg,
    delaz: arrival.azimuthErrorDeg,
    slow: arrival.slownessSecPerDeg,
    delslo: arrival.slownessErrorSecPerDeg,
    ema: arrival.incidenceDeg,
    rect: arrival.rectilinearity,
    amp: first?.amplitude ?? null,
    per: first?.periodSec ?? null,
    logat: first && first.periodSec > 0 && first.amplitude > 0 ? Math.log10(first.amplitude / first.periodSec) : null,
    clip: first ? clipLetter(first) : null,
    fm: arrival.firstMotion && `${arrival.firstMotion}.`,
    snr: arrival.snr,
    qual: null,
    auth: arrival.author,
    commid: null,
    lddate: null,
  };
}

function amplitudeRow(
  { type, channel, time, amplitude, periodSec, clipped }: Amplitude,
  ampid: number,
  arid: number,
  inArrival: boolean,
): CssRow<"amplitude"> {
  return {
    ampid,
    arid,
    parid: null,
    chan: channel.channel,
    amp: amplitude,
    per: periodSec,
    snr: null,
    amptime: time,
    time: null,
    duration: null,
    deltaf: null,
    amptype: type,
    units: type === "pressure" ? "Pa" : "nm",
    clip: clipLetter({ clipped }),
    inarrival: inArrival ? "y" : "n",
    auth: null,
    lddate: null,
  };
}

const clipLetter = ({ clipped }: { clipped: boolean }) => (clipped ? "c" : "n");

function associationRow(association: Association, arid: number | null, orid: number): CssRow<"assoc"> {
  return {
    arid,
    orid,
    sta: association.station,
    phase: association.phase,
    belief: null,
    delta: association.deltaDeg,
    seaz: association.stationEventAzimuthDeg,
    esaz: association.eventStationAzimuthDeg,
    timeres: association.timeResidualSec,
    timedef: definingLetter(association.timeDefining),
    azres: association.azimuthResidualDeg,
    azdef: definingLetter(association.azimuthDefining),
    slores: association.slownessResidualSecPerDeg,
    slodef: definingLetter(association.slownessDefining),
    emares: null,
    wgt: association.weight,
    vmodel: null,
    commid: null,
    lddate: null,
  };
}

function originRow(origin: Origin, orid: number, evid: number, firstMagid: number): CssRow<"origin"> {
  const find = (type: string) => {
    const exact = origin.magnitudes.findIndex((magnitude) => magnitude.type.toLowerCase() === type);
    const at = exact >= 0 ? exact : origin.magnitudes.findIndex(({ type: t }) => t.toLowerCase().startsWith(type));
    return { value: origin.magnitudes[at]?.value ?? null, id: at < 0 ? null : firstMagid + at };
  };
  const [mb, ms, ml] = [find("mb"), find("ms"), find("ml")];
  const depthPhases = origin.associations.filter(({ phase, timeDefining }) => timeDefining && /^[ps]P/.test(phase));
  return {
    lat: origin.latitudeDeg,
    lon: origin.longitudeDeg,
    depth: origin.depthKm,
    time: origin.time,
    orid,
    evid,
    jdate: julianDate(origin.time),
    nass: origin.associations.length,
    ndef: origin.definingCount,
    ndp: depthPhases.length,
    grn: null,
    srn: null,
    etype: null,
    depdp: origin.depthType === "depth-phase" ? origin.depthKm : null,
    dtype: depthLetter(origin.depthType),
    mb: mb.value,
    mbid: mb.id,
    ms: ms.value,
    msid: ms.id,
    ml: ml.value,
    mlid: ml.id,
    algorithm: null,
    auth: origin.author,
    commid: null,
    lddate: null,
  };
}

/** A depth that was held has no variance: its terms are "no value". */
function errorRow(error: NonNullable<Origin["error"]>, orid: number): CssRow<"origerr"> {
  const ofDepth = (value: number) => (error.depthErrorKm === null ? null : value);
  return {
    orid,
    sxx: error.sxxKm2,
    syy: error.syyKm2,
    szz: ofDepth(error.szzKm2),
    stt: error.sttSec2,
    sxy: error.sxyKm2,
    sxz: ofDepth(error.sxzKm2),
    syz: ofDepth(error.syzKm2),
    stx: error.stxKmSec,
    sty: error.styKmSec,
    stz: ofDepth(error.stzKmSec),
    sdobs: error.sdobs,
    smajax: error.semiMajorKm,
    sminax: error.semiMinorKm,
    strike: error.strikeDeg,
    sdepth: error.depthErrorKm,
    stime: error.timeErrorSec,
    conf: error.confidence,
    commid: null,
    lddate: null,
  };
}
