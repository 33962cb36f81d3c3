/** What a file says and a bulletin has no place for: counted, and told once for each kind. */
import type { ProblemList } from "@harken/core";

export class NotCarried {
  readonly #kinds = new Map<string, { count: number; readonly line: number }>();

  /** `what` in the plural: "coda lengths". */
  add(what: string, line: number): void {
    const known = this.#kinds.get(what);
    if (known) known.count++;
    else this.#kinds.set(what, { count: 1, line });
  }

  tell(problems: ProblemList): void {
    for (const [what, { count, line }] of this.#kinds)
      problems.warning("nordic.not-carried", `Not carried: ${what} (${count}, the first on line ${line}).`, { line });
  }
}
