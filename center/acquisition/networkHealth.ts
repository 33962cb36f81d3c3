/**
 * The network's health out of the store: rows of the reports STA_STATUS, CHAN_STATUS, COMM_STATUS and AUTH_STATUS. Availability is archived channel time over
 * expected channel time; timeliness the time from a packet's last sample to its receipt.
 *
 *     const health = await networkHealth(store.db, stations, { from, to });
 *     const lines = writeStationStatus({ from, to }, health.stations);
 */
import { median, type Station } from "@harken/core";
import type { AuthenticationStatusRow, ChannelStatusRow, LinkStatusRow, StationStatusRow } from "@harken/formats";
import {
  type AlarmRecord,
  type ArchivedPiece,
  findPieces,
  type LinkRecord,
  loadAlarms,
  loadLinks,
  loadPackets,
  loadStations,
  openStore,
  type PacketRecord,
  type Reader,
  type StoreOptions,
} from "@harken/store";
import {
  type Availability,
  availabilityOf,
  type Capability,
  capabilities,
  capabilityOf,
  type ExcusedOutage,
  gapsBetween,
  joinSpans,
  lengthOf,
  type Span,
} from "./capability.ts";

export interface NetworkHealth {
  readonly stations: readonly StationStatusRow[];
  readonly channels: readonly ChannelStatusRow[];
  readonly links: readonly LinkStatusRow[];
  readonly authentication: readonly AuthenticationStatusRow[];
  /** Of each sender's links together. */
  readonly availability: readonly (Availability & { readonly source: string })[];
  /** What was told of certificates in the period, each once with when it was told last: those that expire, and what of them cannot be read. */
  readonly certificates: readonly AlarmRecord[];
}

/** An outage that a record excuses. */
export interface LinkExcuse extends ExcusedOutage {
  readonly source: string;
}

/** Bounds of a link's rate where none is known. */
const NOMINAL_KBPS = 64;

export async function networkHealth(
  reader: Reader,
  stations: readonly Station[],
  period: Span,
  excuses: readonly LinkExcuse[] = [],
): Promise<NetworkHealth> {
  const packets = await loadPackets(reader, { from: period.from, to: period.to });
  const links = await linkRows(reader, period);
  const bySender = Map.groupBy(packets, ({ source }) => source.split(":")[0]!);
  const reports = await Promise.all(
    stations.map((station) => stationHealth(reader, station, period, packetsOf(station, bySender))),
  );
  return {
    stations: reports.map(({ row }) => row),
    channels: reports.flatMap(({ channels }) => channels),
    links: links.map(({ row }) => row),
    availability: links.map(({ row, up }) => ({
      source: row.far,
      ...availabilityOf(
        up,
        period,
        excuses.filter(({ source }) => source === row.far),
      ),
    })),
    authentication: [...bySender]
      .filter(([, list]) => list.some(({ kind }) => kind === "cd11"))
      .map(([sender, list]) => authenticationRow(sender, list)),
    certificates: certificateAlarms(await loadAlarms(reader, period)),
  };
}

function certificateAlarms(alarms: readonly AlarmRecord[]): AlarmRecord[] {
  const told = alarms.filter(({ code }) => /^(?:certificate|revocations|authority)\./.test(code));
  // Of one certificate the days that are left change.
  return [...new Map(told.map((alarm) => [`${alarm.code} ${alarm.detail.split(" expires on ")[0]}`, alarm])).values()];
}

/** Of the station's own frames, or of the records of its sites. */
function packetsOf(
  { code, network, sites }: Station,
  bySender: ReadonlyMap<string, readonly PacketRecord[]>,
): readonly PacketRecord[] {
  const names = [code, `${network}_${code}`, ...sites.map((site) => `${site.network || network}_${site.code}`)];
  return [...new Set(names)].flatMap((name) => bySender.get(name) ?? []);
}

async function stationHealth(reader: Reader, station: Station, period: Span, packets: readonly PacketRecord[]) {
  const expectedSec = period.to - period.from;
  const delaysSec = packets.flatMap(({ receivedAt, endTime }) => (endTime === null ? [] : [receivedAt - endTime]));
  const covered: Span[][] = [];
  for (const { id } of station.channels) {
    const pieces = await findPieces(reader, id, period.from, period.to);
    covered.push(joinSpans(pieces.map(spanOf), period, toleranceOf(pieces)));
  }
  const { network, code } = station;
  const channels = station.channels.map(
    ({ id }, i): ChannelStatusRow => ({
      ...{ network: id.network || network, station: id.station, channel: id.channel, auxiliary: id.location },
      ...{ expectedSec, delaysSec, availablePercent: (100 * lengthOf(covered[i]!)) / expectedSec },
      gapsSec: gapsBetween(covered[i]!, period).map(({ from, to }) => to - from),
    }),
  );
  const available = covered.reduce((sum, spans) => sum + lengthOf(spans), 0);
  const row: StationStatusRow = {
    ...{ network, station: code, channels: station.channels.length, expectedSec },
    capability: capabilityShares(station, covered, period),
    availablePercent: covered.length === 0 ? 0 : (100 * available) / (expectedSec * covered.length),
    medianDelaySec: delaysSec.length === 0 ? null : median(delaysSec),
  };
  return { row, channels };
}

