/**
 * Environment lines of request messages (IDC-3.4.1Rev1, "Request messages"): what stands before a request line and says of which time, place,
 * stations and lists it asks. A keyword without a value goes back to its default.
 *
 *     TIME 1999/06/01 TO 1999/07/01
 *     BULL_TYPE IDC_REB
 *     MAG 3.5 TO 5.0
 *     LAT -30 TO -20
 *     STA_LIST ARCES, KAZ*
 */
import { parseTime } from "@harken/core";

/** From and to, either of which may be open (an infinity). Both ends belong to it. */
export interface ImsRange {
  readonly from: number;
  readonly to: number;
}

/** Lists of codes in upper case; `*` stands for any letters. */
export interface ImsLists {
  readonly arrivals: readonly string[];
  readonly auxiliaries: readonly string[];
  readonly beams: readonly string[];
  readonly channels: readonly string[];
  readonly links: readonly string[];
  readonly events: readonly string[];
  readonly origins: readonly string[];
  readonly stations: readonly string[];
  readonly magnitudeTypes: readonly string[];
  /** Lists whose origins EVENT puts together. */
  readonly groupedBulletins: readonly string[];
  readonly subscriptions: readonly string[];
  readonly products: readonly string[];
  readonly deliveries: readonly string[];
}

export interface ImsRanges {
  readonly latitudeDeg: ImsRange;
  /** From west to east: 170 to -170 is twenty degrees wide. */
  readonly longitudeDeg: ImsRange;
  readonly depthKm: ImsRange;
  readonly depthMinusErrorKm: ImsRange;
  readonly magnitude: ImsRange;
  readonly mbMinusMs: ImsRange;
  readonly eventStationDeg: ImsRange;
}

export interface ImsEnvironment {
  /** Epoch s; null when not given: the standard's default is no time at all. */
  readonly time: ImsRange | null;
  /** Upper case without the centre's name: REB for IDC_REB; "" when not given. */
  readonly bulletin: string;
  readonly lists: ImsLists;
  readonly ranges: ImsRanges;
  /** Thresholds of event screening by their keywords, such as DEPTH_CONF. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** What a request for waveforms or a list refers to: ORIGIN, EVENT or BULLETIN; "" for none. Holds for the next request line only. */
  readonly relativeTo: string;
  /** Of a subscription: CONTINUOUS, IMMEDIATE, DAILY or CUSTOM with its schedule. */
  readonly frequency: string;
  readonly subscriptionName: string;
  readonly sendsEmpty: boolean;
}

const open: ImsRange = Object.freeze({ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY });
const every: readonly string[] = Object.freeze(["*"]);

export const defaultEnvironment: ImsEnvironment = Object.freeze({
  ...{ time: null, bulletin: "", relativeTo: "", frequency: "DAILY", subscriptionName: "", sendsEmpty: false },
  lists: Object.freeze({
    ...{ arrivals: every, auxiliaries: every, beams: every, channels: Object.freeze(["*Z"]), links: every },
    ...{ events: every, origins: every, stations: every, magnitudeTypes: every, groupedBulletins: every },
    ...{ subscriptions: every, products: every, deliveries: every },
  }),
  ranges: Object.freeze({
    ...{ latitudeDeg: open, longitudeDeg: open, depthKm: open, depthMinusErrorKm: open, magnitude: open },
    ...{ mbMinusMs: open, eventStationDeg: open },
  }),
  thresholds: Object.freeze({
    ...{ DEPTH_CONF: 0.975, DEPTH_THRESH: 10, LOC_CONF: 0.9, MBMS_CONF: 0.975, MBMS_SLOPE: 1.25, MBMS_THRESH: 2.2 },
    MIN_NSTA_MS: 1,
  }),
});

const LISTS: Readonly<Record<string, keyof ImsLists>> = {
  ARRIVAL_LIST: "arrivals",
  AUX_LIST: "auxiliaries",
  BEAM_LIST: "beams",
  CHAN_LIST: "channels",
  COMM_LIST: "links",
  EVENT_LIST: "events",
  ORIGIN_LIST: "origins",
  STA_LIST: "stations",
  MAG_TYPE: "magnitudeTypes",
  GROUP_BULL_LIST: "groupedBulletins",
  SUBSCR_LIST: "subscriptions",
  PRODID_LIST: "products",
  DELIVID_LIST: "deliveries",
};

const RANGES: Readonly<Record<string, keyof ImsRanges>> = {
  LAT: "latitudeDeg",
  LON: "longitudeDeg",
  DEPTH: "depthKm",
  DEPTH_MINUS_ERROR: "depthMinusErrorKm",
  MAG: "magnitude",
  MB_MINUS_MS: "mbMinusMs",
  EVENT_STA_DIST: "eventStationDeg",
};

