/**
 * From the samples of a station's channels to frames: windows of a set length, each closed when every channel has filled it, or when those that are
 * late have been waited for. What comes later still makes a frame of its own.
 */
import { channelKey, endTime, type WaveformSegment } from "@harken/core";

export interface FramerOptions {
  readonly frameSec: number;
  readonly lateSec: number;
}

/** The samples of one frame. */
export interface FrameWindow {
  readonly startTime: number;
  readonly segments: readonly WaveformSegment[];
}

/** Samples that wait, and the number of the `add` that brought them. */
interface Waiting extends WaveformSegment {
  readonly origin: number;
}

interface ChannelBuffer {
  segments: Waiting[];
  /** Time behind the last sample that came. */
  filledTo: number;
}

/** A share of an interval that is no difference. */
const HAIR = 1e-3;

export class Framer {
  readonly #options: FramerOptions;
  readonly #channels = new Map<string, ChannelBuffer>();
  /** When the first sample of a window came, by its number. */
  readonly #since = new Map<number, number>();

  constructor(options: FramerOptions) {
    this.#options = options;
  }

  /** Number of the first `add` of which samples still wait; Infinity when none do. */
  get oldestWaiting(): number {
    let oldest = Infinity;
    for (const { segments } of this.#channels.values())
      for (const { origin } of segments) oldest = Math.min(oldest, origin);
    return oldest;
  }

  /** `origin` grows with each call. */
  add(segments: readonly WaveformSegment[], now: number, origin = 0): void {
    for (const segment of segments) {
      if (segment.samples.length === 0) continue;
      const key = channelKey(segment.channel);
      const buffer = this.#channels.get(key) ?? { segments: [], filledTo: -Infinity };
      this.#channels.set(key, buffer);
      buffer.segments.push({ ...segment, origin });
      buffer.filledTo = Math.max(buffer.filledTo, endTime(segment) + 1 / segment.sampleRateHz);
      for (
        let index = this.#indexOf(segment.startTime, segment);
        index <= this.#indexOf(endTime(segment), segment);
        index++
      )
        if (!this.#since.has(index)) this.#since.set(index, now);
    }
  }

  /** The windows that are closed, in order of time; with `isEnd` all of them. */
  take(now: number, isEnd = false): FrameWindow[] {
    const ready = [...this.#since.keys()].sort((a, b) => a - b).filter((index) => isEnd || this.#isClosed(index, now));
    return ready.flatMap((index) => {
      this.#since.delete(index);
      const segments = [...this.#channels.values()].flatMap((buffer) => this.#cut(buffer, index));
      return segments.length > 0 ? [{ startTime: index * this.#options.frameSec, segments }] : [];
    });
  }

  #isClosed(index: number, now: number): boolean {
    const end = (index + 1) * this.#options.frameSec;
    const isFull = [...this.#channels.values()].every(({ filledTo, segments }) => {
      const rate = segments.at(-1)?.sampleRateHz ?? 1;
      return filledTo >= end - HAIR / rate;
    });
    return isFull || now - this.#since.get(index)! > this.#options.frameSec + this.#options.lateSec;
  }

  #indexOf(time: number, { sampleRateHz }: WaveformSegment): number {
    return Math.floor((time + HAIR / sampleRateHz) / this.#options.frameSec);
  }

  /** Takes a window's samples out of a buffer. */
  #cut(buffer: ChannelBuffer, index: number): WaveformSegment[] {
    const { frameSec } = this.#options;
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    for (const segment of buffer.segments) {
      const { startTime, sampleRateHz, samples } = segment;
      const at = (time: number) =>
        Math.min(samples.length, Math.max(0, Math.ceil((time - startTime) * sampleRateHz - HAIR)));
      const [from, to] = [at(index * frameSec), at((index + 1) * frameSec)];
      const part = (first: number, last: number): Waiting => ({
        ...segment,
        startTime: startTime + first / sampleRateHz,
        samples: samples.subarray(first, last),
      });
      if (to > from) taken.push(part(from, to));
      if (from > 0 && to > from) left.push(part(0, from));
      if (to > from && to < samples.length) left.push(part(to, samples.length));
      if (to <= from) left.push(segment);
    }
    buffer.segments = left;
    return taken;
  }
}
