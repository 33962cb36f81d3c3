/**
 * The tables of CSS3.0 (Anderson et al. 1990, "Center Version 3 Database") that are read and written here, column by column, with the wider
 * columns and the added ones of the IDC's schema and of the NNSA's KB Core. Times are epoch seconds; coordinates deg and km; slowness s/deg.
 */
import { type Column, integer, type Layout, type NumberColumn, real, type TextColumn, text } from "./columns.ts";

const NO_TIME = -9999999999.999;
const NO_END = 9999999999.999;
const NO_DATE = 2286324;

const id = () => integer([8, 9, "id"]);
const time = () => real(17, 5, NO_TIME);
const endTime = () => real(17, 5, NO_END, NO_TIME);
const place = () => real([9, 11, "place"], [4, 6], -999);
const km = () => real(9, 4, -999);
const magnitude = () => real(7, 2, -999);
const amplitude = () => real([10, 11, "amplitude"], [1, 2], -1);
/** The schema's -1e8 in newer descriptions, -1 in the older ones and in the IDC's files. */
const covariance = () => real(15, 4, -1, -100_000_000, -999_999_999);
/** nm per count. Descriptions that give 1.0 as "no value" are not followed: it is a calibration too. */
const calibration = () => real(16, 6, 0);
const author = () => text([15, 20, "author"]);
const lddate = () => text([17, 19, "author"]);