/** Those without a default of the standard have none here: they are the International Data Centre's later additions. */
const THRESHOLDS = new Set([
  ...Object.keys(defaultEnvironment.thresholds),
  ...["DEPTH_KVALUE", "MB_ERR", "MS_ERR", "MIN_MB", "HYDRO_CP_THRESH", "HYDRO_TE_THRESH", "MIN_DP_SNR_PP"],
  ...[
    "MIN_DP_SNR_SP",
    "MIN_MOUVEOUT_PP",
    "MIN_MOUVEOUT_SP",
    "MIN_NDEF",
    "MIN_NDP_PP",
    "MIN_NDP_SP",
    "MIN_WDEPTH_THRESH",
  ],
]);

const RELATIVE = /^(?:ORIGIN|EVENT|BULLETIN)?$/;
const CODE = /^[A-Z0-9_*.:-]{1,40}$/;
const MOST_CODES = 1_000;
/** per/dow:dom:hr of the standard's custom frequency; -1 says "any". */
const FREQUENCY = /^(?:CONTINUOUS|IMMEDIATE|DAILY|CUSTOM\s+-?\d{1,3}\/-?\d{1,2}:-?\d{1,2}:-?\d{1,2})$/;

/** The environment after a line; a string says what is wrong with it; null: the keyword is none of an environment. */
export function readEnvironmentLine(
  environment: ImsEnvironment,
  keyword: string,
  value: string,
): ImsEnvironment | string | null {
  const list = LISTS[keyword];
  if (list) {
    const codes = value === "" ? defaultEnvironment.lists[list] : codesOf(value);
    return codes ? { ...environment, lists: { ...environment.lists, [list]: codes } } : `no list of codes: "${value}"`;
  }
  const range = RANGES[keyword];
  if (range) {
    const found = value === "" ? open : rangeOf(value, (text) => (NUMBER.test(text) ? Number(text) : null));
    if (!found || (found.to < found.from && range !== "longitudeDeg")) return `no range "FROM to TO": "${value}"`;
    return { ...environment, ranges: { ...environment.ranges, [range]: found } };
  }
  if (THRESHOLDS.has(keyword)) {
    if (value !== "" && !NUMBER.test(value)) return `no number: "${value}"`;
    const { [keyword]: _given, ...others } = environment.thresholds;
    const number = value === "" ? defaultEnvironment.thresholds[keyword] : Number(value);
    return { ...environment, thresholds: number === undefined ? others : { ...others, [keyword]: number } };
  }
  const upper = value.toUpperCase();
  switch (keyword) {
    case "TIME": {
      const time = value === "" ? null : rangeOf(value, timeOf);
      return time === undefined || (time && time.to <= time.from)
        ? `no time "FROM to TO": "${value}"`
        : { ...environment, time };
    }
    case "BULL_TYPE":
      return CODE.test(upper) || upper === ""
        ? { ...environment, bulletin: upper.replace(/^IDC_/, "") }
        : `no name of a bulletin: "${value}"`;
    case "RELATIVE_TO":
      return RELATIVE.test(upper) ? { ...environment, relativeTo: upper } : `relative to what: "${value}"`;
    case "FREQ":
      return upper === "" || FREQUENCY.test(upper)
        ? { ...environment, frequency: upper.replace(/\s+/g, " ") || defaultEnvironment.frequency }
        : `no frequency: "${value}"`;
    case "SUBSCR_NAME":
      return upper === "" || CODE.test(upper)
        ? { ...environment, subscriptionName: upper }
        : `no name of a subscription: "${value}"`;
    case "SEND_EMPTY":
      return { ...environment, sendsEmpty: true };
    // What came when is told by the answers in any case.
    case "TIME_STAMP":
      return environment;
    default:
      return null;
  }
}

function codesOf(text: string): readonly string[] | null {
  const codes = text
    .toUpperCase()
    .split(/[\s,]+/, MOST_CODES + 1)
    .filter((code) => code !== "");
  return codes.length > 0 && codes.length <= MOST_CODES && codes.every((code) => CODE.test(code)) ? codes : null;
}

const NUMBER = /^[-+]?\d{1,9}(?:\.\d*)?$/;

/** "now" and "forever" of subscriptions are left open. */
function timeOf(text: string): number | null {
  const word = text.toUpperCase();
  if (word === "NOW") return Number.NEGATIVE_INFINITY;
  if (word === "FOREVER") return Number.POSITIVE_INFINITY;
  return parseTime(text);
}

/** Undefined for what is no range. */
function rangeOf(text: string, read: (part: string) => number | null): ImsRange | undefined {
  const match = /^(.*?)\s*\bto\b\s*(.*)$/i.exec(text);
  if (!match) return undefined;
  const [first = "", second = ""] = match.slice(1).map((part) => part.trim());
  if (first === "" && second === "") return undefined;
  const from = first === "" ? open.from : read(first);
  const to = second === "" ? open.to : read(second);
  return from === null || to === null ? undefined : { from, to };
}
