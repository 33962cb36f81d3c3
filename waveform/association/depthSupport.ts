/** Whether the arrivals of an event can tell its depth at all: times at regional distances alone fit many depths as well as one. */
import { type Association, KM_PER_DEGREE } from "@harken/core";
import type { LocatedOrigin } from "../location/reading.ts";
import type { AssociatorSettings } from "./settings.ts";

export function isSupported(
  { depthKm, associations }: LocatedOrigin,
  support: AssociatorSettings["depth"]["support"],
): boolean {
  const defining = associations.filter(({ timeDefining }) => timeDefining);
  const reflections = new Set(defining.filter(({ phase }) => /^[ps]P/.test(phase)).map(({ station }) => station));
  if (reflections.size >= support.reflections) return true;
  const depthDeg = depthKm / KM_PER_DEGREE;
  const nearest = (which: readonly Association[]) => Math.min(...which.map(({ deltaDeg }) => deltaDeg));
  if (nearest(defining) <= support.nearDepths * depthDeg) return true;
  const distant = defining.filter(({ phase, deltaDeg }) => phase === "P" && deltaDeg >= support.distantFromDeg);
  const sheared = defining.filter(({ phase }) => phase.startsWith("S"));
  if (distant.length >= support.distantWithS && nearest(sheared) <= support.nearDepthsWithS * depthDeg) return true;
  const range = Math.max(...distant.map(({ deltaDeg }) => deltaDeg)) - nearest(distant);
  return distant.length >= support.distant && range >= support.distantRangeDeg;
}
