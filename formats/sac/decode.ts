/**
 * SAC, one trace to a file. SAC manual, "SAC Data File Format", header versions 6 and 7, binary in both byte orders and alphanumeric.
 *
 *     const [trace] = decodeSac(bytes).items;
 *     trace?.segments; // one, or several when samples are not numbers
 */
import {
  type Channel,
  type Decoded,
  defaultLimits,
  type Limits,
  ProblemList,
  type WaveformSegment,
} from "@harken/core";
import { finiteStretches } from "../finite.ts";
import { byteOrder, readBinary } from "./binary.ts";
import { channelIdOf, channelOf, notATimeSeries, rateOf, startTimeOf } from "./interpret.ts";
import { readText } from "./text.ts";

export interface SacTrace {
  readonly segments: readonly WaveformSegment[];
  /** Null when the header gives no coordinates. */
  readonly channel: Channel | null;
}

/** At most one item; none when the bytes are not SAC. */
export function decodeSac(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<SacTrace> {
  const problems = new ProblemList(limits.maxProblems);
  const order = byteOrder(bytes);
  const contents = order ? readBinary(bytes, order, limits, problems) : readText(bytes, limits, problems);
  if (!contents) {
    problems.error("sac.no-header", "The bytes hold no SAC header of version 6 or 7.");
    return { items: [], problems: problems.list(), consumed: 0 };
  }
  const { header, samples, consumed } = contents;
  const id = channelIdOf(header, problems);
  const otherKind = notATimeSeries(header);
  if (otherKind)
    problems.error(
      "sac.not-a-time-series",
      `The file is not an evenly sampled time series: ${otherKind}; its samples were left out.`,
    );
  const rate = otherKind ? null : rateOf(header, samples.length, problems);
  let segments: readonly WaveformSegment[] = [];
  if (rate !== null && samples.length > 0) {
    const startTime = startTimeOf(header, problems);
    const stretches = finiteStretches({ channel: id, startTime, sampleRateHz: rate, samples }, limits.maxItems);
    segments = stretches.segments;
    if (stretches.dropped > 0)
      problems.error(
        "sac.not-a-number",
        `${stretches.dropped} samples are not finite numbers; they were left out as gaps.`,
      );
  }
  return { items: [{ segments, channel: channelOf(header, id, rate, problems) }], problems: problems.list(), consumed };
}