/** One sample belongs to the interval that follows it. */
const spanOf = ({ startTime, endTime, sampleRateHz }: ArchivedPiece): Span => ({
  from: startTime,
  to: endTime + 1 / sampleRateHz,
});

/** Pieces that join within half a sample have no gap between them. */
const toleranceOf = (pieces: readonly ArchivedPiece[]): number =>
  Math.max(0, ...pieces.map(({ sampleRateHz }) => 0.5 / sampleRateHz));

function capabilityShares(
  station: Station,
  covered: readonly (readonly Span[])[],
  period: Span,
): [number, number, number, number] {
  const edges = [...new Set([period.from, period.to, ...covered.flat().flatMap(({ from, to }) => [from, to])])].sort(
    (a, b) => a - b,
  );
  const seconds = new Map<Capability, number>(capabilities.map((capability) => [capability, 0]));
  const at = covered.map(() => 0);
  for (let i = 1; i < edges.length; i++) {
    const [from, to] = [edges[i - 1]!, edges[i]!];
    const works = covered.map((spans, c) => {
      while (spans[at[c]!] && spans[at[c]!]!.to <= from) at[c]!++;
      return spans[at[c]!] !== undefined && spans[at[c]!]!.from <= from;
    });
    const capability = capabilityOf(station, works);
    seconds.set(capability, seconds.get(capability)! + to - from);
  }
  const share = (capability: Capability) => (100 * seconds.get(capability)!) / (period.to - period.from);
  return [share("full"), share("partial"), share("low"), share("non")];
}

async function linkRows(reader: Reader, period: Span): Promise<{ row: LinkStatusRow; up: readonly Span[] }[]> {
  const links = await loadLinks(reader, period.from, period.to);
  const seconds = period.to - period.from;
  return [...Map.groupBy(links, ({ source }) => source)].map(([source, list]) => {
    const up = joinSpans(
      list.map(({ startTime, endTime }) => ({ from: startTime, to: endTime ?? period.to })),
      period,
    );
    const kilobits = (8 * list.reduce((sum, link) => sum + bytesWithin(link, period), 0)) / 1_000;
    const row: LinkStatusRow = {
      ...{ far: source, near: "IDC", kilobitsPerSec: NOMINAL_KBPS, isFullDuplex: true },
      upPercent: (100 * lengthOf(up)) / seconds,
      usedFromFar: kilobits / seconds / NOMINAL_KBPS,
      usedFromNear: 0,
      outages: gapsBetween(up, period),
    };
    return { row, up };
  });
}

/** Of a connection that began before the period or outlasted it the share of its time: when its bytes came is not noted. */
function bytesWithin({ startTime, endTime, bytes }: LinkRecord, { from, to }: Span): number {
  const end = endTime ?? to;
  const inside = Math.min(end, to) - Math.max(startTime, from);
  return end > startTime ? (bytes * inside) / (end - startTime) : 0;
}

function authenticationRow(sender: string, packets: readonly PacketRecord[]): AuthenticationStatusRow {
  const failed = packets.filter(({ refused }) => refused > 0);
  return {
    ...{ network: "", station: sender, channel: "", auxiliary: "" },
    tested: packets.reduce((sum, { verified, refused }) => sum + verified + refused, 0),
    failed: packets.reduce((sum, { refused }) => sum + refused, 0),
    failures: failed.map(({ startTime, endTime, receivedAt, detail }) => ({
      from: startTime ?? receivedAt,
      to: endTime ?? receivedAt,
      comment: detail,
    })),
  };
}

/** Opens a centre's database, which may be in use, and reports on a period. */
export async function readHealth(
  where: StoreOptions,
  period: Span,
  excuses: readonly LinkExcuse[] = [],
): Promise<NetworkHealth> {
  const store = await openStore(where);
  try {
    return await networkHealth(store.db, await loadStations(store.db), period, excuses);
  } finally {
    await store.close();
  }
}
