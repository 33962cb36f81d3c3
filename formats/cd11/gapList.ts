/**
 * Which frames of a set have come: the list behind acknacks, on both sides of a link. IDC-3.4.3 names the gaps; that a gap begins with the first
 * number missing and ends before the first that came is as the open reference implementation has it.
 *
 *     const list = new Cd11GapList();
 *     list.add(5n);
 *     list.acknack("ARCES:IDC");              // the payload to send
 *     const theirs = Cd11GapList.fromAcknack(payload);
 */
import type { Cd11Acknack, Cd11Gap } from "./frame.ts";

/** First and last number of a stretch without gaps. */
type Range = readonly [first: bigint, last: bigint];

/** Stretches that are kept: a sender that leaves out every second number must not fill the memory. The oldest are forgotten. */
const MOST_RANGES = 10_000;
/** Gaps named in one acknack. */
const MOST_GAPS = 1_000;

export class Cd11GapList {
  /** In order, never adjacent. */
  #ranges: Range[];

  constructor(ranges: readonly Range[] = []) {
    this.#ranges = [...ranges];
  }

  /** What the other side says has come; of an impossible claim nothing. */
  static fromAcknack({ lowest, highest, gaps }: Pick<Cd11Acknack, "lowest" | "highest" | "gaps">): Cd11GapList {
    const ranges: Range[] = [];
    let first = lowest;
    for (const { start, end } of [...gaps].sort((a, b) => (a.start < b.start ? -1 : 1))) {
      if (start > first) ranges.push([first, start - 1n]);
      if (end > first) first = end;
    }
    if (first <= highest) ranges.push([first, highest]);
    return new Cd11GapList(ranges.filter(([from, to]) => from <= to && to <= highest));
  }

  /** From `toJSON`; an empty list for what is none. */
  static fromJSON(state: unknown): Cd11GapList {
    const isRange = (item: unknown): item is [string, string] =>
      Array.isArray(item) && item.length === 2 && item.every((text) => /^\d+$/.test(String(text)));
    if (!Array.isArray(state) || !state.every(isRange)) return new Cd11GapList();
    return new Cd11GapList(state.map(([first, last]) => [BigInt(first), BigInt(last)]));
  }

  /** Numbers exceed what JSON holds exactly, hence texts. */
  toJSON(): [string, string][] {
    return this.#ranges.map(([first, last]) => [String(first), String(last)]);
  }

  /** null when nothing has come. */
  get lowest(): bigint | null {
    return this.#ranges[0]?.[0] ?? null;
  }

  get highest(): bigint | null {
    return this.#ranges.at(-1)?.[1] ?? null;
  }

  has(sequence: bigint): boolean {
    const range = this.#ranges[this.#indexOf(sequence)];
    return range !== undefined && range[0] <= sequence;
  }

  /** False when it had come before. */
  add(sequence: bigint): boolean {
    const at = this.#indexOf(sequence);
    const range = this.#ranges[at];
    if (range && range[0] <= sequence) return false;
    const before = this.#ranges[at - 1];
    const joinsBefore = before !== undefined && before[1] + 1n === sequence;
    const joinsAfter = range !== undefined && sequence + 1n === range[0];
    if (joinsBefore && joinsAfter) this.#ranges.splice(at - 1, 2, [before[0], range[1]]);
    else if (joinsBefore) this.#ranges[at - 1] = [before[0], sequence];
    else if (joinsAfter) this.#ranges[at] = [sequence, range[1]];
    else this.#ranges.splice(at, 0, [sequence, sequence]);
    if (this.#ranges.length > MOST_RANGES) this.#ranges.shift();
    return true;
  }

  gaps(): Cd11Gap[] {
    return this.#ranges.slice(1).map(([first], i) => ({ start: this.#ranges[i]![1] + 1n, end: first }));
  }

  /** With too many gaps the newest ones are left out together with what came behind them: it will be sent again, and is not lost. */
  acknack(frameSet: string): Cd11Acknack {
    const told = this.#ranges.slice(0, MOST_GAPS + 1);
    const list = new Cd11GapList(told);
    return { kind: "acknack", frameSet, lowest: list.lowest ?? 0n, highest: list.highest ?? -1n, gaps: list.gaps() };
  }

  /** Index of the first range that ends at or behind a number. */
  #indexOf(sequence: bigint): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ranges[middle]![1] < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
