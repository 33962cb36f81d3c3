/**
 * What several files say together: records of places and instruments one after the other, CSS3.0 tables joined as the set that they are,
 * bulletins put side by side.
 */
import type { Arrival, Bulletin, Channel, Problem } from "@harken/core";
import type { EarthTables } from "@harken/earth";
import { type FileContents, joinCss, type SiteRecord } from "@harken/formats";
import type { StationCorrections } from "@harken/waveform";

/** What files say of the Earth and of how stations measure. */
export type EarthRecords = Pick<
  FileContents,
  "directionCorrections" | "travelTimeCorrections" | "travelTimeTables" | "ellipticityTables"
>;

export type Records = Pick<FileContents, "channels" | "sites" | "cssTables"> & EarthRecords;

/** The part of a file's contents to keep when its samples are let go. */
export function recordsOf(contents: Records): Records {
  const { channels, sites, cssTables, directionCorrections, travelTimeCorrections } = contents;
  const { travelTimeTables, ellipticityTables } = contents;
  return {
    ...{ channels, sites },
    ...(cssTables && { cssTables }),
    ...(directionCorrections && { directionCorrections }),
    ...(travelTimeCorrections && { travelTimeCorrections }),
    ...(travelTimeTables && { travelTimeTables }),
    ...(ellipticityTables && { ellipticityTables }),
  };
}

/** Places and instruments, those of CSS3.0 tables last; what comes first holds where two tell of the same. */
export function combineRecords(files: readonly Records[]): {
  readonly channels: readonly Channel[];
  readonly sites: readonly SiteRecord[];
  readonly problems: readonly Problem[];
} {
  const single = files.filter(({ cssTables }) => !cssTables);
  const joined = joinCss(tablesOf(files));
  return {
    channels: [...single.flatMap(({ channels }) => channels), ...joined.channels],
    sites: [...single.flatMap(({ sites }) => sites), ...joined.sites],
    problems: joined.problems,
  };
}

/** Sites that stood at a time first, since of two records of a place the first holds: some stations have moved. */
export function sitesAt(sites: readonly SiteRecord[], time: number): SiteRecord[] {
  const stood = ({ startTime, endTime }: SiteRecord) =>
    (startTime ?? -Infinity) <= time && time < (endTime ?? Infinity);
  return [...sites.filter(stood), ...sites.filter((site) => !stood(site))];
}

/** Tables of directions and travel times at stations; of two tables of one station's directions the first holds. */
export function combineCorrections(files: readonly EarthRecords[]): StationCorrections {
  const directions = files.flatMap(({ directionCorrections = [] }) => directionCorrections);
  return {
    directions: directions.filter(({ station }, i) => directions.findIndex((other) => other.station === station) === i),
    travelTimes: files.flatMap(({ travelTimeCorrections = [] }) => travelTimeCorrections),
  };
}

/** Travel times and ellipticity that replace those of a model. */
export function combineEarthTables(files: readonly EarthRecords[]): EarthTables {
  return {
    travelTimes: files.flatMap(({ travelTimeTables = [] }) => travelTimeTables),
    ellipticity: files.flatMap(({ ellipticityTables = [] }) => ellipticityTables),
  };
}

const tablesOf = (files: readonly Pick<FileContents, "cssTables">[]) =>
  files.flatMap(({ cssTables }) => cssTables ?? []);

/**
 * The bulletins of several files as one; null when there is none, a string when keys would be mixed up. Where files of several formats tell of the
 * same arrivals by the same names, as those that `harken process` writes do, they are one bulletin written several times, and one of them is read.
 */
export function combineBulletins(files: readonly FileContents[]): Bulletin | string | null {
  const byFormat = new Map<string, Bulletin[]>();
  for (const { bulletin, cssTables, format } of files)
    if (bulletin && !cssTables) byFormat.set(format, [...(byFormat.get(format) ?? []), bulletin]);
  const tables = tablesOf(files);
  if (tables.length > 0) {
    const { bulletin } = joinCss(tables);
    if (bulletin.arrivals.length + bulletin.events.length > 0) byFormat.set("css3.0", [bulletin]);
  }
  const kinds = [...byFormat.values()];
  const bulletins = shareArrivals(kinds) ? (byFormat.get("quakeml") ?? kinds[0]!) : kinds.flat();
  const [first, ...others] = bulletins;
  if (!first) return null;
  if (others.length === 0) return first;
  const arrivals = distinct(bulletins.flatMap((bulletin) => bulletin.arrivals));
  const events = distinct(bulletins.flatMap((bulletin) => bulletin.events));
  const repeated = [arrivals, events].find((list) => typeof list === "string");
  if (typeof arrivals === "string" || typeof events === "string")
    return `two of the bulletins use the name ${repeated} for different things`;
  return { list: first.list, arrivals, events };
}

/** Times are written to a millisecond in the coarsest of the formats, s. */
const SAME_TIME_SEC = 0.002;

/** Whether files of different formats tell of one arrival under one name. */
function shareArrivals(kinds: readonly (readonly Bulletin[])[]): boolean {
  const seen = new Map<string, Arrival>();
  for (const bulletins of kinds) {
    const own = bulletins.flatMap(({ arrivals }) => arrivals);
    const isKnown = ({ key, station, time }: Arrival) => {
      const other = seen.get(key);
      return other?.station === station && Math.abs(other.time - time) < SAME_TIME_SEC;
    };
    if (own.some(isKnown)) return true;
    for (const arrival of own) seen.set(arrival.key, arrival);
  }
  return false;
}

/** Copies of a file tell the same twice, which counts once; the name that stands for two different things, if any. */
function distinct<T extends { readonly key: string }>(items: readonly T[]): T[] | string {
  const seen = new Map<string, T>();
  for (const item of items) {
    const known = seen.get(item.key);
    if (known && JSON.stringify(known) !== JSON.stringify(item)) return item.key;
    seen.set(item.key, item);
  }
  return [...seen.values()];
}
