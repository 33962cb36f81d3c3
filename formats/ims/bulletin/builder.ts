/** From the lines of bulletins to events: which block a line belongs to, and what the blocks make together. */
import type { Arrival, Bulletin, Limits, ProblemList, SeismicEvent } from "@harken/core";
import { column } from "../../columns.ts";
import type { TextLine } from "../lines.ts";
import { EventDraft } from "./eventDraft.ts";
import { readMagnitude } from "./magnitudeLine.ts";
import { readOrigin } from "./originLine.ts";
import { readPhase } from "./phaseLine.ts";

type Block = "title" | "event" | "origin" | "magnitude" | "phase" | "other";

/** Headings by which a block is known, in any case and spacing. */
const HEADINGS: readonly (readonly [Block, RegExp])[] = [
  ["origin", /^\s*date\s+time\s+err\s+rms\b/i],
  ["magnitude", /^\s*magnitude\s+err\s+nsta\b/i],
  ["phase", /^\s*sta\s+dist\s+evaz\s+phase\b/i],
];
const EVENT = /^event\s+(\S+)/i;
/** Headings of blocks that are passed over: long format, ISF, and the headers of their tables. */
const PASSED_OVER =
  /^\s*(?:event screening|cepstral|short-period|origin-based|spectral|complexity|time-dependent|energy|net\s+chan|year\s+volume|originid|sta\s+(?:peak|ratio|phase|detect|compl|var|max|source)|effects|momten|origin\s+parameters)/i;
/** Twice what the specification allows. */
const MAX_LINE = 2_048;

export class BulletinBuilder {
  readonly #problems: ProblemList;
  readonly #limits: Limits;
  readonly #events: SeismicEvent[] = [];
  readonly #arrivals = new Map<string, Arrival>();
  #list = "";
  #block: Block = "title";
  #draft: EventDraft | null = null;
  /** Heading of a block that nothing is known of, told once. */
  readonly #unknown = new Set<string>();

  constructor(problems: ProblemList, limits: Limits) {
    this.#problems = problems;
    this.#limits = limits;
  }

  startSection(): void {
    this.#closeEvent();
    this.#block = "title";
  }

  read({ text: whole, line }: TextLine): void {
    if (whole === "") return;
    const text = whole.slice(0, MAX_LINE);
    const heading = this.#headingOf(text);
    if (heading) {
      this.#block = heading;
      return;
    }
    if (/^\s?\(/.test(text)) {
      this.#readComment(text.trim().replace(/^\(|\)$/g, ""));
      return;
    }
    if (this.#block === "title") this.#readTitle(text);
    else if (this.#block !== "other" && !this.#readLine(text)) this.#passOver(text, line);
  }

  finish(): Bulletin {
    this.#closeEvent();
    const arrivals = [...this.#arrivals.values()].sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1));
    return { list: this.#list, events: this.#events, arrivals };
  }

  #headingOf(text: string): Block | null {
    const event = EVENT.exec(text);
    if (event && !PASSED_OVER.test(text)) {
      this.#closeEvent();
      this.#draft = new EventDraft(column(text, 7, 14) || event[1]!);
      return "event";
    }
    const found = HEADINGS.find(([, pattern]) => pattern.test(text));
    if (found) {
      if (found[0] === "phase") this.#draft?.startPhases();
      return found[0];
    }
    return PASSED_OVER.test(text) ? "other" : null;
  }

  #readTitle(text: string): void {
    if (this.#list !== "") return;
    const ours = /^Bulletin (.+?)(?: from \d{4}\/.*)?, events: \d+$/.exec(text)?.[1];
    this.#list = ours ?? /\b(SEL[123]|SSEB|NSEB|REB|SEB|NEB|LEB)\b/.exec(text)?.[1] ?? text.trim();
  }

  #readComment(comment: string): void {
    const text = comment.trim();
    const origin = /^#OrigID\s+(\S+)/i.exec(text)?.[1];
    if (origin !== undefined) this.#draft?.choosePhaseOrigin(origin);
    else if (this.#block === "origin") this.#draft?.addRemark(text);
  }

  /** False when the line does not fit the block it stands in. */
  #readLine(text: string): boolean {
    switch (this.#block) {
      case "origin": {
        const origin = readOrigin(text);
        if (!origin) return false;
        // DATA_TYPE ORIGIN has no event lines: each origin is an event.
        if (!this.#draft) this.#draft = new EventDraft(origin.id);
        if (!this.#draft.addOrigin(origin)) {
          const message = `Event ${this.#draft.key} has more origins than are read.`;
          this.#problems.error("ims.too-many-origins", message);
        }
        return true;
      }
      case "magnitude": {
        const magnitude = readMagnitude(text);
        if (magnitude) this.#draft?.addMagnitude(magnitude);
        return true;
      }
      case "phase": {
        const phase = readPhase(text);
        if (!phase) return false;
        if (this.#arrivals.size < this.#limits.maxItems) this.#draft?.addPhase(phase, this.#arrivals);
        return true;
      }
      default:
        return false;
    }
  }

  #passOver(text: string, line: number): void {
    this.#block = "other";
    const words = text.trim().slice(0, 40);
    if (this.#unknown.size > 100 || this.#unknown.has(words)) return;
    this.#unknown.add(words);
    this.#problems.warning("ims.unread-block", `The lines from "${words}" on fit no block of a bulletin.`, { line });
  }

  #closeEvent(): void {
    const draft = this.#draft;
    this.#draft = null;
    if (!draft) return;
    const event = draft.finish();
    if (event && this.#events.length < this.#limits.maxItems) this.#events.push(event);
    else if (!event) {
      const message = `Event ${draft.key} has no origin with a place; it was left out.`;
      this.#problems.warning("ims.event-without-place", message);
    }
  }
}
