/** How far the automatic list is from the simulation's hidden truth. Recomputed when the list has changed. */
import type { TruthMatch, TruthReport } from "@harken/api";
import { median, type Origin, preferredOrigin, type SeismicEvent } from "@harken/core";
import { regionName } from "@harken/earth";
import { type HiddenEvent, matchTruth, type TruthPair, type World } from "@harken/simulator";
import { loadEvents, type Store } from "@harken/store";

export interface TruthComparison {
  /** The hidden event that each event was matched with, by event key; empty without a simulated world. */
  matches(): Promise<ReadonlyMap<string, TruthMatch>>;
  report(): Promise<TruthReport>;
}

export interface TruthSource {
  readonly store: Store;
  readonly world: World | null;
  readonly list: string;
  /** Data time up to which events are known; null before the first interval. */
  processedTo(): number | null;
}

/** A hidden event is expected in the list when its first waves had this long to arrive before the end of the processed data, s. */
const EXPECTED_AFTER_SEC = 1200;

const emptyReport = (list: string): TruthReport => ({
  available: false,
  list,
  comparedFrom: null,
  comparedTo: null,
  hidden: [],
  matched: [],
  missed: [],
  false: [],
  counts: { hidden: 0, matched: 0, missed: 0, false: 0 },
  medians: { distanceKm: null, absTimeErrorSec: null, absDepthErrorKm: null, absMagnitudeError: null },
});

interface Comparison {
  readonly report: TruthReport;
  readonly matches: ReadonlyMap<string, TruthMatch>;
}

export function createTruthComparison(source: TruthSource): TruthComparison {
  const { store, world, list } = source;
  let kept: { state: string; comparison: Comparison } | null = null;

  async function comparison(): Promise<Comparison> {
    const processedTo = source.processedTo();
    if (!world || processedTo === null) return { report: emptyReport(list), matches: new Map() };
    // Every change of the list writes a version or withdraws one; both show in these sums.
    const { versions, withdrawn } = await store.db
      .selectFrom("base_event_version")
      .select(({ fn, eb }) => [
        fn.countAll().as("versions"),
        fn.sum(eb.case().when("state", "=", "withdrawn").then(1).else(0).end()).as("withdrawn"),
      ])
      .where("list", "=", list)
      .executeTakeFirstOrThrow();
    const state = `${versions} ${withdrawn} ${processedTo}`;
    if (kept?.state !== state) {
      const events = (await loadEvents(store.db, { list })).map(({ event }) => event);
      kept = { state, comparison: compareWithTruth(list, events, world, processedTo) };
    }
    return kept.comparison;
  }

  return {
    report: async () => (await comparison()).report,
    matches: async () => (await comparison()).matches,
  };
}

/**
 * A list compared with a world's hidden events. Counted are the hidden events whose waves have been processed,
 * and the events of the same stretch of time; an event is false only when it is none of the hidden ones, counted or not.
 */
export function compareWithTruth(
  list: string,
  events: readonly SeismicEvent[],
  { events: hidden, config: { startTime } }: Pick<World, "events" | "config">,
  processedTo: number,
): Comparison {
  const comparedTo = processedTo - EXPECTED_AFTER_SEC;
  const { pairs, false: untrue } = matchTruth(events, hidden);
  const origins = new Map(events.map((event) => [event.key, preferredOrigin(event)]));
  const truths = new Map(hidden.map((event) => [event.key, event]));
  const matches = new Map(
    pairs.map((pair) => [pair.eventKey, truthMatch(pair, origins.get(pair.eventKey)!, truths.get(pair.truthKey)!)]),
  );
  if (comparedTo <= startTime) return { report: { ...emptyReport(list), available: true }, matches };

  const eventOf = new Map(pairs.map(({ eventKey, truthKey }) => [truthKey, eventKey]));
  const expected = hidden.filter(({ time }) => time < comparedTo);
  const matched = expected.flatMap(({ key }) => {
    const eventKey = eventOf.get(key);
    return eventKey === undefined ? [] : [{ eventKey, match: matches.get(eventKey)! }];
  });
  const missed = expected.filter(({ key }) => !eventOf.has(key)).map(({ key }) => key);
  const invented = untrue.filter((key) => origins.get(key)!.time < comparedTo);
  const counts = {
    hidden: expected.length,
    matched: matched.length,
    missed: missed.length,
    false: invented.length,
  };
  const errors = (of: (match: TruthMatch) => number | null): number | null => {
    const values = matched.flatMap(({ match }) => of(match) ?? []).map(Math.abs);
    return values.length === 0 ? null : median(values);
  };
  return {
    matches,
    report: {
      ...{ available: true, list, comparedFrom: startTime, comparedTo, counts, matched, missed, false: invented },
      hidden: expected.map((event) => presentHidden(event, eventOf.get(event.key) ?? null)),
      medians: {
        distanceKm: errors(({ distanceKm }) => distanceKm),
        absTimeErrorSec: errors(({ timeErrorSec }) => timeErrorSec),
        absDepthErrorKm: errors(({ depthErrorKm }) => depthErrorKm),
        absMagnitudeError: errors(({ magnitudeError }) => magnitudeError),
      },
    },
  };
}

function truthMatch({ truthKey, distanceKm, timeErrorSec }: TruthPair, origin: Origin, truth: HiddenEvent): TruthMatch {
  // The hidden magnitude is an mb; another type measures something else.
  const mb = origin.magnitudes.find(({ type }) => type === "mb");
  return {
    truthKey,
    distanceKm,
    timeErrorSec,
    depthErrorKm: origin.depthKm - truth.depthKm,
    magnitudeError: mb ? mb.value - truth.magnitude : null,
  };
}

function presentHidden(event: HiddenEvent, matchedEventKey: string | null): TruthReport["hidden"][number] {
  const { key, time, latitudeDeg, longitudeDeg, depthKm, magnitude, kind } = event;
  return {
    ...{ key, time, latitudeDeg, longitudeDeg, depthKm, magnitude, kind, matchedEventKey },
    regionName: regionName(latitudeDeg, longitudeDeg),
  };
}
