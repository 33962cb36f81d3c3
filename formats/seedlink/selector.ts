/**
 * Which packets a client wants: stations by patterns, and within a station streams by selectors.
 *
 *     version 4   [!]stream[.format][:filter]     *_B_H_?   !*.2E   *:3
 *     version 3   [!][LL]CCC[.T]                  BHZ   00BH?.D   !LOG
 *
 * A stream is `LOC_B_S_SS`, a format the letters of format and subformat. * stands for any letters, ? for any one, and in version 3 a
 * dash for no letter of a location.
 */
import type { ChannelId } from "@harken/core";
import { sourceIdOf } from "../miniseed/sourceId.ts";
import type { SeedLinkVersion, StartSequence } from "./command.ts";

export interface Selector {
  /** Leaves out what it fits. */
  readonly isNegative: boolean;
  readonly stream: string;
  /** "" fits any. */
  readonly format: string;
  /** How the data are to be converted: "native", "3"; null as they are. */
  readonly filter: string | null;
}

/** What one STATION command and those after it ask for. */
export interface StationRequest {
  readonly station: string;
  /** None: every stream. */
  readonly selectors: readonly Selector[];
  readonly sequence: StartSequence;
  /** Epoch seconds, packets within; null when not given. */
  readonly startTime: number | null;
  readonly endTime: number | null;
}

export interface StreamOfPacket {
  /** `NET_STA`. */
  readonly station: string;
  /** `LOC_B_S_SS`. */
  readonly stream: string;
  /** Two letters such as 2D. */
  readonly format: string;
}

/** The two identifiers of a channel. */
export function seedLinkIds(channel: ChannelId): { readonly station: string; readonly stream: string } {
  const [, network = "", station = "", stream = ""] = /^FDSN:([^_]*)_([^_]*)_(.*)$/.exec(sourceIdOf(channel)) ?? [];
  return { station: `${network}_${station}`, stream };
}

const PATTERN_4 = /^(!?)([A-Za-z0-9?*_-]+)(?:\.([A-Za-z0-9?*]{1,2}))?(?::(\w+))?$/;
/** Location of two letters or none, and three letters. */
const PLAIN_3 = /^(!?)([A-Za-z0-9?-]{2})?([A-Za-z0-9?])([A-Za-z0-9?])([A-Za-z0-9?])$/;
const PLAIN_4 = /^(!?)(\*|[A-Za-z0-9?]{2}|)_([A-Za-z0-9?])_([A-Za-z0-9?])_([A-Za-z0-9?])$/;
const PATTERN_3 = /^(!?)(?:([A-Za-z0-9?-]{2})?([A-Za-z0-9?]{3}))?(?:\.([A-Za-z?]))?$/;

/** null for what is no selector. */
export function parseSelector(text: string, version: SeedLinkVersion): Selector | null {
  if (version === 4) {
    const [, negation, stream, format = "", filter = null] = PATTERN_4.exec(text) ?? [];
    if (stream === undefined || (negation && filter !== null)) return null;
    return { isNegative: negation === "!", stream, format, filter };
  }
  const [whole, negation, location = "*", channel = "???", type] = PATTERN_3.exec(text) ?? [];
  if (!whole || whole === "!") return null;
  const stream = `${location.replaceAll("-", "")}_${[...channel].join("_")}`;
  return { isNegative: negation === "!", stream, format: type ? `?${type}` : "", filter: null };
}

/**
 * A selector as each version writes it, whichever of the two it is given in: `00BH?` and `00_B_H_?`. In a version that has no such form it stays as it
 * is, and the server says so.
 */
export function selectorForms(text: string): Readonly<Record<SeedLinkVersion, string>> {
  const [, not3 = "", location = "*", band, source, subsource] = PLAIN_3.exec(text) ?? [];
  if (band) return { 3: text, 4: `${not3}${location.replaceAll("-", "")}_${band}_${source}_${subsource}` };
  const [whole, not4 = "", place = "", ...letters] = PLAIN_4.exec(text) ?? [];
  if (whole === undefined) return { 3: text, 4: text };
  const before = place === "*" ? "" : place === "" ? "--" : place;
  return { 3: `${not4}${before}${letters.join("")}`, 4: text };
}

/** The first request whose station pattern fits and whose selectors take the packet; null when none does. */
export function requestFor(
  requests: readonly StationRequest[],
  packet: StreamOfPacket,
): { readonly request: StationRequest; readonly filter: string | null } | null {
  const request = requests.find(({ station }) => fits(station, packet.station));
  if (!request) return null;
  const matching = request.selectors.filter(
    ({ stream, format }) => fits(stream, packet.stream) && fits(`${format}*`, packet.format),
  );
  if (matching.some(({ isNegative }) => isNegative)) return null;
  const [first] = matching;
  if (!first && request.selectors.some(({ isNegative }) => !isNegative)) return null;
  return { request, filter: matching.find(({ filter }) => filter !== null)?.filter ?? null };
}

/** Whether a pattern with * and ? fits a whole text; in time of the product of their lengths at worst. */
export function fits(pattern: string, text: string): boolean {
  let p = 0;
  let star = -1;
  let starText = 0;
  for (let t = 0; t < text.length; ) {
    if (p < pattern.length && pattern[p] !== "*" && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (pattern[p] === "*") {
      star = p++;
      starText = t;
    } else if (star >= 0) {
      p = star + 1;
      t = ++starText;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
