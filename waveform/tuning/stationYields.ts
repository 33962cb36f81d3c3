/**
 * What a station's detections are worth: how many an hour, which share of them belong to events, and of the first waves that events sent while it
 * recorded, which share it missed.
 */
import { type Arrival, distanceAzimuth, type EarthModel, type Origin, type Station } from "@harken/core";

export interface RecordedStation {
  readonly station: Station;
  /** Stretches of time with data, epoch s. */
  readonly spans: readonly (readonly [from: number, to: number])[];
}

export type YieldEvent = Pick<Origin, "time" | "latitudeDeg" | "longitudeDeg" | "depthKm">;

export interface YieldInput {
  readonly stations: readonly RecordedStation[];
  readonly arrivals: readonly Arrival[];
  /** Keys of the arrivals that belong to events. */
  readonly associated: ReadonlySet<string>;
  /** Events whose waves are looked for. */
  readonly events: readonly YieldEvent[];
}

export interface StationYield {
  readonly station: string;
  readonly hours: number;
  readonly detections: number;
  /** Null without data. */
  readonly perHour: number | null;
  readonly associated: number;
  /** Share of the detections; null without one. */
  readonly associatedShare: number | null;
  /** First waves that came while the station recorded, and those of them without a detection. */
  readonly due: number;
  readonly missed: number;
  readonly missedShare: number | null;
}

/** The waves that may come first, and from how far away an event is asked of a station, deg: beyond the core's shadow P is faint. */
const firstWaves = ["P", "Pn", "Pg"] as const;
const MAX_DELTA_DEG = 98;
/** A detection so near to where a wave is due is it, s; and so much data around it must there be. */
const NEAR_SEC = 6;

export function stationYields(
  { stations, arrivals, associated, events }: YieldInput,
  earth: EarthModel,
): StationYield[] {
  const byStation = Map.groupBy(arrivals, ({ station }) => station);
  return stations.map(({ station, spans }) => {
    const own = byStation.get(station.code) ?? [];
    const times = events.flatMap((event) => firstWaveAt(event, station, earth) ?? []);
    const due = times.filter((time) => spans.some(([from, to]) => from <= time - NEAR_SEC && time + NEAR_SEC <= to));
    const missed = due.filter((time) => !own.some((arrival) => Math.abs(arrival.time - time) <= NEAR_SEC));
    return yieldOf(station.code, {
      hours: spans.reduce((sum, [from, to]) => sum + (to - from), 0) / 3600,
      detections: own.length,
      associated: own.filter(({ key }) => associated.has(key)).length,
      due: due.length,
      missed: missed.length,
    });
  });
}

type Counts = Pick<StationYield, "hours" | "detections" | "associated" | "due" | "missed">;

/** Of several stations as of one. */
export function totalYield(name: string, rows: readonly StationYield[]): StationYield {
  const sum = (pick: (row: StationYield) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return yieldOf(name, {
    hours: sum(({ hours }) => hours),
    detections: sum(({ detections }) => detections),
    associated: sum(({ associated }) => associated),
    due: sum(({ due }) => due),
    missed: sum(({ missed }) => missed),
  });
}

function yieldOf(station: string, counts: Counts): StationYield {
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  const { hours, detections, associated, due, missed } = counts;
  return {
    ...{ station, ...counts },
    perHour: share(detections, hours),
    associatedShare: share(associated, detections),
    missedShare: share(missed, due),
  };
}

function firstWaveAt(event: YieldEvent, { latitudeDeg, longitudeDeg }: Station, earth: EarthModel): number | null {
  const { deltaDeg } = distanceAzimuth(event.latitudeDeg, event.longitudeDeg, latitudeDeg, longitudeDeg);
  if (deltaDeg > MAX_DELTA_DEG) return null;
  const times = firstWaves.flatMap((phase) => earth.predict(phase, deltaDeg, event.depthKm)?.timeSec ?? []);
  return times.length > 0 ? event.time + Math.min(...times) : null;
}
