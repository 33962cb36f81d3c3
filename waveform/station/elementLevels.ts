/**
 * Elements of an array that are out of line: much noisier or quieter than the others. They are judged in slots of absolute time, so that a
 * signal is found on the same elements whatever windows the data are worked on in.
 */
import { median } from "@harken/core";
import { butterworthBandPass, filterForward } from "@harken/signal";
import { type ChannelRecord, type Clock, layOut, type Trace } from "./channelRecord.ts";
import { highestHz, settledSec } from "./filterRoom.ts";
import type { StationRecipe } from "./recipe.ts";

const SLOT_SEC = 600;
/** A slot in which less than this of an element is good tells nothing of it, s. */
const LEAST_GOOD_SEC = 30;
/** Samples that an element's level is taken from. */
const LEVEL_SAMPLES = 2000;

/** For the records of one array, in the order of its elements: which are out of line in the slot of a time. */
export type OutOfLine = (time: number) => Uint8Array;

export function planElementLevels(
  records: readonly (ChannelRecord | null)[],
  rate: number,
  recipe: StationRecipe,
): OutOfLine {
  const { bands, filterOrder, array } = recipe;
  const [first, last] = [bands[0]!, bands.filter(({ highHz }) => highHz <= highestHz(rate)).at(-1) ?? bands[0]!];
  const highHz = Math.min(last.highHz, highestHz(rate));
  const filter = butterworthBandPass(filterOrder, Math.min(first.lowHz, highHz / 2), highHz, rate);
  const settleSec = settledSec(filter);
  const slots = new Map<number, Uint8Array>();
  const levelIn = (record: ChannelRecord, slot: number): number | null => {
    const startTime = slot * SLOT_SEC - settleSec;
    const length = Math.round((SLOT_SEC + settleSec) * rate);
    const trace = layOut(record, { startTime, sampleRateHz: rate, length });
    const filtered = filterForward(filter, trace.samples);
    const step = Math.max(1, Math.floor(length / LEVEL_SAMPLES));
    const levels: number[] = [];
    for (let i = Math.round(settleSec * rate); i < length; i += step)
      if (!trace.bad[i]) levels.push(Math.abs(filtered[i]!));
    return levels.length * step >= LEAST_GOOD_SEC * rate ? median(levels) : null;
  };
  return (time) => {
    const slot = Math.floor(time / SLOT_SEC);
    let found = slots.get(slot);
    if (found) return found;
    const levels = records.map((record) => record && levelIn(record, slot));
    const known = levels.filter((level) => level !== null);
    const usual = known.length > 0 ? median(known) : 0;
    const { maxNoiseRatio } = array;
    found = Uint8Array.from(levels, (level) =>
      level !== null && (level > maxNoiseRatio * usual || level * maxNoiseRatio < usual) ? 1 : 0,
    );
    slots.set(slot, found);
    return found;
  };
}

/** The traces of a window with the slots masked in which they are out of line. */
export function withoutOutOfLine(
  traces: readonly (Trace | null)[],
  { startTime, sampleRateHz, length }: Clock,
  outOfLine: OutOfLine,
): (Trace | null)[] {
  const masks = new Map<number, Uint8Array>();
  for (let i = 0; i < length; ) {
    const time = startTime + i / sampleRateHz;
    const end = Math.min(length, Math.ceil(((Math.floor(time / SLOT_SEC) + 1) * SLOT_SEC - startTime) * sampleRateHz));
    const next = Math.max(i + 1, end);
    outOfLine(time).forEach((out, j) => {
      if (!out || !traces[j]) return;
      let mask = masks.get(j);
      if (!mask) masks.set(j, (mask = traces[j].bad.slice()));
      mask.fill(1, i, next);
    });
    i = next;
  }
  return traces.map((trace, j) => {
    const bad = masks.get(j);
    if (!trace || !bad) return trace;
    return { ...trace, bad, badFraction: bad.reduce((sum, v) => sum + v, 0) / Math.max(1, length) };
  });
}
