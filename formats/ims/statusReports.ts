/**
 * The four status reports of IMS1.0 (IDC-3.4.1Rev1): STA_STATUS, CHAN_STATUS, COMM_STATUS, AUTH_STATUS, in the columns of its tables. What stands in them is
 * counted elsewhere. AUTH_STATUS: the table prints columns 22-40 for the packets tested, which overlap the auxiliary code in 21-24; they stand in 33-40
 * here, under the table's own heading.
 */
import { imsTime, mean, median } from "@harken/core";
import { fixed, left, right } from "../columns.ts";

export interface ReportPeriod {
  /** Epoch s. */
  readonly from: number;
  readonly to: number;
}

export interface StationStatusRow {
  readonly network: string;
  readonly station: string;
  readonly channels: number;
  /** Shares of the period in which the station was fully, partly, little and not capable, per cent. */
  readonly capability: readonly [full: number, partial: number, low: number, non: number];
  /** Time for which data were expected, s. */
  readonly expectedSec: number;
  readonly availablePercent: number;
  /** null when nothing came. */
  readonly medianDelaySec: number | null;
}

export interface ChannelStatusRow {
  readonly network: string;
  readonly station: string;
  readonly channel: string;
  readonly auxiliary: string;
  readonly expectedSec: number;
  readonly availablePercent: number;
  /** Lengths of the gaps, s. */
  readonly gapsSec: readonly number[];
  /** Delays of the packets, s. */
  readonly delaysSec: readonly number[];
}

export interface LinkStatusRow {
  readonly far: string;
  readonly near: string;
  readonly kilobitsPerSec: number;
  readonly isFullDuplex: boolean;
  readonly upPercent: number;
  /** Shares of the link's rate that were used, from the far end and from the near one, 0 to 1. */
  readonly usedFromFar: number;
  readonly usedFromNear: number;
  readonly outages: readonly ReportPeriod[];
}

export interface AuthenticationStatusRow {
  readonly network: string;
  readonly station: string;
  readonly channel: string;
  readonly auxiliary: string;
  readonly tested: number;
  readonly failed: number;
  readonly failures: readonly (ReportPeriod & { readonly comment: string })[];
}

export const periodLine = ({ from, to }: ReportPeriod, digits = 1): string =>
  `Report period from ${imsTime(from, digits)} to ${imsTime(to, digits)}`;

/** `ddd hh:mm:ss.s` */
function dayTime(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const days = Math.floor(tenths / 864_000);
  const rest = tenths - days * 864_000;
  return `${String(days).padStart(3, "0")} ${clock(Math.floor(rest / 10))}.${rest % 10}`;
}

/** `hh:mm:ss`, hours up to 99. */
function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `hhh:mm:ss`, with a sign in place of the first digit where a station's clock was ahead; blanks for null. */
function hours(seconds: number | null): string {
  if (seconds === null) return "";
  const whole = Math.round(seconds);
  return whole < 0 ? `-${clock(-whole)}` : clock(whole).padStart(9, "0");
}

/** Puts texts at columns counted from 1. */
export function placed(...texts: readonly (readonly [from: number, text: string])[]): string {
  let line = "";
  for (const [from, text] of texts) line = line.padEnd(from - 1).slice(0, from - 1) + text;
  return line.trimEnd();
}

export function writeStationStatus(period: ReportPeriod, rows: readonly StationStatusRow[]): string[] {
  return [
    "DATA_TYPE STA_STATUS IMS1.0",
    periodLine(period),
    "",
    "Station Capability",
    "Net       Sta   Ch   Full   Part    Low    Non   Exp. Time    Avail   Med. Delay  Att Suc Pnd",
    ...rows.map(({ network, station, channels, capability, expectedSec, availablePercent, medianDelaySec }) =>
      placed(
        [1, left(network, 9)],
        [11, left(station, 5)],
        [17, right(String(channels), 2)],
        ...capability.map((share, i) => [20 + 8 * i, fixed(share, 7, 3)] as const),
        [52, right(dayTime(expectedSec).slice(0, 12), 12)],
        [65, fixed(availablePercent, 7, 3)],
        [73, right(hours(medianDelaySec), 11)],
      ),
    ),
  ];
}

