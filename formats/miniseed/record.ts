/** One data record of either version, as its header describes it. */
import type { ChannelId, ProblemList } from "@harken/core";
import type { Payload } from "./samples.ts";

export interface DataRecord extends Payload {
  readonly type: "data";
  /** Byte offset and length of the record. */
  readonly offset: number;
  readonly length: number;
  /** The header's own letters for the channel; see `RecordFormat.channelOf`. */
  readonly name: string;
  /** Epoch seconds of the first sample, corrections applied. */
  readonly startTime: number;
  readonly sampleRateHz: number;
  readonly sampleCount: number;
  /** 1 when a leap second was put in during the record, -1 when one was left out, else 0. */
  readonly leapSeconds: number;
}

/** Something of known length that holds no samples: volume control headers of full SEED, noise records, records that cannot be trusted. */
export interface OtherRecord {
  readonly type: "control" | "noise" | "bad";
  readonly length: number;
}

export interface Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly problems: ProblemList;
  /** The last name that was read, and where it stands. */
  lastName?: { readonly at: number; readonly name: string };
}

/** What the decoder must know of a version of the format. */
export interface RecordFormat {
  /** The record whose header begins at the offset; null when none does. */
  readonly read: (source: Source, offset: number) => DataRecord | OtherRecord | null;
  /** Offset of the first header from `from` on, or `end`. Strict enough to be asked at every byte. */
  readonly find: (bytes: Uint8Array, from: number, end: number) => number;
  readonly channelOf: (name: string) => ChannelId;
}
