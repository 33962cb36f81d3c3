/**
 * Reads QuakeML 1.2 (Basic Event Description) as a bulletin: ours back as it was, others as far as they go.
 *
 *     const { bulletin, problems } = decodeQuakeMl(bytes);
 *
 * What a document does not tell and a bulletin must have is derived (the azimuth at the station from that at the event, the covariance from
 * the ellipse) or 0. An event without a usable origin is left out and told.
 */
import {
  type Arrival,
  type Bulletin,
  defaultLimits,
  type Limits,
  type Origin,
  type Problem,
  ProblemList,
  type SeismicEvent,
} from "@harken/core";
import { attribute, child, children, childText, readXml, type XmlElement } from "../xml/read.ts";
import { readMagnitudes } from "./decodeMagnitude.ts";
import { readOrigin } from "./decodeOrigin.ts";
import { readAmplitudes, readPick } from "./decodePick.ts";
import { keyOf } from "./resourceId.ts";

export const ROOT = "quakeml";

export function decodeQuakeMl(
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
): { readonly bulletin: Bulletin; readonly problems: readonly Problem[] } {
  const problems = new ProblemList(limits.maxProblems);
  const root = readXml(bytes, limits, problems);
  if (root && root.name !== ROOT)
    problems.error("quakeml.other-root", `The root element is ${root.name.slice(0, 40)}, not ${ROOT}.`);
  const parameters = root?.name === ROOT ? child(root.element, "eventParameters") : null;
  if (parameters === null) return { bulletin: { list: "", events: [], arrivals: [] }, problems: problems.list() };
  const elements = children(parameters, "event");
  const arrivals = new Map<string, Arrival>();
  for (const holder of [...elements, ...children(parameters, "unassociated")]) readPicks(holder, arrivals, problems);
  const events: SeismicEvent[] = [];
  for (const element of elements) {
    const event = readEvent(element, arrivals, problems);
    if (event) events.push(event);
  }
  const byTime = [...arrivals.values()].sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1));
  const list = childText(parameters, "description") || keyOf("bulletin", attribute(parameters, "publicID"));
  return { bulletin: { list, events, arrivals: byTime }, problems: problems.list() };
}

function readPicks(holder: XmlElement, arrivals: Map<string, Arrival>, problems: ProblemList): void {
  const amplitudes = readAmplitudes(holder);
  for (const element of children(holder, "pick")) {
    const key = keyOf("pick", attribute(element, "publicID"));
    const arrival = readPick(element, key, amplitudes.get(key) ?? []);
    if (arrival && !arrivals.has(key)) arrivals.set(key, arrival);
    else if (!arrival) problems.error("quakeml.bad-pick", `Pick ${key.slice(0, 80)} has no usable time or station.`);
  }
}

function readEvent(
  element: XmlElement,
  arrivals: ReadonlyMap<string, Arrival>,
  problems: ProblemList,
): SeismicEvent | null {
  const key = keyOf("event", attribute(element, "publicID"));
  const preferred = keyOf("origin", childText(element, "preferredOriginID"));
  const bare: Omit<Origin, "magnitudes">[] = [];
  for (const origin of children(element, "origin")) {
    const read = readOrigin(origin, arrivals);
    if (read) bare.push(read);
    else {
      const message = `An origin of event ${key.slice(0, 80)} has no usable time, latitude or longitude.`;
      problems.error("quakeml.bad-origin", message);
    }
  }
  const [first] = bare;
  if (!first) {
    problems.error("quakeml.no-origin", `Event ${key.slice(0, 80)} has no usable origin; it was left out.`);
    return null;
  }
  const preferredOriginKey = bare.some((origin) => origin.key === preferred) ? preferred : first.key;
  const magnitudes = readMagnitudes(element, bare, preferredOriginKey);
  const origins = bare.map((origin) => ({ ...origin, magnitudes: magnitudes.get(origin.key) ?? [] }));
  return { key, preferredOriginKey, origins };
}
