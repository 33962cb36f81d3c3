/**
 * Takes data from a SeedLink server, and goes on behind the last packet that is safe: after a cut, a restart, a night.
 *
 *     const source = followSeedLink({ settings, resume, take, log, userAgent });
 *     await source.stop();
 */
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import {
  decodeMiniSeed2,
  decodeMiniSeed3,
  fitsPattern,
  isMiniSeed3,
  type SeedLinkPacket,
  SeedLinkSubscriber,
  type SubscribedStation,
  seedLinkIds,
  selectorForms,
} from "@harken/formats";
import { keepConnected } from "./keepConnected.ts";
import type { SeedLinkSourceSettings } from "./settings.ts";

export interface SeedLinkSourceParts {
  readonly settings: SeedLinkSourceSettings;
  readonly userAgent: string;
  /** Number of the last packet of each station that is safe; asked for at each connection. */
  readonly resume: () => ReadonlyMap<string, bigint>;
  /** Takes a record; resolves when it is safe. */
  readonly take: (station: string, sequence: bigint, record: Uint8Array) => Promise<void>;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
}

export interface SeedLinkSource {
  readonly name: string;
  stop(): Promise<void>;
}

/** A connection is over that is silent for so long, or for half as long again as a keep-alive takes. */
const SILENCE_MS = 120_000;
/** Packets that are being made safe: the socket is read no further while there are more. */
const MOST_IN_HAND = 2_000;

export const sourceName = ({ host, port }: SeedLinkSourceSettings): string => `${host}:${port}`;

export function followSeedLink(parts: SeedLinkSourceParts): SeedLinkSource {
  const { settings, log } = parts;
  const name = sourceName(settings);
  const connection = keepConnected({
    open: () =>
      settings.tls
        ? connectTls({ host: settings.host, port: settings.port, servername: settings.host })
        : connect({ host: settings.host, port: settings.port }),
    follow: (socket) => follow(socket, parts, name),
    onDown: (reason) => log("seedlink.down", { server: name, reason }),
  });
  return { name, stop: () => connection.stop() };
}

/** One connection; resolves with the reason when it has ended and all that it took is safe or given up. */
async function follow(socket: Socket, parts: SeedLinkSourceParts, name: string): Promise<string> {
  const { settings, userAgent, resume, take, log } = parts;
  const subscriber = new SeedLinkSubscriber({ requests: requestsOf(settings, resume()), isDialUp: false, userAgent });
  let heardAt = performance.now();
  let inHand = 0;
  let reason = "the connection is gone";
  const end = (why: string) => {
    reason = why;
    socket.destroy();
  };
  const keepAliveMs = settings.keepAliveSec * 1_000;
  const longestMs = Math.max(SILENCE_MS, 1.5 * keepAliveMs);
  let askedAt = -Infinity;
  const timer = setInterval(() => {
    const now = performance.now();
    const silentMs = now - heardAt;
    if (silentMs > longestMs) end(`nothing was heard for ${longestMs / 1_000} s`);
    else if (silentMs > keepAliveMs && now - askedAt > keepAliveMs && socket.writable) {
      askedAt = now;
      socket.write(subscriber.info("ID"));
    }
  }, keepAliveMs / 2);
  const packet = (received: SeedLinkPacket) => {
    const station = received.station || stationOf(received.payload);
    if (station === null || (received.format !== "2" && received.format !== "3")) return;
    inHand++;
    if (inHand > MOST_IN_HAND) socket.pause();
    take(station, received.sequence, received.payload).then(
      () => {
        inHand--;
        if (socket.isPaused() && inHand < MOST_IN_HAND / 2) socket.resume();
      },
      // What could not be made safe is asked for again over a new connection.
      (cause: unknown) => end(cause instanceof Error ? cause.message : String(cause)),
    );
  };
  socket.on(settings.tls ? "secureConnect" : "connect", () => socket.write(subscriber.start()));
  socket.on("data", (chunk: Buffer) => {
    heardAt = performance.now();
    const { send, events, problems } = subscriber.receive(chunk);
    if (send.length > 0 && socket.writable) socket.write(send);
    for (const { code, message } of problems) log(code, { server: name, message });
    for (const event of events) {
      if (event.kind === "packet") packet(event.packet);
      else if (event.kind === "refused")
        log("seedlink.refused", { server: name, command: event.command.name, ...event.error });
      else if (event.kind === "subscribed")
        log("seedlink.up", { server: name, version: event.version, stations: event.stations });
      else if (event.kind === "nothing-accepted") end("the server has none of the stations");
    }
  });
  socket.on("end", () => end("the server has ended the connection"));
  socket.on("error", (error) => {
    reason = error.message;
  });
  await new Promise<void>((resolve) => socket.once("close", () => resolve()));
  clearInterval(timer);
  return reason;
}

/** Stations that were heard before go on behind their last packet; the patterns take in those that are new. */
function requestsOf(
  { stations, selectors, streams = {} }: SeedLinkSourceSettings,
  last: ReadonlyMap<string, bigint>,
): SubscribedStation[] {
  const chosen = (pattern: string) => {
    const forms = (streams[pattern] ?? selectors).map(selectorForms);
    return forms.length > 0 ? { selectors: { 3: forms.map((form) => form[3]), 4: forms.map((form) => form[4]) } } : {};
  };
  const known = [...last].flatMap(([station, sequence]) => {
    const pattern = stations.find((one) => fitsPattern(one, station));
    return pattern === undefined ? [] : [{ station, ...chosen(pattern), sequence: sequence + 1n }];
  });
  const patterns = stations.filter((one) => !last.has(one)).map((station) => ({ station, ...chosen(station) }));
  return [...known, ...patterns];
}

/** Of a packet of version 3, which does not tell. */
function stationOf(record: Uint8Array): string | null {
  const [item] = (isMiniSeed3(record) ? decodeMiniSeed3 : decodeMiniSeed2)(record).items;
  return item ? seedLinkIds(item.channel).station : null;
}
