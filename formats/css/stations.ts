/** Places and instruments from the tables site, sitechan, sensor and instrument. */
import { type Channel, epochOfDay, type Problem, ProblemList } from "@harken/core";
import type { SiteRecord } from "../contents.ts";
import type { CssRow, CssTables } from "./schema.ts";

const DAY_SEC = 86_400;

/** Sites that still stand come first, since the first record of a place is the one that holds. */
export function sitesFromCss({ site = [] }: CssTables): readonly SiteRecord[] {
  const open = (row: CssRow<"site">) => row.offdate ?? Infinity;
  return [...site]
    .sort((a, b) => (open(a) === open(b) ? 0 : open(b) - open(a)))
    .flatMap((row) => {
      const { sta, lat, lon } = row;
      if (sta === null || lat === null || lon === null) return [];
      return {
        network: "",
        code: sta,
        station: row.refsta ?? sta,
        name: row.staname?.replaceAll("_", " ") ?? "",
        latitudeDeg: lat,
        longitudeDeg: lon,
        elevationKm: row.elev ?? 0,
        northKm: row.dnorth,
        eastKm: row.deast,
        startTime: dayStart(row.ondate),
        endTime: row.offdate === null ? null : dayEnd(row.offdate),
      };
    });
}

/**
 * A channel for each stretch of time in which one sensor was recorded. The calibration is the instrument's times the sensor's ratio.
 * Without a sensor row the dates of sitechan hold; without a site row there is no channel, which is told.
 */
export function channelsFromCss(tables: CssTables): {
  readonly channels: readonly Channel[];
  readonly problems: readonly Problem[];
} {
  const { site = [], sitechan = [], sensor = [], instrument = [] } = tables;
  const problems = new ProblemList();
  const sites = grouped(site, (row) => row.sta);
  const sensors = grouped(sensor, (row) => `${row.sta} ${row.chan}`);
  const instruments = new Map(instrument.map((row) => [row.inid, row]));
  const channels: Channel[] = [];
  for (const row of sitechan) {
    const place = placeOf(row, sites.get(row.sta) ?? []);
    if (!place || row.chan === null || row.sta === null) {
      problems.warning("css.channel-without-site", `The channel ${row.sta} ${row.chan} has no row in the table site.`);
      continue;
    }
    const mine = (sensors.get(`${row.sta} ${row.chan}`) ?? []).filter(
      ({ chanid }) => chanid === null || row.chanid === null || chanid === row.chanid,
    );
    for (const epoch of mine.length > 0 ? mine : [null]) {
      const made = epoch?.inid == null ? undefined : instruments.get(epoch.inid);
      channels.push({
        id: { network: "", station: row.sta, location: "", channel: row.chan },
        startTime: epoch ? epoch.time : dayStart(row.ondate),
        endTime: epoch ? epoch.endtime : dayStart(row.offdate),
        latitudeDeg: place.lat,
        longitudeDeg: place.lon,
        elevationKm: place.elev ?? 0,
        depthKm: row.edepth ?? 0,
        hangDeg: row.hang ?? -1,
        vangDeg: row.vang ?? 0,
        sampleRateHz: made?.samprate ?? null,
        instrument: made?.instype ?? made?.insname ?? "",
        calibNmPerCount: made?.ncalib == null ? null : made.ncalib * (epoch?.calratio ?? 1),
        calperSec: made?.ncalper ?? epoch?.calper ?? null,
        response: null,
      });
    }
  }
  return { channels, problems: problems.list() };
}

type Place = CssRow<"site"> & { readonly lat: number; readonly lon: number };

/** The site's row of the channel's time, or its last. */
function placeOf({ ondate }: CssRow<"sitechan">, rows: readonly CssRow<"site">[]): Place | undefined {
  const places = rows.filter((row): row is Place => row.lat !== null && row.lon !== null);
  const day = ondate ?? Infinity;
  return places.find((row) => (row.ondate ?? 0) <= day && day < (row.offdate ?? Infinity)) ?? places.at(-1);
}

/** Epoch seconds at which a day yyyyddd begins. */
function dayEnd(date: number): number | null {
  const start = dayStart(date);
  return start === null ? null : start + DAY_SEC;
}

function dayStart(date: number | null): number | null {
  return date === null || date < 1_000_000 ? null : epochOfDay(Math.floor(date / 1000), date % 1000);
}

function grouped<T, K>(rows: readonly T[], key: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
