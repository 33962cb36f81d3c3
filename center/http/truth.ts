/** How far the automatic list is from the simulation's hidden truth. Recomputed when the list has changed. */
import type { TruthMatch, TruthReport } from "@harken/api";
import { median, preferredOrigin } from "@harken/core";
import { regionName } from "@harken/earth";
import { matchTruth, type World } from "@harken/simulator";
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

export function createTruthComparison(source: TruthSource): TruthComparison {
  const { store, world, list } = source;
  let kept: { state: string; report: TruthReport } | null = null;

  async function report(): Promise<TruthReport> {
    const processedTo = source.processedTo();
    if (!world || processedTo === null) return emptyReport(list);
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
    if (kept?.state !== state) kept = { state, report: await compare(world, processedTo) };
    return kept.report;
  }

  async function compare({ events: hidden, config }: World, processedTo: number): Promise<TruthReport> {
    const comparedTo = processedTo - EXPECTED_AFTER_SEC;
    const events = (await loadEvents(store.db, { list })).map(({ event }) => event);
    const { pairs } = matchTruth(events, hidden);
    const matched = pairs.map(({ eventKey, truthKey }) => {
      const origin = preferredOrigin(events.find(({ key }) => key === eventKey)!);
      return { eventKey, match: truthMatch(origin, hidden.find(({ key }) => key === truthKey)!) };
    });
    return { ...emptyReport(list), matched };
  }

  return {
    report,
    async matches() {
      const { matched } = await report();
      return new Map(matched.map(({ eventKey, match }) => [eventKey, match]));
    },
  };
}
