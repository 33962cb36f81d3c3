/**
 * Which traces the waveform panel shows for an event, in order of distance, and the marks on each: picks of the automatic list and
 * predicted arrivals.
 *
 *     buildTraceRows({ event, predictions, stations, showAll: false, align: "P" })
 */
import type { ArrivalRecord, EventDetail, OriginRecord, PredictedArrival, StationSummary } from "@harken/api";

/** What stands at 0 of the time axis: the first P, picked or else due; the P that is due; the origin time; the full hour. */
export type Alignment = "P" | "due" | "origin" | "time";

export type Scaling =
  | { readonly kind: "own" }
  | { readonly kind: "common" }
  | { readonly kind: "fixed"; readonly reach: number };

export interface TraceMark {
  readonly phase: string;
  readonly time: number;
  /** Of the detection that stands there; null for a prediction. */
  readonly arrivalKey: string | null;
  /** Standard deviation of the onset, s; null for a prediction. */
  readonly timeErrorSec: number | null;
  /** Another event that holds the detection. */
  readonly otherEvent: string | null;
  /** Time residual in s, of picks only. */
  readonly residualSec: number | null;
  readonly defining: boolean;
}

export interface TraceRow {
  readonly station: string;
  readonly technology: StationSummary["technology"];
  /** NET.STA.LOC.CHA; null when the centre holds no channel of the station. */
  readonly channel: string | null;
  /** The first row of its station; the others show its further components. */
  readonly leading: boolean;
  readonly deltaDeg: number;
  readonly azimuthDeg: number;
  readonly associated: boolean;
  /** Epoch time that stands at 0 of the panel's time axis. */
  readonly zeroTime: number;
  readonly picks: readonly TraceMark[];
  readonly predictions: readonly TraceMark[];
  /** Detections of the station that the event does not have: another event's, or nobody's. */
  readonly others: readonly TraceMark[];
}

interface Ingredients {
  readonly event: EventDetail;
  readonly predictions: readonly PredictedArrival[];
  readonly stations: readonly StationSummary[];
  /** Every detection about the time of the event, its own among them. */
  readonly arrivals: readonly ArrivalRecord[];
  readonly showAll: boolean;
  /** Every component of a station's sensor, a row each, instead of one. */
  readonly components: boolean;
  readonly align: Alignment;
}

export function preferredOrigin(event: EventDetail): OriginRecord | null {
  return event.origins.find(({ preferred }) => preferred) ?? event.origins[0] ?? null;
}

export function buildTraceRows(ingredients: Ingredients): TraceRow[] {
  const { event, predictions, stations, arrivals, showAll, align } = ingredients;
  const own = preferredOrigin(event)?.associations ?? [];
  const associations = Map.groupBy(own, ({ station }) => station);
  const ownKeys = new Set(own.map(({ arrivalKey }) => arrivalKey));
  const others = Map.groupBy(
    arrivals.filter(({ key }) => !ownKeys.has(key)),
    ({ station }) => station,
  );
  const known = new Map(stations.map((station) => [station.code, station]));
  // The predictions are of seismic phases; microphones do not hear them.
  const heard = predictions.filter(({ station }) => known.get(station)?.technology !== "infrasound");
  const due = Map.groupBy(heard, ({ station }) => station);
  const codes = new Set([...associations.keys(), ...(showAll ? due.keys() : [])]);
  const rows = [...codes].map((code): TraceRow => {
    const associated = associations.get(code) ?? [];
    const predicted = (due.get(code) ?? []).toSorted((a, b) => a.time - b.time);
    const station = known.get(code);
    const picks = associated
      .filter(({ arrival }) => arrival !== null)
      .map(
        ({ phase, arrival, arrivalKey, timeResidualSec, timeDefining }): TraceMark => ({
          phase,
          ...{ time: arrival!.time, timeErrorSec: arrival!.timeErrorSec, arrivalKey, otherEvent: null },
          residualSec: timeResidualSec,
          defining: timeDefining,
        }),
      )
      .toSorted((a, b) => a.time - b.time);
    const seismic = (station?.technology ?? "seismic") === "seismic";
    const first = picks.find(({ phase }) => phase.startsWith("P")) ?? (seismic ? predicted[0] : null) ?? picks[0];
    return {
      station: code,
      technology: station?.technology ?? "seismic",
      channel: station ? chooseChannel(station, associated[0]?.arrival?.channel) : null,
      leading: true,
      deltaDeg: associated[0]?.deltaDeg ?? predicted[0]?.deltaDeg ?? 0,
      azimuthDeg: associated[0]?.stationEventAzimuthDeg ?? predicted[0]?.azimuthDeg ?? 0,
      associated: associated.length > 0,
      zeroTime: zeroOf(align, event.time, first, seismic ? predicted[0] : undefined),
      picks,
      predictions: predicted.map(bareMark),
      others: (others.get(code) ?? []).map(({ key, phase, time, timeErrorSec, eventKey }) => ({
        ...bareMark({ phase, time }),
        ...{ arrivalKey: key, timeErrorSec, otherEvent: eventKey },
      })),
    };
  });
  const ordered = rows.toSorted((a, b) => a.deltaDeg - b.deltaDeg || (a.station < b.station ? -1 : 1));
  if (!ingredients.components) return ordered;
  return ordered.flatMap((row) => {
    const station = known.get(row.station);
    if (!station || row.channel === null) return [row];
    return componentsBeside(station, row.channel).map((channel, i) => ({ ...row, channel, leading: i === 0 }));
  });
}