export function writeChannelStatus(period: ReportPeriod, rows: readonly ChannelStatusRow[]): string[] {
  const name = ({ network, station, channel, auxiliary }: ChannelStatusRow) =>
    [
      [1, left(network, 9)],
      [11, left(station, 5)],
      [18, left(channel, 3)],
      [22, left(auxiliary, 4)],
    ] as const;
  const three = (values: readonly number[]) => {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted.length === 0 ? [null, null, null] : [median(sorted), sorted[0]!, sorted.at(-1)!];
  };
  return [
    "DATA_TYPE CHAN_STATUS IMS1.0",
    periodLine(period),
    "",
    "Data Availability Statistics",
    "Net       Sta    Chan Aux     Exp. Time   % Avail  Gaps   Median       Min        Max",
    ...rows.map((row) => {
      const [middle, least, most] = three(row.gapsSec);
      return placed(
        ...name(row),
        [29, right(dayTime(row.expectedSec).slice(0, 12), 12)],
        [46, fixed(row.availablePercent, 7, 3)],
        [54, right(String(row.gapsSec.length), 5)],
        [61, hours(middle!)],
        [72, hours(least!)],
        [83, hours(most!)],
      );
    }),
    "",
    "Data Timeliness Statistics",
    "Net       Sta    Chan Aux    Exp. Time     Median     Mean       Std. Dev.  Min        Max",
    ...rows.map((row) => {
      const [middle, least, most] = three(row.delaysSec);
      const { average, deviation } = momentsOf(row.delaysSec);
      return placed(
        ...name(row),
        [28, right(dayTime(row.expectedSec).slice(0, 12), 12)],
        [42, hours(middle!)],
        [53, hours(average)],
        [64, hours(deviation)],
        [75, hours(least!)],
        [86, hours(most!)],
      );
    }),
  ];
}

export function writeLinkStatus(period: ReportPeriod, rows: readonly LinkStatusRow[], isVerbose = false): string[] {
  const lines = [
    "DATA_TYPE COMM_STATUS IMS1.0",
    periodLine(period),
    "",
    "Link                   Nom. kbps  Mode  % Up  From      Util  From      Util",
    ...rows.map(({ far, near, kilobitsPerSec, isFullDuplex, upPercent, usedFromFar, usedFromNear }) =>
      placed(
        [1, left(far, 9)],
        [11, "-"],
        [13, left(near, 9)],
        [24, fixed(kilobitsPerSec, 6, 1)],
        [32, isFullDuplex ? "full" : "half"],
        [37, fixed(upPercent, 5, 1)],
        [44, left(far, 9)],
        [54, fixed(usedFromFar, 4, 2)],
        [60, left(near, 9)],
        [70, fixed(usedFromNear, 4, 2)],
      ),
    ),
  ];
  if (!isVerbose) return lines;
  for (const { far, near, outages } of rows)
    lines.push(
      "",
      `Link outages ${far} - ${near}`,
      "From                   Through                Duration",
      ...outages.map(({ from, to }) => placed([1, imsTime(from, 1)], [24, imsTime(to, 1)], [47, dayTime(to - from)])),
    );
  return lines;
}

export function writeAuthenticationStatus(period: ReportPeriod, rows: readonly AuthenticationStatusRow[]): string[] {
  return [
    "DATA_TYPE AUTH_STATUS IMS1.0",
    periodLine(period),
    "",
    "Net       Sta   Chan Aux    Packets Tested  Packets Failed",
    ...rows.map(({ network, station, channel, auxiliary, tested, failed }) =>
      placed(
        [1, left(network, 9)],
        [11, left(station, 5)],
        [17, left(channel, 3)],
        [21, left(auxiliary, 4)],
        [33, right(String(tested), 8)],
        [49, right(String(failed), 8)],
      ),
    ),
    ...(rows.some(({ failures }) => failures.length > 0)
      ? [
          "",
          "Failed Packet Intervals",
          "Net       Sta   Chan Aux  Start Time             End Time               Comment",
        ]
      : []),
    ...rows.flatMap(({ network, station, channel, auxiliary, failures }) =>
      failures.map(({ from, to, comment }) =>
        placed(
          [1, left(network, 9)],
          [11, left(station, 5)],
          [17, left(channel, 3)],
          [21, left(auxiliary, 4)],
          [26, imsTime(from, 1)],
          [49, imsTime(to, 1)],
          [71, left(comment, 62)],
        ),
      ),
    ),
  ];
}

/** Of all packets of the period, hence n and not n - 1. */
function momentsOf(values: readonly number[]): { average: number | null; deviation: number | null } {
  if (values.length === 0) return { average: null, deviation: null };
  const average = mean(values);
  return { average, deviation: Math.sqrt(mean(values.map((value) => (value - average) ** 2))) };
}
