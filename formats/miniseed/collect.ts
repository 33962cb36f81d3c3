/**
 * Records in, segments out: each channel's records are decoded straight into one growing array for as long as each continues the one
 * before. What comes out of order begins a new segment and is put in its place by `mergeSegments`.
 */
import type { ChannelId, Limits, ProblemList, Samples, WaveformSegment } from "@harken/core";
import { finiteStretches } from "../finite.ts";
import { encoding, encodings, mostSamples, type SampleKind } from "./encodings.ts";
import { leapParts } from "./leapSecond.ts";
import type { DataRecord } from "./record.ts";
import { decodePayload, type PayloadFault } from "./samples.ts";
import { STEIM_OVERRUN } from "./steim.ts";

/** A record continues a run when it begins within this share of a sample interval of where the next sample is due. */
const JOIN_TOLERANCE = 0.5;
const RATE_TOLERANCE = 1e-4;

const arrays = { int32: Int32Array, float32: Float32Array, float64: Float64Array } as const;

interface Run {
  readonly channel: ChannelId;
  readonly kind: SampleKind;
  readonly startTime: number;
  readonly sampleRateHz: number;
  samples: Samples;
  length: number;
}

export class SegmentCollector {
  readonly #channelOf: (name: string) => ChannelId;
  readonly #limits: Limits;
  readonly #problems: ProblemList;
  readonly #runs: Run[] = [];
  /** The run that the next record of a channel may continue. */
  readonly #open = new Map<string, Run>();
  readonly #channels = new Map<string, ChannelId>();
  #sampleCount = 0;
  #otherRecords = 0;

  constructor(channelOf: (name: string) => ChannelId, limits: Limits, problems: ProblemList) {
    this.#channelOf = channelOf;
    this.#limits = limits;
    this.#problems = problems;
  }

  /** Takes a record's samples; false when the limits allow no more. */
  add(record: DataRecord, view: DataView): boolean {
    const { offset, sampleCount, sampleRateHz, name } = record;
    if (sampleCount === 0) return true;
    if (record.encoding === encoding.TEXT || record.encoding === encoding.OPAQUE) {
      this.#otherRecords++;
      return true;
    }
    const how = encodings.get(record.encoding);
    if (!how) {
      this.#problems.error(
        "miniseed.unsupported-encoding",
        `Encoding ${record.encoding} is not known; ${sampleCount} samples were left out.`,
        {
          offset,
        },
      );
      return true;
    }
    if (!(sampleRateHz > 0) || !Number.isFinite(sampleRateHz) || !Number.isFinite(record.startTime)) {
      this.#problems.error(
        "miniseed.no-rate",
        `The record gives no sample rate; ${sampleCount} samples were left out.`,
        { offset },
      );
      return true;
    }
    const bound = Math.min(sampleCount, mostSamples(how, record.dataEnd - record.dataStart));
    if (this.#sampleCount + bound > this.#limits.maxSamples || this.#runs.length >= this.#limits.maxItems) {
      this.#problems.error("miniseed.too-long", "The file holds more than the limits allow; the rest was left out.", {
        offset,
      });
      return false;
    }
    const run =
      record.leapSeconds === 0 ? this.#runFor(record, how.kind) : newRun(this.#channel(name), record, how.kind);
    reserve(run, bound);
    const { count, fault } = decodePayload(view, record, run.samples, run.length, bound);
    this.#tell(fault, count, record);
    run.length += count;
    this.#sampleCount += count;
    if (record.leapSeconds !== 0) this.#addParts(record, run);
    return true;
  }

  /** The run that a record continues, or a new one. */
  #runFor(record: Pick<DataRecord, "name" | "startTime" | "sampleRateHz">, kind: SampleKind): Run {
    const { name, startTime, sampleRateHz: rate } = record;
    const open = this.#open.get(name);
    if (open && open.kind === kind && Math.abs(open.sampleRateHz - rate) <= RATE_TOLERANCE * rate) {
      const ahead = (startTime - open.startTime) * open.sampleRateHz - open.length;
      if (Math.abs(ahead) <= JOIN_TOLERANCE) return open;
    }
    const run = newRun(this.#channel(name), record, kind);
    this.#open.set(name, run);
    this.#runs.push(run);
    return run;
  }

  #channel(name: string): ChannelId {
    let channel = this.#channels.get(name);
    if (!channel) this.#channels.set(name, (channel = this.#channelOf(name)));
    return channel;
  }

  /** A record with a leap second in it comes in parts. */
  #addParts(record: DataRecord, whole: Run): void {
    const { parts, dropped } = leapParts(record, whole.length);
    if (dropped > 0)
      this.#problems.warning(
        "miniseed.leap-second",
        `${dropped} samples within the leap second 23:59:60 have no place in epoch time and were left out.`,
        {
          offset: record.offset,
        },
      );
    for (const { startTime, from, to } of parts) {
      const run = this.#runFor({ ...record, startTime }, whole.kind);
      reserve(run, to - from);
      run.samples.set(whole.samples.subarray(from, to) as never, run.length);
      run.length += to - from;
    }
  }

  #tell(fault: PayloadFault, count: number, { offset, sampleCount }: DataRecord): void {
    if (fault === "integrity")
      this.#problems.error(
        "miniseed.steim-integrity",
        "The last sample of the record is not the one that its first frame names.",
        { offset },
      );
    else if (fault !== null)
      this.#problems.error(
        "miniseed.bad-code",
        `The record holds a code that its encoding does not define; its last ${sampleCount - count} samples were left out.`,
        {
          offset,
        },
      );
    else if (count < sampleCount)
      this.#problems.error("miniseed.short-payload", `The record claims ${sampleCount} samples but holds ${count}.`, {
        offset,
      });
  }

  /** Everything collected, in the order in which it began. */
  finish(): WaveformSegment[] {
    const segments: WaveformSegment[] = [];
    let notANumber = 0;
    for (const { channel, startTime, sampleRateHz, samples, length } of this.#runs) {
      if (length === 0) continue;
      // An array that is nearly full is not worth a copy.
      const kept = samples.length <= length * 1.25 ? samples.subarray(0, length) : samples.slice(0, length);
      const stretches = finiteStretches({ channel, startTime, sampleRateHz, samples: kept }, this.#limits.maxItems);
      for (const stretch of stretches.segments) segments.push(stretch);
      notANumber += stretches.dropped;
    }
    if (notANumber > 0)
      this.#problems.error(
        "miniseed.not-a-number",
        `${notANumber} samples are not finite numbers; they were left out as gaps.`,
      );
    if (this.#otherRecords > 0)
      this.#problems.warning(
        "miniseed.no-samples",
        `${this.#otherRecords} records of text or opaque data were left out.`,
      );
    return segments;
  }
}

function newRun(
  channel: ChannelId,
  { startTime, sampleRateHz }: Pick<DataRecord, "startTime" | "sampleRateHz">,
  kind: SampleKind,
): Run {
  return { channel, kind, startTime, sampleRateHz, samples: new arrays[kind](0), length: 0 };
}

/** Makes room for `count` more samples. */
function reserve(run: Run, count: number): void {
  const needed = run.length + count + STEIM_OVERRUN;
  if (needed <= run.samples.length) return;
  const samples = new arrays[run.kind](Math.max(needed, 2 * run.samples.length));
  samples.set(run.samples.subarray(0, run.length) as never);
  run.samples = samples;
}
