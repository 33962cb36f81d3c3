/**
 * From loose records to stations: channels of the same site together, sites of the same array together.
 *
 *     const stations = stationsFromRecords(contents.channels, contents.sites);
 *
 * Which sites form one station:
 * 1. A site record names its reporting station (CSS3.0 `refsta`): ARA0, ARA1, ... of ARCES.
 * 2. Metadata that know no arrays (StationXML): sites of one network that share the first letters of their code and lie close to each
 *    other are one array, named by the letters they have in common (YKR1 to YKR9 and YKB1 to YKB9 become YK). See `GroupingRule`.
 * 3. Any other site is a station by itself, and so is each of a list of stations that report (SEISAN).
 *
 * Where records contradict each other about a place, the earlier one wins. A channel whose place no record tells is left out.
 */
import {
  type Channel,
  hasPlace,
  localOffsetKm,
  type Site,
  type Station,
  type Technology,
  wrapLongitude,
} from "@harken/core";
import type { SiteRecord } from "./contents.ts";
import { mergeChannels } from "./mergeChannels.ts";

/** When neighbouring single sites are taken for the elements of one array. */
export interface GroupingRule {
  readonly minSites: number;
  /** Largest distance from the first element, deg. */
  readonly apertureDeg: number;
  /** Letters that the codes must share. */
  readonly prefixLength: number;
}

export const defaultGroupingRule: GroupingRule = Object.freeze({ minSites: 4, apertureDeg: 0.5, prefixLength: 2 });

/** Elements from which azimuth and slowness can be measured. */
const MIN_ARRAY_ELEMENTS = 3;
const VERTICAL_TOLERANCE_DEG = 45;

interface Place extends SiteRecord {
  readonly channels: Channel[];
}

/** Stations in the order in which the records first name them. */
export function stationsFromRecords(
  channels: readonly Channel[],
  sites: readonly SiteRecord[],
  rule: GroupingRule = defaultGroupingRule,
): Station[] {
  const places = new Map<string, Place[]>();
  const find = (network: string, code: string) =>
    places.get(code)?.find((p) => p.network === network || p.network === "" || network === "");
  const add = (place: Place) => {
    const list = places.get(place.code);
    if (list) list.push(place);
    else places.set(place.code, [place]);
  };
  for (const site of sites) if (!find(site.network, site.code)) add({ ...site, channels: [] });
  const merged = mergeChannels(channels);
  for (const channel of merged.filter(hasPlace)) {
    const { network, station: code } = channel.id;
    const place = find(network, code);
    if (place) place.channels.push(channel);
    else add({ ...placeOf(channel), channels: [channel] });
  }
  for (const channel of merged.filter((record) => !hasPlace(record))) {
    const place = find(channel.id.network, channel.id.station);
    if (!place) continue;
    const { latitudeDeg, longitudeDeg, elevationKm } = place;
    place.channels.push({ ...channel, latitudeDeg, longitudeDeg, elevationKm });
  }
  const groups = new Map<string, Place[]>();
  for (const list of places.values())
    for (const place of list) {
      const several = list.length > 1 ? place.network : "";
      const key = `${several} ${place.station}`;
      const group = groups.get(key);
      if (group) group.push(place);
      else groups.set(key, [place]);
    }
  return groupNeighbours([...groups.values()], rule).map(({ code, members }) => stationOf(code, members));
}

function placeOf({ id, latitudeDeg, longitudeDeg, elevationKm }: Channel): SiteRecord {
  const { network, station: code } = id;
  const offsets = { northKm: null, eastKm: null };
  return { network, code, station: code, name: "", latitudeDeg, longitudeDeg, elevationKm, ...offsets };
}

interface Group {
  readonly code: string;
  readonly members: readonly Place[];
}

function groupNeighbours(groups: readonly (readonly Place[])[], rule: GroupingRule): Group[] {
  const byPrefix = new Map<string, Place[]>();
  const isSingle = (members: readonly Place[]) => members.length === 1 && members[0]!.station === members[0]!.code;
  for (const members of groups) {
    const [place] = members;
    if (!place || place.isStation || !isSingle(members) || place.code.length <= rule.prefixLength) continue;
    const key = `${place.network} ${place.code.slice(0, rule.prefixLength)}`;
    const list = byPrefix.get(key);
    if (list) list.push(place);
    else byPrefix.set(key, [place]);
  }
  const arrayOf = new Map<Place, Group>();
  for (const list of byPrefix.values()) {
    let rest = list;
    while (rest.length >= rule.minSites) {
      const first = rest[0]!;
      const near = rest.filter((place) => closerThan(first, place, rule.apertureDeg));
      const members = near.length >= rule.minSites ? near : [];
      for (const place of members) arrayOf.set(place, { code: commonPrefix(members), members });
      const taken = new Set([first, ...members]);
      rest = rest.filter((place) => !taken.has(place));
    }
  }
  const made = new Set<string>();
  const result: Group[] = [];
  for (const members of groups) {
    const first = members[0]!;
    const array = arrayOf.get(first);
    if (!array) result.push({ code: first.station, members });
    else if (array.members[0] === first || !made.has(`${first.network} ${array.code}`)) {
      made.add(`${first.network} ${array.code}`);
      result.push(array);
    }
  }
  return result;
}

