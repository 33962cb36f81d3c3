/** A window of samples becomes a signed frame of the station. */
import type { WaveformSegment } from "@harken/core";
import {
  type Cd11Data,
  type Cd11Sign,
  type Cd11Status,
  type Cd11StatusFlag,
  cd11ChannelOf,
  encodeCd11Frame,
  mergeSegments,
  readCd11Time,
  signCd11Channels,
  writeCd11Status,
  writeCd11Time,
} from "@harken/formats";
import type { FrameWindow } from "./framer.ts";
import type { StationSideSettings } from "./settings.ts";

export interface FrameMaker {
  /** A channel with a gap in the window stands in the frame more than once. */
  payload(window: FrameWindow): Cd11Data;
  encode(payload: Cd11Data, sequence: bigint): Uint8Array;
}

/** What the samples do not tell: which key signs at a time, and whether a channel is being calibrated. */
export interface FrameFacts {
  keyAt(configured: number, time: number): number;
  isCalibrating(channel: string): boolean;
}

const plain: FrameFacts = Object.freeze({ keyAt: (configured: number) => configured, isCalibrating: () => false });

export function createFrameMaker(settings: StationSideSettings, sign: Cd11Sign, facts: FrameFacts = plain): FrameMaker {
  const { name, destination, frameKey, channelKey, compression, frameSec } = settings;
  const counters = new Map<string, number>();
  return {
    payload({ startTime, segments }) {
      const merged = mergeSegments(segments.map(asIntegers)).segments;
      const channels = merged.map((segment) => {
        const { station, channel, location } = segment.channel;
        const code = `${station}.${location}.${channel}`;
        const subframeCount = ((counters.get(code) ?? 0) + 1) & 0x7fffffff;
        counters.set(code, subframeCount);
        const keyId = facts.keyAt(channelKey, startTime);
        const status = statusOf(segment, facts.isCalibrating(channel));
        return cd11ChannelOf(segment, { compression, keyId, status, subframeCount });
      });
      return { kind: "data", lengthMs: Math.round(frameSec * 1_000), nominalTime: writeCd11Time(startTime), channels };
    },
    encode(payload, sequence) {
      const keyId = facts.keyAt(frameKey, readCd11Time(payload.nominalTime) ?? 0);
      const authentication = { keyId, value: new Uint8Array(0) };
      const frame = { creator: name, destination, sequence, series: 0, payload, authentication };
      return encodeCd11Frame(signCd11Channels(frame, sign), sign);
    },
  };
}

/** CD-1.1 carries counts: samples that are no integers are rounded. */
function asIntegers(segment: WaveformSegment): WaveformSegment {
  if (segment.samples instanceof Int32Array) return segment;
  return { ...segment, samples: Int32Array.from(segment.samples, (sample) => Math.round(sample)) };
}

/** Full scale of a digitiser of 24 bits. */
const FULL_SCALE = 2 ** 23 - 1;

/** State of health as far as the samples tell it: dead, zeroed, clipped. */
function statusOf({ samples }: WaveformSegment, isCalibrating: boolean): Uint8Array {
  const flags = new Set<Cd11StatusFlag>(isCalibrating ? ["calibrationUnderWay"] : []);
  const isConstant = samples.length > 1 && samples.every((sample) => sample === samples[0]);
  if (isConstant) flags.add(samples[0] === 0 ? "zeroed" : "dead");
  if (samples.some((sample) => Math.abs(sample) >= FULL_SCALE)) flags.add("clipped");
  const status: Cd11Status = { flags, stationBytes: [0, 0, 0], lastGpsTime: "", clockDifferentialMicrosec: 0 };
  return writeCd11Status(status);
}
