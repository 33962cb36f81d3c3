/**
 * Which found event is which known one. An event is the same when it shares enough arrivals with what was known of it, or else stands at the
 * same place and time; it keeps its key, and a new hypothesis of it becomes another origin, preferred because it knows more arrivals.
 */
import { distanceAzimuth, type Origin, preferredOrigin, type SeismicEvent } from "@harken/core";
import type { AssociatorSettings } from "./settings.ts";

/** An origin that has yet to get its key. */
export type NamelessOrigin = Omit<Origin, "key">;

/** Events with their names, in order of time. Known events that nothing found is the same as are left out. */
export function nameEvents(
  found: readonly NamelessOrigin[],
  known: readonly SeismicEvent[],
  keyPrefix: string,
  settings: Pick<AssociatorSettings, "identity">,
): SeismicEvent[] {
  const ordered = [...found].sort((a, b) => a.time - b.time || a.latitudeDeg - b.latitudeDeg);
  const partner = pairUp(ordered, known, settings);
  const used = new Set(known.map(({ key }) => key));
  let ordinal = 0;
  const newKey = () => {
    let key: string;
    do key = `${keyPrefix}${++ordinal}`;
    while (used.has(key));
    return key;
  };
  return ordered.map((origin, i) => {
    const old = partner[i];
    if (!old) {
      const key = newKey();
      const originKey = `${key}-o1`;
      return { key, preferredOriginKey: originKey, origins: [{ key: originKey, ...origin }] };
    }
    const same = old.origins.find((other) => sameHypothesis(other, origin));
    if (same) return { ...old, preferredOriginKey: same.key };
    const taken = new Set(old.origins.map(({ key }) => key));
    let n = old.origins.length + 1;
    while (taken.has(`${old.key}-o${n}`)) n++;
    const originKey = `${old.key}-o${n}`;
    return { key: old.key, preferredOriginKey: originKey, origins: [...old.origins, { key: originKey, ...origin }] };
  });
}

/** Each found event with at most one known event: those with the most arrivals in common first, then the nearest. */
function pairUp(
  found: readonly NamelessOrigin[],
  known: readonly SeismicEvent[],
  { identity }: Pick<AssociatorSettings, "identity">,
): (SeismicEvent | undefined)[] {
  const keysOf = ({ associations }: NamelessOrigin) => new Set(associations.map(({ arrivalKey }) => arrivalKey));
  const sets = found.map(keysOf);
  const pairs = known.flatMap((event) => {
    const old = preferredOrigin(event);
    const oldKeys = keysOf(old);
    return found.flatMap((origin, i) => {
      const shared = [...sets[i]!].filter((key) => oldKeys.has(key)).length;
      const { deltaDeg } = distanceAzimuth(old.latitudeDeg, old.longitudeDeg, origin.latitudeDeg, origin.longitudeDeg);
      const least = Math.min(oldKeys.size, sets[i]!.size);
      const enough = least > 0 && shared >= identity.sharedArrivals * least;
      const near = deltaDeg <= identity.samePlaceDeg && Math.abs(old.time - origin.time) <= identity.sameTimeSec;
      return enough || near ? [{ i, event, shared: enough ? shared : 0, deltaDeg }] : [];
    });
  });
  pairs.sort(
    (a, b) =>
      b.shared - a.shared ||
      a.deltaDeg - b.deltaDeg ||
      a.i - b.i ||
      (a.event.key < b.event.key ? -1 : a.event.key > b.event.key ? 1 : 0),
  );
  const partner: (SeismicEvent | undefined)[] = new Array(found.length);
  const gone = new Set<string>();
  for (const { i, event } of pairs) {
    if (partner[i] || gone.has(event.key)) continue;
    partner[i] = event;
    gone.add(event.key);
  }
  return partner;
}

const SAME_SEC = 0.01;
const SAME_DEG = 1e-4;
const SAME_KM = 0.01;

/** The same arrivals under the same names at the same place: nothing new was learnt. */
function sameHypothesis(old: Origin, origin: NamelessOrigin): boolean {
  const cast = ({ associations }: NamelessOrigin) =>
    associations
      .map(({ arrivalKey, phase }) => `${arrivalKey} ${phase}`)
      .sort()
      .join("\n");
  return (
    Math.abs(old.time - origin.time) < SAME_SEC &&
    Math.abs(old.latitudeDeg - origin.latitudeDeg) < SAME_DEG &&
    Math.abs(old.longitudeDeg - origin.longitudeDeg) < SAME_DEG &&
    Math.abs(old.depthKm - origin.depthKm) < SAME_KM &&
    cast(old) === cast(origin)
  );
}
