/**
 * The five layouts of DATA_TYPE ARRIVAL (IDC-3.4.1Rev1, tables of arrivals) as data, for the writer and the reader alike. Columns are counted from 1.
 *
 *     Net       Sta   BeamID          Date       Time      Phase     Azim  Slow   SNR       Amp   Per   STA   Dur Author       DetID
 *     IDC_SEIS  BBB   BP0.5_4.0    1996/08/16 03:41:40.523 P        256.3  16.2  13.4     228.6  0.33   4.5   0.2 IDC_REB   11618391
 */

export type ArrivalListing = "AUTOMATIC" | "REVIEWED" | "GROUPED" | "ASSOCIATED" | "UNASSOCIATED";

/** One line. Texts are "" and numbers null where the listing has no such column or the line leaves it blank. */
export interface ImsArrivalLine {
  readonly network: string;
  readonly station: string;
  readonly beam: string;
  readonly channel: string;
  readonly auxiliary: string;
  /** Epoch s. */
  readonly time: number;
  readonly phase: string;
  readonly azimuthDeg: number | null;
  readonly slownessSecPerDeg: number | null;
  readonly snr: number | null;
  readonly amplitudeNm: number | null;
  readonly periodSec: number | null;
  /** Short-term average and duration of the detection, as a detector gives them. */
  readonly shortTermAverage: number | null;
  readonly durationSec: number | null;
  /** Three letters: a or m, c, d or _, and i, e, q or _. */
  readonly quality: string;
  readonly group: string;
  readonly conflict: string;
  readonly deltaDeg: number | null;
  readonly eventStationAzimuthDeg: number | null;
  readonly timeResidualSec: number | null;
  readonly azimuthResidualDeg: number | null;
  readonly slownessResidualSecPerDeg: number | null;
  /** T, A and S or _ in the place of each. */
  readonly defining: string;
  readonly magnitudeType: string;
  readonly magnitude: number | null;
  readonly originId: string;
  readonly author: string;
  readonly id: string;
}

export type ArrivalColumn = {
  readonly field: keyof ImsArrivalLine;
  readonly from: number;
  readonly to: number;
  /** `number` of decimals for numbers, `left` and `right` for texts, `time` for date and time together. */
  readonly as: "left" | "right" | "time" | number;
};

type Short = readonly [field: keyof ImsArrivalLine, from: number, to: number, as: ArrivalColumn["as"]];
const columns = (...list: readonly Short[]): readonly ArrivalColumn[] =>
  list.map(([field, from, to, as]) => ({ field, from, to, as }));

const head: readonly Short[] = [
  ["network", 1, 9, "left"],
  ["station", 11, 15, "left"],
];

const detections = columns(
  ...head,
  ...([
    ["beam", 17, 28, "left"],
    ["time", 30, 52, "time"],
    ["phase", 54, 61, "left"],
    ["azimuthDeg", 63, 67, 1],
    ["slownessSecPerDeg", 69, 73, 1],
    ["snr", 75, 79, 1],
    ["amplitudeNm", 81, 89, 1],
    ["periodSec", 91, 95, 2],
    ["shortTermAverage", 97, 101, 1],
    ["durationSec", 103, 107, 1],
    ["author", 109, 117, "left"],
    ["id", 119, 126, "right"],
  ] satisfies Short[]),
);

const readings: readonly Short[] = [
  ...head,
  ["channel", 17, 19, "left"],
  ["auxiliary", 21, 24, "left"],
  ["time", 26, 48, "time"],
  ["phase", 50, 57, "left"],
  ["azimuthDeg", 59, 63, 1],
  ["slownessSecPerDeg", 65, 69, 1],
  ["snr", 71, 75, 1],
  ["amplitudeNm", 77, 85, 1],
  ["periodSec", 87, 91, 2],
  ["quality", 93, 95, "left"],
];

const associated = columns(
  ...head,
  ...([
    ["deltaDeg", 17, 22, 2],
    ["eventStationAzimuthDeg", 24, 28, 1],
    ["phase", 30, 37, "left"],
    ["time", 39, 61, "time"],
    ["timeResidualSec", 63, 67, 1],
    ["azimuthDeg", 69, 73, 1],
    ["azimuthResidualDeg", 75, 79, 1],
    ["slownessSecPerDeg", 81, 85, 1],
    ["slownessResidualSecPerDeg", 87, 91, 1],
    ["defining", 93, 95, "left"],
    ["snr", 97, 101, 1],
    ["amplitudeNm", 103, 111, 1],
    ["periodSec", 113, 117, 2],
    ["quality", 119, 121, "left"],
    ["magnitudeType", 123, 127, "left"],
    ["magnitude", 129, 132, 1],
    ["originId", 134, 141, "right"],
    ["author", 143, 151, "left"],
    ["id", 153, 160, "right"],
  ] satisfies Short[]),
);

const DETECTIONS_HEADER =
  "Net       Sta   BeamID          Date       Time      Phase     Azim  Slow   SNR       Amp   Per   STA   Dur Author       DetID";

export const arrivalLayouts: Readonly<
  Record<ArrivalListing, { readonly header: string; readonly columns: readonly ArrivalColumn[] }>
> = Object.freeze({
  AUTOMATIC: { header: DETECTIONS_HEADER, columns: detections },
  UNASSOCIATED: { header: DETECTIONS_HEADER, columns: detections },
  REVIEWED: {
    header:
      "Net       Sta  Chan Aux     Date      Time       Phase    Azim   Slow   SNR       Amp   Per Qual Author      ArrID",
    columns: columns(...readings, ["author", 97, 105, "left"], ["id", 107, 114, "right"]),
  },
  GROUPED: {
    header:
      "Net       Sta  Chan Aux     Date      Time       Phase    Azim   Slow   SNR       Amp   Per Qual   Group C Author       ArrID",
    columns: columns(
      ...readings,
      ["group", 97, 104, "right"],
      ["conflict", 106, 106, "left"],
      ["author", 108, 116, "left"],
      ["id", 118, 125, "right"],
    ),
  },
  ASSOCIATED: {
    header:
      "Net       Sta     Dist  EvAz Phase       Date       Time       TRes  Azim AzRes  Slow  SRes Def   SNR       Amp   Per Qual Magnitude   OrigID Author       ArrID",
    columns: associated,
  },
});
