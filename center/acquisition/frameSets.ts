/**
 * What has come of each frame set, and what to make of a frame that comes: new, a repetition, a replay, or the first after the sender began to
 * count anew.
 */
import { Cd11GapList } from "@harken/formats";

export interface FrameMark {
  readonly sequence: bigint;
  /** Data time of the frame, epoch s. */
  readonly time: number;
  /** Digest of its bytes. */
  readonly digest: string;
}

export type FrameNews =
  | "new"
  /** The same frame again: acknowledged, and that is all. */
  | "duplicate"
  /** Another frame under a number that has come. */
  | "conflict"
  /** Numbers begin anew: later data under a lower number. */
  | "reset";

interface FrameSet {
  gaps: Cd11GapList;
  /** Frames on their way to the disk, and the last ones that came, by number. */
  readonly digests: Map<bigint, string>;
  newestTime: number;
  isChanged: boolean;
}

/** Digests that are remembered of a set. */
const MOST_DIGESTS = 2_000;

export class FrameSets {
  readonly #sets = new Map<string, FrameSet>();

  /** Takes up a set from its kept state. */
  restore(name: string, state: unknown): void {
    const { gaps, newestTime } = state as { gaps?: unknown; newestTime?: number | null };
    const set = this.#of(name);
    set.gaps = Cd11GapList.fromJSON(gaps);
    set.newestTime = newestTime ?? -Infinity;
  }

  gaps(name: string): Cd11GapList {
    return this.#of(name).gaps;
  }

  /** Judges a frame and, where it is to be kept, remembers that it is on its way. */
  meet(name: string, { sequence, time, digest }: FrameMark): FrameNews {
    const set = this.#of(name);
    const known = set.digests.get(sequence);
    if (known === digest) return "duplicate";
    const { highest } = set.gaps;
    const isReset = time > set.newestTime && highest !== null && sequence <= highest;
    if (known !== undefined && !isReset) return "conflict";
    if (set.gaps.has(sequence) && !isReset) return "duplicate";
    if (isReset) this.#restart(set);
    const news = isReset ? "reset" : "new";
    this.#remember(set, sequence, digest);
    return news;
  }

  /** The frame is on the disk. `isReset` when the journal is read again: numbers began anew with it. */
  received(name: string, sequence: bigint, time: number, isReset = false): void {
    const set = this.#of(name);
    if (isReset) this.#restart(set);
    set.gaps.add(sequence);
    set.newestTime = Math.max(set.newestTime, time);
    set.isChanged = true;
  }

  /** The frame could not be kept: it is as if it had not come. */
  lost(name: string, sequence: bigint): void {
    this.#of(name).digests.delete(sequence);
  }

  /** States of the sets that have changed since the last time, to be kept. */
  takeChanged(): { name: string; state: unknown }[] {
    const changed = [...this.#sets].filter(([, set]) => set.isChanged);
    for (const [, set] of changed) set.isChanged = false;
    return changed.map(([name, { gaps, newestTime }]) => ({
      name,
      state: { gaps: gaps.toJSON(), newestTime: Number.isFinite(newestTime) ? newestTime : null },
    }));
  }

  #of(name: string): FrameSet {
    let set = this.#sets.get(name);
    if (!set) {
      set = { gaps: new Cd11GapList(), digests: new Map(), newestTime: -Infinity, isChanged: false };
      this.#sets.set(name, set);
    }
    return set;
  }

  #restart(set: FrameSet): void {
    set.gaps = new Cd11GapList();
    set.digests.clear();
  }

  #remember(set: FrameSet, sequence: bigint, digest: string): void {
    set.digests.set(sequence, digest);
    if (set.digests.size > MOST_DIGESTS) set.digests.delete(set.digests.keys().next().value!);
  }
}
