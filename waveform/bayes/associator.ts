/**
 * The Bayesian associator: among all explanations of the arrivals by events and chance, the most probable one is sought, in the manner of
 * NET-VISA (Arora, Russell and Sudderth 2013, doi:10.1785/0120120107).
 *
 *     const associator = createBayesAssociator(stations, createEarthModel("ak135"));
 *     const { events, explanations } = associator.build(arrivals, [], "SEL1-20260124T062000Z-");
 *
 * Origin times are worked through in stretches: candidates are born from a global grid, improved, merged with what explains them better, or
 * ended; then the whole is gone through once more. The same arrivals give the same events, in whatever order they come.
 */
import {
  type Arrival,
  type Association,
  azimuthDifference,
  distanceAzimuth,
  type EarthModel,
  type Station,
} from "@harken/core";
import {
  type Associator,
  bulletinOrigins,
  leftOut,
  type NetworkResult,
  unassociatedOf,
} from "../association/associator.ts";
import { nameEvents } from "../association/identity.ts";
import { assignSurfaceWaves } from "../association/surfaceWaves.ts";
import type { LocatedOrigin, Reading } from "../location/reading.ts";
import { silenceOf } from "../magnitude/silentStations.ts";
import { candidatesIn } from "./birth.ts";
import { type BirthGrid, birthGridOf } from "./birthGrid.ts";
import { type ArrivalColumns, columnsOf } from "./columns.ts";
import { type EventExplanation, explain, explanationRemarks, listedLogOdds } from "./explain.ts";
import { type Model, modelOf } from "./model.ts";
import { originOf } from "./origins.ts";
import { type BayesPriors, defaultPriors } from "./priors.ts";
import { type BayesSettings, defaultBayesSettings } from "./settings.ts";
import { createWorld, type Hypothesis } from "./world.ts";

export function createBayesAssociator(
  stations: readonly Station[],
  earth: EarthModel,
  priors: BayesPriors = defaultPriors,
  settings: BayesSettings = defaultBayesSettings,
): Associator {
  const listening = stations.filter(({ technology }) => technology === "seismic");
  let ready: { readonly model: Model; readonly grid: BirthGrid } | undefined;
  const prepare = () => {
    if (!ready) {
      const model = modelOf(listening, earth, priors, settings);
      ready = { model, grid: birthGridOf(model) };
    }
    return ready;
  };
  return {
    build(arrivals, previous, keyPrefix, noise = []): NetworkResult {
      const { model, grid } = prepare();
      const columns = columnsOf(arrivals, model.network);
      const found = search(model, grid, columns);
      // In the order in which events are named, so that each explanation finds its event.
      const explained = explainedOrigins(model, columns, found, arrivals).sort(
        (a, b) => a.origin.time - b.origin.time || a.origin.latitudeDeg - b.origin.latitudeDeg,
      );
      const located = explained.map(({ origin }) => origin);
      const silent = silenceOf(listening, arrivals, noise, earth);
      const origins = bulletinOrigins(located, arrivals, silent, settings.name);
      const events = nameEvents(origins, previous, keyPrefix, settings);
      const explanations = new Map(events.map(({ key }, i) => [key, explained[i]!.explanation]));
      const unassociated = unassociatedOf(events, arrivals);
      return { events, unassociated, remarks: leftOut(arrivals, stations), explanations };
    },
  };
}

function search(model: Model, grid: BirthGrid, columns: ArrivalColumns): Hypothesis[] {
  const { settings } = model;
  const { windowSec, lookAheadSec, birth, reportLogOdds } = settings;
  const world = createWorld(model, columns);
  world.recount(false);
  if (columns.arrivals.length === 0) return [];
  // The first arrival may have left its source this long ago.
  const begin = columns.from - lookAheadSec;
  const times = columns.time.toSorted();
  let next = 0;
  for (let from = begin; from < columns.to; from += windowSec) {
    // Silence is passed over, however long.
    while (times[next]! < from) next++;
    from = Math.max(from, times[next]! - lookAheadSec);
    const to = Math.min(columns.to, from + windowSec);
    let { cells } = grid;
    for (let round = 0; round < birth.rounds; round++) {
      const { candidates, promising } = candidatesIn(model, grid, columns, world.owned, from, to, cells);
      cells = promising;
      const born = world.birth(candidates);
      world.sweep(from - SETTLED_AFTER_SEC, to);
      if (born === 0) break;
      world.recount(false);
    }
  }
  world.recount(true);
  world.sweep(begin, columns.to);
  return world.events
    .filter((event) => listedLogOdds(event) >= reportLogOdds)
    .sort((a, b) => a.place.time - b.place.time);
}

/** Events of the stretch before may still change with those of the next. */
const SETTLED_AFTER_SEC = 900;

interface ExplainedOrigin {
  readonly origin: LocatedOrigin;
  readonly explanation: EventExplanation;
}

/** Origins with their surface waves, and why they stand. */
function explainedOrigins(
  model: Model,
  columns: ArrivalColumns,
  found: readonly Hypothesis[],
  arrivals: readonly Arrival[],
): ExplainedOrigin[] {
  const byCode = new Map(model.network.stations.map((station) => [station.code, station]));
  const located = found.map((event) => originOf(model, columns, event));
  const surface = assignSurfaceWaves(located, arrivals, byCode, model.earth);
  return found.map((event, i) => {
    const origin = located[i]!;
    const explanation = explain(model, columns, event);
    const associations = [...origin.associations, ...surfaceAssociations(model, origin, surface[i]!)];
    const remarks = [...explanationRemarks(explanation), ...origin.remarks];
    return { origin: { ...origin, associations, remarks }, explanation };
  });
}

/** Surface waves with what they miss the prediction by, at the place that stands; they never define. */
function surfaceAssociations({ earth }: Model, origin: LocatedOrigin, waves: readonly Reading[]): Association[] {
  return waves.map(({ arrivalKey, station, phase, time, azimuthDeg }) => {
    const { latitudeDeg, longitudeDeg, depthKm } = origin;
    const path = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
    const travel = earth.predict(phase, path.deltaDeg, depthKm);
    return {
      ...{ arrivalKey, station: station.code, phase, deltaDeg: path.deltaDeg },
      stationEventAzimuthDeg: path.backAzimuthDeg,
      eventStationAzimuthDeg: path.azimuthDeg,
      timeResidualSec: travel ? time - origin.time - travel.timeSec : null,
      azimuthResidualDeg: azimuthDeg === null ? null : azimuthDifference(azimuthDeg, path.backAzimuthDeg),
      ...{ slownessResidualSecPerDeg: null, weight: null },
      ...{ timeDefining: false, azimuthDefining: false, slownessDefining: false },
    };
  });
}
