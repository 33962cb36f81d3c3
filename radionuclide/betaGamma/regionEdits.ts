/**
 * Regions of the coincidence plane as an analyst wants them: other limits, which hold for the sample and its backgrounds alike, or other counts of the
 * sample. Efficiencies and ratios stay those of the station's own regions, which the remarks tell.
 */
import type { PulseHeightData, RegionEdit } from "@harken/core";
import type { RefusedEdit } from "../gamma/peakEdits.ts";
import { type ChannelRegion, channelRegions } from "./regions.ts";

export interface EditedRegions {
  readonly limits: ReadonlyMap<number, ChannelRegion>;
  readonly gross: ReadonlyMap<number, number>;
  readonly refused: readonly RefusedEdit<RegionEdit>[];
  readonly remarks: readonly string[];
}

export const noRegionEdits: EditedRegions = { limits: new Map(), gross: new Map(), refused: [], remarks: [] };

export function editRegions(sample: PulseHeightData, edits: readonly RegionEdit[]): EditedRegions {
  if (edits.length === 0) return noRegionEdits;
  const limits = new Map<number, ChannelRegion>();
  const gross = new Map<number, number>();
  const refused: RefusedEdit<RegionEdit>[] = [];
  for (const edit of edits) {
    const reason = reasonAgainst(edit, sample);
    if (reason !== null) refused.push({ edit, reason });
    else if (edit.kind === "regionCounts") gross.set(edit.region, edit.gross);
    else {
      const { betaFrom, betaTo, gammaFrom, gammaTo } = edit;
      limits.set(edit.region, { betaFrom, betaTo, gammaFrom, gammaTo });
      // Counts that were given belong to the limits before.
      gross.delete(edit.region);
    }
  }
  const remarks = [
    ...[...limits.keys()].map(
      (region) => `the limits of region ${region} are the analyst's; its efficiency and ratios are the station's`,
    ),
    ...[...gross].map(([region, counts]) => `the counts of region ${region}, ${counts}, are the analyst's`),
    ...refused.map(({ edit, reason }) => `the edit ${edit.kind} was left out: ${reason}`),
  ];
  return { limits, gross, refused, remarks };
}

function reasonAgainst(edit: RegionEdit, sample: PulseHeightData): string | null {
  const { histogram } = sample;
  if (!histogram) return "there is no histogram";
  const regions = channelRegions(sample);
  if (typeof regions === "string") return regions;
  if (!regions.has(edit.region)) return `region ${edit.region} is not defined`;
  if (edit.kind === "regionCounts")
    return Number.isFinite(edit.gross) && edit.gross >= 0 ? null : "counts are a number that is not negative";
  const { betaFrom, betaTo, gammaFrom, gammaTo } = edit;
  const isWithin = (from: number, to: number, channels: number) =>
    Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= channels;
  return isWithin(betaFrom, betaTo, histogram.betaChannels) && isWithin(gammaFrom, gammaTo, histogram.gammaChannels)
    ? null
    : "the limits are no rectangle of whole channels within the histogram";
}
