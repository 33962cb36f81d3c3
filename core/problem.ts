/**
 * Bytes from outside are hostile. Every decoder takes `(bytes, limits)`, never throws for what the bytes say, and returns its
 * good part beside a list of problems: one clear named sentence each.
 *
 *     const { items, problems, consumed } = decodeMiniSeed(bytes, defaultLimits);
 */

export interface Problem {
  /** Stable name such as "miniseed.crc-mismatch", to search for and to count by. */
  readonly code: string;
  /** One sentence: what is wrong, and what the reader can do when that is not plain. */
  readonly message: string;
  readonly severity: "error" | "warning";
  /** Byte offset in the input, where it is known. */
  readonly offset?: number;
  /** Line number from 1, for text formats. */
  readonly line?: number;
}

/** Bounds on what one decode call may produce, whatever the headers claim. */
export interface Limits {
  readonly maxSamples: number;
  readonly maxItems: number;
  readonly maxProblems: number;
}

export const defaultLimits: Limits = Object.freeze({
  maxSamples: 200_000_000,
  maxItems: 2_000_000,
  maxProblems: 1_000,
});

export interface Decoded<T> {
  readonly items: readonly T[];
  readonly problems: readonly Problem[];
  /** Bytes that were understood, from the start. */
  readonly consumed: number;
}

/** Collects problems up to a limit and then counts the rest, so that a hostile file cannot fill memory with complaints. */
export class ProblemList {
  readonly #items: Problem[] = [];
  readonly #max: number;
  #dropped = 0;

  constructor(max: number = defaultLimits.maxProblems) {
    this.#max = max;
  }

  add(problem: Problem): void {
    if (this.#items.length < this.#max) this.#items.push(problem);
    else this.#dropped++;
  }

  error(code: string, message: string, where: { offset?: number; line?: number } = {}): void {
    this.add({ code, message, severity: "error", ...where });
  }

  warning(code: string, message: string, where: { offset?: number; line?: number } = {}): void {
    this.add({ code, message, severity: "warning", ...where });
  }

  list(): readonly Problem[] {
    if (this.#dropped === 0) return this.#items;
    const more: Problem = {
      code: "more-problems",
      message: `${this.#dropped} more problems were not listed.`,
      severity: "warning",
    };
    return [...this.#items, more];
  }
}
