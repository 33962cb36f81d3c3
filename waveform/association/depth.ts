/**
 * The depth of an event: at the surface unless the arrivals say otherwise. A free depth is taken when the locator resolves it; a depth layer
 * of the search, or the depth of the reflections, when it is much more likely than the surface.
 */
import type { Hypocentre } from "../location/reading.ts";
import type { Evidence } from "./corroborate.ts";
import { depthOfReflections } from "./depthPhases.ts";
import { isSupported } from "./depthSupport.ts";
import { type DepthKind, developHypothesis, type Hypothesis } from "./hypothesis.ts";

/** Errors of the hypothesis, s, when its depth is changed. */
const ROUNDS_SEC = [1.5, 0.7, 0.7] as const;

export function chooseDepth(evidence: Evidence, found: Hypothesis): Hypothesis {
  const { depth } = evidence.settings;
  const at = (depthKm: number, kind: DepthKind, from = found) => {
    const other = developHypothesis(evidence, atDepth(evidence, from, depthKm), kind, ROUNDS_SEC, true);
    return other && (other.origin.depthKm === 0 || isSupported(other.origin, depth.support)) ? other : null;
  };
  const surface = at(0, "held");
  let deep = best([at(found.origin.depthKm, "held"), ...depth.laddersKm.map((depthKm) => at(depthKm, "held"))]);
  const reflections = depthOfReflections(evidence, best([deep, surface]) ?? found);
  if (reflections !== null) deep = best([deep, at(reflections, "held", deep ?? found)]);
  const start = best([deep, surface]) ?? found;
  const free = at(start.origin.depthKm, "free", start);
  if (free?.origin.depthType === "free") deep = best([deep, free]);
  if (!surface) return deep ?? found;
  const gain = deep === free ? depth.minGainFree : depth.minGain;
  return deep && deep.fullLogOdds > surface.fullLogOdds + gain ? deep : surface;
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
