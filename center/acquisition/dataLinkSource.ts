/**
 * Takes data from a DataLink server, such as ringserver, and goes on behind the last packet that is safe: after a cut, a restart, a night.
 *
 *     const source = followDataLink({ settings, resume, take, log, program: "harken" });
 *     await source.stop();
 */
import { connect, type Socket } from "node:net";
import { DataLinkClient, type DataLinkClientEvent, type DataLinkCommand, type DataLinkPacket } from "@harken/formats";
import { keepConnected } from "./keepConnected.ts";
import type { DataLinkSourceSettings } from "./settings.ts";

/** A packet's number and when the server took it, epoch s: numbers come again after a server has lost its ring. */
export interface DataLinkPlace {
  readonly packet: bigint;
  readonly packetTime: number;
}

export interface DataLinkSourceParts {
  readonly settings: DataLinkSourceSettings;
  /** Who we are. */
  readonly program: string;
  /** The last packet that is safe; null for none. Asked for at each connection. */
  readonly resume: () => DataLinkPlace | null;
  /** Takes a packet of miniSEED; resolves when it is safe. */
  readonly take: (packet: DataLinkPacket) => Promise<void>;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
}

const KEEP_ALIVE_MS = 30_000;
const SILENCE_MS = 120_000;
/** Packets that are being made safe: the socket is read no further while there are more. */
const MOST_IN_HAND = 2_000;
/** Other packets than waveforms, such as logs, are passed over. */
const WAVEFORM = /\/MSEED3?$/;

export const dataLinkName = ({ host, port }: DataLinkSourceSettings): string => `${host}:${port}`;

export function followDataLink(parts: DataLinkSourceParts): { stop(): Promise<void> } {
  const { settings, log } = parts;
  const server = dataLinkName(settings);
  return keepConnected({
    open: () => connect({ host: settings.host, port: settings.port }),
    follow: (socket) => follow(socket, parts, server),
    onDown: (reason) => log("datalink.down", { server, reason }),
  });
}

/** One connection; resolves with the reason when it has ended. */
async function follow(socket: Socket, parts: DataLinkSourceParts, server: string): Promise<string> {
  const { log } = parts;
  const client = new DataLinkClient();
  let heardAt = performance.now();
  let inHand = 0;
  let reason = "the connection is gone";
  const end = (why: string) => {
    reason = why;
    socket.destroy();
  };
  const say = (command: DataLinkCommand) => {
    if (socket.writable) socket.write(client.send(command));
  };
  const id: DataLinkCommand = { kind: "id", client: `${parts.program}:harken:${process.pid}:${process.arch}` };
  const timer = setInterval(() => {
    const silentMs = performance.now() - heardAt;
    if (silentMs > SILENCE_MS) end(`nothing was heard for ${SILENCE_MS / 1_000} s`);
    // The one word that does not end a stream.
    else if (silentMs > KEEP_ALIVE_MS) say(id);
  }, KEEP_ALIVE_MS / 2);
  const packet = (received: DataLinkPacket) => {
    if (!WAVEFORM.test(received.stream)) return;
    inHand++;
    if (inHand > MOST_IN_HAND) socket.pause();
    parts.take(received).then(
      () => {
        inHand--;
        if (socket.isPaused() && inHand < MOST_IN_HAND / 2) socket.resume();
      },
      // What could not be made safe is asked for again over a new connection.
      (cause: unknown) => end(cause instanceof Error ? cause.message : String(cause)),
    );
  };
  const steps = stepsOf(parts);
  const next = () => {
    const step = steps.shift();
    if (step) say(step);
    if (step?.kind === "stream") log("datalink.up", { server });
  };
  const hear = ({ reply, command }: DataLinkClientEvent) => {
    if (reply.kind === "packet") packet(reply);
    if (reply.kind === "error")
      log("datalink.refused", { server, command: command?.kind ?? "", message: reply.message });
    // A place that the server has no more: all that it has, since what is there already is left out.
    if (reply.kind === "error" && command?.kind === "position" && command.to !== "EARLIEST")
      steps.unshift({ kind: "position", to: "EARLIEST", packetTime: null });
    else if (reply.kind === "error" && command?.kind === "match") return end("the server does not take the pattern");
    if (command) next();
  };
  socket.on("connect", () => say(id));
  socket.on("data", (chunk: Buffer) => {
    heardAt = performance.now();
    const { events, problems } = client.receive(chunk);
    for (const { code, message } of problems) log(code, { server, message });
    for (const event of events) hear(event);
  });
  socket.on("end", () => end("the server has ended the connection"));
  socket.on("error", (error) => {
    reason = error.message;
  });
  await new Promise<void>((resolve) => socket.once("close", () => resolve()));
  clearInterval(timer);
  return reason;
}

/** What is said after the first word, each when the one before was answered. */
function stepsOf({ settings, resume }: DataLinkSourceParts): DataLinkCommand[] {
  const place = resume();
  return [
    ...(place ? [{ kind: "position", to: place.packet, packetTime: place.packetTime } as const] : []),
    ...(settings.match === "" ? [] : [{ kind: "match", pattern: settings.match } as const]),
    { kind: "stream" },
  ];
}
