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
import { linkEquations, solveShifts, weighOutliers, weightedRms } from "./equations.ts";
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

/** Where an event stands: offsets from the cluster's centre (km), depth (km) and shift of its origin time (s). */
interface Stand {
  eastKm: number;
  northKm: number;
  depthKm: number;
  shiftSec: number;
}

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
  const stands = start.map((event): Stand => ({ ...offsetFrom(centre, event), depthKm: event.depthKm, shiftSec: 0 }));
  const placed = () => start.map((event, i) => place(event, centre, stands[i]!));
  const evaluate = () => weighOutliers(linkEquations(earth, placed(), paths, links, unknowns), settings.outlierCut);

  let equations = evaluate();
  const rmsBeforeSec = weightedRms(equations);
  let iterations = 0;
  let converged = false;
  while (iterations < settings.maxIterations && !converged) {
    const shifts = solveShifts(equations, size, unknowns, settings.damping);
    if (!shifts) break;
    iterations++;
    let largest = 0;
    stands.forEach((stand, i) => {
      const own = shifts.subarray(i * unknowns, (i + 1) * unknowns);
      const down = unknowns === 4 ? own[2]! : 0;
      const later = own[unknowns - 1]!;
      stand.eastKm += own[0]!;
      stand.northKm += own[1]!;
      // No event leaves the ground.
      stand.depthKm = Math.max(0, stand.depthKm + down);
      stand.shiftSec += later;
      largest = Math.max(largest, Math.hypot(own[0]!, own[1]!), Math.abs(down), KM_PER_SEC * Math.abs(later));
    });
    equations = evaluate();
    converged = largest < settings.convergenceKm;
  }

  const counting = equations.filter(({ weight }) => weight > 0);
  const events = placed().map((event, i) => {
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
