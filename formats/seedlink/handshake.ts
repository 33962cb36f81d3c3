/** What a client has asked for so far, while a server listens to its commands. */
import type { SeedLinkCommand, SeedLinkVersion } from "./command.ts";
import type { ErrorReply } from "./reply.ts";
import { parseSelector, type Selector, type StationRequest } from "./selector.ts";

interface OpenRequest {
  readonly station: string;
  selectors: Selector[];
  sequence: StationRequest["sequence"];
  startTime: number | null;
  endTime: number | null;
}

const newRequest = (station: string): OpenRequest => ({
  station,
  selectors: [],
  sequence: "next",
  startTime: null,
  endTime: null,
});

/** A command was taken and is to be acknowledged, or data are to flow at once without a word, or neither. */
export type HandshakeResult = "ok" | "start" | ErrorReply;

export class Handshake {
  /** Of version 3 without STATION: one request for whatever there is. */
  readonly #everything = newRequest("*");
  readonly #requests: OpenRequest[] = [];
  /** The one that SELECT and DATA speak of; null where a STATION was refused. */
  #current: OpenRequest | null = this.#everything;
  #isDialUp = false;
  readonly #mostRequests: number;

  constructor(mostRequests: number) {
    this.#mostRequests = mostRequests;
  }

  /** Data end when all that is held was sent. */
  get isDialUp(): boolean {
    return this.#isDialUp;
  }

  get requests(): readonly StationRequest[] {
    return this.#requests.length > 0 ? this.#requests : [this.#everything];
  }

  station(station: string, isKnown: boolean): HandshakeResult {
    if (this.#requests.length >= this.#mostRequests) return { code: "LIMIT", message: "Station limit reached" };
    this.#current = null;
    if (!isKnown) return { code: "ARGUMENTS", message: "Station not found" };
    const request = this.#requests.find((other) => other.station === station) ?? newRequest(station);
    if (!this.#requests.includes(request)) this.#requests.push(request);
    this.#current = request;
    return "ok";
  }

  select(patterns: readonly string[], version: SeedLinkVersion): HandshakeResult {
    if (!this.#current) return { code: "UNEXPECTED", message: "SELECT follows a refused STATION" };
    if (patterns.length === 0) {
      this.#current.selectors = [];
      return "ok";
    }
    const selectors = patterns.map((pattern) => parseSelector(pattern, version));
    if (selectors.includes(null)) return { code: "ARGUMENTS", message: "Invalid selector pattern" };
    if (this.#current.selectors.length + selectors.length > this.#mostRequests)
      return { code: "LIMIT", message: "Selector limit reached" };
    this.#current.selectors.push(...(selectors as Selector[]));
    return "ok";
  }

  /** DATA, FETCH and TIME: where to begin, for a station or, where none was named, at once. */
  begin(command: Extract<SeedLinkCommand, { name: "DATA" | "FETCH" | "TIME" }>): HandshakeResult {
    if (!this.#current) return { code: "UNEXPECTED", message: `${command.name} follows a refused STATION` };
    this.#current.sequence = command.name === "TIME" ? "all" : command.sequence;
    this.#current.startTime = command.startTime;
    this.#current.endTime = command.endTime;
    if (command.name === "FETCH") this.#isDialUp = true;
    return this.#current === this.#everything ? "start" : "ok";
  }

  /** END or ENDFETCH. */
  end(isDialUp: boolean): void {
    if (isDialUp) this.#isDialUp = true;
  }
}
