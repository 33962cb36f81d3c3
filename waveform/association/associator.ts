/**
 * Network processing: arrivals of many stations in, events out.
 *
 *     const associator = createAssociator(stations, createEarthModel("ak135"));
 *     const { events, unassociated } = associator.build(arrivals, [], "SEL1-20260124T062000Z-");
 *
 * Every place of a global grid is asked for the times at which the arrivals speak for an event there, against chance; candidates are
 * located, share the arrivals out among them, and stand when they meet the event definition and are more likely than not. The result does
 * not depend on the order of the arrivals. What the grid needs of the stations is computed once and kept.
 */
import {
  type Arrival,
  type EarthModel,
  type NoiseLevel,
  type Origin,
  preferredOrigin,
  type SeismicEvent,
  type Station,
} from "@harken/core";
import type { EventExplanation } from "../bayes/explain.ts";
import type { LocatedOrigin } from "../location/reading.ts";
import { noStationCorrections, type StationCorrections } from "../location/stationCorrections.ts";
import { measureMagnitudes } from "../magnitude/measureMagnitudes.ts";
import { silenceOf } from "../magnitude/silentStations.ts";
import { quiet } from "./activity.ts";
import { byTime, tabulateArrivals } from "./arrivalTable.ts";
import type { Evidence } from "./corroborate.ts";
import { detectabilityOf } from "./detectability.ts";
import { finishEvents } from "./finish.ts";
import { type NamelessOrigin, nameEvents } from "./identity.ts";
import { labelClass } from "./phases.ts";
import { resolveEvents } from "./resolve.ts";
import { prepareGround, type SearchGround } from "./search.ts";
import { type AssociatorSettings, defaultAssociatorSettings } from "./settings.ts";
import { type Sitting, sittingsOf } from "./sittings.ts";

export interface NetworkResult {
  readonly events: SeismicEvent[];
  /** Arrivals that no preferred origin holds, in order of time. */
  readonly unassociated: Arrival[];
  readonly remarks: string[];
  /** Why each event stands, by its key; only the Bayesian associator tells. */
  readonly explanations?: ReadonlyMap<string, EventExplanation>;
}

export interface Associator {
  /**
   * Events of the arrivals. `previous` are events known from earlier calls, which keep their keys while their arrivals make an event;
   * keys of new ones begin with `keyPrefix`. `noise` of the stations, where it is known, is heard by maximum-likelihood magnitudes.
   * `watch` is told how many of the arrivals have been worked through.
   */
  build(
    arrivals: readonly Arrival[],
    previous: readonly SeismicEvent[],
    keyPrefix: string,
    noise?: readonly NoiseLevel[],
    watch?: (done: number, total: number) => void,
  ): NetworkResult;
}

export function createAssociator(
  stations: readonly Station[],
  earth: EarthModel,
  settings: AssociatorSettings = defaultAssociatorSettings,
  corrections: StationCorrections = noStationCorrections,
): Associator {
  const listening = stations.filter(({ technology }) => technology === "seismic");
  let ground: SearchGround | undefined;
  const groundOf = () => (ground ??= prepareGround(listening, earth, settings));

  const workSitting = ({ arrivals, covers }: Sitting, known: readonly Origin[]) => {
    const table = tabulateArrivals(arrivals, listening, settings, corrections);
    if (new Set(table.stationOf).size < settings.definition.minStations) return { origins: [], exhausted: false };
    const detectability = detectabilityOf(table, settings);
    const evidence: Evidence = { table, detectability, earth, settings, activity: quiet, corrections };
    const before = known.filter(({ time }) => covers(time));
    const { events, exhausted } = resolveEvents(evidence, groundOf(), before);
    return { origins: finishEvents(evidence, events, arrivals).map(({ origin }) => origin), exhausted };
  };

  const build: Associator["build"] = (arrivals, previous, keyPrefix, noise = [], watch = () => {}) => {
    const remarks = leftOut(arrivals, stations);
    const known = previous.map(preferredOrigin);
    let done = 0;
    const worked = sittingsOf(arrivals).map((sitting) => {
      watch(done, arrivals.length);
      done += sitting.arrivals.length;
      return workSitting(sitting, known);
    });
    if (worked.some(({ exhausted }) => exhausted)) {
      remarks.push(
        "The search ended at its bound on work before all candidates were looked at; weak events may be missing.",
      );
    }
    const located = worked.flatMap(({ origins }) => origins);
    const silent = silenceOf(listening, arrivals, noise, earth);
    const origins = bulletinOrigins(located, arrivals, silent, settings.name);
    const events = nameEvents(origins, previous, keyPrefix, settings);
    return { events, unassociated: unassociatedOf(events, arrivals), remarks };
  };
  return { build };
}

/** One call without a past. */
export function buildEvents(
  arrivals: readonly Arrival[],
  stations: readonly Station[],
  earth: EarthModel,
  settings: AssociatorSettings = defaultAssociatorSettings,
  corrections: StationCorrections = noStationCorrections,
): NetworkResult {
  return createAssociator(stations, earth, settings, corrections).build(arrivals, [], "");
}

/** Located origins with their magnitudes. */
export function bulletinOrigins(
  located: readonly LocatedOrigin[],
  arrivals: readonly Arrival[],
  silent: ReturnType<typeof silenceOf>,
  author: string,
): NamelessOrigin[] {
  const byKey = new Map(arrivals.map((arrival) => [arrival.key, arrival]));
  return located.map((origin) => {
    const measured = measureMagnitudes({ ...origin, arrivals: byKey, noise: silent(origin) });
    return { ...origin, author, magnitudes: measured.magnitudes, remarks: [...origin.remarks, ...measured.remarks] };
  });
}

/** Arrivals that no preferred origin holds, in order of time. */
export function unassociatedOf(events: readonly SeismicEvent[], arrivals: readonly Arrival[]): Arrival[] {
  const held = new Set(
    events.flatMap((event) => preferredOrigin(event).associations.map(({ arrivalKey }) => arrivalKey)),
  );
  return arrivals.filter(({ key }) => !held.has(key)).sort(byTime);
}

/** What could not take part, in one sentence for each reason. */
export function leftOut(arrivals: readonly Arrival[], stations: readonly Station[]): string[] {
  const technology = new Map(stations.map((station) => [station.code, station.technology]));
  const strangers = new Set<string>();
  let other = 0;
  for (const { station, phase } of arrivals) {
    const known = technology.get(station);
    if (known === undefined) strangers.add(station);
    else if (known !== "seismic" || (labelClass(phase) === null && phase !== "LR")) other++;
  }
  return [
    ...(strangers.size > 0
      ? [`Arrivals of ${[...strangers].sort().join(", ")} were left out: no such station is listed.`]
      : []),
    ...(other > 0 ? [`${other} hydroacoustic and infrasound arrivals took no part in building events.`] : []),
  ];
}
