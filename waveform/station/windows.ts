/**
 * A station's data cut into windows on one clock, so that a day of an array needs no more memory than half an hour of it. Windows overlap:
 * a signal belongs to the window in whose core it begins, and what it is compared with and measured on lies in the lead and the tail.
 */
import { type ChannelId, channelKey, endTime, type QualityMask, type WaveformSegment } from "@harken/core";
import { type ChannelRecord, type Clock, coverage, layOut, openRecord, sameRate, type Trace } from "./channelRecord.ts";
import { binLength } from "./detect.ts";
import { type OutOfLine, planElementLevels, withoutOutOfLine } from "./elementLevels.ts";
import type { StationRecipe } from "./recipe.ts";
import { channelsOf, MIN_ELEMENTS, type SensorSet } from "./sensors.ts";

export interface DataWindow {
  readonly clock: Clock;
  /** Samples [coreFrom, coreTo) are the window's own. */
  readonly coreFrom: number;
  readonly coreTo: number;
  readonly sensors: SensorSet;
  /** In the order of the sensors' channels; null where a channel has no data at all. */
  readonly traces: readonly (Trace | null)[];
}

/**
 * A sensor set runs when it covers this share of what the best covers, and its data are mostly good. Horizontals run when they cover this
 * share of what their vertical covers; a set whose horizontals do not run stands back.
 */
const RUNNING_SHARE = 0.8;
const MAX_BAD_SHARE = 0.5;

/** The recordings of a station: each channel is opened, and its quality checked, when a window first asks for it. */
export class StationRecording {
  readonly #segments = new Map<string, WaveformSegment[]>();
  readonly #records = new Map<string, ChannelRecord | null>();
  readonly #levels = new Map<SensorSet, OutOfLine>();
  readonly #sets: readonly SensorSet[];
  readonly #recipe: StationRecipe;
  /** What was found wrong in the channels used so far. */
  readonly masks: QualityMask[] = [];

  constructor(segments: readonly WaveformSegment[], sets: readonly SensorSet[], recipe: StationRecipe) {
    this.#sets = sets;
    this.#recipe = recipe;
    for (const set of sets)
      for (const id of channelsOf(set)) {
        const own = segments.filter(
          (s) => channelKey(s.channel) === channelKey(id) && sameRate(s.sampleRateHz, set.sampleRateHz),
        );
        this.#segments.set(
          channelKey(id),
          own.sort((a, b) => a.startTime - b.startTime),
        );
      }
  }

  record(id: ChannelId): ChannelRecord | null {
    const key = channelKey(id);
    const known = this.#records.get(key);
    if (known !== undefined) return known;
    const opened = openRecord(this.#segments.get(key) ?? [], this.#recipe.quality);
    if (opened) this.masks.push(...opened.masks);
    this.#records.set(key, opened?.record ?? null);
    return opened?.record ?? null;
  }

  /** Windows in order of time; stretches without data have none. */
  *windows(): Generator<DataWindow> {
    const all = [...this.#segments.values()].flat();
    const starts = all.map(({ startTime }) => startTime).sort((a, b) => a - b);
    const end = all.reduce((most, s) => Math.max(most, endTime(s)), -Infinity);
    const { coreSec, tailSec } = this.#recipe.window;
    let next = 0;
    for (let from = starts[0] ?? Infinity; from <= end; ) {
      // A rest that is shorter than a tail goes with the window before it.
      const to = end - (from + coreSec) <= tailSec ? end : from + coreSec;
      const window = this.#window(from, to);
      if (window) yield window;
      if (to === end) return;
      while (next < starts.length && starts[next]! < to) next++;
      from = window || next === starts.length ? to : Math.max(to, starts[next]!);
    }
  }

  #window(from: number, to: number): DataWindow | null {
    const covered = this.#sets.map((set) => this.#coverage(set, from, to));
    const most = Math.max(...covered);
    if (!(most > 0)) return null;
    const running = this.#sets.filter((_, i) => covered[i]! >= RUNNING_SHARE * most);
    const whole = running.filter((set) => this.#isWhole(set, from, to));
    let fallback: DataWindow | null = null;
    for (const set of new Set([...whole, ...running])) {
      const window = this.#layOut(set, from, to);
      if (isSound(window)) return window;
      fallback ??= window;
    }
    return fallback;
  }

  /** Whether directions can be measured: an array, or a vertical whose horizontals run beside it. */
  #isWhole(set: SensorSet, from: number, to: number): boolean {
    if (set.kind === "array") return true;
    if (!set.horizontals) return false;
    const [vertical, ...others] = channelsOf(set).map((id) => coverage(this.#segments.get(channelKey(id))!, from, to));
    return others.every((share) => share >= RUNNING_SHARE * vertical!);
  }

  /** Share of [from, to] that the set covers: its vertical, or the element that makes a direction possible. */
  #coverage(set: SensorSet, from: number, to: number): number {
    const shares = (set.kind === "array" ? set.elements : [set.vertical]).map((id) =>
      coverage(this.#segments.get(channelKey(id))!, from, to),
    );
    return shares.sort((a, b) => b - a)[set.kind === "array" ? MIN_ELEMENTS - 1 : 0] ?? 0;
  }

  #layOut(set: SensorSet, from: number, to: number): DataWindow {
    const { sampleRateHz } = set;
    const ids = channelsOf(set);
    const records = ids.map((id) => this.record(id));
    // The clock ticks with the first channel, so that its samples are not moved.
    const origin = records.find((record) => record !== null)?.pieces[0]?.segment.startTime ?? from;
    const tick = (time: number) => Math.round((time - origin) * sampleRateHz);
    const { leadSec, tailSec } = this.#recipe.window;
    const firstData = Math.min(...records.map((r) => r?.pieces[0]?.segment.startTime ?? Infinity));
    const lastData = Math.max(
      ...records.map((r) => Math.max(...(r?.pieces.map((p) => endTime(p.segment)) ?? [-Infinity]))),
    );
    // Bins of the detector stand at the same times whatever window they are in.
    const bin = binLength(sampleRateHz);
    const phase = Math.round(origin * sampleRateHz) % bin;
    const align = (i: number) => Math.ceil((i + phase) / bin) * bin - phase;
    const begin = align(tick(Math.max(from - leadSec, firstData)));
    const finish = Math.max(begin, tick(Math.min(to + tailSec, lastData)));
    const clock = { startTime: origin + begin / sampleRateHz, sampleRateHz, length: finish - begin + 1 };
    const traces = records.map((record) => (record ? layOut(record, clock) : null));
    return {
      clock,
      coreFrom: Math.max(0, tick(from) - begin),
      coreTo: Math.min(clock.length, tick(to) - begin + (to === lastData ? 1 : 0)),
      sensors: set,
      traces: set.kind === "array" ? withoutOutOfLine(traces, clock, this.#outOfLine(set, records)) : traces,
    };
  }

  #outOfLine(set: SensorSet, records: readonly (ChannelRecord | null)[]): OutOfLine {
    let known = this.#levels.get(set);
    if (!known) this.#levels.set(set, (known = planElementLevels(records, set.sampleRateHz, this.#recipe)));
    return known;
  }
}

function isSound({ sensors, traces }: DataWindow): boolean {
  const sound = (trace: Trace | null | undefined) => trace != null && trace.badFraction <= MAX_BAD_SHARE;
  return sensors.kind === "array" ? traces.filter(sound).length >= MIN_ELEMENTS : sound(traces[0]);
}
