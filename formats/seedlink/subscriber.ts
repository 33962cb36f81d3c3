/**
 * A client of SeedLink that asks for stations and then hears their packets: the whole handshake, step by step, in the highest version that
 * both sides speak.
 *
 *     const subscriber = new SeedLinkSubscriber({ requests, isDialUp: false, userAgent: "harken/0.1.0" });
 *     socket.write(subscriber.start());
 *     const { send, events } = subscriber.receive(bytes);
 *
 * What the server refuses is told ("refused"). A station that it refuses is left out and the others are asked for all the same; of a refused
 * selector only the others choose.
 */
import { concatBytes, type Step } from "../step.ts";
import { SeedLinkClient, type SeedLinkClientEvent } from "./client.ts";
import type { SeedLinkCommand, SeedLinkVersion, StartSequence } from "./command.ts";

export interface SubscribedStation {
  /** `NET_STA`, with * and ? where the server takes them. */
  readonly station: string;
  /** In the form of version 4 or 3, whichever is spoken; none: every stream. */
  readonly selectors?: Readonly<Record<SeedLinkVersion, readonly string[]>>;
  /** The last packet heard plus one. Default "next". */
  readonly sequence?: StartSequence;
  /** Epoch seconds. */
  readonly startTime?: number;
  readonly endTime?: number;
}

export interface Subscription {
  readonly requests: readonly SubscribedStation[];
  /** Whether the server is to end when all that it holds was sent. */
  readonly isDialUp: boolean;
  /** Highest version to speak. Default 4. */
  readonly version?: SeedLinkVersion;
  readonly userAgent?: string;
  /** Said in version 4 only. */
  readonly authentication?: { readonly method: "USERPASS" | "JWT"; readonly credentials: readonly string[] };
}

export type SubscriberEvent =
  | SeedLinkClientEvent
  /** The handshake is over: packets are to come. */
  | { readonly kind: "subscribed"; readonly version: SeedLinkVersion; readonly stations: readonly string[] }
  /** Nothing was accepted; the connection is to be closed. */
  | { readonly kind: "nothing-accepted" };

export class SeedLinkSubscriber {
  readonly #subscription: Subscription;
  readonly #client = new SeedLinkClient();
  /** Commands still to be said, in order. */
  #plan: readonly SeedLinkCommand[] = [];
  readonly #accepted = new Set<string>();
  /** The one that SELECT and DATA speak of. */
  #station = "";
  #isSubscribed = false;

  constructor(subscription: Subscription) {
    this.#subscription = subscription;
  }

  /** What is said first. */
  start(): Uint8Array<ArrayBuffer> {
    return this.#client.send({ name: "HELLO" });
  }

  /** Asks about the server, at any time after the handshake; INFO ID keeps a connection alive. */
  info(item: string): Uint8Array<ArrayBuffer> {
    return this.#client.send({ name: "INFO", item, station: null, stream: null });
  }

  receive(bytes: Uint8Array): Step<SubscriberEvent> {
    const { events, problems } = this.#client.receive(bytes);
    const send: Uint8Array[] = [];
    const told: SubscriberEvent[] = [];
    for (const event of events) {
      told.push(event);
      if (!this.#isSubscribed) this.#goOn(event, send, told);
    }
    return { send: concatBytes(send), events: told, problems };
  }

  #goOn(event: SeedLinkClientEvent, send: Uint8Array[], told: SubscriberEvent[]): void {
    if (event.kind === "hello") this.#plan = this.#planFor(event.hello.protocols);
    else if (event.kind === "refused") this.#refused(event.command);
    else if (event.kind === "accepted") {
      const { command } = event;
      if (command.name === "STATION") this.#accepted.add((this.#station = command.station));
    } else return;
    const [next, ...rest] = this.#plan;
    if (!next) return;
    this.#plan = rest;
    const isLast = next.name === "END" || next.name === "ENDFETCH";
    if (isLast && this.#accepted.size === 0) {
      told.push({ kind: "nothing-accepted" });
      send.push(this.#client.send({ name: "BYE" }));
    } else send.push(this.#client.send(next));
    if (!isLast) return;
    this.#isSubscribed = true;
    if (this.#accepted.size > 0)
      told.push({ kind: "subscribed", version: this.#client.version, stations: [...this.#accepted] });
  }

  /** A refused station takes what was to be said of it along; a refused version leaves version 3. */
  #refused(command: SeedLinkCommand): void {
    if (command.name === "SLPROTO" || command.name === "HELLO") this.#plan = this.#handshake(3);
    else if (
      command.name === "STATION" ||
      command.name === "DATA" ||
      command.name === "FETCH" ||
      command.name === "TIME"
    ) {
      this.#accepted.delete(this.#station);
      const next = this.#plan.findIndex(({ name }) => name === "STATION" || name === "END" || name === "ENDFETCH");
      this.#plan = this.#plan.slice(Math.max(0, next));
    }
  }

  #planFor(protocols: readonly string[]): readonly SeedLinkCommand[] {
    const speaks4 = protocols.some((version) => version.startsWith("4."));
    if (!speaks4 || this.#subscription.version === 3) return this.#handshake(3);
    const { userAgent, authentication } = this.#subscription;
    return [
      { name: "SLPROTO", version: "4.0" },
      ...(userAgent === undefined ? [] : [{ name: "USERAGENT" as const, agent: userAgent }]),
      ...(authentication === undefined ? [] : [{ name: "AUTH" as const, ...authentication }]),
      ...this.#handshake(4),
    ];
  }

  #handshake(version: SeedLinkVersion): readonly SeedLinkCommand[] {
    const { requests, isDialUp } = this.#subscription;
    const end = isDialUp && version === 4 ? "ENDFETCH" : "END";
    return [...requests.flatMap((request) => commandsOf(request, version, isDialUp)), { name: end }];
  }
}

function commandsOf(request: SubscribedStation, version: SeedLinkVersion, isDialUp: boolean): SeedLinkCommand[] {
  const { station, selectors, sequence = "next", startTime = null, endTime = null } = request;
  return [
    { name: "STATION", station },
    ...(selectors?.[version] ?? []).map((pattern) => ({ name: "SELECT" as const, patterns: [pattern] })),
    beginOf(version, isDialUp, sequence, startTime, endTime),
  ];
}

/** Version 3 has no word for all packets: a window of time that begins long ago is one. */
function beginOf(
  version: SeedLinkVersion,
  isDialUp: boolean,
  sequence: StartSequence,
  startTime: number | null,
  endTime: number | null,
): SeedLinkCommand {
  if (version === 4) return { name: "DATA", sequence, startTime, endTime };
  if (sequence === "all" || (sequence === "next" && startTime !== null))
    return { name: "TIME", startTime: startTime ?? 0, endTime };
  // A time after a number would have to be that of the packet itself.
  return { name: isDialUp ? "FETCH" : "DATA", sequence, startTime: null, endTime: null };
}
