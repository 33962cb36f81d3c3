/**
 * Records in, segments out. Headers are gathered first: each channel's records go into one run for as long as each continues the one
 * before. Then every run is decoded straight into one array of the right size. What comes out of order begins a new run and is put in its
 * place by `mergeSegments`.
 */
import type { ChannelId, Limits, ProblemList, WaveformSegment } from "@harken/core";
import { finiteStretches } from "../finite.ts";
import { encoding, encodings, mostSamples, type SampleKind } from "./encodings.ts";
import { leapParts } from "./leapSecond.ts";
import type { DataRecord } from "./record.ts";
import { decodePayload, type PayloadFault } from "./samples.ts";
import { STEIM_OVERRUN } from "./steim.ts";
import { decodeSteimRun } from "./steimRun.ts";

/** A record continues a run when it begins within this share of a sample interval of where the next sample is due. */
const JOIN_TOLERANCE = 0.5;
const RATE_TOLERANCE = 1e-4;

const arrays = { int32: Int32Array, float32: Float32Array, float64: Float64Array } as const;

/** Records of one channel and kind, each due when the one before ends. */
interface Run {
  readonly channel: ChannelId;
  readonly kind: SampleKind;
  readonly startTime: number;
  readonly sampleRateHz: number;
  readonly records: DataRecord[];
  /** Samples that the records claim, as far as their payloads can hold them. */
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
  #recordCount = 0;
  #sampleCount = 0;
  #otherRecords = 0;

  constructor(channelOf: (name: string) => ChannelId, limits: Limits, problems: ProblemList) {
    this.#channelOf = channelOf;
    this.#limits = limits;
    this.#problems = problems;
  }

  /** Takes a record; false when the limits allow no more. */
  add(record: DataRecord): boolean {
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
        { offset },
      );
      return true;
    }
    if (!(sampleRateHz > 0) || !Number.isFinite(sampleRateHz)) {
      this.#problems.error(
        "miniseed.no-rate",
        `The record gives no sample rate; ${sampleCount} samples were left out.`,
        { offset },
      );
      return true;
    }
    const bound = boundOf(record);
    this.#sampleCount += bound;
    if (this.#sampleCount > this.#limits.maxSamples || this.#recordCount++ >= this.#limits.maxItems) {
      this.#problems.error("miniseed.too-long", "The file holds more than the limits allow; the rest was left out.", {
        offset,
      });
      return false;
    }
    const open = this.#open.get(name);
    if (open && open.kind === how.kind && continues(open, record)) {
      open.records.push(record);
      open.length += bound;
      return true;
    }
    const { startTime } = record;
    const run = {
      channel: this.#channel(name),
      kind: how.kind,
      startTime,
      sampleRateHz,
      records: [record],
      length: bound,
    };
    this.#runs.push(run);
    // What a leap second does to a record's times is known when it is decoded.
    if (record.leapSeconds === 0) this.#open.set(name, run);
    else this.#open.delete(name);
    return true;
  }

  #channel(name: string): ChannelId {
    let channel = this.#channels.get(name);
    if (!channel) this.#channels.set(name, (channel = this.#channelOf(name)));
    return channel;
  }

  /** Everything collected, in the order in which it began. */
  finish(view: DataView): WaveformSegment[] {
    const segments: WaveformSegment[] = [];
    let notANumber = 0;
    for (const run of this.#runs) {
      for (const segment of this.#decode(run, view)) {
        const stretches = finiteStretches(segment, this.#limits.maxItems - segments.length);
        for (const stretch of stretches.segments) segments.push(stretch);
        notANumber += stretches.dropped;
      }
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

  /** A run's samples: one segment, or more where a record gives fewer samples than it claims. */
  #decode({ channel, kind, sampleRateHz, records, length }: Run, view: DataView): WaveformSegment[] {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const segments: WaveformSegment[] = [];
    const all = new arrays[kind](length + STEIM_OVERRUN);
    let { startTime } = records[0]!;
    let from = 0;
    let to = 0;
    let due = true;
    const end = () => {
      if (to > from) segments.push({ channel, startTime, sampleRateHz, samples: all.subarray(from, to) });
    };
    for (let i = 0; i < records.length; i++) {
      if (!due) {
        end();
        from = to;
        startTime = records[i]!.startTime;
      }
      const whole = decodeSteimRun(bytes, records, i, all as Int32Array, to);
      to += whole.samples;
      due = true;
      i += whole.records;
      const record = records[i];
      if (!record) break;
      const { count, fault } = decodePayload(view, record, all, to, boundOf(record));
      this.#tell(fault, count, record);
      to += count;
      due = count === record.sampleCount;
    }
    end();
    const [record] = records as [DataRecord];
    return record.leapSeconds === 0 ? segments : this.#aroundLeap(record, segments);
  }

  #aroundLeap(record: DataRecord, segments: readonly WaveformSegment[]): WaveformSegment[] {
    return segments.flatMap((segment) => {
      const { parts, dropped } = leapParts(record, segment.samples.length);
      if (dropped > 0)
        this.#problems.warning(
          "miniseed.leap-second",
          `${dropped} samples within the leap second 23:59:60 have no place in epoch time and were left out.`,
          { offset: record.offset },
        );
      return parts.map(({ startTime, from, to }) => ({
        ...segment,
        startTime,
        samples: segment.samples.subarray(from, to),
      }));
    });
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
        { offset },
      );
    else if (count < sampleCount)
      this.#problems.error("miniseed.short-payload", `The record claims ${sampleCount} samples but holds ${count}.`, {
        offset,
      });
  }
}

/** Samples that a record can give. */
const boundOf = ({ encoding: code, sampleCount, dataStart, dataEnd }: DataRecord) =>
  Math.min(sampleCount, mostSamples(encodings.get(code)!, dataEnd - dataStart));

function continues(run: Run, { startTime, sampleRateHz: rate, leapSeconds }: DataRecord): boolean {
  if (leapSeconds !== 0 || Math.abs(run.sampleRateHz - rate) > RATE_TOLERANCE * rate) return false;
  const ahead = (startTime - run.startTime) * run.sampleRateHz - run.length;
  return Math.abs(ahead) <= JOIN_TOLERANCE;
}
