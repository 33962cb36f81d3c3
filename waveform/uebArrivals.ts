/** For tests: the arrivals and the network of the IDC's bulletin of 2010-05-20, as an associator takes them. */
import type { Amplitude, Arrival, Station } from "@harken/core";
import type { UebTables } from "./testTables.ts";

/** CSS3.0 writes -1 and -999 for what was not measured. */
const measured = (value: number) => (value > 0 ? value : null);
export const isSeismic = (code: string) => !/^[HI]\d/.test(code);

/** Stations that reported, and all of the primary network. */
export function uebNetwork(tables: UebTables, affiliation: string): Station[] {
  const roles = new Map<string, "primary" | "auxiliary">();
  for (const line of affiliation.split("\n")) {
    const [network, code] = line.trim().split(/\s+/);
    if (network === "IMS_PRI" || network === "IMS_AUX")
      roles.set(code!, network === "IMS_PRI" ? "primary" : "auxiliary");
  }
  const codes = new Set([
    ...[...tables.arrivals.values()].map(({ sta }) => sta),
    ...[...roles].filter(([, role]) => role === "primary").map(([code]) => code),
  ]);
  return [...codes].filter(isSeismic).flatMap((code): Station[] => {
    const site = tables.sites.get(code);
    if (!site) return [];
    return [
      {
        ...{ code, network: "IM", name: code, technology: "seismic", role: roles.get(code) ?? null },
        kind: site.statype === "ar" ? "array" : "3c",
        ...{ latitudeDeg: site.lat, longitudeDeg: site.lon, elevationKm: site.elev, sites: [], channels: [] },
      },
    ];
  });
}

export function uebArrivals(tables: UebTables): Arrival[] {
  const amplitudes = new Map<number, Amplitude>();
  for (const { arid, amp, per, time, amptype } of tables.amplitudes.values()) {
    if (arid < 0 || !amptype.startsWith("A5/2")) continue;
    const channel = { network: "", station: "", location: "", channel: "" };
    amplitudes.set(arid, { type: "A5/2", channel, time, amplitude: amp, periodSec: per, clipped: false });
  }
  return [...tables.arrivals.values()].map((row): Arrival => {
    const amplitude = amplitudes.get(row.arid);
    return {
      ...{ key: String(row.arid), station: row.sta, channel: "", time: row.time, phase: row.iphase },
      timeErrorSec: measured(row.deltim) ?? 1,
      azimuthDeg: row.azimuth >= 0 ? row.azimuth : null,
      azimuthErrorDeg: measured(row.delaz),
      slownessSecPerDeg: measured(row.slow),
      slownessErrorSecPerDeg: measured(row.delslo),
      snr: measured(row.snr),
      amplitudes: amplitude ? [amplitude] : [],
      ...{ firstMotion: null, rectilinearity: null, incidenceDeg: null, frequencyHz: null, fkQuality: null },
      author: "IDC",
    };
  });
}
