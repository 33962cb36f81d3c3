/**
 * DATA_TYPE STATION: codes, kinds and places (IDC-3.4.1Rev1, station information). An array's line is followed by those of its elements.
 *
 *     IDC_SEIS  ARCES hfa   69.53490   25.50580 WGS-84       0.403 1987/09/30
 *     IDC_SEIS  ARA0  3C    69.53490   25.50580 WGS-84       0.403 1987/09/30
 */
import { imsTime, type ProblemList, type Site, type Station } from "@harken/core";
import { fixed, left } from "../columns.ts";
import type { SiteRecord } from "../contents.ts";
import { number } from "../numbers.ts";
import type { TextLine } from "./lines.ts";
import { type Columns, readPlace } from "./place.ts";

const HEADER = "Net       Sta   Type  Latitude  Longitude Coord Sys     Elev   On Date   Off Date";

export function writeStationSection(stations: readonly Station[]): string[] {
  return ["DATA_TYPE STATION IMS1.0", HEADER, ...stations.flatMap(stationLines)];
}

function stationLines(station: Station): string[] {
  const { code, network, kind, channels, sites } = station;
  const starts = channels.map(({ startTime }) => startTime).filter((time) => time !== null);
  const onDate = starts.length > 0 ? imsTime(starts.reduce((a, b) => Math.min(a, b))).slice(0, 10) : "";
  const line = (place: Omit<Site, "northKm" | "eastKm">, type: string) =>
    [
      left(place.network || network, 9),
      left(place.code, 5),
      left(type, 4),
      fixed(place.latitudeDeg, 9, 5),
      fixed(place.longitudeDeg, 10, 5),
      left("WGS-84", 12),
      fixed(place.elevationKm, 5, 3),
      left(onDate, 10),
    ]
      .join(" ")
      .trimEnd();
  const componentsAt = (site: string) =>
    new Set(channels.filter(({ id }) => id.station === site).map(({ id }) => id.channel));
  const elements = sites.filter((site) => site.code !== code);
  return [
    line(station, kind === "array" ? "hfa" : kind.toUpperCase()),
    ...elements.map((site) => line(site, componentsAt(site.code).size >= 3 ? "3C" : "1C")),
  ];
}

const COLUMNS: Columns = [
  [1, 9],
  [11, 15],
  [17, 20],
  [22, 30],
  [32, 41],
  [43, 54],
  [56, 60],
];
const LATITUDE = 3;
const ARRAY_TYPE = /^(?:hfa|lpa|arr|array|ss|la|ia|ha)$/i;
/** An element shares this many letters with its array and stands this near to it, deg. */
const SHARED_LETTERS = 2;
const APERTURE_DEG = 1;

export function readStationSection(lines: Iterable<TextLine>, sites: SiteRecord[], problems: ProblemList): void {
  let array: SiteRecord | null = null;
  for (const { text, line } of lines) {
    if (text.trim() === "" || /^\s*\(/.test(text) || /^net\s+sta\b/i.test(text)) continue;
    const found = readPlace(text, COLUMNS, LATITUDE);
    const [network = "", code = "", type = "", , , , elevation = ""] = found?.fields ?? [];
    if (!found || code === "") {
      problems.error("ims.bad-station", "The line of DATA_TYPE STATION has no code or no place.", { line });
      continue;
    }
    const site = {
      network,
      code,
      station: code,
      name: "",
      ...found.place,
      elevationKm: number(elevation) ?? 0,
      northKm: null,
      eastKm: null,
    };
    if (ARRAY_TYPE.test(type)) array = site;
    sites.push(array && site !== array && isElement(array, site) ? { ...site, station: array.code } : site);
  }
}

function isElement(array: SiteRecord, site: SiteRecord): boolean {
  return (
    site.code.slice(0, SHARED_LETTERS) === array.code.slice(0, SHARED_LETTERS) &&
    Math.abs(site.latitudeDeg - array.latitudeDeg) <= APERTURE_DEG &&
    Math.abs(site.longitudeDeg - array.longitudeDeg) * Math.cos((array.latitudeDeg * Math.PI) / 180) <= APERTURE_DEG
  );
}
