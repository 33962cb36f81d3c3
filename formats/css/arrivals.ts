/** Arrivals with their amplitudes from the tables arrival and amplitude. */
import type { Amplitude, Arrival } from "@harken/core";
import { firstMotionOf } from "./letters.ts";
import type { CssRow, CssTables } from "./schema.ts";

/** Where a file states no standard deviation of the onset, a cautious one, s. */
const UNKNOWN_TIME_ERROR_SEC = 1;

const amplitudeTypes = new Map<string, Amplitude["type"]>(
  (["A5/2", "ALR/2", "ANP/2", "ANL/2", "ML", "pressure"] as const).map((type) => [type.toUpperCase(), type]),
);

export const arrivalKey = (arid: number) => `arid-${arid}`;

/** By arid; a row without an arid, a station or a time is none. */
export function arrivalsFromCss({ arrival = [], amplitude = [] }: CssTables): ReadonlyMap<number, Arrival> {
  const amplitudes = new Map<number, CssRow<"amplitude">[]>();
  for (const row of amplitude) {
    if (row.arid === null) continue;
    const list = amplitudes.get(row.arid);
    if (list) list.push(row);
    else amplitudes.set(row.arid, [row]);
  }
  const arrivals = new Map<number, Arrival>();
  for (const row of arrival) {
    const { arid, sta, time } = row;
    if (arid === null || sta === null || time === null || arrivals.has(arid)) continue;
    arrivals.set(arid, {
      key: arrivalKey(arid),
      station: sta,
      channel: row.chan ?? "",
      time,
      timeErrorSec: row.deltim ?? UNKNOWN_TIME_ERROR_SEC,
      phase: row.iphase ?? "",
      azimuthDeg: row.azimuth,
      azimuthErrorDeg: row.delaz,
      slownessSecPerDeg: row.slow,
      slownessErrorSecPerDeg: row.delslo,
      snr: row.snr,
      amplitudes: amplitudesOf(row, sta, time, amplitudes.get(arid) ?? []),
      firstMotion: firstMotionOf(row.fm),
      rectilinearity: row.rect,
      incidenceDeg: row.ema,
      frequencyHz: null,
      fkQuality: null,
      author: row.auth ?? "",
    });
  }
  return arrivals;
}

/** What the table arrival carries itself is the A5/2 of the detecting beam; rows of the table amplitude say it better where they are. */
function amplitudesOf(
  arrival: CssRow<"arrival">,
  station: string,
  time: number,
  rows: readonly CssRow<"amplitude">[],
): readonly Amplitude[] {
  const channel = (code: string | null) => ({ network: "", station, location: "", channel: code ?? "" });
  const found = rows.flatMap((row): Amplitude[] => {
    const type = amplitudeTypes.get(row.amptype?.toUpperCase() ?? "");
    if (!type || row.amp === null || row.per === null || !isUnitOf(type, row.units)) return [];
    const measured = { amplitude: row.amp, periodSec: row.per, clipped: row.clip?.toLowerCase() === "c" };
    return [{ type, channel: channel(row.chan), time: row.amptime ?? time, ...measured }];
  });
  if (found.length > 0 || arrival.amp === null || arrival.per === null) return found;
  const clipped = arrival.clip?.toLowerCase() === "c";
  return [
    { type: "A5/2", channel: channel(arrival.chan), time, amplitude: arrival.amp, periodSec: arrival.per, clipped },
  ];
}

const isUnitOf = (type: Amplitude["type"], units: string | null) =>
  units === null || units.toLowerCase() === (type === "pressure" ? "pa" : "nm");