export const cssTables = {
  affiliation: {
    net: text(8),
    sta: text(6),
    time: real([0, 17, "extra"], 5, NO_TIME),
    endtime: real([0, 17, "extra"], 5, NO_END, NO_TIME),
    lddate: lddate(),
  },
  amplitude: {
    ampid: integer(9),
    arid: id(),
    parid: integer(9),
    chan: text(8),
    amp: amplitude(),
    per: real(7, 2, -1),
    snr: real(10, 2, -1),
    amptime: time(),
    time: time(),
    duration: real(7, 2, -1),
    deltaf: real(7, 3, -1),
    amptype: text(8),
    units: text(15),
    clip: text(1),
    inarrival: text(1),
    auth: author(),
    lddate: lddate(),
  },
  arrival: {
    sta: text(6),
    time: time(),
    arid: id(),
    jdate: integer(8),
    stassid: id(),
    chanid: integer(8),
    chan: text(8),
    iphase: text(8),
    stype: text(1),
    deltim: real(6, 3, -1),
    azimuth: real(7, 2, -1),
    delaz: real(7, 2, -1),
    slow: real(7, 2, -1),
    delslo: real(7, 2, -1),
    ema: real(7, 2, -1),
    rect: real(7, 3, -1),
    amp: amplitude(),
    per: real(7, 2, -1),
    logat: real(7, 2, -999),
    clip: text(1),
    fm: text(2),
    snr: real(10, 2, -1),
    qual: text(1),
    auth: author(),
    commid: id(),
    lddate: lddate(),
  },
  assoc: {
    arid: id(),
    orid: id(),
    sta: text(6),
    phase: text(8),
    belief: real(4, 2, -1),
    delta: real(8, 3, -1),
    seaz: real(7, 2, -999),
    esaz: real(7, 2, -1, -999),
    timeres: real(8, 3, -999),
    timedef: text(1),
    azres: real(7, 1, -999),
    azdef: text(1),
    slores: real(7, 2, -999),
    slodef: text(1),
    emares: real(7, 1, -999),
    wgt: real(6, 3, -1),
    vmodel: text(15),
    commid: id(),
    lddate: lddate(),
  },
  event: {
    evid: id(),
    evname: text([15, 32, "name"]),
    prefor: id(),
    auth: author(),
    commid: id(),
    lddate: lddate(),
  },
  instrument: {
    inid: integer(8),
    insname: text(50),
    instype: text(6),
    band: text(1),
    digital: text(1),
    samprate: real(11, 7, -1),
    ncalib: calibration(),
    ncalper: real(16, 6, -1),
    dir: text(64),
    dfile: text(32),
    rsptype: text(6),
    lddate: lddate(),
  },
  netmag: {
    magid: id(),
    net: text(8),
    orid: id(),
    evid: id(),
    magtype: text(6),
    nsta: integer(8),
    magnitude: magnitude(),
    uncertainty: real(7, 2, -1),
    auth: author(),
    commid: id(),
    lddate: lddate(),
  },
  network: {
    net: text(8),
    netname: text(80),
    nettype: text(4),
    auth: author(),
    commid: id(),
    lddate: lddate(),
  },
  origerr: {
    orid: id(),
    sxx: covariance(),
    syy: covariance(),
    szz: covariance(),
    stt: covariance(),
    sxy: covariance(),
    sxz: covariance(),
    syz: covariance(),
    stx: covariance(),
    sty: covariance(),
    stz: covariance(),
    sdobs: real(9, 4, -1),
    smajax: real(9, 4, -1),
    sminax: real(9, 4, -1),
    strike: real(6, 2, -1),
    sdepth: real(9, 4, -1),
    stime: real([8, 6, "errorTime"], [2, 3], -1),
    conf: real(5, 3, -1),
    commid: id(),
    lddate: lddate(),
  },
  origin: {
    lat: place(),
    lon: place(),
    depth: km(),
    time: time(),
    orid: id(),
    evid: id(),
    jdate: integer(8),
    nass: integer(4),
    ndef: integer(4),
    ndp: integer(4),
    grn: integer(8),
    srn: integer(8),
    etype: text(7),
    depdp: km(),
    dtype: text(1),
    mb: magnitude(),
    mbid: id(),
    ms: magnitude(),
    msid: id(),
    ml: magnitude(),
    mlid: id(),
    algorithm: text(15),
    auth: author(),
    commid: id(),
    lddate: lddate(),
  },
  sensor: {
    sta: text(6),
    chan: text(8),
    time: time(),
    endtime: endTime(),
    inid: integer(8),
    chanid: integer(8),
    jdate: integer(8),
    calratio: real(16, 6, -1),
    calper: real(16, 6, -1),
    tshift: real([6, 16, "shift"], 2, -999, -100_000_000),
    instant: text(1),
    lddate: lddate(),
  },
  site: {
    sta: text(6),
    ondate: integer(8),
    offdate: integer(8, NO_DATE),
    lat: place(),
    lon: place(),
    elev: km(),
    staname: text(50),
    statype: text(4),
    refsta: text(6),
    dnorth: real(9, 4, -999),
    deast: real(9, 4, -999),
    lddate: lddate(),
  },
  sitechan: {
    sta: text(6),
    chan: text(8),
    ondate: integer(8),
    chanid: integer(8),
    offdate: integer(8, NO_DATE),
    ctype: text([4, 1, "type"]),
    edepth: real(9, 4, -1, -999),
    hang: real(6, 1, -999),
    vang: real(6, 1, -999),
    descrip: text(50),
    lddate: lddate(),
  },
  stamag: {
    magid: id(),
    ampid: integer([0, 9, "extra"]),
    sta: text(6),
    arid: id(),
    orid: id(),
    evid: id(),
    phase: text(8),
    delta: real(8, 3, -1),
    magtype: text(6),
    magnitude: magnitude(),
    uncertainty: real(7, 2, -1),
    magres: real([0, 7, "extra"], 2, -999),
    magdef: text([0, 1, "extra"]),
    mmodel: text([0, 15, "extra"]),
    auth: author(),
    commid: id(),
    lddate: lddate(),
  },
  wfdisc: {
    sta: text(6),
    chan: text(8),
    time: time(),
    wfid: id(),
    chanid: integer(8),
    jdate: integer(8),
    endtime: endTime(),
    nsamp: integer(8),
    samprate: real(11, 7, -1),
    calib: calibration(),
    calper: real(16, 6, -1),
    instype: text(6),
    segtype: text(1),
    datatype: text(2),
    clip: text(1),
    dir: text(64),
    dfile: text(32),
    foff: integer(10),
    commid: id(),
    lddate: lddate(),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Column>>>>;

export type CssTableName = keyof typeof cssTables;
export const cssTableNames = Object.keys(cssTables) as readonly CssTableName[];

type ValueOf<C> = C extends TextColumn ? string | null : C extends NumberColumn ? number | null : never;

/** A row; null stands for the table's own "no value". */
export type CssRow<T extends CssTableName> = {
  readonly [C in keyof (typeof cssTables)[T]]: ValueOf<(typeof cssTables)[T][C]>;
};

/** Rows by table; a table that no file gave is absent. */
export type CssTables = { readonly [T in CssTableName]?: readonly CssRow<T>[] };

const older = { id: 0, place: 0, amplitude: 0, author: 0, name: 0, shift: 0, errorTime: 0, extra: 0, type: 0 } as const;
const newer = { id: 1, place: 1, amplitude: 1, author: 1, name: 1, shift: 1, errorTime: 1, extra: 1, type: 0 } as const;

/** The families of files that are written: CSS3.0 as published, the IDC's, the NNSA's KB Core. */
export const cssLayouts = Object.freeze({
  css30: older,
  idc: { ...newer, author: 0 },
  kbcore: newer,
} as const satisfies Readonly<Record<string, Layout>>);
