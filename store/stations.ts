/** Stations in the database: core's own definition kept whole, and CSS3.0 site and sitechan rows drawn from it. */
import { julianDate, type Station } from "@harken/core";
import type { Reader, Writer } from "./database.ts";
import type { Stamp } from "./mapping.ts";
import { allotIds, groupBy, insertRows } from "./rows.ts";
import { contentHash } from "./runs.ts";
import type { Row } from "./tables.ts";

/** `ondate` of a channel whose first day is not known. */
const UNKNOWN_ONDATE = 1_970_001;

function siteRows(station: Station, now: number): Row<"base_site">[] {
  return station.sites.map((site) => ({
    sta: site.code,
    ondate: UNKNOWN_ONDATE,
    lat: site.latitudeDeg,
    lon: site.longitudeDeg,
    elev: site.elevationKm,
    staname: station.name,
    statype: station.kind === "array" ? "ar" : "ss",
    refsta: station.code,
    dnorth: site.northKm,
    deast: site.eastKm,
    net: site.network,
    lddate: now,
  }));
}

function channelRows(station: Station, now: number): Omit<Row<"base_sitechan">, "chanid">[] {
  return station.channels.map((channel) => ({
    net: channel.id.network,
    sta: channel.id.station,
    loc: channel.id.location,
    chan: channel.id.channel,
    ondate: channel.startTime === null ? UNKNOWN_ONDATE : julianDate(channel.startTime),
    edepth: channel.depthKm,
    hang: channel.hangDeg,
    vang: channel.vangDeg,
    descrip: channel.instrument,
    lddate: now,
  }));
}

/** Stores the stations in the order given; those already there with the same content stay untouched. */
export async function putStations(writer: Writer, stations: readonly Station[], { runId, now }: Stamp): Promise<void> {
  const known = new Map(
    (await writer.selectFrom("base_station").select(["code", "contenthash"]).execute()).map((row) => [
      row.code,
      row.contenthash,
    ]),
  );
  for (const [ordinal, station] of stations.entries()) {
    const contenthash = contentHash(station);
    if (known.get(station.code) === contenthash) continue;
    const row = {
      code: station.code,
      network: station.network,
      ordinal,
      definition: JSON.stringify(station),
      contenthash,
      runid: runId,
      lddate: now,
    };
    await writer.deleteFrom("base_station").where("code", "=", station.code).execute();
    await insertRows(writer, "base_station", [row]);
    await putSites(writer, station, now);
  }
}

async function putSites(writer: Writer, station: Station, now: number): Promise<void> {
  const sites = [...groupBy(siteRows(station, now), (row) => row.sta).values()].map((rows) => rows[0]!);
  if (sites.length > 0) {
    await writer
      .deleteFrom("base_site")
      .where(
        "sta",
        "in",
        sites.map(({ sta }) => sta),
      )
      .execute();
  }
  await insertRows(writer, "base_site", sites);
  for (const channel of channelRows(station, now)) {
    const chanid = await allotIds(writer, "chanid", 1);
    const { edepth, hang, vang, descrip, lddate } = channel;
    await writer
      .insertInto("base_sitechan")
      .values({ chanid, ...channel })
      .onConflict((conflict) =>
        conflict.columns(["net", "sta", "loc", "chan", "ondate"]).doUpdateSet({ edepth, hang, vang, descrip, lddate }),
      )
      .execute();
  }
}

/** Every station, in the order in which they were given. */
export async function loadStations(reader: Reader): Promise<Station[]> {
  const rows = await reader
    .selectFrom("base_station")
    .select("definition")
    .orderBy("ordinal")
    .orderBy("code")
    .execute();
  return rows.map(({ definition }) => JSON.parse(definition) as Station);
}