const HOUR_SEC = 3600;

interface Timed {
  readonly time: number;
}

function zeroOf(align: Alignment, origin: number, first: Timed | undefined, due: Timed | undefined): number {
  if (align === "time") return Math.floor(origin / HOUR_SEC) * HOUR_SEC;
  if (align === "origin") return origin;
  return ((align === "due" ? (due ?? first) : first) ?? { time: origin }).time;
}

const bareMark = ({ phase, time }: { phase: string; time: number }): TraceMark => ({
  ...{ phase, time, arrivalKey: null, timeErrorSec: null, otherEvent: null, residualSec: null, defining: false },
});

/** Component letters in order of preference: vertical, pressure in air (F) and in water (H). */
const components = ["Z", "F", "H"];
const bands = ["BH", "SH", "HH", "EH", "BD", "ED"];

/** The channel on which the pick was made when it is one of the station's; else the first vertical or pressure channel. */
export function chooseChannel(station: StationSummary, picked: string | undefined): string | null {
  const own = station.channels.find(
    ({ key }) => picked !== undefined && (key === picked || key.endsWith(`.${picked}`)),
  );
  if (own && components.includes(own.key.slice(-1))) return own.key;
  const rank = (key: string) => {
    const code = key.slice(key.lastIndexOf(".") + 1);
    const component = components.indexOf(code.slice(-1));
    const band = bands.indexOf(code.slice(0, 2));
    return (component < 0 ? components.length : component) * 10 + (band < 0 ? bands.length : band);
  };
  return station.channels.map(({ key }) => key).toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))[0] ?? null;
}

/** A detection under the pointer. */
export interface GrippedMark {
  readonly arrivalKey: string;
  readonly phase: string;
  /** Another event that holds it. */
  readonly otherEvent: string | null;
  readonly time: number;
  readonly timeErrorSec: number;
  /** Whether the event in sight holds it. */
  readonly own: boolean;
  /** Time at 0 of the row's axis. */
  readonly zeroTime: number;
}

/** The detection of a row that is nearest to a time, at most `reachSec` away; the event's own before others at the same place. */
export function nearestMark(row: TraceRow, time: number, reachSec: number, others: boolean): GrippedMark | null {
  const marks = [
    ...row.picks.map((mark) => ({ ...mark, own: true })),
    ...(others ? row.others : []).map((mark) => ({ ...mark, own: false })),
  ];
  const off = (mark: TraceMark) => Math.abs(mark.time - time);
  const [nearest] = marks.filter((mark) => off(mark) <= reachSec).toSorted((a, b) => off(a) - off(b));
  if (!nearest || nearest.arrivalKey === null) return null;
  const { arrivalKey, own, phase, otherEvent } = nearest;
  return {
    arrivalKey,
    own,
    phase,
    otherEvent,
    time: nearest.time,
    timeErrorSec: nearest.timeErrorSec ?? 0,
    zeroTime: row.zeroTime,
  };
}

