/**
 * DATA_TYPE ARRIVAL in any of its listings.
 *
 *     const lines = writeArrivalSection("AUTOMATIC", arrivals.map((arrival) => arrivalLine(arrival, { id, network: "IM" })));
 */
import { type Arrival, imsTime } from "@harken/core";
import { fixed, left, right } from "../../columns.ts";
import { type ArrivalColumn, type ArrivalListing, arrivalLayouts, type ImsArrivalLine } from "./layout.ts";

export function writeArrivalSection(listing: ArrivalListing, lines: readonly ImsArrivalLine[]): string[] {
  const { header, columns } = arrivalLayouts[listing];
  return [`DATA_TYPE ARRIVAL:${listing} IMS1.0`, header, ...lines.map((line) => writeLine(line, columns))];
}

function writeLine(line: ImsArrivalLine, columns: readonly ArrivalColumn[]): string {
  let text = "";
  for (const { field, from, to, as } of columns) {
    const width = to - from + 1;
    const value = line[field];
    const cell =
      as === "time"
        ? imsTime(value as number)
        : as === "left"
          ? left(oneWord(value as string), width)
          : as === "right"
            ? right(oneWord(value as string), width)
            : fixed(value as number | null, width, as);
    text = text.padEnd(from - 1) + cell;
  }
  return text.trimEnd();
}

const oneWord = (text: string) => text.replace(/\s+/g, "_");

const blank: Omit<ImsArrivalLine, "station" | "time" | "id"> = Object.freeze({
  ...{ network: "", beam: "", channel: "", auxiliary: "", phase: "", author: "", originId: "" },
  ...{ azimuthDeg: null, slownessSecPerDeg: null, snr: null, amplitudeNm: null, periodSec: null },
  ...{ shortTermAverage: null, durationSec: null, quality: "___", group: "", conflict: "", deltaDeg: null },
  ...{ eventStationAzimuthDeg: null, timeResidualSec: null, azimuthResidualDeg: null },
  ...{ slownessResidualSecPerDeg: null, defining: "___", magnitudeType: "", magnitude: null },
});

/** What an arrival alone tells; the rest may be given. */
export function arrivalLine(
  arrival: Arrival,
  given: Pick<ImsArrivalLine, "id"> & Partial<ImsArrivalLine>,
): ImsArrivalLine {
  const amplitude = arrival.amplitudes.find(({ type }) => type !== "pressure");
  const { station, channel, time, phase, azimuthDeg, slownessSecPerDeg, snr, author } = arrival;
  return {
    ...blank,
    ...{
      station,
      beam: channel,
      channel: channel.slice(0, 3),
      time,
      phase,
      azimuthDeg,
      slownessSecPerDeg,
      snr,
      author,
    },
    ...{ amplitudeNm: amplitude?.amplitude ?? null, periodSec: amplitude?.periodSec ?? null },
    durationSec: arrival.features?.durationSec ?? null,
    quality: `_${arrival.firstMotion ?? "_"}_`,
    ...given,
  };
}
