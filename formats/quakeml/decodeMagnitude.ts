/** Magnitudes of an event, by origin. */
import type { NetworkMagnitude, Origin, StationMagnitude } from "@harken/core";
import { attribute, child, childNumber, children, childText, type XmlElement } from "../xml/read.ts";
import { extensionNumber } from "./extension.ts";
import { readUncertainty, readValue } from "./quantity.ts";
import { keyOf } from "./resourceId.ts";

/** A magnitude that names no origin is the preferred one's. */
export function readMagnitudes(
  event: XmlElement,
  origins: readonly Omit<Origin, "magnitudes">[],
  preferredOriginKey: string,
): Map<string, NetworkMagnitude[]> {
  const originOf = new Map(origins.map((origin) => [origin.key, distancesOf(origin)]));
  const stations = new Map<string, StationMagnitude>();
  for (const element of children(event, "stationMagnitude")) {
    const distances = originOf.get(keyOf("origin", childText(element, "originID"))) ?? originOf.get(preferredOriginKey);
    const magnitude = readStationMagnitude(element, distances);
    if (magnitude) stations.set(attribute(element, "publicID"), magnitude);
  }
  const found = new Map<string, NetworkMagnitude[]>();
  for (const element of children(event, "magnitude")) {
    const value = readValue(child(element, "mag"));
    if (value === null) continue;
    const key = keyOf("origin", childText(element, "originID"));
    const originKey = originOf.has(key) ? key : preferredOriginKey;
    const contributions = children(element, "stationMagnitudeContribution");
    const members = contributions
      .map((contribution) => readContribution(contribution, stations))
      .filter((m) => m !== null);
    const magnitude = {
      type: childText(element, "type"),
      value,
      uncertainty: readUncertainty(child(element, "mag")) ?? 0,
      stationCount: childNumber(element, "stationCount") ?? members.filter(({ defining }) => defining).length,
      stations: members,
    };
    const list = found.get(originKey);
    if (list) list.push(magnitude);
    else found.set(originKey, [magnitude]);
  }
  return found;
}

const distancesOf = ({ associations }: Pick<Origin, "associations">): ReadonlyMap<string, number> =>
  new Map(associations.map(({ station, deltaDeg }) => [station, deltaDeg]));

function readContribution(
  contribution: XmlElement,
  stations: ReadonlyMap<string, StationMagnitude>,
): StationMagnitude | null {
  const magnitude = stations.get(childText(contribution, "stationMagnitudeID"));
  if (!magnitude) return null;
  return { ...magnitude, defining: magnitude.defining && (childNumber(contribution, "weight") ?? 1) > 0 };
}

function readStationMagnitude(
  element: XmlElement,
  distances: ReadonlyMap<string, number> | undefined,
): StationMagnitude | null {
  const waveform = child(element, "waveformID");
  const station = attribute(element, "station") || (waveform === null ? "" : attribute(waveform, "stationCode"));
  const value = readValue(child(element, "mag"));
  if (value === null) return null;
  const pick = attribute(element, "pickID");
  return {
    type: childText(element, "type"),
    station,
    arrivalKey: pick === "" ? null : keyOf("pick", pick),
    deltaDeg: extensionNumber(element, "distance") ?? distances?.get(station) ?? 0,
    value,
    uncertainty: readUncertainty(child(element, "mag")) ?? 0,
    defining: attribute(element, "defining") !== "false",
    reason: attribute(element, "reason"),
  };
}
