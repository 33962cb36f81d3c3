/** Origins and arrivals in words and columns, as the commands print them. */
import { type Arrival, isoTime, type Origin } from "@harken/core";
import { mainAmplitude } from "./bulletinJson.ts";
import { type Column, formatTable } from "./table.ts";

const observed: readonly Column<{ readonly arrival: Arrival }>[] = [
  { title: "azim", value: ({ arrival }) => arrival.azimuthDeg, digits: 1 },
  { title: "slow", value: ({ arrival }) => arrival.slownessSecPerDeg, digits: 1 },
  { title: "snr", value: ({ arrival }) => arrival.snr, digits: 1 },
  { title: "amp nm", value: ({ arrival }) => mainAmplitude(arrival).amplitude, digits: 1 },
  { title: "per s", value: ({ arrival }) => mainAmplitude(arrival).period, digits: 2 },
];

export function originLines(origin: Origin, arrivals: ReadonlyMap<string, Arrival>): string[] {
  const { error } = origin;
  const magnitudes = origin.magnitudes
    .map(({ type, value, stationCount }) => `${type} ${value.toFixed(1)} (${stationCount})`)
    .join(", ");
  const ellipse = error
    ? `, ${Math.round(100 * error.confidence)} % ellipse ${error.semiMajorKm.toFixed(1)} x ${error.semiMinorKm.toFixed(1)} km at ${error.strikeDeg.toFixed(0)} deg`
    : "";
  const rows = origin.associations.flatMap((association) => {
    const arrival = arrivals.get(association.arrivalKey);
    return arrival ? [{ association, arrival }] : [];
  });
  rows.sort((one, other) => one.arrival.time - other.arrival.time);
  return [
    `${isoTime(origin.time, 2)}  ${origin.latitudeDeg.toFixed(3)} ${origin.longitudeDeg.toFixed(3)}  depth ${origin.depthKm.toFixed(1)} km (${origin.depthType})${ellipse}`,
    `  ${origin.stationCount} stations, ${origin.definingCount} defining, gap ${origin.azimuthGapDeg.toFixed(0)} deg, rms ${origin.rmsResidualSec.toFixed(2)} s  ${magnitudes}`.trimEnd(),
    ...origin.remarks.map((remark) => `  ${remark}`),
    formatTable(rows, [
      { title: "  station", value: ({ association }) => `  ${association.station}` },
      { title: "phase", value: ({ association }) => association.phase },
      { title: "time", value: ({ arrival }) => isoTime(arrival.time, 2).slice(11, -1) },
      { title: "dist", value: ({ association }) => association.deltaDeg, digits: 2 },
      ...observed,
      { title: "residual", value: ({ association }) => association.timeResidualSec, digits: 2 },
      {
        title: "def",
        value: ({ association: a }) =>
          `${a.timeDefining ? "T" : "_"}${a.azimuthDefining ? "A" : "_"}${a.slownessDefining ? "S" : "_"}`,
      },
    ]),
  ];
}

/** Arrivals without an event, in order of time, the first `most` of them. */
export function arrivalLines(arrivals: readonly Arrival[], most: number): string[] {
  const rows = arrivals
    .toSorted((one, other) => one.time - other.time)
    .slice(0, most)
    .map((arrival) => ({ arrival }));
  if (rows.length === 0) return [];
  const table = formatTable(rows, [
    { title: "  station", value: ({ arrival }) => `  ${arrival.station}` },
    { title: "phase", value: ({ arrival }) => arrival.phase },
    { title: "time", value: ({ arrival }) => isoTime(arrival.time, 2) },
    ...observed,
  ]);
  return [table, ...(arrivals.length > most ? [`  and ${arrivals.length - most} more (--json lists all)`] : [])];
}
