/**
 * How capable a station is with the channels that work, and how available a link or a channel was.
 *
 * IDC-3.4.1Rev1, table 53: of an array the gain that is left, as the square root of the share of its elements: full from 90 per cent on, partial from 70, low with
 * any. Of a three-component station full is all, partial a vertical and a horizontal one, low any.
 */
import type { Station } from "@harken/core";

export const capabilities = ["full", "partial", "low", "non"] as const;
export type Capability = (typeof capabilities)[number];

const FULL_GAIN = 0.9;
const PARTIAL_GAIN = 0.7;

const isVertical = (channel: string) => channel.endsWith("Z");

/** `works` tells of each of the station's channels, in their order. */
export function capabilityOf(
  { kind, channels }: Pick<Station, "kind" | "channels">,
  works: readonly boolean[],
): Capability {
  const codes = channels.map(({ id }) => id.channel);
  const working = codes.filter((_, i) => works[i]);
  if (working.length === 0) return "non";
  if (kind === "3c") {
    if (working.length === codes.length) return "full";
    return working.some(isVertical) && working.some((code) => !isVertical(code)) ? "partial" : "low";
  }
  // An array's beams are those of its vertical channels; where there are none, as of microbarometers, of all.
  const hasVertical = codes.some(isVertical);
  const [elements, left] = [codes, working].map((list) => (hasVertical ? list.filter(isVertical) : list).length);
  const gain = Math.sqrt(left! / elements!);
  return gain >= FULL_GAIN ? "full" : gain >= PARTIAL_GAIN ? "partial" : "low";
}

/** A stretch of time, epoch s. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Spans in order, those that touch or overlap joined, cut to the period. */
export function joinSpans(spans: readonly Span[], period: Span, toleranceSec = 0): Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const [start, end] = [Math.max(from, period.from), Math.min(to, period.to)];
    if (end <= start) continue;
    const last = joined.at(-1);
    if (last && start <= last.to + toleranceSec) last.to = Math.max(last.to, end);
    else joined.push({ from: start, to: end });
  }
  return joined;
}

/** What of the period no span covers; `joined` as `joinSpans` gives them. */
export function gapsBetween(joined: readonly Span[], period: Span): Span[] {
  const edges = [period.from, ...joined.flatMap(({ from, to }) => [from, to]), period.to];
  return Array.from({ length: edges.length / 2 }, (_, i) => ({ from: edges[2 * i]!, to: edges[2 * i + 1]! })).filter(
    ({ from, to }) => to > from,
  );
}

export const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + (to - from), 0);

/** An outage that does not count in the adjusted figure, with why. */
export interface ExcusedOutage extends Span {
  readonly reason: string;
}

export interface Availability {
  /** Time up over the whole period. */
  readonly absolutePercent: number;
  /** Time up over the period without the outages that have a recorded reason. No document states the formula; this is ours. */
  readonly adjustedPercent: number;
  readonly reasons: readonly string[];
}

/** Of a period of any length; twelve months rolling are twelve months. */
export function availabilityOf(up: readonly Span[], period: Span, excused: readonly ExcusedOutage[]): Availability {
  const joined = joinSpans(up, period);
  const down = gapsBetween(joined, period);
  const forgiven = lengthOf(
    joinSpans(excused, period).flatMap(({ from, to }) =>
      down
        .map((gap) => ({ from: Math.max(from, gap.from), to: Math.min(to, gap.to) }))
        .filter((span) => span.to > span.from),
    ),
  );
  const whole = period.to - period.from;
  const upSec = lengthOf(joined);
  return {
    absolutePercent: (100 * upSec) / whole,
    adjustedPercent: whole > forgiven ? (100 * upSec) / (whole - forgiven) : 100,
    reasons: excused.map(({ reason }) => reason),
  };
}
