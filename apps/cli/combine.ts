/**
 * What several files say together: records of places and instruments one after the other, CSS3.0 tables joined as the set that they are,
 * bulletins put side by side.
 */
import type { Bulletin, Channel, Problem } from "@harken/core";
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

/** The bulletins of several files as one; null when there is none, a string when keys would be mixed up. */
export function combineBulletins(files: readonly FileContents[]): Bulletin | string | null {
  const tables = tablesOf(files);
  const bulletins = files.flatMap(({ bulletin, cssTables }) => (bulletin && !cssTables ? [bulletin] : []));
  if (tables.length > 0) {
    const { bulletin } = joinCss(tables);
    if (bulletin.arrivals.length + bulletin.events.length > 0) bulletins.push(bulletin);
  }
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
