/** Stations as rows of the tables site and sitechan. */
import { julianDate, type Station } from "@harken/core";
import type { CssRow } from "./schema.ts";

/** statype: ar array, ss single site. Rows without a known start are open at both ends. */
export function stationTables(stations: readonly Station[]): {
  readonly site: readonly CssRow<"site">[];
  readonly sitechan: readonly CssRow<"sitechan">[];
} {
  const site: CssRow<"site">[] = [];
  const sitechan: CssRow<"sitechan">[] = [];
  for (const station of stations) {
    const { code: refsta, name, latitudeDeg, longitudeDeg, elevationKm } = station;
    const isArray = station.kind === "array";
    const reference = { code: refsta, latitudeDeg, longitudeDeg, elevationKm, northKm: 0, eastKm: 0 };
    const known = station.sites.some(({ code }) => code === refsta);
    for (const place of known ? station.sites : [reference, ...station.sites])
      site.push({
        sta: place.code,
        ondate: null,
        offdate: null,
        lat: place.latitudeDeg,
        lon: place.longitudeDeg,
        elev: place.elevationKm,
        staname: name.replaceAll(" ", "_"),
        statype: isArray && place.code === refsta ? "ar" : "ss",
        refsta,
        dnorth: place.northKm,
        deast: place.eastKm,
        lddate: null,
      });
    for (const channel of station.channels)
      sitechan.push({
        sta: channel.id.station,
        chan: channel.id.channel,
        ondate: channel.startTime === null ? null : julianDate(channel.startTime),
        chanid: sitechan.length + 1,
        offdate: channel.endTime === null ? null : julianDate(channel.endTime),
        ctype: "n",
        edepth: channel.depthKm,
        hang: channel.hangDeg,
        vang: channel.vangDeg,
        descrip: channel.instrument,
        lddate: null,
      });
  }
  return { site, sitechan };
}
