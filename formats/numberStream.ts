/** Tables of numbers in free format: what stands on lines that are no comment, one number after the other. */
import type { ProblemList } from "@harken/core";
import { number } from "./numbers.ts";
import { textLines } from "./textLines.ts";

const MAX_LINE = 2_000;

/** What a reader of the stream cannot go on with; the message is a sentence. */
export class Refused extends Error {}

export class NumberStream {
  readonly #values: Float64Array;
  #at = 0;

  /** A line counts up to its first word that is no number. */
  constructor(bytes: Uint8Array, problems: ProblemList, maxNumbers: number) {
    const values: number[] = [];
    for (const { text } of textLines(bytes, problems)) {
      const line = text.slice(0, MAX_LINE).trim();
      if (line.startsWith("#") || line === "") continue;
      for (const word of line.split(/\s+/)) {
        const value = number(word);
        if (value === null || values.length >= maxNumbers) break;
        values.push(value);
      }
      if (values.length >= maxNumbers) break;
    }
    this.#values = Float64Array.from(values);
  }

  get left(): number {
    return this.#values.length - this.#at;
  }

  take(count: number, what: string): number[] {
    if (count > this.left) throw new Refused(`The file ends within ${what}.`);
    return [...this.#values.subarray(this.#at, (this.#at += count))];
  }

  count(most: number, what: string): number {
    const [value] = this.take(1, what);
    if (!(Number.isInteger(value) && value! >= 1 && value! <= most)) throw new Refused(`${value} ${what} cannot be.`);
    return value!;
  }

  rising(count: number, what: string): number[] {
    const values = this.take(count, what);
    if (!values.every((value, i) => i === 0 || value > values[i - 1]!)) throw new Refused(`The ${what} do not rise.`);
    return values;
  }
}
