/**
 * What a cluster of events is to a relocation: starting hypocentres, the readings that they share, and what came of it. Two events recorded
 * at one station by one phase make a *link*: their paths differ only near the source, so what the model gets wrong on the rest cancels.
 * Units: epoch seconds, deg, km.
 */
import type { Station } from "@harken/core";
import type { Hypocentre, Reading } from "../location/reading.ts";

/** An event with the hypocentre it starts from. */
export interface ClusterEvent extends Hypocentre {
  readonly key: string;
}

/** An onset read for one event. */
export interface ClusterReading extends Pick<Reading, "station" | "phase" | "time" | "timeErrorSec"> {
  readonly eventKey: string;
}

/** A difference of arrival times measured on the waveforms of two events at one station, as by cross-correlation. */
export interface DifferentialTime {
  readonly firstEventKey: string;
  readonly secondEventKey: string;
  readonly station: Station;
  readonly phase: string;
  /** Arrival of the first event less arrival of the second, s. */
  readonly differenceSec: number;
  readonly errorSec: number;
}

export interface Cluster {
  readonly events: readonly ClusterEvent[];
  readonly readings: readonly ClusterReading[];
  readonly differentialTimes?: readonly DifferentialTime[];
}

export interface RelocationSettings {
  readonly name: string;
  /** Whether depths move. Teleseismic P alone cannot tell depth from time. */
  readonly depth: "free" | "held";
  /** Events farther apart than this are not linked, and links weigh less towards it, km. */
  readonly maxSeparationKm: number;
  /** Fewest paths that two events must share to be linked. */
  readonly minSharedPaths: number;
  /** Each event is linked to at most this many of its nearest neighbours. */
  readonly maxNeighbours: number;
  /** Weight of differential times against that of readings of the same error. */
  readonly differentialWeight: number;
  /** Part of its own diagonal that is added to the normal matrix, more where a step would not fit better (Levenberg and Marquardt). */
  readonly damping: number;
  /** Residuals beyond this many scaled median deviations count nothing (biweight); null counts all fully. */
  readonly outlierCut: number | null;
  readonly maxIterations: number;
  /** Solved when no event moves by more than this, km (seconds count as 8 km). */
  readonly convergenceKm: number;
}

export const defaultRelocationSettings: RelocationSettings = Object.freeze({
  name: "double-difference",
  depth: "held",
  maxSeparationKm: 50,
  minSharedPaths: 4,
  maxNeighbours: 30,
  differentialWeight: 1,
  damping: 0.01,
  outlierCut: 6,
  maxIterations: 40,
  convergenceKm: 0.001,
});

/** A relocated event. Its place counts from the cluster's centre, which stays where the starting hypocentres put it. */
export interface RelocatedEvent extends ClusterEvent {
  readonly eastKm: number;
  readonly northKm: number;
  /** Paths and links that still count in the last iteration. */
  readonly pathCount: number;
  readonly linkCount: number;
}

/** Events that links hold together. */
export interface RelocatedCluster {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly events: readonly RelocatedEvent[];
  /** Covariance of the unknowns of every event in turn (east km, north km, depth km unless held, time s), row-major; null when undetermined. */
  readonly covariance: Float64Array | null;
  /** Unknowns of one event: 4, or 3 with held depths. */
  readonly unknowns: 3 | 4;
  readonly rmsBeforeSec: number;
  readonly rmsSec: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface Relocation {
  /** Largest first. Between clusters nothing is known but what the starting hypocentres say. */
  readonly clusters: readonly RelocatedCluster[];
  /** Events that share too few paths with any other. */
  readonly unlinked: readonly string[];
}
