/**
 * The depth of an event: at the surface unless the arrivals say otherwise. A free depth is taken when the locator resolves it; a depth layer
 * of the search, or the depth of the reflections, when it is much more likely than the surface.
 */
import { type Association, KM_PER_DEGREE } from "@harken/core";
import type { Hypocentre } from "../location/reading.ts";
import type { Evidence } from "./corroborate.ts";
import { depthOfReflections } from "./depthPhases.ts";
import { type DepthKind, developHypothesis, type Hypothesis } from "./hypothesis.ts";
import type { AssociatorSettings } from "./settings.ts";

/** Errors of the hypothesis, s, when its depth is changed. */
const ROUNDS_SEC = [1.5, 0.7, 0.7] as const;

export function chooseDepth(evidence: Evidence, found: Hypothesis): Hypothesis {
  const { depth } = evidence.settings;
  const at = (depthKm: number, kind: DepthKind, from = found) => {
    const other = developHypothesis(evidence, atDepth(evidence, from, depthKm), kind, ROUNDS_SEC, true);
    return other && (other.origin.depthKm === 0 || isSupported(other, depth.support)) ? other : null;
  };
  const surface = at(0, "held");
  let deep = best([at(found.origin.depthKm, "held"), ...depth.laddersKm.map((depthKm) => at(depthKm, "held"))]);
  const reflections = depthOfReflections(evidence, best([deep, surface]) ?? found);
  if (reflections !== null) deep = best([deep, at(reflections, "held", deep ?? found)]);
  const start = best([deep, surface]) ?? found;
  const free = at(start.origin.depthKm, "free", start);
  if (free?.origin.depthType === "free") deep = best([deep, free]);
  if (!surface) return deep ?? found;
  return deep && deep.fullLogOdds > surface.fullLogOdds + depth.minGain ? deep : surface;
}

/** Whether the arrivals can tell the depth at all: times at regional distances alone fit many depths as well as one. */
function isSupported(
  { origin: { depthKm, associations } }: Hypothesis,
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

function best(hypotheses: readonly (Hypothesis | null)[]): Hypothesis | null {
  return hypotheses.reduce(
    (top, other) => (other && (!top || other.fullLogOdds > top.fullLogOdds) ? other : top),
    null,
  );
}

/** The origin moved to another depth, with the time at which its first arrivals fit as well on average. */
function atDepth({ earth }: Evidence, { origin }: Hypothesis, depthKm: number): Hypocentre {
  const shifts = origin.associations.flatMap(({ timeDefining, deltaDeg }) => {
    const before = earth.predict("P", deltaDeg, origin.depthKm);
    const after = earth.predict("P", deltaDeg, depthKm);
    return timeDefining && before && after ? [before.timeSec - after.timeSec] : [];
  });
  const shift = shifts.length > 0 ? shifts.reduce((sum, value) => sum + value, 0) / shifts.length : 0;
  const { time, latitudeDeg, longitudeDeg } = origin;
  return { time: time + shift, latitudeDeg, longitudeDeg, depthKm };
}