/** The phase that is due nearest to a time at a row's station; null where none is. */
export function nearestPrediction({ predictions }: TraceRow, time: number): string | null {
  const off = (mark: TraceMark) => Math.abs(mark.time - time);
  return predictions.toSorted((a, b) => off(a) - off(b))[0]?.phase ?? null;
}

/** All components of the sensor that a channel belongs to, that channel first, then by their letter: Z N E, Z 1 2. */
export function componentsBeside(station: StationSummary, channel: string): string[] {
  const sensor = channel.slice(0, -1);
  const others = station.channels.map(({ key }) => key).filter((key) => key !== channel && key.slice(0, -1) === sensor);
  const rank = (key: string) => "ZNE123".indexOf(key.slice(-1));
  return [channel, ...others.toSorted((a, b) => rank(a) - rank(b))];
}

/** Span of the time axis at first sight, s after zero. */
export interface TimeView {
  readonly from: number;
  readonly to: number;
}

const pView: TimeView = { from: -30, to: 90 };
const BEFORE_ORIGIN_SEC = 30;
const AFTER_FIRST_SEC = 120;
const LONGEST_FIRST_VIEW_SEC = 1800;

export function firstView(rows: readonly TraceRow[], align: Alignment): TimeView {
  if (align === "P" || align === "due") return pView;
  const firsts = rows.map((row) => (row.picks[0] ?? row.predictions[0])?.time ?? row.zeroTime);
  const last = Math.max(0, ...firsts.map((time, index) => time - rows[index]!.zeroTime));
  if (align === "time") {
    const starts = firsts.map((time, index) => time - rows[index]!.zeroTime);
    return { from: Math.min(last, ...starts) - BEFORE_ORIGIN_SEC, to: last + AFTER_FIRST_SEC };
  }
  return { from: -BEFORE_ORIGIN_SEC, to: Math.min(LONGEST_FIRST_VIEW_SEC, last + AFTER_FIRST_SEC) };
}

/** Everything from the origin to the last mark of the rows. */
export function fullView(rows: readonly TraceRow[]): TimeView {
  const marks = rows.flatMap((row) => [...row.picks, ...row.predictions].map(({ time }) => time - row.zeroTime));
  if (marks.length === 0) return pView;
  return { from: Math.min(...marks) - BEFORE_ORIGIN_SEC, to: Math.max(...marks) + AFTER_FIRST_SEC };
}

const SHORTEST_VIEW_SEC = 0.5;
const LONGEST_VIEW_SEC = 7200;

/** Zooms about a point of the axis; a factor above 1 shows more time. */
export function zoomView(view: TimeView, about: number, factor: number): TimeView {
  const span = Math.min(LONGEST_VIEW_SEC, Math.max(SHORTEST_VIEW_SEC, (view.to - view.from) * factor));
  const share = (about - view.from) / (view.to - view.from);
  return { from: about - share * span, to: about + (1 - share) * span };
}

/** The view moved so that a second of the axis is in its middle; the same view when it is well inside already. */
export function viewAround(view: TimeView, sec: number): TimeView {
  const span = view.to - view.from;
  const share = (sec - view.from) / span;
  return share > 0.1 && share < 0.9 ? view : { from: sec - span / 2, to: sec + span / 2 };
}

export function panView(view: TimeView, share: number): TimeView {
  const shift = (view.to - view.from) * share;
  return { from: view.from + shift, to: view.to + shift };
}

/** Steps of a time axis that leave at least `spacing` pixels between ticks. */
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];

export function axisTicks(view: TimeView, width: number, spacing = 80): number[] {
  const perPixel = (view.to - view.from) / Math.max(1, width);
  const step = steps.find((candidate) => candidate >= perPixel * spacing) ?? steps.at(-1)!;
  const ticks: number[] = [];
  for (let index = Math.ceil(view.from / step); index * step <= view.to; index++) ticks.push(index * step);
  return ticks;
}
