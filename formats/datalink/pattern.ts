/**
 * The regular expressions by which DataLink clients choose streams. They come from strangers, so that each is tried in a time that grows with the length of
 * the name and of the pattern only, however it is written (Thompson 1968): no back-references, no counts in braces, no look-around.
 *
 *     const isChosen = streamPattern("^FDSN:(IU|II)_.*_B_H_[ZNE]/MSEED");
 *     isChosen?.("FDSN:IU_ANMO_00_B_H_Z/MSEED");                         // true
 */

type State =
  | { readonly kind: "letter"; readonly fits: (letter: string) => boolean; readonly next: State }
  | { readonly kind: "begin" | "end"; readonly next: State }
  | { readonly kind: "either"; readonly next: State[] }
  | { readonly kind: "found" };

/** What a part of a pattern becomes when it is known what follows it. */
type Part = (next: State) => State;

const LONGEST = 1_000;
const DEEPEST = 40;

/** null for what is not understood. */
export function streamPattern(pattern: string): ((name: string) => boolean) | null {
  if (pattern.length > LONGEST) return null;
  const parser = new Parser(pattern);
  const part = parser.choice(0);
  if (!part || !parser.isAtEnd) return null;
  const first = part({ kind: "found" });
  return (name) => isFound(first, name);
}

function isFound(first: State, name: string): boolean {
  let states = new Set<State>();
  for (let at = 0; ; at++) {
    const reached = new Set<State>();
    for (const state of [...states, first]) if (reach(state, at, name.length, reached)) return true;
    if (at === name.length) return false;
    states = new Set();
    for (const state of reached) if (state.kind === "letter" && state.fits(name[at]!)) states.add(state.next);
  }
}

/** Adds all states that need no letter to be reached; whether the end of the pattern is among them. */
function reach(from: State, at: number, length: number, reached: Set<State>): boolean {
  const open = [from];
  for (let state = open.pop(); state; state = open.pop()) {
    if (state.kind === "found") return true;
    if (reached.has(state)) continue;
    reached.add(state);
    if (state.kind === "either") open.push(...state.next);
    else if ((state.kind === "begin" && at === 0) || (state.kind === "end" && at === length)) open.push(state.next);
  }
  return false;
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  choice(depth: number): Part | null {
    const parts: Part[] = [];
    do {
      const part = this.#sequence(depth);
      if (!part) return null;
      parts.push(part);
    } while (this.#take("|"));
    return parts.length === 1 ? parts[0]! : (next) => ({ kind: "either", next: parts.map((part) => part(next)) });
  }

  #sequence(depth: number): Part | null {
    const parts: Part[] = [];
    while (!this.isAtEnd && !"|)".includes(this.#text[this.#at]!)) {
      const one = this.#one(depth);
      if (!one) return null;
      parts.push(this.#repeated(one));
    }
    return (next) => parts.reduceRight((rest, part) => part(rest), next);
  }

  #repeated(part: Part): Part {
    if (this.#take("?")) return (next) => ({ kind: "either", next: [part(next), next] });
    const isMany = this.#take("*");
    if (!isMany && !this.#take("+")) return part;
    return (next) => {
      const again: State = { kind: "either", next: [next] };
      const body = part(again);
      again.next.push(body);
      return isMany ? again : body;
    };
  }

  #one(depth: number): Part | null {
    const letter = this.#text[this.#at++]!;
    if (letter === "^" || letter === "$") return (next) => ({ kind: letter === "^" ? "begin" : "end", next });
    if (letter === "(") {
      const part = depth < DEEPEST ? this.choice(depth + 1) : null;
      return this.#take(")") ? part : null;
    }
    if ("*+?{}".includes(letter)) return null;
    const fits = letter === "." ? () => true : letter === "[" ? this.#oneOf() : this.#exactly(letter);
    return fits && ((next) => ({ kind: "letter", fits, next }));
  }

  #exactly(letter: string): ((other: string) => boolean) | null {
    if (letter !== "\\") return (other) => other === letter;
    const escaped = this.#text[this.#at++];
    // Such as \d or \1 would mean more than a letter.
    if (escaped === undefined || /[A-Za-z0-9]/.test(escaped)) return null;
    return (other) => other === escaped;
  }

  #oneOf(): ((letter: string) => boolean) | null {
    const isNot = this.#take("^");
    const ranges: [string, string][] = [];
    for (let isFirst = true; isFirst || !this.#take("]"); isFirst = false) {
      const from = this.#text[this.#at++];
      if (from === undefined || from === "\\" || (from === "[" && this.#text[this.#at] === ":")) return null;
      const isRange = this.#text[this.#at] === "-" && !"]".includes(this.#text[this.#at + 1] ?? "]");
      const to = isRange ? this.#text[this.#at + 1]! : from;
      if (isRange) this.#at += 2;
      ranges.push([from, to]);
    }
    return (letter) => ranges.some(([from, to]) => from <= letter && letter <= to) !== isNot;
  }

  #take(letter: string): boolean {
    if (this.#text[this.#at] !== letter) return false;
    this.#at++;
    return true;
  }
}
