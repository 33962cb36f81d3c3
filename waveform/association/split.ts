/**
 * When a second event is only a part of the first: near in place and time, and none of the stations that saw the first arrival of one saw
 * that of the other too. Two real events are both seen at the stations nearest to them.
 */
import { distanceAzimuth } from "@harken/core";
import type { Hypothesis } from "./hypothesis.ts";
import { isPrimary } from "./phases.ts";
import type { AssociatorSettings } from "./settings.ts";

export function sameEvent(one: Hypothesis, other: Hypothesis, { split }: AssociatorSettings): boolean {
  if (Math.abs(one.origin.time - other.origin.time) > split.nearSec) return false;
  const { deltaDeg } = distanceAzimuth(
    one.origin.latitudeDeg,
    one.origin.longitudeDeg,
    other.origin.latitudeDeg,
    other.origin.longitudeDeg,
  );
  if (deltaDeg > split.nearDeg) return false;
  const stations = ({ matches }: Hypothesis) =>
    new Set(matches.filter(({ phase }) => isPrimary(phase)).map(({ station }) => station));
  const theirs = stations(other);
  return ![...stations(one)].some((station) => theirs.has(station));
}
