/**
 * Double-difference relocation (Waldhauser and Ellsworth 2000, doi:10.1785/0120000006). For events i and j read on one path
 *
 *     dr = (arrival_i - arrival_j) observed - (arrival_i - arrival_j) predicted = g_i . dm_i - g_j . dm_j
 *
 * with g the derivatives of the travel time with respect to the source and dm a shift in place and time. All links together are solved for all
 * shifts by weighted least squares, damped, with no mean shift, and with outliers weighed down; then the events move and it begins again.
 *
 *     relocate({ events, readings }, createEarthModel("ak135"), defaultRelocationSettings).clusters[0]?.events
 */
import { type EarthModel, geodesicPosition, localOffsetKm, type Place, RADIANS_PER_DEGREE } from "@harken/core";
import type { Cluster, ClusterEvent, RelocatedCluster, Relocation, RelocationSettings } from "./cluster.ts";
import { isBetter, linkEquations, solveShifts, weighOutliers, weightedRms } from "./equations.ts";
import { connectedEvents, type Link, linkEvents, type Path } from "./links.ts";
import { pathCovariance } from "./uncertainty.ts";

/** A second of origin time counts as this many km where shifts are compared. */
const KM_PER_SEC = 8;

/** Relocates every group of linked events about its own centre. Events move only within their group. */
export function relocate(cluster: Cluster, earth: EarthModel, settings: RelocationSettings): Relocation {
  const { paths, links } = linkEvents(cluster, settings);
  const groups = connectedEvents(cluster.events.length, links);
  const clusters: RelocatedCluster[] = [];
  const unlinked: string[] = [];
  for (const group of groups) {
    if (group.length === 1) {
      unlinked.push(cluster.events[group[0]!]!.key);
      continue;
    }
    const local = new Map(group.map((event, i) => [event, i]));
    const own = links.flatMap((link) => {
      const first = local.get(link.first);
      return first === undefined ? [] : [{ ...link, first, second: local.get(link.second)! }];
    });
    const events = group.map((event) => cluster.events[event]!);
    clusters.push(relocateGroup(events, paths, own, earth, settings));
  }
  return { clusters, unlinked };
}

/** A step after which the equations fit no better is not taken; the damping rises by this factor, and falls again with each good step. */
const DAMPING_STEP = 10;

/** Where an event stands: offsets from the cluster's centre (km), depth (km) and shift of its origin time (s). */
interface Stand {
  readonly eastKm: number;
  readonly northKm: number;
  readonly depthKm: number;
  readonly shiftSec: number;
}

/** By the shifts of its unknowns. No event leaves the ground. */
function moveBy({ eastKm, northKm, depthKm, shiftSec }: Stand, shifts: Float64Array): Stand {
  const down = shifts.length === 4 ? shifts[2]! : 0;
  return {
    eastKm: eastKm + shifts[0]!,
    northKm: northKm + shifts[1]!,
    depthKm: Math.max(0, depthKm + down),
    shiftSec: shiftSec + shifts.at(-1)!,
  };
}

const movementKm = (from: Stand, to: Stand): number =>
  Math.max(
    Math.hypot(to.eastKm - from.eastKm, to.northKm - from.northKm),
    Math.abs(to.depthKm - from.depthKm),
    KM_PER_SEC * Math.abs(to.shiftSec - from.shiftSec),
  );

function relocateGroup(
  start: readonly ClusterEvent[],
  paths: readonly Path[],
  links: readonly Link[],
  earth: EarthModel,
  settings: RelocationSettings,
): RelocatedCluster {
  const unknowns = settings.depth === "free" ? 4 : 3;
  const size = start.length * unknowns;
  const centre = centreOf(start);
  let stands = start.map((event): Stand => ({ ...offsetFrom(centre, event), depthKm: event.depthKm, shiftSec: 0 }));
  const placed = (at: readonly Stand[]) => start.map((event, i) => place(event, centre, at[i]!));
  const evaluate = (at: readonly Stand[]) => linkEquations(earth, placed(at), paths, links, unknowns);

  let equations = weighOutliers(evaluate(stands), settings.outlierCut);
  const rmsBeforeSec = weightedRms(equations);
  let iterations = 0;
  let converged = false;
  let { damping } = settings;
  while (iterations < settings.maxIterations && !converged) {
    const shifts = solveShifts(equations, size, unknowns, damping);
    if (!shifts) break;
    iterations++;
    const moved = stands.map((stand, i) => moveBy(stand, shifts.subarray(i * unknowns, (i + 1) * unknowns)));
    const next = evaluate(moved);
    converged = Math.max(...moved.map((stand, i) => movementKm(stands[i]!, stand))) < settings.convergenceKm;
    if (!converged && !isBetter(next, equations)) {
      damping *= DAMPING_STEP;
      continue;
    }
    damping = Math.max(settings.damping, damping / DAMPING_STEP);
    stands = moved;
    equations = weighOutliers(next, settings.outlierCut);
  }

  const counting = equations.filter(({ weight }) => weight > 0);
  const events = placed(stands).map((event, i) => {
    const own = counting.filter(({ link }) => link.first === i || link.second === i);
    const { eastKm, northKm } = stands[i]!;
    const pathCount = new Set(own.map(({ link }) => link.path)).size;
    return { ...event, eastKm, northKm, pathCount, linkCount: own.length };
  });
  const covariance = pathCovariance(equations, size, unknowns);
  const rmsSec = weightedRms(equations);
  return { ...centre, unknowns, events, covariance, rmsBeforeSec, rmsSec, iterations, converged };
}

function offsetFrom(centre: Place, { latitudeDeg, longitudeDeg }: Place) {
  return localOffsetKm(centre.latitudeDeg, centre.longitudeDeg, latitudeDeg, longitudeDeg);
}

function positionFrom(centre: Place, eastKm: number, northKm: number): Place {
  const azimuth = Math.atan2(eastKm, northKm) / RADIANS_PER_DEGREE;
  return geodesicPosition(centre.latitudeDeg, centre.longitudeDeg, azimuth, Math.hypot(eastKm, northKm));
}

function place(event: ClusterEvent, centre: Place, { eastKm, northKm, depthKm, shiftSec }: Stand): ClusterEvent {
  return { key: event.key, ...positionFrom(centre, eastKm, northKm), depthKm, time: event.time + shiftSec };
}

/** Mean of the starting places, taken in kilometres about the first of them, so that it holds across the date line. */
function centreOf(events: readonly ClusterEvent[]): Place {
  const offsets = events.map((event) => offsetFrom(events[0]!, event));
  const mean = (pick: (offset: { eastKm: number; northKm: number }) => number) =>
    offsets.reduce((sum, offset) => sum + pick(offset), 0) / offsets.length;
  return positionFrom(
    events[0]!,
    mean(({ eastKm }) => eastKm),
    mean(({ northKm }) => northKm),
  );
}
