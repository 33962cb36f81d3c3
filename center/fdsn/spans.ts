/** Stretches of the archive without a gap, drawn from its index alone. */
import { type ChannelId, channelKey } from "@harken/core";
import { type ChannelExtent, eachPiece, type Reader } from "@harken/store";
import { type Selection, selects } from "./request.ts";

export interface Span {
  readonly channel: ChannelId;
  readonly sampleRateHz: number;
  /** Times of the first and the last sample, epoch s, within the window asked for. */
  readonly from: number;
  readonly to: number;
  /** When the newest of it was archived, epoch s. */
  readonly updatedAt: number;
}

/** How far a sample may stand from where the one before leads to expect it, in intervals, to go on without a gap. */
const TOLERANCE_SAMPLES = 0.5;

export interface SpanRule {
  /** Gaps up to this long do not part spans. */
  readonly mergeGapSec: number;
  readonly mergeRates: boolean;
}

/** The spans of a channel within [from, to], cut to it, in order of time. */
export async function* spansOf(
  reader: Reader,
  channel: ChannelId,
  from: number,
  to: number,
  { mergeGapSec, mergeRates }: SpanRule = { mergeGapSec: 0, mergeRates: false },
): AsyncGenerator<Span> {
  let open = null as Span | null;
  for await (const { piece, archivedAt } of eachPiece(reader, channel, from, to)) {
    const { sampleRateHz, startTime, endTime } = piece;
    if (startTime > to) break;
    const next: Span = {
      ...{ channel, sampleRateHz, updatedAt: archivedAt },
      from: Math.max(from, startTime),
      to: Math.min(to, endTime),
    };
    const within = open && startTime - open.to <= Math.max(mergeGapSec, (1 + TOLERANCE_SAMPLES) / open.sampleRateHz);
    if (open && within && (mergeRates || open.sampleRateHz === sampleRateHz))
      open = { ...open, to: Math.max(open.to, next.to), updatedAt: Math.max(open.updatedAt, archivedAt) };
    else {
      if (open) yield open;
      open = next;
    }
  }
  if (open) yield open;
}

/** What a selection takes of the archive: each channel once, with the time that both have. */
export interface Taken {
  readonly channel: ChannelId;
  readonly sampleRateHz: number;
  readonly from: number;
  readonly to: number;
}

/** Both ends are samples' times or those asked for, and belong to it. */
export function taken(extents: readonly ChannelExtent[], selections: readonly Selection[]): Taken[] {
  return selections.flatMap((selection) => {
    const chosen = extents.filter(
      ({ channel, startTime, endTime }) =>
        startTime <= selection.to && endTime >= selection.from && selects(selection, channel),
    );
    return [...Map.groupBy(chosen, ({ channel }) => channelKey(channel)).values()].map((same) => ({
      channel: same[0]!.channel,
      sampleRateHz: Math.max(...same.map(({ sampleRateHz }) => sampleRateHz)),
      from: Math.max(selection.from, Math.min(...same.map(({ startTime }) => startTime))),
      to: Math.min(selection.to, Math.max(...same.map(({ endTime }) => endTime))),
    }));
  });
}