function closerThan(a: SiteRecord, b: SiteRecord, deg: number): boolean {
  const east = wrapLongitude(b.longitudeDeg - a.longitudeDeg) * Math.cos((a.latitudeDeg * Math.PI) / 180);
  return Math.hypot(b.latitudeDeg - a.latitudeDeg, east) <= deg;
}

function commonPrefix(members: readonly Place[]): string {
  let prefix = members[0]!.code;
  for (const { code } of members) while (!code.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

function stationOf(code: string, members: readonly Place[]): Station {
  const reference = members.find((place) => place.code === code) ?? meanPlace(members);
  const sites: Site[] = members.map(({ network, code: site, latitudeDeg, longitudeDeg, elevationKm }) => {
    const offset = localOffsetKm(reference.latitudeDeg, reference.longitudeDeg, latitudeDeg, longitudeDeg);
    return { network, code: site, latitudeDeg, longitudeDeg, elevationKm, ...offset };
  });
  const channels = members.flatMap((place) => place.channels);
  const elements = members.filter((place) => place.channels.length === 0 || place.channels.some(isElementChannel));
  const hasReference =
    members.length > 1 && members.some((place) => place.code === code && place.channels.length === 0);
  const count = elements.length - (hasReference ? 1 : 0);
  const kind = count >= MIN_ARRAY_ELEMENTS ? "array" : channels.length > 0 && !hasHorizontals(members) ? "1c" : "3c";
  return {
    code,
    network: members.find((place) => place.network !== "")?.network ?? "",
    name: reference.name,
    technology: technologyOf(code, channels),
    kind,
    role: null,
    latitudeDeg: reference.latitudeDeg,
    longitudeDeg: reference.longitudeDeg,
    elevationKm: reference.elevationKm,
    sites,
    channels,
  };
}

function meanPlace(members: readonly Place[]) {
  const first = members[0]!;
  const mean = (of: (place: Place) => number) => members.reduce((sum, place) => sum + of(place), 0) / members.length;
  return {
    name: members.find((place) => place.name !== "")?.name ?? "",
    latitudeDeg: mean((place) => place.latitudeDeg),
    longitudeDeg: wrapLongitude(
      first.longitudeDeg + mean((place) => wrapLongitude(place.longitudeDeg - first.longitudeDeg)),
    ),
    elevationKm: mean((place) => place.elevationKm),
  };
}

const isPressure = ({ id }: Channel) => id.channel[1]?.toUpperCase() === "D" && id.channel.length > 2;
const isVertical = ({ id, vangDeg }: Channel) =>
  /z$/i.test(id.channel) && offVertical(vangDeg) < VERTICAL_TOLERANCE_DEG;
const offVertical = (vangDeg: number) => Math.min(Math.abs(vangDeg), Math.abs(180 - vangDeg));
const isElementChannel = (channel: Channel) => isVertical(channel) || isPressure(channel);

function hasHorizontals(members: readonly Place[]): boolean {
  return members.some(
    ({ channels }) =>
      new Set(
        channels.filter(({ vangDeg }) => offVertical(vangDeg) >= VERTICAL_TOLERANCE_DEG).map(({ hangDeg }) => hangDeg),
      ).size >= 2,
  );
}

/** By channel codes: EDH is a hydrophone, BDF a microbarometer. Without channels by the IMS's way of naming: H01W1, I22FR. */
function technologyOf(code: string, channels: readonly Channel[]): Technology {
  if (channels.length === 0) {
    if (/^I\d\d[A-Z]{2}$/.test(code)) return "infrasound";
    return /^H\d\d[A-Z]?\d?$/.test(code) ? "hydroacoustic" : "seismic";
  }
  if (!channels.some(isPressure) || channels.some(isVertical)) return "seismic";
  return channels.some((channel) => isPressure(channel) && /h$/i.test(channel.id.channel))
    ? "hydroacoustic"
    : "infrasound";
}
