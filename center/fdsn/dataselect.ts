/** fdsnws-dataselect 1.1: miniSEED records of the archive. Whole pieces are given as they stand, the first and the last are cut at the sample. */
import { channelExtents, eachPiece, encodePiece, readPieces } from "@harken/store";
import type { FdsnAnswer, FdsnSources } from "./answer.ts";
import { type FdsnRequest, isTrue, numberOf, refuse, selectionNames, tooLarge, wordOf } from "./request.ts";
import { type Span, spansOf, type Taken, taken } from "./spans.ts";

export const dataselectParameters = [
  ...selectionNames,
  ...["quality", "minimumlength", "longestonly", "format", "nodata"],
] as const;

/** Samples of one answer, about a gigabyte. */
const MOST_SAMPLES = 1e9;

export async function dataselect(sources: FdsnSources, request: FdsnRequest): Promise<FdsnAnswer> {
  wordOf(request, "format", ["miniseed"]);
  const quality = wordOf(request, "quality", ["b", "d", "m", "r", "q"]);
  const minimumSec = numberOf(request, "minimumlength", 0, 0);
  const longestOnly = isTrue(request, "longestonly");
  if (request.selections.some(({ from, to }) => !Number.isFinite(from) || !Number.isFinite(to)))
    throw refuse("Give a starttime and an endtime.");
  // The archive holds one quality, D, the best that there is.
  if (quality === "r" || quality === "q") return null;
  const chosen = taken(await channelExtents(sources.store.db), request.selections);
  const samples = chosen.reduce((sum, { from, to, sampleRateHz }) => sum + (to - from) * sampleRateHz, 0);
  if (samples > MOST_SAMPLES) throw tooLarge(`up to ${Math.round(samples)} samples`, MOST_SAMPLES);
  const isWanted = minimumSec > 0 || longestOnly;
  const records = async function* () {
    for (const part of chosen)
      for (const window of isWanted ? await longSpans(sources, part, minimumSec, longestOnly) : [part])
        yield* recordsOf(sources, window);
  };
  return { type: "application/vnd.fdsn.mseed", chunks: records(), file: "fdsnws-dataselect.mseed" };
}

async function longSpans(sources: FdsnSources, { channel, from, to }: Taken, minimumSec: number, longestOnly: boolean) {
  const spans: Span[] = [];
  const length = (span: Span) => span.to - span.from;
  for await (const span of spansOf(sources.store.db, channel, from, to)) {
    if (length(span) < minimumSec) continue;
    if (!longestOnly) spans.push(span);
    else if (spans.length === 0 || length(span) > length(spans[0]!)) spans[0] = span;
  }
  return spans;
}

/** Times are said to the microsecond, and a share of an interval is no difference. */
const lastMoment = (to: number, sampleRateHz: number) => to + Math.max(1e-6, 1.5e-6 / sampleRateHz);

/** "On or before the specified end time": a sample at the end is given. */
async function* recordsOf(
  { store, archive }: FdsnSources,
  { channel, from, to }: Pick<Taken, "channel" | "from" | "to">,
): AsyncGenerator<Uint8Array> {
  for await (const { piece } of eachPiece(store.db, channel, from, to)) {
    const end = lastMoment(to, piece.sampleRateHz);
    if (piece.startTime >= from && piece.endTime < end) yield await archive.records(piece);
    else for (const segment of await readPieces(archive, [piece], from, end)) yield encodePiece(segment);
  }
}
