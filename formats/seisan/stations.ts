/**
 * Stations of the program HYP (STATION0.HYP of SEISAN; the manual's section on station and model files): lines RESET TEST(..) before, then
 * stations in fixed columns up to a blank line, then the crustal model and the agency, which are passed over.
 *
 *     1     "-": the elevation is below sea level (depths beyond -999 m have no room for their sign)
 *     2-6   code; upper and lower case are different codes
 *     7-14  latitude: degrees, minutes with a point or in thousandths, N or S
 *     15-23 longitude: the same, E or W
 *     24-27 elevation, m
 *
 * A code that does not begin with a letter or a digit (".WV01") is a line switched off. Of several lines with one code the first holds.
 */
import { type Decoded, defaultLimits, geodesicKm, type Limits, ProblemList } from "@harken/core";
import { column, numberAt } from "../columns.ts";
import type { SiteRecord } from "../contents.ts";
import { number } from "../numbers.ts";
import { type TextLine, textLines } from "../textLines.ts";

/** Blanks may stand before or in place of digits. */
const STATION = /^[-+ ](?! {5})[^!]{5}[ \d]\d[ \d.]{5}[NS][ \d]{2}\d[ \d.]{5}[EW][-+ .\d]{0,4}/;
const SWITCHED_OFF = /^[-+ ]\s*[^\sA-Za-z\d]/;
/** Two lines of one code this far apart are told. */
const MOVED_KM = 1;

export const isStationLine = (text: string): boolean => STATION.test(text);

export function decodeSeisanStations(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<SiteRecord> {
  const problems = new ProblemList(limits.maxProblems);
  const sites = new Map<string, SiteRecord>();
  let begun = false;
  for (const line of textLines(bytes, problems)) {
    const { text } = line;
    if (text.trim() === "") {
      if (begun) break;
      continue;
    }
    if (/^RESET\b/i.test(text) || text.trimStart().startsWith("!")) continue;
    if (!isStationLine(text)) {
      const message = "A line among the stations has not their columns; it was left out.";
      problems.warning("seisan.bad-station", message, { line: line.number });
      continue;
    }
    begun = true;
    if (sites.size >= limits.maxItems) {
      problems.error("seisan.too-many-stations", `Only the first ${limits.maxItems} stations were read.`);
      break;
    }
    if (!SWITCHED_OFF.test(text)) addSite(line, sites, problems);
  }
  if (sites.size === 0) problems.warning("seisan.no-station", "The file has no line of a station.");
  return { items: [...sites.values()], problems: problems.list(), consumed: bytes.length };
}

function addSite({ text, number: line }: TextLine, sites: Map<string, SiteRecord>, problems: ProblemList): void {
  const code = column(text, 2, 6);
  const latitudeDeg = degrees(text, 7, 2, 90);
  const longitudeDeg = degrees(text, 15, 3, 180);
  if (latitudeDeg === null || longitudeDeg === null) {
    problems.error("seisan.bad-place", `Station ${code} has no place on Earth; it was left out.`, { line });
    return;
  }
  const metres = numberAt(text, 24, 27) ?? 0;
  const elevationKm = (text.startsWith("-") ? -Math.abs(metres) : metres) / 1000;
  const site = { network: "", code, station: code, name: "", latitudeDeg, longitudeDeg, elevationKm };
  const first = sites.get(code);
  if (!first) {
    sites.set(code, { ...site, northKm: null, eastKm: null, isStation: true });
    return;
  }
  const km = geodesicKm(first.latitudeDeg, first.longitudeDeg, latitudeDeg, longitudeDeg);
  if (km < MOVED_KM) return;
  const message = `Station ${code} stands ${km.toFixed(1)} km from where an earlier line has it; the earlier line holds.`;
  problems.warning("seisan.station-twice", message, { line });
}

/** Degrees of `width` columns, five of minutes and the letter of the hemisphere; null for what is no angle up to `largest`. */
function degrees(text: string, from: number, width: number, largest: number): number | null {
  const whole = numberAt(text, from, from + width - 1) ?? 0;
  const digits = text.slice(from + width - 1, from + width + 4).replaceAll(" ", "");
  const minutes = digits === "" ? 0 : number(digits);
  if (minutes === null) return null;
  const size = whole + (digits.includes(".") ? minutes : minutes / 1000) / 60;
  if (size > largest) return null;
  return /[SW]/.test(text.charAt(from + width + 4)) && size > 0 ? -size : size;
}
