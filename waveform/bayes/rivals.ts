/**
 * Few arrivals often suit several depths, with places and origin times of their own between which no small step leads. What is born of them is
 * the best of the candidates at several depths.
 */
import { distanceAzimuth } from "@harken/core";
import type { Candidate } from "./birth.ts";

/** Of the same arrivals few places and depths are looked at; their candidates are no further apart, deg and s. */
const RIVAL_DEG = 10;
const RIVAL_SEC = 100;
const MOST_RIVALS = 2;
/** An event this likely has found its depth by itself, log odds of its candidate. */
const UNRIVALLED = 30;

/** The best candidates at other depths that may explain the same arrivals. */
export function rivalsOf(
  { place, score }: Candidate,
  ordered: readonly { readonly candidate: Candidate }[],
): Candidate[] {
  if (score > UNRIVALLED) return [];
  const rivals = ordered
    .map(({ candidate }) => candidate)
    .filter(
      ({ place: other }) =>
        other.depthKm !== place.depthKm &&
        Math.abs(other.time - place.time) < RIVAL_SEC &&
        distanceAzimuth(place.latitudeDeg, place.longitudeDeg, other.latitudeDeg, other.longitudeDeg).deltaDeg <
          RIVAL_DEG,
    );
  const depths = [...new Set(rivals.map((rival) => rival.place.depthKm))];
  return depths.map((depthKm) => rivals.find((rival) => rival.place.depthKm === depthKm)!).slice(0, MOST_RIVALS);
}
