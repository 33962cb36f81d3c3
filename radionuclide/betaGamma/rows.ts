/** A measurement's counts in the six rows of the response, from its regions in channels. */
import type { PulseHeightData } from "@harken/core";
import type { RowCounts } from "./netCounts.ts";
import { type EditedRegions, noRegionEdits } from "./regionEdits.ts";
import { channelRegions, countsIn, intersection } from "./regions.ts";
import { SIZE, type XrayParts } from "./response.ts";

export interface RegionCount {
  readonly region: number;
  readonly gross: number;
}

export interface Measured {
  readonly counts: RowCounts;
  readonly gross: readonly RegionCount[];
}

/** Counts of a message in the six rows; regions by another message where a background tells none. */
export function measured(
  data: PulseHeightData,
  parts: XrayParts,
  calibration: PulseHeightData,
  edited: Pick<EditedRegions, "limits" | "gross"> = noRegionEdits,
): Measured | string {
  const { histogram, acquisition } = data;
  if (!histogram) return "there is no histogram";
  if (!acquisition) return "there is no acquisition time";
  const stated = channelRegions(data.regions.length + data.channelRegions.length > 0 ? data : calibration);
  if (typeof stated === "string") return stated;
  const regions = new Map([...stated].map(([region, limits]) => [region, edited.limits.get(region) ?? limits]));
  const rows = [[1], [2], [3], parts, [5], [6]];
  const absent = rows.flat().find((region) => !regions.has(region));
  if (absent !== undefined) return `region ${absent} is not defined`;
  const rectangles = rows.map((row) => row.map((region) => regions.get(region)!));
  const shared = new Float64Array(SIZE * SIZE);
  rectangles.forEach((a, i) => {
    rectangles.forEach((b, j) => {
      for (const p of a)
        for (const q of b) if (i !== j || p === q) shared[i * SIZE + j]! += countsIn(histogram, intersection(p, q));
    });
  });
  const grossOf = (region: number) => edited.gross.get(region) ?? countsIn(histogram, regions.get(region)!);
  rows.forEach((row, i) => {
    for (const region of row) shared[i * SIZE + i]! += grossOf(region) - countsIn(histogram, regions.get(region)!);
  });
  const gross = Float64Array.from({ length: SIZE }, (_, i) => shared[i * SIZE + i]!);
  return {
    counts: {
      startTime: acquisition.startTime,
      realSec: acquisition.realSec,
      liveSec: acquisition.liveSec,
      gross,
      shared,
    },
    gross: [...regions.keys()].map((region) => ({ region, gross: grossOf(region) })),
  };
}
