/**
 * Links between the events of a cluster: for each path (station and phase) the pairs of events that were read there.
 *
 * A path's pairs share readings. With weights w_i w_j / sum w their sum of squares is that of the readings about their common mean, so a
 * reading counts once however many pairs it makes (Wolfe 2002, doi:10.1785/0120010189), and the path's own delay drops out exactly.
 */
import { connectedGroups, geodesicKm, type Station } from "@harken/core";
import type { Cluster, ClusterEvent, RelocationSettings } from "./cluster.ts";

export interface Path {
  readonly station: Station;
  readonly phase: string;
}

/** Two events on one path, by their indices. */
export interface Link {
  readonly path: number;
  readonly first: number;
  readonly second: number;
  /** Observed arrival of the first less that of the second, s. */
  readonly differenceSec: number;
  /** Standard deviation of the difference, s. */
  readonly errorSec: number;
  /** Weight before residuals are looked at, s^-2. */
  readonly weight: number;
}

export interface Links {
  readonly paths: readonly Path[];
  readonly links: readonly Link[];
}

/** All links that the settings allow. Readings of unknown events, and second readings of a path, are passed over. */
export function linkEvents(cluster: Cluster, settings: RelocationSettings): Links {
  const index = new Map(cluster.events.map(({ key }, i) => [key, i]));
  const paths: Path[] = [];
  const pathIndex = new Map<string, number>();
  const pathOf = (station: Station, phase: string): number => {
    const key = `${station.network}.${station.code} ${phase}`;
    let found = pathIndex.get(key);
    if (found === undefined) {
      pathIndex.set(key, (found = paths.length));
      paths.push({ station, phase });
    }
    return found;
  };

  const onPath: Map<number, { time: number; errorSec: number }>[] = [];
  for (const { eventKey, station, phase, time, timeErrorSec } of cluster.readings) {
    const event = index.get(eventKey);
    if (event === undefined || !(timeErrorSec > 0)) continue;
    const readings = (onPath[pathOf(station, phase)] ??= new Map());
    if (!readings.has(event)) readings.set(event, { time, errorSec: timeErrorSec });
  }

  const links: Link[] = [];
  onPath.forEach((readings, path) => {
    const total = [...readings.values()].reduce((sum, { errorSec }) => sum + errorSec ** -2, 0);
    for (const [first, a] of readings) {
      for (const [second, b] of readings) {
        if (second <= first) continue;
        links.push({
          path,
          first,
          second,
          differenceSec: a.time - b.time,
          errorSec: Math.hypot(a.errorSec, b.errorSec),
          weight: 1 / (a.errorSec ** 2 * b.errorSec ** 2 * total),
        });
      }
    }
  });
  for (const measured of cluster.differentialTimes ?? []) {
    const first = index.get(measured.firstEventKey);
    const second = index.get(measured.secondEventKey);
    if (first === undefined || second === undefined || first === second || !(measured.errorSec > 0)) continue;
    const { differenceSec, errorSec } = measured;
    const weight = settings.differentialWeight / errorSec ** 2;
    links.push({ path: pathOf(measured.station, measured.phase), first, second, differenceSec, errorSec, weight });
  }
  return { paths, links: near(cluster.events, links, settings) };
}

const pairKey = (first: number, second: number) => `${Math.min(first, second)} ${Math.max(first, second)}`;

/** Keeps the links of pairs that are close, share enough paths, and are among the nearest of one of the two; weighs them by separation. */
function near(events: readonly ClusterEvent[], links: readonly Link[], settings: RelocationSettings): Link[] {
  const shared = new Map<string, { first: number; second: number; paths: Set<number> }>();
  for (const { first, second, path } of links) {
    const key = pairKey(first, second);
    const pair = shared.get(key);
    if (pair) pair.paths.add(path);
    else shared.set(key, { first, second, paths: new Set([path]) });
  }
  const separation = new Map<string, number>();
  const neighbours: { key: string; km: number }[][] = events.map(() => []);
  for (const [key, { first, second, paths }] of shared) {
    if (paths.size < settings.minSharedPaths) continue;
    const [a, b] = [events[first]!, events[second]!];
    const flat = geodesicKm(a.latitudeDeg, a.longitudeDeg, b.latitudeDeg, b.longitudeDeg);
    const km = Math.hypot(flat, a.depthKm - b.depthKm);
    if (km >= settings.maxSeparationKm) continue;
    separation.set(key, km);
    neighbours[first]!.push({ key, km });
    neighbours[second]!.push({ key, km });
  }
  const kept = new Set<string>();
  for (const list of neighbours)
    for (const { key } of list.sort((a, b) => a.km - b.km).slice(0, settings.maxNeighbours)) kept.add(key);
  return links.flatMap((link) => {
    const key = pairKey(link.first, link.second);
    if (!kept.has(key)) return [];
    // Bicubic in separation: Waldhauser and Ellsworth's equation 15.
    const weight = link.weight * (1 - (separation.get(key)! / settings.maxSeparationKm) ** 3) ** 3;
    return [{ ...link, weight }];
  });
}

/** Groups of event indices held together by links, largest first; an event without links stands alone. */
export function connectedEvents(eventCount: number, links: readonly Link[]): number[][] {
  const linked = connectedGroups(eventCount);
  for (const { first, second } of links) linked.join(first, second);
  return linked.groups().sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}
